"""The formula sheet, taken from the lessons: every displayed equation, its heading, and the sentence that brings it in."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from course.manifest import Module
from course.markup import FORMULA

_HEADING = re.compile(r"^#{2,3} +([^\n]+)$", re.MULTILINE)


@dataclass(frozen=True)
class Formula:
    """One displayed equation of a lesson, in LaTeX, with the heading above it and the paragraph before it (Markdown)."""

    heading: str
    before: str
    equation: str


def formulas(module: Module, language: str) -> tuple[Formula, ...]:
    """Return the displayed equations of a module's lesson in `language`, in their order; none where it is to come."""
    return _in(module.lesson(language)) if module.ready else ()


@cache
def _in(lesson: Path) -> tuple[Formula, ...]:
    notebook = json.loads(lesson.read_text(encoding="utf-8"))
    found: list[Formula] = []
    heading = ""
    for cell in notebook["cells"]:
        if cell["cell_type"] != "markdown":
            continue
        text = "".join(cell["source"])
        for match in re.finditer(rf"{_HEADING.pattern}|{FORMULA.pattern}", text, re.MULTILINE | re.DOTALL):
            if match[1]:
                heading = match[1].strip()
            elif match["block"]:
                found.append(Formula(heading, _paragraph_before(text[: match.start()]), match["block"].strip()))
    return tuple(found)


def _paragraph_before(text: str) -> str:
    """Return the last paragraph of `text`, unless that is a heading, an equation, a list or a table."""
    last = text.rstrip().rpartition("\n\n")[2].strip()
    return "" if last.startswith(("#", "$$", "-", "|", ">")) else last
