"""Find actors that may be the same: after folding, their names differ by one letter, or one has an extra word.

Pairs are found by comparing what remains after deleting one letter or word (the deletion neighbourhood of Garbe's
SymSpell), so the work grows with the number of names, not of pairs. The names may still belong to two people: nothing
is decided here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.checks.finding import Finding
from scamcli.language import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHORTEST = 6
"""The fewest letters of a name; between shorter names, a difference of one letter is too common."""


def find_near_names(actors: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each pair of names that are nearly the same."""
    seen: dict[tuple[str, str], list[str]] = {}
    reported: set[tuple[str, str]] = set()
    for name in actors:
        key = names.fold(name)
        if not key:
            continue  # it has neither letters nor digits, and neither have others
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
