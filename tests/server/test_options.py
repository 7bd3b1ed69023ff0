"""Ports, addresses and languages that a user may mistype."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator

import click
import pytest
from tornado.iostream import StreamClosedError
from tornado.websocket import WebSocketClosedError

from course import i18n
from course.i18n import use_language
from course.server.options import choose_port, of_a_closed_page, read_language, read_port

CONTEXT = click.Context(click.Command("open"))
OPTION = click.Option(["--port"])
LOCAL = "127.0.0.1"


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as busy:
        busy.bind((LOCAL, 0))
        busy.listen()
        yield busy.getsockname()[1]


@pytest.fixture(autouse=True, params=["en", "zh"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(i18n, "_current", "")
    use_language(request.param)
    return request.param


def test_a_port_is_read() -> None:
    assert read_port(CONTEXT, OPTION, "8888") == 8888
    assert read_port(CONTEXT, OPTION, None) is None


@pytest.mark.parametrize("asked", ["abc", "0", "65536", "-1", "80.5", "", "８８８８", "1e4"])
def test_what_is_no_port_is_refused(asked: str, language: str) -> None:
    with pytest.raises(click.ClickException) as caught:
        read_port(CONTEXT, OPTION, asked)
    assert repr(asked) in caught.value.message
    assert {"en": "whole number", "zh": "整数"}[language] in caught.value.message


def test_an_unknown_language_is_refused_in_both() -> None:
    with pytest.raises(click.ClickException) as caught:
        read_language(CONTEXT, OPTION, "fr")
    assert "choose 'en' or 'zh'" in caught.value.message
    assert "请选 'en' 或 'zh'" in caught.value.message
    assert read_language(CONTEXT, OPTION, "zh") == "zh"


def test_a_free_port_is_taken(taken: int) -> None:
    assert choose_port(None, 0, LOCAL) > 0


def test_the_port_asked_for_must_be_free(taken: int, language: str) -> None:
    with pytest.raises(click.ClickException) as caught:
        choose_port(taken, 8888, LOCAL)
    assert str(taken) in caught.value.message
    assert {"en": "is in use", "zh": "占用"}[language] in caught.value.message


def test_a_taken_default_gives_way_and_says_so(taken: int, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = choose_port(None, taken, LOCAL)
    assert found != taken
    said = capsys.readouterr().out
    assert str(taken) in said
    assert str(found) in said
    assert {"en": "is in use", "zh": "占用"}[language] in said


@pytest.mark.parametrize("ip", ["192.0.2.1", "not an address"])
def test_an_address_of_another_machine_is_refused(ip: str, language: str) -> None:
    with pytest.raises(click.ClickException) as caught:
        choose_port(None, 8888, ip)
    assert ip in caught.value.message
    assert {"en": "no address", "zh": "没有"}[language] in caught.value.message


@pytest.mark.parametrize(
    ("error", "hushed"), [(WebSocketClosedError(), True), (StreamClosedError(), True), (ValueError("x"), False)]
)
def test_only_a_closed_pages_late_messages_are_hushed(error: Exception, hushed: bool) -> None:
    record = logging.LogRecord("asyncio", logging.ERROR, "", 0, "never retrieved", (), (type(error), error, None))
    assert of_a_closed_page(record) is hushed
    plain = logging.LogRecord("asyncio", logging.ERROR, "", 0, "plain", (), None)
    assert not of_a_closed_page(plain)
