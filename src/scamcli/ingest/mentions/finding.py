"""The names in a sentence, once the article is known: in order, none over another."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.mentions.names import Match, Mention, Name, NameTable, TaggedSentence
from scamcli.ingest.mentions.nationalities import OF_LISTS, read_nationalities
from scamcli.ingest.mentions.tagged_sentence import NO_NAME, PLACES, TITLES, is_place, tag
from scamcli.ingest.mentions.unnamed_bodies import (
    EntryBodies,
    NamedBody,
    bodies_by_noun,
    nouns_for,
    unnamed_authorities,
)
from scamcli.ingest.proposal import Grade
from scamcli.language.countries import countries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scamcli.ingest.mentions.name_inventory import NameInventory
    from scamcli.ingest.words import Sentence

MODIFIERS = lexicon.words("bodies.modifiers")
SITES_ABROAD = lexicon.headings("places.sites_abroad")
AUXILIARIES = lexicon.words("titles.auxiliaries")
SPEAKING = lexicon.words("titles.speaking")


class EntryContext(NamedTuple):
    """What is learnt from one entry: its country, the bodies that it names, and what was found so far."""

    country: str
    named: tuple[NamedBody, ...]
    found: dict[int, tuple[TaggedSentence, list[Mention]]]


def entry_context(sentences: Sequence[Sentence], cast: NameInventory) -> EntryContext:
    """Read an entry for what its unnamed police and authorities may be."""
    found = {sentence[0].start: _tag_and_read(sentence, cast) for sentence in sentences if sentence}
    codes = Counter(
        code
        for tagged, mentions in found.values()
        for mention in with_places(mentions)
        if (code := mention.code) and tagged.word(mention.first - 1) != "from"  # where somebody comes from
    )
    named = [
        NamedBody(tagged.words[mention.first].start, called, mention.name, mention.within or "", _country_of(mention))
        for tagged, mentions in found.values()
        for mention in mentions
        if mention.kind == "actor" and (called := nouns_for(mention.name, mention.within))
    ]
    return EntryContext(next(iter(codes)) if len(codes) == 1 else cast.country, tuple(named), found)


def find_mentions(sentence: Sentence, cast: NameInventory, entry: EntryContext | None = None) -> list[Mention]:
    """The names in a sentence, in order, none over another; ``flat`` gives the places that they hold as well."""
    if not sentence:
        return []
    done = entry.found.get(sentence[0].start) if entry else None
    tagged, mentions = done if done and done[0].words == sentence else _tag_and_read(sentence, cast)
    named, country = (entry.named, entry.country) if entry else ((), cast.country)
    more = list(unnamed_authorities(tagged, mentions, EntryBodies(country, named, cast.own)))
    free = [not owner for owner in tagged.kinds]
    more += bodies_by_noun(tagged, free, named, cast.named)
    return sorted([*mentions, *more], key=lambda mention: mention.first) if more else mentions


def with_places(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Each of them, and after it the place that its name holds."""
    for mention in mentions:
        yield mention
        yield from mention.holds


def _country_of(mention: Mention) -> str | None:
    if mention.holds:
        return mention.holds[0].code
    first = mention.name.split()[0]
    return next((code for code, country in countries().items() if first in (country.demonym, country.names[0])), None)


def _tag_and_read(sentence: Sentence, cast: NameInventory) -> tuple[TaggedSentence, list[Mention]]:
    one = tag(sentence, cast.names)
    matches = [named for match in one.matches if (named := _resolve(one, match, cast))]
    mentions = read_nationalities(one, matches)
    mentions = [_with_place(one, mention) for mention in mentions]
    return one, list(_bodies_in_lists(one, mentions))[::-1]


