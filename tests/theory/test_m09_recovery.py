"""The worked numbers of m09, and what holds of priorities, complaints, degrees, the vital few and calming in general."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.datasets import load
from course.theory.calming import MISSTEPS, MOVES, TECHNIQUES, Caller, after, after_promise, talk
from course.theory.concentration import closure_rate, fixed_rate, pareto, share_of_top
from course.theory.degrees import ByDegree, fit_by_degree
from course.theory.priorities import least_cost_order, mixed_waits, order_cost, priority_waits, replay
from course.theory.queueing import mean_wait
from course.theory.recovery import share_to_match, staying
from tests.oracles import cases

FATES = (0.4, 0.3, 0.3)
ALL_FAST, ALL_UNRESOLVED = (1, 0, 0), (0, 0, 1)
KINDS = ("temperature not met", "not heated on time", "pipe repair late")


def tarp(loss: str, complaining: float, fates: tuple[float, ...] = FATES) -> float:
    row = load("tarp_repurchase").set_index("loss").loc[loss]
    rates = row[["complained_resolved_fast", "complained_resolved", "complained_unresolved"]].to_numpy(float)
    return staying(complaining, row["silent"], fates, rates)


def appeals() -> dict[str, float]:
    return dict(load("heating_appeals_liaoning").set_index("measure")["value"])


def kinds() -> list[float]:
    found = pareto([appeals()[kind] for kind in KINDS], appeals()["appeals received"])
    return [*found.shares, float(found.cumulated[-1])]


def winter():
    days = load("nyc_heat_daily_2025")
    days = days[days["date"] < "2025-03-01"]
    return days.assign(mean_c=(days["tmax_c"] + days["tmin_c"]) / 2)


def slope() -> tuple[float, float, float]:
    found = fit_by_degree(winter()["mean_c"], winter()["heat_complaints"])
    return found.slope, found.colder, found.correlation


def spells() -> list[float]:
    days = winter()
    found = [
        days[days["date"].between("2025-01-06", "2025-01-09")],
        days[days["date"].between("2025-02-17", "2025-02-21")],
    ]
    return [float(spell[column].mean()) for spell in found for column in ("mean_c", "heat_complaints")]


def recovery() -> list[float]:
    table = load("acsi_2015_complaints")
    every = table[table["industry"] == "all"].set_index("complaint")["share_repurchase_8_or_more"]
    return list(every[["did not complain", "handled 9-10", "handled 7-8", "handled 4-6", "handled 1-3"]])


def addresses() -> list[float]:
    table = load("nyc_heat_per_address_brooklyn")
    return [share_of_top(top, table["complaints_per_address"], table["addresses"]) for top in (0.01, 0.1, 0.2)]


FUNCTIONS = {
    "tarp": lambda: [tarp("over 100 USD", share) for share in (0.05, 0.3)],
    "tarp-small": lambda: [tarp("1 to 5 USD", share) for share in (0.05, 0.3)],
    "tarp-all-fast": lambda: [tarp("over 100 USD", 0.3, fates) for fates in (ALL_FAST, ALL_UNRESOLVED)],
    "heating-closed": lambda: closure_rate(appeals()["appeals received"], appeals()["appeals closed"]),
    "heating-pareto": kinds,
    "priorities-1": lambda: [*priority_waits([0.2, 0.6, 1.2], 1 / 3), mean_wait(2 / 3, 1, 1 / 3)],
    "heat-slope": slope,
    "heat-two-spells": spells,
    "acsi-recovery": recovery,
    "heat-addresses": addresses,
}


@cases("m09", FUNCTIONS)
def test_worked_number(oracle, compute):
    oracle.check(compute())


rates = st.lists(st.floats(0.01, 1), min_size=1, max_size=6)


@settings(deadline=None)
@given(rates, st.floats(0.05, 0.97), st.integers(1, 30))
def test_priorities_hide_no_work(shares, busy, servers):
    """The conservation law: weighed by arrivals, the waits are those of first come first served, whoever goes first."""
    rate = np.array(shares) / sum(shares) * busy * servers
    waits = priority_waits(rate, 1.0, servers)
    assert float(rate @ waits) == pytest.approx(rate.sum() * mean_wait(float(rate.sum()), servers), rel=1e-6)
    assert np.all(np.diff(waits) >= -1e-12)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.floats(0.01, 1), st.floats(0.1, 9), st.floats(1, 5)), min_size=2, max_size=5),
    st.floats(0.05, 0.97),
    st.randoms(use_true_random=False),
)
def test_whoever_goes_first_the_waits_weighed_by_work_add_to_the_same(classes, busy, random):
    """Kleinrock's conservation law with service times of every kind: the sum of load × wait does not depend on the order."""

    def weighed(order):
        share, mean, spread = np.array([classes[place] for place in order]).T
        load = busy * share / share.sum()
        return float(load @ mixed_waits(load / mean, mean, spread * mean**2))

    turned = list(range(len(classes)))
    random.shuffle(turned)
    share, mean, spread = np.array(classes).T
    load = busy * share / share.sum()
    until_free = float((load / mean * spread * mean**2).sum()) / 2
    assert weighed(turned) == pytest.approx(weighed(range(len(classes))), rel=1e-6)
    assert weighed(turned) == pytest.approx(busy * until_free / (1 - busy), rel=1e-6)


