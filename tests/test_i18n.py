"""Two languages, chosen by name, machine or browser. That every string has its Chinese, `course check` says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from course import i18n
from course.i18n import (
    UnknownLanguageError,
    best_language,
    catalogues,
    current_language,
    gettext,
    ngettext,
    translator,
    use_language,
)


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
        ("zh; q=0.5, en; q=0.2", "zh"),
        ("zh;q=0,fr", "en"),
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


def test_the_empty_string_is_not_the_head_of_the_catalogue():
    assert translator("zh")("") == ""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_running_course_needs_no_babel(language):
    catalogues.write_catalogues("zh")
    code = f"import sys; from course.i18n import gettext, use_language; use_language({language!r}); gettext('Seed'); "
    run = subprocess.run([sys.executable, "-c", code + "sys.exit('babel' in sys.modules)"], check=False)
    assert run.returncode == 0


FORMS = ("{count} more column", "{count} more columns")


@pytest.mark.parametrize(
    ("count", "english"),
    [(0, FORMS[1]), (1, FORMS[0]), (1.0, FORMS[0]), (1.5, FORMS[1]), (2, FORMS[1]), (21, FORMS[1])],
)
def test_a_string_that_counts(count, english):
    assert ngettext(*FORMS, count, "en") == english
    assert ngettext(*FORMS, count, "zh") == "另有 {count} 列"


def test_one_that_nobody_translated_counts_in_english():
    assert [ngettext("{n} cat", "{n} cats", count, "zh") for count in (1, 2)] == ["{n} cat", "{n} cats"]


def entries():
    for path in catalogues.sources("zh"):
        with path.open("rb") as stream:
            yield from ((path, message) for message in read_po(stream, locale="zh") if message.id)


def test_everything_that_is_written_is_compiled():
    for path, message in entries():
        if isinstance(message.id, str):
            assert translator("zh")(message.id) == message.string, path
        else:
            assert ngettext(*message.id, 3, "zh") == message.string[0], path


# Fewer than two are impossible here: the words around it, or a limit in the code, say so
ALWAYS_MANY = {
    "Average of {count} draws, ± its 95% interval",
    "Repeat with {count} other draws",
    "No control chart: it needs dates in at least {count} different periods.",
    "{what} gives {answer}; {count} numbers belong there, with a comma between them.",
    "{count} options are right, but a choice has exactly one; mark it with right = true, or use several",
    "The code has {count} lines.",
    "Round {number}: {count} questions, one from each module.",
    "A line of code has {count} characters: {line}",
    "The cell marks {count} places to change.",
    "The table has {count} columns; at most {limit} are read. Delete the columns without answers.",
    "The table has {count} rows of answers; at most {limit} are read. "
    "Take a part of them: of a survey at random, of arrivals whole weeks.",
}


def test_a_string_that_counts_is_written_for_one_too():
    """“1 submissions” is not English: what is counted as `count` has both forms, or stands where any number may."""
    plural = re.compile(r"\{count(:[^}]*)?\} (?!modules)(have\b|are\b|([a-z]+ )?[a-z]+[^s\W]s\b)")
    house = (message for path, message in entries() if not re.match(r"m\d", path.name))
    single = {message.id for message in house if isinstance(message.id, str)}
    assert {text for text in single if plural.search(text)} == ALWAYS_MANY


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    (tmp_path / "zh").mkdir()
    return tmp_path / "zh"


def write(path: Path, english: str, chinese: str) -> None:
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    path.write_text(f'{head}msgid "{english}"\nmsgstr "{chinese}"\n', encoding="utf-8")


def read(english: str) -> str:
    with catalogues.compiled("zh") as stream:
        return GNUTranslations(stream).gettext(english)


def age(*paths: Path) -> None:
    for path in paths:
        os.utime(path, (1, 1))


def test_it_is_compiled_anew_after_a_change_and_only_then(folder, monkeypatch):
    write(folder / "a.po", "Cat", "猫")
    assert read("Cat") == "猫"
    age(folder / "a.po", folder)
    monkeypatch.setattr(catalogues, "compile_catalogues", None)
    assert read("Cat") == "猫"
    monkeypatch.undo()
    monkeypatch.setattr(catalogues, "FOLDER", folder.parent)
    age(catalogues.target("zh"))
    write(folder / "a.po", "Cat", "小猫")
    assert read("Cat") == "小猫"
    age(catalogues.target("zh"))
    (folder / "a.po").unlink()
    write(folder / "b.po", "Dog", "狗")
    assert [read("Cat"), read("Dog")] == ["Cat", "狗"]


def test_where_the_folder_cannot_be_written_it_is_compiled_for_this_process(folder, monkeypatch):
    def refuse(*_arguments, **_options):
        raise PermissionError(13, "Permission denied")

    write(folder / "a.po", "Cat", "猫")
    monkeypatch.setattr("course.whole.os.open", refuse)
    assert read("Cat") == "猫"
    assert not catalogues.target("zh").exists()


def test_what_carries_only_the_compiled_file_reads_that(folder):
    write(folder / "a.po", "Cat", "猫")
    catalogues.write_catalogues("zh")
    (folder / "a.po").unlink()
    age(catalogues.target("zh"))
    assert read("Cat") == "猫"
