"""Build hook: write what is generated, and so not in git, once, at package build; name what a wheel carries besides.

Written is the compiled Chinese catalogue. The Vega runtime is in git: the tool that makes it is larger than all else that a
learner downloads to read; `tests/ui/vega.py` makes it anew.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def carried(root: Path) -> dict[str, str]:
    """Return what a wheel carries besides the package, and where: what learners need, without what only teachers read."""
    found = [path for name in ("lessons", "exercises", "datasets") for path in sorted((root / name).rglob("*"))]
    found.append(root / "course" / "grading" / "dashboard.ipynb")
    names = [path.relative_to(root) for path in found if path.is_file()]
    kept = [name for name in names if not (name.name.startswith("teaching.") or any(map(_hidden, name.parts)))]
    return {str(root / name): f"course/content/{name.as_posix()}" for name in kept}


def _hidden(part: str) -> bool:
    return part.startswith((".", "__"))


class CourseHook(BuildHookInterface):
    """Called by hatchling for wheels and for editable installs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write it before files are collected."""
        # a build has its own Python, which does not know the package that it builds
        sys.path.insert(0, self.root)
        from course.i18n.catalogues import write_catalogues

        write_catalogues("zh")
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"] |= carried(Path(self.root))
