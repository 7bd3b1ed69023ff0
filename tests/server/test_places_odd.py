"""Where the course is put by those who use it: home, a lesson and a dashboard open, or the page says what to do."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest

from course.kernel.probe import probe
from course.paths import ROOT
from course.server.copies import FOLDER
from course.server.leftovers import WIDGET
from course.server.options import can_write, lent_folder
from tests.browser.tools import COURSE, Served
from tests.server.http import fetch
from tests.server.jupyters import jupyter, surroundings
from tests.waiting import until

# what an app's page begins with, run when it was asked for
FIRST_RUN = 'id="course-first"'
# doors to pages that the server makes, wherever the lessons lie
PAGES = ("/course/read/", "/course/explore/")


def doors(port: int, base: str = "/", token: str = "") -> list[str]:
    page = fetch(port, f"{base}course/?lang=zh&token={token}")
    assert page.status == 200
    return [unescape(found) for found in re.findall(rf'href="({base}[^"?][^"]*)"', page.text)]


def served(address: str) -> bool:
    return any(page in address for page in PAGES)


def try_page(port: int, address: str, holds: str, **headers: str) -> None:
    """A page opens, where a busy server has asked to come back in a moment, in the end."""

    def ask() -> str:
        answer = fetch(port, address, **headers)
        assert answer.status in (200, 503), f"{address}: {answer.status}\n{answer.text[:1000]}"
        return answer.text if answer.status == 200 else ""

    assert holds in until(ask, f"{address} is not ready")


def try_doors(port: int, found: list[str], token: str = "") -> None:
    """A lesson's and a dashboard's door are alive: the notebook and the lesson's page are there, and a first run."""
    lesson = next(address for address in found if "lesson" in address and "course/lab/tree" in address)
    page, app = (next(address for address in found if f"course/{door}/m01" in address) for door in ("read", "explore"))
    headers = {"Authorization": f"token {token}"} if token else {}
    path = lesson.split("course/lab/tree/")[1]
    base = lesson.split("course/lab/tree/")[0]
    assert fetch(port, f"{base}api/contents/{path}?content=0", **headers).status == 200, unquote(path)
    for address, holds in ((page, 'data-place="predict"'), (app, FIRST_RUN)):
        try_page(port, address, holds, **headers)


def try_public_doors(port: int, base: str = "/") -> None:
    """As `try_doors`, of a server for the public, where a lesson is a page to read."""
    found = doors(port, base)
    for door, holds in (("read", 'data-place="predict"'), ("explore", FIRST_RUN)):
        try_page(port, next(address for address in found if f"course/{door}/m01" in address), holds)


@dataclass(frozen=True)
class Place:
    """Where a clone is put: the fence around it, the command, what is printed there, and whether it is not alone."""

    fence: tuple[str, ...]
    command: str = "uv run course"
    says: str = "课程已经打开"
    beside: bool = False


