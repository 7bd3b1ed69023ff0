"""Cleaning and all estimates of a survey of 100,000 customers and 44 items, against pandas reading the same bytes."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from course.survey import analyse, clean, guess, read_survey

CUSTOMERS, LAPS = 100_000, 5
QUESTIONS = {"tangibles": 4, "reliability": 5, "responsiveness": 4, "assurance": 4, "empathy": 5}


def survey_bytes(customers: int, *, missing: float = 0.0, seed: int = 1) -> bytes:
    """Return a CSV with 22 expectations and 22 perceptions from 1 to 7 that move together, some of them missing."""
    generator = np.random.default_rng(seed)
    names = [
        f"{role}_{dimension}_{item}" for role in "EP" for dimension, k in QUESTIONS.items() for item in range(1, k + 1)
    ]
    mood = generator.normal(0, 1, (customers, 1))
    answers = np.clip(np.rint(5 + mood + generator.normal(0, 1, (customers, len(names)))), 1, 7).astype(int).astype(str)
    if missing:
        answers[generator.random(answers.shape) < missing] = ""
    lines = [",".join(names), *(",".join(row) for row in answers.tolist())]
    return "\n".join(lines).encode()


def _fastest(**works: Callable[[], object]) -> dict[str, float]:
    """Return the processor time of the fastest lap of each; laps take turns, so that a busy machine slows all alike."""
    laps: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(LAPS):
        for name, work in works.items():
            begun = time.process_time()
            work()
            laps[name].append(time.process_time() - begun)
    return {name: min(each) for name, each in laps.items()}


def main() -> list[dict[str, str]]:
    """Measure complete answers and answers with gaps; progress is told throughout, as the page does it."""
    rows, told = [], list[float]()
    for name, missing in (("complete", 0.0), ("3% missing", 0.03)):
        data = survey_bytes(CUSTOMERS, missing=missing)
        raw = read_survey(data, "survey.csv")
        plan = guess(raw)
        told.clear()
        taken = _fastest(
            pandas=lambda data=data: pd.read_csv(io.BytesIO(data)),
            reading=lambda data=data: read_survey(data, "survey.csv", progress=told.append),
            # as it comes from reading: nothing is worked out yet
            guessing=lambda raw=raw: guess(replace(raw)),
            analysing=lambda raw=raw, plan=plan: analyse(
                clean(raw, plan, progress=told.append), seed=1, progress=told.append
            ),
        )
        rows.append(
            {
                "answers": name,
                "MB": f"{len(data) / 1e6:.1f}",
                "pandas.read_csv, ms": f"{1000 * taken['pandas']:.0f}",
                "our reading, ms": f"{1000 * taken['reading']:.0f}",
                "guessing, ms": f"{1000 * taken['guessing']:.0f}",
                "clean + analyse, ms": f"{1000 * taken['analysing']:.0f}",
                "analysis / pandas": f"{taken['analysing'] / taken['pandas']:.2f}",
                "bar": "≤ 3",
                "progress calls": f"{len(told)}",
            }
        )
    return rows
