"""Of which nationality those are whom a number counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.kind import Kind
from scamcli.ingest.counts.sentence_view import OF_PEOPLE
from scamcli.ingest.proposal import Grade
from scamcli.language.countries import countries, is_demonym

if TYPE_CHECKING:
    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.counts.sentence_view import Reader
    from scamcli.ingest.mentions import Mention

OF_SOME_COUNTRY = lexicon.words("counted.of_some_country")
CONJOINED = lexicon.words("grammar.conjoined")


def take_nationalities(reader: Reader, count: Count, start: int, end: int) -> None:
    """Take the nationalities in a stretch: "12 Thai and Lao women"."""
    found = [one.name for one in reader.mentions if start <= one.first < end and one.kind in OF_PEOPLE]
    count.nationalities = list(dict.fromkeys([*count.nationalities, *found]))


def take_more_nationalities(reader: Reader, count: Count) -> None:
    """Take further nationalities that stand after the last, however many: "60 Pakistanis and Sri Lankans"."""
    while reader.lower(count.end) in CONJOINED and (found := reader.nationality(count.end + 1)) is not None:
        count.nationalities.append(found.name)
        count.end = found.last


def take_origin(reader: Reader, count: Count) -> None:
    """Take who comes after "of" or "from": nationals of Nepal, Ghana and Peru; women from Kenya."""
    at = count.end
    if count.kind is not Kind.PEOPLE or reader.lower(at) not in ("of", "from") or count.nationalities:
        return
    at += 1
    while (found := reader.by_first.get(at)) is not None and found.kind in ("country", "people"):
        if reader.text(found.last) == "(":
            break  # from Kenya (12) and Uganda (3)
        count.is_origin = True
        name = countries()[found.name].demonym if found.kind == "country" else found.name
        count.nationalities += [name] if name else []
        count.end = at = found.last
        while reader.lower(at) in CONJOINED or reader.lower(at) == "the":
            at += 1
    if count.nationalities and count.group == "citizens":
        count.group = None


def take_own_country(reader: Reader, count: Count) -> None:
    """Take the country whose body the sentence names: "the Indonesian Embassy brought home 34 citizens"."""
    if count.nationalities or count.noun not in OF_SOME_COUNTRY or count.group == "foreigners":
        return
    found = [own for one in reader.mentions if one.first < count.amount.first and (own := _nation(one))]
    if found:
        count.nationalities, count.group, count.grade = found[-1:], None, Grade.UNSURE


def take_of_all(reader: Reader, count: Count) -> None:
    """Take what all of them are: "ten of the accused, all of them Chinese"."""
    at = count.end + 1
    if reader.text(count.end) != "," or reader.lower(at) not in ("all", "both") or count.nationalities:
        return
    at += 3 if reader.lower(at + 1) == "of" else 1
    if (found := reader.nationality(at)) is not None:
        count.nationalities, count.end = [found.name], found.last


def _nation(mention: Mention) -> str | None:
    """The demonym of a country, or of the country of a body: Kenya, Kenyan, the Kenyan Embassy."""
    if mention.kind == "country":
        return countries()[mention.name].demonym or None
    if mention.kind == "adjective":
        return mention.name
    if mention.kind == "actor" and mention.within in ("embassy", "government", "police"):
        words = mention.name.split()
        own = next((name for name in (" ".join(words[:2]), words[0]) if is_demonym(name)), None)
        if own is not None:
            return own
    held = next((one for one in mention.holds if one.kind == "country"), None)
    return countries()[held.name].demonym if held else None
