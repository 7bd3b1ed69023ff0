"""The Kano tool in the kernel: the same conversation as the survey tool's, with pairs and features in place of dimensions."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from course.ui.survey.kano import KanoTool
from tests.ui.test_survey import Page

NUMBERS = b"a,b,c,d\n1,5,2,5\n1,3,3,3\n1,5,2,5\n"


class KanoPage(Page):
    """A page with the other tool."""

    def __init__(self, language: str = "en") -> None:
        super().__init__(language)
        self.tool: Any = KanoTool(self._hear, language)


def talk(story: Callable[[KanoPage], Awaitable[Any]], language: str = "en") -> Any:
    async def run() -> Any:
        return await story(KanoPage(language))

    return asyncio.run(run())


def choices(survey: dict[str, Any], **answers: str) -> dict[str, Any]:
    return {"uses": survey["uses"], "scale": None, "answers": answers, "leave_out": []}


@pytest.mark.parametrize(("language", "words"), [("en", "no sure class"), ("zh", "归不了类")])
def test_from_the_example_to_report_and_tables(language: str, words: str) -> None:
    async def story(page: KanoPage) -> None:
        page.say("example")
        survey = await page.until("survey")
        assert (survey["low"], survey["high"], survey["checks"]) == (None, None, [])
        page.say("analyse", **choices(survey, pairs="yes"))
        result = await page.until("result")
        assert any(words in each["text"] for section in result["sections"] for each in section["said"])
        assert [section["key"] for section in result["sections"]] == ["map", "classes", "data"]
        assert result["sections"][0]["views"]
        page.say("report")
        page.say("word")
        page.say("slides")
        page.say("tables")
        assert words in page.files[0].decode()
        for office, part in zip(page.files[1:3], ("word/document.xml", "ppt/slides/slide2.xml"), strict=True):
            with zipfile.ZipFile(io.BytesIO(office)) as archive:
                assert words in archive.read(part).decode()
        with zipfile.ZipFile(io.BytesIO(page.files[3])) as archive:
            assert sorted(archive.namelist()) == ["better-worse.csv", "classes.csv", "pairs.csv", "shares.csv"]

    talk(story, language)


def test_the_order_that_the_owner_tells_changes_the_pairs() -> None:
    async def story(page: KanoPage) -> None:
        survey = await page.read(NUMBERS)
        assert [use[1] for use in survey["uses"]] == ["a", "a", "c", "c"]
        plan = page.say("map", **choices(survey, pairs="halves"))
        assert [use[:2] for use in plan["uses"]] == [
            ["functional", "a"],
            ["functional", "b"],
            ["dysfunctional", "a"],
            ["dysfunctional", "b"],
        ]
        plan = page.say("map", **{**choices(survey, pairs="halves-swap"), "uses": plan["uses"]})
        assert [use[0] for use in plan["uses"]] == ["dysfunctional", "dysfunctional", "functional", "functional"]

    talk(story)


def test_a_column_set_apart_is_named_with_its_place() -> None:
    async def story(page: KanoPage) -> None:
        survey = await page.read(NUMBERS)
        uses = [["ignore", None], *survey["uses"][1:]]
        confirmed = choices(survey, pairs="adjacent", direction="first")
        page.say("map", **confirmed)
        page.say("analyse", **{**confirmed, "uses": uses})
        problem = await page.until("result")
        assert (problem["do"], problem["column"]) == ("problem", 1)
        assert "no partner" in problem["message"]

    talk(story)


def test_pairs_that_nobody_confirmed_are_not_analysed() -> None:
    async def story(page: KanoPage) -> None:
        survey = await page.read(NUMBERS)
        page.say("analyse", **choices(survey, direction="first"))
        problem = await page.until("result")
        assert problem["do"] == "problem"
        assert "First answer" in problem["message"]
        page.say("analyse", **choices(survey, direction="first", pairs="adjacent"))
        assert (await page.until("result"))["do"] == "result"

    talk(story)


def test_what_this_tool_does_not_hand_out_is_not_answered() -> None:
    async def story(page: KanoPage) -> None:
        for word in ("workbook", "no-such-word"):
            assert page.say(word) == {}

    talk(story)


def test_a_removed_file_is_gone() -> None:
    async def story(page: KanoPage) -> None:
        await page.read(NUMBERS)
        page.say("remove")
        page.heard.clear()
        assert page.say("state")["do"] == "nothing"
        assert page.say("analyse")["do"] == "problem"

    talk(story)
