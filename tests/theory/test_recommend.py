"""Alike by common buyers."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from course.theory.recommend import cosine, recommend, similarity

TOY = pd.DataFrame({"kettle": [1, 1, 0, 1], "tea": [1, 1, 0, 0], "lamp": [0, 0, 1, 0], "mug": [1, 0, 1, 1]})
tables = st.integers(1, 6).flatmap(
    lambda items: arrays(int, (5, items), elements=st.integers(0, 1)).map(
        lambda grid: pd.DataFrame(grid, columns=[f"i{number}" for number in range(grid.shape[1])])
    )
)


def test_two_in_common_of_three_and_two():
    assert cosine(TOY["kettle"], TOY["tea"]) == pytest.approx(2 / math.sqrt(6))
    assert cosine(TOY["kettle"], TOY["lamp"]) == 0
    assert cosine([0, 0], [1, 1]) == 0


@given(tables)
def test_likeness_is_mutual_bounded_and_full_with_oneself(bought):
    table = similarity(bought).to_numpy()
    assert np.array_equal(table, table.T)
    assert ((table >= 0) & (table <= 1)).all()
    assert np.diag(table) == pytest.approx((bought.sum() > 0).astype(float).to_numpy())


@given(tables, st.integers(2, 4))
def test_seeing_every_customer_again_changes_nothing(bought, times):
    repeated = pd.concat([bought] * times, ignore_index=True)
    assert similarity(repeated).to_numpy() == pytest.approx(similarity(bought).to_numpy())


@given(tables, st.integers(0, 6))
def test_it_recommends_only_what_is_not_owned_and_is_alike(bought, count):
    owned = ["i0"]
    found = recommend(bought, owned, count)
    alike = similarity(bought).loc["i0"]
    assert len(found) <= count
    assert "i0" not in found
    assert all(alike[item] > 0 for item in found)
    assert [alike[item] for item in found] == sorted((alike[item] for item in found), reverse=True)


def test_the_toy_shop():
    assert recommend(TOY, ["kettle"]) == ["tea", "mug"]
    assert recommend(TOY, ["kettle"], 1) == ["tea"]
    assert recommend(TOY, ["tea", "lamp"], 1) == ["mug"]
    assert recommend(TOY, []) == []


def test_what_is_not_there_is_named():
    with pytest.raises(ValueError, match="sofa"):
        recommend(TOY, ["sofa"])
    with pytest.raises(ValueError, match="one length"):
        cosine([1, 2], [1])
