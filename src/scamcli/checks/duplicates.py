"""Actors who may be one: names that differ by one letter, or by one word of three or more, after folding.

Pairs are found by what is left when one letter or word is taken away (the deletion neighbourhood of Garbe's SymSpell),
so that the work grows with the names, not with their pairs. It decides nothing: two such names may be two people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli import names
from scamcli.checks.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHORTEST = 6
"""Letters of a name: between shorter ones, one letter is too much of a difference."""


def check(actors: Iterable[str]) -> Iterator[Finding]:
    """Pairs of names that are nearly the same."""
    met: dict[str, list[str]] = {}
    told: set[tuple[str, str]] = set()
    for name in actors:
        for trace in _traces(names.fold(name)):
            for other in met.setdefault(trace, []):
                if (other, name) not in told and other != name:
                    told.add((other, name))
                    yield Finding("N01", name, "", f"it is nearly {other!r}")
            met[trace].append(name)


def _traces(key: str) -> set[str]:
    words = key.split()
    traces = {key}
    if len(key) >= SHORTEST:
        traces |= {key[:at] + key[at + 1 :] for at in range(len(key))}
    if len(words) > 2:
        traces |= {" ".join(words[:at] + words[at + 1 :]) for at in range(len(words))}
    return traces
