"""m05's customers: a model fitted to 250 real answers, and an invented cohort of fans and of others who leave sooner."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from course.datasets import load
from course.theory.path_model import ECSI, fit, performance, spreads
from course.theory.sorting import mixed_survival

Numbers = NDArray[np.float64]

THEMSELVES = 1  # the seed under which the 250 are asked who really were
YEARS = 12
FAN_LEAVES, LEAST, MOST = 0.05, 0.005, 0.95
PULL = 0.01  # by so much more of the others leave, per per cent that a rival is cheaper
LEVERS = ("image", "expectation", "quality", "value", "complaints")
PRICES = np.array([0.4, 0.3, 0.5, 0.5, 0.1])  # yuan per customer and year, a point each; invented


@dataclass(frozen=True)
class Sample:
    """What 250 customers answered, boiled down: scores from 0 to 100 and effects in points per point, (notions, notions)."""

    scores: Numbers
    direct: Numbers
    total: Numbers
    standard: Numbers


@lru_cache(maxsize=1)
def _respondents() -> pd.DataFrame:
    return load("ecsi_mobi_respondents")


@lru_cache(maxsize=64)
def sample(seed: int) -> Sample:
    """Fit the model to the 250 themselves, or, for another seed, to 250 drawn from them with replacement."""
    answers = _respondents()
    if seed != THEMSELVES:
        answers = answers.iloc[np.random.default_rng(seed).integers(0, len(answers), len(answers))]
    fitted, deviations = fit(answers), answers.std()
    spread = np.array([*spreads(deviations, fitted).values()])
    in_points = spread[None, :] / spread[:, None]
    scores = np.array([*performance(answers.mean(), deviations, fitted).values()])
    return Sample(scores, fitted.paths * in_points, fitted.totals * in_points, fitted.totals)


def moved(levers: Numbers, seed: int) -> tuple[Numbers, float]:
    """Return by how many points each notion moves if the `levers` (in the order of `LEVERS`) do, says the model.

    Besides, how many of those of satisfaction come straight from the levers, and not by way of another notion.
    """
    notions = ECSI.notions
    push = np.zeros(len(notions))
    push[[notions.index(name) for name in LEVERS]] = levers
    found = sample(seed)
    return push + push @ found.total, float(push @ found.direct[:, notions.index("satisfaction")])


def leaving(passing: float, pull: Numbers, loosened: float) -> Numbers:
    """Return the chance to leave of fans and of others, (2, years), for each year's `pull`; `loosened` multiplies both."""
    others = passing + PULL * pull
    return np.clip(np.stack([np.full_like(others, FAN_LEAVES), others]) * loosened, LEAST, MOST)


def cohort(fans: float, leaves: Numbers) -> Numbers:
    """Return the shares of a cohort still there after 0 to `YEARS` years, fans and others, (2, years + 1)."""
    return mixed_survival(YEARS, [fans, 1 - fans], leaves)
