"""A class behind a server of a hub's: phones come in without an account, to the class alone."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tornado import web
from tornado.httpclient import AsyncHTTPClient
from tornado.httpserver import HTTPServer

from course.classroom.room import Room
from course.server.class_hall import Hall
from course.server.class_routes import application
from course.server.class_through import class_routes
from course.server.class_way_in import way_in
from course.server.manners import ON_A_HUB, ON_BINDER, class_folder
from tests.browser.tools import free_port
from tests.classroom.rooms import GUESS, STEPS

BASE = "/user/prof/"


async def _asked(folder: Path, asks: list[tuple[str, str, Any]]) -> list[tuple[int, dict[str, str], bytes]]:
    """Return what a phone gets for (method, path, body); CODE and TOKEN stand for the room's."""
    room = Room(folder, "m01", STEPS)
    for command in ("next", "go"):
        room.do(command, room.state.version)
    inner, outer = free_port(), free_port()
    classes = SimpleNamespace(port=lambda module: inner if module == "m01" else None)
    servers = [
        HTTPServer(application(Hall(room, "http://x", lambda: None))),
        HTTPServer(web.Application(class_routes(BASE, classes))),
    ]
    for server, port in zip(servers, (inner, outer), strict=True):
        server.listen(port, "127.0.0.1")
    client, found = AsyncHTTPClient(force_instance=True), []
    token = room.join()
    for method, path, body in asks:
        sent = None if body is None else json.dumps(body) if not isinstance(body, str) else body
        headers = {"Authorization": f"Bearer {token}", "Cookie": "secret=1"}
        answer = await client.fetch(
            f"http://127.0.0.1:{outer}{path.replace('CODE', room.code)}", method=method, body=sent, headers=headers,
            raise_error=False, follow_redirects=False,
        )  # fmt: skip
        found.append((answer.code, dict(answer.headers), answer.body or b""))
    for server in servers:
        server.stop()
        await server.close_all_connections()
    client.close()
    room.close()
    return found


def test_phones_reach_the_class_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setenv(ON_A_HUB, BASE)
    room = f"{BASE}course/room/m01"
    answer = {"step": GUESS, "round": 1, "number": 1, "value": 3.0}
    good = [
        ("GET", f"{room}/", None), ("GET", f"{room}/CODE", None), ("GET", f"{room}/CODE/state", None),
        ("POST", f"{room}/CODE/answer", answer), ("GET", f"{room}/CODE/qr.svg", None), ("GET", f"{room}/board", None),
    ]  # fmt: skip
    bad = [
        ("GET", f"{room}/board/state", None), ("POST", f"{room}/board/do", {"command": "end"}), ("GET", f"{room}/..", None),
        ("GET", f"{room}/api/contents", None), ("GET", f"{BASE}course/room/m02/", None),
        ("GET", f"{room}/../../../api", None),
        ("POST", f"{room}/CODE/answer", "x" * 5_000), ("POST", f"{room}/CODE/answer", "{"), ("DELETE", f"{room}/CODE", None),
        ("GET", f"{room}/CODE%2f..%2fboard", None), ("GET", f"{BASE}api/contents", None), ("GET", f"{BASE}lab", None),
        ("GET", f"{BASE}course/room/m01@evil/", None),
    ]  # fmt: skip
    bare = [("GET", room, None), ("GET", f"{room}/?code=CODE", None)]
    found = asyncio.run(_asked(tmp_path, [*good, *bad, *bare]))
    assert [code for code, _headers, _body in found[: len(good)]] == [200] * len(good)
    assert "script-src 'self'" in found[1][1]["Content-Security-Policy"]
    assert json.loads(found[3][2]) == {"said": "received"}
    assert all(code >= 400 for code, _headers, _body in found[len(good) : -2])
    assert [(code, headers["Location"][-5:]) for code, headers, _body in found[-2:-1]] == [(302, "m01/")]
    assert found[-1][0] == 302
    assert "/" not in found[-1][1]["Location"]


def test_nothing_of_it_is_there_off_a_hub(monkeypatch):
    monkeypatch.delenv(ON_A_HUB, raising=False)
    assert len(class_routes("/", SimpleNamespace())) == 1


@pytest.mark.parametrize(
    ("origin", "address"),
    [("https://hub.example", "https://hub.example"), ("https://evil.example", "http://hub.example"), ("", "http://hub.example")],
)  # fmt: skip
def test_the_address_is_the_one_that_the_teacher_sees(origin, address):
    request: Any = SimpleNamespace(headers={"Origin": origin}, host="hub.example", protocol="http")
    assert way_in(request, BASE, "m01") == f"{address}{BASE}course/room/m01"


def test_on_a_hub_instructors_open_classes_and_on_binder_everybody(tmp_path, monkeypatch):
    server = SimpleNamespace(root_dir=str(tmp_path))
    monkeypatch.delenv(ON_BINDER, raising=False)
    monkeypatch.delenv("COURSE_INSTRUCTOR", raising=False)
    monkeypatch.setenv(ON_A_HUB, BASE)
    assert class_folder(server) is None
    monkeypatch.setenv(ON_BINDER, "v2/gh/x")
    assert class_folder(server) == tmp_path.resolve() / "class"
    monkeypatch.delenv(ON_BINDER)
    monkeypatch.setenv("COURSE_INSTRUCTOR", "1")
    assert class_folder(server) == tmp_path.resolve() / "class"
    monkeypatch.delenv(ON_A_HUB)
    assert class_folder(server) is None
