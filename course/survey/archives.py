"""Archives, measured before they are read: what is locked, damaged, or would unpack to far more than a survey is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from course.i18n import N_
from course.survey.limits import LIMITS
from course.survey.messages import Message, SurveyProblem

PIECE = 1 << 20
MOST_PARTS = 2_000
# looks at each piece of a part, with the end of the one before; raises `SurveyProblem`
Look = Callable[[str, bytes], None]


def inspected(data: bytes, look: Look | None = None) -> zipfile.ZipFile:
    """Return an archive of which every part was unpacked piece by piece, counted and looked at. Raises `SurveyProblem`."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError) as failure:
        raise damaged() from failure
    parts = archive.infolist()
    if any(info.flag_bits & 1 for info in parts):
        raise locked()
    if sum(info.file_size for info in parts) > LIMITS.unpacked or len(parts) > MOST_PARTS:
        raise bomb()
    total = 0
    for info in parts:
        total += _unpacked(archive, info, LIMITS.unpacked - total, look)
    return archive


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, allowed: int, look: Look | None) -> int:
    """Return a part's true size, having looked at it. Raises `SurveyProblem` where it is too big, damaged or harmful."""
    shared = info.filename.endswith("sharedStrings.xml")
    most = min(allowed, LIMITS.shared) if shared else allowed
    is_xml = info.filename.endswith((".xml", ".rels"))
    size, tail = 0, b""
    try:
        with archive.open(info) as stream:
            while piece := stream.read(PIECE):
                size += len(piece)
                if size > most:
                    raise bomb()
                window = tail + piece
                if is_xml and (b"<!DOCTYPE" in window or b"<!ENTITY" in window):
                    raise damaged()
                if look:
                    look(info.filename, window)
                tail = window[-1000:]
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError) as failure:
        raise damaged() from failure
    except Exception as failure:
        if isinstance(failure, SurveyProblem):
            raise
        # zlib.error is an Exception of its own
        raise damaged() from failure
    return size


def locked() -> SurveyProblem:
    """Return the problem of a file with a password."""
    return SurveyProblem(Message(N_("The file is locked with a password. Remove the password and save it again.")))


def damaged() -> SurveyProblem:
    """Return the problem of a workbook that cannot be read."""
    return SurveyProblem(
        Message(N_("The workbook is damaged and cannot be read. Open it in Excel or WPS and save it again, or as CSV."))
    )


def bomb() -> SurveyProblem:
    """Return the problem of an archive that unpacks to far more than a survey."""
    return SurveyProblem(
        Message(
            N_(
                "Unpacked, the workbook is far larger than a survey ({limit:.0f} MB at most). "
                "Save the sheet with the answers as CSV."
            ),
            limit=LIMITS.unpacked / 1e6,
        )
    )
