"""One question for several calls: each has an answer of its own, and whatever comes back for them is one for each."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from course.answers import MOST_CALLS, AnswerError, Answers
from course.grading.running.examiner import read_replies
from course.kernel import witness
from course.kernel.values import encode
from course.kernel.witness import Reply


def tenfold(number: float) -> float:
    if number == 2:
        raise ZeroDivisionError("two")
    if number == 5:
        raise KeyboardInterrupt
    return 10 * number


def replies(monkeypatch: pytest.MonkeyPatch, *inputs: float) -> list[Reply]:
    """Ask a notebook with `tenfold` as the examiner does."""
    notebook = SimpleNamespace(user_ns={"tenfold": tenfold})
    monkeypatch.setattr("IPython.core.getipython.get_ipython", lambda: notebook)
    question = {
        "name": "tenfold", "inputs": encode([(each,) for each in inputs]), "keywords": encode({}), "each": True,
        "shut": "", "uses": [], "moment": "", "back": False,
    }  # fmt: skip
    return read_replies(witness.testify(json.dumps(question)).text, len(inputs))


def test_each_call_has_its_own_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = replies(monkeypatch, 1, 2, 3)
    assert (first.value, third.value) == (10, 30)
    assert second.error == ("ZeroDivisionError", "two")


def test_an_interrupt_ends_them_all(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {reply.error[0] for reply in replies(monkeypatch, 1, 5, 3)} == {"KeyboardInterrupt"}


ONE = {"kind": "value", "value": encode(7), "error": ["", ""]}


@pytest.mark.parametrize(
    "text",
    [
        *("", "{}", "[]", "null", '{"each": 3}', '{"each": []}', '{"each": [1, 2]}', "[" * 100_000),
        json.dumps({"each": [ONE, ONE]}),
        json.dumps({"each": [{**ONE, "kind": "open"}] * 3}),
    ],
    ids=range(10),
)
def test_what_is_no_answer_to_three_calls_is_three_errors(text: str) -> None:
    assert [reply.kind for reply in read_replies(text, 3)] == ["error"] * 3


def test_what_went_wrong_with_the_question_is_said_of_each() -> None:
    late = json.dumps({"kind": "error", "value": "null", "error": ["TimeoutError", "20 s"]})
    assert {reply.error for reply in read_replies(late, 2)} == {("TimeoutError", "20 s")}


def test_answers_come_one_by_one_and_are_asked_for_together() -> None:
    class Counting:
        questions: list[int] = []

        def ask(self, *_question: Any) -> Reply:
            raise AssertionError("one by one")

        def ask_each(self, _name: str, inputs: list[tuple[object, ...]], _uses: tuple[str, ...]) -> list[Reply]:
            self.questions.append(len(inputs))
            return [Reply("value", each[0]) for each in inputs]

    room = Counting()
    assert list(Answers(room).values("same", range(1, 122))) == list(range(1, 122))
    assert room.questions == [MOST_CALLS, MOST_CALLS, 121 - 2 * MOST_CALLS]


def test_the_call_that_fails_is_named_when_its_turn_comes() -> None:
    given = Answers({"tenfold": tenfold}).values("tenfold", [1, 2])
    assert next(given) == 10
    with pytest.raises(AnswerError, match=r"tenfold\(2\).*ZeroDivisionError"):
        next(given)


def test_each_call_gets_a_copy_of_its_own() -> None:
    rows = [[1], [2]]
    taken = Answers({"take": lambda row: row.pop()}).values("take", rows)
    assert list(taken) == [1, 2]
    assert rows == [[1], [2]]