def test_one_server_and_exponential_times_are_both_formulas():
    rate = np.array([0.2, 0.6, 1.2])
    mean = np.full(3, 1 / 3)
    assert mixed_waits(rate, mean, 2 * mean**2) == pytest.approx(priority_waits(rate, 1 / 3))


def test_a_class_that_cannot_be_kept_up_with_waits_for_ever():
    first, second = priority_waits([0.5, 0.7], 1.0)
    assert (first, second) == (pytest.approx(2.0), math.inf)


def days_of(servers: int, shares: tuple[float, ...], busy: float, means: tuple[float, ...]):
    """Draw long days: arrivals, service times and classes, for `replay`."""
    generator = np.random.default_rng(9)
    load = servers * busy
    rate = load / float(np.dot(shares, means))
    for _ in range(60):
        arrival = np.cumsum(generator.exponential(1 / rate, 4000))
        rank = generator.choice(len(shares), 4000, p=shares)
        yield arrival, generator.exponential(np.array(means)[rank]), rank


@pytest.mark.parametrize(
    ("servers", "means"),
    [(1, (1.0, 1.0, 1.0)), (4, (1.0, 1.0, 1.0)), (1, (0.4, 1.0, 2.0))],
    ids=["one server", "four servers", "unlike service times"],
)
def test_the_replayed_queue_is_cobhams(servers, means):
    shares, busy = (0.2, 0.3, 0.5), 0.8
    rate = np.array(shares) * servers * busy / float(np.dot(shares, means))
    mixed = mixed_waits(rate, means, 2 * np.array(means) ** 2)
    formula = mixed if servers == 1 else priority_waits(rate, means[0], servers)
    found = []
    for arrival, service, rank in days_of(servers, shares, busy, means):
        waits = replay(arrival, service, rank, servers)[400:]
        found.append([waits[rank[400:] == kind].mean() for kind in range(3)])
    days = np.array(found)
    error = days.std(axis=0, ddof=1) / math.sqrt(len(days))
    assert np.all(np.abs(days.mean(axis=0) - formula) <= 4 * error)
    assert np.all(4 * error <= 0.2 * formula)


def test_replay_serves_by_rank_then_by_arrival_and_interrupts_nobody():
    waits = replay([0, 1, 2, 3, 20], [10, 5, 5, 5, 1], [1, 1, 0, 1, 0], 1)
    assert list(waits) == [0, 14, 8, 18, 0]
    assert list(replay([0, 0, 1], [4, 6, 1], [0, 0, 0], 2)) == [0, 0, 3]
    with pytest.raises(ValueError, match="ascend"):
        replay([1, 0], [1, 1], [0, 0], 1)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 50), st.floats(0.1, 9)), min_size=1, max_size=7), st.randoms(use_true_random=False)
)
def test_no_order_costs_less_than_cost_per_hour_of_work(cases_, random):
    costs, work = zip(*cases_, strict=True)
    other = list(range(len(cases_)))
    random.shuffle(other)
    best = order_cost(least_cost_order(costs, work), costs, work)
    assert best <= order_cost(other, costs, work) * (1 + 1e-9) + 1e-9


def test_an_order_names_every_case_once():
    assert least_cost_order([1, 9, 4], [1, 3, 1]) == (2, 1, 0)
    assert order_cost([2, 1, 0], [1, 9, 4], [1, 3, 1]) == 9 * 1 + 1 * 4
    with pytest.raises(ValueError, match="every case once"):
        order_cost([0, 0, 1], [1, 9, 4], [1, 3, 1])


