"""The guide's Caddy configuration, started, with a certificate of its own: pages, and the socket to a lesson's kernel."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import ssl
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from course.paths import PACKAGE
from tests.browser.tools import Served, free_port
from tests.waiting import LONGEST_SECONDS, answers, until

CADDY = shutil.which("caddy", path=f"{os.environ['PATH']}:/usr/sbin")
GUIDES = [PACKAGE / "grading" / name for name in ("GUIDE.md", "GUIDE.zh.md")]
# nothing but this port, and no certificate into the system's own
OPTIONS = "{\n    admin off\n    skip_install_trust\n    auto_https disable_redirects\n}\n"

needs_caddy = pytest.mark.skipif(CADDY is None, reason="no Caddy here; on Debian: apt-get install caddy")


def configuration(guide: Path) -> str:
    """Return the guide's configuration as it stands there."""
    (found,) = re.findall(r"```caddyfile\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL)
    return str(found)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    served = Served("open", tmp_path_factory.mktemp("open"), "--no-browser", "--base-url", "/public/")
    served.wait("public/")
    yield served
    served.stop()


@pytest.fixture(scope="module")
def address(course: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Caddy as the guide has it, with other ports: where it answers."""
    folder, port = tmp_path_factory.mktemp("caddy"), free_port()
    text = configuration(GUIDES[0]).replace("example.org {", f"https://localhost:{port} {{\n    tls internal")
    text = text.replace("8866", str(course.port))
    assert text.count(str(port)) == 1
    assert text.count(str(course.port)) == 1
    (folder / "Caddyfile").write_text(OPTIONS + text, encoding="utf-8")
    assert CADDY
    env = os.environ | {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen([CADDY, "run", "--config", folder / "Caddyfile"], env=env, stdout=said, stderr=said)
    try:
        found = f"localhost:{port}/public/"
        until(answers(lambda: ask(f"https://{found}course/", course)), lambda: (folder / "said.txt").read_text())
        yield found
    finally:
        process.terminate()
        process.wait(LONGEST_SECONDS)


def ask(url: str, course: Served, data: bytes | None = None) -> bytes:
    headers = {"Authorization": f"token {course.token}"}
    unknown = ssl._create_unverified_context()
    with urllib.request.urlopen(urllib.request.Request(url, data, headers), context=unknown) as answer:
        found: bytes = answer.read()
    return found


def test_both_editions_have_the_same_configuration() -> None:
    assert configuration(GUIDES[0]) == configuration(GUIDES[1])


@needs_caddy
def test_a_lesson_reaches_its_kernel_through_caddy(course: Served, address: str) -> None:
    assert 'href="/public/course/' in ask(f"https://{address}course/?lang=en", course).decode()
    kernel = json.loads(ask(f"https://{address}api/kernels", course, b"{}"))["id"]

    async def connect() -> str:
        request = HTTPRequest(
            f"wss://{address}api/kernels/{kernel}/channels", validate_cert=False,
            headers={"Authorization": f"token {course.token}", "Origin": f"https://{address.split('/')[0]}"},
        )  # fmt: skip
        socket = await websocket_connect(request)
        message = json.loads(await socket.read_message() or "{}")
        socket.close()
        return str(message["msg_type"])

    assert asyncio.run(asyncio.wait_for(connect(), LONGEST_SECONDS)) == "status"
