"""English demonyms of all countries, as the field writes nationalities; and of peoples that reports name as such."""

from __future__ import annotations

from functools import cache

from scamcli.language.countries import PEOPLES, countries


@cache
def _known() -> frozenset[str]:
    every = {
        word for country in countries().values() for word in (country.demonym, *country.adjectives, *country.nouns)
    }
    return frozenset(word.casefold() for word in every | PEOPLES if word)


def known(nationality: str) -> bool:
    """Whether a word is a demonym, whatever its case."""
    return nationality.casefold() in _known()
