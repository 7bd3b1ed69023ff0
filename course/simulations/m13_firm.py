"""A chain of shops over ten years, made of the theories of m01 to m12. Many firms at once: every array begins with them.

What the theories say is imported; the numbers by which they are joined are ours, chosen so that each lever can matter. No
firm was measured for them. Money is in million yuan, customers in thousands, P and E in points from 0 to 100.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

import numpy as np
from numpy.typing import NDArray

from course.theory import (
    adaptation,
    adoption,
    chain,
    disconfirmation,
    drift,
    epidemic,
    goodwill,
    lifetime,
    queueing,
    recovery,
    sources,
    telling,
    turnover,
)

Numbers = NDArray[np.float64]

YEARS = 10
# people within reach of a shop, in thousands
REACH = 8.0
VISITS, PRICE, GOODS = 12, 100.0, 54.0
STEPS, SHARED, WORST = 10, 0.35, 0.035
SERVERS, MINUTES, PATIENCE = 8, 20.0, 60.0
# A, O, M, I of a feature as it is new, and the pace of its drift
NEW, PACE = (0.5, 0.2, 0.05, 0.25), 0.25
FEATURE_COST = 1.5
UPKEEP, LIFT = np.array([1.0, 1.0, 0.3, 1.0]), np.array([6.0, 4.0, 0.0, 0.0])
# own experience, the firm's promise, what others tell: how far off each usually is, in points
ERRORS = (4.0, 9.0, 8.0)
LEARNING = 0.4
COMPLAINING, SILENT = 0.4, 0.8
WELL, BADLY = 0.95, 0.5
TOLD_GOOD, TOLD_BAD = 9.0, 16.0
FADE, DISCOUNT = 0.3, 0.1
# in which share of years each event comes
SHARES = {"winter": 0.2, "scandal": 0.08, "rival": 0.2}


@dataclass(frozen=True)
class Decision:
    """What a manager decides for one year; each (firms,), or one number for all."""

    promise: Numbers | float = 70.0  # what the advertisements say, in points
    process: Numbers | float = 2.0  # yuan a visit for steps that go right
    delight: Numbers | float = 2.0  # yuan a visit for extras
    staff: Numbers | float = 1.0  # desks, as a multiple of what a shop was built for
    training: Numbers | float = 0.15  # crews trained in the year, as a share of the practised ones
    openings: Numbers | float = 0.05  # shops opened in the year, as a share of those there are
    complaints: Numbers | float = 0.3  # share of complaints that are answered well
    posted: Numbers | float = 0.5  # share of waits that are no longer than the sign says


@dataclass(frozen=True)
class Events:
    """What the year brings, as 0 or 1: a hard winter, a scandal, a rival that delights; and chance, in points."""

    winter: Numbers
    scandal: Numbers
    rival: Numbers
    chance: Numbers


@dataclass(frozen=True)
class Firm:
    """Where the firms stand as a year begins; each (firms,), `features` (firms, 4)."""

    customers: Numbers
    shops: Numbers
    crews: Numbers
    process: Numbers
    features: Numbers
    own: Numbers
    told: Numbers
    stock: Numbers
    scandals: Numbers


@dataclass(frozen=True)
class Year:
    """What came of a year; each (firms,). `satisfaction` is the truth, which no manager sees."""

    profit: Numbers
    revenue: Numbers
    satisfaction: Numbers
    perceived: Numbers
    expected: Numbers
    clean: Numbers
    wait: Numbers
    practised: Numbers
    complaints: Numbers
    leaving: Numbers
    joining: Numbers
    customers: Numbers


def opened(firms: int) -> Firm:
    """Return `firms` equal firms as the game begins."""

    def all_at(value: float) -> Numbers:
        return np.full(firms, value)

    return Firm(
        all_at(300.0), all_at(100.0), all_at(90.0), all_at(0.25), np.tile(np.array(NEW) * 1.0, (firms, 1)),
        all_at(62.0), all_at(62.0), all_at(4.0), all_at(0.0),
    )  # fmt: skip


def drawn(firms: int, seed: int, years: int = YEARS) -> Events:
    """Return the events of all years, (firms, years); each firm has its own."""
    generator = np.random.default_rng(seed)
    winter, scandal, rival = ((generator.random((firms, years)) < share).astype(float) for share in SHARES.values())
    return Events(winter, scandal, rival, generator.normal(0, 1.5, (firms, years)))


def in_year(events: Events, year: int) -> Events:
    """Return what one year brings."""
    return Events(*(getattr(events, one.name)[:, year] for one in fields(events)))


def after(firm: Firm, decided: Decision, events: Events) -> tuple[Firm, Year]:
    """Return where the firms stand a year later, and what came of the year."""
    practised = np.minimum(firm.crews / firm.shops, 1.0)
    process = 0.75 * firm.process + 0.25 * _share(decided.process, 8.0)
    missed = WORST * (1 - 0.9 * process) * (2 - practised)
    clean = _clean(1 - missed)
    wait, served = _wait(firm, decided, events)
    sign = -wait * np.log1p(-np.asarray(decided.posted))
    staying = np.exp(-sign / PATIENCE)
    late = (1 - np.asarray(decided.posted)) * wait
    features, lift, missing = _features(firm.features, np.asarray(decided.delight) / FEATURE_COST)
    perceived = (
        30 + 50 * clean + lift * _felt_where_all_is_well(clean) - missing - 0.5 * wait - 1.5 * late + events.chance
    )
    perceived = np.clip(perceived, 0, 100)
    expected = sources.combine(
        np.stack(np.broadcast_arrays(firm.own + 4 * events.rival, decided.promise, firm.told), axis=-1),
        np.array(ERRORS),
    )
    felt = disconfirmation.satisfaction(perceived, expected, level_weight=0.0)
    problems = np.clip(1 - clean + 0.2 * late / 10 + 0.1 * events.winter, 0, 1)
    lost = problems * (1 - _staying(decided.complaints))
    weight = 12.0 * events.scandal * 2.0**firm.scandals
    stock, spent = goodwill.after(firm.stock, np.maximum(felt, 0) * 0.5, FADE, weight)
    churn = adoption.churn_share(felt, usual=0.08, scale=10.0)
    leaving = np.clip(1 - (1 - churn) * (1 - lost) + 0.02 * (weight - spent), 0, 0.95)
    pleased = clean / (1 + np.exp(-felt / 8))
    talk = telling.balance(pleased, TOLD_GOOD, TOLD_BAD)
    reach = epidemic.final_size(np.clip(1.2 + talk / 8, 0, 4), told_first=0.15)
    outside = sources.combine(np.stack(np.broadcast_arrays(decided.promise, firm.told), axis=-1), np.array(ERRORS[1:]))
    drawn_in = adoption.adoption_share(outside, 70.0, ceiling=0.35, scale=4.0)
    visits = firm.customers * VISITS * served * staying / 1_000
    joining = drawn_in * reach * np.maximum(REACH * firm.shops - firm.customers, 0)
    customers = firm.customers * (1 - leaving) + joining
    complaints = COMPLAINING * problems
    costs = (
        visits * (GOODS + decided.process + decided.delight + 25 * complaints * decided.complaints)
        + firm.shops * (0.05 + 0.3 * np.asarray(decided.staff) + 1.5 * np.asarray(decided.openings))
        + firm.crews * 0.6 * np.asarray(decided.training)
        + 5.0 + 0.01 * np.maximum(np.asarray(decided.promise) - 60, 0) ** 2
    )  # fmt: skip
    shops = firm.shops * (1 + np.asarray(decided.openings))
    crews = turnover.next_crews(firm.crews, shops, trained=firm.crews * decided.training, leaving=0.1)
    told = 0.5 * firm.told + 0.5 * perceived
    later = Firm(
        customers, shops, crews, process, features, adaptation.adapt(firm.own + 4 * events.rival, perceived, LEARNING), told,
        stock, firm.scandals + events.scandal,
    )  # fmt: skip
    revenue = visits * PRICE
    return later, Year(
        revenue - costs, revenue, np.clip(perceived + felt, 0, 100), perceived, expected, clean, wait, practised, complaints,
        leaving, joining, customers,
    )  # fmt: skip


def worth(firm: Firm, last: Year) -> Numbers:
    """Return what the customers who are left would still bring: their margin of the last year, as long as they stay."""
    margin = np.maximum(last.profit, 0)
    return np.asarray(lifetime.lifetime_value(margin, 1 - last.leaving, DISCOUNT))


@cache
def _clean_table() -> tuple[Numbers, Numbers]:
    right = np.linspace(0.9, 1.0, 51)
    return right, np.array([chain.clean([one] * STEPS, SHARED) for one in right])


def _clean(right: Numbers) -> Numbers:
    return np.interp(right, *_clean_table())


@cache
def _wait_table() -> tuple[Numbers, Numbers]:
    load = np.linspace(0.3, 0.97, 68)
    return load, np.array([queueing.mean_wait(one * SERVERS, SERVERS, MINUTES) for one in load])


def _wait(firm: Firm, decided: Decision, events: Events) -> tuple[Numbers, Numbers]:
    """Return the mean wait in minutes, and the share of those who come that can be served at all."""
    load = 0.24 * firm.customers / (firm.shops * np.asarray(decided.staff)) * (1 + 0.15 * events.winter)
    return np.interp(load, *_wait_table()), np.minimum(1.0, 0.97 / load)


def _features(features: Numbers, wanted: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return the features offered, the points that they add, and the points that those taken away cost."""
    older = drift.step(features, PACE)
    # what nobody notices is given up; what has become a must costs less to keep than what is new
    older[..., 3] = 0.0
    total = older @ UPKEEP
    kept = np.minimum(1.0, np.asarray(wanted) / np.maximum(total, 1e-9))
    dropped = older * (1 - kept)[..., None]
    new = np.maximum(wanted - total, 0) / (np.array(NEW) @ UPKEEP)
    offered = older * kept[..., None] + np.array(NEW) * new[..., None]
    return offered, offered @ LIFT, 3 * (dropped[..., 1] + dropped[..., 2])


def _felt_where_all_is_well(clean: Numbers) -> Numbers:
    """Return which part of a delight is felt: after a mishap it is no delight. From none at 70% clean to all at 95%."""
    return np.clip((clean - 0.7) / 0.25, 0, 1) ** 2


def _staying(well: Numbers | float) -> Numbers:
    """Return the share of customers with a problem who stay, where the share `well` of complaints is answered well."""
    none, all_ = (recovery.staying(COMPLAINING, SILENT, [share, 1 - share], [WELL, BADLY]) for share in (0.0, 1.0))
    return none + np.asarray(well) * (all_ - none)


def _share(spent: Numbers | float, enough: float) -> Numbers:
    return np.minimum(np.asarray(spent) / enough, 1.0)


def run(policy: Decision, seed: int, firms: int) -> tuple[list[Year], Firm]:
    """Return ten years of `firms` that decide the same every year, each with luck of its own."""
    events, firm, years = drawn(firms, seed), opened(firms), []
    for year in range(YEARS):
        firm, came = after(firm, policy, in_year(events, year))
        years.append(came)
    return years, firm
