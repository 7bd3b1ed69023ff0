"""What m09's simulation is to teach holds in it, for more than one seed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from course.datasets import load
from course.simulations.m09_desk import (
    AT_ZERO,
    DAYS,
    HOUSE,
    QUARREL,
    URGENT,
    VISIT,
    WEEKS,
    Rules,
    complaints_a_day,
    luck,
    per_degree,
    season,
    winter,
)
from course.simulations.m09_recovery import BROKEN, HOLLOW, SWAMPED, End, Recovery
from course.theory.concentration import share_of_top
from course.theory.priorities import replay
from tests.simulations.strategies import settings_of

SEEDS = (1, 2, 3)

# what the words of each sentence say beside its numbers; `test_sentences.py` tries them
CLAIMS = {
    "swamped": lambda _s, f, _r: f.peak > SWAMPED,
    "broken": lambda _s, f, _r: f.kept < BROKEN and f.peak <= SWAMPED,
    "hollow": lambda _s, f, _r: f.closed - f.fixed > HOLLOW,
    "steady": lambda _s, f, _r: f.closed - f.fixed <= HOLLOW and f.kept >= BROKEN and f.peak <= SWAMPED,
}


def metrics(**values: float) -> dict[str, float]:
    return Recovery(**values).run().metrics


def rules(**changed: float) -> Rules:
    plain = {"crews": 5, "ahead": 0, "triage": 0, "promise": 24, "calming": 0, "followup": 0} | changed
    by_week = {
        name: np.full(WEEKS, float(plain[name]))
        for name in ("crews", "ahead", "triage", "promise", "calming", "followup")
    }
    others = {name: float(changed.get(name, start)) for name, start in (("colder", 0), ("removes", 0.6), ("solves", 1))}
    return Rules(**by_week, **others)


@settings(deadline=None, max_examples=20)
@given(settings_of(Recovery))
def test_counts_stay_within_what_there_is(chosen):
    run = Recovery(**chosen).run()
    figures = run.figures
    assert figures.fixed <= figures.closed + 1e-9, "what is fixed is closed"
    assert 0 <= figures.urgent_wait <= 24 * DAYS
    assert 0 <= figures.peak <= run.asides["complaints"]
    shares = run.frames["shares"].pivot(index="week", columns="line", values="share")
    assert (shares["fixed"] <= shares["closed"] + 1e-9).all()
    assert shares.iloc[-1]["fixed"] == pytest.approx(figures.fixed)
    assert shares.iloc[-1]["closed"] == pytest.approx(figures.closed)
    calls = run.frames["calls"].groupby("calling")["calls"].sum()
    assert calls["first"] == run.asides["complaints"]
    assert calls["again"] == pytest.approx(DAYS * figures.repeats)


def test_the_winter_is_the_measured_one_and_calls_grow_by_the_measured_percentage():
    days = load("nyc_heat_daily_2025").head(DAYS)
    assert days["date"].iloc[[0, -1]].astype(str).str[:10].tolist() == ["2025-01-01", "2025-02-25"]
    assert winter()[20:22] == pytest.approx([-9.35, -9.35]), "the story names these days"
    assert np.exp(-per_degree()) - 1 == pytest.approx(0.094, abs=0.003)
    colder = complaints_a_day(1) / complaints_a_day(0)
    assert colder == pytest.approx(np.full(DAYS, np.exp(-per_degree())))
    assert np.interp(0, winter()[np.argsort(winter())], complaints_a_day(0)[np.argsort(winter())]) == pytest.approx(
        AT_ZERO, rel=0.02
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_a_degree_multiplies_the_complaints(seed):
    cold = [metrics(seed=seed, colder=degrees)["cases"] for degrees in (0, 1, 2, 3)]
    assert np.diff(np.log(cold)) == pytest.approx(np.full(3, -per_degree()), abs=0.02)


@pytest.mark.parametrize("seed", SEEDS)
def test_who_goes_first_takes_from_the_others_what_they_gain(seed):
    """Conservation: urgency does not follow the length of a visit, so the mean over all hardly moves."""
    runs = [season(luck(seed), rules(triage=share)) for share in (0, 0.5, 1)]
    urgent = [run.wait[run.urgent].mean() for run in runs]
    others = [run.wait[~run.urgent].mean() for run in runs]
    everybody = [run.wait.mean() for run in runs]
    assert urgent == sorted(urgent, reverse=True)
    assert urgent[-1] < urgent[0] / 5
    assert others == sorted(others)
    assert everybody == pytest.approx([everybody[0]] * 3, rel=0.25)


@pytest.mark.parametrize("triage", [0.0, 1.0])
def test_the_desk_serves_in_the_order_of_the_theory(triage):
    """Where every visit helps, the desk is the queue that `course.theory.priorities` replays."""
    chance = luck(4)
    run = season(chance, rules(triage=triage, calming=1, promise=1e-9))
    # nobody is angry but by a promise of no time at all, which nobody keeps
    length = VISIT * chance.pace[: len(run.came), 0] + QUARREL * 0.5
    rank = np.where(run.urgent & (triage == 1), 0, 1)
    late = run.wait > 1e-9
    assert late.mean() > 0.1
    expected = replay(run.came, np.where(late, length, length - QUARREL * 0.5), rank, 5)
    assert run.wait == pytest.approx(expected, abs=1e-6)


def test_the_urgent_are_a_quarter():
    run = season(luck(1), rules())
    assert run.urgent.mean() == pytest.approx(URGENT, abs=0.03)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_crew_at_the_worst_houses_shrinks_the_pile_more_than_one_more_for_callers(seed):
    more, ahead = metrics(seed=seed, crews=5), metrics(seed=seed, crews=4, ahead=1)
    assert ahead["cost"] <= more["cost"]
    assert ahead["peak"] < 0.8 * more["peak"]
    assert ahead["repeats"] < more["repeats"]
    # within what we suppose of a repair: where it removes little, the crew is missed at the phone
    useless = metrics(seed=seed, crews=4, ahead=1, removes=10)
    assert useless["peak"] > more["peak"]


def test_the_worst_houses_are_as_unequal_as_the_measured_ones():
    table = load("nyc_heat_per_address_brooklyn")
    top = share_of_top(0.01, table["complaints_per_address"], table["addresses"])
    assert top == pytest.approx(0.225, abs=0.01)
    # all bad houses mended at once, every call of theirs gone: the rest of the calls is what the top did not make
    whole = len(season(luck(2), rules()).came)
    houses = 168 / HOUSE * WEEKS
    left = len(season(luck(2), rules(ahead=1, removes=1)).came)
    reached = share_of_top(houses / 1200, table["complaints_per_address"], table["addresses"])
    assert 1 - reached < left / whole < 1 - top


@pytest.mark.parametrize("seed", SEEDS)
def test_a_short_promise_brings_calls_and_a_long_one_anger(seed):
    runs = [metrics(seed=seed, promise=hours) for hours in (4, 24, 72)]
    repeats, kept = [run["repeats"] for run in runs], [run["kept"] for run in runs]
    assert repeats == sorted(repeats, reverse=True)
    assert kept == sorted(kept)
    best = max(metrics(seed=seed, promise=hours)["satisfied"] for hours in (8, 12, 16))
    assert best > runs[1]["satisfied"] > runs[2]["satisfied"]


@pytest.mark.parametrize("seed", SEEDS)
def test_words_shorten_visits_and_waits(seed):
    runs = [metrics(seed=seed, calming=share) for share in (0, 40, 80)]
    for key, sign in (("other_wait", -1), ("repeats", -1), ("satisfied", 1)):
        values = [sign * run[key] for run in runs]
        assert values == sorted(values), key


@pytest.mark.parametrize("seed", SEEDS)
def test_closed_is_not_fixed_until_somebody_asks_and_asking_brings_work(seed):
    silent, asked = metrics(seed=seed, crews=6), metrics(seed=seed, crews=6, followup=100)
    assert silent["closed"] - silent["fixed"] > 0.08
    assert asked["fixed"] > silent["fixed"] + 0.05
    assert asked["other_wait"] > silent["other_wait"]
    assert metrics(seed=seed, crews=6, solves=100)["fixed"] == pytest.approx(
        metrics(seed=seed, crews=6, solves=100)["closed"]
    )


def test_the_questions_say_what_the_simulation_does():
    """Numbers in words of bets and stories."""
    usual = Recovery.from_preset("as-it-comes").run()
    assert usual.figures.cases == pytest.approx(25, abs=0.5)
    assert usual.frames["open"]["open"].median() == pytest.approx(7, abs=1)
    assert Recovery.from_preset("closed").run().figures.closed > 0.99
    before = Recovery.from_preset("eldest-brother")
    assert before.crews + before.ahead == Recovery().crews


def test_crews_come_and_go_with_the_weeks():
    """A crew that is sent home ends its visit first, and one that is called starts with its week."""
    few = season(luck(1), rules(crews=2))
    by_week = rules(crews=2)
    by_week.crews[4:] = 10
    more = season(luck(1), by_week)
    begun = few.came + few.wait
    same = begun < 4 * 168
    assert (few.wait[same] == more.wait[same]).all()
    assert more.open[-1] < few.open[-1] / 3


@settings(deadline=None, max_examples=8)
@given(settings_of(Recovery))
def test_the_complaints_to_read_come_to_the_figures(chosen):
    simulation = Recovery(**chosen)
    figures, crowd = simulation.run().figures, simulation.crowd()
    assert (crowd["anger"] <= 30).mean() == pytest.approx(figures.satisfied)
    warm = crowd["kind"].isin([End.WARM, End.LATE])
    assert warm.mean() == pytest.approx(figures.fixed)
    assert (crowd["wait"][crowd["kind"] == End.WARM] <= crowd["promise"][crowd["kind"] == End.WARM]).all()
    assert (crowd["wait"][crowd["kind"] == End.LATE] > crowd["promise"][crowd["kind"] == End.LATE]).all()


def test_the_forecast_is_of_the_week_to_come_and_known_before_it():
    simulation = Recovery()
    simulation.play([{name: getattr(simulation, name) for name in simulation.calendar.levers}] * 2)
    known = simulation.known(simulation.run())
    assert known["book"]["week"].tolist() == [0, 1, 2]
    assert known["book"]["next_coldest"].tolist() == pytest.approx(
        [winter()[7 * week : 7 * week + 7].min() for week in range(3)]
    )
    assert set(known["shares"]["line"]) == {"closed"}, "what is fixed, no book says"
