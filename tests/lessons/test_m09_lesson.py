"""The prose of m09's lesson says what theory, simulation and data say, in both languages, and its code runs."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd
import pytest

from course.datasets import load
from course.i18n import LANGUAGES
from course.simulations.m09_recovery import Recovery
from course.theory.calming import TECHNIQUES, Caller, after, talk
from course.theory.concentration import closure_rate, pareto, share_of_top
from course.theory.degrees import fit_by_degree
from course.theory.priorities import priority_waits
from course.theory.queueing import mean_wait
from course.theory.recovery import share_to_match, staying
from tests.lessons.prose import (
    Ledger,
    Numbers,
    all_rounded,
    last_words,
    printed,
    questions,
    rounded,
)

RATES = (0.2, 0.6, 1.2)
FATES = (0.4, 0.3, 0.3)
LIKELY = "share_repurchase_8_or_more"
INDUSTRIES = ("all", "bank", "airline", "internet", "food")
CALLS = ("calls about heating", "about heating: not on yet", "about heating: too cold")
KINDS = ("temperature not met", "not heated on time", "pipe repair late")


@cache
def preset(key: str, **values: float) -> dict[str, float]:
    return Recovery.from_preset(key, **values).run().metrics


def tarp(loss: str, complaining: float, fates: tuple[float, ...] = FATES) -> float:
    row = load("tarp_repurchase").set_index("loss").loc[loss]
    rates = row[["complained_resolved_fast", "complained_resolved", "complained_unresolved"]].to_numpy(float)
    return staying(complaining, row["silent"], fates, rates)


def hotline() -> dict[str, float]:
    return dict(load("heating_appeals_liaoning").set_index("measure")["value"])


def reported(place: str, measure: str) -> float:
    table = load("heating_hotlines_china")
    return float(table[(table["place"] == place) & (table["measure"] == measure)]["value"].iloc[0])


def fates_of(industry: str) -> pd.DataFrame:
    table = load("acsi_2015_complaints")
    return table[table["industry"] == industry].set_index("complaint")


def needed_and_today(industry: str) -> tuple[float, float]:
    """Return which share would have to be handled 9 or 10 to draw level, and which is, in percent."""
    table = fates_of(industry)
    rest = table.drop(["did not complain", "handled 9-10"])
    mixed = (rest["customers"] * rest[LIKELY]).sum() / rest["customers"].sum()
    needed = share_to_match(table[LIKELY]["did not complain"], table[LIKELY]["handled 9-10"], mixed)
    return 100 * needed, 100 * table["customers"]["handled 9-10"] / table["customers"].iloc[1:].sum()


def complaining(industry: str) -> float:
    customers = fates_of(industry)["customers"]
    return float(100 * customers.iloc[1:].sum() / customers.sum())


@cache
def winter() -> tuple[Any, pd.DataFrame]:
    days = load("nyc_heat_daily_2025").head(59)
    days["mean"] = (days["tmax_c"] + days["tmin_c"]) / 2
    line = fit_by_degree(days["mean"], days["heat_complaints"])
    return line, days.assign(against=line.against_expected(days["mean"], days["heat_complaints"]))


def spells() -> tuple[pd.DataFrame, pd.DataFrame]:
    days = winter()[1]
    return days.iloc[5:9], days.iloc[47:52]


def addresses(top: float) -> float:
    table = load("nyc_heat_per_address_brooklyn")
    return 100 * share_of_top(top, table["complaints_per_address"], table["addresses"])


def money(year: int, *, credit_reports: bool = True) -> tuple[float, float, float]:
    """Return answered in time, money back and the share of credit reports, in percent."""
    cases = load("cfpb_responses_2023_2025")
    cases = cases[cases["year"] == year]
    reports = cases["product"].str.startswith("Credit reporting")
    share = 100 * cases[reports]["complaints"].sum() / cases["complaints"].sum()
    cases = cases if credit_reports else cases[~reports]
    paid = cases[cases["response"] == "Closed with monetary relief"]["complaints"].sum()
    whole = cases["complaints"].sum()
    return 100 * cases["answered_in_time"].sum() / whole, 100 * paid / whole, share


def theory_numbers() -> Numbers:
    waits = 60 * priority_waits(RATES, 1 / 3)
    appeals = hotline()
    kinds = pareto([appeals[kind] for kind in KINDS], appeals["appeals received"])
    tarps = [tarp("over 100 USD", share) for share in (0.05, 0.3)]
    ends = [tarp("over 100 USD", 0.3, fates) for fates in ((1, 0, 0), (0, 0, 1))]
    rate = rounded(100 * closure_rate(appeals["appeals received"], appeals["appeals closed"]), 2)
    match = needed_and_today("all")
    first, second = spells()
    return {
        "story": [*all_rounded([appeals["appeals received"], appeals["appeals closed"], appeals[KINDS[0]],
                                appeals[KINDS[1]], appeals["mean reply time"]], 0), rate],
        "theory": all_rounded((reported("Liaocheng", key) for key in CALLS), 0),
        "theory-tarp": all_rounded(100 * load("tarp_repurchase").set_index("loss").loc["over 100 USD"], 0),
        "theory-tarp-read": all_rounded([*tarps, *ends, *(tarp("1 to 5 USD", share) for share in (0.05, 0.3))], 4),
        "theory-first": [rounded(60 * mean_wait(sum(RATES) / 3, 1, 1 / 3), 0)],
        "theory-first-read": [*all_rounded(waits, 1), rounded(60 * mean_wait(sum(RATES) / 3, 1, 1 / 3), 0)],
        "theory-track": all_rounded([reported("Liaoning", "closed"), reported("Liaoning", "satisfied"),
                                     reported("Liaoning", "closed") - reported("Liaoning", "satisfied")], 1),
        "theory-prevent": [*all_rounded(100 * kinds.shares, 2), rounded(100 * kinds.cumulated[-1], 2),
                           rounded(appeals["appeals received"], 0)],
        "takeaways": [*all_rounded(waits, 1), rate, *all_rounded(match, 1), rounded(addresses(0.01), 1),
                      rounded(100 * winter()[0].colder, 1), rounded(less(first, second), 0),
                      *all_rounded(100 * fates_of("all")[LIKELY][["handled 9-10", "did not complain"]], 1),
                      rounded(60 * mean_wait(sum(RATES) / 3, 1, 1 / 3), 0)],
    }  # fmt: skip


def less(first: pd.DataFrame, second: pd.DataFrame) -> float:
    return float(100 * (1 - second["heat_complaints"].mean() / first["heat_complaints"].mean()))


def simulation_numbers() -> Numbers:
    bare, all_known, colder = preset("as-it-comes"), preset("as-it-comes", triage=100), preset("colder")
    book, asked = preset("closed"), preset("closed", followup=100)
    quick, honest = preset("quick-word"), preset("as-it-comes", promise=32)
    both, eldest = preset("as-it-comes", promise=32, calming=70), preset("eldest-brother")
    hours = [*(one[key] for one in (bare, all_known) for key in ("urgent_wait", "other_wait")),
             bare["cases"], colder["cases"], colder["other_wait"], book["other_wait"], asked["other_wait"]]  # fmt: skip
    shares = [one[key] for one in (quick, honest, both) for key in ("kept", "satisfied")]
    shares += [one[key] for one in (book, asked) for key in ("closed", "fixed")]
    piles = [
        one["peak"]
        for one in (bare, colder, eldest, preset("as-it-comes", crews=6), preset("eldest-brother", removes=40))
    ]
    return {
        "simulation-debrief": [
            *all_rounded(hours, 1), *all_rounded(piles, 0), *all_rounded((100 * one for one in shares), 1),
        ],
    }  # fmt: skip


def spent() -> dict[str, Numbers]:
    """Return what is written in thousands in English, in 万 in Chinese."""
    costs = [preset("eldest-brother")["cost"], preset("as-it-comes", crews=6)["cost"]]
    return {
        "en": {"simulation-debrief": all_rounded(costs, 0)},
        "zh": {"simulation-debrief": all_rounded([cost / 10 for cost in costs], 1)},
    }


def data_numbers() -> Numbers:
    line, _ = winter()
    first, second = spells()
    table = load("nyc_heat_per_address_brooklyn")
    each, many = table["complaints_per_address"], table["addresses"]
    districts = load("nyc_heat_districts_2017_18")[
        ["heat_complaints", "heat_violations", "lots_with_complaints", "lots_with_violations"]
    ].sum()
    lines = load("beijing_12345").set_index("year")
    causes = hotline()
    both = [needed_and_today(industry) for industry in INDUSTRIES]
    paid = [money(year) for year in (2023, 2024, 2025)]
    phone = [reported("Liaocheng", key) for key in ("answered on the phone", "heating appeals (one district)")]
    return {
        "predict": [rounded(100 * fates_of("all")[LIKELY]["did not complain"], 1)],
        "data": [rounded(fates_of("all")["customers"].sum(), 0)],
        "data-match-read": [*all_rounded(100 * fates_of("all")[LIKELY], 1), *all_rounded(sum(both, ()), 1),
                            rounded(fates_of("food")["customers"].iloc[1:].sum(), 0)],
        "data-match-limits": [rounded(100 * load("tarp_repurchase")["silent"].iloc[0], 0),
                              rounded(100 * fates_of("all")[LIKELY]["did not complain"], 1)],
        "data-degree-read": [rounded(100 * line.colder, 1), rounded(line.correlation, 2),
                             *all_rounded([first["mean"].mean(), second["mean"].mean()], 1)],
        "data-spells-read": [*all_rounded([first["heat_complaints"].mean(), second["heat_complaints"].mean()], 0),
                             *all_rounded([first["against"].mean(), second["against"].mean()], 2),
                             rounded(less(first, second), 0)],
        "data-houses": all_rounded([many.sum(), each @ many], 0),
        "data-houses-read": [*all_rounded((addresses(top) for top in (0.01, 0.1, 0.2)), 1),
                             rounded(100 * many.iloc[0] / many.sum(), 1), rounded(each.max(), 0)],
        "data-closed-read": [
            *all_rounded((one[0] for one in paid), 1), *all_rounded((one[1] for one in paid), 2),
            *all_rounded([paid[0][2], paid[2][2]], 1),
            *all_rounded((money(year, credit_reports=False)[1] for year in (2023, 2025)), 2),
            *all_rounded(districts[["heat_complaints", "heat_violations"]], 0),
            rounded(100 * districts["heat_violations"] / districts["heat_complaints"], 1),
            rounded(100 * districts["lots_with_violations"] / districts["lots_with_complaints"], 1),
            rounded(lines["resolved_percent"][2019], 0), rounded(lines["resolved_percent"][2024], 1),
        ],
        "critical": all_rounded([complaining("internet"), complaining("food")], 1),
        "critical-user": [*all_rounded([causes["cause: user side"], causes["cause: heat source and network"],
                                        causes["cause: housing and developer"], 100 * phone[0] / phone[1]], 1),
                          *all_rounded(phone, 0)],
    }  # fmt: skip


def requests() -> dict[str, Numbers]:
    """Return what is written in millions in English, in 万 in Chinese."""
    asked = load("beijing_12345").set_index("year")["requests_m"][[2019, 2023]]
    return {
        "en": {"data-closed-read": all_rounded(asked, 2)},
        "zh": {"data-closed-read": all_rounded(100 * asked, 0)},
    }


# by cell, what vouches for the numbers that nothing here computes: a key of the references, or one of `prose.KINDS`
STATED: dict[str, dict[str, str]] = {
    "predict": {"data": "1 10"},
    "theory": {"goodman-newman-2003": "3 69 142", "data": "2018"},
    "theory-tarp": {"chosen": "40 30 5", "data": "100"},
    "theory-tarp-read": {"data": "1 5"},
    "theory-first": {"chosen": "0.2 0.6 1.2 12 17 20", "definition": "18 1"},
    "theory-track": {"data": "2023 24"},
    "theory-prevent": {"heguanzi": "16", "section": "6.3"},
    "theory-words": {"chosen": "15.8 0 100", "definition": "18"},
    "theory-limits": {"section": "6.1"},
    "simulation-desk": {"data": "2025 1 2", "section": "4.3"},
    "simulation-debrief": {"chosen": "40"},
    "data": {"data": "2015"},
    "data-match": {"data": "9 10"},
    "data-match-read": {"data": "9 10 7 8"},
    "data-degree": {"data": "2025 1 2"},
    "data-degree-read": {"data": "1 2 6 9 17 21"},
    "data-spells-read": {"data": "1 2"},
    "data-houses": {"data": "2010 2015"},
    "data-houses-read": {"section": "5.5", "counted": "307"},
    "data-closed-read": {"data": "2023 2025 2017 18 2019 2024 12345"},
    "critical": {"quoted": "96 100 3 4", "goodman-newman-2003": "142 69", "data": "2015", "section": "6.2"},
    "takeaways": {"goodman-newman-2003": "3 69 142", "data": "9 10"},
}

LEDGER = Ledger(
    "m09",
    STATED,
    (theory_numbers, simulation_numbers, data_numbers),
    simulation=Recovery,
    apart=(lambda language: spent()[language], lambda language: requests()[language]),
)


def test_the_debrief_names_what_the_simulation_shows() -> None:
    bare, known, book, asked = (
        preset("as-it-comes"),
        preset("as-it-comes", triage=100),
        preset("closed"),
        preset("closed", followup=100),
    )
    assert known["urgent_wait"] < bare["urgent_wait"]
    assert known["other_wait"] > bare["other_wait"]
    assert asked["fixed"] > book["fixed"]
    assert asked["closed"] < book["closed"]
    assert asked["kept"] < book["kept"]
    assert asked["satisfied"] < book["satisfied"]
    assert preset("eldest-brother")["peak"] < preset("as-it-comes", crews=6)["peak"]
    calls, waits = (preset("colder")[key] / bare[key] for key in ("cases", "other_wait"))
    assert calls == pytest.approx(1.2, abs=0.03)
    assert waits == pytest.approx(4, abs=0.3)
    assert Recovery.preset("colder").values == {"colder": 2}
    goal = next(goal for goal in Recovery.words().goals if goal.key == "kept-word")
    assert goal.reached_by == {"promise": 32, "calming": 70}


def test_words_too_early_do_the_opposite_and_after_hearing_they_help() -> None:
    for move in ("explain", "offer-choice", "promise-time"):
        assert after(Caller(50), move).anger > 50
        heard = talk(50, ["let-finish", "name-feeling", "repeat-back"])
        assert after(heard, move).anger < heard.anger
    assert len(TECHNIQUES) == 10


def test_the_data_say_no_more_than_the_text_does() -> None:
    gaps = {industry: needed_and_today(industry) for industry in INDUSTRIES}
    assert [industry for industry, (needed, today) in gaps.items() if today >= needed] == ["food"]
    likely = fates_of("all")[LIKELY]
    assert list(likely[likely > likely["did not complain"]].index) == ["handled 9-10"]
    first, second = spells()
    assert list(first["date"].iloc[[0, -1]]) == ["2025-01-06", "2025-01-09"]
    assert list(second["date"].iloc[[0, -1]]) == ["2025-02-17", "2025-02-21"]
    assert second["mean"].mean() < first["mean"].mean()
    assert round(load("nyc_heat_per_address_brooklyn")["addresses"].sum() / 100) == 307
    assert money(2025)[1] < money(2023)[1] / 3 < money(2023)[1]
    asked = load("beijing_12345").set_index("year")["requests_m"]
    assert asked[2023] / asked[2019] == pytest.approx(3, abs=0.1)


def test_the_answers_of_the_questions_are_the_ones_we_compute() -> None:
    asked = questions("m09")
    assert asked["to-match"]["answer"] == round(needed_and_today("all")[0])
    assert f" {round(needed_and_today('all')[1])}." in asked["to-match"]["reveal"]["en"]
    assert asked["one-degree"]["answer"] == round(100 * winter()[0].colder)
    assert (1 + winter()[0].colder) ** 5 > 1.5
    assert asked["top-hundredth"]["answer"] == round(addresses(0.01))
    average = staying(1, 0, FATES, (0.82, 0.54, 0.19))
    assert average == pytest.approx(0.547)
    assert asked["fifth-complain"]["answer"] == pytest.approx(100 * staying(0.2, 0.09, (1,), (average,)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lesson_runs_from_top_to_bottom(language: str) -> None:
    said = printed("m09", language)
    assert last_words(said["theory-tarp-try"]) == ["0.1128"]
    assert last_words(said["theory-first-try"]) == ["14.3", "19.5", "54.5", "40.0"]
    assert last_words(said["data-match-try"]) == ["0.783", "0.297"]
    assert last_words(said["data-degree-try"]) == ["9.4", "-0.9"]
    assert last_words(said["data-spells"]) == ["-3.0", "3428", "1.49"]
    assert last_words(said["data-houses-try"]) == ["22.5"]
    assert last_words(said["data-closed-try"]) == ["99.6", "1.58"]
