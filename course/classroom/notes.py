"""A module's teaching note, as it stands beside the board."""

from __future__ import annotations

import re

from course.manifest import syllabus
from course.markup import markdown

ANCHOR = re.compile(r'<a class="anchor-link".*?</a>', re.DOTALL)
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def note(module: str, language: str) -> str:
    """Return the teacher's note of a module as HTML: the course's own words, without links that lead nowhere here."""
    path = syllabus().module(module).folder / f"teaching.{language}.md"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return ANCHOR.sub("", str(markdown(LINK.sub(r"\1", text))))
