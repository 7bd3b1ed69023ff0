"""Moodle's offline grading worksheet, filled in: its own file with points and comments added, every other cell as it was.

Moodle finds rows by *Identifier*, and reads the columns whose heads are its own words for grade and feedback comments
(mod/assign/feedback/offline/importgradeslib.php).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from course.grading.assignment import sheets
from course.grading.assignment.roster import Student, plain
from course.grading.assignment.status import note
from course.grading.telling.export import number, safe
from course.i18n import N_
from course.i18n.message import Message

IDENTIFIER = ("Identifier", "识别码", "编号", "識別碼")
GRADE = ("Grade", "成绩", "分数", "成績")
MOST = ("Maximum grade", "Maximum Grade", "最高成绩", "最高分", "最高成績")
COMMENT = ("Feedback comments", "反馈评论", "反馈意见", "评语", "回饋評論")
CHANGEABLE = ("Grade can be changed", "可以更改成绩", "可修改成绩")
EMAIL = ("Email address", "电子邮件地址", "电子邮箱", "邮箱地址")
ID_NUMBER = ("ID number", "编号", "学号")
NAME = ("Full name", "全名", "姓名")
NO = ("No", "否")


class WorksheetError(ValueError):
    """Raised where a worksheet cannot be filled in; `why` says so and what helps."""

    def __init__(self, why: Message) -> None:
        super().__init__(why.say("en"))
        self.why = why


@dataclass
class Filled:
    """A worksheet with points, whose rows were filled, and what was left as it was."""

    content: str
    students: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def fill(
    path: Path,
    people: Mapping[str, Student],
    numbers: Mapping[str, str],
    points: Mapping[str, tuple[str, str]],
    out_of: float,
) -> Filled:
    """Return the worksheet with the points and comments of each student. Raises `WorksheetError`.

    `numbers` are Moodle's by student, as the collected archive named them; else rows are found by e-mail, ID number or
    the whole name, where only one student has it. `points` hold the points and a comment, as text.
    """
    try:
        text = sheets.decoded(path.read_bytes())
    except OSError as error:
        why = N_("{file} cannot be opened: {problem}.")
        raise WorksheetError(note(why, file=path, problem=error.strerror or error)) from error
    delimiter = max((",", ";", "\t"), key=(text or "").partition("\n")[0].count)
    rows = list(csv.reader(io.StringIO(text or "", newline=""), delimiter=delimiter))
    heads = [head.strip("\ufeff ") for head in rows[0]] if rows else []
    at = {name: _place(heads, words) for name, words in _COLUMNS.items()}
    if at["identifier"] is None or at["grade"] is None or at["comment"] is None:
        why = N_(
            "{file} is no grading worksheet of Moodle with feedback comments. Download it there: Download grading "
            "worksheet; comments have to be switched on in the assignment's feedback types."
        )
        raise WorksheetError(note(why, file=path))
    filled = Filled("")
    for row in rows[1:]:
        label = " ".join(row[:2])
        student = _student(row, at, people, numbers)
        if student not in points or not points[student][0]:
            filled.left.append(label)
            continue
        most = _cell(row, at["most"])
        if most and not _is(most, out_of):
            why = N_(
                "{file}: the highest grade in Moodle is {most}, here it is {out_of}. Set it to {out_of} in the "
                "assignment's settings and download the worksheet again."
            )
            raise WorksheetError(note(why, file=path, most=most, out_of=number(out_of)))
        if _cell(row, at["changeable"]) in NO:
            filled.left.append(label)
            continue
        row[at["grade"]], row[at["comment"]] = points[student][0], safe(points[student][1])
        filled.students.append(student)
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\r\n").writerows([heads, *rows[1:]])
    filled.content = stream.getvalue()
    return filled


_COLUMNS = {
    "identifier": IDENTIFIER,
    "grade": GRADE,
    "most": MOST,
    "comment": COMMENT,
    "changeable": CHANGEABLE,
    "email": EMAIL,
    "id_number": ID_NUMBER,
    "name": NAME,
}


def _is(text: str, figure: float) -> bool:
    try:
        return float(text.replace(",", ".")) == figure
    except ValueError:
        return False


def _place(heads: list[str], words: tuple[str, ...]) -> int | None:
    return next((heads.index(word) for word in words if word in heads), None)


def _cell(row: list[str], at: int | None) -> str:
    return row[at].strip() if at is not None and at < len(row) else ""


def _student(
    row: list[str], at: Mapping[str, int | None], people: Mapping[str, Student], numbers: Mapping[str, str]
) -> str:
    """Return whose a row is, nothing where that is not certain."""
    identifier = "".join(letter for letter in _cell(row, at["identifier"]) if letter.isdigit())
    known = {value: student for student, value in numbers.items()}
    if identifier in known:
        return known[identifier]
    email, own, name = (_cell(row, at[column]) for column in ("email", "id_number", "name"))
    for fits in (
        [one.id for one in people.values() if identifier and one.moodle_id == identifier],
        [one.id for one in people.values() if email and one.email.casefold() == email.casefold()],
        [one.id for one in people.values() if own and own in (one.id_number, one.id)],
        [one.id for one in people.values() if name and plain(name) in one.names],
    ):
        if len(fits) == 1:
            return fits[0]
    return ""
