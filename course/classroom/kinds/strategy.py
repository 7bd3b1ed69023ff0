"""A strategy: levers that are set once and run for years; the board shows where everybody's lands on a map of two figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from course.classroom.kinds.kind import Runs
from course.classroom.kinds.levers import Chosen, LeversKind, levers_of
from course.classroom.step import Step


class Strategy(LeversKind):
    """The levers of one strategy; what it comes to is told with the answer."""

    name = "strategy"

    def tally(self, step: Step, answers: Sequence[Chosen], runs: Runs, *, names: bool = False) -> dict[str, Any]:
        """Return the `spots` of the map as [across, up, how many], in whatever order, and how many are still `running`."""
        spots: dict[tuple[float, ...], int] = {}
        for answer in answers:
            figures = self.figures(step, self.settings(step, answer), runs)
            if figures:
                spots[tuple(figures)] = spots.get(tuple(figures), 0) + 1
        return {
            "count": len(answers),
            "spots": [[*spot, count] for spot, count in sorted(spots.items())],
            "running": len(answers) - sum(spots.values()),
        }

    def own(self, step: Step, answer: Chosen, runs: Runs, *, revealed: bool) -> dict[str, Any] | None:
        """Return what somebody's own strategy came to, once it is told."""
        figures = self.figures(step, self.settings(step, answer), runs) if revealed else None
        return None if figures is None else {"figures": figures}

    def revealed(self, step: Step, language: str, runs: Runs) -> dict[str, Any]:
        """Return where the strategies of the course land, as far as they are through."""
        found = [(one.label[language], self.figures(step, one.settings, runs)) for one in levers_of(step).beside]
        return {"beside": [{"label": label, "spot": spot} for label, spot in found if spot]}
