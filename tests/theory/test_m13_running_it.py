"""The worked numbers of m13."""

from __future__ import annotations

import numpy as np

from course.datasets import load
from course.theory.leaving import cost_of_leaving, passed_on
from course.theory.lifetime import lifetime_value, multiple
from course.theory.regression import movement
from tests.oracles import cases

CHAINS = {"Costco (US)": "full-time employees", "Sam's Club (US)": "employees"}


def chain(firm: str) -> tuple[float, float]:
    """Return what people leaving cost a year in all (m USD), and for each employee (USD)."""
    table = load("people_and_turnover")
    rows = table[table["firm"] == firm].set_index("measure")["value"]
    people = rows[CHAINS[firm]]
    total = cost_of_leaving(people, rows["employees leaving in a year"] / 100, rows["cost of replacing one"])
    return total / 1e6, total / people


def convergence() -> list[float]:
    table = load("acsi_firms_1995_2019")
    found = movement(table["acsi_1995"], table["acsi_2019"])
    return [*found.means, *found.spreads, found.correlation, found.slope]


FUNCTIONS = {
    "cascio-total": lambda: [chain(firm)[0] for firm in CHAINS],
    "cascio-each": lambda: [chain(firm)[1] for firm in CHAINS],
    "sears-chain": lambda: passed_on(8, [1.3 / 5, 0.5 / 1.3]),
    "clv-acquired": lambda: lifetime_value(150, 0.55, 0.10) - 100,
    "margin-multiple-12": lambda: multiple(np.array([0.6, 0.7, 0.8, 0.9]), 0.12),
    "acsi-convergence": convergence,
}


@cases("m13", FUNCTIONS)
def test_worked_number(oracle, compute):
    oracle.check(compute())
