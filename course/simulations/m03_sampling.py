"""How m03's survey is drawn: what guests feel, who answers, how it is stored, and what comes out month by month."""

from __future__ import annotations

from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from course.simulations.run import Columns, tidy
from course.theory.control_chart import beyond, mean_limits, runs
from course.theory.promoters import classify, interval, nps, standard_error

Numbers = NDArray[np.float64]

SCALE = np.arange(11)
KINDS = classify(SCALE)
MONTHS, STEADY = 24, 12
MOST_ANSWERS = 2_000
ANSWERS_ON_CURVE = np.array([20, 30, 50, 75, 100, 150, 200, 300, 400, 600, 800, 1_000, 1_500, 2_000])
WON_BY_REMINDER = 0.4


@lru_cache(maxsize=8)
def luck(seed: int) -> Numbers:
    """Draw the same guests for the same seed: a number from 0 to 1 per answer, (months, most answers)."""
    return np.random.default_rng(seed).random((MONTHS, MOST_ANSWERS))


def true_shares(means: Numbers, spread: float) -> Numbers:
    """Return the shares of the answers 0 to 10, (months, 11): guests feel N(mean, spread²) and tick the nearest box."""
    edges = (SCALE[:-1] + 0.5 - means[:, None]) / spread
    below = np.vectorize(NormalDist().cdf)(edges)
    return np.diff(below, axis=1, prepend=0, append=1)


def stored_shares(shares: Numbers, readiness: float, slip: int) -> Numbers:
    """Return the shares to expect among the answers as stored, (months, 11).

    Detractors answer `readiness` times as often as all others; each answer is stored `slip` boxes too high.
    """
    given = shares * np.where(KINDS < 0, readiness, 1)
    given = given / given.sum(axis=1, keepdims=True)
    stored = np.zeros_like(given)
    for answer, place in enumerate(np.clip(SCALE + slip, 0, 10)):
        stored[:, place] += given[:, answer]
    return stored


def readiness(unhappy: float, reminders: float) -> float:
    """Return how often detractors answer against others, once each reminder has closed a part of the difference."""
    return 1 - (1 - unhappy) * (1 - WON_BY_REMINDER) ** reminders


def draw(shares: Numbers, chance: Numbers) -> Numbers:
    """Return how often each answer came, (months, 11), for one number from 0 to 1 per guest who answered."""
    bounds = np.cumsum(shares, axis=1)[:, :-1]
    drawn = [np.searchsorted(edges, each, side="right") for edges, each in zip(bounds, chance, strict=True)]
    return np.stack([np.bincount(answers, minlength=SCALE.size) for answers in drawn]).astype(float)


def groups(answers: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return promoters, passives and detractors among counts or shares of the answers 0 to 10 (last axis)."""
    promoters, passives, detractors = (answers[..., kind == KINDS].sum(axis=-1) for kind in (1, 0, -1))
    return promoters, passives, detractors


def by_month(counts: Numbers, shares: Numbers) -> Columns:
    """Return score, interval, truth, control limits (from the steady year) and alarms, month by month."""
    given = groups(counts)
    number = counts.sum(axis=1)
    scores = nps(*given)
    low, high = interval(*given)
    deviations = standard_error(*given) * number / np.sqrt(number - 1)
    year = slice(0, STEADY)
    lower, centre, upper = mean_limits(scores[year], deviations[year], number[year])
    alarm = beyond(scores, lower[0], upper[0]) | runs(scores, centre)
    return tidy(
        [
            {
                "month": np.arange(1, MONTHS + 1),
                "score": scores,
                "low": low,
                "high": high,
                "truth": nps(*groups(shares)),
                "lower": lower[0],
                "centre": centre,
                "upper": upper[0],
                "alarm": alarm.astype(int),
            }
        ]
    )


def precision(shares: Numbers) -> Columns:
    """Return the margin of error, in points, by number of answers, for the shares (11,) that a survey is to meet."""
    promoters, passives, detractors = (ANSWERS_ON_CURVE * share for share in groups(shares))
    low, high = interval(promoters, passives, detractors)
    return {"answers": ANSWERS_ON_CURVE, "margin": (high - low) / 2}
