"""What a Kano survey says: in sentences, as tables, as a report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from course.i18n import N_, translator
from course.i18n.message import Message
from course.references import references
from course.survey import drawing
from course.survey.findings import FEW, Sentence
from course.survey.kano.analysis import Feature, Findings, Ratio
from course.survey.messages import quote
from course.survey.report import page, section
from course.survey.tabulate import HIGH, LOW, Cell, Sheet
from course.theory.kano import CLASSES, SOURCES, Kano

CLASS_NAMES = {
    Kano.ATTRACTIVE: N_("attractive"),
    Kano.ONE_DIMENSIONAL: N_("one-dimensional"),
    Kano.MUST_BE: N_("must-be"),
    Kano.INDIFFERENT: N_("indifferent"),
    Kano.REVERSE: N_("reverse"),
    Kano.QUESTIONABLE: N_("questionable"),
}
MANY_REVERSE, MANY_QUESTIONABLE, NAMED = 0.1, 0.05, 12
BETTER, WORSE = N_("Better: who would be more satisfied with it"), N_("Worse: who would be less satisfied without it")
CORNERS = (N_("must-be"), N_("one-dimensional"), N_("indifferent"), N_("attractive"))
"""Top left, top right, below left, below right of the map: better to the right, worse upwards."""


def class_name(kind: Kano) -> Message:
    """Return the name of a class."""
    return Message(CLASS_NAMES[kind])


def sentences(findings: Findings) -> tuple[Sentence, ...]:
    """Return the findings in words, the most useful first."""
    return (*_extremes(findings), *_few(findings), *(one for each in findings.features[:NAMED] for one in _class(each)))


def _per_cent(ratio: Ratio) -> dict[str, float]:
    return {"value": 100 * ratio.value, "low": 100 * ratio.low, "high": 100 * ratio.high}


def _extremes(findings: Findings) -> Iterator[Sentence]:
    told = [(each, each.better, each.worse) for each in findings.features]
    most = max(((better.value, each.name, better) for each, better, _ in told if better), default=None)
    worst = min(((worse.value, each.name, worse) for each, _, worse in told if worse), default=None)
    if most:
        text = N_("“{name}” pleases most where it is there: better {value:.2f} (95%: {low:.2f} to {high:.2f}).")
        yield Sentence("map", Message(text, name=quote(most[1]), **vars(most[2])))
    if worst:
        text = N_("“{name}” is missed most where it is absent: worse −{size:.2f} (95%: −{most:.2f} to −{least:.2f}).")
        yield Sentence(
            "map", Message(text, name=quote(worst[1]), size=-worst[0], most=-worst[2].low, least=-worst[2].high)
        )


def _few(findings: Findings) -> Iterator[Sentence]:
    small = [each for each in findings.features if each.n < FEW]
    if small:
        text = N_("Fewer than {few} customers answered both questions about {names}: the intervals are wide.")
        names = [f"“{quote(each.name)}”" for each in small[:NAMED]]
        yield Sentence("data", Message(text, few=FEW, names=names), caution=True)


def _class(each: Feature) -> Iterator[Sentence]:
    first, second = each.ranked[:2]
    values: dict[str, Any] = {"name": quote(each.name), "n": each.n, "kind": class_name(first)}
    test = each.fong
    if test.differ:
        text = N_("“{name}” is {kind}: {value:.0f}% of {n} customers (95%: {low:.0f} to {high:.0f}%).")
        yield Sentence("class", Message(text, **values, **_per_cent(each.share(first))))
    else:
        text = N_(
            "“{name}” has no sure class: {kind} ({first}) and {other} ({second}) differ by {difference:.0f} answers, "
            "and Fong’s test asks for {critical:.1f}. It may mean different things to different customers."
        )
        counted = {"first": each.count(first), "other": class_name(second), "second": each.count(second)}
        words = Message(text, **values, **counted, difference=test.difference, critical=test.critical)
        yield Sentence("class", words, caution=True)
    reverse, questionable = (each.share(kind) for kind in (Kano.REVERSE, Kano.QUESTIONABLE))
    if reverse.value >= MANY_REVERSE:
        text = N_("{value:.0f}% of customers would rather not have “{name}” (95%: {low:.0f} to {high:.0f}%).")
        yield Sentence("class", Message(text, name=quote(each.name), **_per_cent(reverse)), caution=True)
    if questionable.value >= MANY_QUESTIONABLE:
        text = N_("{value:.0f}% contradict themselves on “{name}”: the questions may have been misread.")
        yield Sentence("class", Message(text, name=quote(each.name), value=100 * questionable.value), caution=True)
    by_pouliot = max(zip(each.pouliot, CLASSES, strict=True), key=lambda counted: counted[0])
    if test.differ and by_pouliot[1] != first and by_pouliot[0] > each.pouliot[CLASSES.index(first)]:
        text = N_("By Pouliot’s stricter table “{name}” is {kind}: its class depends on the table.")
        yield Sentence("class", Message(text, name=quote(each.name), kind=class_name(by_pouliot[1])), caution=True)


def _heads(*texts: str) -> tuple[Message, ...]:
    return tuple(Message(text) for text in texts)


def sheets(findings: Findings) -> tuple[Sheet, ...]:
    """Return the tables: classes, shares with intervals, better and worse, and which columns they rest on."""
    return (_classes(findings), _coefficients(findings), _shares(findings), _columns(findings))


def _classes(findings: Findings) -> Sheet:
    heads = (
        *_heads(N_("Feature"), N_("Class"), N_("Customers")),
        *(class_name(kind) for kind in CLASSES),
        *_heads(N_("Total strength, %"), N_("Category strength, %")),
        *_heads(N_("Difference of the two largest"), N_("Needed by Fong’s test"), N_("Sure")),
    )
    rows: list[tuple[Cell, ...]] = []
    for each in findings.features:
        strength, test = each.strength, each.fong
        kinds: Cell = Message("{all}", all=[class_name(kind) for kind in each.largest])
        sure = Message(N_("yes") if test.differ else N_("no"))
        numbers = (strength.total, strength.category, test.difference, test.critical)
        rows.append((quote(each.name), kinds, each.n, *each.counts, *numbers, sure))
    return Sheet("classes", Message(N_("Features by class")), heads, tuple(rows))


def _coefficients(findings: Findings) -> Sheet:
    rows = tuple(
        (quote(each.name), *_spread(each.better), *_spread(each.worse), sum(each.counts[:4]))
        for each in findings.features
    )
    heads = _heads(N_("Feature"), N_("Better"), LOW, HIGH, N_("Worse"), LOW, HIGH, N_("Customers (A, O, M, I)"))
    return Sheet("better-worse", Message(N_("Better and worse")), heads, rows)


def _spread(ratio: Ratio | None) -> tuple[Cell, Cell, Cell]:
    return (None, None, None) if ratio is None else (ratio.value, ratio.low, ratio.high)


def _shares(findings: Findings) -> Sheet:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (quote(each.name), class_name(kind), each.count(kind), *_per_cent(each.share(kind)).values())
        for each in findings.features
        for kind in CLASSES
    )
    heads = _heads(N_("Feature"), N_("Class"), N_("Customers"), N_("Share, %"), LOW, HIGH)
    return Sheet("shares", Message(N_("Shares of the classes")), heads, rows)


def _columns(findings: Findings) -> Sheet:
    rows = tuple(
        (quote(each.name), quote(each.pair.functional), quote(each.pair.dysfunctional), each.n, each.left_out)
        for each in findings.features
    )
    heads = _heads(
        N_("Feature"), N_("Column: it is there"), N_("Column: it is absent"), N_("Customers"), N_("Left out")
    )
    return Sheet("pairs", Message(N_("Which columns were taken as pairs")), heads, rows)


TITLE = N_("What the Kano survey says")


def about(findings: Findings, language: str) -> str:
    """Return what the report rests on: file, rows, table, intervals."""
    _ = translator(language)
    text = _(
        "File: {name}. Rows: {rows}. Classes by Kano’s table; intervals of shares: 95%, Wilson’s; a pair with one answer "
        "missing is left out."
    )
    return text.format(name=findings.name, rows=f"{findings.rows:,}")


def sources(language: str) -> list[str]:
    """Return where the methods come from, one line of plain text for each."""
    return [references()[key].plain(language) for key in SOURCES]


def report(findings: Findings, language: str) -> str:
    """Return the report as one HTML page that asks nothing of the network."""
    _ = translator(language)
    points = [
        (quote(each.name), *vars(each.better).values(), -each.worse.value, -each.worse.high, -each.worse.low)
        for each in findings.features
        if each.better and each.worse
    ]
    corners = [_(text) for text in CORNERS]
    picture = drawing.unit_map(
        points, corners, (_("Better →"), _("Worse (without its minus) →")), _("Better and worse")
    )
    pictured = {"better-worse": picture} if points else {}
    parts = [section(sheet, language, pictured.get(sheet.key, "")) for sheet in sheets(findings)]
    told, read = about(findings, language), sources(language)
    return page(_(TITLE), told, sentences(findings), parts, (), read, language)
