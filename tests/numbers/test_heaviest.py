"""The heaviest set of entries of which no two may overlap, against trying all sets."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scamcli.numbers import heaviest as module
from scamcli.numbers.heaviest import heaviest, parts, weight

WEIGHTS = st.integers(-3, 20) | st.sampled_from([0, 0.5, 10**9])


@st.composite
def graphs(draw: st.DrawFn, largest: int = 9) -> tuple[list[float], list[int]]:
    """Weights, and for each of them the set of those that it may overlap."""
    weights = draw(st.lists(WEIGHTS, min_size=1, max_size=largest))
    size = len(weights)
    overlap = [0] * size
    for i, j in draw(st.lists(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)), max_size=2 * size)):
        if i != j:
            overlap[i] |= 1 << j
            overlap[j] |= 1 << i
    return weights, overlap


def is_free(chosen: int, overlap: list[int]) -> bool:
    """Whether no two of a set may overlap."""
    return all(not overlap[i] & chosen for i in range(len(overlap)) if chosen >> i & 1)


@given(graphs(), st.integers(min_value=0))
def test_no_other_set_is_heavier(graph: tuple[list[float], list[int]], chance: int) -> None:
    weights, overlap = graph
    among = chance % (1 << len(weights))
    chosen, is_exact = heaviest(weights, overlap, among)
    assert is_exact
    assert chosen & ~among == 0
    assert is_free(chosen, overlap)
    assert all(weights[i] > 0 for i in range(len(weights)) if chosen >> i & 1)
    others = (sum(1 << i for i, is_in in enumerate(bits) if is_in) for bits in product((0, 1), repeat=len(weights)))
    most = max(weight(other, weights) for other in others if other & ~among == 0 and is_free(other, overlap))
    assert weight(chosen, weights) == most


@given(graphs())
def test_nothing_connects_parts(graph: tuple[list[float], list[int]]) -> None:
    weights, overlap = graph
    everything = (1 << len(weights)) - 1
    found = parts(everything, overlap)
    assert sum(found) == everything  # each entry is in one part
    for part in found:
        reached = part & -part
        while True:
            more = reached
            for i in range(len(weights)):
                more |= overlap[i] if reached >> i & 1 else 0
            if more == reached:
                break
            reached = more
        assert reached == part


@pytest.mark.parametrize("seed", range(5))
def test_above_the_most_visits_the_set_is_right_but_not_exact(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = Random(seed)
    weights = [chance.randint(1, 60) for _ in range(40)]
    overlap = [0] * 40
    for _ in range(200):
        i, j = chance.sample(range(40), 2)
        overlap[i] |= 1 << j
        overlap[j] |= 1 << i
    best, is_exact = heaviest(weights, overlap, (1 << 40) - 1)
    assert is_exact
    monkeypatch.setattr(module, "MOST_VISITS", 100)
    chosen, is_exact = heaviest(weights, overlap, (1 << 40) - 1)
    assert not is_exact
    assert is_free(chosen, overlap)
    assert 0.7 * weight(best, weights) <= weight(chosen, weights) <= weight(best, weights)
