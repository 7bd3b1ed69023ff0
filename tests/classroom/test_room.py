"""A room: where a class may go, what it takes for an answer, what it keeps and tells, and to whom."""

from __future__ import annotations

import csv
import io
import json
import math
import sqlite3
import stat
import sys

import pytest

from course.classroom.export import as_csv
from course.classroom.kinds import KINDS, AnswerError
from course.classroom.kinds.levers import Chosen
from course.classroom.kinds.slider import MOST_BINS
from course.classroom.names import LONGEST_NAME, made_up
from course.classroom.room import Room
from course.classroom.state import ASKING, CLOSED, MOST_ROUNDS, REVEALED, State, StateError
from course.classroom.steps import steps
from course.classroom.store import MOST_CHANGES, StoreError
from course.classroom.views import board_view, phone_view
from course.manifest import syllabus
from course.paths import PACKAGE
from tests.classroom.rooms import GUESS, SENT, STEPS, outcome


@pytest.fixture
def room(tmp_path):
    room = Room(tmp_path / "class", "m01", STEPS)
    yield room
    room.close()


def do(room, *commands):
    for command in commands:
        assert room.do(command, room.state.version)


def test_a_class_goes_from_question_to_question():
    state = State(steps=2)
    for command, phase in [
        ("next", "waiting"),
        ("go", ASKING),
        ("close", CLOSED),
        ("reveal", REVEALED),
        ("next", "waiting"),
    ]:
        state = state.after(command)
        assert state.now.phase == phase
    assert (state.step, state.version) == (1, 5)
    state = state.after("back")
    assert (state.step, state.now.phase) == (0, REVEALED)


def test_a_question_that_is_left_is_closed():
    state = State(steps=2).after("next").after("go").after("next").after("back")
    assert state.now.phase == CLOSED


@pytest.mark.parametrize(
    ("before", "command"),
    [([], "go"), ([], "back"), ([], "reveal"), (["next"], "close"), (["next"], "again"), (["next", "go"], "go"),
     (["next", "go", "reveal"], "again"), (["next", "next"], "next"), (["next"], "clock"), (["end"], "next"), ([], "dance")],
)  # fmt: skip
def test_what_does_not_fit_is_refused(before, command):
    state = State(steps=2)
    for one in before:
        state = state.after(one)
    with pytest.raises(StateError):
        state.after(command)


def test_asked_again_a_bounded_number_of_times():
    state = State(steps=1).after("next").after("go").after("close")
    for _ in range(MOST_ROUNDS - 1):
        state = state.after("again").after("close")
    assert state.now.round == MOST_ROUNDS
    with pytest.raises(StateError):
        state.after("again")


def test_the_picture_hides_while_the_class_answers():
    state = State(steps=1).after("next").after("go")
    assert not state.picture
    assert state.after("picture").picture
    assert state.after("close").picture
    assert not state.after("close").after("picture").picture


def test_the_clock_runs_from_now_and_goes_with_the_question():
    state = State(steps=1).after("next").after("go").after("clock", seconds=60, now=1_000)
    assert state.until == 1_060
    assert state.after("clock", seconds=0, now=1_000).until is None
    assert state.after("close").until is None
    with pytest.raises(StateError):
        state.after("clock", seconds=math.inf)


def test_a_command_for_an_older_state_does_nothing(room):
    seen = room.state.version
    assert room.do("next", seen)
    assert not room.do("next", seen)
    assert room.state.step == 0


@pytest.mark.parametrize(
    ("place", "sent", "answer"),
    [(0, 4.3, 4.3), (0, 4.2999999, 4.3), (0, 5, 5.0), (1, -60, -60.0), (2, 1, 1), (3, [2, 0], (0, 2)), (4, -1.5, -1.5),
     (5, [50, 99.99, 110], (50.0, 100.0, 110.0)), (6, 2, 2), (7, {"values": [3.2, 101]}, Chosen((3.0, 100.0))),
     (8, {"values": [0, 150], "name": " 安娜\u202e "}, Chosen((0.0, 150.0), "安娜"))],
)  # fmt: skip
def test_answers_that_are_taken(place, sent, answer):
    assert KINDS[STEPS[place].kind].read(STEPS[place], sent) == answer


