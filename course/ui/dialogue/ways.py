"""Every way that a call can go, by the theory: what the caller feels, and where the call stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from course.theory.calming import MOVES, TECHNIQUES, Caller, after
from course.ui.dialogue.script import LEVELS, OVER, Call


@dataclass(frozen=True)
class Way:
    """One way so far: the places of the choices ("021"), the caller then, the scene, or `OVER`, and how the last choice fell:
    too "early", "faded" because it had been said before, or "".
    """

    path: str
    caller: Caller
    scene: str
    effect: str = ""


def level_of(anger: float) -> str:
    """Return how a caller of this anger (0 to 100) sounds, a key of `LEVELS`."""
    return next(level for level, most in LEVELS.items() if anger <= most)


def ways(call: Call) -> Iterator[Way]:
    """Yield every way that a call can go, those that are not over yet too."""
    ahead = [Way("", Caller(call.anger), call.begin)]
    while ahead:
        way = ahead.pop()
        yield way
        choices = call.scenes[way.scene].choices if way.scene != OVER else ()
        for place, choice in enumerate(choices):
            then = after(way.caller, choice.move)
            scene = OVER if then.anger >= call.hangs_up else choice.next
            ahead.append(Way(f"{way.path}{place}", then, scene, _effect(way.caller, choice.move)))


def _effect(caller: Caller, move: str) -> str:
    if caller.heard < MOVES[move].needs:
        return "early"
    return "faded" if move in TECHNIQUES and move in caller.said else ""
