"""A visitor of `course apps` who explores, without a browser: opens a dashboard's page and its scripts, and moves sliders.

It asks what the page asks (course/ui/runs): each step is a question by its address, one at a time. It takes up one slider
after the other, mostly from where the situation began, and goes along it step by step, as people do with arrow keys.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from typing import Any
from urllib.parse import urlencode

from tornado.httpclient import AsyncHTTPClient, HTTPRequest

from course.manifest import syllabus
from course.runs.frames import read_frame

MODULE = syllabus().simulated[0].id
BACK_TO_START, LONGEST_WALK = 0.7, 12


class Explorer:
    """One visit: seconds of each step until its answer, and of `opening` until the page is there with its first run."""

    def __init__(self, port: int, seed: int) -> None:
        self.base = f"http://127.0.0.1:{port}/"
        self.luck = random.Random(seed)
        self.opening = 0.0
        self.steps: list[float] = []
        self.asked_again = 0
        self._walk: list[float] = []

    async def open(self) -> None:
        """Load the page and what it loads."""
        begun = time.perf_counter()
        text = (await self._fetch(f"course/explore/{MODULE}?lang=zh")).decode()
        scripts = {*re.findall(r'href="/(course/static/[^"]+)"', text)}
        await asyncio.gather(*map(self._fetch, scripts))
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
        message, _ = read_frame(await self._fetch(f"course/run/{MODULE}/run?{query}"))
        self.steps.append(time.perf_counter() - begun)
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

    async def _fetch(self, path: str) -> bytes:
        while True:
            request = HTTPRequest(self.base + path, request_timeout=120, connect_timeout=60, decompress_response=True)
            answer: Any = await AsyncHTTPClient().fetch(request, raise_error=False)
            if answer.code != 429:
                break
            self.asked_again += 1
            await asyncio.sleep(float(answer.headers["Retry-After"]))
        if answer.code != 200:
            raise RuntimeError(f"{path[:80]}: {answer.code} {answer.error}")
        return bytes(answer.body)
