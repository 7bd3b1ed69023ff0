"""What the tests of every part share."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from course import i18n
from course.kernel.provisioner import settings_of

HERE = Path(__file__).parent
# An example may take as long as it takes: how long says more of what else the machine does than of the course
settings.register_profile("patient", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
NUMBER = re.compile(r"m\d\d(?!\d)")
# Its tests share an environment that takes a minute to build
ONE_WORKER = ("binder",)
# What takes long begins first, or one worker would end with it while the other has nothing left. The files of a folder come
# one after the other, so that servers and Chromium, which live as long as a folder's tests, are started once a worker
FIRST = (
    "binder",
    "container",
    "browser",
    "authoring/test_modules_come_and_go.py",
    "grading",
    "server",
    "authoring",
    "test_commands_run.py",
)


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


def turn(item: pytest.Item) -> int:
    """Return when a test's turn comes: what takes long first, the rest in its order."""
    name = item.path.relative_to(HERE).as_posix()
    return next((place for place, first in enumerate(FIRST) if name.startswith(first)), len(FIRST))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests in order, and tell pytest-xdist what is to stay together."""
    items.sort(key=turn)
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