@pytest.mark.parametrize(
    ("place", "sent"),
    [(0, 0.9), (0, 5.1), (0, "4"), (0, None), (0, True), (0, math.nan), (0, [4]), (0, {"a": 1}), (0, "<script>"),
     (2, 3), (2, -1), (2, 1.0), (2, True), (2, [1]), (3, 1), (3, []), (3, [1, 1]), (3, [9]), (3, ["1"]), (3, [[0]]),
     (4, math.inf), (4, 1e300), (4, "65.73"), (4, 10**400), (5, [50, 60]), (5, [50] * 4), (5, [50, 60, 111]),
     (5, [50, 60, None]), (5, [50, 60, math.nan]), (5, {"0": 50}), (5, 50), (6, 3), (6, [0]), (6, "0"),
     (7, [3, 100]), (7, {"values": [3]}), (7, {"values": [11, 100]}), (7, {"values": [True, 100]}), (7, {"values": "ab"}),
     (7, {"values": [3, 100], "name": 7}), (7, {"values": [3, 100], "name": None}), (7, None), (8, {}), (8, {"name": "x"})],
)  # fmt: skip
def test_what_is_no_answer_is_refused(place, sent):
    with pytest.raises(AnswerError):
        KINDS[STEPS[place].kind].read(STEPS[place], sent)


def tally(step, answers, runs=None, **more):
    return KINDS[step.kind].tally(step, answers, runs or {}, **more)


def test_right_and_wrong():
    def is_right(place, answer, runs=None):
        return KINDS[STEPS[place].kind].right(STEPS[place], answer, runs or {})

    assert [is_right(2, place) for place in (0, 1)] == [False, True]
    assert [is_right(3, places) for places in ((1,), (1, 2))] == [False, True]
    assert [is_right(4, number) for number in (65.79, 65.8)] == [True, False]
    assert [is_right(place, answer) for place, answer in ((0, 4.3), (5, (100.0, 90.0, 80.0)), (6, 1))] == [None] * 3
    reaches, misses = Chosen((8.0, 100.0)), Chosen((9.0, 50.0))
    runs = {settings: outcome(settings) for settings in map(settings_of, (reaches, misses))}
    assert [is_right(7, one, runs) for one in (reaches, misses, Chosen((1.0, 50.0)))] == [True, False, None]
    assert is_right(8, reaches, runs) is None


def settings_of(chosen):
    return KINDS["challenge"].settings(STEPS[7], chosen)


def test_every_place_of_a_slider_falls_into_one_bin():
    for step in STEPS[:2]:
        scale = step.scale
        places = [scale.low + scale.step * place for place in range(round((scale.high - scale.low) / scale.step) + 1)]
        told = tally(step, [KINDS[step.kind].read(step, place) for place in places])
        assert sum(told["counts"]) == len(places)
        assert min(told["counts"]) >= 1
        assert len(told["counts"]) <= MOST_BINS


def test_counts_of_options_and_numbers():
    assert tally(STEPS[3], [(0, 2), (2,)])["counts"] == [1, 0, 2]
    assert tally(STEPS[2], [1, 1, 0])["counts"] == [1, 2, 0]
    assert tally(STEPS[6], [2, 2])["counts"] == [0, 0, 2]
    told = tally(STEPS[4], [65.73, 65.73, 70.0, *map(float, range(8))])
    assert told["numbers"][0] == {"value": 65.73, "count": 2}
    assert sum(one["count"] for one in told["numbers"]) + told["other"] == told["count"] == 11


def test_lines_are_told_as_a_fan():
    lines = [tuple(float(level) for level in (60 + step, 70, 80 - step)) for step in range(0, 11)]
    told = tally(STEPS[5], lines)
    assert [fan[0] for fan in told["fan"]] == [61.0, 62.5, 65.0, 67.5, 69.0]
    assert [fan[1] for fan in told["fan"]] == [70.0] * 5
    assert tally(STEPS[5], []) == {"count": 0, "fan": []}


def test_a_challenge_lists_who_reached_it_first_and_names_only_where_they_are_shown():
    answers = [Chosen((9.0, 50.0), "Bo"), Chosen((8.0, 100.0), "Cy"), Chosen((8.0, 110.0)), Chosen((0.0, 50.0), "Di")]
    runs = {settings_of(one): outcome(settings_of(one)) for one in answers[:3]}
    told = tally(STEPS[7], answers, runs, names=True)
    assert told == {"count": 4, "met": [0, 1, 2], "first": [{"name": "Cy"}, {"name": ""}], "running": 1}
    assert tally(STEPS[7], answers, runs)["first"] == [{"name": ""}, {"name": ""}]


def test_strategies_are_spots_on_a_map():
    answers = [Chosen((8.0, 100.0)), Chosen((8.0, 100.0)), Chosen((2.0, 60.0)), Chosen((1.0, 60.0))]
    runs = {settings_of(one): outcome(settings_of(one)) for one in answers[:3]}
    told = tally(STEPS[8], answers, runs)
    assert told == {"count": 4, "spots": [[50.0, 60.0, 1], [60.0, 90.0, 2]], "running": 1}


