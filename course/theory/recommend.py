"""Item-to-item recommendation: two things are alike when the same people bought them.

Source: Linden, Smith & York (2003).
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

SOURCES = ("linden-2003",)


def cosine(one: ArrayLike, other: ArrayLike) -> float:
    """Return the cosine of the angle between two vectors of equal length: Σab / (√Σa² √Σb²), from −1 to 1.

    For an item, the vector has one entry per customer (1: bought, 0: not); the cosine is then from 0, no buyer in common,
    to 1, the same buyers. A vector of zeros is like nothing: 0. Raises `ValueError` for vectors of different lengths.
    """
    a, b = np.asarray(one, dtype=float), np.asarray(other, dtype=float)
    if a.ndim != 1 or a.shape != b.shape or a.size == 0:
        raise ValueError("give two vectors of one length")
    lengths = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(np.clip(a @ b / lengths, -1, 1)) if lengths > 0 else 0.0


def similarity(bought: pd.DataFrame) -> pd.DataFrame:
    """Return the cosine of every pair of columns (items) of `bought`, a table with a row per customer: items × items."""
    items = list(bought.columns)
    rows = [[cosine(bought[one], bought[other]) for other in items] for one in items]
    return pd.DataFrame(rows, index=items, columns=items)


def recommend(bought: pd.DataFrame, owned: Collection[str], count: int = 3) -> list[str]:
    """Return up to `count` items not in `owned`, most alike first: each scores the sum of its cosines with those owned.

    Items with a score of 0 are left out; ties keep the order of the columns. Raises `ValueError` for an unknown item.
    """
    unknown = [item for item in owned if item not in bought.columns]
    if unknown:
        raise ValueError(f"not in the table: {', '.join(map(str, unknown))}")
    scores = similarity(bought).loc[list(owned)].sum().drop(list(owned))
    ranked = scores[scores > 0].sort_values(ascending=False, kind="stable")
    return [str(item) for item in ranked.index[:count]]
