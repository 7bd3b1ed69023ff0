"""The glossary: its words are found as whole words, and not in the phrases that may hold them."""

from __future__ import annotations

import pytest

from course.authoring.rules.glossary import _pattern
from course.glossary import GlossaryError, glossary, read, read_all

TERM = '[[term]]\nkey = "a"\nmodule = "m01"\nname = { en = "A", zh = "甲" }\nmeaning = { en = "B.", zh = "乙。" }\n'


@pytest.mark.parametrize(
    ("word", "allowed", "text", "found"),
    [
        ("客户", ("客户至上", "痴迷于客户"), "每一位客户", True),
        ("客户", ("客户至上", "痴迷于客户"), "客户至上，痴迷于客户", False),
        ("客户", ("客户至上", "痴迷于客户"), "客户至上，可客户走了", True),
        ("anew", (), "Draw Anew.", True),
        ("anew", (), "a new day in Anewland", False),
        ("[app](app.ipynb)", (), "open the [app](app.ipynb).", True),
    ],
)
def test_a_word_is_found_where_it_is_not_part_of_an_allowed_phrase(
    word: str, allowed: tuple[str, ...], text: str, found: bool
) -> None:
    assert bool(_pattern(word, allowed).search(text)) == found


def test_no_term_avoids_its_own_name_or_anothers() -> None:
    names = [name for term in glossary().terms for name in term.name.values()]
    for term in glossary().terms:
        for language, words in term.avoid.items():
            assert not [word for word in words for name in names if _pattern(word, term.allowed[language]).search(name)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (TERM + TERM, "key is used twice"),
        (TERM.replace("name", "nmae"), "name is missing"),
        (TERM + "avoid = { de = ['x'] }\n", "nothing here is called de"),
        (TERM + "[[phrase]]\nlanguage = 'de'\navoid = ['x']\nsay = 'y'\n", "cannot be 'de'"),
    ],
)
def test_a_glossary_that_cannot_be_used_is_said(tmp_path, content: str, message: str) -> None:
    path = tmp_path / "glossary.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GlossaryError, match=message):
        read(path)


def test_a_module_brings_its_own_terms_but_none_that_is_there(tmp_path) -> None:
    shared, own = tmp_path / "glossary.toml", tmp_path / "m01-small" / "glossary.toml"
    own.parent.mkdir()
    shared.write_text(TERM, encoding="utf-8")
    own.write_text(TERM.replace('"a"', '"b"'), encoding="utf-8")
    assert [term.key for term in read_all(shared).terms] == ["a", "b"]
    own.write_text(TERM, encoding="utf-8")
    with pytest.raises(GlossaryError, match=r"m01-small/glossary\.toml: a stands in another glossary"):
        read_all(shared)
