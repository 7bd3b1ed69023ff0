"""What a module asks of a class, step by step: predictions, bets, challenges, strategies, cases, and its quiz.

Every text stands where the lesson's own stands, in `questions.toml` and `simulation.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from course.classroom.rated import RATING, ratings
from course.classroom.simulated import BET, CHALLENGE, STRATEGY, simulated
from course.classroom.step import Choice, Scale, Slip, Step, both
from course.decisions import Case
from course.i18n import N_
from course.manifest import Module
from course.questions import Item, OptionItem, Prediction, questions

PREDICTION, QUIZ, CASE = "prediction", "quiz", "case"
TRUTH = N_("What came of it")
RIGHT = N_("The answer")
DONE = N_("What was done")
PARTS = {
    PREDICTION: N_("A guess, from the lesson"),
    BET: N_("A bet, from the simulation"),
    CHALLENGE: N_("A challenge, from the simulation"),
    STRATEGY: N_("A strategy"),
    CASE: N_("A decision"),
    QUIZ: N_("From the quiz"),
    RATING: N_("A service, before and after"),
}


def _prediction(asked: Prediction) -> Step:
    return Step(
        key=f"{PREDICTION}:{asked.key}",
        part=PREDICTION,
        kind="slider",
        question=asked.question,
        answered=both(TRUTH),
        reveal=asked.reveal,
        source=asked.source,
        unit=asked.unit,
        digits=asked.digits,
        scale=Scale(asked.low, asked.high, asked.step),
        answer=asked.answer,
    )


def _item(item: Item) -> Step:
    step = Step(
        key=f"{QUIZ}:{item.key}",
        part=QUIZ,
        kind=item.kind,
        question=item.question,
        answered=both(RIGHT),
    )
    if isinstance(item, OptionItem):
        return replace(step, choices=tuple(Choice(one.text, one.right, one.feedback) for one in item.options))
    return replace(
        step,
        reveal=item.hit,
        unit=item.unit,
        digits=_decimals(item.answer),
        answer=item.answer,
        tolerance=item.tolerance,
        slips=tuple(Slip(trap.value, trap.tolerance, trap.feedback) for trap in item.traps),
        missed=item.miss,
    )


def _decimals(number: float) -> int:
    return len(f"{number:.6f}".rstrip("0").partition(".")[2])


def _case(case: Case) -> Step:
    return Step(
        key=f"{CASE}:{case.key}",
        part=CASE,
        kind="decision",
        question=case.question,
        answered=both(DONE),
        reveal=case.reveal,
        source=case.source,
        story=case.story,
        choices=tuple(Choice(way.text, way.done, way.follows) for way in case.ways),
    )


def steps(module: Module) -> tuple[Step, ...]:
    """Return what `module` asks of a class, in the order in which the lesson comes to it.

    `QuestionsError` for a questions file that cannot be used.
    """
    asked = questions(module)
    ours: Iterator[Step] = simulated(module, asked.strategies) if module.simulated else iter(())
    return (
        *map(_prediction, asked.predictions),
        *ours,
        *map(_case, asked.cases),
        *map(_item, asked.items),
        *ratings(module),
    )
