"""The addresses of a class: a page for phones, a page for the board, and what the two ask for. There is nothing else.

A phone's token lets it read the question and answer; the teacher's token, which stands behind the # of the board's address
and so in no request line, lets it do the rest. Neither is a cookie, so no other page can use it.
"""

from __future__ import annotations

import asyncio
import io
import json
from typing import Any

from tornado import web

from course.classroom.answers import AnswerError
from course.classroom.export import as_csv
from course.classroom.notes import note
from course.classroom.state import StateError
from course.classroom.views import board_view, phone_view
from course.i18n import best_language, match_language
from course.server import class_pages as pages
from course.server.class_hall import Hall

# shorter than what proxies and phones wait
WAIT_SECONDS = 20.0
# answers that come at once are told at once
GATHER_SECONDS = 0.2
LARGEST_BODY = 4_096
TEACHER = "teacher"
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)


class Refused(web.HTTPError):
    """A request that is not granted."""


class _Handler(web.RequestHandler):
    hall: Hall

    def initialize(self, hall: Hall) -> None:
        """Share the room with the other requests."""
        self.hall = hall

    def set_default_headers(self) -> None:
        """Let a browser load what is here and nothing else, and tell nobody where it comes from."""
        self.set_header("Content-Security-Policy", POLICY)
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cache-Control", "no-store")
        self.clear_header("Server")

    def prepare(self) -> None:
        """Refuse what comes too thick, and everything once the room is deleted."""
        if not self.hall.all.take():
            raise Refused(429)
        if self.hall.deleted:
            raise Refused(410)

    def check_xsrf_cookie(self) -> None:
        """Ask for no such cookie: a token in a header cannot be sent by another site."""

    def write_error(self, status_code: int, **_about: Any) -> None:
        """Say the number and nothing else, and hang up: who is refused shall not have the line for more."""
        self.set_header("Connection", "close")
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps({"refused": status_code}))

    @property
    def language(self) -> str:
        """The reader's language: what the address asks for, else what the browser prefers."""
        asked = match_language(self.get_query_argument("lang", None))
        return asked or best_language(self.request.headers.get("Accept-Language", ""))

    def token(self) -> str:
        """Return the token that a request carries."""
        kind, _, token = self.request.headers.get("Authorization", "").partition(" ")
        return token if kind == "Bearer" else ""

    def person(self) -> str:
        """Return the token of one of this room's phones; refuse whoever has none."""
        token = self.token()
        if not self.hall.room.knows(token):
            raise Refused(403)
        return token

    def as_teacher(self) -> None:
        """Refuse whoever is not the teacher."""
        if not self.hall.room.is_teacher(self.token()):
            raise Refused(403)

    def sent(self) -> dict[str, Any]:
        """Return the JSON object that a request carries."""
        try:
            found = json.loads(self.request.body)
        except (ValueError, RecursionError) as error:
            raise Refused(400) from error
        if not isinstance(found, dict):
            raise Refused(400)
        return found

    def seen(self, name: str) -> int:
        """Return a whole number of the address, −1 where there is none."""
        text = self.get_query_argument(name, "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1

    def tell(self, what: dict[str, Any]) -> None:
        """Send JSON."""
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps(what, ensure_ascii=False))


class PhonePage(_Handler):
    """The page of a phone, by the room's code."""

    def get(self) -> None:
        """Send it, in the language of the phone."""
        self.finish(pages.phone(self.language, self.hall.room.code))


class BoardPage(_Handler):
    """The page of the board. It holds nothing of the room; its script asks with the teacher's token."""

    def get(self) -> None:
        """Send it."""
        self.finish(pages.board(self.language, self.hall.room.code))


class EntryPage(_Handler):
    """Where somebody types the code that stands on the board."""

    def get(self) -> None:
        """Go to the room, where the code is the right one; else ask for it."""
        code = "".join(self.get_query_argument("code", "").split()).upper()
        if code == self.hall.room.code:
            self.redirect(f"/{code}")
            return
        self.finish(pages.entry(self.language, wrong=bool(code)))


class AssetHandler(_Handler):
    """Scripts and styles by their hashed names."""

    def get(self, name: str) -> None:
        """Send one, or 404."""
        asset = pages.assets().get(name)
        if asset is None:
            raise Refused(404)
        self.set_header("Content-Type", asset.content_type)
        self.set_header("Cache-Control", "public, max-age=31536000, immutable")
        self.finish(asset.body)


