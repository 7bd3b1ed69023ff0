"""The helpers that check prose can fail."""

from __future__ import annotations

import pytest

from tests.lessons import prose
from tests.lessons.prose import MINUS, Ledger, rounded, said, stands_in, unnamed, unquoted


def test_a_number_counts_only_where_it_stands_alone() -> None:
    assert stands_in("4.3", "At 4.3 of 5")
    assert stands_in("83.5", "83.5% wait no longer")
    assert not stands_in("4.3", "4.3225 stars and 14.3")
    assert not stands_in("83.5", "183.5 and 83.55")
    assert not stands_in("0.5", f"{MINUS}0.5")


def test_a_number_without_its_zero_stands_for_one_with_it() -> None:
    assert stands_in(".32", "0.32")
    assert not stands_in(".32", "10.32")
    assert not stands_in("0.32", ".32")


def test_a_number_is_written_as_prose_writes_it() -> None:
    assert rounded(-1234.5, 1) == f"{MINUS}1,234.5"


def test_what_the_prose_leaves_out_is_named() -> None:
    assert unnamed({"story": ["4", "5"]}, {"story": "4 and 15"}) == [("story", "5")]
    with pytest.raises(AssertionError):
        unnamed({}, {})


def test_a_question_must_name_a_number_in_both_languages() -> None:
    assert unquoted("m01", {"third-parcel": ["4.32", "no such number"]}) == [("third-parcel", "no such number")]


def test_a_text_says_the_numbers_outside_code_headings_and_cross_references() -> None:
    text = "### 4.1 Two\n\n1. `x[3]`, section 5.2, 第 6.3 节: −1,234.5 of .32, $S = P^2 - 17.07$, [app](m01.ipynb)"
    assert said(text) == {"1234.5", "0.32", "17.07"}


def test_a_number_with_neither_computation_nor_source_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    planted = "In 95 of 100 parcels (Kriss, 2014) it was −41.7, in 2013 more"
    monkeypatch.setattr(prose, "prose_cells", lambda module, language: {"story": planted})
    ledger = Ledger("m01", {"story": {"kriss-2014": "100"}}, known=[lambda: {"story": ["95"]}])
    assert ledger.unaccounted("en") == [("story", "2013"), ("story", "41.7")]


def test_a_source_nobody_lists_and_a_number_that_is_gone_are_named() -> None:
    stated = {"story": {"chosen": "31.4", "keiningham-2007": "2.6"}}
    assert Ledger("m01", stated).stale() == [("story", "31.4"), ("story", "keiningham-2007")]


def test_an_edition_that_leaves_out_what_its_language_must_name_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        prose, "cells", lambda module, language: {"story": {"en": "5 and 12,000", "zh": "1.2 万"}[language]}
    )
    sums = {"en": "12,000", "zh": "1.2"}
    ledger = Ledger("m01", {}, [lambda: {"story": ["5"]}], apart=[lambda language: {"story": [sums[language]]}])
    assert (ledger.unnamed("en"), ledger.unnamed("zh")) == ([], [("story", "5")])
