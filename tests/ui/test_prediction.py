from __future__ import annotations

import re

import pytest
from traitlets import TraitError

from course.i18n import LANGUAGES
from course.manifest import syllabus
from course.questions import questions
from course.ui.prediction.content import WORDS, prediction_content
from course.ui.prediction.widget import Prediction

MODULE = syllabus().module("m01")
ASKED = questions(MODULE).prediction("third-parcel")


@pytest.mark.parametrize("language", LANGUAGES)
def test_content_is_in_one_language(language: str) -> None:
    content = prediction_content(ASKED, MODULE.id, language)
    assert content["question"] == ASKED.question[language]
    assert content["unit"] == ASKED.unit[language]
    assert (content["low"], content["high"], content["step"]) == (ASKED.low, ASKED.high, ASKED.step)
    assert (content["start"], content["digits"], content["answer"]) == (ASKED.start, ASKED.digits, ASKED.answer)
    assert content["html_lang"] == {"en": "en", "zh": "zh-Hans"}[language]


def test_every_word_is_chinese_and_keeps_its_placeholders() -> None:
    words = prediction_content(ASKED, MODULE.id, "zh")["words"]
    for name, english in WORDS.items():
        assert re.findall(r"\{\w+\}", english) == re.findall(r"\{\w+\}", words[name])
        assert name == "amount" or re.search("[\u4e00-\u9fff]", words[name])


def test_the_guess_is_none_until_the_page_says_one() -> None:
    shown = Prediction(ASKED, MODULE.id, "en")
    assert shown.part == "prediction"
    assert shown.guess is None
    shown.guess = 4
    assert shown.guess == 4.0
    with pytest.raises(TraitError):
        shown.guess = "many"
    assert shown.trait_metadata("guess", "sync")
