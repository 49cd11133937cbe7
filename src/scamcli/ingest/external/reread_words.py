"""Check that the words of a quote name a place or a nationality, in English or in the language of the place."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from scamcli.language import gazetteer
from scamcli.language.countries import PEOPLES, countries, resolve_country

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SHORTEST = 4
"""The fewest letters of a single word that can name a place in a longer quote. Shorter words may be codes."""


def province_of(value: str, quote: str) -> str | None:
    """Return the official name of a province, given its name or a town in it, if a quote names it or a town in it."""
    wanted = _province(value)
    return wanted if wanted is not None and _names(quote, wanted, _province) else None


def country_of(value: str, quote: str) -> str | None:
    """Return the code of a country, if a quote names it."""
    wanted = resolve_country(value)
    return wanted if wanted is not None and _names(quote, wanted, resolve_country) else None


def nationality_of(value: str, quote: str) -> str | None:
    """Return the demonym that records use, if a quote has a demonym of the same people or the name of their country."""
    wanted = _demonym(value)
    return wanted if wanted is not None and _names(quote, wanted, _demonym) else None


def _province(text: str) -> str | None:
    found = gazetteer.resolve(text)
    return None if found is None else found.province


def _demonym(text: str) -> str | None:
    found = _demonyms().get(text.strip().casefold())
    if found is None and (code := resolve_country(text)):
        return countries()[code].demonym or None
    return found


@cache
def _demonyms() -> dict[str, str]:
    found = {people.casefold(): people for people in PEOPLES}
    for country in countries().values():
        forms = (country.demonym, *country.adjectives, *country.nouns, *country.plurals)
        found |= {form.casefold(): country.demonym for form in forms if form and country.demonym}
    return found


def _names(quote: str, wanted: str, resolve: Callable[[str], str | None]) -> bool:
    return resolve(quote) == wanted or any(resolve(part) == wanted for part in _parts(quote))


def _parts(quote: str) -> Iterator[str]:
    """Yield the words of a quote, and two and three consecutive ones, without punctuation at the ends of words."""
    words = [word.strip(".,;:!?()[]\"'“”‘’") for word in quote.split()[:200]]
    for one in words:
        if len(one) >= SHORTEST:
            yield one
            yield one.removesuffix("'s").removesuffix("’s")
    yield from (" ".join(pair) for pair in pairwise(words))
    yield from (" ".join(words[at : at + 3]) for at in range(len(words) - 2))
