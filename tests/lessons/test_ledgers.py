"""Every number of every lesson's prose is computed or stands on a source, and none has gone: `LEDGER` in its own test."""

from __future__ import annotations

from importlib import import_module

import pytest

from course.i18n import LANGUAGES
from course.manifest import syllabus
from tests.lessons.prose import Ledger

NUMBERS = [module.number for module in syllabus().ready]


def ledger(number: str) -> Ledger:
    found: Ledger = import_module(f"tests.lessons.test_{number}_lesson").LEDGER
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", NUMBERS)
def test_every_number_we_compute_stands_in_the_prose(number: str, language: str) -> None:
    assert ledger(number).unnamed(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", NUMBERS)
def test_every_number_has_a_computation_or_a_source(number: str, language: str) -> None:
    assert ledger(number).unaccounted(language) == []


@pytest.mark.parametrize("number", NUMBERS)
def test_no_source_is_named_for_a_number_that_is_gone(number: str) -> None:
    assert ledger(number).stale() == []
