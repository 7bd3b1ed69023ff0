"""The prose of m05's lesson says what theory, simulation and data say, in both languages, and its code runs."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

from course.datasets import load
from course.i18n import LANGUAGES
from course.simulations.m05_loyalty import Loyalty
from course.theory import path_model
from course.theory.buying import alive, expected
from course.theory.importance import LOW, quadrants
from course.theory.lifetime import lifetime_value, multiple, value_of_curve
from course.theory.path_model import BANK, Fit
from course.theory.satisfaction_index import index
from course.theory.sorting import retention
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

CAUSES = ("image", "expectation", "quality", "value")
WEIGHTS = [0.3885, 0.3190, 0.2925]


@cache
def preset(key: str, **values: float) -> dict[str, float]:
    return Loyalty.from_preset(key, **values).run().metrics


@cache
def phones() -> Fit:
    return path_model.fit(load("ecsi_mobi_respondents"))


@cache
def bank() -> Fit:
    return path_model.fit_moments(load("ecsi_bank_covariance").set_index("item"), BANK)


@cache
def spans() -> dict[str, tuple[float, float]]:
    draws = path_model.resample(load("ecsi_mobi_respondents"), draws=500)
    return path_model.spans(draws, "expectation", "satisfaction")


def ways() -> list[float]:
    """What goes by quality, by quality and value, and by value alone, from expectation to satisfaction."""
    b = phones().direct
    return [
        b("expectation", "quality") * b("quality", "satisfaction"),
        b("expectation", "quality") * b("quality", "value") * b("value", "satisfaction"),
        b("expectation", "value") * b("value", "satisfaction"),
    ]


def by_quality() -> float:
    return 100 * sum(ways()[:2]) / phones().total("expectation", "satisfaction")


def scores() -> dict[str, float]:
    answers = load("ecsi_mobi_respondents")
    return path_model.performance(answers.mean(), answers.std(), phones())


def totals(goal: str) -> list[float]:
    return [phones().total(cause, goal) for cause in CAUSES]


@cache
def steps() -> pd.Series[float]:
    """Per cent of each study and score who would choose again with 9 or 10."""
    table = load("satisfaction_loyalty_by_score").set_index(["study", "satisfaction"])
    found: pd.Series[float] = 100 * table["choose_again_9_or_10"] / table["customers"]
    return found


def ladder(study: str) -> list[str]:
    return all_rounded([steps()[study, score] for score in (7, 8, 9, 10)], 0)


@cache
def left() -> np.ndarray:
    return load("retention_two_segments")["regular_percent_still_customers"].to_numpy() / 100


def curve() -> float:
    return value_of_curve(100, left(), 0.1)


def one_rate() -> float:
    return value_of_curve(100, left()[1] ** np.arange(13), 0.1)


@cache
def silent(weeks: float) -> pd.DataFrame:
    """By repeat purchases (1, 2–3, more): how many were silent for so long, their chance in the model, who came back."""
    buyers = load("cdnow_customers")
    times, last, until = (buyers[name] for name in ("repeat_purchases", "week_of_last_purchase", "weeks_observed"))
    buyers = buyers.assign(
        alive=alive(times, last, until),
        back=buyers["repeat_purchases_next_39_weeks"] > 0,
        group=pd.cut(times, [0, 1, 3, 99], labels=["one", "few", "many"]),
    )
    kept = buyers[(until - last >= weeks) & (times > 0)].groupby("group", observed=True)
    return kept.agg(people=("back", "size"), alive=("alive", "mean"), back=("back", "mean"))


def theory_numbers() -> Numbers:
    once, gone = 0.5 * 0.6, alive([2, 10], 20, 38.86)
    ltv, with_first = lifetime_value(100, [0.9, 0.95], 0.1), lifetime_value(100, [0.9, 0.95], 0.1, at_once=True)
    return {
        "theory-effects": all_rounded([once, 0.1 + once], 1),
        "theory-index": all_rounded([index([8, 7, 7]), index([8, 7, 7], WEIGHTS)], 2),
        "theory-lifetime": [
            *all_rounded([ltv[0], with_first[0]], 0), *all_rounded([ltv[1], with_first[1]], 2),
        ],
        "theory-silence-read": all_rounded(100 * gone, 1),
        "theory-price": [rounded(25 - 15, 0), rounded(25 / (25 - 15), 1)],
    }  # fmt: skip


def simulation_numbers() -> Numbers:
    start, promise, better = (preset(key) for key in ("as-they-are", "promise", "better"))
    value, image = preset("as-they-are", value=10), preset("as-they-are", image=10)
    war, match = preset("war"), preset("match")
    return {
        "simulation-debrief": [
            *all_rounded(100 * np.array([start["first"], start["later"], start["fans_left"]]), 1),
            rounded(100 * preset("no-fans")["later"], 0),
            *all_rounded([start["one_rate"], start["worth"], war["worth"], match["worth"]], 0),
            *all_rounded([promise["rise"], promise["direct"], promise["rise"] - promise["direct"]], 1),
            *all_rounded([better["rise"], better["direct"], value["loyalty"], image["loyalty"]], 1),
            *all_rounded([value["cost"], image["cost"]], 0),
            *all_rounded([preset("war", cut=1)["worth"], preset("war", image=10)["worth"]], 0),
            *all_rounded([4 * 15, 100], 0),
        ],
    }  # fmt: skip


def data_numbers() -> Numbers:
    first = phones().direct
    direct, total = first("expectation", "satisfaction"), phones().total("expectation", "satisfaction")
    arrows = [first("expectation", "quality"), first("quality", "satisfaction"), first("expectation", "value")]
    everybody = load("cdnow_customers")
    never = everybody[everybody["repeat_purchases"] == 0]
    observed = [everybody[name] for name in ("repeat_purchases", "week_of_last_purchase", "weeks_observed")]
    later = "repeat_purchases_next_39_weeks"
    some, answers = silent(15), load("ecsi_mobi_respondents")
    satisfaction = answers[["CUSA1", "CUSA2", "CUSA3"]].mean(axis=1)
    people = load("satisfaction_loyalty_by_score").set_index(["study", "satisfaction"])["customers"]
    return {
        "story": all_rounded(100 * retention(left())[:3], 0),
        "data-cohort": [*all_rounded(100 * retention(left())[:3], 0), rounded(one_rate(), 0)],
        "data-cohort-read": [
            *all_rounded(100 * retention(left())[[0, -1]], 1), *all_rounded([curve(), one_rate()], 0),
        ],
        "data-span-read": [
            *all_rounded([direct, total, *arrows, first("value", "satisfaction"), *ways()], 3),
            *all_rounded([*spans()["direct"], *spans()["total"]], 2),
            rounded(by_quality(), 0),
        ],
        "data-bank-read": all_rounded(
            [
                bank().direct("expectation", "satisfaction"), bank().total("expectation", "satisfaction"),
                first("quality", "satisfaction"), phones().total("quality", "satisfaction"),
                bank().direct("quality", "satisfaction"), bank().total("quality", "satisfaction"),
                bank().direct("value", "satisfaction"),
            ],
            3,
        ),
        "data-step-read": [
            *ladder("mobile phone, 1-10"), *ladder("bank, 0-10"),
            str(people["mobile phone, 1-10", 9]), str(people["bank, 0-10", 9]),
        ],
        "data-map-read": [
            *all_rounded([*totals("loyalty"), *totals("satisfaction")], 2),
            *all_rounded((scores()[cause] for cause in CAUSES), 0),
        ],
        "data-silence": [rounded(len(everybody), 0), rounded(100 * some["alive"]["many"], 0)],
        "data-silence-read": [
            *all_rounded(some["people"], 0), *all_rounded(some["alive"], 2), *all_rounded(some["back"], 2),
            rounded(100 * some["alive"]["many"], 0), rounded(some["back"]["many"] * some["people"]["many"], 0),
            *all_rounded([len(everybody), everybody[later].sum(), expected(39, *observed).sum()], 0),
            *all_rounded([100 * len(never) / len(everybody), len(never)], 0),
            *all_rounded([100 * (never[later] > 0).mean(), never[later].sum()], 0),
        ],
        "critical": [
            *all_rounded(lifetime_value(100, [0.9, 0.95], 0.1), 0),
            *all_rounded(
                [100 * (multiple(more, d) / multiple(less, d) - 1)
                 for less, more, d in ((0.9, 0.95, 0.1), (0.9, 0.95, 0), (0.6, 0.65, 0.1))], 0,
            ),
        ],
        "critical-words": all_rounded((satisfaction.corr(answers[name]) for name in ("CUSL1", "CUSL3", "CUSL2")), 3),
        "takeaways": [
            *all_rounded([direct, total], 3), *all_rounded([one_rate(), curve()], 0),
            *all_rounded(100 * np.array([1 - some["alive"]["many"], some["back"]["many"]]), 0),
        ],
    }  # fmt: skip


def test_the_debrief_names_what_the_simulation_shows() -> None:
    for cut in range(1, 21):
        assert preset("war", cut=cut)["worth"] < preset("war")["worth"]
    assert preset("match")["first"] == preset("as-they-are")["first"]
    turned = [Loyalty.from_preset("promise", seed=seed).run().metrics for seed in range(2, 60)]
    assert any(result["direct"] <= 0 for result in turned)
    assert all(result["rise"] - result["direct"] > 1 for result in turned)


def test_the_data_say_no_more_than_the_text_does() -> None:
    low, high = spans()["direct"]
    assert low < 0 < high
    assert spans()["total"][0] > 0.3
    assert bank().direct("value", "satisfaction") == max(bank().direct(cause, "satisfaction") for cause in CAUSES)
    assert quadrants(totals("loyalty"), [scores()[cause] for cause in CAUSES])[CAUSES.index("value")] == LOW
    assert min(CAUSES, key=lambda cause: scores()[cause]) == "value"
    for weeks in (10, 15, 20):
        assert silent(weeks)["alive"].is_monotonic_decreasing
        assert silent(weeks)["back"].is_monotonic_increasing
    rates = retention(left())
    assert np.all(np.diff(rates) > 0)
    assert curve() / one_rate() == pytest.approx(1.4, abs=0.05)
    assert steps()["mobile phone, 1-10", 8] < 50
    answers = load("ecsi_mobi_respondents")
    price = answers[["CUSA1", "CUSA2", "CUSA3"]].mean(axis=1).corr(answers["CUSL2"])
    # less than two standard errors of a correlation of nothing
    assert abs(price) < 2 / np.sqrt(len(answers))


def test_the_answers_of_the_questions_are_the_ones_we_compute() -> None:
    asked = questions("m05")
    right = {
        "top-score": steps()["mobile phone, 1-10", 10],
        "by-quality": by_quality(),
        "curve-value": curve(),
        "silent-regulars": 100 * silent(15)["back"]["many"],
    }
    for key, value in right.items():
        assert asked[key]["answer"] == round(value), key
    assert asked["two-ways"]["answer"] == pytest.approx(-0.2 + 0.5 * 0.6)
    assert asked["eights"]["answer"] == pytest.approx(index([8, 8, 8]), abs=0.03)
    assert lifetime_value(100, 0.9, 0.1) == pytest.approx(450)
    assert lifetime_value(100, 0.9, 0.1, at_once=True) == pytest.approx(550)


def test_the_reveals_and_the_feedback_quote_the_theory_and_the_data() -> None:
    people = load("satisfaction_loyalty_by_score").set_index(["study", "satisfaction"])
    top = people.loc[("mobile phone, 1-10", 10)]
    some = silent(15)
    total, direct = (getattr(phones(), way)("expectation", "satisfaction") for way in ("total", "direct"))
    quoted = {
        "top-score": [*ladder("mobile phone, 1-10"), str(int(top["customers"])), str(int(top["choose_again_9_or_10"]))],
        "by-quality": [*all_rounded([total, direct, sum(ways()[:2])], 3)],
        "curve-value": [*all_rounded(100 * retention(left())[:3], 0), rounded(one_rate(), 0)],
        "silent-regulars": [str(some["people"]["many"]), rounded(100 * some["alive"]["many"], 0)],
        "what-silence-shows": [
            *all_rounded([direct, total], 3),
            *all_rounded([getattr(bank(), way)("expectation", "satisfaction") for way in ("direct", "total")], 3),
            *all_rounded(100 * some["back"][["one", "many"]], 0),
        ],
    }
    assert unquoted("m05", quoted) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lesson_runs_from_top_to_bottom(language: str) -> None:
    out = printed("m05", language)
    assert last_words(out["theory-effects-try"]) == ["0.3", "0.4"]
    assert last_words(out["theory-index-try"]) == ["70.37", "70.98"]
    assert last_words(out["theory-lifetime-try"]) == ["450.0", "550.0"]
    assert last_words(out["theory-silence-try"]) == ["54.5%", "3.9%"]
    assert last_words(out["data-load"]) == ["0.064", "0.355", "0.419"]
    assert [line.split()[-2:] for line in out["data-span"].splitlines()] == [["-0.04", "0.16"], ["0.31", "0.53"]]
    assert last_words(out["data-change-me"]) == ["0.007", "0.512", "0.519"]
    assert last_words(out["data-map-try"]) == ["74", "72", "75", "62"]
    assert last_words(out["data-cohort-try"])[-2:] == ["331", "234"]
    assert last_words(out["data-silence-check"]) == ["288", "0.36", "0.3", "128", "0.3", "0.47", "30", "0.12", "0.6"]


# Numbers of the prose that nothing here computes, by cell and by what vouches for them
STATED = {
    "predict": {"data": "1 10 250"},
    "predict-two": {"data": "250"},
    "theory-effects": {"chosen": "0.1 0.5 0.6"},
    "theory-index": {"definition": "0 1 10 100 27 80", "chosen": "7 8"},
    "theory-map": {"definition": "0 100"},
    "theory-lifetime": {"chosen": "0.1 0.2 0.9 0.95 100"},
    "theory-silence": {"chosen": "20 38.86"},
    "theory-price": {"chosen": "15 25 100"},
    "theory-limits": {"keiningham-2007": "21 15500", "data": "250", "section": "4.6"},
    "simulation": {"data": "250", "chosen": "1 12"},
    "simulation-write": {"chosen": "1 12"},
    "simulation-promise": {"data": "250"},
    "simulation-debrief": {"data": "250", "chosen": "1 12"},
    "data": {"data": "1 10 24 250", "section": "4.2"},
    "data-span-ask": {"data": "250", "chosen": "0 95"},
    "data-bank": {"data": "250"},
    "data-bank-read": {"data": "250"},
    "data-step": {"definition": "9 10"},
    "data-step-guess": {"definition": "10"},
    "data-step-read": {"definition": "7 8 9 10"},
    "data-map": {"data": "250", "definition": "0 100"},
    "data-cohort": {"chosen": "1 10 100"},
    "data-silence": {"data": "39 1997", "chosen": "15", "section": "4.7"},
    "data-silence-read": {"chosen": "10 20"},
    "critical": {
        "reichheld-sasser-1990": "5 30 50 85 100",
        "sharp-loyalty-myths": "10",
        "quoted": "25",
        "chosen": "0.1 0.6 0.65",
    },
    "critical-words": {"data": "250"},
}


def other_numbers() -> Numbers:
    return {"theory-silence-read": [rounded(38.86 - 20, 0)]}


LEDGER = Ledger(
    "m05", STATED, (theory_numbers, simulation_numbers, data_numbers), simulation=Loyalty, known=(other_numbers,)
)
