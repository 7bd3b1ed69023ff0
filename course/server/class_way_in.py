"""Where phones come to a class: at this computer, or, where it is one of a hub's, through the hub."""

from __future__ import annotations

import os
import re
from urllib.parse import urlsplit

from tornado import web
from tornado.httputil import HTTPServerRequest

from course.server.manners import ON_A_HUB

HOST = re.compile(r"[\w.:\[\]-]{1,255}")


def on_a_hub() -> bool:
    """Tell whether this server is one of a hub's, or Binder's, so that phones reach it through the hub alone."""
    return bool(os.environ.get(ON_A_HUB))


def way_in(request: HTTPServerRequest, base_url: str, module: str) -> str:
    """Return the address at which phones come to a class through this server, as whoever opens it sees the server.

    Behind a proxy that speaks HTTPS the browser alone knows so: it names where it is in `Origin`.
    """
    origin = urlsplit(request.headers.get("Origin", ""))
    same = origin.scheme in ("http", "https") and origin.netloc == request.host
    scheme = origin.scheme if same else request.protocol
    if not HOST.fullmatch(request.host):
        raise web.HTTPError(400)
    return f"{scheme}://{request.host}{base_url}course/room/{module}"
