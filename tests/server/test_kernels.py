"""The line from kernel to page is one that does not wait."""

from __future__ import annotations

import asyncio
import json
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tornado import web
from traitlets.utils.importstring import import_item

from course.paths import PACKAGE
from course.server.kernels import PromptConnection, QuietKernels
from course.server.public import settings


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

    handler = SimpleNamespace(connection="at first")
    monkeypatch.setattr(ZMQChannelsWebsocketConnection, "prepare", wait)
    monkeypatch.setattr(PromptConnection, "websocket_handler", handler)
    with pytest.raises(web.Finish) if closed else nullcontext():
        asyncio.run(PromptConnection.__new__(PromptConnection).prepare())


def test_both_servers_use_it() -> None:
    local = json.loads((PACKAGE / "server" / "jupyter" / "jupyter_server_config.json").read_text(encoding="utf-8"))
    names = {
        local["ServerApp"]["kernel_websocket_connection_class"],
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
