"""What m03's simulation is to teach holds in it, and its draws agree with their closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from course.i18n import LANGUAGES
from course.simulations.luck import sentences
from course.simulations.m03_measurement import Measurement
from course.simulations.m03_sampling import KINDS, MONTHS, STEADY, draw, groups, stored_shares, true_shares
from course.theory.promoters import nps, standard_error
from tests.simulations.strategies import settings_of


def slip_alone(simulation: Measurement) -> float:
    """The bias of the same firm if those who answer were like those who do not."""
    return float(Measurement(**{**simulation.values(), "unhappy": 100}).run().figures.bias)


# what the words of each sentence say beside its numbers; `test_sentences.py` tries them
CLAIMS = {
    "coding": lambda s, _f, r: round(s.coding) != 0 and abs(r.asides["slip"] - slip_alone(s)) < 1e-9,
    "bias": lambda s, f, _r: f.bias != 0 and round(s.coding) == 0 and s.unhappy != 100,
    "change": lambda s, f, _r: s.drift != 0 and 1 <= f.delay <= 12,
    "noise": lambda s, f, _r: abs(f.bias) < 3 and round(s.coding) == 0,
}


def metrics(**values: float) -> dict[str, float]:
    return Measurement(**values).run().metrics


def preset(key: str, **values: float) -> dict[str, float]:
    return Measurement.from_preset(key, **values).run().metrics


@settings(deadline=None, max_examples=60)
@given(settings_of(Measurement))
def test_shares_scores_and_limits_agree(chosen):
    run = Measurement(**chosen).run()
    answers, months = run.frames["answers"], run.frames["months"]
    assert answers["share"].sum() == pytest.approx(1)
    assert answers["true_share"].sum() == pytest.approx(1)
    assert run.metrics["score"] == pytest.approx(100 * (answers["share"] * KINDS).sum())
    assert run.metrics["true_score"] == pytest.approx(100 * (answers["true_share"] * KINDS).sum())
    assert (months["low"] <= months["score"]).all()
    assert (months["score"] <= months["high"]).all()
    assert months["score"].between(-100, 100).all()
    assert run.metrics["error"] >= abs(run.metrics["bias"]) - 1e-9
    assert 1 <= run.metrics["delay"] <= 13


@pytest.mark.parametrize("key", ["two-points", "slip", "silent", "branch"])
def test_many_surveys_find_what_the_closed_forms_say(key):
    one = Measurement.from_preset(key)
    shares = stored_shares(
        true_shares(np.full(4_000, one.satisfaction), one.spread), one.unhappy / 100, int(one.coding)
    )
    number = int(min(one.answers, 250))
    counts = draw(shares, np.random.default_rng(8).random((4_000, number)))
    scores = nps(*groups(counts))
    truth, expected = one.run().metrics["true_score"], nps(*groups(shares[0]))
    chance = float(standard_error(*(number * share for share in groups(shares[0]))))
    assert expected - truth == pytest.approx(one.run().metrics["bias"])
    assert scores.mean() == pytest.approx(expected, abs=4 * chance / np.sqrt(4_000))
    assert scores.std() == pytest.approx(chance, rel=0.05)


def test_the_typical_distance_is_the_root_mean_square_over_many_seeds():
    one = metrics(unhappy=70, answers=200)
    missed = [metrics(unhappy=70, answers=200, seed=seed) for seed in range(400)]
    distance = np.array([each["score"] - each["true_score"] for each in missed])
    assert np.sqrt((distance**2).mean()) == pytest.approx(one["error"], rel=0.12)
    assert one["bias"] > one["error"] / 2


def test_the_default_firm_is_the_one_of_the_worked_number():
    found = metrics()
    assert found["true_score"] == pytest.approx(14.0, abs=0.1)
    assert np.mean([metrics(seed=seed)["margin"] for seed in range(40)]) == pytest.approx(9.6, abs=0.2)


def test_the_same_answers_give_a_positive_or_a_negative_score():
    low, right, high = preset("slip"), preset("two-points"), preset("eleven")
    assert low["true_score"] == right["true_score"] == high["true_score"] > 0
    assert low["score"] < -15 < 5 < right["score"] < 25 < 40 < high["score"]
    slipped = Measurement.from_preset("slip").run().frames["answers"]["share"].to_numpy()
    straight = Measurement.from_preset("two-points").run().frames["answers"]["share"].to_numpy()
    assert slipped[1:10] == pytest.approx(straight[2:])


def test_a_move_of_two_points_is_usually_noise():
    shares = [metrics(seed=seed)["moves"] for seed in range(60)]
    assert np.mean(shares) == pytest.approx(0.77, abs=0.04)
    assert metrics()["noise"] > 12


def test_more_answers_cure_chance_and_not_bias():
    few, many = preset("silent", answers=20), preset("silent", answers=2_000)
    assert few["bias"] == many["bias"] > 20
    assert many["margin"] < few["margin"] / 5
    assert preset("silent", reminders=4)["bias"] < 3
    assert preset("silent", unhappy=200)["bias"] < 0


def test_a_quarter_of_the_answers_lowers_the_error_where_the_silent_are_reached():
    assert preset("silent", answers=250, reminders=4)["error"] < preset("silent")["error"] / 4
    assert preset("silent", answers=250, reminders=4)["cost"] < preset("silent")["cost"]


def test_the_chart_speaks_before_neighbouring_months_do():
    for answers in (60, 250, 600):
        run = Measurement.from_preset("slide", answers=answers).run()
        falls = -run.frames["months"]["score"].diff().to_numpy()[STEADY:]
        first = int(np.argmax(falls > run.metrics["noise"])) + 1 if (falls > run.metrics["noise"]).any() else 13
        assert run.metrics["delay"] < first
    assert preset("slide", answers=600)["delay"] < preset("slide")["delay"] < 13


def test_a_steady_firm_is_seldom_alarmed():
    alarms = [metrics(seed=seed)["delay"] <= 12 for seed in range(60)]
    assert np.mean(alarms) < 0.35


def test_shuffling_nobody_hears_of_it():
    chance = np.random.default_rng(1).random((24, 300))
    shares = true_shares(np.full(24, 7.9), 2)
    assert np.array_equal(draw(shares, chance), draw(shares, chance[:, ::-1]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_is_told(language):
    sentences = {
        Measurement.from_preset(key).tell(Measurement.from_preset(key).run(), language)[-14:]
        for key in ("two-points", "slip", "silent", "slide")
    }
    assert len(sentences) == 4


def test_a_chart_without_an_alarm_never_had_one():
    """A month that never came is a word, and stands for one more than there are."""
    never = next(metric for metric in Measurement.words().metrics if metric.key == "delay").never
    assert never == MONTHS - STEADY + 1
    assert metrics()["delay"] == never


def test_the_count_over_many_draws_is_a_recount() -> None:
    simulation = Measurement(drift=-0.02, answers=60)
    results = [Measurement(seed=seed, **simulation.values()).run().metrics for seed in range(2, 22)]
    missed = [result["delay"] for result in results].count(13)
    assert 0 < missed < len(results)
    assert sentences(simulation, results, "en") == [
        f"In {missed} of {len(results)} draws nobody notices the slide within a year."
    ]
    assert sentences(Measurement(drift=0.1), results, "en") == []
