"""The prose of m07's lesson says what theory, simulation and data say, in both languages, and its code runs."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from course.datasets import load
from course.i18n import LANGUAGES
from course.simulations.m07_journeys import Journeys
from course.theory.chain import clean, each_step, failures, shared_cause
from course.theory.control_chart import beyond, mean_and_range_limits, places, share_limits, single_limits
from course.theory.journey import peak_end
from tests.lessons.prose import (
    Ledger,
    Numbers,
    all_rounded,
    last_words,
    printed,
    questions,
    rounded,
)

EIGHT = ["getting_there", "wayfinding", "security", "signs", "screens", "restaurants", "restrooms", "boarding_area"]
CANS = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
FINALE = "94 3 @queue; 98 7 @seat; 97 7 @order; 98 8 @broth; 98 1 @bill; 97 8 @meal; 97 7 @refills; 97 9.5 @noodles"


def short(number: float) -> str:
    """Return a correlation or the like as the lesson writes it, without the 0."""
    return f"{number:.3f}".removeprefix("0")


@cache
def preset(key: str, **values: Any) -> dict[str, float]:
    return Journeys.from_preset(key, **values).run().metrics


@cache
def passengers() -> pd.DataFrame:
    people = load("sfo_touchpoints_2017_2018").dropna(subset=[*EIGHT, "overall"])
    return people.assign(weak=(people[EIGHT] < 4).sum(axis="columns"))


def varied() -> pd.DataFrame:
    return passengers()[passengers()[EIGHT].nunique(axis="columns") > 1]


def both(people: pd.DataFrame) -> tuple[float, float]:
    good = people[EIGHT] >= 4
    return clean(good.mean()), float(good.all(axis="columns").mean())


def shared() -> float:
    return shared_cause((passengers()[EIGHT] >= 4).mean(), both(passengers())[1])


@cache
def ways() -> dict[str, float]:
    marks, whole = passengers()[EIGHT], passengers()["overall"]
    lowest, last = marks.min(axis="columns"), marks["boarding_area"]
    said = {
        "mean": marks.mean(axis="columns"),
        "far": pd.Series(peak_end(marks, 3), marks.index),
        "high": pd.Series(peak_end(marks), marks.index),
        "low": (lowest + last) / 2,
        "lowest": lowest,
        "last": last,
        **{name: marks[name] for name in EIGHT},
    }
    return {name: float(one.corr(whole)) for name, one in said.items()}


@cache
def scores() -> pd.Series:
    asked = passengers().dropna(subset=["recommend"])
    fans, critics = asked["recommend"] >= 9, asked["recommend"] <= 6
    return 100 * (fans.astype(float) - critics).groupby(asked["weak"]).mean()


def years(touchpoint: str) -> tuple[pd.Series, float, np.ndarray, list[int]]:
    one = load("sfo_touchpoints_by_year").set_index("year").query("touchpoint == @touchpoint")
    share, asked = one["share_4_or_5"], one["answers"]
    lower, centre, upper = share_limits(share * asked, asked)
    return share, centre, upper - centre, list(one.index[beyond(share, lower, upper)])


def passengers_flagged() -> float:
    marks = passengers()[EIGHT].to_numpy(dtype=float)
    means, _ = mean_and_range_limits(marks)
    return float(beyond(marks.mean(axis=1), means.lower, means.upper).mean())


def alarmed(values: Any) -> bool:
    limits, _ = single_limits(values)
    return bool(beyond(values, limits.lower, limits.upper).any())


def own_alarms() -> float:
    table = load("hcahps_topbox_by_state")
    base = table[(table["state"] != "US") & (table["release_year"] <= 2019)]
    columns = base.columns[2:]
    flags = [alarmed(rows[name]) for _, rows in base.groupby("state") for name in columns]
    assert len(flags) == 510
    return float(np.mean(flags))


def steady(digits: int) -> float:
    drawn = np.random.default_rng(7).normal(80.3, 0.5, (2000, 5)).round(digits)
    return float(np.mean([alarmed(row) for row in drawn]))


def theory_numbers() -> Numbers:
    lower, centre, upper = share_limits(CANS, [50] * 30)
    alarms = places(beyond(np.array(CANS) / 50, lower, upper))
    left = [cans for place, cans in enumerate(CANS, start=1) if place not in alarms]
    low, middle, high = share_limits(left, [50] * 28)
    return {
        "theory-chain-read": [rounded(100 * clean([0.99] * 20), 2), rounded(100 * each_step(0.95, 20), 3)],
        "theory-shared-read": [
            *all_rounded((clean([0.99] * 20, one) for one in (0, 0.3, 0.9)), 3),
            rounded(clean([0.99] * 20, 1), 2),
        ],
        "theory-memory": all_rounded([*peak_end([[8, 7], [8, 1]]), peak_end([2, 3, 8, 6, 1]), 4.0], 1),
        "theory-charts-read": [
            *all_rounded((100 * one for one in (centre, lower[0], upper[0], middle, low[0], high[0])), 2),
            *map(str, alarms),
        ],
        "takeaways": [rounded(100 * clean([0.99] * 20), 1), rounded(100 * each_step(0.95, 20), 3),
                      *all_rounded((100 * one for one in both(passengers())), 1), short(ways()["mean"]),
                      short(ways()["low"])],
    }  # fmt: skip


def simulation_numbers() -> Numbers:
    plain, finale = preset("hot-pot"), preset("hot-pot", journey=FINALE)
    return {
        "simulation-debrief": [
            *all_rounded((100 * preset("twenty-steps", **one)["clean"] for one in ({}, {"process": 75})), 1),
            *all_rounded([plain["remembered"], plain["mean"], finale["remembered"], finale["mean"]], 1),
        ],
    }


def data_numbers() -> Numbers:
    people, bad = passengers(), passengers()["weak"]
    apart = failures((people[EIGHT] >= 4).mean())
    security, rate, reach, _ = years("security")
    table = load("hcahps_topbox_by_state")
    states = table[table["state"] != "US"]
    fewer = both(varied())
    levels = 100 * security
    return {
        "story": [rounded(len(people), 0), rounded(100 * (people[EIGHT] >= 4).mean().mean(), 0)],
        "data-crowds-read": [
            *all_rounded((100 * one for one in both(people)), 1),
            *all_rounded((100 * one for one in (apart[4:].sum(), (bad >= 4).mean(), (bad == 8).mean())), 1),
            rounded((bad == 8).sum(), 0), rounded(shared(), 3),
        ],
        "data-person-read": [rounded(len(varied()), 0), *all_rounded((100 * one for one in fewer), 1)],
        "data-memory-read": [short(ways()[one]) for one in ("mean", "far", "high", "low", "lowest", "last")],
        "data-price": [rounded(scores()[0], 0)],
        "data-price-read": [
            *all_rounded(scores()[:5], 1), *all_rounded(-scores().diff()[1:4], 0),
            rounded(100 * people[bad >= 4]["problem"].mean(), 0),
        ],
        "data-control-read": [
            *all_rounded([100 * rate, 100 * years("restaurants")[1], *levels], 1), rounded(100 * reach.mean(), 1),
            rounded(100 * passengers_flagged(), 1)],
        "data-lie-ask": [rounded(100 * own_alarms(), 1)],
        "data-lie-read": [*all_rounded([100 * steady(0), 100 * steady(2)], 1),
                          *(short(states[one].corr(states["overall_9_or_10"])) for one in ("care_transition", "nurses"))],
        "critical": [rounded(0.95**6, 3), rounded(shared(), 3), rounded(100 * clean([0.95] * 6, shared()), 1)],
        "critical-better": [
            short(ways()["mean"]), short(ways()["restaurants"]),
            short(ways()["mean"] ** 2), short(ways()["restaurants"] ** 2),
            rounded(100 * (ways()["mean"] / ways()["restaurants"] - 1), 0),
            rounded(100 * ((ways()["mean"] / ways()["restaurants"]) ** 2 - 1), 0),
        ],
    }  # fmt: skip


# by cell, what vouches for the numbers that nothing here computes: a key of the references, or one of `prose.KINDS`
STATED: dict[str, dict[str, str]] = {
    "story": {"data": "1 4 5 2017 2018"},
    "predict": {"chosen": "99 100"},
    "theory-chain-read": {"chosen": "95 99"},
    "theory-shared-read": {"chosen": "0.3 82 99 100"},
    "theory-memory": {"chosen": "1 2 3 6 7 8"},
    "theory-memory-read": {"alaybek-2022": "0.581 174", "redelmeier-2003": "1.41 10 4.4 4.9 682", "section": "4.4"},
    "theory-charts": {"definition": "2.66", "montgomery-2013": "50"},
    "data": {"data": "100 4 5"},
    "data-crowds-read": {"definition": "2.1"},
    "data-memory": {"chosen": "3", "section": "4.4"},
    "data-memory-read": {"chosen": "3", "section": "4.4"},
    "data-price": {"definition": "10 6 9"},
    "data-control": {"data": "2400"},
    "data-control-read": {"data": "2018 2400 5"},
    "data-lie": {"data": "2019"},
    "data-lie-ask": {"data": "510 51 81 82", "chosen": "2000"},
    "data-lie-read": {"data": "2019 9 10 0", "definition": "1"},
    "critical": {"pulido-2014": "95", "definition": "0.95"},
    "critical-better": {"pulido-2014": "27000 30", "definition": "100"},
    "critical-system": {"deming-1986": "315 94 6", "section": "4.6"},
    "takeaways": {"chosen": "20 95 99"},
}

LEDGER = Ledger("m07", STATED, (theory_numbers, simulation_numbers, data_numbers), simulation=Journeys)


def test_the_debrief_names_what_the_simulation_shows() -> None:
    perfect = clean([0.99] * 19) - clean([0.99] * 20)
    assert 0 < perfect < 0.01
    plain, finale = preset("hot-pot"), preset("hot-pot", journey=FINALE)
    assert finale["effort"] == pytest.approx(plain["effort"])
    assert abs(finale["mean"] - plain["mean"]) < 0.05


def test_the_data_say_no_more_than_the_text_does() -> None:
    people, marks = passengers(), passengers()[EIGHT]
    steps, counts = (marks >= 4).mean(), np.bincount(people["weak"], minlength=9) / len(people)
    apart, fitted = failures(steps), failures(steps, shared())
    assert apart[0] < counts[0]
    assert apart[4:].sum() < counts[4:].sum()
    assert np.abs(fitted - counts).max() < 0.021
    assert 1 / apart[8] == pytest.approx(200_000, rel=0.03)
    assert ways()["mean"] == max(ways().values())
    assert max(EIGHT, key=lambda name: ways()[name]) == "restaurants"
    assert ways()["mean"] / min(ways()[name] for name in EIGHT) > 2
    assert steps.idxmin() == "restaurants"
    assert (people["overall"] >= 4).mean() == pytest.approx(0.8, abs=0.005)
    assert 1 / both(people)[0] == pytest.approx(9, abs=0.05)
    assert years("security")[3] == [2014, 2015, 2017, 2018]
    assert years("restaurants")[3] == []
    asked = load("sfo_touchpoints_by_year").query("touchpoint in ['security', 'restaurants']")["answers"]
    assert asked.between(2300, 2700).all()


def test_rounding_alone_makes_as_many_alarms_as_the_hospitals_have() -> None:
    table = load("hcahps_topbox_by_state")
    base = table[(table["state"] == "US") & (table["release_year"] <= 2019)]["doctors"]
    assert list(base) == [82, 82, 82, 82, 81]
    assert alarmed(base)
    assert steady(2) < 0.01 < own_alarms() < steady(0)
    states = table[table["state"] != "US"]
    touchpoints = states.columns[2:10]
    found = states[touchpoints].corrwith(states["overall_9_or_10"]).sort_values()
    assert list(found.index[-2:]) == ["nurses", "care_transition"]


def test_the_answers_of_the_questions_are_the_ones_we_compute() -> None:
    asked = questions("m07")
    assert asked["twenty"]["answer"] == round(100 * clean([0.99] * 20), 1)
    assert asked["all-eight"]["answer"] == round(100 * both(passengers())[1])
    assert asked["one-weak"]["answer"] == round(scores()[1])
    assert f"{(passengers()['weak'] == 0).sum()} of 3,261" in asked["all-eight"]["source"]["en"]
    with_one = passengers().dropna(subset=["recommend"])["weak"] == 1
    assert f"{with_one.sum()} passengers" in asked["one-weak"]["source"]["en"]
    assert clean([0.99] * 20) == pytest.approx(0.82, abs=0.005)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lesson_runs_from_top_to_bottom(language: str) -> None:
    said = printed("m07", language)
    assert last_words(said["theory-chain-try"]) == ["0.8179", "0.99744"]
    assert last_words(said["theory-memory-try"]) == ["4.5", "4.0"]
    assert last_words(said["data-clean-try"]) == ["0.111", "0.282", "0.538"]
    assert last_words(said["data-person-try"]) == ["2982", "0.093", "0.223"]
    assert said["data-control-try"].strip().endswith("[2014, 2015, 2017, 2018]")
    assert said["data-lie-try"].strip().endswith("[5]")
    assert last_words(said["data-lie-steady"]) == ["0.131"]
