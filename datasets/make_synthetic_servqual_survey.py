"""Write synthetic_servqual_survey.csv anew: an invented hotel whose true gaps, α and net promoter score are known.

    uv run python datasets/make_synthetic_servqual_survey.py

No answer in it was given by a person. Every answer is 1 + Binomial(6, q), with q drawn from a beta distribution whose mean
is the true mean of that question; how widely q varies (its `SIZES`, S) sets α: two questions of a dimension correlate by
6 / (6 + S). A normal copula lets a customer's answers go together without moving any mean.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

SEED = 20
FIRST_DAY, DAYS, CARDS = "2025-03-01", 60, 5
LATE_DAYS, LATE_FALL = 15, 0.8

# questions, mean expectation, mean perception (before the fall), S, importance
DIMENSIONS = {
    "tangibles": (4, 5.2, 5.0, 6, 0.11),
    "reliability": (5, 6.2, 5.2, 4, 0.32),
    "responsiveness": (4, 6.0, 5.2, 6, 0.22),
    "assurance": (4, 6.0, 5.5, 6, 0.19),
    "empathy": (5, 5.7, 5.1, 14, 0.16),
}
TOUCHPOINTS = ("booking", "check-in", "stay", "check-out")
MOOD, ROUTINE, LOYALTY = 0.45, 0.30, 0.49
SHARES = {0: 0.02, 1: 0.01, 2: 0.02, 3: 0.03, 4: 0.03, 5: 0.06, 6: 0.07, 7: 0.16, 8: 0.22, 9: 0.20, 10: 0.18}
TOKENS, TOKEN, AGREEMENT = 20, 5, 30
STRAIGHT, STRAIGHT_ANSWER, MISSING = 6, 4, 0.01


def survey() -> pd.DataFrame:
    """Return the survey: a row per customer, in the order of their days."""
    draw = np.random.default_rng(SEED)
    customers = DAYS * CARDS
    day = np.repeat(np.arange(DAYS), CARDS)
    fall = np.where(day >= DAYS - LATE_DAYS, LATE_FALL, 0.0)
    routine, mood = draw.standard_normal((2, customers))
    expectation, perception = {}, {}
    for name, (questions, expected, perceived, size, _) in DIMENSIONS.items():
        met = perceived - (fall if name == "reliability" else 0 * fall)
        for block, letter, mean, shared, weight in (
            (expectation, "E", expected + 0 * fall, routine, ROUTINE),
            (perception, "P", met, mood, MOOD),
        ):
            tendency = np.sqrt(weight) * shared + np.sqrt(1 - weight) * draw.standard_normal(customers)
            share = (mean - 1) / 6
            q = stats.beta.ppf(stats.norm.cdf(tendency), share * size, (1 - share) * size)
            given = 1 + draw.binomial(6, q[:, None], (customers, questions))
            block.update({f"{letter}_{name}_{place + 1}": given[:, place] for place in range(questions)})
    answers = pd.DataFrame({**expectation, **perception}).astype("Int64")
    answers.iloc[draw.choice(customers, STRAIGHT, replace=False), :] = STRAIGHT_ANSWER
    answers = answers.mask(draw.random(answers.shape) < MISSING)
    importance = draw.dirichlet([AGREEMENT * each[4] for each in DIMENSIONS.values()], customers)
    tokens = TOKEN * draw.multinomial(TOKENS, importance)
    loyalty = stats.norm.cdf(np.sqrt(LOYALTY) * mood + np.sqrt(1 - LOYALTY) * draw.standard_normal(customers))
    return pd.DataFrame(
        {
            "customer": np.arange(1, customers + 1),
            "date": (pd.Timestamp(FIRST_DAY) + pd.to_timedelta(day, "D")).strftime("%Y-%m-%d"),
            "touchpoint": draw.choice(TOUCHPOINTS, customers),
            **answers,
            **{f"importance_{name}": tokens[:, place] for place, name in enumerate(DIMENSIONS)},
            "recommend": np.searchsorted(np.cumsum(list(SHARES.values()))[:-1], loyalty),
        }
    )


if __name__ == "__main__":
    survey().to_csv(Path(__file__).with_name("synthetic_servqual_survey.csv"), index=False, lineterminator="\n")
