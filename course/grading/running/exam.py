"""The grader's side of an exam: it starts the examiner, and carries questions and answers between the rooms."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from course.answers import THEORY
from course.grading.assignment.source import Piece

ENTRY = "course.grading.running.examiner:serve"
# How long a test may reckon between two questions
SECONDS = 120.0

Ask = Callable[[str], Awaitable[str]]


class ExaminerError(RuntimeError):
    """Raised where the examiner itself ended or does not end: a fault of a test or of this machine."""


@dataclass(frozen=True)
class Verdict:
    """What came of a test. `more`: the hidden part has not been run; `asked`: the notebook was, and has marked its moment."""

    passed: bool
    printed: str
    found: str
    error: str
    said: str
    discreet: bool
    more: bool
    asked: bool


class Examiner:
    """One submission's examiner."""

    def __init__(
        self, language: str, token: str, imports: str, datasets: tuple[str, ...] = (), names: tuple[str, ...] = ()
    ) -> None:
        self._process, self._stream = _start(datasets, names)
        self._send({"language": language, "token": token, "imports": imports})

    def close(self) -> None:
        """Let the examiner go."""
        self._process.kill()
        for stream in self._stream:
            stream.close()
        self._process.wait()

    def _send(self, message: dict[str, Any]) -> None:
        try:
            self._stream[1].write(json.dumps(message).encode() + b"\n")
            self._stream[1].flush()
        except OSError as error:
            raise ExaminerError(str(error)) from error

    def _receive(self) -> dict[str, Any]:
        line = self._stream[0].readline()
        if not line:
            raise ExaminerError("the examiner ended")
        message: dict[str, Any] = json.loads(line)
        return message

    async def examine(self, test: Piece, ask: Ask, *, whole: bool) -> Verdict:
        """Have a test run, its visible part or the whole of it, and answer its questions by `ask`.

        Where `ask` raises, the test is still brought to its end, without answers.
        """
        self._send({"test": test.grade_id, "source": test.source, "whole": whole})
        failure: BaseException | None = None
        asked = False
        while "question" in (message := await self._next()):
            asked = True
            reply = json.dumps({"kind": "error", "value": "null", "error": ["RuntimeError", ""]})
            if failure is None:
                try:
                    reply = await ask(message["question"])
                except Exception as error:
                    failure = error
            self._send({"reply": reply})
        if failure is not None:
            raise failure
        return Verdict(**message["result"], asked=asked)

    async def _next(self) -> dict[str, Any]:
        receiving = asyncio.ensure_future(asyncio.to_thread(self._receive))
        done, _ = await asyncio.wait([receiving], timeout=SECONDS)
        if not done:
            self._process.kill()
            await asyncio.wait([receiving])
            raise ExaminerError(f"a test did not end within {SECONDS:g} seconds")
        return receiving.result()


def _start(datasets: tuple[str, ...], names: tuple[str, ...]) -> tuple[Any, tuple[Any, Any]]:
    """Return a fresh examiner's process and the streams from and to it: forked where that can be, else started.

    What both rooms would work out for each submission anew, the warm process does once. Nothing of a test is among it.
    """
    from course.kernel.sandbox import ENVIRONMENT, warm_up
    from course.kernel.warm import NotWarmError, obstacle

    if not obstacle():
        ours, theirs = socket.socketpair()
        nothing = os.open(os.devnull, os.O_RDWR)
        try:
            once = [
                ["course.kernel.shut:first", THEORY],
                *(["course.datasets:load", name] for name in datasets),
                *(["course:__getattr__", name] for name in names),
            ]
            request = {"call": ENTRY, "env": ENVIRONMENT, "once": once}
            process: Any = warm_up().fork(request, [nothing, nothing, nothing, theirs.fileno()])
            return process, (ours.makefile("rb"), ours.makefile("wb"))
        except NotWarmError:
            pass
        finally:
            os.close(nothing)
            theirs.close()
            ours.close()
    command = [sys.executable, "-m", ENTRY.partition(":")[0]]
    started = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return started, (started.stdout, started.stdin)
