"""Turns, store and pool, with workers that a test holds in its hand; and real ones, killed."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Callable
from typing import Any

import pytest

from course.paths import PACKAGE
from course.runs import pool, turns
from course.runs.frames import FAILED, LAST, MORE, REFUSED, frame, read_frame
from course.runs.line import Line, WorkerGoneError
from course.runs.pool import Pool
from course.runs.questions import LONGEST_QUERY, Question, QuestionError, read_question
from course.runs.service import RETRY_SECONDS, Outcome, Service
from course.runs.store import Store
from course.runs.threads import in_thread
from course.runs.turns import BusyError, Turns
from course.runs.version import version
from tests.waiting import LONGEST_SECONDS, until_true

MODULE = "m02-promises"


def question(kind: str = "run", query: str = "") -> Question:
    return read_question(MODULE, kind, query, "en")


class Hand:
    """A worker that answers when the test says so: `answer` is what it does with a question."""

    def __init__(self, answer: Callable[[Hand, Question, Any], tuple[bytes, bytes]]) -> None:
        self.answer, self.killed = answer, threading.Event()

    def ask(self, asked: Question, told: Any) -> tuple[bytes, bytes]:
        return self.answer(self, asked, told)

    def kill(self) -> None:
        self.killed.set()

    close = kill


def at_once(_hand: Hand, asked: Question, _told: Any) -> tuple[bytes, bytes]:
    return LAST, frame({"kind": "result", "fields": dict(asked.fields)})


def never(hand: Hand, _asked: Question, _told: Any) -> tuple[bytes, bytes]:
    assert hand.killed.wait(LONGEST_SECONDS)
    raise WorkerGoneError


def service(answer: Any, size: int = 2, **limits: float) -> tuple[Service, list[Hand]]:
    hands: list[Hand] = []

    def start() -> Hand:
        hands.append(Hand(answer))
        return hands[-1]

    return Service(Pool(size, start, **limits)), hands


def test_the_same_question_in_another_order_is_answered_from_the_store() -> None:
    async def ask() -> None:
        served, hands = service(at_once)
        first = await served.ask(question(query="a=1&b=2"), "x")
        second = await served.ask(question(query=f"b=2&a=1&v={served.version}"), "y")
        assert first.packed is second.packed
        assert (first.lasting, second.lasting) == (False, True)
        assert read_frame(first.frame)[0]["fields"] == {"a": "1", "b": "2"}
        assert len(hands) == 1

    asyncio.run(ask())


def test_who_asks_the_same_at_once_waits_for_one_run() -> None:
    gate = threading.Event()
    runs: list[Question] = []

    def when_open(hand: Hand, asked: Question, told: Any) -> tuple[bytes, bytes]:
        runs.append(asked)
        assert gate.wait(LONGEST_SECONDS)
        return at_once(hand, asked, told)

    async def ask() -> None:
        served, _ = service(when_open)
        many = [asyncio.create_task(served.ask(question(), str(number))) for number in range(20)]
        await until_true(lambda: runs)
        gate.set()
        assert {answer.outcome for answer in await asyncio.gather(*many)} == {Outcome.ANSWERED}
        assert len(runs) == 1

    asyncio.run(ask())


@pytest.mark.parametrize(
    ("answer", "outcome", "said"),
    [
        (lambda *_: (REFUSED, b"too high"), Outcome.REFUSED, "too high"),
        (lambda *_: (FAILED, b"ZeroDivisionError"), Outcome.FAILED, "a fault of the course"),
    ],
)
def test_what_a_worker_finds_wrong_is_said(answer: Any, outcome: Outcome, said: str) -> None:
    async def ask() -> None:
        served, _ = service(answer)
        found = await served.ask(question(), "x")
        assert found.outcome is outcome
        assert said in found.said
        assert not len(served.store)

    asyncio.run(ask())


def test_a_run_that_outlasts_its_limit_costs_its_worker_alone() -> None:
    async def ask() -> None:
        served, hands = service(
            lambda hand, *rest: (never if not hand_is_new(hands) else at_once)(hand, *rest), seconds=0.05
        )
        late = await served.ask(question(query="a=1"), "x")
        assert late.outcome is Outcome.TOO_LONG
        assert "0.05 seconds" in late.said
        assert (await served.ask(question(query="a=2"), "x")).outcome is Outcome.ANSWERED
        assert len(hands) == 2

    def hand_is_new(hands: list[Hand]) -> bool:
        return len(hands) > 1

    asyncio.run(ask())


def test_when_the_last_who_waits_for_many_draws_leaves_they_end() -> None:
    def draws(hand: Hand, _asked: Question, told: Any) -> tuple[bytes, bytes]:
        told(frame({"done": 5}))
        return never(hand, _asked, told)

    async def ask() -> None:
        served, hands = service(draws)
        heard: list[bytes] = []
        two = [asyncio.create_task(served.ask(question("study"), "x", heard.append)) for _ in range(2)]
        await until_true(lambda: len(heard) == 2)
        two[0].cancel()
        await asyncio.wait([two[0]])
        assert not hands[0].killed.is_set()
        two[1].cancel()
        await asyncio.wait([two[1]])
        await until_true(hands[0].killed.is_set)

    asyncio.run(ask())


def test_many_draws_leave_a_worker_free() -> None:
    async def ask() -> None:
        served, hands = service(lambda hand, asked, told: (never if asked.long else at_once)(hand, asked, told))
        many = [asyncio.create_task(served.ask(question("study", f"a={n}"), "x")) for n in range(5)]
        await until_true(lambda: hands)
        assert (await served.ask(question(), "x")).outcome is Outcome.ANSWERED
        for each in many:
            each.cancel()
        await asyncio.wait(many)

    asyncio.run(ask())


def test_addresses_take_turns() -> None:
    async def wait() -> None:
        turns = Turns(1, most=3, most_each=2)
        order: list[str] = []

        async def work(address: str) -> None:
            await turns.take(address)
            order.append(address)
            turns.give_back()

        await turns.take("first")
        waiting = [asyncio.create_task(work(address)) for address in ("many", "many", "few")]
        await until_true(lambda: turns.waiting == 3)
        for address in ("many", "new"):
            with pytest.raises(BusyError):
                await turns.take(address)
        turns.give_back()
        await asyncio.gather(*waiting)
        assert order == ["many", "few", "many"]
        assert turns.free == 1

    asyncio.run(wait())


def test_who_leaves_the_queue_leaves_no_place_taken() -> None:
    async def wait() -> None:
        turns = Turns(1)
        await turns.take("first")
        gone = asyncio.create_task(turns.take("gone"))
        await until_true(lambda: turns.waiting)
        turns.give_back()
        gone.cancel()
        await asyncio.wait([gone])
        assert turns.free == 1

    asyncio.run(wait())


def test_the_store_forgets_what_was_asked_longest_ago() -> None:
    store = Store(300)
    for number in range(10, 99):
        store.keep(f"{number}", b"ab")
        store.find("10")
    # two bytes of the address, two of the answer
    assert (len(store), store.size) == (75, 300)
    assert store.find("10") == b"ab"
    assert store.find("11") is None
    store.keep("10", b"cd")
    assert (store.find("10"), store.size) == (b"cd", 300)
    store.keep("large", b"x" * 50)
    assert store.find("large") is None


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        ("dance", ""),
        ("run", "a=1&a=2"),
        ("run", "lang=fr"),
        ("run", "a=%ff"),
        ("run", "x" * (LONGEST_QUERY + 1)),
        ("run", "&".join(f"a{number}=1" for number in range(200))),
    ],
)
def test_an_address_that_cannot_be_read_is_refused(kind: str, query: str) -> None:
    with pytest.raises(QuestionError, match="cannot be read"):
        question(kind, query)


def test_an_address_is_written_as_a_browser_writes_it() -> None:
    # new URLSearchParams([["v", "e"], ["lang", "zh"], ["a", "1~2*(3)"], ["b c", "@;,é"]])
    asked = read_question(MODULE, "run", "b+c=@;,%C3%A9&a=1~2*(3)&lang=zh", "en")
    assert asked.address("e") == f"{MODULE}/run?v=e&lang=zh&a=1%7E2*%283%29&b+c=%40%3B%2C%C3%A9"


def test_what_is_kept_is_found_by_its_address() -> None:
    async def ask() -> None:
        served, _ = service(at_once)
        address = question(query="b=2&a=1").address(served.version)
        assert served.kept(address) is None
        answer = await served.ask(question(query="a=1&b=2"), "x")
        assert served.kept(address) is answer.packed
        assert served.kept(address.replace(served.version, "another")) is None

    asyncio.run(ask())


def test_threads_are_used_again() -> None:
    async def ask() -> None:
        names = {await in_thread(threading.get_ident) for _ in range(20)}
        # one may still be putting itself away when the next is asked for
        assert len(names) <= 3
        with pytest.raises(ZeroDivisionError):
            await in_thread(lambda: 1 / 0)

    asyncio.run(ask())


def test_an_edition_has_one_name() -> None:
    assert version() == version()


def test_a_worker_that_is_killed_is_replaced() -> None:
    async def ask() -> None:
        lines: list[Line] = []

        def start() -> Line:
            lines.append(Line())
            return lines[-1]

        served = Service(Pool(2, start))
        assert (await served.ask(question(query="promise=61"), "x")).outcome is Outcome.ANSWERED
        lines[0].kill()
        assert (await served.ask(question(query="promise=62"), "x")).outcome is Outcome.ANSWERED
        assert len(lines) == 2
        for line in lines:
            line.close()

    asyncio.run(ask())


def test_all_workers_killed_while_they_wait_are_replaced() -> None:
    def gone(hand: Hand, asked: Question, told: Any) -> tuple[bytes, bytes]:
        if hand.killed.is_set():
            raise WorkerGoneError
        return at_once(hand, asked, told)

    async def ask() -> None:
        served, hands = service(gone, size=3)
        many = [served.ask(question(query=f"a={number}"), "x") for number in range(9)]
        await asyncio.gather(*many)
        assert len(hands) == 3
        for hand in hands:
            hand.kill()
        for number in range(10, 14):
            assert (await served.ask(question(query=f"a={number}"), "x")).outcome is Outcome.ANSWERED

    asyncio.run(ask())


def test_where_nothing_can_be_forked_a_worker_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("course.runs.line.objection", lambda: "no")
    line = Line()
    what, body = line.ask(question(query="promise=61"), lambda _piece: None)
    line.close()
    assert (what, read_frame(body)[0]["kind"]) == (LAST, "result")
    assert what != MORE


def test_when_an_author_has_changed_something_nothing_is_kept_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    async def ask() -> None:
        served, _ = service(at_once)
        first = served.version
        assert (await served.ask(question(query=f"v={first}"), "x")).lasting
        monkeypatch.setattr("course.runs.service.LOOK_AGAIN_SECONDS", 0)
        monkeypatch.setattr("course.runs.service.traces", lambda: 1)
        monkeypatch.setattr("course.runs.service.version", lambda: "changed")
        assert served.renew() == "changed"
        assert not len(served.store)
        assert not (await served.ask(question(query="v=changed"), "x")).lasting
        assert len(served.store)
        assert served.kept(question().address("changed")) is None

    asyncio.run(ask())


@pytest.mark.parametrize("name", ["GUIDE.md", "GUIDE.zh.md"])
def test_the_guide_states_the_limits(name: str) -> None:
    guide = (PACKAGE / "grading" / name).read_text(encoding="utf-8")
    [told] = [line for line in guide.splitlines() if f"{turns.MOST:,}" in line and str(turns.MOST_EACH) in line]
    limits = (
        turns.MOST,
        turns.MOST_EACH,
        pool.MOST_LONG,
        pool.MOST_LONG_EACH,
        RETRY_SECONDS,
        pool.SECONDS,
        pool.LONG_SECONDS,
    )
    assert re.findall(r"[\d,]*\d", told) == [f"{limit:,.0f}" for limit in limits]
