"""Thirty-odd files that are no survey: each gets a message in both languages that names row, column and cure."""

from __future__ import annotations

import contextlib
import gzip
import io
import zipfile
from collections.abc import Callable

import pytest

from course.survey import SurveyProblem, analyse, clean, guess, limits, read_survey
from tests.bombs import bomb, lying_bomb
from tests.survey.files import ASCII, EN, ZH, book, repacked, table
from tests.survey.formats import ods, sav, xls

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
LIKERT = [f"P_reliability_{number}" for number in range(1, 4)]


def _cell(row: int, column: int, value: str) -> bytes:
    rows = [list(each) for each in ASCII]
    rows[row][column] = value
    return table(rows=rows).encode()


def _archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name.replace("__", "/"), body)
    return out.getvalue()


def _stored(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def _formula(made):
    made.active["C3"] = "=B3+1"


def _entity(name: str, body: bytes) -> bytes:
    return body if not name.endswith("sheet1.xml") else b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + body


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _garbled(data: bytes) -> bytes:
    """Return a workbook with a sheet whose packed bytes were damaged on the way."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    start = info.header_offset + 30 + len(info.filename)
    return data[: start + 20] + bytes(60) + data[start + 80 :]


ONE_SHORT = table(rows=[*ASCII[:2], (*ASCII[2], "surplus")]).encode()
MIXED = [[date, 6, 80 + number, 9, ""] for number, (date, *_rest) in enumerate(ASCII)]

# name: bytes, row, column, what the message says in English, in Chinese
FILES: dict[str, tuple[bytes | Callable[[], bytes], int | None, str | None, str, str]] = {
    "empty": (b"", None, None, "Choose the file", "请选择存有回答的文件"),
    "only spaces": (b" \n \n", None, None, "Choose the file", "请选择存有回答的文件"),
    "only a mark": (b"\xef\xbb\xbf", None, None, "Choose the file", "请选择存有回答的文件"),
    "100 MB": (b"1,2\n" * 25_000_000, None, None, "100 MB; at most 25 MB", "100 MB，最多读取 25 MB"),
    "binary": (b"a,b\n1,2\n3,\x00\x00\x01\n", 3, "B", "zero bytes", "零字节"),
    "picture called xlsx": (b"\x89PNG\r\n\x1a\n" + bytes(50), None, None, "picture", "图片"),
    "photo": (b"\xff\xd8\xff\xe0" + bytes(50), None, None, "picture", "图片"),
    "PDF": (b"%PDF-1.7 ...", None, None, "PDF", "PDF"),
    "packed": (gzip.compress(table().encode()), None, None, "Unpack it", "请先解压"),
    "SPSS": (b"$FL2@(#) SPSS DATA FILE", None, None, "SPSS file is damaged", "SPSS 文件已损坏"),
    "web page called xls": (
        b"<html><table><tr><td>1</td></tr></table></html>",
        None,
        None,
        "save it as XLSX",
        "另存为 XLSX",
    ),
    "JSON": (b'[{"a": 1}]', None, None, "JSON", "JSON"),
    "Stata": (b"<stata_dta><header>", None, None, "Export it from there as CSV", "导出为 CSV"),
    "damaged xls": (OLE, None, None, "damaged", "已损坏"),
    "locked xlsx": (OLE + "EncryptedPackage".encode("utf-16-le"), None, None, "remove the password", "去掉密码"),
    "damaged OpenDocument": (
        _stored(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
        None,
        None,
        "damaged",
        "已损坏",
    ),
    "Word document": (_archive(word__document=b"<x/>"), None, None, "no Excel workbook", "不是 Excel 工作簿"),
    "macro workbook": (repacked(book(), **{"xl__vbaProject.bin": b"\0"}), None, None, "without macros", "不含宏"),
    "zip bomb": (bomb, None, None, "far larger", "远远超过"),
    "zip bomb that lies": (lying_bomb, None, None, "workbook", "工作簿"),
    "entities in XLSX": (repacked(book(), _entity), None, None, "damaged", "已损坏"),
    "half a workbook": (_cut(book()), None, None, "damaged", "已损坏"),
    "garbled workbook": (_garbled(book()), None, None, "damaged", "已损坏"),
    "empty workbook": (book(rows=()), None, None, "holds no text", "没有文字"),
    "formula never calculated": (book(_formula), 3, "C", "never calculated", "从未计算过"),
    "an encoding of no alphabet": (b"ab,x\n1,2\n\x81\x01\x02,\xff\xff\x81\n", 3, "A", "CSV UTF-8", "CSV UTF-8"),
    "broken UTF-8": (table(ZH).encode().replace(b"fine", b"f\xffne"), 2, "E", "byte 0xFF", "0xFF"),
    "quotation mark not closed": (_cell(1, 4, "X").replace(b"X", b'"open'), 3, "E", "Close it", "补上另一半"),
    "text after a quotation mark": (_cell(1, 4, "X").replace(b"X", b'"so" so'), 3, "E", "Close it", "补上另一半"),
    "ragged rows": (ONE_SHORT, 4, "F", "6 cells where the header has 5", "第 4 行有 6 格，而表头只有 5 格"),
    "no header": (table(ASCII[0][1:4] * 2, [[1] * 6]).encode(), 1, "A", "Put a row with the names", "加一行列名"),
    "only a header": (table(rows=()).encode(), 1, None, "not one answer below it", "没有一条回答"),
    "only a header in XLSX": (book(rows=(EN,)), 1, None, "not one answer below it", "没有一条回答"),
    "too many columns": (table([f"q{number}" for number in range(301)], [[1] * 301]).encode(), 1, "KO", "301", "301"),
    "too many rows": (b"P_reliability_1\n" + b"5\n" * 200_001, None, None, "at most 200,000", "最多读取 200,000"),
    "endless cell": (_cell(2, 4, "x" * 6000), 4, "Comment", "more than 5,000", "超过 5,000 个字符"),
    "text in numbers": (_cell(2, 2, "five"), 4, EN[2], "“five” is not a number", "“five”不是数字"),
    "formula injected": (_cell(1, 2, "=1+1"), 3, EN[2], "“=1+1” is not a number", "“=1+1”不是数字"),
    "command injected": (_cell(1, 2, "@SUM(A1)"), 3, EN[2], "is not a number", "不是数字"),
    "spreadsheet error": (_cell(0, 1, "#REF!"), 2, EN[1], "“#REF!” is not a number", "“#REF!”不是数字"),
    "mixed scales": (table(rows=MIXED).encode(), 2, EN[2], "outside the scale", "量表之内"),
    "date nobody can read": (_cell(3, 0, "next week"), 5, "Date", "2026-11-22", "2026-11-22"),
    "a 31st of February": (_cell(3, 0, "2026-02-31"), 5, "Date", "is not a date", "读不出日期"),
    "one row": (table(rows=ASCII[:1]).encode(), 2, None, "add more rows", "补充更多的行"),
    "all missing": (
        table(LIKERT, [["", "NA", "无"], ["n/a", "-", " "], ["", "", "—"]]).encode(),
        2,
        LIKERT[0],
        "empty",
        "空的",
    ),
    "no column of use": (
        table(("name", "colour"), [("Li", "red"), ("Wu", "blue")]).encode(),
        None,
        "name",
        "Say for",
        "说明",
    ),
}


def _examine(data: bytes) -> None:
    raw = read_survey(data, "survey")
    analyse(clean(raw, guess(raw)))


def test_there_are_thirty():
    assert len(FILES) >= 30


@pytest.mark.parametrize("name", FILES)
def test_refused_with_row_column_and_cure(name):
    data, row, column, english, chinese = FILES[name]
    with pytest.raises(SurveyProblem) as caught:
        _examine(data() if callable(data) else data)
    problem = caught.value
    assert (problem.row, problem.column) == (row, column)
    assert english in problem.say("en")
    assert chinese in problem.say("zh")
    assert not any("a" <= letter <= "z" for letter in problem.say("zh")[:2])
    if row is not None:
        assert str(row) in problem.say("en").replace(",", "")
        assert str(row) in problem.say("zh").replace(",", "")
    if column is not None and len(column) > 2:
        assert column in problem.say("en")
        assert column in problem.say("zh")


def test_the_message_speaks_the_language_in_use(monkeypatch):
    monkeypatch.setattr("course.i18n._current", "zh")
    with pytest.raises(SurveyProblem, match="文件是空的"):
        read_survey(b"", "survey")


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    def unpack(*_args):
        raise AssertionError("unpacked")

    data = bomb()
    monkeypatch.setattr(zipfile.ZipFile, "open", unpack)
    with pytest.raises(SurveyProblem, match="far larger"):
        read_survey(data, "survey")


def test_shared_texts_are_counted_as_they_are_unpacked(monkeypatch):
    """They are held in memory at once, so less is allowed for them than for the sheets."""
    monkeypatch.setattr("course.survey.archives.LIMITS", limits.Limits(shared=200))
    with pytest.raises(SurveyProblem, match="far larger"):
        read_survey(repacked(book(), **{"xl__sharedStrings.xml": bytes(201)}), "survey")


def test_a_scale_without_width_is_refused():
    from course.survey import with_scale

    raw = read_survey(table().encode(), "survey")
    for low, high in ((0, 0), (7, 1), (-1, 5), (1, 5000)):
        with pytest.raises(SurveyProblem, match="has no width"):
            with_scale(raw, guess(raw), low, high)


def test_two_columns_for_one_role_are_refused():
    from course.survey import Use, with_uses

    raw = read_survey(table().encode(), "survey")
    plan = with_uses(raw, guess(raw), {EN[1]: Use("recommend")})
    with pytest.raises(SurveyProblem, match="both used as recommendation") as caught:
        clean(raw, plan)
    assert caught.value.column == EN[3]
    assert "都被当作推荐意愿" in caught.value.say("zh")


CELL = b'<table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>'
WIDE = b'<table:table-row><table:table-cell table:number-columns-repeated="16383"/>' + CELL + b"</table:table-row>"
UNFOLDING = {
    "a row a million times": b"<table:table-row table:number-rows-repeated='1000000'>" + CELL + b"</table:table-row>",
    "an empty row a million times": b"<table:table-row table:number-rows-repeated='1048570'>"
    b"<table:table-cell/></table:table-row>"
    b"<table:table-row>" + CELL + b"</table:table-row>",
    "three thousand rows, each with sixteen thousand cells": 3_000 * WIDE,
    "two thousand million spaces": b'<table:table-row><table:table-cell office:value-type="string"><text:p>a<text:s '
    b'text:c="2000000000"/></text:p></table:table-cell></table:table-row>',
}


@pytest.mark.parametrize("rows", UNFOLDING.values(), ids=UNFOLDING)
def test_an_opendocument_file_that_would_unfold_is_refused_before_it_does(rows, monkeypatch):
    def unfold(*_args):
        raise AssertionError("unfolded")

    monkeypatch.setattr("python_calamine.CalamineWorkbook.from_filelike", unfold, raising=False)
    at = b"</table:table>"
    data = repacked(
        ods([EN, *ASCII]), lambda name, body: body.replace(at, rows + at) if name == "content.xml" else body
    )
    with pytest.raises(SurveyProblem, match="far larger"):
        read_survey(data, "survey")


def test_an_spss_file_that_would_unfold_is_refused_before_it_does(monkeypatch):
    monkeypatch.setattr("course.survey.sav_reading.LIMITS", limits.Limits(unpacked=100))
    data = sav({"v0": [1, 2, 3] * 10}, ["Perceived reliability"])
    with pytest.raises(SurveyProblem, match="far larger"):
        read_survey(data, "survey")


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_damaged_workbooks_never_break_the_tool(cut):
    for data in (book(), ods([EN, *ASCII]), xls([EN, *ASCII]), sav({"v0": [1, 2, 3]}, ["Perceived reliability"])):
        at = len(data) * cut // 60
        for broken in (data[:at] + b"\xff" * 9 + data[at + 9 :], data[:at] + data[at + 31 :]):
            # nothing but a problem of ours may come out
            with contextlib.suppress(SurveyProblem):
                _examine(broken)
