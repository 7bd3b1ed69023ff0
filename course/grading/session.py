"""A grading run: which submissions there are, which are left to do, and their way through the engine to the recorder."""

from __future__ import annotations

import gc
import os
import threading
import time
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from course.grading.assignment.source import Assignment
from course.grading.assignment.status import Status, SubmissionError, bounded, note
from course.grading.book import gradebook, marking
from course.grading.book.record import Outcome, Recorder, Written, finished
from course.grading.intake import preflight
from course.grading.intake.preflight import Inspected
from course.grading.progress import Progress
from course.grading.running.engine import Engine
from course.grading.running.execute import run
from course.grading.running.job import RunResult
from course.grading.running.talk import StartError
from course.i18n import N_
from course.kernel.limits import Limits
from course.kernel.probe import SandboxError
from course.manifest import syllabus

# Attempts at a submission where not it but the grader failed
ATTEMPTS = 2
# Attempts at starting Python for a submission, and the seconds between them; nothing of the submission has run by then
STARTS = 4
PAUSE = 0.5
# `variants.FILE`, without which nothing of variants is needed
VARIANTS = "variants.toml"
# What stops everything; all else concerns one submission
STOPS = (gradebook.GradebookError, SandboxError, StartError, OSError)


@dataclass(frozen=True)
class Plan:
    """What to grade, and how."""

    root: Path
    assignment: Assignment
    students: tuple[str, ...]
    absent: tuple[str, ...] = ()
    limits: Limits = field(default_factory=lambda: Limits(seconds=300))
    cell_seconds: float = 60
    sandbox: bool = True
    resume: bool = False

    def folder(self, student: str) -> Path:
        """Return where a student's submission lies."""
        return self.root / "submitted" / student / self.assignment.name


@dataclass
class InFlight:
    """A submission under way."""

    student: str
    mark: str
    sound: Inspected
    attempts: int = 1


def students(root: Path, assignment: str) -> tuple[str, ...]:
    """Return who handed something in, in order."""
    return tuple(name for name in _names(root, assignment) if _is_usable(name))


def left_out(root: Path, assignment: str) -> tuple[str, ...]:
    """Return the folders that hold something and whose names cannot be a student's: they begin with a dot, or are no
    UTF-8.
    """
    return tuple(name for name in _names(root, assignment) if not _is_usable(name))


def _names(root: Path, assignment: str) -> list[str]:
    place = root / "submitted"
    names = sorted(os.listdir(place)) if place.is_dir() else []
    return [name for name in names if _is_there(place / name / assignment)]


def _is_usable(name: str) -> bool:
    return not name.startswith(".") and name.isprintable()


def _is_there(path: Path) -> bool:
    with suppress(OSError):
        path.lstat()
        return True
    return False


def prepare(plan: Plan, ready: threading.Thread) -> None:
    """Make sure that the gradebook knows the assignment. Raises `GradebookError`."""
    path = plan.root / gradebook.FILE
    if not gradebook.is_current(gradebook.look(path, plan.assignment), plan.assignment):
        ready.join()
        gradebook.register(plan.root, plan.assignment, gradebook.settings(plan.root))


def get_ready(*, warm: bool) -> threading.Thread:
    """Begin to import what takes long, and with `warm` to warm kernels up; return the thread that does it."""
    thread = threading.Thread(target=_import_rest, args=(warm,), daemon=True)
    thread.start()
    return thread


def grade(plan: Plan, engine: Engine, progress: Progress, ready: threading.Thread) -> None:
    """Grade every submission of the plan that is not done yet. Raises `GradebookError`, `SandboxError`,
    `StartError` and `OSError`.

    What has been written down when it raises stays; the rest is left to `resume`.
    """
    done = finished(plan.root, plan.assignment.name) if plan.resume else {}
    _Run(plan, engine, progress, done, ready).all()


