"""Points as a workbook with the heads that Chinese platforms ask for: 学号 姓名 分数 评语."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from course.whole import replaced

HEADS = ("学号", "姓名", "分数", "评语")
# What no cell of a workbook can hold
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
LONGEST = 32_000


def write(path: Path, rows: Iterable[tuple[str, str, float | None, str]]) -> None:
    """Write id, name, points and comment of each student. Ids are text, points are numbers, and nothing is a formula."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADS)
    for at, (student, name, points, comment) in enumerate(rows, start=2):
        for place, text in ((1, student), (2, name), (4, comment)):
            cell = sheet.cell(at, place, _ILLEGAL.sub(" ", text)[:LONGEST])
            cell.data_type = "s"
            cell.number_format = "@"
        sheet.cell(at, 3, points)
    for column, wide in zip("ABCD", (22, 14, 8, 80), strict=True):
        sheet.column_dimensions[column].width = wide
    path.parent.mkdir(parents=True, exist_ok=True)
    with replaced(path) as spare:
        book.save(spare)
