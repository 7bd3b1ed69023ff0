"""The line from kernel to page is one that does not wait."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from traitlets.utils.importstring import import_item

from course.paths import PACKAGE
from course.server.kernels import PromptConnection
from course.server.public import settings


def test_messages_are_sent_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[Any] = []
    monkeypatch.setattr(ZMQChannelsWebsocketConnection, "connect", lambda _self: said.append("connected"))
    line = PromptConnection.__new__(PromptConnection)
    handler = SimpleNamespace(set_nodelay=lambda on: said.append(("nodelay", on)))
    monkeypatch.setattr(PromptConnection, "websocket_handler", handler)
    line.connect()
    assert said == [("nodelay", True), "connected"]


def test_both_servers_use_it() -> None:
    local = json.loads((PACKAGE / "server" / "jupyter" / "jupyter_server_config.json").read_text(encoding="utf-8"))
    names = {
        local["ServerApp"]["kernel_websocket_connection_class"],
        settings(port=1, ip="127.0.0.1", visitors=1).Voila.kernel_websocket_connection_class,
    }
    assert [import_item(name) for name in names] == [PromptConnection]
