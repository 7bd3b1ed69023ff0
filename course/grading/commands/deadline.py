"""`course deadline`: until when an assignment may be handed in, for all and for one, in the zone of the class."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from course.grading.assignment import source
from course.grading.book import gradebook, lateness
from course.grading.book.lateness import Deadline
from course.grading.commands.common import Stop, explained, find_root, full_name, root_option
from course.grading.intake.times import AmbiguousTimeError, Moment, canonical, moment, shown
from course.i18n import gettext as _
from course.i18n import ngettext
from course.options import language_option


@click.command("deadline", help=_("Say until when an assignment may be handed in, and work out lateness again."))
@click.argument("assignment")
@click.argument("when", required=False)
@click.option(
    "--zone", default="", metavar="ZONE", help=_("The zone of the class: Asia/Shanghai, Europe/Berlin, +0800.")
)
@click.option(
    "--student", "only", multiple=True, metavar="ID", help=_("An extension for this student; may be given again.")
)
@click.option("--none", "gone", is_flag=True, help=_("Take the deadline, or a student's extension, away."))
@root_option
@language_option
def command(assignment: str, when: str | None, zone: str, only: tuple[str, ...], gone: bool, root: Path | None) -> None:
    """Set, show, move or take away a deadline; what was graded is not run again."""
    place = find_root(root)
    if when and gone:
        raise Stop(_("Give either a time or --none."))
    if only and not (when or gone):
        raise Stop(_("Give the time until which {students} may hand in, or --none.").format(students=", ".join(only)))
    with explained():
        assigned = source.load(place, full_name(place, assignment))
        if when or gone or zone:
            _register(place, assigned)
        elif not (place / gradebook.FILE).is_file():
            click.echo(_("There is no deadline for {assignment}.").format(assignment=assigned.name))
            return
        with gradebook.explained(place / gradebook.FILE), _book(place) as book:
            known = lateness.read(book, assigned.name)
            try:
                said = moment(when, zone or (known.zone if only else "")) if when else None
                zone = canonical(zone) if zone else ""
            except AmbiguousTimeError as problem:
                raise Stop(problem.why.say()) from problem
            if only:
                _demand_known(place, book, only)
                _extend(book, assigned.name, only, said)
            elif said or gone or zone:
                _move(book, assigned.name, said, zone or (said.zone if said else known.zone), gone=gone)
        changes = _judge(place, assigned, only, revoked=bool(only) and gone) if when or gone or zone else {}
    for line in (*_told(_read(place, assigned.name), assigned.name), *_changed(changes)):
        click.echo(line)


def _register(root: Path, assigned: source.Assignment) -> None:
    known = gradebook.look(root / gradebook.FILE, assigned)
    if not gradebook.is_current(known, assigned):
        gradebook.register(root, assigned, gradebook.settings(root))


@contextmanager
def _book(root: Path) -> Iterator[Any]:
    from nbgrader.api import Gradebook

    course = gradebook.course_id(gradebook.settings(root))
    with closing(Gradebook(f"sqlite:///{root / gradebook.FILE}", course)) as book:
        lateness.prepare(book)
        book.db.commit()
        yield book
        book.db.commit()


def _read(root: Path, name: str) -> Deadline:
    with _book(root) as book:
        return lateness.read(book, name)


def _demand_known(root: Path, book: Any, only: tuple[str, ...]) -> None:
    """Refuse an extension for somebody of whom nobody has heard: a slip would go unnoticed."""
    from course.grading.assignment import roster

    listed = roster.read(roster.find(root)) if roster.find(root).is_file() else {}
    known = {*listed, *(student.id for student in book.students)}
    strangers = [name for name in only if name not in known and not (root / "submitted" / name).is_dir()]
    if strangers:
        message = _(
            "Not known: {names}. Write the id as the class list, students.csv, or the folder in submitted/ has it."
        )
        raise Stop(message.format(names=", ".join(strangers)))


def _extend(book: Any, name: str, only: tuple[str, ...], until: Moment | None) -> None:
    from sqlalchemy import text

    for student in only:
        key = {"name": name, "student": student}
        book.db.execute(text("DELETE FROM course_extension WHERE assignment = :name AND student = :student"), key)
        if until is not None:
            values = {**key, "due": until.at.isoformat()}
            book.db.execute(text("INSERT INTO course_extension VALUES (:name, :student, :due)"), values)


def _move(book: Any, name: str, until: Moment | None, zone: str, *, gone: bool) -> None:
    from nbgrader.api import Assignment
    from sqlalchemy import text

    row = book.db.query(Assignment).filter(Assignment.name == name).one()
    if until is not None or gone:
        row.duedate = until.at.replace(tzinfo=None) if until is not None else None
    book.db.execute(text("INSERT OR REPLACE INTO course_deadline VALUES (:name, :zone)"), {"name": name, "zone": zone})


def _judge(
    root: Path, assigned: source.Assignment, only: tuple[str, ...], *, revoked: bool
) -> dict[str, tuple[str, str]]:
    """Work out lateness anew for everybody who was graded, and return whose points or status changed."""
    from course.grading.book.record import Recorder
    from course.grading.telling.pages import page

    recorder = Recorder(root, assigned, gradebook.settings(root), page, resume=True)
    try:
        graded = sorted(one.student.id for one in recorder.book.assignment_submissions(assigned.name))
        found = {
            student: recorder.judge_lateness(student, revoked=revoked)
            for student in only or graded
            if student in graded
        }
    finally:
        recorder.close()
    return {student: change for student, change in found.items() if change is not None}


def _told(found: Deadline, name: str) -> Iterator[str]:
    """Yield the deadline and the extensions as the clocks of the class show them."""
    if found.due is None:
        yield _("There is no deadline for {assignment}.").format(assignment=name)
    else:
        yield _("{assignment} is due {when}.").format(assignment=name, when=shown(found.due, found.zone))
    for student, until in sorted(found.extensions.items()):
        yield _extension(student, until, found)


def _extension(student: str, until: datetime, found: Deadline) -> str:
    line = _("  {student}: until {when}").format(student=student, when=shown(until, found.zone))
    if found.due is not None and until < found.due:
        line += " " + _("(earlier than the deadline, which counts)")
    return line


def _changed(changes: dict[str, tuple[str, str]]) -> Iterator[str]:
    if not changes:
        return
    message = ngettext(
        "Lateness was worked out again, without running anything. {count} submission changed:",
        "Lateness was worked out again, without running anything. {count} submissions changed:",
        len(changes),
    )
    yield message.format(count=len(changes))
    for student, (before, after) in sorted(changes.items()):
        yield f"  {student}: {before} → {after}"
