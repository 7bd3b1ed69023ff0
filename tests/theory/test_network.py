"""What makes the three kinds of networks what they are."""

from __future__ import annotations

import numpy as np
import pytest

from course.theory.network import Network, clustered, hubs, mixing

KINDS = {
    "mixing": lambda draw: mixing(1_500, 6, draw),
    "clustered": lambda draw: clustered(1_500, 6, 0.05, draw),
    "hubs": lambda draw: hubs(1_500, 6, draw),
}


def drawn(kind: str) -> Network:
    return KINDS[kind](np.random.default_rng(8))


def closed(network: Network) -> float:
    """How often two friends of one person know each other."""
    # whole numbers would be multiplied one by one: fourteen seconds instead of a tenth
    ties = np.zeros((network.people, network.people))
    ties[network.first, network.second] = ties[network.second, network.first] = 1
    two_steps = ties @ ties
    return float((two_steps * ties).sum() / (two_steps.sum() - np.trace(two_steps)))


@pytest.mark.parametrize("kind", KINDS)
def test_ties_lead_to_others_once_and_there_are_as_many_as_asked(kind):
    network = drawn(kind)
    assert (network.first < network.second).all()
    assert len({*zip(network.first, network.second, strict=True)}) == network.first.size
    assert network.degrees.mean() == pytest.approx(6, rel=0.05)
    taker, start = network.neighbours
    assert (np.diff(start) == network.degrees).all()
    friends = taker[start[7] : start[8]]
    assert sorted(friends) == sorted([*network.second[network.first == 7], *network.first[network.second == 7]])


def test_friends_know_each_other_in_circles_and_a_few_know_everybody_among_hubs():
    circles = {kind: closed(drawn(kind)) for kind in KINDS}
    assert circles["clustered"] > 0.4
    assert circles["mixing"] < 0.02
    most = {kind: drawn(kind).degrees.max() for kind in KINDS}
    assert most["hubs"] > 4 * max(most["mixing"], most["clustered"])


@pytest.mark.parametrize("call", [
    lambda draw: mixing(2, 1, draw), lambda draw: mixing(10, 9, draw), lambda draw: clustered(20, 3, 0.1, draw),
    lambda draw: clustered(20, 4, 1.1, draw), lambda draw: hubs(20, 5, draw), lambda draw: hubs(20, 0, draw),
])  # fmt: skip
def test_impossible_networks_are_refused(call):
    with pytest.raises(ValueError, match=r"."):
        call(np.random.default_rng(1))
