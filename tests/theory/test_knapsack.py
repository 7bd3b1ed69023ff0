"""Choosing under a budget."""

from __future__ import annotations

from itertools import compress, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.theory.knapsack import best, greedy

items = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), min_size=1, max_size=12)
budgets = st.integers(0, 120)


def brute_force(values, costs, budget):
    sets = product([False, True], repeat=len(values))
    return max(sum(compress(values, chosen)) for chosen in sets if sum(compress(costs, chosen)) <= budget)


@settings(max_examples=60, deadline=None)
@given(items, budgets)
def test_the_best_is_brute_force(pairs, budget):
    values, costs = zip(*pairs, strict=True)
    found = best(values, costs, budget)
    assert found.value == brute_force(values, costs, budget) == sum(values[item] for item in found.items)
    assert found.cost == sum(costs[item] for item in found.items) <= budget


@given(items, budgets, st.randoms())
def test_the_order_of_the_items_does_not_matter(pairs, budget, random):
    shuffled = random.sample(pairs, len(pairs))
    assert best(*zip(*pairs, strict=True), budget).value == best(*zip(*shuffled, strict=True), budget).value


@given(items, budgets)
def test_greedy_keeps_the_budget_and_never_beats_the_best(pairs, budget):
    values, costs = zip(*pairs, strict=True)
    found = greedy(values, costs, budget)
    assert found.cost <= budget
    assert found.value <= best(values, costs, budget).value


@pytest.mark.parametrize("choose", [best, greedy])
@pytest.mark.parametrize("given_", [([1], [1, 2], 3), ([-1], [1], 3), ([1], [0], 3), ([1], [1.5], 3), ([1], [1], -1)])
def test_impossible_numbers_are_refused(choose, given_):
    with pytest.raises(ValueError, match=r"give|must be"):
        choose(*given_)
