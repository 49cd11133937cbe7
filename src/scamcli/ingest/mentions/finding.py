"""The names in a sentence, once the article is known: in order, none over another."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.mentions.anaphora import Named, nouns, referring
from scamcli.ingest.mentions.exact_matches import NO_NAME, PLACES, TITLES, Line, Spot, line
from scamcli.ingest.mentions.peoples import OF_LISTS, read
from scamcli.ingest.mentions.places import is_place
from scamcli.ingest.mentions.record import Mention, Name, Phrases
from scamcli.ingest.mentions.unnamed_authorities import Around, bare
from scamcli.ingest.proposal import Grade
from scamcli.language.countries import countries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scamcli.ingest.mentions.name_inventory import Cast
    from scamcli.ingest.words import Sentence

MODIFIERS = lexicon.words("bodies.modifiers")
SITES_ABROAD = lexicon.headings("places.sites_abroad")
AUXILIARIES = lexicon.words("titles.auxiliaries")
SPEAKING = lexicon.words("titles.speaking")


class EntryContext(NamedTuple):
    """What is learnt from one entry: its country, the bodies that it names, and what was found so far."""

    country: str
    named: tuple[Named, ...]
    found: dict[int, tuple[Line, list[Mention]]]


def context(sentences: Sequence[Sentence], cast: Cast) -> EntryContext:
    """Read an entry for what its unnamed police and authorities may be."""
    found = {sentence[0].start: _read(sentence, cast) for sentence in sentences if sentence}
    codes = Counter(
        code
        for line, mentions in found.values()
        for mention in flat(mentions)
        if (code := mention.code) and line.seen.word(mention.first - 1) != "from"  # where somebody comes from
    )
    named = [
        Named(line.seen.words[mention.first].start, called, mention.name, mention.within or "", _home(mention))
        for line, mentions in found.values()
        for mention in mentions
        if mention.kind == "actor" and (called := nouns(mention.name, mention.within))
    ]
    return EntryContext(next(iter(codes)) if len(codes) == 1 else cast.country, tuple(named), found)


def find(sentence: Sentence, cast: Cast, entry: EntryContext | None = None) -> list[Mention]:
    """The names in a sentence, in order, none over another; ``flat`` gives the places that they hold as well."""
    if not sentence:
        return []
    done = entry.found.get(sentence[0].start) if entry else None
    line, mentions = done if done and done[0].seen.words == sentence else _read(sentence, cast)
    named, country = (entry.named, entry.country) if entry else ((), cast.country)
    more = list(bare(line.seen, mentions, Around(country, named, cast.own)))
    free = [not owner for owner in line.owner]
    more += referring(line.seen, free, named, cast.named)
    return sorted([*mentions, *more], key=lambda mention: mention.first) if more else mentions


def flat(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Each of them, and after it the place that its name holds."""
    for mention in mentions:
        yield mention
        yield from mention.holds


def _home(mention: Mention) -> str | None:
    if mention.holds:
        return mention.holds[0].code
    first = mention.name.split()[0]
    return next((code for code, country in countries().items() if first in (country.demonym, country.names[0])), None)


def _read(sentence: Sentence, cast: Cast) -> tuple[Line, list[Mention]]:
    one = line(sentence, cast.names)
    spots = [named for spot in one.spots if (named := _judged(one, spot, cast))]
    mentions = read(one.seen, spots)
    mentions = [_holding(one, mention) for mention in mentions]
    return one, list(_listed(one, mentions))[::-1]


def _judged(line: Line, spot: Spot, cast: Cast) -> Spot | None:
    """The spot with its own name, if its words mean it here."""
    name = spot.name
    if name.kind in PLACES:
        return _place(line, spot) if is_place(line, spot) else None
    if name.rule == "short form" and spot.last - spot.first == 1 and _is_within_name(line, spot):
        return None
    if name.kind == "actor" and name.rule.startswith("known") and _is_of_elsewhere(line, spot, cast.country):
        return None
    if name.rule == "group without a name" and not _speaks(line, spot):
        return None
    if name.kind in ("actor", "outlet") and (name.rule.endswith("of the field") or ";" in name.name):
        if name.grade == Grade.UNSURE and name.name not in cast.full:
            return None
        return spot._replace(
            name=name._replace(name=cast.full.get(name.name, name.name.split(";")[0]), grade=Grade.SURE)
        )
    return spot


