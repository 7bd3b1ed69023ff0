"""The way back, read again by others than those who wrote it: as Moodle's and Canvas's importers read names, by csv,
zipfile and openpyxl.
"""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from course.cli import cli
from course.grading.assignment import roster
from tests.grading.gradebooks import M01, OUT_OF, gradebook
from tests.grading.intake import exports
from tests.grading.intake.exports import ANNA, WEI, ZOE

GRADED = (ANNA, WEI, ZOE, "00020")
COLUMNS = ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum grade", "Grade can be changed",
           "Last modified (submission)", "Last modified (grade)", "Feedback comments"]  # fmt: skip
ROWS = [
    ["Participant 30017", "Anna Berg", "", "Submitted", "", "30.00", "Yes", "5 October 2026, 9:30 PM", "-", ""],
    ["Participant 30018", "张伟", "zhangwei@uni.example", "Submitted", "", "30.00", "Yes", "-", "-", "alt, “a”\nb"],
    ["Participant 30019", "Zoë O'Neil-Ruiz", "zoe@uni.example", "Submitted", "", "30.00", "Yes", "-", "-", ""],
    ["Participant 30020", "Wei Li", "li1@uni.example", "No submission", "", "30.00", "Yes", "-", "-", ""],
    ["Participant 30021", "Wei Li", "li2@uni.example", "No submission", "", "30.00", "Yes", "-", "-", ""],
    ["Participant 30099", "Not, of ours", "x@uni.example", "No submission", "", "30.00", "No", "-", "-", "=1+1"],
]  # fmt: skip


@pytest.fixture
def room(tmp_path: Path) -> Path:
    (tmp_path / roster.FILE).write_text(exports.class_list(), encoding="utf-8")
    points: dict[str, dict[str, float | None]] = {
        ANNA: dict(OUT_OF),
        WEI: {"felt-value": 2.5, "weighted-stars": 3.0},
        ZOE: {"paragraph": None},
        "00020": {"felt-value": 4.0},
    }
    gradebook(tmp_path, points)
    for student in points:
        page = tmp_path / "feedback" / student / M01.id / "exercise.html"
        page.parent.mkdir(parents=True)
        page.write_text(f"page of {student}", encoding="utf-8")
    for name in ("exercises", "solutions"):
        (tmp_path / name).symlink_to(M01.exercise("en").parents[3] / name)
    return tmp_path


def call(root: Path, *arguments: str, expect: int = 0, language: str = "en") -> Result:
    done = CliRunner().invoke(cli, [*arguments, "--root", str(root), "--language", language])
    assert done.exit_code == expect, done.output
    return done


def collected(root: Path, export: bytes) -> Path:
    # one name of Moodle's flat archive is not on the class list
    expect = 1 if export == exports.moodle_flat() else 0
    call(root, "collect", "m01", str(exports.write(export, root)), expect=expect)
    return root / "reports" / M01.id


def worksheet(root: Path, rows: list[list[str]] = ROWS, columns: list[str] = COLUMNS, delimiter: str = ",") -> Path:
    path = root / "Grades-CX-m01-77.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows([columns, *rows])
    return path


def read(path: Path, delimiter: str = ",") -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream, delimiter=delimiter))


@pytest.mark.parametrize("export", [exports.moodle, exports.moodle_flat, exports.moodle_new])
def test_the_feedback_archive_as_moodle_reads_it(room: Path, export: object) -> None:
    folder = collected(room, export())  # type: ignore[operator]
    call(room, "report", "m01")
    found = {}
    with zipfile.ZipFile(folder / "moodle-feedback.zip") as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            # importziplib.php: a part of the path, split at four underscores, whose second piece is a number
            part, _slash, file = name.partition("/")
            pieces = part.split("_", 4)
            assert (pieces[2:4], pieces[1].isdigit(), file) == (["assignsubmission", "file"], True, "feedback.html")
            found[pieces[1]] = archive.read(name).decode()
    expected = {"30017": f"page of {ANNA}", "30018": f"page of {WEI}", "30019": f"page of {ZOE}"}
    assert found == {number: page for number, page in expected.items() if number in found}
    assert "30017" in found
    assert len(found) == (3 if export is exports.moodle else 1)


def test_the_feedback_archive_as_canvas_reads_it(room: Path) -> None:
    folder = collected(room, exports.canvas())
    call(room, "report", "m01")
    found = {}
    with zipfile.ZipFile(folder / "canvas-feedback.zip") as archive:
        for name in archive.namelist():
            # assignment.rb, infer_comment_context_from_filename: the first two pieces that are numbers
            user, attachment = [piece for piece in name.split("_") if piece.isdecimal()][:2]
            assert name.endswith("_feedback.html")
            found[user, attachment] = archive.read(name).decode()
    assert found == {
        ("4711", "90001"): f"page of {ANNA}",
        ("4712", "90002"): f"page of {WEI}",
        ("4713", "90003"): f"page of {ZOE}",
        ("4714", "90004"): "page of 00020",
    }


