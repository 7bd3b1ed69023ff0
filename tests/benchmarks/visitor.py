"""A visitor of `course apps` without a browser: opens a dashboard, moves sliders, and closes it or vanishes.

It speaks what the page speaks (course/ui/live/page.js): the same requests, the same messages, one question at a time.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from typing import Any
from urllib.parse import urlencode

from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from course.manifest import syllabus
from course.paths import ROOT

PROTOCOL = "v1.kernel.websocket.jupyter.org"
APP = "voila/render/" + syllabus().simulated[0].app.relative_to(ROOT).as_posix()
PATIENCE = 30.0


class KernelGoneError(Exception):
    """The line to the kernel was cut: a page would say so now, and offer to load itself again."""


class Visitor:
    """One visit; `steps` are the seconds from a slider's message to its answer, `opening` those to the first picture."""

    def __init__(self, port: int, seed: int) -> None:
        self.base = f"http://127.0.0.1:{port}/"
        self.luck = random.Random(seed)
        self.opening = 0.0
        self.waited = 0
        self.steps: list[float] = []
        self.kernel = ""
        self._cookies: dict[str, str] = {}
        self._line: WebSocketClientConnection | None = None
        self._count = 0

    async def open(self) -> None:
        """Load the page, queueing where that is asked for, and wait for the first result."""
        begun = time.perf_counter()
        while (answer := await self._fetch(f"{APP}?lang=zh")).code == 503:
            self.waited += 1
            await asyncio.sleep(float(answer.headers["Retry-After"]))
        text = answer.body.decode()
        self.kernel = _found(r'"kernelId": "([^"]+)"', text)
        self._model = _found(r'"model_id": "([^"]+)"', text)
        address = f"{self.base.replace('http', 'ws', 1)}api/kernels/{self.kernel}/channels?session_id=v{id(self)}"
        self._line = await websocket_connect(
            HTTPRequest(address, headers={"Cookie": self._cookie()}), subprotocols=[PROTOCOL], max_message_size=1 << 28
        )
        control = f"control-{id(self)}"
        opened = {"comm_id": control, "target_name": "jupyter.widget.control", "data": {}}
        self._send("comm_open", opened, {"version": "1.0.0"})
        self._send("comm_msg", {"comm_id": control, "data": {"method": "request_states"}})
        states = await self._until(lambda content: content["data"].get("method") == "update_states")
        if self._model not in (known := states["data"]["states"]):
            raise KernelGoneError("another kernel stands in its place")
        simulator = known[self._model]["state"]["content"]["simulator"]
        self._parameters = simulator["parameters"]
        self._values = {one["name"]: one["start"] for one in self._parameters}
        await self._run()
        self.opening = time.perf_counter() - begun

    async def step(self) -> None:
        """Move one slider to a new place, and take the time of the answer."""
        one = self.luck.choice(self._parameters)
        self._values[one["name"]] = self.luck.choice([one["low"], one["high"], one["start"]])
        begun = time.perf_counter()
        await self._run()
        self.steps.append(time.perf_counter() - begun)

    async def play(self, seconds: float, pause: tuple[float, float]) -> None:
        """Move sliders for so long, looking at each picture for a random time between the two of `pause`."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            await self.step()
            await asyncio.sleep(self.luck.uniform(*pause))

    async def close(self) -> None:
        """Close the page, as a browser does when a tab is closed."""
        body = urlencode({"_xsrf": self._cookies.get("_xsrf", "")})
        await self._fetch(f"voila/api/shutdown/{self.kernel}", method="POST", body=body)
        self.vanish()

    def vanish(self) -> None:
        """Cut the line without a word, as a phone does that loses its network."""
        if self._line:
            self._line.close()

    async def _fetch(self, path: str, **options: Any) -> Any:
        request = HTTPRequest(
            self.base + path, headers={"Cookie": self._cookie()}, request_timeout=120, connect_timeout=60, **options
        )
        answer = await AsyncHTTPClient().fetch(request, raise_error=False)
        for cookie in answer.headers.get_list("Set-Cookie"):
            name, _, value = cookie.split(";")[0].partition("=")
            self._cookies[name] = value
        if answer.code not in (200, 204, 503):
            raise RuntimeError(f"{path}: {answer.code} {answer.error}")
        return answer

    def _cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    def _send(self, kind: str, content: dict[str, Any], metadata: dict[str, Any] | None = None) -> None:
        self._count += 1
        header = {"msg_id": f"{id(self)}-{self._count}", "msg_type": kind, "session": f"v{id(self)}"}
        header |= {"username": "", "date": "", "version": "5.3"}
        parts = [json.dumps(part).encode() for part in (header, {}, metadata or {}, content)]
        assert self._line
        self._line.write_message(serialize_msg_to_ws_v1(parts, "shell"), binary=True)

    async def _until(self, wanted: Any) -> dict[str, Any]:
        assert self._line
        while True:
            data = await asyncio.wait_for(self._line.read_message(), PATIENCE)
            if data is None:
                raise KernelGoneError
            _channel, (header, _parent, _metadata, content, *_buffers) = deserialize_msg_from_ws_v1(data)
            kind = json.loads(header)["msg_type"]
            said = json.loads(content)
            if kind == "status" and said["execution_state"] in ("dead", "restarting", "autorestarting"):
                raise KernelGoneError
            if kind == "comm_msg" and wanted(said):
                return said

    async def _run(self) -> None:
        self._count += 1
        number = self._count
        message = {"kind": "run", "number": number, "values": self._values, "seed": 1}
        self._send("comm_msg", {"comm_id": self._model, "data": {"method": "custom", "content": message}})
        answer = await self._until(lambda content: content["data"].get("content", {}).get("number") == number)
        if answer["data"]["content"]["kind"] != "result":
            raise RuntimeError(answer["data"]["content"])


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    if not found:
        # the page breaks off; start.js then offers to load it again
        raise KernelGoneError(f"the page has no {pattern}: {text[-300:]}")
    return found[1]
