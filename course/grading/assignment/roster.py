"""The class list: CSV or XLSX, one row per learner, with at least the column `id`, the name of their folder.

Its heads are `id`, `first_name`, `last_name`, `email` (as nbgrader has them), `language` (en or zh), and what learning
platforms ask for: `canvas_id`, `sis_user_id`, `sis_login_id`, `section`, `id_number`; or what registries write: 学号, 姓名,
ID, Name, Email. Cells are text: zeros in front and long numbers are kept.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields
from pathlib import Path

import click

from course.grading.assignment import sheets
from course.i18n import DEFAULT, gettext, match_language

FILE = "students.csv"
WORKBOOK = "students.xlsx"
# What else a column may be called, without regard to case, spaces and punctuation
HEADS = {
    "id": ("学号", "studentid", "studentnumber", "studentno", "学生号", "学生编号", "学生学号"),
    "full_name": ("姓名", "name", "fullname", "studentname", "学生姓名", "全名", "名字"),
    "first_name": ("firstname", "givenname", "名"),
    "last_name": ("lastname", "surname", "familyname", "姓", "姓氏"),
    "email": ("email", "emailaddress", "mail", "邮箱", "电子邮箱", "电子邮件", "电子邮件地址", "邮件地址"),
    "language": ("语言",),
    "sis_login_id": ("username", "login", "loginid", "用户名", "账号", "登录名"),
    "section": ("班级", "class", "group", "教学班"),
    "id_number": ("idnumber", "编号"),
    "moodle_id": ("identifier", "识别码", "编号识别码"),
}
LANGUAGE_NAMES = {"中文": "zh", "英文": "en", "英语": "en", "chinese": "zh", "english": "en"}


@dataclass(frozen=True)
class Student:
    """One learner."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    language: str = ""
    canvas_id: str = ""
    sis_user_id: str = ""
    sis_login_id: str = ""
    section: str = ""
    id_number: str = ""
    full_name: str = ""
    moodle_id: str = ""

    @property
    def name(self) -> str:
        """The name as platforms sort it, the id where none is known."""
        return ", ".join(part for part in (self.last_name, self.first_name) if part) or self.full_name or self.id

    @property
    def shown_name(self) -> str:
        """The name as people write it, empty where none is known."""
        if self.full_name:
            return self.full_name
        chinese = any("\u4e00" <= letter <= "\u9fff" for letter in self.last_name + self.first_name)
        parts = (self.last_name, self.first_name) if chinese else (self.first_name, self.last_name)
        return ("" if chinese else " ").join(part for part in parts if part)

    @property
    def names(self) -> frozenset[str]:
        """Every way in which the whole name may be written, as `plain` leaves it."""
        both = (f"{self.first_name}{self.last_name}", f"{self.last_name}{self.first_name}") if self.last_name else ()
        last, comma, first = self.full_name.partition(",")
        return frozenset(plain(text) for text in (self.full_name, first + last if comma else "", *both)) - {""}

    @property
    def edition(self) -> str:
        """The language in which the learner works."""
        return match_language(self.language) or DEFAULT


def plain(text: str) -> str:
    """Return a name without case, spaces and punctuation, as platforms write it into file names.

    >>> plain("Berg, Anna-Lena"), plain("欧阳 娜娜")
    ('bergannalena', '欧阳娜娜')
    """
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())


def find(root: Path) -> Path:
    """Return the class list of a course folder: students.csv, or students.xlsx where there is only that."""
    book = root / WORKBOOK
    return book if book.is_file() and not (root / FILE).is_file() else root / FILE


def read(path: Path) -> dict[str, Student]:
    """Return the class by id. Raises a `ClickException` that names file, row and cure."""
    try:
        heads, *rows = sheets.read(path)
    except sheets.SheetError as error:
        raise click.ClickException(error.why.say()) from error
    columns = _columns(heads, path)
    found: dict[str, Student] = {}
    for number, row in enumerate(rows, start=2):
        if not any(row):
            continue
        own = {name: row[at] if at < len(row) else "" for name, at in columns.items()}
        if spoilt := next((text for text in own.values() if sheets.SPOILT.fullmatch(text)), ""):
            message = gettext(
                "{file}, row {number}: a spreadsheet has turned a long number into {text}. Format the column as text and "
                "enter it again."
            )
            raise click.ClickException(message.format(file=path, number=number, text=spoilt))
        name = own["id"]
        if not name or name in found or "/" in name or "\\" in name or name.startswith(".") or not name.isprintable():
            message = gettext(
                "{file}, row {number}: every learner needs an id of their own in the column id, the name of their folder."
            )
            raise click.ClickException(message.format(file=path, number=number))
        own["moodle_id"] = "".join(re.findall(r"\d+$", own.get("moodle_id", "")))
        own["language"] = LANGUAGE_NAMES.get(own.get("language", "").lower(), own.get("language", ""))
        found[name] = Student(**own)
    return found


def _columns(heads: list[str], path: Path) -> dict[str, int]:
    """Return the place of every column that is known. Raises a `ClickException` for none of ids and for two of a kind."""
    known = {plain(head): field for field, names in HEADS.items() for head in names}
    known |= {plain(field.name): field.name for field in fields(Student)}
    exact = {field.name for field in fields(Student)}
    columns: dict[str, int] = {}
    for at, head in enumerate(heads):
        field = head if head in exact else known.get(plain(head), "")
        if not field:
            continue
        if field in columns and heads[columns[field]] in exact and field == "id":
            field = "id_number"
        elif field in columns and head in exact and field == "id":
            columns["id_number"] = columns.pop("id")
        if field in columns:
            message = gettext("{file} has two columns for one thing: {one} and {other}. Take one of them out.")
            raise click.ClickException(message.format(file=path, one=heads[columns[field]], other=head))
        columns[field] = at
    if "id" not in columns and "id_number" in columns:
        columns["id"] = columns["id_number"]
    if "id" not in columns:
        message = gettext(
            "{file} has no column of ids. Call it id, ID or 学号; these are its heads: {heads}. Save the class list as a "
            "CSV file in UTF-8 or as XLSX."
        )
        raise click.ClickException(message.format(file=path, heads=", ".join(heads[:12])))
    return columns
