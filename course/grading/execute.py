"""Running one submission: its cells in a kernel of its own, its tests with canaries around them.

`run` is what an engine carries to a worker: one picklable argument, one picklable result, no file and no gradebook.
"""

from __future__ import annotations

import asyncio
import queue
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.grading import canary as canaries
from course.grading.source import Piece
from course.grading.status import Note, note
from course.i18n import N_
from course.kernel.limits import Ending, Limits

# Output kept in the graded notebook, bytes and messages of one cell
KEPT_BYTES = 200_000
KEPT_MESSAGES = 500
# Messages that a cell may send before its kernel is stopped
MOST_MESSAGES = 20_000
# How long an interrupted cell has to end, and the last outputs have to arrive, seconds
GRACE = 2.0
READY_SECONDS = 60.0
INPUT = N_(
    "This notebook is graded without anybody at the keyboard, so input() has no answer. Write the value instead."
)
CUT = N_("[The rest of the output was left out.]")


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


class StartError(RuntimeError):
    """Raised where no kernel came up. That is no fault of the submission's, of which nothing has run yet."""


class StopError(Exception):
    """Raised where nothing more can be run: the status, and why."""

    def __init__(self, status: str, why: Note) -> None:
        super().__init__(why.text("en"))
        self.status = status
        self.why = why


def run(job: Job) -> Ran:
    """Run a submission from top to bottom; whatever it does, there is a result."""
    start = time.monotonic()
    ran = Ran(job.notebook)
    with tempfile.TemporaryDirectory(prefix="course-submission-", ignore_cleanup_errors=True) as folder:
        scratch = Path(folder)
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
        talk = _Talk(manager, job)
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


async def _cells(job: Job, ran: Ran, talk: _Talk) -> None:
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
            await talk.release(canaries.failing_check)
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


