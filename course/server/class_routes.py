"""The addresses of a class: a page for phones, a page for the board, and what the two ask for. There is nothing else.

A phone's token lets it read the question and answer; the teacher's token, which stands behind the # of the board's address
and so in no request line, lets it do the rest. Neither is a cookie, so no other page can use it.
"""

from __future__ import annotations

import io

from tornado import web

from course.classroom.kinds import KINDS, AnswerError
from course.classroom.views import phone_view
from course.server import class_pages as pages
from course.server.class_board import (
    BoardHandler,
    DeleteHandler,
    DoHandler,
    MeansHandler,
    NoteHandler,
    RatingsHandler,
    TableHandler,
)
from course.server.class_hall import TEACHER, Hall
from course.server.class_handler import WAIT_SECONDS, HallHandler, Refused
from course.server.class_runs import BusyError

LARGEST_BODY = 4_096


class PhonePage(HallHandler):
    """The page of a phone, by the room's code."""

    def get(self) -> None:
        """Send it, in the language of the phone."""
        self.finish(pages.phone(self.language, self.hall.room.code))


class BoardPage(HallHandler):
    """The page of the board. It holds nothing of the room; its script asks with the teacher's token."""

    def get(self) -> None:
        """Send it."""
        self.finish(pages.board(self.language, self.hall.room.code))


class EntryPage(HallHandler):
    """Where somebody types the code that stands on the board."""

    def get(self) -> None:
        """Go to the room, where the code is the right one; else ask for it."""
        code = "".join(self.get_query_argument("code", "").split()).upper()
        if code == self.hall.room.code:
            self.redirect(code)
            return
        self.finish(pages.entry(self.language, wrong=bool(code)))


class AssetHandler(HallHandler):
    """Scripts and styles by their hashed names."""

    def get(self, name: str) -> None:
        """Send one, or 404."""
        asset = pages.assets().get(name)
        if asset is None:
            raise Refused(404)
        self.set_header("Content-Type", asset.content_type)
        self.set_header("Cache-Control", "public, max-age=31536000, immutable")
        self.finish(asset.body)


class CodeImage(HallHandler):
    """The phones' address as a QR code."""

    def get(self) -> None:
        """Draw it."""
        import segno

        image = io.BytesIO()
        segno.make(self.hall.address, error="m").save(image, kind="svg", scale=8, border=3, dark="#000", light="#fff")
        self.set_header("Content-Type", "image/svg+xml")
        self.finish(image.getvalue())


class JoinHandler(HallHandler):
    """A token for a phone."""

    def post(self) -> None:
        """Give one. Addresses are counted in memory and written nowhere."""
        if not self.hall.joins.take(self.request.remote_ip or ""):
            raise Refused(429)
        self.tell({"token": self.hall.room.join()})


class StateHandler(HallHandler):
    """What a phone shows now; a phone that has seen it waits for the next."""

    who = ""

    async def get(self) -> None:
        """Send it at once where the phone has not seen it, else when it changes."""
        person = self.person()
        if not self.hall.asks.take(person):
            raise Refused(429)
        before = self.hall.room.news
        self.hall.room.saw(person)
        if self.hall.room.news != before:
            self.hall.ring(TEACHER)
        if self.seen("since") == self.hall.room.state.version:
            self.who = person
            await self.hall.news(person, WAIT_SECONDS)
            self.who = ""
        if self.hall.deleted:
            raise Refused(410)
        self.tell(phone_view(self.hall.room, person, self.language))

    def on_connection_close(self) -> None:
        """Wait for it no longer."""
        if self.who:
            self.hall.hang_up(self.who)


class AnswerHandler(HallHandler):
    """An answer from a phone."""

    def post(self) -> None:
        """Take it: {"step", "round", "number", "value"}; say whether it counts."""
        person = self.person()
        if not self.hall.answers.take(person):
            raise Refused(429)
        sent = self.sent()
        if not isinstance(sent.get("step"), str):
            raise Refused(400)
        try:
            said = self.hall.room.answer(person, sent["step"], sent.get("round"), sent.get("number"), sent.get("value"))
        except AnswerError as error:
            raise Refused(400) from error
        self.hall.catch_up()
        self.hall.ring(TEACHER)
        self.tell({"said": said})


class TryHandler(HallHandler):
    """What levers would bring, for a phone that tries before it answers. Nothing of it is kept."""

    async def post(self) -> None:
        """Run {"value"} for the challenge that is asked now, and tell what comes of it."""
        person = self.person()
        if not self.hall.tries.take(person):
            raise Refused(429)
        room, sent = self.hall.room, self.sent()
        step = room.steps[room.state.step] if room.state.open else None
        if step is None or room.state.paused or not KINDS[step.kind].tries or sent.get("step") != step.key:
            raise Refused(409)
        kind = KINDS[step.kind]
        try:
            answer = kind.read(step, sent.get("value"))
        except AnswerError as error:
            raise Refused(400) from error
        settings = kind.settings(step, answer)
        if settings is None:
            raise Refused(409)
        try:
            figures = await self.hall.runner.figures(settings)
        except BusyError as error:
            raise Refused(503) from error
        self.tell({"came": kind.own(step, answer, {settings: figures}, revealed=False)})


class NothingHandler(HallHandler):
    """Every other address, and every other way of asking."""

    def prepare(self) -> None:
        """Refuse."""
        raise Refused(404)


def application(hall: Hall) -> web.Application:
    """Return the application of one room."""
    code = hall.room.code
    routes: list[tuple[str, type[HallHandler]]] = [
        (r"/", EntryPage),
        (rf"/{code}", PhonePage),
        (r"/board", BoardPage),
        (r"/class/([\w.-]+)", AssetHandler),
        (rf"/{code}/qr\.svg", CodeImage),
        (rf"/{code}/join", JoinHandler),
        (rf"/{code}/state", StateHandler),
        (rf"/{code}/answer", AnswerHandler),
        (rf"/{code}/try", TryHandler),
        (r"/board/state", BoardHandler),
        (r"/board/do", DoHandler),
        (r"/board/note", NoteHandler),
        (r"/board/answers\.csv", TableHandler),
        (r"/board/class\.csv", RatingsHandler),
        (r"/board/means", MeansHandler),
        (r"/board/delete", DeleteHandler),
        (r".*", NothingHandler),
    ]
    return web.Application(
        [(pattern, handler, {"hall": hall}) for pattern, handler in routes],
        compress_response=True,
        # an access log would hold addresses
        log_function=lambda handler: None,
    )
