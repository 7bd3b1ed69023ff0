"""`{base_url}course/desk`: the marking desk, on a server that `course dashboard` started and on no other."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from tornado import web
from tornado.iostream import StreamClosedError

from course.i18n import HTML_LANG, translator
from course.server.dashboard import PAGE
from course.server.home import POLICY, asked_language, reader_language

LARGEST_ORDER = 4_000_000


class Room:
    """The desk of one folder, and the threads in which it works: one marks, the other writes feedback pages."""

    def __init__(self, root: Path) -> None:
        from course.grading.desk.desk import Desk

        self.desk = Desk(root)
        self._marking = ThreadPoolExecutor(1, "marking")
        self._telling = ThreadPoolExecutor(1, "telling")
        self._pages: Any = None

    async def do(self, work: Callable[[], Any]) -> Any:
        """Do something at the desk, after what was asked before."""
        return await asyncio.get_running_loop().run_in_executor(self._marking, work)

    def tell(self, assignment: str, log: Any) -> None:
        """Have the feedback pages of an assignment written that are older than the gradebook."""
        self._telling.submit(self._write, assignment, log)

    def _write(self, assignment: str, log: Any) -> None:
        from course.grading.book.gradebook import FILE
        from course.grading.desk.pages import Pages

        if not (self.desk.root / FILE).is_file():
            return
        try:
            self._pages = self._pages or Pages(self.desk.root)
            while self._pages.write_one(assignment):
                pass
        except Exception as error:
            # the page stays noted as an old one, and the next mark or the next start tries again
            log.error("Feedback pages of %s: %s", assignment, error)


class _Handler(JupyterHandler):
    def initialize(self, room: Room) -> None:
        """Share the room with the other requests."""
        self.room = room

    @property
    def language(self) -> str:
        """The reader's language."""
        return reader_language(self, self.get_argument("lang", None))

    async def answer(self, work: Callable[[], Any], *, tell: str = "") -> None:
        """Send what comes of some work as JSON; what cannot be done is said in the reader's language."""
        from course.grading.book.gradebook import GradebookError
        from course.grading.desk.desk import StaleError
        from course.grading.desk.rubric import DeskError

        self.set_header("Cache-Control", "no-store")
        try:
            said = await self.room.do(work)
        except DeskError as error:
            self.set_status(409 if isinstance(error, StaleError) else 400)
            said = {"error": error.why.say(self.language)}
        except GradebookError as error:
            self.set_status(503)
            said = {"error": str(error)}
        else:
            if tell:
                self.room.tell(tell, self.log)
        # who has closed the window needs no answer
        with suppress(StreamClosedError):
            await self.finish(json.dumps(said))


class PageHandler(_Handler):
    """The page itself, in the language that was asked for."""

    @property
    def content_security_policy(self) -> str:
        """What the page may load: itself, and what this server says."""
        return f"{POLICY}; connect-src 'self'"

    @web.authenticated
    async def get(self) -> None:
        """Send the page with the question asked for, or with the one that has most to read."""
        from course.grading.book.gradebook import GradebookError
        from course.grading.desk.page import render
        from course.grading.desk.rubric import AskError

        asked_language(self)
        language = self.language
        try:
            counts, question = await self.room.do(lambda: self._look(self.get_argument("q", "")))
        except AskError as error:
            raise web.HTTPError(404, error.why.say(language)) from None
        except GradebookError as error:
            raise web.HTTPError(503, str(error)) from None
        _ = translator(language)
        self.set_header("Content-Language", HTML_LANG[language])
        self.set_header("Cache-Control", "no-store")
        from course.grading.desk.page.words import WORDS

        option, nothing = _(WORDS["option"]), _(WORDS["nothing"])
        page = render(
            language,
            question=question.id,
            base=f"{self.base_url}course/desk",
            back=f"{self.base_url.rstrip('/')}{PAGE}?lang={language}",
            xsrf=self.xsrf_token.decode(),
            nothing=nothing.format(assignment=question.module.id),
            choices=[
                {
                    "id": one.id,
                    "text": option.format(
                        title=f"{one.module.number} · {one.wording(language).title}", waiting=waiting
                    ),
                }
                for one, (waiting, _total) in counts
            ],
        )
        await self.finish(page)

    def _look(self, name: str) -> Any:
        from course.grading.desk.answers import questions

        question = self.room.desk.find(name)
        counted = self.room.desk.counts()
        return [(one, counted[one.id]) for one in questions()], question


class SheetHandler(_Handler):
    """All that the page shows of a question."""

    @web.authenticated
    async def get(self) -> None:
        """Send it, and see to feedback pages that were not written last time."""
        desk, language = self.room.desk, self.language

        def work() -> Any:
            question = desk.find(self.get_argument("q", ""))
            return desk.show(question, language)

        await self.answer(work, tell=self.get_argument("q", "").partition("/")[0])


class OrderHandler(_Handler):
    """What a page asks the desk to do: `mark`, `rubric` or `undo`."""

    @web.authenticated
    async def post(self, order: str) -> None:
        """Do it, and send what has changed."""
        desk = self.room.desk
        do = {"mark": desk.mark, "rubric": desk.reword, "undo": desk.undo}[order]
        try:
            if len(self.request.body) > LARGEST_ORDER:
                raise ValueError
            asked = json.loads(self.request.body)
            if not isinstance(asked, dict):
                raise TypeError
        except (ValueError, TypeError, RecursionError):
            raise web.HTTPError(400) from None
        name = self.get_argument("q", "")
        await self.answer(lambda: do(desk.find(name), asked), tell=name.partition("/")[0])


def desk_routes(base_url: str, root: Path) -> list[tuple[str, type, dict[str, Any]]]:
    """Return the desk's addresses below `base_url`, for the gradebook in `root`."""
    about = {"room": Room(root)}
    return [
        (rf"{base_url}course/desk", PageHandler, about),
        (rf"{base_url}course/desk/sheet", SheetHandler, about),
        (rf"{base_url}course/desk/(mark|rubric|undo)", OrderHandler, about),
    ]
