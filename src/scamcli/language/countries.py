"""The countries of ISO 3166-1, with the names and demonyms used in English reports.

The table, ``countries.txt`` beside this module, is read on first use. It is our own collection of common facts, because
no lightweight package has names, demonyms, adjectives and nouns together.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

BODY_ADJECTIVES = {
    "HK": "Hong Kong", "MM": "Myanmar", "MO": "Macau", "NZ": "New Zealand", "PH": "Philippine", "US": "US",
}  # fmt: skip
"""Adjectives for the police and offices of a country, where they differ from the demonym: Philippine police."""

PEOPLES = frozenset({"English", "Scottish", "Welsh"})
"""Peoples that reports treat as nationalities although ISO 3166-1 has no country of that name."""

_WITHOUT_PLURAL = (
    "ese", "ish", "nch", "tch", "ss", "ois", "Lao", "Welsh", "Irish", "Kyrgyz", "Burkinabe", "Philippine", "Malagasy",
    "I-Kiribati", "Kiribati", "Ni-Vanuatu", "Hong Kong", "New Zealand", "Ivory Coast", "Myanmar", "Manx", "Vanuatu",
)  # fmt: skip
"""Endings of demonyms that have no plural in -s, or whose plural is the name of a country."""


class Country(NamedTuple):
    """A country or territory: its code (ISO 3166-1 alpha-2, or XK for Kosovo) and its names, the usual one first.

    ``demonym`` is the word that records use for the nationality; it is empty if English has none. ``adjectives`` are
    further adjectives for its people, and ``nouns`` further nouns for one of them, such as Briton or Filipina.
    """

    code: str
    names: tuple[str, ...]
    demonym: str
    adjectives: tuple[str, ...]
    nouns: tuple[str, ...]

    @property
    def plurals(self) -> tuple[str, ...]:
        """Words for several of its people that are not adjectives: Thais, Filipinas, Frenchmen."""
        regular = [
            f"{word}s" for word in (self.demonym, *self.adjectives) if word and not word.endswith(_WITHOUT_PLURAL)
        ]
        return (*regular, *(f"{noun[:-2]}en" if noun.endswith(("man", "woman")) else f"{noun}s" for noun in self.nouns))


@cache
def countries() -> dict[str, Country]:
    """Return the countries by code."""
    from pathlib import Path  # most commands name no country and need not pay for the import

    table = {}
    for line in Path(__file__).with_name("countries.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, names, demonym, adjectives, nouns = line.split("|")
            table[code] = Country(code, _values(names), demonym, _values(adjectives), _values(nouns))
    return table


def _values(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(";")) if cell else ()


def body_adjective(code: str) -> str:
    """Return the adjective for the police and offices of a country: Thai, Philippine, US."""
    return BODY_ADJECTIVES.get(code) or countries()[code].demonym


def is_demonym(word: str) -> bool:
    """Say whether a word is an English demonym, in any case."""
    return word.casefold() in _demonyms()


@cache
def _demonyms() -> frozenset[str]:
    words = {
        word for country in countries().values() for word in (country.demonym, *country.adjectives, *country.nouns)
    }
    return frozenset(word.casefold() for word in words | PEOPLES if word)
