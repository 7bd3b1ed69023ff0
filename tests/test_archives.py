"""What an archive is measured for, before anybody reads it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from course.archives import ArchiveFaultError, Bounds, Fault, is_dense, measured
from tests.bombs import bomb, lying_bomb, wide_row

ROOM = Bounds(unpacked=10**9, shared=10**9, dense=True)


def packed(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def fault(data: bytes, bounds: Bounds = ROOM) -> Fault:
    with pytest.raises(ArchiveFaultError) as found:
        measured(data, bounds)
    return found.value.fault


def test_what_is_within_its_bounds_is_handed_over() -> None:
    assert measured(packed("a.xml", b"<a/>"), ROOM).read("a.xml") == b"<a/>"


@pytest.mark.parametrize(
    ("data", "bounds", "expected"),
    [
        (bomb, Bounds(10**8, 10**8, dense=True), Fault.LARGE),
        (bomb, Bounds(10**9, 10**9), Fault.LARGE),
        (lying_bomb, Bounds(10**8, 10**8, dense=True), Fault.DAMAGED),
        (wide_row, Bounds(10**9, 10**9), Fault.LARGE),
        (packed("xl/sharedStrings.xml", bytes(201)), Bounds(10**6, 200), Fault.LARGE),
        (packed("a.xml", b"<!DOCTYPE x>"), ROOM, Fault.DAMAGED),
        (packed("a.xml", b" " * ((1 << 20) - 4) + b"<!DOCTYPE x>"), ROOM, Fault.DAMAGED),
        (b"PK no", ROOM, Fault.DAMAGED),
        (packed("a", b"a" * 10_000)[:-30], ROOM, Fault.DAMAGED),
    ],
    ids=["bomb", "large", "lying", "wide row", "many texts", "entity", "entity far down", "no archive", "cut off"],
)
def test_faults(data: bytes | Callable[[], bytes], bounds: Bounds, expected: Fault) -> None:
    assert fault(data() if callable(data) else data, bounds) is expected


def test_many_parts_and_locked_ones() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(4):
            archive.writestr(f"{number}", b"")
    assert fault(out.getvalue(), Bounds(10**6, 10**6, parts=3)) is Fault.LARGE
    locked = bytearray(packed("a", b"a"))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + offset] |= 1
    assert fault(bytes(locked)) is Fault.LOCKED


def test_what_a_look_raises_reaches_the_caller() -> None:
    def look(_part: str, piece: bytes) -> None:
        raise KeyError(piece)

    with pytest.raises(KeyError, match="hello"):
        measured(packed("a", b"hello"), ROOM, look)


def test_only_what_is_large_can_be_dense() -> None:
    assert is_dense(6_000_000, 1000)
    assert not is_dense(4_000_000, 1)
    assert not is_dense(50_000_000, 500_000)
