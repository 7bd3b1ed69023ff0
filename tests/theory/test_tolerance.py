"""The zone of tolerance between adequate and desired service."""

from __future__ import annotations

import pytest
from hypothesis import given

from course.theory.tolerance import adequacy, in_zone, superiority
from tests.theory.strategies import points, sizes


@given(points, points, sizes)
def test_the_two_measures_differ_by_the_width_of_the_zone(perceived, adequate, width):
    desired = adequate + width
    assert adequacy(perceived, adequate) - superiority(perceived, desired) == pytest.approx(
        desired - adequate, abs=1e-9
    )


@given(points, points, sizes)
def test_in_the_zone_means_neither_below_adequate_nor_above_desired(perceived, adequate, width):
    desired = adequate + width
    assert bool(in_zone(perceived, adequate, desired)) == (adequate <= perceived <= desired)


@given(points, sizes)
def test_the_edges_belong_to_the_zone(adequate, width):
    assert in_zone([adequate, adequate + width], adequate, adequate + width).all()


def test_zones_of_a_crowd():
    assert in_zone([4, 6, 8], 5, [7, 7, 7]).tolist() == [False, True, False]


def test_a_zone_upside_down_is_refused():
    with pytest.raises(ValueError, match="adequate service must not lie above desired"):
        in_zone(6, [5, 8], 7)
