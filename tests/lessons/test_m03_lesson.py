"""The prose of m03's lesson says what theory, simulation and data say, in both languages, and its code runs."""

from __future__ import annotations

import re
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest

from course.datasets import load
from course.i18n import LANGUAGES
from course.simulations.m03_measurement import Measurement
from course.theory.control_chart import beyond, constants, mean_and_range_limits, runs
from course.theory.importance import quadrants
from course.theory.promoters import change_margin, classify, interval, nps, standard_error
from course.theory.reliability import alpha_from_covariance, cronbach_alpha
from course.theory.service_quality import DIMENSIONS, WEIGHTS, gaps, weighted_gap
from tests.lessons.prose import Ledger, Numbers, all_rounded, printed, questions, rounded

HOTEL = [-1.2, -0.8, -0.5, -0.6, -0.2]
COUNTS = (95, 95, 60)
SIX = [[5, 4, 5], [3, 3, 2], [4, 4, 4], [2, 1, 3], [5, 5, 4], [3, 4, 3]]


def metrics(key: str, **values: float) -> dict[str, float]:
    return Measurement.from_preset(key, **values).run().metrics


def survey() -> Any:
    return load("synthetic_servqual_survey")


def survey_gaps() -> list[float]:
    table = survey()
    return [float(gaps(table.filter(like=f"P_{name}"), table.filter(like=f"E_{name}")).mean()) for name in DIMENSIONS]


def survey_score(slip: int = 0, table: Any = None) -> tuple[float, float]:
    recommend = (survey() if table is None else table)["recommend"]
    kinds = classify((recommend + slip).clip(0, 10))
    low, high = interval(*(int((kinds == kind).sum()) for kind in (1, 0, -1)))
    return float(low + high) / 2, float(high - low) / 2


def alpha(block: str, leave_out: str = "") -> float:
    table = load("ecsi_mobi_covariance").set_index("item")
    asked = [item for item in table if item.startswith(block) and item != leave_out]
    return alpha_from_covariance(table.loc[asked, asked])


def daily() -> Any:
    return survey().filter(like="P_reliability").mean(axis=1).to_numpy().reshape(60, 5)


def theory_numbers() -> Numbers:
    error = float(standard_error(*COUNTS))
    five = constants(5)
    reach = five.A2 * 3
    return {
        "story": [rounded(float(nps(*COUNTS)), 0)],
        "theory-servqual": [
            rounded(float(weighted_gap(HOTEL)), 3),
            rounded(float(weighted_gap(HOTEL, [1] * 5)), 2),
            *all_rounded(HOTEL, 1),
            *[f".{round(100 * weight)}" for weight in WEIGHTS.values()],
        ],
        "theory-servperf": [f".{round(100 * (0.85 - 0.5) / (1 - 0.5))}"],
        "theory-nps": [
            *all_rounded([float(nps(*COUNTS)), 1.96 * error, error * 2**0.5, float(change_margin(error, error))], 1),
        ],
        "theory-control": [
            *all_rounded([five.d2, five.A2], 3),
            rounded(reach, 2),
            *all_rounded([5.2 - reach, 5.2 + reach], 2),
        ],
        "takeaways": [
            *all_rounded([float(weighted_gap(HOTEL))], 3),
            *all_rounded([survey_score(slip)[0] for slip in (0, -1, 1)], 1),
            *all_rounded([alpha("CUSL"), alpha("CUSL", "CUSL2")], 3),
            rounded(float(change_margin(error, error)), 1),
        ],
    }


def simulation_numbers() -> Numbers:
    steady, silent, reached = metrics("two-points"), metrics("silent"), metrics("silent", answers=250, reminders=4)
    return {
        "simulation-insight": [
            rounded(100 * two_point_moves(), 0),
            rounded(100 * steady["moves"], 0),
            *all_rounded([steady["noise"], steady["true_score"]], 1),
            *all_rounded([metrics("slip")["score"], metrics("eleven")["score"]], 1),
            rounded(-metrics("slip", answers=2_000)["bias"], 0),
            *all_rounded([silent["score"], silent["margin"], reached["error"]], 1),
            *all_rounded([metrics("slide")["delay"], metrics("slide", answers=600)["delay"]], 0),
            *all_rounded([metrics("slide")["noise"], metrics("slide", answers=600)["noise"]], 0),
        ],
    }


