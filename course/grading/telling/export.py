"""Points as Canvas and Moodle read them.

Canvas reads its gradebook's own export again: the columns Student, ID, SIS User ID, SIS Login ID, Section, then one per
assignment, called by its title, with its number in brackets where it exists already; the second row says “Points
Possible”. It finds a learner by ID, else by SIS User ID, else by SIS Login ID, else by name; an empty cell changes
nothing. (Instructure, canvas-lms, lib/gradebook_importer.rb.)

Moodle asks which column is which, and finds learners by e-mail address or ID number. Grade and feedback must both be
mapped, else the one deletes the other. (https://docs.moodle.org/405/en/Grade_import)
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from course import whole
from course.grading.assignment.roster import Student
from course.grading.assignment.taskbook import tasks
from course.grading.book.results import Results
from course.i18n import N_, translator
from course.manifest import Module

CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
MOODLE = ("First name", "Last name", "ID number", "Email address")


def canvas(results: Results, people: Mapping[str, Student], column: str) -> str:
    """Return the CSV for Canvas. Learners with something left to be read get an empty cell."""
    rows: list[Sequence[object]] = [
        (*CANVAS, column),
        ("    Points Possible", "", "", "", "", number(float(results.out_of.sum()))),
    ]
    for one, points in standings(results, people):
        login = one.sis_login_id or (one.id if not (one.canvas_id or one.sis_user_id) else "")
        rows.append((one.name, one.canvas_id, one.sis_user_id, login, one.section, points))
    return text(rows)


def moodle(results: Results, people: Mapping[str, Student], column: str, module: Module) -> str:
    """Return the CSV for Moodle, with the points of each task as the feedback, in the learner's language."""
    rows: list[Sequence[object]] = [(*MOODLE, f"{column} (Real)", f"{column} (Feedback)")]
    for one, points in standings(results, people):
        feedback = comment(results, one, module) if points else ""
        rows.append((one.first_name, one.last_name, one.id_number or one.id, one.email, points, feedback))
    return text(rows)


def comment(results: Results, one: Student, module: Module) -> str:
    """Return the points of each task, and what lateness cost, in the learner's language."""
    scores = dict(results.scores.loc[one.id])
    parts = [
        f"{task.title}: {number(scores[task.id])} / {number(float(results.out_of[task.id]))}"
        for task in tasks(module, one.edition)
        if task.id in scores
    ]
    if penalty := float(results.penalty[one.id]):
        parts.append(f"{translator(one.edition)(N_('Handed in after the deadline.'))} −{number(penalty)}")
    return "; ".join(parts)


def number(points: float) -> str:
    """Return points as text: 4, 2.5, and – for what nobody has marked yet."""
    return "–" if points != points else f"{points:.2f}".rstrip("0").rstrip(".")


def text(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV in which no cell can be taken for a formula."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows([[safe(str(cell)) for cell in row] for row in rows])
    return stream.getvalue()


def safe(cell: str) -> str:
    """Return a cell that a spreadsheet takes for text or for a number, never for a formula."""
    try:
        float(cell)
    except ValueError:
        return f"'{cell}" if cell.lstrip().startswith(("=", "+", "-", "@")) or cell[:1] in ("\t", "\r") else cell
    return cell


def write(path: Path, content: str, *, for_spreadsheets: bool = False) -> None:
    """Write a file by way of a temporary one. Spreadsheets need a mark to read Chinese; platforms stumble over it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    whole.write(path, content.encode("utf-8-sig" if for_spreadsheets else "utf-8"))


def standings(results: Results, people: Mapping[str, Student]) -> list[tuple[Student, str]]:
    """Return everybody who was graded with their points as text, nothing where something waits to be read."""
    found = [people[name] for name in results.scores.index if name in people]
    totals = results.totals
    return [
        (one, "" if results.waiting[one.id] else number(totals[one.id]))
        for one in sorted(found, key=lambda one: (one.name, one.id))
    ]


def columns(rows: Sequence[Sequence[object]], *, texts: bool = False) -> list[str]:
    """Return a table as lines, figures to the right; a Chinese character is as wide as two Latin ones."""

    def width(text: str) -> int:
        return len(text) + sum("\u2e80" <= sign <= "\uffef" for sign in text)

    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(width(row[at]) for row in cells) for at in range(len(cells[0]))]
    return [
        "  ".join(
            cell + " " * (wide - width(cell)) if at == 0 or texts else " " * (wide - width(cell)) + cell
            for at, (cell, wide) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]
