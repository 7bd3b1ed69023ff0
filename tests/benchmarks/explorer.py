"""A visitor of `course apps` who explores, without a browser: opens a dashboard's page and its scripts, and moves sliders.

It asks what the page asks (course/ui/runs): each step is a question by its address, one at a time. It takes up one slider
after the other, mostly from where the situation began, and goes along it step by step, as people do with arrow keys.

A thousand of them share the machine with the server, so they are light: each keeps one connection, as a browser does, and
reads of an answer what tells whether it is the right one.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import random
import re
import time
from urllib.parse import urlencode

from course.manifest import syllabus
from course.runs.frames import read_frame

MODULE = syllabus().simulated[0].id
BACK_TO_START, LONGEST_WALK = 0.7, 12
PATIENCE = 60.0
# the largest script, compressed
LARGEST = 1 << 22
REQUEST = (
    "GET /{} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAccept-Encoding: gzip, deflate, br\r\nAccept-Language: zh-CN\r\n\r\n"
)


class Explorer:
    """One visit: seconds of each step until its answer, and of `opening` until the page is there with its first run."""

    def __init__(self, port: int, seed: int) -> None:
        self.port = port
        self.luck = random.Random(seed)
        self.opening = 0.0
        self.steps: list[float] = []
        self.asked_again = 0
        self._walk: list[float] = []
        self._line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def open(self) -> None:
        """Load the page and what it loads."""
        begun = time.perf_counter()
        text = (await self._fetch(f"course/explore/{MODULE}?lang=zh")).decode()
        for script in sorted({*re.findall(r'href="/(course/static/[^"]+)"', text)}):
            await self._fetch(script)
        first = json.loads(text.split('id="course-first">')[1].split("</script>")[0])
        self._version = re.findall(r'"version": "(\w+)"', text)[0]
        self._parameters = first[0]["content"]["simulator"]["parameters"]
        self._start = first[0]["start"]["values"]
        self._values = dict(self._start)
        self.opening = time.perf_counter() - begun

    async def step(self) -> None:
        """Move a slider by one step, and take the time of the answer."""
        if not self._walk:
            self._take_up()
        self._values[self._name] = self._walk.pop()
        query = urlencode([("v", self._version), ("lang", "zh"), *sorted({**self._values, "seed": 1}.items())])
        begun = time.perf_counter()
        answer = await self._fetch(f"course/run/{MODULE}/run?{query}")
        self.steps.append(time.perf_counter() - begun)
        message, _ = read_frame(answer)
        if message["kind"] != "result" or message["values"][self._name] != self._values[self._name]:
            raise RuntimeError(f"an answer to something else: {message['kind']}")

    def _take_up(self) -> None:
        if self.luck.random() < BACK_TO_START:
            self._values = dict(self._start)
        one = self.luck.choice(self._parameters)
        self._name, way = one["name"], self.luck.choice([-1, 1])
        places = [self._values[self._name] + way * one["step"] * count for count in range(1, LONGEST_WALK + 1)]
        self._walk = [round(place, 6) for place in places if one["low"] <= place <= one["high"]][::-1]
        if not self._walk:
            self._walk = [one["start"]]

    async def play(self, seconds: float, pause: tuple[float, float]) -> None:
        """Move sliders for so long, looking at each picture for a random time between the two of `pause`."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            await self.step()
            await asyncio.sleep(self.luck.uniform(*pause))

    def close(self) -> None:
        """Go away."""
        if self._line:
            self._line[1].close()

    async def _fetch(self, path: str) -> bytes:
        while True:
            status, headers, body = await asyncio.wait_for(self._ask(path), PATIENCE)
            if status != 429:
                break
            self.asked_again += 1
            await asyncio.sleep(float(headers[b"retry-after"]))
        if status != 200:
            raise RuntimeError(f"{path[:80]}: {status} {body[:80]!r}")
        return gzip.decompress(body) if headers.get(b"content-encoding") == b"gzip" else body

    async def _ask(self, path: str) -> tuple[int, dict[bytes, bytes], bytes]:
        """Return status, headers (names in small letters) and body of what stands at `path`."""
        if self._line is None:
            self._line = await asyncio.open_connection("127.0.0.1", self.port, limit=LARGEST)
        reader, writer = self._line
        writer.write(REQUEST.format(path, self.port).encode())
        head, *lines = (await reader.readuntil(b"\r\n\r\n")).splitlines()
        pairs = (line.partition(b": ") for line in lines if line)
        headers = {name.lower(): value for name, _, value in pairs}
        return int(head.split()[1]), headers, await reader.readexactly(int(headers[b"content-length"]))
