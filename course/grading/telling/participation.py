"""Points for taking part as tables: one row for each student, one column for each module of which anything came."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from course.grading.assignment.roster import Student
from course.grading.book import participation
from course.grading.book.participation import Rule
from course.grading.intake.participation import Participation
from course.grading.telling import export, workbook
from course.i18n import gettext as _
from course.manifest import syllabus

FOLDER = Path("reports", "participation")
TABLE, WORKBOOK = "participation.csv", "participation.xlsx"
Kept = Mapping[str, Mapping[str, Participation]]


def write(root: Path, people: Mapping[str, Student], rule: Rule) -> list[Path]:
    """Write the table, and the workbook with the heads of Chinese platforms; return their paths."""
    found = {one: participation.kept(root, one) for one in people}
    folder = root / FOLDER
    export.write(folder / TABLE, export.text(rows(found, people, rule)), for_spreadsheets=True)
    workbook.write(folder / WORKBOOK, [_row(people[one], found[one], rule) for one in people])
    return [folder / TABLE, folder / WORKBOOK]


def rows(found: Kept, people: Mapping[str, Student], rule: Rule) -> list[tuple[str, ...]]:
    """Return id, name, points by module and their sum for everybody of the class; heads first. Empty: nothing came."""
    modules = [one for one in syllabus().modules if any(one.id in handed for handed in found.values())]
    table = [(_("id"), _("Name"), *(one.number for one in modules), _("Points"))]
    for student in people.values():
        handed = found[student.id]
        points = [export.number(rule.of(handed[one.id])) if one.id in handed else "" for one in modules]
        table.append((student.id, student.shown_name, *points, export.number(_sum(handed, rule))))
    return table


def _sum(handed: Mapping[str, Participation], rule: Rule) -> float:
    return sum(rule.of(one) for one in handed.values())


def _row(student: Student, handed: Mapping[str, Participation], rule: Rule) -> tuple[str, str, float | None, str]:
    numbers = {syllabus().module(one).number: found for one, found in handed.items()}
    comment = "; ".join(f"{number} {export.number(rule.of(found))}" for number, found in sorted(numbers.items()))
    return student.id, student.shown_name, round(_sum(handed, rule), 1), comment
