"""Estimate everything that a survey can say, with intervals: gaps, α, NPS, importance–performance, control chart."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from course.i18n import N_
from course.i18n.message import Message
from course.survey.bootstrap import DRAWS, Estimate, mean
from course.survey.cleaning import OTHER, Block, Clean, row_means
from course.survey.items import items, level
from course.survey.messages import Cancelled, CancelledError, Progress
from course.survey.periods import Alarm, Chart, chart
from course.survey.results import Dimension, Findings, Map, Place, Recommendation
from course.survey.values import Numbers
from course.theory import importance as importance_map
from course.theory import promoters, service_quality
from course.theory.reliability import cronbach_alpha

__all__ = [
    "DRAWS",
    "Alarm",
    "Chart",
    "Dimension",
    "Estimate",
    "Findings",
    "Map",
    "Place",
    "Recommendation",
    "analyse",
]

ENOUGH_TO_CORRELATE = 30


def analyse(
    survey: Clean, *, seed: int = 1, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Findings:
    """Return what the survey says.

    `progress` hears shares from 0 to 1. Raises `CancelledError` once `cancelled()` is true.
    """
    advance = _advance(len({**survey.perception, **survey.expectation}) + 4, progress, cancelled)
    perceived = _means(survey.perception, advance)
    expected = _means(survey.expectation, advance)
    of_five = [name for name in {**perceived, **expected} if name != OTHER]
    weights, basis = _weights(survey, tuple(of_five))
    questions = items(survey, seed=seed)
    dimensions = []
    for name in service_quality.DIMENSIONS:
        if name in weights:
            dimensions.append(_dimension(survey, name, weights[name], perceived, expected, seed))
            advance()
    both = [name for name in service_quality.DIMENSIONS if name in perceived and name in expected]
    shares = np.array([weights[name] for name in both])
    persons = [perceived[name] - expected[name] for name in both]
    told = [person for person in persons if not np.isnan(person).all()]
    complete = bool(persons) and len(told) == len(persons)
    gaps = _gaps(persons, survey.weights) if complete else np.array([])
    rows = survey.weights
    weighted = _combined(persons, gaps, shares, seed, "weighted", rows) if complete else None
    plain = _combined(persons, gaps, np.ones(len(persons)), seed, "plain", rows) if complete else None
    advance()
    overall = row_means(np.array(list(perceived.values())).T) if perceived else None
    recommendation = _recommendation(survey)
    drawn = _chart(survey, overall)
    advance()
    return Findings(
        name=survey.name,
        n=len(survey.rows),
        low=survey.plan.low,
        high=survey.plan.high,
        seed=seed,
        draws=DRAWS,
        dimensions=tuple(dimensions),
        items=questions,
        weights=basis,
        weighted_gap=weighted,
        plain_gap=plain,
        weighted_gap_without_straight=_without_straight(survey, persons, shares) if complete else None,
        perception=_estimate(survey, overall, seed, "perception"),
        expectation_level=level([each.expectation for each in questions]),
        perception_level=level([each.perception for each in questions]),
        satisfaction=_estimate(survey, survey.satisfaction, seed, "satisfaction"),
        recommendation=recommendation,
        importance=_map(survey, perceived),
        chart=drawn if isinstance(drawn, Chart) else None,
        steps=survey.steps,
        absent=tuple(_absent(survey, complete, both, recommendation, drawn)),
    )


def _estimate(survey: Clean, values: Numbers | None, seed: int, part: str) -> Estimate | None:
    return None if values is None else mean(values, seed=seed, part=part, weights=survey.weights)


def _advance(steps: int, progress: Progress | None, cancelled: Cancelled | None) -> Callable[[], None]:
    done = 0

    def advance() -> None:
        nonlocal done
        if cancelled and cancelled():
            raise CancelledError
        done += 1
        if progress:
            progress(min(done / steps, 1.0))

    return advance


def _means(blocks: dict[str, Block], advance: Callable[[], None]) -> dict[str, Numbers]:
    found = {name: row_means(block.answers) for name, block in blocks.items()}
    advance()
    return found


def _weights(survey: Clean, names: tuple[str, ...]) -> tuple[dict[str, float], str]:
    """Return the weights of these dimensions, which add up to 1: the customers' own where all were asked for."""
    stated = {name: float(np.nanmean(survey.importance[name])) for name in names if _told(survey.importance.get(name))}
    basis = "stated" if names and len(stated) == len(names) and sum(stated.values()) > 0 else "published"
    raw = stated if basis == "stated" else {name: service_quality.WEIGHTS[name] for name in names}
    return {name: weight / sum(raw.values()) for name, weight in raw.items()}, basis


