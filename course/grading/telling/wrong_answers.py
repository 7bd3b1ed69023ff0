"""What went wrong most often in each task: what the tests said, counted. Nobody is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from nbformat import NotebookNode

from course.grading.assignment.taskbook import tasks
from course.grading.telling.feedback import what_happened
from course.i18n import LANGUAGES
from course.i18n.message import Message
from course.manifest import Module

MOST = 5


def wrong_answers(
    module: Module, graded: Iterable[Mapping[str, NotebookNode]], most: int = MOST
) -> dict[str, list[tuple[Message, int]]]:
    """Return by task the `most` frequent outcomes of its tests with their counts, the most frequent first.

    `graded` holds the cells of one notebook each, by grade id. Sentences with the same figures count as one, whichever
    language they were said in.
    """
    known = [task for task in tasks(module, LANGUAGES[0]) if task.tests]
    counts: dict[str, Counter[Message]] = {task.id: Counter() for task in known}
    for cells in graded:
        for task in known:
            said = what_happened(task, cells)
            if said:
                counts[task.id][said] += 1
    return {task: counted.most_common(most) for task, counted in counts.items()}
