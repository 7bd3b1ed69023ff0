"""A worker: a process that answers one question after the other until the server hangs up.

A question is a line of JSON; the pieces of an answer are as `frames` says.
"""

from __future__ import annotations

import json
import socket
import sys
from typing import BinaryIO

from traitlets import TraitError

from course.runs.answering import answers
from course.runs.frames import FAILED, HEAD, LAST, MORE, REFUSED


def reply(line: bytes, out: BinaryIO) -> None:
    """Answer one question."""

    def say(what: bytes, body: bytes) -> None:
        out.write(HEAD.pack(what, len(body)))
        out.write(body)
        out.flush()

    asked = json.loads(line)
    held: bytes | None = None
    try:
        for piece in answers(asked["module"], asked["kind"], asked["language"], asked["fields"]):
            if held is not None:
                say(MORE, held)
            held = piece
    except TraitError as error:
        say(REFUSED, str(error).encode())
    except Exception as error:
        say(FAILED, f"{type(error).__name__}: {error}".encode()[:500])
    else:
        say(LAST, held or b"")


def work(questions: BinaryIO, out: BinaryIO) -> None:
    """Answer questions until there are no more."""
    try:
        for line in questions:
            reply(line, out)
    except BrokenPipeError:
        return


def serve(descriptor: int) -> None:
    """Be the worker at this end of a socket pair."""
    with socket.socket(fileno=descriptor) as line:
        work(line.makefile("rb"), line.makefile("wb"))


if __name__ == "__main__":
    work(sys.stdin.buffer, sys.stdout.buffer)