@pytest.mark.parametrize(
    ("sent", "shown"),
    [("  Anna   Bo ", "Anna Bo"), ("<b>x</b>", "<b>x</b>"), ("\u202eabc\u200b\x00", "abc"),
     ("Zoe\u0301\u0301\u0301", "Zoé\u0301"),
     ("x" * 300, "x" * LONGEST_NAME), ("\n\t", ""), ("🦊 狐狸", "🦊 狐狸"), ("", "")],
)  # fmt: skip
def test_a_made_up_name_holds_what_is_seen_and_no_more(sent, shown):
    assert made_up(sent) == shown


def test_names_are_kept_only_where_the_teacher_asks_for_them(room):
    people = [room.join() for _ in range(2)]
    room.do("to", room.state.version, place=7)
    do(room, "go")
    room.answer(people[0], "challenge:both", 1, 1, {"values": [8, 100], "name": "Early"})
    do(room, "names")
    room.answer(people[1], "challenge:both", 1, 1, {"values": [8, 105], "name": "Late"})
    assert [one.name for one in room.current(7, 1)] == ["", "Late"]
    for settings in room.to_run(7):
        room.ran(settings, outcome(settings))
    assert board_view(room, "en")["tallies"][0]["first"] == [{"name": ""}, {"name": "Late"}]
    assert phone_view(room, people[1], "en")["mine"]["came"] == {"figures": [65.0, 90.0], "met": [True, True]}
    do(room, "names")
    assert "Late" not in json.dumps(board_view(room, "en"))
    assert "Late" not in as_csv(room)


def test_what_a_strategy_came_to_is_told_with_the_answer(room):
    person = room.join()
    room.do("to", room.state.version, place=8)
    do(room, "go")
    room.answer(person, "strategy:ten", 1, 1, {"values": [8, 100]})
    for settings in room.to_run(8):
        room.ran(settings, outcome(settings))
    assert room.to_run(8) == set()
    assert phone_view(room, person, "en")["mine"]["came"] is None
    do(room, "reveal")
    told = phone_view(room, person, "zh")
    assert told["mine"]["came"] == {"figures": [60.0, 90.0]}
    assert told["answer"]["beside"] == [{"label": "中文 a way", "spot": [60.0, 90.0]}]


def test_the_teacher_goes_to_any_question(room):
    assert room.do("to", room.state.version, place=6)
    assert board_view(room, "en")["question"]["key"] == "case:crisis"
    assert len(board_view(room, "zh")["list"]) == len(STEPS)
    for place in (len(STEPS), -2):
        with pytest.raises(StateError):
            room.do("to", room.state.version, place=place)


def test_every_kind_has_a_step_here_and_a_file_on_the_page():
    assert {step.kind for step in STEPS} == set(KINDS) == set(SENT)
    page = (PACKAGE / "server" / "page" / "class" / "kinds.js").read_text(encoding="utf-8")
    assert all(f"  {kind}:" in page or f"  {kind}," in page for kind in KINDS)


def test_a_room_of_an_earlier_edition_goes_on(room):
    folder = room.store.path.parent
    do(room, "next", "go")
    room.answer(room.join(), GUESS, 1, 1, 2.5)
    room.close()
    with sqlite3.connect(folder / "room.db") as base:
        base.execute("ALTER TABLE answers DROP COLUMN arrival")
    again = Room(folder, "m01", STEPS)
    assert again.current(0, 1) == [2.5]
    again.close()


def test_the_last_answer_counts_and_each_is_kept(room):
    person = room.join()
    do(room, "next", "go")
    assert room.answer(person, GUESS, 1, 2, 3.0) == "received"
    assert room.answer(person, GUESS, 1, 1, 2.0) == "received"
    assert room.answer(person, GUESS, 1, 2, 3.0) == "known"
    assert room.current(0, 1) == [3.0]
    assert len(list(room.store.answers())) == 2


def test_what_comes_after_the_reveal_is_kept_and_not_counted(room):
    early, late = room.join(), room.join()
    do(room, "next", "go")
    room.answer(early, GUESS, 1, 1, 2.0)
    do(room, "reveal")
    assert room.answer(late, GUESS, 1, 1, 4.3) == "late"
    assert room.answer(early, GUESS, 1, 2, 4.3) == "late"
    assert room.current(0, 1) == [2.0]
    assert [one.late for one in room.store.answers()].count(True) == 2


def test_asked_again_before_and_after_stand_side_by_side(room):
    person = room.join()
    do(room, "next", "go")
    room.answer(person, GUESS, 1, 1, 2.0)
    do(room, "close", "again")
    assert room.answer(person, GUESS, 1, 2, 2.5) == "late"
    assert room.answer(person, GUESS, 2, 3, 4.0) == "received"
    do(room, "close", "reveal")
    assert [one["middle"] for one in board_view(room, "en")["tallies"]] == [2.0, 4.0]


@pytest.mark.parametrize("round_", [0, 2, -1, 1.0, True, "1", None])
def test_a_round_that_was_not_asked_is_refused(room, round_):
    do(room, "next", "go")
    with pytest.raises(AnswerError):
        room.answer(room.join(), GUESS, round_, 1, 2.0)


