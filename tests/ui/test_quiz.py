from __future__ import annotations

import json
import re

import pytest

from course.i18n import LANGUAGES
from course.manifest import syllabus
from course.questions import SECTIONS, NumberItem, OptionItem, questions
from course.ui.quiz import content
from course.ui.quiz.content import WORDS, quiz_content
from course.ui.quiz.widget import Quiz

MODULE = syllabus().module("m01")
ITEMS = questions(MODULE).items


@pytest.mark.parametrize("language", LANGUAGES)
def test_content_is_in_one_language_and_complete(language: str) -> None:
    content = quiz_content(ITEMS, MODULE.id, language)
    assert [row["id"] for row in content["objectives"]] == [objective.id for objective in MODULE.objectives]
    assert len(content["items"]) == len(ITEMS)
    for item, shown in zip(ITEMS, content["items"], strict=True):
        assert shown["question"] == item.question[language]
        if isinstance(item, OptionItem):
            expected = [(option.text[language], option.right, option.feedback[language]) for option in item.options]
            assert [(row["text"], row["right"], row["feedback"]) for row in shown["options"]] == expected
        if isinstance(item, NumberItem):
            assert (shown["answer"], shown["tolerance"]) == (item.answer, item.tolerance)
            assert shown["unit"] in shown["label"]
            assert [row["feedback"] for row in shown["traps"]] == [trap.feedback[language] for trap in item.traps]


def test_every_word_is_chinese_and_keeps_its_placeholders() -> None:
    words = quiz_content(ITEMS, MODULE.id, "zh")["words"]
    for name, english in WORDS.items():
        assert sorted(re.findall(r"\{\w+\}", english)) == sorted(re.findall(r"\{\w+\}", words[name]))
        assert name == "named" or re.search("[\u4e00-\u9fff]", words[name])


def test_every_section_has_a_title() -> None:
    assert tuple(content.SECTIONS) == SECTIONS


def test_a_quiz_travels_light() -> None:
    shown = Quiz(ITEMS, MODULE.id, "zh")
    assert shown.part == "quiz"
    assert len(json.dumps(shown.get_state(), default=str, ensure_ascii=False).encode()) < 24_000
