"""The marking desk against nbgrader's own interface to the gradebook: what one writes, the other reads."""

from __future__ import annotations

import json
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from course.grading.book.gradebook import GradebookError
from course.grading.book.results import read
from course.grading.desk.answers import Question, together
from course.grading.desk.desk import Desk, StaleError
from course.grading.desk.pages import Pages
from course.grading.desk.rubric import AskError, Item, reckon, told
from course.grading.desk.state import FILE, MOST_STEPS, StateError
from tests.grading.desk_class import (
    CANTEEN,
    LIBRARY,
    QUESTION,
    in_formgrader,
    open_book,
    open_desk,
    own_story,
    paragraph,
)
from tests.grading.gradebooks import M01

RUBRIC = [
    {"texts": {"en": "names a layer"}, "points": 2},
    {"texts": {"en": "an own example"}, "points": "1,5"},
    {"texts": {"en": "no reason"}, "points": -1},
]


class Page:
    """A window with the desk in it: it knows what it was told last."""

    def __init__(self, root: Path) -> None:
        self.desk = Desk(root)
        self.question: Question = self.desk.find(QUESTION)
        self.look()

    def look(self) -> None:
        self.sheet = self.desk.show(self.question, "en")
        self.answers: dict[str, Any] = {one["key"]: one for one in self.sheet["answers"]}

    def key(self, words: str) -> str:
        return next(key for key, one in self.answers.items() if words in one["text"])

    def take(self, said: dict[str, Any]) -> dict[str, Any]:
        for one in said["answers"]:
            self.answers[one["key"]] |= one
        self.sheet |= {name: said[name] for name in ("rubric", "revision", "top", "comments")}
        return said

    def rubric(self, items: list[dict[str, Any]]) -> None:
        self.take(self.desk.reword(self.question, {"rubric": items, "revision": self.sheet["revision"]}))

    def mark(self, *keys: str, **given: Any) -> dict[str, Any]:
        marks = [{"key": key, "version": self.answers[key]["version"]} for key in keys]
        return self.take(self.desk.mark(self.question, {"marks": marks, "revision": self.sheet["revision"], **given}))

    def undo(self) -> dict[str, Any]:
        return self.take(self.desk.undo(self.question, {"top": self.sheet["top"]}))


@pytest.fixture
def room(tmp_path: Path) -> Path:
    answers = {"anna": LIBRARY, "bo": f"{LIBRARY} So it is.", "chen": CANTEEN, "dora": None, "emil": own_story(7)}
    return open_desk(tmp_path / "class", answers)


@pytest.fixture
def page(room: Path) -> Page:
    page = Page(room)
    page.rubric(RUBRIC)
    return page


def test_answers_come_without_names_and_alike_ones_together(page: Page) -> None:
    assert len(page.answers) == 4, "an untouched paragraph has its points already"
    assert not [name for name in ("anna", "chen", "Last", "First") if name in json.dumps(page.sheet["answers"])]
    first, second = page.sheet["answers"][:2]
    assert {first["text"], second["text"]} == {LIBRARY, f"{LIBRARY} So it is."}
    assert [(one["place"], one["size"]) for one in page.sheet["answers"]] == [(1, 2), (2, 2), (1, 1), (1, 1)]
    assert page.sheet["out_of"] == 6
    assert "<p>" in page.sheet["asked"]


def test_a_mark_stands_in_the_gradebook_at_once_as_nbgrader_reads_it(room: Path, page: Page) -> None:
    assert paragraph(room, "chen") == (None, True, None)
    page.mark(page.key("canteen"), items=[1, 2])
    assert paragraph(room, "chen") == (3.5, False, "names a layer (+2)\nan own example (+1.5)")
    page.mark(page.key("canteen"), comment="Well seen.\n为什么？")
    assert paragraph(room, "chen") == (3.5, False, "names a layer (+2)\nan own example (+1.5)\n\nWell seen.\n为什么？")
    with open_book(room) as book:
        assert book.find_submission(M01.id, "chen").score == 3.5
        assert not book.find_submission(M01.id, "chen").needs_manual_grade
        assert book.find_submission(M01.id, "anna").needs_manual_grade
    assert read(room, M01).scores.loc["chen", "paragraph"] == 3.5
    assert page.desk.counts()[QUESTION] == (3, 4)


