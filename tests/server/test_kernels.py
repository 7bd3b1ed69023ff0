"""The line from kernel to page is one that does not wait."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tornado import web
from tornado.websocket import WebSocketClosedError
from traitlets.config import Config
from traitlets.utils.importstring import import_item

from course.server.kernels import PromptConnection, QuietKernels, VisitedKernels
from course.server.manners import CONNECTION
from course.server.public import settings
from tests.waiting import LONGEST_SECONDS


def test_messages_are_sent_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[Any] = []
    monkeypatch.setattr(ZMQChannelsWebsocketConnection, "connect", lambda _self: said.append("connected"))
    line = PromptConnection.__new__(PromptConnection)
    handler = SimpleNamespace(set_nodelay=lambda on: said.append(("nodelay", on)))
    monkeypatch.setattr(PromptConnection, "websocket_handler", handler)
    line.connect()
    assert said == [("nodelay", True), "connected"]


@pytest.mark.parametrize("closed", [True, False])
def test_a_page_closed_before_the_line_stands_is_let_go(monkeypatch: pytest.MonkeyPatch, closed: bool) -> None:
    async def wait(_self: object) -> None:
        handler.connection = None if closed else "still there"

    upgrade = SimpleNamespace(headers={"Upgrade": "websocket"})
    handler = SimpleNamespace(connection="at first", request=upgrade, check_origin=lambda: True)
    monkeypatch.setattr(ZMQChannelsWebsocketConnection, "prepare", wait)
    monkeypatch.setattr(PromptConnection, "websocket_handler", handler)
    with pytest.raises(web.Finish) if closed else nullcontext():
        asyncio.run(PromptConnection.__new__(PromptConnection).prepare())


@pytest.mark.parametrize(("error", "told"), [(WebSocketClosedError(), False), (ValueError("x"), True)])
def test_what_a_kernel_says_to_a_page_that_was_closed_is_no_error(
    monkeypatch: pytest.MonkeyPatch, error: Exception, told: bool
) -> None:
    def send(_message: object, binary: bool) -> None:
        raise error

    monkeypatch.setattr(PromptConnection, "websocket_handler", SimpleNamespace(write_message=send))
    monkeypatch.setattr(PromptConnection, "subprotocol", "v1.kernel.websocket.jupyter.org")
    line = PromptConnection.__new__(PromptConnection)
    stream = SimpleNamespace(closed=lambda: False, channel="iopub")
    with pytest.raises(ValueError, match="x") if told else nullcontext():
        line._on_zmq_reply(stream, [b"<IDS|MSG>", b"", b"{}", b"{}", b"{}", b"{}"])


def test_both_servers_use_it() -> None:
    names = {
        CONNECTION["ServerApp"]["kernel_websocket_connection_class"],
        settings(port=1, ip="127.0.0.1", visitors=1).Voila.kernel_websocket_connection_class,
    }
    assert [import_item(name) for name in names] == [PromptConnection]


def test_a_page_closed_while_its_kernel_starts_again_waits_for_it(tmp_path: Path) -> None:
    async def work() -> bool:
        kernels = QuietKernels(connection_dir=str(tmp_path))
        kernel = await kernels.start_kernel()
        manager = kernels.get_kernel(kernel)
        again = asyncio.ensure_future(manager.restart_kernel(now=True))
        while manager.ready.done():
            await asyncio.sleep(0)
        await kernels.shutdown_kernel(kernel)
        await again
        return kernel in kernels

    assert not asyncio.run(work())


@asynccontextmanager
async def asked_by(client: str, folder: Path, config: Config | None = None) -> AsyncIterator[tuple[Any, Any]]:
    """A kernel of `QuietKernels`: its manager, and a client of that name with its channels open."""
    config = config or Config()
    config.KernelManager.client_factory = f"course.server.kernels.{client}"
    kernels = QuietKernels(connection_dir=str(folder), config=config)
    kernel = await kernels.start_kernel()
    manager = kernels.get_kernel(kernel)
    found = manager.client()
    found.start_channels()
    yield manager, found
    found.stop_channels()
    await kernels.shutdown_kernel(kernel, now=True)


async def end_for_good(manager: Any) -> None:
    manager.stop_restarter()
    await manager._async_kill_kernel()


def test_a_kernel_counts_as_ready_when_it_has_answered(tmp_path: Path) -> None:
    """jupyter_client listens on, until nothing has been said for 0.2 s."""

    async def work() -> tuple[str, str]:
        async with asked_by("PromptClient", tmp_path) as (_, client):
            listen, heard = client.iopub_channel.get_msg, []

            async def noted(timeout: float) -> Any:
                heard.append("silence")
                message = await ensure_async(listen(timeout=timeout))
                heard[-1] = message["content"].get("execution_state", "")
                return message

            client.iopub_channel.get_msg = noted
            await client.wait_for_ready(LONGEST_SECONDS)
            last = heard[-1]
            reply = await client.execute("1 + 1", reply=True, timeout=LONGEST_SECONDS)
            return last, reply["content"]["status"]

    assert asyncio.run(work()) == ("idle", "ok")


def test_a_dead_kernel_is_not_waited_for(tmp_path: Path) -> None:
    async def work() -> None:
        async with asked_by("PromptClient", tmp_path) as (manager, client):
            await end_for_good(manager)
            with pytest.raises(RuntimeError, match="died"):
                await client.wait_for_ready(LONGEST_SECONDS)

    asyncio.run(work())


def test_a_page_whose_kernel_died_does_not_wait_for_ever(tmp_path: Path) -> None:
    async def work() -> None:
        async with asked_by("PageClient", tmp_path) as (manager, client):
            await end_for_good(manager)
            await asyncio.wait_for(client.wait_for_ready(3_600), LONGEST_SECONDS)

    asyncio.run(work())


def test_who_waits_for_a_kernel_that_dies_meets_the_next_one(tmp_path: Path) -> None:
    async def work() -> str:
        config = Config({"KernelRestarter": settings(port=1, ip="127.0.0.1", visitors=1).KernelRestarter})
        async with asked_by("PromptClient", tmp_path, config) as (manager, client):
            os.kill(manager.provisioner.process.pid, signal.SIGKILL)
            await client.wait_for_ready(LONGEST_SECONDS)
            reply = await client.execute("6 * 7", reply=True, timeout=LONGEST_SECONDS)
            return str(reply["content"]["status"])

    assert asyncio.run(work()) == "ok"


def test_a_kernel_that_takes_its_time_to_come_back_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it is started again nobody watches over it."""

    async def work() -> str:
        config = Config({"KernelRestarter": settings(port=1, ip="127.0.0.1", visitors=1).KernelRestarter})
        async with asked_by("PromptClient", tmp_path, config) as (manager, client):
            launch, ask, begun, enough = (
                manager.provisioner.launch_kernel,
                client.kernel_info,
                asyncio.Event(),
                asyncio.Event(),
            )

            async def late(*words: Any, **options: Any) -> Any:
                begun.set()
                await enough.wait()
                return await launch(*words, **options)

            def counted() -> str:
                if begun.is_set():
                    counted.times += 1
                if counted.times == 3:
                    enough.set()
                return str(ask())

            counted.times = 0
            monkeypatch.setattr(
                type(manager.provisioner), "launch_kernel", lambda _self, *words, **options: late(*words, **options)
            )
            client.kernel_info = counted
            os.kill(manager.provisioner.process.pid, signal.SIGKILL)
            await client.wait_for_ready(LONGEST_SECONDS)
            reply = await client.execute("6 * 7", reply=True, timeout=LONGEST_SECONDS)
            return str(reply["content"]["status"])

    assert asyncio.run(work()) == "ok"


