"""From what was handed in to a notebook that can be graded: found, read, cleaned, and put in order."""

from __future__ import annotations

import copy
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.grading.assignment.source import Assignment
from course.grading.assignment.status import Status, SubmissionError, bounded, note
from course.grading.intake import reading
from course.grading.intake.repair import DISTINCT, Cell, grade_id_of, plain, repair, shown
from course.i18n import DEFAULT, N_
from course.i18n.message import Message


@dataclass
class Inspected:
    """A submission that can be graded: its notebook, its language, what was repaired, and the files beside it."""

    notebook: dict[str, Any]
    language: str
    attempted: bool
    repairs: list[Message] = field(default_factory=list)
    extras: dict[str, bytes] = field(default_factory=dict)


def inspect(folder: Path, assignment: Assignment) -> Inspected:
    """Read the submission in `folder` and put it in order. Raises `SubmissionError`."""
    found = reading.files(folder)
    exact = folder / f"{assignment.notebook}.ipynb"
    problem: SubmissionError | None = None
    best: tuple[tuple[bool, int], Path, dict[str, Any], list[Message]] | None = None
    strange: Message | None = None
    for path in reading.candidates(found, folder, assignment.notebook):
        try:
            raw, notes = reading.parse(path)
            cells, clean = cells_of(raw)
        except SubmissionError as error:
            problem = problem or error
            continue
        known = _recognised(cells, assignment)
        if stranger := _of_another(cells, assignment, known):
            strange = strange or stranger
            continue
        worth = _is_written(cells, assignment), 0 if path == exact else known
        if known and (
            best is None or (path != exact and worth[0] > best[0][0]) or (best[1] != exact and worth > best[0])
        ):
            best = worth, path, {**raw, "cells": cells}, [*notes, *clean]
        if path == exact and best is not None and best[0][0]:
            break
    if best is None:
        wrong = N_("The notebook handed in is not the one of {assignment}.")
        raise problem or SubmissionError(Status.MISSING, strange or note(wrong, assignment=assignment.name))
    _worth, path, raw, notes = best
    if path != exact:
        renamed = N_("The notebook is called {found} instead of {name}.ipynb.")
        notes = [note(renamed, found=path.relative_to(folder), name=assignment.notebook), *notes]
    language = _language(raw, assignment)
    cells, repairs = repair(raw["cells"], assignment.pieces[language])
    stubs = {piece.grade_id: piece.source for piece in assignment.pieces[language] if piece.is_answer}
    attempted = any(
        cell["source"].strip() != stubs[name].strip() for cell in cells if (name := grade_id_of(cell)) in stubs
    )
    notebook = {
        "cells": cells,
        "metadata": copy.deepcopy(assignment.metadata[language]),
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return Inspected(notebook, language, attempted, [*notes, *repairs], _extras(found, folder))


def cells_of(raw: dict[str, Any]) -> tuple[list[Cell], list[Message]]:
    """Return the notebook's cells, cleaned of output and of what is no cell, and a note where there was any such thing."""
    try:
        if raw.get("nbformat", 4) != 4 or "cells" not in raw:
            import nbformat

            raw = nbformat.convert(nbformat.from_dict(raw), 4)
    except Exception as error:
        why = N_("The notebook is of a format that cannot be read ({number}).")
        raise SubmissionError(Status.UNREADABLE, note(why, number=str(raw.get("nbformat"))[:20])) from error
    cells = [clean for number, cell in enumerate(raw["cells"]) if (clean := _clean(cell, number)) is not None]
    odd = len(raw["cells"]) - len(cells)
    return cells, [note(N_("Left out what is no cell: {count}."), count=odd)] if odd else []


def _clean(cell: Any, number: int) -> Cell | None:
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
        return None
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    if not isinstance(source, str):
        return None
    # Of what a learner's file says about a cell, its name alone is of use; the rest may be of any kind and depth
    metadata = cell.get("metadata")
    settings = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = settings.get("grade_id") if isinstance(settings, dict) else None
    metadata = {"nbgrader": {"grade_id": bounded(name)}} if isinstance(name, str) else {}
    cell_id = cell.get("id")
    clean: Cell = {
        "id": bounded(cell_id, 64) if isinstance(cell_id, str) else "",
        "cell_type": cell["cell_type"],
        # a lone surrogate can stand in JSON, but in no file and in no message
        "source": source.encode("utf-8", "replace").decode("utf-8"),
        "metadata": metadata,
        "number": number,
    }
    if cell["cell_type"] == "code":
        clean |= {"outputs": [], "execution_count": None}
    return clean


def _recognised(cells: list[Cell], assignment: Assignment) -> int:
    """Return how many marked cells of the assignment the notebook holds, by the best of its languages."""
    names = {grade_id_of(cell) for cell in cells} | {cell["id"] for cell in cells}
    texts = {plain(cell["source"]) for cell in cells}
    return max(
        sum(
            piece.grade_id in names or (len(piece.source) > DISTINCT and plain(shown(piece.source)) in texts)
            for piece in pieces
            if piece.grade_id
        )
        for pieces in assignment.pieces.values()
    )


def _of_another(cells: list[Cell], assignment: Assignment, known: int) -> Message | None:
    """Return what is to be said where a notebook belongs to another assignment, None where it does not.

    Assignments share some names of cells, so whose a notebook is, most of its cells decide.
    """
    ids = [grade_id_of(cell) for cell in cells]
    names = {*ids, *(cell["id"] for cell in cells)} - {""}
    own = {piece.id for pieces in assignment.pieces.values() for piece in pieces} | assignment.grade_ids
    if assignment.others:
        other = max(assignment.others, key=lambda name: len(names & assignment.others[name]))
        if len(names & assignment.others[other]) > max(len(names & own), known):
            why = N_("The notebook handed in is that of {other}, not the one of {assignment}.")
            return note(why, other=other, assignment=assignment.name)
    if len({*ids} - assignment.grade_ids - {""}) > known:
        return note(N_("The notebook handed in is not the one of {assignment}."), assignment=assignment.name)
    return None


def _is_written(cells: list[Cell], assignment: Assignment) -> bool:
    """Tell whether anything was answered: a downloaded copy may lie beside the blank notebook."""
    stubs = {
        (piece.grade_id, plain(piece.source))
        for pieces in assignment.pieces.values()
        for piece in pieces
        if piece.is_answer
    }
    names = {name for name, _stub in stubs}
    return any(
        name in names and (name, plain(cell["source"])) not in stubs for cell in cells if (name := grade_id_of(cell))
    )


def _language(raw: dict[str, Any], assignment: Assignment) -> str:
    metadata = raw.get("metadata")
    own = metadata.get("course") if isinstance(metadata, dict) else None
    named = own.get("language") if isinstance(own, dict) else None
    if isinstance(named, str) and named in assignment.pieces:
        return str(named)
    texts = Counter(plain(cell["source"]) for cell in raw["cells"])
    scores = {
        language: sum(texts[plain(piece.source)] > 0 for piece in pieces)
        for language, pieces in assignment.pieces.items()
    }
    return max(scores, key=lambda language: (scores[language], language == DEFAULT))


def _extras(found: list[Path], folder: Path) -> dict[str, bytes]:
    """Return the files that go into the kernel's folder: ordinary ones, no notebooks, as many bytes as are allowed."""
    extras: dict[str, bytes] = {}
    left = reading.LARGEST_EXTRA
    for path in found:
        if path.name.lower().endswith(reading.ENDINGS) or not reading.is_ordinary(path):
            continue
        content = reading.read_bytes(path, left)
        if len(content) <= left:
            extras[path.relative_to(folder).as_posix()] = content
            left -= len(content)
    return extras
