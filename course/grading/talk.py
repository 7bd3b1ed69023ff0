"""The conversation with the kernel of one submission: cells, tests, canaries, and what to do when no answer comes."""

from __future__ import annotations

import queue
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from course.grading import canary as canaries
from course.grading.outputs import Outputs
from course.grading.source import Piece
from course.grading.status import Note, note
from course.i18n import N_
from course.kernel.clock import FairClock
from course.kernel.limits import Ending

if TYPE_CHECKING:
    from course.grading.execute import Job

# How long an interrupted cell has to end, and the last outputs have to arrive, seconds
GRACE = 2.0
READY_SECONDS = 60.0
INPUT = N_(
    "This notebook is graded without anybody at the keyboard, so input() has no answer. Write the value instead."
)
CUT = N_("[The rest of the output was left out.]")


class StartError(RuntimeError):
    """Raised where no kernel came up. That is no fault of the submission's, of which nothing has run yet."""


class StopError(Exception):
    """Raised where nothing more can be run: the status, and why."""

    def __init__(self, status: str, why: Note) -> None:
        super().__init__(why.text("en"))
        self.status = status
        self.why = why


class Talk:
    """The conversation with one kernel."""

    def __init__(self, manager: Any, job: Job) -> None:
        self.manager = manager
        self.job = job
        self.client = manager.client()
        self.canary = canaries.Canary()
        self.clock = FairClock()
        self.deadline = self.clock() + job.limits.seconds
        self.changed: set[str] = set()
        self.cut: list[str] = []
        self.slow: list[str] = []
        self.place = ""

    async def begin(self) -> None:
        """Wait for the kernel and let the guard in."""
        self.client.start_channels()
        try:
            await self.client.wait_for_ready(timeout=READY_SECONDS)
        except RuntimeError as error:
            raise StartError(str(error)) from error
        for pid in self.manager.pids():
            self.clock.add(pid)
        # until now nothing of the submission has run
        self.deadline = self.clock() + self.job.limits.seconds
        reply = await self.ask("", {"guard": self.canary.installation(canaries.modules_used(self.job.tests.values()))})
        if reply.get("user_expressions", {}).get("guard", {}).get("status") != "ok":
            raise StartError(str(reply)[:300])

    def end(self) -> None:
        """Let go of the sockets."""
        self.client.stop_channels()

    async def run(self, cell: dict[str, Any], place: str, question: dict[str, str] | None = None) -> dict[str, Any]:
        """Run a cell, keep its output, and return the kernel's reply; `timeout` as status where there was none in time."""
        self.place = place
        outputs = Outputs(cell["outputs"])
        reply = await self.ask(cell["source"], question, outputs, history=True)
        cell["execution_count"] = reply.get("execution_count")
        if reply["status"] == "timeout":
            self.slow.append(place)
            outputs.error("CellTimeoutError", f"{self.job.cell_seconds:g} s", [])
        elif reply["status"] == "error" and not outputs.failed:
            outputs.error(str(reply.get("ename")), str(reply.get("evalue")), list(reply.get("traceback", [])))
        for output in cell["outputs"]:
            if output.get("ename") == "StdinNotImplementedError":
                output["evalue"] = note(INPUT).text(self.job.language)
                output["traceback"] = [output["evalue"]]
        if outputs.was_cut:
            self.cut.append(place)
            outputs.say(note(CUT).text(self.job.language))
        reply["failed"] = outputs.failed
        return reply

    async def test(self, cell: dict[str, Any], test: Piece) -> bool:
        """Run a test and tell whether it was passed: by the kernel's reply, the absence of errors, and the guard."""
        names = canaries.names_used(test.source)
        await self.release(canaries.failing_check, names)
        nonce = canaries.nonce()
        reply = await self.run(cell, test.grade_id, {"proof": self.canary.question(nonce, names)})
        if reply["status"] != "ok" or reply["failed"]:
            return False
        self.changed.update(self.canary.reply(nonce, reply.get("user_expressions", {}).get("proof")))
        return not self.changed

    async def release(self, make: Callable[[str, str], str], names: tuple[str, ...] = ()) -> None:
        """Send a canary: it must print the guard's answer, and then fail with a word that nobody can know."""
        nonce, failed = canaries.nonce(), canaries.nonce()
        outputs = Outputs([])
        reply = await self.insist(make(self.canary.question(nonce, names), failed), None, outputs)
        errors = [output for output in outputs.kept if output["output_type"] == "error"]
        if reply["status"] != "error" or str(reply.get("evalue")) != failed:
            self.changed.add("a wrong answer did not fail")
        if self.cut:
            # after too much output the kernel passes on no more of it, not even this
            await self.ask_guard(names)
            return
        if [error["evalue"] for error in errors] != [failed]:
            self.changed.add("an error was not shown")
        printed = "".join(str(output.get("text", "")) for output in outputs.kept)
        if printed:
            self.changed.update(self.canary.answer(nonce, printed))
        else:
            self.changed.add("print")

    async def ask_guard(self, names: tuple[str, ...]) -> None:
        """Ask the guard in a way that needs no output."""
        nonce = canaries.nonce()
        reply = await self.insist("", {"proof": self.canary.question(nonce, names)})
        self.changed.update(self.canary.reply(nonce, reply.get("user_expressions", {}).get("proof")))

    async def insist(
        self, code: str, question: dict[str, str] | None, outputs: Outputs | None = None
    ) -> dict[str, Any]:
        """Ask something of our own, to which a kernel that still works has an answer. Raises `StopError` without one."""
        reply = await self.ask(code, question, outputs, patient=True)
        if reply["status"] == "timeout":
            raise StopError("timed out", note(N_("Python no longer answered after {place}."), place=self.place))
        return reply

    async def last_word(self) -> None:
        """Look whether the kernel has answered something that was not asked."""
        if await self.client.shell_channel.msg_ready():
            self.changed.add("a reply that was not asked for")

    async def ask(
        self,
        code: str,
        question: dict[str, str] | None = None,
        outputs: Outputs | None = None,
        *,
        history: bool = False,
        patient: bool = False,
    ) -> dict[str, Any]:
        """Send code, collect what it prints, and return the content of the reply."""
        request = self.client.execute(
            code, silent=not code, store_history=history, user_expressions=question or {}, allow_stdin=False,
            stop_on_error=False,
        )  # fmt: skip
        seconds = GRACE * 5 if patient or not code else self.job.cell_seconds
        end = min(self.clock() + seconds, self.deadline)
        try:
            return await self.wait(request, outputs or Outputs([]), end)
        except TimeoutError:
            pass
        if self.clock() >= self.deadline:
            self.slow.append(self.place)
            why = N_("Stopped after {seconds} seconds in all, in {place}.")
            raise StopError("timed out", note(why, seconds=f"{self.job.limits.seconds:g}", place=self.place))
        await self.manager.interrupt_kernel()
        try:
            reply = await self.wait(request, outputs or Outputs([]), self.clock() + GRACE)
        except TimeoutError as error:
            why = N_("{place} did not end after {seconds} seconds, and could not be interrupted.")
            figures = {"place": self.place, "seconds": f"{seconds:g}"}
            raise StopError("timed out", note(why, **figures)) from error
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
                reply = await self.reply_to(request)
                end = min(end, self.clock() + GRACE) if reply is not None else end
                continue
            try:
                message = await self.client.get_iopub_msg(timeout=min(left, 0.05 if idle else 0.5))
            except queue.Empty:
                if not await self.manager.is_alive():
                    raise await self.death() from None
                continue
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] == "status":
                idle = message["content"]["execution_state"] == "idle"
            elif not outputs.take(message):
                raise StopError("too large", note(N_("{place} printed without end."), place=self.place))
        return reply

    async def reply_to(self, request: str) -> dict[str, Any] | None:
        """Return the content of the reply to `request`, None if the message at hand is another."""
        message = await self.client.get_shell_msg(timeout=1)
        content: dict[str, Any] = message["content"]
        if message["parent_header"].get("msg_id") == request and content.get("status") in ("ok", "error", "aborted"):
            return content
        if message["msg_type"] != "kernel_info_reply":
            self.changed.add("a reply that was not asked for")
        return None

    async def death(self) -> StopError:
        """Return how the kernel ended, as what stops the notebook."""
        ending: Ending | None = await self.manager.find_ending()
        place = self.place
        if ending is not None and ending.reason == "time":
            why = N_("Stopped after {seconds} seconds in all, in {place}.")
            return StopError("timed out", note(why, seconds=f"{self.job.limits.seconds:g}", place=place))
        if ending is not None and ending.reason == "memory":
            why = N_("{place} needed more memory than {limit} MB.")
            return StopError("crashed", note(why, place=place, limit=self.job.limits.memory >> 20))
        if ending is not None and ending.reason == "output":
            return StopError("too large", note(N_("{place} printed without end."), place=place))
        if ending is not None and ending.reason == "signal":
            why = N_("Python was ended by signal {number} in {place}.")
            return StopError("crashed", note(why, number=ending.code, place=place))
        return StopError("crashed", note(N_("Python ended in {place}."), place=place))
