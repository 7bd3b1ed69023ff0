"""Which encoding a text was saved in, of those that a survey from China or elsewhere comes in: UTF-8, UTF-16, GB18030."""

from __future__ import annotations

import codecs

from course.i18n import N_
from course.survey.messages import Message, SurveyProblem

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
MOST_UNUSUAL = 0.4
"""Share of double bytes outside the everyday characters above which a text was not meant as GB18030 (Big5, Latin 1)."""


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding. Raises `SurveyProblem` at the row of the first bytes that fit none."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _strictly(data, encoding), encoding
    if wide := _wide(data):
        return _strictly(data, wide), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as failure:
        if _looks_chinese(data):
            try:
                return data.decode("gb18030"), "gb18030"
            except UnicodeDecodeError:
                pass
        raise _unreadable(data, failure.start) from None


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as failure:
        raise _unreadable(data, failure.start) from None


def _wide(data: bytes) -> str:
    """Return a UTF-16 without its mark by the zeros beside its ASCII characters, "" for no such."""
    start = data[:2000]
    half = len(start) // 2
    if half < 2:
        return ""
    if start[1::2].count(0) > 0.4 * half and 0 not in start[0:20:2]:
        return "utf-16-le"
    if start[0::2].count(0) > 0.4 * half and 0 not in start[1:21:2]:
        return "utf-16-be"
    return ""


def _looks_chinese(data: bytes) -> bool:
    """Say whether most double bytes are everyday characters, GB 2312's first level and punctuation, read as GB18030."""
    usual = unusual = place = 0
    sample = data[:200_000]
    while place < len(sample) - 1:
        lead, trail = sample[place], sample[place + 1]
        if lead < 0x80:
            place += 1
            continue
        if trail >= 0xA1 and (0xB0 <= lead <= 0xD7 or 0xA1 <= lead <= 0xA3):
            usual += 1
        else:
            unusual += 1
        place += 2
    return unusual <= MOST_UNUSUAL * (usual + unusual)


def _unreadable(data: bytes, at: int) -> SurveyProblem:
    before = data[:at]
    row = before.count(b"\n") + 1
    line = before.rsplit(b"\n", 1)[-1]
    column = chr(65 + min(25, max(line.count(mark) for mark in (b",", b";", b"\t"))))
    return SurveyProblem(
        Message(
            N_(
                "Row {row}, column {column}: the characters cannot be read (byte {byte}). The file is neither UTF-8 nor "
                "GB18030. Open it where it was made and save it as “CSV UTF-8”, or as XLSX."
            ),
            row=row,
            column=column,
            byte=f"0x{data[at]:02X}" if at < len(data) else "–",
        ),
        row=row,
        column=column,
    )