def _told(values: Numbers | None) -> bool:
    return values is not None and not np.isnan(values).all()


def _dimension(
    survey: Clean, name: str, weight: float, perceived: dict[str, Numbers], expected: dict[str, Numbers], seed: int
) -> Dimension:
    def estimate(values: Numbers | None, part: str) -> Estimate | None:
        return _estimate(survey, values, seed, f"{part} {name}")

    seen, hoped = perceived.get(name), expected.get(name)
    blocks = [block for block in (survey.perception.get(name), survey.expectation.get(name)) if block]
    return Dimension(
        name=name,
        weight=weight,
        perception=estimate(seen, "perception"),
        expectation=estimate(hoped, "expectation"),
        gap=estimate(seen - hoped, "gap") if seen is not None and hoped is not None else None,
        alpha_perception=_alpha(survey.perception.get(name)),
        alpha_expectation=_alpha(survey.expectation.get(name)),
        questions=max(len(block.columns) for block in blocks),
    )


def _alpha(block: Block | None) -> float | None:
    """Return α over the customers who answered every question of the block, None where it is not defined."""
    if block is None or len(block.columns) < 2:
        return None
    answers = block.answers
    missing = np.isnan(answers)
    if missing.any():
        answers = answers[~missing.any(axis=1)]
    try:
        return cronbach_alpha(answers)
    except ValueError:
        return None


def _combined(
    persons: list[Numbers], gaps: Numbers, weights: Numbers, seed: int, part: str, rows: Numbers | None = None
) -> Estimate | None:
    """Return the weighted mean of the dimensions' mean gaps, with an interval over customers.

    Each dimension's mean rests on those who answered it. A customer's part in the sum is its linearised influence, which
    for complete answers is that customer's own weighted gap.
    """
    shares = weights / weights.sum()
    influence = np.zeros(len(persons[0]))
    anybody = np.zeros(len(persons[0]), dtype=bool)
    for person, share, centre in zip(persons, shares, gaps, strict=True):
        told = ~np.isnan(person)
        each = np.ones(person.size) if rows is None else rows
        influence += share * (centre + np.where(told, person - centre, 0.0) * each * (person.size / each[told].sum()))
        anybody |= told
    found = mean(influence, seed=seed, part=part)
    value = float(service_quality.weighted_gap(gaps, weights))
    return None if found is None else Estimate(value, found.low, found.high, int(anybody.sum()))


def _gaps(persons: list[Numbers], rows: Numbers | None = None) -> Numbers:
    if rows is not None:
        told = [~np.isnan(person) for person in persons]
        return np.array([np.average(each[here], weights=rows[here]) for each, here in zip(persons, told, strict=True)])
    differences = np.array(persons).T
    return service_quality.gaps(differences, np.zeros_like(differences))


def _without_straight(survey: Clean, persons: list[Numbers], weights: Numbers) -> float | None:
    if not survey.straight.any() or survey.straight.all():
        return None
    gaps = _gaps([person[~survey.straight] for person in persons])
    return None if np.isnan(gaps).any() else float(service_quality.weighted_gap(gaps, weights))


