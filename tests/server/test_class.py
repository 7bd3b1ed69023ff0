"""`course class`: what phones and the board are given, what is kept when the server is killed, and what strangers get."""

from __future__ import annotations

import asyncio
import contextlib
import csv
import io
import json
import re
import shutil
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from tornado.simple_httpclient import SimpleAsyncHTTPClient

from course.classroom.room import Room
from course.paths import ROOT
from course.server.class_command import command
from course.server.class_limits import Buckets
from course.server.home import render_home
from tests.classroom.rooms import STEPS
from tests.server.classes import ClassServer, Phone
from tests.server.http import Answer, fetch
from tests.waiting import until, until_true

GUESS = "prediction:third-parcel"
PHONES = 40
KILLS = 5
QUESTIONS = 3


@pytest.fixture
def served(tmp_path: Path) -> Iterator[ClassServer]:
    server = ClassServer(tmp_path / "class")
    yield server
    server.process.kill()
    server.process.wait()


def answer(number: int, value: Any = 3.0, **more: Any) -> dict[str, Any]:
    return {"step": GUESS, "round": 1, "number": number, "value": value, **more}


async def _one_class(server: ClassServer) -> list[Phone]:
    """Let phones answer three questions, while the server is killed and started again."""
    client = SimpleAsyncHTTPClient(force_instance=True, max_clients=4 * PHONES)
    phones = [Phone(client, f"http://127.0.0.1:{server.port}/{server.code}") for _ in range(PHONES)]

    async def take_part(place: int, phone: Phone) -> None:
        await phone.join()
        version, asked = -1, set()
        while len(asked) < QUESTIONS:
            said = await phone.news(version)
            version = said["version"]
            key = said.get("question", {}).get("key")
            if said["phase"] == "asking" and key not in asked:
                asked.add(key)
                await phone.answer(key, said["round"], said["question"]["scale"]["low"] + place % 3)

    async def teach() -> None:
        for kill in range(KILLS):
            if kill < QUESTIONS:
                await asyncio.to_thread(server.do, "next", "go")
            await asyncio.to_thread(server.kill)
            await asyncio.to_thread(server.begin)
            asked = min(kill + 1, QUESTIONS)
            await until_true(lambda asked=asked: all(len(phone.received) >= asked for phone in phones))

    await asyncio.gather(teach(), *(take_part(place, phone) for place, phone in enumerate(phones)))
    client.close()
    return phones


def test_killed_five_times_a_class_loses_nothing(served):
    code = served.code
    phones = asyncio.run(_one_class(served))
    assert served.code == code
    rows = list(csv.DictReader(io.StringIO(served.ask("/board/answers.csv", served.teacher).text.lstrip("\ufeff"))))
    assert len(rows) == QUESTIONS * PHONES
    assert len({(row["person"], row["step"]) for row in rows}) == QUESTIONS * PHONES
    assert len({phone.token for phone in phones}) == PHONES
    served.do("close")
    assert served.board()["tallies"][0]["count"] == PHONES


def test_nothing_of_a_person_is_kept(served):
    served.do("next", "go")
    marks = {"User_Agent": "Unmistakable/1.0", "Cookie": "name=Zhang-San", "X_Forwarded_For": "203.0.113.77"}
    token = json.loads(served.ask(f"/{served.code}/join", body={}, **marks).body)["token"]
    assert served.ask(f"/{served.code}/answer", token, answer(1), **marks).status == 200
    assert served.ask(f"/{served.code}/state", token, **marks).status == 200
    files = b"".join(path.read_bytes() for path in served.folder.iterdir())
    assert token.encode() in files
    for trace in (b"Unmistakable", b"Zhang-San", b"203.0.113.77", b"127.0.0.1"):
        assert trace not in files
    with sqlite3.connect(served.folder / "room.db") as base:
        columns = [row[1] for row in base.execute("PRAGMA table_info(answers)")]
    assert columns == ["person", "step", "round", "number", "value", "late", "arrival"]


def test_ended_saved_deleted_and_gone(served):
    served.do("next", "go")
    assert served.ask(f"/{served.code}/answer", served.join(), answer(1)).status == 200
    assert served.ask("/board/delete", served.teacher, {}).status == 409
    served.do("reveal", "end")
    assert [one["answer"]["value"] for one in served.board()["results"]] == [4.3]
    assert "3,," in served.ask("/board/answers.csv", served.teacher).text
    assert served.ask("/board/delete", served.teacher, {}).status == 200
    until(lambda: served.process.poll() is not None, "the server goes on")
    assert served.process.returncode == 0
    assert list(served.folder.iterdir()) == []


