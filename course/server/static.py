"""`{base_url}course/static/<name>`: the interface and the Vega runtime, sent to a browser once and kept for good."""

from __future__ import annotations

import gzip
from functools import cache

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado import web

from course.ui.assets import Asset, assets

FOR_GOOD = "public, max-age=31536000, immutable"


@cache
def _compressed(asset: Asset) -> bytes:
    return gzip.compress(asset.body, mtime=0)


def accepts_gzip(header: str) -> bool:
    """Tell whether an `Accept-Encoding` header allows gzip.

    >>> accepts_gzip("gzip, deflate, br"), accepts_gzip("br"), accepts_gzip("gzip;q=0")
    (True, False, False)
    """
    for part in header.split(","):
        coding, _, weight = part.strip().partition(";q=")
        if coding.strip() in ("gzip", "*"):
            return weight.strip(" 0.") != "" or not weight
    return False


class AssetHandler(web.RequestHandler):
    """Serve one asset by its hashed name. Public: the files hold no data, and are the same for everybody."""

    @allow_unauthenticated
    async def get(self, name: str) -> None:
        """Send the file, compressed where the browser takes it, or 404."""
        asset = assets().get(name)
        if asset is None:
            raise web.HTTPError(404)
        self.set_header("Content-Type", asset.content_type)
        self.set_header("Cache-Control", FOR_GOOD)
        self.set_header("Vary", "Accept-Encoding")
        self.set_header("X-Content-Type-Options", "nosniff")
        body = asset.body
        if accepts_gzip(self.request.headers.get("Accept-Encoding", "")):
            self.set_header("Content-Encoding", "gzip")
            body = _compressed(asset)
        self.set_header("Content-Length", str(len(body)))
        if self.request.method != "HEAD":
            self.write(body)
        await self.finish()

    head = get
