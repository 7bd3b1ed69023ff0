"""A learner's answers, as the tests of an assignment read them: every slip gets a sentence in the learner's language.

>>> answers = Answers({"felt_value": lambda gap: gap**0.88})
>>> round(answers.number("felt_value", 10), 3)
7.586
"""

from __future__ import annotations

import copy
import math
import numbers
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from decimal import Decimal
from itertools import islice
from typing import Any, Protocol, cast

from course.i18n import N_, gettext
from course.kernel.shut import shut
from course.kernel.values import sight
from course.kernel.witness import Reply, ask, is_empty

# Of one question to a function
MOST_CALLS = 50
LONGEST_INPUT = 24
LONGEST_ANSWER = 60
# What a task asks a learner to write stands here: its functions do not answer for a learner's
THEORY = "course.theory"


class AnswerError(AssertionError):
    """Raised for an answer that is missing or not right; a notebook shows its sentence and no traceback.

    `discreet`: the sentence holds nothing but what the test's author wrote.
    """

    def __init__(self, sentence: str, *, discreet: bool = False) -> None:
        super().__init__(sentence)
        self.discreet = discreet

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class Room(Protocol):
    """Where answers stand: when a notebook is graded, that is another process than the test's."""

    def ask(self, name: str, inputs: tuple[object, ...] | None, uses: tuple[str, ...], /) -> Reply:
        """Return what stands under `name`; with `inputs`, what the function of that name gives for copies of them.

        Meanwhile the course's theory is shut, but for the modules that an answer `uses`.
        """

    def ask_each(self, name: str, inputs: list[tuple[object, ...]], uses: tuple[str, ...], /) -> list[Reply]:
        """Return what the function of that name gives for copies of each of several inputs, in one question."""


class SameRoom:
    """A notebook whose tests run where its answers stand."""

    def __init__(self, namespace: Mapping[str, Any]) -> None:
        self.namespace = namespace

    def ask(self, name: str, inputs: tuple[object, ...] | None, uses: tuple[str, ...], /) -> Reply:
        """Return what stands under `name`; with `inputs`, what the function of that name gives for copies of them."""
        with nullcontext() if inputs is None else shut(THEORY, uses):
            return ask(self.namespace, name, copy.deepcopy(inputs))

    def ask_each(self, name: str, inputs: list[tuple[object, ...]], uses: tuple[str, ...], /) -> list[Reply]:
        """Return what the function of that name gives for copies of each of several inputs."""
        with shut(THEORY, uses):
            return [ask(self.namespace, name, copy.deepcopy(each)) for each in inputs]


class Answers:
    """What stands under which name in a learner's notebook; a test cell makes one with `Answers(globals())`.

    Every method raises `AnswerError` with a sentence for the learner where there is no usable answer: no such name, the
    starter code untouched, an error in the learner's function, a result of the wrong kind, the course's own function in
    place of the learner's. `uses` names the modules of `course.theory` that the task gives to the learner.
    """

    def __init__(self, namespace: Mapping[str, Any] | Room, *, uses: tuple[str, ...] = ()) -> None:
        self._uses = uses
        self._room = cast(Room, namespace) if hasattr(namespace, "ask") else SameRoom(namespace)

    def value(self, name: str, *inputs: object) -> Any:
        """Return what stands under `name`; with `inputs`, what the function of that name gives back for them."""
        return _value(self._room.ask(name, inputs or None, self._uses), name, inputs)

    def values(self, name: str, inputs: Iterable[object]) -> Iterator[Any]:
        """Yield what the function of that name gives back for one input after the other; asking for all at once is cheap."""
        calls: list[tuple[object, ...]] = [(each,) for each in inputs]
        for at in range(0, len(calls), MOST_CALLS):
            some = calls[at : at + MOST_CALLS]
            for reply, each in zip(self._room.ask_each(name, some, self._uses), some, strict=True):
                yield _value(reply, name, each)

    def number(self, name: str, *inputs: object) -> float:
        """Return the answer as a float: Python's or numpy's whole and decimal numbers will do, finite ones."""
        return _number(self.value(name, *inputs), _described(name, inputs))

    def numbers(self, count: int, name: str, *inputs: object) -> tuple[float, ...]:
        """Return the answer as `count` floats, from a tuple, a list or an array."""
        answer, what = self.value(name, *inputs), _described(name, inputs)
        try:
            parts = [] if isinstance(answer, str | Mapping) else list(islice(answer, count + 1))
        except TypeError:
            parts = []
        if len(parts) != count:
            message = gettext("{what} gives {answer}; {count} numbers belong there, with a comma between them.")
            raise AnswerError(message.format(what=what, answer=_short(answer), count=count))
        return tuple(_number(part, what) for part in parts)

    def word(self, choices: tuple[str, ...], name: str, *inputs: object) -> str:
        """Return the answer as one of `choices`; capitals, and spaces around it, do not matter."""
        answer, what = self.value(name, *inputs), _described(name, inputs)
        # a learner's own kind of text could say of itself that it equals every word
        text = str.lower(str.strip(answer)) if isinstance(answer, str) else ""
        if text not in choices:
            message = gettext("{what} gives {answer}; one of these words belongs there, in quotation marks: {choices}.")
            raise AnswerError(message.format(what=what, answer=_short(answer), choices=", ".join(choices)))
        return text

    def simulation(self, name: str) -> Any:
        """Return the `Simulation` that the run code under `name` describes."""
        from traitlets import TraitError

        from course.simulations.codes import decode_run

        code = self.value(name)
        try:
            simulation = decode_run(code)[1]
        except TraitError as error:
            raise AnswerError(str(error)) from None
        if simulation.decisions is not None:
            message = gettext(
                "{name} holds a run that was played. Set the sliders, leave them, and copy the code of that run."
            )
            raise AnswerError(message.format(name=name))
        return simulation

    def result(self, name: str, right: float, *, within: float) -> None:
        """Raise `AnswerError` unless the number under `name` is `right`, give or take `within`.

        For hidden tests: the sentence says no number.
        """
        message = gettext("{name} is not what comes out for the numbers of this task. Did all of them go in?")
        if not abs(self.number(name) - right) <= within:
            raise AnswerError(message.format(name=name), discreet=True)

    def check(self, right: object, message: str, **figures: object) -> None:
        """Raise `AnswerError` unless `right`, with `message` and the learner's `figures` in its placeholders."""
        if not right:
            raise AnswerError(message.format(**figures), discreet=not figures)


