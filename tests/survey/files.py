"""Surveys as files: one small table written in every dialect that we promise to read."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook

EN = ("Date", "Expected reliability 1", "Perceived reliability 1", "Recommend", "Comment")
ZH = ("日期", "期望_可靠性_1", "感知_可靠性_1", "推荐意愿", "意见")
ROWS: tuple[tuple[str, int, int, int, str], ...] = (
    ("2026-03-02", 7, 5, 9, "fine"),
    ("2026-03-03", 6, 6, 0, ""),
    ("2026-03-04", 7, 4, 10, "很好"),
    ("2026-03-05", 5, 5, 7, "a bit slow"),
)
ASCII = tuple((*row[:4], row[4].replace("很好", "good")) for row in ROWS)


def table(
    header: Sequence[str] = EN,
    rows: Sequence[Sequence[Any]] = ASCII,
    *,
    delimiter: str = ",",
    end: str = "\n",
    quoting: Any = csv.QUOTE_MINIMAL,
) -> str:
    """Return a table as the text of a CSV file."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows([header, *rows])
    return out.getvalue()


def book(fill: Callable[[Workbook], None] | None = None, rows: Sequence[Sequence[Any]] = (EN, *ASCII)) -> bytes:
    """Return a workbook with `rows` on its first sheet, changed by `fill` before it is saved."""
    made = Workbook()
    for row in rows:
        made.active.append(list(row))
    if fill:
        fill(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes] = lambda _name, body: body, **further: bytes) -> bytes:
    """Return a ZIP archive with its parts changed and further parts added (names with `/` as `__`)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, change(info.filename, old.read(info)))
        for name, body in further.items():
            new.writestr(name.replace("__", "/"), body)
    return out.getvalue()


def with_cached_result(data: bytes) -> bytes:
    """Return a workbook whose formulas carry a saved result, 5."""

    def change(name: str, body: bytes) -> bytes:
        return re.sub(rb"</f><v\s*/>|</f><v></v>", b"</f><v>5</v>", body) if name.endswith("sheet1.xml") else body

    return repacked(data, change)


def dated() -> bytes:
    """Return a workbook with true dates, as Excel stores them."""
    rows = [(dt.datetime.fromisoformat(row[0]), *row[1:]) for row in ASCII]
    return book(rows=(EN, *rows))