def data_numbers() -> Numbers:
    expected, perceived = (
        load("ecsi_mobi_means").set_index("item")["mean"].filter(like=name).mean() for name in ("CUEX", "PERQ")
    )
    touchpoints = {where: survey_score(table=cards) for where, cards in survey().groupby("touchpoint")}
    margins = [margin for _, margin in touchpoints.values()]
    return {
        "data": ["300", "22", "−0.773", "14"],
        "data-alpha": [rounded(float(weighted_gap(survey_gaps())), 3)],
        "data-map": all_rounded([survey_score(slip)[0] for slip in (0, -1, 1)], 1),
        "data-touchpoints": ["48", "52", "46", "0.8"],
        "data-ecsi": [
            *all_rounded([touchpoints["check-out"][0], touchpoints["stay"][0], min(margins), max(margins)], 0),
        ],
        "data-ecsi-read": all_rounded([alpha("CUSL"), alpha("CUSL", "CUSL2"), alpha("CUEX"), alpha("PERQ")], 3),
        "data-ecsi-gap": [*all_rounded([expected, perceived], 2), rounded(float(weighted_gap(survey_gaps())), 2)],
    }


def two_point_moves() -> float:
    """The chance that two months of 250 answers differ by two points or more, added up over all their outcomes."""
    month = np.array([1.0])
    for _ in range(250):
        month = np.convolve(month, [0.24, 0.38, 0.38])
    change = np.convolve(month, month[::-1])
    return float(change[np.abs(np.arange(-500, 501)) >= 5].sum())


def test_the_claims_without_a_number_hold_too() -> None:
    limits, _ = mean_and_range_limits(daily()[:30])
    means = daily().mean(axis=1)
    assert (np.flatnonzero(beyond(means, limits.lower, limits.upper)) + 1).tolist() == [48]
    assert (np.flatnonzero(runs(means, limits.centre)) + 1).tolist() == list(range(52, 61))
    table = survey()
    importance = [table[f"importance_{name}"].mean() for name in DIMENSIONS]
    performance = [table.filter(like=f"P_{name}").mean().mean() for name in DIMENSIONS]
    found = dict(zip(DIMENSIONS, quadrants(importance, performance).tolist(), strict=True))
    assert found["reliability"] == found["responsiveness"] == "concentrate"
    assert found["assurance"] == "overkill"
    assert min(performance) > 4
    assert importance[0] == max(importance)
    assert performance[0] == min(performance)
    order = sorted(DIMENSIONS, key=lambda name: survey_gaps()[DIMENSIONS.index(name)])
    assert order == ["reliability", "responsiveness", "empathy", "assurance", "tangibles"]
    alphas = {name: cronbach_alpha(table.filter(like=f"P_{name}").dropna()) for name in DIMENSIONS}
    assert 0.69 < alphas["empathy"] < 0.70 <= 0.795 < alphas["tangibles"] < 0.805
    left_out = [300 - len(table.filter(like=f"P_{name}").dropna()) for name in DIMENSIONS]
    assert 9 <= min(left_out) <= np.mean(left_out) <= 13


def test_neighbouring_months_gave_the_slide_away_late_or_never() -> None:
    for answers, first in ((60, []), (600, [12])):
        run = Measurement.from_preset("slide", answers=answers).run()
        changes = run.frames["months"]["score"].diff().abs().iloc[12:]
        assert (np.flatnonzero(changes > run.metrics["noise"]) + 1).tolist() == first


def test_the_branch_bonus_hangs_on_the_weather() -> None:
    assert metrics("branch")["margin"] > 25
    for key in ("slip", "eleven", "two-points"):
        assert 8 <= metrics(key)["margin"] <= 10
    # a rough figure of the assignment's model paragraph
    assert pytest.approx(30, abs=1) == 1.96 * 77.5 / 5


def test_the_answers_of_the_questions_are_the_ones_we_compute() -> None:
    asked = questions("m03")
    assert asked["two-points"]["answer"] == round(100 * two_point_moves())
    assert asked["slip"]["answer"] == pytest.approx(float(nps(53, 42 + 50, 45 + 60)))
    error = float(standard_error(*COUNTS))
    assert f"{change_margin(error, error):.1f}" in asked["what-shrinks"]["option"][3]["feedback"]["en"]
    assert f"{change_margin(error, error) / 10**0.5:.1f}" in asked["what-shrinks"]["option"][3]["feedback"]["en"]
    assert f"{alpha('CUSL'):.2f}"[1:] in asked["low-alpha"]["question"]["en"]
    assert f"{alpha('CUSL', 'CUSL2'):.2f}"[1:] in asked["low-alpha"]["question"]["en"]


