"""How answers to “would you recommend us?” were numbered, and what that does to the net promoter score."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from course.i18n import N_
from course.i18n.message import Message
from course.survey.plan import Choice, Question
from course.survey.values import plain
from course.theory import promoters

MANY = 100
OFFERS_ZERO = re.compile(r"(?<!\d)0\s*(?:[-–—~～至到]|to)\s*10(?!\d)")
Tally = Mapping[float, int]


@dataclass(frozen=True)
class Coding:
    """Answers from `low` to `high`; an answer a counts as `factor`·a + `shift` on 0 to 10, 0 where that is below."""

    low: int
    high: int
    factor: int
    shift: int
    label: str

    def scores(self, answers: list[float]) -> list[float | None]:
        """Return the score from 0 to 10 of each answer, None for one that the question did not offer."""
        return [
            max(self.factor * answer + self.shift, 0.0)
            if self.low <= answer <= self.high and answer == int(answer)
            else None
            for answer in answers
        ]


CODINGS = {
    "0-10": Coding(0, 10, 1, 0, N_("0 to 10 was offered, and the numbers are what people ticked")),
    "1-11": Coding(1, 11, 1, -1, N_("0 to 10 was offered, but stored as 1 to 11: take 1 off each answer")),
    "1-10": Coding(
        1, 10, 1, 0, N_("1 to 10 was offered: use it with the usual limits, 9 and 10 promote, up to 6 detract")
    ),
    "1-5": Coding(1, 5, 2, 0, N_("1 to 5 was offered: 5 promotes, 4 is passive, up to 3 detracts")),
    "1-7": Coding(1, 7, 2, -4, N_("1 to 7 was offered: 7 promotes, 6 is passive, up to 5 detracts")),
}


def score(tally: Tally, coding: str) -> tuple[int, int, int]:
    """Return promoters, passives and detractors among answers counted by value; those not offered are left out."""
    answers = list(tally)
    kinds = {promoters.PROMOTER: 0, promoters.PASSIVE: 0, promoters.DETRACTOR: 0}
    for answer, value in zip(answers, CODINGS[coding].scores(answers), strict=True):
        if value is not None:
            kinds[int(promoters.classify(value))] += tally[answer]
    return kinds[promoters.PROMOTER], kinds[promoters.PASSIVE], kinds[promoters.DETRACTOR]


def ask(column: str, tally: Tally) -> Question | None:
    """Return the question which coding a column has, None where its answers run from 0 to 10 and leave no doubt."""
    total = sum(tally.values())
    usual = [answer for answer, count in tally.items() if count >= total / 200]
    if not usual or usual[0] < 1 or usual[-1] > 11:
        return None
    low, high = int(usual[0]), int(usual[-1])
    if high == 11:
        offered = ["1-11", "0-10"]
    elif high <= 5:
        offered = ["1-5", "0-10"]
    elif high <= 7:
        offered = ["1-7", "0-10", "1-10"]
    else:
        offered = ["1-10", "0-10", "1-11"] if total >= MANY else ["0-10", "1-10", "1-11"]
    if OFFERS_ZERO.search(plain(column)):
        offered.sort(key=lambda coding: coding != "0-10")
    return Question(
        "recommend",
        (column,),
        Message(
            N_(
                "“{column}”: the answers run from {low} to {high} and nobody answered 0. The net promoter score needs "
                "0 to 10, and a slip here can turn its sign. What did the question offer?"
            ),
            column=column,
            low=low,
            high=high,
        ),
        tuple(Choice(coding, Message(CODINGS[coding].label), _effect(tally, coding)) for coding in offered),
        offered[0],
    )


def _effect(tally: Tally, coding: str) -> Message | None:
    counts = score(tally, coding)
    if not sum(counts):
        return None
    return Message(N_("The score would be {points:+.0f}."), points=float(promoters.nps(*counts)))