def _recommendation(survey: Clean) -> Recommendation | None:
    if not _told(survey.recommend) or survey.recommend is None:
        return None
    told = ~np.isnan(survey.recommend)
    kinds = promoters.classify(survey.recommend[told])
    up, middle, down = (
        int((kinds == kind).sum()) for kind in (promoters.PROMOTER, promoters.PASSIVE, promoters.DETRACTOR)
    )
    shares: tuple[float, ...] = (up, middle, down)
    if survey.weights is not None:
        rows = survey.weights[told]
        # as many equal customers as tell as much, (Σw)² / Σw² (Kish, L. (1965). Survey sampling. Wiley)
        effective = rows.sum() ** 2 / (rows**2).sum()
        kind_of = (promoters.PROMOTER, promoters.PASSIVE, promoters.DETRACTOR)
        shares = tuple(float(rows[kinds == kind].sum() / rows.sum() * effective) for kind in kind_of)
    low, high = promoters.interval(*shares)
    score = Estimate(float(promoters.nps(*shares)), max(float(low), -100.0), min(float(high), 100.0), kinds.size)
    return Recommendation(score, up, middle, down, survey.plan.chosen("recommend") or "0-10")


def _map(survey: Clean, perceived: dict[str, Numbers]) -> Map | None:
    names = [name for name in service_quality.DIMENSIONS if _told(perceived.get(name))]
    if len(names) < 2:
        return None
    performance = [float(np.nanmean(perceived[name])) for name in names]
    weights, basis = _weights(survey, tuple(names))
    matters, target = [weights[name] for name in names], ""
    if basis == "published":
        for name, values in (("satisfaction", survey.satisfaction), ("recommend", survey.recommend)):
            found = [_correlation(perceived[each], values) for each in names]
            known = [each for each in found if each is not None]
            if len(known) == len(names):
                matters, basis, target = known, "derived", name
                break
    kinds = importance_map.quadrants(matters, performance)
    places = zip(names, matters, performance, map(str, kinds), strict=True)
    return Map(basis, tuple(Place(*place) for place in places), importance_map.cross(matters, performance), target)


def _correlation(one: Numbers, other: Numbers | None) -> float | None:
    if other is None:
        return None
    both = ~(np.isnan(one) | np.isnan(other))
    if both.sum() < ENOUGH_TO_CORRELATE or np.ptp(one[both]) == 0 or np.ptp(other[both]) == 0:
        return None
    return float(np.corrcoef(one[both], other[both])[0, 1])


def _chart(survey: Clean, overall: Numbers | None) -> Chart | Message | None:
    if survey.dates is None:
        return None
    for measure, values in (
        ("perception", overall),
        ("satisfaction", survey.satisfaction),
        ("recommend", survey.recommend),
    ):
        if values is not None and _told(values):
            return chart(values, survey.dates, measure)
    return None


def _absent(
    survey: Clean, complete: bool, both: list[str], recommendation: Recommendation | None, drawn: Chart | Message | None
) -> list[Message]:
    absent = []
    if survey.perception and not survey.expectation:
        absent.append(
            Message(N_("No gaps: the survey asked for perceptions alone (SERVPERF), which is a lawful choice."))
        )
    elif not complete and (survey.perception or survey.expectation):
        absent.append(
            Message(
                N_("No weighted gap: no dimension, or not every one, has answers on both expectation and perception.")
            )
        )
    elif complete and len(both) < len(service_quality.DIMENSIONS):
        absent.append(
            Message(
                N_("The weighted gap rests on {count} of the five dimensions; their weights were scaled up to 1."),
                count=len(both),
            )
        )
    if recommendation is None:
        absent.append(Message(N_("No net promoter score: no column holds answers to a recommendation question.")))
    if survey.dates is None:
        absent.append(Message(N_("No control chart: no column holds dates.")))
    elif isinstance(drawn, Message):
        absent.append(drawn)
    return absent
