"""What m13's simulation is to teach holds in it: no best strategy without a horizon, and no delight on sand."""

from __future__ import annotations

import numpy as np
import pytest

from course.simulations.m13_firm import YEARS
from course.simulations.m13_running_it import EXPECTED, PERCEIVED, START, SURVEY, RunningIt

# what the words of each sentence say beside its numbers, of simulation, figures and run; `test_sentences.py` tries them
CLAIMS = {
    "grown": lambda _s, f, _r: f.customers >= START and f.ten >= 0,
    "shrunk": lambda _s, f, _r: f.customers < START and f.ten >= 0,
    "ruined": lambda _s, f, r: f.ten < 0 and r.asides["loss"] == -f.ten,
}
SEEDS = range(1, 31)


def mean(key: str, metric: str, **values: float) -> float:
    """Return a metric of a preset, over 30 draws of events."""
    return float(np.mean([RunningIt.from_preset(key, seed=seed, **values).run().metrics[metric] for seed in SEEDS]))


def test_whoever_is_judged_by_one_year_and_whoever_by_ten_choose_otherwise():
    assert mean("harvest", "one") > mean("base", "one") + 20
    assert mean("harvest", "three") > mean("base", "three") + 50
    assert mean("base", "ten") > mean("harvest", "ten") + 50
    assert mean("both", "customers") > 5 * mean("harvest", "customers")


def test_extras_pay_on_a_base_and_not_on_sand():
    assert mean("sand", "ten") < mean("sand", "ten", delight=0)
    assert mean("both", "ten") > mean("both", "ten", delight=0)


def test_doing_the_same_is_not_standing_still():
    assert mean("steady", "customers") < 0.8 * START


def test_shops_opened_faster_than_crews_are_trained_ruin_the_firm():
    assert mean("hurry", "ten") < 0 < mean("hurry", "ten", openings=5)


def test_the_horizons_are_the_profits_added_up():
    run = RunningIt().run()
    earned = run.frames["money"].set_index("year")["earned"]
    assert run.metrics["one"] == pytest.approx(earned[1]) == pytest.approx(run.frames["profit"]["profit"].iloc[0])
    assert run.metrics["three"] == pytest.approx(earned[3])
    assert run.metrics["ten"] == pytest.approx(earned[YEARS] + run.asides["left"])


def test_the_survey_is_off_by_chance_alone():
    off = []
    for seed in range(200):
        run = RunningIt(seed=seed).run()
        points = run.frames["points"].pivot(index="year", columns="measure", values="points")
        off.append(run.metrics["survey"] - run.metrics["satisfaction"])
        assert {PERCEIVED, EXPECTED, SURVEY} == {*points.columns}
    assert np.mean(off) == pytest.approx(0, abs=3 * 0.9 / 200**0.5)
    assert np.std(off) == pytest.approx(0.9, abs=0.15)


def test_what_is_decided_later_leaves_the_years_before_alone():
    plain = RunningIt().run().frames["profit"]["profit"]
    played = RunningIt(process=8)
    played.decisions = tuple({**RunningIt().values()} for _year in range(5))
    profits = played.run().frames["profit"]["profit"]
    assert np.array_equal(profits[:5], plain[:5])
    assert not np.array_equal(profits[5:], plain[5:])
