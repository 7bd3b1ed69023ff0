"""A sandbox for tests, and the loud absence of one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from course.kernel.probe import probe
from course.kernel.sandbox import warm_up
from tests.waiting import until


@pytest.fixture(scope="session")
def fenced() -> None:
    """Skip, loudly, where submissions cannot be fenced in; fail where .ci/run says that they must be."""
    problem = probe().problem
    if problem and os.environ.get("COURSE_REQUIRE_BROWSER") == "1":
        pytest.fail(problem)
    if problem:
        pytest.skip(f"NO SANDBOX HERE, SO NOTHING OF IT IS TESTED: {problem}")
    # now, that its folder does not stand among those that a test makes
    warm_up()


def strays() -> list[str]:
    """What is left of sandboxes once they are closed: processes below us, and folders."""
    server = warm_up().process
    own = {server.pid} if server else set()
    processes = [
        f"{child.pid} {child.name()}"
        for child in psutil.Process().children(recursive=True)
        if child.pid not in own and (child.name() == "bwrap" or server in child.parents())
    ]
    below = [] if server is None else [str(child) for child in psutil.Process(server.pid).children(recursive=True)]
    return [*processes, *below, *os.listdir(warm_up().scratch), *os.listdir(tempfile.gettempdir())]


@pytest.fixture
def nothing_is_left(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Nothing stands in the temporary folder, and no process of a sandbox runs, when a test is over."""
    # pytest's own folder, made by `tmp_path`, stands elsewhere
    own = tempfile.mkdtemp(prefix="ck-")
    monkeypatch.setenv("TMPDIR", own)
    monkeypatch.setattr(tempfile, "tempdir", own)
    yield
    until(lambda: not strays(), lambda: f"left: {strays()}")
    os.rmdir(own)
