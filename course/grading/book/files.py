"""A feedback page, with what an exchange asks for beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from course import whole

# by these two `nbgrader release_feedback` finds the submission that a page belongs to; one that came another way has none
MARKS = ("timestamp.txt", "submission_secret.txt")


def write_page(root: Path, assignment: Any, student: str, content: str) -> None:
    """Write a student's page below `feedback/`."""
    place = root / "feedback" / student / assignment.name
    place.mkdir(parents=True, exist_ok=True)
    whole.write(place / f"{assignment.notebook}.html", content)
    for name in MARKS:
        mark = root / "autograded" / student / assignment.name / name
        if mark.is_file():
            whole.write(place / name, mark.read_text(encoding="utf-8", errors="replace"))
