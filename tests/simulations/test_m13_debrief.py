"""The debrief of ten years: it adds up to the run, and names luck and decisions apart."""

from __future__ import annotations

import pytest

from course.i18n import LANGUAGES
from course.simulations.m13_debrief import CHANCE, PARTS, happened
from course.simulations.m13_firm import YEARS
from course.simulations.m13_manager import EVENTS, LEVERS
from course.simulations.m13_policy import BASELINES, play
from course.simulations.m13_running_it import RunningIt
from course.ui.simulator.scorecard import debriefed, strategies

HORIZONS = ("one", "three", "ten")


def played(seed: int) -> RunningIt:
    table = play(BASELINES["chase"], seed)
    return RunningIt(seed=seed).play(table[[*LEVERS]].to_dict("records"))


@pytest.mark.parametrize("seed", range(1, 8))
def test_the_parts_add_up_to_what_the_run_differs_by(seed: int) -> None:
    for simulation in (played(seed), RunningIt.from_preset("both", seed=seed)):
        found, run = simulation.debrief(), simulation.run()
        assert {*found.parts} == {*PARTS, *EVENTS, CHANCE}
        assert found.after == pytest.approx([run.metrics[key] for key in HORIZONS])
        for place in range(len(HORIZONS)):
            added = sum(amounts[place] for amounts in found.parts.values())
            assert added == pytest.approx(found.after[place] - found.before[place])


def test_whoever_decides_as_the_firm_compared_with_owes_all_to_luck() -> None:
    parts = RunningIt(seed=4).debrief().parts
    assert all(amounts == pytest.approx((0, 0, 0), abs=1e-9) for name, amounts in parts.items() if name in PARTS)


def test_every_lever_belongs_to_one_part() -> None:
    assert sorted(name for levers in PARTS.values() for name in levers) == sorted(LEVERS)


def test_the_events_told_are_those_of_the_report() -> None:
    for seed in range(5):
        reported = RunningIt(seed=seed).run().frames["report"]["event"]
        for told, event in zip(happened(seed), reported, strict=True):
            assert event == ("quiet" if not told else told[0] if len(told) == 1 else "several")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_told_in_words_and_nothing_of_a_run_that_goes_on(language: str) -> None:
    told = debriefed(played(5), language)
    assert len(told["rows"]) == len(PARTS) + len(EVENTS) + 1
    assert ("第 10 年，丑闻、同行给惊喜" if language == "zh" else "year 10, a scandal, a rival") in told["text"][-1]
    assert not any("{" in sentence for sentence in told["text"])
    early = RunningIt(seed=5).play([RunningIt().values()] * (YEARS - 1))
    assert debriefed(early, language) == {"rows": [], "text": []}


def test_strategies_are_run_again_from_their_codes_and_nonsense_is_left_out() -> None:
    from course.simulations.codes import encode_run
    from course.simulations.m01_expectation_gap import ExpectationGap

    ours = played(3)
    kept = {"A": encode_run("m13", ours), "B": "nonsense", "C": encode_run("m01", ExpectationGap()), "Z": 3}
    told, _buffers = strategies("m13", kept)
    assert [one["letter"] for one in told["runs"]] == ["A"]
    assert told["runs"][0]["metrics"] == ours.run().metrics
    assert strategies("m13", "nonsense")[0] == {"runs": [], "tables": []}
