"""m07: guests go through a journey, touchpoint by touchpoint; what goes wrong, for how many, and how it is remembered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from course.charts import pen
from course.simulations.base import Simulation, Slider
from course.simulations.run import Run, Table, tidy
from course.simulations.touchpoints import FEELING, MOST, Journey, Touchpoint, read
from course.theory.chain import DAYS, clean_so_far, failures
from course.theory.journey import peak_end

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

GUESTS, WALKERS = 2_000, 12
NEUTRAL = 5.0
SHOWN = 8
PER_NINE = 10.0  # effort to turn one failure in ten into one in a hundred; a point of feeling is the unit
STAY = [
    "find", "book", "confirmation", "directions", "door", "luggage", "check-in", "lift", "key", "room", "shower",
    "network", "bed", "breakfast", "coffee", "question", "cleaning", "bill", "taxi", "farewell",
]  # fmt: skip


class Line(StrEnum):
    """Curves and marks in the pictures."""

    NOW = "now"
    APART = "apart"
    MET = "met"
    MEANT = "meant"
    REMEMBERED = "remembered"
    MEAN = "mean"
    PEAK = "peak"
    END = "end"


@dataclass(frozen=True)
class Figures:
    """What a run comes to."""

    clean: float
    apart: float
    badly: float
    mishaps: float
    weakest: float
    remembered: float
    mean: float
    stops: float
    effort: float


@lru_cache(maxsize=8)
def luck(seed: int) -> tuple[Numbers, Numbers]:
    """Draw the day of each guest, (guests, 1), and what comes on top at each touchpoint, (guests, most touchpoints)."""
    generator = np.random.default_rng(seed)
    return generator.standard_normal((GUESTS, 1)), generator.standard_normal((GUESTS, MOST))


class Journeys(Simulation[Figures]):
    """Touchpoints in a row that fail apart or together, and guests who remember."""

    journey = Journey("; ".join(f"99 7 @{key}" for key in STAY))
    process = Slider(0, 0, 90, 5)
    shared = Slider(0, 0, 90)
    hurt = Slider(4, 0, 8, 0.5)

    @property
    def touchpoints(self) -> tuple[Touchpoint, ...]:
        """The touchpoints in their order."""
        return read(self.journey)

    @property
    def right(self) -> Numbers:
        """How often each touchpoint goes right, as a share, with what the process prevents."""
        wrong = 1 - np.array([one.reliability for one in self.touchpoints]) / 100
        return np.asarray(1 - wrong * (1 - self.process / 100))

    @property
    def together(self) -> float:
        """The share of the variance that the guest's day explains; one touchpoint by itself has nothing to share."""
        return self.shared / 100 if len(self.touchpoints) > 1 else 0.0

    def run(self) -> Run[Figures]:
        """Return frames `unharmed`, `counts`, `curve`, `marks`, `walkers`, `guests` and the figures."""
        right, meant = self.right, np.array([one.feeling for one in self.touchpoints])
        wrong = self._wrong()
        felt = np.where(wrong, np.maximum(meant - self.hurt, FEELING[0]), meant)
        now, apart = failures(right, self.together), failures(right)
        remembered, mean = peak_end(felt, NEUTRAL), felt.mean(axis=1)
        figures = Figures(
            clean=float(now[0]),
            apart=float(apart[0]),
            badly=float(now[-(-right.size // 2) :].sum()),
            mishaps=float((1 - right).sum()),
            weakest=float(right.min()),
            remembered=float(remembered.mean()),
            mean=float(mean.mean()),
            stops=right.size,
            effort=float((meant - PER_NINE * np.log10(1 - right)).sum()),
        )
        stops = np.arange(1, right.size + 1)
        level = np.ones(right.size)
        curves = {
            Line.MEANT: meant,
            Line.MET: felt.mean(axis=0),
            Line.REMEMBERED: figures.remembered * level,
            Line.MEAN: figures.mean * level,
        }
        return Run(
            figures,
            asides={"days": DAYS.size, "guests": GUESTS},
            tables={
                "unharmed": tidy(
                    {"stop": np.arange(right.size + 1), "share": clean_so_far(right, shared), "line": line}
                    for line, shared in ((Line.NOW, self.together), (Line.APART, 0.0))
                ),
                "counts": tidy(
                    {**_counts(shares), "line": line} for line, shares in ((Line.NOW, now), (Line.APART, apart))
                ),
                "curve": tidy({"stop": stops, "felt": height, "line": line} for line, height in curves.items()),
                "marks": _marks(meant),
                "walkers": {
                    "guest": np.repeat(np.arange(1, WALKERS + 1), right.size),
                    "stop": np.tile(stops, WALKERS),
                    "right": 1 - wrong[:WALKERS].ravel().astype(int),
                    "felt": felt[:WALKERS].ravel(),
                },
                "guests": {
                    "guest": np.arange(1, WALKERS + 1),
                    "mishaps": wrong[:WALKERS].sum(axis=1),
                    "remembered": remembered[:WALKERS],
                    "mean": mean[:WALKERS],
                },
            },
        )

    def _wrong(self) -> Flags:
        """Return what goes wrong for each guest at each touchpoint, (guests, touchpoints)."""
        day, more = luck(int(self.seed))
        bars = np.array([NormalDist().inv_cdf(float(share)) for share in self.right])
        luckless = self.together**0.5 * day + (1 - self.together) ** 0.5 * more[:, : bars.size]
        return np.asarray(luckless > bars)

    @classmethod
    def draw(cls) -> pen.Pictures:
        """Return three pictures: who is unharmed after each touchpoint, how many mishaps a guest has, how it feels."""
        pair = pen.Groups("line", {Line.NOW: pen.BELOW, Line.APART: pen.WITHIN})
        stop = pen.x("stop", 0, MOST, tickMinStep=1, tickCount=10)
        share = pen.y("share", 0, 1, format="%", tickCount=5)
        number = pen.x(
            "mishaps",
            -0.6,
            SHOWN + 0.6,
            values=[*range(SHOWN + 1)],
            labelExpr=f"datum.value < {SHOWN} ? datum.value : '{SHOWN}+'",
        )
        shares = pen.y("share", 0, 1, format="%", tickCount=5)
        feeling = pen.y("felt", *FEELING[:2], tickCount=5)
        colours = {Line.MEANT: pen.ABOVE, Line.MET: pen.BELOW, Line.REMEMBERED: pen.UNNOTICED, Line.MEAN: pen.WITHIN}
        curves = pen.Groups("line", colours)
        marks = pen.Groups("kind", {Line.PEAK: pen.INK, Line.END: pen.INK}, legend=False)
        return {
            "unharmed": pen.picture(
                190, pen.lines("unharmed", stop, share, by=pair), pen.level("clean", share, now=True)
            ),
            "counts": pen.picture(150, pen.lines("counts", number, shares, by=pair)),
            "curve": pen.picture(
                200,
                pen.lines("curve", stop, feeling, by=curves),
                pen.dots("marks", stop, feeling, by=marks),
                pen.level("remembered", feeling),
            ),
        }

    def idle(self) -> dict[str, str]:
        """Return what changes nothing: a shared day for one touchpoint, and the hurt of mishaps that nobody has."""
        idle = {"shared": "alone"} if len(self.touchpoints) == 1 else {}
        lowest = [one.feeling == FEELING[0] for one in self.touchpoints]
        return idle if (self._wrong() & ~np.array(lowest)).any() else {**idle, "hurt": "unhurt"}

    def told(self, run: Run[Figures]) -> str:
        """Tell of mishaps in crowds, else of a memory that is not the mean, else of the chain."""
        figures = run.figures
        if figures.clean - figures.apart >= 0.02:
            return "crowds"
        gap = figures.remembered - figures.mean
        return "chain" if abs(gap) < 1 else "kinder" if gap > 0 else "harsher"


def _counts(shares: Numbers) -> dict[str, Numbers]:
    """Return the shares of guests by their mishaps, those of many in one."""
    whole = np.zeros(SHOWN + 1)
    np.add.at(whole, np.minimum(np.arange(shares.size), SHOWN), shares)
    return {"mishaps": np.arange(SHOWN + 1.0), "share": whole}


def _marks(meant: Numbers) -> Table:
    """Return where the strongest moment and the last one lie: of moments as strong, a bad one."""
    far = np.abs(meant - NEUTRAL) - 1e-6 * meant
    places = np.array([int(np.argmax(far)), meant.size - 1])
    return {"stop": places + 1, "felt": meant[places], "kind": [Line.PEAK, Line.END]}
