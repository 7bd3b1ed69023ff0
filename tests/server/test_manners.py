"""On somebody else's server the course is a guest: other notebooks look and work as if it were not there."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from traitlets.config import Config

from course.manifest import syllabus
from course.paths import PACKAGE, ROOT
from course.server.lab_language import SYS_LOCALE
from course.server.manners import (
    AT_HOME,
    EXCHANGE_PLUGINS,
    INSTRUCTOR_PLUGINS,
    for_an_instructor,
    join_page_hooks,
    missing,
    page_of_a_learner,
)
from course.server.validate import NotOursError, validate
from tests.browser.tools import free_port
from tests.server.http import fetch
from tests.server.jupyters import jupyter, surroundings, wait_for
from tests.waiting import LONGEST_SECONDS

APP = syllabus().module("m01").app.relative_to(ROOT).as_posix()
LOOK = 'import os, sys\nprint("altair" in sys.modules, os.environ.get("OMP_NUM_THREADS"), 6 * 7)'


def foreign(folder: Path, *names: str) -> None:
    """Write notebooks as another course has them, with file names like ours."""
    for name in names:
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(LOOK)])
        book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(book, folder / name)


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A server whose root holds another course's notebooks, and a folder 课程 which leads to the course."""
    home = tmp_path_factory.mktemp("another course 别的课")
    foreign(home, "app.ipynb", "dashboard.ipynb")
    (home / "课程").symlink_to(ROOT, target_is_directory=True)
    with jupyter(home, home) as port:
        yield port


def test_nothing_is_written_where_an_administrators_settings_stand() -> None:
    folder = PACKAGE / "server" / "jupyter"
    given = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    assert given == ["jupyter_server_config.d/course.json"]
    assert '= "etc/ipython"' not in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_what_an_administrator_set_stands() -> None:
    own = Config({"ContentsManager": {"hide_globs": ["*.key"]}})
    added = missing(AT_HOME, own)
    assert "ContentsManager" not in added
    assert added.VoilaConfiguration.template == "course"


@pytest.mark.parametrize("name", ["app.ipynb", "dashboard.ipynb"])
def test_another_courses_dashboard_is_its_own(others: int, name: str) -> None:
    text = fetch(others, f"/voila/render/{name}").text
    assert "False None 42" in text
    assert "Exceeding Expectations" not in text
    assert f"<title>{name.removesuffix('.ipynb')}" in text or "<title>Voila" in text


def test_ours_opens_there_as_everywhere_else(others: int) -> None:
    page = fetch(others, f"/voila/render/%E8%AF%BE%E7%A8%8B/{APP}")
    assert page.status == 200
    assert '<body class="voila">' in page.text
    assert "application/vnd.course.outputs+json" in page.text
    for address in re.findall(r'modulepreload" href="([^"]+)"', page.text):
        assert fetch(others, address).status == 200


def test_jupyterlab_is_left_as_it_was(others: int) -> None:
    page = fetch(others, "/lab").text
    config = re.search(r'<script id="jupyter-config-data" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert config is not None
    assert not set(INSTRUCTOR_PLUGINS) & set(json.loads(config[1])["disabledExtensions"])
    chinese = fetch(
        others, "/lab/api/translations/default", Accept_Language="zh-CN", Referer="http://h/lab/tree/app.ipynb"
    )
    assert SYS_LOCALE.startswith("zh") or "jupyterlab" not in json.loads(chinese.text)["data"]


def test_another_courses_assignment_is_answered_by_nbgrader(tmp_path: Path) -> None:
    foreign(tmp_path, "exercise.ipynb")
    with pytest.raises(NotOursError):
        validate(tmp_path / "exercise.ipynb", Config())


def test_menus_are_an_instructors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {*INSTRUCTOR_PLUGINS, *EXCHANGE_PLUGINS} <= set(page_of_a_learner(None, {})["disabledExtensions"])
    assert not for_an_instructor(tmp_path)
    (tmp_path / "gradebook.db").touch()
    assert for_an_instructor(tmp_path)
    monkeypatch.setenv("COURSE_INSTRUCTOR", "1")
    assert for_an_instructor(tmp_path / "elsewhere")
    monkeypatch.setenv("COURSE_INSTRUCTOR", "0")
    assert not for_an_instructor(tmp_path)


def test_jupyterhubs_page_is_arranged_and_stays_jupyterhubs() -> None:
    """It sets a hook of its own after ours."""
    settings: dict[str, Any] = {"course_page_hook": page_of_a_learner}
    join_page_hooks(settings)
    settings["page_config_hook"] = lambda _handler, page_config: page_config | {"hubUser": "anna"}
    for _again in range(2):
        join_page_hooks(settings)
    page = settings["page_config_hook"](None, {})
    assert page["hubUser"] == "anna"
    assert set(INSTRUCTOR_PLUGINS) <= set(page["disabledExtensions"])


@pytest.mark.parametrize(("given", "address"), [(APP, "/"), (str(Path(APP).parent), "/voila/render/app.ipynb")])
def test_plain_voila_draws_through_the_kernel(given: str, address: str, tmp_path: Path) -> None:
    """Nothing there serves our scripts, so the page must not ask the server for them."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "voila", str(ROOT / given), "--no-browser", f"--port={port}"],
        cwd=tmp_path, env=surroundings(tmp_path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(process, port, "/voila/static/voila.js")
        text = fetch(port, address).text
    finally:
        process.terminate()
        process.wait(timeout=LONGEST_SECONDS)
    assert "application/vnd.jupyter.widget-view+json" in text
    assert "course/static/" not in text
    assert "Opening this page" in text
