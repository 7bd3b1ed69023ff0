"""The prose of m11's lesson says what theory, simulation and data say, in both languages, and its code runs."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from course.datasets import load
from course.i18n import LANGUAGES
from course.simulations.m11_disney import Park
from course.theory.journey import peak_end
from course.theory.posting import padding_for, share_within, spread_from_quantiles
from course.theory.promise import critical_fractile, implied_ratio, sample_promise
from tests.lessons.prose import (
    Ledger,
    Numbers,
    last_words,
    printed,
    questions,
    rounded,
    unquoted,
)


def metrics(**values: float) -> dict[str, float]:
    return Park(**values).run().metrics


def percent(number: float, digits: int = 1) -> str:
    return rounded(100 * number, digits)


@cache
def by_ride() -> dict[str, float]:
    table = load("disney_ride_year")
    return {
        str(ride): float(np.average(rows["share_within_posted"], weights=rows["pairs"]))
        for ride, rows in table.groupby("ride")
    }


def by_year(year: int) -> float:
    rows = load("disney_ride_year").query("year == @year")
    return float(np.average(rows["share_within_posted"], weights=rows["pairs"]))


def overall() -> float:
    table = load("disney_ride_year")
    return float(np.average(table["share_within_posted"], weights=table["pairs"]))


def bounds() -> tuple[float, float]:
    counts = load("disney_posted_actual_counts")
    guests, actual, posted = counts["guests"], counts["actual_min_bin"], counts["posted_min"]
    return tuple(float(guests[within].sum() / guests.sum()) for within in (actual < posted, actual <= posted))


def fit() -> tuple[float, float]:
    rows = load("disney_actual_by_posted").query("posted_min >= 10")
    spreads = spread_from_quantiles(rows["p50"], rows["p80"], 0.8)
    return tuple(
        float(np.average(numbers, weights=rows["pairs"])) for numbers in (rows["posted_min"] / rows["p50"], spreads)
    )


def sign(ratio: float) -> float:
    queue = load("disney_posted_actual_counts").query("posted_min == 60")
    return sample_promise(queue["actual_min_bin"] + 5, ratio, weights=queue["guests"])


def theory_numbers() -> Numbers:
    day = [2, 3, 8, 6, 1]
    return {
        "theory-equation": [percent(critical_fractile(4), 0), rounded(overall(), 4)],
        "theory-padding": [percent(share_within(1.5, 0.42), 0)],
        "theory-journey": [rounded(float(np.mean(day)), 1), rounded(float(peak_end(day)), 1)],
    }


def simulation_numbers() -> Numbers:
    honest, real, bait, scare, phones, theatre = (
        Park.from_preset(key).run().metrics for key in ("honest", "florida", "bait", "scare", "phones", "theatre")
    )
    return {
        "simulation-debrief": [
            percent(honest["kept"], 0),
            percent(metrics(spread=0.02)["kept"], 0),
            percent(real["kept"], 0),
            *[percent(run["turned"], 0) for run in (bait, scare)],
            *[rounded(run["wait"], 1) for run in (bait, scare, phones, real, theatre)],
            *[rounded(run["satisfaction"], 1) for run in (real, theatre)],
            rounded(real["best"], 1),
            rounded(metrics(dread=0.65)["best"], 1),
            *[rounded(metrics(padding=1.5, ending=ending)["day"], 0) for ending in (60, 90)],
        ],
    }


def data_numbers() -> Numbers:
    table, rides, years = load("disney_actual_by_posted").set_index("posted_min"), by_ride(), load("disney_ride_year")
    dinosaur = years.query("ride == 'DINOSAUR'")["share_within_posted"]
    low, high = bounds()
    means = [float(np.average(years[key], weights=years["pairs"])) for key in ("posted_mean_min", "actual_mean_min")]
    park = metrics(padding=fit()[0], spread=fit()[1])
    return {
        "story": [rounded(table["pairs"][60], 0), rounded(table["p50"][60], 0)],
        "predict-after": [percent(overall())],
        "data": [rounded(years["pairs"].sum(), 0)],
        "data-share-read": [percent(overall(), 0), rounded(implied_ratio(overall()), 2)],
        "data-bins-read": [
            *[percent(share) for share in (low, high)], *[rounded(implied_ratio(share), 1) for share in (low, high)]
        ],
        "data-rides-read": [
            *[percent(rides[ride]) for ride in ("DINOSAUR", "Slinky Dog Dash")],
            *[rounded(implied_ratio(rides[ride]), 1) for ride in ("DINOSAUR", "Slinky Dog Dash")],
            *[percent(by_year(year)) for year in (2017, 2021)], percent(dinosaur.min()), percent(dinosaur.max()),
        ],
        "data-change": [percent(park["kept"]), percent(overall())],
        "data-change-read": [rounded(sign(ratio), 0) for ratio in (1, 2, 5, 10)],
        "critical-own": [
            percent(years.query("year == 2021")["pairs"].sum() / years["pairs"].sum(), 0),
            percent(1 - means[1] / means[0]), *[rounded(mean, 1) for mean in means],
            percent(rides["DINOSAUR"], 0), percent(rides["Slinky Dog Dash"], 0),
        ],
        "takeaways": [percent(overall()), rounded(implied_ratio(overall()), 2)],
    }  # fmt: skip


def said_again_numbers() -> Numbers:
    """What the prose says a second time, or works out from the figures it quotes."""
    years, table = load("disney_ride_year"), load("disney_actual_by_posted").set_index("posted_min")
    means = [float(np.average(years[key], weights=years["pairs"])) for key in ("posted_mean_min", "actual_mean_min")]
    pairs = rounded(years["pairs"].sum(), 0)
    return {
        "theory-limits": [rounded(table["p50"][60], 0)],
        "simulation-price": [rounded(Park.from_preset("florida").padding, 1)],
        "data-bins-text": [percent(overall())],
        "data-fit-text": [percent(overall())],
        "critical": [percent(1 - 27 / 31, 0), percent(1 - 18 / 44, 0)],
        "critical-own": [pairs, percent(means[0] / means[1] - 1), percent(1 - 11.3 / 18.3)],
        "takeaways": [
            pairs,
            percent(overall(), 0),
            *[rounded(number, digits) for number, digits in zip(fit(), (1, 2), strict=True)],
        ],
    }


def test_the_text_names_what_the_figures_show() -> None:
    rides = by_ride()
    assert min(rides, key=lambda ride: rides[ride]) == "DINOSAUR"
    assert max(rides, key=lambda ride: rides[ride]) == "Slinky Dog Dash"
    assert min(by_year(year) for year in range(2015, 2022)) == by_year(2017) > 0.75
    assert max(by_year(year) for year in range(2015, 2022)) == by_year(2021)
    assert [round(number, 2) for number in fit()] == [1.5, 0.42]
    assert metrics(dread=0)["best"] == 2.6
    dull, theatre = (Park.from_preset(key).run().metrics for key in ("florida", "theatre"))
    assert abs(theatre["day"] - dull["day"]) < 0.5
    spreads = spread_from_quantiles([6, 39], [11, 53], 0.8)
    assert spreads[0] > fit()[1] > spreads[1]


def test_the_answers_of_the_questions_are_the_ones_we_compute() -> None:
    table, asked = load("disney_actual_by_posted").set_index("posted_min"), questions("m11")
    assert asked["half-wait"]["answer"] == table["p50"][60]
    assert asked["share-kept"]["answer"] == round(100 * overall(), 1)
    assert asked["late-price"]["answer"] == round(implied_ratio(overall()), 1)
    assert asked["ratio-of-ninety"]["answer"] == pytest.approx(implied_ratio(0.9))
    assert 40 * padding_for(critical_fractile(5), 0.42) == pytest.approx(60, abs=0.5)
    assert np.average([0.6, 0.9], weights=[600, 3000]) == pytest.approx(0.85)


def test_the_reveals_and_the_feedback_quote_the_data() -> None:
    table = load("disney_actual_by_posted").set_index("posted_min")
    quoted = {
        "half-wait": [rounded(table["pairs"][60], 0), rounded(table["p90"][60], 0)],
        "share-kept": [rounded(load("disney_ride_year")["pairs"].sum(), 0)],
        "late-price": [rounded(implied_ratio(overall()), 2)],
        "what-waits-cannot-show": [f"{percent(by_year(year))}%" for year in (2017, 2021)],
    }
    assert unquoted("m11", quoted) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lesson_runs_from_top_to_bottom(language: str) -> None:
    out = printed("m11", language)
    assert last_words(out["theory-fractile"]) == ["0.8", "4.0"]
    assert last_words(out["theory-padding-try"]) == ["0.833", "2.0"]
    assert out["theory-peak-end"].split()[-1] == "5.7"
    assert " 5.5\n" in out["theory-peak-end"].replace("：", " ")
    assert "0.8355" in out["data-share"]
    assert "5.08" in out["data-share"]
    assert last_words(out["data-bins"]) == ["0.81", "0.903"]
    assert "0.842" in out["data-calibrate"]
    assert last_words(out["data-change-me"])[0] == "60.0"


# Numbers of the prose that nothing here computes, by cell and by what vouches for them
STATED = {
    "theory-padding": {"chosen": "1.5 0.42", "definition": "0"},
    "story": {"chosen": "60"},
    "predict-after": {"chosen": "50 100"},
    "theory-equation": {"chosen": "150 5"},
    "theory-limits": {"chosen": "60 40"},
    "simulation": {"chosen": "83 84 0.02", "section": "5.5"},
    "simulation-price": {"chosen": "1.4 1.6"},
    "simulation-debrief": {"chosen": "1.5 0.7 2.5 0.5 0.65 60 5", "section": "5.1"},
    "data": {"touringplans": "15", "data": "2015"},
    "data-share-text": {"chosen": "3000 300"},
    "data-share-read": {"section": "4.2"},
    "data-bins-text": {"chosen": "60 64 61"},
    "data-bins-read": {"chosen": "60"},
    "data-chart-read": {"chosen": "60 30 40"},
    "data-rides-read": {"chosen": "80 10", "data": "5 2017"},
    "data-fit-text": {"chosen": "80"},
    "data-change": {"chosen": "60 1 2 5 10"},
    "critical": {"merz-2023": "27 31 47 18 44 2019 2022 4 7", "wall-street-journal-2023": "10"},
    "critical-own": {"touringplans": "15", "lightningbrain-2025": "85 34.6 18.3 11.3"},
    "predict-share-text": {"data": "5"},
    "theory-journey": {"chosen": "1 2 3 6 8 10"},
    "theory-keys": {"counted": "1 2 3 4 5"},
    "data-change-read": {"chosen": "1 2 5 10"},
    "takeaways": {"definition": "1"},
}

LEDGER = Ledger(
    "m11", STATED, (theory_numbers, simulation_numbers, data_numbers), simulation=Park, known=(said_again_numbers,)
)