def test_what_formgrader_gave_is_shown_and_goes_only_by_a_mark(room: Path, page: Page) -> None:
    in_formgrader(room, "emil", 5.0, "Fine.")
    with pytest.raises(StaleError):
        page.mark(page.key("Story"), items=[1])
    assert paragraph(room, "emil") == (5.0, False, "Fine.")
    page.look()
    shown = page.answers[page.key("Story")]
    assert (shown["points"], shown["comment"], shown["elsewhere"], shown["open"]) == (5.0, "Fine.", True, False)
    page.rubric([{**RUBRIC[0], "id": 1, "points": 3}, *page.sheet["rubric"][1:]])
    assert paragraph(room, "emil") == (5.0, False, "Fine."), "a new rubric is not for what was given elsewhere"
    page.mark(page.key("Story"), items=[1])
    assert paragraph(room, "emil") == (3.0, False, "names a layer (+3)\n\nFine.")
    page.undo()
    assert paragraph(room, "emil") == (5.0, False, "Fine.")


def test_formgrader_changes_points_of_the_desk_and_keeps_the_comment_apart_from_the_items(
    room: Path, page: Page
) -> None:
    key = page.key("canteen")
    page.mark(key, items=[1], comment="Good.")
    in_formgrader(room, "chen", 6.0)
    page.look()
    assert page.answers[key]["comment"] == "Good."
    assert page.answers[key]["elsewhere"]
    page.mark(key, items=[2])
    assert paragraph(room, "chen") == (1.5, False, "an own example (+1.5)\n\nGood.")


def test_points_of_an_item_change_for_all_at_once_and_back(room: Path, page: Page) -> None:
    page.mark(page.key("So it is"), page.key("canteen"), items=[1])
    page.mark(page.key("Story"), items=[2, 3])
    first, *rest = page.sheet["rubric"]
    page.rubric([{**first, "texts": {"en": "names one layer"}, "points": 4.25}, *rest])
    assert [paragraph(room, one)[0] for one in ("bo", "chen", "emil")] == [4.25, 4.25, 0.5]
    assert paragraph(room, "bo")[2] == "names one layer (+4.25)"
    page.undo()
    assert [paragraph(room, one)[0] for one in ("bo", "chen", "emil")] == [2, 2, 0.5]
    page.rubric(rest)
    assert paragraph(room, "bo") == (0, False, None)
    page.undo()
    assert paragraph(room, "bo") == (2, False, "names a layer (+2)")
    page.rubric([*page.sheet["rubric"], {"texts": {"en": "late"}, "points": -1}])
    assert [item["id"] for item in page.sheet["rubric"]] == [1, 2, 3, 4], "a new item never takes an old one's number"


def test_undo_goes_back_step_by_step_also_after_a_restart(room: Path, page: Page) -> None:
    key = page.key("canteen")
    page.mark(key, items=[1])
    page.mark(key, items=[1, 2])
    page.mark(key, comment="W")
    page.mark(key, comment="Well")
    page = Page(room)
    assert page.undo()["at"] == key
    assert paragraph(room, "chen")[2] == "names a layer (+2)\nan own example (+1.5)", (
        "a comment being typed is one step"
    )
    page.undo()
    assert paragraph(room, "chen") == (2, False, "names a layer (+2)")
    page.undo()
    assert paragraph(room, "chen") == (None, True, None)
    page.undo()
    assert page.sheet["rubric"] == []
    with pytest.raises(AskError, match="nothing to undo"):
        page.undo()


def test_undo_leaves_alone_what_was_changed_elsewhere(room: Path, page: Page) -> None:
    page.mark(page.key("So it is"), page.key("canteen"), items=[1])
    in_formgrader(room, "chen", 6.0)
    assert page.undo()["kept"] == 1
    assert paragraph(room, "chen")[0] == 6.0
    assert paragraph(room, "bo") == (None, True, None)


