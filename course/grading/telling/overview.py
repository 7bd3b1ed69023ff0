"""One assignment at a glance: results, tasks, frequent wrong answers, conspicuous pairs. For report and dashboard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from nbformat import NotebookNode

from course.given import entries, personal
from course.grading.assignment.taskbook import tasks
from course.grading.assignment.variants import claimed
from course.grading.book.results import Results, notebooks, read
from course.grading.telling.feedback import cells_by_grade_id
from course.grading.telling.items import items
from course.grading.telling.similarity import Answer, Pair, similar
from course.grading.telling.wrong_answers import wrong_answers
from course.i18n import LANGUAGES
from course.i18n.message import Message
from course.manifest import Module


@dataclass(frozen=True)
class Overview:
    """What is known of one assignment; all of it is empty while nothing has been graded."""

    module: Module
    results: Results
    items: pd.DataFrame
    wrong: dict[str, list[tuple[Message, int]]]
    pairs: list[Pair]


def overview(root: Path, module: Module) -> Overview:
    """Read gradebook and graded notebooks under `root`."""
    results = read(root, module)
    answers: dict[str, list[Answer]] = {}
    known = [
        Answer(task.id, text, task.written)
        for language in LANGUAGES
        for task in tasks(module, language)
        for text in (task.starter, task.solution)
    ]
    used: set[str] = set()

    def graded() -> Iterator[Mapping[str, NotebookNode]]:
        for student, notebook in notebooks(root, module):
            cells = cells_by_grade_id(notebook)
            answers[student] = [
                Answer(task.id, str(cells[task.id].source), task.written)
                for task in tasks(module, LANGUAGES[0])
                if task.id in cells
            ]
            used.add(claimed(notebook))
            yield cells

    wrong = wrong_answers(module, graded())
    return Overview(module, results, items(results), wrong, similar(answers, [*known, *_own_solutions(module, used)]))


def _own_solutions(module: Module, tokens: set[str]) -> Iterator[Answer]:
    """Yield the model answers with each learner's own numbers, which two learners may share by chance."""
    for task in tasks(module, LANGUAGES[0]):
        found = [entry for entry in entries(module.id) if task.id in entry.cells]
        for token in tokens if found else ():
            yield Answer(task.id, personal(task.solution, found, token), task.written)
