"""m08: a firm fails somebody, the story runs from friend to friend, and goodwill decides who tells it on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course.charts import pen
from course.simulations.base import Simulation, Slider
from course.simulations.calendar import Calendar
from course.simulations.m08_talk import DAYS, LONGEST, PEOPLE, Numbers, Story, Talk, Teller, circle, dice, places
from course.simulations.run import Run, Table, tidy
from course.simulations.spreading import Spreading
from course.theory.epidemic import final_size
from course.theory.goodwill import account
from course.theory.network import Network
from course.theory.telling import balance

FADE, SEVERITY, WORSE = 0.02, 30.0, 2.0  # a day; points of goodwill; times for a failure that comes again
ANSWERING, CARING = 10.0, 4.0  # hours a day: for all answers, for a point of goodwill
TALKERS = 12
KEPT = (Story.AGAINST, Story.FORGAVE, Story.GOOD)
KNOWN = ("days", "stock", "rates", "people", "ties", "tellings")
_TIME = np.arange(DAYS + 1)


@dataclass(frozen=True)
class Figures:
    """What a run comes to."""

    against: float
    praise: float
    forgave: float
    heard: float
    first_rate: float
    last_rate: float
    limit: float
    balance: float
    loudest: float
    goodwill_left: float
    hours: float


class WordOfMouth(Simulation[Figures]):
    """Stories that race through circles of friends, forgiveness out of a stock of goodwill, and an answer that comes late."""

    bad_told = Slider(16, 0, 20)
    good_told = Slider(9, 0, 20)
    retell = Slider(10, 0, 40)
    mixing = Slider(40, 0, 100, 5)
    hubs = Slider(40, 0, 100, 5)
    customers = Slider(1, 1, 12)
    fault = Slider(100, 0, 100)
    repeat = Slider(0, 0, 25)
    goodwill = Slider(50, 0, 100, 5)
    care = Slider(0, 0, 4, 0.5)
    effort = Slider(75, 0, 100, 5)
    delay = Slider(15, 1, DAYS)
    calendar = Calendar("day", DAYS, levers=("effort", "care"), known=dict.fromkeys(KNOWN, ()))
    spreading = Spreading("people", "ties", "tellings", days=DAYS, lasts=LONGEST)

    def run(self) -> Run[Figures]:
        """Return frames `days`, `stock`, `rates`, `talkers`, those of the network, and the figures in their units."""
        thrown = dice(int(self.seed))
        network = circle(thrown, mixing=self.mixing / 100, hubs=self.hubs / 100)
        stock, stopped, hours = self._firm()
        talk = Talk(self.good_told, self.bad_told, self.retell / 100, stock / 100, stopped)
        failures = tuple((day, int(self.customers), self.fault / 100) for day in self._failures())
        spread = Teller(network, thrown, talk).run(failures)
        told, holding = spread.tellings, spread.holding
        rate = self.bad_told * self.retell / 100 * (1 - stock / 100) * (1 - stopped)
        end = {kind: float(holding[kind][-1]) / PEOPLE for kind in Story}
        teller = told["teller"].to_numpy()
        loudest = np.sort(np.bincount(teller[teller >= 0], minlength=PEOPLE))[::-1]
        first_rate = self.bad_told * self.retell / 100 * (1 - stock[1] / 100)
        content = 1 - self.fault / 100
        figures = Figures(
            against=end[Story.AGAINST],
            praise=end[Story.GOOD],
            forgave=end[Story.FORGAVE],
            heard=1 - end[Story.UNHEARD],
            first_rate=first_rate,
            last_rate=rate[-1],
            limit=float(final_size(first_rate)),
            balance=float(balance(content, self.good_told, self.bad_told)),
            loudest=loudest[:5].sum() / max(loudest.sum(), 1),
            goodwill_left=stock[-1],
            hours=hours,
        )
        return Run(
            figures,
            tables={
                "days": tidy({"day": _TIME, "story": kind, "share": holding[kind] / PEOPLE} for kind in KEPT),
                "stock": {"day": _TIME, "goodwill": stock},
                "rates": {"day": _TIME, "rate": rate, "one": np.ones(_TIME.size)},
                "talkers": {"rank": np.arange(1, TALKERS + 1), "told": loudest[:TALKERS]},
                "tellings": told,
                **_standing(network),
            },
            asides={"content": content, "mercy": stock[1] / 100, "answered": stopped[-1], "people": PEOPLE},
        )

    def _failures(self) -> tuple[int, ...]:
        return (1, *([int(self.repeat)] if self.repeat > 1 else []))

    def _firm(self) -> tuple[Numbers, Numbers, float]:
        """Return for each day from 0 on the goodwill and the share of bad tellings that an answer stops, and all hours."""
        care = np.r_[0.0, self.over_time("care")]
        effort = np.r_[0.0, self.over_time("effort")] * (self.delay <= _TIME) / 100
        stock = _goodwill(self.goodwill, care, dict.fromkeys(self._failures(), SEVERITY * self.fault / 100))
        return stock, effort, float((ANSWERING * effort + CARING * care).sum())

    @classmethod
    def draw(cls) -> pen.Pictures:
        """Return four pictures: what people think by day, goodwill, how many tellers a teller makes, and who told most."""
        days = pen.x("day", 0, DAYS, values=list(range(0, DAYS + 1, 5)))
        stories = pen.Groups("story", {Story.AGAINST: pen.BELOW, Story.FORGAVE: pen.UNNOTICED, Story.GOOD: pen.ABOVE})
        share = pen.y("share", 0, 1, format="%", tickCount=4)
        rate = pen.y("rate", 0, 4, most=(0, 8), tickCount=4)
        told = pen.y("told", 0, 50, most=(0, PEOPLE), tickCount=4)
        left = pen.y("goodwill", 0, 100, tickCount=4)
        return {
            "days": pen.picture(150, pen.lines("days", days, share, by=stories), pen.level("against", share)),
            "stock": pen.picture(110, pen.lines("stock", days, left), pen.level("goodwill_left", left)),
            "rates": pen.picture(
                110,
                pen.lines("rates", days, "one", name="one", ghost=False, strokeWidth=1),
                pen.lines("rates", days, rate),
            ),
            "talkers": pen.picture(110, pen.bars("talkers", pen.categories("rank", labelAngle=0), told)),
        }

    def idle(self) -> dict[str, str]:
        """Return what nobody feels: good talk where all goes wrong, the day of an answer that stops nothing."""
        never = self.decisions is None and self.effort == 0
        return ({"good_told": "no_good"} if self.fault == 100 else {}) | ({"delay": "no_answer"} if never else {})

    def told(self, run: Run[Figures]) -> str:
        """Tell whether the story went nowhere or took the circle, and who outnumber those who think ill."""
        end = run.figures
        if end.heard <= 0.25:
            return "nowhere"
        if end.against >= 0.5:
            return "took"
        if max(end.praise, end.forgave) <= end.against:
            return "some"
        return "praised" if end.praise >= end.forgave else "forgiven"


def _goodwill(start: float, care: Numbers, failures: dict[int, float]) -> Numbers:
    """Return the goodwill at the end of each day; `care` is what each day earns, `failures` how severe one is by its day."""
    stock, before = [start], 0
    for day in range(1, DAYS + 1):
        struck = {0: failures[day] * WORSE**before} if day in failures else {}
        before += len(struck)
        now = account(1, start=stock[-1], gain=float(care[day]), fade=FADE, failures=struck).stock[0]
        stock.append(min(float(now), 100.0))
    return np.array(stock)


def _standing(network: Network) -> dict[str, Table]:
    """Return where people stand and who knows whom; both are known from the start."""
    x, y = places(network.people)
    person = np.arange(network.people)
    return {
        "people": tidy([{"day": 0, "person": person, "x": x, "y": y}]),
        "ties": tidy([{"day": 0, "first": network.first, "second": network.second}]),
    }
