"""Two languages, chosen by name, machine or browser. That every string has its Chinese, `course check` says."""

from __future__ import annotations

import subprocess
import sys

import pytest

from course import i18n
from course.i18n import (
    UnknownLanguageError,
    best_language,
    current_language,
    gettext,
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


def test_english_needs_no_babel():
    code = "import sys; from course.i18n import translator; translator('en')('x'); sys.exit('babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
