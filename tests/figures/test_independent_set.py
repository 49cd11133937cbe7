"""The heaviest set of nodes that are not neighbours, against all sets."""

from __future__ import annotations

from random import Random

import pytest

from scamcli.figures.independent_set import heaviest

Graph = tuple[list[int], list[set[int]]]


def graph(chance: Random, size: int, share: float) -> Graph:
    neighbours: list[set[int]] = [set() for _ in range(size)]
    for one in range(size):
        for other in range(one):
            if chance.random() < share:
                neighbours[one].add(other)
                neighbours[other].add(one)
    return [chance.randint(0, 9) for _ in range(size)], neighbours


def weight_of_all_sets(weights: list[int], neighbours: list[set[int]]) -> int:
    best = 0
    for bits in range(1 << len(weights)):
        nodes = [node for node in range(len(weights)) if bits >> node & 1]
        if all(neighbours[node].isdisjoint(nodes) for node in nodes):
            best = max(best, sum(weights[node] for node in nodes))
    return best


@pytest.mark.parametrize("seed", range(20))
def test_against_all_sets(seed: int) -> None:
    chance = Random(seed)
    for _ in range(40):
        weights, neighbours = graph(chance, chance.randint(1, 9), chance.random())
        found, is_exact = heaviest(weights, neighbours)
        assert is_exact
        assert all(neighbours[node].isdisjoint(found) for node in found)
        assert sum(weights[node] for node in found) == weight_of_all_sets(weights, neighbours)


def test_the_graph_is_left_as_it_is() -> None:
    weights, neighbours = graph(Random(1), 9, 0.4)
    before = [set(one) for one in neighbours]
    heaviest(weights, neighbours)
    assert neighbours == before


def test_one_total_over_ten_thousand_incidents_is_solved_without_a_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scamcli.figures.independent_set.MOST_STEPS", 0)
    incidents = 10_000
    star: list[set[int]] = [set(range(1, incidents + 1)), *({0} for _ in range(incidents))]
    assert len(heaviest([incidents - 1] + [1] * incidents, star)[0]) == incidents
    assert heaviest([incidents + 1] + [1] * incidents, star) == ([0], True)


def test_a_search_that_is_given_up_still_finds_a_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scamcli.figures.independent_set.MOST_STEPS", 3)
    weights, neighbours = graph(Random(2), 60, 0.2)
    found, is_exact = heaviest(weights, neighbours)
    assert found
    assert not is_exact
    assert all(neighbours[node].isdisjoint(found) for node in found)
