"""Run codes: one simulation's settings as a short text, for share links and for handing a run in with an assignment.

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
    settings = {"m": module_number, "s": int(simulation.seed), "v": simulation.settings()}
    raw = json.dumps(settings, separators=(",", ":"), ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


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
    return module.number, model(seed=settings.get("s", 1), **values)