# {clone} lies in a path with spaces and 汉字, {above}
PLACES = {
    "a path with spaces and 汉字": Place(()),
    "after a restart without a network": Place(("--unshare-net",)),
    "a clone that may only be read": Place(("--ro-bind", "{clone}", "{clone}"), says="课文和你的改动都在这个文件夹里"),
    "a user without a name or a home": Place(
        ("--unshare-user", "--uid", "1000780000", "--gid", "0", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc",
         "--tmpfs", "{temporary}", "--ro-bind", "{above}", "{above}", "--setenv", "HOME", "/"),
        command="{clone}/.venv/bin/course",
        says="这里没有可以写入的文件夹",
    ),
    "beside another program and a second course": Place((), says="已被别的程序占用", beside=True),
}  # fmt: skip
NEEDED = ("course", "datasets", "exercises", "lessons", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone that has been started once."""
    clone = tmp_path_factory.mktemp("above") / "我的 课程" / "exceeding expectations"
    clone.mkdir(parents=True)
    for name in NEEDED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, clone / name, ignore=shutil.ignore_patterns("__pycache__", "LC_MESSAGES"))
        else:
            shutil.copy(ROOT / name, clone)
    done = subprocess.run(["uv", "run", "course", "--version"], cwd=clone, env=outside(clone.parent), check=False)
    assert done.returncode == 0
    return clone


def outside(home: Path, **more: str) -> dict[str, str]:
    """An environment outside of this one, with the Python and the packages that are here already."""
    cache = os.environ.get("UV_CACHE_DIR") or str(Path.home() / ".cache" / "uv")
    own = {"UV_CACHE_DIR": cache, "UV_PYTHON": str(Path(sys.executable).resolve())} | more
    others = ("VIRTUAL_ENV", "UV_PROJECT", "UV_RUN", "UV_OFFLINE", "PYTHONPATH")
    return {name: value for name, value in surroundings(home).items() if not name.startswith(others)} | own


@pytest.mark.slow
@pytest.mark.skipif(not probe().sandbox, reason="this machine cannot make namespaces")
@pytest.mark.parametrize("name", PLACES)
def test_a_clone_is_at_home_in_odd_places(name: str, clone: Path, tmp_path: Path) -> None:
    place, above, home = PLACES[name], clone.parents[1], tmp_path / "home"
    home.mkdir()
    named = {"clone": str(clone), "above": str(above), "temporary": str(Path(os.environ.get("TMPDIR", "/tmp")))}
    fence = [part.format(**named) for part in place.fence]
    whole = [] if "/" in fence else ["--dev-bind", "/", "/"]
    command = [part.format(**named) for part in place.command.split()]
    beside = ["--beside"] if place.beside else []
    visitor = [sys.executable, "-P", "-m", "tests.server.visit"]
    done = subprocess.run(
        ["bwrap", "--die-with-parent", *whole, *fence, "--", *visitor, *beside, *command],
        cwd=clone, env=outside(home, PYTHONPATH=str(ROOT)), text=True, encoding="utf-8", stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=900, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
    assert place.says in done.stdout
    assert "Traceback" not in done.stdout


def test_one_folder_up_the_doors_lead_down(tmp_path: Path) -> None:
    """As on a hub where each student has a clone below their home; here in a folder with spaces and 汉字."""
    above = tmp_path / "我的 课程"
    above.mkdir()
    with jupyter(ROOT.parent, tmp_path, base="/user/anna/") as port:
        found = doors(port, "/user/anna/")
        assert found
        assert all(f"/{ROOT.name}/" in address for address in found if not served(address))
        try_doors(port, found)
        assert fetch(port, "/user/anna/course/explore/m99-nothing").headers["Location"] == "/user/anna/course/"


def test_where_the_lessons_are_not_they_are_offered(tmp_path: Path) -> None:
    """As on a hub where the course is installed once for all."""
    home = tmp_path / "我的 课程"
    home.mkdir()
    with jupyter(home, home, base="/user/lilei/") as port:
        page = fetch(port, "/user/lilei/course/?lang=zh")
        assert "把课文复制到我的文件夹" in page.text
        # what needs no file of one's own can be read and explored before
        assert all(served(address) for address in doors(port, "/user/lilei/"))
        copied = fetch(port, "/user/lilei/course/copy", "POST", "")
        assert (copied.status, copied.headers["Location"]) == (302, "/user/lilei/course/")
        found = doors(port, "/user/lilei/")
        assert all(f"/{FOLDER}/" in address for address in found if not served(address))
        try_doors(port, found)
        assert (home / FOLDER / "lessons").is_dir()


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("a file of that name", encoding="utf-8")
    with jupyter(tmp_path, tmp_path) as port:
        answer = fetch(port, "/course/copy", "POST", "", Accept_Language="zh-CN")
        assert answer.status == 409
        assert "不能写入" in answer.text


@pytest.mark.parametrize("command", ["open", "apps"])
def test_a_home_that_cannot_be_written_to_does_no_harm(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As for www-data, under systemd's DynamicUser, and in a container with a random user id."""
    for name in ("CONFIG", "DATA", "RUNTIME"):
        monkeypatch.delenv(f"JUPYTER_{name}_DIR", raising=False)
    monkeypatch.delenv("IPYTHONDIR", raising=False)
    monkeypatch.setenv("HOME", "/dev/null")
    server = Served(command, tmp_path, *(["--no-browser"] if command == "open" else []), lend=False)
    try:
        server.wait()
        found = doors(server.port, token=server.token)
        if command == "open":
            try_doors(server.port, found, server.token)
        else:
            assert FIRST_RUN in fetch(server.port, next(door for door in found if PAGES[1] in door)).text
    finally:
        server.stop()
    assert "Traceback" not in server.said()
    assert "cannot be written to" in server.said()


@pytest.mark.skipif(not probe().sandbox, reason="this machine cannot make namespaces")
@pytest.mark.parametrize("command", ["open", "apps"])
def test_where_nothing_can_be_written_one_sentence_says_what_to_do(command: str) -> None:
    """As in a container whose file system is read-only, without a folder for temporary files."""
    fence = ["bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--remount-ro", "/dev", "--proc", "/proc"]
    done = subprocess.run(
        [*fence, "--chdir", "/", "--setenv", "HOME", "/nowhere", "--", *COURSE, command, "--language", "zh"],
        env=surroundings(Path("/nowhere")), text=True, encoding="utf-8", capture_output=True, timeout=600, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("没有可以写入的文件夹")
    assert done.stderr.count("\n") == 1


def test_a_container_that_was_killed_starts_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its processes have the same numbers as before, and what they left is still there."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    lent = {lent_folder() for _ in range(2)}
    assert {place.parent for place in lent} == {tmp_path}
    assert len(lent) == 2


def test_what_can_be_written_to_is_known_before_it_is_there(tmp_path: Path) -> None:
    assert can_write(tmp_path / "a" / "b")
    (tmp_path / "file").touch()
    assert not can_write(tmp_path / "file" / "a")


def test_a_lesson_opened_on_the_next_day_shows_what_its_widgets_left(tmp_path: Path) -> None:
    data = {WIDGET: {"model_id": "of yesterday"}, "text/html": "<p>运行这个格子</p>"}
    cell = nbformat.v4.new_code_cell("course.quiz()", outputs=[nbformat.v4.new_output("display_data", data)])
    saved = nbformat.v4.new_notebook(cells=[cell])
    saved.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(saved, tmp_path / "课文.ipynb")
    with jupyter(tmp_path, tmp_path) as port:
        assert fetch(port, "/course/lab/tree/%E8%AF%BE%E6%96%87.ipynb").status == 302
    (output,) = nbformat.read(tmp_path / "课文.ipynb", as_version=4).cells[0].outputs
    assert output.data == {"text/html": "<p>运行这个格子</p>"}
