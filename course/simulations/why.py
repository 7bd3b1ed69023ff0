"""Why a figure moved: what each changed slider did alone, from the run before, and what they did together beyond that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from course.simulations.base import Simulation

MOST_LEVERS = 12
SEED = "seed"
Numbers = Mapping[str, float]


@dataclass(frozen=True)
class Reasons:
    """For each metric: its value before, what each lever adds to it alone, and the rest, by which all adds up to `after`."""

    before: Numbers
    after: Numbers
    alone: Mapping[str, Numbers]

    @property
    def together(self) -> dict[str, float]:
        """What the levers did to each metric beyond the sum of what each did alone."""
        effects = self.alone.values()
        return {key: self.after[key] - self.before[key] - sum(effect[key] for effect in effects) for key in self.before}


def levers(before: Simulation[Any], after: Simulation[Any]) -> list[str]:
    """Return the names of what differs, the seed last; at most `MOST_LEVERS`: what others do counts as done together."""
    old, new = before.settings(), after.settings()
    changed = [name for name in old if old[name] != new[name]]
    return [*changed, *([SEED] if before.seed != after.seed else [])][:MOST_LEVERS]


def steps(before: Simulation[Any], after: Simulation[Any]) -> Iterator[tuple[str, Numbers]]:
    """Yield metrics run by run: those "before" and "after", then those with one lever changed, by its name."""
    yield "before", before.run().metrics
    yield "after", after.run().metrics
    for name in levers(before, after):
        values = {SEED: before.seed, **before.settings(), name: getattr(after, name)}
        yield name, type(before)(**values).run().metrics


def reasons(results: Mapping[str, Numbers]) -> Reasons:
    """Return what the results of all `steps` come to."""
    before = results["before"]
    alone = {
        name: {key: metrics[key] - before[key] for key in before}
        for name, metrics in results.items()
        if name not in ("before", "after")
    }
    return Reasons(before, results["after"], alone)
