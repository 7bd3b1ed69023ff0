"""Requests as a stranger may make them: nothing in the path is tidied up on the way."""

from __future__ import annotations

import http.client
from dataclasses import dataclass

from tests.waiting import LONGEST_SECONDS


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", errors="replace")


def fetch(port: int, path: str, method: str = "GET", body: str | None = None, **headers: str) -> Answer:
    """Ask `path` of the server on this machine; header names are written with underscores."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST_SECONDS)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()
