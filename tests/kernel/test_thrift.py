"""Where memory is dear, the warm process takes little until somebody asks, and the first kernel waits for nothing more."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Iterator

import psutil
import pytest

from course.kernel.provisioner import WarmProvisioner
from course.kernel.warm import NAME, ForkedProcess, ForkServer, obstacle
from tests.kernel.test_provisioner import ask, kernel
from tests.waiting import LONGEST_SECONDS, until

pytestmark = pytest.mark.skipif(bool(obstacle()), reason=obstacle())


@pytest.fixture
def thrifty(monkeypatch: pytest.MonkeyPatch) -> Iterator[ForkServer]:
    server = ForkServer()
    server.thrifty = True
    monkeypatch.setattr(WarmProvisioner, "server", server)
    server.connect()
    yield server
    server.stop()


def has_pandas(server: ForkServer) -> bool:
    assert server.process is not None
    return any("pandas" in one.path for one in psutil.Process(server.process.pid).memory_maps())


async def imported() -> list[bool]:
    """Start a kernel and tell whether it began with what every kernel needs, and with what the course's lessons do."""
    async with kernel(NAME) as (manager, client):
        assert isinstance(manager.provisioner, WarmProvisioner)
        assert isinstance(manager.provisioner.process, ForkedProcess)
        found: list[bool] = await ask(
            client, "import sys\n[name in sys.modules for name in ('ipykernel.ipkernel', 'pandas', 'course.lesson')]"
        )
        return found


def test_the_first_kernel_does_not_wait_for_what_the_second_finds_there(thrifty: ForkServer) -> None:
    assert not has_pandas(thrifty)
    assert asyncio.run(imported()) == [True, False, False]
    until(lambda: has_pandas(thrifty), "the rest is never warmed up")
    assert asyncio.run(imported()) == [True, True, True]
    assert thrifty.starts == 1


def test_a_worker_of_the_courses_waits_for_all_of_it(thrifty: ForkServer) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs, open(os.devnull, "r+b") as nothing:
        standard = [nothing.fileno()] * 3
        request = {"call": "course.runs.worker:serve", "env": dict(os.environ)}
        process = thrifty.fork(request, [*standard, theirs.fileno()])
        assert has_pandas(thrifty)
        process.kill()
        process.wait(LONGEST_SECONDS)
