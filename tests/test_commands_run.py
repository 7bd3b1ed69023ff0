"""Every command that the front page and the instructor's guide print, run as it is written, in a copy of the course.

`uv` is a stand-in that runs what follows `run` with this Python. Not run: what downloads, what starts the other tests, and
dask's own programs; `tests/grading/running/test_cluster.py` has a scheduler and workers of its own. `course check m01`
executes lessons for minutes; `tests/authoring` checks all modules, and tries the command.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from course.kernel.probe import probe
from course.paths import ROOT
from tests.grading.intake.test_participation import saved
from tests.test_documents import GUIDE, README, commands

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not probe().sandbox, reason="this machine cannot make a sandbox"),
]
ELSEWHERE = (
    "pip install",
    "uv sync --extra cluster",
    "uv run dask ",
    "uv run course grade m01 --scheduler",
    "uv run course check m01",
    # tests/browser/test_edition.py publishes a small edition, to a repository of its own
    "uv run course static site",
    "git ",
)
SERVERS = re.compile(r"^uv run (--extra formats )?course( (apps|class|dashboard|open)\b|$)")
# What says something by its exit code: a file that is unclear until somebody says whose it is
CODES = {"uv run course collect m01 submissions.zip": 1}
SHIM = """#!/bin/sh
shift
[ "$1" = --extra ] && shift 2
case "$1" in
course) shift; exec "{python}" -c "from course.cli import main; main()" "$@" ;;
*) command=$1; shift; exec "{folder}/$command" "$@" ;;
esac
"""
PEOPLE = "id,first_name,last_name,language\nanna,Anna,Berg,en\nli.lei,Lei,Li,zh\n00021,Wei,Wang,en\n"
# What Moodle gives as its grading worksheet
GRADES = """\
Identifier,Full name,Email address,Status,Grade,Maximum grade,Grade can be changed,Last modified (grade),Feedback comments
Participant 30019,Anna Berg,anna@example.org,Submitted for grading,,30.00,Yes,-,
Participant 30020,Wei Li,li.lei@example.org,Submitted for grading,,30.00,Yes,-,
"""
KEPT = ("course", "solutions", "exercises", "lessons", "datasets", "tests", "nbgrader_config.py", "pyproject.toml",
        "README.md", "README.zh.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "binder")  # fmt: skip


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A copy of the course with a class in it, and the submissions of two learners as Moodle gives them."""
    root = tmp_path / "course-copy"
    root.mkdir()
    for name in KEPT:
        place = ROOT / name
        if place.is_dir():
            shutil.copytree(place, root / name, ignore=shutil.ignore_patterns("__pycache__", "screenshots"))
        elif place.exists():
            shutil.copy(place, root / name)
    (root / "students.csv").write_text(PEOPLE, encoding="utf-8")
    (root / "Grades.csv").write_text(GRADES, encoding="utf-8")
    exercise = root / "exercises" / "en" / "m01-expectation-gap" / "exercise.ipynb"
    with zipfile.ZipFile(root / "submissions.zip", "w") as archive:
        for person in ("Anna Berg_30019", "Wei Li_30020"):
            archive.write(exercise, f"{person}_assignsubmission_file_/exercise.ipynb")
    with zipfile.ZipFile(root / "taking-part.zip", "w") as archive:
        archive.writestr("anna.participation.json", saved("anna", share=0.5))
    programs = tmp_path / "programs"
    programs.mkdir()
    shim = programs / "uv"
    shim.write_text(SHIM.format(python=sys.executable, folder=Path(sys.executable).parent), encoding="utf-8")
    shim.chmod(0o755)
    return root


def surroundings(room: Path) -> dict[str, str]:
    programs = room.parent / "programs"
    own = {
        "PATH": os.pathsep.join([str(programs), os.environ["PATH"]]), "PYTHONPATH": str(room), "COURSE_LANG": "en",
        "JUPYTER_CONFIG_DIR": str(programs / "config"), "JUPYTER_RUNTIME_DIR": str(programs / "runtime"),
        "JUPYTER_DATA_DIR": str(programs / "data"),
    }  # fmt: skip
    return os.environ | own


def run(line: str, room: Path) -> str:
    """Run a command that ends by itself; return what it said where its exit code is not the right one."""
    done = subprocess.run(
        line, shell=True, cwd=room, env=surroundings(room), text=True, encoding="utf-8", stdin=subprocess.DEVNULL,
        capture_output=True, timeout=900, check=False,
    )  # fmt: skip
    fine = done.returncode == CODES.get(line, 0) and "Traceback" not in done.stderr
    return "" if fine else f"{line}\nended with {done.returncode}\n{done.stdout[-1500:]}\n{done.stderr[-1500:]}"


def serve(line: str, room: Path) -> str:
    """Run a command that serves until Ctrl-C; return what it said where it does not serve, or does not end."""
    process = subprocess.Popen(
        f"exec {line}{'' if 'apps' in line else ' --no-browser'}", shell=True, cwd=room, env=surroundings(room),
        text=True, encoding="utf-8", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout is not None
    said = []
    for text in process.stdout:
        said.append(text)
        if "http://" in text:
            break
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=300)
    fine = process.returncode == 0 and "http://" in "".join(said) and "Traceback" not in rest
    return "" if fine else f"{line}\nended with {process.returncode}\n{''.join(said)}{rest}"


@pytest.mark.parametrize("page", [README["en"], GUIDE["en"]])
def test_what_is_printed_runs_as_written(page: str, room: Path) -> None:
    """The Chinese pages print the same commands; `test_documents.py` compares them."""
    lines = [line for line in commands(page) if not line.startswith(ELSEWHERE)]
    assert len(lines) >= 5
    if page == README["en"]:
        # between release and grading, the front page asks for the files, and shows where
        place = room / "submitted" / "anna" / "m01-expectation-gap"
        place.mkdir(parents=True)
        shutil.copy(room / "exercises" / "en" / "m01-expectation-gap" / "exercise.ipynb", place)
    wrong = [said for line in lines if (said := (serve if SERVERS.match(line) else run)(line, room))]
    assert not wrong, "\n\n".join(wrong)
