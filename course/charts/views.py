"""Altair charts as the page draws them: one Vega-Lite specification per panel, each as wide as its place."""

from __future__ import annotations

from typing import Any

_SHARED = ("config", "datasets", "$schema")


def split_views(whole: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the panels of a Vega-Lite specification, a vertical concatenation or a single view, at container width.

    Panels are drawn separately so that each fits a phone. Data from an address is refused with `ValueError`: pages of the
    course ask no other host for anything.
    """
    shared = {key: whole[key] for key in _SHARED if key in whole}
    panels = whole.get("vconcat", [whole])
    data = {"data": whole["data"]} if "vconcat" in whole and "data" in whole else {}
    views = [{**shared, **data, **panel} for panel in panels]
    for view in views:
        _refuse_addresses(view)
        if not any(key in view for key in ("hconcat", "concat", "facet", "repeat")) and "width" not in view:
            view["width"] = "container"
            view.setdefault("autosize", {"type": "fit-x", "contains": "padding"})
    return views


def _refuse_addresses(node: Any) -> None:
    if isinstance(node, dict):
        if isinstance(node.get("url"), str):
            raise ValueError(f"a chart of the course must carry its data, not fetch {node['url']}")
        for child in node.values():
            _refuse_addresses(child)
    elif isinstance(node, list):
        for child in node:
            _refuse_addresses(child)
