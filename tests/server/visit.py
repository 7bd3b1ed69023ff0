"""Start the course as its user does, open home, a lesson and a dashboard, and end it; run by itself, behind a fence.

    python -m tests.server.visit [--beside] COMMAND…

With `--beside`, the usual port is another program's, and a second course is started while the first one runs.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack, suppress

from course.server.open import DEFAULT_PORT
from tests.server.http import fetch
from tests.server.test_places_odd import doors, try_doors
from tests.waiting import LONGEST_SECONDS, answers, until

ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/course/\S*token=(\w+)")


def started(command: list[str], said: list[str]) -> tuple[subprocess.Popen[str], int, str]:
    """Start a course; return it, its port and its token once it has printed its address."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    process = subprocess.Popen(
        [*command, "--no-browser", "--language", "zh"], env=env, text=True, encoding="utf-8",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line)
        if found := ADDRESS.search(line):
            return process, int(found[1]), found[2]
    raise AssertionError("".join(said))


def visit(command: list[str], beside: bool) -> str:
    """Open the doors of one course, or of two; return what they printed. They must end well."""
    said: list[str] = []
    courses = []
    with ExitStack() as held:
        if beside:
            other = held.enter_context(socket.socket())
            with suppress(OSError):
                other.bind(("127.0.0.1", DEFAULT_PORT))
                other.listen()
        try:
            for _ in range(1 + beside):
                courses.append(started(command, said))
            for _, port, token in courses:
                until(answers(lambda port=port: fetch(port, "/api")), "the course does not answer")
                try_doors(port, doors(port, token=token), token)
        finally:
            for process, _, _ in courses:
                process.send_signal(signal.SIGINT)
                said.append(process.communicate(timeout=LONGEST_SECONDS)[0])
    assert [process.returncode for process, _, _ in courses] == [0] * len(courses), "".join(said)
    assert len({port for _, port, _ in courses}) == len(courses)
    return "".join(said)


if __name__ == "__main__":
    asked = sys.argv[1:]
    print(visit([word for word in asked if word != "--beside"], "--beside" in asked))
