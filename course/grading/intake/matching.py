"""Who is whom: the owners of an export and the class list. What fits nobody, or more than one, is said and left alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from course.grading.assignment.roster import Student, plain
from course.grading.assignment.status import note
from course.grading.intake.platforms import FOLDER, Export, Owner, tokens
from course.i18n import N_
from course.i18n.message import Message

# A number in a file's name that is shorter may be anything
SHORTEST = 4


@dataclass(frozen=True)
class Match:
    """An owner with their student and what they were known by; or without one, and `why`."""

    owner: Owner
    student: str = ""
    by: str = ""
    why: Message | None = None


def is_known(people: Mapping[str, Student], label: str) -> bool:
    """Tell whether a text that somebody made names a student, by number or by name."""
    columns = ("id", "id_number", "sis_login_id", "email")
    pieces = tokens(label)
    owner = Owner(label, label, dict.fromkeys(columns, pieces))
    names = {plain(piece) for piece in pieces}
    return any(_has_id(one, owner, whole=False) or one.names & names for one in people.values())


def match(export: Export, people: Mapping[str, Student], said: Mapping[str, str]) -> list[Match]:
    """Return a match for every owner, in order. `said` names the student of a label where the instructor did."""
    found = [match_one(owner, people, said, whole=export.platform != FOLDER) for owner in export.owners]
    counts = Counter(one.student for one in found if one.student)
    return [one if counts[one.student] < 2 or not one.student else _twice(one, found) for one in found]


def _twice(one: Match, found: list[Match]) -> Match:
    others = [other.owner.label for other in found if other.student == one.student and other is not one]
    why = N_("{others} is the same student, {student}, too")
    return Match(one.owner, why=note(why, others=", ".join(others[:5]), student=one.student))


def match_one(owner: Owner, people: Mapping[str, Student], said: Mapping[str, str], *, whole: bool) -> Match:
    """Return whose an owner's files are, whatever else they handed in. `whole`: ids are whole, as platforms write them."""
    if owner.label in said:
        return Match(owner, said[owner.label], N_("you said so"))
    by_id = [one for one in people.values() if _has_id(one, owner, whole=whole)]
    names = {plain(name) for name in owner.names} - {""}
    by_name = [one for one in people.values() if one.names & names]
    if len(by_id) > 1:
        return Match(owner, why=_several(by_id))
    if by_id and by_name and by_id[0] not in by_name:
        why = N_("the number is that of {one}, the name that of {other}")
        return Match(owner, why=note(why, one=_told(by_id[:1]), other=_told(by_name)))
    if by_id:
        return Match(owner, by_id[0].id, N_("number"))
    if len(by_name) > 1:
        return Match(owner, why=_several(by_name))
    if by_name:
        return Match(owner, by_name[0].id, N_("name"))
    return Match(owner, why=note(N_("nobody on the class list has this number or name")))


def _has_id(one: Student, owner: Owner, *, whole: bool) -> bool:
    for column, values in owner.ids.items():
        own = str(getattr(one, column)).casefold()
        if own and any(
            value.casefold() == own and (whole or value == owner.label or len(value) >= SHORTEST) for value in values
        ):
            return True
    return False


def _several(found: Iterable[Student]) -> Message:
    return note(N_("it may be {names}"), names=_told(found))


def _told(found: Iterable[Student]) -> str:
    return ", ".join(f"{one.id} ({one.shown_name})" if one.shown_name else one.id for one in list(found)[:5])
