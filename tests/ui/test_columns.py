from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from course.ui.simulator.columns import pack

NUMBERS = st.floats(allow_nan=False, allow_infinity=False, width=64)


@given(st.lists(st.tuples(NUMBERS, st.text(max_size=8)), max_size=20))
def test_every_value_survives_the_way(rows: list[tuple[float, str]]) -> None:
    frame = pd.DataFrame({"number": [row[0] for row in rows], "text": [row[1] for row in rows]})
    frame = frame.astype({"number": "float64", "text": "object"})
    (table,), (numbers, codes) = pack({"frame": frame})
    assert (table["name"], table["rows"]) == ("frame", len(rows))
    assert list(np.frombuffer(numbers, "<f8")) == [row[0] for row in rows]
    texts = table["columns"][1]["texts"]
    assert [texts[code] for code in np.frombuffer(codes, "<u4")] == [row[1] for row in rows]


def test_whole_numbers_and_truths_travel_as_numbers() -> None:
    frame = pd.DataFrame({"count": [1, 2], "hit": [True, False]})
    (table,), buffers = pack({"frame": frame})
    assert [column.get("texts") for column in table["columns"]] == [None, None]
    assert [list(np.frombuffer(buffer, "<f8")) for buffer in buffers] == [[1, 2], [1, 0]]


def test_a_column_costs_eight_bytes_a_row() -> None:
    _, (buffer,) = pack({"frame": pd.DataFrame({"x": np.arange(1000.0)})})
    assert len(buffer) == 8000
