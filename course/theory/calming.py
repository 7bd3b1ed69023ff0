"""A caller's anger as a state that words move. Our own simple model: no study measured these numbers.

Three ideas are built in. Whoever has not been heard takes an explanation, an offer or a promise for a brush-off. What is said
again does less. And every sentence takes time, in which others wait.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from types import MappingProxyType

SOURCES = ("ours",)
FADE = 0.5


@dataclass(frozen=True)
class Move:
    """One thing to say. Shares are 0 to 1.

    `soothes`: share of the anger that goes, below 0 where it grows. `hears`: how much more the caller feels heard.
    `needs`: how heard the caller must feel for that; before, `provokes` is the share by which anger grows. `minutes`: of
    talk.
    """

    soothes: float
    hears: float = 0.0
    needs: float = 0.0
    provokes: float = 0.0
    minutes: float = 0.5


# the ten techniques that the course teaches, then what people say instead
TECHNIQUES = MappingProxyType({
    "stay-calm": Move(0.05, hears=0.10, minutes=0.2),
    "let-finish": Move(0.15, hears=0.35, minutes=1.5),
    "name-feeling": Move(0.15, hears=0.25, minutes=0.3),
    "repeat-back": Move(0.10, hears=0.30, minutes=0.5),
    "apologise": Move(0.15, hears=0.10, needs=0.2, provokes=0.05, minutes=0.2),
    "ask-facts": Move(0.05, hears=0.15, needs=0.3, provokes=0.10, minutes=1.0),
    "explain": Move(0.15, needs=0.6, provokes=0.20, minutes=1.0),
    "offer-choice": Move(0.20, needs=0.5, provokes=0.10, minutes=0.6),
    "promise-time": Move(0.25, needs=0.5, provokes=0.10, minutes=0.4),
    "agree-next": Move(0.15, needs=0.6, provokes=0.05, minutes=0.5),
})  # fmt: skip
MISSTEPS = MappingProxyType({
    "interrupt": Move(-0.20, hears=-0.20, minutes=0.2),
    "rulebook": Move(-0.15, hears=-0.10, minutes=0.4),
    "blame": Move(-0.35, hears=-0.30, minutes=0.4),
    "calm-down": Move(-0.25, hears=-0.15, minutes=0.1),
    "transfer": Move(-0.20, hears=-0.30, minutes=2.0),
})  # fmt: skip
MOVES = MappingProxyType({**TECHNIQUES, **MISSTEPS})


@dataclass(frozen=True)
class Caller:
    """Where a call stands: `anger` 0 to 100, how far the caller feels `heard` 0 to 1, `minutes` so far, what was `said`."""

    anger: float
    heard: float = 0.0
    minutes: float = 0.0
    said: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if not 0 <= self.anger <= 100 or not 0 <= self.heard <= 1:
            raise ValueError("anger must lie between 0 and 100, heard between 0 and 1")


def after(caller: Caller, move: str) -> Caller:
    """Return where the call stands after one more `move`, a key of `MOVES`. Raises `KeyError` for another.

    Anger is multiplied by 1 − soothes, or by 1 + provokes where the caller feels less heard than the move needs. What soothes
    or lets feel heard does so `FADE` times as much each further time it is said.
    """
    words = MOVES[move]
    fade = FADE ** caller.said.count(move)
    if caller.heard < words.needs:
        change, heard = words.provokes, 0.0
    else:
        # a sting does not wear off by being said again
        change = -words.soothes * (fade if words.soothes > 0 else 1)
        heard = words.hears * (fade if words.hears > 0 else 1)
    return Caller(
        min(100.0, caller.anger * (1 + change)),
        min(1.0, max(0.0, caller.heard + heard)),
        caller.minutes + words.minutes,
        (*caller.said, move),
    )


def talk(anger: float, moves: Iterable[str]) -> Caller:
    """Return where a call ends that begins at this `anger` (0 to 100) and in which `moves` are said in turn."""
    caller = Caller(anger)
    for move in moves:
        caller = after(caller, move)
    return caller


def after_promise(anger: float, *, kept: bool, relief: float = 0.5, betrayal: float = 0.5) -> float:
    """Return the anger (0 to 100) once the promised time has come.

    If the promise was kept, the share `relief` of it goes; if not, the share `betrayal` of what is missing to 100 is added.

    Raises `ValueError` for an anger, relief or betrayal out of range (the last two are shares).
    """
    if not 0 <= anger <= 100 or not 0 <= relief <= 1 or not 0 <= betrayal <= 1:
        raise ValueError("anger must lie between 0 and 100, shares between 0 and 1")
    return anger * (1 - relief) if kept else anger + betrayal * (100 - anger)
