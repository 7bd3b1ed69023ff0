"""A sandbox for tests, and the loud absence of one."""

from __future__ import annotations

import os

import pytest

from course.kernel.probe import probe
from course.kernel.sandbox import warm_up


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
