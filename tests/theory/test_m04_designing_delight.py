"""The worked numbers of m04."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import chi2_contingency

from course.datasets import load
from course.theory import kano, knapsack
from course.theory.kano import POULIOT, STANDARD
from tests.oracles import cases

EVERY_PAIR = np.ones((5, 5))
TRAP = ([70, 20, 39, 37, 7, 5, 10], [31, 10, 20, 19, 4, 3, 6], 50)
P01 = ([92, 57, 49, 68, 60, 43, 67, 84, 87, 72], [23, 31, 29, 44, 53, 38, 63, 85, 89, 82], 165)


def survey(name, wording, feature):
    rows = load("kano_money_counts").query("survey == @name and wording == @wording and feature == @feature")
    pairs = np.zeros((5, 5))
    pairs[rows["functional"] - 1, rows["dysfunctional"] - 1] = rows["respondents"]
    return pairs


def convenient(wording):
    return kano.tally(survey("storage", wording, "Convenient storage"))


def responsive(table=STANDARD):
    return kano.tally(survey("transfers", "W4", "Responsive transfers"), table)


def coefficients(*numbers):
    return [kano.better(*numbers), kano.worse(*numbers)]


def compared(numbers):
    found = kano.fong(numbers)
    return [found.difference, found.critical]


def strengths(numbers):
    found = kano.strength(numbers)
    return [found.total, found.category]


FUNCTIONS = {
    "kano-counts": lambda: kano.tally(EVERY_PAIR),
    "kano-better-worse": lambda: coefficients(7, 32.3, 49.3, 9.5),
    "kano-pouliot-counts": lambda: kano.tally(EVERY_PAIR, POULIOT),
    "kano-responsive-counts": responsive,
    "kano-responsive-coeff": lambda: coefficients(*responsive(POULIOT)[:4]),
    "kano-fong": lambda: compared([45, 123, 95, 33, 0, 0]),
    "kano-strength": lambda: strengths([45, 123, 95, 33, 0, 0]),
    "kano-wording-better": lambda: [kano.better(*convenient(wording)[:4]) for wording in ("W1", "W2", "W3", "W4")],
    "knapsack-greedy-trap": lambda: [knapsack.best(*TRAP).value, knapsack.greedy(*TRAP).value],
    "knapsack-p01": lambda: knapsack.best(*P01).value,
}


@cases("m04", FUNCTIONS)
def test_worked_number(oracle, compute):
    oracle.check(compute())


def test_the_largest_class_changes_with_the_wording():
    assert [kano.largest(convenient(wording)) for wording in ("W1", "W2", "W3", "W4")] == [
        ("O",),
        ("A",),
        ("I",),
        ("O",),
    ]


def test_the_best_sets_are_the_published_ones():
    assert knapsack.best(*TRAP).items == (0, 3)
    assert knapsack.best(*P01).items == (0, 1, 2, 3, 5)


def test_the_most_important_feature_delights_few_and_the_fifth_delights_most():
    features = load("kano_money_features").query("survey == 'transfers'")
    ranked = list(features.sort_values("mean_importance", ascending=False)["feature"])
    delighted = {name: int(kano.tally(survey("transfers", "W4", name))[0]) for name in ranked}
    assert ranked[0] == "Secure transfers"
    assert delighted["Secure transfers"] == 18
    assert ranked[4] == "Responsive transfers" == max(delighted, key=delighted.__getitem__)
    assert kano.tally(survey("transfers", "W4", "Anonymous transfers"))[4] == 49


def test_the_age_groups_add_up_to_the_survey_and_differ_in_their_largest_class():
    ages = load("kano_money_by_age")
    for name, group in ages.groupby("feature"):
        both = group[list(kano.CLASSES)].sum()
        np.testing.assert_array_equal(both, kano.tally(survey("transfers", "W4", name)))
    convenient_ones = ages.query("feature == 'Convenient transfers'").set_index("age_group")[list(kano.CLASSES)]
    assert kano.largest(convenient_ones.loc["under 30"]) == ("I",)
    assert kano.largest(convenient_ones.loc["30 and over"]) == ("O",)


def test_the_wording_moves_worse_more_than_better_and_fong_settles_only_two_of_its_four_classes():
    wordings = [convenient(wording) for wording in ("W1", "W2", "W3", "W4")]
    worse = [float(kano.worse(*numbers[:4])) for numbers in wordings]
    np.testing.assert_allclose(worse, [-0.6395, -0.3441, -0.3205, -0.6173], atol=5e-5)
    better = [float(kano.better(*numbers[:4])) for numbers in wordings]
    assert max(better) - min(better) < 0.1 < max(worse) - min(worse)
    assert [kano.fong(numbers).differ for numbers in wordings] == [True, False, False, True]


def test_the_classes_hang_on_the_wording_and_on_age():
    wordings = np.array([convenient(wording)[:4] for wording in ("W1", "W2", "W3", "W4")])
    statistic, chance, freedom, _ = chi2_contingency(wordings)
    assert (statistic, freedom) == (pytest.approx(38.2, abs=0.05), 9)
    assert chance == pytest.approx(0.00002, abs=0.000005)
    ages = load("kano_money_by_age").query("feature == 'Convenient transfers'")[list("AOMI")]
    assert chi2_contingency(ages).pvalue == pytest.approx(0.00004, abs=0.000005)
