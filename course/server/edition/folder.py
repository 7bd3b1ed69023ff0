"""The folder of an edition: written beside its place under another name, and moved there when it is whole."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from course import __version__
from course.i18n import LANGUAGES, N_
from course.i18n.message import Message

MARK = ".course-static.json"
# all that ever lies in an edition's folder
NAMES = {MARK, ".nojekyll", "index.html", "keep.js", "files", *LANGUAGES}
IS_A_FILE = N_("{folder} is a file. Name a folder that is not there yet.")
NOT_OURS = N_(
    "{folder} holds {name}, which is not of an edition that this command wrote. Nothing was changed. Name a folder that is "
    "not there yet, or take it away first."
)
NOT_WRITABLE = N_("{folder} cannot be written ({why}). Name a folder in a place that is yours.")


class FolderError(RuntimeError):
    """A folder that is not taken; the message is for whoever named it."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.say("en"))
        self.message = message


def check(folder: Path) -> None:
    """Raise `FolderError` unless an edition may stand at `folder`: where nothing is, nothing lies, or an edition of ours."""
    if folder.is_file():
        raise FolderError(Message(IS_A_FILE, folder=folder))
    if not folder.exists():
        return
    try:
        names = sorted(entry.name for entry in folder.iterdir())
    except OSError as error:
        raise FolderError(Message(NOT_WRITABLE, folder=folder, why=error.strerror)) from error
    strange = names if MARK not in names else [name for name in names if name not in NAMES]
    if strange:
        raise FolderError(Message(NOT_OURS, folder=folder, name=strange[0]))


@contextmanager
def filled(folder: Path) -> Iterator[Path]:
    """Give a folder to be filled, and put it in the place of `folder` at the end; on an error all stays as it was.

    Raises `FolderError`.
    """
    folder = folder.absolute()
    check(folder)
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}.new")
    old = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    try:
        fresh.mkdir(parents=True)
        yield fresh
        (fresh / ".nojekyll").touch()  # GitHub Pages would make pages of its own
        (fresh / MARK).write_text(json.dumps({"course": __version__}), encoding="utf-8")
        check(folder)
        if folder.exists():
            folder.replace(old)
        fresh.replace(folder)
    except OSError as error:
        if old.exists() and not folder.exists():
            old.replace(folder)
        raise FolderError(Message(NOT_WRITABLE, folder=folder, why=error.strerror)) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
