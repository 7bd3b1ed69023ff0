from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest

from course.answers import AnswerError, Answers
from course.simulations.codes import encode_run
from course.simulations.m01_expectation_gap import ExpectationGap

Speak = Callable[[str], None]


@pytest.mark.parametrize(
    "answer",
    [
        7,
        7.0,
        np.int64(7),
        np.float32(7),
        np.array(7.0),
        Fraction(7),
        Decimal(7),
        pd.Series([7.0]).sum(),
        np.array([7.0])[0],
    ],
    ids=lambda answer: type(answer).__name__,
)
def test_every_ordinary_number_will_do(answer: Any) -> None:
    found = Answers({"x": answer, "f": lambda: answer}).number("x")
    assert found == 7
    assert type(found) is float


@pytest.mark.parametrize(
    "answer",
    [
        "7",
        [7],
        (7,),
        True,
        np.True_,
        7j,
        math.nan,
        math.inf,
        Decimal("NaN"),
        10**400,
        pd.NA,
        np.array([7.0]),
        pd.Series([7.0]),
    ],
    ids=repr,
)
def test_anything_else_is_refused_with_a_sentence(speak: Speak, answer: Any) -> None:
    for language in ("en", "zh"):
        speak(language)
        with pytest.raises(AnswerError) as caught:
            Answers({"x": answer}).number("x")
        assert str(caught.value).startswith("x ")
        assert len(str(caught.value)) < 260


@pytest.mark.parametrize("answer", [None, ..., "", "  "])
def test_no_answer_yet(speak: Speak, answer: Any) -> None:
    speak("en")
    with pytest.raises(AnswerError, match="no answer called x yet"):
        Answers({"x": answer}).value("x")
    with pytest.raises(AnswerError, match="no answer called x yet"):
        Answers({}).value("x")
    with pytest.raises(AnswerError, match="x\\(1\\) gives nothing back yet"):
        Answers({"x": lambda _one: answer}).value("x", 1)


def test_an_error_in_a_function_is_told_without_a_traceback(speak: Speak) -> None:
    speak("zh")
    with pytest.raises(AnswerError, match="ZeroDivisionError") as caught:
        Answers({"f": lambda gap: gap / 0}).number("f", 10)
    assert caught.value.__context__ is None
    assert caught.value._render_traceback_() == [str(caught.value)]


def test_long_inputs_and_answers_are_cut() -> None:
    with pytest.raises(AnswerError) as caught:
        Answers({"f": lambda table: table}).number("f", pd.DataFrame({"stars": range(500)}))
    assert str(caught.value).startswith("f(…) ")
    assert len(str(caught.value)) < 260


def test_braces_in_an_answer_do_no_harm(speak: Speak) -> None:
    speak("en")
    with pytest.raises(AnswerError, match=r"\{name\}"):
        Answers({"x": "{name}"}).number("x")


def test_numbers() -> None:
    answers = Answers({"x": (1, 2.5), "y": np.array([1, 2]), "z": "12", "one": 5, "mixed": (1, "2")})
    assert answers.numbers(2, "x") == (1.0, 2.5)
    assert answers.numbers(2, "y") == (1.0, 2.0)
    for name in ("z", "one", "mixed"):
        with pytest.raises(AnswerError):
            answers.numbers(2, name)
    with pytest.raises(AnswerError):
        answers.numbers(3, "x")


def test_word() -> None:
    answers = Answers({"x": " Inside", "y": "outside", "z": 3})
    assert answers.word(("inside",), "x") == "inside"
    for name in ("y", "z"):
        with pytest.raises(AnswerError):
            answers.word(("inside",), name)


def test_simulation(speak: Speak) -> None:
    speak("zh")
    answers = Answers({"run": encode_run("m01", ExpectationGap(service=60)), "cut": "eyJ", "odd": ["a"]})
    assert answers.simulation("run").service == 60
    for name in ("cut", "odd"):
        with pytest.raises(AnswerError, match="运行码"):
            answers.simulation(name)


def test_check_shows_the_learners_figures() -> None:
    Answers({}).check(True, "{found}")
    with pytest.raises(AnswerError, match="Yours is 3"):
        Answers({}).check(False, "Yours is {found:.3g}.", found=3.0)


def test_a_stored_result_is_compared_and_keeps_its_number(speak: Speak) -> None:
    speak("en")
    answers = Answers({"trend": 2.504, "none": None})
    answers.result("trend", 2.5, within=0.005)
    with pytest.raises(AnswerError, match="trend is not what comes out") as caught:
        answers.result("trend", 2.6, within=0.005)
    assert not any(letter.isdigit() for letter in str(caught.value))
    with pytest.raises(AnswerError, match="no answer called none"):
        answers.result("none", 1, within=1)