def test_a_second_window_cannot_overwrite_what_it_has_not_seen(room: Path, page: Page) -> None:
    other, key = Page(room), page.key("canteen")
    page.mark(key, items=[1])
    for attempt in (
        lambda: other.mark(key, items=[3]),
        lambda: other.undo(),
    ):
        with pytest.raises(StaleError, match="Nothing was written"):
            attempt()
    other.look()
    page.rubric(page.sheet["rubric"][:2])
    with pytest.raises(StaleError):
        other.rubric(RUBRIC)
    with pytest.raises(StaleError):
        other.mark(other.key("Story"), items=[1])
    assert paragraph(room, "chen") == (2, False, "names a layer (+2)")
    assert paragraph(room, "emil") == (None, True, None)


def test_many_windows_at_once_lose_nothing(tmp_path: Path) -> None:
    room = open_desk(tmp_path, {f"s{number}": own_story(number) for number in range(24)})
    Page(room).rubric(RUBRIC)
    failures: list[BaseException] = []

    def marks(part: int) -> None:
        page = Page(room)
        for key in sorted(page.answers)[part::4]:
            try:
                page.mark(key, items=[1 + part % 2], comment=f"by {part}")
            except BaseException as error:
                failures.append(error)

    threads = [threading.Thread(target=marks, args=(part,)) for part in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    shown = Page(room).sheet["answers"]
    assert [one["open"] or one["elsewhere"] for one in shown] == [False] * 24
    assert json.loads((room / FILE).read_text(encoding="utf-8"))["questions"][QUESTION]["steps"] == 25


def test_a_graded_submission_that_is_graded_again_asks_to_be_looked_at(room: Path, page: Page) -> None:
    key = page.key("canteen")
    page.mark(key, items=[1])
    with open_book(room) as book:
        book.find_grade("paragraph", "exercise", M01.id, "chen").needs_manual_grade = True
        book.db.commit()
    page.look()
    assert page.answers[key]["again"]
    assert page.answers[key]["items"] == [1]
    page.rubric([{**page.sheet["rubric"][0], "points": 3}])
    assert paragraph(room, "chen")[:2] == (3, True), "new points are not a look at the answer"
    page.mark(key, items=[1])
    assert paragraph(room, "chen")[:2] == (3, False)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ([{"texts": {"en": ""}, "points": 1}], "Item 1 needs a text"),
        ([{"texts": {"en": "x"}, "points": "many"}], "Item 1 needs a text, and points from −100 to 100"),
        ([{"texts": {"en": "x"}, "points": float("nan")}], "Item 1"),
        ([{"texts": {"en": "x"}, "points": 101}], "Item 1"),
        ([{"texts": {"en": "x" * 201}, "points": 1}], "At most 200 characters"),
        ([{"texts": {"en": "x"}, "points": 1}] * 10, "at most nine"),
        ("x", "list of items"),
        ([3], "Item 1"),
    ],
)
def test_a_rubric_that_cannot_be_is_refused_whole(page: Page, asked: Any, says: str) -> None:
    with pytest.raises(AskError, match=says):
        page.rubric(asked)
    page.look()
    assert len(page.sheet["rubric"]) == 3


def test_orders_that_make_no_sense_write_nothing(room: Path, page: Page) -> None:
    key = page.key("canteen")
    for given in ({"items": [77]}, {"items": "1"}, {"comment": "x" * 5001}):
        with pytest.raises(AskError):
            page.mark(key, **given)
    for marks in ([], "x", None):
        with pytest.raises(AskError):
            page.desk.mark(page.question, {"marks": marks, "revision": page.sheet["revision"]})
    with pytest.raises(AskError, match="no question"):
        page.desk.find("m01-expectation-gap/nothing")
    page.mark(key, comment="half a character \ud83d, and <b>markup</b>")
    assert paragraph(room, "chen") == (None, True, "half a character ?, and <b>markup</b>")


