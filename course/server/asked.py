"""What was asked, passed on with the address that answers."""

from __future__ import annotations

from tornado.httputil import HTTPServerRequest


def with_query(address: str, request: HTTPServerRequest) -> str:
    """Return `address` with the query that came with a request, where one did."""
    return f"{address}?{request.query}" if request.query else address
