"""Recorded runs: which they are, and that each is, to the last digit, what the run service answers."""

from __future__ import annotations

import random
from typing import Any

import pytest

from course.i18n import LANGUAGES
from course.manifest import Module, syllabus
from course.runs.answering import RECORDED, answers
from course.runs.frames import read_frame
from course.runs.questions import KINDS, Question
from course.runs.recording import Spot, around, common, grid, index, pack, thinned
from course.simulations import simulation_class
from course.ui.simulator.answers import people, result

# of each module: more than 500 in all
POINTS = 40
M02 = syllabus().module("m02")


def answered(question: Question) -> tuple[dict[str, Any], list[bytes]]:
    """What a worker says."""
    [piece] = answers(question.module, question.kind, question.language, question.fields)
    return read_frame(piece)


def all_spots(module: Module) -> list[Spot]:
    """Every spot of a module."""
    model = simulation_class(module)
    return [*common(model), *(spot for preset in model.words().presets for spot in around(model, preset.key))]


@pytest.mark.parametrize("module", syllabus().simulated, ids=lambda module: module.number)
def test_what_is_recorded_is_what_is_run(module: Module) -> None:
    model = simulation_class(module)
    chance = random.Random(module.id)
    spots = chance.sample(all_spots(module), POINTS)
    told = {str(place): answered(spot.question(module, model)) for place, spot in enumerate(spots)}
    message, columns = read_frame(pack(told))
    for place, spot in enumerate(spots):
        live = model(**spot.values)
        if spot.periods is not None and model.calendar:
            live = live.play([{name: spot.values[name] for name in model.calendar.levers}] * spot.periods)
        run = live.run()
        recorded = message["runs"][str(place)]
        for language in LANGUAGES:
            expected, buffers = result(module, live, language, run)
            said = recorded["said"][language]
            found = {**recorded, "tables": message["tables"][recorded["tables"]], "tell": said["tell"]}
            found |= {"titles": said["titles"], "milliseconds": expected["milliseconds"]}
            assert {name: found[name] for name in expected} == expected
            assert [columns[which] for which in recorded["columns"]] == buffers
            assert said.get("people", []) == people(live, language)


def test_every_step_alone_is_recorded_from_every_situation() -> None:
    model = simulation_class(M02)
    presets = [preset.key for preset in model.words().presets]
    assert thinned(model) == {}
    for preset in presets:
        start = model.from_preset(preset).settings()
        spots = [*around(model, preset)]
        steps = [spot for spot in spots if spot.periods is None]
        assert len(steps) == sum(value != start[name] for name, values in grid(model).items() for value in values)
        assert all(sum(spot.values[name] != start[name] for name in start) == 1 for spot in steps)
        assert [spot.periods for spot in spots if spot.periods is not None] == [*range(model.calendar.periods + 1)]
    assert [spot.key for spot in common(model)] == [
        *(f"start:{key}" for key in presets),
        *(f"goal:{goal.key}" for goal in model.words().goals),
    ]


def test_a_slider_with_very_many_steps_is_thinned_out_from_end_to_end() -> None:
    module = syllabus().module("m03")
    model = simulation_class(module)
    [(name, far)] = thinned(model).items()
    slider = model.parameters()[name]
    values = index(module)["grid"][name]
    assert far == 2
    assert values[0] == slider.low
    assert values[1] == slider.low + 2 * slider.step
    assert values[-1] == slider.high


def test_no_address_asks_for_a_recording() -> None:
    assert RECORDED not in KINDS
