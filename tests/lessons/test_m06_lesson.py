"""The prose of m06's lesson says what theory, simulation and data say, in both languages, and its code runs."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from course.datasets import load
from course.i18n import LANGUAGES
from course.simulations.m06_waiting import Waiting
from course.theory.patience import agents_needed, erlang_a
from course.theory.promise import critical_fractile, normal_promise
from course.theory.queueing import mean_wait, share_within, simulate
from tests.lessons.prose import (
    Ledger,
    Numbers,
    all_rounded,
    last_words,
    printed,
    questions,
    rounded,
)

AGENTS = (12, 13, 14, 15)


@cache
def preset(key: str, **values: float) -> dict[str, float]:
    return Waiting.from_preset(key, **values).run().metrics


def hour(at: int = 10) -> Any:
    return load("bank_calls_hourly").set_index("hour").loc[at]


def ladder() -> tuple[list[float], list[float]]:
    return [share_within(20, 10, one, 180) for one in AGENTS], [mean_wait(10, one, 180) for one in AGENTS]


@cache
def grill(counter: int) -> np.ndarray:
    arrivals, service = load("grill_arrivals")["arrival_s_after_0730"], load("grill_service_times")["service_s"].mean()
    return np.asarray(simulate([arrivals], service, counter).wait) / 60


def busy(counter: int) -> float:
    return len(load("grill_arrivals")) * load("grill_service_times")["service_s"].mean() / (13.5 * 3600) / counter


@cache
def agents() -> pd.DataFrame:
    table = load("bank_calls_agents").set_index("agent")
    return table.assign(short=table["calls_under_10_s"] / table["calls"])


def top(column: str) -> list[str]:
    return list(agents().sort_values(column, ascending=False).index[:3])


def emergency() -> tuple[float, float, dict[str, float], float]:
    table = load("nhs_ae_monthly")
    major = table[table["type"] == "major"]
    kept = 1 - major["over_4_hours"] / major["attendances"]
    sums = table.groupby("type")[["over_4_hours", "attendances"]].sum()
    whole = table[["over_4_hours", "attendances"]].sum()
    return (
        float(kept.corr(major["attendances"])),
        float(kept.corr(major["admitted"] / major["attendances"])),
        dict(100 * (1 - sums["over_4_hours"] / sums["attendances"])),
        float(100 * (1 - whole["over_4_hours"] / whole["attendances"])),
    )


def theory_numbers() -> Numbers:
    shares, waits = ladder()
    ten, seven = hour(), erlang_a(121.3 / 3600, 196.3, 349.3, 7, 20)
    load_ten = ten["calls_per_day"] * ten["mean_service_s"] / 3600
    fifty = erlang_a(48, 1, 2, 50)
    small = [60 * fifty.wait, 60 * erlang_a(48, 1, math.inf, 50).wait]
    return {
        "theory": [rounded(121.3 / 3600 * 64.1, 2), rounded(100 * 180 / 1800, 0)],
        "theory-erlang-read": [*all_rounded((100 * one for one in shares), 1), *all_rounded(waits, 2)],
        "theory-patience": [rounded(100 * fifty.hung_up, 1), *all_rounded(small, 1)],
        "theory-patience-read": [
            rounded(seven.wait, 1), rounded(100 * seven.hung_up, 1),
            *all_rounded([mean_wait(load_ten, 7, 196.3), mean_wait(load_ten, 8, 196.3)], 0),
            rounded(ten["mean_wait_s"], 1), rounded(100 * ten["share_hung_up"], 1),
        ],
        "theory-pooling": [*all_rounded((mean_wait(0.9 * n, n) for n in (2, 4, 10)), 3), rounded(1 / 1.9, 3)],
        "theory-promise": [rounded(normal_promise(30, 8, 4), 2), rounded(-10 * math.log(1 - critical_fractile(4)), 2)],
        "takeaways": [rounded(normal_promise(30, 8, 4), 2), rounded(mean_wait(1.8, 2), 3),
                      str(agents_needed(100 / 1800, 180, math.inf, 0.8, 20)), rounded(grill(3).max(), 0),
                      rounded(100 * busy(3), 0)],
    }  # fmt: skip


def simulation_numbers() -> Numbers:
    bare, pooled, clumsy, boast = (preset(key) for key in ("as-it-is", "one-team", "clumsy", "boast"))
    shaped, best, menu, radio = (
        preset("as-it-is", phone=3, peak=2),
        preset("boast", posted=1.5),
        preset("menu"),
        preset("radio"),
    )
    shares = [one["within"] for one in (bare, pooled, clumsy)] + [boast["kept"], best["kept"]]
    solved = [one["solved"] for one in (bare, menu, preset("menu", record=100), preset("menu", solves=60), radio)]
    return {
        "simulation-debrief": [
            *all_rounded([bare["wait"], pooled["wait"], bare["worst"], shaped["worst"], boast["promise"], best["promise"],
                          menu["wait"], radio["wait"]], 2),
            *all_rounded((100 * one for one in [*shares, *solved, bare["hung_up"], radio["hung_up"]]), 1),
            *all_rounded([shaped["hours"], bare["hours"]], 0),
        ],
    }  # fmt: skip


def data_numbers() -> Numbers:
    table, services = agents(), load("bank_calls_by_service").set_index("service")
    three = table.loc[top("short")]
    again = load("bank_calls_again").set_index("fate")
    rang = 100 * again["called_again_within_30_min"] / again["calls"]
    wanted = services.loc[["prospective customers", "regular banking", "stock exchange"]]
    ten = hour()
    _, admitted, kept, whole = emergency()
    levels = [
        ten["share_no_wait"],
        ten["share_answered_within_20_s"],
        ten["share_answered_within_20_s"] / (1 - ten["share_hung_up"]),
        1 - ten["share_hung_up"],
    ]
    return {
        "story": [rounded(ten["calls_per_day"], 1), rounded(ten["mean_service_s"], 1), rounded(ten["agents_present"], 1),
                  rounded(ten["mean_wait_s"], 0), rounded(len(load("grill_arrivals")), 0), rounded(100 * busy(3), 0),
                  rounded(grill(3).max(), 0)],
        "data-read": [
            *all_rounded(table.loc["A09", ["mean_service_s", "mean_service_s_without_them"]], 1),
            *all_rounded([100 * three[name].sum() / table[name].sum() for name in ("calls", "calls_under_10_s")], 0),
        ],
        "data-again-read": all_rounded([rang["served, under 10 s"], rang["served, 30 s or more"]], 0),
        "data-who-read": [*all_rounded(100 * wanted["hung_up"] / wanted["calls"], 1),
                          *all_rounded(wanted["calls"] * wanted["mean_wait_s"] / wanted["hung_up"], 0),
                          *all_rounded(wanted["mean_wait_s"].iloc[:2], 1)],
        "data-change-read": all_rounded((100 * level for level in levels), 1),
        "data-grill": [rounded(load("grill_service_times")["service_s"].mean(), 1), rounded(100 * busy(3), 0)],
        "data-grill-read": [
            *all_rounded([grill(3).mean(), grill(3).max(), 100 * busy(3), grill(4).mean(), grill(5).mean()], 1),
            rounded(mean_wait(3 * busy(3), 3, load("grill_service_times")["service_s"].mean()), 1)],
        "data-nhs-read": [rounded(admitted, 2), rounded(whole, 1), rounded(kept["major"], 1),
                          rounded(kept["minor injuries and walk-in"], 1)],
        "critical": all_rounded((100 * share for share in ladder()[0][1:3]), 1),
    }  # fmt: skip


# by cell, what vouches for the numbers that nothing here computes: a key of the references, or one of `prose.KINDS`
STATED: dict[str, dict[str, str]] = {
    "story": {"data": "00 1999 2 21 30 7"},
    "theory": {"chosen": "100 180 1800", "data": "121.3 3600 64.1"},
    "theory-erlang": {"chosen": "12 13 14 15"},
    "theory-erlang-read": {"chosen": "12 13 14 15 20 80"},
    "theory-patience": {"gans-2003": "48 50", "data": "349"},
    "theory-pooling": {"chosen": "0.9"},
    "theory-pooling-limit": {"song-2015": "17 9"},
    "theory-promise": {"chosen": "1 10 30 4 8"},
    "theory-channels": {"section": "4.5"},
    "theory-limits": {"section": "6.1"},
    "simulation-staff": {"chosen": "17 9"},
    "simulation-debrief": {"chosen": "10 17 6 9"},
    "data": {"data": "23"},
    "data-read": {"data": "10"},
    "data-again-read": {"data": "10 30"},
    "data-nhs": {"definition": "1", "data": "36"},
    "critical": {"quoted": "20 80", "chosen": "10"},
    "critical-airport": {"section": "4.6"},
    "takeaways": {"chosen": "10 20 30 80 9"},
}

LEDGER = Ledger("m06", STATED, (theory_numbers, simulation_numbers, data_numbers), simulation=Waiting)


def test_the_debrief_names_what_the_simulation_shows() -> None:
    apart = preset("as-it-is")["within"]
    assert preset("one-team", slower=10)["within"] > apart > preset("one-team", slower=20)["within"]
    cheapest = min(range(21), key=lambda half: preset("boast", posted=half / 2)["promise"])
    assert cheapest == 3


def test_the_data_say_no_more_than_the_text_does() -> None:
    assert top("short") == ["A09", "A08", "A10"]
    assert top("calls_under_10_s") == ["A09", "A08", "A04"]
    assert emergency()[0] > 0.1
    with_more, _ = ladder()
    assert with_more[1] - with_more[0] > 0.15
    assert mean_wait(hour()["calls_per_day"] * hour()["mean_service_s"] / 3600, 7, hour()["mean_service_s"]) > 7 * 60
    assert len(load("nhs_ae_monthly")["month"].unique()) == 36


def test_the_answers_of_the_questions_are_the_ones_we_compute() -> None:
    asked = questions("m06")
    again = load("bank_calls_again").set_index("fate").loc["served, under 10 s"]
    assert asked["one-queue"]["answer"] == round(mean_wait(1.8, 2), 1)
    assert asked["how-many"]["answer"] == agents_needed(100 / 1800, 180, math.inf, 0.8, 20)
    assert asked["rang-again"]["answer"] == round(100 * again["called_again_within_30_min"] / again["calls"])
    assert asked["three-minutes"]["answer"] == 90 * 4 / 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lesson_runs_from_top_to_bottom(language: str) -> None:
    said = printed("m06", language)
    assert last_words(said["theory-erlang-try"]) == ["17.12", "0.796"]
    assert last_words(said["theory-patience-try"]) == ["37.4", "0.107"]
    assert last_words(said["data-change-me"]) == ["0.222", "0.332", "0.397", "0.838"]
    assert last_words(said["data-grill-try"]) == ["16.0", "52.7"]
    assert last_words(said["data-nhs-try"])[1] == "-0.73"
