"""A service that the class rates before and after, in the modules on gaps; and what it said, as `class.csv`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from course.classroom.room import Room
from course.classroom.step import NOTHING, Choice, Step, both
from course.i18n import N_
from course.manifest import Module
from course.ratings.averages import of_rows
from course.ratings.file import named, written
from course.ratings.items import FEWEST_PEOPLE, ITEMS, MODULES

RATING = "rating"
KEY = f"{RATING}:service"
QUESTION = N_(
    "The service that your teacher names: how far should each line hold, from 1 (not at all) to 7 (entirely)? "
    "Asked again later: how far did it hold?"
)
SUM = N_("What came of it")
REVEAL = N_("Below what was expected, a dimension has a gap. The lesson asks which of the gaps weighs most.")


def ratings(module: Module) -> Iterator[Step]:
    """Yield the step in which a class of `module` rates a service; nothing for a module that is not on gaps."""
    if module.number not in MODULES:
        return
    yield Step(
        key=KEY,
        part=RATING,
        kind="ratings",
        question=both(QUESTION),
        answered=both(SUM),
        reveal=both(REVEAL),
        choices=tuple(Choice(both(text), False, NOTHING) for text in ITEMS.values()),
    )


def pairs(room: Room) -> list[list[int | None]]:
    """Return what each person expected and then, in the last round, got; of those who said both, in no order of theirs."""
    place = next((at for at, step in enumerate(room.steps) if step.key == KEY), None)
    if place is None or room.state.of(place).round == 1:
        return []
    return sorted([*first, *last] for first, last in room.both(place, 1, room.state.of(place).round))


def told(room: Room) -> dict[str, Any] | None:
    """Return how many people the class's file would hold, and how many it takes; None where nothing was rated."""
    place = next((at for at, step in enumerate(room.steps) if step.key == KEY), None)
    if place is None or not room.was_answered(place):
        return None
    return {"count": len(pairs(room)), "fewest": FEWEST_PEOPLE}


def as_class_file(room: Room, service: str) -> str:
    """Return the text of `class.csv`. Raises `ValueError` where too few people said both."""
    return written(pairs(room), service)


def as_code(room: Room, service: str) -> str:
    """Return the class's means as an address holds them. Raises `ValueError` where too few people said both."""
    rows = pairs(room)
    if len(rows) < FEWEST_PEOPLE:
        raise ValueError(f"{len(rows)} people are too few to be told about")
    return of_rows(named(service), rows).code()