class CodeImage(_Handler):
    """The phones' address as a QR code."""

    def get(self) -> None:
        """Draw it."""
        import segno

        image = io.BytesIO()
        segno.make(self.hall.address, error="m").save(image, kind="svg", scale=8, border=3, dark="#000", light="#fff")
        self.set_header("Content-Type", "image/svg+xml")
        self.finish(image.getvalue())


class JoinHandler(_Handler):
    """A token for a phone."""

    def post(self) -> None:
        """Give one. Addresses are counted in memory and written nowhere."""
        if not self.hall.joins.take(self.request.remote_ip or ""):
            raise Refused(429)
        self.tell({"token": self.hall.room.join()})


class StateHandler(_Handler):
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


class AnswerHandler(_Handler):
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
        self.hall.ring(TEACHER)
        self.tell({"said": said})


class BoardHandler(_Handler):
    """What the board shows; a board that has seen it waits for the next."""

    waits = False

    async def get(self) -> None:
        """Send it."""
        self.as_teacher()
        room = self.hall.room
        if (self.seen("since"), self.seen("news")) == (room.state.version, room.news):
            version = room.state.version
            self.waits = True
            await self.hall.news(TEACHER, WAIT_SECONDS)
            self.waits = False
            if version == room.state.version:
                await asyncio.sleep(GATHER_SECONDS)
        if self.hall.deleted:
            raise Refused(410)
        self.tell(board_view(room, self.language) | {"code": room.code, "address": self.hall.address})

    def on_connection_close(self) -> None:
        """Wait for it no longer."""
        if self.waits:
            self.hall.hang_up(TEACHER)


class DoHandler(_Handler):
    """A command of the teacher's."""

    def post(self) -> None:
        """Do it: {"command", "version", "seconds"}; 409 where it does not fit, or the board is behind."""
        self.as_teacher()
        sent = self.sent()
        seconds = sent.get("seconds", 0)
        if not isinstance(sent.get("command"), str) or type(seconds) not in (int, float):
            raise Refused(400)
        try:
            done = self.hall.room.do(sent["command"], sent.get("version", -1), seconds)
        except StateError as error:
            raise Refused(409) from error
        if not done:
            raise Refused(409)
        self.hall.ring()
        self.tell({"version": self.hall.room.state.version})


class NoteHandler(_Handler):
    """The teacher's note on the module, for the teacher alone."""

    async def get(self) -> None:
        """Send it as HTML: it is the course's own text."""
        self.as_teacher()
        self.tell({"html": await asyncio.to_thread(note, self.hall.room.module, self.language)})


class TableHandler(_Handler):
    """Every answer as CSV, for the teacher alone."""

    def get(self) -> None:
        """Send it, with the mark by which Excel knows its letters."""
        self.as_teacher()
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        self.set_header(
            "Content-Disposition", f'attachment; filename="{self.hall.room.module}-{self.hall.room.code}.csv"'
        )
        self.finish("\ufeff" + as_csv(self.hall.room))


class DeleteHandler(_Handler):
    """The end of a class that has ended."""

    def post(self) -> None:
        """Delete everything, and have the server stop."""
        self.as_teacher()
        if not self.hall.room.state.ended:
            raise Refused(409)
        self.hall.room.delete()
        self.hall.deleted = True
        self.hall.ring()
        self.tell({"deleted": True})
        self.hall.leave()


class NothingHandler(_Handler):
    """Every other address, and every other way of asking."""

    def prepare(self) -> None:
        """Refuse."""
        raise Refused(404)


def application(hall: Hall) -> web.Application:
    """Return the application of one room."""
    code = hall.room.code
    routes: list[tuple[str, type[_Handler]]] = [
        (r"/", EntryPage),
        (rf"/{code}", PhonePage),
        (r"/board", BoardPage),
        (r"/class/([\w.-]+)", AssetHandler),
        (rf"/{code}/qr\.svg", CodeImage),
        (rf"/{code}/join", JoinHandler),
        (rf"/{code}/state", StateHandler),
        (rf"/{code}/answer", AnswerHandler),
        (r"/board/state", BoardHandler),
        (r"/board/do", DoHandler),
        (r"/board/note", NoteHandler),
        (r"/board/answers\.csv", TableHandler),
        (r"/board/delete", DeleteHandler),
        (r".*", NothingHandler),
    ]
    return web.Application(
        [(pattern, handler, {"hall": hall}) for pattern, handler in routes],
        compress_response=True,
        # an access log would hold addresses
        log_function=lambda handler: None,
    )
