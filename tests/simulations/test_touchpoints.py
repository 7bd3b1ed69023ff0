"""A journey as a setting: written and read without loss, and refused in words where it is none."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from traitlets import TraitError

from course.paths import ROOT
from course.simulations.m07_journeys import Journeys
from course.simulations.touchpoints import FEELING, LONGEST, MOST, RELIABILITY, Touchpoint, read, write
from course.ui.journey.words import journey_words
from tests.simulations.strategies import journeys

FULL = "; ".join(["96 8 a"] * MOST)
# a journey that is none, and what is said of it in both languages
BAD = {
    "": ("number of touchpoints 0; give from 1 to 20", "0 个触点；请给 1 到 20 个"),
    f"{FULL}; 96 8 a": ("number of touchpoints 21; give from 1 to 20", "21 个触点"),
    "96 8 Tea; 96 8": ("touchpoint 2: write two numbers and a name", "触点 2：请写两个数和一个名称"),
    "many 8 Tea": ("touchpoint 1: it goes right for 50 to 99.9 of 100", "做对 50 到 99.9 位"),
    "100 8 Tea": ("it goes right for 50 to 99.9 of 100", "做对 50 到 99.9 位"),
    "nan 8 Tea": ("it goes right for 50 to 99.9 of 100", "做对 50 到 99.9 位"),
    "96 11 Tea": ("touchpoint 1: it feels 0 to 10", "感受在 0 到 10 之间"),
    f"96 8 {'a' * (LONGEST + 1)}": ("its name has at most 24 plain signs", "名称最多 24 个普通字符"),
    "96 8 a\u202eb": ("its name has at most 24 plain signs", "名称最多 24 个普通字符"),
}


@given(journeys())
def test_what_is_written_is_read_and_written_the_same(text):
    assert write(read(text)) == text
    assert Journeys(journey=text).journey == text


def test_numbers_are_written_as_a_page_writes_them():
    assert write([Touchpoint(96.0, 8.5, "Tea"), Touchpoint(99.9, 0.0, "茶 🍵")]) == "96 8.5 Tea; 99.9 0 茶 🍵"
    assert Journeys(journey=" 96.0  8.50 Tea ;99.90 0 茶").journey == "96 8.5 Tea; 99.9 0 茶"


@pytest.mark.parametrize(("language", "at"), [("en", 0), ("zh", 1)])
@pytest.mark.parametrize("text", BAD)
def test_what_is_no_journey_says_which_touchpoint_and_how_it_is_meant(speak, language, at, text):
    speak(language)
    with pytest.raises(TraitError) as caught:
        Journeys(journey=text)
    said = str(caught.value)
    assert BAD[text][at] in said
    assert said.startswith(("Touchpoints: ", "触点：")[at])
    assert len(said) < 250


@pytest.mark.parametrize("value", [None, 5, True, ["96 8 Tea"], b"96 8 Tea"])
def test_a_journey_is_a_text(speak, value):
    speak("en")
    with pytest.raises(TraitError, match="a journey is a text, as in"):
        Journeys(journey=value)


@given(st.text())
def test_no_text_brings_anything_but_a_journey_or_a_message(text):
    said = ""
    try:
        Journeys(journey=text).run()
    except TraitError as error:
        said = str(error)
    assert "{" not in said


def test_a_refused_journey_leaves_the_old_one():
    simulation = Journeys()
    before = simulation.journey
    with pytest.raises(TraitError):
        simulation.journey = "nothing"
    assert simulation.journey == before


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_knows_the_same_limits_and_a_name_for_every_key(language):
    told = journey_words(Journeys.words().touchpoints, language)
    json.dumps(told)
    assert (told["most"], told["longest"]) == (MOST, LONGEST)
    for name, (low, high, step) in (("reliability", RELIABILITY), ("feeling", FEELING)):
        start = told[name]["start"]
        assert {"low": low, "high": high, "step": step} == {key: told[name][key] for key in ("low", "high", "step")}
        assert low <= start <= high
    for preset in Journeys.words().presets:
        for touchpoint in Journeys.from_preset(preset.key).touchpoints:
            assert told["names"][touchpoint.key]
    fresh = told["words"]["fresh"].format(number=MOST)
    assert len(fresh) <= LONGEST


def test_every_word_of_the_editor_is_used_and_there_is_one_for_every_use():
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "course/ui/journey").glob("*.js"))
    used = set(re.findall(r"words\.(\w+)", scripts)) | {
        f"bring_{one}" for one in ("count", "name", "reliability", "feeling")
    }
    assert used | {"reliability_is", "feeling_is", "reliability", "feeling"} == set(journey_words({}, "en")["words"])


def test_a_chinese_keyboard_s_semicolon_is_one() -> None:
    assert read("96 6 茶；99 8 账单") == read("96 6 茶; 99 8 账单")
