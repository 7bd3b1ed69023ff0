"""Every run of an edition, asked of the pool of workers, and packed into files."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from course.manifest import Module
from course.runs.frames import LAST, frame, read_frame
from course.runs.line import WorkerGoneError
from course.runs.pool import Pool, TooLongError
from course.runs.questions import Question
from course.runs.recording import Spot, around, common, index, pack
from course.runs.turns import BusyError
from course.server.edition.scripts import packed
from course.simulations import simulation_class

# a machine may have other work, and nobody waits for a single run
SECONDS = 120.0
Told = tuple[dict[str, Any], list[bytes]]


class RecordingError(RuntimeError):
    """Raised where a run could not be recorded; the message is the machine's."""


@dataclass
class Recorded:
    """What was recorded of one module: what a page has to know of it (JSON-ready), the files by name, how many runs."""

    index: dict[str, Any]
    files: dict[str, bytes] = field(default_factory=dict)
    runs: int = 0


class Recorder:
    """Asks a pool of workers, as many questions at once as there are workers."""

    def __init__(self, pool: Pool | None = None) -> None:
        self._pool = pool or Pool(seconds=SECONDS)
        self._places = asyncio.Semaphore(self._pool.size)

    async def module(self, module: Module, languages: Iterable[str]) -> Recorded:
        """Return all that is recorded of a module with a simulation. Raises `RecordingError`."""
        model = simulation_class(module)
        found = Recorded(index(module))
        groups = {"": common(model), **{preset.key: [*around(model, preset.key)] for preset in model.words().presets}}
        packs = {}
        for preset, spots in groups.items():
            runs = await self._runs(module, spots)
            packs[preset] = self._keep(found, f"{module.number}-{preset or 'starts'}", pack(runs))
            found.runs += len(runs)
        found.index |= {"common": packs.pop(""), "packs": packs, "words": {}}
        for language in languages:
            content, _columns = await self._ask(Question(module.id, "app", language, "", {}))
            words = frame({"content": content["content"]})
            found.index["words"][language] = self._keep(found, f"{module.number}-{language}", words)
        return found

    def _keep(self, found: Recorded, stem: str, what: bytes) -> str:
        name, body = packed(stem, what)
        found.files[name] = body
        return name

    async def _runs(self, module: Module, spots: list[Spot]) -> dict[str, Told]:
        model = simulation_class(module)
        asked = [self._ask(spot.question(module, model)) for spot in spots]
        return {spot.key: told for spot, told in zip(spots, await asyncio.gather(*asked), strict=True)}

    async def _ask(self, question: Question) -> Told:
        async with self._places:
            try:
                what, body = await self._pool.ask(question, "", _nobody)
            except (TooLongError, WorkerGoneError, BusyError) as error:
                raise RecordingError(f"{question.module}: {type(error).__name__} {error}") from error
        if what != LAST:
            raise RecordingError(f"{question.module}: {body.decode(errors='replace')}")
        return read_frame(body)

    def close(self) -> None:
        """Let the workers go."""
        self._pool.renew()


def _nobody(_piece: bytes) -> None:
    return None
