"""How hard each task was, and whether it told the stronger from the weaker learners."""

from __future__ import annotations

import numpy as np
import pandas as pd

from course.grading.book.results import Results

# The share at either end of the class that classical item analysis compares: Kelley, T. L. (1939). The selection of
# upper and lower groups for the validation of test items. Journal of Educational Psychology, 30(1), 17–24.
TAIL = 0.27
FEWEST = 10


def items(results: Results) -> pd.DataFrame:
    """Return one row per task: `answers`, `difficulty`, `discrimination`, `upper_lower`.

    `difficulty` is the mean share of the points, 0 to 1 (high is easy). `discrimination` is the correlation of the task's
    points with the points of all other tasks together (corrected item–rest correlation; point-biserial where a task is all
    or nothing). `upper_lower` is the mean share in the best 27 % of the class less that in the weakest 27 %. NaN where
    fewer than ten learners have been marked in the task or all have the same points.

    Each task stands for itself: what is still being read, a paragraph, keeps no figure from the others. It is left out of
    what they are compared with, until all who have been marked in them have been marked in it, too.
    """
    found = {}
    for task in map(str, results.scores.columns):
        marked = results.scores[results.scores[task].notna()].dropna(axis="columns")
        shares = marked[task] / results.out_of[task]
        totals = marked.sum(axis=1)
        enough = len(marked) >= FEWEST
        found[task] = {
            "answers": len(marked),
            "difficulty": shares.mean(),
            "discrimination": _correlation(marked[task], totals - marked[task]) if enough else np.nan,
            "upper_lower": _tails(shares, totals) if enough else np.nan,
        }
    columns = ["answers", "difficulty", "discrimination", "upper_lower"]
    return pd.DataFrame.from_dict(found, orient="index", columns=columns)


def _correlation(one: pd.Series, rest: pd.Series) -> float:
    # summing floats leaves a trace of variance where there is none
    if one.std() < 1e-9 or rest.std() < 1e-9:
        return np.nan
    return float(np.corrcoef(one, rest)[0, 1])


def _tails(shares: pd.Series, totals: pd.Series) -> float:
    count = max(1, round(TAIL * len(totals)))
    order = totals.sort_values(kind="stable").index
    return float(shares[order[-count:]].mean() - shares[order[:count]].mean())
