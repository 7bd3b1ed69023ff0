"""A class of 200 phones on this machine: from “go” until the last answer is received, and what the server grows by."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
from pathlib import Path

import psutil
from tornado.simple_httpclient import SimpleAsyncHTTPClient

from tests.server.classes import ClassServer, Phone

PHONES = 200
ROUNDS = 5


async def _play(server: ClassServer) -> list[tuple[list[float], float]]:
    """Return by question the seconds from the command until each answer was received, and until the board had them all."""
    client = SimpleAsyncHTTPClient(force_instance=True, max_clients=3 * PHONES)
    phones = [Phone(client, f"http://127.0.0.1:{server.port}/{server.code}") for _ in range(PHONES)]
    await asyncio.gather(*(phone.join() for phone in phones))
    found = []
    for _ in range(ROUNDS):
        await asyncio.to_thread(server.do, "next")
        version = (await asyncio.to_thread(server.board))["version"]
        waiting = [asyncio.create_task(_answer(phone, place, version)) for place, phone in enumerate(phones)]
        await asyncio.sleep(2)  # until every phone waits
        begin = asyncio.get_running_loop().time()
        await asyncio.to_thread(server.do, "go")
        while (await asyncio.to_thread(server.board))["tallies"][0]["count"] < PHONES:
            await asyncio.sleep(0.05)
        shown = asyncio.get_running_loop().time() - begin
        found.append((sorted(at - begin for at in await asyncio.gather(*waiting)), shown))
    client.close()
    return found


async def _answer(phone: Phone, place: int, version: int) -> float:
    said = await phone.news(version)
    scale = said["question"]["scale"]
    value = scale["low"] + place % 20 * scale["step"]
    line = said["question"].get("path")
    drawn = [value] * (round((line["stop"] - line["start"]) / line["every"]) + 1) if line else value
    await phone.answer(said["question"]["key"], said["round"], drawn)
    return phone.received[-1]


def main() -> list[dict[str, str]]:
    """Measure one class, question by question."""
    with tempfile.TemporaryDirectory() as folder:
        server = ClassServer(Path(folder) / "class")
        try:
            process = psutil.Process(server.process.pid)
            idle = process.memory_info().rss
            found = asyncio.run(_play(server))
            grown = (process.memory_info().rss - idle) / 1e6
            rows = server.ask("/board/answers.csv", server.teacher).text.count("\n") - 1
        finally:
            server.kill()
            server.process.wait()
    return [
        {
            "question": str(number),
            "median, s": f"{statistics.median(times):.2f}",
            "p95, s": f"{times[int(0.95 * len(times))]:.2f}",
            "board, s": f"{shown:.2f}",
            "answers kept": f"{rows} of {ROUNDS * PHONES}",
            "MB over idle": f"{grown:.0f}",
        }
        for number, (times, shown) in enumerate(found, 1)
    ]
