"""The written answers to a question as the gradebook and `autograded/` hold them, alike ones side by side, without names."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from course.grading.assignment.status import SubmissionError
from course.grading.assignment.taskbook import Task, tasks
from course.grading.intake.reading import parse
from course.grading.telling.similarity import SHARE, Answer, runs
from course.i18n import DEFAULT, LANGUAGES, match_language
from course.manifest import Module, syllabus

# Runs of words that two answers share at least, to be alike; and the most answers that a run may stand in to tell anything
FEWEST_SHARED, MOST_HOLDERS = 6, 100
LONGEST_TEXT = 20_000
_ROWS = """
    SELECT submitted_notebook.id, submitted_assignment.student_id, grade.id, grade_cells.max_score, grade.auto_score,
           grade.manual_score, grade.needs_manual_grade, written.id, comment.id, comment.manual_comment
    FROM grade
    JOIN base_cell ON base_cell.id = grade.cell_id
    JOIN grade_cells ON grade_cells.id = base_cell.id
    JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
    JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
    JOIN assignment ON assignment.id = submitted_assignment.assignment_id
    LEFT JOIN base_cell AS written ON written.name = base_cell.name AND written.notebook_id = base_cell.notebook_id
         AND written.type = 'SolutionCell'
    LEFT JOIN comment ON comment.notebook_id = submitted_notebook.id AND comment.cell_id = written.id
    WHERE assignment.name = ? AND base_cell.name = ? AND (grade.auto_score IS NULL OR grade.manual_score IS NOT NULL)
    ORDER BY submitted_notebook.id
"""


@dataclass(frozen=True)
class Question:
    """A task whose answers are read by a person."""

    module: Module
    task: str

    @property
    def id(self) -> str:
        """Its name on the desk: `<assignment>/<task>`."""
        return f"{self.module.id}/{self.task}"

    def wording(self, language: str) -> Task:
        """Return the task as the edition in `language` words it."""
        return next(task for task in tasks(self.module, language) if task.id == self.task)


@dataclass(frozen=True)
class Row:
    """What the gradebook holds of one answer. `key` is the submission's number there, which tells nobody's name."""

    key: str
    student: str
    grade: str
    out_of: float
    automatic: float | None
    points: float | None
    waiting: bool
    cell: str | None
    comment_row: str | None
    comment: str


@dataclass(frozen=True)
class Written:
    """An answer's words, and the language of its edition."""

    text: str
    language: str


def questions() -> tuple[Question, ...]:
    """Return the tasks of all assignments that ask for words."""
    return tuple(
        Question(module, task.id)
        for module in syllabus().graded
        for task in tasks(module, LANGUAGES[0])
        if task.written
    )


def rows(book: sqlite3.Connection, question: Question) -> dict[str, Row]:
    """Return the answers that a person reads or has read, by key. Blank ones, which have their 0 points, are left out."""
    return {
        str(key): Row(str(key), str(student), grade, float(most), auto, manual, bool(waits), cell, comment, said or "")
        for key, student, grade, most, auto, manual, waits, cell, comment, said in book.execute(
            _ROWS, (question.module.id, question.task)
        )
    }


class Reader:
    """Reads answers out of graded notebooks, each file once until it changes."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[Path, tuple[int, dict[str, Written]]] = {}

    def read(self, student: str, question: Question) -> Written:
        """Return a learner's answer; an empty one where the notebook cannot be read."""
        path = self._root / "autograded" / student / question.module.id / "exercise.ipynb"
        try:
            changed = path.stat().st_mtime_ns
            if self._known.get(path, (None,))[0] != changed:
                self._known[path] = changed, dict(_written(parse(path)[0]))
        except (OSError, SubmissionError, TypeError, AttributeError, KeyError):
            return Written("", DEFAULT)
        return self._known[path][1].get(question.task, Written("", DEFAULT))


def _written(notebook: dict[str, Any]) -> Iterator[tuple[str, Written]]:
    about = notebook.get("metadata", {}).get("course", {})
    language = match_language(str(about.get("language", ""))) or DEFAULT
    for cell in notebook["cells"]:
        name = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")
        if name and cell.get("cell_type") == "markdown":
            yield str(name), Written("".join(cell["source"])[:LONGEST_TEXT], language)


def together(texts: Sequence[str]) -> list[list[int]]:
    """Return the places of `texts` in groups of alike ones, the largest group first.

    Two are alike where their words are the same, or where they share at least six runs of four words, and 60 % of what the
    shorter one has. Whoever is like one of a group belongs to it. Which of two groups of one size comes first, and who in
    a group, is nobody's doing: a hash of the words says it.
    """
    group = list(range(len(texts)))

    def head(place: int) -> int:
        while group[place] != place:
            place = group[place]
        return place

    first: dict[str, int] = {}
    for place, text in enumerate(texts):
        group[place] = first.setdefault(" ".join(re.findall(r"\w+", text.casefold())), place)
    for one, other in _alike([(place, texts[place]) for place in first.values()]):
        group[head(one)] = head(other)
    members: dict[int, list[int]] = defaultdict(list)
    for place in sorted(range(len(texts)), key=lambda place: (_hash(texts[place]), place)):
        members[head(place)].append(place)
    return sorted(members.values(), key=lambda places: (-len(places), _hash(texts[places[0]]), places[0]))


def _alike(texts: list[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    size: dict[int, int] = {}
    for place, text in texts:
        own = runs(Answer("", text, prose=True))
        size[place] = len(own)
        for run in own:
            holders[run].append(place)
    shared: Counter[tuple[int, int]] = Counter()
    for who in holders.values():
        if len(who) <= MOST_HOLDERS:
            shared.update(combinations(who, 2))
    for (one, other), count in shared.items():
        if count >= FEWEST_SHARED and count >= SHARE * min(size[one], size[other]):
            yield one, other


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
