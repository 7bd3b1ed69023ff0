"""A manager's rule for m13's firm: a function from what is reported to what is decided, played over ten years of luck.

    def policy(report):
        return {"process": 6, "promise": report["survey"]}

`report` is a dict of numbers of the year just over: `year` (the one to decide for, 1 to 10), `profit` and `cash` (profits so
far added up) in million yuan, `customers` in thousands, `shops`, `crews` (practised ones), `wait` in minutes, `complaining`
guests of every 1,000 visits, `survey` in points from 0 to 100 (400 guests are asked, so it is off by about 0.9), `winter`,
`scandal` and `rival` (1 if there was one), `survey_before` and `customers_before` of the year before, and `decided`, a dict
of all that holds now. What comes back are the levers to set, in the units of the app's sliders; all others stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from functools import partial
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from traitlets import TraitError

from course.i18n import gettext
from course.simulations.base import LARGEST_SEED
from course.simulations.m13_firm import YEARS, Events, Numbers, after, drawn, in_year, opened
from course.simulations.m13_manager import LEVERS, decision, found, horizons, seen, survey_errors
from course.simulations.m13_running_it import RunningIt

Report = dict[str, Any]
Policy = Callable[[Report], Mapping[str, float]]
# What decides for several firms at once, in their order
Policies = Callable[[list[Report]], Iterable[Mapping[str, float]]]
MOST_SEEDS = 1_000
COUNTS = ("one", "three", "ten")


class PolicyError(ValueError):
    """A policy that cannot be played; it says where, what and how to mend it, in the learner's language."""


def play(policy: Policy, seed: int = 1) -> pd.DataFrame:
    """Return ten years under `policy`, a row each: what was decided, then what was reported of the year."""
    return _played(_one_by_one(policy), _seeds([seed]))[1]


def score(policy: Policy, seeds: Iterable[int] = range(100)) -> pd.DataFrame:
    """Return what `policy` comes to, a row for each seed: `seed`, and `one`, `three`, `ten` years in million yuan.

    Each later year counts for a tenth less, and ten years have what the customers at their end would still bring.
    """
    return score_together(_one_by_one(policy), seeds)


def score_together(policies: Policies, seeds: Iterable[int]) -> pd.DataFrame:
    """Return what `score` does, for what decides for all firms of a year at once."""
    chosen = _seeds(seeds)
    return pd.DataFrame({"seed": chosen, **dict(zip(COUNTS, _played(policies, chosen)[0], strict=True))})


def steady(report: dict[str, Any]) -> dict[str, float]:
    """Change nothing, year after year."""
    return {}


def harvest(report: dict[str, Any]) -> dict[str, float]:
    """Pay for nothing that does not pay this year."""
    return {"promise": 60, "process": 0, "delight": 0, "training": 10, "openings": 0, "complaints": 0}


def chase(report: dict[str, Any]) -> dict[str, float]:
    """Spend a yuan more on extras, and promise more, whenever survey or customers fall."""
    falls = report["survey"] < report["survey_before"] or report["customers"] < report["customers_before"]
    decided = report["decided"]
    return {"delight": min(8, decided["delight"] + 1), "promise": min(95, decided["promise"] + 2)} if falls else {}


BASELINES: Mapping[str, Policy] = MappingProxyType({"steady": steady, "harvest": harvest, "chase": chase})


def _one_by_one(policy: Policy) -> Policies:
    if not callable(policy):
        raise PolicyError(
            gettext(
                "A policy is a function from a report to decisions, and this is none: {what}. Give its name alone."
            ).format(what=repr(policy)[:40])
        )
    return partial(map, policy)


def _played(policies: Policies, seeds: list[int]) -> tuple[Numbers, pd.DataFrame]:
    """Return the horizons, (3, seeds), and the ten years of the first seed."""
    events, errors = _events(seeds), np.array([survey_errors(seed) for seed in seeds])
    firm, years, rows = opened(len(seeds)), [], []
    # before the first year the firm was surveyed as well, by others: as if without error
    now = found(np.zeros(len(seeds)))
    before, cash = now, np.zeros(len(seeds))
    decided = [RunningIt().values() for _seed in seeds]
    for year in range(YEARS):
        reports = [
            {
                "year": year + 1, "cash": float(cash[place]), **{name: float(values[place]) for name, values in now.items()},
                **{f"{name}_before": float(before[name][place]) for name in ("survey", "customers")},
                "decided": dict(decided[place]),
            }
            for place in range(len(seeds))
        ]  # fmt: skip
        for place, (seed, decisions) in enumerate(zip(seeds, policies(reports), strict=True)):
            decided[place] |= _checked(decisions, year + 1, seed)
        chosen = {name: np.array([one[name] for one in decided]) for name in LEVERS}
        firm, came = after(firm, decision(chosen), in_year(events, year))
        before, now = now, seen(firm, came, in_year(events, year), errors[:, year])
        cash = cash + came.profit
        years.append(came)
        reported = {name: values[0] for name, values in now.items()}
        rows.append({"year": year + 1, **decided[0], **reported, "cash": cash[0]})
    return horizons(years, firm), pd.DataFrame(rows)


def _events(seeds: list[int]) -> Events:
    each = [drawn(1, seed) for seed in seeds]
    return Events(*(np.concatenate([getattr(one, part.name) for one in each]) for part in fields(Events)))


def _checked(decisions: object, year: int, seed: int) -> dict[str, float]:
    sliders, checked = RunningIt.parameters(), {}
    if not isinstance(decisions, Mapping):
        problem = gettext(
            "the policy gave back {what}. Let it return a dict of levers, such as {example}, or {empty} to change nothing."
        )
        raise _refused(problem.format(what=repr(decisions)[:40], example='{"process": 4}', empty="{}"), year, seed)
    for name, value in decisions.items():
        if name not in sliders:
            problem = gettext("the policy sets {name}, and there is no such lever. Choose from: {known}.")
            raise _refused(problem.format(name=repr(name)[:40], known=", ".join(LEVERS)), year, seed)
        try:
            checked[str(name)] = sliders[name].validate(RunningIt(), value)
        except TraitError as error:
            raise _refused(str(error), year, seed) from None
    return checked


def _refused(problem: str, year: int, seed: int) -> PolicyError:
    return PolicyError(gettext("Year {year}, seed {seed}: {problem}").format(year=year, seed=seed, problem=problem))


def _seeds(seeds: Iterable[int]) -> list[int]:
    try:
        chosen = [int(seed) for seed, _room in zip(seeds, range(MOST_SEEDS + 1), strict=False)]
    except (TypeError, ValueError, OverflowError):
        chosen = []
    if not 0 < len(chosen) <= MOST_SEEDS or not all(0 <= seed <= LARGEST_SEED for seed in chosen):
        raise PolicyError(
            gettext("Seeds: give from one to {most} whole numbers from 0 to {largest}, such as range(100).").format(
                most=f"{MOST_SEEDS:,}", largest=f"{LARGEST_SEED:,}"
            )
        )
    return chosen
