"""Find where an entry happens: its provinces, places, sites and countries, and the province of each count."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.nouns import PEOPLE
from scamcli.ingest.lexicon import GRAMMAR, PLACES, SPEECH
from scamcli.ingest.mentions import with_places
from scamcli.ingest.proposal import Grade, Reason, Span
from scamcli.ingest.words import lower_at, text_at
from scamcli.language import gazetteer
from scamcli.language.countries import country_of_adjective

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.mentions import Mention
    from scamcli.ingest.words import Sentence
    from scamcli.records.types import PlaceDict

_METRICS_WITHOUT_PLACE = frozenset({"nationalities", "provinces", "members", "articles"})
_KINDS_WITHOUT_PLACE = frozenset({"change", "share", "loss"})
_NOT_HERE = frozenset({"dateline", "seat of an embassy"})
"""Names of the rules for mentions of places where nothing happens."""

_CITIES = frozenset(lexicon.phrases("places.cities"))
"""Kinds of divisions that are cities, which are places too."""

_IN = frozenset({"in", "from"})
_ABROAD = frozenset({"country", "place"})
_MAX_TO_WISH = 4
"""How many words before a place are searched for "trying", or before a name for "said"."""

_MAX_TO_PLACE = 3
"""How many words can be between a count and its place: 12 from Kandal."""


class Locations:
    """The places of an entry as its record stores them, with the reasons.

    Args:
        sentences, mentions: the sentences of the entry, and the names in each of them.
        country: code of the country where most of the article happens, for an entry that names none; or ``""``.
    """

    def __init__(self, sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], country: str) -> None:
        self._sentences = sentences
        self._mentions = mentions
        self.reasons: list[Reason] = []
        self.provinces: list[str] = []
        self.places: list[PlaceDict] = []
        self.sites: list[str] = []
        self.countries: list[str] = []
        self._here = [
            [one for one in with_places(found) if one.rule not in _NOT_HERE and not self._is_elsewhere(at, one)]
            for at, found in enumerate(mentions)
        ]
        for at, here in enumerate(self._here):
            for mention in here:
                self._add(at, mention)
        if not self.countries and sentences and country:
            self.countries.append(country)
            span = Span(sentences[0][0].start, sentences[0][-1].end)
            rule = "the country of most of the text"
            self.reasons.append(Reason(f"countries.{country}", span, rule, Grade.UNSURE))

    def _add(self, at: int, mention: Mention) -> None:
        if mention.kind == "country" or (mention.kind == "adjective" and self._is_of_shore(at, mention)):
            self._add_named_country(at, mention)
            return
        match mention.kind:
            case "province":
                self._add_province(at, mention, mention.name)
            case "town" if mention.within:
                self._add_town(at, mention, mention.within)
            case "site":
                self._add_value(self.sites, "sites", mention.name, at, mention)
                if mention.within:
                    self._add_province(at, mention, mention.within)
            case "place" if not self._is_origin(at, mention):
                self._add_abroad(at, mention)

    def _is_elsewhere(self, at: int, mention: Mention) -> bool:
        """Return whether a place is only where somebody speaks, or where people want to go.

        "Joel Example said in Geneva", "trying to reach Greece", "a boat bound for Italy".
        """
        words, first = self._sentences[at], mention.first
        before = lower_at(words, first - 1)
        if before in _IN:
            return any(one.last == first - 1 and self._speaks(words, one, mention) for one in self._mentions[at])
        near = [word.lower for word in words[max(0, first - _MAX_TO_WISH) : first - 1]]
        is_wish = not PLACES.wishing.isdisjoint(near) and GRAMMAR.be.isdisjoint(near)
        return mention.kind in _ABROAD and (before in PLACES.goals or (before in PLACES.towards and is_wish))

    @staticmethod
    def _speaks(words: Sentence, somebody: Mention, place: Mention) -> bool:
        """Return whether a person or an organisation says something beside its name or beside the place behind it."""
        if somebody.within not in ("person", "ngo"):
            return False
        beside = (*words[max(0, somebody.first - _MAX_TO_WISH) : somebody.first], *words[place.last : place.last + 2])
        return any(word.lower in SPEECH.said for word in beside)

    def _is_of_shore(self, at: int, mention: Mention) -> bool:
        return text_at(self._sentences[at], mention.last) in PLACES.shores

    def _add_named_country(self, at: int, mention: Mention) -> None:
        """Add the country of a demonym, or one where something happens, which is also a place unless it is Cambodia."""
        if mention.kind == "adjective":
            self._add_country(at, mention, country_of_adjective(mention.name))
        elif self._is_location(at, mention):
            if mention.name != "KH":
                written = " ".join(word.text for word in self._sentences[at][mention.first : mention.last])
                self._add_place(at, mention, written, mention.name, "country")
            self._add_country(at, mention, mention.name)

    def _add_value(self, values: list[str], field: str, value: str, at: int, mention: Mention) -> None:
        if value not in values:
            values.append(value)
            self.reasons.append(mention.reason(f"{field}.{value}", self._sentences[at]))

    def _add_province(self, at: int, mention: Mention, province: str) -> None:
        self._add_value(self.provinces, "provinces", province, at, mention)
        self._add_country(at, mention, "KH")

    def _add_town(self, at: int, mention: Mention, province: str) -> None:
        self._add_province(at, mention, province)
        words = self._sentences[at]
        if mention.last == len(words) or words[mention.last].lower not in {"province", "provincial"}:
            self._add_place(at, mention, mention.name, "KH", "town", province)

    def _add_abroad(self, at: int, mention: Mention) -> None:
        """Add a place outside Cambodia: a division as itself, a town with its division, if the gazetteer knows it."""
        division = division_of(mention)
        if division is not None:
            self._add_division(at, mention, division)
        if division is None or not is_division(mention):
            self._add_place(at, mention, mention.name, mention.within, "town", division)
        self._add_country(at, mention, mention.within)

    def _add_division(self, at: int, mention: Mention, division: str) -> None:
        rule = mention.rule
        if not division.startswith(mention.name):
            rule = "province named in another way" if is_division(mention) else "province of a town"
        self._add_value(self.provinces, "provinces", division, at, mention._replace(rule=rule))

    def _is_origin(self, at: int, mention: Mention) -> bool:
        """Return whether somebody comes from a place: a woman from Tay Ninh."""
        words, first = self._sentences[at], mention.first
        if first < 2 or words[first - 1].lower != "from":
            return False
        ends_people = any(one.last == first - 1 and one.kind in {"people", "adjective"} for one in self._mentions[at])
        return ends_people or words[first - 2].lower in PEOPLE

    def _add_country(self, at: int, mention: Mention, code: str | None) -> None:
        if code:
            self._add_value(self.countries, "countries", code, at, mention)

    def _add_place(  # noqa: PLR0913 - the fields of a place
        self, at: int, mention: Mention, name: str, country: str | None, precision: str, province: str | None = None
    ) -> None:
        if all(place["name"] != name for place in self.places):
            place: PlaceDict = {
                "name": name, "country": country, "admin1": None, "province": province, "lat": None, "lon": None,
                "precision": precision,
            }  # fmt: skip
            self.places.append(place)
            self.reasons.append(mention.reason(f"places.{name}", self._sentences[at]))

    def _is_location(self, at: int, mention: Mention) -> bool:
        """Return whether a country is where something happens, not where people are from, or a state that acts."""
        words, first = self._sentences[at], mention.first
        while lower_at(words, first - 1) in PLACES.parts:
            first -= 1
        before = lower_at(words, first - 1)
        if before == "of" and lower_at(words, first - 2) in PLACES.edges:
            return True
        return before in PLACES.prepositions or (before in {",", "and", "or"} and self._continues_list(at, mention))

    def _continues_list(self, at: int, mention: Mention) -> bool:
        """Return whether an earlier country in the same list is a location: in Thailand, Malaysia and Singapore."""
        return any(
            one.kind == "country" and one.name in self.countries and 0 < mention.first - one.last <= 2
            for one in self._mentions[at]
        )

    def with_provinces(self, counts: Sequence[Count]) -> list[Count]:
        """Return the counts with the provinces of their sentences. A part does not repeat the province of its whole."""
        placed = [
            count._replace(province=self._nearest(count, frozenset({"from"})))
            if count.is_figure and count.whole is not None and count.province is None
            else count
            for count in counts
        ]
        taken = {(count.at, count.province) for count in placed if count.is_figure and count.province is not None}
        placed = [
            count._replace(province=self._province_for(count, {name for at, name in taken if at == count.at}))
            if count.is_figure
            and (count.province, count.whole) == (None, None)
            and not (count.metric in _METRICS_WITHOUT_PLACE or count.kind in _KINDS_WITHOUT_PLACE)
            else count
            for count in placed
        ]
        self._add_provinces_of(placed)
        return placed

    def _add_provinces_of(self, counts: Sequence[Count]) -> None:
        """Add provinces that only figures have so far, because people are from there: 850 citizens from Mae Sot."""
        missing = {count.province for count in counts if count.is_figure and count.province} - {*self.provinces}
        for at, here in enumerate(self._here) if missing else ():
            for mention in here:
                if mention.kind == "place" and (division := division_of(mention)) in missing and division:
                    self._add_division(at, mention, division)
                    self._add_country(at, mention, mention.within)

    def _province_for(self, count: Count, taken: set[str | None]) -> str | None:
        here = [name for name in self._provinces_of(count.at) if name not in taken]
        if len(here) == 1:
            return here[0]
        if here:
            return self._nearest(count, frozenset({"in", "from", "at"}))
        if count.at and len(self.provinces) == 1:
            return next(iter(self._provinces_of(count.at - 1)), None)
        return None

    def _provinces_of(self, at: int) -> list[str]:
        found = map(_province_of, self._here[at])
        return list(dict.fromkeys(name for name in found if name))

    def _nearest(self, count: Count, prepositions: frozenset[str]) -> str | None:
        """Return the province right after a count, or ``None`` if it is the first of a list of provinces."""
        words, found = self._sentences[count.at], self._mentions[count.at]
        for mention in found:
            name, is_near = _province_of(mention), 0 < mention.first - count.end <= _MAX_TO_PLACE
            if name and is_near and words[mention.first - 1].lower in prepositions:
                continues = any(one.first == mention.last + 1 and _province_of(one) for one in found)
                return None if continues and words[mention.last].lower in {"and", ","} else name
        return None


def _province_of(mention: Mention) -> str | None:
    if mention.kind == "province":
        return mention.name
    if mention.kind == "place":
        return division_of(mention)
    return mention.within if mention.kind in {"town", "site"} else None


def division_of(mention: Mention) -> str | None:
    """Return the first-level division of a place outside Cambodia, as records write it, if the gazetteer knows it."""
    found = _found_abroad(mention.name, mention.within)
    return found and found.province


def is_division(mention: Mention) -> bool:
    """Return whether a place outside Cambodia is a division that is not a city."""
    found = _found_abroad(mention.name, mention.within)
    return found is not None and not isinstance(found, gazetteer.Town) and found.kind not in _CITIES


@lru_cache(maxsize=1024)
def _found_abroad(name: str, country: str | None) -> gazetteer.Place | None:
    return gazetteer.resolve(name, country) if country else None
