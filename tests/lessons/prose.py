"""Reading a lesson as a test does: its cells, its questions, what its code prints, and which numbers its prose names."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from course.authoring.repo import Repo
from course.authoring.rules.execution import lesson_runs
from course.manifest import syllabus
from course.paths import ROOT
from course.questions import FILE

MINUS = "\N{MINUS SIGN}"
# One for all tests, so that they share what was run
REPO = Repo(ROOT)

# cell id -> the numbers its text must name, as they are written there
Numbers = Mapping[str, Iterable[str]]


@cache
def cells(module: str, language: str) -> dict[str, str]:
    """Return the text of the cells of a module's (`m01`) lesson, by id."""
    notebook = json.loads(syllabus().module(module).lesson(language).read_text(encoding="utf-8"))
    return {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"]}


@cache
def questions(module: str) -> dict[str, dict[str, Any]]:
    """Return a module's predictions and items, by key."""
    path = syllabus().module(module).folder / FILE
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return {entry["key"]: entry for entry in content["prediction"] + content["item"]}


def rounded(number: float, digits: int) -> str:
    """Return the number as prose writes it, with a comma for thousands and a true minus sign."""
    return f"{number:,.{digits}f}".replace("-", MINUS)


def all_rounded(numbers: Iterable[float], digits: int) -> list[str]:
    """Return each of the numbers, `rounded`."""
    return [rounded(number, digits) for number in numbers]


def stands_in(number: str, text: str) -> bool:
    """Return whether the text has this very number: not as a part of another, and with its sign (of either kind)."""
    return re.search(rf"(?<![\d.,{MINUS}]){re.escape(number)}(?!\d|[.,]\d)", text.replace("-", MINUS)) is not None


def unnamed(numbers: Numbers, text: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return every (cell id, number) of `numbers` that does not stand in its cell's text."""
    claims = [(cell, number) for cell, found in numbers.items() for number in found]
    assert claims
    return [(cell, number) for cell, number in claims if not stands_in(number, text[cell])]


def unquoted(module: str, numbers: Numbers) -> list[tuple[str, str]]:
    """Return every (key, number) that a question does not name in both languages."""
    texts = {key: json.dumps(entry, ensure_ascii=False) for key, entry in questions(module).items()}
    return [(key, number) for key, found in numbers.items() for number in found if texts[key].count(number) < 2]


def printed(module: str, language: str) -> dict[str, str]:
    """Return what each code cell of a module's lesson prints, by id; the lesson is run once for all tests."""
    found = REPO.syllabus.module(module)
    run = lesson_runs(REPO, found)[found.lesson(language)]
    assert run.errors == {}
    return run.printed()
