"""The words of a network fit what the page fills in, and its frames what the page draws."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from course.authoring.rules.spreadings import spread
from course.entries import Entry
from course.i18n import LANGUAGES
from course.simulations.m08_word_of_mouth import WordOfMouth
from course.simulations.spreading import LOOKS, SENTENCES, read_spreading
from course.simulations.words import WordsError
from course.ui.network import described_network

STORY = {"quiet": {"en": "knows", "zh": "知道"}}


def entry(fields: dict[str, Any], place: str = "spreading") -> Entry:
    return Entry(fields, "simulation.toml", place, WordsError)


def sentences(**other: str) -> dict[str, Any]:
    written = {name: " ".join(f"{{{part}}}" for part in sorted(parts)) or name for name, parts in SENTENCES.items()}
    return {name: {"en": text, "zh": text} for name, text in {**written, **other}.items()}


def stories(count: int) -> dict[str, Entry]:
    return {f"s{number}": entry(dict(STORY), f"story s{number}") for number in range(count)}


def test_every_part_of_a_sentence_may_be_named():
    words = read_spreading(entry(sentences()), stories(LOOKS))
    assert words.first["en"] == "{day} {ties} {told}"
    assert words.stories["s0"].telling is None


@pytest.mark.parametrize(
    ("fields", "count", "problem"),
    [
        (sentences(many="{day}: {more}"), LOOKS, "many names 'more'; it may name: all, day, heard, new"),
        (sentences(title="{all}"), LOOKS, "title names 'all'"),
        (sentences(), LOOKS - 1, f"write {LOOKS}"),
        ({**sentences(), "extra": "x"}, LOOKS, "extra"),
    ],
)
def test_what_does_not_fit_is_named(fields, count, problem):
    with pytest.raises(WordsError, match=r"simulation\.toml: spreading") as error:
        read_spreading(entry(fields), stories(count))
    assert problem in str(error.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_gets_frames_that_a_run_yields_and_words_in_its_language(language):
    described = described_network(WordOfMouth, language)
    assert described is not None
    run = WordOfMouth().run()
    people, ties, tellings = (run.frames[described["frames"][key]] for key in ("people", "ties", "tellings"))
    assert people["person"].tolist() == [*range(len(people))]
    assert people["x"].between(0, described["width"]).all()
    assert people["y"].between(0, described["height"]).all()
    assert ties[["first", "second"]].isin(people["person"].tolist()).all(axis=None)
    assert set(tellings["story"]) <= {*described["words"]["stories"], ""}
    chinese = any(
        "\u4e00" <= letter <= "\u9fff" for letter in described["words"]["title"] + described["words"]["replay"]
    )
    assert chinese is (language == "zh")


def test_a_network_without_words_or_frames_is_named():
    words, run = WordOfMouth.words(), WordOfMouth().run()
    assert [*spread(WordOfMouth, words, run)] == []
    assert [place for place, *_ in spread(WordOfMouth, replace(words, spreading=None), run)] == ["spreading"]
    short = replace(run, tables={**run.frames, "ties": run.frames["ties"].drop(columns="second")})
    assert "first, second" in next(spread(WordOfMouth, words, short))[1]
    other = replace(run, tables={**run.frames, "tellings": run.frames["tellings"].assign(story="rumour")})
    assert [place for place, *_ in spread(WordOfMouth, words, other)] == ["story rumour"]
