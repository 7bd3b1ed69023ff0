"""What the peers share: the parameters, the chart with its data, and the figures of m01.

The chart's specification is made once per process, as the author of a fast dashboard would; a step only fills it anew.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from course.paths import PACKAGE
from course.simulations.m01_expectation_gap import ExpectationGap
from course.simulations.run import Run

COLOUR = re.compile(r"--([\w-]+): (#\w+);")


@cache
def colours() -> dict[str, str]:
    """Return the colours of our light theme by the name of their variable."""
    found = COLOUR.findall((PACKAGE / "ui" / "page" / "theme.css").read_text(encoding="utf-8"))
    return dict(reversed(found))  # of two, the first: the light one


def parameters() -> dict[str, tuple[float, float, float, float]]:
    """Lowest, highest, first value and step of every parameter by name."""
    traits = ExpectationGap.parameters()
    start = ExpectationGap().values()
    return {
        name: (float(trait.low), float(trait.high), float(start[name]), float(trait.step))
        for name, trait in traits.items()
    }


def run(values: dict[str, float]) -> Run:
    """Run the model."""
    return ExpectationGap(**values).run()


@cache
def specification() -> dict[str, Any]:
    """Return the Vega-Lite specification of the three charts, which names its data but has none."""
    text = ExpectationGap.chart("en").to_json(validate=False)
    found: dict[str, Any] = json.loads(re.sub(r"var\(--([\w-]+)\)", lambda name: colours()[name[1]], text))
    return found


def rows(run: Run) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of a run by the names that the specification has for its data."""
    return {name: frame.to_dict("records") for name, frame in run.frames.items()}


def filled(run: Run) -> dict[str, Any]:
    """Return the specification with the rows of a run in the places where they are named."""
    data = rows(run)

    def fill(part: Any) -> Any:
        if isinstance(part, list):
            return [fill(one) for one in part]
        if not isinstance(part, dict):
            return part
        return {key: {"values": data[one["name"]]} if key == "data" else fill(one) for key, one in part.items()}

    whole: dict[str, Any] = fill(specification())
    return whole


def figures(run: Run) -> str:
    """Return the metrics of a run as a list in Markdown."""
    return "\n".join(f"- {name}: {value:.2f}" for name, value in run.metrics.items())
