"""What m10's simulation is to teach holds in it, for more than one seed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from course.i18n import LANGUAGES
from course.simulations.m10_evening import EVENINGS, QUARTERS, TABLES, Party
from course.simulations.m10_haidilao import SURVEY, TURNOVER, Haidilao
from tests.simulations.strategies import settings_of

SEEDS = (1, 2, 3)
CRAFT = {"openings": 20, "training": 40}

# what the words of each sentence say beside its numbers; `test_sentences.py` tries them
CLAIMS = {
    "calm": lambda _s, f, _r: f.turnover_alarm == f.survey_alarm == 25 and f.profit >= 0,
    "calm_loss": lambda _s, f, _r: f.turnover_alarm == f.survey_alarm == 25 and f.profit < 0,
    "survey_silent": lambda _s, f, _r: f.turnover_alarm <= 24 and f.survey_alarm == 25,
    "turnover_first": lambda _s, f, _r: f.turnover_alarm < f.survey_alarm <= 24,
    "survey_first": lambda _s, f, _r: f.survey_alarm <= min(f.turnover_alarm, 24),
}


def metrics(**values: float) -> dict[str, float]:
    return Haidilao(**values).run().metrics


@settings(deadline=None, max_examples=25)
@given(settings_of(Haidilao))
def test_counts_stay_within_what_there_is(chosen):
    run = Haidilao(**chosen).run()
    figures = run.metrics
    assert 0 <= figures["turnover"] <= 9
    assert figures["restaurants"] <= 100 + 6 * chosen["openings"] + 1e-6
    for alarm in ("turnover_alarm", "survey_alarm"):
        assert 0 < figures[alarm] <= QUARTERS + 1
    paths = run.frames["years"]
    assert paths.groupby("measure").size().to_dict() == {TURNOVER: QUARTERS + 1, SURVEY: QUARTERS + 1}
    assert run.frames["money"]["restaurants"].is_monotonic_increasing
    assert (run.frames["evening"]["parties"] >= 0).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_openings_beyond_training_show_in_turnover_before_they_show_in_the_survey(seed):
    sprint = metrics(seed=seed)
    assert sprint["turnover_alarm"] <= 6
    assert sprint["survey_alarm"] >= sprint["turnover_alarm"] + 4
    trained = metrics(seed=seed, training=100)
    assert trained["turnover_alarm"] == QUARTERS + 1
    assert trained["profit"] > 2 * sprint["profit"]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_better_bad_visits_are_put_right_the_later_the_survey_warns(seed):
    alarms = [metrics(seed=seed, discretion=budget)["survey_alarm"] for budget in (0, 10, 30)]
    assert alarms == sorted(alarms)
    assert alarms[0] < alarms[-1] == QUARTERS + 1


@pytest.mark.parametrize("seed", SEEDS)
def test_where_nobody_queues_turnover_does_not_warn_first(seed):
    quiet = metrics(seed=seed, demand=60)
    busy = metrics(seed=seed)
    assert quiet["turnover_alarm"] >= busy["turnover_alarm"] + 8


@pytest.mark.parametrize("seed", SEEDS)
def test_crowding_lowers_turnover_and_lifts_the_survey(seed):
    crowded = Haidilao.from_preset("crowded", seed=seed).run()
    assert crowded.metrics["turnover_alarm"] <= 6
    assert crowded.metrics["survey_alarm"] == QUARTERS + 1
    survey = crowded.frames["years"].query("measure == 'survey'")["value"]
    assert crowded.metrics["survey"] > survey.iloc[0]


@pytest.mark.parametrize("seed", SEEDS)
def test_something_to_do_keeps_guests_for_the_late_tables(seed):
    runs = [metrics(seed=seed, occupied=share, **CRAFT) for share in (0, 50, 100)]
    for key, sign in (("turnover", 1), ("left", -1), ("profit", 1)):
        values = [sign * run[key] for run in runs]
        assert values == sorted(values), key
    assert runs[-1]["profit"] > 1.15 * runs[0]["profit"]


def test_a_chain_that_opens_nothing_stays_as_it_is():
    still = metrics(openings=0)
    assert still["restaurants"] == 100
    assert still["skilled"] == 1
    assert still["turnover_alarm"] == QUARTERS + 1


def test_a_brake_above_every_turnover_lets_nothing_open():
    assert metrics(brake_turnover=5)["restaurants"] == 100
    assert metrics(brake_survey=90)["restaurants"] == 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_fits_what_happened(language):
    told = set()
    for values in ({}, CRAFT, {"discretion": 30}, {"demand": 60}):
        simulation = Haidilao(**values)
        sentence = simulation.tell(simulation.run(), language)
        told.add("".join(character for character in sentence if not character.isdigit()))
    assert len(told) == 4


def test_a_chain_without_an_alarm_never_had_one():
    """A quarter that never came is a word, and stands for one more than there are."""
    known = {metric.key: metric for metric in Haidilao.words().metrics}
    assert known["turnover_alarm"].never == known["survey_alarm"].never == QUARTERS + 1
    assert metrics(brake_turnover=5, occupied=100)["survey_alarm"] == known["survey_alarm"].never


@settings(deadline=None, max_examples=10)
@given(settings_of(Haidilao))
def test_the_parties_to_read_come_to_the_figures_of_the_last_year(chosen):
    simulation = Haidilao(**chosen)
    figures, parties = simulation.run().figures, simulation.crowd()
    gone = parties["kind"].isin([Party.GAVE_UP, Party.TURNED_AWAY])
    by_quarter = parties.assign(gone=gone).groupby("quarter")
    assert by_quarter["gone"].mean().sum() / 4 == pytest.approx(figures.left)
    served = parties[~gone].groupby("quarter")["felt"].mean()
    assert served.sum() / 4 == pytest.approx(figures.felt)
    assert (~gone).sum() / 4 / EVENINGS / TABLES == pytest.approx(figures.turnover)


def test_money_is_counted_in_ten_thousands_where_readers_do() -> None:
    money = {
        language: next(v for v in Haidilao.views(language) if v["usermeta"]["key"] == "money") for language in LANGUAGES
    }
    assert "m yuan" in str(money["en"])
    axis = str(money["zh"]["encoding"] if "encoding" in money["zh"] else money["zh"]["layer"])
    assert "百万" not in axis
    assert all(part in axis for part in ("万元/季", "datum.value * 100"))
