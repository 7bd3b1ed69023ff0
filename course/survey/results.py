"""What an analysis gives back: estimates, scores, map, chart, and what it could not say."""

from __future__ import annotations

from dataclasses import dataclass

from course.i18n.message import Message
from course.survey.bootstrap import Estimate
from course.survey.ledger import Step
from course.survey.periods import Chart


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
class Item:
    """One question, called as its column: means and gap P − E on the scale of the survey, None where not asked."""

    name: str
    dimension: str
    expectation: Estimate | None
    perception: Estimate | None
    gap: Estimate | None


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
    """The importance–performance map.

    `basis` is "stated", "derived" (correlation with `target`, "satisfaction" or "recommend") or "published".
    """

    basis: str
    places: tuple[Place, ...]
    crossing: tuple[float, float]
    target: str = ""


@dataclass(frozen=True)
class Findings:
    """All that was estimated; a part that the survey cannot give is None, and `absent` says why.

    `…_level`: mean over all questions, each counting once. `weights`: "stated" (the customers' own importance) or "published" (Zeithaml, Parasuraman & Berry, 1990).
    """

    name: str
    n: int
    low: int
    high: int
    seed: int
    draws: int
    dimensions: tuple[Dimension, ...]
    items: tuple[Item, ...]
    weights: str
    weighted_gap: Estimate | None
    plain_gap: Estimate | None
    weighted_gap_without_straight: float | None
    perception: Estimate | None
    expectation_level: float | None
    perception_level: float | None
    satisfaction: Estimate | None
    recommendation: Recommendation | None
    importance: Map | None
    chart: Chart | None
    steps: tuple[Step, ...]
    absent: tuple[Message, ...]
