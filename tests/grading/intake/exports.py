"""Exports as learning platforms make them, built from the documented formats, and damaged ones."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

NOTEBOOK = b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
CLASS = (
    ("00017", "Anna", "Berg", "anna@uni.example", "4711"),
    ("20260012345678901", "伟", "张", "zhangwei@uni.example", "4712"),
    ("00019", "Zoë", "O'Neil-Ruiz", "zoe@uni.example", "4713"),
    ("00020", "Wei", "Li", "li1@uni.example", "4714"),
    ("00021", "Wei", "Li", "li2@uni.example", "4715"),
)
HEADS = "id,first_name,last_name,email,canvas_id"


def class_list(separator: str = ",") -> str:
    """The class as CSV."""
    return "\n".join([HEADS.replace(",", separator), *(separator.join(row) for row in CLASS)]) + "\n"


def packed(files: dict[str, bytes], encoding: str = "utf-8") -> bytes:
    """A zip of files; with another encoding than UTF-8, names stand in it as bytes without a mark."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    data = stream.getvalue()
    if encoding == "utf-8":
        return data
    for name in files:
        # of the same length, so that every offset stays: the UTF-8 name is padded by the test's choice of names
        data = _renamed(data, name, name.encode(encoding))
    return data


def _renamed(data: bytes, name: str, raw: bytes) -> bytes:
    """Write a name's bytes in another encoding, in a zip built anew by hand."""
    old = name.encode()
    out, at = bytearray(), 0
    central: list[tuple[int, int]] = []
    shift = len(raw) - len(old)
    moved = 0
    position = data.find(b"PK\x01\x02")
    locals_, directory = data[:position], data[position:]
    while at < len(locals_):
        assert locals_[at : at + 4] == b"PK\x03\x04"
        flags, size = (
            struct.unpack("<H", locals_[at + 6 : at + 8])[0],
            struct.unpack("<I", locals_[at + 18 : at + 22])[0],
        )
        length, extra = struct.unpack("<HH", locals_[at + 26 : at + 30])
        own = locals_[at + 30 : at + 30 + length]
        end = at + 30 + length + extra + size
        central.append((at, at + moved))
        head = bytearray(locals_[at : at + 30])
        if own == old:
            head[6:8] = struct.pack("<H", flags & ~0x800)
            head[26:28] = struct.pack("<H", len(raw))
            own = raw
            moved += shift
        out += head + own + locals_[at + 30 + length : end]
        at = end
    offsets = dict(central)
    start, at = len(out), 0
    while directory[at : at + 4] == b"PK\x01\x02":
        length, extra, comment = struct.unpack("<HHH", directory[at + 28 : at + 34])
        head = bytearray(directory[at : at + 46])
        own = directory[at + 46 : at + 46 + length]
        head[42:46] = struct.pack("<I", offsets[struct.unpack("<I", head[42:46])[0]])
        if own == old:
            head[8:10] = struct.pack("<H", struct.unpack("<H", head[8:10])[0] & ~0x800)
            head[28:30] = struct.pack("<H", len(raw))
            own = raw
        end = at + 46 + length + extra + comment
        out += head + own + directory[at + 46 + length : end]
        at = end
    tail = bytearray(directory[at:])
    tail[12:20] = struct.pack("<II", len(out) - start, start)
    return bytes(out + tail)


def moodle() -> bytes:
    return packed(
        {
            "Anna Berg_30017_assignsubmission_file_/exercise.ipynb": NOTEBOOK,
            "张伟_30018_assignsubmission_file_/作业一.ipynb": NOTEBOOK,
            "Zoë O'Neil-Ruiz_30019_assignsubmission_file_/exercise.ipynb": NOTEBOOK,
            "Zoë O'Neil-Ruiz_30019_assignsubmission_onlinetext_/onlinetext.html": b"<p>hello</p>",
        }
    )


