"""Who stays after a complaint, and how many complaints must be handled very well."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.theory.recovery import share_to_match, staying

FATES = (0.4, 0.3, 0.3)


@settings(deadline=None)
@given(st.floats(0, 1), st.floats(0, 1), st.lists(st.floats(0, 1), min_size=3, max_size=3))
def test_who_stays_lies_between_the_best_and_the_worst(complaining, silent, kept):
    found = staying(complaining, silent, FATES, kept)
    assert min(silent, *kept) - 1e-9 <= found <= max(silent, *kept) + 1e-9


@settings(deadline=None)
@given(st.floats(0, 1), st.floats(0.51, 1), st.floats(0, 0.5))
def test_with_the_share_to_match_complainers_are_as_loyal_as_the_rest(reference, best, otherwise):
    share = share_to_match(reference, best, otherwise)
    assert share * best + (1 - share) * otherwise == pytest.approx(reference)


@pytest.mark.parametrize("fates", [(0.5, 0.4), (1.2, -0.2), ()])
def test_fates_are_shares_of_one(fates):
    with pytest.raises(ValueError, match=r"add to 1|between 0 and 1"):
        staying(0.1, 0.1, fates, [0.5] * len(fates))
