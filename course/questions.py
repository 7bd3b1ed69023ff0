"""The predictions and the quiz of a module, read from `lessons/<id>/questions.toml`, which holds both languages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from course.checks import Check, read_check
from course.decisions import Case, Strategy, read_case, read_strategy
from course.entries import Entry
from course.figures import Figure, read_figure
from course.i18n import LANGUAGES, Text
from course.i18n import gettext as _
from course.manifest import Module
from course.writings import Writing, read_writing

FILE = "questions.toml"
KINDS = ("choice", "several", "number")
SECTIONS = ("theory", "simulation", "data", "critical")


Keyed = TypeVar("Keyed", "Prediction", "Item", Check, Figure, Writing, Case, Strategy)


class QuestionsError(ValueError):
    """Raised where a questions file cannot be used; the message names file, entry, problem and cure."""


@dataclass(frozen=True)
class Prediction:
    """A number to guess before the answer shows.

    `low`, `high`, `step`, `start` and `answer` are in `unit`; `digits` decimals are shown.
    """

    key: str
    question: Text
    unit: Text
    low: float
    high: float
    step: float
    start: float
    digits: int
    answer: float
    reveal: Text
    source: Text


@dataclass(frozen=True)
class Option:
    """One option of an item, and what a learner who ticks (or misses) it is told."""

    text: Text
    right: bool
    feedback: Text


@dataclass(frozen=True)
class OptionItem:
    """An item with options: `kind` "choice" has one right option, "several" at least one.

    `section` is the lesson's section to read again.
    """

    key: str
    objective: str
    kind: str
    section: str
    question: Text
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Trap:
    """A typical wrong number, and what it was a sensible try at."""

    value: float
    tolerance: float
    feedback: Text


@dataclass(frozen=True)
class NumberItem:
    """An item that asks for a number in `unit`; within `tolerance` of `answer` is right.

    `section` is the lesson's section to read again.
    """

    key: str
    objective: str
    section: str
    question: Text
    answer: float
    tolerance: float
    unit: Text
    hit: Text
    miss: Text
    traps: tuple[Trap, ...]
    kind: str = "number"


Item = OptionItem | NumberItem


@dataclass(frozen=True)
class Questions:
    """Everything a module asks outside its assignment."""

    predictions: tuple[Prediction, ...]
    items: tuple[Item, ...]
    checks: tuple[Check, ...] = ()
    figures: tuple[Figure, ...] = ()
    writings: tuple[Writing, ...] = ()
    cases: tuple[Case, ...] = ()
    strategies: tuple[Strategy, ...] = ()

    def prediction(self, key: str) -> Prediction:
        """Return the prediction with this key; `QuestionsError`, naming the known ones, if there is none."""
        message = _("There is no prediction {asked!r} in this module. Choose one of: {known}.")
        return _of_key(self.predictions, key, message)

    def check(self, key: str) -> Check:
        """Return the check with this key; `QuestionsError`, naming the known ones, if there is none."""
        message = _("There is no check {asked!r} in this module. Choose one of: {known}.")
        return _of_key(self.checks, key, message)

    def figure(self, key: str) -> Figure:
        """Return the figure with this key; `QuestionsError`, naming the known ones, if there is none."""
        message = _("There is no figure {asked!r} in this module. Choose one of: {known}.")
        return _of_key(self.figures, key, message)

    def writing(self, key: str) -> Writing:
        """Return the writing with this key; `QuestionsError`, naming the known ones, if there is none."""
        message = _("There is no writing {asked!r} in this module. Choose one of: {known}.")
        return _of_key(self.writings, key, message)


def _of_key(entries: Sequence[Keyed], key: str, message: str) -> Keyed:
    for entry in entries:
        if entry.key == key:
            return entry
    raise QuestionsError(message.format(asked=key, known=", ".join(entry.key for entry in entries) or "–"))


def _prediction(entry: Entry, taken: Collection[str]) -> Prediction:
    prediction = Prediction(
        key=entry.key(_("prediction {key}"), taken),
        question=entry.text("question"),
        unit=entry.text("unit"),
        low=entry.number("low"),
        high=entry.number("high"),
        step=entry.number("step"),
        start=entry.number("start"),
        digits=entry.digits(),
        answer=entry.number("answer"),
        reveal=entry.text("reveal"),
        source=entry.text("source"),
    )
    entry.close()
    _check_scale(entry, prediction)
    return prediction


def _check_scale(entry: Entry, asked: Prediction) -> None:
    if asked.low >= asked.high:
        raise entry.wrong(_("low must be smaller than high"))
    if not 0 < asked.step <= asked.high - asked.low:
        raise entry.wrong(_("step must be above 0 and at most high − low"))
    for name, value in (("start", asked.start), ("answer", asked.answer)):
        if not asked.low <= value <= asked.high:
            raise entry.wrong(_("{name} must lie between low and high"), name=name)
    for name, value in (("high", asked.high), ("start", asked.start)):
        steps = (value - asked.low) / asked.step
        if abs(steps - round(steps)) > 1e-6:
            raise entry.wrong(_("{name} must be a whole number of steps above low"), name=name)
    if abs(round(asked.step, asked.digits) - asked.step) > 1e-9:
        raise entry.wrong(_("digits is too small to show a step; raise it"))
    if abs(asked.start - asked.answer) < asked.step / 2:
        raise entry.wrong(_("start gives the answer away; move it"))


def _item(entry: Entry, taken: Collection[str], objectives: Collection[str]) -> Item:
    key = entry.key(_("item {key}"), taken)
    objective = entry.word("objective", objectives)
    kind = entry.word("kind", KINDS)
    section = entry.word("section", SECTIONS, default="theory")
    question = entry.text("question")
    item: Item
    if kind == "number":
        item = NumberItem(
            key=key,
            objective=objective,
            section=section,
            question=question,
            answer=entry.number("answer"),
            tolerance=_tolerance(entry),
            unit=entry.text("unit"),
            hit=entry.text("hit"),
            miss=entry.text("miss"),
            traps=tuple(_trap(row) for row in entry.rows("trap", _("trap {number}"))),
        )
        _check_traps(entry, item)
    else:
        options = tuple(_option(row) for row in entry.rows("option", _("option {number}")))
        _check_options(entry, kind, options)
        item = OptionItem(key=key, objective=objective, kind=kind, section=section, question=question, options=options)
    entry.close()
    return item


def _tolerance(entry: Entry) -> float:
    tolerance = entry.number("tolerance")
    if tolerance <= 0:
        raise entry.wrong(_("tolerance must be above 0, or rounding would make a right answer wrong"))
    return tolerance


def _trap(entry: Entry) -> Trap:
    trap = Trap(value=entry.number("value"), tolerance=_tolerance(entry), feedback=entry.text("feedback"))
    entry.close()
    return trap


def _check_traps(entry: Entry, item: NumberItem) -> None:
    ranges = [(item.answer, item.tolerance), *((trap.value, trap.tolerance) for trap in item.traps)]
    for number, (value, tolerance) in enumerate(ranges[1:], start=1):
        if any(abs(value - other) <= tolerance + wide for other, wide in ranges[:number]):
            raise entry.wrong(
                _("trap {number} overlaps with the answer or with a trap above it; make the tolerances smaller"),
                number=number,
            )


def _option(entry: Entry) -> Option:
    option = Option(text=entry.text("text"), right=entry.flag("right"), feedback=entry.text("feedback"))
    entry.close()
    return option


def _check_options(entry: Entry, kind: str, options: tuple[Option, ...]) -> None:
    if len(options) < 2:
        raise entry.wrong(_("at least two options are needed; begin each with [[item.option]]"))
    right = sum(option.right for option in options)
    if kind == "choice" and right != 1:
        raise entry.wrong(
            _("{count} options are right, but a choice has exactly one; mark it with right = true, or use several"),
            count=right,
        )
    if right == 0:
        raise entry.wrong(_("no option is right; mark the right ones with right = true"))
    for language in LANGUAGES:
        if len({option.text[language] for option in options}) < len(options):
            raise entry.wrong(_("two options have the same text ({language}); change one"), language=language)


def read(path: Path, objectives: Collection[str]) -> Questions:
    """Read a questions file whose items may name `objectives`.

    Raises `QuestionsError` naming file, entry, problem and cure.
    """
    whole = Entry.read(path, f"lessons/{path.parent.name}/{path.name}", QuestionsError)
    read_items = partial(_item, objectives=objectives)
    asked = Questions(
        predictions=_all(whole.rows("prediction", _("prediction {number}")), _prediction),
        items=_all(whole.rows("item", _("item {number}")), read_items),
        checks=_all(whole.rows("check", _("check {number}")), read_check),
        figures=_all(whole.rows("figure", _("figure {number}")), read_figure),
        writings=_all(whole.rows("writing", _("writing {number}")), read_writing),
        cases=_all(whole.rows("case", _("case {number}")), read_case),
        strategies=_all(whole.rows("strategy", _("strategy {number}")), read_strategy),
    )
    whole.close()
    return asked


def _all(entries: Iterable[Entry], read_one: Callable[[Entry, Collection[str]], Keyed]) -> tuple[Keyed, ...]:
    found: dict[str, Keyed] = {}
    for entry in entries:
        one = read_one(entry, found)
        found[one.key] = one
    return tuple(found.values())


def questions(module: Module) -> Questions:
    """Return what `module` asks. Raises `QuestionsError`."""
    return read(module.folder / FILE, [objective.id for objective in module.objectives])
