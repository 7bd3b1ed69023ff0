"""A month or quarter that never came is a word, and stands for one more than there are."""

from __future__ import annotations

from course.simulations.m03_measurement import Measurement
from course.simulations.m03_sampling import MONTHS, STEADY
from course.simulations.m10_evening import QUARTERS
from course.simulations.m10_haidilao import Haidilao
from course.simulations.words import Metric


def metrics(words: tuple[Metric, ...]) -> dict[str, Metric]:
    return {metric.key: metric for metric in words}


def test_a_chain_without_an_alarm_never_had_one() -> None:
    known = metrics(Haidilao.words().metrics)
    assert known["turnover_alarm"].never == known["survey_alarm"].never == QUARTERS + 1
    figures = Haidilao(brake_turnover=5, occupied=100).run().figures
    assert figures.survey_alarm == known["survey_alarm"].never


def test_a_chart_without_an_alarm_never_had_one() -> None:
    never = metrics(Measurement.words().metrics)["delay"].never
    assert never == MONTHS - STEADY + 1
    assert Measurement().run().figures.delay == never
