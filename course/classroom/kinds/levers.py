"""A few levers of a simulation: what a phone sets, what has to be run for it, and the figures that come of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from course.classroom.kinds.kind import AnswerError, Kind, Runs, Settings, number
from course.classroom.names import made_up
from course.classroom.step import Scale, Step
from course.i18n import Text


@dataclass(frozen=True)
class Lever:
    """A slider of the simulation, and where it stands at first."""

    name: str
    label: Text
    unit: Text
    scale: Scale
    start: float


@dataclass(frozen=True)
class Aim:
    """A figure that is looked at, in its unit after `times`; `sign` and `bound` where it has to reach something."""

    name: str
    label: Text
    unit: Text
    digits: int
    times: float = 1.0
    sign: str = ""
    bound: float = 0.0

    def told(self, figures: Mapping[str, float]) -> float:
        """Return the figure in its unit."""
        return round(figures[self.name] * self.times, 6)

    def met(self, figures: Mapping[str, float]) -> bool:
        """Tell whether it reaches what it has to."""
        found = figures[self.name]
        return found >= self.bound if self.sign == ">=" else found <= self.bound


@dataclass(frozen=True)
class Beside:
    """Settings that are shown beside the class's own when all is revealed."""

    label: Text
    settings: Settings


@dataclass(frozen=True)
class Levers:
    """The levers, the settings that no lever moves, the figures, and what is shown beside."""

    levers: tuple[Lever, ...]
    fixed: Settings
    aims: tuple[Aim, ...]
    beside: tuple[Beside, ...] = ()

    def settings(self, values: tuple[float, ...]) -> Settings:
        """Return all that is set where the levers stand at `values`."""
        moved = {lever.name: value for lever, value in zip(self.levers, values, strict=True)}
        return tuple(sorted({**dict(self.fixed), **moved}.items()))


@dataclass(frozen=True)
class Chosen:
    """Where somebody set the levers, and the name they made up; "" without one."""

    values: tuple[float, ...]
    name: str = ""


def levers_of(step: Step) -> Levers:
    """Return the levers of a step that has some."""
    assert isinstance(step.about, Levers)
    return step.about


class LeversKind(Kind[Chosen]):
    """What challenges and strategies have in common: an answer is {"values": […], "name": "…"}."""

    def read(self, step: Step, sent: Any) -> Chosen:
        """Return the levers, each at a place of its scale, and the name as it may be shown."""
        levers = levers_of(step).levers
        values = sent.get("values") if isinstance(sent, dict) else None
        if not isinstance(values, list) or len(values) != len(levers):
            raise AnswerError(step.key)
        name = sent.get("name", "")
        if not isinstance(name, str):
            raise AnswerError(step.key)
        scales = [lever.scale for lever in levers]
        return Chosen(
            tuple(
                scale.nearest(number(step, one, scale.low, scale.high))
                for one, scale in zip(values, scales, strict=True)
            ),
            made_up(name),
        )

    def written(self, answer: Chosen) -> str:
        """Return the levers as JSON, with the name where there is one."""
        return json.dumps(self.sent(answer), ensure_ascii=False)

    def kept(self, text: str) -> Chosen:
        """Return the levers that were kept."""
        found = json.loads(text)
        return Chosen(tuple(found["values"]), found.get("name", ""))

    def nameless(self, answer: Chosen) -> Chosen:
        """Return the levers alone."""
        return Chosen(answer.values)

    def sent(self, answer: Chosen) -> dict[str, Any]:
        """Return the levers as a phone sent them."""
        return {"values": list(answer.values), **({"name": answer.name} if answer.name else {})}

    def cell(self, answer: Chosen) -> str:
        """Return the levers' numbers, one after the other, without the name."""
        return "; ".join(f"{value:.12g}" for value in answer.values)

    def asked(self, step: Step, language: str) -> dict[str, Any]:
        """Return the levers and the figures that are looked at."""
        about = levers_of(step)
        return {
            "levers": [
                {
                    "label": lever.label[language], "unit": lever.unit[language], "start": lever.start,
                    "low": lever.scale.low, "high": lever.scale.high, "step": lever.scale.step,
                }
                for lever in about.levers
            ],
            "aims": [
                {
                    "label": aim.label[language], "unit": aim.unit[language], "digits": aim.digits,
                    "sign": aim.sign, "bound": aim.bound * aim.times,
                }
                for aim in about.aims
            ],
            "tries": self.tries,
        }  # fmt: skip

    def settings(self, step: Step, answer: Chosen) -> Settings:
        """Return all that is set."""
        return levers_of(step).settings(answer.values)

    def beside(self, step: Step) -> tuple[Settings, ...]:
        """Return what is shown beside the answers."""
        return tuple(one.settings for one in levers_of(step).beside)

    def figures(self, step: Step, settings: Settings, runs: Runs) -> list[float] | None:
        """Return the figures that are looked at, None where the run is not through."""
        found = runs.get(settings)
        return None if found is None else [aim.told(found) for aim in levers_of(step).aims]
