"""The prose of m10's lesson says what theory, simulation and data say, in both languages, and its code runs."""

from __future__ import annotations

from typing import Any

import pytest

from course.datasets import load
from course.i18n import LANGUAGES
from course.simulations.m10_haidilao import Haidilao
from course.theory.queueing import felt_wait, mean_wait
from course.theory.turnover import before_growth, log_shares
from tests.lessons.prose import (
    Ledger,
    Numbers,
    all_rounded,
    printed,
    questions,
    rounded,
    unquoted,
)


def metrics(**values: float) -> dict[str, float]:
    return Haidilao(**values).run().metrics


def preset(key: str) -> dict[str, float]:
    return Haidilao.from_preset(key).run().metrics


def each() -> Any:
    table = load("haidilao_annual").set_index("year")
    return table["revenue_rmb_m"] / table["restaurants"]


def shares(first: int, last: int) -> tuple[float, dict[str, float]]:
    table = load("haidilao_annual").set_index("year")
    whole = each()[last] / each()[first]
    factors = {"turnover": table["table_turnover_per_day"][last] / table["table_turnover_per_day"][first]}
    if last == 2020:
        factors["spend"] = table["average_spend_rmb"][last] / table["average_spend_rmb"][first]
    return whole - 1, log_shares(whole, factors)


def theory_numbers() -> Numbers:
    waits = all_rounded((mean_wait(12 * meal / 60, 20, meal) for meal in (85, 95)), 1)
    assert mean_wait(20, 20, 100) == float("inf")
    return {
        "theory": [waits[0]],
        "theory-equation": [*waits, rounded(float(felt_wait(60, 0.6, 0.5)), 0)],
        "takeaways": waits,
    }


def simulation_numbers() -> Numbers:
    sprint, generous, crowded, quiet = (preset(key) for key in ("sprint", "generous", "crowded", "quiet"))
    trained, craft = metrics(training=100), preset("craft")
    idle, filled = (metrics(openings=20, training=40, occupied=share) for share in (0, 100))
    survey = Haidilao.from_preset("generous").run().frames["years"].query("measure == 'survey'")["value"]
    alarms = [metrics(discretion=budget)["survey_alarm"] for budget in (0, 10, 30)]
    assert alarms[2] == 25
    return {
        "simulation-debrief": [
            *all_rounded([sprint["turnover_alarm"], sprint["survey_alarm"], *alarms[:2]], 0),
            *all_rounded((100 * run["skilled"] for run in (sprint, generous)), 0),
            *all_rounded((run["restaurants"] for run in (sprint, trained, craft)), 0),
            rounded(100 * sprint["left"], 0),
            *all_rounded([generous["survey"], survey.iloc[0]], 1),
            *all_rounded([idle["turnover"], filled["turnover"], crowded["turnover"]], 2),
            rounded(crowded["survey"], 1),
            *all_rounded([crowded["turnover_alarm"], quiet["survey_alarm"], quiet["turnover_alarm"]], 0),
        ],
    }


def data_numbers() -> Numbers:
    table = load("haidilao_annual").set_index("year")
    restaurants, turnover = table["restaurants"], table["table_turnover_per_day"]
    fall, parts = shares(2019, 2020)
    later, later_parts = shares(2019, 2021)
    return {
        "story": [*all_rounded(restaurants[[2019, 2020]], 0), rounded(turnover[2019], 1)],
        "data-chart-read": all_rounded(turnover[[2018, 2019, 2020, 2021, 2024]], 1),
        "data-parts": [rounded(-100 * fall, 0)],
        "data-shares-read": all_rounded((100 * parts[key] for key in ("turnover", "spend", "rest")), 0),
        "data-change-read": [
            *all_rounded([-100 * later, 100 * (1 - turnover[2021] / turnover[2019])], 0),
            rounded(100 * later_parts["rest"], 0),
        ],
        "takeaways": all_rounded([100 * parts["turnover"], -100 * fall], 0),
    }


def ten_thousands(millions: float) -> str:
    """Millions of yuan as Chinese prose says them: 3,458 万元."""
    return f"{100 * millions:,.0f}"


