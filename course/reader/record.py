"""What lessons give when they are run: each is run once on a server, when it is first read, and then kept in a file.

A page never waits for it: it asks `known`, shows the text, and comes back for the rest.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from course import __version__, whole
from course.manifest import Module
from course.paths import DATASETS, PACKAGE
from course.reader.outputs import Output
from course.reader.running import Outputs, RunError, run

FOLDER = "course-lessons"
# So long a lesson that could not be run is not tried again
PAUSE_SECONDS = 60.0
Which = tuple[str, str, int, int]
Run = Callable[[Module, str], Awaitable[Outputs]]


@cache
def fingerprint() -> str:
    """Return what tells this state of the package and its data from another one."""
    paths = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.po"), *DATASETS.glob("*")]
    stated = sorted((path.as_posix(), path.stat()) for path in paths)
    told = [f"{path} {state.st_size} {state.st_mtime_ns}" for path, state in stated]
    return hashlib.sha256("\n".join([__version__, *told]).encode()).hexdigest()


def key(module: Module, language: str) -> str:
    """Return what tells a lesson, with the module's words and the package, from another state of it."""
    # it brings numpy, which a server need not wait for
    from course.ratings.file import found

    files = [module.lesson(language), *sorted(module.folder.glob("*.toml"))]
    parts = [*(path.read_bytes() for path in files), found(module.folder) or b""]
    return hashlib.sha256(b"\0".join([fingerprint().encode(), *parts])).hexdigest()


def _which(module: Module, language: str) -> Which:
    """Return what tells a lesson from others, and from itself before a class's ratings came to lie beside it."""
    from course.ratings.file import place

    try:
        state = place(module.folder).stat()
    except OSError:
        return module.id, language, 0, 0
    return module.id, language, state.st_size, state.st_mtime_ns


class Record:
    """The lessons' outputs, in `folder` and in memory; as many lessons are run at a time as `places` allows."""

    def __init__(self, folder: Path, run: Run = run, places: int = 1) -> None:
        self._folder = folder / FOLDER
        self._run = run
        self._places = asyncio.Semaphore(places)
        self._known: dict[Which, Outputs] = {}
        self._running: dict[Which, asyncio.Task[Outputs]] = {}
        self._failed: dict[Which, tuple[float, str]] = {}

    def known(self, module: Module, language: str) -> Outputs | None:
        """Return a lesson's outputs if it has been run, without waiting."""
        which = _which(module, language)
        if which not in self._known and (kept := self._kept(module, language)) is not None:
            self._known[which] = kept
        return self._known.get(which)

    async def outputs(self, module: Module, language: str) -> Outputs:
        """Return a lesson's outputs; who asks while it is run waits for the same run. Raises `RunError`."""
        if (known := self.known(module, language)) is not None:
            return known
        which = _which(module, language)
        when, why = self._failed.get(which, (-PAUSE_SECONDS, ""))
        if time.monotonic() - when < PAUSE_SECONDS:
            raise RunError(why)
        if which not in self._running:
            self._running[which] = asyncio.create_task(self._run_once(module, language))
            self._running[which].add_done_callback(lambda _task: self._running.pop(which))
        # who goes away takes the run from nobody else
        return await asyncio.shield(self._running[which])

    async def _run_once(self, module: Module, language: str) -> Outputs:
        which = _which(module, language)
        async with self._places:
            try:
                found = await self._run(module, language)
            except RunError as error:
                self._failed[which] = (time.monotonic(), str(error))
                raise
        self._known[which] = found
        # a folder that cannot be written to costs the next server a run
        with suppress(OSError):
            self._keep(module, language, found)
        return found

    def _path(self, module: Module, language: str) -> Path:
        return self._folder / f"{module.id}.{language}.json"

    def _kept(self, module: Module, language: str) -> Outputs | None:
        try:
            kept = json.loads(self._path(module, language).read_text(encoding="utf-8"))
            if kept["key"] != key(module, language):
                return None
            return {name: [Output(*one) for one in outputs] for name, outputs in kept["outputs"].items()}
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _keep(self, module: Module, language: str, found: Outputs) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        outputs = {name: [(one.kind, one.body) for one in some] for name, some in found.items()}
        path = self._path(module, language)
        whole.write(path, json.dumps({"key": key(module, language), "outputs": outputs}))
