"""Tables on the wire: columns as binary buffers, because row dicts cost ten times the bytes and the time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from course.simulations.run import Table

# kinds of numpy's types: yes or no, integers, and numbers with decimals
NUMBERS = "biuf"


def pack(tables: Mapping[str, Table]) -> tuple[list[dict[str, Any]], list[bytes]]:
    """Return the description of the tables and one little-endian buffer per column, in the order described.

    Numbers travel as float64; anything else as uint32 positions in a list of distinct texts (`texts`).
    """
    described: list[dict[str, Any]] = []
    buffers: list[bytes] = []
    for name, table in tables.items():
        columns: list[dict[str, Any]] = []
        rows = 0
        for column, whole in table.items():
            values = np.asarray(whole)
            rows = len(values)
            if values.dtype.kind in NUMBERS:
                columns.append({"name": str(column)})
                buffers.append(values.astype("<f8", copy=False).tobytes())
            else:
                # a few dozen texts: what pandas and numpy have for many takes ten times as long
                texts = [*map(str, values.tolist())]
                places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
                columns.append({"name": str(column), "texts": [*places]})
                buffers.append(np.array([places[text] for text in texts], dtype="<u4").tobytes())
        described.append({"name": name, "rows": rows, "columns": columns})
    return described, buffers
