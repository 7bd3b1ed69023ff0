"""The learner's own copies of lessons, assignments and data, where the course is installed for others, too.

What was given is noted in the folder, file by file. So a later version replaces only what the learner has left as it was,
and is put beside what they have changed.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from course import whole
from course.folder import MARK, is_course_folder
from course.paths import CARRIED, ROOT

FOLDER = "exceeding-expectations"
GIVEN = ("lessons/*/lesson.*.ipynb", "lessons/*/app.ipynb", "exercises/*/*/*.ipynb", "datasets/*.csv", "datasets/*.md")


@dataclass
class Gift:
    """What a learner's folder got, by path in it: new files, newer versions of untouched ones, versions put beside."""

    new: list[str] = field(default_factory=list)
    newer: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    # a newer version is there, but only `course update` brings it
    waiting: list[str] = field(default_factory=list)


def offered(source: Path = ROOT) -> Iterator[Path]:
    """Yield what a learner gets of the course's files."""
    for pattern in GIVEN:
        yield from sorted(source.glob(pattern))


def give(folder: Path, *, update: bool = False, source: Path = ROOT) -> Gift:
    """Put what is missing into `folder`; with `update`, newer versions too. Nothing that was changed is written over.

    Raises `OSError` where the folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    noted, gift = _noted(folder), Gift()
    for path in offered(source):
        name = path.relative_to(source).as_posix()
        data = path.read_bytes()
        version = hashlib.sha256(data).hexdigest()
        target = folder / name
        if not target.exists():
            gift.new.append(name)
        elif (present := hashlib.sha256(target.read_bytes()).hexdigest()) == version or noted.get(name) == version:
            # the learner has this version, as it was or as they changed it
            if present == version:
                noted[name] = version
            continue
        elif not update:
            gift.waiting.append(name)
            continue
        elif present == noted.get(name):
            gift.newer.append(name)
        else:
            target = _beside(target)
            gift.beside.append(target.relative_to(folder).as_posix())
        _write(target, data)
        noted[name] = version
    _write(folder / MARK, json.dumps({"given": noted}, indent=1, sort_keys=True).encode())
    return gift


def shelf(root: Path) -> Path | None:
    """Return the folder below a server's root to which the home page's doors lead; None where there is none yet."""
    root = root.resolve()
    own = root / FOLDER
    cloned = ROOT != CARRIED and ROOT.is_relative_to(root)
    if root == ROOT or (cloned and os.access(ROOT, os.W_OK)):
        return ROOT
    if is_course_folder(root):
        return root
    if is_course_folder(own):
        return own
    return ROOT if cloned else None


def folder_of_copies(here: Path) -> Path | None:
    """Return the folder with a learner's copies: this one, the one below it of the usual name, or one above."""
    places = [here, here / FOLDER, *here.parents]
    return next((place for place in places if place != ROOT and is_course_folder(place)), None)


def _noted(folder: Path) -> dict[str, str]:
    """Return the versions given, by name. None where the note is missing or damaged: all then counts as changed."""
    try:
        found = json.loads((folder / MARK).read_text(encoding="utf-8"))["given"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {str(name): str(version) for name, version in found.items()} if isinstance(found, dict) else {}


def _beside(target: Path) -> Path:
    """Return a free name next to a changed file: `lesson.en.new.ipynb`, then `lesson.en.new2.ipynb`."""
    names = (f"{target.stem}.new{number}{target.suffix}" for number in ("", *range(2, 1000)))
    return next(path for name in names if not (path := target.with_name(name)).exists())


def _write(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    whole.write(target, data, mode=0o644)