def hundred_millions(millions: float, digits: int = 2) -> str:
    """Millions of yuan as Chinese prose says them: 6.91 亿元."""
    return f"{millions / 100:,.{digits}f}"


def chinese_numbers() -> Numbers:
    """The sums of money of the Chinese edition, in 万 and 亿."""
    sprint, generous, craft = (preset(key) for key in ("sprint", "generous", "craft"))
    idle, filled = (metrics(openings=20, training=40, occupied=share) for share in (0, 100))
    runs = (sprint, metrics(training=100), craft, generous, idle, filled)
    revenue = load("haidilao_annual").set_index("year")["revenue_rmb_m"]
    return {
        "simulation-debrief": [hundred_millions(run["profit"]) for run in runs],
        "data-chart-read": [ten_thousands(each()[year]) for year in (2017, 2019)],
        "data-parts": [ten_thousands(each()[year]) for year in (2019, 2020)],
        "critical-forgiven": [
            *(hundred_millions(revenue[year], 1) for year in (2017, 2018)),
            *(ten_thousands(each()[year]) for year in (2017, 2018)),
        ],
        "data-change-read": [hundred_millions(397)],
    }


def english_numbers() -> Numbers:
    """The sums of money of the English edition, in millions."""
    sprint, generous, craft = (preset(key) for key in ("sprint", "generous", "craft"))
    idle, filled = (metrics(openings=20, training=40, occupied=share) for share in (0, 100))
    runs = (sprint, metrics(training=100), craft, generous, idle, filled)
    revenue = load("haidilao_annual").set_index("year")["revenue_rmb_m"]
    return {
        "story": [rounded(each()[2019], 1)],
        "predict": [rounded(each()[2019], 1)],
        "simulation-debrief": all_rounded((run["profit"] for run in runs), 0),
        "data-chart-read": all_rounded(each()[[2017, 2019]], 1),
        "data-parts": all_rounded(each()[[2019, 2020]], 2),
        "critical-forgiven": [*all_rounded(revenue[[2017, 2018]], 0), *all_rounded(each()[[2017, 2018]], 1)],
    }


def pay_numbers() -> Numbers:
    """The manager's two ways to be paid, and from which profit of an apprentice's restaurant on the second is better."""
    one, two = ((0.028 - 0.004) * 1000 / 0.031 / apprentices for apprentices in (1, 2))
    return {"theory-people": [rounded(0.028 * 1000, 0)], "theory-pay-read": all_rounded([one, two], 0)}


def table_numbers() -> Numbers:
    """What else the prose takes from the table, from the worked examples and from the simulation."""
    table = load("haidilao_annual").set_index("year")
    restaurants = table["restaurants"]
    sprint = preset("sprint")
    whole_day = rounded(table["table_turnover_per_day"][2019], 1)
    longer = rounded(100 * (95 / 85 - 1), 0)
    return {
        "takeaways": [longer],
        "story": [f"{round(100 * each()[2019], -1):,.0f}"],
        "predict": [f"{round(100 * each()[2019], -1):,.0f}"],
        "theory": [rounded(12 * 85 / 60, 0), longer],
        "simulation": [
            whole_day,
            rounded(Haidilao().run().frames["years"].query("measure == 'turnover'")["value"].iloc[0], 1),
        ],
        "simulation-debrief": [rounded((sprint["survey_alarm"] - sprint["turnover_alarm"]) * 60 / 4, 0)],
        "data-change-read": [rounded(restaurants[2021], 0), rounded(table["guests_m"][2023], 0), "200"],
        "critical-forgiven": all_rounded(restaurants[[2017, 2018]], 0),
        "critical-waive": [rounded(restaurants[2020], 0)],
    }


def test_the_debrief_names_what_the_simulation_shows() -> None:
    sprint, generous = preset("sprint"), preset("generous")
    opened_meanwhile = (sprint["survey_alarm"] - sprint["turnover_alarm"]) * 60 / 4
    assert opened_meanwhile == 90
    assert generous["skilled"] == sprint["skilled"]
    queues = [
        Haidilao(openings=20, training=40, occupied=share).run().frames["evening"].query("when == 'first'")
        for share in (0, 100)
    ]
    at_eight = [queue.loc[queue["clock"] == 20, "parties"].item() for queue in queues]
    assert 1.7 < at_eight[1] / at_eight[0] < 2


