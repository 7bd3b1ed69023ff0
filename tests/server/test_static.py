"""The files that our widgets load."""

from __future__ import annotations

import gzip

import pytest

from course.server.static import accepts_gzip
from course.ui.assets import assets
from tests.browser.tools import Served
from tests.server.http import fetch


@pytest.mark.parametrize("name", sorted(assets()))
def test_an_asset_is_public_and_kept_for_good(server: Served, name: str) -> None:
    asset = assets()[name]
    answer = fetch(server.port, f"/course/static/{name}")
    assert answer.status == 200
    assert answer.body == asset.body
    assert answer.headers["Content-Type"] == asset.content_type
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("name", sorted(assets()))
def test_an_asset_travels_compressed(server: Served, name: str) -> None:
    answer = fetch(server.port, f"/course/static/{name}", Accept_Encoding="gzip, br")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) == len(answer.body) < len(assets()[name].body) / 2
    assert gzip.decompress(answer.body) == assets()[name].body


def test_head_sends_no_body(server: Served) -> None:
    answer = fetch(server.port, f"/course/static/{sorted(assets())[0]}", method="HEAD")
    assert (answer.status, answer.body) == (200, b"")


@pytest.mark.parametrize("name", ["vega.js", "ui-0000000000000000.js", "..%2f..%2fpyproject.toml", "../cli.py"])
def test_anything_else_is_not_there(server: Served, name: str) -> None:
    assert fetch(server.port, f"/course/static/{name}").status == 404


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("gzip", True),
        ("br, gzip;q=0.5", True),
        ("*", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip;q=0.0", False),
    ],
)
def test_gzip_is_sent_to_those_who_take_it(header: str, expected: bool) -> None:
    assert accepts_gzip(header) is expected