class _Run:
    def __init__(
        self,
        plan: Plan,
        engine: Engine,
        progress: Progress,
        done: dict[str, Written],
        ready: threading.Thread,
    ) -> None:
        self.plan = plan
        self.engine = engine
        self.progress = progress
        self.done = done
        self.under: dict[Future[RunResult], InFlight] = {}
        self.recorder: Recorder | None = None
        self.ready = ready

    def all(self) -> None:
        """Keep the engine's places filled, no more: what waits would only fill the memory."""
        try:
            for student in self.plan.students:
                self.begin(student)
                self.collect(2 * self.engine.places - 1)
            self.collect(0)
            self.writer()
        finally:
            for future in self.under:
                future.cancel()
            if self.recorder is not None:
                self.recorder.close()

    def begin(self, student: str) -> None:
        """Look at a submission and hand it to the engine, unless it is done or cannot be run."""
        self.progress.begin(student)
        try:
            self.take_up(student)
        except STOPS:
            raise
        except Exception as error:
            self.give_up(student, "", error)

    def take_up(self, student: str) -> None:
        plan = self.plan
        mark = marking.fingerprint(plan.folder(student), plan.assignment)
        before = self.done.get(student)
        if before and before.fingerprint == mark:
            self.progress.before += 1
            self.progress.count(student, before.status)
            if not before.told:
                self.writer().tell(student)
            return
        try:
            sound = _inspected(plan, student)
        except SubmissionError as error:
            self.writer()
            self.write(marking.failure(student, mark, error, plan.assignment))
        else:
            if (plan.root / VARIANTS).exists() and _restored(plan, sound, student):
                sound.repairs.append(note(N_("The first cell named the numbers of another learner; it was put back.")))
            self.submit(InFlight(student, mark, sound))

    def submit(self, under: InFlight) -> None:
        plan = self.plan
        job = marking.job(
            under.student, under.sound, plan.assignment, plan.limits, cell=plan.cell_seconds, sandbox=plan.sandbox,
            token=_token(plan, under.student),
        )  # fmt: skip
        self.under[self.engine.submit(run, job)] = under

    def collect(self, most: int) -> None:
        """Wait until at most `most` submissions are under way, and write down those that are through."""
        while len(self.under) > most:
            self.progress.running(min(len(self.under), self.engine.places))
            through, _ = wait(self.under, timeout=1, return_when=FIRST_COMPLETED)
            for future in through:
                self.through(future, self.under.pop(future))

    def through(self, future: Future[RunResult], under: InFlight) -> None:
        """Write down a submission that was run; what the grader cannot write, it says."""
        try:
            self.write_down(future, under)
        except STOPS:
            raise
        except Exception as error:
            self.give_up(under.student, under.mark, error)

    def give_up(self, student: str, mark: str, error: Exception) -> None:
        """Write down that the grader failed on a submission; the others go on."""
        why = note(N_("The grader failed on this one: {problem}"), problem=repr(error))
        try:
            self.write(marking.failure(student, mark, SubmissionError(Status.CRASHED, why), self.plan.assignment))
        except STOPS:
            raise
        except Exception:
            self.progress.say(f"{bounded(student)}: {why.say()}")
            self.progress.count(bounded(student), Status.CRASHED)

    def write_down(self, future: Future[RunResult], under: InFlight) -> None:
        """Write down a submission that was run; try again where the grader itself failed."""
        self.writer()
        error = future.exception()
        if isinstance(error, SandboxError):
            raise error
        if isinstance(error, StartError):
            if under.attempts >= STARTS:
                raise error
            under.attempts += 1
            time.sleep(PAUSE)
            self.submit(under)
            return
        if error is not None and under.attempts < ATTEMPTS:
            under.attempts += 1
            self.submit(under)
            return
        if error is not None:
            why = note(N_("The grader failed on this one: {problem}"), problem=repr(error)[:300])
            self.write(
                marking.failure(under.student, under.mark, SubmissionError(Status.CRASHED, why), self.plan.assignment)
            )
            return
        self.write(marking.outcome(under.student, under.mark, under.sound, future.result(), self.plan.assignment))

    def writer(self) -> Recorder:
        if self.recorder is None:
            self.ready.join()
            from course.grading.telling.pages import page

            plan = self.plan
            config = gradebook.settings(plan.root)
            self.recorder = Recorder(plan.root, plan.assignment, config, page, resume=plan.resume)
        return self.recorder

    def write(self, outcome: Outcome) -> None:
        self.writer().write(outcome)
        self.progress.add(outcome)


def _inspected(plan: Plan, student: str) -> Inspected:
    """Return a submission that can be graded. Raises `SubmissionError`, for files that cannot be opened, too."""
    try:
        return preflight.inspect(plan.folder(student), plan.assignment)
    except OSError as error:
        why = N_("{name} cannot be opened: {problem}.")
        name = os.path.basename(str(error.filename or ""))
        problem = note(why, name=name, problem=error.strerror or error)
        raise SubmissionError(Status.UNREADABLE, problem) from error


def _restored(plan: Plan, sound: Inspected, student: str) -> bool:
    from course.grading.assignment import variants

    return variants.restore(sound.notebook, student, plan.assignment.name, plan.root)


def _token(plan: Plan, student: str) -> str:
    """Return whose numbers the tests ask for, nothing where everybody has the same."""
    if not (plan.root / VARIANTS).exists():
        return ""
    from course.grading.assignment import variants

    module = next((module for module in syllabus().ready if module.id == plan.assignment.name), None)
    return variants.token_of(student, module, plan.root) if module else ""


def _import_rest(warm: bool) -> None:
    """Import what runs submissions, then what writes them down: in one thread, for two could wait for each other forever."""
    sandbox = import_module("course.kernel.sandbox")
    if warm:
        sandbox.warm_up()
    for name in ("nbgrader.api", "nbgrader.preprocessors", "nbgrader.converters", "course.grading.telling.pages"):
        import_module(name)
    gc.freeze()  # all this stays; collecting garbage need not look through it again


def absent(known: gradebook.Known, present: tuple[str, ...]) -> tuple[str, ...]:
    """Return the students of the gradebook who handed nothing in."""
    return tuple(student for student in known.students if student not in set(present))
