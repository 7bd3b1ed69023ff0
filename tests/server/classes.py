"""`course class` as a process of its own, and phones that speak its protocol, for tests and for the benchmark."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.simple_httpclient import SimpleAsyncHTTPClient

from tests.browser.tools import COURSE, free_port
from tests.server.http import Answer, fetch
from tests.waiting import LONGEST_SECONDS, PAUSE_SECONDS, answers, until


class ClassServer:
    """A class in `folder`; `.code`, `.teacher`, `.port` once it has begun."""

    def __init__(self, folder: Path, module: str = "m01", port: int | None = None) -> None:
        self.folder = folder
        self.module = module
        self.port = port or free_port()
        self.begin()

    def begin(self) -> None:
        """Start it, and wait until it answers."""
        output = self.folder.with_name(f"{self.folder.name}.txt")
        options = ["--folder", str(self.folder), "--port", str(self.port), "--ip", "127.0.0.1", "--no-browser"]
        with output.open("wb") as stream:
            self.process = subprocess.Popen(
                [*COURSE, "class", self.module, *options, "--language", "en"],
                stdout=stream,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env=os.environ | {"PYTHONUNBUFFERED": "1"},
            )

        def said() -> str:
            return output.read_text(encoding="utf-8", errors="replace")

        until(lambda: self.process.poll() is not None or "Ctrl-C stops" in said(), said)
        assert self.process.poll() is None, said()
        until(answers(lambda: fetch(self.port, "/")), said)
        (self.code,) = re.findall(rf":{self.port}/(\w{{5}})$", said(), re.MULTILINE)
        (self.teacher,) = re.findall(r"/board#(\S+)$", said(), re.MULTILINE)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()

    def ask(self, path: str, token: str = "", body: Any = None, method: str = "", **headers: str) -> Answer:
        """Ask it for something, with a token."""
        if token:
            headers["Authorization"] = f"Bearer {token}"
        text = None if body is None else body if isinstance(body, str) else json.dumps(body)
        return fetch(self.port, path, method or ("GET" if body is None else "POST"), text, **headers)

    def board(self) -> dict[str, Any]:
        """Return what the board shows."""
        found: dict[str, Any] = json.loads(self.ask("/board/state", self.teacher).body)
        return found

    def do(self, *commands: str) -> None:
        """Do what a teacher would."""
        for command in commands:
            told = {"command": command, "version": self.board()["version"]}
            answer = self.ask("/board/do", self.teacher, told)
            assert answer.status == 200, (command, answer.status)

    def join(self) -> str:
        """Return a token."""
        token: str = json.loads(self.ask(f"/{self.code}/join", body={}).body)["token"]
        return token


@dataclass
class Phone:
    """A phone: it waits for news, answers, and sends an answer again until it is `received`: when, in seconds."""

    client: SimpleAsyncHTTPClient
    address: str
    token: str = ""
    number: int = 0
    received: list[float] = field(default_factory=list)

    async def ask(self, path: str, body: Any = None) -> tuple[int, dict[str, Any]]:
        """Ask for something; (0, {}) where nobody answers."""
        request = HTTPRequest(
            f"{self.address}/{path}",
            method="GET" if body is None else "POST",
            body=None if body is None else json.dumps(body),
            headers={"Authorization": f"Bearer {self.token}"},
            request_timeout=LONGEST_SECONDS,
            connect_timeout=LONGEST_SECONDS,
        )
        try:
            answer = await self.client.fetch(request, raise_error=False)
            return answer.code, json.loads(answer.body) if answer.code == 200 else {}
        except (OSError, HTTPClientError):
            # a server that was killed is not there again at once
            await asyncio.sleep(PAUSE_SECONDS)
            return 0, {}

    async def join(self) -> None:
        """Come in."""
        while not self.token:
            self.token = (await self.ask("join", {}))[1].get("token", "")

    async def news(self, since: int) -> dict[str, Any]:
        """Return what is shown after version `since`, however often the line breaks."""
        while True:
            status, said = await self.ask(f"state?since={since}&lang=zh")
            if status == 200 and said["version"] > since:
                return said
            if status not in (200, 0, 599):
                raise AssertionError(f"a phone was told {status}")

    async def answer(self, step: str, round_: int, value: Any) -> None:
        """Answer, and send it again until it is received."""
        self.number += 1
        body = {"step": step, "round": round_, "number": self.number, "value": value}
        while (await self.ask("answer", body))[0] != 200:
            pass
        self.received.append(asyncio.get_running_loop().time())
