"""The prose of m08's lesson says what theory, simulation and data say, in both languages, and its code runs."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

from course.datasets import load
from course.i18n import LANGUAGES
from course.simulations.m08_word_of_mouth import WordOfMouth
from course.theory.cascade import spread
from course.theory.diffusion import Bass, fit, peak_time
from course.theory.epidemic import final_size, fit_curve, reproduction_from_size
from course.theory.goodwill import account, periods_to_refill
from course.theory.network import clustered, hubs, mixing
from course.theory.telling import tipping_share
from tests.lessons.prose import (
    Ledger,
    Numbers,
    all_rounded,
    last_words,
    printed,
    questions,
    rounded,
    stands_in,
)

SEEN = (12, 16, 20, 24, 36)
LAST = 46
HOTEL_THEMES = ["location", "noise", "booking site, pictures, advertising", "staff and service"]


@cache
def preset(key: str, **values: float) -> dict[str, float]:
    return WordOfMouth.from_preset(key, **values).run().metrics


@cache
def curve(seen: int) -> Bass:
    return fit(load("iphone_quarterly_sales")["iphones_m"].head(seen))


def sold(quarters: int = LAST) -> float:
    return float(load("iphone_quarterly_sales")["iphones_m"].head(quarters).sum())


def misses(seen: int) -> float:
    """By how much the curve is off in the quarters it has seen, in millions, on average."""
    sales = load("iphone_quarterly_sales")["iphones_m"].head(seen)
    return float(np.abs(curve(seen).sales(np.arange(1, seen + 1)) - sales).mean())


@cache
def told(kind: str, first: int = 0) -> tuple[float, float]:
    """The share who hear, and that of the starts that die among fewer than ten, in per cent."""
    draw = np.random.default_rng(8)
    drawn = {"mixing": mixing, "hubs": hubs, "clustered": lambda n, k, draw: clustered(n, k, 0.05, draw)}
    reach = spread(drawn[kind](1000, 6, draw), 1 / 3, [first], draw, runs=200).reach
    return 100 * float(reach.mean()), 100 * float((reach < 0.01).mean())


def second_failure(month: int) -> tuple[float, float]:
    held = account(60, start=50, gain=2, fade=0.04, failures={2: 30, month: 30}, repeat=2)
    return float(held.stock[2]), float(held.blame[month])


@cache
def words(corpus: str = "waimai") -> pd.DataFrame:
    table = load("review_themes_zh").set_index(["corpus", "theme"]).loc[corpus]
    with_it = table["negative_with"] + table["positive_with"]
    return table.assign(
        bad=100 * table["negative_with"] / table["negative_all"],
        good=100 * table["positive_with"] / table["positive_all"],
        negative=100 * table["negative_with"] / with_it,
    )


def overall() -> float:
    one = words().iloc[0]
    return float(100 * one["negative_all"] / (one["negative_all"] + one["positive_all"]))


def minutes() -> tuple[pd.Series, list[float]]:
    """The share of the reviews with each time that is negative; and in which share of either kind a time stands."""
    table, one = load("waimai_minutes_mentioned").set_index("minutes_mentioned"), words().iloc[0]
    sums = table.sum()
    both = table["negative_reviews"] + table["positive_reviews"]
    named = [sums["negative_reviews"] / one["negative_all"], sums["positive_reviews"] / one["positive_all"]]
    return 100 * table["negative_reviews"] / both, [100 * share for share in named]


def films() -> pd.DataFrame:
    table = load("fandango_scores")
    nearest = (2 * table["fandango_average"] + 0.5) // 1 / 2
    return table.assign(above=table["fandango_stars_shown"] > nearest, below=table["fandango_stars_shown"] < nearest)


@cache
def school() -> tuple[float, float]:
    in_bed = load("boarding_school_flu_1978")["in_bed"]
    return float(reproduction_from_size(512 / 763)), fit_curve(in_bed, 763).reproduction


def theory_numbers() -> Numbers:
    famous = told("hubs")
    return {
        "theory-size-read": [
            *all_rounded(100 * final_size([1.5, 2, 3]), 1), rounded(100 * 512 / 763, 1), rounded(school()[0], 2),
            rounded(16 * 0.1, 1), rounded(16 * 0.1 / 2, 1),
        ],
        "theory-network-read": all_rounded(
            [*told("mixing"), *told("clustered"), famous[0], *told("hubs", 999)], 1
        ),
        "theory-balance": [rounded(tipping_share(9, 16), 2)],
        "theory-balance-read": all_rounded([tipping_share(15, 24), tipping_share(11, 15)], 4),
        "theory-bass": [rounded(peak_time(0.03, 0.38), 2)],
        "theory-bass-read": all_rounded([peak_time(0.06, 0.38), peak_time(0.03, 0.76)], 3),
        "theory-goodwill": [rounded(30 * 2, 0)],
        "theory-goodwill-read": [
            rounded(second_failure(12)[0], 0), rounded(2 / 0.04, 0), rounded(30 * 2, 0),
            rounded(np.ceil(periods_to_refill(20, 40, 2, 0.04)), 0),
            *all_rounded((second_failure(month)[1] for month in (6, 12, 24, 40)), 1),
        ],
        "theory-core": [rounded(np.ceil(np.log(0.5) / np.log(0.96)), 0)],
        "takeaways": [rounded(100 * final_size(2), 1), rounded(100 * tipping_share(9, 16), 0),
                      rounded(100 * tipping_share(11, 15), 1),
                      *all_rounded(films()[["fandango_stars_shown", "imdb_users"]].mean(), 2)],
    }  # fmt: skip


def simulation_numbers() -> Numbers:
    one, morning, liked, again, village = (
        preset(key) for key in ("one-guest", "next-morning", "beloved", "again", "village")
    )
    away = preset("again", care=4, repeat=20)
    shares = [one["against"], one["limit"], morning["against"], liked["heard"], again["against"], away["against"]]
    return {
        "simulation-debrief": [
            *all_rounded((100 * share for share in [*shares, village["heard"]]), 1),
            *all_rounded([one["first_rate"], liked["first_rate"]], 2),
            *all_rounded([liked["goodwill_left"], again["goodwill_left"], away["hours"]], 1),
            rounded(100 * tipping_share(9, 16), 0), rounded(100 - 100 * tipping_share(9, 16), 0),
        ],
    }  # fmt: skip


def data_numbers() -> Numbers:
    table, by_word, (size, speed) = films(), words(), school()
    phones = load("xiaomi_shipments_2012_2023").set_index("year")["phones_m"]
    shown, imdb = table["fandango_stars_shown"], table["imdb_users"]
    hotels = words("hotel").loc[HOTEL_THEMES, ["bad", "good"]]
    by_time, named = minutes()
    late, taste, manner = (by_word.loc[one] for one in ("slow or late", "taste", "attitude or service"))
    bare, praised = (by_word.loc[f"slow or late, {one}"] for one in ("nothing praised", "and food or courier praised"))
    return {
        "data-stars": [rounded(len(table), 0), rounded(100 * (imdb >= 4).mean(), 0)],
        "data-stars-read": [*all_rounded([shown.mean(), imdb.mean()], 2), rounded(table["above"].sum(), 0),
                            *all_rounded([100 * (shown >= 4).mean(), 100 * (imdb >= 4).mean()], 0),
                            rounded(shown.min(), 0), rounded(len(table), 0)],
        "data-words": all_rounded([late["negative_all"] + late["positive_all"], late["negative_all"],
                                   late["positive_all"]], 0),
        "data-words-read": [
            *all_rounded([late["bad"], late["good"], taste["bad"], taste["good"], manner["bad"], manner["good"],
                          bare["negative"], praised["negative"]], 1),
            *all_rounded([by_word.loc["phone or help desk", "negative"], taste["negative"], overall()], 0),
        ],
        "data-hotels": all_rounded(hotels.to_numpy().ravel(), 1),
        "data-minutes-read": [*all_rounded(by_time[["1-20", "31-45", "76-90"]], 0), *all_rounded(named, 1)],
        "data-flu": [rounded(size, 2)],
        "data-flu-read": [*all_rounded([speed, size], 2),
                          *all_rounded([100 * float(final_size(speed)), 100 * 512 / 763], 1)],
        "data-xiaomi-read": [*all_rounded([phones[year] for year in (2014, 2015, 2016, 2017)], 2),
                             *all_rounded([phones[year] for year in (2021, 2022, 2023)], 1),
                             *all_rounded([100 * (1 - phones[2016] / phones[2015]),
                                           100 * (1 - phones[2022] / phones[2021])], 1)],
    }  # fmt: skip


# The English text counts iPhones in millions, the Chinese in 亿 and 万
def iphone_numbers(language: str) -> Numbers:
    totals = [float(curve(seen).sold(LAST)) for seen in SEEN]
    # where the sales hold next to nothing about the end, its fifth figure is the machine's
    endless = [round(total, -2) for total in totals if total > 10_000]
    near = [total for total in totals if total < 10_000]
    if language == "en":
        return {
            "data": all_rounded([sold(12), totals[0]], 1),
            "data-iphone-found": [*all_rounded([*near, sold()], 1), *all_rounded(endless, 0), rounded(misses(16), 2)],
        }
    return {
        "data": [rounded(round(100 * sold(12), -1), 0), rounded(totals[0] / 100, 3)],
        "data-iphone-found": [
            *all_rounded((total / 100 for total in [*near, sold()]), 3),
            *all_rounded((total / 100 for total in endless), 0),
            rounded(100 * misses(16), 0),
        ],
    }


# by cell, what vouches for the numbers that nothing here computes: a key of the references, or one of `prose.KINDS`
STATED: dict[str, dict[str, str]] = {
    "story": {"data": "22 763 298 512 1978 1", "american-express-2011": "9 16"},
    "predict": {"american-express-2011": "9 16", "chosen": "100"},
    "theory": {"chosen": "1.5 3 0.9", "definition": "1"},
    "theory-size-read": {"chosen": "1.5 2 3 0.9 16", "data": "512 763", "definition": "1"},
    "theory-network": {"chosen": "1000 200 39 0"},
    "theory-network-read": {"goel-2012": "70 95", "section": "4.1", "chosen": "39"},
    "theory-balance": {"american-express-2011": "16 25", "data": "15 24 11 2017"},
    "theory-balance-read": {"section": "7.1"},
    "theory-bass": {"sultan-1990": "0.03 0.38"},
    "theory-goodwill": {"chosen": "50 4 2 30 12"},
    "theory-goodwill-read": {"chosen": "6 12 24 40", "snow-associates-2010": "86"},
    "theory-core": {"chosen": "50 0", "section": "4.1 4.2"},
    "simulation-crowd": {"section": "4.3"},
    "simulation-debrief": {"section": "4.3"},
    "data": {"data": "2018 9"},
    "data-iphone-found": {"chosen": "12 16 20 24 36", "data": "46"},
    "data-stars": {"data": "2014", "definition": "4 5"},
    "data-stars-read": {"definition": "4"},
    "data-words-read": {"definition": "1", "section": "4.5"},
    "data-minutes-read": {"data": "20 31 45 76 90"},
    "data-flu": {"section": "4.1"},
    "data-xiaomi-read": {"data": "2014 2017 2021 2022"},
    "critical": {
        "quoted": "9 16", "data": "15 24 11 2017", "snow-associates-2010": "75 59", "netomi-2020": "2300",
        "section": "4.2 4.3",
    },
    "critical-twelve": {"luca-2016": "5 9"},
    "takeaways": {"chosen": "1 2", "data": "2017"},
}  # fmt: skip

LEDGER = Ledger(
    "m08", STATED, (theory_numbers, simulation_numbers, data_numbers), simulation=WordOfMouth, apart=(iphone_numbers,)
)


def test_the_forecast_misses_by_as_much_as_the_text_says_and_in_both_directions() -> None:
    low, high, _, _, late = (float(curve(seen).sold(LAST)) for seen in SEEN)
    assert 9.5 < sold() / low < 10.5
    assert 13.5 < high / sold() < 14.5
    assert abs(late / sold() - 1) < 0.05


def test_among_hubs_it_matters_who_begins() -> None:
    draw = np.random.default_rng(8)
    degrees = hubs(1000, 6, draw).degrees
    assert (degrees[0], degrees[999]) == (39, 3)
    assert told("hubs")[1] == 0


def test_time_alone_never_pays_for_the_repeat() -> None:
    assert account(60, start=50, gain=2, fade=0.04, failures={2: 30}).blame[2] == 0
    assert all(second_failure(month)[1] > 0 for month in range(3, 60))
    # with a gain of 0, half is gone after 17 months
    alone = account(20, start=50, gain=0, fade=0.04, failures={}).stock
    assert alone[15] > 25 >= alone[16]


def test_the_debrief_names_what_the_simulation_shows() -> None:
    even = preset("opening", fault=36)
    assert even["balance"] == pytest.approx(0, abs=0.01)
    assert even["praise"] > 2 * even["against"]
    assert preset("beloved")["first_rate"] < 1 < preset("one-guest")["first_rate"]


def test_the_data_say_no_more_than_the_text_does() -> None:
    assert not films()["below"].any()
    table = words()
    assert table.loc["taste", "negative"] < overall()
    asked = table.loc[["slow or late", "taste", "attitude or service"]]
    assert (asked["bad"] / asked["good"]).idxmax() == "slow or late"


def test_the_answers_of_the_questions_are_the_ones_we_compute() -> None:
    asked = questions("m08")
    assert asked["tip"]["answer"] == pytest.approx(100 * tipping_share(9, 16))
    assert asked["two-others"]["answer"] == round(100 * float(final_size(2)))
    assert asked["iphone"]["answer"] == round(sold())
    assert asked["four-stars"]["answer"] == round(100 * (films()["fandango_stars_shown"] >= 4).mean())
    assert asked["below-one"]["answer"] == pytest.approx(100 * (1 - 1 / (20 * 0.1)))
    assert asked["cancel"]["answer"] == pytest.approx(100 * tipping_share(4, 12))
    off = float(curve(16).sold(LAST)) - sold()
    for language, number in (("en", rounded(off, 0)), ("zh", rounded(off / 100, 0))):
        feedback = [option["feedback"][language] for option in asked["good-forecast"]["option"]]
        assert any(stands_in(number, text) for text in feedback)
    assert stands_in(rounded(100 * float(final_size(2)), 1), asked["two-others"]["reveal"]["en"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lesson_runs_from_top_to_bottom(language: str) -> None:
    said = printed("m08", language)
    assert last_words(said["theory-size-try"]) == ["0.7968"]
    assert last_words(said["theory-network-try"]) == ["0.61", "0.22"]
    assert last_words(said["theory-balance-try"]) == ["0.6154"]
    assert last_words(said["theory-goodwill-try"]) == ["20.0", "29.9"]
    assert last_words(said["data-change-me"]) == ["145.5", "1468.2"]
    assert last_words(said["data-stars-try"]) == ["4.089", "3.368", "3.845", "72", "0"]
    assert last_words(said["data-flu-try"]) == ["3.8", "0.976", "0.671"]
