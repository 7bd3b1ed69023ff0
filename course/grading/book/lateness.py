"""When a submission came, until when it could, and what lateness takes off: the gradebook's own columns, and two tables.

The deadline is nbgrader's (`assignment.duedate`, UTC); `course_deadline` keeps the zone in which the class reads it. An
extension is a moment of its own in `course_extension`, so that it stays where it is when the deadline moves; nbgrader gets
it as the difference. The later of the two counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from course.grading.assignment.status import Status, note
from course.grading.intake.times import AmbiguousTimeError, moment, shown
from course.i18n import N_
from course.i18n.message import Message

TABLES = (
    "CREATE TABLE IF NOT EXISTS course_deadline (assignment TEXT PRIMARY KEY, zone TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS course_extension (assignment TEXT NOT NULL, student TEXT NOT NULL, due TEXT NOT NULL, "
    "PRIMARY KEY (assignment, student))",
)
FILE = "timestamp.txt"
# Bytes of it that are looked at
LONGEST = 400
LATE = N_("Handed in {when}, {hours} hours after the deadline.")
UNDATED = N_("timestamp.txt cannot be read, so this does not count as late:")


@dataclass(frozen=True)
class Deadline:
    """What is set for one assignment: when, how the class reads it, and who may hand in until when; UTC."""

    due: datetime | None = None
    zone: str = "UTC"
    extensions: dict[str, datetime] = field(default_factory=dict)


def read(book: Any, assignment: str) -> Deadline:
    """Return the deadline that an open gradebook holds."""
    from nbgrader.api import Assignment

    found = book.db.query(Assignment).filter(Assignment.name == assignment).one_or_none()
    due = found.duedate.replace(tzinfo=UTC) if found is not None and found.duedate else None
    zone = _ask(book, "SELECT zone FROM course_deadline WHERE assignment = :assignment", assignment=assignment)
    extra = _ask(
        book, "SELECT student, due FROM course_extension WHERE assignment = :assignment", assignment=assignment
    )
    return Deadline(due, zone[0][0] if zone else "UTC", {str(who): datetime.fromisoformat(at) for who, at in extra})


def prepare(book: Any) -> None:
    """Make the tables where they are not there yet."""
    for table in TABLES:
        _ask(book, table)


def arrival(content: bytes) -> tuple[datetime | None, list[Message]]:
    """Return when `timestamp.txt` says that a submission came, UTC without a zone; None and why where it says nothing."""
    said = content[:LONGEST].decode("utf-8", "replace").strip("\ufeff \t\r\n")
    if not said:
        return None, []
    try:
        return moment(said).at.replace(tzinfo=None), []
    except AmbiguousTimeError as problem:
        return None, [note(UNDATED), problem.why]


def extend(submission: Any, set_for: Deadline, student: str) -> None:
    """Give a submission the extension that its student has."""
    until = set_for.extensions.get(student)
    if until is None or set_for.due is None:
        return
    submission.extension = max(timedelta(0), until - set_for.due)


def penalise(submission: Any, notebook: Any, config: Any, zone: str) -> list[Message]:
    """Take off what lateness costs by nbgrader's plugin; return what is to be said, nothing where it came in time."""
    notebook.late_submission_penalty = penalty(submission, notebook, config)
    late = float(submission.total_seconds_late)
    if late <= 0:
        return []
    when = shown(submission.timestamp.replace(tzinfo=UTC), zone)
    return [note(LATE, when=when, hours=f"{late / 3600:.1f}")]


def renamed(status: Status, *, late: bool) -> Status:
    """Return a submission's status after its lateness has changed."""
    if status not in (Status.GRADED, Status.LATE):
        return status
    return Status.LATE if late else Status.GRADED


def penalty(submission: Any, notebook: Any, config: Any) -> float | None:
    """Return what lateness costs by nbgrader's plugin with the notebook's points as they stand; None: nothing."""
    late = float(submission.total_seconds_late)
    if late <= 0:
        return None
    from nbgrader.preprocessors import AssignLatePenalties

    step = AssignLatePenalties(config=config)
    step.init_plugin()
    taken = step.plugin_inst.late_submission_penalty(submission.student_id, notebook.score, late)
    return None if taken is None else float(step._check_late_penalty(notebook, taken))


def _ask(book: Any, query: str, **values: str) -> list[Any]:
    from sqlalchemy import text

    found = book.db.execute(text(query), values)
    return list(found) if found.returns_rows else []
