"""Parameters, goals and the parts a subclass must fill in."""

from __future__ import annotations

import numpy as np
import pytest

from course.simulations import Goal, Simulation, parameter


class Parent(Simulation):
    second = parameter(5, low=0, high=10, step=1, label="Second")


class Child(Parent):
    third = parameter(1, low=0, high=2, step=0.5, label="Third")


def test_parameters_come_in_the_order_they_are_written_without_the_seed():
    assert list(Child.parameters()) == ["second", "third"]
    assert Child(third=2).values() == {"second": 5, "third": 2}


@pytest.mark.parametrize("number", [2, 2.0, "2", " 2 ", np.float64(2), np.int64(2)])
def test_a_number_is_a_number_however_it_is_written(number):
    assert Child(second=number).second == 2.0
    assert type(Child(second=number).second) is float


def test_numpy_numbers_are_shown_as_numbers():
    with pytest.raises(Exception, match=r"Second: 200\.0 is out of range\. Give a number from 0 to 10\."):
        Child(second=np.float64(200))


def test_an_author_cannot_put_the_default_out_of_bounds():
    with pytest.raises(ValueError, match=r"the default 3 of 'x' lies outside 0 to 2"):
        parameter(3, low=0, high=2, step=1, label="x")


def test_a_goal_is_met_condition_by_condition():
    goal = Goal("g", "G", (("share", ">=", 0.8), ("cost", "<=", 40)))
    assert goal.progress({"share": 0.8, "cost": 40}) == [True, True]
    assert goal.progress({"share": 0.79, "cost": 39}) == [False, True]
    assert goal.progress({"share": 0.9, "cost": 40.1}) == [True, False]


@pytest.mark.parametrize("call", [lambda s: s.run(), lambda s: s.chart(str), lambda s: s.tell(None, str)])
def test_an_unfinished_simulation_says_so(call):
    with pytest.raises(TypeError, match="Child does not say"):
        call(Child())
