"""What is the same for everybody, sent without asking who asks: no login, no cookie that names a reader, no line in a log.

A public server's runs and dashboards are this. Jupyter's own handlers make up a name for every stranger, write it into a
cookie and look it up again: as much work as the rest of an answer together.
"""

from __future__ import annotations

import gzip

from tornado import web

from course.server.static import accepts_gzip

NOTHING = "default-src 'none'"


def safety(policy: str = NOTHING) -> dict[str, str]:
    """Return the headers that keep an answer what it is; `policy` says what a page may load, an answer nothing."""
    return {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": policy}


class PlainHandler(web.RequestHandler):
    """A request whose answer depends on its address alone."""

    policy = NOTHING

    def set_default_headers(self) -> None:
        """Set what every answer carries, refusals among them."""
        for name, value in safety(self.policy).items():
            self.set_header(name, value)

    def check_xsrf_cookie(self) -> None:
        """Ask for none: nothing can be changed here."""


def send_packed(handler: web.RequestHandler, packed: bytes) -> None:
    """Finish with a body that is there compressed, as it is for a browser that takes it so."""
    if accepts_gzip(handler.request.headers.get("Accept-Encoding", "")):
        handler.set_header("Content-Encoding", "gzip")
        handler.finish(packed)
    else:
        handler.finish(gzip.decompress(packed))
