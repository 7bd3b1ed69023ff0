"""Behind a web server: nginx, with the lines that the guide prints, and with those that everybody tries first."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from course.paths import PACKAGE
from tests.browser.conftest import PageWithLog
from tests.browser.simulator_page import past_the_bet, slide
from tests.browser.tools import Served, assert_offline, assert_quiet, free_port
from tests.server.jupyters import wait_for
from tests.server.test_behind_nginx import configuration
from tests.waiting import LONGEST_SECONDS

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(NGINX is None, reason="nginx is not installed")]
PATH = "/public/"
AROUND = """
{user}daemon off; pid {room}/pid; worker_processes 1;
events {{}}
http {{
  access_log off; client_body_temp_path {room}/a; proxy_temp_path {room}/b; fastcgi_temp_path {room}/c;
  uwsgi_temp_path {room}/d; scgi_temp_path {room}/e;
{printed}
}}
"""


def printed() -> str:
    return configuration(PACKAGE / "grading" / "GUIDE.md")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    served = Served("apps", tmp_path_factory.mktemp("behind"), "--base-url", PATH, "--language", "en")
    served.base = PATH
    try:
        served.wait()
        yield served
    finally:
        served.stop()


@contextmanager
def nginx(served: Served, room: Path, text: str) -> Iterator[str]:
    """Run nginx in front of a server; give the address of its home page."""
    port = free_port()
    text = re.sub(r"127\.0\.0\.1:886[67]", f"127.0.0.1:{served.port}", text)
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/var/cache/nginx/course", f"{room}/cache")
    # as root it would become somebody who may not write here
    user = "user root; " if os.getuid() == 0 else ""
    (room / "nginx.conf").write_text(AROUND.format(room=room, printed=text, user=user), encoding="utf-8")
    assert NGINX
    process = subprocess.Popen([NGINX, "-e", room / "error.txt", "-c", room / "nginx.conf", "-p", room])
    try:
        wait_for(process, port, f"{PATH}course/")
        yield f"http://127.0.0.1:{port}{PATH}course/"
    finally:
        process.terminate()
        process.wait(timeout=LONGEST_SECONDS)


def test_the_guides_lines_serve_home_and_a_dashboard(
    served: Served, page_with_log: PageWithLog, tmp_path: Path
) -> None:
    page, log = page_with_log()
    with nginx(served, tmp_path, printed()) as home:
        page.goto(home)
        page.locator("#m01-expectation-gap a.explore").click()
        past_the_bet(page)
        slide(page, "expected", 60)
        assert_offline(log)
        assert_quiet(log)
    assert "refused" not in served.said()


@pytest.mark.parametrize(
    ("left_out", "why"), [(("Upgrade", "Connection"), "passes no WebSocket on"), (("Host",), "the header Host")]
)
def test_a_refused_line_is_said_on_the_page_and_on_the_server(
    left_out: tuple[str, ...], why: str, served: Served, page_with_log: PageWithLog, tmp_path: Path
) -> None:
    kept = [
        line for line in printed().splitlines() if not any(f"proxy_set_header {name} " in line for name in left_out)
    ]
    assert len(kept) == len(printed().splitlines()) - len(left_out), "the guide's lines are others"
    page, _log = page_with_log(locale="zh-CN")
    with nginx(served, tmp_path, "\n".join(kept)) as home:
        page.goto(home.replace("course/", "voila/render/lessons/m01-expectation-gap/app.ipynb?lang=zh"))
        page.get_by_text("没有转发 WebSocket").wait_for()
    assert why in served.said()
