"""Two languages, chosen by name, machine or browser; every marked string of the package has its Chinese."""

from __future__ import annotations

import re
import string
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from course import i18n
from course.i18n import (
    CATALOGUES,
    UnknownLanguageError,
    best_language,
    current_language,
    gettext,
    translator,
    use_language,
)
from course.paths import PACKAGE

KEYWORDS = {"N_": None, "_": None, "gettext": None, "translate": None}
SOURCES = sorted(PACKAGE.rglob("*.py"))
HAN_BESIDE_HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,:;!?()]|[,:;!?()][\u4e00-\u9fff]")


@cache
def marked(path: Path) -> tuple[str, ...]:
    """The strings a source file marks for translation."""
    return tuple(
        message for _line, message, _comments, _context in extract_from_file("python", str(path), keywords=KEYWORDS)
    )


def entries(path: Path) -> list[tuple[str, str]]:
    with path.open("rb") as stream:
        return [(str(entry.id), str(entry.string)) for entry in read_po(stream, locale="zh") if entry.id]


def fields(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_marked_string_has_its_chinese(path):
    missing = [text for text in marked(path) if not i18n.catalogue("zh").get(text)]
    assert not missing, f"add them to a catalogue in {CATALOGUES / 'zh'}"


@pytest.mark.parametrize("path", sorted((CATALOGUES / "zh").glob("*.po")), ids=lambda path: path.name)
def test_catalogue_is_sound(path):
    ids = [message for message, _text in entries(path)]
    assert len(set(ids)) == len(ids)
    for message, text in entries(path):
        assert text, message
        assert fields(message) == fields(text), message
        assert not HAN_BESIDE_HALF_WIDTH.search(text), text


def test_no_two_catalogues_translate_one_string_differently():
    seen: dict[str, tuple[str, str]] = {}
    for path in sorted((CATALOGUES / "zh").glob("*.po")):
        for message, text in entries(path):
            first, known = seen.setdefault(message, (path.name, text))
            assert known == text, f"{message!r} differs between {first} and {path.name}"


def test_core_catalogue_holds_nothing_unused():
    used = {text for path in SOURCES for text in marked(path)}
    assert not [message for message, _text in entries(CATALOGUES / "zh" / "core.po") if message not in used]


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("zh-Hans-CN", "zh"),
        ("ZH-tw", "zh"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("fr;q=1, en;q=0.3, zh;q=0.5", "zh"),
        ("fr,de", "en"),
        ("", "en"),
        ("*", "en"),
        ("zh;q=nonsense,en;q=0.1", "en"),
        (",,;;q=,", "en"),
    ],
)
def test_browser_language(accept, language):
    assert best_language(accept) == language


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"COURSE_LANG": "zh", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"COURSE_LANG": "klingon", "LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_machine_language(monkeypatch, variables, language):
    monkeypatch.setattr(i18n, "_current", "")
    for name in ("COURSE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, setting in variables.items():
        monkeypatch.setenv(name, setting)
    assert current_language() == language


def test_chosen_language_wins_over_the_machine(monkeypatch):
    monkeypatch.setattr(i18n, "_current", "")
    monkeypatch.setenv("COURSE_LANG", "en")
    use_language("zh")
    assert gettext("Seed") == "随机种子"
    use_language("en")
    assert gettext("Seed") == "Seed"


@pytest.mark.parametrize("asked", ["fr", "ZH", "zh-CN", 7])
def test_an_unknown_language_is_answered_in_both(asked):
    for refuse in (translator, use_language):
        with pytest.raises(UnknownLanguageError, match=r"choose 'en' or 'zh'\. 课程没有 .* 版：请选 'en' 或 'zh'。"):
            refuse(asked)


def test_an_untranslated_string_stays_english():
    assert translator("zh")("Nobody translated this.") == "Nobody translated this."


def test_english_needs_no_babel():
    code = "import sys; from course.i18n import translator; translator('en')('x'); sys.exit('babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
