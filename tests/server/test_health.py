"""The address that says whether a simulation can be run here."""

from __future__ import annotations

import asyncio
import json

from course.server.health import try_a_kernel
from tests.browser.tools import Served, kernels
from tests.server.http import fetch
from tests.waiting import until


def test_a_run_is_tried_and_leaves_no_kernel(apps_server: Served) -> None:
    answer = fetch(apps_server.port, "/course/health")
    assert (answer.status, json.loads(answer.text)) == (200, {"ok": True})
    until(lambda: not kernels(apps_server), "the kernel outlived its run")


class Kernels:
    """A server on which no kernel starts."""

    async def start_kernel(self) -> str:
        raise PermissionError("[Errno 13] Permission denied: '/.local'")


def test_what_fails_is_named() -> None:
    assert asyncio.run(try_a_kernel(Kernels())) == "PermissionError: [Errno 13] Permission denied: '/.local'"
