"""The manifest `course/syllabus.toml`, read once and typed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from course.entries import Entry
from course.i18n import Text, gettext
from course.paths import EXERCISES, LESSONS, PACKAGE, SOLUTIONS

MANIFEST = PACKAGE / "syllabus.toml"
MOST_MINUTES, MOST_POINTS = 1_000, 1_000


class ManifestError(ValueError):
    """Raised when the manifest cannot be used; the message names entry, problem and cure."""


@dataclass(frozen=True)
class Objective:
    """What a learner will be able to do, checked by a quiz item or an assignment task that names its id."""

    id: str
    text: Text


@dataclass(frozen=True)
class Foundation:
    """An earlier module on which another builds, by its number (`m01`), and what is carried over."""

    module: str
    text: Text


@dataclass(frozen=True)
class Topic:
    """What a module must teach and test: the id of the lesson's cell that teaches it, and what asks for it.

    An entry of `asked` is `item:`, `task:`, `writing:` or `prediction:` and its key.
    """

    text: Text
    section: str
    asked: tuple[str, ...]


@dataclass(frozen=True)
class Module:
    """One module of the course. Texts are by language; `minutes` of work; `points` of its assignment.

    `tools` are what its app carries besides the simulator, by their keys in `course.ui.tools`. A module that is not
    `simulated` has neither simulation nor app; one without points has a practice sheet that nobody grades.
    """

    id: str
    part: str
    ready: bool
    minutes: int
    points: int
    title: Text
    summary: Text
    datasets: tuple[str, ...]
    objectives: tuple[Objective, ...]
    tools: tuple[str, ...] = ()
    simulated: bool = True
    builds_on: tuple[Foundation, ...] = ()
    covers: tuple[Topic, ...] = ()

    @property
    def graded(self) -> bool:
        """Whether its assignment counts."""
        return self.points > 0

    @property
    def number(self) -> str:
        """`m01` of `m01-expectation-gap`."""
        return self.id.split("-", 1)[0]

    @property
    def slug(self) -> str:
        """The id as Python files are named: `m01_expectation_gap`."""
        return self.id.replace("-", "_")

    @property
    def folder(self) -> Path:
        """The folder of lesson and app."""
        return LESSONS / self.id

    @property
    def app(self) -> Path:
        """The Voila app."""
        return self.folder / "app.ipynb"

    def lesson(self, language: str) -> Path:
        """The lesson notebook in `language`."""
        return self.folder / f"lesson.{language}.ipynb"

    def exercise(self, language: str) -> Path:
        """The assignment as learners get it, in `language`."""
        return EXERCISES / language / self.id / "exercise.ipynb"

    def solution(self, language: str) -> Path:
        """The assignment's source, in `language`."""
        return SOLUTIONS / language / self.id / "exercise.ipynb"


@dataclass(frozen=True)
class Part:
    """A part of the course: theory, cases, capstone."""

    id: str
    title: Text


@dataclass(frozen=True)
class Syllabus:
    """The whole manifest."""

    title: Text
    parts: tuple[Part, ...]
    modules: tuple[Module, ...]

    def module(self, module_id: str) -> Module:
        """Return the module with this id (`m01-expectation-gap`) or number (`m01`); `ManifestError` if there is none."""
        for module in self.modules:
            if module_id in (module.id, module.number):
                return module
        known = ", ".join(module.id for module in self.modules)
        raise ManifestError(
            gettext("There is no module {asked!r} in the course. Choose one of: {known}.").format(
                asked=module_id, known=known
            )
        )

    @property
    def ready(self) -> tuple[Module, ...]:
        """The modules that are written."""
        return tuple(module for module in self.modules if module.ready)

    @property
    def simulated(self) -> tuple[Module, ...]:
        """The written modules that have a simulation and an app."""
        return tuple(module for module in self.ready if module.simulated)

    @property
    def graded(self) -> tuple[Module, ...]:
        """The written modules whose assignment counts."""
        return tuple(module for module in self.ready if module.graded)


def _module(entry: Entry) -> Module:
    name = entry.string("id")
    entry.place = gettext("module {key}").format(key=name)
    module = Module(
        id=name,
        part=entry.string("part"),
        ready=entry.word("status", ("ready", "coming")) == "ready",
        minutes=entry.whole("minutes", 0, MOST_MINUTES),
        points=entry.whole("points", 0, MOST_POINTS),
        title=entry.text("title"),
        summary=entry.text("summary"),
        datasets=entry.strings("datasets"),
        objectives=tuple(_objective(row) for row in entry.rows("objective", gettext("objective {number}"))),
        tools=entry.strings("tools"),
        simulated=entry.flag("simulated", default=True),
        builds_on=tuple(_foundation(row) for row in entry.rows("builds_on", gettext("builds_on {number}"))),
        covers=tuple(_topic(row) for row in entry.rows("covers", gettext("covers {number}"))),
    )
    entry.close()
    return module


def _foundation(entry: Entry) -> Foundation:
    foundation = Foundation(module=entry.string("module"), text=entry.languages())
    entry.close()
    return foundation


def _topic(entry: Entry) -> Topic:
    topic = Topic(text=entry.languages(), section=entry.string("section"), asked=entry.strings("asked"))
    entry.close()
    return topic


def _objective(entry: Entry) -> Objective:
    name = entry.string("id")
    entry.place = gettext("{place} ({key})").format(place=entry.place, key=name)
    objective = Objective(id=name, text=entry.languages())
    entry.close()
    return objective


def _part(entry: Entry) -> Part:
    part = Part(id=entry.string("id"), title=entry.text("title"))
    entry.close()
    return part


def read(path: Path = MANIFEST) -> Syllabus:
    """Read a manifest. Raises `ManifestError` naming file, entry and cure."""
    whole = Entry.read(path, f"course/{path.name}", ManifestError)
    course = whole.table("course", gettext("table [course]"))
    syllabus = Syllabus(
        title=course.text("title"),
        parts=tuple(_part(entry) for entry in whole.rows("part", gettext("part {number}"))),
        modules=tuple(_module(entry) for entry in whole.rows("module", gettext("module {number}"))),
    )
    course.close()
    whole.close()
    _check_order(syllabus)
    return syllabus


def _check_order(syllabus: Syllabus) -> None:
    """Refuse a module that builds on one which does not come before it; so nothing builds on itself in a circle."""
    earlier: set[str] = set()
    for module in syllabus.modules:
        for foundation in module.builds_on:
            if foundation.module not in earlier:
                message = gettext(
                    "course/syllabus.toml, {module}: builds_on names {other}, which is no earlier module. "
                    "Name one that stands above it."
                )
                raise ManifestError(message.format(module=module.id, other=foundation.module))
        earlier.add(module.number)


@cache
def syllabus() -> Syllabus:
    """Return the course's manifest."""
    return read()
