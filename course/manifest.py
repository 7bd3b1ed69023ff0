"""The manifest `course/syllabus.toml`, read once and typed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from course.i18n import LANGUAGES, gettext
from course.paths import EXERCISES, LESSONS, PACKAGE, SOLUTIONS

MANIFEST = PACKAGE / "syllabus.toml"


class ManifestError(ValueError):
    """Raised when the manifest cannot be used; the message names entry, problem and cure."""


Text = dict[str, str]


@dataclass(frozen=True)
class Objective:
    """What a learner will be able to do, checked by a quiz item or an assignment task that names its id."""

    id: str
    text: Text


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


def _text(entry: dict[str, Any], key: str, where: str) -> Text:
    value = entry.get(key)
    if not isinstance(value, dict) or any(not value.get(language) for language in LANGUAGES):
        raise ManifestError(
            gettext('{file}: {where}: {key} needs both languages, as {{ en = "…", zh = "…" }}').format(
                file=MANIFEST.name, where=where, key=key
            )
        )
    return {language: str(value[language]) for language in LANGUAGES}


def _module(entry: dict[str, Any]) -> Module:
    where = f"module {entry.get('id', '(no id)')}"
    try:
        return Module(
            id=entry["id"],
            part=entry["part"],
            ready=entry["status"] == "ready",
            minutes=int(entry["minutes"]),
            points=int(entry["points"]),
            title=_text(entry, "title", where),
            summary=_text(entry, "summary", where),
            datasets=tuple(entry.get("datasets", ())),
            objectives=tuple(
                Objective(id=row["id"], text=_text({"text": row}, "text", f"{where}, objective {row['id']}"))
                for row in entry["objective"]
            ),
            tools=tuple(entry.get("tools", ())),
            simulated=bool(entry.get("simulated", True)),
        )
    except KeyError as error:
        raise ManifestError(
            gettext("{file}: {where}: {key} is missing; add it as in the other modules").format(
                file=MANIFEST.name, where=where, key=error
            )
        ) from error


def read(path: Path = MANIFEST) -> Syllabus:
    """Read a manifest. Raises `ManifestError` naming file, entry and cure."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ManifestError(
            gettext("{file}: cannot be read ({error}); restore it with: git checkout course/{file}").format(
                file=path.name, error=error
            )
        ) from error
    return Syllabus(
        title=_text(raw["course"], "title", "course"),
        parts=tuple(Part(id=row["id"], title=_text(row, "title", f"part {row['id']}")) for row in raw["part"]),
        modules=tuple(_module(entry) for entry in raw["module"]),
    )


@cache
def syllabus() -> Syllabus:
    """Return the course's manifest."""
    return read()
