"""The marking desk in Chromium: two hundred answers by keyboard, two windows, and what a reader can rely on."""

from __future__ import annotations

import json
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest

from course.grading.book.gradebook import FILE as GRADEBOOK
from course.grading.desk.state import FILE
from tests import waiting
from tests.browser.conftest import PATIENCE
from tests.browser.tools import (
    Served,
    assert_offline,
    assert_quiet,
    axe_violations,
    no_sideways_scroll,
    serve_dashboard,
)
from tests.grading.desk_class import CANTEEN, LIBRARY, QUESTION, in_formgrader, open_desk, own_story, paragraph
from tests.grading.gradebooks import M01
from tests.waiting import LONGEST_SECONDS

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LAPTOP = {"viewport": {"width": 1280, "height": 900}}
MANY = 200
# Choices that a closed list would not show whole, with three thousand answers for each
CUT = """() => {
  const list = document.querySelector("#choose"), style = getComputedStyle(list), arrow = 20;
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = style.font;
  const room = list.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - arrow;
  const texts = [...list.options].map((one) => one.text.replace(/\\d+(?= to read)|(?<=待阅 )\\d+/, "3000"));
  return texts.filter((text) => pen.measureText(text).width > room);
}"""
OPEN = "course/desk?lang={lang}&q=" + QUESTION


def answers(count: int) -> dict[str, str]:
    """Return a class in which five copies of one answer stand among answers that are each somebody's own."""
    alone = {f"s{number:03}": own_story(number) for number in range(count - 5)}
    return alone | {f"copy{number}": f"{LIBRARY} {'So it is. ' * number}".strip() for number in range(5)}


@pytest.fixture(scope="module")
def class_room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return open_desk(tmp_path_factory.mktemp("many"), answers(MANY))