def test_a_learner_reads_an_item_in_the_language_of_the_edition(tmp_path: Path) -> None:
    for language, layer in (("en", "names a layer (+2)"), ("zh", "说出一个层次 (+2)")):
        room = open_desk(tmp_path / language, {"chen": CANTEEN}, language)
        page = Page(room)
        page.rubric(
            [
                {"texts": {"en": "names a layer", "zh": " 说出一个层次 "}, "points": 2},
                {"texts": {"zh": "有例子"}, "points": 1},
            ]
        )
        page.mark(page.key("canteen"), items=[1, 2])
        assert paragraph(room, "chen") == (3, False, f"{layer}\n有例子 (+1)")
        first, second = page.sheet["rubric"]
        page.rubric([{**first, "texts": {"en": "a layer", "zh": "层次"}}, second])
        assert (
            paragraph(room, "chen")[2] == {"en": "a layer (+2)\n有例子 (+1)", "zh": "层次 (+2)\n有例子 (+1)"}[language]
        )


def test_a_file_from_before_items_had_two_languages_goes_on(room: Path, page: Page) -> None:
    page.mark(page.key("canteen"), items=[1])
    held = json.loads((room / FILE).read_text(encoding="utf-8"))
    for item in held["questions"][QUESTION]["rubric"]:
        item["text"] = item.pop("texts")["en"]
    (room / FILE).write_text(json.dumps({**held, "format": 1}), encoding="utf-8")
    page.look()
    assert page.sheet["rubric"][0]["texts"] == {"en": "names a layer"}
    assert page.answers[page.key("canteen")]["items"] == [1]


def test_a_damaged_file_is_named_and_never_written_over(room: Path, page: Page) -> None:
    page.mark(page.key("canteen"), items=[1])
    for content in ("", "[]", '{"format": 3}', '{"format": 1, "questions": {"x": 3}}', "\x00"):
        (room / FILE).write_text(content, encoding="utf-8")
        with pytest.raises(StateError, match=r"desk\.json cannot be used"):
            page.look()
        with pytest.raises(StateError):
            page.rubric(RUBRIC)
        assert (room / FILE).read_text(encoding="utf-8") == content
    (room / FILE).unlink()
    page.look()
    assert page.answers[page.key("canteen")]["points"] == 2, "points are the gradebook's"


