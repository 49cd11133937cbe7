"""Actors that may be the same: after folding, their names differ by one letter, or one has a word more.

Pairs are found by what remains when one letter or word is deleted (the deletion neighbourhood of Garbe's SymSpell), so
that the work grows with the number of names and not of pairs. Such names may still be two people: nothing is decided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.checks.finding import Finding
from scamcli.language import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHORTEST = 6
"""Letters of a name: in shorter ones, a difference of one letter is too common."""


def find_near_names(actors: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each pair of names that are nearly the same."""
    seen: dict[tuple[str, str], list[str]] = {}
    reported: set[tuple[str, str]] = set()
    for name in actors:
        key = names.fold(name)
        letters = [("letters", rest) for rest in _without_a_letter(key)]
        words = _without_a_word(key)
        for trace in [*letters, *(("whole", rest) for rest in words), ("words", key)]:
            for other in seen.get(trace, ()):
                if (other, name) not in reported and other != name:
                    reported.add((other, name))
                    yield Finding("N01", name, "", f'the name is nearly "{other}"')
        for trace in [*letters, *(("words", rest) for rest in words), ("whole", key)]:
            seen.setdefault(trace, []).append(name)


def _without_a_letter(key: str) -> set[str]:
    return {key} | ({key[:i] + key[i + 1 :] for i in range(len(key))} if len(key) >= SHORTEST else set())


def _without_a_word(key: str) -> set[str]:
    words = key.split()
    return {" ".join(words[:i] + words[i + 1 :]) for i in range(len(words))} if len(words) > 2 else set()