@pytest.fixture(scope="module")
def desk(class_room: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    yield from serve_dashboard(class_room, tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def small_class(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return open_desk(tmp_path_factory.mktemp("small"), {"anna": LIBRARY, "bo": f"{LIBRARY} So it is.", "chen": CANTEEN})


@pytest.fixture
def small(small_class: Path) -> Iterator[Path]:
    """A class of three on its first day. The server, which has the gradebook open, finds it so again after a test."""
    with closing(sqlite3.connect(small_class / GRADEBOOK)) as book:
        first_day = book.serialize()
    yield small_class
    with (
        closing(sqlite3.connect(":memory:")) as kept,
        closing(sqlite3.connect(small_class / GRADEBOOK, timeout=LONGEST_SECONDS)) as book,
    ):
        kept.deserialize(first_day)
        kept.backup(book)
    (small_class / FILE).unlink(missing_ok=True)
    rmtree(small_class / "feedback", ignore_errors=True)


@pytest.fixture(scope="module")
def small_server(small_class: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    yield from serve_dashboard(small_class, tmp_path_factory.mktemp("home"))


@pytest.fixture
def small_desk(small_server: Served, small: Path) -> Served:
    """The server of the class, on its first day."""
    return small_server


def visit(page: Any, served: Served, lang: str = "en") -> None:
    page.goto(served.url(OPEN.format(lang=lang)))
    page.wait_for_selector("#marking:not([hidden])")


def write_rubric(page: Any, *items: tuple[str, str]) -> None:
    page.keyboard.press("e")
    for number, (text, points) in enumerate(items):
        if number >= page.locator("#form li").count():
            page.get_by_role("button", name="Add an item").press("Enter")
        page.locator("#form .text:first-child").nth(number).fill(text)
        page.locator("#form .points").nth(number).fill(points)
    page.keyboard.press("Control+Enter")
    page.locator("#rubric button").nth(len(items) - 1).wait_for()


def until(page: Any, true: str) -> None:
    """Wait for an expression. The page's own policy forbids the way in which Playwright would wait for it."""

    def never() -> str:
        return f"never true: {true}; the page says: {page.locator('main').inner_text()[:500]}"

    waiting.until(lambda: page.evaluate(true), never, page=page)


def saved(page: Any) -> None:
    until(page, "document.getElementById('status').textContent.startsWith('Saved')")


def all_saved(page: Any) -> None:
    """Wait until the server holds what the page shows."""
    until(
        page,
        """async () => {
          const answer = await fetch(`${location.pathname}/sheet${location.search}`);
          const open = (await answer.json()).answers.filter((one) => one.open).length;
          const bar = document.getElementById("bar");
          return document.getElementById("status").textContent !== "Saving …" && bar.max - bar.value === open;
        }""",
    )


def marks(room: Path) -> dict[str, tuple[float | None, str | None]]:
    """Return points and comment by learner, straight from the gradebook."""
    query = """
        SELECT student_id, manual_score, manual_comment FROM grade JOIN base_cell ON base_cell.id = grade.cell_id
        JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
        JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
        JOIN comment ON comment.notebook_id = submitted_notebook.id WHERE base_cell.name = 'paragraph'
    """
    with closing(sqlite3.connect(room / GRADEBOOK, timeout=LONGEST_SECONDS)) as book:
        return {student: (points, comment) for student, points, comment in book.execute(query)}


def test_two_hundred_answers_by_keyboard(page_with_log: Any, desk: Served, class_room: Path) -> None:
    page, log = page_with_log(**LAPTOP)
    visit(page, desk)
    assert page.locator("#alike").inner_text().startswith("Alike: 1 of 5")
    write_rubric(page, ("names a layer", "2"), ("an own example", "3"), ("no reason", "-1"))
    expected: dict[str, float] = {}
    # the five that are alike, with one mark
    page.keyboard.press("1")
    page.keyboard.press("a")
    expected |= dict.fromkeys((f"copy{number}" for number in range(5)), 2.0)
    page.keyboard.press("Enter")
    points = {"1": 2.0, "2": 3.0, "12": 5.0, "123": 4.0, "0": 0.0}
    for turn in range(MANY - 5):
        text = page.locator("#text").inner_text()
        keys = list(points)[turn % len(points)]
        for key in keys:
            page.keyboard.press(key)
        expected[f"s{int(text.split(':')[0].removeprefix('Story ')):03}"] = points[keys]
        page.keyboard.press("Enter")
    until(page, "document.getElementById('bar').value === 200")
    all_saved(page)
    # what was saved last, after the reader was told so, does not take it away
    page.get_by_text("Every answer has been marked.").wait_for()
    found = marks(class_room)
    assert {student: mark[0] for student, mark in found.items()} == expected
    assert len(found) == MANY
    # later, an item is worth more, for everybody
    write_rubric(page, ("names a layer", "1.5"))
    page.get_by_text("points that follow from it have changed").wait_for()
    worth = {2.0: 1.5, 3.0: 3.0, 5.0: 4.5, 4.0: 3.5, 0.0: 0.0}
    assert {student: mark[0] for student, mark in marks(class_room).items()} == {
        student: worth[before] for student, before in expected.items()
    }
    assert axe_violations(page) == []
    assert_offline(log)
    assert_quiet(log)


@pytest.mark.parametrize(
    ("lang", "scheme", "window"),
    [("en", "light", LAPTOP), ("zh", "dark", PHONE), ("zh", "light", LAPTOP), ("en", "dark", PHONE)],
)
def test_it_can_be_read_by_everybody(
    page_with_log: Any, desk: Served, lang: str, scheme: str, window: dict[str, Any]
) -> None:
    page, log = page_with_log(color_scheme=scheme, **window)
    visit(page, desk, lang)
    summaries = page.locator("summary").all_inner_texts()
    assert (
        summaries
        == {"en": ["What was asked", "A model answer", "Keys"], "zh": ["题目要求", "参考答案", "快捷键"]}[lang]
    )
    for summary in page.locator("summary").all():
        summary.press("Enter")
    assert page.evaluate(CUT) == []
    assert axe_violations(page) == []
    no_sideways_scroll(page)
    page.keyboard.press("e")
    page.locator("#form input").first.wait_for()
    assert axe_violations(page) == []
    no_sideways_scroll(page)
    page.keyboard.press("Escape")
    assert "s001" not in page.content()
    assert_offline(log)
    assert_quiet(log)


def test_comments_undo_and_the_feedback_page(page_with_log: Any, small_desk: Served, small: Path) -> None:
    page, log = page_with_log()
    visit(page, small_desk)
    write_rubric(page, ("names a layer", "2"))
    page.keyboard.press("c")
    page.keyboard.type("Which guest would miss it? 1 2 3")
    page.keyboard.press("Escape")
    saved(page)
    page.keyboard.press("1")
    page.keyboard.press("ArrowRight")
    page.locator("#comments button").wait_for()
    page.keyboard.press("Shift+Digit1")
    page.keyboard.press("1")
    saved(page)
    all_saved(page)
    expected = (2, False, "names a layer (+2)\n\nWhich guest would miss it? 1 2 3")
    assert paragraph(small, "anna") == expected
    assert paragraph(small, "bo") == expected
    page.keyboard.press("u")
    page.get_by_text("Undone.").wait_for()
    page.keyboard.press("u")
    until(page, "document.getElementById('comment').value === ''")
    second = [one for one in ("anna", "bo") if paragraph(small, one)[0] is None]
    assert len(second) == 1
    assert paragraph(small, second[0]) == (None, True, None)
    first = {"anna": "bo", "bo": "anna"}[second[0]]
    place = small / "feedback" / first / M01.id / "exercise.html"
    told = waiting.until(
        lambda: place.is_file() and "Which guest" in (text := place.read_text(encoding="utf-8")) and text,
        "the feedback is not written anew",
        page=page,
    )
    assert "names a layer (+2)" in told
    assert_quiet(log)


def test_a_window_that_is_behind_writes_nothing_and_says_so(
    page_with_log: Any, small_desk: Served, small: Path
) -> None:
    page, _ = page_with_log()
    visit(page, small_desk)
    write_rubric(page, ("names a layer", "2"), ("an own example", "3"))
    behind, _ = page_with_log()
    visit(behind, small_desk)
    text = page.locator("#text").inner_text()
    assert behind.locator("#text").inner_text() == text
    page.keyboard.press("1")
    saved(page)
    behind.keyboard.press("2")
    behind.get_by_text("Nothing was written").wait_for()
    behind.locator("#rubric button[aria-pressed=true]", has_text="names a layer").wait_for()
    assert behind.locator("#text").inner_text() == text
    student = next(one for one in ("anna", "bo", "chen") if paragraph(small, one)[0] is not None)
    assert paragraph(small, student)[0] == 2
    in_formgrader(small, student, 6.0)
    behind.keyboard.press("1")
    behind.get_by_text("were given elsewhere").wait_for()
    assert paragraph(small, student)[0] == 6.0


def test_a_mark_that_the_network_loses_is_tried_again(page_with_log: Any, small_desk: Served, small: Path) -> None:
    page, _ = page_with_log()
    visit(page, small_desk)
    write_rubric(page, ("names a layer", "2"))
    page.context.set_offline(True)
    page.keyboard.press("1")
    page.get_by_text("Not saved yet").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.press("1")
    assert [mark for mark in marks(small).values() if mark[0] is not None] == []
    page.context.set_offline(False)
    saved(page)
    assert sorted(mark[0] is not None for mark in marks(small).values()) == [False, True, True]


def test_a_damaged_file_is_said_on_the_page(page_with_log: Any, small_desk: Served, small: Path) -> None:
    (small / FILE).write_text("{", encoding="utf-8")
    page, _ = page_with_log()
    page.goto(small_desk.url(OPEN.format(lang="zh")))
    page.get_by_text("无法使用").wait_for()


def test_the_dashboard_leads_to_it(page_with_log: Any, small_desk: Served) -> None:
    page, log = page_with_log()
    page.goto(small_desk.url("voila/render/course/grading/dashboard.ipynb?lang=en"))
    page.get_by_role("link", name="Mark written answers").click()
    page.get_by_role("heading", name="Marking desk").wait_for()
    page.wait_for_selector("#marking:not([hidden])", timeout=PATIENCE)
    page.get_by_role("link", name="中文").click()
    page.get_by_role("heading", name="阅卷台").wait_for()
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    assert_quiet(log)


def test_it_needs_the_token_and_orders_need_the_page(small_desk: Served, small: Path) -> None:
    address = f"http://127.0.0.1:{small_desk.port}/course/desk"
    with urllib.request.urlopen(f"{address}?q={QUESTION}", timeout=LONGEST_SECONDS) as answer:
        assert "/login" in answer.url
    body = json.dumps({"rubric": [], "revision": 0}).encode()
    for path in ("mark", "rubric", "undo"):
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(f"{address}/{path}?q={QUESTION}", body, timeout=LONGEST_SECONDS)
    assert not (small / FILE).exists()


def test_neither_learners_nor_the_public_get_it(server: Served, apps_server: Served) -> None:
    for served in (server, apps_server):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(served.url("course/desk"), timeout=LONGEST_SECONDS)
