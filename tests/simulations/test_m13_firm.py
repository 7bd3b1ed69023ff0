"""The firm of ten years: what its theories imply together, found by trying, over 200 years of luck each."""

from __future__ import annotations

import numpy as np
import pytest

from course.simulations.m13_firm import YEARS, Decision, after, drawn, in_year, opened, run, worth

SEEDS = 200
DISCOUNTS = 1.1 ** -np.arange(YEARS)
HORIZONS = (1, 3, YEARS)


def scores(decision: Decision, firms: int = SEEDS, seed: int = 5) -> np.ndarray:
    """Return what one, three and ten years bring, the last with what customers are then worth: (3, firms)."""
    years, firm = run(decision, seed, firms)
    profit = np.array([year.profit for year in years])
    totals = [DISCOUNTS[:horizon] @ profit[:horizon] for horizon in HORIZONS]
    totals[-1] = totals[-1] + DISCOUNTS[-1] * worth(firm, years[-1])
    return np.array(totals)


def interval(values: np.ndarray) -> tuple[float, float]:
    """Return the 95% interval of the mean."""
    half = 1.96 * values.std(ddof=1) / np.sqrt(len(values))
    return float(values.mean() - half), float(values.mean() + half)


def test_delight_pays_only_on_a_reliable_base() -> None:
    growing = {"staff": 1.2, "openings": 0.05, "training": 0.2}

    def gain(process: float) -> tuple[float, float]:
        with_extras = scores(Decision(process=process, delight=5.0, **growing))
        without = scores(Decision(process=process, delight=0.0, **growing))
        return interval(with_extras[-1] - without[-1])

    assert gain(0.0)[1] < 0
    assert gain(2.0)[1] < 0
    assert gain(6.0)[0] > 0
    assert gain(8.0)[0] > 0


def test_delight_draws_guests_whom_a_firm_without_room_cannot_serve() -> None:
    full = {"process": 8.0, "staff": 1.0, "openings": 0.0, "training": 0.2}
    gain = scores(Decision(delight=5.0, **full))[-1] - scores(Decision(delight=0.0, **full))[-1]
    assert interval(gain)[1] < 0


def random_policies(count: int, seed: int) -> Decision:
    generator = np.random.default_rng(seed)
    bounds = {
        "promise": (55, 90),
        "process": (0, 8),
        "delight": (0, 8),
        "staff": (0.85, 1.3),
        "training": (0.05, 0.4),
        "openings": (0, 0.25),
        "complaints": (0, 1),
        "posted": (0.4, 0.9),
    }
    return Decision(**{name: generator.uniform(low, high, count) for name, (low, high) in bounds.items()})


def test_there_is_no_best_strategy_without_a_horizon() -> None:
    policies, draws = 400, 25
    found = random_policies(policies, 0)
    spread = Decision(**{name: np.repeat(value, draws) for name, value in vars(found).items()})
    means = scores(spread, policies * draws, 3).reshape(3, policies, draws).mean(axis=-1)
    soon, late = means[0].argmax(), means[-1].argmax()
    one, other = (Decision(**{name: value[which] for name, value in vars(found).items()}) for which in (soon, late))
    difference = scores(one) - scores(other)
    assert interval(difference[0])[0] > 0
    assert interval(difference[-1])[1] < 0
    worse = (means[:, :, None] >= means[:, None, :]).all(axis=0) & (means[:, :, None] > means[:, None, :]).any(axis=0)
    assert (~worse.any(axis=0)).sum() >= 3, "strategies that no other beats at every horizon"


def test_the_same_seed_gives_the_same_ten_years_and_firms_do_not_touch_each_other() -> None:
    together = run(Decision(), 7, 5)[0][-1].customers
    assert np.array_equal(together, run(Decision(), 7, 5)[0][-1].customers)
    mixed = Decision(process=np.array([0.0, 2.0, 8.0, 2.0, 0.0]))
    assert run(mixed, 7, 5)[0][-1].customers[[1, 3]] == pytest.approx(together[[1, 3]])


@pytest.mark.parametrize("seed", range(5))
def test_whatever_is_decided_shares_are_shares_and_nobody_is_counted_below_nothing(seed: int) -> None:
    firms = 300
    policy, events, firm = random_policies(firms, seed), drawn(firms, seed), opened(firms)
    for year in range(YEARS):
        firm, came = after(firm, policy, in_year(events, year))
        for share in (came.clean, came.practised, came.complaints, came.leaving):
            assert np.all((share >= 0) & (share <= 1))
        for points in (came.satisfaction, came.perceived, came.expected):
            assert np.all((points >= 0) & (points <= 100))
        for amount in (came.customers, came.wait, came.joining, firm.crews, firm.features, firm.stock):
            assert np.all(amount >= 0)
        assert np.all(firm.crews <= firm.shops + 1e-9)
        assert all(np.isfinite(value).all() for value in vars(came).values())


def test_a_second_scandal_finds_less_goodwill_and_weighs_more() -> None:
    calm = drawn(1, 0)
    quiet = in_year(calm, 0)
    none = type(quiet)(quiet.winter * 0, quiet.scandal * 0, quiet.rival * 0, quiet.chance * 0)
    hit = type(quiet)(none.winter, none.scandal + 1, none.rival, none.chance)
    firm = opened(1)
    undisturbed, first = after(firm, Decision(), none)[1], after(firm, Decision(), hit)
    second = after(first[0], Decision(), hit)[1]
    calmer = after(first[0], Decision(), none)[1]
    assert first[1].leaving - undisturbed.leaving < second.leaving - calmer.leaving
