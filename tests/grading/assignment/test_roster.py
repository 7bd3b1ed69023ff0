"""Class lists as registries and spreadsheets write them: every cell is text, what is spoilt is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
import openpyxl
import pytest

from course.grading.assignment import roster
from tests.bombs import bomb, lying_bomb, wide_row

LONG = "20260012345678901234"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_delimiter_in_any_encoding(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [["学号", "姓名", "邮箱"], ["00017", "张伟", "z@x.cn"], [LONG, "欧阳娜娜", ""]]
    path = tmp_path / "名单.csv"
    path.write_bytes("\r\n".join(separator.join(row) for row in rows).encode(encoding))
    found = roster.read(path)
    assert list(found) == ["00017", LONG]
    assert (found["00017"].shown_name, found["00017"].email) == ("张伟", "z@x.cn")


@pytest.mark.parametrize(
    "heads",
    [
        "id,first_name,last_name,email",
        "ID,First name,Surname,Email address",
        "Student ID,given name,family name,E-Mail",
        "学号,名,姓,电子邮件",
    ],
)
def test_heads_by_many_names(tmp_path: Path, heads: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"{heads}\n007,Anna,Berg,a@x.example\n", encoding="utf-8")
    assert roster.read(path) == {"007": roster.Student("007", "Anna", "Berg", "a@x.example")}


def test_a_workbook_keeps_zeros_and_long_numbers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["学号", "姓名"], [LONG, "张伟"], ["00017", "Anna Berg"], [42, "Ben"], [19, "Cho"]):
        sheet.append(row)
    sheet["A5"].number_format = "00000"
    book.save(tmp_path / "students.xlsx")
    assert roster.find(tmp_path) == tmp_path / "students.xlsx"
    assert list(roster.read(tmp_path / "students.xlsx")) == [LONG, "00017", "42", "00019"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id,name\n2.026E+11,Anna\n", "row 2: a spreadsheet has turned a long number into 2.026E+11"),
        ("id,name\nA,Anna\nA,Ben\n", "row 3: every learner needs an id of their own"),
        ("id,name\n../x,Anna\n", "row 2"),
        ("number,name\n1,Anna\n", "has no column of ids"),
        ("学号,Student ID\n1,2\n", "two columns for one thing"),
        ("", "is empty"),
    ],
)
def test_what_is_spoilt_is_refused_with_its_row(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "students.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(click.ClickException, match=r".") as found:
        roster.read(path)
    assert says in str(found.value)


def test_a_number_that_lost_its_digits_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["id", "name"])
    book.active.append([20260012345678901, "Anna"])
    book.save(tmp_path / "students.xlsx")
    with pytest.raises(click.ClickException, match="row 2: a number of more than 15 digits"):
        roster.read(tmp_path / "students.xlsx")


@pytest.mark.parametrize("pack", [bomb, lying_bomb, wide_row], ids=["bomb", "bomb that lies", "wide row"])
def test_a_workbook_is_measured_before_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: Callable[[], bytes]
) -> None:
    def opened(*_args: object, **_options: object) -> None:
        raise AssertionError("opened")

    monkeypatch.setattr(openpyxl, "load_workbook", opened)
    path = tmp_path / "students.xlsx"
    path.write_bytes(pack())
    with pytest.raises(click.ClickException, match=r"more than a class list \(100 MB at most\)|damaged workbook"):
        roster.read(path)


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04 no", b"\xd0\xcf\x11\xe0 old", "id,name\n1,Ren\u00e9e Zo\u00eb\n".encode("cp1252"), b"\x00\x01\x02"],
)
def test_files_that_are_no_list(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "students.csv"
    path.write_bytes(content)
    with pytest.raises(click.ClickException, match="Save it"):
        roster.read(path)