def test_pages_speak_both_languages_and_hold_nothing_of_the_room(served):
    for path in ("/board", f"/{served.code}", "/"):
        for language, tag in (("zh-CN", "zh-Hans"), ("fr", "en")):
            page = served.ask(path, Accept_Language=language)
            assert page.status == 200
            assert f'<html lang="{tag}"' in page.text
            assert served.teacher not in page.text
            assert "'unsafe" not in page.headers["Content-Security-Policy"]
    assert served.code not in served.ask("/").text
    assert served.ask("/?code=zzzzz").status == 200
    found = served.ask(f"/?code={served.code.lower()}")
    assert (found.status, found.headers["Location"]) == (302, served.code)
    image = served.ask(f"/{served.code}/qr.svg")
    assert image.text.startswith("<?xml")
    assert "<path" in image.text
    for name in re.findall(r'"(class/[\w.-]+)"', served.ask("/board").text):
        assert served.ask(f"/{name}").status == 200
    assert "<table" in json.loads(served.ask("/board/note", served.teacher).body)["html"]


def _strangers(server: ClassServer, other: str, token: str) -> list[tuple[str, str, Any, str]]:
    """Return what hostile phones try: (path, token, body, method)."""
    code, script = server.code, "<script>alert(1)</script>"
    forged = [
        "", "x", other, token[:-1] + ("0" if token[-1] != "0" else "1"), token + "0", token.upper(), "é", "0" * 40,
        server.code, "Bearer", script, "' OR 1=1 --", token[:24], token[24:], "null",
    ]  # fmt: skip
    bodies: list[Any] = [
        "{", "[]", "null", '"' * 50, "[" * 4_000, answer(1, script), answer(1, None), answer(1, True), answer(1, [3.0]),
        answer(1, {"a": 1}), answer(1, 1e300), answer(1, -1), answer(1, "3"), answer(0), answer(-5), answer(1.5),
        answer(10**30), answer("1"), answer(1, step="quiz:same-service"), answer(1, step=script), answer(1, step=None),
        answer(1, step=["x"]), answer(1, round=2), answer(1, round="1"), answer(1, round=None), answer(1, round=-1),
        '{"step": "' + GUESS + '", "round": 1, "number": 1, "value": NaN}', "x" * 3_000, "x" * 200_000,
        json.dumps(answer(1)).replace("3.0", "9" * 3_000),
    ]  # fmt: skip
    levers = {"values": [0, 0], "name": script}
    tries = [
        {"step": GUESS, "value": 3},
        {"step": "challenge:frugal", "value": levers},
        {"value": levers},
        [],
        "{",
        "x" * 9_000,
    ]
    lines = [answer(1, value, step="bet:as-promised") for value in ([], [0.1] * 17, ["<b>"] * 17, [0.1] * 900, levers)]
    teachers = [
        ("/board/state", "GET"), ("/board/do", "POST"), ("/board/note", "GET"), ("/board/answers.csv", "GET"),
        ("/board/delete", "POST"),
    ]  # fmt: skip
    return [
        *((f"/{code}/answer", one, answer(1), "POST") for one in forged),
        *((f"/{code}/answer", token, body, "POST") for body in (*bodies, *lines)),
        *((f"/{code}/try", one, body, "POST") for one in ("", other, token) for body in tries),
        *((path, one, {} if method == "POST" else None, method) for path, method in teachers for one in ("", token)),
        *((path, token, None, "GET") for path in ("/api/contents", "/tree", "/class/../class_routes.py", "/class/%2e%2e/x",
          "/files/pyproject.toml", "/ZZZZZ", "/ZZZZZ/state", f"/{code}/answer", "//", "/static/x.js")),
        *((f"/{code}/state", token, answer(1), method) for method in ("POST", "PUT", "DELETE", "PATCH")),
    ]  # fmt: skip


