"""What m05's simulation is to teach holds in it, and its points are those of the fitted model."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from course.datasets import load
from course.simulations.luck import sentences
from course.simulations.m05_customers import LEVERS, PRICES, sample
from course.simulations.m05_loyalty import Loyalty
from course.theory.path_model import ECSI, fit, performance
from tests.simulations.strategies import settings_of


def levers(simulation: Loyalty) -> list[float]:
    return [getattr(simulation, name) for name in LEVERS]


def rates(run, kind: str) -> np.ndarray:
    years = run.frames["years"]
    return years[years["group"] == kind]["stays"].to_numpy()


# what the words of each sentence say beside its numbers, of simulation, figures and run; `test_sentences.py` tries them
CLAIMS = {
    "around": lambda s, f, r: any(levers(s)) and abs(f.direct) < abs(r.asides["around"]),
    "straight": lambda s, f, r: any(levers(s)) and abs(f.direct) >= abs(r.asides["around"]),
    "cut": lambda s, _f, r: s.cut > 0 and not any(levers(s)) and r.asides["margin"] == 100 - 4 * s.cut,
    "rival": lambda s, f, r: s.rival > 0 and f.cost == 0 and r.asides["margin"] == 100,
    "sorting": lambda s, f, r: (
        not any(levers(s))
        and f.later > f.first
        and f.one_rate < f.worth
        and all(len({*rates(r, kind)}) == 1 for kind in ("fans", "others"))
    ),
    "alike": lambda _s, f, _r: abs(f.later - f.first) <= 0.005,
}


def metrics(**values: float) -> dict[str, float]:
    return Loyalty(**values).run().metrics


def preset(key: str, **values: float) -> dict[str, float]:
    return Loyalty.from_preset(key, **values).run().metrics


@settings(deadline=None, max_examples=60)
@given(settings_of(Loyalty))
def test_parts_and_wholes_agree(chosen):
    run = Loyalty(**chosen).run()
    ways, left, worth = run.frames["ways"], run.frames["left"], run.frames["worth"]
    assert ways["to"].iloc[-1] == pytest.approx(run.metrics["rise"])
    whole = left.groupby("year")["left"].sum().to_numpy()
    assert whole[0] == pytest.approx(1)
    assert rates(run, "all") == pytest.approx(whole[1:] / whole[:-1])
    assert worth[worth["group"] == "curve"]["worth"].iloc[-1] == pytest.approx(run.metrics["worth"])
    assert run.metrics["later"] >= run.metrics["first"] - 1e-12
    assert run.metrics["cost"] == pytest.approx(np.array(levers(Loyalty(**chosen))) @ PRICES)


def test_points_are_the_fitted_effects_in_points():
    """Whoever stands a point higher in expectation stands so much higher in satisfaction: the sum over the model's lines."""
    answers = load("ecsi_mobi_respondents")
    fitted = fit(answers)
    scores = {
        name: np.array([performance(row, answers.std(), fitted)[name] for _, row in answers.iterrows()])
        for name in ECSI.notions
    }
    slopes = {}
    for effect in ("expectation", "quality", "value", "satisfaction"):
        causes = ECSI.causes(effect)
        x = np.column_stack([*(scores[cause] for cause in causes), np.ones(len(answers))])
        found = np.linalg.lstsq(x, scores[effect], rcond=None)[0]
        slopes |= {(cause, effect): slope for cause, slope in zip(causes, found, strict=False)}
    around = (
        slopes["expectation", "quality"]
        * (slopes["quality", "satisfaction"] + slopes["quality", "value"] * slopes["value", "satisfaction"])
        + slopes["expectation", "value"] * slopes["value", "satisfaction"]
    )
    assert metrics(expectation=1)["direct"] == pytest.approx(slopes["expectation", "satisfaction"])
    assert metrics(expectation=1)["rise"] == pytest.approx(around + slopes["expectation", "satisfaction"])


def test_expectation_goes_round_and_quality_goes_straight():
    promise, better = preset("promise"), preset("better")
    assert promise["direct"] < promise["rise"] / 5
    assert better["direct"] > better["rise"] / 2
    assert preset("as-they-are", complaints=10)["rise"] == 0


def test_points_add_up():
    apart = [metrics(**{name: 4})["rise"] for name in LEVERS]
    assert metrics(**dict.fromkeys(LEVERS, 4))["rise"] == pytest.approx(sum(apart))
    assert metrics(quality=8)["rise"] == pytest.approx(2 * metrics(quality=4)["rise"])


def test_retention_rises_though_nobody_changes():
    start = preset("as-they-are")
    assert start["first"] == pytest.approx(0.3 * 0.95 + 0.7 * 0.5)
    assert start["later"] > 0.94
    assert preset("no-fans")["later"] == preset("no-fans")["first"]
    assert start["one_rate"] < 0.8 * start["worth"]


def test_who_follows_loses_more_than_who_does_not():
    assert preset("match")["worth"] < preset("war")["worth"] / 2
    assert preset("match")["later"] == preset("as-they-are")["later"]
    for cut in range(1, 21):
        assert preset("war", cut=cut)["worth"] < preset("war")["worth"]


def test_the_weakest_score_is_not_the_best_buy():
    gains = {name: metrics(**{name: 1})["loyalty"] / price for name, price in zip(LEVERS, PRICES, strict=True)}
    scores = dict(zip(ECSI.notions, sample(1).scores, strict=True))
    assert min(LEVERS, key=lambda name: scores[name]) == min(gains, key=lambda name: gains[name]) == "value"
    assert max(gains, key=lambda name: gains[name]) == "image"


def test_the_first_draw_are_the_respondents_themselves():
    fitted = fit(load("ecsi_mobi_respondents"))
    assert sample(1).standard == pytest.approx(fitted.totals)
    assert sample(2).standard != pytest.approx(fitted.totals, abs=1e-3)


def test_the_count_over_many_draws_is_a_recount():
    simulation = Loyalty.from_preset("promise")
    results = [Loyalty(seed=seed, **simulation.values()).run().metrics for seed in range(2, 42)]
    count = sum(result["direct"] <= 0 for result in results)
    assert 0 < count < 20
    assert sentences(simulation, results, "en")[0].startswith(f"In {count} of {len(results)} draws of 250 customers")
