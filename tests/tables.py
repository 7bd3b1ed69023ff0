"""The tables in every ready module's own tests; of a missing one `course check` says so, and it fails no other's tests."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from course.manifest import Module


def table(folder: str, module: Module, name: str) -> dict[str, Any]:
    """Return the table `name` of a module's test in `tests/<folder>/`, empty where nobody has written it."""
    home = f"{__package__}.{folder}.test_{module.slug}"
    found: dict[str, Any] = getattr(import_module(home), name, {}) if find_spec(home) else {}
    return found
