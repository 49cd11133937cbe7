"""The countries of ISO 3166-1, with the names and demonyms used in English reports.

The table is ``countries.txt`` beside this module, read on first use. It collects facts of common reference, because no
light package has names, demonyms, adjectives and nouns together. ``country_names.txt`` has more names, which only
`resolve_country` needs: official names, those of the United Nations, and those in the languages of the country.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from scamcli.language.scripts import plain

BODY_ADJECTIVES = {
    "HK": "Hong Kong", "MM": "Myanmar", "MO": "Macau", "NZ": "New Zealand", "PH": "Philippine", "US": "US",
}  # fmt: skip
"""Adjectives for the police and offices of a country, where they differ from the demonym: Philippine police."""

PEOPLES = frozenset({"English", "Scottish", "Welsh"})
"""Peoples that reports treat as nationalities although ISO 3166-1 has no country of that name."""

_OF_THEIR_OWN = frozenset({*map(str.casefold, PEOPLES), "korean", "tahitian"})
"""Words that stay as they are: a people of its own, or one whose country the word leaves open."""

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


_FILLER = frozenset({"the", "of", "and"})
_ALPHA_2 = 2


@cache
def countries() -> dict[str, Country]:
    """Return the countries by code."""
    return {
        code: Country(code, _values(names), demonym, _values(adjectives), _values(nouns))
        for code, names, demonym, adjectives, nouns in _rows("countries.txt")
    }


@lru_cache(maxsize=4096)
def resolve_country(text: str) -> str | None:
    """Return the code of the country with a code (ISO 3166-1 alpha-2 or alpha-3) or name; ``None`` if there is none.

    Case, diacritics, punctuation and the order of words do not matter: "Iran, Islamic Republic of".
    """
    code = text.strip().upper()
    if len(code) == _ALPHA_2 and code in countries():
        return code
    key = country_key(text)
    return _by_key().get(key) or _by_more_keys().get(key)


def country_key(name: str) -> str:
    """Return the form that is compared for names of countries: their plain words in alphabetical order."""
    words = plain(name.replace("&", " and ")).split()
    telling = [word for word in words if word not in _FILLER] or words
    return " ".join(sorted({"st": "saint"}.get(word, word) for word in telling))


@cache
def _by_key() -> dict[str, str]:
    return {country_key(name): country.code for country in countries().values() for name in country.names}


@cache
def _by_more_keys() -> dict[str, str]:
    rows = list(_rows("country_names.txt"))
    return {country_key(name): code for code, alpha_3, names in rows for name in (alpha_3, *_values(names))}


def _rows(file: str) -> list[list[str]]:
    from pathlib import Path  # most commands name no country, and should not pay for the import

    lines = Path(__file__).with_name(file).read_text(encoding="utf-8").splitlines()
    return [line.split("|") for line in lines if not line.startswith("#")]


def _values(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(";")) if cell else ()


def body_adjective(code: str) -> str:
    """Return the adjective for the police and offices of a country: Thai, Philippine, US."""
    return BODY_ADJECTIVES.get(code) or countries()[code].demonym


def country_of_adjective(word: str) -> str | None:
    """Return the code of the country with a demonym or a name, LY for Libyan; of several countries, the first one."""
    return _codes_by_adjective().get(word)


@cache
def _codes_by_adjective() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, country in countries().items():
        for name in (country.demonym, country.names[0]):
            if name:  # Antarctica has no demonym
                found.setdefault(name, code)
    return found


def is_demonym(word: str) -> bool:
    """Say whether a word is an English demonym, in any case."""
    return word.casefold() in _demonyms()


def people_of(word: str) -> str | None:
    """Return one word for all demonyms of a country, such as Nepali for Nepalese; ``None`` for any other word.

    The peoples of `PEOPLES` may be counted as British.
    """
    return _demonyms().get(word.casefold()) or _demonyms().get(demonym(word).casefold())


@cache
def words_for_people(word: str) -> frozenset[str]:
    """Return, in lower case, all words for the people of the countries that a word names, and the word itself.

    Nepali is also Nepalese. A people such as the Scots is not all British, so it has no other word.
    """
    word = demonym(word).casefold()
    found = {word}
    for country in countries().values():
        words = {one.casefold() for one in (country.demonym, *country.adjectives, *country.nouns) if one}
        found |= words if word in words and word not in map(str.casefold, PEOPLES) else set()
    return frozenset(found)


def all_demonyms() -> frozenset[str]:
    """Return what `people_of` can return."""
    return frozenset(_demonyms().values())


@lru_cache(maxsize=4096)
def demonym(text: str) -> str:
    """Return the demonym for the name or the code of a country, or for several of its people; any other text as it is.

    Thailand, THA, Thais and Thai nationals are Thai, and Nepalese are Nepali, so that one people has one row. Codes are
    in capitals, because short words are names as well.
    """
    if is_demonym(text):
        return text if text.casefold() in _OF_THEIR_OWN else _demonyms()[text.casefold()]
    words = text.split()
    if len(words) > 1 and words[-1].casefold() in _PEOPLE and is_demonym(" ".join(words[:-1])):
        return demonym(" ".join(words[:-1]))
    is_name = len(text) > _ALPHA_3 or text.isupper() or not text.isascii()
    code = resolve_country(text) if is_name else None
    return (countries()[code].demonym if code else None) or _plurals().get(text.casefold(), text)


_PEOPLE = frozenset({"citizens", "nationals", "people", "workers"})
_ALPHA_3 = 3


@cache
def _plurals() -> dict[str, str]:
    return {word.casefold(): country.demonym for country in countries().values() for word in country.plurals}


@cache
def _demonyms() -> dict[str, str]:
    found = {word.casefold(): countries()["GB"].demonym for word in PEOPLES}
    for country in countries().values():
        for word in (country.demonym, *country.adjectives, *country.nouns):
            if word:
                found.setdefault(word.casefold(), country.demonym)
    return found
