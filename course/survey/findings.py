"""Say what was found in plain words, with the caution that it deserves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from course.i18n import N_, NN_
from course.i18n.message import Message
from course.survey.analysis import Dimension, Estimate, Findings
from course.survey.messages import quote
from course.survey.names import dimension as named
from course.theory import promoters
from course.theory.importance import CONCENTRATE

FEW, FEW_PERIODS = 30, 20
USUAL_ALPHA = 0.7


@dataclass(frozen=True)
class Sentence:
    """One finding. `topic`: "gap", "alpha", "recommend", "importance", "chart", "data"; `caution` where it holds back."""

    topic: str
    message: Message
    caution: bool = False


def sentences(findings: Findings) -> tuple[Sentence, ...]:
    """Return the findings as sentences, the most useful first."""
    parts: tuple[Callable[[Findings], Iterator[Sentence]], ...] = (
        _few,
        _overall,
        _gaps,
        _levels,
        _widest,
        _importance,
        _recommend,
        _alpha,
        _chart,
    )
    return tuple(sentence for part in parts for sentence in part(findings))


def _few(findings: Findings) -> Iterator[Sentence]:
    if findings.n < FEW:
        text = N_("Only {n} customers: the intervals are wide, and with so few they are themselves uncertain.")
        yield Sentence("data", Message(text, n=findings.n), caution=True)


def _between(estimate: Estimate) -> dict[str, float]:
    return {"size": abs(estimate.value), "low": estimate.low, "high": estimate.high}


def _side(estimate: Estimate) -> int:
    """Return 1 for an interval above 0, −1 for one below, 0 for one that covers it."""
    return int(estimate.low > 0) - int(estimate.high < 0)


def _overall(findings: Findings) -> Iterator[Sentence]:
    gap = findings.weighted_gap
    if gap is None:
        return
    text = {
        -1: N_(
            "Over all, the service falls short of what customers expect by {size:.2f} points of the scale "
            "(weighted; 95% interval {low:.2f} to {high:.2f})."
        ),
        0: N_(
            "Over all, no gap between expectation and perception can be told from chance "
            "(weighted; 95% interval {low:.2f} to {high:.2f})."
        ),
        1: N_(
            "Over all, the service exceeds what customers expect by {size:.2f} points of the scale "
            "(weighted; 95% interval {low:.2f} to {high:.2f})."
        ),
    }[_side(gap)]
    yield Sentence("gap", Message(text, **_between(gap)), caution=_side(gap) == 0)
    without = findings.weighted_gap_without_straight
    if without is not None:
        text = N_("Without those who gave one and the same answer throughout, the weighted gap would be {value:.2f}.")
        yield Sentence("gap", Message(text, value=without), caution=not gap.low <= without <= gap.high)


def _gaps(findings: Findings) -> Iterator[Sentence]:
    found = [(each, each.gap) for each in findings.dimensions if each.gap is not None]
    if not found:
        return
    sides = {side: [each for each, gap in found if _side(gap) == side] for side in (-1, 0, 1)}
    if sides[-1]:
        worst, gap = min(found, key=lambda pair: pair[1].value)
        text = N_("The widest gap is in {dimension}: {size:.2f} points short ({low:.2f} to {high:.2f}).")
        yield Sentence("gap", Message(text, dimension=named(worst.name), **_between(gap)))
        if others := [each for each in sides[-1] if each is not worst]:
            text = N_("Service also falls short in: {dimensions}.")
            yield Sentence("gap", Message(text, dimensions=_listed(others)))
    if sides[1]:
        yield Sentence(
            "gap", Message(N_("Service exceeds expectations in: {dimensions}."), dimensions=_listed(sides[1]))
        )
    if sides[0]:
        text = N_("In these dimensions the interval covers 0, so they cannot be told from no gap: {dimensions}.")
        yield Sentence("gap", Message(text, dimensions=_listed(sides[0])), caution=True)


def _listed(dimensions: list[Dimension]) -> list[Message]:
    return [named(each.name) for each in dimensions]


def _levels(findings: Findings) -> Iterator[Sentence]:
    """Perceptions alone: the best and the worst, if they can be told apart."""
    found = [(each, each.perception) for each in findings.dimensions if each.perception is not None]
    if findings.weighted_gap is not None or len(found) < 2:
        return
    worst, low = min(found, key=lambda pair: pair[1].value)
    best, high = max(found, key=lambda pair: pair[1].value)
    text = N_("{worst} is rated lowest ({low:.2f}) and {best} highest ({high:.2f}).")
    values = {"worst": named(worst.name), "best": named(best.name), "low": low.value, "high": high.value}
    apart = low.high < high.low
    yield Sentence("gap", Message(text, **values))
    if not apart:
        yield Sentence("gap", Message(N_("Their intervals overlap, so the order may be chance.")), caution=True)


def _widest(findings: Findings) -> Iterator[Sentence]:
    """The question with the widest gap; perceptions alone: the one rated lowest."""
    gaps = [(each, each.gap) for each in findings.items if each.gap is not None]
    if len(findings.items) < 2:
        return
    if gaps:
        item, gap = min(gaps, key=lambda pair: pair[1].value)
        if gap.value < 0:
            text = N_("Of the questions, “{question}” has the widest gap: {value:.2f} ({low:.2f} to {high:.2f}).")
            yield Sentence("gap", Message(text, question=quote(item.name), value=gap.value, low=gap.low, high=gap.high))
        return
    rated = [(each, each.perception) for each in findings.items if each.perception is not None]
    if rated and findings.expectation_level is None:
        item, lowest = min(rated, key=lambda pair: pair[1].value)
        text = N_("Of the questions, “{question}” is rated lowest: {value:.2f}.")
        yield Sentence("gap", Message(text, question=quote(item.name), value=lowest.value))


def _importance(findings: Findings) -> Iterator[Sentence]:
    drawn = findings.importance
    if drawn is None:
        return
    urgent = [named(place.dimension) for place in drawn.places if place.quadrant == CONCENTRATE]
    if urgent:
        text = N_("Matters more than average and is rated below average: {dimensions}. Improvement pays there first.")
        yield Sentence("importance", Message(text, dimensions=urgent))
    else:
        text = N_("No dimension both matters more than average and is rated below average.")
        yield Sentence("importance", Message(text))
    if drawn.basis == "derived":
        text = N_("Importance is how closely a dimension moves with {target}; moving together is not causing.")
        target = N_("overall satisfaction") if drawn.target == "satisfaction" else N_("recommendation")
        yield Sentence("importance", Message(text, target=Message(target)), caution=True)
    if drawn.basis == "published":
        text = N_("Importance is taken from a study of 1990 in the United States; your customers were not asked.")
        yield Sentence("importance", Message(text), caution=True)


def _recommend(findings: Findings) -> Iterator[Sentence]:
    found = findings.recommendation
    if found is None:
        return
    text = N_(
        "The net promoter score is {value:+.1f} (95% interval {low:+.1f} to {high:+.1f}). Promoters: {promoters}, "
        "passives: {passives}, detractors: {detractors}."
    )
    counts = (found.promoters, found.passives, found.detractors)
    values = dict(zip(("promoters", "passives", "detractors"), counts, strict=True))
    score = found.score
    yield Sentence("recommend", Message(text, value=score.value, low=score.low, high=score.high, **values))
    error = promoters.standard_error(*counts)
    margin = float(promoters.change_margin(error, error))
    if margin > 0:
        text = N_("From one such survey to the next, a change of the score by less than {margin:.0f} is noise.")
        yield Sentence("recommend", Message(text, margin=margin), caution=True)
    if _side(score) == 0:
        text = N_("The interval covers 0: promoters may or may not outnumber detractors.")
        yield Sentence("recommend", Message(text), caution=True)
    if found.coding not in ("0-10", "1-11"):
        text = N_("The question did not offer 0 to 10, so the score must not be compared with those of others.")
        yield Sentence("recommend", Message(text), caution=True)


def _alpha(findings: Findings) -> Iterator[Sentence]:
    known = [(each, _alphas(each)) for each in findings.dimensions if _alphas(each)]
    if not known:
        return
    weak = [each for each, values in known if 0 <= min(values) < USUAL_ALPHA]
    negative = [each for each, values in known if min(values) < 0]
    if not weak and not negative:
        text = N_("In every dimension the questions move together (Cronbach's α of .7 or more).")
        yield Sentence("alpha", Message(text))
    if weak:
        text = N_(
            "The questions move together only loosely (Cronbach's α below .7) in: {dimensions}. Read these with care."
        )
        yield Sentence("alpha", Message(text, dimensions=_listed(weak)), caution=True)
    if negative:
        text = N_("The questions contradict each other (α below 0) in: {dimensions}. Is one of them asked in reverse?")
        yield Sentence("alpha", Message(text, dimensions=_listed(negative)), caution=True)


def _alphas(dimension: Dimension) -> list[float]:
    return [alpha for alpha in (dimension.alpha_perception, dimension.alpha_expectation) if alpha is not None]


def _chart(findings: Findings) -> Iterator[Sentence]:
    drawn = findings.chart
    if drawn is None:
        return
    periods = drawn.starts.size
    if drawn.alarms:
        counted = NN_(
            "The control chart gives {count} alarm in {periods} periods: {first}",
            "The control chart gives {count} alarms in {periods} periods. The first: {first}",
        )
        yield Sentence(
            "chart", Message(counted, count=len(drawn.alarms), periods=periods, first=drawn.alarms[0].message)
        )
    else:
        text = N_(
            "No alarm in {periods} periods: the ups and downs are of the size that chance makes. Do not chase them."
        )
        yield Sentence("chart", Message(text, periods=periods))
    if periods < FEW_PERIODS:
        text = N_("Limits from {periods} periods are provisional; twenty or more make them firm.")
        yield Sentence("chart", Message(text, periods=periods), caution=True)
