"""Running one submission: its cells in a kernel of its own, its tests with canaries around them.

`run` is what an engine carries to a worker: one picklable argument, one picklable result, no file and no gradebook.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.grading import canary as canaries
from course.grading.source import Piece
from course.grading.status import Note, note
from course.grading.talk import StopError, Talk
from course.i18n import N_
from course.kernel.limits import Limits


@dataclass(frozen=True)
class Job:
    """One submission, ready to run. `tests` holds the test cells by their place in the notebook."""

    student: str
    notebook: dict[str, Any]
    language: str
    tests: dict[int, Piece]
    extras: dict[str, bytes] = field(default_factory=dict)
    limits: Limits = field(default_factory=lambda: Limits(seconds=300))
    cell_seconds: float = 60
    sandbox: bool = True


@dataclass
class Ran:
    """What came of it. `passed` speaks of the tests that were run; `status` is empty where all went well."""

    notebook: dict[str, Any]
    passed: dict[str, bool] = field(default_factory=dict)
    status: str = ""
    notes: list[Note] = field(default_factory=list)
    seconds: float = 0.0


def run(job: Job) -> Ran:
    """Run a submission from top to bottom; whatever it does, there is a result."""
    start = time.monotonic()
    ran = Ran(job.notebook)
    from course.kernel.sandbox import scratch_folder

    with scratch_folder(sandbox=job.sandbox) as scratch:
        for name, content in job.extras.items():
            path = scratch / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        asyncio.run(_run(job, ran, scratch))
    ran.seconds = round(time.monotonic() - start, 3)
    return ran


async def _run(job: Job, ran: Ran, scratch: Path) -> None:
    from course.kernel.sandbox import open_kernel

    async with open_kernel(scratch, job.limits, sandbox=job.sandbox, language=job.language) as manager:
        talk = Talk(manager, job)
        try:
            await talk.begin()
            await _cells(job, ran, talk)
        except StopError as stop:
            ran.status, ran.notes = stop.status, [*ran.notes, stop.why]
        finally:
            talk.end()
    if talk.cut and not ran.status:
        ran.status = "too large"
        ran.notes.append(note(N_("Output was cut off in {where}."), where=", ".join(talk.cut)))
    if talk.slow and ran.status in ("", "too large"):
        ran.status = "timed out"
        why = N_("Stopped after {seconds} seconds: {where}. The other cells were run.")
        ran.notes.append(note(why, seconds=f"{job.cell_seconds:g}", where=", ".join(talk.slow)))
    if talk.changed:
        ran.status, ran.passed = "tampered", {}
        changed = ", ".join(sorted(talk.changed)[:8])
        ran.notes.insert(0, note(N_("The notebook changed what its tests rely on: {changed}."), changed=changed))


async def _cells(job: Job, ran: Ran, talk: Talk) -> None:
    secrets = _hidden_lines(job)
    met = False
    for number, cell in enumerate(job.notebook["cells"]):
        if cell["cell_type"] != "code" or not cell["source"].strip():
            continue
        test = job.tests.get(number)
        if test is None:
            await talk.run(cell, cell["id"])
        else:
            met = True
            ran.passed[test.grade_id] = await talk.test(cell, test)
        if test is None and secrets & _lines(cell):
            talk.changed.add("hidden tests shown")
    if met:
        await talk.release(canaries.failing_assertion)
        await talk.last_word()


def _hidden_lines(job: Job) -> set[str]:
    from course.grading.messages import split

    hidden = {line.strip() for test in job.tests.values() for line in split(test.source)[1].split("\n")}
    own = {
        line.strip() for cell in job.notebook["cells"] if cell["cell_type"] == "code" for line in _written(job, cell)
    }
    return {line for line in hidden - own if len(line) > 24 and not line.startswith("###")}


def _written(job: Job, cell: dict[str, Any]) -> list[str]:
    is_test = any(cell is job.notebook["cells"][number] for number in job.tests)
    return [] if is_test else cell["source"].split("\n")


def _lines(cell: dict[str, Any]) -> set[str]:
    texts = [str(output.get("text", "")) for output in cell["outputs"]]
    texts += [str(part) for output in cell["outputs"] for part in output.get("data", {}).values()]
    return {line.strip() for text in texts for line in text.replace("\\n", "\n").split("\n")}
