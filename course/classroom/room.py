"""A room: one module's steps, the state of the class, and the answers that have come, with what each may see of it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from course.classroom import state as states
from course.classroom.kinds import KINDS, AnswerError, Settings
from course.classroom.state import LOBBY, State
from course.classroom.step import Step
from course.classroom.store import Kept, Store

TOKEN_BYTES = 12
SEAL_LENGTH = 16
LARGEST_NUMBER = 1_000_000
MOST_PEOPLE = 2_000
# whoever's phone has not asked for so long has gone, or sleeps
GONE_SECONDS = 75.0


@dataclass(frozen=True)
class Own:
    """The answer of somebody that counts: the phone's number of it, what it is, whether it came late, and when in turn."""

    number: int
    answer: Any
    late: bool
    arrival: int


class Room:
    """A class that is asked `steps`, kept in a folder. `now` tells the time in seconds since 1970.

    `runs` are what came of the simulation for what was answered, as far as it is through; they are found anew each time.
    """

    def __init__(self, folder: Path, module: str, steps: Sequence[Step], now: Callable[[], float] = time.time) -> None:
        self.store = Store(folder, module)
        self.steps = tuple(steps)
        self.module = self.store.fact("module") or module
        self.code = self.store.fact("code") or ""
        self.teacher = self.store.fact("teacher") or ""
        self._secret = bytes.fromhex(self.store.fact("secret") or "")
        self._now = now
        self._places = {step.key: place for place, step in enumerate(self.steps)}
        self._people: dict[str, dict[tuple[str, int], Own]] = {}
        self._arrived = 0
        self.runs: dict[Settings, dict[str, float]] = {}
        self._seen: dict[str, float] = {}
        kept = self.store.state()
        found = states.read(kept) if kept else State(steps=0)
        # the course may have been updated since
        self.state = replace(found, steps=len(self.steps), step=min(found.step, len(self.steps) - 1))
        # grows with every answer, too
        self.news = 0
        for one in self.store.answers():
            self._take(one)

    # who is here

    def join(self) -> str:
        """Return a new token. It is sealed with the room's secret, so nothing is kept until its first answer."""
        token = secrets.token_hex(TOKEN_BYTES)
        return token + self._seal(token)

    def knows(self, token: str) -> bool:
        """Tell whether a token is one of this room's."""
        head, seal = token[: 2 * TOKEN_BYTES], token[2 * TOKEN_BYTES :]
        return token.isascii() and hmac.compare_digest(seal, self._seal(head))

    def _seal(self, head: str) -> str:
        return hmac.new(self._secret, head.encode(), hashlib.sha256).hexdigest()[:SEAL_LENGTH]

    def is_teacher(self, token: str) -> bool:
        """Tell whether a token is the teacher's."""
        return hmac.compare_digest(token.encode(), self.teacher.encode())

    def saw(self, token: str) -> None:
        """Note that a phone is here now."""
        if token not in self._seen:
            if len(self._seen) >= MOST_PEOPLE:
                return
            self.news += 1
        self._seen[token] = self._now()

    @property
    def here(self) -> int:
        """How many are in: phones that asked lately."""
        now = self._now()
        self._seen = {token: seen for token, seen in self._seen.items() if now - seen < GONE_SECONDS}
        return len(self._seen)

    # what is done

    def do(self, command: str, version: int, seconds: float = 0.0, place: int = LOBBY) -> bool:
        """Do what the teacher commands; return False where the board had not seen the state it was meant for.

        Raises `StateError` where the command does not fit.
        """
        if version != self.state.version:
            return False
        after = self.state.after(command, seconds, self._now(), place)
        self.store.keep_state(states.written(after))
        self.state = after
        return True

    def answer(self, token: str, key: str, round_: Any, number: Any, sent: Any) -> str:
        """Take an answer; return "received", "late" or "known", for one that has come before.

        Raises `AnswerError` where it is no answer to a question that was asked.
        """
        place = self._places.get(key)
        whole = type(round_) is int and type(number) is int and 1 <= number <= LARGEST_NUMBER
        late = self.state.late(place, round_) if place is not None and whole else None
        if place is None or late is None:
            raise AnswerError(key)
        if token not in self._people and len(self._people) >= MOST_PEOPLE:
            raise AnswerError(key)
        kind = KINDS[self.steps[place].kind]
        answer = kind.read(self.steps[place], sent)
        value = kind.written(answer if self.state.names else kind.nameless(answer))
        one = Kept(token, key, round_, number, value, late, self._arrived + 1)
        if not self.store.keep(one):
            if self.store.has(token, key, round_, number):
                return "known"
            raise AnswerError(key)
        self._take(one)
        self.news += 1
        return "late" if late else "received"

    def _take(self, one: Kept) -> None:
        self._arrived = max(self._arrived, one.arrival)
        place = self._places.get(one.step)
        if place is None:  # the course may have been updated since
            return
        mine = self._people.setdefault(one.person, {})
        before = mine.get((one.step, one.round))
        # what came before the reveal counts, and of that the last that was sent, in whatever order they arrived
        if before is None or (not one.late, one.number) > (not before.late, before.number):
            answer = KINDS[self.steps[place].kind].kept(one.value)
            mine[one.step, one.round] = Own(one.number, answer, one.late, one.arrival)

    def ran(self, settings: Settings, figures: dict[str, float]) -> None:
        """Take note of what came of a run."""
        self.runs[settings] = figures
        self.news += 1

    # what is seen

    def current(self, place: int, round_: int) -> list[Any]:
        """Return everybody's answer to a step in a round as they came, without those that came late."""
        key = (self.steps[place].key, round_)
        found = [mine[key] for mine in self._people.values() if key in mine and not mine[key].late]
        return [one.answer for one in sorted(found, key=lambda one: one.arrival)]

    def both(self, place: int, first: int, last: int) -> list[tuple[Any, Any]]:
        """Return what everybody answered to a step in two rounds, of those who answered both in time."""
        key = self.steps[place].key
        found = [(mine.get((key, first)), mine.get((key, last))) for mine in self._people.values()]
        return [(one.answer, other.answer) for one, other in found if one and other and not one.late and not other.late]

    def tallies(self, place: int) -> list[dict[str, Any]]:
        """Return how the class answered a step, round by round."""
        step = self.steps[place]
        rounds = range(1, self.state.of(place).round + 1)
        answers = (self.current(place, round_) for round_ in rounds)
        return [KINDS[step.kind].tally(step, one, self.runs, names=self.state.names) for one in answers]

    def to_run(self, place: int) -> set[Settings]:
        """Return what has not been run yet of what was answered to a step, or is shown beside it."""
        step, rounds = self.steps[place], range(1, self.state.of(place).round + 1)
        kind = KINDS[step.kind]
        asked = [kind.settings(step, answer) for round_ in rounds for answer in self.current(place, round_)]
        return {one for one in (*asked, *kind.beside(step)) if one is not None and one not in self.runs}

    def was_answered(self, place: int) -> bool:
        """Tell whether anybody answered a step, in any round, before the reveal."""
        return any(self.current(place, round_ + 1) for round_ in range(self.state.of(place).round))

    def mine(self, token: str, place: int, round_: int) -> Own | None:
        """Return somebody's answer that counts, None without one."""
        return self._people.get(token, {}).get((self.steps[place].key, round_))

    def numbered(self, token: str) -> int:
        """Return the highest number that a phone has given an answer, 0 where none came."""
        return max((one.number for one in self._people.get(token, {}).values()), default=0)

    def close(self) -> None:
        """Let go of the file."""
        self.store.close()

    def delete(self) -> None:
        """Delete everything that the room kept."""
        self.store.delete()
        self._people.clear()
