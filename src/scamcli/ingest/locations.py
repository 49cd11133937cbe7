"""Find where an entry happens: its provinces, places, sites and countries, and the province of each count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import PLACES
from scamcli.ingest.mentions import country_of_body, with_places
from scamcli.ingest.mentions.countries import province_of
from scamcli.ingest.mentions.names import PLAIN_HEADS, found_abroad
from scamcli.ingest.origins import before_place, is_elsewhere, is_only_near, is_origin
from scamcli.ingest.proposal import Grade, Reason, Span
from scamcli.ingest.words import lower_at, text_at
from scamcli.language import gazetteer
from scamcli.language.countries import country_of_adjective

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.mentions import Mention
    from scamcli.ingest.words import Sentence
    from scamcli.records.types import FigureDict, PlaceDict

_METRICS_WITHOUT_PLACE = frozenset({"nationalities", "provinces", "members", "articles"})
_KINDS_WITHOUT_PLACE = frozenset({"change", "share", "loss"})

_CITIES = frozenset(lexicon.phrases("places.cities"))
"""Kinds of divisions that are cities, which are places too."""

_AUTHORITIES = frozenset({"police", "court", "government", "group"})
"""Kinds of bodies that act in their own country. A coast guard has the kind "group"."""
_MAX_TO_HEAD = 4
"""How many words after an adjective are searched for "police"."""

_MAX_IN_LIST = 3
"""How many words can be between two countries of a list: ", and the"."""
_MAX_TO_RETURN = 7
"""How many words before "from" are searched for "rescued"."""
_MAX_TO_PLACE = 3
"""How many words can be between a count and its place: 12 from Kandal."""

_NOWHERE = frozenset({"dateline", "seat of an embassy"})
"""Names of the rules for mentions of places where nothing happens."""


class Locations:
    """The places of an entry as its record stores them, with the reasons.

    Args:
        sentences, mentions: the sentences of the entry, and the names in each of them.
        country: code of the country where most of the article happens, for an entry that names none; or ``""``.
        division: the division where most of it happens, for an entry that names no place and no other country.
    """

    def __init__(
        self, sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], country: str, division: str = ""
    ) -> None:
        self._sentences = sentences
        self._mentions = mentions
        self.reasons: list[Reason] = []
        self.provinces: list[str] = []
        self.places: list[PlaceDict] = []
        self.sites: list[str] = []
        self.countries: list[str] = []
        self._here = [
            [one for one in with_places(names) if one.rule not in _NOWHERE and not is_elsewhere(words, names, one)]
            for words, names in zip(sentences, mentions, strict=True)
        ]
        for at, here in enumerate(self._here):
            for mention in here:
                self._add(at, mention)
        if (
            division
            and sentences
            and not (self.provinces or self.sites)
            and set(self.countries) <= {_country_of(division)}
        ):
            self.provinces.append(division)
            span = Span(sentences[0][0].start, sentences[0][-1].end)
            self.reasons.append(Reason(f"provinces.{division}", span, "province named most", Grade.UNSURE))
        if not self.countries:
            self._add_countries_of_authorities()
        if not self.countries:
            self._add_country_of_dateline()
        if not self.countries and sentences and country:
            self.countries.append(country)
            span = Span(sentences[0][0].start, sentences[0][-1].end)
            rule = "the country of most of the text"
            self.reasons.append(Reason(f"countries.{country}", span, rule, Grade.UNSURE))

    def _add_countries_of_authorities(self) -> None:
        """Add the countries whose police, courts or governments act: "Greek coast guard", but no embassies."""
        for at, found in enumerate(self._mentions):
            for mention in found:
                if mention.kind == "actor" and mention.within in _AUTHORITIES:
                    self._add_country(at, mention._replace(grade=Grade.UNSURE), country_of_body(mention))
                elif mention.kind == "adjective" and self._is_of_authority(at, mention):
                    code = country_of_adjective(mention.name)
                    self._add_country(at, mention._replace(grade=Grade.UNSURE), code)

    def _is_of_authority(self, at: int, mention: Mention) -> bool:
        """Return whether police, a court or the like follow an adjective: "Lao border guards"."""
        following = (word.lower for word in self._sentences[at][mention.last : mention.last + _MAX_TO_HEAD])
        return any(PLAIN_HEADS.get(word) in _AUTHORITIES for word in following)

    def _add_country_of_dateline(self) -> None:
        """Add the country that a text was sent from. Its place is only where the reporter was."""
        for at, found in enumerate(self._mentions):
            for mention in found:
                if mention.rule == "dateline":
                    self._add_country(at, mention._replace(grade=Grade.UNSURE), mention.country)

    def _add(self, at: int, mention: Mention) -> None:
        if is_only_near(self._sentences[at], mention):
            self._add_country(at, mention, mention.country)
        elif not is_origin(self._sentences[at], self._mentions[at], mention):
            self._add_place_of(at, mention)

    def _add_place_of(self, at: int, mention: Mention) -> None:
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
            case "place":
                self._add_abroad(at, mention)

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
        division = province_of(mention)
        if division is not None:
            self._add_division(at, mention, division)
        if division is None or not _is_division(mention):
            self._add_place(at, mention, mention.name, mention.within, "town", division)
        self._add_country(at, mention, mention.within)

    def _add_division(self, at: int, mention: Mention, division: str) -> None:
        rule = mention.rule
        if not division.startswith(mention.name):
            rule = "province named in another way" if _is_division(mention) else "province of a town"
        self._add_value(self.provinces, "provinces", division, at, mention._replace(rule=rule))

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

    def add_countries_of_provinces(self) -> None:
        """Add the countries of provinces to those that are named: workers who came home to Sri Lanka from Kayin."""
        for reason in [one for one in self.reasons if one.field.startswith("provinces.")]:
            code = _country_of(reason.field.removeprefix("provinces."))
            if self.countries and code not in self.countries:
                self.countries.append(code)
                self.reasons.append(reason._replace(field=f"countries.{code}", rule="the country of a province"))

    def _is_location(self, at: int, mention: Mention) -> bool:
        """Return whether a country is where something happens, not where people are from, or a state that acts."""
        words, first = self._sentences[at], mention.first
        while lower_at(words, first - 1) in PLACES.parts:
            first -= 1
        before = lower_at(words, first - 1)
        if before == "of" and lower_at(words, first - 2) in PLACES.edges:
            return True
        if before == "from" and self._comes_back(at, first - 1):
            return True
        if before in {"", "-", "•", "–", "*"} and self._is_label(at, mention):
            return True
        return before in PLACES.prepositions or (
            before in {",", "and", "or", "the"} and self._continues_list(at, mention)
        )

    def _comes_back(self, at: int, preposition: int) -> bool:
        """Return whether "from" tells where people were brought back from: "rescued from Myanmar"."""
        words = self._sentences[at]
        for word in reversed(words[max(0, preposition - _MAX_TO_RETURN) : preposition]):
            if word.lower in PLACES.returning:
                return True
            if word.text in ",;:" or word.lower in PLACES.origins:
                return False
        return False

    def _is_label(self, at: int, mention: Mention) -> bool:
        """Return whether a country heads a number of people of another nationality: "Laos: 1,089 Indians"."""
        words, last = self._sentences[at], mention.last
        if text_at(words, last) not in {":", "|"} or not text_at(words, last + 1)[:1].isdigit():
            return False
        people = [one.name for one in self._mentions[at] if one.kind == "people"]
        return any(country_of_adjective(name) != mention.name for name in people)

    def _continues_list(self, at: int, mention: Mention) -> bool:
        """Return whether an earlier country in the same list is a location: in Thailand, Malaysia and Singapore."""
        return any(
            one.kind == "country" and one.name in self.countries and 0 < mention.first - one.last <= _MAX_IN_LIST
            for one in self._mentions[at]
        )

    def with_provinces(self, counts: Sequence[Count]) -> list[Count]:
        """Return the counts with the provinces of their sentences. A part does not repeat the province of its whole."""
        placed = [
            count._replace(province=self._nearest(count, frozenset({"from", "in"})))
            if count.is_figure and count.whole is not None and count.province is None and count.cell is None
            else count
            for count in counts
        ]
        taken = {(count.at, count.province) for count in placed if count.is_figure and count.province is not None}
        placed = [
            count._replace(province=self._province_for(count, {name for at, name in taken if at == count.at}))
            if count.is_figure
            and (count.province, count.whole, count.cell) == (None, None, None)
            and not (count.metric in _METRICS_WITHOUT_PLACE or count.kind in _KINDS_WITHOUT_PLACE)
            else count
            for count in placed
        ]
        self._add_provinces_of(placed)
        if len(self.countries) == 1:
            return placed  # it is that of all
        return [
            count._replace(country=self._country_after(count))
            if count.is_figure and (count.province, count.country, count.cell) == (None, None, None)
            else count
            for count in placed
        ]

    def add_homes(self, figures: Sequence[FigureDict], reasons: Sequence[Reason]) -> None:
        """Add the countries that people went home to, by their nationality: "five Malaysians returned home"."""
        spans = {reason.field: reason.span for reason in reasons}
        for figure in figures:
            name = figure["nationality"] if figure["metric"] == "repatriations" else None
            code = (country_of_adjective(name) if name else None) or figure["country"]
            if code and code not in self.countries:
                self.countries.append(code)
                span = spans[f"figures.{figure['id']}"]
                self.reasons.append(Reason(f"countries.{code}", span, "people who went home", Grade.UNSURE))

    def _add_provinces_of(self, counts: Sequence[Count]) -> None:
        """Add provinces that only figures have so far, because people are from there: 850 citizens from Mae Sot."""
        missing = {count.province for count in counts if count.is_figure and count.province} - {*self.provinces}
        for at, here in enumerate(self._here) if missing else ():
            for mention in here:
                if mention.kind == "place" and (division := province_of(mention)) in missing and division:
                    self._add_division(at, mention, division)
                    self._add_country(at, mention, mention.within)

    def _province_for(self, count: Count, taken: set[str | None]) -> str | None:
        here = [name for name in self._provinces_of(count.at) if name not in taken]
        if len(here) == 1:
            return here[0]
        if here:
            first = {province_of(one) for one in self._here[count.at] if one.last <= count.amount.first} - {None}
            only = next(iter(first)) if len(first) == 1 else None  # police in Kratie arrested 312 and, in Pursat, 27
            return self._nearest(count, frozenset({"in", "from", "at"})) or only
        return self._before(count) if count.at and len(self.provinces) == 1 else None

    def _before(self, count: Count) -> str | None:
        """Return the province of the sentence before a count, unless the count is of a wider or another area."""
        before, own = ({word.lower for word in self._sentences[at]} for at in (count.at - 1, count.at))
        found = next(iter(self._provinces_of(count.at - 1)), None)
        if found is None or "alone" in before or "since" in own:
            return None  # in Edo alone, 212 were freed; 728 since 2003
        acting = (one for one in self._mentions[count.at] if one.kind == "actor" and one.last <= count.amount.first)
        is_abroad = any(country_of_body(one) not in (None, _country_of(found)) for one in acting)
        return None if is_abroad else found  # Indian police arrested five agents

    def _provinces_of(self, at: int) -> list[str]:
        words = self._sentences[at]
        here = (one for one in self._here[at] if not is_origin(words, self._mentions[at], one))
        found = (province_of(one) for one in here if not is_only_near(words, one))
        return list(dict.fromkeys(name for name in found if name))

    def _nearest(self, count: Count, prepositions: frozenset[str]) -> str | None:
        """Return the province right after a count, or ``None`` if it is the first of a list of provinces."""
        words, found = self._sentences[count.at], self._mentions[count.at]
        for mention in found:
            name, before = province_of(mention), before_place(words, mention)
            is_near = 0 <= before - count.end < _MAX_TO_PLACE and lower_at(words, before) in prepositions
            if name and is_near and not any(word.text == ":" for word in words[count.end : before]):
                if is_origin(words, found, mention):
                    return None
                continues = any(one.first == mention.last + 1 and province_of(one) for one in found)
                return None if continues and words[mention.last].lower in {"and", ","} else name
        return None

    def _country_after(self, count: Count) -> str | None:
        """Return the code of the country right after a count: "120,000 in Myanmar and 100,000 in Cambodia"."""
        words = self._sentences[count.at]
        near = (one for one in self._here[count.at] if 0 < one.first - count.end <= _MAX_TO_PLACE)
        inside = (one.name for one in near if one.kind == "country" and words[one.first - 1].lower == "in")
        return next(inside, None)


def _country_of(division: str) -> str:
    """Return the code of the country of a division as records write it: TH for "Tak, TH", KH for "Kandal"."""
    return division.rpartition(", ")[2] if ", " in division else "KH"


def _is_division(mention: Mention) -> bool:
    """Return whether a place outside Cambodia is a division that is not a city."""
    found = found_abroad(mention.name, mention.within) if mention.within else None
    return found is not None and not isinstance(found, gazetteer.Town) and found.kind not in _CITIES
