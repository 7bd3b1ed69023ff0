"""The table of references: each entry has a short form, a full one and an address where there is one."""

from __future__ import annotations

import pytest

from course.i18n import LANGUAGES
from course.references import ReferencesError, read, references
from course.simulations.reading import read as read_words
from course.simulations.words import WordsError

ENTRY = '[reference.kalman-1960]\nshort = "Kalman (1960)"\nfull = "Kalman, R. E. (1960). *Book*."\n'


def test_a_reference_is_cited_by_its_address_and_listed_in_full(tmp_path):
    path = tmp_path / "references.toml"
    path.write_text(ENTRY + 'doi = "10.1115/1.3662552"\n', encoding="utf-8")
    kalman = read(path)["kalman-1960"]
    assert kalman.cited("zh") == "Kalman (1960), https://doi.org/10.1115/1.3662552"
    assert kalman.listed("en") == "Kalman, R. E. (1960). *Book*. https://doi.org/10.1115/1.3662552"


def test_no_space_follows_a_full_width_mark(tmp_path):
    path = tmp_path / "references.toml"
    entry = ENTRY.replace('"Kalman, R. E. (1960). *Book*."', '{ en = "B.", zh = "《书》。" }')
    path.write_text(entry + 'url = "https://a.example.org"\n', encoding="utf-8")
    book = read(path)["kalman-1960"]
    assert book.listed("en") == "B. https://a.example.org"
    assert book.listed("zh") == "《书》。https://a.example.org"


def test_without_an_address_all_of_it_is_cited(tmp_path):
    path = tmp_path / "references.toml"
    path.write_text(ENTRY, encoding="utf-8")
    assert read(path)["kalman-1960"].cited("en") == "Kalman, R. E. (1960). Book."


FAULTS = {
    "no short form": (ENTRY.replace('short = "Kalman (1960)"\n', ""), "reference kalman-1960: short is missing"),
    "two addresses": (ENTRY + 'doi = "10.1/1"\nurl = "https://a.example.org"\n', "keep the DOI"),
    "a slip of the pen": (ENTRY + 'dio = "10.1/1"\n', "nothing here is called dio"),
    "not TOML": ("[reference", r"cannot be read .*git checkout lessons/\S*references\.toml"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_broken_entry_is_named(tmp_path, speak, name):
    speak("en")
    text, message = FAULTS[name]
    path = tmp_path / "references.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReferencesError, match=message):
        read(path)


def test_every_reference_of_the_course_says_something_in_both_languages():
    assert all(reference.cited(language) for reference in references().values() for language in LANGUAGES)


def test_words_that_cannot_be_used_are_named_in_the_language_in_use(tmp_path, speak):
    path = tmp_path / "simulation.toml"
    path.write_text('title = { en = "A" }\n', encoding="utf-8")
    speak("en")
    with pytest.raises(WordsError, match="title needs both languages"):
        read_words(path)
    speak("zh")
    with pytest.raises(WordsError, match=r"simulation\.toml：文件开头：title"):
        read_words(path)
