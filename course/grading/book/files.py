"""Files that are the old or the new one at any moment, and a feedback page with what an exchange asks for beside it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

# by these two `nbgrader release_feedback` finds the submission that a page belongs to; one that came another way has none
MARKS = ("timestamp.txt", "submission_secret.txt")


def replace(path: Path, content: str | bytes) -> None:
    """Write a file so that it is either the old or the new one at any moment."""
    # not the name and something more: it may be as long as a name can be
    spare = path.with_name(f".{os.getpid()}.new")
    if isinstance(content, bytes):
        spare.write_bytes(content)
    else:
        spare.write_text(content, encoding="utf-8")
    spare.replace(path)


def write_page(root: Path, assignment: Any, student: str, content: str) -> None:
    """Write a student's page below `feedback/`."""
    place = root / "feedback" / student / assignment.name
    place.mkdir(parents=True, exist_ok=True)
    replace(place / f"{assignment.notebook}.html", content)
    for name in MARKS:
        mark = root / "autograded" / student / assignment.name / name
        if mark.is_file():
            replace(place / name, mark.read_text(encoding="utf-8", errors="replace"))
