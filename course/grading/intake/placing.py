"""Putting what was collected into `submitted/`: whole folders, by way of a temporary one; what was there before is kept."""

from __future__ import annotations

import io
import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course import whole
from course.grading.assignment.status import note
from course.grading.intake import reading
from course.grading.intake.archive import ArchiveError, Entry, EntryError, of_zip
from course.grading.intake.matching import Match
from course.i18n import N_
from course.i18n.message import Message

RECEIPT = "collected.json"
LONGEST = 200
PACKED = (".rar", ".7z", ".gz", ".tar", ".bz2", ".xz")
NEW, SAME, REPLACED, KEPT, NOTHING = (
    N_("new"),
    N_("as before"),
    N_("replaced"),
    N_("differs; kept"),
    N_("nothing usable"),
)


@dataclass
class Placed:
    """What became of one owner's files: how it stands, notes, and the names under which they lie now, old by new."""

    state: str
    notes: list[Message] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)


def place(found: Match, root: Path, assignment: str, *, update: bool, trusted: bool, came: str = "") -> Placed:
    """Write one student's files. `trusted` files may say when they came: they are the instructor's own.

    `came` is what timestamp.txt is to say otherwise."""
    placed = Placed(NEW)
    contents = _contents(found.owner.files, placed, trusted=trusted)
    if not contents:
        placed.state = NOTHING
        return placed
    if came:
        contents["timestamp.txt"] = came.encode()
    target = root / "submitted" / found.student / assignment
    if _is_there(target):
        if _same(target, contents):
            placed.state = SAME
            return placed
        if not update:
            placed.state = KEPT
            placed.notes.append(note(N_("another version lies there already; --update puts this one in its place")))
            return placed
        placed.state = REPLACED
    _write(target, contents, root / "grading" / assignment / "replaced" / found.student)
    return placed


def keep_receipt(root: Path, assignment: str, platform: str, rows: dict[str, dict[str, Any]]) -> None:
    """Note for the way back how the platform called whom, beside what was noted before."""
    folder = root / "grading" / assignment
    known = receipt(root, assignment)
    known |= {student: {"platform": platform, **row} for student, row in rows.items()}
    folder.mkdir(parents=True, exist_ok=True)
    whole.write(folder / RECEIPT, json.dumps(known, ensure_ascii=False, indent=1) + "\n")


def receipt(root: Path, assignment: str) -> dict[str, dict[str, Any]]:
    """Return what `course collect` noted: by student, the platform, its label and the paths of the files in the export."""
    try:
        found: dict[str, dict[str, Any]] = json.loads(
            (root / "grading" / assignment / RECEIPT).read_text(encoding="utf-8")
        )
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _contents(files: list[tuple[str, Entry]], placed: Placed, *, trusted: bool) -> dict[str, bytes]:
    contents: dict[str, bytes] = {}
    for name, entry in files:
        content = _content(name, entry, placed)
        if content is None:
            continue
        if name.lower().endswith(".zip"):
            for inner, packed in _opened(name, content, placed):
                _add(contents, inner, packed, placed, trusted=trusted)
        else:
            placed.files[_add(contents, name, content, placed, trusted=trusted)] = entry.path
    placed.files.pop("", None)
    return contents


def _content(name: str, entry: Entry, placed: Placed) -> bytes | None:
    if entry.problem is not None:
        placed.notes.append(note(N_("{name} is left out: {problem}"), name=name, problem=entry.problem.say()))
        return None
    if name.lower().endswith(PACKED):
        placed.notes.append(
            note(N_("{name} is left out: only zip archives are unpacked. Ask for the notebook itself."), name=name)
        )
        return None
    try:
        return entry.content()
    except EntryError:
        placed.notes.append(note(N_("{name} is left out: it is damaged. Download the archive again."), name=name))
        return None


def _opened(name: str, content: bytes, placed: Placed) -> list[tuple[str, bytes]]:
    """Return the files of a zip that a student handed in; a zip within is left alone."""
    try:
        inside = of_zip(io.BytesIO(content), name, "", lambda: io.BytesIO(content))
    except ArchiveError:
        placed.notes.append(note(N_("{name} is left out: it is damaged. Download the archive again."), name=name))
        return []
    if sum(entry.size for entry in inside) > reading.LARGEST:
        placed.notes.append(
            note(
                N_("{name} is left out: it unpacks to more than {limit} MB."), name=name, limit=reading.LARGEST // 10**6
            )
        )
        return []
    read = [(entry.path, _content(entry.path, entry, placed)) for entry in inside]
    return [(path, packed) for path, packed in read if packed is not None]


def _add(contents: dict[str, bytes], name: str, content: bytes, placed: Placed, *, trusted: bool) -> str:
    """Keep a file under a name of its own, at most as deep and as many as grading looks at; return that name."""
    if len(contents) >= reading.MOST_FILES:
        if len(contents) == reading.MOST_FILES and not any(one.text == MORE for one in placed.notes):
            placed.notes.append(note(MORE, most=reading.MOST_FILES))
        return ""
    parts = [_short(part) for part in name.split("/") if part not in ("", ".", "..")][-reading.DEEPEST - 1 :]
    if not parts or (parts[-1] == "timestamp.txt" and not trusted):
        # when a file came, its author does not decide
        return ""
    stem, dot, ending = parts[-1].partition(".")
    number = 1
    path = "/".join(parts)
    while path in contents:
        number += 1
        path = "/".join([*parts[:-1], f"{stem} ({number}){dot}{ending}"])
    contents[path] = content
    return path


MORE = N_("more than {most} files; the others are left out")


def _short(part: str) -> str:
    part = "".join(letter if letter.isprintable() and letter not in '<>:"|?*' else "_" for letter in part)
    while len(part.encode()) > LONGEST:
        stem, dot, ending = part.rpartition(".")
        part = f"{stem[:-1]}{dot}{ending}" if stem and len(ending) < 20 else part[:-1]
    return part


def _is_there(target: Path) -> bool:
    return os.path.lexists(target)


def _same(target: Path, contents: dict[str, bytes]) -> bool:
    if target.is_symlink() or not target.is_dir():
        return False
    there = {path.relative_to(target).as_posix(): path for path in target.rglob("*") if path.is_file()}
    return there.keys() == contents.keys() and all(path.read_bytes() == contents[name] for name, path in there.items())


def _write(target: Path, contents: dict[str, bytes], replaced: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    made = target.with_name(f".{target.name}.{os.getpid()}.new")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    for name, content in contents.items():
        path = made / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    if _is_there(target):
        replaced.mkdir(parents=True, exist_ok=True)
        number = 1 + len(list(replaced.iterdir()))
        target.rename(replaced / str(number))
    made.rename(target)
