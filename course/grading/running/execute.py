"""Running one submission: its cells in a kernel of its own, its tests in an examiner of its own.

`run` is what an engine carries to a worker: one picklable argument, one picklable result, no file and no gradebook.
"""

from __future__ import annotations

import asyncio
import copy
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from course.grading.assignment.source import Piece
from course.grading.assignment.status import Status, note
from course.grading.running.exam import Examiner, Verdict
from course.grading.running.job import Job, RunResult
from course.grading.running.outputs import Outputs
from course.grading.running.talk import StopError, Talk
from course.i18n import N_

# A kernel that ends takes with it what hidden tests still have to ask; so many are started for one submission
MOST_KERNELS = 3
# The talk ends a notebook in time; the kernel's keeper, whose clock knows less of what waits, only where the talk cannot
BACKSTOP = 4
HIDDEN = N_("With inputs that the test keeps to itself, this answer is not right.")


def run(job: Job) -> RunResult:
    """Run a submission from top to bottom; whatever it does, there is a result."""
    start = time.monotonic()
    ran = RunResult(job.notebook)
    from course.kernel.sandbox import scratch_folder

    with scratch_folder(sandbox=job.sandbox) as scratch:
        for name, content in job.extras.items():
            path = scratch / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        asyncio.run(_run(job, ran, scratch))
    ran.seconds = round(time.monotonic() - start, 3)
    return ran


class _Exam:
    """A submission on its way: which tests wait for their hidden part, and how far the notebook can be run."""

    def __init__(self, job: Job, ran: RunResult, examiner: Examiner) -> None:
        self.job, self.ran, self.examiner = job, ran, examiner
        self.waiting: list[int] = []
        self.end = len(job.notebook["cells"])
        self.first = True
        self.cut: list[str] = []
        self.slow: list[str] = []

    async def kernel(self, scratch: Path) -> bool:
        """Run the notebook in a kernel, then the whole of each test that waits. Tell whether another kernel is needed."""
        from course.kernel.sandbox import open_kernel

        job = self.job
        limits = replace(job.limits, seconds=job.limits.seconds * BACKSTOP)
        async with open_kernel(scratch, limits, sandbox=job.sandbox, language=job.language) as manager:
            talk = Talk(manager, job)
            try:
                await talk.begin()
                await self.cells(talk)
                await self.hidden_parts(talk)
            except StopError as stop:
                if not self.ran.status:
                    self.ran.status, self.ran.notes = stop.status, [*self.ran.notes, stop.why]
                return bool(self.waiting)
            finally:
                talk.end()
                self.cut += talk.cut if self.first else []
                self.slow += [place for place in talk.slow if place not in self.slow]
                self.first = False
        return False

    async def cells(self, talk: Talk) -> None:
        """Run cell after cell, and at a test's place its visible part: all that a learner is told comes from there.

        No input of a hidden test has been seen by then. In a second kernel, tests only mark their moment.
        """
        for number, cell in enumerate(self.job.notebook["cells"][: self.end]):
            if cell["cell_type"] != "code" or not cell["source"].strip():
                continue
            test = self.job.tests.get(number)
            place = test.grade_id if test else cell["id"]
            try:
                if test is None:
                    shown = cell if self.first else copy.deepcopy(cell)
                    await talk.run(shown, place, self.job.instead.get(number, cell["source"]))
                elif self.first:
                    await self.visible_part(talk, number, cell, test)
                elif number in self.waiting:
                    await talk.mark(place)
            except StopError:
                self.end = number
                raise

    async def visible_part(self, talk: Talk, number: int, cell: dict[str, Any], test: Piece) -> None:
        """Run what learners see of a test; where more is to come, have the notebook remember this moment for it."""
        outputs = Outputs(cell["outputs"])
        talk.place = test.grade_id
        self.ran.passed[test.grade_id] = False
        cell["execution_count"] = number
        try:
            verdict = await self.examiner.examine(test, partial(talk.answer, outputs=outputs), whole=False)
        finally:
            talk.close(outputs)
        _show(outputs, verdict, number)
        if verdict.passed and verdict.more:
            self.waiting.append(number)
            if not verdict.asked:
                # a part that asked has marked its moment itself; one that holds only hidden tests asked nothing
                await talk.mark(test.grade_id)
        self.ran.passed[test.grade_id] = verdict.passed and not verdict.more

    async def hidden_parts(self, talk: Talk) -> None:
        """Run the whole of each test that waits, in the notebook as it was when the test's turn came.

        Of what is said and printed now, learners see the author's words only.
        """
        while self.waiting:
            number = self.waiting.pop(0)
            test, cell = self.job.tests[number], self.job.notebook["cells"][number]
            talk.place = test.grade_id
            verdict = await self.examiner.examine(test, partial(talk.answer, outputs=Outputs([])), whole=True)
            self.ran.passed[test.grade_id] = verdict.passed
            if verdict.passed:
                _result(cell, verdict, number)
                continue
            said = verdict.said if verdict.discreet else note(HIDDEN).say(self.job.language)
            Outputs(cell["outputs"]).error(verdict.error, said, [said])


def _show(outputs: Outputs, verdict: Verdict, number: int) -> None:
    """Put under a test cell what a notebook would show there."""
    if verdict.printed:
        outputs.stream("stdout", verdict.printed)
    if not verdict.passed:
        outputs.error(verdict.error, verdict.said, [verdict.said])
    elif verdict.found:
        content = {"data": {"text/plain": verdict.found}, "metadata": {}, "execution_count": number}
        outputs.show("execute_result", content)


def _result(cell: dict[str, Any], verdict: Verdict, number: int) -> None:
    """Let the number that a whole test ends with take the place of its visible part's."""
    cell["outputs"][:] = [one for one in cell["outputs"] if one["output_type"] != "execute_result"]
    if verdict.found:
        content = {"data": {"text/plain": verdict.found}, "metadata": {}, "execution_count": number}
        Outputs(cell["outputs"]).show("execute_result", content)


async def _run(job: Job, ran: RunResult, scratch: Path) -> None:
    examiner = await asyncio.to_thread(Examiner, job.language, job.token, job.imports, job.datasets, job.names)
    exam = _Exam(job, ran, examiner)
    try:
        for _ in range(MOST_KERNELS):
            if not await exam.kernel(scratch):
                break
    finally:
        await asyncio.to_thread(examiner.close)
    if exam.cut and not ran.status:
        ran.status = Status.TOO_LARGE
        ran.notes.append(note(N_("Output was cut off in {where}."), where=", ".join(exam.cut)))
    if exam.slow and ran.status in (None, Status.TOO_LARGE):
        ran.status = Status.TIMED_OUT
        why = N_("Stopped after {seconds} seconds: {where}. The other cells were run.")
        ran.notes.append(note(why, seconds=f"{job.cell_seconds:g}", where=", ".join(exam.slow)))
