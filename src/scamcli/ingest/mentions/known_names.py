"""The names that need no article to be known: provinces and towns, countries, demonyms, outlets, bodies of the field.

They are read from the tables once, at first use.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.mentions.record import Name, Phrases, is_acronym, split
from scamcli.ingest.proposal import Grade
from scamcli.language.countries import countries
from scamcli.language.gazetteer import provinces

if TYPE_CHECKING:
    from collections.abc import Iterator

BODIES = lexicon.headings("bodies.known")
OUTLETS = lexicon.phrases("outlets.outlets")
WEAK_OUTLETS = lexicon.words("outlets.weak_outlets")
ABROAD = lexicon.headings("places.abroad")
SITES_ABROAD = lexicon.headings("places.sites_abroad")

PLURAL, ADJECTIVE = "plural", "adjective"
"""The two kinds of demonym, until the words around it are read."""


@cache
def static() -> Phrases:
    """All of them; of two that are spelled alike the first stays."""
    found = Phrases()
    for form, name in (*_cambodian(), *_outlets(), *_bodies(), *_sites(), *_countries(), *_abroad(), *_demonyms()):
        found.add(split(form), name)
    return found


def _demonyms() -> Iterator[tuple[str, Name]]:
    for country in countries().values():
        if country.demonym:
            adjective = Name(ADJECTIVE, country.demonym, country.code, "demonym")
            plural = Name(PLURAL, country.demonym, country.code, "people by their demonym")
            yield from ((form, adjective) for form in (country.demonym, *country.adjectives))
            yield from ((form, plural) for form in (*country.nouns, *country.plurals))


def _cambodian() -> Iterator[tuple[str, Name]]:
    for province in provinces():
        town = Name("town", "Sihanoukville", province.name, "town of the gazetteer")
        of_province = Name("province", province.name, None, "province of the gazetteer")
        for form in province.names:
            if form != province.iso:
                yield form, town if form in _TOWNS_TOO else of_province
        for form, place in province.town_spellings:
            yield form, Name("town", place.name, province.name, "town of the gazetteer")


_TOWNS_TOO = frozenset(
    {"Sihanoukville", "S'ville", "Kampong Saom", "Kampong Som", "Kompong Som", "Preah Sihanouk town"}
)
"""Names of a province that are its town's first."""


def _countries() -> Iterator[tuple[str, Name]]:
    for country in countries().values():
        name, exact = (Name("country", country.code, None, "name of a country", exact=flag) for flag in (False, True))
        for form in country.names:
            yield form, exact if is_acronym(form) else name


def _abroad() -> Iterator[tuple[str, Name]]:
    for form, code in ABROAD.items():
        yield form, Name("place", form, code, "place abroad", exact=is_acronym(form))


def _sites() -> Iterator[tuple[str, Name]]:
    return ((form, Name("site", form, None, "site of the field", title=True)) for form in SITES_ABROAD)


def _outlets() -> Iterator[tuple[str, Name]]:
    for line in OUTLETS:
        for form in line.split(";"):
            grade = Grade.UNSURE if form.casefold() in WEAK_OUTLETS else Grade.SURE
            yield (
                form,
                Name("outlet", line, None, "outlet of the field", grade, is_acronym(form), title=_is_title(form)),
            )


def _bodies() -> Iterator[tuple[str, Name]]:
    for names, kind in BODIES.items():
        for form in names.split(";"):
            title = _is_title(form)
            yield form, Name("actor", names, kind, "body of the field", Grade.SURE, is_acronym(form), title=title)


def _is_title(form: str) -> bool:
    """Whether the last word has a capital."""
    return form[form.rfind(" ") + 1].isupper()
