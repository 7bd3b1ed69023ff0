"""A page as PDF, by the Chromium, Chrome or Edge of this machine."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tornado.websocket import WebSocketClientConnection, websocket_connect

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
# where these systems put programs that no command names
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    # Debian's command is a script that ends without the browser it started
    "/usr/lib/chromium/chromium-headless-shell",
)
FLAGS = ("--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
# pictures are drawn in as many points as a printer has use for
SHARP = "--force-device-scale-factor=2"
LARGEST_PDF = 200_000_000
SECONDS = 180
_LISTENS = re.compile(rb"DevTools listening on (ws://\S+)")


class BrowserError(RuntimeError):
    """Raised where the browser does not do what it should; the message is the browser's."""


def browser() -> str | None:
    """Return the path of a browser that can print, None where there is none."""
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path), None) or next((path for path in PLACES if Path(path).is_file()), None)


async def pdf(path: str, url: str, ready: str, options: dict[str, Any]) -> bytes:
    """Return the page at `url` as PDF, once the promise `ready` (JavaScript) has come true.

    `path` is the browser's; `options` are those of the protocol's `Page.printToPDF`. Raises `BrowserError`.
    """
    try:
        async with asyncio.timeout(SECONDS), _line(path) as line:
            target = await line.ask("Target.createTarget", url="about:blank")
            page = await line.ask("Target.attachToTarget", targetId=target["targetId"], flatten=True)
            session = page["sessionId"]
            await line.ask("Page.enable", session)
            await line.ask("Page.navigate", session, url=url)
            await line.hear("Page.loadEventFired")
            done = await line.ask("Runtime.evaluate", session, expression=ready, awaitPromise=True)
            if told := done.get("exceptionDetails"):
                raise BrowserError(str(told.get("exception", {}).get("description", told["text"])).splitlines()[0])
            printed = await line.ask("Page.printToPDF", session, **options)
    except (OSError, TimeoutError) as error:
        raise BrowserError(str(error) or type(error).__name__) from error
    return base64.b64decode(printed["data"])


class _Line:
    """The line to a browser: one question at a time."""

    def __init__(self, socket: WebSocketClientConnection) -> None:
        self._socket = socket
        self._count = 0
        self._heard: set[str] = set()

    async def ask(self, method: str, session: str = "", /, **params: Any) -> dict[str, Any]:
        """Return what the browser answers. Raises `BrowserError`."""
        self._count += 1
        question = {"id": self._count, "method": method, "params": params}
        await self._socket.write_message(json.dumps({**question, "sessionId": session} if session else question))
        while (message := await self._next()).get("id") != self._count:
            pass
        if "error" in message:
            raise BrowserError(str(message["error"].get("message")))
        result: dict[str, Any] = message["result"]
        return result

    async def hear(self, event: str) -> None:
        """Wait until the browser has told of an event."""
        while event not in self._heard:
            await self._next()

    async def _next(self) -> dict[str, Any]:
        said = await self._socket.read_message()
        if said is None:
            raise BrowserError("the browser has ended")
        message: dict[str, Any] = json.loads(said)
        self._heard.add(message.get("method", ""))
        return message


@asynccontextmanager
async def _line(path: str) -> AsyncIterator[_Line]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        # the page is our own; as root, Chromium runs without its sandbox or not at all
        root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        process = await asyncio.create_subprocess_exec(
            path, *FLAGS, *root, SHARP, "--remote-debugging-port=0", f"--user-data-dir={profile}",
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            address = await _address(process)
            socket = await websocket_connect(address, max_message_size=LARGEST_PDF)
            yield _Line(socket)
            socket.close()
        finally:
            process.terminate()
            await process.wait()


async def _address(process: asyncio.subprocess.Process) -> str:
    assert process.stderr is not None
    async for line in process.stderr:
        if found := _LISTENS.search(line):
            return found[1].decode()
    raise BrowserError("the browser does not start")
