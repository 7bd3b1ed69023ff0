"""What the tests cost: seconds of processor, children included, by file and by module. Ask with `pytest -p tests.cost`.

Seconds of a clock depend on what else the machine does; these hardly do. A fixture counts for the test that asked first.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Generator
from contextlib import suppress

import psutil
import pytest

MODULE = re.compile(r"(?<![a-z0-9])m\d\d(?!\d)")
MOST_FILES = 40

_spent: float | None = None
_files: Counter[str] = Counter()
_modules: Counter[str] = Counter()


def _processor() -> float:
    """Return the seconds that this process and its offspring have used so far, those that have ended included."""
    own = os.times()
    seconds = own.user + own.system + own.children_user + own.children_system
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            times = child.cpu_times()
            seconds += times.user + times.system + times.children_user + times.children_system
    return seconds


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note with each report what was used since the one before; pytest-xdist carries it to the process that adds up."""
    global _spent
    report = yield
    now = _processor()
    report.user_properties = [("processor", 0.0 if _spent is None else now - _spent)]
    _spent = now
    return report


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up."""
    name = report.nodeid.partition("@")[0]
    for key, seconds in report.user_properties:
        if key == "processor":
            _files[name.partition("::")[0]] += seconds
            _modules[found[0] if (found := MODULE.search(name)) else "no module"] += seconds


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what costs most, and what each module costs."""
    terminalreporter.section(f"processor: {_files.total():.0f} s")
    for name, seconds in _files.most_common(MOST_FILES):
        terminalreporter.line(f"{seconds:8.1f} s  {name}")
    for name, seconds in sorted(_modules.items()):
        terminalreporter.line(f"{seconds:8.1f} s  {name}")
