"""What a table of arrivals says of the people it takes: in sentences, as tables, as a report."""

from __future__ import annotations

import math
from collections.abc import Iterator

from course.i18n import N_, NN_, translator
from course.i18n.message import Message
from course.references import references
from course.survey.arrivals.analysis import Findings, HalfHour
from course.survey.arrivals.clock import HOUR, WEEKDAYS, clock
from course.survey.arrivals.picture import day
from course.survey.findings import Sentence
from course.survey.report import page, section
from course.survey.tabulate import Cell, Sheet
from course.theory import arrivals, patience

FEW_WEEKS, NAMED = 4, 3
ANSWER, DATA = "answer", "data"
LOW, HIGH = N_("90% from"), N_("90% to")


def weekday(number: int) -> Message:
    """Return the name of a weekday."""
    return Message(WEEKDAYS[number])


def per(minutes: int) -> Message:
    """Return what an interval is called."""
    return Message(N_("hour") if minutes == HOUR else N_("half hour"))


def sentences(findings: Findings) -> tuple[Sentence, ...]:
    """Return the findings in words: the answer first, then what it rests on."""
    return (*_answer(findings), *_busiest(findings), *_spread(findings), *_weeks(findings), *_days(findings))


def _answer(findings: Findings) -> Iterator[Sentence]:
    number, start = findings.asked
    when = {"day": weekday(number), "time": clock(start)}
    found = findings.answer
    if found is None:
        text = N_("The file counts nobody on {day} at {time}: closed, or not counted. Ask about another time.")
        yield Sentence(ANSWER, Message(text, **when), caution=True)
        return
    wishes = findings.wishes
    need = NN_(
        "On {day} at {time} you need {count} person on duty; a quiet week takes {least}, a busy one {most}.",
        "On {day} at {time} you need {count} people on duty; a quiet week takes {least}, a busy one {most}.",
    )
    yield Sentence(ANSWER, Message(need, count=found.agents, least=found.least, most=found.most, **when))
    if wishes.away:
        text = N_("As {away:.0f}% of paid time is spent elsewhere, the roster needs {rostered} for that.")
        yield Sentence(ANSWER, Message(text, away=100 * wishes.away, rostered=found.rostered))
    text = N_("From {time} to {end}, {mean:.1f} arrivals are expected; 9 weeks of 10 bring {low} to {high}.")
    coming = found.coming
    bounds = {"end": clock(start + findings.minutes), "low": coming.count_low, "high": coming.count_high}
    yield Sentence(ANSWER, Message(text, time=clock(start), mean=coming.mean, **bounds))
    yield _service(findings, found)
    if found.rushed.answered < wishes.target:
        text = N_(
            "In a busy week ({arrivals:.0f} arrivals expected) the same {agents} would answer only {answered:.0f}% in time."
        )
        rushed = {"arrivals": coming.rate_high, "agents": found.agents, "answered": 100 * found.rushed.answered}
        yield Sentence(ANSWER, Message(text, **rushed), caution=True)


def _service(findings: Findings, found: HalfHour) -> Sentence:
    wishes, service = findings.wishes, found.service
    values = {"answered": 100 * service.answered, "limit": wishes.limit, "busy": 100 * found.busy}
    if math.isinf(wishes.patience):
        text = N_(
            "Then {answered:.0f}% are answered within {limit:.0f} seconds, and each is busy {busy:.0f}% of the time."
        )
        return Sentence(ANSWER, Message(text, **values))
    text = N_(
        "Then {answered:.0f}% are answered within {limit:.0f} seconds, {lost:.1f}% hang up, and each is busy {busy:.0f}% of "
        "the time."
    )
    return Sentence(ANSWER, Message(text, lost=100 * service.hung_up, **values))


def _busiest(findings: Findings) -> Iterator[Sentence]:
    most = max(findings.halves, key=lambda each: (each.agents, each.coming.mean))
    text = N_("Most people are needed on {day} at {time}: {agents}, and {most} in a busy week.")
    when = {"day": weekday(most.weekday), "time": clock(most.start)}
    yield Sentence("week", Message(text, agents=most.agents, most=most.most, **when))


def _spread(findings: Findings) -> Iterator[Sentence]:
    between, unit = findings.spread, per(findings.minutes)
    if not between.freedom:
        text = N_(
            "Nothing in the file says how weeks differ. The intervals hold chance alone and are too narrow: "
            "bring the counts of several weeks, each by itself."
        )
        yield Sentence(DATA, Message(text), caution=True)
    elif between.beyond_chance:
        text = N_(
            "The counts of the same {unit} vary {ratio:.1f} times as much between weeks as chance alone (Poisson) would make "
            "them; the intervals allow for that."
        )
        yield Sentence(DATA, Message(text, unit=unit, ratio=between.ratio))
    else:
        text = N_("The counts of the same {unit} vary no more between weeks than chance alone (Poisson) makes them.")
        yield Sentence(DATA, Message(text, unit=unit))


def _weeks(findings: Findings) -> Iterator[Sentence]:
    found = findings.answer
    if found and findings.spread.freedom and len(found.past) < FEW_WEEKS:
        text = NN_(
            "That {day} and time was counted in {count} week only: its mean is uncertain.",
            "That {day} and time was counted in {count} weeks only: its mean is uncertain.",
        )
        yield Sentence(DATA, Message(text, day=weekday(found.weekday), count=len(found.past)), caution=True)


