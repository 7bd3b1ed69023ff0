"""A file is the old or the new one at any moment, and there is one way to make it so."""

from __future__ import annotations

import ast
import os
import stat
from pathlib import Path

import pytest

from course.paths import PACKAGE
from course.whole import replaced, write

# these change places of whole folders, and of values in a table
OTHERS = {"server/edition/folder.py", "grading/book/record.py", "grading/book/results.py", "grading/intake/placing.py"}


def permissions(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def by_hand(source: str) -> list[int]:
    """Return the lines where a file is put in another's place: strings are replaced with two arguments, times by name.

    Columns are renamed by name.
    """
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (
            (node.func.attr in ("replace", "rename") and len(node.args) == 1 and not node.keywords)
            or ast.unparse(node.func) in ("os.replace", "os.rename", "tempfile.mkstemp")
        )
    ]


def test_text_and_bytes_take_the_place_of_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / ("名" * 80 + ".txt")
    write(path, "一\r\n二\n")
    assert path.read_bytes() == "一\r\n二\n".encode()
    write(path, b"\xff")
    assert path.read_bytes() == b"\xff"
    assert os.listdir(tmp_path) == [path.name]


def test_until_the_end_the_old_one_is_there_and_after_a_failure_still(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write(path, "old")
    with pytest.raises(KeyboardInterrupt), replaced(path) as spare:  # noqa: PT012
        spare.write_text("ne", encoding="utf-8")
        assert path.read_text(encoding="utf-8") == "old"
        raise KeyboardInterrupt
    assert path.read_text(encoding="utf-8") == "old"
    assert os.listdir(tmp_path) == ["a"]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o444])
def test_a_mode_is_the_files_whatever_the_mask_and_a_secret_is_nobody_elses_meanwhile(
    mode: int, tmp_path: Path
) -> None:
    path = tmp_path / "a"
    mask = os.umask(0o077)
    try:
        with replaced(path, mode) as spare:
            spare.write_text("x", encoding="utf-8")
            assert not permissions(spare) & ~mode & 0o077
        assert permissions(path) == mode
        os.umask(0o022)
        with replaced(path, 0o600) as spare:
            assert permissions(spare) == 0o600
        write(tmp_path / "b", "x")
        assert permissions(tmp_path / "b") == 0o644
    finally:
        os.umask(mask)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("spare.replace(path)", [1]), ("spare.rename(path)", [1]), ("os.rename(spare, path)", [1]),
        ("text.replace('a', 'b')", []), ("table.rename(columns=words)", []), ("now.replace(hour=0)", []),
    ],
)  # fmt: skip
def test_what_is_done_by_hand(source: str, found: list[int]) -> None:
    assert by_hand(source) == found


def test_nobody_does_it_by_hand() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if by_hand(path.read_text(encoding="utf-8"))
    }
    assert found == OTHERS | {"whole.py"}
