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
from course.theory.promise import (
    another_day,
    critical_fractile,
    implied_ratio,
    normal_promise,
    promise_cost,
    sample_promise,
)
from course.theory.recommend import cosine, recommend
from course.theory.returns import lift_that_pays, returns_profit
from tests.lessons.prose import (
    Ledger,
    Numbers,
    all_rounded,
    cells,
    last_words,
    printed,
    questions,
    rounded,
)

TEN = [3, 4, 4, 5, 5, 6, 6, 7, 9, 12]


def metrics(**values: float) -> dict[str, float]:
    return Amazon(**values).run().metrics


def preset(key: str, **values: float) -> dict[str, float]:
    return Amazon.from_preset(key, **values).run().metrics


def parcels() -> Any:
    return load("olist_delay_by_day").dropna()


def on_time() -> float:
    table = parcels()
    return float(table.query("mean_day <= 0")["orders"].sum() / table["orders"].sum())


def by_month() -> Any:
    return load("olist_on_time_by_month").set_index("month")["share_on_time"]


def steepness(first: int, last: int) -> float:
    rows = parcels().iloc[first:last]
    return slope(rows["mean_day"], rows["mean_review_stars"], rows["orders"])


def a_day_more(promise: float, late_cost: float) -> list[float]:
    row = another_day(TEN, late_cost).set_index("promise").loc[promise]
    return [row["saves"], row["costs"]]


def theory_numbers() -> Numbers:
    return {
        "theory": [rounded(100 * critical_fractile(4), 0), rounded(normal_promise(5, 2, 4), 1), ".93"],
        "theory-sample": [rounded(sample_promise(TEN, 4), 0), *map(str, TEN)],
        "theory-sides-read": [
            *all_rounded([one for promise in (3, 7) for one in a_day_more(promise, 4)], 1),
            rounded(100 * critical_fractile(4), 0),
            rounded(sample_promise(TEN, 9), 0),
        ],
        "theory-ratchet": [rounded(8 - 4.5, 1)],
        "theory-prime": [rounded(79 / 9.48, 2), str(break_even_orders(79, 9.48))],
        "theory-returns": [rounded(returns_profit(100, 12, 0.04, 8), 0)],
        "theory-returns-read": [
            *all_rounded([returns_profit(100, 12, 0.04, 8), returns_profit(110, 12, 0.14, 8)], 0),
            rounded(100 * lift_that_pays(12, 8, 0.04, 0.14), 1),
        ],
    }


def simulation_numbers() -> Numbers:
    average, eight, ratchet = preset("average"), metrics(promise=8), Amazon.from_preset("ratchet").run()
    olist = preset("olist")["on_time"]
    years = ratchet.frames["years"].iloc[[0, -1]]
    members = [preset("prime", promise=days)["member_saving"] for days in (2, 8)]
    return {
        "simulation-insight": [
            rounded(100 * (1 - average["on_time"]), 0),
            *all_rounded([average["stars"], eight["stars"]], 2),
            *all_rounded([100 * average["orders"], 100 * eight["orders"]], 0),
            *all_rounded([100 * olist, 100 * (1 - olist)], 2),
            rounded(implied_ratio(olist), 1),
            *all_rounded([*years["delivered"], *years["satisfaction"]], 1),
            rounded(preset("ratchet", adaptation=0)["satisfaction_change"], 1),
            rounded(members[0], 0), rounded(-members[1], 0),
            *all_rounded([preset("generous", returns_days=days)["profit"] for days in (0, 30, 90)], 1),
        ],
    }  # fmt: skip


def data_numbers() -> Numbers:
    table, acsi = parcels(), load("amazon_acsi").set_index("year")["acsi_score"]
    early, late = steepness(0, 4), steepness(5, 9)
    ratio = rounded(late / early, 0)
    careless = float(table.query("mean_day < 0")["orders"].sum() / table["orders"].sum())
    worst, best = by_month().min(), by_month().max()
    return {
        "story": [str(acsi[2003]), str(acsi[2021])],
        "data-month": [
            rounded(table.query("mean_day <= 0")["orders"].sum(), 0),
            rounded(table["orders"].sum(), 0),
            *all_rounded([100 * on_time(), implied_ratio(on_time()), 100 * careless, implied_ratio(careless)], 1),
        ],
        "data-slopes": [
            *all_rounded([100 * worst, implied_ratio(worst), 100 * best], 1),
            rounded(implied_ratio(best), 0),
        ],
        "data-slopes-read": [
            *all_rounded([-early, -late], 4),
            ratio,
            rounded(100 * critical_fractile(late / early), 0),
            rounded(implied_ratio(on_time()), 0),
        ],
        "data-acsi-read": [str(acsi[year]) for year in (2003, 2019, 2021, 2022)],
        "data-recommend-read": [rounded(cosine([1, 1, 0, 1, 0, 0], [1, 1, 0, 0, 0, 1]), 2)],
        "takeaways": [
            *all_rounded([100 * on_time(), implied_ratio(on_time()), 100 * careless, implied_ratio(careless)], 1),
            rounded(implied_ratio(worst), 1),
            rounded(implied_ratio(best), 0),
            ratio,
            str(acsi[2022]),
        ],
    }


