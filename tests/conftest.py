"""What the tests of every part share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from course import i18n


@pytest.fixture
def speak(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make the course speak a language for the length of one test."""
    return lambda language: monkeypatch.setattr(i18n, "_current", i18n.check_language(language))
