"""What a module asks of a class, step by step: its predictions, the bets of its simulation, and its quiz.

Every text stands where the lesson's own stands, in `questions.toml` and `simulation.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from course.i18n import LANGUAGES, N_, Text, translator
from course.manifest import Module
from course.questions import Item, OptionItem, Prediction, questions

SLIDER, CHOICE, SEVERAL, NUMBER = "slider", "choice", "several", "number"
PREDICTION, BET, QUIZ = "prediction", "bet", "quiz"
TRUTH = N_("What came of it")
MODEL = N_("The model’s answer")
RIGHT = N_("The answer")


@dataclass(frozen=True)
class Choice:
    """An option of a quiz item, and what whoever took it, or left it out, is told."""

    text: Text
    right: bool
    feedback: Text


@dataclass(frozen=True)
class Slip:
    """A typical wrong number, and what whoever gave it is told."""

    value: float
    tolerance: float
    feedback: Text


@dataclass(frozen=True)
class Scale:
    """The slider of a guess: from `low` to `high` in steps of `step`."""

    low: float
    high: float
    step: float


@dataclass(frozen=True)
class Step:
    """One question to a class. `kind` is "slider", "choice", "several" or "number", `part` where the course asks it.

    Numbers are in `unit` ("one|many") and shown with `digits` decimals; `tolerance` is how far off a number may be.
    `answered` says what the answer is, and `reveal` what is told with it; `story` is what a question begins with. Whoever
    typed a wrong number is told what a slip among `slips` says, else what `missed` does.
    """

    key: str
    part: str
    kind: str
    question: Text
    answered: Text
    reveal: Text
    source: Text
    unit: Text
    story: Text
    digits: int = 0
    scale: Scale | None = None
    answer: float | None = None
    tolerance: float = 0.0
    choices: tuple[Choice, ...] = ()
    slips: tuple[Slip, ...] = ()
    missed: Text | None = None


NOTHING: Text = dict.fromkeys(LANGUAGES, "")


def _text(message: str) -> Text:
    return {language: translator(language)(message) for language in LANGUAGES}


def _prediction(asked: Prediction) -> Step:
    return Step(
        key=f"{PREDICTION}:{asked.key}",
        part=PREDICTION,
        kind=SLIDER,
        question=asked.question,
        answered=_text(TRUTH),
        reveal=asked.reveal,
        source=asked.source,
        unit=asked.unit,
        story=NOTHING,
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
        answered=_text(RIGHT),
        reveal=NOTHING,
        source=NOTHING,
        unit=NOTHING,
        story=NOTHING,
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


def _bets(module: Module) -> Iterator[Step]:
    """Yield the bets on a number, with the answer that the module's model gives here and now."""
    if not module.simulated:
        return
    from course.simulations.registry import simulation_class

    model = simulation_class(module)
    words = model.words()
    metrics = {metric.key: metric for metric in words.metrics}
    for bet in words.bets:
        if bet.path is not None:
            continue
        preset, metric = model.preset(bet.preset), metrics[bet.metric]
        found = model(**preset.values).run().metrics[bet.metric]
        times = 100.0 if metric.percent else 1.0
        digits = metric.digits
        yield Step(
            key=f"{BET}:{bet.key}",
            part=BET,
            kind=SLIDER,
            question=bet.question,
            answered=_text(MODEL),
            reveal=bet.reveal,
            source=metric.source,
            unit=dict.fromkeys(LANGUAGES, "%") if metric.percent else metric.unit or NOTHING,
            story=preset.story,
            digits=digits,
            scale=Scale(bet.low * times, bet.high * times, bet.step * times),
            answer=round(found * times, digits),
        )


def steps(module: Module) -> tuple[Step, ...]:
    """Return what `module` asks of a class, in the order in which the lesson comes to it. Raises `QuestionsError`."""
    asked = questions(module)
    return (*map(_prediction, asked.predictions), *_bets(module), *map(_item, asked.items))
