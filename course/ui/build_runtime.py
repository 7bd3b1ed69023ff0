"""Build hook: write what is generated, and so not in git, once, at package build; name what a wheel carries besides.

That is the Vega runtime (Vega, Vega-Lite, Vega-Embed) that our pages load, and the compiled Chinese catalogue. It needs no
network: `vl-convert-python` carries the sources of Vega.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VEGA_LITE = "6.4"
RUNTIME = Path(__file__).parent / "static" / "vega.js"


def write_runtime(target: Path = RUNTIME) -> Path:
    """Write the runtime as one ES module that exports `embed`, and return its path."""
    import vl_convert

    source = vl_convert.javascript_bundle(vl_version=VEGA_LITE)  # type: ignore[call-arg]  # its stub forgets the default
    source += "\nexport const embed = window.vegaEmbed;\nexport const vega = window.vega;\n"
    target.parent.mkdir(exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, suffix=".js")
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(source)
    os.replace(temporary, target)
    target.chmod(0o644)
    return target


def carried(root: Path) -> dict[str, str]:
    """Return what a wheel carries besides the package, and where: what learners need, without what only teachers read."""
    found = [path for name in ("lessons", "exercises", "datasets") for path in sorted((root / name).rglob("*"))]
    found.append(root / "course" / "grading" / "dashboard.ipynb")
    names = [path.relative_to(root) for path in found if path.is_file()]
    kept = [name for name in names if not (name.name.startswith("teaching.") or any(map(_hidden, name.parts)))]
    return {str(root / name): f"course/content/{name.as_posix()}" for name in kept}


def _hidden(part: str) -> bool:
    return part.startswith((".", "__"))


class RuntimeHook(BuildHookInterface):
    """Called by hatchling for wheels and for editable installs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write both before files are collected."""
        write_runtime()
        # a build has its own Python, which does not know the package that it builds
        sys.path.insert(0, self.root)
        from course.i18n.catalogues import write_catalogues

        write_catalogues("zh")
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"] |= carried(Path(self.root))