def test_strangers_get_nothing_and_the_class_goes_on(served, tmp_path):
    served.do("next", "go")
    elsewhere = Room(tmp_path / "elsewhere", "m01", STEPS)
    tries = _strangers(served, elsewhere.join(), served.join())
    assert len(tries) >= 60
    got = []
    for path, token, body, method in tries:
        try:
            found = served.ask(path, token.encode("latin-1", "replace").decode("latin-1"), body, method)
        except OSError:
            continue  # hung up on
        if found.status < 400:
            got.append((path, token[:8], str(body)[:60], found.status))
        assert b"Traceback" not in found.body
    assert got == []
    assert served.board()["tallies"][0]["count"] == 0
    # a line that says half a sentence, and one that says nothing
    with (
        socket.create_connection(("127.0.0.1", served.port)) as slow,
        socket.create_connection(("127.0.0.1", served.port)),
    ):
        slow.sendall(b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
        assert served.ask(f"/{served.code}/answer", served.join(), answer(1)).status == 200
    elsewhere.close()


def test_a_flood_and_a_replay_leave_the_class_usable(served):
    served.do("next", "go")
    flood, student = served.join(), served.join()
    codes = [served.ask(f"/{served.code}/answer", flood, answer(number)).status for number in range(1, 80)]
    assert 429 in codes
    assert served.ask(f"/{served.code}/answer", student, answer(1, 2.0)).status == 200
    replayed = [served.ask(f"/{served.code}/answer", student, answer(1, 5.0)) for _ in range(3)]
    assert {json.loads(one.body)["said"] for one in replayed} == {"known"}
    tally = served.board()["tallies"][0]
    assert tally["count"] == 2
    assert sum(tally["counts"]) == 2
    stale = {"command": "close", "version": 0}
    assert served.ask("/board/do", served.teacher, stale).status == 409


def test_levers_are_tried_sent_run_and_shown(tmp_path):
    served = ClassServer(tmp_path / "class", "m13")
    try:
        place = [one["part"] for one in served.board()["list"]].index("A challenge, from the simulation")
        version = served.board()["version"]
        told = {"command": "to", "version": version, "place": place}
        assert served.ask("/board/do", served.teacher, told).status == 200
        served.do("names", "go")
        asked = served.board()["question"]
        values = [lever["low"] for lever in asked["levers"]]
        token = served.join()

        def post(path: str, value: Any, who: str = token) -> Answer:
            body = {"step": asked["key"], "round": 1, "number": 1, "value": value}
            return served.ask(f"/{served.code}/{path}", who, body)

        def tried() -> Any:
            found = post("try", {"values": values})
            return json.loads(found.body)["came"] if found.status == 200 else None

        until(tried, "nothing comes of a try")
        for wrong in ({"values": values[1:]}, {"values": [1e9] * len(values)}, {"values": "all"}, None, values):
            assert post("try", wrong, served.join()).status == post("answer", wrong).status == 400
        assert post("answer", {"values": values, "name": "<img src=x onerror=alert(1)>\u202e"}).status == 200
        until(lambda: not served.board()["tallies"][0]["running"], "the board does not hear of the run")
        assert sum(served.board()["tallies"][0]["met"]) == 1
        codes = [post("try", {"values": values}).status for _ in range(20)]
        assert 429 in codes
        served.kill()
        served.begin()
        until(lambda: sum(served.board()["tallies"][0]["met"]) == 1, "after a power cut the run is not made again")
        assert "img" not in served.ask("/board/answers.csv", served.teacher).text
        notes = json.loads(served.ask("/board/note", served.teacher).body)["steps"]
        assert len(notes) == len(served.board()["list"])
        assert all("<h2" in one for one in notes)
    finally:
        served.kill()


def test_a_bucket_fills_again():
    clock = [0.0]
    buckets = Buckets(rate=1, burst=3, now=lambda: clock[0])
    assert [buckets.take("a") for _ in range(4)] == [True, True, True, False]
    assert buckets.take("b")
    clock[0] = 2.0
    assert [buckets.take("a") for _ in range(3)] == [True, True, False]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["m99"], "There is no module"),
        (["m01", "--address", "my laptop"], "is no address"),
        (["m01", "--port", "x"], "A port is"),
    ],
)
def test_what_cannot_be_opened_is_said(options, said, tmp_path, speak):
    speak("en")
    found = CliRunner().invoke(command, [*options, "--folder", str(tmp_path / "class"), "--no-browser"])
    assert found.exit_code == 1
    assert said in found.output


def test_a_folder_with_another_class_is_left_alone(tmp_path, speak):
    speak("en")
    Room(tmp_path, "m02", STEPS).close()
    found = CliRunner().invoke(command, ["m01", "--folder", str(tmp_path), "--no-browser"])
    assert "holds a class on m02" in found.output
    (tmp_path / "room.db").write_bytes(b"no database " * 400)
    found = CliRunner().invoke(command, ["m01", "--folder", str(tmp_path), "--no-browser"])
    assert "is no class" in found.output


def test_opened_from_home_by_who_started_the_server(server):
    home = fetch(server.port, "/course/?lang=en", Authorization=f"token {server.token}")
    cookie = "; ".join(one.partition(";")[0] for one in home.headers.get_all("Set-Cookie") or [])
    xsrf = re.findall(r'name="_xsrf" value="([^"]+)"', home.text)[0]

    def post(module: str, sealed: str = xsrf, known: str = cookie) -> Answer:
        body = f"module={module}&_xsrf={quote(sealed)}"
        kind = "application/x-www-form-urlencoded"
        return fetch(server.port, "/course/class", "POST", body, Content_Type=kind, Cookie=known)

    assert post("m01", sealed="0").status == 403
    assert post("m01", known="").status in (302, 403)
    assert post("m99").status == 400
    opened, again = post("m02"), post("m02")
    folder = ROOT / "class" / "m02"
    try:
        assert opened.status == 200, opened.text
        address = re.findall(r'href="http://127.0.0.1:(\d+)/board\?lang=en#([^"]+)"', opened.text)
        assert address == re.findall(r'href="http://127.0.0.1:(\d+)/board\?lang=en#([^"]+)"', again.text)
        ((port, teacher),) = address
        said = fetch(int(port), "/board/state", Authorization=f"Bearer {teacher}")
        assert json.loads(said.body)["steps"] >= 5
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        with contextlib.suppress(OSError):
            folder.parent.rmdir()


def test_only_who_started_the_server_may_open_a_class():
    offered = render_home("en", "/", form="<i>", classes="/course/class")
    assert '<form class="offer" method="post" action="/course/class">' in offered
    assert "course/class" not in render_home("en", "/")
    assert "course/class" not in render_home("en", "/", explore_only=True)
