"""A package that is shut answers under no name, and only while it is shut."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from course.answers import AnswerError, Answers
from course.kernel.shut import BORROWED, is_borrowed, shut
from course.theory import prospect

WAYS = {
    "imported": "from course.theory.prospect import value as answer",
    "by its module": "import course.theory.prospect as p\ndef answer(gap): return p.value(gap)",
    "in a lambda": "from course.theory.prospect import value\nanswer = lambda gap: float(value(gap)) + 0.0",
    "at the last moment": "def answer(gap):\n    from course.theory.prospect import value\n    return value(gap)",
    "importlib": (
        "import importlib\ndef answer(gap): return importlib.import_module('course.theory.prospect').value(gap)"
    ),
    "partial": "import functools\nfrom course.theory.prospect import value\nanswer = functools.partial(value)",
    "by what it calls": (
        "from course.theory.treadmill import felt_total\ndef answer(gap): return felt_total(0, [gap], 0.3)"
    ),
    "vectorize": "import numpy as np\nfrom course.theory.prospect import value\nanswer = np.vectorize(value)",
    "reloaded": ("import importlib, course.theory.prospect as p\nanswer = importlib.reload(p).value"),
    "a method": (
        "from course.theory.prospect import value\nclass A:\n    def of(self, gap): return value(gap)\nanswer = A().of"
    ),
}


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = dict(vars(prospect))
    yield
    vars(prospect).update(before)


def defined(source: str) -> dict[str, Any]:
    """The names of a notebook that ran `source`."""
    names: dict[str, Any] = {}
    exec(source, names)
    return names


@pytest.mark.parametrize("source", WAYS.values(), ids=WAYS)
def test_the_courses_own_function_answers_under_no_name(source: str) -> None:
    with pytest.raises(AnswerError, match="the course's own function"):
        Answers(defined(source)).number("answer", 10)
    assert float(prospect.value(10.0)) == pytest.approx(10**0.88)


@pytest.mark.parametrize("source", WAYS.values(), ids=WAYS)
def test_it_answers_where_the_task_gives_it(source: str) -> None:
    uses = ("course.theory.prospect", "course.theory.treadmill")
    assert Answers(defined(source), uses=uses).number("answer", 10) == pytest.approx(10**0.88)


def test_shut_within_shut_opens_again() -> None:
    with shut("course.theory"), shut("course.theory"):
        with pytest.raises(PermissionError) as caught:
            prospect.value(10.0)
        assert is_borrowed(caught.value)
        assert caught.value.args == (BORROWED,)
    assert float(prospect.value(10.0)) == pytest.approx(10**0.88)
