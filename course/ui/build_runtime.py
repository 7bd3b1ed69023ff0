"""Build hook: write the Vega runtime (Vega, Vega-Lite, Vega-Embed) that our pages load, once, at package build.

The runtime is generated, so it is not in git. It needs no network: `vl-convert-python` carries the sources.
"""

from __future__ import annotations

import os
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


class RuntimeHook(BuildHookInterface):
    """Called by hatchling for wheels and for editable installs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the runtime before files are collected."""
        write_runtime()
