"""Which scale the answers are on, which columns are on another, and which may run the other way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from course.i18n import N_
from course.i18n.message import Message
from course.survey.clues import REVERSED
from course.survey.plan import EXPECTATION, PERCEPTION, Choice, Plan, Question
from course.survey.reading import RawSurvey
from course.survey.values import Column, Numbers, plain

TEN, HUNDRED = 10, 100
HIGHS = (5, 7, TEN, HUNDRED)
# scales that nobody would guess from a few answers
UNUSUAL, MANY = (6, 9), 500
ENOUGH = 20
RARE, RARELY, SLIPS = 0.01, 0.002, 0.05
OTHERS_ABOVE = 0.2
OPPOSED = -0.2
SAMPLE = 5_000


def top_of(tally: Mapping[float, int], highs: Sequence[int] = HIGHS) -> int | None:
    """Return the first of `highs` that is above all but a rare answer, None for none of them and for no answers."""
    total = sum(count for value, count in tally.items() if value >= 0)
    # what is above every usual scale is a slip or a code; a rare answer within one may be meant
    slips = sum(count for value, count in tally.items() if value > TEN)
    for high in highs:
        above = sum(count for value, count in tally.items() if high < value <= TEN)
        strays = slips if high <= TEN else sum(count for value, count in tally.items() if value > high)
        if total and above <= RARELY * total and strays <= SLIPS * total:
            return high
    return None


def column_of(raw: RawSurvey, plan: Plan, name: str) -> Column:
    """Return a column with the plan's coding of its texts."""
    return raw.columns[name].coded(plan.coding.get(name))


def guess_scale(rated: Sequence[Column], zero: str | None = None) -> tuple[int, int]:
    """Return the lowest and highest answer that these columns' questions offered, 1 and 7 where nothing tells."""
    tops = [top_of(column.tally) for column in rated]
    # columns that go to a hundred do not stretch the scale of the others, unless they are more
    hundreds = 2 * tops.count(HUNDRED) > len(tops) - tops.count(None)
    tally: Counter[float] = Counter()
    for column, top in zip(rated, tops, strict=True):
        if top is not None and (top == HUNDRED) == hundreds:
            tally.update(column.tally)
    lowest = min(tally, default=0.0)
    if lowest < 0:
        # on both sides of nought: answers, or `nothing` would have taken them out
        widest = int(max(-lowest, max(tally)))
        return -widest, widest
    high = top_of(tally)
    if high is None:
        return 1, 7
    answers = sum(tally.values())
    if high - 1 in UNUSUAL and answers >= MANY and top_of(tally, UNUSUAL) == high - 1:
        high -= 1
    zeros = tally.get(0.0, 0)
    least = 0 if zeros > RARE * answers or (zeros and zero == "answer") or high == HUNDRED else 1
    if least == 0 and high == 5 and not tally.get(5.0):
        high = 4
    return least, high


def ask_mixed(raw: RawSurvey, plan: Plan) -> Question | None:
    """Return the question whether columns that stop short are on a shorter scale; None where none does."""
    rated = [column_of(raw, plan, name) for role in (EXPECTATION, PERCEPTION) for name in plan.columns(role)]
    stated = {column.name: max(column.out_of) for column in rated if column.out_of}
    tops = {column.name: stated.get(column.name, top_of(column.tally)) for column in rated if column.tally}
    counted = {column.name: sum(column.tally.values()) for column in rated}
    roles = {name: plan.uses[name].role for name in tops}
    # a whole block that stops short counts as one, however few its customers
    whole = {role: sum(counted[name] for name in tops if roles[name] == role) for role in set(roles.values())}
    known = {  # a column that names its own scale needs no company
        name: top
        for name, top in tops.items()
        if name in stated or counted[name] >= ENOUGH or whole[roles[name]] >= ENOUGH
    }
    short = sorted({top for top in known.values() if top is not None and top < plan.high})
    if not short:
        return None
    top = short[0]
    names = tuple(name for name, its in known.items() if its == top)
    mine = [column for column in rated if column.name in names]
    others = [column for column in rated if column.name not in names]
    answers = sum(sum(column.tally.values()) for column in others)
    above = sum(count for column in others for value, count in column.tally.items() if value > top)
    few = not set(names) <= set(stated) and sum(counted[name] for name in names) < ENOUGH
    if not answers or above < OTHERS_ABOVE * answers or few:
        return None
    low = 0 if plan.low == 0 and any(column.tally.get(0.0) for column in mine) else 1
    value = f"stretch-{low}-{top}"
    mean = _mean(mine)
    longer = plan.low + (mean - low) * (plan.high - plan.low) / (top - low)
    return Question(
        "scale",
        names,
        Message(
            N_("{columns}: no answer above {top}, while others go to {high}. Was a shorter scale used here?"),
            columns=[*names[:4], "…"] if len(names) > 4 else list(names),
            top=top,
            high=plan.high,
        ),
        (
            Choice(
                "same",
                Message(N_("No, on the same scale as the others")),
                Message(N_("The mean would be {mean:.2f}."), mean=mean),
            ),
            Choice(
                value,
                Message(
                    N_("Yes, {low} to {top}: stretch them to {first} to {high}"),
                    low=low,
                    top=top,
                    first=plan.low,
                    high=plan.high,
                ),
                Message(N_("The mean would be {mean:.2f}."), mean=longer),
            ),
        ),
        "same",
    )


