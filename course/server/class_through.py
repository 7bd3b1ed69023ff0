"""`{base_url}course/room/<module>/…`: a class that runs beside this server, for phones that reach nothing but this server.

That is so on a hub and on Binder. Whoever comes this way needs no account; they get the addresses of the class, of which its
own server refuses all that needs the class's tokens, and nothing else of this server.
"""

from __future__ import annotations

from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado import web
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest

from course.server.asked import with_query
from course.server.class_handler import WAIT_SECONDS
from course.server.class_routes import LARGEST_BODY
from course.server.class_start import Classes, ClassHandler
from course.server.class_way_in import on_a_hub

PATTERN = r"course/room/(m\d\d)/([\w./-]{0,80})"
BARE = r"course/room/(m\d\d)"
MOST_LINES = 2_500
ASKED = ("Authorization", "Accept-Language")
TOLD = (
    "Content-Type", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cache-Control", "Location",
    "Content-Disposition",
)  # fmt: skip


class BareHandler(web.RequestHandler):
    """The address without its last slash, from which the pages' own addresses would lead astray."""

    @allow_unauthenticated
    def get(self, module: str) -> None:
        """Go to the one with it."""
        self.redirect(f"{module}/")


@web.stream_request_body
class ThroughHandler(web.RequestHandler):
    """A request passed on to the class, and its answer passed back. The class limits how often."""

    def initialize(self, classes: Classes) -> None:
        """Share the classes with the other requests."""
        self.classes = classes
        self._body = bytearray()

    def prepare(self) -> None:
        """Take no more than an answer."""
        connection: Any = self.request.connection
        connection.set_max_body_size(LARGEST_BODY)

    def data_received(self, chunk: bytes) -> None:
        """Keep what comes."""
        self._body += chunk

    def check_xsrf_cookie(self) -> None:
        """Ask for no such cookie: a token in a header cannot be sent by another site."""

    def _log(self) -> None:
        """Write nothing down: it would be a phone's address."""

    @allow_unauthenticated
    async def get(self, module: str, path: str) -> None:
        """Pass it on."""
        await self._pass_on("GET", module, path, None)

    @allow_unauthenticated
    async def post(self, module: str, path: str) -> None:
        """Pass it on."""
        await self._pass_on("POST", module, path, bytes(self._body))

    async def _pass_on(self, method: str, module: str, path: str, body: bytes | None) -> None:
        port = self.classes.port(module)
        if port is None or ".." in path:
            raise web.HTTPError(404)
        asked = HTTPRequest(
            with_query(f"http://127.0.0.1:{port}/{path}", self.request),
            method=method,
            body=body,
            headers={name: self.request.headers[name] for name in ASKED if name in self.request.headers},
            follow_redirects=False,
            request_timeout=2 * WAIT_SECONDS,
        )
        try:
            answer = await AsyncHTTPClient(max_clients=MOST_LINES).fetch(asked, raise_error=False)
        except (HTTPClientError, OSError) as error:
            raise web.HTTPError(502) from error
        self.clear()
        self.clear_header("Server")
        self.set_status(answer.code)
        for name in TOLD:
            if name in answer.headers:
                self.set_header(name, answer.headers[name])
        await self.finish(answer.body or b"")

    def write_error(self, status_code: int, **_about: Any) -> None:
        """Say the number and nothing else, as the class does."""
        self.set_header("Content-Type", "application/json")
        self.finish(f'{{"refused": {status_code}}}')


def class_routes(base_url: str, classes: Classes) -> list[tuple[Any, ...]]:
    """Return the routes of the classes below `base_url`: to open one, and on a hub the way in for phones."""
    routes: list[tuple[Any, ...]] = [(f"{base_url}course/class", ClassHandler)]
    if on_a_hub():
        routes += [(f"{base_url}{BARE}", BareHandler), (f"{base_url}{PATTERN}", ThroughHandler, {"classes": classes})]
    return routes
