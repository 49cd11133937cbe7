"""Conflicts of generated timelines with a mixture of everything, compared with a plain and slow way, row by row."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TYPE_CHECKING

import pytest

from scamcli import Timeline
from scamcli.figures import Context, conflicts, scope
from scamcli.figures.claims import resolve_all
from scamcli.store import setup
from tests.helpers.driver import take_in
from tests.helpers.mixtures import mixture

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from scamcli.figures import Figure
    from scamcli.figures.scope import Scope
    from scamcli.stats.conflicts import Row


class AllIncidents:
    """Compares every incident with every aggregate."""

    def __init__(self, figures: Iterable[Figure], context: Context) -> None:
        incidents = {figure.key: figure for figure in figures}
        self._resolved = list(resolve_all(incidents, context.wholes).values())

    def most(self, _around: Scope) -> float:
        return float("inf")

    def inside(self, around: Scope) -> list[Figure]:
        return [one for one in self._resolved if _lies_inside(scope.scope_of([one]), around)]


def _lies_inside(inner: Scope, outer: Scope) -> bool:
    if inner.start is None or inner.end is None:
        return False
    return (outer.start or 0) <= inner.start and inner.end <= (outer.end or 0) and scope.may_include(outer, inner)


def rows(path: Path) -> list[Row]:
    with Timeline(path) as timeline:
        return timeline.conflicts()


def compare(folder: Path, seed: int) -> Counter[str]:
    """Compare the conflicts of one timeline with what the slow way finds, and count them by kind."""
    path = folder / f"{seed}.db"
    setup.make(path, seed=False)
    take_in(path, *mixture(Random(seed)))
    found = rows(path)
    with pytest.MonkeyPatch.context() as slowly:
        slowly.setattr(conflicts, "Incidents", AllIncidents)
        slowly.setattr(Context, "around", lambda context, _group: context)
        assert rows(path) == found, seed
    return Counter(row["kind"] for row in found)


def test_mixtures(tmp_path: Path) -> None:
    kinds = sum((compare(tmp_path, seed) for seed in range(12)), Counter[str]())
    assert set(conflicts.KINDS) - kinds.keys() <= {"decreasing"}


@pytest.mark.thorough
@pytest.mark.parametrize("batch", range(20))
def test_many_mixtures(batch: int, tmp_path: Path) -> None:
    for seed in range(10):
        compare(tmp_path, 5000 + batch * 10 + seed)
