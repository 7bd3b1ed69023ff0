"""A challenge: levers that have to bring some figures where they are wanted. A phone tries as often as it likes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from course.classroom.kinds.kind import Runs
from course.classroom.kinds.levers import Chosen, LeversKind, levers_of
from course.classroom.step import Step

MOST_LISTED = 5


class Challenge(LeversKind):
    """The levers that somebody sends in; what they bring is told at once."""

    name = "challenge"
    tries = True

    def right(self, step: Step, answer: Chosen, runs: Runs) -> bool | None:
        """Tell whether all is reached."""
        met = self.met(step, answer, runs)
        return None if met is None else all(met)

    def met(self, step: Step, answer: Chosen, runs: Runs) -> list[bool] | None:
        """Return, figure by figure, whether it is where it is wanted; None where the run is not through."""
        found = runs.get(self.settings(step, answer))
        return None if found is None else [aim.met(found) for aim in levers_of(step).aims]

    def tally(self, step: Step, answers: Sequence[Chosen], runs: Runs, *, names: bool = False) -> dict[str, Any]:
        """Return `met`, how many brought no figure, one, … all of them where they are wanted, and who did so `first`.

        Of those, {"name"} alone is told, and "" where there is none or none is to be shown.
        """
        counts, first = [0] * (len(levers_of(step).aims) + 1), []
        for answer in answers:
            met = self.met(step, answer, runs)
            if met is None:
                continue
            counts[sum(met)] += 1
            if all(met):
                first.append({"name": answer.name if names else ""})
        return {
            "count": len(answers),
            "met": counts,
            "first": first[:MOST_LISTED],
            "running": len(answers) - sum(counts),
        }

    def own(self, step: Step, answer: Chosen, runs: Runs, *, revealed: bool) -> dict[str, Any] | None:
        """Return the figures that the levers bring, and which of them are where they are wanted."""
        met, figures = self.met(step, answer, runs), self.figures(step, self.settings(step, answer), runs)
        return None if met is None else {"figures": figures, "met": met}

    def revealed(self, step: Step, language: str, runs: Runs) -> dict[str, Any]:
        """Return one way to reach it: the levers that have to be moved."""
        about = levers_of(step)
        way = dict(about.beside[0].settings)
        return {
            "way": {
                "label": about.beside[0].label[language],
                "levers": [
                    {"place": place, "value": way[lever.name]}
                    for place, lever in enumerate(about.levers)
                    if way[lever.name] != lever.start
                ],
                "figures": self.figures(step, about.beside[0].settings, runs),
            }
        }
