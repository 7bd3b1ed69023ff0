"""Headers of one, two or three rows, as survey programs write them, joined into one name per column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from course.survey.values import is_missing, number

NUMBER = re.compile(r"[-+−]?\d+([.,]\d+)?%?$")
# Qualtrics: codes, question texts, and a row of JSON; SurveyMonkey: questions, and below them items or "Response"
IMPORT_ID = re.compile(r'^\{\s*"?ImportId', re.I)
RESPONSE = re.compile(r"(?:open-ended )?response|回复|回答|开放式回答|开放式回复|응답|回答（自由記述）", re.I)
MOST_ROWS, MOSTLY = 3, 0.8
LONGEST_NAME = 240
Row = Sequence[str]


def filled(row: Row) -> int:
    """Return how many cells of a row hold something."""
    return sum(bool(cell) for cell in row)


def is_number(text: str) -> bool:
    """Say whether a cell is nothing but a number."""
    return bool(NUMBER.match(text))


def first(rows: Sequence[Row]) -> int | None:
    """Return the place of the first row of the header, None where no row holds anything."""
    widest = max((filled(row) for row in rows), default=0)
    least = 1 if widest <= 1 else 2
    for place, row in enumerate(rows):
        # "Report of;2026-03-02" above a wide table is a title
        title = filled(row) == 2 and widest >= 5 and place + 1 < len(rows) and not filled(rows[place + 1])
        if filled(row) >= least and not title:
            return place
    return None


def joined(rows: Sequence[Row]) -> tuple[list[str], int]:
    """Return the names of the columns and how many of these rows, the first of which begins the header, they fill."""
    names = list(rows[0])
    if len(rows) > 2 and 2 * sum(bool(IMPORT_ID.match(cell)) for cell in rows[2]) > filled(rows[2]) > 0:
        return [_together(name, text, ": ") for name, text in zip(names, rows[1], strict=True)], 3
    if len(rows) > 1 and _is_monkeys(rows[1]):
        return _grouped(names, ["" if RESPONSE.fullmatch(cell) else cell for cell in rows[1]], brackets=True), 2
    if len(rows) > 1 and _is_merged(names, rows[1], rows[2:3]):
        return _grouped(names, rows[1], brackets=False), 2
    used = 1
    while used < min(MOST_ROWS, len(rows)) and any(
        _describes(rows[used], rows[used + skipped :]) for skipped in (1, 2)
    ):
        names = [_together(name, text, " / ") for name, text in zip(names, rows[used], strict=True)]
        used += 1
    return names, used


def _together(name: str, text: str, between: str) -> str:
    if not text or text == name:
        return name
    return (f"{name}{between}{text}" if name else text)[:LONGEST_NAME]


def _is_monkeys(second: Row) -> bool:
    return any(RESPONSE.fullmatch(cell) for cell in second) and not any(is_number(cell) for cell in second)


def _is_merged(above: Row, below: Row, third: Sequence[Row]) -> bool:
    """Merged headings leave empty cells beside them; the row below has the names, and numbers only begin after it."""
    gaps = [place for place, cell in enumerate(above) if not cell]
    named_below = [place for place in gaps if below[place]]
    if not named_below or len(named_below) < len(gaps) / 2 or any(is_number(cell) for cell in below):
        return False
    return bool(third) and any(is_number(cell) for cell in third[0])


def _grouped(above: Row, below: Row, *, brackets: bool) -> list[str]:
    names, group = [], ""
    for head, item in zip(above, below, strict=True):
        group = head or (group if item else "")
        name = f"{group} [{item}]" if brackets and group and item else " ".join(part for part in (group, item) if part)
        names.append(name[:LONGEST_NAME])
    return names


def _describes(candidate: Row, rows: Sequence[Row]) -> bool:
    """Say whether a row describes columns: text where all these rows below it hold numbers."""
    below = [row for row in rows if filled(row)]
    if len(below) < 2:
        return False
    numeric = [
        place
        for place in range(len(candidate))
        if (cells := [row[place] for row in below if not is_missing(row[place])]) and all(map(is_number, cells))
    ]
    texts = [place for place in numeric if not is_missing(candidate[place]) and number(candidate[place]) is None]
    return len(numeric) >= 2 and len(texts) >= MOSTLY * len(numeric)
