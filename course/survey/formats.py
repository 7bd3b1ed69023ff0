"""Tell a table from the other things that people upload, by its first bytes, and say how to make a table of it."""

from __future__ import annotations

import io
import zipfile
from enum import Enum

from course.i18n import N_
from course.i18n.message import Message
from course.survey.messages import SurveyProblem

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"RIFF", b"II*\x00", b"MM\x00*")
PACKED = (b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"BZh", b"\xfd7zXZ")
SPSS = (b"$FL2", b"$FL3")
STATISTICS = (b"<stata_dta>", b"PAR1", b"s\x00\x00\x00", b"RDX", b"RDA")


class Format(Enum):
    """The kinds of file that are read."""

    CSV = "csv"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    SAV = "sav"


def format_of(data: bytes) -> Format:
    """Return which kind of file the bytes are. Raises `SurveyProblem` for none that is read."""
    if data.startswith(OLD_OFFICE):
        _refuse_locked(data)
        return Format.XLS
    if data.startswith(SPSS):
        return Format.SAV
    if data.startswith(b"PK"):
        return Format.ODS if _is_opendocument(data) else Format.XLSX
    _refuse_other_formats(data)
    return Format.CSV


def _is_opendocument(data: bytes) -> bool:
    """An OpenDocument archive should begin with its kind, unpacked; some programs pack that too."""
    if b"opendocument.spreadsheet" in data[:200]:
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {"content.xml", "META-INF/manifest.xml"} <= set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def _refuse_other_formats(data: bytes) -> None:
    start = data[:4096]
    if start.startswith(IMAGES):
        raise SurveyProblem(
            Message(N_("The file is a picture, whatever its name says. Upload the table itself, as CSV or XLSX."))
        )
    if start.startswith(b"%PDF"):
        raise SurveyProblem(Message(N_("The file is a PDF. Upload the table that it was made from, as CSV or XLSX.")))
    if start.startswith(PACKED):
        raise SurveyProblem(
            Message(N_("The file is a packed archive. Unpack it and upload the CSV or XLSX that is inside."))
        )
    if start.startswith(STATISTICS):
        raise SurveyProblem(
            Message(
                N_("The file belongs to a statistics program. Export it from there as CSV, with codes for answers.")
            )
        )
    if start.startswith(TEXT_MARKS):
        return
    head = start.lstrip()[:512].lower()
    if head.startswith((b"<!doctype", b"<html", b"<table", b"<meta", b"<?xml")):
        raise SurveyProblem(
            Message(
                N_(
                    "The file is a web page or XML that calls itself a table. Open it in Excel or WPS and save it as XLSX."
                )
            )
        )
    if head.startswith((b"{", b"[{", b"[[")):
        raise SurveyProblem(Message(N_("The file is JSON, not a table. Export the answers as CSV or XLSX.")))


def _refuse_locked(data: bytes) -> None:
    if "EncryptedPackage".encode("utf-16-le") not in data:
        return
    raise SurveyProblem(
        Message(
            N_(
                "The workbook is locked with a password. Open it in Excel, remove the password under File, Info, "
                "and save it again."
            )
        )
    )
