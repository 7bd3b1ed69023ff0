"""What every address of a class has in common: who may ask, how often, and what a browser may do with the answer."""

from __future__ import annotations

import json
from typing import Any

from tornado import web

from course.i18n import best_language, match_language
from course.server.class_hall import Hall

# shorter than what proxies and phones wait
WAIT_SECONDS = 20.0
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


class HallHandler(web.RequestHandler):
    """A request to the `hall` in which one class meets: refused where it comes too thick, or once the room is deleted."""

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
