"""An honest class: right and wrong answers mixed by a seed, in both languages, nothing else out of the ordinary."""

from __future__ import annotations

import random
from pathlib import Path

from tests.grading.personas.notebooks import ASSIGNMENT, answer, blank, perfect, write

WRONG = {
    "felt-value": "def felt_value(gap):\n    return gap",
    "offsetting-gain": "def offsetting_gain(loss):\n    return loss * 2.25",
    "service-measures": "def service_measures(perceived, adequate, desired):\n    return perceived - adequate",
    "place-in-zone": 'def place(msa, mss):\n    return "inside" if msa > 0 else "below"',
    "stars-per-day": "def stars_per_day(first, second):\n    return 1 / 0",
    "weighted-stars": 'def weighted_stars(table):\n    return table["mean_review_stars"].mean()',
    "frugal-run": 'run = "no code"',
    "paragraph": "The canteen is quick. Nobody says so.",
}


def hand_in_honestly(root: Path, count: int, first: int = 0) -> None:
    """Write `count` submissions into `root`, the same ones every time."""
    for number in range(first, first + count):
        dice = random.Random(number)
        language = "zh" if number % 3 == 1 else "en"
        notebook = blank(language) if number % 13 == 12 else perfect(language)
        for name, text in WRONG.items():
            if number % 13 != 12 and dice.random() < 0.25:
                answer(notebook, name, text)
        folder = root / "submitted" / f"student-{number:04}" / ASSIGNMENT
        folder.mkdir(parents=True)
        write(notebook, folder, indent=1)
