"""What ten years of m13's firm owe to its manager's decisions and to the luck of its draw."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from course.simulations.m13_firm import SHARES, YEARS, Events, Numbers, after, drawn, in_year, opened
from course.simulations.m13_manager import EVENTS, LEVERS, decision, horizons
from course.simulations.scorecard import Debrief, coalitions, shapley

# which part of the run each lever belongs to
PARTS = {
    "words": ("promise", "posted"),
    "process": ("process",),
    "extras": ("delight",),
    "staff": ("staff",),
    "growth": ("training", "openings"),
    "answers": ("complaints",),
}
CHANCE = "chance"


def debrief(plans: Mapping[str, Numbers], usual: Mapping[str, float], seed: int) -> Debrief:
    """Return what each part added to one, three and ten years, by Shapley's average over all orders of the parts.

    `plans` are the levers by year, (years,), in the units of the sliders; `usual` those of the firm compared with, whose
    years are all average: each event comes in every year, as strong as it is likely.
    """
    players = [*PARTS, *EVENTS, CHANCE]
    inside = coalitions(len(players))
    firms = len(inside)
    chosen = {lever: inside[:, place] for place, levers in enumerate(PARTS.values()) for lever in levers}
    events = _events(inside[:, len(PARTS) :], seed)
    firm, years = opened(firms), []
    for year in range(YEARS):
        decided = decision({name: np.where(chosen[name], plans[name][year], usual[name]) for name in LEVERS})
        firm, came = after(firm, decided, in_year(events, year))
        years.append(came)
    worths = horizons(years, firm)
    added = shapley(worths)
    return Debrief(
        tuple(map(float, worths[:, 0])),
        tuple(map(float, worths[:, -1])),
        {name: tuple(map(float, added[:, place])) for place, name in enumerate(players)},
        happened(seed),
    )


def happened(seed: int) -> tuple[tuple[str, ...], ...]:
    """Return the events of each year, by name."""
    events = drawn(1, seed)
    return tuple(tuple(name for name in EVENTS if getattr(events, name)[0, year]) for year in range(YEARS))


def _events(real: np.ndarray, seed: int) -> Events:
    """Return the events of each firm, (firms, years): of each kind, real or average, as the columns of `real` say."""
    events = drawn(1, seed)
    return Events(
        *(
            np.where(real[:, place, None], getattr(events, name), SHARES.get(name, 0.0))
            for place, name in enumerate([*EVENTS, CHANCE])
        )
    )