def test_who_left_without_a_word_makes_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> tuple[bool, bool]:
        kernels = VisitedKernels(connection_dir=str(tmp_path))
        kernel = await kernels.start_kernel()
        kernels.notify_connect(kernel)
        monkeypatch.setattr("course.server.kernels.LEFT_SECONDS", -1)
        await kernels.cull_kernel_if_idle(kernel)
        connected = kernel in kernels
        kernels.notify_disconnect(kernel)
        await kernels.cull_kernel_if_idle(kernel)
        return connected, kernel in kernels

    assert asyncio.run(work()) == (True, False)


def test_a_kernel_that_ends_by_itself_while_all_are_ended_is_no_error(tmp_path: Path) -> None:
    async def work() -> None:
        kernels = QuietKernels(connection_dir=str(tmp_path))
        kernel = await kernels.start_kernel()
        ids = kernels.list_kernel_ids()
        await kernels.shutdown_kernel(kernel, now=True)
        with pytest.raises(web.HTTPError, match="does not exist"):
            await kernels.shutdown_kernel(kernel)
        # what jupyter_client's shutdown of all works through, it has looked up before
        kernels.list_kernel_ids = lambda: ids  # type: ignore[method-assign]
        await kernels.shutdown_all()

    asyncio.run(work())


@pytest.mark.parametrize("ending", [True, False])
def test_a_kernel_that_never_comes_up_is_killed(ending: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its start or its shutdown was cut off, and nobody will say any more that it is ready."""
    monkeypatch.setattr("course.server.kernels.ENDING_SECONDS" if ending else "course.server.kernels.START_SECONDS", 0)

    async def work() -> tuple[bool, bool]:
        kernels = QuietKernels(connection_dir=str(tmp_path))
        stuck, other = await kernels.start_kernel(), await kernels.start_kernel()
        manager = kernels.get_kernel(stuck)
        manager._ready = asyncio.get_running_loop().create_future()
        if ending:
            await kernels.shutdown_all(now=True)
        else:
            await kernels.shutdown_kernel(stuck)
            await kernels.shutdown_kernel(other, now=True)
        return bool(kernels.list_kernel_ids()), await manager.is_alive()

    assert asyncio.run(work()) == (False, False)


def test_a_kernel_that_cannot_be_ended_keeps_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> tuple[list[str], str]:
        kernels = QuietKernels(connection_dir=str(tmp_path))
        stuck, _other = await kernels.start_kernel(), await kernels.start_kernel()

        async def fail(*_words: object, **_options: object) -> None:
            raise OSError("no")

        with monkeypatch.context() as patched:
            patched.setattr(kernels.get_kernel(stuck), "shutdown_kernel", fail)
            await kernels.shutdown_all(now=True)
        left = kernels.list_kernel_ids()
        await kernels.shutdown_kernel(stuck, now=True)
        return left, stuck

    left, stuck = asyncio.run(work())
    assert left == [stuck]
