"""Legends in the learner's language: rows carry short names, the chart shows longer ones."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import altair as alt


def label_expression(names: Mapping[str, str]) -> str:
    """Return the Vega expression that shows each label of an axis or legend as `names` says."""
    return f"({json.dumps(dict(names), ensure_ascii=False)})[datum.label]"


def colour_by(field: str, names: Mapping[str, str], colours: Sequence[str], columns: int | None = None) -> alt.Color:
    """Return the colour channel of `field`, whose values are the keys of `names`, one of `colours` each.

    Its legend stands on top, in so many `columns` (all in one row if None), and shows the values of `names`.
    """
    import altair as alt

    return alt.Color(
        f"{field}:N",
        title=None,
        scale=alt.Scale(domain=list(names), range=list(colours)),
        legend=alt.Legend(
            orient="top", columns=alt.Undefined if columns is None else columns, labelExpr=label_expression(names)
        ),
    )