def _place(line: Line, spot: Spot) -> Spot:
    """A place as it is meant: Sihanoukville province, and the seat of a report before its first word."""
    seen, name = line.seen, spot.name
    if name.kind == "town" and seen.word(spot.last) == "province" and name.name == "Sihanoukville":
        name = Name("province", name.within or "", None, "province of the gazetteer")
    if spot.first == 0 and seen.words[0].text.isupper() and not {"—", "–", "-"}.isdisjoint(seen.low[: spot.last + 12]):
        name = name._replace(rule="dateline")
    elif spot.first > 1 and seen.low[spot.first - 1] == "in" and seen.low[spot.first - 2] in ("embassy", "consulate"):
        name = name._replace(rule="seat of an embassy")
    return spot._replace(name=name)


def _is_within_name(line: Line, spot: Spot) -> bool:
    """Whether another capitalised word of no name stands beside a short form: then it is somebody else's."""
    seen = line.seen
    beside = [at for at in (spot.first - 1, spot.last) if at > 0 and seen.cap(at) and not line.owner[at]]
    return any(seen.low[at].isalpha() and seen.low[at] not in NO_NAME | TITLES for at in beside)


def _is_of_elsewhere(line: Line, spot: Spot, country: str) -> bool:
    """Whether a country follows that makes a known name another's: the Ministry of Foreign Affairs of Indonesia."""
    if line.seen.word(spot.last) != "of":
        return False
    behind = (one.name for one in line.spots if one.first in (spot.last + 1, spot.last + 2))
    return any(name.kind == "country" and name.name != country for name in behind)


def _speaks(line: Line, spot: Spot) -> bool:
    low = line.seen.low
    after = next((word for word in low[spot.last :] if word not in AUXILIARIES), "")
    return (
        after in SPEAKING
        or low[max(0, spot.first - 2) : spot.first] == ["according", "to"]
        or line.seen.word(spot.first - 1) == "by"
    )


def _holding(one: Line, mention: Mention) -> Mention:
    """A body with the place in its own name; a site abroad with its country."""
    if mention.kind == "site" and mention.name in SITES_ABROAD:
        place = Mention(
            "country", SITES_ABROAD[mention.name], mention.first, mention.last, None, mention.rule, Grade.SURE
        )
        return mention._replace(holds=(place,))
    if mention.kind == "actor" and mention.last - mention.first > 1 and mention.within in _SEATED:
        inner = line(one.seen.words[mention.first : mention.last], Phrases())
        for spot in inner.spots:
            if spot.name.kind in ("province", "town", "place") and is_place(inner, spot):
                place = spot.name.at(spot.first + mention.first, spot.last + mention.first)
                return mention._replace(holds=(place,))
    return mention


_SEATED = frozenset({"police", "court", "government"})


def _listed(one: Line, mentions: list[Mention]) -> Iterator[Mention]:
    """In "Thai, Lao and Cambodian police" those before the last are bodies as well."""
    after: Mention | None = None
    for mention in reversed(mentions):
        if after and mention.kind in ("adjective", "province", "town") and _shares_head(one, mention, after):
            name = f"{one.seen.text(mention.first, mention.last)} {_head(after.name)}"
            holds = () if mention.kind == "adjective" else (mention,)
            after = Mention("actor", name, *mention[2:4], after.within, "body in a list", Grade.LIKELY, holds)
        else:
            after = mention
        yield after


def _head(name: str) -> str:
    """What kind of body a name says, without the place: provincial police."""
    words = name.split()
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in MODIFIERS:
        at -= 1
    return " ".join(words[at:])


def _shares_head(one: Line, mention: Mention, after: Mention) -> bool:
    between = one.seen.low[mention.last : after.first]
    return after.kind == "actor" and after.rule in OF_LISTS and between in (["and"], [","])
