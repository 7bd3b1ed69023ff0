"""The survey tool in the kernel: takes a file in pieces, answers whatever it is told, keeps all of it to itself."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.survey import LIMITS, guess, read_survey, template
from course.survey.plan import DATE, EXPECTATION, IGNORE, PERCEPTION
from course.ui.survey import EXAMPLE, SurveyTool, tool
from course.ui.survey.words import WORDS
from tests.waiting import until_true

PIECE = 4_000
SECRET = "Wei-Zhang-4711"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


class Page:
    """Stands in for the page: sends what it is told to and keeps every answer. Lives inside a running loop."""

    def __init__(self, language: str = "en") -> None:
        self.heard: list[dict[str, Any]] = []
        self.files: list[bytes] = []
        self.tool = SurveyTool(self._hear, language)

    def _hear(self, message: dict[str, Any], buffers: list[bytes]) -> None:
        json.dumps(message, allow_nan=False)
        self.heard.append(message)
        self.files += buffers

    def say(self, what: str, **details: Any) -> dict[str, Any]:
        """Send a message and return the last answer so far."""
        self.tool.handle({"kind": "tool", "tool": "survey", "do": what, **details})
        return self.heard[-1] if self.heard else {}

    async def until(self, *words: str) -> dict[str, Any]:
        """Wait for the first further answer of one of these kinds, or a problem."""

        def first() -> dict[str, Any] | None:
            return next((message for message in self.heard if message["do"] in (*words, "problem")), None)

        message: dict[str, Any] = await until_true(first, lambda: f"none of {words} came: {self.heard}")
        self.heard.clear()
        return message

    def upload(self, data: bytes, name: str = "survey.csv", turn: str = "t1") -> None:
        """Send a file in pieces, as the page does: each when the one before was taken."""
        answer = self.say("begin", turn=turn, name=name, size=len(data))
        while answer["do"] == "want":
            at = answer["at"]
            answer = self.say("piece", turn=turn, at=at, buffers=[memoryview(data[at : at + PIECE])])

    async def read(self, data: bytes, name: str = "survey.csv") -> dict[str, Any]:
        self.upload(data, name)
        return await self.until("survey")


def talk(story: Callable[[Page], Awaitable[Any]], language: str = "en") -> Any:
    async def run() -> Any:
        return await story(Page(language))

    return asyncio.run(run())


def columns(*rows: str) -> bytes:
    return "\r\n".join(rows).encode()


def small(count: int = 40, recommend_from: int = 0) -> bytes:
    """A survey of four questions and a recommendation."""
    lines = ["E_reliability_1,P_reliability_1,E_empathy_1,P_empathy_1,recommend"]
    for at in range(count):
        recommend = max(recommend_from, 10 - at % 11) if recommend_from else 10 - at % 11
        lines.append(f"{5 + at % 3},{3 + at % 4},{4 + at % 3},{4 + at % 4},{recommend}")
    return columns(*lines)


def test_the_example_goes_all_the_way() -> None:
    async def story(page: Page) -> None:
        page.say("example")
        read = await page.until("survey")
        assert read["rows"] == 300
        assert [column["name"] for column in read["columns"]][:2] == ["customer", "date"]
        assert read["columns"][1]["samples"][0] == "2025-03-01"
        assert read["uses"][1] == [DATE, None]
        page.say("analyse")
        result = await page.until("result")
        assert {section["key"] for section in result["sections"]} >= {
            "gap",
            "alpha",
            "recommend",
            "importance",
            "chart",
            "data",
        }
        for section in result["sections"]:
            for table in section["tables"]:
                assert table["rows"]
                assert all(len(row) == len(table["heads"]) for row in table["rows"])
            assert section["key"] == "absent" or section["tables"]
            assert section["key"] in {"data", "absent"} or section["views"]

    talk(story)


def test_progress_is_told_and_grows() -> None:
    async def story(page: Page) -> list[float]:
        await page.read(EXAMPLE.read_bytes())
        page.say("analyse")
        await until_true(lambda: any(message["do"] == "result" for message in page.heard))
        return [message["share"] for message in page.heard if message["do"] == "progress"]

    shares = talk(story)
    assert len(shares) > 5
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] <= 1


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_comes_back_and_is_read_without_a_question(kind: str, language: str) -> None:
    async def story(page: Page) -> None:
        answer = page.say("template", format=kind)
        assert answer["do"] == "file"
        assert answer["name"].endswith(f".{kind}")
        (body,) = page.files
        read = await page.read(body, answer["name"])
        assert read["do"] == "survey", read
        assert read["questions"] == []
        roles = {role for role, _ in read["uses"]}
        assert {EXPECTATION, PERCEPTION} <= roles

    talk(story, language)


def test_a_piece_that_comes_twice_is_taken_once() -> None:
    data = small()

    async def story(page: Page) -> None:
        page.say("begin", turn="a", name="x.csv", size=len(data))
        for at in (0, 0, 100, 0, 100):
            page.say("piece", turn="a", at=at, buffers=[data[at : at + 100]])
        assert page.heard[-1] == {"do": "want", "turn": "a", "at": 200}
        page.say("piece", turn="a", at=200, buffers=[data[200:]])
        assert (await page.until("survey"))["rows"] == 40

    talk(story)


def test_pieces_of_an_upload_that_was_given_up_are_ignored() -> None:
    async def story(page: Page) -> None:
        page.say("begin", turn="old", name="old.csv", size=10_000)
        page.say("cancel")
        page.heard.clear()
        page.say("piece", turn="old", at=0, buffers=[b"x" * 4_000])
        assert page.heard == []
        page.say("begin", turn="new", name="new.csv", size=10)
        page.say("piece", turn="old", at=0, buffers=[b"x" * 10])
        assert page.heard == [{"do": "want", "turn": "new", "at": 0}]

    talk(story)


@pytest.mark.parametrize("size", [LIMITS.bytes + 1, 100_000_000, -1, "many", None])
def test_a_file_too_large_is_refused_before_its_first_piece(size: Any) -> None:
    async def story(page: Page) -> dict[str, Any]:
        return page.say("begin", turn="a", name="big.csv", size=size)

    answer = talk(story)
    assert answer["do"] == "problem"
    assert answer["message"]


def test_more_bytes_than_announced_are_refused() -> None:
    async def story(page: Page) -> dict[str, Any]:
        page.say("begin", turn="a", name="x.csv", size=10)
        return page.say("piece", turn="a", at=0, buffers=[b"x" * 11])

    assert talk(story)["do"] == "problem"


def test_an_empty_file_is_a_problem_in_words() -> None:
    async def story(page: Page) -> dict[str, Any]:
        return await page.read(b"")

    answer = talk(story)
    assert answer["do"] == "problem"
    assert "empty" in answer["message"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_problem_names_the_column_and_leaves_the_result(language: str) -> None:
    async def story(page: Page) -> None:
        await page.read(small())
        page.say("analyse")
        await page.until("result")
        lines = small().decode().split("\r\n")
        lines[7] = "5,a lot,5,5,9"
        answer = await page.read(columns(*lines), "bad.csv")
        if answer["do"] == "survey":
            page.say("analyse")
            answer = await page.until("result")
            assert answer["column"] == 1
        assert answer["do"] == "problem"
        assert "8" in answer["message"]
        assert "P_reliability_1" in answer["message"]
        page.say("state")
        kept = next(message for message in page.heard if message["do"] == "result")
        assert kept["name"] == "survey.csv"
        assert not kept["new"], "the page must not announce it again"

    talk(story, language)


def test_the_slip_of_a_scale_from_one_is_asked_and_changes_the_score() -> None:
    async def story(page: Page) -> None:
        read = await page.read(small(200, recommend_from=1))
        question = read["questions"][0]
        assert "recommend" in question["columns"]
        assert question["answer"] is None
        assert all(choice["effect"] for choice in question["choices"]), "each choice says what it would lead to"
        scores = []
        for choice in question["choices"]:
            page.say("analyse", answers={question["key"]: choice["value"]})
            result = await page.until("result")
            (section,) = (each for each in result["sections"] if each["key"] == "recommend")
            scores.append(section["said"][0]["text"])
        assert len(set(scores)) > 1

    talk(story)


def test_roles_dimensions_and_scale_can_be_changed() -> None:
    async def story(page: Page) -> None:
        read = await page.read(small())
        uses = [list(use) for use in read["uses"]]
        uses[4] = [IGNORE, None]
        uses[0] = [EXPECTATION, "tangibles"]
        plan = page.say("map", uses=uses, scale=[1, 9], leave_out=["straight"], answers={})
        assert plan["do"] == "plan"
        assert plan["uses"] == uses
        assert (plan["low"], plan["high"]) == (1, 9)
        assert [check["on"] for check in plan["checks"]] == [True, False, False, False]
        wrong = page.say("map", uses=uses, scale=[7, 7], answers={})
        assert wrong["do"] == "problem"
        page.say("state")
        again = next(message for message in page.heard[::-1] if message["do"] == "survey")
        assert again["uses"] == uses
        assert again["high"] == 9, "what was refused changes nothing"

    talk(story)


def test_another_language_says_the_same_findings() -> None:
    async def story(page: Page) -> None:
        page.say("example")
        await page.until("survey")
        page.say("analyse")
        english = await page.until("result")
        page.tool.speak("zh")
        page.say("state")
        chinese = next(message for message in page.heard if message["do"] == "result")
        assert [section["key"] for section in english["sections"]] == [
            section["key"] for section in chinese["sections"]
        ]
        for before, after in zip(english["sections"], chinese["sections"], strict=True):
            assert before["title"] != after["title"]
            if before["key"] in {"gap", "alpha"}:
                cells = [[row[1:] for row in section["tables"][0]["rows"]] for section in (before, after)]
                assert cells[0] == cells[1]

    talk(story)


def test_cancelled_it_says_nothing_more_and_keeps_what_it_had() -> None:
    async def story(page: Page) -> None:
        await page.read(EXAMPLE.read_bytes())
        others = set(threading.enumerate())
        page.say("analyse")
        (worker,) = set(threading.enumerate()) - others
        page.say("cancel")
        page.heard.clear()
        worker.join()
        # what it left on the loop is said first
        await asyncio.sleep(0)
        assert page.heard == []
        page.say("state")
        assert [message["do"] for message in page.heard] == ["survey"]

    talk(story)


def test_removed_it_is_gone() -> None:
    async def story(page: Page) -> None:
        await page.read(small())
        page.say("remove")
        page.heard.clear()
        page.say("state")
        assert [message["do"] for message in page.heard] == ["nothing"]
        assert page.say("analyse")["do"] == "problem"

    talk(story)


def test_report_and_tables_come_as_files() -> None:
    async def story(page: Page) -> None:
        assert page.say("report") == {}, "without findings there is nothing to give"
        await page.read(small())
        page.say("analyse")
        await page.until("result")
        assert page.say("report")["type"].startswith("text/html")
        assert page.say("tables")["type"] == "application/zip"
        assert page.files[0].lstrip().lower().startswith(b"<!doctype html")
        assert page.files[1].startswith(b"PK")

    talk(story)


def test_what_nobody_foresaw_is_said_without_quoting_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: Any, **_options: Any) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(tool, "analyse", fail)

    async def story(page: Page) -> dict[str, Any]:
        await page.read(small())
        page.say("analyse")
        return await page.until("result")

    answer = talk(story)
    assert answer["do"] == "problem"
    assert "RuntimeError" in answer["message"]
    assert SECRET not in answer["message"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(
    what=st.sampled_from(["begin", "piece", "cancel", "remove", "map", "analyse", "state", "template", "report", "x"]),
    details=st.dictionaries(
        st.sampled_from(["turn", "name", "size", "at", "uses", "scale", "answers", "format", "leave_out"]), JSON
    ),
    begun=st.booleans(),
)
def test_no_message_raises(what: str, details: dict[str, Any], begun: bool) -> None:
    async def story(page: Page) -> None:
        if begun:
            page.say("begin", turn=None, name="x.csv", size=10)
        raw = read_survey(small(), "x.csv")
        page.tool._raw, page.tool._plan = raw, guess(raw)
        page.tool.handle({"do": what, **details})
        page.tool.handle({"do": what, **details, "buffers": [b"1"]})
        page.say("cancel")

    talk(story)


OPENED: list[tuple[str, Any]] = []
WATCHING: list[bool] = []


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if WATCHING and event in {"open", "os.rename", "os.mkdir", "shutil.copyfile", "socket.connect", "subprocess.Popen"}:
        OPENED.append((event, arguments))


@pytest.fixture
def written() -> Iterator[list[tuple[str, Any]]]:
    """Whatever this process opens to write, creates, renames, connects to or starts while the test runs."""
    if not getattr(_watch, "hooked", False):
        sys.addaudithook(_watch)
        _watch.hooked = True  # type: ignore[attr-defined]
    OPENED.clear()
    WATCHING.append(True)
    yield OPENED
    WATCHING.clear()


def _writes(event: str, arguments: tuple[Any, ...]) -> bool:
    if event != "open":
        return True
    _path, mode, flags = arguments
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def test_the_watch_sees_a_write(written: list[tuple[str, Any]], tmp_path: Any) -> None:
    (tmp_path / "x").write_text("x")
    assert any(_writes(*each) for each in written)


@pytest.mark.parametrize("good", [True, False])
def test_nothing_of_a_file_is_written_or_logged(
    good: bool,
    written: list[tuple[str, Any]],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    lines = small().decode().split("\r\n")
    lines = [f"{line},{'comment' if not at else SECRET}" for at, line in enumerate(lines)]
    if not good:
        lines[5] = f"5,{SECRET},5,5,9,x"

    async def story(page: Page) -> None:
        OPENED.clear()
        read = await page.read(columns(*lines), f"{SECRET}.csv")
        assert SECRET in json.dumps(read), "the file came through here"
        page.say("analyse")
        result = await page.until("result")
        assert result["do"] == ("result" if good else "problem")
        page.say("report")
        page.say("tables")
        page.say("state")

    talk(story)
    assert [each for each in written if _writes(*each)] == []
    assert SECRET not in caplog.text
    out, err = capfd.readouterr()
    assert SECRET not in out + err


def test_the_template_and_the_example_carry_no_formula_and_no_person() -> None:
    for language in ("en", "zh"):
        raw = read_survey(template("csv", language), "t.csv")
        assert not any(str(cell).startswith(("=", "+", "@")) for name in raw.cells for cell in raw.cells[name])


def test_every_word_has_its_chinese() -> None:
    english, chinese = (SurveyTool.describe(language)["words"] for language in ("en", "zh"))
    assert set(english) == set(WORDS)
    assert [key for key in WORDS if english[key] == chinese[key]] == []
    assert "25" in english["limits"]
