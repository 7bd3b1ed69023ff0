"""The guide's nginx configuration, started: two servers, one of them killed in mid-use."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from course.manifest import syllabus
from course.paths import PACKAGE
from course.runs.version import version
from tests.browser.tools import Served, free_port
from tests.server.http import fetch
from tests.waiting import LONGEST_SECONDS, answers, until

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
GUIDES = [PACKAGE / "grading" / name for name in ("GUIDE.md", "GUIDE.zh.md")]
RUN = f"/public/course/run/{syllabus().simulated[1].id}/run"

pytestmark = pytest.mark.skipif(NGINX is None, reason="no nginx here; on Debian: apt-get install nginx-light")


def configuration(guide: Path) -> str:
    """Return the guide's configuration as it stands there."""
    found = re.findall(r"```nginx\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL)
    assert len(found) == 1
    return str(found[0])


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Served]]:
    served = [Served("apps", tmp_path_factory.mktemp("apps"), "--base-url", "/public/") for _ in range(2)]
    for one in served:
        one.wait("public/")
    yield served
    for one in served:
        one.stop()


@pytest.fixture(scope="module")
def port(two: list[Served], tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Nginx as the guide has it, with other ports and a folder of its own."""
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    text = configuration(GUIDES[0]).replace("listen 80;", f"listen 127.0.0.1:{port};")
    text = text.replace("/var/cache/nginx/course", str(folder / "cache"))
    for written, one in zip(("8866", "8867"), two, strict=True):
        text = text.replace(written, str(one.port))
    bodies = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # as root it would become somebody who may not write here
    user = "user root; " if os.getuid() == 0 else ""
    whole = f"{user}daemon off; pid {folder}/pid; events {{}} http {{ access_log off; {bodies}\n{text} }}"
    (folder / "nginx.conf").write_text(whole, encoding="utf-8")
    assert NGINX
    command = [NGINX, "-p", str(folder), "-e", str(folder / "errors"), "-c", str(folder / "nginx.conf")]
    process = subprocess.Popen(command)
    try:
        until(answers(lambda: fetch(port, "/public/course/")), "nginx does not answer")
        yield port
    finally:
        process.terminate()
        process.wait(LONGEST_SECONDS)


def test_both_editions_have_the_same_configuration() -> None:
    assert configuration(GUIDES[0]) == configuration(GUIDES[1])


def test_nginx_keeps_what_a_server_has_answered(port: int) -> None:
    path = f"{RUN}?v={version()}&lang=zh&promise=77"
    first, second = fetch(port, path), fetch(port, path)
    assert (first.status, first.headers["X-Kept"]) == (200, "MISS")
    assert (second.body, second.headers["X-Kept"]) == (first.body, "HIT")
    page = fetch(port, f"/public/course/explore/{syllabus().simulated[1].id}?lang=en").text
    assert '"/public/course/static/' in page


def test_when_one_server_is_killed_every_question_is_still_answered(port: int, two: list[Served]) -> None:
    def ask(promise: int) -> int:
        return fetch(port, f"{RUN}?v={version()}&lang=en&promise={promise}").status

    assert [ask(promise) for promise in range(40, 50)] == [200] * 10
    two[0].process.kill()
    two[0].process.wait()
    assert [ask(promise) for promise in range(50, 70)] == [200] * 20
