from __future__ import annotations

import altair as alt
import pandas as pd
import pytest

from course.charts.views import split_views

FRAME = pd.DataFrame({"x": [1, 2], "y": [3, 4]})


def line() -> alt.Chart:
    return alt.Chart(FRAME).mark_line().encode(x="x", y="y")


def test_panels_are_drawn_apart_and_as_wide_as_their_place() -> None:
    views = split_views(alt.vconcat(line(), line()).to_dict())
    assert len(views) == 2
    assert all(view["width"] == "container" and view["datasets"] for view in views)


def test_a_width_of_its_own_is_kept() -> None:
    assert split_views(line().properties(width=200).to_dict())[0]["width"] == 200


def test_data_from_an_address_is_refused() -> None:
    with pytest.raises(ValueError, match=r"example\.org"):
        split_views(alt.Chart("https://example.org/data.csv").mark_point().encode(x="x:Q").to_dict())
