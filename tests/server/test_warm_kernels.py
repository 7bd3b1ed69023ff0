"""Both servers, and a plain one such as Binder's, fork their kernels."""

from __future__ import annotations

import json

import psutil
import pytest

from course.kernel.warm import SERVER, obstacle
from tests.browser.tools import Served
from tests.server.http import fetch

pytestmark = pytest.mark.skipif(bool(obstacle()), reason=obstacle())


def forked(pid: int) -> list[psutil.Process]:
    """The kernels below a server that are children of its fork server."""
    return [
        kernel for child in psutil.Process(pid).children() if SERVER in child.cmdline() for kernel in child.children()
    ]


def test_the_learners_kernels_are_forked(server: Served) -> None:
    # those of earlier tests may still be on their way out
    before = {*forked(server.process.pid)}
    answer = fetch(server.port, "/api/kernels", "POST", "{}", Authorization=f"token {server.token}")
    kernel = json.loads(answer.text)["id"]
    try:
        (mine,) = {*forked(server.process.pid)} - before
    finally:
        fetch(server.port, f"/api/kernels/{kernel}", "DELETE", Authorization=f"token {server.token}")
    assert mine not in forked(server.process.pid)


def test_the_dashboards_kernels_are_forked(apps_server: Served) -> None:
    before = {*forked(apps_server.process.pid)}
    assert fetch(apps_server.port, "/voila/render/lessons/m01-expectation-gap/app.ipynb").status == 200
    assert len({*forked(apps_server.process.pid)} - before) == 1