@given(st.floats(0, 1), st.floats(0, 1), st.lists(st.floats(0, 1), min_size=3, max_size=3))
def test_who_stays_lies_between_the_best_and_the_worst(complaining, silent, kept):
    found = staying(complaining, silent, FATES, kept)
    assert min(silent, *kept) - 1e-9 <= found <= max(silent, *kept) + 1e-9


@given(st.floats(0, 1), st.floats(0.51, 1), st.floats(0, 0.5))
def test_with_the_share_to_match_complainers_are_as_loyal_as_the_rest(reference, best, otherwise):
    share = share_to_match(reference, best, otherwise)
    assert share * best + (1 - share) * otherwise == pytest.approx(reference)


@pytest.mark.parametrize("fates", [(0.5, 0.4), (1.2, -0.2), ()])
def test_fates_are_shares_of_one(fates):
    with pytest.raises(ValueError, match=r"add to 1|between 0 and 1"):
        staying(0.1, 0.1, fates, [0.5] * len(fates))


@given(st.floats(-0.3, -0.01), st.floats(2, 9), st.floats(-20, 20))
def test_a_percentage_by_degree_is_found_again(slope_, at_zero, temperature):
    degrees = np.linspace(-10, 15, 26)
    found = fit_by_degree(degrees, np.exp(at_zero + slope_ * degrees))
    assert (found.slope, found.at_zero) == (pytest.approx(slope_), pytest.approx(at_zero))
    ratio = found.expected(temperature - 1) / found.expected(temperature)
    assert ratio == pytest.approx(1 + found.colder)
    assert found.against_expected(temperature, 2 * found.expected(temperature)) == pytest.approx(2)


def test_days_without_calls_have_no_logarithm():
    with pytest.raises(ValueError, match="above 0"):
        fit_by_degree([1, 2, 3], [4, 0, 5])
    assert ByDegree(0, -0.0897, -1).colder == pytest.approx(0.0938, abs=1e-4)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50)), min_size=1), st.floats(0, 1))
def test_the_busiest_make_at_least_their_share(groups, top):
    each, many = zip(*groups, strict=True)
    if not any(each):
        return
    assert share_of_top(top, each, many) >= top - 1e-9
    assert share_of_top(1, each, many) == pytest.approx(1)


def test_causes_come_heaviest_first_and_the_whole_may_be_larger():
    found = pareto([2, 5, 3], 20)
    assert found.order == (1, 2, 0)
    assert list(found.cumulated) == pytest.approx([0.25, 0.4, 0.5])
    with pytest.raises(ValueError, match="smaller than its parts"):
        pareto([2, 5, 3], 9)


def test_closed_is_not_fixed():
    assert fixed_rate(200, 190, 30) == pytest.approx(0.8)
    with pytest.raises(ValueError, match="came back"):
        fixed_rate(200, 190, 191)


def test_ten_techniques_are_taught_and_each_soothes_who_has_been_heard():
    assert len(TECHNIQUES) == 10
    for move in TECHNIQUES:
        assert after(Caller(60, heard=1.0), move).anger < 60
    for move in MISSTEPS:
        assert after(Caller(60, heard=1.0), move).anger > 60


@given(st.floats(0, 100), st.lists(st.sampled_from(sorted(MOVES)), max_size=12))
def test_anger_stays_on_its_scale_and_talk_takes_time(anger, moves):
    caller = talk(anger, moves)
    assert 0 <= caller.anger <= 100
    assert 0 <= caller.heard <= 1
    assert caller.minutes == pytest.approx(sum(MOVES[move].minutes for move in moves))


def test_the_same_words_in_another_order_do_the_opposite():
    heard_first = talk(80, ["let-finish", "repeat-back", "explain", "promise-time"])
    explained_first = talk(80, ["explain", "promise-time", "let-finish", "repeat-back"])
    assert heard_first.minutes == explained_first.minutes
    assert heard_first.anger < 60 < 80 < explained_first.anger + 20
    assert after(Caller(80), "explain").anger > 80


def test_what_is_said_again_does_less():
    once = talk(80, ["let-finish"]).anger
    twice = talk(80, ["let-finish", "let-finish"]).anger
    assert 80 - once > once - twice > 0


@given(st.floats(0, 100))
def test_a_kept_promise_relieves_and_a_broken_one_is_worse_than_none(anger):
    assert after_promise(anger, kept=True) <= anger <= after_promise(anger, kept=False) <= 100
