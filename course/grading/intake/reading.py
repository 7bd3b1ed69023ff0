"""Finding a submission's notebook and reading it, whatever learners and their browsers did to the file."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

from course.grading.assignment.status import Status, SubmissionError, note
from course.i18n import N_
from course.i18n.message import Message

LARGEST = 100_000_000
LARGEST_EXTRA = 20_000_000
MOST_FILES = 200
MOST_ENTRIES = 50_000
MOST_NOTEBOOKS = 12
DEEPEST = 3
# What browsers and mail programs add to a name
ENDINGS = (".ipynb", ".ipynb.txt", ".ipynb.json")
ENCODINGS = ("utf-8-sig", "utf-8", "gb18030", "cp1252")


def files(folder: Path) -> list[Path]:
    """Return the ordinary files of a submission. Links are not followed: what they point at is not the learner's."""
    if stat.S_ISLNK(os.lstat(folder).st_mode):
        raise SubmissionError(
            Status.UNREADABLE, note(N_("{name} is a link. Ask for the folder itself."), name=f"{folder.name}/")
        )
    found: list[Path] = []
    notebooks: list[Path] = []
    seen = 0
    for place, folders, names in os.walk(folder):
        depth = len(Path(place).relative_to(folder).parts)
        folders[:] = sorted(name for name in folders if depth < DEEPEST and not name.startswith((".", "__")))
        for name in sorted(names):
            seen += 1
            if seen > MOST_ENTRIES:
                return [*found, *notebooks]
            if name.startswith("."):
                continue
            kept = notebooks if name.lower().endswith(ENDINGS) else found
            if len(kept) < MOST_FILES:
                kept.append(Path(place, name))
    return [*found, *notebooks]


def is_ordinary(path: Path) -> bool:
    """Tell whether `path` is a file of its own: no link, pipe or device."""
    return stat.S_ISREG(os.lstat(path).st_mode)


def read_bytes(path: Path, largest: int) -> bytes:
    """Return the content of an ordinary file; it may be exchanged for a link meanwhile, which is not followed."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as stream:
        return stream.read(largest + 1)


def candidates(found: list[Path], folder: Path, name: str) -> list[Path]:
    """Return the notebooks that may be the one asked for, best first. Raises `SubmissionError` where there is none."""
    exact = folder / f"{name}.ipynb"
    notebooks = [path for path in found if path.name.lower().endswith(ENDINGS)]
    if notebooks:
        order = sorted(notebooks, key=lambda path: (path != exact, name not in path.name, len(path.parts), path.name))
        return order[:MOST_NOTEBOOKS]
    if found:
        message = N_("There is no notebook in what was handed in. Number of files: {count}.")
        raise SubmissionError(Status.MISSING, note(message, count=len(found)))
    raise SubmissionError(Status.MISSING, note(N_("The folder is empty.")))


def parse(path: Path) -> tuple[dict[str, Any], list[Message]]:
    """Return a notebook as it stands in the file, and what had to be mended. Raises `SubmissionError`."""
    if not is_ordinary(path):
        why = N_("{name} is a link or a device, not a file. Ask for the file itself.")
        raise SubmissionError(Status.UNREADABLE, note(why, name=path.name))
    try:
        content = read_bytes(path, LARGEST)
    except OSError as error:
        why = N_("{name} cannot be opened: {problem}.")
        raise SubmissionError(Status.UNREADABLE, note(why, name=path.name, problem=error.strerror or error)) from error
    if len(content) > LARGEST:
        why = N_("{name} is larger than {limit} MB. Ask for a copy without its output.")
        raise SubmissionError(Status.TOO_LARGE, note(why, name=path.name, limit=LARGEST // 1_000_000))
    if not content.strip():
        raise SubmissionError(Status.UNREADABLE, note(N_("{name} is empty."), name=path.name))
    notebook, encoding = _decoded(content, path.name)
    notes = [] if encoding.startswith("utf-8") else [note(N_("The file was saved as {encoding}."), encoding=encoding)]
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells", notebook.get("worksheets")), list):
        raise SubmissionError(Status.UNREADABLE, note(N_("{name} holds no cells: it is no notebook."), name=path.name))
    return notebook, notes


def _decoded(content: bytes, name: str) -> tuple[Any, str]:
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ENCODINGS
    problem: Exception | None = None
    for encoding in encodings:
        try:
            return json.loads(content.decode(encoding)), encoding
        except json.JSONDecodeError as error:
            why = N_("{name} is no notebook: line {line}, column {column} is not JSON.")
            raise SubmissionError(
                Status.UNREADABLE, note(why, name=name, line=error.lineno, column=error.colno)
            ) from error
        except (UnicodeDecodeError, RecursionError, ValueError) as error:
            problem = error
    raise SubmissionError(Status.UNREADABLE, note(N_("{name} is no text, and no notebook."), name=name)) from problem
