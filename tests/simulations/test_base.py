"""Sliders, goals and the parts a subclass must fill in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from traitlets import TraitError

from course.i18n import LANGUAGES
from course.simulations import Run, Simulation, Slider, tidy
from course.simulations.words import Goal


@dataclass(frozen=True)
class Figures:
    total: float


class Parent(Simulation[Figures]):
    second = Slider(5, 0, 10)


class Child(Parent):
    third = Slider(1, 0, 2, 0.5)

    @classmethod
    def label(cls, name, language):
        return {"en": name.capitalize(), "zh": "第二"}[language]


def test_parameters_come_in_the_order_they_are_written_without_the_seed():
    assert list(Child.parameters()) == ["second", "third"]
    assert Child(third=2).values() == {"second": 5, "third": 2}


@pytest.mark.parametrize("number", [2, 2.0, "2", " 2 ", np.float64(2), np.int64(2)])
def test_a_number_is_a_number_however_it_is_written(number):
    assert Child(second=number).second == 2.0
    assert type(Child(second=number).second) is float


def test_numpy_numbers_are_shown_as_numbers(speak):
    speak("en")
    with pytest.raises(Exception, match=r"Second: 200\.0 is out of range\. Give a number from 0 to 10\."):
        Child(second=np.float64(200))


def test_a_seed_is_whole(speak):
    speak("en")
    assert Child(seed="2").seed == 2
    with pytest.raises(TraitError, match=r"^Seed: 1\.5 is not a whole number\. Give one from 0 to 999999\.$"):
        Child(seed=1.5)


def test_an_author_cannot_put_the_default_out_of_bounds():
    with pytest.raises(ValueError, match=r"the default 3 lies outside 0 to 2"):
        Slider(3, 0, 2)


def test_a_goal_is_met_condition_by_condition():
    both = dict.fromkeys(LANGUAGES, "G")
    goal = Goal("g", both, (("share", ">=", 0.8), ("cost", "<=", 40)), both, {})
    assert goal.progress({"share": 0.8, "cost": 40}) == [True, True]
    assert goal.progress({"share": 0.79, "cost": 39}) == [False, True]
    assert goal.progress({"share": 0.9, "cost": 40.1}) == [True, False]


def test_figures_are_plain_numbers_by_key():
    run = Run(Figures(np.float64(3)), {})
    assert run.metrics == {"total": 3.0}
    assert type(run.metrics["total"]) is float


def test_parts_of_a_table_come_one_below_the_other():
    table = tidy({"month": [1, 2], "line": name} for name in ("a", "b"))
    whole = {name: column.tolist() for name, column in table.items()}
    assert whole == {"month": [1, 2, 1, 2], "line": ["a", "a", "b", "b"]}
    frame = Run(Figures(3), {"whole": table}).frames["whole"]
    assert frame.to_dict("list") == whole
    assert list(frame.index) == [0, 1, 2, 3]


@pytest.mark.parametrize("call", [lambda s: s.run(), lambda s: s.draw(), lambda s: s.told(None)])
def test_an_unfinished_simulation_says_so(call):
    with pytest.raises(TypeError, match="Child does not say"):
        call(Child())
