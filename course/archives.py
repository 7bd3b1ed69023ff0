"""Zip archives, measured before anybody reads them: by what they unpack to, not by what they say of it."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

PIECE = 1 << 20
# What a part keeps of the piece before, so that nothing is overlooked where two meet
TAIL = 1000
# Unpacked bytes per packed one, from a size on: notebooks and tables are packed to a tenth, seldom to a hundredth
DENSEST, DENSE_FROM = 500, 5_000_000
LOCKED_FLAG = 0x1
# What a damaged archive makes of the library that reads it
DAMAGES = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError, ValueError)

# Looks at each piece of a part, with the end of the one before; what it raises reaches the caller
Look = Callable[[str, bytes], None]


class Fault(Enum):
    """Why an archive is not read."""

    DAMAGED = "damaged"
    LOCKED = "locked"
    LARGE = "large"


class ArchiveFaultError(ValueError):
    """Raised where an archive is not to be read."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Bounds:
    """How much an archive may hold: bytes unpacked, of them shared texts of a workbook, and parts.

    With `dense`, a part may be packed as densely as it likes, up to `unpacked`.
    """

    unpacked: int
    shared: int
    parts: int = 2_000
    dense: bool = False


def is_dense(size: int, packed: int) -> bool:
    """Tell whether something large is packed as hardly anything but a trap is."""
    return size > DENSE_FROM and size > DENSEST * max(1, packed)


def measured(data: bytes, bounds: Bounds, look: Look | None = None) -> zipfile.ZipFile:
    """Return an archive of which every part was unpacked piece by piece. Raises `ArchiveFaultError`."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGES as error:
        raise ArchiveFaultError(Fault.DAMAGED) from error
    parts = archive.infolist()
    if any(info.flag_bits & LOCKED_FLAG for info in parts):
        raise ArchiveFaultError(Fault.LOCKED)
    if sum(info.file_size for info in parts) > bounds.unpacked or len(parts) > bounds.parts:
        raise ArchiveFaultError(Fault.LARGE)
    total = 0
    for info in parts:
        total += _unpacked(archive, info, bounds, bounds.unpacked - total, look)
    return archive


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, bounds: Bounds, allowed: int, look: Look | None) -> int:
    """Return a part's true size, having looked at it. Raises `ArchiveFaultError`."""
    shared = info.filename.endswith("sharedStrings.xml")
    most = min(allowed, bounds.shared) if shared else allowed
    is_xml = info.filename.endswith((".xml", ".rels"))
    size, tail = 0, b""
    stream = _opened(archive, info)
    with stream:
        while piece := _piece(stream):
            size += len(piece)
            if size > most or (not bounds.dense and is_dense(size, info.compress_size)):
                raise ArchiveFaultError(Fault.LARGE)
            window = tail + piece
            if is_xml and (b"<!DOCTYPE" in window or b"<!ENTITY" in window):
                raise ArchiveFaultError(Fault.DAMAGED)
            if look:
                look(info.filename, window)
            tail = window[-TAIL:]
    return size


def _opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> zipfile.ZipExtFile:
    try:
        stream = archive.open(info)
    except DAMAGES as error:
        raise ArchiveFaultError(Fault.DAMAGED) from error
    assert isinstance(stream, zipfile.ZipExtFile)
    return stream


def _piece(stream: zipfile.ZipExtFile) -> bytes:
    try:
        return stream.read(PIECE)
    except DAMAGES as error:
        raise ArchiveFaultError(Fault.DAMAGED) from error
