"""Estimate everything that a survey can say, with intervals: gaps, α, NPS, importance–performance, control chart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from course.survey.cleaning import Clean, Step
from course.survey.messages import Cancelled, Message, Progress

Numbers = NDArray[np.float64]
DRAWS = 2000


@dataclass(frozen=True)
class Estimate:
    """A number, the ends of its 95 % interval, and how many customers it rests on."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Dimension:
    """One dimension: means on the scale of the survey, gap P − E, α of its questions (None where not asked)."""

    name: str
    weight: float
    perception: Estimate | None
    expectation: Estimate | None
    gap: Estimate | None
    alpha_perception: float | None
    alpha_expectation: float | None
    questions: int


@dataclass(frozen=True)
class Recommendation:
    """The net promoter score in points, the three counts, and which coding was used (`course.survey.codings`)."""

    score: Estimate
    promoters: int
    passives: int
    detractors: int
    coding: str


@dataclass(frozen=True)
class Place:
    """A dimension on the importance–performance map; `quadrant` is one of `course.theory.importance.QUADRANTS`."""

    dimension: str
    importance: float
    performance: float
    quadrant: str


@dataclass(frozen=True)
class Map:
    """The importance–performance map. `basis` is "stated", "derived" (correlation with satisfaction) or "published"."""

    basis: str
    places: tuple[Place, ...]
    crossing: tuple[float, float]


@dataclass(frozen=True)
class Alarm:
    """A period out of control: its place in the chart, "beyond" or "run" (or "spread"), and a sentence."""

    place: int
    rule: str
    message: Message


@dataclass(frozen=True)
class Chart:
    """A control chart of the customers' mean perception (or satisfaction), one entry per period in every list.

    `kind`: "range" (X̄–R), "deviation" (X̄–S) or "individual" (single values and moving ranges); `period`: "day", "week",
    "month" or "quarter"; `why` says in words how both were chosen. `measure`: "perception", "satisfaction" or "recommend".
    `spread…` are those of the lower chart (range, standard deviation, moving range; NaN where a period has none).
    """

    kind: str
    period: str
    measure: str
    why: Message
    starts: NDArray[np.datetime64]
    sizes: NDArray[np.int64]
    means: Numbers
    lower: Numbers
    centre: float
    upper: Numbers
    spreads: Numbers
    spread_lower: Numbers
    spread_centre: float
    spread_upper: Numbers
    alarms: tuple[Alarm, ...]


@dataclass(frozen=True)
class Findings:
    """All that was estimated; a part that the survey cannot give is None, and `absent` says why."""

    name: str
    n: int
    low: int
    high: int
    seed: int
    draws: int
    dimensions: tuple[Dimension, ...]
    weighted_gap: Estimate | None
    plain_gap: Estimate | None
    weighted_gap_without_straight: float | None
    perception: Estimate | None
    satisfaction: Estimate | None
    recommendation: Recommendation | None
    importance: Map | None
    chart: Chart | None
    steps: tuple[Step, ...]
    absent: tuple[Message, ...]


def analyse(
    survey: Clean, *, seed: int = 1, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Findings:
    """Return what the survey says.

    `progress` hears shares from 0 to 1. Raises `CancelledError` once `cancelled()` is true.
    """
    raise NotImplementedError
