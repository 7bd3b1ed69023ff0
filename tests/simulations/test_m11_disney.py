"""What m11's simulation is to teach holds in it."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings

import course
from course.i18n import LANGUAGES
from course.simulations.m11_disney import GAP_EDGES, PADDINGS, Park
from course.theory.posting import share_within, spread_from_quantiles
from tests.simulations.strategies import settings_of

REAL_SHARE = 0.8355

# what the words of each sentence say beside its numbers; `test_sentences.py` tries them
CLAIMS = {
    "broken": lambda _s, f, _r: f.kept < 0.6,
    "turned_away": lambda _s, f, _r: f.kept >= 0.6 and f.turned >= 0.1,
    "kept": lambda _s, f, _r: 0.6 <= f.kept <= 0.99 and abs(f.ratio - f.kept / (1 - f.kept)) < 1e-6,
    "always": lambda _s, f, _r: f.kept > 0.99,
}


def metrics(**values: float) -> dict[str, float]:
    return Park(**values).run().metrics


@cache
def fit() -> tuple[float, float]:
    """Padding and spread as the lesson has them fitted: from medians and 80th percentiles, posted waits from 10 minutes."""
    rows = course.load("disney_actual_by_posted").query("posted_min >= 10")
    spreads = spread_from_quantiles(rows["p50"], rows["p80"], 0.8)
    padding = np.average(rows["posted_min"] / rows["p50"], weights=rows["pairs"])
    return float(padding), float(np.average(spreads, weights=rows["pairs"]))


@pytest.mark.parametrize("seed", range(1, 9))
def test_the_fitted_park_reproduces_the_real_share_within_two_points(seed):
    padding, spread = fit()
    found = metrics(padding=padding, spread=spread, seed=seed)
    assert abs(found["kept"] - REAL_SHARE) <= 0.02
    assert found["margin"] < 2


def test_the_preset_holds_the_fit_rounded_to_the_sliders():
    padding, spread = fit()
    simulation = Park.from_preset("florida")
    assert simulation.padding == pytest.approx(padding, abs=0.025)
    assert simulation.spread == pytest.approx(spread, abs=0.01)
    assert abs(simulation.run().metrics["kept"] - REAL_SHARE) <= 0.02


@pytest.mark.parametrize(("padding", "spread"), [(1.25, 0.3), (1.5, 0.42), (2, 0.6)])
def test_kept_follows_the_theory_up_to_rounding_and_selection(padding, spread):
    quiet = metrics(padding=padding, spread=spread, demand=1100, patience=150)
    assert quiet["kept"] == pytest.approx(share_within(padding, spread), abs=0.05)


@settings(deadline=None, max_examples=25)
@given(settings_of(Park))
def test_shares_add_up_and_nobody_waits_less_than_nothing(chosen):
    run = Park(**chosen).run()
    gaps = run.frames["gaps"]
    assert gaps["share"].sum() == pytest.approx(1)
    kept = gaps.query("group == 'kept'")
    assert kept["share"].sum() == pytest.approx(run.metrics["kept"])
    assert (kept["gap_to"] <= 0).all()
    assert set(gaps["gap_from"]) <= set(GAP_EDGES)
    assert run.metrics["wait"] >= 4 - 1e-9
    assert run.frames["hours"]["minutes"].min() >= 4 - 1e-9
    assert 0 <= run.metrics["satisfaction"] <= 100
    assert 0 <= run.metrics["day"] <= 100
    assert run.metrics["best"] in PADDINGS


def test_more_padding_keeps_more_promises_and_turns_more_away():
    runs = [metrics(padding=padding) for padding in (0.6, 1, 1.5, 2, 2.6)]
    for key, falling in (("kept", False), ("turned", False), ("wait", True)):
        numbers = [run[key] for run in runs]
        assert numbers == sorted(numbers, reverse=falling)


def test_an_honest_sign_lets_nearly_half_of_the_visitors_down():
    assert 0.5 < metrics()["kept"] < 0.6


def test_a_better_estimate_needs_less_padding():
    sharp, blunt = metrics(spread=0.1, padding=1.4), metrics(spread=0.42, padding=1.4)
    assert sharp["kept"] > 0.95 > blunt["kept"]
    assert sharp["turned"] < blunt["turned"]


def test_a_virtual_queue_moves_seats_and_makes_none():
    alone, shared = metrics(padding=1.5), metrics(padding=1.5, virtual=0.5)
    assert shared["wait"] > 1.3 * alone["wait"]


def test_a_pleasant_queue_grows_longer():
    dull, theatre = metrics(padding=1.5), metrics(padding=1.5, occupied=1)
    assert theatre["turned"] < dull["turned"]
    assert theatre["wait"] > dull["wait"]


def test_the_end_counts_for_half_of_the_day():
    poor, better = metrics(ending=20), metrics(ending=60)
    assert better["day"] - poor["day"] == pytest.approx(20, abs=0.5)
    assert better["satisfaction"] == poor["satisfaction"]


def test_the_best_padding_depends_on_what_a_posted_minute_costs():
    free, dear = metrics(dread=0), metrics(dread=1)
    assert free["best"] > 2.4
    assert dear["best"] < 1.4


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_fits_what_happened(language):
    told = set()
    for values in ({}, {"padding": 1.5}, {"padding": 1.5, "virtual": 0.5}):
        simulation = Park(**values)
        run = simulation.run()
        sentence = simulation.tell(run, language)
        assert f"{run.metrics['kept']:.0%}" in sentence
        told.add("".join(character for character in sentence if not character.isdigit()))
    assert len(told) == 3


def test_the_guests_come_to_the_figures() -> None:
    simulation = Park(padding=1.2, virtual=0.3)
    crowd, figures = simulation.crowd(), simulation.run().figures
    assert crowd["score"].mean() == pytest.approx(figures.satisfaction)
    assert (crowd["kind"] == "turned").mean() == pytest.approx(figures.turned)
    stood = crowd[crowd["kind"].isin(["kept", "broken"])]
    assert (stood["kind"] == "kept").mean() == pytest.approx(figures.kept)
