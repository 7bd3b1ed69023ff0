"""A class in Chromium: a teacher at 1280 pixels, two phones at 390, one in Chinese; from coming in to saving and deleting."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.tools import assert_offline, assert_quiet, axe_violations, no_sideways_scroll
from tests.server.classes import ClassServer
from tests.waiting import until

PHONE = {"viewport": {"width": 390, "height": 780}}
pytestmark = pytest.mark.browser


@pytest.fixture
def served(tmp_path: Path) -> Iterator[ClassServer]:
    server = ClassServer(tmp_path / "class")
    yield server
    server.process.kill()
    server.process.wait()


def shows(page: Any, phase: str) -> None:
    page.locator("#phase", has_text=phase).wait_for()


def sees(page: Any, selector: str, text: str) -> None:
    page.locator(selector, has_text=text).first.wait_for()


def clean(*pages: Any) -> None:
    for page in pages:
        assert axe_violations(page) == []
        no_sideways_scroll(page)


def test_a_class_from_coming_in_to_the_end(served: ClassServer, page_with_log: Any) -> None:
    board, board_log = page_with_log(viewport={"width": 1280, "height": 720}, accept_downloads=True)
    zh, zh_log = page_with_log(locale="zh-CN", color_scheme="dark", **PHONE)
    en, en_log = page_with_log(**PHONE)
    address = f"http://127.0.0.1:{served.port}"
    board.goto(f"{address}/board#{served.teacher}")
    assert board.locator("#code").inner_text() == served.code
    zh.goto(f"{address}/{served.code}")
    en.goto(address)
    en.get_by_label("The code on the board").fill(served.code.lower())
    en.get_by_role("button", name="Come in").click()
    sees(zh, "#main", "你已进入课堂")
    sees(en, "#main", "You are in")
    sees(board, ".count", "2 here")
    clean(board, zh, en)

    # a guess: asked, sent, one from a phone whose network is gone, and seen by nobody until it is closed
    board.keyboard.press("ArrowRight")
    shows(board, "Ready to ask")
    board.keyboard.press("ArrowRight")
    shows(board, "Answer on your phone")
    sees(zh, "h1", "第三个包裹")
    zh.get_by_role("slider").press("ArrowRight")
    zh.get_by_role("button", name="提交").click()
    sees(zh, "#receipt", "已收到")
    sees(board, ".count", "1 answered")
    clean(board, zh, en)
    en.get_by_role("button", name="A step more").click()
    en.context.set_offline(True)
    en.get_by_role("button", name="Send").click()
    sees(en, "#receipt", "kept on this phone")
    assert board.locator(".picture circle").count() == 0
    en.context.set_offline(False)
    sees(en, "#receipt", "Received")
    sees(board, ".count", "2 answered")
    en.reload()
    sees(en, "#receipt", "Received")

    # closed, asked again after talking, and revealed
    board.keyboard.press("ArrowRight")
    shows(board, "Closed")
    assert board.locator(".picture circle").count() == 2
    board.get_by_role("button", name="Ask again").click()
    shows(board, "Answer on your phone")
    en.get_by_role("button", name="Send").wait_for()
    en.get_by_role("slider").press("End")
    en.get_by_role("button", name="Send").click()
    sees(board, ".count", "1 answered")
    board.keyboard.press("ArrowRight")
    shows(board, "Closed")
    board.keyboard.press("ArrowRight")
    shows(board, "Revealed")
    sees(board, ".picture", "before talking")
    sees(board, ".picture", "What came of it: 4.3 stars")
    sees(zh, ".truth", "4.3 星")
    until(lambda: "4.3 stars" in en.locator("#said").inner_text(), "nothing is said of the reveal", en)
    clean(board, zh, en)

    # an item with options, by the board's own buttons
    board.keyboard.press("l")
    board.locator("#list li button", has_text="same service").first.click()
    shows(board, "Ready to ask")
    board.get_by_role("button", name="Pause").click()
    sees(en, "#main", "Paused")
    board.get_by_role("button", name="Go on").click()
    board.get_by_role("button", name="Pause").wait_for()
    board.get_by_role("button", name="Ask", exact=False).first.click()
    shows(board, "Answer on your phone")
    zh.locator(".option", has_text="+14").click()
    zh.get_by_role("button", name="提交").click()
    en.locator(".option").first.click()
    en.get_by_role("button", name="Send").click()
    sees(board, ".count", "2 answered")
    clean(zh, en)
    board.get_by_role("button", name="Close").click()
    shows(board, "Closed")
    board.get_by_role("button", name="Reveal").click()
    sees(zh, "p.right", "对")
    sees(en, "#main", "Not this time.")
    clean(board, zh, en)

    # the end: saved, then deleted
    board.get_by_role("button", name="End the class").click()
    board.get_by_role("button", name="Yes, end it").click()
    sees(board, "h1", "The class is over")
    sees(zh, "#main", "课堂结束")
    clean(board)
    with board.expect_download() as saved:
        board.get_by_role("button", name="Save the answers").click()
    rows = list(csv.DictReader(io.StringIO(Path(saved.value.path()).read_text(encoding="utf-8-sig"))))
    assert [row["right"] for row in rows if row["step"] == "quiz:same-service"].count("1") == 1
    assert len(rows) == 5
    for name, begins in (("Save as PNG", b"\x89PNG"), ("Save as SVG", b"<svg")):
        with board.expect_download() as saved:
            board.get_by_role("button", name=name).first.click()
        assert Path(saved.value.path()).read_bytes().startswith(begins)
    board.get_by_role("button", name="Delete everything").click()
    board.get_by_role("button", name="Yes, delete").click()
    sees(board, "#main", "is deleted")
    until(lambda: served.process.poll() is not None, "the server goes on", board)
    assert list(served.folder.iterdir()) == []
    for log in (board_log, zh_log, en_log):
        assert_offline(log)
    for log in (board_log, zh_log):
        assert_quiet(log)
    assert not en_log.errors
