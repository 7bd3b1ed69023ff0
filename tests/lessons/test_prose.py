"""The helpers that check prose can fail."""

from __future__ import annotations

import pytest

from tests.lessons.prose import MINUS, rounded, stands_in, unnamed, unquoted


def test_a_number_counts_only_where_it_stands_alone() -> None:
    assert stands_in("4.3", "At 4.3 of 5")
    assert stands_in("83.5", "83.5% wait no longer")
    assert not stands_in("4.3", "4.3225 stars and 14.3")
    assert not stands_in("83.5", "183.5 and 83.55")
    assert not stands_in("0.5", f"{MINUS}0.5")


def test_a_number_is_written_as_prose_writes_it() -> None:
    assert rounded(-1234.5, 1) == f"{MINUS}1,234.5"


def test_what_the_prose_leaves_out_is_named() -> None:
    assert unnamed({"story": ["4", "5"]}, {"story": "4 and 15"}) == [("story", "5")]
    with pytest.raises(AssertionError):
        unnamed({}, {})


def test_a_question_must_name_a_number_in_both_languages() -> None:
    assert unquoted("m01", {"third-parcel": ["4.32", "no such number"]}) == [("third-parcel", "no such number")]
