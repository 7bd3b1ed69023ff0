"""The course's Altair theme: what is the same on every chart.

Colours of ground and text follow the page, not the theme.
"""

from __future__ import annotations

from typing import Any, cast

FONT = (
    'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", '
    '"Noto Sans CJK SC", "Noto Sans SC", sans-serif'
)
CATEGORY = ["#0f766e", "#c2410c", "#64748b", "#a16207", "#7c3aed", "#be185d"]


def theme_config() -> dict[str, Any]:
    """Return the Vega-Lite `config` block of the course."""
    return {
        "font": FONT,
        "background": "transparent",
        "view": {"stroke": None},
        "title": {"anchor": "start", "fontSize": 15, "fontWeight": 600, "offset": 8},
        "axis": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": 400, "gridOpacity": 0.4},
        "legend": {"labelFontSize": 12, "titleFontSize": 12, "labelLimit": 240},
        "range": {"category": CATEGORY},
        "bar": {"color": CATEGORY[0]},
        "line": {"color": CATEGORY[0]},
        "point": {"color": CATEGORY[0]},
    }


def use_theme() -> None:
    """Register and enable the theme."""
    import altair as alt

    @alt.theme.register("course", enable=True)
    def _theme() -> alt.theme.ThemeConfig:
        return cast(alt.theme.ThemeConfig, {"config": theme_config()})
