"""The answers as a table, for whoever taught the class."""

from __future__ import annotations

import csv
import io

from course.classroom.kinds import KINDS
from course.classroom.room import Room

COLUMNS = ("person", "step", "round", "change", "answer", "right", "late")


def as_csv(room: Room) -> str:
    """Return every answer that came, one a row, as CSV.

    `person` is a number in this table alone. `change` counts a person's answers to one question and round; options are
    numbered from 1, several are joined by "+"; levels of a line and levers are parted by ";". `right` is empty for guesses
    and decisions. Names that were made up stay behind.
    """
    places = {step.key: step for step in room.steps}
    people: dict[str, int] = {}
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(COLUMNS)
    changes: dict[tuple[str, str, int], int] = {}
    for one in room.store.answers():
        if one.step not in places:
            continue
        person = people.setdefault(one.person, len(people) + 1)
        key = (one.person, one.step, one.round)
        changes[key] = changes.get(key, 0) + 1
        step, kind = places[one.step], KINDS[places[one.step].kind]
        answer = kind.kept(one.value)
        right = kind.right(step, answer, room.runs)
        table.writerow(
            (
                person,
                one.step,
                one.round,
                changes[key],
                kind.cell(answer),
                "" if right is None else int(right),
                int(one.late),
            )
        )
    return text.getvalue()
