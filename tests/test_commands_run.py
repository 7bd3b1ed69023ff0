"""Every command that a page prints in a block, run as it is written, in a copy of the course.

`uv` is a stand-in that runs what follows `run` with this Python. What cannot be run here stands in `ELSEWHERE`, line for
line, with the test or the step of .ci/run that does it. A block of another kind belongs to a test by its language, and one
without a language holds no commands.
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

from course.grading.book import participation
from course.kernel.probe import probe
from course.paths import ROOT
from tests.grading.intake.test_participation import saved
from tests.test_documents import BLOCK, GUIDE, README, commands, text

CONTRIBUTING = "CONTRIBUTING.md"
PAGES = [*README.values(), *GUIDE.values(), CONTRIBUTING]
CLUSTER = "tests/grading/running/test_cluster.py"
EDITION = "tests/browser/test_edition.py"
CONTAINER = "tests/container/test_image.py"
# line: who runs it. What only prepares is done by .ci/run, as a fresh machine does it
ELSEWHERE = {
    "pip install uv": ".ci/run",
    "pip install uv && uv sync": ".ci/run",
    "uv sync --project .ci": ".ci/run",
    "uv sync --extra cluster": ".ci/run",
    "pip install uv && uv run --project .ci pytest": ".ci/run",
    "uv run dask scheduler --host 10.0.0.1 --port 8786": CLUSTER,
    "uv run dask worker tcp://10.0.0.1:8786 --nworkers 4 --nthreads 1": CLUSTER,
    "uv run course grade m01 --scheduler tcp://10.0.0.1:8786": CLUSTER,
    # executes lessons for minutes
    "uv run course check m01": "tests/authoring/test_commands.py",
    # publishes a small edition, to a repository of its own
    "uv run course static site --module m05": EDITION,
    "git init --quiet --bare site.git": EDITION,
    "git --git-dir site.git --work-tree site add --all": EDITION,
    'git --git-dir site.git --work-tree site commit --quiet --message "Publish the course"': EDITION,
    "git --git-dir site.git push --force https://github.com/you/course.git HEAD:gh-pages": EDITION,
    "docker build --tag exceeding-expectations .": CONTAINER,
    "docker run --init --publish 8866:8866 exceeding-expectations": CONTAINER,
    "SITE=course.example.org docker compose up --detach": CONTAINER,
}
# languages of other blocks: who reads them
READ_ELSEWHERE = {
    "nginx": "tests/server/test_behind_nginx.py",
    "caddyfile": "tests/server/test_behind_caddy.py",
    "python": "tests/hub.py",
    "toml": "tests/test_commands_run.py",
}
FENCE = re.compile(
    r"^ *(?P<mark>`{3,}|~{3,}) *(?P<language>[^\n]*)\n(?P<inside>.*?)^ *(?P=mark) *$", re.DOTALL | re.MULTILINE
)
PROGRAMS = "uvx?|pipx?|python3?|course|nbgrader|jupyter|docker|podman|npm|npx|git"
PROGRAM = re.compile(rf"(?:[$>] )?(?:[A-Z_]+=\S+ +)*(?:{PROGRAMS}|\./\S+)\b ")
HAS_UV = "pip install uv && "
SERVERS = re.compile(r"^uv run (--extra formats )?course( (apps|class|dashboard|open)\b|$)")
# What says something by its exit code: a file that is unclear until somebody says whose it is
CODES = {"uv run course collect m01 submissions.zip": 1}
SHIM = """#!/bin/sh
shift
while [ "$1" = --extra ] || [ "$1" = --project ]; do shift 2; done
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


needs_sandbox = pytest.mark.skipif(not probe().sandbox, reason="this machine cannot make a sandbox")


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
    subprocess.run(["git", "init", "--quiet", root], check=True)
    shutil.copy(ROOT / ".pre-commit-config.yaml", root)
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
    for line_said in process.stdout:
        said.append(line_said)
        if "http://" in line_said:
            break
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=300)
    fine = process.returncode == 0 and "http://" in "".join(said) and "Traceback" not in rest
    return "" if fine else f"{line}\nended with {process.returncode}\n{''.join(said)}{rest}"


def unclaimed(page: str) -> list[str]:
    """Return what of a page's blocks nobody tries: blocks in a language that no test reads, commands in text."""
    found = []
    for block in FENCE.finditer(page):
        language, inside = block["language"].strip(), block["inside"]
        if not language:
            found += [line.strip() for line in inside.splitlines() if PROGRAM.match(line.strip())]
        elif language != "sh" and language not in READ_ELSEWHERE:
            found.append(f"{language}: {inside.strip()}")
    # what is no block of ours to the one who collects the commands
    blocks = sum(block["language"].strip() == "sh" for block in FENCE.finditer(page))
    if blocks != len(BLOCK.findall(page)):
        found.append("a block of commands that is not read")
    return found


def to_run(page: str) -> list[str]:
    """Return the commands that are tried here, without what fetches uv."""
    return [line.removeprefix(HAS_UV) for line in commands(page) if line not in ELSEWHERE]


@pytest.mark.parametrize("page", PAGES)
def test_every_block_belongs_to_a_test(page: str) -> None:
    assert unclaimed(text(page)) == []


@pytest.mark.parametrize(
    "planted",
    ["```bash\nuv run course nothing\n```", "```\nuv run course nothing\n```", "~~~sh\nuv run course nothing\n~~~",
     "   ````console\n   $ course nothing\n   ````", "```\n$ docker run nothing\n```", "``` sh\ncourse nothing\n```"],
)  # fmt: skip
def test_a_command_that_nobody_tries_is_noticed(planted: str) -> None:
    for page in PAGES:
        assert unclaimed(f"{text(page)}\n{planted}\n")


@pytest.mark.parametrize("page", GUIDE.values())
def test_the_rule_that_is_printed_is_read(page: str, tmp_path: Path) -> None:
    (printed,) = [block["inside"] for block in FENCE.finditer(text(page)) if block["language"].strip() == "toml"]
    (tmp_path / participation.RULE).write_text(printed, encoding="utf-8")
    assert participation.rule(tmp_path) != participation.Rule()


def test_who_runs_a_command_elsewhere_is_there() -> None:
    assert {line for page in PAGES for line in commands(page)} >= set(ELSEWHERE)
    assert not [name for name in (*ELSEWHERE.values(), *READ_ELSEWHERE.values()) if not (ROOT / name).is_file()]


@needs_sandbox
def test_a_planted_command_is_run(room: Path) -> None:
    (room / "PLANTED.md").write_text("```sh\nuv run course nothing\n```\n", encoding="utf-8")
    (line,) = to_run(str(room / "PLANTED.md"))
    assert "ended with" in run(line, room)


@needs_sandbox
@pytest.mark.slow
@pytest.mark.parametrize("page", [README["en"], GUIDE["en"], CONTRIBUTING])
def test_what_is_printed_runs_as_written(page: str, room: Path) -> None:
    """The Chinese pages print the same commands; `test_documents.py` compares them."""
    lines = to_run(page)
    assert lines
    if page == README["en"]:
        # between release and grading, the front page asks for the files, and shows where
        place = room / "submitted" / "anna" / "m01-expectation-gap"
        place.mkdir(parents=True)
        shutil.copy(room / "exercises" / "en" / "m01-expectation-gap" / "exercise.ipynb", place)
    wrong = [said for line in lines if (said := (serve if SERVERS.match(line) else run)(line, room))]
    assert not wrong, "\n\n".join(wrong)
