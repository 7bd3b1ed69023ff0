"""Where the course is put by those who use it: home, a lesson and a dashboard open, or the page says what to do."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest

from course.paths import ROOT
from course.server.copies import FOLDER
from course.server.leftovers import WIDGET
from course.server.options import can_write
from tests.browser.tools import Served
from tests.server.http import fetch
from tests.server.jupyters import jupyter

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


def try_doors(port: int, found: list[str], token: str = "") -> None:
    """A lesson's and a dashboard's door are alive: the notebook and the lesson's page are there, and a first run."""
    lesson = next(address for address in found if "lesson" in address and "course/lab/tree" in address)
    page, app = (next(address for address in found if f"course/{door}/m01" in address) for door in ("read", "explore"))
    headers = {"Authorization": f"token {token}"} if token else {}
    path = lesson.split("course/lab/tree/")[1]
    base = lesson.split("course/lab/tree/")[0]
    assert fetch(port, f"{base}api/contents/{path}?content=0", **headers).status == 200, unquote(path)
    for address, holds in ((page, 'data-place="predict"'), (app, FIRST_RUN)):
        answer = fetch(port, address, **headers)
        assert answer.status == 200
        assert holds in answer.text


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
