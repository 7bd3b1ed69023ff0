"""The conversation with the kernel of one submission: cells, questions, and what to do when no answer comes."""

from __future__ import annotations

import json
import queue
from typing import Any

from course.grading.assignment.status import Status, note
from course.grading.running.job import Job
from course.grading.running.outputs import Outputs
from course.i18n import N_
from course.i18n.message import Message
from course.kernel.clock import FairClock
from course.kernel.limits import Ending

# How long an interrupted cell has to end, and the last outputs have to arrive, seconds
GRACE = 2.0
# What a message that is none makes of the library that reads it
NONSENSE = (KeyError, ValueError, TypeError, AttributeError, RecursionError)
READY_SECONDS = 60.0
INPUT = N_(
    "This notebook is graded without anybody at the keyboard, so input() has no answer. Write the value instead."
)
WITNESS = "__import__('course.kernel.witness', fromlist=['testify'])"
CUT = N_("[The rest of the output was left out.]")


def _error(kind: str, text: str) -> str:
    return json.dumps({"kind": "error", "value": "null", "error": [kind, text]})


class StartError(RuntimeError):
    """Raised where no kernel came up. That is no fault of the submission's, of which nothing has run yet."""


class StopError(Exception):
    """Raised where nothing more can be run: the status, and why."""

    def __init__(self, status: Status, why: Message) -> None:
        super().__init__(why.say("en"))
        self.status = status
        self.why = why


