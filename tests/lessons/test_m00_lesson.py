"""Module 0: what its boxes ask for can be written with what they teach, and every check knows right from wrong."""

from __future__ import annotations

import ast
import re
from typing import Any

import nbformat
import pytest

import course
from course.authoring.python_taught import BEGIN, END, taught, uses
from course.authoring.repo import Repo
from course.datasets import load
from course.i18n import LANGUAGES, use_language
from course.lesson import verdict
from course.manifest import syllabus
from course.paths import ROOT
from course.questions import questions
from tests.lessons.prose import Ledger, Numbers, rounded

MODULE = syllabus().module("m00")
CHECKS = {check.key: check for check in questions(MODULE).checks}
FIRST = 'late = parcels[parcels["mean_day"] > 0]\n'
# check -> what a learner may write, and slips with a word of the sentence they get
ANSWERS: dict[str, tuple[str, dict[str, str]]] = {
    "skip-function": (
        "def kept_share(days, promised):\n    count = 0\n    for day in days:\n        if day <= promised:\n"
        "            count = count + 1\n    return count / len(days)",
        {"def kept_share(days, promised):\n    return 0.6": "at most `promised`"},
    ),
    "skip-table": (
        FIRST + 'late_orders = late["orders"].sum()',
        {'late_orders = parcels["orders"].sum()': "Only the rows"},
    ),
    "power": ("tenth_round = 2 ** 10", {"tenth_round = 2 * 10": "two stars", "tenth_round = ...": "no answer"}),
    "gap": ("gap = on_time - too_late", {"gap = too_late - on_time": "on_time - too_late"}),
    "in-time": ("in_time = 3 <= 5", {"in_time = 3 > 5": "<=", "in_time = 1": "<="}),
    "mean": ("mean = sum(stars) / len(stars)", {"mean = sum(stars)": "divided by the length"}),
    "gap-between": (
        "def gap_between(perceived, expected):\n    return perceived - expected",
        {
            "def gap_between(perceived, expected):\n    return expected - perceived": "return perceived - expected",
            "def gap_between(perceived, expected):\n    ...": "nothing back",
        },
    ),
    "verdict": (
        'def verdict(gap):\n    if gap > 0:\n        return "above"\n    if gap < 0:\n        return "below"\n'
        '    return "as expected"',
        {'def verdict(gap):\n    if gap > 0:\n        return "above"\n    return "below"': "Exactly 0"},
    ),
    "count-late": (
        "def count_late(days, promised):\n    count = 0\n    for day in days:\n        if day > promised:\n"
        "            count = count + 1\n    return count",
        {
            "def count_late(days, promised):\n    count = 0\n    for day in days:\n        if day >= promised:\n"
            "            count = count + 1\n    return count": "not late",
        },
    ),
    "mended": ("early = 3 - 5", {"": "no answer called early"}),
    "kept": (
        'kept = arrived[arrived["mean_day"] <= 0]["orders"].sum() / arrived["orders"].sum()',
        {'kept = arrived[arrived["mean_day"] < 0]["orders"].sum() / arrived["orders"].sum()': "<= 0"},
    ),
}


def said_to(key: str, answer: str, language: str = "en") -> str:
    use_language(language)
    parcels = load("olist_delay_by_day")
    names: dict[str, Any] = {"parcels": parcels, "arrived": parcels.dropna(), "stars": [5, 4, 1, 5, 2]}
    names |= {"on_time": 4.1, "too_late": 2.8, "course": course}
    exec(answer, names)
    return verdict(CHECKS[key], names, language)


def code_cells(language: str) -> dict[str, str]:
    cells = nbformat.read(MODULE.lesson(language), as_version=4).cells
    return {cell.id: cell.source for cell in cells if cell.cell_type == "code"}


def test_every_check_has_answers_here_and_is_asked_in_the_lesson() -> None:
    asked = re.findall(r'course\.check\("([\w-]+)"\)', "\n".join(code_cells("en").values()))
    assert list(ANSWERS) == list(CHECKS) == asked


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ANSWERS)
def test_a_right_answer_gets_a_tick(key: str, language: str) -> None:
    assert said_to(key, ANSWERS[key][0], language) == f"✓ {CHECKS[key].right[language]}"


@pytest.mark.parametrize(
    ("key", "slip", "word"), [(key, *row) for key, (_right, slips) in ANSWERS.items() for row in slips.items()]
)
def test_a_slip_gets_no_tick_but_the_next_step(key: str, slip: str, word: str) -> None:
    said = said_to(key, slip)
    assert "✓" not in said
    assert word in said


@pytest.mark.parametrize("key", ANSWERS)
def test_the_answers_are_written_with_what_the_page_teaches(key: str) -> None:
    known = taught(Repo(ROOT).cells(MODULE.lesson("en")))
    if key != "skip-function":
        used = {use.construct for use in uses(ast.parse(ANSWERS[key][0])) if not use.word}
        assert used <= known


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_practice_sheet_needs_nothing_from_elsewhere(language: str) -> None:
    known = taught(Repo(ROOT).cells(MODULE.lesson(language)))
    for cell in nbformat.read(MODULE.solution(language), as_version=4).cells:
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution"):
            assert BEGIN in cell.source
            assert END in cell.source
            used = {use.construct for use in uses(ast.parse(cell.source)) if not use.word}
            assert used <= known, cell.id


DAYS = [2, 3, 3, 5, 9]
# Numbers of the prose that nothing here computes, by cell and by what vouches for them
STATED = {
    "story": {"definition": "45", "chosen": "2 3 5 9"},
    "skip": {"chosen": "0 3"},
    "theory-numbers-read": {"chosen": "2 10"},
    "theory-names": {"chosen": "3"},
    "theory-names-turn": {"chosen": "2.8 4.1"},
    "theory-texts-turn": {"chosen": "3 5"},
    "theory-lists": {"definition": "0"},
    "theory-functions": {"chosen": "3 4"},
    "theory-pairs": {"definition": "0.5"},
    "theory-if-turn": {"definition": "0"},
    "theory-for-range": {"definition": "0 1 2 3"},
    "theory-errors-read": {"definition": "0"},
    "data": {"data": "2016 2018"},
    "data-filter-turn": {"definition": "0"},
    "data-chart-read": {"data": "2016 2018"},
    "takeaways": {"definition": "45"},
}


def numbers() -> Numbers:
    parcels = rounded(load("olist_delay_by_day")["orders"].sum(), 0)
    return {
        "story": [parcels],
        "skip": [rounded(sum(day <= 3 for day in DAYS) / len(DAYS), 1)],
        "theory-numbers-read": [rounded(4.1 - 2.8, 1)],
        "data": [parcels],
    }


LEDGER = Ledger("m00", STATED, (numbers,))
