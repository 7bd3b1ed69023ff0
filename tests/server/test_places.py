"""The queue for a full server: in order, without those who left, and never longer than it may be."""

from __future__ import annotations

import pytest

from course.server import places
from course.server.places import GONE_SECONDS, Places


class House:
    """Places whose clock and whose number of guests a test sets."""

    def __init__(self, limit: int) -> None:
        self.time = 0.0
        self.inside = 0
        self.places = Places(limit, lambda: self.inside, lambda: self.time)

    def come(self, ticket: str | None = None) -> tuple[str, int | None]:
        ticket, before = self.places.ask(ticket)
        if before is None:
            arrived = self.places.take(ticket)
            self.inside += 1
            arrived()
        return ticket, before


def test_there_is_no_queue_while_there_are_places() -> None:
    house = House(3)
    assert [house.come()[1] for _ in range(4)] == [None, None, None, 0]


def test_who_came_first_goes_in_first() -> None:
    house = House(1)
    house.come()
    tickets = [house.come()[0] for _ in range(3)]
    assert [house.come(ticket)[1] for ticket in tickets] == [0, 1, 2]
    house.inside = 0
    assert house.come()[1] == 3, "nobody jumps the queue"
    assert house.come(tickets[1])[1] == 1
    assert house.come(tickets[0])[1] is None
    assert house.come(tickets[1])[1] == 0


def test_who_went_away_holds_nobody_up() -> None:
    house = House(1)
    house.come()
    house.come()
    house.time += GONE_SECONDS / 2
    second, before = house.come()
    assert before == 1
    house.time += GONE_SECONDS / 2
    assert house.come(second)[1] == 0


def test_a_place_is_held_while_a_page_starts() -> None:
    house = House(1)
    ticket, before = house.places.ask(None)
    assert before is None
    arrived = house.places.take(ticket)
    other, before = house.places.ask(None)
    assert before == 0
    arrived()
    arrived()
    assert house.places.ask(other)[1] is None


def test_a_made_up_ticket_is_worth_nothing() -> None:
    house = House(1)
    house.come()
    house.come()
    ticket, before = house.come("made-up")
    assert (ticket != "made-up", before) == (True, 1)


def test_the_queue_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "LONGEST_QUEUE", 2)
    house = House(1)
    house.come()
    assert [house.come()[1] for _ in range(4)] == [0, 1, 2, 2]