class Talk:
    """The conversation with one kernel."""

    def __init__(self, manager: Any, job: Job) -> None:
        self.manager = manager
        self.job = job
        self.client = manager.client()
        self.clock = FairClock()
        self.deadline = self.clock() + job.limits.seconds
        self.cut: list[str] = []
        self.slow: list[str] = []
        self.place = ""

    async def begin(self) -> None:
        """Wait for the kernel, and make it ready."""
        self.client.start_channels()
        try:
            await self.client.wait_for_ready(timeout=READY_SECONDS)
        except RuntimeError as error:
            raise StartError(str(error)) from error
        for pid in self.manager.pids():
            self.clock.add(pid)
        # until now nothing of the submission has run
        self.deadline = self.clock() + self.job.limits.seconds
        reply = await self.ask("", {"ready": f"{WITNESS}.swear_in()"})
        if reply.get("user_expressions", {}).get("ready", {}).get("status") != "ok":
            raise StartError(str(reply)[:300])

    def end(self) -> None:
        """Let go of the sockets."""
        self.client.stop_channels()

    async def run(self, cell: dict[str, Any], place: str, source: str) -> None:
        """Run a cell's source and keep its output."""
        self.place = place
        outputs = Outputs(cell["outputs"])
        reply = await self.ask(source, None, outputs, history=True, seconds=self.job.cell_seconds)
        cell["execution_count"] = reply.get("execution_count")
        if reply["status"] == "timeout":
            self.slow.append(place)
            outputs.error("CellTimeoutError", f"{self.job.cell_seconds:g} s", [])
        elif reply["status"] == "error" and not outputs.failed:
            outputs.error(str(reply.get("ename")), str(reply.get("evalue")), list(reply.get("traceback", [])))
        for output in cell["outputs"]:
            if output.get("ename") == "StdinNotImplementedError":
                output["evalue"] = note(INPUT).say(self.job.language)
                output["traceback"] = [output["evalue"]]
        self.close(outputs)

    def close(self, outputs: Outputs) -> None:
        """Say so where an output was cut."""
        if outputs.was_cut:
            self.cut.append(self.place)
            outputs.say(note(CUT).say(self.job.language))

    async def answer(self, question: str, outputs: Outputs) -> str:
        """Return what the notebook answers to a question of the examiner's: a text that may be anything."""
        expression = f"{WITNESS}.testify({question!r})"
        reply = await self.ask("", {"said": expression}, outputs, seconds=self.job.cell_seconds)
        if reply["status"] == "timeout":
            self.slow.append(self.place)
            return _error("TimeoutError", f"{self.job.cell_seconds:g} s")
        said = reply.get("user_expressions", {}).get("said", {})
        if said.get("status") == "ok":
            return str(said.get("data", {}).get("text/plain", ""))
        return _error(str(said.get("ename") or "RuntimeError"), str(said.get("evalue") or ""))

    async def mark(self, name: str) -> None:
        """Have the notebook remember what its names stand for now."""
        await self.answer(json.dumps({"moment": name}), Outputs([]))

    async def ask(
        self,
        code: str,
        question: dict[str, str] | None = None,
        outputs: Outputs | None = None,
        *,
        history: bool = False,
        seconds: float = GRACE * 5,
    ) -> dict[str, Any]:
        """Send code, collect what it prints, and return the content of the reply."""
        request = self.client.execute(
            code, silent=not code, store_history=history, user_expressions=question or {}, allow_stdin=False,
            stop_on_error=False,
        )  # fmt: skip
        end = min(self.clock() + seconds, self.deadline)
        try:
            return await self.wait(request, outputs or Outputs([]), end)
        except TimeoutError:
            pass
        if self.clock() >= self.deadline:
            self.slow.append(self.place)
            why = N_("Stopped after {seconds} seconds in all, in {place}.")
            raise StopError(Status.TIMED_OUT, note(why, seconds=f"{self.job.limits.seconds:g}", place=self.place))
        await self.manager.interrupt_kernel()
        try:
            reply = await self.wait(request, outputs or Outputs([]), self.clock() + GRACE)
        except TimeoutError as error:
            why = N_("{place} did not end after {seconds} seconds, and could not be interrupted.")
            figures = {"place": self.place, "seconds": f"{seconds:g}"}
            raise StopError(Status.TIMED_OUT, note(why, **figures)) from error
        return {**reply, "status": "timeout"}

    async def wait(self, request: str, outputs: Outputs, end: float) -> dict[str, Any]:
        """Wait for the reply and the end of the output. Raises `TimeoutError` and `StopError`."""
        reply: dict[str, Any] | None = None
        idle = False
        while reply is None or not idle:
            left = end - self.clock()
            if left <= 0:
                # outputs may be lost on their way in a flood; a reply is not, and may be here while we were not
                if reply is None and await self.client.shell_channel.msg_ready():
                    reply = await self.reply_to(request)
                if reply is not None:
                    return reply
                raise TimeoutError
            if reply is None and await self.client.shell_channel.msg_ready():
                try:
                    reply = await self.reply_to(request)
                except NONSENSE as error:
                    raise self.nonsense() from error
                end = min(end, self.clock() + GRACE) if reply is not None else end
                continue
            try:
                message = await self.client.get_iopub_msg(timeout=min(left, 0.05 if idle else 0.5))
            except queue.Empty:
                if not await self.manager.is_alive():
                    raise await self.death() from None
                continue
            except NONSENSE as error:
                raise self.nonsense() from error
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] == "status":
                idle = message["content"]["execution_state"] == "idle"
            elif not outputs.take(message):
                raise StopError(Status.TOO_LARGE, note(N_("{place} printed without end."), place=self.place))
        return reply

    def nonsense(self) -> StopError:
        """Return what stops a notebook whose kernel no longer speaks as kernels do."""
        return StopError(Status.CRASHED, note(N_("Python spoke no longer as it should, in {place}."), place=self.place))

    async def reply_to(self, request: str) -> dict[str, Any] | None:
        """Return the content of the reply to `request`, None if the message at hand is another."""
        message = await self.client.get_shell_msg(timeout=1)
        content: dict[str, Any] = message["content"]
        if message["parent_header"].get("msg_id") == request and content.get("status") in ("ok", "error", "aborted"):
            return content
        return None

    async def death(self) -> StopError:
        """Return how the kernel ended, as what stops the notebook."""
        ending: Ending | None = await self.manager.find_ending()
        place = self.place
        if ending is not None and ending.reason == "time":
            why = N_("Stopped after {seconds} seconds in all, in {place}.")
            return StopError(Status.TIMED_OUT, note(why, seconds=f"{self.job.limits.seconds:g}", place=place))
        if ending is not None and ending.reason == "memory":
            why = N_("{place} needed more memory than {limit} MB.")
            return StopError(Status.CRASHED, note(why, place=place, limit=self.job.limits.memory >> 20))
        if ending is not None and ending.reason == "files":
            why = N_("{place} made more than {limit} files.")
            return StopError(Status.CRASHED, note(why, place=place, limit=self.job.limits.files))
        if ending is not None and ending.reason == "output":
            return StopError(Status.TOO_LARGE, note(N_("{place} printed without end."), place=place))
        if ending is not None and ending.reason == "signal":
            why = N_("Python was ended by signal {number} in {place}.")
            return StopError(Status.CRASHED, note(why, number=ending.code, place=place))
        return StopError(Status.CRASHED, note(N_("Python ended in {place}."), place=place))
