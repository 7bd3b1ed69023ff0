"""Servers come up, say where they are, and go without leaving anything behind."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from course.manifest import syllabus
from course.paths import ROOT
from course.server import options
from course.server.manners import INSTRUCTOR_PLUGINS
from course.ui.assets import assets
from tests.browser.tools import COURSE, Served, free_port
from tests.server.http import fetch
from tests.waiting import LONGEST_SECONDS, answers, until


def test_one_ctrl_c_ends_the_course_and_its_kernels(tmp_path: Path) -> None:
    served = Served("open", tmp_path, "--no-browser")
    served.wait()
    answer = fetch(served.port, "/api/kernels", "POST", "{}", Authorization=f"token {served.token}")
    assert answer.status == 201, answer.text
    kernels = psutil.Process(served.process.pid).children(recursive=True)
    assert kernels
    assert served.stop() == 0
    assert not any(kernel.is_running() for kernel in kernels)
    assert served.token in served.said()
    assert "The course stops" in served.said()


def test_one_ctrl_c_ends_the_dashboards_and_their_kernels(tmp_path: Path) -> None:
    served = Served("apps", tmp_path)
    served.wait()
    assert fetch(served.port, "/voila/render/lessons/m01-expectation-gap/app.ipynb").status == 200
    kernels = psutil.Process(served.process.pid).children(recursive=True)
    assert kernels
    assert served.stop() == 0
    assert not any(kernel.is_running() for kernel in kernels)


# A page whose answer never comes, after a thread has done a part of the work for it
UNANSWERED = """
import asyncio
from anyio.to_thread import run_sync
from course.server.home import HomeHandler

async def get(self):
    await run_sync(int)
    await self.flush()
    await asyncio.Event().wait()

