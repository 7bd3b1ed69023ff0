"""Rooms to try: a guess, a choice, several, and a number, in place of a module's own."""

from __future__ import annotations

from course.classroom.steps import BET, CHOICE, NUMBER, PREDICTION, QUIZ, SEVERAL, SLIDER, Choice, Scale, Step

GUESS = "prediction:stars"


def text(words: str) -> dict[str, str]:
    return {"en": words, "zh": f"中文 {words}"}


def step(key: str, part: str, kind: str, **fields: object) -> Step:
    words = {name: text(f"{key} {name}") for name in ("question", "answered", "reveal", "source", "unit", "story")}
    return Step(key=key, part=part, kind=kind, **{**words, **fields})  # type: ignore[arg-type]


OPTIONS = tuple(Choice(text(f"option {name}"), name in "BC", text(f"because {name}")) for name in "ABC")
ONE = tuple(Choice(one.text, place == 1, one.feedback) for place, one in enumerate(OPTIONS))
STEPS = (
    step(GUESS, PREDICTION, SLIDER, scale=Scale(1.0, 5.0, 0.1), answer=4.3, digits=1),
    step("bet:felt", BET, SLIDER, scale=Scale(-60.0, 60.0, 1.0), answer=-25.4, digits=1),
    step("quiz:one", QUIZ, CHOICE, choices=ONE),
    step("quiz:many", QUIZ, SEVERAL, choices=OPTIONS),
    step("quiz:number", QUIZ, NUMBER, answer=65.73, tolerance=0.06, digits=2),
)
