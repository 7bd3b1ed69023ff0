"""The tables of answers of every ready module; one that is missing fails its own test, and `course check` names it."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from course.manifest import Module

Rows = dict[str, tuple[Any, ...]]


def table(module: Module, name: str) -> Rows:
    """Return the table `name` of a module's own answers, empty where nobody has written it."""
    home = f"{__package__}.test_{module.slug}"
    found: Rows = getattr(import_module(home), name, {}) if find_spec(home) else {}
    return found
