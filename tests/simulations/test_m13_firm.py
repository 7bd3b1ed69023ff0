"""The firm of ten years: what its theories imply together, found by trying, over 200 years of luck each."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from course.simulations.m13_firm import YEARS, Decision, Events, after, drawn, in_year, opened, run, worth
from course.simulations.m13_manager import PERCENT, horizons
from course.simulations.m13_running_it import RunningIt

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
    front = [
        scores(Decision(**{name: value[which] for name, value in vars(found).items()}))
        for which in dict.fromkeys([soon, means[1].argmax(), (means[0] + means[-1] / 5).argmax(), late])
    ]
    assert len(front) >= 3, "of these, over 200 draws, none beats another at every horizon"
    for one_of, another in permutations(front, 2):
        assert any(interval(gain)[0] > 0 for gain in one_of - another)


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


LEVERS = [*vars(Decision())]
LOW, HIGH = (
    np.array([getattr(RunningIt, name).__dict__[end] / (100 if name in PERCENT else 1) for name in LEVERS])
    for end in ("low", "high")
)


def outcomes(plans: np.ndarray, luck: Events) -> tuple[np.ndarray, np.ndarray]:
    """Return profit of three years and mean clean visits, (plans, draws of luck); plans (plans, 3, levers): of year 1, of 2
    and 3, and of the later ones.
    """
    draws = len(luck.winter)
    events = Events(*(np.tile(getattr(luck, name), (len(plans), 1)) for name in vars(luck)))
    firm, years = opened(len(plans) * draws), []
    for year in range(YEARS):
        now = plans[:, 0 if year < 1 else 1 if year < 3 else 2]
        decided = Decision(**{name: np.repeat(now[:, place], draws) for place, name in enumerate(LEVERS)})
        firm, came = after(firm, decided, in_year(events, year))
        years.append(came)
    clean = np.mean([year.clean for year in years], axis=0)
    return horizons(years, firm)[1].reshape(-1, draws), clean.reshape(-1, draws)


def test_no_way_that_a_search_finds_reaches_the_challenge_of_three_years_and_that_of_clean_visits() -> None:
    goals = {goal.key: goal.conditions[0][2] for goal in RunningIt.words().goals}
    rich, right = goals["three-years"], goals["clean-decade"]
    generator, luck, plans, kept = np.random.default_rng(0), drawn(20, 11), 60, 10
    tried = LOW + (HIGH - LOW) * generator.random((plans, 3, len(LEVERS)))
    for step in range(40):
        three, clean = outcomes(tried, luck)
        assert not ((three >= rich) & (clean >= right)).any()
        # first up to the one challenge in some draw, then towards the other along it
        best = np.argsort(-np.where(three.max(axis=1) >= rich, clean.max(axis=1), three.max(axis=1) / 1_000 - 1))[:kept]
        reached = three[best[0]].max() >= rich, clean[best[0]].max()
        parents = tried[best][generator.integers(kept, size=plans - kept)]
        moved = generator.normal(0, 0.25 * 0.95**step, parents.shape) * (generator.random(parents.shape) < 0.3)
        tried = np.concatenate([tried[best], np.clip(parents + (HIGH - LOW) * moved, LOW, HIGH)])
    assert reached[0], "the search reaches the one"
    assert right - 0.05 < reached[1] < right, "and comes near the other"