def moodle_flat() -> bytes:
    """Without separate folders, as Moodle does it by choice."""
    return packed(
        {
            "Anna Berg_30017_assignsubmission_file_exercise.ipynb": NOTEBOOK,
            "Anna Berg_30017_assignsubmission_file_table_of_mine.csv": b"a,b",
            "Zhang Wei_30018_assignsubmission_file_exercise (1).ipynb": NOTEBOOK,
        }
    )


def moodle_new() -> bytes:
    """Since 4.1 the folder's name has no underscore at its end."""
    return packed({"Anna Berg_30017_assignsubmission_file/exercise.ipynb": NOTEBOOK})


def canvas() -> bytes:
    return packed(
        {
            "berganna_4711_90001_exercise.ipynb": NOTEBOOK,
            "张伟_LATE_4712_90002_exercise-1.ipynb": NOTEBOOK,
            "oneilruizzoë_4713_90003_my_exercise_2.ipynb": NOTEBOOK,
            "liwei_4714_90004_exercise.ipynb": NOTEBOOK,
            "liwei_4715_90005_exercise.ipynb": NOTEBOOK,
            "liwei_4715_text.html": b"<p>hello</p>",
        }
    )


def blackboard() -> bytes:
    title = "Assignment 1_the gap"
    return packed(
        {
            f"{title}_00017_attempt_2026-10-05-21-30-34_exercise.ipynb": NOTEBOOK,
            f"{title}_00017_attempt_2026-10-05-21-30-34.txt": b"Name: Anna Berg (00017)\n",
            f"{title}_00017_attempt_2026-10-04-08-00-00_exercise.ipynb": b"{}",
            f"{title}_00017_attempt_2026-10-04-08-00-00.txt": b"Name: Anna Berg (00017)\n",
            f"{title}_zoe@uni.example_attempt_2026-10-05-20-00-00_exercise.ipynb": NOTEBOOK,
        }
    )


def xuexitong() -> bytes:
    """Made on a Chinese Windows: names in GBK, without a mark, within a folder."""
    return packed(
        {
            "第一次作业/20260012345678901-张伟/作业一.ipynb": NOTEBOOK,
            "第一次作业/00017_Anna Berg/exercise.ipynb": NOTEBOOK,
        },
        "gbk",
    )


def xuexitong_files() -> bytes:
    return packed({"张伟-20260012345678901-作业1.ipynb": NOTEBOOK, "00017（Anna Berg）exercise.ipynb": NOTEBOOK}, "gbk")


def zipped_within() -> bytes:
    return packed({"作业/20260012345678901 张伟.zip": packed({"exercise.ipynb": NOTEBOOK, "data.csv": b"a"})})


def from_a_mac() -> bytes:
    return packed(
        {
            "hand-ins/00019/exercise.ipynb": NOTEBOOK,
            "hand-ins/Anna Berg/exercise.ipynb": NOTEBOOK,
            "__MACOSX/hand-ins/00019/._exercise.ipynb": b"\x00",
            "hand-ins/.DS_Store": b"\x00",
        }
    )


def nbgraders() -> bytes:
    return packed(
        {
            "submitted/00017/m01-expectation-gap/exercise.ipynb": NOTEBOOK,
            "submitted/00017/m01-expectation-gap/timestamp.txt": b"2026-10-05 08:00:00 UTC",
        }
    )


