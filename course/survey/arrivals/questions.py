"""What only the owner of a table of arrivals can know: where it can be read in two ways, and they differ."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from course.i18n import N_
from course.i18n.message import Message
from course.survey.arrivals.clock import DAY, HALF_DAY, HOUR, clock, has_zone, is_marked, length, two_ways
from course.survey.arrivals.entries import NOWHERE, Entries, opening
from course.survey.arrivals.grid import Grid, empty_days, gaps, grid_days, repeated, step
from course.survey.arrivals.roles import (
    COUNT,
    SPREAD,
    TIME,
    WEEKDAY,
    date_columns,
    has_times,
    lasting,
    likely_counts,
    minutes,
    texts,
)
from course.survey.mapping import ask_day_first
from course.survey.messages import quote
from course.survey.plan import DATE, Choice, Plan, Question
from course.survey.reading import RawSurvey
from course.survey.values import Column, is_missing

NAMED, MOST_OFFERED = 4, 8
ROW = "row"
QUARTERS = 15


def _times_of(raw: RawSurvey, plan: Plan) -> Column | None:
    names = plan.columns(TIME)[:1] or tuple(name for name in plan.columns(DATE)[:1] if has_times(raw.columns[name]))
    return raw.columns[names[0]] if names else None


def ask_count(raw: RawSurvey, plan: Plan) -> Question | None:
    """Ask whether a row is one person, or which column holds the count; None where that is clear."""
    if plan.columns(SPREAD):
        return None
    candidates, named = likely_counts(raw, dict(plan.uses))
    column = _times_of(raw, plan)
    seen = minutes(column) if column else ()
    held = {at for at, times in zip(seen, column.counts if column else (), strict=True) if at is not None and times}
    even = bool(held) and all(at % QUARTERS == 0 for at in held)
    if not candidates or (even and len(named) == 1) or (held and not even and not named):
        return None
    offered = list(dict.fromkeys([*named, *candidates]))[:MOST_OFFERED]
    choices = tuple(Choice(name, Message(N_("The number in “{column}”"), column=quote(name))) for name in offered)
    single = Choice(ROW, Message(N_("Each row is one person who came")))
    text = N_("How many people does a row of the table stand for?")
    suggested = offered[0] if even else ROW
    return Question("count", tuple(offered), Message(text), (*choices, single), suggested)


def ask_when(raw: RawSurvey, plan: Plan) -> Question | None:
    """Ask which of several times is that of the arrival."""
    names = date_columns(raw)
    chosen = plan.columns(DATE)
    if len(names) < 2 or plan.columns(COUNT) or not chosen or chosen[0] not in names:
        return None
    choices = tuple(Choice(name, Message("{column}", column=quote(name))) for name in names[:MOST_OFFERED])
    text = N_("Several columns hold a date and a time. Which one says when a person came or called?")
    first = chosen[0] if not lasting(chosen[0]) else names[0]
    return Question("when", tuple(names), Message(text), choices, first)


def ask_dates(raw: RawSurvey, plan: Plan) -> Question | None:
    """Ask whether the day or the month comes first."""
    return next((ask_day_first(raw.columns[name]) for name in plan.columns(DATE)[:1]), None)


def ask_marks(raw: RawSurvey, plan: Plan) -> Question | None:
    """Ask whether 1,234 is a thousand or one and a bit."""
    counted = [*plan.columns(COUNT), *plan.columns(SPREAD)]
    shown = next((text for name in counted for text in texts(raw.columns[name]) if two_ways(text)), "")
    if not shown:
        return None
    choices = (
        Choice("thousands", Message(N_("Thousands: the mark groups the digits"))),
        Choice("decimals", Message(N_("Decimals: the mark stands before the fraction"))),
    )
    text = N_("Is “{cell}” a number of thousands, or one with decimals?")
    return Question("marks", tuple(counted), Message(text, cell=quote(shown)), choices, "thousands")


def ask_fill(raw: RawSurvey, plan: Plan) -> Question | None:
    """Ask whether an empty day means the day above, as merged cells leave it."""
    clocked = plan.columns(TIME)[:1]
    for name in [*plan.columns(DATE)[:1], *plan.columns(WEEKDAY)[:1]]:
        column = raw.columns[name]
        blank = np.isin(column.codes, [at for at, text in enumerate(column.texts) if is_missing(text)])
        if not clocked or not blank.any() or blank[0]:
            continue
        choices = (
            Choice("down", Message(N_("The day above, as in merged cells"))),
            Choice("out", Message(N_("Unknown: leave these rows out"))),
        )
        text = N_("“{column}” is empty where there is a time (rows: {count}). Which day is meant?")
        return Question("fill", (name,), Message(text, column=quote(name), count=int(blank.sum())), choices, "down")
    return None


def ask_clock(raw: RawSurvey, plan: Plan) -> Question | None:
    """Ask whether 1:30 is at night, where no time says and the day seems to end at noon."""
    column = _times_of(raw, plan)
    if column is None or any(is_marked(text) for text in texts(column)):
        return None
    seen = zip(minutes(column), column.counts, strict=True)
    at = np.array(sorted({each for each, held in seen if held and each is not None}), dtype=np.int64)
    at = at[at != NOWHERE]
    if at.size < 2 or at.min() < HOUR or at.max() >= HALF_DAY + HOUR or not np.any(at < (start := opening(at))):
        return None
    text = N_("No time in “{column}” is later than {last}, and none says am or pm. What is {example}?")
    example = int(at[at < start][0])
    choices = (
        Choice("12", Message(N_("{time}, in the afternoon"), time=clock(example + HALF_DAY))),
        Choice("24", Message(N_("{time}, at night or in the morning"), time=clock(example))),
    )
    words = Message(text, column=quote(column.name), last=clock(int(at.max())), example=clock(example))
    return Question("clock", (column.name,), words, choices, "12")


def ask_period(raw: RawSurvey, plan: Plan, found: Entries) -> Question | None:
    """Ask how long an interval is, where all begin at full hours and none says when it ends."""
    if found.singly or step(found) % HOUR:
        return None
    column = _times_of(raw, plan)
    if column and all(length(text) == HOUR for text in texts(column)):
        return None
    choices = (
        Choice("hour", Message(N_("Of the whole hour"))),
        Choice("half", Message(N_("Of the half hour that begins then"))),
    )
    text = N_("All intervals begin at full hours. Is a count that of the hour or of half an hour?")
    return Question("period", (column.name,) if column else (), Message(text), choices, "hour")


def ask_repeats(raw: RawSurvey, found: Entries) -> Question | None:
    """Ask what several counts of one interval are."""
    times = repeated(found)
    if not times:
        return None
    add = Choice("add", Message(N_("Parts of one count (queues, teams, branches): add them up")))
    if found.dated:
        text = N_("Some rows count an interval that another row counts already (rows: {count}). What are they?")
        choices = (add, Choice("once", Message(N_("The same row once more: take the first"))))
        # where something else tells the rows apart, they are no copies
        suggested = "once" if raw.cells.duplicated().sum() == times else "add"
    else:
        text = N_(
            "Some rows count an interval of a weekday that another row counts too (rows: {count}). What are they?"
        )
        choices = (Choice("weeks", Message(N_("Further weeks"))), add)
        suggested = "weeks"
    return Question("repeats", (), Message(text, count=times), choices, suggested)


def ask_empty_days(made: Grid, found: Entries) -> Question | None:
    """Ask whether days of nothing but noughts were closed."""
    rows = np.flatnonzero(empty_days(made))
    if not rows.size or found.singly:
        return None
    shown = [_day(made, int(row)) for row in rows[:NAMED]]
    more = [Message(N_("others: {count}"), count=rows.size - NAMED)] if rows.size > NAMED else []
    text = N_("On some days every count is 0: {days}. Were you closed?")
    choices = (
        Choice("closed", Message(N_("Closed: leave these days out"))),
        Choice("open", Message(N_("Open, and nobody came: they count"))),
    )
    return Question("empty", (), Message(text, days=[*shown, *more]), choices, "closed")


def _day(made: Grid, row: int) -> Message:
    if made.dated:
        return Message("{day}", day=grid_days(made)[row])
    return Message(N_("week {number}"), number=int(made.days[row]) + 1)


def ask_gaps(made: Grid, found: Entries) -> Question | None:
    """Ask what an interval without a count is on a day, and at an hour, that was counted otherwise."""
    empty = gaps(made)
    if found.singly or not empty.any():
        return None
    row, slot = (int(place[0]) for place in np.nonzero(empty))
    first = Message(N_("{day} at {time}"), day=_day(made, row), time=clock(slot * made.minutes))
    text = N_(
        "Intervals without a count, though other days have one at that hour: {count}; the first is {first}. What are they?"
    )
    choices = (
        Choice("zero", Message(N_("Open, and nobody came: count 0"))),
        Choice("closed", Message(N_("Closed or not counted: leave them out"))),
    )
    # a file that writes its noughts leaves nothing out for being one
    suggested = "closed" if np.any(found.counts == 0) else "zero"
    return Question("gaps", (), Message(text, count=int(empty.sum()), first=first), choices, suggested)


def ask_weeks(made: Grid, found: Entries) -> Question | None:
    """Ask what counts of a weekday without dates are, each of which stands once."""
    if found.dated or found.singly or len(np.unique(made.weekdays)) < len(made.weekdays):
        return None
    choices = (
        Choice("one", Message(N_("The counts of one week (or day)"))),
        Choice("mean", Message(N_("Means over several weeks"))),
        Choice("sum", Message(N_("Sums over several weeks"))),
    )
    broken = bool(np.any(found.counts % 1 > 0))
    text = N_("The table names no dates. What are its counts?")
    return Question("weeks", (), Message(text), choices, "mean" if broken else "one")


def notes(raw: RawSurvey, plan: Plan) -> tuple[Message, ...]:
    """Return what was taken without a word of the file."""
    column = _times_of(raw, plan)
    seen: Sequence[str] = texts(column) if column else ()
    said = []
    if any(map(has_zone, seen[:MOST_OFFERED])):
        text = N_(
            "The times name a time zone (“{cell}”). They are taken as they stand; if it is not yours, shift them."
        )
        said.append(Message(text, cell=quote(seen[0])))
    if column and any(at == DAY for at in minutes(column)):
        said.append(Message(N_("One time is 24:00, so times are taken as the ends of their intervals.")))
    elif column and not plan.columns(COUNT) and not plan.columns(SPREAD):
        said.append(Message(N_("Each row is taken as one person who came.")))
    elif column or plan.columns(SPREAD):
        said.append(Message(N_("A time is taken as the beginning of its interval.")))
    return tuple(said)
