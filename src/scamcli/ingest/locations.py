"""Where an entry happens: its provinces, places, sites and countries, and in which province each count was made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scamcli.ingest.lexicon import listed
from scamcli.ingest.mentions import with_places
from scamcli.ingest.proposal import Grade, Reason, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.mentions import Mention
    from scamcli.ingest.words import Sentence

_IN = listed("in to into across inside throughout within as at")
_OF_NO_PLACE = frozenset({"nationalities", "provinces", "members", "articles"})
_BLANK: dict[str, Any] = dict.fromkeys(("name", "country", "admin1", "province", "lat", "lon", "precision"))
NOT_HERE = frozenset({"dateline", "seat of an embassy"})
"""Rules of mentions of places where nothing happens."""

NEAR = 3
"""Words between a count and the place that is its own: "12 from Kandal"."""


class Locations:
    """The places of an entry.

    Args:
        sentences: of the entry.
        mentions: the names in each of them.
        country: where the article mostly is, for an entry that names none; may be empty.
    """

    def __init__(self, sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], country: str) -> None:
        self._sentences = sentences
        self._mentions = mentions
        self.reasons: list[Reason] = []
        self.provinces: list[str] = []
        self.places: list[dict[str, Any]] = []
        self.sites: list[str] = []
        self.countries: list[str] = []
        for at, mention in self._every():
            self._locate(at, mention)
        if not self.countries and sentences and country:
            self._fall_back(country)

    def _every(self) -> Iterator[tuple[int, Mention]]:
        for at, found in enumerate(self._mentions):
            for mention in with_places(found):
                if mention.rule not in NOT_HERE:
                    yield at, mention

    def _reason(self, field: str, at: int, mention: Mention) -> None:
        words = self._sentences[at]
        span = Span(words[mention.first].start, words[mention.last - 1].end)
        self.reasons.append(Reason(field, span, mention.rule, mention.grade))

    def _locate(self, at: int, mention: Mention) -> None:
        match mention.kind:
            case "province":
                self._in_province(at, mention, mention.name)
            case "town" if mention.within:
                self._in_province(at, mention, mention.within)
                if not self._is_province_too(at, mention):
                    self._add(at, mention, {"country": "KH", "province": mention.within, "precision": "town"})
            case "site":
                self._add_site(at, mention)
            case "place":
                self._add(at, mention, {"country": mention.within, "precision": "town"})
                self._in_country(at, mention, mention.within)
            case "country":
                self._country(at, mention)

    def _is_province_too(self, at: int, mention: Mention) -> bool:
        words = self._sentences[at]
        return mention.last < len(words) and words[mention.last].lower in {"province", "provincial"}

    def _in_province(self, at: int, mention: Mention, province: str) -> None:
        if province not in self.provinces:
            self.provinces.append(province)
            self._reason(f"provinces.{province}", at, mention)
        self._in_country(at, mention, "KH")

    def _in_country(self, at: int, mention: Mention, code: str | None) -> None:
        if code and code not in self.countries:
            self.countries.append(code)
            self._reason(f"countries.{code}", at, mention)

    def _add_site(self, at: int, mention: Mention) -> None:
        if mention.name not in self.sites:
            self.sites.append(mention.name)
            self._reason(f"sites.{mention.name}", at, mention)
        if mention.within:
            self._in_province(at, mention, mention.within)

    def _country(self, at: int, mention: Mention) -> None:
        """A country in which something happens; not one from which people are, nor one that acts."""
        words = self._sentences[at]
        before = words[mention.first - 1].lower if mention.first else ""
        listed = before in {",", "and", "or"} and self._goes_on(at, mention)
        if before not in _IN and not listed:
            return
        if mention.name != "KH":
            written = " ".join(word.text for word in words[mention.first : mention.last])
            self._add(at, mention, {"country": mention.name, "precision": "country"}, written)
        self._in_country(at, mention, mention.name)

    def _goes_on(self, at: int, mention: Mention) -> bool:
        """Whether a country stands in a list whose first is a place: "in Thailand, Malaysia and Singapore"."""
        return any(
            one.kind == "country" and one.name in self.countries and 0 < mention.first - one.last <= 2
            for one in self._mentions[at]
        )

    def _add(self, at: int, mention: Mention, rest: dict[str, Any], name: str | None = None) -> None:
        name = name or mention.name
        if all(place["name"] != name for place in self.places):
            self.places.append(_BLANK | {"name": name} | rest)
            self._reason(f"places.{name}", at, mention)

    def _fall_back(self, country: str) -> None:
        first = self._sentences[0]
        self.countries.append(country)
        span = Span(first[0].start, first[-1].end)
        self.reasons.append(Reason(f"countries.{country}", span, "the country of most of the text", Grade.UNSURE))

    def with_provinces(self, counts: Sequence[Count]) -> list[Count]:
        """Return counts with the provinces of their sentences. The province of a part is not that of its whole."""
        placed = [
            count._replace(province=self._nearest(count, frozenset({"from"})))
            if count.is_figure and count.whole is not None and count.province is None
            else count
            for count in counts
        ]
        taken = {(count.at, count.province) for count in placed if count.is_figure and count.province is not None}
        return [
            count._replace(province=self._province_for(count, {name for at, name in taken if at == count.at}))
            if count.is_figure and count.province is None and count.whole is None and _has_place(count)
            else count
            for count in placed
        ]

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
        found = (_province_of(one) for one in with_places(self._mentions[at]) if one.rule not in NOT_HERE)
        return list(dict.fromkeys(name for name in found if name))

    def _nearest(self, count: Count, prepositions: frozenset[str]) -> str | None:
        """Of several provinces that which comes right after the count; none where it is the first of a list."""
        words, found = self._sentences[count.at], self._mentions[count.at]
        for mention in found:
            name, is_near = _province_of(mention), 0 < mention.first - count.end <= NEAR
            if name and is_near and words[mention.first - 1].lower in prepositions:
                goes_on = {one.first for one in found if _province_of(one)} & {mention.last + 1}
                return None if goes_on and words[mention.last].lower in {"and", ","} else name
        return None


def _has_place(count: Count) -> bool:
    return count.metric not in _OF_NO_PLACE and count.kind not in {"change", "share", "loss"}


def _province_of(mention: Mention) -> str | None:
    if mention.kind == "province":
        return mention.name
    return mention.within if mention.kind in {"town", "site"} else None
