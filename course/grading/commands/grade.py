"""The instructor's command `course grade`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from course.grading.assignment.status import FOR_A_PERSON, Status, bounded
from course.grading.commands.common import CRASHED, FINE, LOOK, Stop, explained, find_root, full_name, root_option
from course.i18n import gettext as _
from course.options import language_option


@click.command("grade", help=_("Grade a class's submissions of an assignment, for instructors."))
@click.argument("assignment")
@root_option
@click.option("--student", "only", multiple=True, metavar="ID", help=_("Grade this student only; may be given again."))
@click.option(
    "--workers",
    type=click.IntRange(1, 512),
    help=_("How many submissions run at once; otherwise two more than cores."),
)
@click.option("--resume", is_flag=True, help=_("Go on where the last run stopped."))
@click.option("--unsafe", is_flag=True, help=_("Run submissions without a sandbox, with your own rights."))
@click.option(
    "--scheduler", default="", metavar="tcp://…", help=_("Run submissions on the workers of a dask scheduler.")
)
@click.option(
    "--cell-seconds",
    type=click.FloatRange(0.5, 86400),
    default=60,
    show_default=True,
    help=_("How long one cell may take."),
)
@click.option(
    "--seconds",
    type=click.FloatRange(1, 86400),
    default=300,
    show_default=True,
    help=_("How long one submission may take."),
)
@click.option(
    "--memory",
    type=click.IntRange(128, 1 << 20),
    default=1024,
    show_default=True,
    help=_("How much memory one submission may use, in MB."),
)
@language_option  # fmt: skip
def grade(
    assignment: str,
    root: Path | None,
    only: tuple[str, ...],
    workers: int | None,
    resume: bool,
    unsafe: bool,
    scheduler: str,
    cell_seconds: float,
    seconds: float,
    memory: int,
) -> int:
    """Grade, show how far it is, and say at the end who needs a person's eye."""
    place = find_root(root)
    if not scheduler and not unsafe:
        _demand_sandbox()
    from course.grading import session
    from course.grading.book import gradebook

    ready = session.get_ready(warm=not scheduler and not unsafe)
    plan = _plan(place, assignment, only, ready)
    from dataclasses import replace

    from course.grading.progress import Progress
    from course.kernel.limits import Limits

    limits = Limits(seconds=seconds, memory=memory << 20)
    plan = replace(plan, limits=limits, cell_seconds=cell_seconds, sandbox=not unsafe, resume=resume)
    progress = Progress(sys.stderr, len(plan.students))
    if unsafe:
        progress.say(_("Without a sandbox, submissions can read and change everything that you can."))
    with explained():
        _run(plan, progress, workers or 0, scheduler, ready)
    for student in plan.absent:
        progress.count(student, Status.MISSING)
    click.echo(progress.table())
    strangers = session.left_out(place, plan.assignment.name)
    if strangers:
        message = _(
            "Left out, since a student's folder begins with no dot and is named in UTF-8: {names}. Rename them."
        )
        click.echo(message.format(names=", ".join(bounded(name) for name in strangers[:20])))
    undated = progress.undated if gradebook.has_deadline(place / gradebook.FILE, plan.assignment.name) else []
    if undated:
        message = _("There is a deadline, but nobody can tell when these came; their notes say why: {names}")
        click.echo(message.format(names=", ".join(sorted(undated)[:20])))
    click.echo(_("Notes on each submission: {folder}").format(folder=place / "grading" / plan.assignment.name))
    if progress.statuses[Status.CRASHED]:
        return CRASHED
    return LOOK if strangers or undated or any(progress.statuses[status] for status in FOR_A_PERSON) else FINE


def _demand_sandbox() -> None:
    """Refuse where submissions cannot be fenced in."""
    from course.kernel.probe import probe

    found = probe()
    if not found.sandbox:
        message = _(
            "Submissions cannot be fenced in here. {problem} Or grade without a fence, at your own risk: --unsafe"
        )
        raise Stop(message.format(problem=found.problem))


def _plan(root: Path, name: str, only: tuple[str, ...], ready: Any) -> Any:
    from course.grading import session
    from course.grading.assignment import source
    from course.grading.book import gradebook

    name = full_name(root, name)
    with explained():
        assignment = source.load(root, name)
        present = session.students(root, name)
        if strangers := set(only) - set(present):
            message = _("{folder} holds nothing of {names} for {assignment}.")
            raise Stop(
                message.format(
                    folder=root / "submitted", names=", ".join(sorted(strangers)), assignment=assignment.name
                )
            )
        if not present:
            message = _("{folder} holds no submissions. Put them there as <student>/{assignment}/{notebook}.ipynb.")
            raise Stop(message.format(folder=root / "submitted", assignment=name, notebook=assignment.notebook))
        chosen = tuple(student for student in present if not only or student in only)
        known = gradebook.look(root / gradebook.FILE, assignment)
        plan = session.Plan(root, assignment, chosen, () if only else session.absent(known, present))
        session.prepare(plan, ready)
    return plan


def _run(plan: Any, progress: Any, workers: int, scheduler: str, ready: Any) -> None:
    from course.grading import session

    engine = open_engine(workers, scheduler)
    try:
        session.grade(plan, engine, progress, ready)
    except KeyboardInterrupt:
        progress.say(_("Stopped. What is done stays; --resume goes on from here."))
        raise
    finally:
        engine.close()


def open_engine(places: int = 0, scheduler: str = "") -> Any:
    """Return the engine asked for: local, or dask's behind `scheduler`. Raises `EngineError`."""
    from course.grading.running.engine import EngineError, Local

    if not scheduler:
        return Local(places)
    try:
        from course.grading.running.cluster import Cluster
    except ImportError as error:
        message = _("--scheduler needs dask.distributed. In the course's folder, run: uv sync --extra cluster")
        raise EngineError(message) from error
    return Cluster(scheduler)
