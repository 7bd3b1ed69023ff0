"""What a zip or a folder holds, looked at before anything is written: bounded in number, size and packing."""

from __future__ import annotations

import os
import stat
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from course.archives import DAMAGES, LOCKED_FLAG, is_dense
from course.grading.assignment.sheets import decoded
from course.grading.assignment.status import note
from course.grading.intake import reading
from course.i18n import N_
from course.i18n.message import Message

MOST_ENTRIES = reading.MOST_ENTRIES
MOST_BYTES = 20_000_000_000
UTF8_FLAG = 0x800
# What systems put beside files
SYSTEM = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")


class ArchiveError(ValueError):
    """Raised where a whole archive cannot be taken in; `why` says so and what helps."""

    def __init__(self, why: Message) -> None:
        super().__init__(why.say("en"))
        self.why = why


@dataclass(frozen=True)
class Entry:
    """A file that was handed in: where it lay, and how to read it. `problem` says why it is not taken."""

    parts: tuple[str, ...]
    size: int
    content: Callable[[], bytes]
    problem: Message | None = None

    @property
    def path(self) -> str:
        """The place in the archive."""
        return "/".join(self.parts)


class EntryError(ValueError):
    """Raised where one file cannot be read."""


def entries(source: Path, encoding: str = "") -> list[Entry]:
    """Return the files of a zip or a folder. `encoding` is that of names without a mark. Raises `ArchiveError`."""
    if source.is_dir():
        return _of_folder(source)
    try:
        with source.open("rb") as stream:
            return of_zip(stream, source.name, encoding, lambda: source.open("rb"))
    except OSError as error:
        why = N_("{name} cannot be opened: {problem}.")
        raise ArchiveError(note(why, name=source, problem=error.strerror or error)) from error


def of_zip(stream: BinaryIO, name: str, encoding: str, again: Callable[[], BinaryIO]) -> list[Entry]:
    """Return the files of a zip; `again` opens it once more when one is read. Raises `ArchiveError`."""
    try:
        with zipfile.ZipFile(stream) as archive:
            found = [info for info in archive.infolist() if not info.is_dir()]
    except DAMAGES as error:
        why = N_(
            "{name} is no zip file, or was cut off while it was downloaded. Download it again; unpack RAR and 7z into "
            "a folder."
        )
        raise ArchiveError(note(why, name=name)) from error
    if len(found) > MOST_ENTRIES or sum(info.file_size for info in found) > MOST_BYTES:
        why = N_(
            "{name} unpacks to {files} files and {size} GB. At most {most} files and {limit} GB are taken; "
            "is it the right archive?"
        )
        size = f"{sum(info.file_size for info in found) / 1e9:,.1f}"
        raise ArchiveError(
            note(why, name=name, files=len(found), size=size, most=MOST_ENTRIES, limit=MOST_BYTES // 10**9)
        )
    return [_entry(info, encoding, again) for info in found if not _is_system(info.filename)]


def _is_system(path: str) -> bool:
    parts = path.replace("\\", "/").split("/")
    return any(part in SYSTEM or part.startswith("._") for part in parts)


def _entry(info: zipfile.ZipInfo, encoding: str, again: Callable[[], BinaryIO]) -> Entry:
    named, problem = _name(info, encoding)
    named = unicodedata.normalize("NFC", named.replace("\\", "/"))
    parts = tuple(part for part in named.split("/") if part)
    if (
        named.startswith("/")
        or ".." in parts
        or (parts and parts[0].endswith(":"))
        or not named.replace("/", "").isprintable()
    ):
        problem = note(N_("its path leads out of the archive"))
    elif stat.S_ISLNK(info.external_attr >> 16):
        problem = note(N_("it is a link, not a file"))
    elif info.flag_bits & LOCKED_FLAG:
        problem = note(N_("it is locked with a password"))
    elif info.file_size > reading.LARGEST:
        problem = note(N_("it is larger than {limit} MB"), limit=reading.LARGEST // 10**6)
    elif is_dense(info.file_size, info.compress_size):
        problem = note(N_("it is packed so densely that it may be a trap"))
    return Entry(parts, info.file_size, partial(_unpacked, info, again), problem)


def _name(info: zipfile.ZipInfo, encoding: str) -> tuple[str, Message | None]:
    """Return a file's name; zips without a mark hold bytes, which Python shows as code page 437."""
    if info.flag_bits & UTF8_FLAG or info.orig_filename.isascii():
        return info.filename, None
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename, None
    if encoding:
        return raw.decode(encoding, "replace"), None
    text = decoded(raw)
    if text is None:
        return info.filename, note(N_("its name is in an unknown encoding; say which: --encoding gbk, cp437 or cp1252"))
    return text, None


def _unpacked(info: zipfile.ZipInfo, again: Callable[[], BinaryIO]) -> bytes:
    try:
        with again() as stream, zipfile.ZipFile(stream) as archive, archive.open(info) as member:
            # never more than the size that was looked at
            return member.read(info.file_size)
    except DAMAGES as error:
        raise EntryError(str(error)) from error


def _of_folder(source: Path) -> list[Entry]:
    found: list[Entry] = []
    for place, folders, names in os.walk(source):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in SYSTEM)
        for name in sorted(names):
            if name.startswith(".") or name in SYSTEM:
                continue
            if len(found) >= MOST_ENTRIES:
                why = N_("{name} holds more than {most} files. Is it the right folder?")
                raise ArchiveError(note(why, name=source, most=MOST_ENTRIES))
            path = Path(place, name)
            parts = tuple(unicodedata.normalize("NFC", _readable(part)) for part in path.relative_to(source).parts)
            status = path.lstat()
            problem = None if stat.S_ISREG(status.st_mode) else note(N_("it is a link, not a file"))
            if status.st_size > reading.LARGEST:
                problem = note(N_("it is larger than {limit} MB"), limit=reading.LARGEST // 10**6)
            found.append(Entry(parts, status.st_size, partial(_plain_content, path), problem))
    return found


def _readable(part: str) -> str:
    """Return a file's name, read as GBK where it is no UTF-8."""
    return part if part.isprintable() else decoded(os.fsencode(part)) or os.fsencode(part).decode("utf-8", "replace")


def _plain_content(path: Path) -> bytes:
    try:
        return reading.read_bytes(path, reading.LARGEST)
    except OSError as error:
        raise EntryError(error.strerror or str(error)) from error
