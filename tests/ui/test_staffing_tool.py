"""The staffing tool in the kernel: the same conversation as the survey tool's, with settings beside the questions."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from course.ui.survey.staffing import StaffingTool
from course.ui.tools import describe_tool
from tests.survey.arrival_files import EN, ROWS
from tests.survey.files import table
from tests.survey.test_arrivals import WISHES
from tests.ui.test_survey import Page

COUNTS = table(EN, ROWS).encode()
WEEK = b"Time,Monday,Tuesday\n10:00,50,16\n10:30,24,4\n"


class StaffingPage(Page):
    """A page with the other tool."""

    def __init__(self, language: str = "en") -> None:
        super().__init__(language)
        self.tool: Any = StaffingTool(self._hear, language)


def talk(story: Callable[[StaffingPage], Awaitable[Any]], language: str = "en") -> Any:
    async def run() -> Any:
        return await story(StaffingPage(language))

    return asyncio.run(run())


def choices(survey: dict[str, Any], settings: dict[str, Any] | None = None, **answers: str) -> dict[str, Any]:
    return {"uses": survey["uses"], "scale": None, "answers": answers, "leave_out": [], "settings": settings or {}}


@pytest.mark.parametrize(
    ("language", "answer", "closed"),
    [("en", "On Monday at 10:00 you need", "closed"), ("zh", "周一 10:00 需要", "停业")],
)
def test_from_the_example_to_answer_and_files(language: str, answer: str, closed: str) -> None:
    async def story(page: StaffingPage) -> None:
        page.say("example")
        survey = await page.until("survey")
        assert survey["questions"] == []
        assert (survey["low"], survey["dimensions"]) == (None, [])
        shown = {each["key"]: each for each in survey["settings"]}
        assert (shown["day"]["value"], shown["time"]["value"]) == (0, 600)
        assert len(shown["day"]["choices"]) == 7
        page.say("analyse", **choices(survey))
        result = await page.until("result")
        assert result["said"][0]["text"].startswith(answer)
        assert [section["key"] for section in result["sections"]] == ["people", "arrivals", "week", "data"]
        assert [bool(section["views"]) for section in result["sections"]] == [True, True, False, False]
        for word in ("report", "workbook", "tables"):
            page.say(word)
        assert answer in page.files[0].decode()
        assert page.files[1].startswith(b"PK")
        with zipfile.ZipFile(io.BytesIO(page.files[2])) as archive:
            assert sorted(archive.namelist()) == ["rota.csv", "staffing.csv", "wishes.csv"]
        page.say("analyse", **choices(survey, {"time": 1_170.0, "day": 6.0}))
        assert not any(closed in each["text"] for each in (await page.until("result"))["said"])

    talk(story, language)


def test_wishes_change_the_answer() -> None:
    async def story(page: StaffingPage) -> None:
        survey = await page.read(COUNTS)
        page.say("analyse", **choices(survey, WISHES))
        first = await page.until("result")
        assert first["said"][0]["text"].startswith("On Monday at 10:00 you need 5 people")
        page.say("analyse", **choices(survey, {**WISHES, "handling": 360}))
        second = await page.until("result")
        assert second["said"][0]["text"].startswith("On Monday at 10:00 you need 8 people")

    talk(story)


def test_an_interval_that_is_not_counted_is_said_to_be_closed() -> None:
    async def story(page: StaffingPage) -> None:
        survey = await page.read(
            b"Date,Time,Calls\n2026-03-02,10:00,9\n2026-03-02,10:30,9\n2026-03-03,11:00,9\n2026-03-03,11:30,8\n"
        )
        page.say("analyse", **choices(survey, {"day": 0.0, "time": 660.0}))
        result = await page.until("result")
        assert [each["caution"] for each in result["said"]] == [True]
        assert "closed" in result["said"][0]["text"]
        assert result["sections"][0]["views"]

    talk(story)


def test_what_only_the_owner_knows_is_asked_and_opens_a_field() -> None:
    async def story(page: StaffingPage) -> None:
        survey = await page.read(WEEK)
        assert [question["key"] for question in survey["questions"]] == ["weeks"]
        assert "weeks" not in {each["key"] for each in survey["settings"]}
        page.say("analyse", **choices(survey))
        problem = await page.until("result")
        assert "First answer" in problem["message"]
        plan = page.say("map", **choices(survey, weeks="sum"))
        assert "weeks" in {each["key"] for each in plan["settings"]}
        page.say("analyse", **choices(survey, {"weeks": 2.0}, weeks="sum"))
        result = await page.until("result")
        assert "25.0 arrivals" in " ".join(each["text"] for each in result["said"])

    talk(story)


def test_a_cell_that_cannot_be_read_is_named_with_its_column() -> None:
    async def story(page: StaffingPage) -> None:
        survey = await page.read(table(EN, [*ROWS[:-1], (*ROWS[-1][:2], "many")]).encode())
        page.say("analyse", **choices(survey))
        problem = await page.until("result")
        assert (problem["do"], problem["column"]) == ("problem", 2)
        assert "“many”" in problem["message"]

    talk(story)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_limits_are_told_before_they_are_hit(language: str) -> None:
    words = describe_tool("staffing", language)["words"]
    assert "25 MB" in words["limits"]
    assert "200,000" in words["limits"]
    assert all(words[each] for each in describe_tool("staffing", language)["offers"])


def test_a_removed_file_is_gone() -> None:
    async def story(page: StaffingPage) -> None:
        survey = await page.read(COUNTS)
        page.say("analyse", **choices(survey))
        await page.until("result")
        page.say("remove")
        page.heard.clear()
        assert page.say("state")["do"] == "nothing"
        assert page.say("report")["do"] == "nothing"
        assert page.files == []
        assert page.say("analyse", **choices(survey))["do"] == "problem"

    talk(story)
