"""The examples in docstrings are true."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

from course import i18n
from course.paths import ROOT

MODULES = sorted(
    path.relative_to(ROOT).with_suffix("").as_posix().removesuffix("/__init__").replace("/", ".")
    for path in (ROOT / "course").rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_give_what_they_say(monkeypatch: pytest.MonkeyPatch, name: str):
    # an example that changes the language changes it for itself
    monkeypatch.setattr(i18n, "_current", "en")
    outcome = doctest.testmod(import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert outcome.attempted, "the examples are not where doctest looks"
    assert outcome.failed == 0
