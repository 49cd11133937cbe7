"""Entries are related by sets of scopes, with the same result as if each pair were compared."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from scamcli.numbers import relations
from scamcli.numbers.entries import Facts, make_entries
from scamcli.numbers.relations import Relations, members, relate
from scamcli.numbers.scope import have_no_common_day, lies_within, name_different_things
from scamcli.numbers.scope_sets import ScopeSets
from tests.numbers.random_timelines import random_timeline
from tests.numbers.test_plain import raids, with_raids
from tests.numbers.worded import facts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.numbers.entries import Entry


def relate_each_pair(entries: Sequence[Entry], facts: Facts) -> Relations:
    """What `relate` must return, by comparing each pair of entries."""
    linked = relations._LinkedEvents(facts)
    outside, apart = [0] * len(entries), [0] * len(entries)
    for i, one in enumerate(entries):
        for j in range(i):
            other = entries[j]
            if relations._lies_inside(one, other, linked):
                outside[i] |= 1 << j
            elif relations._lies_inside(other, one, linked):
                outside[j] |= 1 << i
            elif relations._cannot_overlap(one, other, linked):
                apart[i] |= 1 << j
                apart[j] |= 1 << i
    relations._close(outside)
    relations._inherit(apart, outside)
    everything = (1 << len(entries)) - 1
    may_overlap = [everything & ~apart[i] & ~(1 << i) for i in range(len(entries))]
    return Relations(entries, outside, relations._reversed(outside), may_overlap)


def assert_same_relations(seed: int) -> None:
    # Two random timelines in one: more entries, with links, parts, moments, data sets and equal scopes.
    first, second = with_raids(seed), random_timeline(seed + 1)
    moved = [figure._replace(event=f"other-{figure.event}") for figure in second.figures]
    links = [link._replace(event=f"other-{link.event}", target=f"other-{link.target}") for link in second.links]
    given = first._replace(figures=[*first.figures, *moved], links=[*first.links, *links])
    facts = facts_of(given)
    entries = make_entries(given.figures, facts)
    Random(seed).shuffle(entries)
    assert relate(entries, facts) == relate_each_pair(entries, facts), seed


@pytest.mark.parametrize("seed", range(60))
def test_the_relations_are_those_of_each_pair(seed: int) -> None:
    assert_same_relations(seed)


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(100, 1100))
def test_the_relations_of_many_timelines_are_those_of_each_pair(seed: int) -> None:
    assert_same_relations(seed)


@pytest.mark.parametrize("seed", range(20))
def test_sets_of_scopes_agree_with_each_scope(seed: int) -> None:
    given = random_timeline(seed)
    figures = [*given.figures, *raids(40, Random(seed))]
    scopes = [entry.scope for entry in make_entries(figures, Facts())]
    sets = ScopeSets([(1 << i, scope) for i, scope in enumerate(scopes)])
    for scope in scopes:
        assert set(members(sets.around(scope))) == {i for i, total in enumerate(scopes) if lies_within(scope, total)}
        assert set(members(sets.overlapping(scope))) == {
            i
            for i, other in enumerate(scopes)
            if not have_no_common_day(scope, other) and not name_different_things(scope, other)
        }
