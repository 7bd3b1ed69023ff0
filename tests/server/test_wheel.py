"""The wheel, built and installed as a learner has it: living doors from an empty folder, and no answers inside."""

from __future__ import annotations

import os
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from course.kernel.probe import probe
from course.manifest import syllabus
from course.paths import ROOT
from course.server.copies import FOLDER, offered
from course.server.desks import prepare_desk
from course.survey import extras
from tests.browser.tools import free_port
from tests.server.jupyters import surroundings, wait_for
from tests.server.test_places_odd import doors, try_doors
from tests.test_documents import README, commands
from tests.waiting import LONGEST_SECONDS

pytestmark = [pytest.mark.slow]
UV = os.environ.get("UV", "uv")
TOKEN = "a-learners-token"


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [*map(str, command)], cwd=cwd, env=env, text=True, encoding="utf-8", stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=900, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(UV, "build", "--quiet", "--wheel", "--out-dir", folder, ROOT, cwd=folder)
    return next(folder.glob("exceeding_expectations-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command `course` of an environment of its own."""
    folder = tmp_path_factory.mktemp("installed") / "venv"
    env = {name: value for name, value in os.environ.items() if not name.startswith(("VIRTUAL_ENV", "UV_PROJECT"))}
    run(UV, "venv", "--quiet", folder, cwd=folder.parent, env=env)
    run(UV, "pip", "install", "--quiet", "--python", folder / "bin" / "python", wheel, cwd=folder.parent, env=env)
    return folder / "bin" / "course"


@pytest.fixture(scope="module")
def opened(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path, Path]]:
    """`course` in an empty folder, 空 文件夹: its port, the folder, and what it says."""
    empty = tmp_path_factory.mktemp("somewhere") / "空 文件夹"
    empty.mkdir()
    home = tmp_path_factory.mktemp("home")
    port, said = free_port(), home / "said.txt"
    with said.open("wb") as stream:
        process = subprocess.Popen(
            [installed, "open", "--no-browser", "--port", str(port), "--language", "en"],
            cwd=empty, env=surroundings(home, JUPYTER_TOKEN=TOKEN), stdin=subprocess.DEVNULL, stdout=stream,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        wait_for(process, port, "/api")
        yield port, empty, said
    finally:
        process.terminate()
        process.wait(timeout=LONGEST_SECONDS)


def test_it_carries_lessons_and_data_and_no_answers(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    inside = {name.removeprefix("course/content/") for name in names if name.startswith("course/content/")}
    assert {path.relative_to(ROOT).as_posix() for path in offered()} <= inside
    assert "lessons/references.toml" in inside
    assert {"course/ui/static/vega.js", "course/i18n/zh/LC_MESSAGES/course.mo"} <= set(names)
    assert not [name for name in inside if re.search(r"(^|/)(solutions|tests)/|teaching\.|\.ipynb_checkpoints", name)]
    assert not [name for name in names if name.startswith(("solutions/", "tests/"))]
    exercises = [name for name in names if name.startswith("course/content/exercises/")]
    assert exercises
    assert not [name for name in exercises if b"BEGIN HIDDEN TESTS" in zipfile.ZipFile(wheel).read(name)]


def test_every_door_is_alive_from_an_empty_folder(opened: tuple[int, Path, Path]) -> None:
    port, empty, said = opened
    found = doors(port, token=TOKEN)
    assert len(found) == sum(3 + module.simulated for module in syllabus().ready)
    try_doors(port, found, TOKEN)
    for address in found:
        if "course/lab/tree/" in address:
            assert (empty / FOLDER / address.split("course/lab/tree/")[1]).is_file()
    assert str(empty / FOLDER) in said.read_text(encoding="utf-8")
    assert "Traceback" not in said.read_text(encoding="utf-8")


LOOK = """
import course
from course.manifest import syllabus
from course.questions import questions
for module in syllabus().ready:
    print(module.id, len(questions(module).items), [len(course.load(name)) for name in module.datasets])
"""


def test_lessons_find_their_questions_and_their_data(installed: Path, tmp_path: Path) -> None:
    said = run(installed.parent / "python", "-c", LOOK, cwd=tmp_path, env=surroundings(tmp_path))
    assert [line.split()[0] for line in said.splitlines()] == [module.id for module in syllabus().ready]
    assert not re.search(r"\b0\b", said)


@pytest.mark.skipif(not probe().sandbox, reason="this machine cannot make a sandbox")
def test_the_doctor_is_right_there(installed: Path, tmp_path: Path) -> None:
    said = run(installed, "doctor", "--language", "en", cwd=tmp_path, env=surroundings(tmp_path))
    assert "Submissions are fenced in by" in said
    assert "cannot be fenced in" not in said


def test_a_clone_that_may_only_be_read_lends_its_lessons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert prepare_desk(tmp_path) == ROOT
    monkeypatch.setattr("course.server.desks.os.access", lambda path, mode: path != ROOT)
    assert prepare_desk(tmp_path) == tmp_path / FOLDER
    assert (tmp_path / FOLDER / "lessons").is_dir()
    below = tmp_path / FOLDER / "lessons"
    assert prepare_desk(below) == tmp_path / FOLDER, "who starts it in there works on the same copies"


WRITE = """
from course.survey import SurveyProblem, analyse, clean, guess, read_survey
from course.survey.extras import COMMAND
from course.survey.slides import slides
from course.survey.word import document
from course.ui.survey.tool import EXAMPLE

raw = read_survey(EXAMPLE.read_bytes(), "example.csv")
findings = analyse(clean(raw, guess(raw)), seed=1)
for make in (document, slides):
    try:
        print(make(findings, "en")[:2])
    except SurveyProblem as problem:
        print(COMMAND in problem.say("en"), COMMAND in problem.say("zh"), problem.say("en") != problem.say("zh"))
for head in (b"$FL2", bytes.fromhex("d0cf11e0a1b11ae1")):
    try:
        read_survey(head + bytes(600), "a file")
    except SurveyProblem as problem:
        print(COMMAND in problem.say("en"), COMMAND in problem.say("zh"), problem.say("en") != problem.say("zh"))
"""


def test_few_people_s_formats_come_with_one_command(installed: Path, wheel: Path, tmp_path: Path) -> None:
    """The last test of this file: from here on the environment has them."""
    python = installed.parent / "python"
    said = run(python, "-c", WRITE, cwd=tmp_path, env=surroundings(tmp_path))
    assert said.splitlines() == ["True True True"] * 4
    run(UV, "pip", "install", "--quiet", "--python", python, f"{wheel}[formats]", cwd=tmp_path)
    said = run(python, "-c", WRITE, cwd=tmp_path, env=surroundings(tmp_path))
    assert said.splitlines() == ["b'PK'"] * 2 + ["False False True"] * 2, "and a damaged file is called so"


def test_the_command_that_a_message_prints_stands_in_the_readme() -> None:
    assert extras.COMMAND in commands(README["en"])
