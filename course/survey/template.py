"""The template to download and fill in, which reads back without a question."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from course.i18n import N_, current_language, translator
from course.survey.names import DIMENSION_NAMES
from course.theory.service_quality import ASSURANCE, DIMENSIONS, EMPATHY, RELIABILITY, RESPONSIVENESS, TANGIBLES

QUESTIONS = {RELIABILITY: 5, RESPONSIVENESS: 4, ASSURANCE: 4, EMPATHY: 5, TANGIBLES: 4}
EXPECTED, PERCEIVED = N_("Expected {dimension} {number}"), N_("Perceived {dimension} {number}")
MATTERS = N_("Importance of {dimension}")
CUSTOMER, DATE = N_("Customer no."), N_("Date")
RECOMMEND, SATISFACTION = N_("Would recommend (0-10)"), N_("Overall satisfaction (1-7)")
# three invented customers: expectation, perception (both 1 to 7), overall satisfaction and recommendation
EXAMPLES = (
    ("2026-03-02", "6675567666677567766655", "5565456656566576655554", (30, 20, 20, 15, 15), 5, 7),
    ("2026-03-02", "7766676675766667667765", "6655565567655666556654", (40, 20, 15, 15, 10), 6, 9),
    ("2026-03-03", "5654665755675566545643", "3423442533453343324432", (35, 25, 20, 10, 10), 3, 0),
)
NOTES = (
    N_("One row per customer, one column per question. The three rows are examples: write over them."),
    N_("“Expected” is what a very good firm should offer, “perceived” is what yours did offer, both from 1 to 7."),
    N_("Importance: the customer shares out 100 points among the five dimensions."),
    N_("Would recommend: 0 (never) to 10 (certainly). Keep the 0; a scale that starts at 1 gives another score."),
    N_(
        "Leave a cell empty where there is no answer. Delete columns that you did not ask, or add questions of a dimension."
    ),
    N_("Dates as 2026-11-22. Save as CSV UTF-8 or XLSX."),
)


def template(kind: str, language: str | None = None) -> bytes:
    """Return the template as the bytes of a file; `kind` is "csv" or "xlsx". Raises `ValueError` for another kind."""
    language = language or current_language()
    return written(kind, _rows(language), NOTES, language)


def written(kind: str, rows: Sequence[Sequence[str | int]], notes: Sequence[str], language: str) -> bytes:
    """Return rows as the bytes of a CSV file or of a workbook, which also has the notes; raises as `template` does."""
    if kind == "csv":
        out = io.StringIO(newline="")
        csv.writer(out).writerows(rows)
        return out.getvalue().encode("utf-8-sig")
    if kind == "xlsx":
        return _workbook(rows, notes, language)
    raise ValueError(f"there is no template of the kind {kind!r}")


def _rows(language: str) -> list[list[str | int]]:
    _ = translator(language)
    names = {each: _(DIMENSION_NAMES[each]) for each in DIMENSIONS}
    if language == "en":
        names = {each: name.lower() for each, name in names.items()}
    header = [_(CUSTOMER), _(DATE)]
    for text in (EXPECTED, PERCEIVED):
        header += [
            _(text).format(dimension=names[each], number=number)
            for each in DIMENSIONS
            for number in range(1, QUESTIONS[each] + 1)
        ]
    header += [_(MATTERS).format(dimension=names[each]) for each in DIMENSIONS]
    header += [_(SATISFACTION), _(RECOMMEND)]
    rows: list[list[str | int]] = [list(header)]
    for place, (day, expected, perceived, points, satisfaction, recommend) in enumerate(EXAMPLES, 1):
        rows.append([place, day, *map(int, expected), *map(int, perceived), *points, satisfaction, recommend])
    return rows


def _workbook(rows: Sequence[Sequence[str | int]], texts: Sequence[str], language: str) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    _ = translator(language)
    book = Workbook()
    sheet = book.active
    sheet.title = _("Answers")
    for row in rows:
        sheet.append(row)
    for cell in sheet[1]:
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    notes = book.create_sheet(_("How to fill it in"))
    for note in texts:
        notes.append([_(note)])
    notes.column_dimensions["A"].width = 110
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
