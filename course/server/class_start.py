"""`{base_url}course/class`: a class opened from the home page, by whoever started the server, on their own machine."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import os
import re
import subprocess
import sys
from pathlib import Path

from tornado import web

from course.i18n import HTML_LANG
from course.i18n import translator as translator_of
from course.manifest import syllabus
from course.server.class_way_in import on_a_hub, way_in
from course.server.home import POLICY, PageHandler, environment

START = "from course.server.class_command import command; command()"
LONGEST_SECONDS = 120.0
BOARD = re.compile(r"(http://\S+:(\d+))/board#(\S+)")
PHONES = re.compile(r"https?://\S+/[A-Z0-9]{5}(?=\s)")


class Classes:
    """The classes of this server, a process each, kept below `folder`. They end with the server."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._running: dict[str, tuple[subprocess.Popen[str], str]] = {}
        self._starting = asyncio.Lock()
        atexit.register(self._end)

    def port(self, module: str) -> int | None:
        """Return the port of the class on a module, None where none runs."""
        process, said = self._running.get(module, (None, ""))
        board = BOARD.search(said)
        return int(board[2]) if board and process is not None and process.poll() is None else None

    async def open(self, module: str, language: str, address: str = "") -> tuple[bool, str]:
        """Start the class on a module where it does not run; return whether it does, and what it said.

        `address` is where phones come in through this server, where they reach nothing else of this machine.
        """
        async with self._starting:
            process, said = self._running.get(module, (None, ""))
            if process is not None and process.poll() is None:
                return True, said
            # the event loop of a server on Windows starts no processes
            options = ["--folder", str(self.folder / module), "--no-browser", "--language", language]
            options += ["--address", address, "--ip", "127.0.0.1"] if address else []
            process = subprocess.Popen(
                [sys.executable, "-c", START, module, *options],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
                env=os.environ | {"PYTHONIOENCODING": "utf-8"},
            )
            try:
                said = await asyncio.wait_for(asyncio.to_thread(_heard, process), LONGEST_SECONDS)
            except TimeoutError:
                process.kill()
                return False, ""
            self._running[module] = (process, said)
            return BOARD.search(said) is not None, said

    def _end(self) -> None:
        for process, _said in self._running.values():
            with contextlib.suppress(ProcessLookupError):
                process.terminate()


def _heard(process: subprocess.Popen[str]) -> str:
    """Return what a class says until it runs, or all it says where it does not."""
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "Ctrl-C" in line:
            return said
    process.wait()
    return said


class ClassHandler(PageHandler):
    """Open a class, and say where its board is."""

    @property
    def content_security_policy(self) -> str:
        """As the home page's."""
        return POLICY

    @web.authenticated
    async def get(self) -> None:
        """Go home: nothing is opened by a link."""
        self.redirect(f"{self.base_url}course/")

    @web.authenticated
    async def post(self) -> None:
        """Start it, and show the addresses of board and phones; what went wrong where it does not start."""
        language = self.language()
        asked = self.get_body_argument("module", "")
        found = [module for module in syllabus().ready if module.number == asked]
        if not found:
            raise web.HTTPError(400)
        classes: Classes = self.settings["course_classes"]
        address = way_in(self.request, self.base_url, found[0].number) if on_a_hub() else ""
        runs, said = await classes.open(found[0].number, language, address)
        self.set_status(200 if runs else 500)
        board, phones = BOARD.search(said), PHONES.search(said)
        page = environment().get_template("class.html.j2")
        await self.finish(
            page.render(
                _=translator_of(language),
                language=language,
                html_lang=HTML_LANG[language],
                course=syllabus(),
                module=found[0],
                home=f"{self.base_url}course/",
                board=f"{address or board[1]}/board?lang={language}#{board[3]}" if board else "",
                through=bool(address),
                phones=phones[0] if phones else "",
                folder=classes.folder / found[0].number,
                said=said,
            )
        )
