"""Taking part: files and codes of lessons' pages become points, whoever handed them in and in whatever state."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from course.cli import cli
from course.grading.assignment import roster
from course.grading.book import participation as book
from course.grading.commands import common
from course.grading.intake import participation
from course.grading.intake.participation import ParticipationError, code_of, from_file, stamp
from course.paths import ROOT
from course.study.hand_in import FORMAT, VERSION, keys
from tests.grading.classroom import open_classroom
from tests.grading.intake import exports
from tests.grading.intake.exports import NOTEBOOK, packed

GIVEN = json.loads((ROOT / "tests" / "ui" / "js" / "handin.json").read_text(encoding="utf-8"))
M02, M03 = "m02-promises", "m03-measurement"
LONG = "20260012345678901"


def saved(who: str, of: str = M02, share: float = 1.0, **other: object) -> bytes:
    """A file as a page saves it: `share` of all that a module has was done."""
    some = {kind: known[: round(share * len(known))] for kind, known in keys(of).items()}
    done: dict[str, Any] = {
        "quiz": {key: {"answer": 1, "tries": 1, "first": False, "right": False} for key in some["quiz"]},
        **{kind: dict.fromkeys(some[kind], 5) for kind in ("predictions", "bets")},
        "goals": some["goals"],
        "texts": dict.fromkeys(some["texts"], f"{who} writes"),
    }
    counts = {kind: len(found) for kind, found in done.items()}
    parts = {
        "format": FORMAT, "version": VERSION, "module": of, "language": "zh", "edition": "2026.12", "who": who,
        "saved": "2026-11-30T10:00:00.000Z", "code": code_of(of, counts, who), **done, **other,
    }  # fmt: skip
    head = json.dumps(parts, ensure_ascii=False, indent=1).removesuffix("\n}") + ",\n "
    return f'{head}"check": "{stamp(head)}"\n}}\n'.encode()


@pytest.fixture
def room(tmp_path: Path) -> Path:
    (tmp_path / roster.FILE).write_text(exports.class_list(), encoding="utf-8")
    return tmp_path


def call(root: Path, files: dict[str, bytes], *options: str, name: str = "participation") -> Result:
    source = exports.write(packed(files), root)
    done = CliRunner().invoke(cli, ["collect", name, str(source), "--root", str(root), *options])
    assert "Traceback" not in done.output
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def table(root: Path) -> dict[str, dict[str, str]]:
    """The table's rows by id."""
    path = root / "reports" / "participation" / "participation.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return {row["id"]: row for row in csv.DictReader(stream)}


def test_the_page_and_the_grader_know_the_same_file() -> None:
    found = from_file(GIVEN["file"].encode())
    assert found.who == GIVEN["who"]
    assert found.done == {"quiz": 2, "predictions": 2, "bets": 2, "goals": 1, "texts": 1}
    assert found.code in GIVEN["file"]
    assert from_file(b"\xef\xbb\xbf" + GIVEN["file"].replace("\n", "\r\n").encode()) == found, "as some mails leave it"
    for text, reads in GIVEN["plain"].items():
        assert roster.plain(text.upper()) == reads


