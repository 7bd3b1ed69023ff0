"""What a server asks: a question in, an answer out, from the store or from a worker. Who asks the same at once waits once."""

from __future__ import annotations

import asyncio
import gzip
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from course.i18n import N_
from course.i18n.message import Message
from course.manifest import ManifestError, syllabus
from course.runs.frames import LAST, REFUSED
from course.runs.line import WorkerGoneError
from course.runs.pool import Pool, TooLongError
from course.runs.questions import Question
from course.runs.store import Store
from course.runs.turns import BusyError
from course.runs.version import traces, version

# so soon a place may be free again
RETRY_SECONDS = 2
# between two pages an author saves a file
LOOK_AGAIN_SECONDS = 2.0
NO_MODULE = N_("There is no simulation of module {asked!r} in the course.")
BUSY = N_("Very many people are computing here at the moment. Wait {seconds} seconds; the page asks again by itself.")
TOO_LONG = N_("This run took longer than {seconds} seconds and was stopped. Choose other settings.")
FAILED = N_(
    "This run could not be computed: a fault of the course, not yours. Choose other settings or reload the page."
)


def _nobody(_piece: bytes) -> None:
    return None


class Outcome(Enum):
    """How a question ended."""

    ANSWERED = 200
    UNKNOWN = 404
    REFUSED = 422
    BUSY = 429
    FAILED = 500
    TOO_LONG = 504


@dataclass(frozen=True)
class Answer:
    """How it ended; where it was answered, the frame, compressed by gzip; else a sentence for the learner.

    `lasting` says that the answer belongs to the edition that was asked, so that it never changes; `fault` is for the log.
    """

    outcome: Outcome
    packed: bytes = b""
    said: str = ""
    lasting: bool = False
    fault: str = ""

    @property
    def frame(self) -> bytes:
        """The frame as it is."""
        return gzip.decompress(self.packed)


class Flight:
    """One question being worked on, and all who wait for its answer."""

    task: asyncio.Task[tuple[bytes, bytes]]

    def __init__(self) -> None:
        self.listeners: list[Callable[[bytes], None]] = []

    def tell(self, piece: bytes) -> None:
        """Pass on a frame that is not the last."""
        for listener in [*self.listeners]:
            listener(piece)


class Service:
    """Answers questions for one server. It holds nothing of who asks, so another server may answer the next."""

    def __init__(self, pool: Pool | None = None, store: Store | None = None) -> None:
        self.pool, self.store = pool or Pool(), store or Store()
        self._version, self._settled = "", True
        self._traces, self._looked = 0, -math.inf
        self._flights: dict[str, Flight] = {}

    @property
    def version(self) -> str:
        """The name of the edition that answers."""
        return self._version or self.renew()

    def renew(self) -> str:
        """Return the edition's name; where an author has changed a source, which is looked after now and then, begin anew."""
        if time.monotonic() - self._looked < LOOK_AGAIN_SECONDS:
            return self._version
        self._looked = time.monotonic()
        now = traces()
        if now != self._traces:
            self._traces, found = now, version()
            if self._version and found != self._version:
                self.store.clear()
                self.pool.renew()
                # what a process read before the change it may still tell: nobody is to keep that for good
                self._settled = False
            self._version = found
        return self._version

    def kept(self, address: str) -> bytes | None:
        """Return what was answered at an address (`Question.address`), compressed by gzip, where it holds for good."""
        return self.store.find(address) if self._settled else None

    async def ask(self, question: Question, address: str, told: Callable[[bytes], None] = _nobody) -> Answer:
        """Return the answer. `address` is whose turn it takes; `told` gets the frames before the last of a long answer."""
        try:
            module = syllabus().module(question.module)
        except ManifestError:
            module = None
        if module is None or not module.simulated or question.module != module.id:
            shown = question.module[:40]
            return self._refusal(Outcome.UNKNOWN, Message(NO_MODULE, asked=shown), question)
        edition = self.version
        lasting = self._settled and question.version == edition
        key = question.address(edition)
        if kept := self.store.find(key):
            return Answer(Outcome.ANSWERED, kept, lasting=lasting)
        try:
            what, body = await self._fly(key, question, address, told)
        except BusyError:
            return self._refusal(Outcome.BUSY, Message(BUSY, seconds=RETRY_SECONDS), question)
        except TooLongError:
            limit = self.pool.long_seconds if question.long else self.pool.seconds
            return self._refusal(Outcome.TOO_LONG, Message(TOO_LONG, seconds=f"{limit:g}"), question)
        except WorkerGoneError as error:
            return self._refusal(Outcome.FAILED, Message(FAILED), question, str(error))
        if what == REFUSED:
            return Answer(Outcome.REFUSED, said=body.decode())
        if what != LAST:
            return self._refusal(Outcome.FAILED, Message(FAILED), question, body.decode(errors="replace"))
        packed = gzip.compress(body, 3, mtime=0)
        if edition == self._version:
            self.store.keep(key, packed)
        return Answer(Outcome.ANSWERED, packed, lasting=lasting)

    def _refusal(self, outcome: Outcome, message: Message, question: Question, fault: str = "") -> Answer:
        return Answer(outcome, said=message.say(question.language), fault=fault)

    async def _fly(
        self, key: str, question: Question, address: str, told: Callable[[bytes], None]
    ) -> tuple[bytes, bytes]:
        """Wait for the answer with all who ask the same; when the last of them has gone, the work ends."""
        flight = self._flights.get(key)
        if flight is None:
            flight = self._flights[key] = Flight()
            flight.task = asyncio.create_task(self.pool.ask(question, address, flight.tell))
        flight.listeners.append(told)
        try:
            return await asyncio.shield(flight.task)
        finally:
            flight.listeners.remove(told)
            if flight.task.done() or not flight.listeners:
                flight.task.cancel()
                if self._flights.get(key) is flight:
                    del self._flights[key]
