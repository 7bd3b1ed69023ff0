"""Who tells more people weighs more: the balance and where it tips."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.theory.telling import balance, tipping_share

told = st.floats(0.1, 100)


@given(told, told)
def test_at_the_tip_good_and_bad_cancel(good, bad):
    share = tipping_share(good, bad)
    assert float(balance(share, good, bad)) == pytest.approx(0, abs=1e-9)
    assert float(balance(1, good, bad)) > 0 > float(balance(0, good, bad))


@pytest.mark.parametrize("call", [
    lambda: balance(1.1, 9, 16), lambda: balance(0.5, -1, 16), lambda: tipping_share(0, 0), lambda: tipping_share(-1, 4),
])  # fmt: skip
def test_out_of_range_is_refused(call):
    with pytest.raises(ValueError, match="nobody tells fewer than 0"):
        call()
