"""The class list, `students.csv`: one row per learner, UTF-8, with at least the column `id`, the name of their folder.

Other columns are read where they are there: `first_name`, `last_name`, `email` (as nbgrader has them), `language` (en or
zh), and what learning platforms ask for: `canvas_id`, `sis_user_id`, `sis_login_id`, `section`, `id_number`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from pathlib import Path

import click

from course.i18n import DEFAULT, gettext, match_language

FILE = "students.csv"


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

    @property
    def name(self) -> str:
        """The name as platforms sort it, the id where none is known."""
        return ", ".join(part for part in (self.last_name, self.first_name) if part) or self.id

    @property
    def edition(self) -> str:
        """The language in which the learner works."""
        return match_language(self.language) or DEFAULT


def read(path: Path) -> dict[str, Student]:
    """Return the class by id. Raises a `ClickException` that names file, row and cure."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        message = gettext("{file} cannot be read ({error}). Save the class list as a CSV file in UTF-8.")
        raise click.ClickException(message.format(file=path, error=error)) from error
    known = [field.name for field in fields(Student)]
    found: dict[str, Student] = {}
    for number, row in enumerate(rows, start=2):
        own = {name: (row.get(name) or "").strip() for name in known}
        name = own["id"]
        if not name or name in found or "/" in name or "\\" in name or name.startswith("."):
            message = gettext(
                "{file}, row {number}: every learner needs an id of their own in the column id, the name of their folder."
            )
            raise click.ClickException(message.format(file=path, number=number))
        found[name] = Student(**own)
    return found
