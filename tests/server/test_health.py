"""The address that says whether a simulation can be run here."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from course.server.health import try_a_kernel
from tests.browser.tools import Served
from tests.server.http import fetch


def test_a_run_is_tried(apps_server: Served) -> None:
    answer = fetch(apps_server.port, "/course/health")
    assert (answer.status, json.loads(answer.text)) == (200, {"ok": True})


class Kernels:
    """A server on which no kernel starts, or one starts and cannot be reached."""

    def __init__(self, starts: bool) -> None:
        self.starts = starts
        self.ended: list[str] = []

    async def start_kernel(self) -> str:
        if not self.starts:
            raise PermissionError("[Errno 13] Permission denied: '/.local'")
        return "a-kernel"

    def get_kernel(self, kernel_id: str) -> Any:
        raise KeyError(kernel_id)

    async def shutdown_kernel(self, kernel_id: str, now: bool) -> None:
        self.ended.append(kernel_id)


def test_what_fails_is_named_and_nothing_is_left() -> None:
    assert asyncio.run(try_a_kernel(Kernels(False))) == "PermissionError: [Errno 13] Permission denied: '/.local'"
    kernels = Kernels(True)
    assert asyncio.run(try_a_kernel(kernels)) == "KeyError: 'a-kernel'"
    assert kernels.ended == ["a-kernel"]
