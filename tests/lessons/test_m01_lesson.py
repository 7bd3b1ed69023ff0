"""The prose of m01's lesson says what theory, simulation and data say, in both languages, and its code runs."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from course.datasets import load
from course.i18n import LANGUAGES
from course.simulations.m01_expectation_gap import ExpectationGap
from course.theory.asymmetry import slope
from course.theory.disconfirmation import satisfaction
from course.theory.prospect import offsetting_gain, value
from course.theory.tolerance import adequacy, superiority
from tests.lessons.prose import (
    Ledger,
    Numbers,
    all_rounded,
    last_words,
    printed,
    questions,
    rounded,
    unquoted,
)


def metrics(**values: float) -> dict[str, float]:
    return ExpectationGap(**values).run().metrics


def preset(key: str) -> dict[str, float]:
    return ExpectationGap.from_preset(key).run().metrics


def frugal() -> dict[str, float]:
    return metrics(expected=64, service=64, spread=5, disagreement=2)


def stars_per_day(*rows: int, weighted: bool = True) -> float:
    table = load("olist_delay_by_day").iloc[list(rows)]
    return slope(table["mean_day"], table["mean_review_stars"], table["orders"] if weighted else None)


def theory_numbers() -> Numbers:
    pleased, let_down = (round(float(satisfaction(70, expected)), 2) for expected in (60, 80))
    good, bad, gain = float(value(10)), float(value(-10)), rounded(float(offsetting_gain(10)), 1)
    return {
        "theory-equation": all_rounded([good, bad, pleased, let_down, pleased - let_down], 2),
        "theory-loss": [gain],
        "takeaways": [gain],
    }


def simulation_numbers() -> Numbers:
    cook, canteen = preset("genius"), preset("clockwork")
    gold = [metrics(expected=62, service=level, spread=5) for level in (66, 76, 95)]
    steps = [after[key] - before[key] for before, after in pairwise(gold) for key in ("cost", "satisfaction")]
    felt = [preset("as-promised")["felt"], metrics(loss_weight=1.3)["felt"], metrics(loss_weight=1)["felt"]]
    small_words = {expected: metrics(expected=expected)["satisfaction"] for expected in range(30, 96)}
    return {
        "simulation-cook": all_rounded([cook["cost"]], 1),
        "simulation-debrief": [
            *all_rounded([*felt, *steps, gold[-1]["unnoticed"], gold[-1]["cost"]], 1),
            *all_rounded((preset(key)["satisfaction"] for key in ("as-promised", "big-words", "padded")), 0),
            str(max(small_words, key=lambda expected: small_words[expected])),
            *all_rounded((run[key] for run in (cook, canteen) for key in ("cost", "satisfaction")), 1),
            rounded(metrics(service=76, spread=13)["satisfaction"], 1),
            rounded(frugal()["satisfaction"], 0),
        ],
    }


def data_numbers() -> Numbers:
    table = load("olist_delay_by_day")
    orders, stars, days = table["orders"], table["mean_review_stars"], table["mean_day"]
    delivered = orders[:11].sum()
    early, late = stars_per_day(0, 3, weighted=False), stars_per_day(5, 8, weighted=False)
    fits = [stars_per_day(*rows) for rows in ((5, 6), (7, 8), (0, 1, 2, 3), (5, 6, 7, 8))]
    return {
        "story": [*all_rounded(orders[[3, 7]], 0), *all_rounded(stars[[3, 7]], 1)],
        "predict-after": [rounded(stars[3] - stars[7], 2)],
        "data-read": [rounded(orders[7], 0), rounded(days[7], 1)],
        "data-predict": [
            rounded(100 * orders[0] / delivered, 0),
            *all_rounded([100 * orders[:5].sum() / delivered, 100 * orders[:4].sum() / delivered], 1),
        ],
        "data-slopes": [
            *all_rounded(days[[0, 3]].abs(), 1), rounded(days[5], 0), rounded(days[8], 1),
            *all_rounded(stars[[0, 3, 5, 8]], 4),
        ],
        "data-slopes-read": [*all_rounded([-early, -late], 4), rounded(late / early, 0)],
        "data-change": all_rounded(orders[[7, 10]], 0),
        "data-change-read": [
            *all_rounded(fits, 4), f"+{stars_per_day(9, 10):.4f}", rounded(stars[4] - stars[5], 2),
        ],
        "critical-olist": [
            rounded(orders[11], 0), *all_rounded(stars[[10, 11]], 2),
            *all_rounded([days[10], -days[0]], 1), rounded(stars[0], 1),
        ],
        "takeaways": [rounded(delivered, 0), *all_rounded([-early, -late], 2)],
    }  # fmt: skip


def customers(expected: int | None = None) -> Any:
    table = load("acsi_2015_joint")
    return table if expected is None else table[table["expected_overall"] == expected]


def by_gap(table: Any, column: str) -> list[float]:
    """The mean per customer below, at and above what they expected; `column` holds sums."""
    gap = np.sign(table["quality_overall"] - table["expected_overall"])
    sums = (
        table.assign(expected_sum=table["expected_overall"] * table["customers"])
        .groupby(gap)[[column, "customers"]]
        .sum()
    )
    return list(sums[column] / sums["customers"])


def effects_on_satisfaction() -> list[float]:
    """The slopes of satisfaction (1 to 10) on expectation and quality, in one regression over all customers."""
    table = customers()
    root = np.sqrt(table["customers"].to_numpy(float))
    predictors = np.column_stack([np.ones(len(table)), table["expected_overall"], table["quality_overall"]])
    satisfied = (table["satisfied_sum"] / table["customers"]).to_numpy(float)
    return list(np.linalg.lstsq(predictors * root[:, None], satisfied * root, rcond=None)[0][1:])


def customer_numbers() -> Numbers:
    everybody, alike = by_gap(customers(), "index_sum"), by_gap(customers(8), "index_sum")
    _below, met, above = by_gap(customers(), "expected_sum")
    return {
        "data-exceeding": [rounded(customers()["customers"].sum(), 0)],
        "data-exceeding-read": [
            *all_rounded([*everybody, *alike], 1),
            *all_rounded([above, met], 2),
            *all_rounded(effects_on_satisfaction(), 3),
        ],
    }  # fmt: skip


def test_the_debrief_names_what_the_simulation_shows() -> None:
    steady, brilliant, mixed = preset("clockwork"), preset("genius"), metrics(service=76, spread=13)
    assert brilliant["satisfaction"] < steady["satisfaction"] < mixed["satisfaction"]
    assert mixed["cost"] <= brilliant["cost"] < steady["cost"]
    assert abs(metrics(expected=67)["felt"]) < 0.5
    guests = preset("as-promised")
    assert abs(guests["below"] - guests["above"]) < 0.02
    assert frugal()["in_zone"] >= 0.8
    assert frugal()["cost"] <= 40
    assert frugal()["satisfaction"] < guests["satisfaction"]
    gold = metrics(expected=62, service=76, spread=5)
    assert gold["above"] > 0.8
    assert gold["satisfaction"] >= 80


def test_the_paradox_is_one() -> None:
    """In the sum the met are the happiest; at every expectation below the top of the scale the exceeded are."""
    _below, met, above = by_gap(customers(), "index_sum")
    assert met > above
    for expected in range(2, 10):
        levels = by_gap(customers(expected), "index_sum")
        assert levels == sorted(levels), expected


def test_the_answers_of_the_questions_are_the_ones_we_compute() -> None:
    table = load("olist_delay_by_day")
    asked = questions("m01")
    assert asked["third-parcel"]["answer"] == round(table["mean_review_stars"][0], 1)
    assert asked["offset"]["answer"] == round(float(offsetting_gain(10)), 1)
    assert asked["late-anger"]["answer"] == round(100 * table["share_one_or_two_stars"][7])
    assert asked["compute-s"]["answer"] == pytest.approx(float(satisfaction(75, 80)), abs=0.01)


def test_the_reveals_and_the_feedback_quote_the_data_and_the_theory() -> None:
    table = load("olist_delay_by_day")
    stars, angry = table["mean_review_stars"], table["share_one_or_two_stars"]
    quoted = {
        "third-parcel": [
            f"{table['orders'][0]:,}", f"{-table['mean_day'][0]:.1f}",
            f"{stars[0]:.2f}", f"{stars[0] - stars[3]:.2f}",
        ],
        "late-anger": [f"{100 * angry[row]:.0f}" for row in (7, 6, 5, 4)],
        "steady-or-brilliant": all_rounded([*value([10, -10]), value([10, -10]).mean()], 2),
        "read-the-zone": [f"{adequacy(6.8, 5.5):+.1f}", rounded(float(superiority(6.8, 7.9)), 1)],
        "what-olist-cannot-show": [f"{stars[8]:.2f}", f"{stars[7]:.2f}", f"{100 * angry[7]:.0f}%"],
    }  # fmt: skip
    assert unquoted("m01", quoted) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lesson_runs_from_top_to_bottom(language: str) -> None:
    out = printed("m01", language)
    assert out["theory-compute"].endswith(" 77.59\n")
    assert out["theory-weight"].endswith(" 25.1\n")
    assert out["data-count"].endswith(" 93.3\n")
    assert last_words(out["data-slope"]) == ["-0.0113", "-0.348"]
    assert last_words(out["data-exceeding-try"]) == [f"{mean:.1f}" for mean in by_gap(customers(), "index_sum")]
    assert "3600" in out["data-change-me"]
    assert "-0.3345" in out["data-change-me"]


# Numbers of the prose that nothing here computes, by cell and by what vouches for them
STATED = {
    "objectives": {"definition": "45"},
    "theory": {"chosen": "300"},
    "theory-aspects": {"chosen": "300"},
    "theory-equation": {"tversky-kahneman-1992": "0.88 2.25", "chosen": "0 1 10 60 70 80 95 100"},
    "theory-predict": {"chosen": "10"},
    "theory-offset-try": {"definition": "0", "chosen": "10"},
    "theory-loss": {
        "tversky-kahneman-1992": "0.88 2.25 25", "brown-2024": "1.955 607", "walasek-2024": "1.31", "chosen": "10",
    },
    "simulation-gold": {"chosen": "15"},
    "theory-zone": {"definition": "0", "parasuraman-1994": "1 9", "section": "4.3"},
    "theory-limits": {"anderson-sullivan-1993": "22300"},
    "simulation": {"chosen": "1 1.3", "section": "5.5"},
    "simulation-debrief": {"chosen": "1 1.3 13 67 76", "section": "5.1"},
    "data": {"definition": "0", "olist-2018": "100000 10 2016 2018"},
    "data-read": {"data": "3 4"},
    "data-predict": {"section": "5.2"},
    "data-chart-read": {"definition": "0"},
    "data-slopes-read": {"tversky-kahneman-1992": "2.25", "definition": "5"},
    "data-change": {"counted": "0 4 5 10"},
    "data-change-read": {"counted": "4 5 6", "section": "6.2"},
    "data-exceeding": {"morgeson-2023": "0 1 10 100"},
    "data-exceeding-read": {"chosen": "8", "definition": "10", "section": "7.2"},
    "critical": {"kriss-2014": "43 74 140"},
    "critical-said": {"american-express-2011": "8 13 22 70 1018", "kriss-2014": "140"},
    "critical-olist": {"olist-2018": "2016 2018", "definition": "5"},
    "takeaways": {
        "definition": "0", "tversky-kahneman-1992": "2.25", "chosen": "10", "brown-2024": "2", "walasek-2024": "1.3",
    },
}  # fmt: skip


def other_numbers() -> Numbers:
    return {
        "theory-loss": [rounded(10 * 2.25, 1)],
        "data-slopes-read": [rounded(load("olist_delay_by_day")["mean_review_stars"][0], 1)],
        "takeaways": [rounded(customers()["customers"].sum(), 0)],
    }


LEDGER = Ledger(
    "m01",
    STATED,
    (theory_numbers, simulation_numbers, data_numbers, customer_numbers),
    simulation=ExpectationGap,
    known=(other_numbers,),
)
