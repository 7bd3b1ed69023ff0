"""From a run notebook to what is written down: status, scores, and what a person has to look at."""

from __future__ import annotations

import ast
import contextlib
import copy
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

from course.grading.assignment.source import Assignment, Piece
from course.grading.assignment.status import Status, SubmissionError
from course.grading.assignment.variants import SETUP, without_token
from course.grading.book.record import Outcome
from course.grading.intake import reading
from course.grading.intake.preflight import Inspected
from course.grading.intake.repair import repair
from course.grading.running.job import Job, RunResult
from course.i18n import DEFAULT
from course.kernel.limits import Limits

# How given code loads the course's data
LOADED = re.compile(r"""\bload\(["'](\w+)["']\)""")
# How it uses the package, whose names bring their modules along when they are first used
USED = re.compile(r"\bcourse\.([a-z]\w*)")


def fingerprint(folder: Path, assignment: Assignment) -> str:
    """Return a mark that changes with the submission's files and with the tests."""
    digest = hashlib.sha256(repr([assignment.name, sorted(assignment.tests.items())]).encode())
    try:
        for path in reading.files(folder):
            status = path.lstat()
            digest.update(repr((path.relative_to(folder).as_posix(), status.st_size, status.st_mtime_ns)).encode())
    except (OSError, SubmissionError) as error:
        digest.update(repr(error).encode())
    return digest.hexdigest()[:32]


def job(
    student: str,
    sound: Inspected,
    assignment: Assignment,
    limits: Limits,
    *,
    cell: float,
    sandbox: bool,
    token: str = "",
) -> Job:
    """Return a submission as an engine takes it. Its notebook is a copy: what ran is never mixed with what was read.

    With a `token`, the learner's room does not get to know it: whose numbers are right, only the examiner knows.
    """
    pieces = {piece.grade_id: piece for piece in assignment.pieces[sound.language] if piece.is_test}
    notebook = copy.deepcopy(sound.notebook)
    tests = {
        number: pieces[name]
        for number, entry in enumerate(notebook["cells"])
        if (name := str(entry["metadata"].get("nbgrader", {}).get("grade_id", ""))) in pieces
    }
    files = {**sound.extras, **assignment.files}
    instead = {
        number: without_token(entry["source"])
        for number, entry in enumerate(notebook["cells"])
        if token and entry["id"] == SETUP
    }
    given = _given(assignment.pieces[sound.language])
    return Job(
        student, notebook, sound.language, tests, files, limits, cell, sandbox, instead, token, _imports(given),
        _found(LOADED, given), _found(USED, given),
    )  # fmt: skip


def _found(pattern: re.Pattern[str], given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({name for source in given for name in pattern.findall(source)}))


def _given(pieces: tuple[Piece, ...]) -> tuple[str, ...]:
    """Return the code that learners were given, but for tests and for what they answer in."""
    return tuple(
        piece.source for piece in pieces if piece.cell_type == "code" and not piece.is_test and not piece.is_answer
    )


@cache
def _imports(given: tuple[str, ...]) -> str:
    """Return the import statements of the code that learners were given, for tests that use what they bring."""
    found = []
    for source in given:
        with contextlib.suppress(SyntaxError, ValueError):
            found += [one for one in ast.parse(source).body if isinstance(one, ast.Import | ast.ImportFrom)]
    return "\n".join(ast.unparse(one) for one in found)


def gives_a_number(source: str) -> bool:
    """Tell whether a test ends in an expression, whose number nbgrader takes for points."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return False
    last = body[-1] if body else None
    prints = (
        isinstance(last, ast.Expr)
        and isinstance(last.value, ast.Call)
        and getattr(last.value.func, "id", "") == "print"
    )
    return isinstance(last, ast.Expr) and not prints


def outcome(student: str, mark: str, sound: Inspected, ran: RunResult, assignment: Assignment) -> Outcome:
    """Return what is to be written down of a submission that was run."""
    blank = _blank(sound, assignment)
    scores: dict[str, float | None] = {}
    for name, piece in assignment.graded.items():
        if piece.is_test:
            scores[name] = _points(name, piece, ran)
        else:
            scores[name] = 0.0 if name in blank else None
    status = ran.status
    if not status and not sound.attempted and not any(ran.passed.values()):
        status = Status.NOT_ATTEMPTED
    status = status or (Status.REPAIRED if sound.repairs else Status.GRADED)
    _sign(ran.notebook, assignment.tests)
    return Outcome(
        student, status, mark, ran.notebook, scores, blank, [*ran.notes, *sound.repairs], sound.extras,
        sound.language, ran.seconds,
    )  # fmt: skip


def failure(student: str, mark: str, error: SubmissionError, assignment: Assignment) -> Outcome:
    """Return what is to be written down of a submission that could not be run: no points, and the assignment's cells."""
    language = DEFAULT if DEFAULT in assignment.pieces else next(iter(assignment.pieces))
    cells, _ = repair([], assignment.pieces[language])
    text = {"id": "status", "cell_type": "markdown", "metadata": {}, "source": f"**{error.why.say(language)}**"}
    notebook = {
        "cells": [text, *cells],
        "metadata": copy.deepcopy(assignment.metadata[language]),
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    _sign(notebook, assignment.tests)
    scores: dict[str, float | None] = dict.fromkeys(assignment.graded, 0.0)
    return Outcome(student, error.status, mark, notebook, scores, frozenset(), [error.why], {}, language)


def _points(name: str, test: Piece, ran: RunResult) -> float:
    """Return what a test gives: its points if it was passed, or the part that its last expression names."""
    from nbformat import from_dict
    from nbgrader.utils import determine_grade

    if not ran.passed.get(name):
        return 0.0
    if not gives_a_number(test.source):
        return test.points
    entry = next(one for one in ran.notebook["cells"] if one["metadata"].get("nbgrader", {}).get("grade_id") == name)
    results = [output for output in entry["outputs"] if output["output_type"] == "execute_result"]
    with contextlib.suppress(ValueError, KeyError):
        return float(determine_grade(from_dict({**entry, "outputs": results[-1:]}))[0])
    return 0.0


def _blank(sound: Inspected, assignment: Assignment) -> frozenset[str]:
    """Return the answer cells that are as they were released, by grade id."""
    released = {piece.grade_id: piece.source for piece in assignment.pieces[sound.language] if piece.is_answer}
    written = {
        str(name): entry["source"]
        for entry in sound.notebook["cells"]
        if (name := entry["metadata"].get("nbgrader", {}).get("grade_id")) in released
    }
    return frozenset(name for name, text in released.items() if written.get(name, text) == text)


def _sign(notebook: dict[str, Any], tests: dict[str, Piece]) -> None:
    """Give test cells the checksum of their whole text, so that nbgrader's own commands take them for untouched."""
    from nbformat import from_dict
    from nbgrader.utils import compute_checksum

    for entry in notebook["cells"]:
        settings = entry["metadata"].get("nbgrader")
        if settings and settings.get("grade_id") in tests:
            settings["checksum"] = compute_checksum(from_dict(entry))
