"""The prose of m04's lesson says what theory, simulation and data say, in both languages, and its code runs."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from scipy.stats import chi2_contingency, fisher_exact

from course.datasets import load
from course.i18n import LANGUAGES
from course.simulations.m04_designing_delight import DesigningDelight
from course.theory import drift, kano, knapsack
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

GRIP = (7, 32.3, 49.3, 9.5)
GIFT_CARD = [45, 123, 95, 33, 0, 0]
TRAP = ([70, 20, 39, 37, 7, 5, 10], [31, 10, 20, 19, 4, 3, 6])
WORDINGS = ("W1", "W2", "W3", "W4")
SPREAD = [60, 20, 5, 15]


@cache
def preset(key: str, **values: float) -> dict[str, float]:
    return DesigningDelight.from_preset(key, **values).run().metrics


@cache
def counted(survey: str, wording: str, feature: str, table: kano.Table = kano.STANDARD) -> np.ndarray:
    rows = load("kano_money_counts").query("survey == @survey and wording == @wording and feature == @feature")
    pairs = np.zeros((5, 5))
    pairs[rows["functional"] - 1, rows["dysfunctional"] - 1] = rows["respondents"]
    return kano.tally(pairs, table)


def convenient() -> list[np.ndarray]:
    return [counted("storage", wording, "Convenient storage") for wording in WORDINGS]


def sent(feature: str) -> np.ndarray:
    return counted("transfers", "W4", feature)


def tips() -> Any:
    return load("tip_joke_experiment").set_index("card_with_the_bill")


def young() -> np.ndarray:
    ages = load("kano_money_by_age").query("feature == 'Convenient transfers'").set_index("age_group")
    return ages.loc["under 30", list("AOMIRQ")].to_numpy(float)


def homes(item: str, year: int) -> float:
    return float(load("household_features_us").query("item == @item and year == @year").iloc[0, 2])


def theory_numbers() -> Numbers:
    standard, pouliot = kano.tally(np.ones((5, 5))), kano.tally(np.ones((5, 5)), kano.POULIOT)
    fong, strength = kano.fong(GIFT_CARD), kano.strength(GIFT_CARD)
    best, greedy = knapsack.best(*TRAP, 50), knapsack.greedy(*TRAP, 50)
    path = drift.path(SPREAD, 0.3, 5)
    a, o, m, _i = path[-1]
    return {
        "theory-kano": [str(standard[at]) for at in (0, 1, 2, 3, 4, 5)] + [str(pouliot[3]), str(pouliot[5])],
        "theory-better": [
            rounded(float(kano.better(*GRIP)), 3),
            rounded(float(kano.worse(*GRIP)), 3),
            rounded(GRIP[0] + GRIP[1], 1),
            rounded(-(GRIP[1] + GRIP[2]), 1),
            rounded(sum(GRIP), 1),
        ],
        "theory-sure": [
            rounded(fong.difference, 0), rounded(fong.critical, 2), str(sum(GIFT_CARD)),
            rounded(strength.category, 1), rounded(strength.total, 1),
        ],
        "theory-budget-read": [
            rounded(greedy.value, 0), rounded(best.value, 0),
            rounded(TRAP[0][1] / TRAP[1][1], 2), rounded(TRAP[0][3] / TRAP[1][3], 2), str(best.cost),
        ],
        "theory-drift": all_rounded(path[1][:3], 0),
        "theory-drift-read": all_rounded([SPREAD[0] + SPREAD[1], SPREAD[1] + SPREAD[2], a + o, o + m], 0),
    }  # fmt: skip


def simulation_numbers() -> Numbers:
    start, chase, basics, fresh = (preset(key) for key in ("delight-only", "every-year", "basics-first", "new-ideas"))
    both = preset("delight-only", fear=1.5, every=2)
    return {
        "simulation-debrief": all_rounded(
            [
                start["delights_first"], start["delights_end"], start["missed_first"], start["missed_end"],
                chase["complaints_end"], start["complaints_end"], basics["complaints"], start["complaints"],
                basics["delights"], start["delights"], both["delights"], both["complaints"], fresh["delights_end"],
                fresh["complaints_end"], preset("tight")["lost"],
            ],
            2,
        ),
        "takeaways": [
            *all_rounded([start["delights_first"], start["delights_end"]], 2),
            *all_rounded([knapsack.best(*TRAP, 50).value, knapsack.greedy(*TRAP, 50).value], 0),
            *(str(sent(feature)[0]) for feature in ("Secure transfers", "Responsive transfers")),
        ],
    }  # fmt: skip


def data_numbers() -> Numbers:
    groups, secure, prompt = convenient(), sent("Secure transfers"), sent("Responsive transfers")
    main = np.array([numbers[:4] for numbers in groups])
    chance, fongs = chi2_contingency(main), [kano.fong(numbers) for numbers in groups]
    clear = [counted("storage", "W2", "Transparent storage", table) for table in (kano.STANDARD, kano.POULIOT)]
    important = load("kano_money_features").query("survey == 'transfers'").set_index("feature")["mean_importance"]
    ages = load("kano_money_by_age").query("feature == 'Convenient transfers'").set_index("age_group")
    joke, none = tips().loc["joke"], tips().loc["no card"]
    split = [[row["left_a_tip"], row["customers"] - row["left_a_tip"]] for row in (joke, none)]
    everyone = [
        sum(int(counted("storage", wording, "Convenient storage").sum()) for wording in WORDINGS),
        int(secure.sum()),
    ]
    return {
        "predict": [rounded(important["Secure transfers"], 2), str(everyone[1])],
        "predict-two": [str(everyone[0])],
        "data": [str(number) for number in everyone],
        "data-change-read": [
            *all_rounded([float(kano.better(*numbers)) for numbers in main], 3),
            *all_rounded([float(kano.worse(*numbers)) for numbers in main], 3),
            rounded(chance.statistic, 1), str(chance.dof), rounded(chance.pvalue, 5),
            *(rounded(fong.difference, 0) for fong in fongs), *(rounded(fong.critical, 2) for fong in fongs),
        ],
        "data-table-read": [str(n) for n in (clear[0][3], clear[0][0], clear[1][3], clear[0][3] - clear[1][3])],
        "data-importance-read": [
            str(secure[0]), str(prompt[0]), str(sent("Anonymous transfers")[4]), str(everyone[1]),
            *all_rounded(important[["Secure transfers", "Responsive transfers"]], 2),
        ],
        "data-age-read": [
            str(ages.loc["under 30", "I"]), str(ages.loc["under 30", "O"]), str(ages.loc["30 and over", "O"]),
            rounded(chi2_contingency(ages[list("AOMI")]).pvalue, 5),
            rounded(kano.fong(young()).difference, 0), rounded(kano.fong(young()).critical, 2),
        ],
        "data-home-read": [
            *(f"{homes('Microwave', year):g}" for year in (1975, 1992, 2017)), f"{homes('Dishwasher', 2011):g}",
        ],
        "critical-tips-read": [
            *(str(row[name]) for row in (joke, none) for name in ("left_a_tip", "customers")),
            str(tips().loc["advertisement", "left_a_tip"]), str(tips().loc["advertisement", "customers"]),
            rounded(chi2_contingency(split, correction=False).pvalue, 3), rounded(fisher_exact(split).pvalue, 3),
            rounded(chi2_contingency(split).pvalue, 3),
        ],
    }  # fmt: skip


def test_the_debrief_names_what_the_simulation_shows() -> None:
    plan = DesigningDelight.from_preset("every-year").run().frames["plan"].query("feature == 'same_day'")
    assert plan["state"].tolist() == ["offered"] * 4 + ["not_offered"]
    start, chase = preset("delight-only"), preset("every-year")
    assert chase["complaints_end"] > start["complaints_end"]
    assert preset("delight-only", pace=0)["delights_end"] == start["delights_first"]
    assert preset("delight-only", rivals=0)["complaints_end"] < start["complaints_end"]


def test_the_theory_says_which_set_and_which_year() -> None:
    assert knapsack.greedy(*TRAP, 50).items == (0, 1, 4, 5)
    assert knapsack.best(*TRAP, 50).items == (0, 3)
    assert drift.years_to_must(SPREAD, 0.3) == 4
    assert float(kano.worse(*GRIP)) / float(kano.better(*GRIP)) == pytest.approx(-2, abs=0.1)


def test_the_data_say_no_more_than_the_text_does() -> None:
    groups = convenient()
    assert [kano.largest(numbers) for numbers in groups] == [("O",), ("A",), ("I",), ("O",)]
    assert [kano.fong(numbers).differ for numbers in groups] == [True, False, False, True]
    clear = [counted("storage", "W2", "Transparent storage", table) for table in (kano.STANDARD, kano.POULIOT)]
    assert [kano.largest(numbers) for numbers in clear] == [("I",), ("A",)]
    assert kano.fong(clear[0]).difference == 4
    assert kano.fong(clear[0]).critical > 10
    important = load("kano_money_features").query("survey == 'transfers'").sort_values("mean_importance")
    ranked = important["feature"].tolist()[::-1]
    assert ranked[0] == "Secure transfers"
    assert ranked[4] == max(ranked, key=lambda feature: sent(feature)[0]) == "Responsive transfers"
    assert kano.largest(sent("Convenient transfers")) == ("O",)
    assert not kano.fong(young()).differ
    assert load("household_features_us").query("item == 'Dishwasher'")["year"].agg(["min", "max"]).tolist() == [
        1922,
        2011,
    ]


def test_the_answers_of_the_questions_are_the_ones_we_compute() -> None:
    asked = questions("m04")
    assert asked["important-delights"]["answer"] == sent("Secure transfers")[0]
    third = -100 * float(kano.worse(*convenient()[2][:4]))
    assert asked["reworded"]["answer"] == pytest.approx(third, abs=0.5)
    assert asked["microwave"]["answer"] == homes("Microwave", 1992)
    assert asked["compute-worse"]["answer"] == pytest.approx(-100 * float(kano.worse(20, 30, 25, 15)), abs=0.05)
    bargain = ([9, 5, 3], [10, 4, 5], 10)
    assert [knapsack.greedy(*bargain).items, knapsack.best(*bargain).items] == [(1, 2), (0,)]


def test_the_reveals_and_the_feedback_quote_the_theory_and_the_data() -> None:
    start, second = preset("delight-only"), convenient()[1]
    secure, anonymous = sent("Secure transfers"), counted("storage", "W2", "Anonymous storage")
    quoted = {
        "important-delights": [str(secure[1]), str(secure[2])],
        "reworded": [rounded(-100 * float(kano.worse(*convenient()[0][:4])), 0)],
        "one-letter": [
            str(second[0]), str(second[3]), str(second.sum()), rounded(kano.fong(second).critical, 2),
            str(anonymous[3]), str(anonymous[4]),
        ],
        "after-five-years": all_rounded(
            [start[name] for name in ("delights_first", "delights_end", "missed_first", "missed_end")], 2
        ),
        "the-bargain": ["1.25", "0.9"],
    }  # fmt: skip
    assert unquoted("m04", quoted) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bet_of_the_chase_quotes_delight_only(language: str) -> None:
    (bet,) = (one for one in DesigningDelight.words().bets if one.key == "every-year")
    assert rounded(preset("delight-only")["complaints_end"], 2) in bet.question[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lesson_runs_from_top_to_bottom(language: str) -> None:
    out = printed("m04", language)
    assert out["theory-kano-try"].endswith(" A O M I R\n")
    assert last_words(out["theory-better-try"]) == ["0.401", "-0.832"]
    assert last_words(out["theory-sure-try"]) == ["28.0", "19.36", "9.5", "88.9"]
    assert last_words(out["theory-budget-try"]) == ["102.0", "107.0"]
    assert "[10.1 25.  49.9 15. ]" in out["theory-drift-try"]
    assert last_words(out["data-change-me"])[-2:] == ["0.512", "-0.64"]
    assert out["data-words-show"].splitlines()[0] == "It must be that way"
    assert "I    35" in out["data-table-show"]
    assert "I    30" in out["data-table-show"]


# Numbers of the prose that nothing here computes, by cell and by what vouches for them
STATED = {
    "story": {"sauerwein-1996": "7 49.3 100"},
    "predict": {"definition": "1 9"},
    "theory-kano": {"definition": "1 5 25"},
    "theory-better": {"sauerwein-1996": "7 9.5 32.3 49.3", "definition": "0 1", "chosen": "20"},
    "theory-sure": {"fong-1996": "1.65", "chosen": "95 123"},
    "theory-budget": {"martello-toth-1990": "2 3 4 5 6 7 10 19 20 31 37 39 50 70", "definition": "0 1"},
    "theory-budget-read": {"counted": "1 2 4 5 6"},
    "theory-drift": {"chosen": "0.3 5 15 18 20 60 100"},
    "theory-drift-read": {"chosen": "100", "counted": "0 5"},
    "theory-limits": {"borgianni-2018": "176"},
    "simulation": {"chosen": "3.6 7 70"},
    "data-words": {"counted": "2 4"},
    "data-table-read": {"counted": "4", "fong-1996": "10"},
    "data-importance": {"data": "358"},
    "data-age-read": {"data": "30 358"},
    "data-home-read": {"data": "1975 1992 2011 2017"},
    "critical-mint": {"quoted": "3 14 23"},
    "takeaways": {"counted": "1 5", "data": "358"},
}

LEDGER = Ledger("m04", STATED, (theory_numbers, simulation_numbers, data_numbers), simulation=DesigningDelight)