ANNA, WEI, ZOE = "00017", "20260012345678901", "00019"
# What lies in submitted/ afterwards
GOOD: dict[str, tuple[Callable[[], bytes], str, dict[str, set[str]]]] = {
    "moodle": (
        moodle,
        "Moodle",
        {ANNA: {"exercise.ipynb"}, WEI: {"作业一.ipynb"}, ZOE: {"exercise.ipynb", "onlinetext.html"}},
    ),
    "moodle_flat": (moodle_flat, "Moodle", {ANNA: {"exercise.ipynb", "table_of_mine.csv"}}),
    "moodle_new": (moodle_new, "Moodle", {ANNA: {"exercise.ipynb"}}),
    "canvas": (
        canvas,
        "Canvas",
        {
            ANNA: {"exercise.ipynb"},
            WEI: {"exercise-1.ipynb"},
            ZOE: {"my_exercise_2.ipynb"},
            "00020": {"exercise.ipynb"},
            "00021": {"exercise.ipynb", "text.html"},
        },
    ),
    "blackboard": (blackboard, "Blackboard", {ANNA: {"exercise.ipynb"}, ZOE: {"exercise.ipynb"}}),
    "xuexitong": (xuexitong, "files named", {WEI: {"作业一.ipynb"}, ANNA: {"exercise.ipynb"}}),
    "xuexitong_files": (
        xuexitong_files,
        "files named",
        {WEI: {"张伟-20260012345678901-作业1.ipynb"}, ANNA: {"00017（Anna Berg）exercise.ipynb"}},
    ),
    "zipped_within": (zipped_within, "files named", {WEI: {"exercise.ipynb", "data.csv"}}),
    "from_a_mac": (from_a_mac, "files named", {ZOE: {"exercise.ipynb"}, ANNA: {"exercise.ipynb"}}),
    "nbgraders": (nbgraders, "files named", {ANNA: {"exercise.ipynb", "timestamp.txt"}}),
}


def _linked() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        info = zipfile.ZipInfo("Anna Berg_30017_assignsubmission_file_/exercise.ipynb")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    return stream.getvalue()


def _broken() -> bytes:
    data = bytearray(packed({"Anna Berg_30017_assignsubmission_file_/exercise.ipynb": NOTEBOOK * 50}))
    at = data.find(b"exercise.ipynb") + 20
    data[at : at + 12] = b"\xff" * 12
    return bytes(data)


def _locked() -> bytes:
    data = bytearray(packed({"Anna Berg_30017_assignsubmission_file_/exercise.ipynb": NOTEBOOK}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    return bytes(data)


def _many() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(50_001):
            archive.writestr(f"a/{number}", b"")
    return stream.getvalue()


# What is said; nothing of it may lie in submitted/
DAMAGED: dict[str, tuple[Callable[[], bytes], int, str]] = {
    "cut_off": (lambda: moodle()[:-40], 2, "was cut off while it was downloaded"),
    "a_rar": (lambda: b"Rar!\x1a\x07\x00" + b"x" * 100, 2, "unpack RAR and 7z into a folder"),
    "a_bomb": (
        lambda: packed({"Anna Berg_30017_assignsubmission_file_/exercise.ipynb": b" " * 30_000_000}),
        1,
        "packed so densely",
    ),
    "too_large": (
        lambda: packed({"Anna Berg_30017_assignsubmission_file_/exercise.ipynb": b"12345678" * 13_000_000}),
        1,
        "larger than 100 MB",
    ),
    "a_path_upwards": (
        lambda: packed({"Anna Berg_30017_assignsubmission_file_/../../../../evil.ipynb": NOTEBOOK}),
        1,
        "leads out of the archive",
    ),
    "an_absolute_path": (
        lambda: packed({"/00017/exercise.ipynb": NOTEBOOK, "/00019/exercise.ipynb": NOTEBOOK}),
        1,
        "leads out of the archive",
    ),
    "a_link": (_linked, 1, "is a link"),
    "a_broken_file": (_broken, 1, "it is damaged"),
    "locked": (_locked, 1, "locked with a password"),
    "fifty_thousand_files": (_many, 2, "At most 50000 files"),
    "names_in_an_unknown_encoding": (lambda: packed({"00017/übung.ipynb": NOTEBOOK}, "cp1252"), 1, "--encoding"),
    "a_rar_within": (
        lambda: packed({"Anna Berg_30017_assignsubmission_file_/all.rar": b"Rar!"}),
        1,
        "only zip archives are unpacked",
    ),
}


def write(data: bytes, folder: Path) -> Path:
    """Write an export to a file."""
    path = folder / "export.zip"
    path.write_bytes(data)
    return path