def _days(findings: Findings) -> Iterator[Sentence]:
    for name, people, usual in findings.odd[:NAMED]:
        text = N_(
            "On {day}, {people:.0f} came; {usual:.0f} are usual on that weekday. It counts like any other day: if it was a "
            "holiday, delete its rows and read the file again."
        )
        yield Sentence(DATA, Message(text, day=name, people=people, usual=usual), caution=True)
    if len(findings.odd) > NAMED:
        text = N_("Further days far from what is usual on their weekday: {count}.")
        yield Sentence(DATA, Message(text, count=len(findings.odd) - NAMED), caution=True)
    if findings.left_out:
        text = N_("Rows that do not say when, left out: {count}.")
        yield Sentence(DATA, Message(text, count=findings.left_out), caution=True)
    text = N_(
        "Each {unit} is computed by itself, as if its queue had settled: after a rush that left people waiting, the numbers "
        "are too kind."
    )
    yield Sentence(DATA, Message(text, unit=per(findings.minutes)))


def _heads(*texts: str) -> tuple[Message, ...]:
    return tuple(Message(text) for text in texts)


def sheets(findings: Findings) -> tuple[Sheet, ...]:
    """Return the tables: the week at a glance, every interval, and what was asked for."""
    return (_rota(findings), _halves(findings), _wishes(findings))


def of_day(findings: Findings, number: int) -> Sheet:
    """Return the intervals of one weekday."""
    rows = tuple(row[1:] for row in _rows(findings) if row[0] == weekday(number))
    return Sheet("day", weekday(number), _HEADS[1:], rows)


def _rota(findings: Findings) -> Sheet:
    numbers = sorted({each.weekday for each in findings.halves})
    needed = {(each.weekday, each.start): each.agents for each in findings.halves}
    starts = sorted({each.start for each in findings.halves})
    rows = tuple((clock(start), *(needed.get((number, start)) for number in numbers)) for start in starts)
    heads = (Message(N_("Time")), *map(weekday, numbers))
    return Sheet("rota", Message(N_("People on duty in a typical week")), heads, rows)


_HEADS = _heads(
    N_("Day"),
    N_("Time"),
    N_("Arrivals, mean"),
    LOW,
    HIGH,
    N_("People: quiet week"),
    N_("People: typical week"),
    N_("People: busy week"),
    N_("On the roster"),
    N_("Busy, %"),
    N_("Answered in time, %"),
    N_("Hang up, %"),
    N_("In time if the week is busy, %"),
    N_("Days counted"),
)


def _rows(findings: Findings) -> Iterator[tuple[Cell, ...]]:
    for each in findings.halves:
        coming, service = each.coming, each.service
        yield (
            *(weekday(each.weekday), clock(each.start), coming.mean, coming.count_low, coming.count_high),
            *(each.least, each.agents, each.most, each.rostered),
            *(100 * share for share in (each.busy, service.answered, service.hung_up, each.rushed.answered)),
            len(each.past),
        )


def _halves(findings: Findings) -> Sheet:
    return Sheet("staffing", Message(N_("Every interval of the week")), _HEADS, tuple(_rows(findings)))


def _short(value: float) -> float | int:
    """Return a whole number as such: 240 seconds, not 240.00."""
    return round(value) if math.isclose(value, round(value)) else value


def _wishes(findings: Findings) -> Sheet:
    wishes = findings.wishes
    never = Message(N_("nobody hangs up"))
    rows: tuple[tuple[Cell, ...], ...] = (
        (Message(N_("Mean handling time, seconds")), _short(wishes.handling)),
        (Message(N_("Mean patience, seconds")), never if math.isinf(wishes.patience) else _short(wishes.patience)),
        (Message(N_("Answered in time at least, %")), _short(100 * wishes.target)),
        (Message(N_("In time: within seconds")), _short(wishes.limit)),
        (Message(N_("Hang up at most, %")), _short(100 * wishes.lost)),
        (Message(N_("Away from work, %")), _short(100 * wishes.away)),
        (Message(N_("Length of an interval, minutes")), findings.minutes),
        (Message(N_("Days counted")), findings.days),
        (Message(N_("Weeks that the file adds up or averages")), _short(findings.weeks)),
        (Message(N_("Between weeks: variance as a multiple of chance")), findings.spread.ratio),
    )
    return Sheet("wishes", Message(N_("What the numbers rest on")), _heads(N_("Quantity"), N_("Value")), rows)


def report(findings: Findings, language: str) -> str:
    """Return the report as one HTML page that asks nothing of the network."""
    _ = translator(language)
    dates = _("{first} to {last}").format(first=findings.first, last=findings.last) if findings.first else _("no dates")
    about = _(
        "File: {name}. Rows: {rows}; days: {days} ({dates}). Intervals: 90%, of the next week’s rate of arrival, whose "
        "spread between weeks is the file’s own. People: the fewest that keep the target, by Erlang’s formulas."
    )
    told = about.format(name=findings.name, rows=f"{findings.rows:,}", days=findings.days, dates=dates)
    number = findings.asked[0]
    tables = (of_day(findings, number), *sheets(findings)) if findings.of_day(number) else sheets(findings)
    parts = [section(each, language, day(findings, language) if each.key == "day" else "") for each in tables]
    sources = sorted({*patience.SOURCES, *arrivals.SOURCES})
    read = [references()[key].plain(language) for key in sources]
    return page(_("How many people you need"), told, sentences(findings), parts, (), read, language)
