"""Actors who may be one: names that differ by one letter, or of which one has a word more, after folding.

Pairs are found by what is left when one letter or word is taken away (the deletion neighbourhood of Garbe's SymSpell),
so that the work grows with the names, not with their pairs. It decides nothing: two such names may be two people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.checks.finding import Finding
from scamcli.language import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHORTEST = 6
"""Letters of a name: between shorter ones, one letter is too much of a difference."""


def check(actors: Iterable[str]) -> Iterator[Finding]:
    """Pairs of names that are nearly the same."""
    met: dict[tuple[str, str], list[str]] = {}
    told: set[tuple[str, str]] = set()
    for name in actors:
        key = names.fold(name)
        letters, words = _without_a_letter(key), _without_a_word(key)
        alike = [("letters", trace) for trace in letters] + [("whole", trace) for trace in words] + [("words", key)]
        for other in (one for trace in alike for one in met.get(trace, ())):
            if (other, name) not in told and other != name:
                told.add((other, name))
                yield Finding("N01", name, "", f"it is nearly {other!r}")
        for trace in [("letters", one) for one in letters] + [("words", one) for one in words] + [("whole", key)]:
            met.setdefault(trace, []).append(name)


def _without_a_letter(key: str) -> set[str]:
    return {key} | ({key[:at] + key[at + 1 :] for at in range(len(key))} if len(key) >= SHORTEST else set())


def _without_a_word(key: str) -> set[str]:
    words = key.split()
    return {" ".join(words[:at] + words[at + 1 :]) for at in range(len(words))} if len(words) > 2 else set()
