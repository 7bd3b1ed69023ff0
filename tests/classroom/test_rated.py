"""A class rates a service before and after: means from five people on, a file of those who said both, nobody alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.classroom.kinds import KINDS, AnswerError
from course.classroom.rated import KEY, as_class_file, ratings, told
from course.classroom.room import Room
from course.classroom.steps import steps
from course.classroom.views import board_view
from course.manifest import syllabus
from course.ratings.file import read
from course.ratings.items import FEWEST_PEOPLE, MODULES

(STEP,) = ratings(syllabus().module("m01"))


def room(tmp_path: Path) -> Room:
    made = Room(tmp_path, "m01", [STEP])
    for command in ("next", "go"):
        assert made.do(command, made.state.version)
    return made


def rate(made: Room, people: list[str], round_: int, mark: int) -> None:
    for person in people:
        assert made.answer(person, KEY, round_, round_, [mark, 6, 5, 4, 7]) == "received"


def test_only_the_modules_on_gaps_ask_it_and_last() -> None:
    for module in syllabus().ready[:5]:
        keys = [step.key for step in steps(module)] if module.number != "m00" else []
        assert (keys[-1:] == [KEY]) == (module.number in MODULES)


@pytest.mark.parametrize(
    "sent", [None, 4, [], [4] * 4, [4] * 6, [0, 4, 4, 4, 4], [8, 4, 4, 4, 4], [4.0] * 5, [True] * 5, ["4"] * 5]
)
def test_anything_but_five_marks_is_no_answer(sent: object) -> None:
    with pytest.raises(AnswerError):
        KINDS["ratings"].read(STEP, sent)


def test_few_people_are_shown_nothing_of_and_a_file_takes_five_who_said_both(tmp_path: Path) -> None:
    made = room(tmp_path)
    people = [made.join() for _ in range(FEWEST_PEOPLE + 1)]
    rate(made, people[: FEWEST_PEOPLE - 1], 1, 7)
    assert made.tallies(0)[0]["means"] is None
    rate(made, people[FEWEST_PEOPLE - 1 :], 1, 7)
    assert made.tallies(0)[0]["means"] == [7, 6, 5, 4, 7]
    with pytest.raises(ValueError, match="too few"):
        as_class_file(made, "the canteen")
    for command in ("close", "again"):
        assert made.do(command, made.state.version)
    rate(made, people[: FEWEST_PEOPLE - 1], 2, 3)
    assert told(made) == {"count": FEWEST_PEOPLE - 1, "fewest": FEWEST_PEOPLE}
    with pytest.raises(ValueError, match="too few"):
        as_class_file(made, "the canteen")
    rate(made, people[FEWEST_PEOPLE - 1 : FEWEST_PEOPLE], 2, 3)
    text = as_class_file(made, "the canteen")
    service, rows = read(text.encode(), "en")
    assert (service, len(rows)) == ("the canteen", FEWEST_PEOPLE), "who said one of the two is not in it"
    assert {tuple(row) for row in rows} == {(7, 6, 5, 4, 7, 3, 6, 5, 4, 7)}
    assert not any(person in text for person in people)
    made.do("end", made.state.version)
    assert board_view(made, "en")["ratings"] == {"count": FEWEST_PEOPLE, "fewest": FEWEST_PEOPLE}