def test_pages_of_nobody_a_platform_named_lie_by_id(room: Path) -> None:
    folder = collected(room, exports.xuexitong())
    call(room, "report", "m01")
    with zipfile.ZipFile(folder / "feedback.zip") as archive:
        assert sorted(archive.namelist()) == [f"{name}/feedback.html" for name in sorted(GRADED)]
        assert archive.read(f"{WEI}/feedback.html").decode() == f"page of {WEI}"
    assert not (folder / "moodle-feedback.zip").exists()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_moodles_worksheet_cell_by_cell(room: Path, delimiter: str) -> None:
    folder = collected(room, exports.moodle())
    done = call(room, "report", "m01", "--worksheet", str(worksheet(room, delimiter=delimiter)))
    heads, *rows = read(folder / "moodle-worksheet.csv", delimiter)
    assert heads == COLUMNS
    grade, comment = COLUMNS.index("Grade"), COLUMNS.index("Feedback comments")
    assert len(rows) == len(ROWS)
    for row, before in zip(rows, ROWS, strict=True):
        for at, (now, then) in enumerate(zip(row, before, strict=True)):
            assert now == then or at in (grade, comment), (row[0], COLUMNS[at])
    assert [row[grade] for row in rows] == ["30", "5.5", "", "4", "", ""]
    assert rows[0][comment].count("; ") == len(OUT_OF) - 1
    assert "3 / 3" in rows[1][comment]
    assert [row[comment] for row in rows[4:]] == ["", "=1+1"]
    assert rows[2][comment] == ""
    assert "3 rows filled in" in done.output
    assert "Left as they were: Participant 30019" in done.output


def test_a_chinese_worksheet(room: Path) -> None:
    columns = [
        "识别码",
        "全名",
        "电子邮件地址",
        "状态",
        "成绩",
        "最高成绩",
        "可以更改成绩",
        "最后修改（学生）",
        "最后修改（教师）",
        "反馈评论",
    ]
    rows = [[row[0].replace("Participant ", "参与者"), *row[1:]] for row in ROWS]
    call(room, "report", "m01", "--worksheet", str(worksheet(room, rows, columns)), language="zh")
    heads, *found = read(room / "reports" / M01.id / "moodle-worksheet.csv")
    assert heads == columns
    # without a collected archive: by e-mail address, else by a name that only one has
    assert [row[4] for row in found] == ["30", "5.5", "", "4", "", ""]


@pytest.mark.parametrize(
    ("columns", "rows", "says"),
    [
        (COLUMNS[:-1], ROWS, "is no grading worksheet"),
        (
            COLUMNS,
            [[*row[:5], "100.00", *row[6:]] for row in ROWS],
            "the highest grade in Moodle is 100.00, here it is 30",
        ),
        ([], [], "is no grading worksheet"),
    ],
)
def test_a_worksheet_that_does_not_fit_is_refused(
    room: Path, columns: list[str], rows: list[list[str]], says: str
) -> None:
    path = worksheet(room, rows, columns)
    assert says in call(room, "report", "m01", "--worksheet", str(path), expect=1).output
    assert not (room / "reports" / M01.id / "moodle-worksheet.csv").exists()


def test_what_moodle_does_not_let_change_stays(room: Path) -> None:
    path = worksheet(room, [[*row[:6], "No", *row[7:]] for row in ROWS])
    call(room, "report", "m01", "--worksheet", str(path))
    assert read(room / "reports" / M01.id / "moodle-worksheet.csv")[1:] == read(path)[1:]


def test_the_workbook_for_chinese_platforms(room: Path) -> None:
    with (room / roster.FILE).open("a", encoding="utf-8") as stream:
        stream.write("007,=1+1,@x,e@x,\n")
    gradebook(room, {ANNA: dict(OUT_OF), WEI: {"felt-value": 2.5}, ZOE: {"paragraph": None}, "007": {}})
    call(room, "report", "m01")
    sheet = openpyxl.load_workbook(room / "reports" / M01.id / "xuexitong.xlsx").active
    assert sheet is not None
    heads, *rows = sheet.iter_rows()
    assert [cell.value for cell in heads] == ["学号", "姓名", "分数", "评语"]
    found = {row[0].value: row for row in rows}
    assert {student: row[2].value for student, row in found.items()} == {ANNA: 30, WEI: 2.5, ZOE: None, "007": 0}
    assert found[WEI][1].value == "张伟"
    assert {cell.data_type for row in rows for cell in (row[0], row[1], row[3])} <= {"s", "inlineStr"}
    assert found["007"][1].value == "=1+1 @x"


def test_canvas_takes_empty_cells_for_what_waits(room: Path) -> None:
    call(room, "report", "m01")
    heads, possible, *rows = read(room / "reports" / M01.id / "canvas.csv")
    assert possible[-1] == "30"
    assert {row[1]: row[-1] for row in rows} == {"4711": "30", "4712": "5.5", "4713": "", "4714": "4"}
    assert heads[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
