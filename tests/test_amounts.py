"""Sentences and page write amounts alike: one table of cases for `course/amounts.py` and `course/ui/page/amounts.js`."""

from __future__ import annotations

import json

import pytest

from course.amounts import Amount, counted, large_unit
from course.paths import ROOT

CASES = json.loads((ROOT / "tests" / "ui" / "js" / "amounts.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("number", "digits", "unit", "language", "text"), CASES["amounts"])
def test_amounts_are_written_as_the_page_writes_them(number, digits, unit, language, text):
    assert counted(number, digits, unit) == text


@pytest.mark.parametrize(("label", "most", "head", "times"), CASES["labels"])
def test_a_label_says_what_its_numbers_are_told_in_as_on_the_page(label, most, head, times):
    assert large_unit(label, most) == (head, times)


@pytest.mark.parametrize(
    ("template", "number", "text"),
    [
        ("{x:.1f}", -0.04, "0.0"), ("{x:+.1f}", 0.04, "0.0"), ("{x:+.1f}", 0.06, "+0.1"), ("{x:+.0f}", -22, "−22"),
        ("{x:,.0f}", 1616, "1,616"), ("{x:.0f}", 1616, "1,616"), ("{x:.0%}", 0.27, "27%"), ("{x:g}", 60.0, "60"),
        ("{x:g}", 4.5, "4.5"), ("{x:g}", 0.0, "0"), ("{x:g|day|days}", 1.0, "1 day"), ("{x:g|day|days}", 1.5, "1.5 days"),
        ("{x:.0f|百万元}", 346.0, "3.46 亿元"),
    ],
)  # fmt: skip
def test_a_sentence_writes_a_number_as_its_placeholder_says(template, number, text):
    assert template.format(x=Amount(number)) == text
