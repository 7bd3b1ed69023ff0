"""The worked numbers of m09."""

from __future__ import annotations

from course.datasets import load
from course.theory.concentration import closure_rate, pareto, share_of_top
from course.theory.degrees import fit_by_degree
from course.theory.priorities import priority_waits
from course.theory.queueing import mean_wait
from course.theory.recovery import staying
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
