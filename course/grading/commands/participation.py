"""Taking in what learners saved on lessons' pages: whose each file or code is, what is wrong with it, and what is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click

from course.grading.assignment.roster import Student, plain
from course.grading.assignment.status import bounded, note
from course.grading.book import participation as book
from course.grading.intake import matching, participation, platforms
from course.grading.intake.archive import Entry, EntryError
from course.grading.intake.participation import Participation, ParticipationError
from course.grading.telling import participation as telling
from course.i18n import N_, ngettext
from course.i18n import gettext as _
from course.manifest import syllabus

# What is collected by this name is not one assignment, but taking part in any module
NAME = "participation"
NEW, SAME, FULLER, KEPT = N_("new"), N_("as before"), N_("more than before"), N_("the fuller one before stays")


@dataclass
class Taken:
    """What came of a collection: a row for each that was taken, what a person has to look at, and hints at copies."""

    rows: list[tuple[str, ...]] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    alike: list[str] = field(default_factory=list)


def ours(found: list[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Part what lessons' pages saved from everything else."""
    some = [entry for entry in found if entry.path.lower().endswith(participation.ENDINGS) and _is_ours(entry)]
    return some, [entry for entry in found if entry not in some]


def _is_ours(entry: Entry) -> bool:
    try:
        return entry.problem is None and participation.is_ours(entry.content())
    except EntryError:
        return False


def take(
    root: Path, found: list[Entry], people: Mapping[str, Student], said: Mapping[str, str], platform: str
) -> Taken:
    """Keep for each student what they did, by module. Who hands in is who the platform says, else what they typed."""
    taken = Taken()
    export = platforms.read(found, NAME, lambda label: matching.is_known(people, label), platform)
    authors: dict[tuple[str, str], str] = {}
    for owner in export.owners:
        match = matching.match_one(owner, people, said, whole=export.platform != platforms.FOLDER)
        for name, entry in owner.files:
            label = bounded(f"{owner.label}/{name}" if name != owner.label else name)
            try:
                for one, content in _read(entry):
                    student = _student(one, match, people, by_hand=owner.label in said)
                    _keep(taken, root, people[student], one, content, label)
                    _compare(taken, authors, one, student)
            except ParticipationError as error:
                taken.unclear.append(f"{label}: {error.why.say()}")
    taken.unclear += [f"{bounded(entry.path)}: {_('it belongs to nobody')}" for entry in export.nobodys]
    return taken


def _read(entry: Entry) -> list[tuple[Participation, bytes]]:
    """Return what a file holds, with what is kept of it. Raises `ParticipationError`."""
    if entry.problem is not None:
        raise ParticipationError(entry.problem)
    if entry.size > participation.LARGEST:
        why = N_("it is larger than {limit} KB, which no lesson fills. Ask for the file as the page saves it")
        raise ParticipationError(note(why, limit=participation.LARGEST // 1000))
    try:
        content = entry.content()
    except EntryError as error:
        raise ParticipationError(note(participation.DAMAGED)) from error
    if not entry.path.lower().endswith(participation.TEXTS):
        return [(participation.from_file(content), content)]
    codes = participation.from_text(content.decode("utf-8", "replace"))
    if not codes:
        raise ParticipationError(note(N_("there is no code in it. A code looks like this: M02-Q5P3B0G1T4-7K3QX9")))
    return [(one, f"{one.code}\n".encode()) for one in codes]


def _student(found: Participation, match: matching.Match, people: Mapping[str, Student], *, by_hand: bool) -> str:
    """Return whose this is. Raises `ParticipationError` where that is not clear, or where it names somebody else."""
    typed = [one.id for one in people.values() if found.who and plain(found.who) in _names(one)]
    if match.student and not found.who and not by_hand:
        participation.demand_own(found, _names(people[match.student]))
    if match.student and typed and match.student not in typed and not by_hand:
        why = N_("it was handed in by {one}, and says that it is of {other}. Ask both; --who says whose it is")
        raise ParticipationError(note(why, one=match.student, other=found.who))
    if match.student:
        return match.student
    if len(typed) == 1:
        return typed[0]
    if len(typed) > 1:
        several = N_("{who} may be {names}; --who says whose it is")
        raise ParticipationError(note(several, who=found.who, names=", ".join(typed[:5])))
    nobody = match.why.say() if match.why else ""
    raise ParticipationError(note(N_("{why} (typed was: {who})"), why=nobody, who=found.who or "–"))


def _names(one: Student) -> frozenset[str]:
    ids = (one.id, one.id_number, one.sis_login_id, one.sis_user_id, one.email)
    return one.names | {plain(text) for text in ids if text}


def _keep(taken: Taken, root: Path, student: Student, found: Participation, content: bytes, label: str) -> None:
    before = book.kept(root, student.id).get(found.module)
    state = NEW
    if before is not None:
        more = book.amount(found) - book.amount(before)
        state = SAME if found == before else FULLER if more > 0 else KEPT
    if state in (NEW, FULLER):
        book.keep(root, student.id, found, content)
    done = f"{book.amount(found)}/{sum(found.of.values())}"
    number = syllabus().module(found.module).number
    taken.rows.append((label, student.id, student.shown_name, number, done, _(state)))


def _compare(taken: Taken, authors: dict[tuple[str, str], str], found: Participation, student: str) -> None:
    """Note two students with the same guesses and texts, to the letter."""
    other = authors.setdefault((found.module, found.own), student) if found.own else student
    if other != student:
        taken.alike.append(f"{syllabus().module(found.module).number}: {other} – {student}")


def heads() -> tuple[str, ...]:
    """Return the heads of the rows."""
    return _("Handed in as"), _("id"), _("Name"), _("Module"), _("Done"), _("State")


def finish(taken: Taken, root: Path, people: Mapping[str, Student]) -> list[str]:
    """Write the tables for all that is kept; return what is to be said besides the rows."""
    try:
        rule = book.rule(root)
    except book.RuleError as error:
        raise click.ClickException(str(error)) from error
    written = telling.write(root, people, rule)
    students = len({row[1] for row in taken.rows})
    message = ngettext(
        "Taking part: files or codes of {count} student.", "Taking part: files or codes of {count} students.", students
    )
    lines = [message.format(count=students)]
    for title, some in (
        (_("Not taken; each says what helps:"), taken.unclear),
        (_("The same guesses and texts, to the letter; a reason to look, no proof:"), taken.alike),
    ):
        lines += [title, *(f"  {line}" for line in some)] if some else []
    return [*lines, _("Points for taking part: {files}").format(files=", ".join(map(str, written)))]
