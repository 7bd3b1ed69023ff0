"""How far a grading run is: one line that changes on a terminal, plain lines elsewhere, a table at the end."""

from __future__ import annotations

import os
import time
from collections import Counter
from typing import TextIO

from course.grading.assignment.status import FOR_A_PERSON, STATUSES, Status
from course.grading.book.record import Outcome
from course.i18n import gettext, ngettext

# Where nobody watches, a line so often, seconds
EVERY = 10.0
# Names in the table at the end
MOST_NAMES = 8


def clock(seconds: float) -> str:
    """Return minutes and seconds, with hours where there are any."""
    whole = round(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


class Progress:
    """What the instructor sees. `total` submissions, of which `before` were done by an earlier run."""

    def __init__(self, stream: TextIO, total: int, before: int = 0) -> None:
        self.stream = stream
        self.total = total
        self.before = before
        self.done = 0
        self.live = stream.isatty()
        self.traced = bool(os.environ.get("COURSE_GRADE_TRACE"))
        self.start = time.monotonic()
        self.said = self.start
        self.statuses: Counter[Status] = Counter()
        self.names: dict[Status, list[str]] = {}
        self.points: list[float] = []
        self.out_of = 0.0
        self.undated: list[str] = []

    def begin(self, student: str) -> None:
        """Name a submission that is taken up, where somebody measures: with COURSE_GRADE_TRACE set."""
        if self.traced:
            self.say(f"{time.monotonic() - self.start:.3f} {student}")

    def running(self, count: int) -> None:
        """Show the state; `count` submissions are being run."""
        now = time.monotonic()
        if not self.live and now - self.said < EVERY:
            return
        self.said = now
        left = (self.total - self.before - self.done) * (now - self.start) / self.done if self.done else None
        line = gettext("{done} of {total} done, {running} running, {left} left").format(
            done=self.before + self.done, total=self.total, running=count, left="…" if left is None else clock(left)
        )
        print(f"\r\x1b[K{line}" if self.live else line, end="" if self.live else "\n", file=self.stream, flush=True)

    def add(self, outcome: Outcome) -> None:
        """Count a submission, and name it where a person should look at it."""
        self.done += 1
        self.count(outcome.student, outcome.status)
        self.points.append(outcome.points)
        self.out_of = outcome.out_of or self.out_of
        if outcome.undated:
            self.undated.append(outcome.student)
        if outcome.status in FOR_A_PERSON or outcome.status == Status.REPAIRED:
            why = " ".join(note.say() for note in outcome.notes[:3])
            self.say(f"{outcome.student}: {gettext(STATUSES[outcome.status])}. {why}")

    def count(self, student: str, status: Status) -> None:
        """Count a status."""
        self.statuses[status] += 1
        self.names.setdefault(status, []).append(student)

    def say(self, line: str) -> None:
        """Print a line of its own."""
        print(f"\r\x1b[K{line}" if self.live else line, file=self.stream, flush=True)

    def table(self) -> str:
        """Return the summary."""
        rows = [
            (gettext(title), str(self.statuses[status]), self._who(status))
            for status, title in STATUSES.items()
            if self.statuses[status]
        ]
        width = max((_width(row[0]) for row in rows), default=0)
        lines = [f"{title}{' ' * (width - _width(title))}  {count:>5}  {who}".rstrip() for title, count, who in rows]
        if self.points:
            mean = sum(self.points) / len(self.points)
            lines.append(
                ngettext(
                    "{count} submission in {time}; on average {mean:.1f} of {out_of:g} points.",
                    "{count} submissions in {time}; on average {mean:.1f} of {out_of:g} points.",
                    self.done,
                ).format(count=self.done, time=clock(time.monotonic() - self.start), mean=mean, out_of=self.out_of)
            )
        return "\n".join(lines)

    def _who(self, status: Status) -> str:
        if status in (Status.GRADED, Status.LATE):
            return ""
        names = sorted(self.names[status])
        more = f" … (+{len(names) - MOST_NAMES})" if len(names) > MOST_NAMES else ""
        return ", ".join(names[:MOST_NAMES]) + more


def _width(text: str) -> int:
    """Return how many columns a terminal gives to a text."""
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)
