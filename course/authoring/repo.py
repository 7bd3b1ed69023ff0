"""A tree of the course as the checks see it: any root, its manifest, its notebooks as plain data."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from course import manifest
from course.i18n import LANGUAGES
from course.manifest import Module, Syllabus
from course.paths import ROOT

Notebook = dict[str, Any]
# the folders in which modules have files
PLACES = ("course", "lessons", "solutions", "exercises", "tests")
MODULE_ID = re.compile(r"m\d\d-[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Cell:
    """One cell of a notebook, its source joined to one string."""

    id: str
    kind: str
    source: str
    metadata: dict[str, Any]

    @property
    def graded(self) -> bool:
        """Whether nbgrader gives points for it."""
        return bool(self.metadata.get("nbgrader", {}).get("grade"))

    @property
    def answered(self) -> bool:
        """Whether learners write their answer in it."""
        return bool(self.metadata.get("nbgrader", {}).get("solution"))

    @property
    def is_test(self) -> bool:
        """Whether it marks the answer above it."""
        return self.graded and not self.answered


def cells(notebook: Notebook) -> list[Cell]:
    """Return the cells of a notebook in order."""
    return [
        Cell(
            id=str(cell.get("id", "")),
            kind=str(cell.get("cell_type", "")),
            source="".join(cell.get("source", "")),
            metadata=_tables(cell.get("metadata", {})),
        )
        for cell in notebook["cells"]
    ]


def _tables(metadata: dict[str, Any]) -> dict[str, Any]:
    """Return metadata in which what nbgrader and the course keep can be relied on to be tables."""
    kept = {key: metadata[key] for key in ("nbgrader", "course") if key in metadata}
    return metadata | {key: value if isinstance(value, dict) else {} for key, value in kept.items()}


class Repo:
    """A copy of the course under `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._notebooks: dict[Path, Notebook | None] = {}

    @cached_property
    def syllabus(self) -> Syllabus:
        """Its manifest; raises `ManifestError`."""
        return manifest.read(self.at(manifest.MANIFEST))

    def at(self, path: Path) -> Path:
        """Return where a path of the running course lies in this copy."""
        return self.root / path.relative_to(ROOT)

    def name(self, path: Path) -> str:
        """Return how findings call a file of this copy."""
        return path.relative_to(self.root).as_posix()

    def lesson(self, module: Module, language: str) -> Path:
        """Return the lesson in `language`."""
        return self.at(module.lesson(language))

    def app(self, module: Module) -> Path:
        """Return the app."""
        return self.at(module.app)

    def questions(self, module: Module) -> Path:
        """Return the file of predictions and quiz items."""
        return self.at(module.folder) / "questions.toml"

    def solution(self, module: Module, language: str) -> Path:
        """Return the assignment's source in `language`."""
        return self.at(module.solution(language))

    def exercise(self, module: Module, language: str) -> Path:
        """Return the assignment as learners get it in `language`."""
        return self.at(module.exercise(language))

    def simulation(self, module: Module) -> Path:
        """Return the file of the simulation."""
        return self.root / "course" / "simulations" / f"{module.slug}.py"

    def words(self, module: Module) -> Path:
        """Return the file of the simulation's words."""
        return self.at(module.folder) / "simulation.toml"

    def dialogue(self, module: Module) -> Path:
        """Return the file of the calls to take part in, which few modules have."""
        return self.at(module.folder) / "dialogue.toml"

    def simulation_test(self, module: Module) -> Path:
        """Return the test of the simulation."""
        return self.root / "tests" / "simulations" / f"test_{self.simulation(module).name}"

    def given(self, module: Module) -> Path:
        """Return the file of the numbers that learners may get their own of."""
        return self.at(module.folder) / "given.toml"

    def teaching(self, module: Module, language: str) -> Path:
        """Return the teacher's note in `language`."""
        return self.at(module.folder) / f"teaching.{language}.md"

    def oracles(self, module: Module) -> Path:
        """Return the table of the module's worked numbers."""
        return self.root / "tests" / "theory" / "oracles" / f"{module.number}.csv"

    def numbers_test(self, module: Module) -> Path:
        """Return the test that computes the worked numbers."""
        return self.root / "tests" / "theory" / f"test_{module.slug}.py"

    def lesson_test(self, module: Module) -> Path:
        """Return the test of what the lesson says and prints."""
        return self.root / "tests" / "lessons" / f"test_{module.number}_lesson.py"

    def theory(self, module: Module) -> list[Path]:
        """Return the theory by which the module's worked numbers are computed; others may use it too."""
        path = self.numbers_test(module)
        source = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
        names = re.findall(r"^from course\.theory\.(\w+) import", source, re.MULTILINE)
        return [self.root / "course" / "theory" / f"{name}.py" for name in names]

    def theory_test(self, theory: Path) -> Path:
        """Return the test of a file of the theory."""
        return self.root / "tests" / "theory" / f"test_{theory.name}"

    def answers(self, module: Module) -> Path:
        """Return the tables of right and wrong answers to the assignment."""
        return self.root / "tests" / "grading" / f"test_{module.slug}.py"

    def tests(self, module: Module) -> list[Path]:
        """Return every test a module should have: of its answers, its lesson, its worked numbers and its simulation."""
        of_numbers = [self.numbers_test(module)] if module.graded else []
        of_simulation = [self.simulation_test(module)] if module.simulated else []
        return [self.answers(module), self.lesson_test(module), *of_numbers, *of_simulation]

    def catalogue(self, module: Module) -> Path:
        """Return the module's Chinese catalogue."""
        return self.root / "course" / "i18n" / "zh" / f"{module.number}.po"

    def assignment_catalogue(self, module: Module) -> Path:
        """Return the Chinese catalogue of the sentences that the assignment's tests say."""
        return self.catalogue(module).with_name(f"{module.number}_assignment.po")

    def catalogues(self, module: Module) -> list[Path]:
        """Return every Chinese catalogue of the module that is there: `m01.po`, `m01_assignment.po`."""
        return sorted(self.catalogue(module).parent.glob(f"{module.number}*.po"))

    def lessons(self, module: Module) -> dict[str, Path]:
        """Return the lessons by language."""
        return {language: self.lesson(module, language) for language in LANGUAGES}

    def notebooks(self, module: Module) -> list[Path]:
        """Return every notebook a module should have, written ones and generated ones."""
        assignments = [get(module, language) for language in LANGUAGES for get in (self.solution, self.exercise)]
        app = [self.app(module)] if module.simulated else []
        return [*self.lessons(module).values(), *app, *assignments]

    def files(self, module: Module) -> list[Path]:
        """Return every file a module should have."""
        simulation = [self.words(module), self.simulation(module)] if module.simulated else []
        graded = [self.given(module), self.oracles(module)] if module.graded else []
        theory = [path for one in self.theory(module) for path in (one, self.theory_test(one))]
        notes = [self.teaching(module, language) for language in LANGUAGES]
        return [
            *self.notebooks(module),
            self.questions(module),
            *simulation,
            *graded,
            *notes,
            *theory,
            *self.tests(module),
        ]

    def own(self, module: Module) -> list[Path]:
        """Return every file that is there for this module alone: those whose path names it."""
        name = re.compile(rf"(?:^|[/_]){module.number}[-_.]")
        return [
            path
            for folder in PLACES
            for path in sorted((self.root / folder).rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts and name.search(self.name(path))
        ]

    def notebook(self, path: Path) -> Notebook | None:
        """Return a valid notebook as plain data, or None: the rules on files and on notebooks say why."""
        if path not in self._notebooks:
            self._notebooks[path] = None if notebook_fault(path) else json.loads(path.read_text(encoding="utf-8"))
        return self._notebooks[path]

    def cells(self, path: Path) -> list[Cell]:
        """Return the cells of a notebook, none where it cannot be read."""
        notebook = self.notebook(path)
        return cells(notebook) if notebook else []

    def rows(self, path: Path, table: str) -> list[dict[str, Any]]:
        """Return the entries `[[table]]` of a TOML file, none where it cannot be read."""
        found = _toml(path).get(table)
        return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []

    def table(self, path: Path, name: str) -> dict[str, Any]:
        """Return the table `[name]` of a TOML file, empty where it cannot be read."""
        found = _toml(path).get(name)
        return found if isinstance(found, dict) else {}

    def sources(self, *suffixes: str) -> Iterator[Path]:
        """Yield the files with these endings that authors write, in the folders that hold the course."""
        for folder in ("course", "lessons", "solutions", "exercises", "datasets"):
            for path in sorted(path for path in (self.root / folder).rglob("*") if path.suffix in suffixes):
                parts = path.parts[len(self.root.parts) :]
                hidden = any(part.startswith(".") or part in ("__pycache__", "static") for part in parts)
                if not hidden and path.is_file():
                    yield path


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}


def notebook_fault(path: Path) -> str:
    """Return what makes a file no valid notebook, or "" if it is one."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        return str(error)
    from nbformat.reader import get_version
    from nbformat.validator import iter_validate

    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        return "no list of cells"
    if get_version(notebook) < (4, 5):
        return "nbformat {}.{}".format(*get_version(notebook))
    fault = next(iter(iter_validate(notebook)), None)
    return str(fault).splitlines()[0] if fault else ""
