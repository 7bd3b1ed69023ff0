"""A rule for ten years: what it is told, what it may decide, and that hints beat the baselines where chance does not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course.i18n import use_language
from course.simulations.m13_firm import YEARS
from course.simulations.m13_manager import LEVERS
from course.simulations.m13_policy import BASELINES, PolicyError, play, score
from course.simulations.m13_running_it import RunningIt
from tests.simulations.test_m13_firm import interval

SEEDS = range(100)


def hinted(report: dict[str, Any]) -> dict[str, float]:
    """What the module's hints say: first the base, then extras, and room for those who come."""
    base = {"process": 8, "staff": 120, "training": 25, "openings": 8, "complaints": 60}
    return {**base, "delight": 5 if report["year"] > 3 else 0}


def at_random(report: dict[str, Any]) -> dict[str, float]:
    """Decide anything that a slider allows; by chance, and the same in each year of each seed again."""
    generator = np.random.default_rng((report["year"], int(report["survey"] * 1_000)))
    sliders = RunningIt.parameters()
    return {name: float(generator.uniform(slider.low, slider.high)) for name, slider in sliders.items()}


@pytest.mark.parametrize("name", BASELINES)
def test_hints_beat_every_baseline_and_chance_beats_none(name: str):
    baseline = score(BASELINES[name], SEEDS)["ten"]
    assert interval((score(hinted, SEEDS)["ten"] - baseline).to_numpy())[0] > 0
    assert interval((score(at_random, SEEDS)["ten"] - baseline).to_numpy())[1] < 0


@pytest.mark.parametrize("seed", [0, 5, 999_999])
def test_a_policy_that_never_changes_comes_to_what_the_app_shows(seed: int):
    values = {"process": 6, "openings": 10, "posted": 70}
    run = RunningIt(seed=seed, **values).run()
    scored, played = score(lambda _report: values, [seed]).iloc[0], play(lambda _report: values, seed)
    assert {key: scored[key] for key in ("one", "three", "ten")} == pytest.approx(
        {key: run.metrics[key] for key in ("one", "three", "ten")}
    )
    assert [*played["profit"]] == pytest.approx([*run.frames["profit"]["profit"]])
    points = run.frames["points"]
    assert [*played["survey"]] == pytest.approx([*points[points["measure"] == "survey"]["points"]])


def test_what_is_decided_by_the_year_comes_to_what_the_app_shows_of_it_played():
    table = play(BASELINES["chase"], 3)
    app = RunningIt(seed=3).play(table[[*LEVERS]].to_dict("records"))
    assert app.run().metrics["ten"] == pytest.approx(score(BASELINES["chase"], [3])["ten"][0])


def test_a_seed_is_worth_the_same_alone_and_among_others():
    together = score(BASELINES["chase"], [1, 2, 3]).set_index("seed")["ten"]
    assert score(BASELINES["chase"], [2])["ten"][0] == pytest.approx(together[2])


def test_a_report_holds_what_is_over_and_no_truth():
    reports: list[dict[str, Any]] = []

    def watching(report: dict[str, Any]) -> dict[str, float]:
        reports.append(report)
        return {"promise": 70 + report["year"]}

    table = play(watching, 4)
    assert [report["year"] for report in reports] == [*range(1, YEARS + 1)]
    assert [report["cash"] for report in reports[1:]] == pytest.approx([*table["profit"].cumsum()[:-1]])
    assert [report["survey"] for report in reports[1:]] == pytest.approx([*table["survey"][:-1]])
    assert reports[5]["survey_before"] == reports[4]["survey"]
    assert reports[5]["decided"]["promise"] == 75
    assert not {"satisfaction", "perceived", "expected", "clean", "leaving"} & {*reports[5], *table}
    assert (reports[0]["customers"], reports[0]["shops"], reports[0]["cash"]) == (300, 100, 0)


def raising(what: Any, seeds: Any = (1,)) -> str:
    with pytest.raises(PolicyError) as raised:
        score(what, seeds)
    return str(raised.value)


def test_a_policy_that_cannot_be_played_hears_where_what_and_how_to_mend_it():
    def late(report: dict[str, Any]) -> dict[str, float]:
        return {"process": 9 if report["year"] == 4 else 1}

    assert raising(late, [7]) == "Year 4, seed 7: Process: 9 is out of range. Give a number from 0 to 8."
    assert "'proces'" in raising(lambda _report: {"proces": 1})
    assert "gave back None" in raising(lambda _report: None)
    assert "is none: 3" in raising(3)
    for seeds in (3, [], [-1], ["a"], range(1_001)):
        assert "Seeds:" in raising(BASELINES["steady"], seeds)
    use_language("zh")
    assert raising(late, [7]).startswith("第 4 年，种子 7：流程")