def test_the_story_and_the_simulation_are_one_hotel() -> None:
    tick = [NormalDist(7.9, 2).cdf(edge) for edge in (6.5, 7.5, 8.5, 9.5)]
    assert 250 * (1 - tick[3]) == pytest.approx(53, abs=1)
    assert 250 * (tick[2] - tick[1]) == pytest.approx(50, abs=1.5)
    assert 250 * (tick[1] - tick[0]) == pytest.approx(45, abs=1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lesson_runs_from_top_to_bottom(language: str) -> None:
    out = printed("m03", language)
    assert out["theory-servqual-try"].endswith(" -0.773\n")
    assert out["theory-alpha-try"] == f"α {cronbach_alpha(SIX):.3f}\n"
    assert out["theory-nps-try"] == "NPS 14.0 ± 9.6\n"
    assert "-0.7" in out["data-gaps"]
    assert re.search(r"^empathy .* 289 α 0\.7$", out["data-alpha-run"], re.MULTILINE)
    assert out["data-change-me"].endswith(" 109 127 64\nNPS 15.0 ± 8.4\n")
    assert "[48]" in out["data-control-run"]
    assert re.search(r"^check-out .* 77 NPS 23 ± 16$", out["data-touchpoints-run"], re.MULTILINE)
    assert out["data-ecsi-run"] == "α 0.442\n"
    assert "7.51" in out["data-ecsi-means"]


# Numbers of the prose that nothing here computes, by cell and by what vouches for them
STATED = {
    "story": {"reichheld-2003": "0 6 9 10", "chosen": "12 60 95 250"},
    "predict": {"chosen": "250"},
    "predict-two": {"reichheld-2003": "9 10", "chosen": "8 50 53 95"},
    "theory-servqual": {"chosen": "1 7", "zeithaml-1990": "100"},
    "theory-servperf": {"cronin-taylor-1992": "22", "chosen": "0.5 0.85 5.0"},
    "theory-alpha": {"cronbach-1951": "0 1", "definition": "0.7"},
    "theory-nps": {"reichheld-2003": "0 6 7 8 9 10", "definition": "1 100", "chosen": "60 95"},
    "theory-control": {"chosen": "3.0 5.2", "astm-2018": "2.114"},
    "theory-limits": {"reichheld-2003": "0 6 8 9 10"},
    "simulation-slide": {"chosen": "13"},
    "data": {"data": "0 1 7 10 60 100"},
    "data-alpha": {"data": "300", "definition": "0 4"},
    "data-map": {"data": "300", "definition": "0 1 10"},
    "data-control": {"chosen": "30", "data": "60", "definition": "4"},
    "data-ecsi": {"tenenhaus-2005": "1 10 24 250", "data": "14"},
    "data-ecsi-gap": {"definition": "0"},
    "critical": {"keiningham-2007": "0 1 10 21 15500"},
    "critical-managed": {"chosen": "30"},
    "takeaways": {"chosen": "250"},
}


def other_numbers() -> Numbers:
    error = float(standard_error(*COUNTS))
    below, reached = 0.70, cronbach_alpha(survey().filter(like="P_tangibles").dropna())
    assert below - 0.01 < cronbach_alpha(survey().filter(like="P_empathy").dropna()) < below
    tick = NormalDist(7.9, 2)
    late = Measurement.from_preset("slide", answers=600).run()
    changes = late.frames["months"]["score"].diff().abs().iloc[12:]
    margins = [metrics(key)["margin"] for key in ("slip", "eleven", "two-points")]
    return {
        "simulation": all_rounded([100 * (1 - tick.cdf(8.5)), 100 * tick.cdf(6.5)], 0),
        "simulation-insight": [
            str(np.argmax(changes.to_numpy() > late.metrics["noise"]) + 1),
            rounded(float(nps(53, 42 + 50, 45 + 60)), 1), str(int(min(margins))),
            rounded(max(margins), 0),
        ],
        "theory-nps": [
            rounded(error, 1), rounded(NormalDist().inv_cdf(0.975), 2), rounded(metrics("two-points")["noise"], 1),
            *all_rounded((100 * share for share in (0.38, 0.24)), 0),
        ],
        "data-alpha": [rounded(float(weighted_gap(HOTEL)), 3)],
        "data-coding": all_rounded([below, reached], 2),
        "takeaways": [
            rounded(float(weighted_gap(HOTEL, [1] * 5)), 2), rounded(float(nps(*COUNTS)), 1), rounded(1.96 * error, 1),
        ],
    }  # fmt: skip


LEDGER = Ledger(
    "m03", STATED, (theory_numbers, simulation_numbers, data_numbers), simulation=Measurement, known=(other_numbers,)
)
