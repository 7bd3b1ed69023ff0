"""m13's firm as its manager meets it: decisions in the units of the sliders, and reports of what a manager can see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from course.simulations.m13_firm import (
    DISCOUNT,
    YEARS,
    Decision,
    Events,
    Firm,
    Numbers,
    Year,
    after,
    opened,
    worth,
)

HORIZONS = (1, 3, YEARS)
LEVERS = ("promise", "process", "delight", "staff", "training", "openings", "complaints", "posted")
PERCENT = ("staff", "training", "openings", "complaints", "posted")
EVENTS = ("winter", "scandal", "rival")
RESPONDENTS, OPINIONS_DIFFER = 400, 18.0
DISCOUNTS = (1 + DISCOUNT) ** -np.arange(YEARS)


def decision(values: Mapping[str, ArrayLike]) -> Decision:
    """Return what is decided, from values in the units of the sliders; each one number, or (firms,)."""
    return Decision(**{name: np.asarray(values[name]) / (100 if name in PERCENT else 1) for name in LEVERS})


@cache
def survey_errors(seed: int) -> Numbers:
    """Return how far each year's survey is off, (years,): chance alone, with 400 who answer (m03)."""
    generator = np.random.default_rng((seed, RESPONDENTS))
    return np.asarray(generator.normal(0, OPINIONS_DIFFER / RESPONDENTS**0.5, YEARS))


def horizons(years: Sequence[Year], end: Firm) -> Numbers:
    """Return what one, three and ten years come to, (3, firms), in million yuan; the last with what customers are then worth.

    Each later year counts for a tenth less.
    """
    profits = np.array([year.profit for year in years])
    totals = np.array([DISCOUNTS[:horizon] @ profits[:horizon] for horizon in HORIZONS])
    totals[-1] += DISCOUNTS[-1] * worth(end, years[-1])
    return totals


def seen(firm: Firm, year: Year, events: Events, errors: ArrayLike) -> dict[str, Numbers]:
    """Return what a manager sees of a year that is over, each (firms,): `firm` as it stands then; `errors` of its survey."""
    return {
        "profit": year.profit,
        "customers": year.customers,
        "shops": firm.shops,
        "crews": firm.crews,
        "wait": year.wait,
        "complaining": year.complaints * 1_000,
        "survey": np.clip(year.satisfaction + np.asarray(errors), 0, 100),
        **{name: getattr(events, name) for name in EVENTS},
    }


def found(errors: Numbers) -> dict[str, Numbers]:
    """Return what a manager sees of the year before the first: the firm run as it was, with nothing out of the ordinary."""
    firm, calm = opened(len(errors)), np.zeros(len(errors))
    events = Events(calm, calm, calm, calm)
    year = after(firm, Decision(), events)[1]
    return {**seen(firm, year, events, errors), "customers": firm.customers}
