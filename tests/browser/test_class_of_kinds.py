"""A class that draws, decides, tries and plans: m10 and m13 with a teacher and two phones, from the QR code to the files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_class import PHONE, clean, sees, shows
from tests.browser.tools import assert_offline, assert_quiet
from tests.server.classes import ClassServer
from tests.waiting import until

pytestmark = pytest.mark.browser


class Class:
    """A class in three windows: the board at 1280 pixels, a phone in Chinese and dark, a phone in English."""

    def __init__(self, served: ClassServer, page_with_log: Any) -> None:
        self.served = served
        self.board, board_log = page_with_log(viewport={"width": 1280, "height": 720}, accept_downloads=True)
        self.zh, zh_log = page_with_log(locale="zh-CN", color_scheme="dark", **PHONE)
        self.en, en_log = page_with_log(**PHONE)
        self.logs = [board_log, zh_log, en_log]
        self.board.goto(f"http://127.0.0.1:{served.port}/board#{served.teacher}")
        # where the QR code leads
        address = self.board.locator(".lobby img").get_attribute("alt").partition(": ")[2]
        self.zh.goto(address)
        self.en.goto(address)
        sees(self.board, ".count", "2 here")

    def go(self, text: str) -> None:
        """Go to the question whose row in the list holds `text`, and ask it."""
        self.board.keyboard.press("l")
        self.board.locator("#list li button", has_text=text).first.click()
        shows(self.board, "Ready to ask")
        self.board.keyboard.press("ArrowRight")
        shows(self.board, "Answer on your phone")
        self.zh.get_by_role("button", name="提交").wait_for()
        self.en.get_by_role("button", name="Send").wait_for()

    def send(self) -> None:
        """Look at what was filled in, and send it from both phones."""
        clean(self.zh, self.en)
        self.zh.get_by_role("button", name="提交").click()
        self.en.get_by_role("button", name="Send").click()
        sees(self.board, ".count", "2 answered")

    def reveal(self) -> str:
        """Close and reveal, look at all three, and return what a phone's screen reader says."""
        self.board.keyboard.press("ArrowRight")
        shows(self.board, "Closed")
        clean(self.board)
        self.board.keyboard.press("ArrowRight")
        shows(self.board, "Revealed")
        until(lambda: "Revealed" in self.board.locator("#said").inner_text(), "the board says nothing", self.board)
        clean(self.board, self.zh, self.en)
        said: str = self.en.locator("#said").inner_text()
        return said

    def end(self) -> list[dict[str, str]]:
        """End the class; return the table and see that there is a picture of each question."""
        self.board.get_by_role("button", name="End the class").click()
        self.board.get_by_role("button", name="Yes, end it").click()
        sees(self.board, "h1", "The class is over")
        clean(self.board)
        with self.board.expect_download() as saved:
            self.board.get_by_role("button", name="Save the answers").click()
        rows = list(csv.DictReader(io.StringIO(Path(saved.value.path()).read_text(encoding="utf-8-sig"))))
        assert self.board.locator(".results svg").count() == len({row["step"] for row in rows})
        with self.board.expect_download() as saved:
            self.board.get_by_role("button", name="Save as PNG").first.click()
        assert Path(saved.value.path()).read_bytes().startswith(b"\x89PNG")
        for log in self.logs:
            assert_offline(log)
            assert_quiet(log)
        return rows


@pytest.fixture
def open_class(tmp_path: Path, page_with_log: Any) -> Iterator[Any]:
    servers: list[ClassServer] = []

    def begin(module: str) -> Class:
        servers.append(ClassServer(tmp_path / "class", module))
        return Class(servers[-1], page_with_log)

    yield begin
    for server in servers:
        server.process.kill()
        server.process.wait()


def test_a_line_and_a_crisis(open_class: Any) -> None:
    """Haidilao: the survey is drawn, by a finger and by keys; the morning of the crisis is decided."""
    room = open_class("m10")
    room.go("Draw that score")
    point = room.en.locator(".course-draw-point").first
    point.focus()
    for key in ("ArrowUp", "ArrowRight", "ArrowRight", "ArrowDown"):
        room.en.locator(".course-draw-point:focus").press(key)
    box = room.zh.locator(".course-draw-plot").bounding_box()
    room.zh.mouse.move(box["x"] + 4, box["y"] + 60)
    room.zh.mouse.down()
    room.zh.mouse.move(box["x"] + box["width"] - 4, box["y"] + box["height"] / 2, steps=6)
    room.zh.mouse.up()
    room.send()
    room.en.reload()
    sees(room.en, "#receipt", "Received")
    assert "course-draw-point open" not in room.en.locator(".course-draw-point").first.evaluate(
        "node => node.outerHTML"
    )
    assert "100 → 96.2" in room.reveal()
    assert room.board.locator(".picture polygon").count() == 2

    room.go("What do you do today?")
    room.en.locator(".option").first.click()
    room.zh.locator(".option").nth(2).click()
    room.send()
    assert "What was done: C" in room.reveal()
    sees(room.en, ".feedback", "others speak for you")
    sees(room.zh, ".truth", "当时的做法：C")
    assert room.en.locator("p.wrong:not(.feedback)").count() == 0
    with room.board.context.expect_page() as opened:
        room.board.keyboard.press("n")
    sees(opened.value, ".note", "60 openings a year or 20?")
    clean(opened.value)
    opened.value.close()
    rows = room.end()
    assert sorted(row["answer"].count(";") for row in rows) == [0, 0, 12, 12]


def test_a_challenge_and_a_strategy_for_ten_years(open_class: Any) -> None:
    """Running it: a goal is tried and reached, with a made-up name; strategies become a map."""
    room = open_class("m13")
    room.go("Be worth 600 m yuan")
    assert room.en.locator(".made-up").count() == 0
    room.board.get_by_role("button", name="Ask for names").click()
    room.en.locator(".made-up input").fill("<b>Fox</b>")
    for name, value in {
        "Process": "8",
        "Extras": "0",
        "Staff": "120",
        "Crews trained": "25",
        "Complaints": "60",
    }.items():
        room.en.get_by_label(name).fill(value)
    room.en.get_by_role("button", name="Try it").click()
    sees(room.en, ".came .met", "reached")
    room.send()
    until(lambda: "Still" not in room.board.locator(".picture").inner_text(), "the runs do not end", room.board)
    room.board.keyboard.press("h")
    sees(room.board, ".picture", "<b>Fox</b>")
    room.board.keyboard.press("h")
    assert "Process" in room.reveal()
    sees(room.zh, ".figures", "没达到")

    room.go("How do you run the firm")
    room.zh.get_by_role("slider").nth(1).press("End")
    room.en.get_by_role("slider").first.press("Home")
    room.send()
    assert "b>" not in room.en.locator("#main").inner_text()
    room.reveal()
    sees(room.en, ".figures", "m yuan")
    sees(room.board, ".picture", "the class’s best")
    until(lambda: room.board.locator(".picture rect").count() == 4, "the course's own are not on the map", room.board)
    rows = room.end()
    assert [row["right"] for row in rows if row["step"].startswith("challenge:")].count("1") == 1
