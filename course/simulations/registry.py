"""Finding a module's simulation: `m01-expectation-gap` lives in `course.simulations.m01_expectation_gap`."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from course.manifest import Module
from course.simulations.base import Simulation


def simulation_class(module: Module) -> type[Simulation[Any]]:
    """Return the one `Simulation` that is written in the module's own file.

    Raises `ModuleNotFoundError` where there is no such file and `LookupError` where it holds none or several.
    """
    home = import_module(f"{__package__}.{module.slug}")
    found = [
        item
        for item in vars(home).values()
        if isinstance(item, type) and issubclass(item, Simulation) and item.__module__ == home.__name__
    ]
    if len(found) != 1:
        raise LookupError(f"{home.__name__} holds {len(found)} simulations; write exactly one class there")
    return found[0]
