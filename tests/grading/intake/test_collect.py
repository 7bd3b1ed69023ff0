"""`course collect`: exports of every platform collected rightly, damaged ones named, nothing guessed, nothing outside."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from course.cli import cli
from course.grading.assignment import roster
from course.grading.commands import common
from tests.grading.classroom import ASSIGNMENT, open_classroom
from tests.grading.intake import exports
from tests.grading.intake.exports import ANNA, DAMAGED, GOOD, NOTEBOOK, WEI, ZOE, packed


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return open_classroom(tmp_path_factory.mktemp("course"))


@pytest.fixture
def room(course: Path, tmp_path: Path) -> Path:
    for name in ("exercises", "solutions", "nbgrader_config.py"):
        (tmp_path / name).symlink_to(course / name)
    (tmp_path / roster.FILE).write_text(exports.class_list(), encoding="utf-8")
    return tmp_path


def call(root: Path, source: Path, *options: str, language: str = "en") -> Result:
    done = CliRunner().invoke(
        cli, ["collect", "m01", str(source), "--root", str(root), "--language", language, *options]
    )
    assert "Traceback" not in done.output
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def lies(root: Path) -> dict[str, set[str]]:
    """The files under submitted/ by student."""
    found: dict[str, set[str]] = {}
    for path in (root / "submitted").glob(f"*/{ASSIGNMENT}/**/*"):
        parts = path.relative_to(root / "submitted").parts
        found.setdefault(parts[0], set()).add(unicodedata.normalize("NFC", "/".join(parts[2:])))
    return found


@pytest.mark.parametrize("name", GOOD)
def test_ten_exports_are_collected(room: Path, tmp_path: Path, name: str) -> None:
    make, platform, expected = GOOD[name]
    done = call(room, exports.write(make(), tmp_path))
    assert f"Read as: {platform}" in done.output
    assert lies(room) == expected, done.output
    assert all(path.read_bytes() == NOTEBOOK for path in (room / "submitted").rglob("*.ipynb"))


def test_a_registrys_workbook_says_whose_xuexitongs_files_are(room: Path, tmp_path: Path) -> None:
    (room / roster.FILE).unlink()
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["学号", "姓名"], *([number, last + first] for number, first, last, *_ in exports.CLASS)):
        book.active.append(row)
    book.save(room / roster.WORKBOOK)
    make, _, expected = GOOD["xuexitong"]
    done = call(room, exports.write(make(), tmp_path), language="zh")
    assert lies(room) == expected, done.output


@pytest.mark.parametrize("name", GOOD)
def test_the_same_as_a_folder(room: Path, tmp_path: Path, name: str) -> None:
    import zipfile

    make, _platform, expected = GOOD[name]
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(io.BytesIO(make())) as archive:
        for info in archive.infolist():
            named = (
                info.filename
                if info.flag_bits & 0x800 or info.filename.isascii()
                else info.filename.encode("cp437").decode("gbk")
            )
            path = folder / named
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(archive.read(info))
    call(room, folder)
    assert lies(room) == expected


@pytest.mark.parametrize("name", DAMAGED)
def test_ten_damaged_exports_are_named(room: Path, tmp_path: Path, name: str) -> None:
    make, code, says = DAMAGED[name]
    before = {path for path in tmp_path.parent.rglob("*") if "evil" in path.name}
    source = exports.write(make(), tmp_path)
    done = call(room, source)
    assert (done.exit_code, says in done.output) == (code, True), done.output
    assert lies(room) == {}
    assert {path for path in tmp_path.parent.rglob("*") if "evil" in path.name} == before
    assert call(room, source, language="zh").exit_code == code


def test_there_are_enough_of_both() -> None:
    assert len(GOOD) >= 10
    assert len(DAMAGED) >= 10


def test_a_name_that_two_have_is_left_alone(room: Path, tmp_path: Path) -> None:
    source = exports.write(packed({"Wei Li_30020_assignsubmission_file_/exercise.ipynb": NOTEBOOK}), tmp_path)
    done = call(room, source)
    assert done.exit_code == common.LOOK
    assert "Wei Li_30020: it may be 00020 (Wei Li), 00021 (Wei Li)" in done.output
    assert lies(room) == {}
    done = call(room, source, "--who", "Wei Li_30020=00021")
    assert (done.exit_code, lies(room)) == (common.FINE, {"00021": {"exercise.ipynb"}})


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (
            "00017-张伟/exercise.ipynb",
            "the number is that of 00017 (Anna Berg), the name that of 20260012345678901 (张伟)",
        ),
        ("17/exercise.ipynb", "nobody on the class list"),
        ("Anna/exercise.ipynb", "nobody on the class list"),
        ("00017 and 00019/exercise.ipynb", "it may be 00017"),
        ("exercise.ipynb", "nobody on the class list"),
    ],
)
def test_nothing_is_guessed(room: Path, tmp_path: Path, name: str, says: str) -> None:
    done = call(room, exports.write(packed({name: NOTEBOOK}), tmp_path))
    assert done.exit_code == common.LOOK
    assert says in done.output
    assert lies(room) == {}


def test_two_hand_ins_of_one_student_are_left_alone(room: Path, tmp_path: Path) -> None:
    done = call(room, exports.write(packed({"00017/a.ipynb": NOTEBOOK, "Anna Berg/b.ipynb": b"{}"}), tmp_path))
    assert "00017: Anna Berg is the same student, 00017, too" in done.output
    assert lies(room) == {}


def test_anonymous_exports_name_nobody(room: Path, tmp_path: Path) -> None:
    done = call(room, exports.write(packed({"anon_x7Yz3_90001_exercise.ipynb": NOTEBOOK}), tmp_path))
    assert "anon_x7Yz3: nobody on the class list" in done.output
    blind = packed({"Participant_30017_assignsubmission_file_/exercise.ipynb": NOTEBOOK})
    assert "Participant_30017: nobody" in call(room, exports.write(blind, tmp_path)).output
    listed = tmp_path / "worksheet.csv"
    listed.write_text('Identifier,"Full name","ID number"\nParticipant 30017,"Anna Berg",00017\n', encoding="utf-8")
    call(room, exports.write(blind, tmp_path), "--students", str(listed))
    assert lies(room) == {ANNA: {"exercise.ipynb"}}


def test_the_author_of_a_file_does_not_say_when_it_came(room: Path, tmp_path: Path) -> None:
    files = {"berganna_4711_1_exercise.ipynb": NOTEBOOK, "berganna_4711_2_timestamp.txt": b"2020-01-01 00:00 UTC"}
    call(room, exports.write(packed(files), tmp_path))
    assert lies(room) == {ANNA: {"exercise.ipynb"}}


def test_blackboards_clock_counts_once_its_zone_is_said(room: Path, tmp_path: Path) -> None:
    source = exports.write(exports.blackboard(), tmp_path)
    call(room, source, "--zone", "Asia/Shanghai")
    stamp = room / "submitted" / ANNA / ASSIGNMENT / "timestamp.txt"
    assert stamp.read_text() == "2026-10-05 13:30:34 UTC"
    assert "older attempts left out: 1" in call(room, source, "--zone", "Asia/Shanghai").output
    assert "several zones" in call(room, source, "--zone", "CST").output


def test_what_the_platform_calls_late_is_said(room: Path, tmp_path: Path) -> None:
    done = call(room, exports.write(exports.canvas(), tmp_path))
    (line,) = [line for line in done.output.splitlines() if line.startswith("张伟_4712")]
    assert "late, says the platform" in line


def test_collecting_again_replaces_only_when_asked_and_keeps_the_old(room: Path, tmp_path: Path) -> None:
    old, new = (packed({"00017/exercise.ipynb": text}) for text in (NOTEBOOK, b"{}"))
    call(room, exports.write(old, tmp_path))
    assert "as before" in call(room, exports.write(old, tmp_path)).output
    done = call(room, exports.write(new, tmp_path))
    assert done.exit_code == common.LOOK
    assert "--update puts this one in its place" in done.output
    notebook = room / "submitted" / ANNA / ASSIGNMENT / "exercise.ipynb"
    assert notebook.read_bytes() == NOTEBOOK
    assert call(room, exports.write(new, tmp_path), "--update").exit_code == common.FINE
    assert notebook.read_bytes() == b"{}"
    assert (room / "grading" / ASSIGNMENT / "replaced" / ANNA / "1" / "exercise.ipynb").read_bytes() == NOTEBOOK


def test_the_table_says_who_is_whom(room: Path, tmp_path: Path) -> None:
    call(room, exports.write(exports.moodle(), tmp_path), language="zh")
    with (room / "grading" / ASSIGNMENT / "collected.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0] == ["交上来的叫法", "学号", "姓名", "凭什么认出", "状态"]
    assert ["张伟_30018", WEI, "张伟", "姓名", "新收"] in rows
    kept = json.loads((room / "grading" / ASSIGNMENT / "collected.json").read_text(encoding="utf-8"))
    assert kept[ZOE]["files"]["exercise.ipynb"] == "Zoë O'Neil-Ruiz_30019_assignsubmission_file_/exercise.ipynb"


def test_without_a_class_list_it_refuses(room: Path, tmp_path: Path) -> None:
    (room / roster.FILE).unlink()
    done = call(room, exports.write(exports.moodle(), tmp_path))
    assert done.exit_code == common.USAGE
    assert "There is no class list" in done.output


def test_two_hundred_files_at_most(room: Path, tmp_path: Path) -> None:
    files = {"00017/exercise.ipynb": NOTEBOOK} | {f"00017/deep/er/than/any/{number}": b"x" for number in range(300)}
    done = call(room, exports.write(packed(files), tmp_path))
    assert "more than 200 files" in done.output
    assert len([path for path in (room / "submitted").rglob("*") if path.is_file()]) == 200
