"""Numbers that stand for no answer: −2 and −3 of 问卷星, 99 of many a code book, a 9 or a 0 beside a scale from 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from course.i18n import N_
from course.i18n.message import Message
from course.survey.messages import quote
from course.survey.plan import Choice, Question
from course.survey.values import Column

CODES = frozenset({77.0, 88.0, 97.0, 98.0, 99.0, 777.0, 888.0, 997.0, 998.0, 999.0, 9999.0})
LARGEST, MOST_RARE, NAMED = 11, 0.4, 6
MOST_BIPOLAR = 5
Codes = dict[str, dict[str, float]]


def ask_below(columns: Sequence[Column]) -> Question | None:
    """Return the question whether numbers below 0 are answers, on a scale such as −3 to 3; None where they cannot be."""
    tally = together(columns)
    below = sorted(value for value in tally if value < 0 and value == int(value))
    highest = max((value for value in tally if 0 <= value <= LARGEST), default=0.0)
    even = bool(below) and (below[0] == -highest or (-1.0 in below and 0.0 in tally and -below[0] <= highest))
    if not even or highest > MOST_BIPOLAR:
        return None
    ends = {"low": f"{-highest:g}".replace("-", "−"), "high": f"{highest:g}"}
    counts = sum(tally[value] for value in below)
    text = N_("Numbers below 0 were given (× {count}), and none above {high}. Does the scale run from {low} to {high}?")
    above = {value: count for value, count in tally.items() if value >= 0}
    return Question(
        "below",
        tuple(column.name for column in columns),
        Message(text, count=counts, **ends),
        (
            Choice("answer", Message(N_("Yes, they are answers")), _mean(tally)),
            Choice("missing", Message(N_("No, they mean no answer")), _mean(above)),
        ),
        "answer",
    )


def certain(columns: Sequence[Column], *, below: bool = False) -> tuple[Codes, tuple[Message, ...]]:
    """Return the texts that can be no answers on any scale, by column, and what is to be said of them.

    A number below 0 beside ratings from 0 or 1, unless `below` says that it is an answer; a 99 where every other answer
    is 11 or less.
    """
    codes: Codes = {}
    counted: Counter[float] = Counter()
    for column in columns:
        tally = column.tally
        ordinary = [value for value in tally if 0 <= value <= LARGEST]
        if not ordinary:
            continue
        strange = [value for value in tally if not 0 <= value <= LARGEST]
        under = {value for value in strange if value < 0 and value == int(value) and not below}
        above = {value for value in strange if value > LARGEST}
        if not above <= CODES:
            above = set()
        codes[column.name] = _texts(column, under | above)
        for value in under | above:
            counted[value] += tally[value]
    if not counted:
        return {}, ()
    pairs = [
        Message(N_("{code} (× {count})"), code=f"{code:g}", count=count) for code, count in sorted(counted.items())
    ]
    note = Message(N_("Codes for no answer, counted as missing: {codes}."), codes=pairs[:NAMED])
    return {name: each for name, each in codes.items() if each}, (note,)


def ask(columns: Sequence[Column]) -> tuple[Question, ...]:
    """Return the questions whether a 9, or a 0, is an answer. Columns have `certain` in their coding already."""
    questions = []
    tally = together(columns)
    total = sum(tally.values())
    values = sorted(tally)
    names = tuple(column.name for column in columns)
    nine = max(values, default=0.0)
    below = [value for value in values if value < nine]
    if nine in (8.0, 9.0) and below and below[-1] <= nine - 2 and below[-1] in (4.0, 5.0, 6.0, 7.0):
        questions.append(
            _question(
                "nine",
                nine,
                names,
                tally,
                N_("{columns}: {code} was given (× {count}) and nothing just below it. Is it an answer?"),
            )
        )
    top_answer = below[-1] if questions else nine
    zeros = tally.get(0.0, 0)
    labelled = any(
        value == 0 and not text.strip().isdigit()
        for column in columns
        for text, value in zip(column.texts, column.numbers, strict=True)
    )
    if (
        zeros
        and min(values) >= 0
        and top_answer <= 7
        and tally.get(1.0, 0)
        and not labelled
        and zeros < MOST_RARE * total
    ):
        questions.append(
            _question(
                "zero",
                0.0,
                names,
                tally,
                N_("{columns}: {code} was given (× {count}). Was it the lowest answer, or does it mean no answer?"),
            )
        )
    return tuple(questions)


def _question(key: str, code: float, names: tuple[str, ...], tally: Mapping[float, int], text: str) -> Question:
    shown = [*map(quote, names[:3]), *(["…"] if len(names) > 3 else [])]
    without = {value: count for value, count in tally.items() if value != code}
    return Question(
        key,
        names,
        Message(text, code=f"{code:g}", count=tally[code], columns=shown),
        (
            Choice("missing", Message(N_("It means no answer")), _mean(without)),
            Choice("answer", Message(N_("It is an answer")), _mean(tally)),
        ),
        "missing" if key == "nine" or tally[code] < 0.05 * sum(tally.values()) else "answer",
    )


def _mean(tally: Mapping[float, int]) -> Message | None:
    total = sum(tally.values())
    if not total:
        return None
    return Message(
        N_("The mean would be {mean:.2f}."), mean=sum(value * count for value, count in tally.items()) / total
    )


def coded(columns: Sequence[Column], code: float) -> Codes:
    """Return a code as no answer, by column."""
    return {column.name: texts for column in columns if (texts := _texts(column, {code}))}


def top(columns: Sequence[Column]) -> float:
    """Return the highest answer of these columns."""
    return max((value for column in columns for value in column.tally), default=0.0)


def _texts(column: Column, values: set[float]) -> dict[str, float]:
    return {text: float("nan") for text, value in zip(column.texts, column.numbers, strict=True) if value in values}


def together(columns: Sequence[Column]) -> dict[float, int]:
    """Return how often each number stands in all these columns."""
    tally: Counter[float] = Counter()
    for column in columns:
        tally.update(column.tally)
    return dict(tally)
