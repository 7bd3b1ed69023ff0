"""Twenty-odd ways to write one table: each is read rightly, down to the answers, the row numbers and the dialect."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from course.survey import clean, guess, read_survey
from course.survey.plan import DATE, EXPECTATION, IGNORE, PERCEPTION, RECOMMEND
from tests.survey.files import ASCII, ROWS, ZH, book, dated, repacked, table, with_cached_result

EXPECTED, PERCEIVED, RECOMMENDED = [7, 6, 7, 5], [5, 6, 4, 5], [9, 0, 10, 7]
HALVES = tuple(
    (row[0], *(f"{value},5" if value < 7 else f"{value},0" for value in row[1:3]), *row[3:]) for row in ASCII
)
LABELS = tuple((row[0], f"{row[1]} - very", f"{row[2]}（好）", f"{row[3]}分", row[4]) for row in ASCII)
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
FULL_WIDTH = tuple((row[0], *(str(value).translate(WIDE) for value in row[1:4]), row[4]) for row in ROWS)
MULTI = tuple((*row[:4], 'two\nlines, and a "quotation"') for row in ASCII)
GROUPED = (("", "Expected", "Perceived", "Recommend", "Comment"), ("Date", "reliability 1", "reliability 1", "", ""))


def _sheets(made):
    made.create_sheet("Notes").append(["how this was made"])


def _empty_first(made):
    made.active.title = "Answers"
    made.create_sheet("Cover", 0).append(["The survey of 2026"])


def _formula(made):
    made.active["C2"] = "=2+3"


def _merged(made):
    made.active.merge_cells("E1:F1")


# name, bytes, kind, encoding, delimiter or sheet, first row of answers
FILES = {
    "utf-8": (table().encode(), "csv", "utf-8", ",", 2),
    "utf-8 with mark, Chinese": (table(ZH, ROWS).encode("utf-8-sig"), "csv", "utf-8-sig", ",", 2),
    "utf-8 without mark, Chinese": (table(ZH, ROWS).encode(), "csv", "utf-8", ",", 2),
    "GB18030, as Excel in China saves": (table(ZH, ROWS).encode("gb18030"), "csv", "gb18030", ",", 2),
    "GB18030, semicolon": (table(ZH, ROWS, delimiter=";").encode("gb18030"), "csv", "gb18030", ";", 2),
    "utf-16, tab, as “Unicode text”": (table(ZH, ROWS, delimiter="\t").encode("utf-16"), "csv", "utf-16", "\t", 2),
    "utf-16 big end first, without mark": (table().encode("utf-16-be"), "csv", "utf-16-be", ",", 2),
    "semicolon": (table(delimiter=";").encode(), "csv", "utf-8", ";", 2),
    "tab": (table(delimiter="\t").encode(), "csv", "utf-8", "\t", 2),
    "bar": (table(delimiter="|").encode(), "csv", "utf-8", "|", 2),
    "the delimiter named in the first line": (b"sep=;\n" + table(delimiter=";").encode(), "csv", "utf-8", ";", 3),
    "line ends of Windows": (table(end="\r\n").encode(), "csv", "utf-8", ",", 2),
    "line ends of old Macs": (table(end="\r").encode(), "csv", "utf-8", ",", 2),
    "everything quoted": (table(quoting=csv.QUOTE_ALL).encode(), "csv", "utf-8", ",", 2),
    "quoted line breaks": (table(rows=MULTI).encode(), "csv", "utf-8", ",", 2),
    "labels beside numbers": (table(rows=LABELS).encode(), "csv", "utf-8", ",", 2),
    "full-width digits": (table(ZH, FULL_WIDTH).encode(), "csv", "utf-8", ",", 2),
    "a title above the header": (b"Survey of 2026\n\n" + table().encode(), "csv", "utf-8", ",", 4),
    "commas to spare at the end": (table().replace("\n", ",,\n").encode(), "csv", "utf-8", ",", 2),
    "two rows of header": (table(GROUPED[0], [GROUPED[1], *ASCII]).encode(), "csv", "utf-8", ",", 3),
    "XLSX": (book(), "xlsx", "", "Sheet", 2),
    "XLSX, true dates": (dated(), "xlsx", "", "Sheet", 2),
    "XLSX, several sheets": (book(_sheets), "xlsx", "", "Sheet", 2),
    "XLSX, a cover sheet first": (book(_empty_first), "xlsx", "", "Answers", 2),
    "XLSX, a calculated formula": (with_cached_result(book(_formula)), "xlsx", "", "Sheet", 2),
    "XLSX, merged cells": (book(_merged), "xlsx", "", "Sheet", 2),
    "XLSX, two rows of header": (book(rows=(*GROUPED, *ASCII)), "xlsx", "", "Sheet", 3),
    "XLSX with links to other files": (
        repacked(book(), xl__externalLinks__externalLink1=b"<x/>"),
        "xlsx",
        "",
        "Sheet",
        2,
    ),
}


def test_there_are_twenty():
    assert len(FILES) >= 20


@pytest.mark.parametrize("name", FILES)
def test_read_rightly(name):
    data, kind, encoding, mark, first = FILES[name]
    raw = read_survey(data, "survey")
    assert (raw.dialect.kind, raw.dialect.encoding) == (kind, encoding)
    assert mark == (raw.dialect.sheet if kind == "xlsx" else raw.dialect.delimiter)
    assert raw.cells.index.tolist() == list(range(first, first + 4))
    assert raw.cells.shape[1] == 5
    plan = guess(raw)
    assert [use.role for use in plan.uses.values()] == [DATE, EXPECTATION, PERCEPTION, RECOMMEND, IGNORE]
    assert plan.questions == ()
    survey = clean(raw, plan)
    assert survey.expectation["reliability"].answers[:, 0].tolist() == EXPECTED
    assert survey.perception["reliability"].answers[:, 0].tolist() == PERCEIVED
    assert survey.recommend.tolist() == RECOMMENDED
    assert survey.dates.tolist() == [np.datetime64(row[0]).item() for row in ROWS]
    assert not any(step.count for step in survey.steps if step.kind in ("missing", "outside", "copies"))


def test_decimal_comma():
    raw = read_survey(table(rows=HALVES, delimiter=";").encode(), "survey")
    survey = clean(raw, guess(raw))
    assert survey.expectation["reliability"].answers[:, 0].tolist() == [7.0, 6.5, 7.0, 5.5]


def test_decimal_comma_in_quotes():
    raw = read_survey(table(rows=HALVES).encode(), "survey")
    assert clean(raw, guess(raw)).perception["reliability"].answers[:, 0].tolist() == [5.5, 6.5, 4.5, 5.5]


def test_rows_keep_their_numbers_over_empty_ones():
    lines = table().splitlines()
    raw = read_survey("\n".join([*lines[:2], "", ",,,,", *lines[2:], "", ""]).encode(), "survey")
    assert raw.cells.index.tolist() == [2, 5, 6, 7]
    assert [note.say("en") for note in raw.notes] == ["Empty rows left out: 2."]


def test_excel_leaves_out_commas_after_empty_last_cells():
    lines = table().splitlines()
    raw = read_survey("\n".join([*lines[:2], lines[2].rstrip(","), *lines[3:]]).encode(), "survey")
    assert raw.cells["Comment"].tolist() == ["fine", "", "good", "a bit slow"]
    assert "the first is row 3" in raw.notes[0].say("en")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026/3/2", "2026-03-02"),
        ("2026年3月2日", "2026-03-02"),
        ("2026-03-02 14:05:11", "2026-03-02"),
        ("2026-03-02T14:05", "2026-03-02"),
        ("20260302", "2026-03-02"),
        ("2.3.2026", "2026-03-02"),
        ("2 Mar 2026", "2026-03-02"),
        ("March 2, 2026", "2026-03-02"),
        ("2026年3月", "2026-03-01"),
        ("46083", "2026-03-02"),
    ],
)
def test_dates(text, day):
    rows = [(text, *row[1:]) for row in ASCII]
    raw = read_survey(table(rows=rows).encode(), "survey")
    assert clean(raw, guess(raw).answer("dates", "day") if "." in text else guess(raw)).dates[0] == np.datetime64(day)


def test_columns_by_number_are_servqual_in_its_own_order():
    header = [f"P{number}" for number in range(1, 23)]
    raw = read_survey(table(header, [[5] * 22, [6] * 21 + [1]]).encode(), "survey")
    plan = guess(raw)
    assert plan.uses["P4"].dimension == "tangibles"
    assert plan.uses["P22"].dimension == "empathy"
    assert [len(plan.columns(PERCEPTION, each)) for each in ("tangibles", "reliability")] == [4, 5]