def test_the_answers_of_the_questions_are_the_ones_we_compute() -> None:
    asked = questions("m10")
    assert asked["per-restaurant"]["answer"] == round(100 * each()[2020] / each()[2019])
    assert asked["turnover-share"]["answer"] == round(100 * shares(2019, 2020)[1]["turnover"])
    assert asked["turnover-alone"]["answer"] == pytest.approx(100 * (3.5 / 4.8 - 1), abs=0.01)
    felt = float(felt_wait(50, 0.6, 0.5))
    assert felt < 40
    right = [option for option in asked["filled-or-shorter"]["option"] if option.get("right")]
    assert [f"{felt:.0f} minutes" in option["text"]["en"] for option in right] == [True]
    assert unquoted("m10", {"filled-or-shorter": [f"{felt:.0f}", f"{felt_wait(50, 1, 0.5):.0f}"]}) == []


def test_the_reveals_and_the_feedback_quote_the_data() -> None:
    table = load("haidilao_annual").set_index("year")
    revenue = table["revenue_rmb_m"]
    quoted = {
        "per-restaurant": ["1,298", rounded(100 * (revenue[2020] / revenue[2019] - 1), 0)],
        "turnover-share": all_rounded((abs(100 * share) for share in shares(2019, 2020)[1].values()), 0),
        "turnover-alone": [rounded(-100 * shares(2019, 2020)[0], 1)[:2]],
    }
    assert unquoted("m10", quoted) == []
    assert round(100 * (revenue[2018] / revenue[2017] - 1)) == 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lesson_runs_from_top_to_bottom(language: str) -> None:
    out = printed("m10", language)
    assert "10.9" in out["theory-erlang"]
    assert "42" in out["theory-felt"]
    assert "55%" in out["theory-stock"]
    assert [line.split()[-1] for line in out["data-shares"].splitlines()] == ["70", "-10", "40"]
    assert out["data-change-me"].splitlines()[0].endswith("-18")
    assert f"{before_growth(397, 0.437):.0f}" in out["data-guests"]


# Numbers of the prose that nothing here computes, by cell and by what vouches for them
STATED = {
    "predict": {"chosen": "100", "data": "2019"},
    "predict-after": {"section": "6.3"},
    "theory": {"chosen": "20 85 95 12"},
    "theory-equation": {"chosen": "85 95 100 60 0.6 0.5", "quoted": "36 2012"},
    "theory-crews": {"chosen": "100 60 30"},
    "theory-people": {"shangchan-2018": "2.8 0.4 3.1 1.5", "chosen": "1000"},
    "simulation": {"chosen": "100 20 60 30 3", "section": "5.5"},
    "simulation-bare": {"chosen": "100"},
    "simulation-generous": {"chosen": "100 30"},
    "simulation-debrief": {"chosen": "100 30 20 40 45"},
    "data-shares-read": {"data": "26 1 12 3", "haidilao-2018": "544"},
    "data-change-read": {
        "haidilao-2018": "1597 43.7 6",
        "fabaw-2021": "300 11",
        "section": "4.4",
        "data": "2019 2022 2023",
    },
    "critical": {"data": "25 17 16 26 8"},
    "critical-after": {"data": "22 6", "gucheng-2018": "200"},
    "critical-forgiven": {"jiangsu-long-2020": "205 206 7"},
    "critical-waive": {"section": "5.3"},
    "takeaways": {"shangchan-2018": "2.8 3.1"},
    "story": {"data": "2019"},
    "simulation-quiet": {"fabaw-2021": "4 11"},
    "data-chart-read": {"data": "2015 2019 2022 2024"},
    "data-change": {"chosen": "2019 2023"},
    "theory-pay-read": {"fabaw-2021": "11"},
    "data": {"haidilao-2018": "9"},
    "data-read": {"haidilao-2018": "3"},
}

LEDGER = Ledger(
    "m10",
    STATED,
    (theory_numbers, simulation_numbers, data_numbers, pay_numbers),
    simulation=Haidilao,
    apart=(lambda language: (english_numbers if language == "en" else chinese_numbers)(),),
    known=(table_numbers,),
)
