"""Rooms to try: a question of every kind, in place of a module's own."""

from __future__ import annotations

from course.classroom.kinds.levers import Aim, Beside, Lever, Levers
from course.classroom.kinds.path import Places
from course.classroom.rated import RATING
from course.classroom.simulated import BET, CHALLENGE, STRATEGY
from course.classroom.step import Choice, Scale, Step
from course.classroom.steps import CASE, PREDICTION, QUIZ

GUESS = "prediction:stars"


def text(words: str) -> dict[str, str]:
    return {"en": words, "zh": f"中文 {words}"}


def step(key: str, part: str, kind: str, **fields: object) -> Step:
    words = {name: text(f"{key} {name}") for name in ("question", "answered", "reveal", "source", "unit", "story")}
    return Step(key=key, part=part, kind=kind, **{**words, **fields})  # type: ignore[arg-type]


OPTIONS = tuple(Choice(text(f"option {name}"), name in "BC", text(f"because {name}")) for name in "ABC")
ONE = tuple(Choice(one.text, place == 1, one.feedback) for place, one in enumerate(OPTIONS))
LEVERS = Levers(
    (
        Lever("care", text("care"), text("yuan"), Scale(0.0, 10.0, 1.0), 2.0),
        Lever("staff", text("staff"), text(""), Scale(50.0, 150.0, 5.0), 100.0),
    ),
    (("seats", 20.0),),
    (
        Aim("profit", text("profit"), text("m"), 0, 1.0, ">=", 50.0),
        Aim("clean", text("clean"), text("%"), 0, 100.0, ">=", 0.9),
    ),
    (Beside(text("a way"), (("care", 8.0), ("seats", 20.0), ("staff", 100.0))),),
)
PLACES = Places(0.0, 2.0, 1.0, False, text("year"), text("index"), (100.0, 90.0, None))
STEPS = (
    step(GUESS, PREDICTION, "slider", scale=Scale(1.0, 5.0, 0.1), answer=4.3, digits=1),
    step("bet:felt", BET, "slider", scale=Scale(-60.0, 60.0, 1.0), answer=-25.4, digits=1),
    step("quiz:one", QUIZ, "choice", choices=ONE),
    step("quiz:many", QUIZ, "several", choices=OPTIONS),
    step("quiz:number", QUIZ, "number", answer=65.73, tolerance=0.06, digits=2),
    step("bet:line", BET, "path", scale=Scale(50.0, 110.0, 0.5), about=PLACES),
    step("case:crisis", CASE, "decision", choices=ONE),
    step("challenge:both", CHALLENGE, "challenge", about=LEVERS),
    step("strategy:ten", STRATEGY, "strategy", about=LEVERS),
    step("rating:three", RATING, "ratings", choices=OPTIONS),
)
# two answers to a question of each kind, as phones send them
SENT = {
    "slider": (3.0, 2.0), "choice": (0, 1), "several": ([0], [1, 2]), "number": (1.5, 65.73), "decision": (2, 1),
    "path": ([100, 95.5, 80], [50, 110, 70]), "challenge": ({"values": [8, 100]}, {"values": [0, 50], "name": "Anna"}),
    "strategy": ({"values": [2, 105]}, {"values": [3, 110]}), "ratings": ([1, 2, 3], [7, 7, 7]),
}  # fmt: skip


def outcome(settings: tuple[tuple[str, float], ...]) -> dict[str, float]:
    """Run a model of two lines in place of a simulation."""
    values = dict(settings)
    return {**values, "profit": values["staff"] - 5 * values["care"], "clean": 0.5 + values["care"] / 20}
