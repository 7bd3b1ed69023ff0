"""`course report` from end to end, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from course.grading.commands.report import command
from course.grading.telling.overview import overview
from tests.grading.gradebooks import M01, OUT_OF, TASKS, gradebook, graded
from tests.grading.telling.test_similarity import DISGUISED, OWN_WAY

Speak = Callable[[str], None]


def run(root: Path, *options: str) -> Result:
    return CliRunner().invoke(command, ["m01", "--root", str(root), *options])


@pytest.fixture
def room(tmp_path: Path, speak: Speak) -> Path:
    speak("en")
    scores: dict[str, dict[str, float | None]] = {
        f"s{number}": {task: OUT_OF[task] for task in TASKS[:number]} for number in range(10)
    }
    gradebook(tmp_path, scores | {"waiting": {"paragraph": None}})
    text = "Quiet. The queue in our canteen grows by four people a minute because nobody opens the second till before noon."
    for name in ("s1", "s2"):
        graded(tmp_path, name, {"paragraph": text})
    for name in ("s3", "s4"):
        graded(tmp_path, name, said={"felt-value": "There is no answer called felt_value yet. "
                                     "Write it in the cell above, and run that cell."})  # fmt: skip
    return tmp_path


def test_files_and_summary(room: Path) -> None:
    (room / "students.csv").write_text("id,last_name\ns1,Berg\ns2,Cho\nabsent,Dee\n", encoding="utf-8")
    done = run(room)
    assert done.exit_code == 0, done.output
    folder = room / "reports" / M01.id
    names = ["canvas.csv", "moodle.csv", "similar-pairs.csv", "tasks.csv", "wrong-answers.csv", "xuexitong.xlsx"]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert "11 graded; mean" in done.output
    assert "1 has an answer that waits" in done.output
    assert "not on the class list".lower() in done.output.lower()
    assert "absent" in done.output
    assert "s1 – s2" in done.output
    assert (folder / "canvas.csv").read_bytes().startswith(b"Student,ID,")
    assert "felt_value yet" in (folder / "wrong-answers.csv").read_text(encoding="utf-8-sig")


def test_code_is_compared_as_code(room: Path) -> None:
    for name, source in {"s5": OWN_WAY, "s6": DISGUISED}.items():
        graded(room, name, {"felt-value": source})
    pairs = overview(room, M01).pairs
    assert {(pair.one, pair.other) for pair in pairs} == {("s1", "s2"), ("s5", "s6")}


def test_in_chinese(room: Path) -> None:
    done = run(room, "--language", "zh")
    assert done.exit_code == 0, done.output
    assert "已批改 11 人" in done.output
    assert "区分度" in done.output


def test_without_a_class_list_everybody_in_the_gradebook_counts(room: Path) -> None:
    run(room, "--column", "Gap (77)")
    lines = (room / "reports" / M01.id / "canvas.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].endswith("Gap (77)")
    assert len(lines) == 2 + 11


def test_an_empty_gradebook_and_an_unknown_assignment_are_said(tmp_path: Path, speak: Speak) -> None:
    speak("en")
    done = run(tmp_path)
    assert done.exit_code == 1
    assert "course grade m01-expectation-gap" in done.output
    done = CliRunner().invoke(command, ["m77"])
    assert done.exit_code == 1
    assert "no module 'm77'" in done.output
