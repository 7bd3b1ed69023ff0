"""A missing year is a row without figures, so a line breaks there."""

from __future__ import annotations

import pandas as pd
import pytest

import course


def test_missing_years_become_empty_rows_in_order() -> None:
    table = pd.DataFrame({"year": [2019, 2015, 2016], "score": [83, 86, 86]})
    shown = course.with_gaps(table)
    assert shown["year"].tolist() == [2015, 2016, 2017, 2018, 2019]
    assert shown["score"].isna().tolist() == [False, False, True, True, False]
    assert list(table["year"]) == [2019, 2015, 2016]


def test_other_steps_and_nothing_missing() -> None:
    assert course.with_gaps(pd.DataFrame({"year": [2010, 2014], "x": [1, 2]}), step=2)["year"].tolist() == [
        2010,
        2012,
        2014,
    ]
    assert len(course.with_gaps(pd.DataFrame({"day": [1, 2], "x": [1, 2]}), "day")) == 2
    assert course.with_gaps(pd.DataFrame({"year": [], "x": []})).empty


@pytest.mark.parametrize("years", [[2015, 2015], [2015, None]])
def test_a_year_twice_or_none_is_refused(years: list[int | None]) -> None:
    with pytest.raises(ValueError, match="year must hold each value once"):
        course.with_gaps(pd.DataFrame({"year": years, "x": [1, 2]}))
