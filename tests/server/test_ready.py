"""Answers that go out before anything else is done about a request are those that its usual way would have had."""

from __future__ import annotations

import asyncio
import gzip
import http.client
from pathlib import Path

import pytest
from tornado.httpclient import AsyncHTTPClient
from tornado.testing import bind_unused_port
from tornado.web import Application, RequestHandler

from course.manifest import syllabus
from course.runs.frames import read_frame
from course.runs.version import version
from course.server.ready import ReadyServer
from tests.browser.tools import Served
from tests.server.http import Answer, fetch
from tests.waiting import LONGEST_SECONDS

MODULE = syllabus().simulated[1].id
RUN = f"/course/run/{MODULE}/run"
KEPT = f"{RUN}?v={version()}&lang=zh&promise=66&seed=3"
# the same question in another order: it goes the usual way
SAME = f"{RUN}?v={version()}&lang=zh&seed=3&promise=66"


@pytest.fixture(scope="module")
def kept(apps_server: Served) -> Served:
    """The public server, where `KEPT` has been asked."""
    assert fetch(apps_server.port, KEPT).status == 200
    return apps_server


def headers(answer: Answer) -> dict[str, set[str]]:
    """Return the headers without the moment; lists as sets."""
    return {name: {*value.split(", ")} for name, value in answer.headers.items() if name not in ("Date", "Server")}


def test_it_is_the_answer_of_the_usual_way(kept: Served) -> None:
    ready = fetch(kept.port, KEPT, Accept_Encoding="gzip")
    usual = fetch(kept.port, SAME, Accept_Encoding="gzip")
    assert "Server" not in ready.headers, "it went the usual way"
    assert "Server" in usual.headers
    assert (ready.status, ready.body) == (usual.status, usual.body)
    assert headers(ready) == headers(usual)
    assert ready.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert ready.headers["X-Content-Type-Options"] == "nosniff"
    assert ready.headers["Content-Security-Policy"] == "default-src 'none'"
    assert ready.headers["Set-Cookie"] is None
    assert ready.headers["Date"].endswith("GMT")
    assert read_frame(gzip.decompress(ready.body))[0]["values"]["promise"] == 66


def test_who_asks_for_more_than_the_address_says_goes_the_usual_way(kept: Served) -> None:
    plain = fetch(kept.port, KEPT)
    assert plain.headers["Content-Encoding"] is None
    assert read_frame(plain.body)[0]["kind"] == "result"
    tag = fetch(kept.port, KEPT, Accept_Encoding="gzip").headers["Etag"]
    known = fetch(kept.port, KEPT, Accept_Encoding="gzip", If_None_Match=tag)
    assert (known.status, known.body) == (304, b"")
    head = fetch(kept.port, KEPT, "HEAD", Accept_Encoding="gzip")
    assert (head.status, head.body, head.headers["Etag"]) == (200, b"", tag)
    assert fetch(kept.port, KEPT, "POST", "x", Accept_Encoding="gzip").status == 405
    assert fetch(kept.port, KEPT, "GET", "x", Accept_Encoding="gzip").headers["Server"]


def test_only_the_address_of_a_run_is_looked_up(kept: Served) -> None:
    for path in (KEPT.replace("/course/", "/elsewhere/", 1), f"/x{KEPT}", f"{KEPT}&promise=67"):
        assert fetch(kept.port, path, Accept_Encoding="gzip").status in (404, 422)
    refused = f"{RUN}?v={version()}&lang=zh&promise=300"
    for _ in range(2):
        answer = fetch(kept.port, refused, Accept_Encoding="gzip")
        assert (answer.status, answer.headers["Cache-Control"]) == (422, "no-store")


def test_a_connection_goes_on_with_what_is_ready_and_what_is_not(kept: Served) -> None:
    line = http.client.HTTPConnection("127.0.0.1", kept.port, timeout=LONGEST_SECONDS)
    sizes = []
    for path in (KEPT, SAME, KEPT, "/course/", KEPT):
        line.request("GET", path, headers={"Accept-Encoding": "gzip", "X-Forwarded-For": "203.0.113.7"})
        response = line.getresponse()
        sizes.append(len(response.read()))
        assert (response.status, response.will_close) == (200, False)
    assert len({*sizes}) == 2
    line.request("GET", KEPT, headers={"Accept-Encoding": "gzip", "Connection": "close"})
    response = line.getresponse()
    assert response.headers["Connection"] == "close"
    assert len(response.read()) == sizes[0]
    line.close()


def test_a_page_names_nobody(kept: Served) -> None:
    page = fetch(kept.port, f"/course/explore/{MODULE}?lang=zh", Accept_Encoding="gzip")
    assert [cookie.split("=")[0] for cookie in page.headers.get_all("Set-Cookie", [])] == ["course_lang"]
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert {"Cookie", "Accept-Language", "Accept-Encoding"} <= {*page.headers["Vary"].split(", ")}
    assert gzip.decompress(page.body) == fetch(kept.port, f"/course/explore/{MODULE}?lang=zh").body
    tag = page.headers["Etag"]
    again = fetch(
        kept.port, f"/course/explore/{MODULE}", Cookie="course_lang=zh", Accept_Encoding="gzip", If_None_Match=tag
    )
    assert (again.status, again.headers["Set-Cookie"]) == (304, None)
    assert fetch(kept.port, f"/course/explore/{MODULE}", Accept_Language="en").headers["Content-Language"] == "en"


def test_below_a_base_address_what_is_kept_is_ready(tmp_path: Path) -> None:
    served = Served("apps", tmp_path, "--base-url", "/here/")
    served.wait("here/")
    try:
        assert fetch(served.port, f"/here{KEPT}").status == 200
        assert "Server" not in fetch(served.port, f"/here{KEPT}", Accept_Encoding="gzip").headers
        assert fetch(served.port, KEPT, Accept_Encoding="gzip").status == 404
    finally:
        served.stop()


class Echo(RequestHandler):
    def post(self) -> None:
        self.write(self.request.body + str(self.request.remote_ip).encode())


def test_what_is_not_ready_keeps_its_body_and_who_asks() -> None:
    async def ask() -> None:
        asked: list[str] = []
        server = ReadyServer(Application([("/echo", Echo)]), find=asked.append, xheaders=True)
        listening, port = bind_unused_port()
        server.add_sockets([listening])
        client = AsyncHTTPClient()
        answer = await client.fetch(
            f"http://127.0.0.1:{port}/echo", method="POST", body="abc" * 50_000, headers={"X-Real-Ip": "203.0.113.7"}
        )
        assert answer.body == b"abc" * 50_000 + b"203.0.113.7"
        assert not asked
        missing = await client.fetch(f"http://127.0.0.1:{port}/other?x=1", raise_error=False)
        assert (missing.code, asked) == (404, ["/other?x=1"])
        server.stop()

    asyncio.run(ask())