def _value(reply: Reply, name: str, inputs: tuple[object, ...]) -> Any:
    """Return the value of a reply. Raises `AnswerError` where it has none."""
    if reply.kind == "value" and not is_empty(reply.value):
        return reply.value
    kind, error = reply.error
    message = gettext(_missing(reply, bool(inputs)))
    raise AnswerError(message.format(name=name, what=_described(name, inputs), kind=kind, error=_short(error)))


def _missing(reply: Reply, called: bool) -> str:
    """Return the sentence for an answer that is not there, not translated yet."""
    if reply.kind == "absent" or (reply.kind == "value" and not called):
        return N_("There is no answer called {name} yet. Write it in the cell above, and run that cell.")
    if reply.kind == "borrowed":
        return N_(
            "{name} hands the work to the course's own function. This task asks you to write the steps yourself: "
            "replace that call in the cell above, and run the cell again."
        )
    if reply.kind == "no function":
        return N_("{name} is not a function any more: something else took its name. Run its cell again.")
    if reply.kind == "error":
        return N_("{what} stopped with an error. Python says: {kind}: {error}. Mend it and run its cell again.")
    return N_("{what} gives nothing back yet. A function hands its result over with return; print only shows it.")


def _number(answer: Any, what: str) -> float:
    if getattr(answer, "ndim", None) == 0 and hasattr(answer, "item"):
        answer = answer.item()
    if isinstance(answer, complex):
        message = gettext(
            "{what} is not an ordinary number: a negative number was raised to a power that is not whole. "
            "Make it positive first, and put the minus sign in front of the result."
        )
    elif isinstance(answer, bool) or not isinstance(answer, numbers.Real | Decimal):
        message = gettext("{what} gives {answer}; a single number belongs there, without quotation marks or brackets.")
    elif not _is_finite(answer):
        message = gettext("{what} gives {answer}. An empty place in the table or a division by zero may be behind it.")
    else:
        return float(answer)
    raise AnswerError(message.format(what=what, answer=_short(answer)))


def _is_finite(answer: Any) -> bool:
    """Tell whether a number is one that can be reckoned with, as a float."""
    try:
        return math.isfinite(float(answer))
    except (OverflowError, ValueError):
        return False


def _described(name: str, inputs: tuple[object, ...]) -> str:
    if not inputs:
        return name
    texts = [repr(value) for value in inputs]
    return f"{name}({', '.join(text if len(text) <= LONGEST_INPUT else '…' for text in texts)})"


def _short(answer: object) -> str:
    text = " ".join(sight(answer).split())
    return text if len(text) <= LONGEST_ANSWER else text[:LONGEST_ANSWER] + "…"
