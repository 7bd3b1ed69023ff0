"""A simulation as it begins, drawn once: what a page shows of a simulator before, or without, somebody who answers it."""

from __future__ import annotations

import json
from typing import Any

from course.charts.views import split_views
from course.manifest import syllabus
from course.simulations import simulation_class
from course.ui.chart import Chart

# after the point: finer than a pixel
DIGITS = 4


def beginning(module_id: str, preset: str, language: str) -> Chart:
    """Return the pictures of a module's simulation in the situation `preset` (the first one if empty), with their rows.

    Their titles are the general ones: what a run shows is the reader's to find.
    """
    model = simulation_class(syllabus().module(module_id))
    simulation = model.from_preset(preset or model.words().presets[0].key)
    views = split_views({"vconcat": model.views(language)})
    drawn = json.dumps(views)
    rows: dict[str, Any] = {
        name: json.loads(frame.to_json(orient="records", double_precision=DIGITS))
        for name, frame in simulation.run().frames.items()
        if f'"name": "{name}"' in drawn
    }
    return Chart(views, language, rows)
