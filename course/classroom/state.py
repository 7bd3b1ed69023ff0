"""Where a class is: which step, whether it is asked, closed or revealed, and what the teacher may do next."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

WAITING, ASKING, CLOSED, REVEALED = "waiting", "asking", "closed", "revealed"
LOBBY = -1
MOST_ROUNDS = 5
LONGEST_CLOCK = 3_600.0
COMMANDS = ("go", "close", "reveal", "again", "next", "back", "to", "pause", "picture", "names", "clock", "end")


class StateError(ValueError):
    """A command that does not fit where the class is."""


@dataclass(frozen=True)
class Progress:
    """How far one step has come: its phase, and the round, which is 2 once the class has been asked again."""

    phase: str = WAITING
    round: int = 1


@dataclass(frozen=True)
class State:
    """A class of `steps` steps. `step` is LOBBY before the first; `version` grows with every command.

    `picture` tells whether the answers are drawn, `names` whether made-up names are taken and shown, `until` when the clock
    runs out (seconds since 1970), None without one.
    """

    steps: int
    step: int = LOBBY
    progress: tuple[Progress, ...] = ()
    paused: bool = False
    picture: bool = False
    names: bool = False
    until: float | None = None
    ended: bool = False
    version: int = 0

    @property
    def now(self) -> Progress:
        """How far the step on show has come."""
        return self.of(self.step)

    def of(self, step: int) -> Progress:
        """How far any step has come."""
        return self.progress[step] if 0 <= step < len(self.progress) else Progress()

    @property
    def open(self) -> bool:
        """Whether an answer is being asked for."""
        return self.now.phase == ASKING and not self.ended

    def late(self, step: int, round_: int) -> bool | None:
        """Whether an answer to this step and round comes after the class has seen more; None where it was never asked."""
        if not 0 <= step < self.steps:
            return None
        found = self.of(step)
        if found.phase == WAITING or round_ > found.round or round_ < 1:
            return None
        return self.ended or found.phase == REVEALED or round_ < found.round

    def after(self, command: str, seconds: float = 0.0, now: float = 0.0, place: int = LOBBY) -> State:
        """Return the state after a command. `StateError` where it does not fit.

        `seconds` from `now` are for the clock, `place` is the step to go to.
        """
        if command not in COMMANDS or (self.ended and command != "end"):
            raise StateError(command)
        if command == "clock":
            state = self._clock(seconds, now)
        elif command == "to":
            state = self._to(place)
        else:
            state = getattr(self, f"_{command}")()
        return replace(state, version=self.version + 1)

    def _at(self, phase: str, *expected: str, **changes: Any) -> State:
        if self.step == LOBBY or self.now.phase not in expected:
            raise StateError(phase)
        progress = list(self.progress)
        progress[self.step] = replace(self.now, phase=phase)
        return replace(self, progress=tuple(progress), paused=False, until=None, **changes)

    def _go(self) -> State:
        return self._at(ASKING, WAITING, CLOSED, picture=False)

    def _close(self) -> State:
        return self._at(CLOSED, ASKING, picture=True)

    def _reveal(self) -> State:
        return self._at(REVEALED, ASKING, CLOSED, picture=True)

    def _again(self) -> State:
        if self.now.round == MOST_ROUNDS:
            raise StateError("again")
        asked = self._at(ASKING, CLOSED, picture=False)
        progress = list(asked.progress)
        progress[self.step] = replace(asked.now, round=self.now.round + 1)
        return replace(asked, progress=tuple(progress))

    def _next(self) -> State:
        return self._to(self.step + 1)

    def _to(self, place: int) -> State:
        if not LOBBY <= place < self.steps:
            raise StateError("to")
        return self._shown(place, self.progress + (Progress(),) * (place + 1 - len(self.progress)))

    def _back(self) -> State:
        if self.step == LOBBY:
            raise StateError("back")
        return self._shown(self.step - 1, self.progress)

    def _shown(self, step: int, progress: tuple[Progress, ...]) -> State:
        """Move to a step. A question that is left while it is asked is closed: nobody sees it any more."""
        left = tuple(
            replace(one, phase=CLOSED) if index == self.step and one.phase == ASKING else one
            for index, one in enumerate(progress)
        )
        phase = left[step].phase if step >= 0 else WAITING
        return replace(self, step=step, progress=left, paused=False, until=None, picture=phase in (CLOSED, REVEALED))

    def _pause(self) -> State:
        return replace(self, paused=not self.paused)

    def _picture(self) -> State:
        return replace(self, picture=not self.picture)

    def _names(self) -> State:
        return replace(self, names=not self.names)

    def _clock(self, seconds: float, now: float) -> State:
        if not self.open or not 0 <= seconds <= LONGEST_CLOCK:
            raise StateError("clock")
        return replace(self, until=now + seconds if seconds else None)

    def _end(self) -> State:
        return replace(self, ended=True, until=None, paused=False)


def written(state: State) -> dict[str, Any]:
    """Return a state as what JSON holds."""
    return asdict(state)


def read(fields: dict[str, Any]) -> State:
    """Return the state that was written."""
    return State(**{**fields, "progress": tuple(Progress(**one) for one in fields["progress"])})
