"""m04's repair desk: eight features, what a thousand invented customers feel about each, and a plan for five years."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from course.theory.drift import step
from course.theory.kano import better, worse
from course.theory.knapsack import best, greedy

Numbers = NDArray[np.float64]
Chosen = NDArray[np.bool_]

YEARS = 5
IDEAS = 3
IDEA = 12.0  # thousand yuan until a new idea is found
IDEA_COST = 6


class Feature(StrEnum):
    """What the desk can do for its customers; the last ones are ideas still to be found."""

    QUOTE = "quote"
    DATA = "data"
    SAME_DAY = "same_day"
    PERSON = "person"
    NEWS = "news"
    PHOTOS = "photos"
    PICKUP = "pickup"
    GIFT = "gift"
    IDEA_1 = "idea_1"
    IDEA_2 = "idea_2"
    IDEA_3 = "idea_3"


KNOWN = 8
# thousand yuan a year; of 100 customers, how many hold it attractive, one-dimensional, a must, indifferent (all invented)
PRICES = np.array([9, 10, 12, 8, 5, 7, 15, 4, *[IDEA_COST] * IDEAS])
START = np.array(
    [
        [5, 25, 60, 10],
        [4, 22, 66, 8],
        [15, 50, 25, 10],
        [40, 12, 3, 45],
        [48, 20, 7, 25],
        [45, 10, 3, 42],
        [55, 15, 5, 25],
        [58, 3, 1, 38],
        *[[64, 5, 1, 30]] * IDEAS,
    ],
    dtype=float,
) / 100  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """How the desk decides, year by year: thousand yuan, of which `invent` for new ideas, and so on as the sliders say."""

    budget: Numbers
    fear: Numbers
    every: Numbers
    asked: Numbers
    invent: Numbers
    pace: float
    rivals: float
    seed: int


@dataclass(frozen=True)
class Years:
    """Five years, a row each: true `shares` (years, features, 4), which features are `offered`, the answers `asked` of the
    last survey by then and its `survey_year`, `delights` and `complaints` per customer, and the value that `greedy` choices
    would lose.
    """

    shares: Numbers
    offered: Chosen
    asked: Numbers
    survey_year: NDArray[np.int_]
    delights: Numbers
    complaints: Numbers
    lost: float


def _survey(shares: Numbers, people: int, draw: np.random.Generator) -> Numbers:
    return np.array([draw.multinomial(people, row / row.sum()) for row in shares], dtype=float)


def worth(counts: Numbers, fear: float) -> Numbers:
    """Return what each feature is worth to the planner: better, plus `fear` times the worse that it averts."""
    a, o, m, i = counts.T
    # a trifle on top: money is rather spent on what nobody asked for than lost
    return np.asarray(better(a, o, m, i) - fear * worse(a, o, m, i) + 1e-9)


def missed(shares: Numbers, features: Chosen) -> Numbers:
    """Return, for each year, how many complaints per customer there are where the `features` are not to be had."""
    return np.asarray((shares[..., 1:3].sum(axis=-1) * features).sum(axis=-1))


def live(plan: Plan) -> Years:
    """Return the five years of a plan: each `every` years a survey of `asked` people, and the best set for its answers.

    Where budget or weights are changed between two surveys, the desk chooses anew by the answers it has. Customers get used
    to what the desk offers at its `pace`, and to what only rivals offer at the share `rivals` of it.
    """
    draw = np.random.default_rng(plan.seed)
    budgets = np.maximum(plan.budget - plan.invent, 0).astype(int)
    saved = np.concatenate([[0.0], np.cumsum(plan.invent)])
    shares, answers, found, last = START, START, _first(KNOWN), -YEARS
    offered, heard = np.zeros(len(START), dtype=bool), _first(KNOWN)
    rules, lost, rows = None, 0.0, []
    for year in range(YEARS):
        if year - last >= plan.every[year]:
            answers, last = _survey(shares, int(plan.asked[year]), draw), year
            found = _first(KNOWN + int(saved[year] / IDEA + 1e-9))
        if (now := (budgets[year], plan.fear[year], last)) != rules:
            value, prices, rules = worth(answers, plan.fear[year])[found], PRICES[found], now
            choice = best(value, prices, int(budgets[year]))
            offered = np.isin(np.arange(len(START)), choice.items)
            lost += choice.value - greedy(value, prices, int(budgets[year])).value
            heard = heard | offered
        rows.append((shares, offered, heard & ~offered, answers, last + 1))
        shares = step(shares, plan.pace * np.where(offered, 1.0, plan.rivals * heard))
    whole, given, lacking, asked, asked_in = (np.array(column) for column in zip(*rows, strict=True))
    delights = (whole[..., :2].sum(axis=-1) * given).sum(axis=-1)
    return Years(whole, given, asked, asked_in, delights, missed(whole, lacking), lost)


def _first(number: int) -> Chosen:
    return np.arange(len(START)) < number
