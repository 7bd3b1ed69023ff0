"""A class rates a service before and after: a phone at 390 pixels in Chinese, the board, and the file for the lessons."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from course.ratings.file import read
from course.ratings.items import FEWEST_PEOPLE
from tests.browser.simulator_page import M01, guess
from tests.browser.tools import Served, assert_offline, assert_quiet, axe_violations, no_sideways_scroll
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


def fresh(page: Any, source: str) -> str:
    """Return what a dashboard says of a class's gaps from `source`."""
    said = page.locator(f".gaps-said[data-from={source}]")
    said.wait_for()
    return str(said.inner_text())


def the_dashboard_shows_its_gaps(file: str, link: str, apps: Served, page_with_log: Any) -> None:
    """By file and by link; alone, the hotel stands in and is called so. Nothing of the file is sent."""
    page, log = page_with_log(viewport={"width": 390, "height": 780}, locale="zh-CN")
    page.goto(apps.url(f"course/explore/{M01}?lang=zh&tool=gaps"))
    assert "虚构酒店" in fresh(page, "nothing")
    assert page.locator("[data-whose=yours]").count() == 0
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator(".gaps-choose input").set_input_files(file)
    assert "食堂。人数：5" in fresh(page, "file")
    assert page.locator("[data-whose=yours]").count() == 5
    assert "\N{MINUS SIGN}2.00" in page.locator("[data-whose=yours]").first.inner_text()
    assert asked == [], "a file that was chosen stays in the page"
    assert axe_violations(page) == []
    no_sideways_scroll(page)
    page.reload()
    assert "食堂" in fresh(page, "file"), "this browser keeps the means"
    page.locator("[data-do=forget]").click()
    assert "食堂" not in fresh(page, "nothing")
    other, other_log = page_with_log()
    other.goto(link)
    assert "食堂. People: 5" in fresh(other, "link")
    other.get_by_role("tab", name="Simulator").click()
    guess(other, other.locator(".course-bet"))
    other.wait_for_selector("[data-ready]")
    other.get_by_role("tab", name="own gaps").click()
    other.locator("[data-do=try-class]").click()
    other.wait_for_function("document.querySelector('input[data-name=service]').value === '50'")
    assert other.locator("input[data-name=expected]").input_value() == "83"
    for one in (log, other_log):
        assert_quiet(one)
        assert_offline(one)


def test_a_class_rates_a_service_before_and_after(served: ClassServer, apps_server: Served, page_with_log: Any) -> None:
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
    board.get_by_label("Address of the dashboard").fill("canteen")
    board.get_by_role("button", name="Link to these gaps").click()
    board.get_by_text("not the address of a page").wait_for()
    board.get_by_label("Address of the dashboard").fill(apps_server.url(f"course/explore/{M01}?lang=en"))
    board.get_by_role("button", name="Link to these gaps").click()
    link = board.locator(".ratings a").get_attribute("href")
    assert axe_violations(board) == []
    the_dashboard_shows_its_gaps(saved.value.path(), link, apps_server, page_with_log)
    for log in (phone_log, board_log):
        assert_quiet(log)
        assert_offline(log)
