"""The findings as tables, one form for the page, the report and the CSV files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from course.i18n import N_
from course.i18n.message import Message
from course.survey.analysis import Estimate, Findings
from course.survey.messages import quote
from course.survey.names import DIMENSION_NAMES, QUADRANT_NAMES, dimension
from course.survey.periods import label
from course.survey.results import Item

Cell = Message | str | float | int | None


@dataclass(frozen=True)
class Sheet:
    """A table: `key` names its file; heads and rows are in no language yet; None is a cell that holds nothing."""

    key: str
    title: Message
    heads: tuple[Message, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tabulate(findings: Findings) -> tuple[Sheet, ...]:
    """Return every table that the findings fill."""
    return tuple(
        sheet
        for sheet in (*_estimates(findings), _questions(findings), *_further(findings), _steps(findings))
        if sheet.rows
    )


def _spread(estimate: Estimate | None) -> tuple[Cell, Cell, Cell]:
    return (None, None, None) if estimate is None else (estimate.value, estimate.low, estimate.high)


def _heads(*texts: str) -> tuple[Message, ...]:
    return tuple(Message(text) for text in texts)


LOW, HIGH = N_("95% from"), N_("95% to")


def _estimates(findings: Findings) -> Iterator[Sheet]:
    rows = tuple(
        (
            dimension(each.name),
            each.questions,
            each.weight,
            *_spread(each.expectation),
            *_spread(each.perception),
            *_spread(each.gap),
            each.alpha_expectation,
            each.alpha_perception,
        )
        for each in findings.dimensions
    )
    heads = _heads(
        N_("Dimension"),
        N_("Questions"),
        N_("Weight"),
        N_("Expectation"),
        LOW,
        HIGH,
        N_("Perception"),
        LOW,
        HIGH,
        N_("Gap"),
        LOW,
        HIGH,
        N_("α expectation"),
        N_("α perception"),
    )
    yield Sheet("dimensions", Message(N_("The five dimensions")), heads, rows)
    overall = (
        (N_("Weighted gap"), findings.weighted_gap),
        (N_("Plain gap"), findings.plain_gap),
        (N_("Mean perception"), findings.perception),
        (N_("Overall satisfaction"), findings.satisfaction),
        (N_("Net promoter score"), findings.recommendation.score if findings.recommendation else None),
    )
    lines: tuple[tuple[Cell, ...], ...] = tuple(
        (Message(name), *_spread(each), each.n) for name, each in overall if each is not None
    )
    levels = (
        (N_("Expectation, mean of all questions"), findings.expectation_level),
        (N_("Perception, mean of all questions"), findings.perception_level),
    )
    lines += tuple((Message(name), each, None, None, findings.n) for name, each in levels if each is not None)
    yield Sheet(
        "overall", Message(N_("Over all")), _heads(N_("Estimate"), N_("Value"), LOW, HIGH, N_("Customers")), lines
    )


def _customers(item: Item) -> int:
    rests_on = item.gap or item.perception or item.expectation
    return rests_on.n if rests_on else 0


def _questions(findings: Findings) -> Sheet:
    rows = tuple(
        (
            quote(each.name),
            dimension(each.dimension) if each.dimension in DIMENSION_NAMES else None,
            each.expectation.value if each.expectation else None,
            each.perception.value if each.perception else None,
            *_spread(each.gap),
            _customers(each),
        )
        for each in findings.items
    )
    heads = _heads(
        N_("Question"),
        N_("Dimension"),
        N_("Expectation"),
        N_("Perception"),
        N_("Gap"),
        LOW,
        HIGH,
        N_("Customers"),
    )
    return Sheet("questions", Message(N_("Question by question")), heads, rows)


def _further(findings: Findings) -> Iterator[Sheet]:
    if found := findings.recommendation:
        counts = (
            (N_("Promoters"), found.promoters),
            (N_("Passives"), found.passives),
            (N_("Detractors"), found.detractors),
        )
        rows = tuple((Message(name), count, 100 * count / found.score.n) for name, count in counts)
        heads = _heads(N_("Group"), N_("Customers"), N_("Share, %"))
        yield Sheet("recommendation", Message(N_("Who would recommend")), heads, rows)
    if drawn := findings.importance:
        places = tuple(
            (dimension(each.dimension), each.importance, each.performance, Message(QUADRANT_NAMES[each.quadrant]))
            for each in drawn.places
        )
        heads = _heads(N_("Dimension"), N_("Importance"), N_("Performance"), N_("Quadrant"))
        yield Sheet("importance", Message(N_("Importance and performance")), heads, places)
    if chart := findings.chart:
        alarms = {
            place: [each.message for each in chart.alarms if each.place == place] for place in range(chart.means.size)
        }
        periods = tuple(
            (
                label(chart.starts[place], chart.period),
                int(chart.sizes[place]),
                float(chart.means[place]),
                float(chart.lower[place]),
                chart.centre,
                float(chart.upper[place]),
                float(chart.spreads[place]),
                Message("{all}", all=alarms[place]) if alarms[place] else None,
            )
            for place in range(chart.means.size)
        )
        heads = _heads(
            N_("Period"),
            N_("Customers"),
            N_("Mean"),
            N_("Lower limit"),
            N_("Centre line"),
            N_("Upper limit"),
            N_("Spread"),
            N_("Alarm"),
        )
        yield Sheet("control-chart", Message(N_("Over time")), heads, periods)


def _steps(findings: Findings) -> Sheet:
    rows = tuple((each.message, each.count) for each in findings.steps)
    return Sheet("cleaning", Message(N_("What was done with the answers")), _heads(N_("Step"), N_("Number")), rows)