def test_a_kill_between_file_and_gradebook_loses_no_point(
    room: Path, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    key = page.key("canteen")
    page.mark(key, items=[1])
    monkeypatch.setattr("course.grading.desk.desk.save", killed)
    with pytest.raises(KeyboardInterrupt):
        page.mark(key, items=[1, 2])
    assert paragraph(room, "chen")[0] == 2, "neither is written"
    monkeypatch.undo()
    page.mark(key, items=[1, 2])
    assert paragraph(room, "chen")[0] == 3.5


def test_a_gradebook_in_use_is_said(room: Path, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("course.grading.desk.desk.PATIENCE", 0.05)
    with closing(sqlite3.connect(room / "gradebook.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(GradebookError, match=r"gradebook\.db"):
            page.mark(page.key("canteen"), items=[1])
        other.execute("ROLLBACK")
    page.mark(page.key("canteen"), items=[1])
    assert paragraph(room, "chen")[0] == 2


def test_without_a_gradebook_there_is_nothing_to_read(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert set(desk.counts().values()) == {(0, 0)}
    assert desk.show(desk.find(QUESTION), "zh")["answers"] == []
    with pytest.raises(AskError, match="no gradebook"):
        desk.reword(desk.find(QUESTION), {"rubric": RUBRIC, "revision": 0})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("language", "points"), [("en", "3.5"), ("zh", "3.5")])
def test_the_feedback_page_tells_points_and_comment(tmp_path: Path, language: str, points: str) -> None:
    room = open_desk(tmp_path, {"chen": CANTEEN, "emil": own_story(1)}, language)
    page = Page(room)
    page.rubric(RUBRIC)
    page.mark(page.key("canteen"), items=[1, 2], comment="Look at <the> till.")
    pages = Pages(room)
    try:
        assert pages.write_one(M01.id)
        assert not pages.write_one(M01.id), "only pages that are older than the gradebook"
        html = (room / "feedback" / "chen" / M01.id / "exercise.html").read_text(encoding="utf-8")
        assert points in html
        assert "names a layer (+2)" in html
        assert "Look at &lt;the&gt; till." in html
        page.undo()
        assert pages.write_one(M01.id)
        assert "the&gt; till" not in (room / "feedback" / "chen" / M01.id / "exercise.html").read_text(encoding="utf-8")
    finally:
        pages.close()


def test_what_lateness_costs_follows_the_points_given_here(tmp_path: Path) -> None:
    room = open_desk(tmp_path, {"chen": CANTEEN, "emil": own_story(1)})
    half = (
        "from nbgrader.plugins import BasePlugin\n\n\nclass Half(BasePlugin):\n"
        "    def late_submission_penalty(self, student_id, score, total_seconds_late):\n        return score / 2\n"
    )
    (room / "half_desk.py").write_text(half, encoding="utf-8")
    config = f"import sys\nc = get_config()\nsys.path.insert(0, {str(room)!r})\n"
    config += "c.AssignLatePenalties.plugin_class = 'half_desk.Half'\n"
    (room / "nbgrader_config.py").write_text(config, encoding="utf-8")
    with open_book(room) as book:
        book.update_or_create_assignment(M01.id, duedate="2026-10-05 12:00:00 UTC")
        book.update_or_create_submission(M01.id, "chen", timestamp="2026-10-05 13:00:00 UTC")
        book.update_or_create_submission(M01.id, "emil", timestamp="2026-10-05 11:00:00 UTC")
    page, pages = Page(room), Pages(room)

    def penalties() -> dict[str, float]:
        while pages.write_one(M01.id):
            pass
        with open_book(room) as book:
            return {
                name: book.find_submission(M01.id, name).late_submission_penalty or 0.0 for name in ("chen", "emil")
            }

    try:
        page.rubric(RUBRIC)
        page.mark(page.key("canteen"), page.key("Story"), items=[1, 2])
        assert penalties() == {"chen": 1.75, "emil": 0.0}
        assert "1.75" in (room / "feedback" / "chen" / M01.id / "exercise.html").read_text(encoding="utf-8")
        page.rubric([{**page.sheet["rubric"][0], "points": 4.5}, *page.sheet["rubric"][1:]])
        assert penalties() == {"chen": 3.0, "emil": 0.0}
        page.undo()
        page.undo()
        assert penalties() == {"chen": 0.0, "emil": 0.0}
    finally:
        pages.close()


def test_undo_is_bounded(page: Page) -> None:
    key = page.key("canteen")
    for number in range(MOST_STEPS + 5):
        page.mark(key, items=[1 + number % 2])
    held = json.loads((page.desk.root / FILE).read_text(encoding="utf-8"))["questions"][QUESTION]
    assert len(held["undo"]) == MOST_STEPS


def test_points_stay_within_what_the_task_is_worth() -> None:
    items = (Item(1, {"en": "a"}, 4), Item(2, {"en": "b"}, 4), Item(3, {"zh": "c"}, -5))
    assert [reckon(items, chosen, 6) for chosen in ((1,), (1, 2), (3,), (1, 2, 3), ())] == [4, 6, 0, 3, 0]
    assert told(items, (1, 3), "So.", "en") == "a (+4)\nc (−5)\n\nSo."
    assert told(items, None, "So.", "en") == "So."
    assert Item(1, {"en": "well-made"}, 0).line("zh") == "well-made"


def test_alike_answers_form_groups_in_an_order_that_is_nobodys_doing() -> None:
    copy = LIBRARY.replace("a reading lamp", "a good lamp")
    texts = [own_story(1), LIBRARY, own_story(2), copy, LIBRARY.upper() + "!", "服务要让人满意", "服务要让人满意。", ""]
    groups = together(texts)
    assert [sorted(group) for group in groups[:2]] == [[1, 3, 4], [5, 6]]
    assert sorted(place for group in groups for place in group) == list(range(8))
    assert together(texts) == groups
    turned = [[texts[place] for place in group] for group in groups]
    assert [[texts[::-1][place] for place in group] for group in together(texts[::-1])] == turned
