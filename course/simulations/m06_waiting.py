"""m06: a service desk with phone, chat and self-service: who is answered when, who leaves, and what a posted wait costs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from course.charts import pen
from course.simulations.base import Simulation, Slider
from course.simulations.m06_desk import (
    CONTACTS,
    DAYS,
    HOURS,
    NIGHT,
    OPENS,
    Desk,
    Numbers,
    Rules,
    Team,
    desk,
    luck,
    teams,
)
from course.simulations.run import Columns, Run, Table, tidy
from course.theory.promise import promise_cost
from course.theory.queueing import Flags

AT_ONCE, LATE_COST = 1.0, 4.0  # minutes; early minutes that a late one weighs
CURVE, STEERED, PLEASANT, BROKEN = np.arange(0, 15.01, 0.25), 20, 0.9, 0.75


class Side(StrEnum):
    """What a line of the staffing picture counts."""

    THERE = "there"
    NEEDED = "needed"


class End(StrEnum):
    """How a contact ended."""

    AGENT = "agent"
    BY_ITSELF = "by_itself"
    HUNG_UP = "hung_up"
    TURNED_AWAY = "turned_away"
    MESSAGE = "message"


ENDS = dict(zip(End, (pen.WITHIN, pen.ABOVE, pen.BELOW, pen.UNNOTICED, pen.INK), strict=True))


@dataclass(frozen=True)
class Figures:
    """What a run comes to."""

    within: float
    hung_up: float
    wait: float
    worst: float
    kept: float
    promise: float
    busy: float
    solved: float
    hours: float


class Waiting(Simulation[Figures]):
    """Twenty invented days, contact by contact, by the queue of `course.theory.queueing`."""

    phone = Slider(4, 1, 10)
    chat = Slider(3, 1, 8)
    peak = Slider(0, 0, 6)
    until = Slider(20, 18, 24)
    pooled = Slider(0, 0, 1)
    slower = Slider(0, 0, 40, 5)
    steered = Slider(0, 0, 80, 5)
    solves = Slider(60, 0, 100, 5)
    record = Slider(0, 0, 100, 10)
    patience = Slider(5, 1, 15)
    feels = Slider(1, 0.4, 1, 0.1)
    posted = Slider(2, 0, 10, 0.5)

    def _rules(self) -> Rules:
        return Rules(
            phone=round(self.phone),
            chat=round(self.chat),
            peak=round(self.peak),
            until=self.until,
            pooled=self.pooled >= 0.5,
            slower=self.slower / 100,
            steered=self.steered / 100,
            solves=self.solves / 100,
            record=self.record / 100,
            patience=self.patience,
            feels=self.feels,
            posted=self.posted,
        )

    def run(self) -> Run[Figures]:
        """Return frames `day`, `staff`, `waits`, `sign`, `ends` and the figures, in the units of their labels."""
        chance, rules = luck(int(self.seed)), self._rules()
        done = desk(chance, rules)
        queued = done.answered | done.hung_up
        asked = int((queued | done.turned_away).sum())
        waits, by_hour = done.wait[done.answered], self._by_hour(done)
        counts = [done.answered, done.by_itself, done.hung_up, done.turned_away, done.message]
        shares = np.array([flags.sum() for flags in counts]) / np.isfinite(chance.time).sum()
        edges = np.concatenate([[0.0], np.cumsum(shares)])
        figures = Figures(
            within=float((waits <= AT_ONCE).sum() / asked),
            hung_up=float(done.hung_up.sum() / asked),
            wait=float(done.wait[queued].mean()),
            worst=float(by_hour["worst"].max()),
            kept=float((waits <= self.posted).mean()),
            promise=promise_cost(self.posted, self.feels * waits, LATE_COST),
            busy=min(1.0, float(done.length[done.answered].sum()) / DAYS / done.agent_minutes),
            solved=float(edges[2]),
            hours=done.agent_minutes / 60,
        )
        tables: dict[str, Table] = {
            "day": {name: column for name, column in by_hour.items() if name != "worst"},
            "staff": self._staff(done, rules),
            "waits": {"minutes": CURVE, "share": np.searchsorted(np.sort(waits), CURVE, "right") / waits.size},
            "sign": {"minutes": [self.posted], "mean": [figures.wait]},
            "ends": {"from": edges[:-1], "to": edges[1:], "end": [*End]},
        }
        asides = {"days": float(DAYS), "contacts": float(CONTACTS), "by_itself": float(shares[1])}
        return Run(figures, tables, asides)

    def _by_hour(self, done: Desk) -> Columns:
        """Return the mean wait of those who came in an hour by team, and `worst`, that of all of them."""
        queued = done.answered | done.hung_up
        slot = np.where(queued, np.nan_to_num(done.came, posinf=0.0) // 60, 0).astype(int) - OPENS
        hours = HOURS[self.until > HOURS]
        whole = _means(slot, queued, done)[: len(hours)]
        apart = {Team.PHONE: queued & ~done.chat, Team.CHAT: queued & done.chat}
        groups = {Team.BOTH: queued} if self.pooled >= 0.5 else apart
        return tidy(
            {"hour": hours + 0.5, "wait": _means(slot, who, done)[: len(hours)], "team": team, "worst": whole}
            for team, who in groups.items()
        )

    def _staff(self, done: Desk, rules: Rules) -> Columns:
        """Return agents on duty, and how many the contacts of the hour keep busy, hour by hour."""
        asked = done.answered | done.hung_up | done.turned_away
        slot = (done.came[asked] // 60).astype(int) - OPENS
        needed = np.bincount(slot, done.length[asked], len(HOURS)) / DAYS / 60
        shifts = np.concatenate([*teams(rules).values()])
        there = [int(((shifts[:, 0] <= 60 * hour) & (shifts[:, 1] > 60 * hour)).sum()) for hour in HOURS]
        counted = zip(Side, (there, needed), strict=True)
        return tidy({"hour": HOURS, "agents": agents, "side": side} for side, agents in counted)

    @classmethod
    def draw(cls) -> pen.Pictures:
        """Return four pictures: the wait through the day, staffing, how the waits spread, how contacts end."""
        clock = pen.x("hour", OPENS, NIGHT, values=list(range(8, NIGHT + 1, 4)), labelExpr="datum.value + ':00'")
        wait = pen.y("wait", 0, 6, most=(0, 80), tickCount=4)
        colours = {Team.PHONE: pen.BELOW, Team.CHAT: pen.WITHIN, Team.BOTH: pen.ABOVE}
        sides = {Side.THERE: pen.WITHIN, Side.NEEDED: pen.BELOW}
        minutes = pen.x("minutes", 0, 15, tickCount=5)
        share = pen.y("share", 0, 1, format="%", tickCount=5)
        contacts = pen.x("from", 0, 1, format="%", tickCount=5)
        return {
            "day": pen.picture(150, pen.lines("day", clock, wait, by=pen.Groups("team", colours))),
            "staff": pen.picture(
                130,
                pen.lines(
                    "staff",
                    clock,
                    pen.y("agents", 0, 10, most=(0, 26), tickCount=5),
                    by=pen.Groups("side", sides),
                    interpolate="step-after",
                ),
            ),
            "waits": pen.picture(
                150,
                pen.rule("sign", "minutes", strokeWidth=3, color=pen.INK),
                pen.rule("sign", "mean", strokeDash=pen.DASHED, color=pen.BELOW),
                pen.lines("waits", minutes, share, color=pen.WITHIN),
                pen.level("kept", share),
                pen.level("wait", minutes),
            ),
            "ends": pen.picture(
                50,
                pen.parts("ends", contacts, "to", by=pen.Groups("end", ENDS, columns=3)),
                pen.level("solved", contacts),
            ),
        }

    def idle(self) -> dict[str, str]:
        """Nobody does both where teams are apart; nobody comes back whom self-service never had or always helped."""
        found: dict[str, str] = {}
        if self.pooled < 0.5:
            found["slower"] = "apart"
        if not self.steered:
            found["record"] = "nobody_back"
            if self.until == NIGHT:
                found["solves"] = "nobody_tries"
        elif self.solves == 100:
            found["record"] = "nobody_back"
        return found

    def told(self, run: Run[Figures]) -> str:
        """Tell of self-service, of one team, of a pleasant queue, of a broken promise, or of the day as it is."""
        if self.steered >= STEERED:
            return "steered"
        if self.pooled >= 0.5:
            return "pooled"
        if self.feels < PLEASANT:
            return "pleasant"
        return "broken" if run.figures.kept < BROKEN else "usual"


def _means(slot: NDArray[np.int_], who: Flags, done: Desk) -> Numbers:
    """Return the mean wait by hour, 0 where nobody came."""
    count = np.bincount(slot[who], minlength=len(HOURS))
    return np.asarray(np.bincount(slot[who], done.wait[who], len(HOURS)) / np.maximum(count, 1))
