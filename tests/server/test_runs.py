"""The run service over HTTP, on a public server and below a learner's token."""

from __future__ import annotations

import http.client
import json
from pathlib import Path

import click
import psutil
import pytest

from course.manifest import syllabus
from course.runs.frames import read_frame
from course.runs.version import version
from course.server.options import read_base_url
from tests.browser.tools import Served
from tests.server.flood import RAW, malformed, request, send
from tests.server.http import fetch
from tests.waiting import LONGEST_SECONDS, until

MODULE = syllabus().simulated[1].id
RUN = f"/course/run/{MODULE}/run"


def test_an_answer_to_its_edition_may_be_kept_for_good(apps_server: Served) -> None:
    kept = fetch(apps_server.port, f"{RUN}?v={version()}&lang=zh&promise=70&seed=3")
    assert kept.status == 200
    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert kept.headers["Set-Cookie"] is None, "a proxy keeps nothing that carries a cookie"
    message, buffers = read_frame(kept.body)
    assert (message["kind"], message["values"]["promise"], message["seed"]) == ("result", 70.0, 3)
    assert len(buffers) == sum(len(table["columns"]) for table in message["tables"])
    packed = fetch(apps_server.port, f"{RUN}?v={version()}&lang=zh&promise=70&seed=3", Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.body) < len(kept.body)


def test_an_answer_to_another_edition_is_given_and_not_kept(apps_server: Served) -> None:
    answer = fetch(apps_server.port, f"{RUN}?v=0123456789abcdef&lang=en")
    assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-store")


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        (f"{RUN}?lang=en&promise=300", 422, "300 is out of range"),
        (f"{RUN}?lang=zh&promise=300", 422, "300 超出范围"),
        (f"{RUN}?lang=tlh", 422, "cannot be read"),
        ("/course/run/m99-nothing/run?lang=en", 404, "no simulation of module"),
        ("/course/run/m02/run?lang=zh", 404, "没有模块"),
        (f"/course/run/{MODULE}/dance?lang=en", 422, "cannot be read"),
    ],
)
def test_what_cannot_be_answered_is_said_in_words(apps_server: Served, path: str, status: int, said: str) -> None:
    answer = fetch(apps_server.port, path)
    assert answer.status == status
    assert said in json.loads(answer.text)["message"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_under_a_token_a_stranger_is_told_so_and_the_learner_answered(server: Served) -> None:
    stranger = fetch(server.port, f"{RUN}?lang=zh", Accept_Language="zh-CN")
    assert (stranger.status, stranger.headers["Location"]) == (403, None)
    assert "重新打开" in json.loads(stranger.text)["message"]
    learner = fetch(server.port, f"{RUN}?lang=zh", Authorization=f"token {server.token}")
    assert learner.status == 200


def test_a_dashboard_carries_its_starting_run_and_takes_no_kernel(apps_server: Served) -> None:
    for module in syllabus().simulated:
        page = fetch(apps_server.port, f"/course/explore/{module.id}?lang=zh")
        assert page.status == 200
        assert module.title["zh"] in page.text
        first = page.text.split('id="course-first">')[1].split("</script>")[0]
        message, _buffers = json.loads(first)
        assert message["start"]["tell"]
    assert fetch(apps_server.port, "/course/explore/m99-nothing").status == 302


def test_two_hundred_requests_that_nobody_means(apps_server: Served) -> None:
    fetch(apps_server.port, f"{RUN}?lang=en")
    before = {child.pid for child in psutil.Process(apps_server.process.pid).children(recursive=True)}
    seen = set()
    for raw in [*(request(*each) for each in malformed(200)), *RAW]:
        status, body = send(apps_server.port, raw)
        assert status < 500, f"{status} for {raw[:300]!r}: {body[:300]}"
        assert "Traceback" not in body
        seen.add(status)
    assert {200, 404, 405, 422} <= seen
    assert "Traceback" not in apps_server.said()
    after = {child.pid for child in psutil.Process(apps_server.process.pid).children(recursive=True)}
    # one more may have been forked where both had not been needed before
    assert len(after - before) <= 2
    assert fetch(apps_server.port, f"{RUN}?lang=en").status == 200


def test_a_worker_killed_from_outside_is_not_noticed(apps_server: Served) -> None:
    fetch(apps_server.port, f"{RUN}?promise=41")
    (warm,) = [child for child in psutil.Process(apps_server.process.pid).children() if child.children()]
    for worker in warm.children():
        worker.kill()
    answers = [fetch(apps_server.port, f"{RUN}?promise={promise}").status for promise in range(42, 46)]
    assert answers == [200] * 4


def test_who_stops_waiting_for_many_draws_leaves_no_work_behind(apps_server: Served) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", apps_server.port, timeout=LONGEST_SECONDS)
    connection.request("GET", f"/course/run/{syllabus().simulated[-1].id}/study?seed=77")
    response = connection.getresponse()
    response.read(4)
    (warm,) = [child for child in psutil.Process(apps_server.process.pid).children() if child.children()]
    before = {worker.pid for worker in warm.children()}
    response.close()
    connection.close()
    until(lambda: before - {worker.pid for worker in warm.children()}, "the worker goes on for nobody")


@pytest.mark.parametrize(
    ("asked", "path"),
    [("/", "/"), ("", "/"), ("c-26", "/c-26/"), ("/a/b_c/", "/a/b_c/"), ("/..", None), ("/a b", None)],
)
def test_a_base_address_is_a_path(asked: str, path: str | None) -> None:
    context = click.Context(click.Command("apps"))
    option = click.Option(["--base-url"])
    if path is None:
        with pytest.raises(click.ClickException, match="base address"):
            read_base_url(context, option, asked)
    else:
        assert read_base_url(context, option, asked) == path


def test_below_a_base_address_behind_a_web_server(tmp_path: Path) -> None:
    served = Served("apps", tmp_path, "--base-url", "/here/")
    served.wait("here/")
    try:
        headers = {"X_Forwarded_For": "203.0.113.7", "X_Forwarded_Proto": "https", "X_Forwarded_Host": "course.example"}
        page = fetch(served.port, f"/here/course/explore/{MODULE}?lang=en", **headers)
        assert page.status == 200
        assert '"/here/course/static/' in page.text
        assert "127.0.0.1" not in page.text
        assert fetch(served.port, f"/here{RUN}?lang=en", **headers).status == 200
        assert "/here/course/explore/" in fetch(served.port, "/here/", **headers).text
        assert fetch(served.port, RUN).status == 404
    finally:
        served.stop()
