"""A module's simulation is the one class written in its own file."""

from __future__ import annotations

import dataclasses
import sys
import types

import pytest

from course.manifest import Module, syllabus
from course.paths import ROOT
from course.simulations import Simulation, simulation_class
from course.simulations.m01_expectation_gap import ExpectationGap

MODULE = syllabus().module("m01")
# CONTRIBUTING.md says so; a longer model stands beside it
LINES = 220
OTHER = dataclasses.replace(MODULE, id="m99-nowhere")


def test_the_class_of_a_module_is_found():
    assert simulation_class(MODULE) is ExpectationGap


@pytest.mark.parametrize("module", syllabus().simulated, ids=lambda module: module.number)
def test_a_simulation_is_read_in_one_sitting(module: Module) -> None:
    path = ROOT / "course" / "simulations" / f"{module.slug}.py"
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES


def test_a_module_without_a_file_has_none():
    with pytest.raises(ModuleNotFoundError):
        simulation_class(OTHER)


@pytest.mark.parametrize("count", [0, 2])
def test_none_or_several_classes_are_refused(monkeypatch, count):
    home = types.ModuleType(f"course.simulations.{OTHER.slug}")
    home.ExpectationGap = ExpectationGap  # an imported one does not count
    for index in range(count):
        setattr(home, f"S{index}", type(f"S{index}", (Simulation,), {"__module__": home.__name__}))
    monkeypatch.setitem(sys.modules, home.__name__, home)
    with pytest.raises(LookupError, match=f"holds {count} simulations"):
        simulation_class(OTHER)
