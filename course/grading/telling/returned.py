"""The way back: points, comments and feedback pages in the form that each platform takes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from course.grading.assignment.roster import Student
from course.grading.book.results import Results
from course.grading.intake import placing
from course.grading.telling import archives, export, workbook, worksheet
from course.i18n import gettext, ngettext
from course.manifest import Module

WORKBOOK = "xuexitong.xlsx"
WORKSHEET = "moodle-worksheet.csv"
ARCHIVES = {"moodle": "moodle-feedback.zip", "canvas": "canvas-feedback.zip", "folder": "feedback.zip"}


def write(
    folder: Path, root: Path, results: Results, people: Mapping[str, Student], module: Module, sheet: Path | None
) -> list[str]:
    """Write workbook, archives of pages and, where one was downloaded, Moodle's worksheet; return what is to be said."""
    receipt = placing.receipt(root, module.id)
    standings = export.standings(results, people)
    comments = {one.id: export.comment(results, one, module) for one, _points in standings}
    workbook.write(
        folder / WORKBOOK,
        [(one.id, one.shown_name, float(points) if points else None, comments[one.id]) for one, points in standings],
    )
    there = {one.id: root / "feedback" / one.id / module.id / "exercise.html" for one, _points in standings}
    there = {student: page for student, page in there.items() if page.is_file()}
    named: dict[str, dict[str, Path]] = {}
    for platform, names in archives.names(there, receipt).items():
        named.setdefault(ARCHIVES[platform], {}).update({name: there[student] for student, name in names.items()})
    for archive, found in named.items():
        archives.write(folder / archive, found)
    if sheet is None:
        return []
    numbers = {
        student: str(row.get("ids", {}).get("moodle_id", [""])[0])
        for student, row in receipt.items()
        if row.get("platform") == "moodle"
    }
    points = {one.id: (points, comments[one.id]) for one, points in standings}
    try:
        filled = worksheet.fill(sheet, people, numbers, points, float(results.out_of.sum()))
    except worksheet.WorksheetError as error:
        raise click.ClickException(error.why.say()) from error
    export.write(folder / WORKSHEET, filled.content)
    return _told(filled)


def _told(filled: worksheet.Filled) -> list[str]:
    message = ngettext(
        "Moodle's worksheet: {count} row filled in.",
        "Moodle's worksheet: {count} rows filled in.",
        len(filled.students),
    )
    lines = [message.format(count=len(filled.students))]
    if filled.left:
        lines.append(gettext("Left as they were: {rows}").format(rows=", ".join(filled.left[:20])))
    return lines
