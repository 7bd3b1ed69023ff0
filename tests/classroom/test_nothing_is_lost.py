"""Phones on a bad network, and a server that is killed: every answer is there, once, and the last one counts."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.classroom.kinds import KINDS, AnswerError
from course.classroom.room import Room
from tests.classroom.rooms import GUESS, SENT, STEPS

PHONES = 4
# what happens next: a phone answers; a message of those on their way arrives, twice perhaps, and its receipt may be lost;
# the server is killed and started again; the teacher goes on
EVENTS = st.one_of(
    st.tuples(st.just("answers"), st.integers(0, PHONES - 1), st.integers(0, 1)),
    st.tuples(st.just("arrives"), st.integers(0, 30), st.booleans()),
    st.tuples(st.just("killed"), st.just(0), st.just(0)),
    st.tuples(st.sampled_from(["close", "again", "reveal"]), st.just(0), st.just(0)),
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(range(len(STEPS))), st.lists(EVENTS, max_size=60))
def test_nothing_is_lost_and_nothing_doubled(place, events):
    step = STEPS[place]
    form, sendable = KINDS[step.kind], SENT[step.kind]
    with tempfile.TemporaryDirectory() as folder:
        rooms = [Room(Path(folder), "m01", STEPS)]
        people = [rooms[0].join() for _ in range(PHONES)]
        numbers = [0] * PHONES
        outbox: list[tuple[str, int, int, object]] = []
        sent: dict[tuple[str, int, int], object] = {}
        on_time: set[tuple[str, int, int]] = set()
        rooms[-1].do("to", 0, place=place)
        rooms[-1].do("go", 1)

        def arrive(message: tuple[str, int, int, object]) -> None:
            person, round_, number, value = message
            said = rooms[-1].answer(person, step.key, round_, number, value)
            if said == "received":
                on_time.add((person, round_, number))

        for kind, which, more in events:
            room = rooms[-1]
            if kind == "answers" and room.state.open:
                numbers[which] += 1
                message = (people[which], room.state.now.round, numbers[which], sendable[more])
                outbox.append(message)
                sent[message[:3]] = message[3]
            elif kind == "arrives" and outbox:
                message = outbox[which % len(outbox)]
                arrive(message)
                # without its receipt a phone sends it again
                if more:
                    outbox.remove(message)
            elif kind == "killed":
                rooms.append(Room(Path(folder), "m01", STEPS))
            elif kind in ("close", "again", "reveal"):
                try:
                    room.do(kind, room.state.version)
                except ValueError:
                    assert room.state == rooms[-1].state
        for message in outbox:
            arrive(message)

        last = Room(Path(folder), "m01", STEPS)
        kept = [(one.person, one.round, one.number) for one in last.store.answers()]
        assert sorted(kept) == sorted(sent)
        for round_ in range(1, last.state.now.round + 1):
            newest = {
                person: (number, sent[person, round_, number])
                for person, its, number in sorted(on_time)
                if its == round_
            }
            answers = last.current(place, round_)
            meant = [form.nameless(form.read(step, value)) for _number, value in newest.values()]
            assert sorted(map(form.written, answers)) == sorted(map(form.written, meant))
            # in the order in which they came, as before
            assert rooms[-1].current(place, round_) == answers
        for room in [*rooms, last]:
            room.close()


def test_another_rooms_answer_is_not_taken(tmp_path):
    here, there = Room(tmp_path / "here", "m01", STEPS), Room(tmp_path / "there", "m01", STEPS)
    assert not here.knows(there.join())
    try:
        here.answer(here.join(), GUESS, 1, 1, 3.0)
    except AnswerError:
        assert list(here.store.answers()) == []
    else:
        raise AssertionError("nothing was asked yet")
    here.close()
    there.close()
