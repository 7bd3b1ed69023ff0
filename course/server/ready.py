"""Answers that are ready go out before anything else is done about a request.

A thousand visitors who move sliders ask five hundred times a second, mostly what somebody has asked before. The address is
all that such an answer depends on, so it is looked up as it stands in the request; what Tornado otherwise does for one
(routes, a handler, arguments, headers one by one) takes several times as long. Whatever is not plainly that goes its usual
way, and gets the same answer there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from email.utils import formatdate
from functools import lru_cache
from time import time
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.httputil import (
    HTTPConnection,
    HTTPHeaders,
    HTTPMessageDelegate,
    RequestStartLine,
    ResponseStartLine,
)

from course.server.plain import safety
from course.server.runs import LASTING
from course.server.static import accepts_gzip

# with one of these a request asks for more than its address says
MORE = ("If-None-Match", "Range", "Content-Length", "Transfer-Encoding", "Upgrade", "Expect")
HEADERS = safety() | LASTING | {"Content-Encoding": "gzip"}
FIXED = "HTTP/1.1 200 OK\r\n" + "".join(f"{name}: {value}\r\n" for name, value in HEADERS.items())

Find = Callable[[str], bytes | None]


def asks_plainly(line: RequestStartLine, headers: HTTPHeaders) -> bool:
    """Tell whether a request asks for what stands at an address, all of it, compressed, and nothing else."""
    return (
        line.method == "GET"
        and line.version == "HTTP/1.1"
        and not any(name in headers for name in MORE)
        and accepts_gzip(headers.get("Accept-Encoding", ""))
    )


def response(packed: bytes, last: bool) -> bytes:
    """Return a whole response; `last` says that the connection ends with it."""
    lines = [
        FIXED + f"Date: {_date(int(time()))}",
        f'Etag: "{hashlib.sha1(packed, usedforsecurity=False).hexdigest()}"',
        f"Content-Length: {len(packed)}",
        *(["Connection: close"] if last else []),
    ]
    return "\r\n".join(lines).encode("latin1") + b"\r\n\r\n" + packed


@lru_cache(maxsize=1)
def _date(second: int) -> str:
    return formatdate(second, usegmt=True)


class Reception(HTTPMessageDelegate):
    """One request: answered here where its answer is ready, else by whoever `otherwise` brings."""

    def __init__(self, find: Find, connection: HTTPConnection, otherwise: Callable[[], HTTPMessageDelegate]) -> None:
        self._find, self._connection, self._otherwise = find, connection, otherwise
        self._delegate: HTTPMessageDelegate | None = None
        self._ready, self._last = b"", False

    def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> Awaitable[None] | None:
        """Decide who answers."""
        assert isinstance(start_line, RequestStartLine)
        found = self._find(start_line.path) if asks_plainly(start_line, headers) else None
        if found is None:
            self._delegate = self._otherwise()
            return self._delegate.headers_received(start_line, headers)
        self._ready, self._last = found, headers.get("Connection", "").lower() == "close"
        return None

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        """Pass on a body."""
        return self._delegate.data_received(chunk) if self._delegate else None

    def finish(self) -> None:
        """Answer."""
        if self._delegate:
            self._delegate.finish()
            return
        self._connection.write(response(self._ready, self._last))
        self._connection.finish()

    def on_connection_close(self) -> None:
        """Pass on that nobody waits any more."""
        if self._delegate:
            self._delegate.on_connection_close()


class ReadyServer(HTTPServer):
    """Tornado's server, with `find`: the answer that is ready for a path with its query, compressed by gzip, or None."""

    def initialize(self, *arguments: Any, find: Find, **options: Any) -> None:  # type: ignore[override]
        """Set up as Tornado's own."""
        super().initialize(*arguments, **options)
        self._find = find

    def start_request(self, server_conn: object, request_conn: HTTPConnection) -> HTTPMessageDelegate:
        """Receive a request."""
        return Reception(
            self._find, request_conn, lambda: super(ReadyServer, self).start_request(server_conn, request_conn)
        )
