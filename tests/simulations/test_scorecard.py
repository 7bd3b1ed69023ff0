"""What a run owes to its parts adds up, is nothing for what changes nothing, and the same for what does the same."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from course.simulations.scorecard import coalitions, shapley


def by_orders(worths: np.ndarray, players: int) -> np.ndarray:
    """What each adds, averaged over all orders, counted one by one."""
    added = np.zeros(players)
    orders = [*permutations(range(players))]
    for order in orders:
        place = 0
        for player in order:
            added[player] += worths[place + 2**player] - worths[place]
            place += 2**player
    return added / len(orders)


@pytest.mark.parametrize("players", [1, 2, 4])
def test_it_is_the_average_over_all_orders(players: int) -> None:
    worths = np.random.default_rng(players).normal(size=2**players)
    assert shapley(worths) == pytest.approx(by_orders(worths, players))
    assert shapley(worths).sum() == pytest.approx(worths[-1] - worths[0])


def test_sets_come_in_the_order_of_their_numbers() -> None:
    assert coalitions(2).tolist() == [[False, False], [True, False], [False, True], [True, True]]


def test_several_games_at_once_are_each_alone() -> None:
    games = np.random.default_rng(1).normal(size=(3, 8))
    assert shapley(games) == pytest.approx(np.array([shapley(game) for game in games]))