def said_again_numbers() -> Numbers:
    """What the prose says a second time, or in round figures."""
    ratio, kept = rounded(implied_ratio(on_time()), 0), rounded(100 * on_time(), 0)
    return {
        "theory": ["0.93"],
        "theory-sample": [rounded(100 * critical_fractile(4), 0)],
        "theory-returns": [rounded(100 * (1 - 0.04), 0)],
        "simulation": [ratio],
        "simulation-insight": [ratio, kept],
        "data-month": [ratio],
        "data-slopes-read": [kept, rounded(1 + round(steepness(5, 9) / steepness(0, 4)), 0)],
    }


def test_the_story_holds_in_data_and_simulation() -> None:
    acsi = load("amazon_acsi").set_index("year")["acsi_score"]
    assert acsi[2021] == acsi.min()
    assert (acsi[2003] - acsi[2019], acsi[2019] - acsi[2021], acsi[2022] - acsi[2021]) == (5, 5, 6)
    assert by_month().idxmin() == "2018-03"
    assert by_month().idxmax() == "2018-06"
    assert 0.86 * 110 < 0.96 * 100, "kept orders, whatever the margin"
    satisfaction = Amazon.from_preset("ratchet").run().frames["years"]["satisfaction"]
    assert satisfaction.min() > 80
    olist = Amazon.from_preset("olist")
    assert olist.promise - olist.run().metrics["best_promise"] > 6
    assert metrics(late_weight=14)["best_promise"] > metrics()["best_promise"] + 1


def test_the_answers_of_the_questions_are_the_ones_we_compute() -> None:
    asked = questions("m12")
    assert asked["late-day"]["answer"] == pytest.approx(implied_ratio(14 / 15))
    assert on_time() == pytest.approx(14 / 15, abs=0.0005)
    assert asked["break-even"]["answer"] == break_even_orders(79, 9.48)
    assert asked["price-to-share"]["answer"] == pytest.approx(100 * critical_fractile(9))
    june = load("olist_on_time_by_month").set_index("month").loc["2018-06"]
    assert f"{june['late_orders']:.0f} of {june['orders']:,.0f}" in str(asked["whose-price"])
    years = Amazon.from_preset("ratchet").run().frames["years"].iloc[[0, -1]]
    for number in all_rounded([*years["delivered"], *years["satisfaction"]], 1):
        assert number in asked["faster-and-sadder"]["question"]["en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lesson_runs_from_top_to_bottom(language: str) -> None:
    out = printed("m12", language)
    assert last_words(out["theory-compute"]) == ["0.8", "6.7"]
    assert " 7.0\n4 " in out["theory-sample-try"]
    costs = [float(line.split()[1]) for line in out["theory-sample-try"].splitlines()[1:]]
    assert costs == [round(promise_cost(days, TEN, 4), 2) for days in range(4, 10)]
    lead = expectation_path(8, [4.5] * 5, 0.3)[1:] - 4.5
    assert [float(part) for part in out["theory-ratchet-try"].split()[1::2]] == pytest.approx(lead, abs=0.0051)
    assert out["theory-prime-try"].endswith(" 9\n")
    assert last_words(out["data-ratio"]) == ["0.933", "14.0"]
    assert "-0.3345" in out["data-change-me"]
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


# Numbers of the prose that nothing here computes, by cell and by what vouches for them
STATED = {
    "story": {"del-rey-2019": "79 9.48 2005 2 4", "data": "2000 2021"},
    "predict": {"chosen": "14 15"},
    "predict-two": {"del-rey-2019": "79 2005"},
    "theory": {"cui-2024": "0.73 0.51", "chosen": "20 1 2 4 5"},
    "theory-sides": {"definition": "1"},
    "theory-sides-read": {"chosen": "3 4 7"},
    "theory-prime": {"del-rey-2019": "79 9.48", "associated-press-2025": "2.5 25"},
    "theory-returns": {"chosen": "100 14 12 4 8"},
    "theory-returns-read": {"janakiraman-2016": "21"},
    "theory-limits": {"cui-2024": "0.73", "chosen": "24", "data": "10"},
    "simulation": {"cui-2024": "0.73"},
    "simulation-olist": {"chosen": "23.5 12.5", "olist-2018": "5164 23.8 12.5"},
    "simulation-ratchet": {"chosen": "0.3 30 90"},
    "simulation-insight": {"chosen": "100 80 30 90"},
    "data": {"section": "4.3", "chosen": "20 0.6 3", "definition": "0 1"},
    "critical": {"mackenzie-2013": "35 10", "chosen": "100", "marketingcharts-2023": "87 84 78 0 3", "data": "2021"},
    "critical-obsession": {"section": "4.5", "del-rey-2019": "2005"},
    "critical-survivor": {"cnet-2001": "60 6000 1100 1998 4"},
    "data-slopes": {"data": "2017 11 3 6"},
    "data-acsi": {"del-rey-2019": "2005"},
    "data-acsi-read": {"data": "2021 2022 2"},
    "takeaways": {"del-rey-2019": "2005"},
    "data-recommend": {"definition": "0 1"},
    "data-recommend-read": {"definition": "0"},
}

LEDGER = Ledger(
    "m12", STATED, (theory_numbers, simulation_numbers, data_numbers), simulation=Amazon, known=(said_again_numbers,)
)
