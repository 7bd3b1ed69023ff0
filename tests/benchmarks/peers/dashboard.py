"""What the three peers share: the parameters, the charts with their data, and the figures of m01."""

from __future__ import annotations

import re
from typing import Any

import altair as alt

from course.simulations.m01_expectation_gap import ExpectationGap

alt.data_transformers.disable_max_rows()


def parameters() -> dict[str, tuple[float, float, float, float]]:
    """Lowest, highest, first value and step of every parameter by name."""
    traits = ExpectationGap.parameters()
    start = ExpectationGap().values()
    return {
        name: (float(trait.low), float(trait.high), float(start[name]), float(trait.step))
        for name, trait in traits.items()
    }


def picture(values: dict[str, float]) -> tuple[alt.VConcatChart, dict[str, float]]:
    """Run the model; return its charts with their data in them, and its metrics."""
    simulation = ExpectationGap(**values)
    run = simulation.run()
    text = re.sub(r"var\(--[\w-]+\)", "#0f766e", simulation.chart(str).to_json(validate=False))
    chart: Any = alt.VConcatChart.from_json(text, validate=False)
    chart.datasets = {name: frame.to_dict("records") for name, frame in run.frames.items()}
    return chart, run.metrics
