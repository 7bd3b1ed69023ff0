"""Make the Vega runtime (Vega, Vega-Lite, Vega-Embed) of our pages anew: `uv run --project .ci python -m tests.ui.vega`.

It needs no network: `vl-convert-python` carries the sources of Vega.
"""

from __future__ import annotations

from functools import cache

from course.ui.assets import RUNTIME

VEGA_LITE = "6.4"


@cache
def runtime() -> str:
    """Return the runtime as one ES module that exports `embed` and `vega`."""
    import vl_convert

    source: str = vl_convert.javascript_bundle(vl_version=VEGA_LITE)
    return f"{source}\nexport const embed = window.vegaEmbed;\nexport const vega = window.vega;\n"


if __name__ == "__main__":
    RUNTIME.write_text(runtime(), encoding="utf-8")
