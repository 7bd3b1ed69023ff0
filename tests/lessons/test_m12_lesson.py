"""The prose of m12's lesson says what theory, simulation and data say, in both languages, and its code runs."""

from __future__ import annotations

from typing import Any

import pytest

from course.datasets import load
from course.i18n import LANGUAGES
from course.simulations.m12_amazon import Amazon
from course.theory.adaptation import expectation_path
from course.theory.asymmetry import slope
from course.theory.membership import break_even_orders
from course.theory.promise import critical_fractile, implied_ratio, normal_promise, sample_promise
from course.theory.recommend import cosine, recommend
from tests.lessons.prose import Numbers, all_rounded, cells, printed, questions, rounded, unnamed

TEN = [3, 4, 4, 5, 5, 6, 6, 7, 9, 12]


def metrics(**values: float) -> dict[str, float]:
    return Amazon(**values).run().metrics


def preset(key: str, **values: float) -> dict[str, float]:
    return Amazon.from_preset(key, **values).run().metrics


def parcels() -> Any:
    return load("olist_delay_reviews").dropna()


def on_time() -> float:
    table = parcels()
    return float(table.query("mean_delay_days < 0")["orders"].sum() / table["orders"].sum())


def steepness(first: int, last: int) -> float:
    rows = parcels().iloc[first:last]
    return slope(rows["mean_delay_days"], rows["mean_review_stars"], rows["orders"])


def theory_numbers() -> Numbers:
    return {
        "theory": [rounded(100 * critical_fractile(4), 0), rounded(normal_promise(5, 2, 4), 1), ".92"],
        "theory-sample": [rounded(sample_promise(TEN, 4), 0), *map(str, TEN)],
        "theory-prime": [rounded(79 / 9.48, 2), str(break_even_orders(79, 9.48))],
    }


def simulation_numbers() -> Numbers:
    average, eight, ratchet = preset("average"), metrics(promise=8), Amazon.from_preset("ratchet").run()
    years = ratchet.frames["years"].iloc[[0, -1]]
    members = [preset("prime", promise=days)["member_saving"] for days in (2, 8)]
    return {
        "simulation-insight": [
            rounded(100 * (1 - average["on_time"]), 0),
            *all_rounded([average["stars"], eight["stars"]], 2),
            *all_rounded([100 * average["orders"], 100 * eight["orders"]], 0),
            *all_rounded([*years["delivered"], *years["satisfaction"]], 1),
            rounded(preset("ratchet", adaptation=0)["satisfaction_change"], 1),
            rounded(members[0], 0), rounded(-members[1], 0),
            *all_rounded([preset("generous", returns_days=days)["profit"] for days in (0, 30, 90)], 1),
        ],
    }  # fmt: skip


def data_numbers() -> Numbers:
    table, acsi = parcels(), load("amazon_acsi").set_index("year")["acsi_score"]
    early, late = steepness(0, 4), steepness(4, 7)
    ratio = rounded(late / early, 0)
    return {
        "story": [str(acsi[2003]), str(acsi[2021])],
        "data-slopes": [
            rounded(table.query("mean_delay_days < 0")["orders"].sum(), 0),
            rounded(table["orders"].sum(), 0),
            rounded(implied_ratio(on_time()), 1),
        ],
        "data-slopes-read": [
            *all_rounded([-early, -late], 4),
            ratio,
            rounded(100 * critical_fractile(late / early), 0),
        ],
        "data-acsi-read": [str(acsi[year]) for year in (2003, 2021, 2022)],
        "data-recommend-read": [rounded(cosine([1, 1, 0, 1, 0, 0], [1, 1, 0, 0, 0, 1]), 2)],
        "takeaways": [rounded(100 * on_time(), 1), rounded(implied_ratio(on_time()), 1), ratio, str(acsi[2022])],
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("numbers", [theory_numbers, simulation_numbers, data_numbers])
def test_every_number_of_the_prose_is_the_one_we_compute(numbers: Any, language: str) -> None:
    text = {name: source.replace("0.92 |", ".92 |") for name, source in cells("m12", language).items()}
    assert unnamed(numbers(), text) == []


def test_the_story_holds_in_data_and_simulation() -> None:
    acsi = load("amazon_acsi").set_index("year")["acsi_score"]
    assert acsi[2021] == acsi.min()
    assert acsi[2003] - acsi[2021] == 10
    assert acsi[2022] - acsi[2021] == 6
    satisfaction = Amazon.from_preset("ratchet").run().frames["years"]["satisfaction"]
    assert satisfaction.min() > 80
    olist = Amazon.from_preset("olist")
    assert olist.promise - olist.run().metrics["best_promise"] > 6
    assert metrics(late_weight=11.5)["best_promise"] > metrics()["best_promise"] + 1


def test_the_answers_of_the_questions_are_the_ones_we_compute() -> None:
    asked = questions("m12")
    assert asked["late-day"]["answer"] == round(implied_ratio(on_time()), 1)
    assert asked["break-even"]["answer"] == break_even_orders(79, 9.48)
    assert asked["price-to-share"]["answer"] == pytest.approx(100 * critical_fractile(9))
    assert asked["sample-promise"]["answer"] == sample_promise([2, 3, 3, 6, 10], 3)
    assert asked["membership"]["answer"] == break_even_orders(88, 12)
    book, film = [1] * 4 + [0] * 6, [0] + [1] * 9
    assert asked["cosine-pair"]["answer"] == pytest.approx(cosine(book, film))
    assert "37" in asked["two-ratios"]["question"]["en"]
    assert round(steepness(4, 7) / steepness(0, 4)) == 37


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lesson_runs_from_top_to_bottom(language: str) -> None:
    out = printed("m12", language)
    assert out["theory-compute"] == "0.8\n6.7\n"
    assert out["theory-sample-try"] == "7.0\n"
    assert out["theory-ratchet-try"] == f"{(expectation_path(8, [4.5] * 5, 0.3) - 4.5).round(2)}\n"
    assert out["theory-prime-try"] == "9\n"
    assert out["data-ratio"] == "0.92 11.5\n"
    assert "-0.3165" in out["data-change-me"]
    assert "['tea', 'mug']" in out["data-recommend-try"]


def test_the_mug_leads_to_the_lamp_by_one_customer() -> None:
    import pandas as pd

    shop: dict[str, Any] = {}
    lines = [
        line
        for line in cells("m12", "en")["data-shop"].splitlines()
        if line not in ("import pandas as pd", "bought", "")
    ]
    exec("\n".join(lines), {"pd": pd}, shop)
    bought = shop["bought"]
    assert recommend(bought, ["mug"])[0] == "lamp"
    assert (bought["mug"] * bought["lamp"]).sum() == 1
