"""A class rates a service before and after: a phone at 390 pixels in Chinese, the board, and the file for the lessons."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from course.ratings.file import read
from course.ratings.items import FEWEST_PEOPLE
from tests.browser.tools import assert_offline, assert_quiet, axe_violations, no_sideways_scroll
from tests.server.classes import ClassServer

pytestmark = pytest.mark.browser
KEY = "rating:service"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[ClassServer]:
    server = ClassServer(tmp_path / "class", "m03")
    yield server
    server.process.kill()
    server.process.wait()


def rate(phone: Any, mark: int) -> None:
    """Rate every line by keyboard, and send."""
    phone.locator(".rating input:checked").first.wait_for(state="detached")
    for place in range(phone.locator(".rating").count()):
        phone.locator(".rating").nth(place).locator(f"input[value='{mark}']").press(" ")
    assert axe_violations(phone) == []
    no_sideways_scroll(phone)
    phone.get_by_role("button", name="提交").press("Enter")
    phone.locator("#receipt[data-state=received]").wait_for()


def test_a_class_rates_a_service_before_and_after(served: ClassServer, page_with_log: Any) -> None:
    served.do(*["next"] * served.board()["steps"], "go")
    others = [served.join() for _ in range(FEWEST_PEOPLE - 1)]

    def others_rate(round_: int, marks: list[int]) -> None:
        for token in others:
            answer = {"step": KEY, "round": round_, "number": round_, "value": marks}
            assert served.ask(f"/{served.code}/answer", token, answer).status == 200

    phone, phone_log = page_with_log(locale="zh-CN", viewport={"width": 390, "height": 780})
    phone.goto(f"http://127.0.0.1:{served.port}/{served.code}")
    phone.get_by_role("button", name="提交").click()
    phone.locator("#receipt").get_by_text("请先给每一句打分").wait_for()
    rate(phone, 6)
    board, board_log = page_with_log(viewport={"width": 1280, "height": 720}, accept_downloads=True)
    board.goto(f"http://127.0.0.1:{served.port}/board#{served.teacher}")
    served.do("close")
    board.locator("svg").get_by_text(f"Shown when {FEWEST_PEOPLE} people").wait_for()
    served.do("go")
    others_rate(1, [6, 6, 6, 6, 6])
    served.do("close", "again")
    others_rate(2, [4, 4, 4, 4, 4])
    rate(phone, 4)
    served.do("close", "reveal")
    board.get_by_text("mean gap \N{MINUS SIGN}2.0").first.wait_for()
    assert axe_violations(board) == []
    served.do("end")
    board.get_by_label("Name of the service").fill("食堂")
    with board.expect_download() as saved:
        board.get_by_role("button", name="Save class.csv for the lessons").press("Enter")
    service, rows = read(Path(saved.value.path()).read_bytes(), "en")
    assert (saved.value.suggested_filename, service) == ("class.csv", "食堂")
    assert rows == [[6] * 5 + [4] * 5] * FEWEST_PEOPLE
    for log in (phone_log, board_log):
        assert_quiet(log)
        assert_offline(log)