def _resolve(tagged: TaggedSentence, match: Match, cast: NameInventory) -> Match | None:
    """The spot with its own name, if its words mean it here."""
    name = match.name
    if name.kind in PLACES:
        return _resolve_place(tagged, match) if is_place(tagged, match) else None
    if name.rule == "short form" and match.last - match.first == 1 and _is_within_name(tagged, match):
        return None
    if name.kind == "actor" and name.rule.startswith("known") and _is_of_elsewhere(tagged, match, cast.country):
        return None
    if name.rule == "group without a name" and not _is_speaking(tagged, match):
        return None
    if name.kind in ("actor", "outlet") and (name.rule.endswith("of the field") or ";" in name.name):
        if name.grade == Grade.UNSURE and name.name not in cast.full:
            return None
        return match._replace(
            name=name._replace(name=cast.full.get(name.name, name.name.split(";")[0]), grade=Grade.SURE)
        )
    return match


def _resolve_place(tagged: TaggedSentence, match: Match) -> Match:
    """A place as it is meant: Sihanoukville province, and the seat of a report before its first word."""
    name = match.name
    if name.kind == "town" and tagged.word(match.last) == "province" and name.name == "Sihanoukville":
        name = Name("province", name.within or "", None, "province of the gazetteer")
    if (
        match.first == 0
        and tagged.words[0].text.isupper()
        and not {"—", "–", "-"}.isdisjoint(tagged.lower[: match.last + 12])
    ):
        name = name._replace(rule="dateline")
    elif (
        match.first > 1
        and tagged.lower[match.first - 1] == "in"
        and tagged.lower[match.first - 2] in ("embassy", "consulate")
    ):
        name = name._replace(rule="seat of an embassy")
    return match._replace(name=name)


def _is_within_name(tagged: TaggedSentence, match: Match) -> bool:
    """Whether another capitalised word of no name stands beside a short form: then it is somebody else's."""
    beside = [at for at in (match.first - 1, match.last) if at > 0 and tagged.is_cap(at) and not tagged.kinds[at]]
    return any(tagged.lower[at].isalpha() and tagged.lower[at] not in NO_NAME | TITLES for at in beside)


def _is_of_elsewhere(tagged: TaggedSentence, match: Match, country: str) -> bool:
    """Whether a country follows that makes a known name another's: the Ministry of Foreign Affairs of Indonesia."""
    if tagged.word(match.last) != "of":
        return False
    behind = (one.name for one in tagged.matches if one.first in (match.last + 1, match.last + 2))
    return any(name.kind == "country" and name.name != country for name in behind)


def _is_speaking(tagged: TaggedSentence, match: Match) -> bool:
    low = tagged.lower
    after = next((word for word in low[match.last :] if word not in AUXILIARIES), "")
    return (
        after in SPEAKING
        or low[max(0, match.first - 2) : match.first] == ["according", "to"]
        or tagged.word(match.first - 1) == "by"
    )


def _with_place(one: TaggedSentence, mention: Mention) -> Mention:
    """A body with the place in its own name; a site abroad with its country."""
    if mention.kind == "site" and mention.name in SITES_ABROAD:
        place = Mention(
            "country", SITES_ABROAD[mention.name], mention.first, mention.last, None, mention.rule, Grade.SURE
        )
        return mention._replace(holds=(place,))
    if mention.kind == "actor" and mention.last - mention.first > 1 and mention.within in _SEATED:
        inner = tag(one.words[mention.first : mention.last], NameTable())
        for match in inner.matches:
            if match.name.kind in ("province", "town", "place") and is_place(inner, match):
                place = match.name.at(match.first + mention.first, match.last + mention.first)
                return mention._replace(holds=(place,))
    return mention


_SEATED = frozenset({"police", "court", "government"})


def _bodies_in_lists(one: TaggedSentence, mentions: list[Mention]) -> Iterator[Mention]:
    """In "Thai, Lao and Cambodian police" those before the last are bodies as well."""
    after: Mention | None = None
    for mention in reversed(mentions):
        if after and mention.kind in ("adjective", "province", "town") and _shares_head(one, mention, after):
            name = f"{one.text(mention.first, mention.last)} {_head(after.name)}"
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


def _shares_head(one: TaggedSentence, mention: Mention, after: Mention) -> bool:
    between = one.lower[mention.last : after.first]
    return after.kind == "actor" and after.rule in OF_LISTS and between in (["and"], [","])
