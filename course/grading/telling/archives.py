"""Feedback pages as archives that a platform hands out to its students, named after what it called them.

Moodle (*Upload multiple feedback files in a zip*) reads the participant's number out of the folder's name; Canvas
(*Upload submissions*) the numbers of user and attachment out of the file's. For everybody else: one page by id.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from course.whole import replaced

PAGE = "feedback.html"
_MOODLE = re.compile(r"(?P<prefix>.*_\d+_assignsubmission_[a-z]+)(?:_.*)?", re.DOTALL)
_CANVAS = re.compile(r"(?P<prefix>\w*?_\d+_\d+)_.+", re.DOTALL)


def names(students: Iterable[str], receipt: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    """Return, by platform, under which name each student's page goes into its archive."""
    found: dict[str, dict[str, str]] = {}
    for student in students:
        row = receipt.get(student, {})
        platform = str(row.get("platform", ""))
        name = _name(platform, [str(path) for path in dict(row.get("files", {})).values()])
        if name:
            found.setdefault(platform, {})[student] = name
        else:
            found.setdefault("folder", {})[student] = f"{student}/{PAGE}"
    return found


def _name(platform: str, paths: list[str]) -> str:
    for path in paths:
        if platform == "moodle":
            for part in path.split("/"):
                if found := _MOODLE.fullmatch(part):
                    return f"{found['prefix']}_/{PAGE}"
        if platform == "canvas" and (found := _CANVAS.fullmatch(path.rpartition("/")[2])):
            return f"{found['prefix']}_{PAGE}"
    return ""


def write(path: Path, pages: Mapping[str, Path]) -> None:
    """Write an archive of pages, by their names in it, by way of a temporary file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replaced(path) as spare, zipfile.ZipFile(spare, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, page in sorted(pages.items()):
            archive.write(page, name)