class _Talk:
    """The conversation with one kernel."""

    def __init__(self, manager: Any, job: Job) -> None:
        self.manager = manager
        self.job = job
        self.client = manager.client()
        self.canary = canaries.Canary()
        self.deadline = time.monotonic() + job.limits.seconds
        self.changed: set[str] = set()
        self.cut: list[str] = []
        self.slow: list[str] = []
        self.bytes = 0
        self.place = ""

    async def begin(self) -> None:
        """Wait for the kernel and let the guard in."""
        self.client.start_channels()
        try:
            await self.client.wait_for_ready(timeout=READY_SECONDS)
        except RuntimeError as error:
            raise StartError(str(error)) from error
        reply = await self.ask("", {"guard": self.canary.installation(canaries.modules_used(self.job.tests.values()))})
        if reply.get("user_expressions", {}).get("guard", {}).get("status") != "ok":
            raise StartError(str(reply)[:300])

    def end(self) -> None:
        """Let go of the sockets."""
        self.client.stop_channels()

    async def run(self, cell: dict[str, Any], place: str, question: dict[str, str] | None = None) -> dict[str, Any]:
        """Run a cell, keep its output, and return the kernel's reply; `timeout` as status where there was none in time."""
        self.place = place
        outputs = _Outputs(cell["outputs"])
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
        await self.proof(names)
        nonce = canaries.nonce()
        reply = await self.run(cell, test.grade_id, {"proof": self.canary.question(nonce, names)})
        if reply["status"] != "ok" or reply["failed"]:
            return False
        self.changed.update(self.canary.answer(nonce, reply.get("user_expressions", {}).get("proof")))
        return not self.changed

    async def proof(self, names: tuple[str, ...] = ()) -> None:
        """Ask the guard."""
        nonce = canaries.nonce()
        reply = await self.ask("", {"proof": self.canary.question(nonce, names)})
        if reply["status"] == "timeout":
            raise StopError("timed out", note(N_("Python no longer answered after {place}."), place=self.place))
        self.changed.update(self.canary.answer(nonce, reply.get("user_expressions", {}).get("proof")))

    async def release(self, make: Any) -> None:
        """Send a canary: its word must be printed, and it must fail with the other."""
        printed, failed = canaries.nonce(), canaries.nonce()
        outputs = _Outputs([])
        reply = await self.ask(make(printed, failed), None, outputs, patient=True)
        if reply["status"] == "timeout":
            raise StopError("timed out", note(N_("Python no longer answered after {place}."), place=self.place))
        errors = [output for output in outputs.kept if output["output_type"] == "error"]
        if reply["status"] != "error" or str(reply.get("evalue")) != failed:
            self.changed.add("a wrong answer did not fail")
        elif self.cut:
            # after too much output the kernel passes on no more of it, not even this
            return
        elif [error["evalue"] for error in errors] != [failed]:
            self.changed.add("an error was not shown")
        elif printed not in "".join(str(output.get("text", "")) for output in outputs.kept):
            self.changed.add("print")

    async def last_word(self) -> None:
        """Look whether the kernel has answered something that was not asked."""
        if await self.client.shell_channel.msg_ready():
            self.changed.add("a reply that was not asked for")

    async def ask(
        self,
        code: str,
        question: dict[str, str] | None = None,
        outputs: _Outputs | None = None,
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
        end = min(time.monotonic() + seconds, self.deadline)
        try:
            return await self.wait(request, outputs or _Outputs([]), end)
        except TimeoutError:
            pass
        if time.monotonic() >= self.deadline:
            self.slow.append(self.place)
            why = N_("Stopped after {seconds} seconds in all, in {place}.")
            raise StopError("timed out", note(why, seconds=f"{self.job.limits.seconds:g}", place=self.place))
        await self.manager.interrupt_kernel()
        try:
            reply = await self.wait(request, outputs or _Outputs([]), time.monotonic() + GRACE)
        except TimeoutError as error:
            why = N_("{place} did not end after {seconds} seconds, and could not be interrupted.")
            figures = {"place": self.place, "seconds": f"{seconds:g}"}
            raise StopError("timed out", note(why, **figures)) from error
        return {**reply, "status": "timeout"}

    async def wait(self, request: str, outputs: _Outputs, end: float) -> dict[str, Any]:
        """Wait for the reply and the end of the output. Raises `TimeoutError` and `StopError`."""
        reply: dict[str, Any] | None = None
        idle = False
        while reply is None or not idle:
            left = end - time.monotonic()
            if left <= 0:
                # outputs may be lost on their way in a flood; a reply is not
                if reply is not None:
                    return reply
                raise TimeoutError
            if reply is None and await self.client.shell_channel.msg_ready():
                reply = await self.reply_to(request)
                end = min(end, time.monotonic() + GRACE) if reply is not None else end
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


class _Outputs:
    """The outputs of one cell, up to what is kept."""

    def __init__(self, kept: list[dict[str, Any]]) -> None:
        self.kept = kept
        self.failed = False
        self.was_cut = False
        self.bytes = 0
        self.messages = 0
        self.clear_next = False

    def take(self, message: dict[str, Any]) -> bool:
        """Keep what a message shows. False where there have been far too many."""
        kind, content = message["msg_type"], message["content"]
        self.messages += 1
        if kind == "clear_output":
            if content.get("wait"):
                self.clear_next = True
            else:
                self.clear()
        elif kind == "stream":
            self.stream(str(content.get("name")), str(content.get("text")))
        elif kind == "error":
            lines = [str(line)[:2000] for line in content.get("traceback", [])][:60]
            self.error(str(content.get("ename"))[:200], str(content.get("evalue"))[:4000], lines)
        elif kind in ("display_data", "execute_result"):
            self.show(kind, content)
        return self.messages < MOST_MESSAGES

    def clear(self) -> None:
        """Forget the outputs, but for errors: a notebook cannot clear those away from the grader."""
        self.kept[:] = [output for output in self.kept if output["output_type"] == "error"]

    def room(self, size: int) -> bool:
        if self.clear_next:
            self.clear_next = False
            self.clear()
        self.bytes += size
        fits = self.bytes <= KEPT_BYTES and len(self.kept) < KEPT_MESSAGES
        self.was_cut = self.was_cut or not fits
        return fits

    def stream(self, name: str, text: str) -> None:
        """Keep printed text; what goes on in the same stream joins what is there, as in a notebook."""
        before = self.bytes
        if not self.room(len(text)):
            text = text[: max(0, KEPT_BYTES - before)]
        if not text:
            return
        last = self.kept[-1] if self.kept else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += text
        elif len(self.kept) < KEPT_MESSAGES:
            self.kept.append({"output_type": "stream", "name": name, "text": text})

    def show(self, kind: str, content: dict[str, Any]) -> None:
        """Keep what was displayed."""
        data = content.get("data", {})
        if not self.room(sum(len(str(part)) for part in data.values())):
            return
        shown = {"output_type": kind, "data": data, "metadata": content.get("metadata", {})}
        self.kept.append(
            shown | ({"execution_count": content.get("execution_count")} if kind == "execute_result" else {})
        )

    def error(self, name: str, value: str, lines: list[str]) -> None:
        """Keep an error."""
        self.failed = True
        self.kept.append({"output_type": "error", "ename": name, "evalue": value, "traceback": lines})

    def say(self, text: str) -> None:
        """Add a line of the grader's own."""
        self.kept.append({"output_type": "stream", "name": "stdout", "text": f"\n{text}\n"})