def test_a_class_in_one_folder_becomes_points(room: Path) -> None:
    files = {
        "00017-m02.participation.json": saved("00017"),
        "00017-m03.participation.json": saved("00017", M03, 0.4),
        "download (3).json": saved("  张 伟 ", share=0.5),
        "00019/x.json": saved("Zoë", share=0),
    }
    done = call(room, files)
    assert done.exit_code == common.FINE, done.output
    rows = table(room)
    assert rows["00017"]["m02"] == "10"
    assert 0 < float(rows["00017"]["m03"]) < 10
    assert 4 < float(rows[LONG]["Points"]) < 8
    assert rows["00019"]["m02"] == "0"
    assert rows["00020"]["m02"] == rows["00020"]["m03"] == ""
    from openpyxl import load_workbook

    sheet = load_workbook(room / "reports" / "participation" / "participation.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == ["学号", "姓名", "分数", "评语"]
    assert sheet["A3"].value == LONG
    assert str(sheet["D2"].value).startswith("m02 10; m03 ")

    again = call(room, files)
    assert again.output.count("as before") == len(files)
    assert table(room) == rows
    fuller = call(room, {"00019.json": saved("00019", share=0.5), "00017.json": saved("00017", share=0.2)})
    assert "more than before" in fuller.output
    assert "the fuller one before stays" in fuller.output
    assert table(room)["00017"]["m02"] == "10"
    assert float(table(room)["00019"]["m02"]) > 4


def test_wrong_answers_earn_what_right_ones_do() -> None:
    wrong = saved("00017")
    right = saved(
        "00017", quiz={key: {"answer": 0, "tries": 1, "first": True, "right": True} for key in keys(M02)["quiz"]}
    )
    far = saved("00017", bets=dict.fromkeys(keys(M02)["bets"], -10_000))
    assert len({book.Rule().of(from_file(one)) for one in (wrong, right, far)}) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("points = 5\n[modules]\nm02 = 20\n", "20"),
        ("enough = 100\n", "10"),
        ("points = 5", "5"),
        ("[weights]\nquiz = 0\ntexts = 3\n", "10"),
        ("enough = 0", "participation.toml: top of the file: enough is a percentage"),
        ("points = -1", "numbers from 0 to 1000"),
        ('points = "ten"', "participation.toml"),
        ("[modules]\nm77 = 1", "there is no module m77"),
        ("[weights]\nrightness = 1", "rightness under [weights] is nothing that can be done"),
        ("pionts = 5", "pionts"),
        ("points", "participation.toml cannot be read"),
    ],
)  # fmt: skip
def test_the_rule_can_be_set(room: Path, text: str, says: str) -> None:
    (room / book.RULE).write_text(text, encoding="utf-8")
    done = call(room, {"00017.json": saved("00017")})
    if says.isdigit():
        assert table(room)["00017"]["m02"] == says
    else:
        assert says in done.output


def edited(change: Callable[[str], str]) -> bytes:
    before = saved("00017", share=0.5).decode()
    after = change(before)
    assert after != before
    return after.encode()


BAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "no lesson's page saved it"),
    "cut": (saved("00017")[:-90], "damaged or cut off"),
    "half": (saved("00017")[:300], "damaged or cut off"),
    "bytes": (bytes(range(256)), "no lesson's page saved it"),
    "notebook": (NOTEBOOK, "no lesson's page saved it"),
    "list": (b"[1, 2]", "no lesson's page saved it"),
    "deep": (b"[" * 200_000, "no lesson's page saved it"),
    "number": (b'{"format": 1e999}', "no lesson's page saved it"),
    "huge": (saved("00017", note="x" * participation.LARGEST), "larger than 300 KB"),
    "version": (saved("00017", version=2), "another version of the course"),
    "module": (saved("00017", module="m99-nothing\u202e\x1b[31m"), "is of the module m99-nothing"),
    "no module": (saved("00017", module=["x"]), "which this course does not have"),
    "goal": (edited(lambda text: text.replace('"goals": [', '"goals": ["keep-the-word", ')), "changed after the page"),
    "who": (edited(lambda text: text.replace('"who": "00017"', '"who": "00018"')), "changed after the page"),
    "text": (edited(lambda text: text.replace("writes", "wrote")), "changed after the page"),
    "behind": (edited(lambda text: text.rstrip("\n}") + ', "goals": ["keep-the-word"]}'), "changed after the page"),
    "code": (saved("00017", share=0.5, code="M02-Q6P3B3G3T3-000000"), "changed after the page"),
    "odd": (saved("00017", quiz=7), "changed after the page"),
    "long": (saved("9" * 100), "changed after the page"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_count_is_named(room: Path, name: str) -> None:
    content, says = BAD[name]
    done = call(room, {"00017.json": content})
    assert done.exit_code == common.LOOK
    assert f"00017.json: {says}" in done.output or says in done.output, done.output
    assert table(room)["00017"]["Points"] == "0"
    assert not any(ord(sign) < 32 and sign != "\n" for sign in done.output)


def test_nobody_earns_with_the_file_of_another(room: Path) -> None:
    mail = {
        "Anna Berg_30017_assignsubmission_file_/my.json": saved("00019"),
        "张伟_30018_assignsubmission_file_/my.json": saved("me"),
    }
    done = call(room, mail)
    assert "it was handed in by 00017, and says that it is of 00019" in done.output
    assert table(room)["00017"]["Points"] == "0"
    assert table(room)[LONG]["m02"] == "10", "who hands in is who the platform says, whatever was typed"
    assert call(room, mail, "--who", "Anna Berg_30017=00017").exit_code == common.FINE
    assert table(room)["00017"]["m02"] == "10"


def test_whose_nobody_is_or_two_are_is_asked(room: Path) -> None:
    done = call(room, {"a.json": saved("Wei Li"), "b.json": saved("somebody"), "c.json": saved("")})
    assert "Wei Li may be 00020, 00021" in done.output
    assert done.output.count("nobody on the class list has this number or name (typed was: ") == 2
    assert done.exit_code == common.LOOK


def test_two_who_wrote_the_same_are_named_and_keep_their_points(room: Path) -> None:
    same = dict.fromkeys(keys(M02)["texts"], "Word for word.")
    done = call(room, {"00017.json": saved("00017", texts=same), "00019.json": saved("00019", texts=same)})
    assert "m02: 00017 – 00019" in done.output
    assert done.exit_code == common.FINE
    assert table(room)["00019"]["m02"] == "10"


def test_a_code_typed_into_a_box_counts_for_whom_it_was_given(room: Path) -> None:
    counts = {"quiz": 6, "predictions": 3, "bets": 3, "goals": 0, "texts": 3}
    code = code_of(M02, counts, "00017")
    other = code_of(M02, counts, "00019")
    too_much = code_of(M02, {**counts, "quiz": 99}, "Zoë O'Neil-Ruiz")
    done = call(
        room,
        {
            "Anna Berg_30017_assignsubmission_onlinetext_/onlinetext.html": f"<p>{code.lower()}&nbsp;</p>".encode(),
            "张伟_30018_assignsubmission_onlinetext_/onlinetext.html": f"<p>{other}</p>".encode(),
            "Zoë O'Neil-Ruiz_30019_assignsubmission_onlinetext_/onlinetext.html": too_much.encode(),
        },
    )
    assert table(room)["00017"]["m02"] == "10"
    assert f"the code {other} is not the one that the page gives to this student" in done.output
    assert "counts more than there is to do" in done.output
    assert table(room)[LONG]["Points"] == table(room)["00019"]["Points"] == "0"


def test_beside_notebooks_it_is_taken_too(room: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    course = open_classroom(tmp_path_factory.mktemp("course"))
    for name in ("exercises", "solutions", "nbgrader_config.py"):
        (room / name).symlink_to(course / name)
    files = {
        "00017/exercise.ipynb": NOTEBOOK,
        "00017/00017-m02.participation.json": saved("00017"),
        "00019.json": saved("00019"),
    }
    done = call(room, files, name="m01")
    assert done.exit_code == common.FINE, done.output
    assert [path.name for path in (room / "submitted").rglob("*.*") if path.is_file()] == ["exercise.ipynb"]
    assert table(room)["00017"]["m02"] == table(room)["00019"]["m02"] == "10"


def test_damage_anywhere_is_said_and_never_crashes() -> None:
    """Two thousand files with bytes changed, lost and doubled."""
    chance, whole = random.Random(3), saved("00017", share=0.6)
    before, said = from_file(whole), []
    for _ in range(2000):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(data))
            data[at : at + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
        try:
            assert from_file(bytes(data)).done == before.done, "only what stands nowhere may be lost"
        except ParticipationError as error:
            said.append(error.why)
    assert len(said) > 1000
    assert all(why.say("zh") != why.say("en") for why in said)
