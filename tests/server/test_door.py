"""Home's doors to the lessons: the session first, then the page; and no door that a failure closes."""

from __future__ import annotations

import asyncio
import json
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from tornado.httputil import HTTPHeaders, HTTPServerRequest, RequestStartLine
from tornado.web import Application

from course.manifest import syllabus
from course.paths import ROOT
from course.server import door
from course.server.door import ROOMS, DoorHandler
from course.server.routes import routes
from tests.browser.tools import Served
from tests.server.http import Answer, fetch
from tests.waiting import until

LESSONS = [syllabus().ready[0].lesson(language).relative_to(ROOT).as_posix() for language in ("en", "zh")]


def ask(served: Served, path: str) -> Answer:
    return fetch(served.port, path, Authorization=f"token {served.token}")


def sessions(served: Served) -> dict[str, Any]:
    found = json.loads(ask(served, "/api/sessions").text)
    assert len({session["path"] for session in found}) == len(found), "one notebook has two sessions"
    return {session["path"]: session["kernel"]["id"] for session in found}


@pytest.mark.parametrize(("room", "lesson"), list(zip(ROOMS, LESSONS, strict=True)))
def test_a_notebook_gets_its_kernel_by_the_door_and_keeps_it(server: Served, room: str, lesson: str) -> None:
    assert lesson not in sessions(server)
    answer = ask(server, f"/course/{room}/{lesson}?reset")
    assert (answer.status, answer.headers["Location"]) == (302, f"/{room}/{lesson}?reset")
    # on a busy machine a kernel may take longer than the door's patience; it goes on starting
    kernel = until(lambda: sessions(server).get(lesson), "no session was started")
    ask(server, f"/course/{room}/{lesson}")
    assert sessions(server)[lesson] == kernel


@pytest.mark.parametrize("path", ["lessons/none.ipynb", "README.md", "lessons", "lessons/汉 字.ipynb"])
def test_what_is_no_notebook_gets_no_kernel_but_its_page(server: Served, path: str) -> None:
    before = sessions(server)
    answer = ask(server, f"/course/lab/tree/{quote(path)}")
    assert (answer.status, answer.headers["Location"]) == (302, f"/lab/tree/{quote(path)}")
    assert sessions(server) == before


def test_a_stranger_starts_no_kernel(server: Served) -> None:
    before = sessions(server)
    answer = fetch(server.port, f"/course/lab/tree/{LESSONS[0]}")
    assert answer.status == 302
    assert "/login" in answer.headers["Location"]
    assert sessions(server) == before


def test_a_door_leads_to_no_other_host(server: Served) -> None:
    for path in ("//example.org/x.ipynb", "/%2F%2Fexample.org", "%5C%5Cexample.org", "../../../example.org"):
        target = ask(server, f"/course/lab/tree/{path}").headers["Location"]
        assert target.startswith("/lab/tree/"), target


def test_the_public_server_has_no_such_doors() -> None:
    assert DoorHandler in [handler for _, handler, _ in routes("/")]
    assert DoorHandler not in [handler for _, handler, _ in routes("/", explore_only=True)]


class Sessions:
    """A session manager of the test's own: it fails, hangs, or counts."""

    def __init__(self, behaviour: str) -> None:
        self.behaviour = behaviour
        self.started: list[str] = []

    def session_exists(self, path: str) -> bool:
        return path in self.started

    async def create_session(self, *, path: str, **_options: str) -> None:
        if self.behaviour == "fails":
            raise OSError("no more processes")
        await asyncio.sleep(3600 if self.behaviour == "hangs" else 0)
        self.started.append(path)


async def go_through(managers: Sessions, *, visitors: int = 1) -> list[tuple[str, list[str]]]:
    """Let `visitors` come at once to one notebook; return where each was sent, and which sessions were there by then."""
    contents = SimpleNamespace(
        file_exists=lambda _path: True,
        get=lambda _path, type: {"content": {"metadata": {}}},
    )
    kernels = SimpleNamespace(default_kernel_name="python3")
    specs = SimpleNamespace(find_kernel_specs=lambda: {"python3": "somewhere"})
    application = Application(
        base_url="/user/a-b/",
        session_manager=managers,
        contents_manager=contents,
        kernel_manager=kernels,
        kernel_spec_manager=specs,
    )
    starting: dict[str, asyncio.Task[None]] = {}

    async def visit() -> tuple[str, list[str]]:
        connection: Any = SimpleNamespace(set_close_callback=lambda _callback: None)
        line = RequestStartLine("GET", "/user/a-b/course/notebooks/a.ipynb", "HTTP/1.1")
        request = HTTPServerRequest(start_line=line, connection=connection, headers=HTTPHeaders(Host="localhost"))
        handler = DoorHandler(application, request, starting=starting)
        sent: list[tuple[str, list[str]]] = []
        handler.redirect = lambda url: sent.append((url, [*managers.started]))  # type: ignore[method-assign, assignment, misc]
        await DoorHandler.get.__wrapped__(handler, "notebooks", "a.ipynb")  # type: ignore[attr-defined]
        return sent[0]

    return await asyncio.gather(*[visit() for _ in range(visitors)])


@pytest.mark.parametrize("behaviour", ["fails", "hangs", "counts"])
def test_no_failure_closes_the_door(behaviour: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "PATIENCE_SECONDS", 0.05)
    ((sent, _sessions),) = asyncio.run(go_through(Sessions(behaviour)))
    assert sent == "/user/a-b/notebooks/a.ipynb"


def test_visitors_who_come_at_once_share_one_session_which_is_there_before_the_page() -> None:
    managers = Sessions("counts")
    assert asyncio.run(go_through(managers, visitors=3)) == [("/user/a-b/notebooks/a.ipynb", ["a.ipynb"])] * 3
    assert managers.started == ["a.ipynb"]
