"""How far a class's policies for m13's firm go, best first. Nobody is named: whoever looks for a row knows its figure.

The worth is what the policy's first test prints when a notebook is graded, over ten firms that everybody can try; the points
are those of the whole task, most of which ask for firms that nobody has seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from nbformat import NotebookNode

from course.grading.book.results import Results, notebooks
from course.grading.telling.export import number
from course.grading.telling.feedback import cells_by_grade_id
from course.i18n import LANGUAGES, gettext, translator
from course.manifest import Module

TASK, TEST = "policy", "policy-test"
# the sentence that the test prints, in solutions/<language>/m13-running-it
PRINTED = "Ten firms, over ten years: {ten:.0f} m yuan."
_FIGURE = "{ten:.0f}"


def leaderboard(root: Path, module: Module, results: Results) -> list[tuple[object, ...]]:
    """Return the table, heads first; nothing where the assignment has no policy or none could be played."""
    if TASK not in results.scores:
        return []
    points = {str(name): float(score) for name, score in results.scores[TASK].items()}
    graded = {name: cells_by_grade_id(notebook) for name, notebook in notebooks(root, module) if name in points}
    return ranked((points[name], worth(cells)) for name, cells in graded.items())


def ranked(found: Iterable[tuple[float, int | None]]) -> list[tuple[object, ...]]:
    """Return the rows of points and worths, most points first and then most worth, under their heads."""
    played = sorted(((score, ten) for score, ten in found if ten is not None), reverse=True)
    if not played:
        return []
    heads = (gettext("Place"), gettext("Points of the policy"), gettext("Ten years of ten firms, m yuan"))
    return [heads, *((place, number(score), ten) for place, (score, ten) in enumerate(played, start=1))]


def worth(cells: Mapping[str, NotebookNode]) -> int | None:
    """Return what the policy's test printed, None where it was not reached. A policy may print too, but not after it."""
    outputs = cells[TEST].get("outputs", []) if TEST in cells else []
    said = "".join(str(one.get("text", "")) for one in outputs if one.get("output_type") == "stream")
    found = [match for sentence in _sentences() for match in sentence.finditer(said)]
    return int(max(found, key=lambda match: match.start())[1]) if found else None


@cache
def _sentences() -> tuple[re.Pattern[str], ...]:
    """Return what the test prints, in each language."""
    said = [translator(language)(PRINTED).split(_FIGURE) for language in LANGUAGES]
    return tuple(re.compile(r"(-?\d+)".join(map(re.escape, parts))) for parts in said)
