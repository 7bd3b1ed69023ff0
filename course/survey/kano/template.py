"""The file to fill in, and the invented one to try: the same questions about a hotel."""

from __future__ import annotations

import numpy as np

from course.i18n import N_, translator
from course.survey.kano.wording import ANSWERS
from course.survey.template import written

CUSTOMER = N_("Customer no.")
THERE, ABSENT = N_("{feature}, functional"), N_("{feature}, dysfunctional")
FEATURES = (N_("Quiet room"), N_("Free breakfast"), N_("Check-in by phone"), N_("Robot porter"))
NOTES = (
    N_("One row per customer, two columns per feature: how would you feel if it were there, and if it were not?"),
    N_("The answers are the five wordings as in the example rows, or the numbers 1 (I like it) to 5 (I dislike it)."),
    N_("Write your features over the names of the columns; keep the words after the comma. Empty cell: no answer."),
)
EXAMPLE_ROWS = ((1, 5, 1, 4, 3, 3, 4, 1), (2, 5, 1, 5, 1, 3, 3, 3), (2, 4, 3, 4, 1, 3, 1, 3))
GUESTS, SEED = 220, 4
# how likely an invented guest gives each pair of answers: (there, absent) and its weight
INVENTED: tuple[dict[tuple[int, int], float], ...] = (
    {(2, 5): 0.46, (1, 5): 0.28, (3, 5): 0.12, (3, 3): 0.1, (1, 4): 0.04},
    {(1, 5): 0.38, (1, 4): 0.2, (2, 5): 0.16, (1, 3): 0.14, (3, 3): 0.12},
    {(1, 3): 0.32, (1, 4): 0.24, (3, 3): 0.3, (1, 5): 0.08, (4, 2): 0.06},
    {(3, 3): 0.36, (1, 3): 0.26, (4, 1): 0.12, (5, 1): 0.1, (3, 4): 0.12, (1, 1): 0.04},
)


def template(kind: str, language: str) -> bytes:
    """Return the template as the bytes of a file; `kind` is "csv" or "xlsx". Raises `ValueError` for another kind."""
    return written(kind, [_header(language), *_rows(EXAMPLE_ROWS, language)], NOTES, language)


def example(language: str) -> bytes:
    """Return the invented survey: a program answered for guests of a hotel that does not exist."""
    draw = np.random.default_rng(SEED)
    columns: list[np.ndarray] = []
    for weights in INVENTED:
        chosen = draw.choice(len(weights), size=GUESTS, p=list(weights.values()))
        columns += list(np.array(list(weights))[chosen].T)
    answers = [tuple(int(number) for number in row) for row in np.array(columns).T]
    return written("csv", [_header(language), *_rows(answers, language)], (), language)


def _header(language: str) -> list[str]:
    _ = translator(language)
    asked = [_(text).format(feature=_(feature)) for feature in FEATURES for text in (THERE, ABSENT)]
    return [_(CUSTOMER), *asked]


def _rows(answers: list[tuple[int, ...]] | tuple[tuple[int, ...], ...], language: str) -> list[list[str | int]]:
    _ = translator(language)
    return [[place, *(_(ANSWERS[number]) for number in row)] for place, row in enumerate(answers, 1)]