HomeHandler.get = get
from course.cli import main
main()
"""


@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM], ids=lambda name: name.name)
@pytest.mark.parametrize(("command", "options"), [("open", ["--no-browser"]), ("apps", [])])
def test_a_page_that_still_waits_keeps_no_server_from_ending(
    tmp_path: Path, command: str, options: list[str], name: signal.Signals
) -> None:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", UNANSWERED, command, "--port", str(port), *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"JUPYTER_TOKEN": "mine", "JUPYTER_RUNTIME_DIR": str(tmp_path)},
    )
    line = socket.socket()
    line.settimeout(LONGEST_SECONDS)
    try:

        def ask() -> None:
            line.connect(("127.0.0.1", port))

        until(answers(ask))
        line.sendall(b"GET /course/?token=mine HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert line.recv(12) == b"HTTP/1.1 200"
        process.send_signal(name)
        assert process.wait(timeout=LONGEST_SECONDS) == 0
    finally:
        line.close()
        process.kill()
        process.wait()


def test_ctrl_c_in_a_terminal_asks_no_question(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    port = free_port()
    process = subprocess.Popen(
        [*COURSE, "open", "--no-browser", "--port", str(port), "--language", "zh"],
        stdin=slave,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "JUPYTER_RUNTIME_DIR": str(tmp_path), "JUPYTER_TOKEN": ""},
    )
    assert process.stdout is not None
    said = b""
    while b"Ctrl-C" not in said:
        line = process.stdout.readline()
        assert line, said.decode()
        said += line
    process.send_signal(signal.SIGINT)
    rest = process.communicate(timeout=LONGEST_SECONDS)[0]
    os.close(master)
    os.close(slave)
    assert process.returncode == 0
    text = (said + rest).decode()
    assert re.search(rf"http://127\.0\.0\.1:{port}/course/\?lang=zh&token=[0-9a-f]{{48}}", text)
    assert "课程结束" in text
    assert "y/" not in text
    assert "Traceback" not in text


@pytest.mark.parametrize("command", ["open", "apps"])
@pytest.mark.parametrize(("language", "word"), [("en", "is in use"), ("zh", "占用")])
def test_a_port_in_use_is_said_in_the_users_language(command: str, language: str, word: str) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        result = subprocess.run(
            [*COURSE, command, "--port", str(port)],
            capture_output=True,
            text=True,
            env={**os.environ, "COURSE_LANG": language},
        )
    assert result.returncode == 1
    assert word in result.stderr
    assert str(port) in result.stderr
    assert "Traceback" not in result.stderr


def test_the_learners_server_asks_nobody_for_news(server: Served) -> None:
    page = fetch(server.port, f"/lab?token={server.token}").text
    config = re.search(r'<script id="jupyter-config-data" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert config is not None
    found = json.loads(config[1])
    disabled = found["disabledExtensions"]
    assert "@jupyterlab/apputils-extension:announcements" in disabled
    assert "@jupyterlab/extensionmanager-extension:plugin" in disabled
    assert found["news"] == {"disabled": True}
    assert set(INSTRUCTOR_PLUGINS) <= set(disabled)
    assert "@jupyter/nbgrader:validate-assignment" not in disabled


@pytest.mark.parametrize("path", ["/formgrader", "/assignment_list", "/course_list"])
def test_the_instructors_tools_are_off(server: Served, path: str) -> None:
    assert fetch(server.port, f"{path}?token={server.token}").status == 404


def test_validation_is_on(server: Served) -> None:
    assert fetch(server.port, f"/nbgrader_version?version=0&token={server.token}").status == 200


def test_kernels_do_not_fight_over_the_processors(server: Served) -> None:
    answer = fetch(server.port, "/api/kernels", "POST", "{}", Authorization=f"token {server.token}")
    kernel = json.loads(answer.text)["id"]
    try:
        child = max(psutil.Process(server.process.pid).children(recursive=True), key=lambda found: found.create_time())
        assert {
            child.environ().get(name) for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
        } == {"1"}
    finally:
        fetch(server.port, f"/api/kernels/{kernel}", "DELETE", Authorization=f"token {server.token}")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there a text browser can stand in for a window")
def test_a_machine_without_windows_has_no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    assert not options.has_browser()
    monkeypatch.setenv("BROWSER", "true")
    assert options.has_browser()


def test_an_update_is_never_looked_for(server: Served) -> None:
    answer = fetch(server.port, f"/lab/api/update?token={server.token}")
    assert json.loads(answer.text)["notification"] is None
    assert json.loads(fetch(server.port, f"/lab/api/news?token={server.token}").text)["news"] == []


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[int]:
    """A plain Jupyter server below a prefix, as Binder starts it: the course comes in as an extension only."""
    port = free_port()
    prefix = ["--ServerApp.base_url=/user/a-b/", "--IdentityProvider.token=", "--ServerApp.allow_root=True"]
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyter", "lab", "--no-browser", f"--port={port}", *prefix],
        cwd=ROOT,
        env={**os.environ, "JUPYTER_PREFER_ENV_PATH": "1", "JUPYTER_RUNTIME_DIR": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )
    until(answers(lambda: fetch(port, "/user/a-b/api")), "the hub's server does not answer")
    yield port
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=LONGEST_SECONDS)


def test_the_course_stands_below_a_hubs_prefix(hub: int) -> None:
    page = fetch(hub, "/user/a-b/course/?lang=en")
    assert page.status == 200
    assert "course_lang=en; " in str(page.headers)
    assert "Path=/user/a-b/" in str(page.headers)
    addresses = re.findall(r'href="(/[^"]+)"', page.text)
    assert len(addresses) == sum(3 + module.simulated for module in syllabus().ready)
    assert all(address.startswith("/user/a-b/") for address in addresses)
    # every module's doors are made in one way; tests/server/test_home.py opens them all
    doors = [address for address in addresses if syllabus().simulated[0].id in address]
    assert len(doors) == 4
    for address in doors:
        page = fetch(hub, address)
        if page.status == 302:
            # JupyterLab and Practise start a kernel, then send on to the notebook
            assert page.headers["Location"].startswith("/user/a-b/")
            page = fetch(hub, page.headers["Location"])
        assert page.status == 200, address
    name = sorted(assets())[0]
    assert fetch(hub, f"/user/a-b/course/static/{name}").status == 200
    assert fetch(hub, "/user/a-b/lab", Accept_Encoding="gzip").headers["Content-Encoding"] == "gzip"
    app = next(address for address in addresses if "/course/explore/" in address)
    assert 'id="course-first"' in fetch(hub, app).text


def test_what_tests_do_in_jupyterlab_is_not_saved(server: Served) -> None:
    answer = fetch(server.port, f"/lab/api/settings/@jupyterlab/docmanager-extension:plugin?token={server.token}")
    assert json.loads(answer.text)["settings"] == {"autosave": False}
