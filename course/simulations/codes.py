"""Run codes: one simulation's settings as a short text, for share links and for handing a run in with an assignment.

The code of a run that was played to its end has the decisions of each period too.

A code holds only what was set; whoever reads it runs the simulation again and gets the same figures, so it cannot lie.
"""

from __future__ import annotations

import base64
import json
from typing import Any

from traitlets import TraitError

from course.i18n import gettext
from course.manifest import syllabus
from course.simulations.base import Simulation
from course.simulations.registry import simulation_class

LARGEST_CODE = 4_000


def encode_run(module_number: str, simulation: Simulation[Any]) -> str:
    """Return the run code of a simulation of the module `m01`, `m02`, …: URL-safe ASCII."""
    settings: dict[str, Any] = {"m": module_number, "s": int(simulation.seed), "v": simulation.settings()}
    if simulation.calendar and simulation.decisions is not None and simulation.unfinished is None:
        rows = [[_short(row[name]) for name in simulation.calendar.levers] for row in simulation.decisions]
        # most decisions hold for longer than a period
        settings["d"] = [row if row != before else 0 for row, before in zip(rows, [None, *rows], strict=False)]
    raw = json.dumps(settings, separators=(",", ":"), ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _short(number: float) -> float:
    return int(number) if number.is_integer() else number


def _settings(code: str) -> dict[str, Any]:
    if not isinstance(code, str) or len(code) > LARGEST_CODE:
        raise ValueError
    text = code.strip()
    settings = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    if not isinstance(settings, dict) or not isinstance(settings.get("v"), dict):
        raise ValueError
    return settings


def decode_run(code: str) -> tuple[str, Simulation[Any]]:
    """Return the module number and the simulation that a run code describes.

    Raises `TraitError`, in the learner's language, for a code that is cut, altered beyond the bounds, or of no module.
    """
    try:
        settings = _settings(code)
        module = syllabus().module(str(settings["m"]))
        model = simulation_class(module)
    except (ValueError, LookupError, RecursionError, ModuleNotFoundError) as error:
        raise TraitError(
            gettext("This run code cannot be read: it may be cut off. Copy it again with the button “Copy run code”.")
        ) from error
    known = {**model.parameters(), **model.journeys()}
    values = {name: value for name, value in settings["v"].items() if name in known}
    simulation = model(seed=settings.get("s", 1), **values)
    return module.number, simulation.play(_decisions(model, settings["d"])) if "d" in settings else simulation


def _decisions(model: type[Simulation[Any]], rows: object) -> object:
    """Return the decisions of each period by name, as far as they can be read; `play` refuses the rest."""
    if model.calendar is None or not isinstance(rows, list) or len(rows) != model.calendar.periods:
        return None
    found: list[object] = []
    for row in rows:
        if row == 0 and found:
            found.append(found[-1])
        elif isinstance(row, list) and len(row) == len(model.calendar.levers):
            found.append(dict(zip(model.calendar.levers, row, strict=True)))
        else:
            return None
    return found
