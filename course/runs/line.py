"""The server's side of a worker: a process that is forked where that can be, else started, and the line to it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any

from course.kernel.warm import ONE_THREAD, NotWarmError, fork_server, objection
from course.runs.frames import HEAD, MORE
from course.runs.questions import Question

ENTRY = "course.runs.worker:serve"
WORKER = "course.runs.worker"


class WorkerGoneError(RuntimeError):
    """Raised where a worker ended before it had answered."""


class Line:
    """One worker. Its methods wait: call them in a thread. `kill` may be called from any."""

    def __init__(self) -> None:
        self._process, self._hear, self._say = _start()

    def ask(self, question: Question, told: Callable[[bytes], None]) -> tuple[bytes, bytes]:
        """Return how a question is answered, and the last frame of the answer; `told` gets those before it."""
        asked = {
            "module": question.module,
            "kind": question.kind,
            "language": question.language,
            "fields": dict(question.fields),
        }
        try:
            self._say.write(json.dumps(asked).encode() + b"\n")
            self._say.flush()
            while True:
                what, size = HEAD.unpack(self._read(HEAD.size))
                body = self._read(size)
                if what != MORE:
                    return what, body
                told(body)
        except (OSError, ValueError) as error:
            raise WorkerGoneError(str(error)) from error

    def _read(self, size: int) -> bytes:
        data = self._hear.read(size)
        if len(data) < size:
            raise WorkerGoneError("the worker ended")
        return data

    def kill(self) -> None:
        """End the worker, whatever it does."""
        self._process.kill()

    def close(self) -> None:
        """End the worker and let go of the line."""
        self.kill()
        for stream in (self._hear, self._say):
            with suppress(OSError):
                stream.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(5)


def _start() -> tuple[Any, IO[bytes], IO[bytes]]:
    environment = {**os.environ, **ONE_THREAD}
    if not objection():
        ours, theirs = socket.socketpair()
        nothing = os.open(os.devnull, os.O_RDWR)
        try:
            request = {"call": ENTRY, "env": environment}
            process = fork_server().fork(request, [nothing, nothing, nothing, theirs.fileno()])
            return process, ours.makefile("rb"), ours.makefile("wb")
        except NotWarmError:
            pass
        finally:
            os.close(nothing)
            theirs.close()
            ours.close()
    command = [sys.executable, "-m", WORKER]
    started = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    )
    assert started.stdin is not None
    assert started.stdout is not None
    return started, started.stdout, started.stdin
