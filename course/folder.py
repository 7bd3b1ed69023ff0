"""Folders that hold the course: the clone itself, or a learner's copies."""

from __future__ import annotations

from pathlib import Path

from course.paths import ROOT

# Lies in a folder of copies, and says what was given there
MARK = ".course.json"


def is_course_folder(folder: Path) -> bool:
    """Tell whether this very folder holds the course.

    >>> is_course_folder(ROOT), is_course_folder(ROOT / "lessons")
    (True, False)
    """
    return folder == ROOT or (folder / MARK).is_file()


def within_the_course(place: Path) -> bool:
    """Tell whether `place` lies in a folder that holds the course, or is one."""
    return any(map(is_course_folder, [place, *place.parents]))
