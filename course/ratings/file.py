"""`class.csv`: what a class expected of a service and what it got, a row per person, in the survey tool's format.

The file says nothing of who wrote a row: no name, no time, and the rows are in the order of their numbers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from course.folder import is_course_folder
from course.i18n import N_, translator
from course.i18n.message import Message
from course.paths import ROOT
from course.ratings.items import EXPECTED, FEWEST_PEOPLE, HIGHEST, ITEMS, LOWEST, PERCEIVED, column

NAME = "class.csv"
PERSON, SERVICE = "customer", "service"
LARGEST_FILE = 500_000
MOST_PEOPLE = 2_000
LONGEST_SERVICE = 60
COLUMNS = tuple(column(part, dimension) for part in (EXPECTED, PERCEIVED) for dimension in ITEMS)
# where a spreadsheet would take a text for a formula
FORMULA = ("=", "+", "-", "@")
CURE = N_("Save it again from the board of the class, or delete it: then the course's invented hotel stands in.")

CANNOT = N_("The file {file} cannot be used: {problem} {cure}")
# what may be wrong with a file; `gaps/file.js` of `course.ui` looks for the same
PROBLEMS = {
    "large": N_("it is larger than a class can be."),
    "text": N_("it is not a CSV file in UTF-8."),
    "column": N_("it has no column {column}."),
    "rows": N_("it has {rows} rows; there must be {fewest} to {most}."),
    "fields": N_("row {row} has {found} fields instead of {asked}."),
    "answer": N_("in row {row}, column {column}, stands “{cell}” instead of a whole number from {low} to {high}."),
}
LONGEST_CELL = 20

Row = Sequence[int | None]


class ClassFileError(ValueError):
    """Raised for a class.csv that cannot be used; the message names place, problem and cure."""

    def __init__(self, problem: Message, language: str) -> None:
        _ = translator(language)
        super().__init__(_(CANNOT).format(file=NAME, problem=problem.say(language), cure=_(CURE)))


def named(service: str) -> str:
    """Return the name of a service as it may stand in a file and on a page: one line, bounded, no formula."""
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in service).split())
    return plain.lstrip("".join(FORMULA)).strip()[:LONGEST_SERVICE].strip()


def written(rows: Sequence[Row], service: str) -> str:
    """Return the text of a class.csv. `rows`: a person's answers in the order of `COLUMNS`, 1 to 7, None where none came.

    Raises `ValueError` for fewer than `FEWEST_PEOPLE`.
    """
    if len(rows) < FEWEST_PEOPLE:
        raise ValueError(f"{len(rows)} people are too few to be told about")
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow((PERSON, SERVICE, *COLUMNS))
    # the order in which they answered would tell who is who
    ordered = sorted(rows, key=lambda row: [0 if one is None else one for one in row])
    for number, row in enumerate(ordered, 1):
        table.writerow((number, named(service), *("" if one is None else one for one in row)))
    return text.getvalue()


def read(raw: bytes, language: str) -> tuple[str, list[list[int | None]]]:
    """Return the service's name and the rows of a class.csv. Raises `ClassFileError`, in `language`."""

    def refuse(why: str, **about: object) -> ClassFileError:
        return ClassFileError(Message(PROBLEMS[why], **about), language)

    if len(raw) > LARGEST_FILE:
        raise refuse("large")
    try:
        lines = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise refuse("text") from error
    lines = [line for line in lines if line]
    head = lines[0] if lines else []
    missing = [name for name in (SERVICE, *COLUMNS) if name not in head]
    if missing:
        raise refuse("column", column=missing[0])
    if not FEWEST_PEOPLE <= len(lines) - 1 <= MOST_PEOPLE:
        raise refuse(
            "rows",
            rows=len(lines) - 1,
            fewest=FEWEST_PEOPLE,
            most=MOST_PEOPLE,
        )
    places = [head.index(name) for name in COLUMNS]
    rows: list[list[int | None]] = []
    for number, line in enumerate(lines[1:], 2):
        if len(line) != len(head):
            raise refuse("fields", row=number, found=len(line), asked=len(head))
        cells = [(name, line[place].strip()) for name, place in zip(COLUMNS, places, strict=True)]
        wrong = [(name, cell) for name, cell in cells if cell and not _is_answer(cell)]
        if wrong:
            name, cell = wrong[0]
            raise refuse(
                "answer",
                row=number,
                column=name,
                cell=cell[:LONGEST_CELL],
                low=LOWEST,
                high=HIGHEST,
            )
        rows.append([int(cell) if cell else None for _name, cell in cells])
    return named(lines[1][head.index(SERVICE)]), rows


def _is_answer(cell: str) -> bool:
    return len(cell) == 1 and cell.isascii() and cell.isdigit() and LOWEST <= int(cell) <= HIGHEST


def place(start: Path | None = None) -> Path:
    """Return where a class.csv belongs: into the folder that holds the course, or the learner's copies, around `start`."""
    here = (start or Path.cwd()).resolve()
    return next((folder / NAME for folder in (here, *here.parents) if is_course_folder(folder)), ROOT / NAME)


def found(start: Path | None = None) -> bytes | None:
    """Return the bytes of the class.csv that lies there, None where none does; of one that is too large, as many as tell."""
    try:
        with place(start).open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError:
        return None