@pytest.mark.parametrize("key", ["bet:felt", "quiz:none", ""])
def test_a_question_that_was_not_asked_is_refused(room, key):
    do(room, "next", "go")
    with pytest.raises(AnswerError):
        room.answer(room.join(), key, 1, 1, 2.0)


def test_a_machine_that_changes_its_mind_is_stopped(room):
    person = room.join()
    do(room, "next", "go")
    for number in range(1, MOST_CHANGES + 1):
        room.answer(person, GUESS, 1, number, 2.0)
    with pytest.raises(AnswerError):
        room.answer(person, GUESS, 1, MOST_CHANGES + 1, 2.0)


def test_only_the_rooms_own_tokens_are_known(room, tmp_path):
    token = room.join()
    assert room.knows(token)
    other = Room(tmp_path / "other", "m01", STEPS)
    for wrong in ("", token[:-1], token + "0", "0" * len(token), token.upper(), "é" * len(token), other.join()):
        assert not room.knows(wrong)
    assert room.is_teacher(room.teacher)
    assert not room.is_teacher(other.teacher)
    assert not room.is_teacher("é")
    other.close()


def test_nothing_is_kept_of_who_only_came(room):
    for _ in range(50):
        room.saw(room.join())
    assert room.here == 50
    assert list(room.store.answers()) == []


def test_who_sleeps_is_not_counted_as_in(tmp_path):
    clock = [1_000.0]
    room = Room(tmp_path, "m01", STEPS, now=lambda: clock[0])
    room.saw(room.join())
    clock[0] += 3_600
    assert room.here == 0
    room.close()


def test_no_answer_goes_out_before_it_is_revealed(room):
    person = room.join()
    for place, step in enumerate(STEPS):
        do(room, "next", "go")
        for phase in (ASKING, CLOSED):
            assert room.state.now.phase == phase
            told = [phone_view(room, person, "en"), board_view(room, "en")]
            assert "answer" not in json.dumps([sorted(one) for one in told])
            assert not any(f"because {name}" in json.dumps(told) for name in "ABC")
            assert "a way" not in json.dumps(told)
            assert f"{step.key} reveal" not in json.dumps(told)
            if phase == ASKING:
                do(room, "close")
        do(room, "reveal")
        assert "answer" in phone_view(room, person, "en")
        assert room.state.step == place


def test_each_phone_reads_its_own_language(room):
    do(room, "next", "go")
    told = {language: phone_view(room, room.join(), language)["question"]["text"] for language in ("en", "zh")}
    assert told == STEPS[0].question


def test_a_phone_comes_back_where_it_was(room):
    person = room.join()
    do(room, "next", "go")
    room.answer(person, GUESS, 1, 7, 2.5)
    told = phone_view(room, person, "en")
    assert told["mine"] == {"number": 7, "answer": 2.5, "late": False, "came": None}
    assert told["last"] == 7


def test_the_table_says_what_came(room):
    people = [room.join() for _ in range(2)]
    do(room, "next", "go")
    room.answer(people[0], GUESS, 1, 1, 2.5)
    room.answer(people[0], GUESS, 1, 2, 3.5)
    do(room, "next", "next", "next", "go")
    room.answer(people[1], "quiz:many", 1, 1, [1, 2])
    rows = list(csv.DictReader(io.StringIO(as_csv(room))))
    assert [row["answer"] for row in rows if row["step"] == GUESS] == ["2.5", "3.5"]
    assert [(row["answer"], row["right"], row["late"]) for row in rows if row["step"] == "quiz:many"] == [
        ("2+3", "1", "0")
    ]
    assert {row["person"] for row in rows} == {"1", "2"}
    assert not any(token in as_csv(room) for token in people)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_the_file_is_the_teachers_own(room):
    assert stat.S_IMODE(room.store.path.stat().st_mode) == 0o600


def test_deleted_leaves_nothing(tmp_path):
    room = Room(tmp_path, "m01", STEPS)
    do(room, "next", "go")
    room.answer(room.join(), GUESS, 1, 1, 2.5)
    room.delete()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_room_is_said_to_be_none(tmp_path):
    (tmp_path / "room.db").write_text("a letter to my mother, long enough to be no database" * 30, encoding="utf-8")
    with pytest.raises(StoreError):
        Room(tmp_path, "m01", STEPS)


@pytest.mark.parametrize("number", [module.number for module in syllabus().ready])
def test_every_module_has_something_to_ask_in_both_languages(number):
    found = steps(syllabus().module(number))
    assert len(found) >= 5
    assert len({step.key for step in found}) == len(found)
    for step in found:
        assert all(step.question.values())
        if step.scale and step.answer is not None:
            assert step.scale.low <= step.answer <= step.scale.high, step.key