def _mean(columns: Sequence[Column]) -> float:
    total = sum(value * count for column in columns for value, count in column.tally.items())
    return total / max(sum(count for column in columns for count in column.tally.values()), 1)


def stretched(plan: Plan, column: str, values: Numbers) -> Numbers:
    """Return a column's values on the scale of the plan, by the answer to `ask_mixed`."""
    answer = plan.chosen("scale") or "same"
    names = next((question.columns for question in plan.questions if question.key == "scale"), ())
    if answer == "same" or column not in names:
        return values
    low, top = map(int, answer.removeprefix("stretch-").split("-"))
    inside = (values >= low) & (values <= top)
    return np.where(inside, plan.low + (values - low) * (plan.high - plan.low) / (top - low), np.nan)


def ask_reversed(raw: RawSurvey, plan: Plan) -> list[Question]:
    """Return a question for each column whose answers run against the others of its dimension, or whose name says so."""
    questions = []
    for role in (EXPECTATION, PERCEPTION):
        for name in plan.columns(role):
            marked = bool(REVERSED.search(plain(name)))
            others = [other for other in plan.columns(role, plan.uses[name].dimension) if other != name]
            against = _correlation(raw, plan, name, others or [each for each in plan.columns(role) if each != name])
            if not marked and (against is None or against > OPPOSED):
                continue
            questions.append(
                Question(
                    f"reversed:{name}",
                    (name,),
                    Message(
                        N_(
                            "“{column}” runs against its neighbours (correlation {r:.2f}). Does a high number mean bad?"
                        ),
                        column=name,
                        r=against,
                    )
                    if against is not None and against <= OPPOSED
                    else Message(N_("“{column}” is named as reversed. Does a high number mean bad?"), column=name),
                    (
                        Choice("keep", Message(N_("No, leave it as it is"))),
                        Choice("turn", Message(N_("Yes, turn it round"))),
                    ),
                    "turn" if marked and against is not None and against <= OPPOSED else "keep",
                )
            )
    return questions


def _correlation(raw: RawSurvey, plan: Plan, name: str, others: Sequence[str]) -> float | None:
    """Return a column's correlation with the mean of others, over the first rows; None where too few can be compared."""
    if not others:
        return None

    def head(column: str) -> Numbers:
        found = column_of(raw, plan, column)
        values = np.where((found.values >= plan.low) & (found.values <= plan.high), found.values, np.nan)
        return values[found.codes[:SAMPLE]]

    mine, rest = head(name), np.stack([head(other) for other in others])
    told = ~np.isnan(rest)
    mean = np.where(told, rest, 0).sum(axis=0) / np.maximum(told.sum(axis=0), 1)
    both = ~np.isnan(mine) & told.any(axis=0)
    if both.sum() < ENOUGH + 10 or np.ptp(mine[both]) == 0 or np.ptp(mean[both]) == 0:
        return None
    return float(np.corrcoef(mine[both], mean[both])[0, 1])
