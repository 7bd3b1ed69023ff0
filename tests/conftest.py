"""What the tests of every part share."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from course import i18n
from course.kernel.provisioner import settings_of

HERE = Path(__file__).parent
NUMBER = re.compile(r"m\d\d(?!\d)")
# Its tests share an environment that takes a minute to build
ONE_WORKER = ("binder",)


def together(item: pytest.Item) -> str:
    """Return the name of the group whose tests run in one worker, because they share what is dear to make.

    What reads a module's notebooks, which are run once; elsewhere a file with its fixtures.
    """
    path = item.path.relative_to(HERE)
    if path.parts[0] in ONE_WORKER:
        return path.parts[0]
    callspec = getattr(item, "callspec", None)
    reads_notebooks = path.parts[0] == "lessons" or (
        callspec and "module" in callspec.params and "rule" in callspec.params
    )
    number = NUMBER.search(item.name) or NUMBER.search(path.stem)
    return f"notebooks {number[0]}" if reads_notebooks and number else str(path)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tell pytest-xdist what is to stay together."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(together(item)))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Notice where pytest-xdist does not heed the groups: everything would still pass, and take twice as long."""
    if session.config.getoption("loadgroup", False) and not all("@" in item.nodeid for item in session.items):
        raise pytest.UsageError("pytest-xdist does not heed xdist_group: are its version and pytest's a pair?")


@pytest.fixture
def speak(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make the course speak a language for the length of one test."""
    return lambda language: monkeypatch.setattr(i18n, "_current", i18n.check_language(language))


@pytest.fixture(autouse=True, scope="module")
def language_of_the_next() -> Iterator[None]:
    """A language that a file chooses ends with the file."""
    before = i18n._current
    yield
    i18n._current = before


@pytest.fixture(autouse=True)
def language_of_the_next_test(language_of_the_next: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A language that a test chooses ends with the test."""
    monkeypatch.setattr(i18n, "_current", i18n._current)


@pytest.fixture(autouse=True, scope="module")
def interpreter_of_the_next() -> Iterator[None]:
    """Find the file that leaves the interpreter's settings changed: kernels of those after it would start from cold."""
    before = settings_of(dict(os.environ))
    yield
    assert settings_of(dict(os.environ)) == before
