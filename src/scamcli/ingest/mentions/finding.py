"""Find the names in a sentence, in order and without overlaps, once the names of the article are known.

Besides written names, this finds bodies that a noun refers to ("the bureau"), and unnamed police, courts, authorities
and embassies. They belong to the country of the place that opens their sentence or, in an entry with several countries,
was named last, or to the entry's country. If a story happens where it was sent from, that is the entry's country.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import BODIES, MENTIONS, SPEECH, TITLES
from scamcli.ingest.mentions.bodies import bodies_in_lists
from scamcli.ingest.mentions.countries import elsewhere, is_place, read_nationalities
from scamcli.ingest.mentions.names import (
    NO_NAME,
    PLACE_KINDS,
    SITES_ABROAD,
    Match,
    Mention,
    Name,
    NamedBody,
    NameTable,
    TaggedSentence,
    acts_next,
    nouns_for,
    tag,
)
from scamcli.ingest.proposal import Grade
from scamcli.language.countries import body_adjective, countries, country_of_adjective, people_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scamcli.ingest.mentions.name_inventory import NameInventory
    from scamcli.ingest.words import Sentence

_HOLDING_PLACES = frozenset({"police", "court", "government"})
_REFERRING = MENTIONS.later_nouns - {"police", "authorities"}
_OPENS = 4
"""Up to which word a place opens its sentence: "In neighbouring Laos, police said"."""
_PLACING = frozenset({"in", "at", "off", "across", "near", "neighbouring", "neighboring"})
_AUTHORITIES = lexicon.headings("mentions.authorities")
_NAMED_BY_DEMONYM = frozenset({"US", "MM"})
"""Countries whose unnamed authorities are called by the demonym, although their bodies are not: American police."""
_BEFORE = {"guard": ("coast",), "guards": ("coast", "border"), "force": ("air",)}
_CLAUSE_STARTS = frozenset(("", ".", ",", ":", "•", "–", "—", "-", "that", "and", "when", "as"))
_NEAR = 200
"""How far away, in characters, a place can be and still decide whose authorities are meant."""


class EntryContext(NamedTuple):
    """What is known about one entry.

    Attributes:
        country: code of the country where it happens, or ``""``.
        named: the bodies that it names.
        found: its sentences and the mentions in them, by the offset of the sentence.
        places: if it names places of several countries, their offsets and countries.
    """

    country: str
    named: tuple[NamedBody, ...]
    found: dict[int, tuple[TaggedSentence, list[Mention]]]
    places: tuple[tuple[int, str], ...] = ()

    def country_at(self, start: int) -> str:
        """Return the country of the last place before an offset, or else that of the entry."""
        near = (code for at, code in reversed(self.places) if at < start and (start - at < _NEAR or not self.country))
        return next(near, self.country)


def entry_context(sentences: Sequence[Sentence], inventory: NameInventory) -> EntryContext:
    """Find the bodies in an entry that its unnamed police and authorities may be."""
    found = {sentence[0].start: _read(sentence, inventory) for sentence in sentences if sentence}
    codes: dict[bool, set[str]] = {False: set(), True: set()}
    places = []
    for tagged, mentions in found.values():
        origin = -1  # where the last place after "from", which is often where somebody comes from, or its list ends
        for mention in with_places(mentions):
            if mention.country and mention.rule != "seat of an embassy":
                goes_on = origin >= 0 and {",", "and"}.issuperset(tagged.lower[origin : mention.first])
                is_origin = tagged.word(mention.first - 1) == "from" or goes_on
                origin = mention.last if is_origin else -1
                codes[is_origin].add(mention.country)
                if not is_origin and (not inventory.sent_from or _opens_sentence(tagged, mention)):
                    places.append((tagged.words[mention.first].start, mention.country))
    there = codes[False] or codes[True]
    named = [
        NamedBody(
            tagged.words[mention.first].start, nouns, mention.name, mention.within or "", country_of_body(mention)
        )
        for tagged, mentions in found.values()
        for mention in mentions
        if mention.kind == "actor" and (nouns := nouns_for(mention.name, mention.within))
    ]
    if len(there) == 1 and not inventory.sent_from:
        return EntryContext(next(iter(there)), tuple(named), found)
    return EntryContext(inventory.home, tuple(named), found, tuple(sorted(places)))


def _opens_sentence(tagged: TaggedSentence, mention: Mention) -> bool:
    """Return whether a place opens a sentence, so that what follows is there: "In Thailand, police said"."""
    return mention.first < _OPENS and tagged.word(mention.first - 1) in _PLACING


def find_mentions(sentence: Sentence, inventory: NameInventory, entry: EntryContext | None = None) -> list[Mention]:
    """Return the names in a sentence, in order, without overlaps. `with_places` adds places in the names of bodies."""
    if not sentence:
        return []
    entry = entry or EntryContext(inventory.home, (), {})
    done = entry.found.get(sentence[0].start)
    tagged, mentions = done if done and done[0].words == sentence else _read(sentence, inventory)
    more = list(_unnamed_authorities(tagged, mentions, entry, inventory.timeline_names))
    speaking = list(_speaking_countries(tagged, mentions, inventory.timeline_names))
    held = {one.first for body in speaking for one in body.holds}
    more += [*speaking, *_bodies_by_noun(tagged, entry.named, inventory.named)]
    more += _unnamed_embassies(tagged, [*mentions, *more], entry, inventory.timeline_names)
    kept = [one for one in mentions if one.first not in held]
    return sorted([*kept, *more], key=lambda mention: mention.first) if more else mentions


def with_places(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Yield each mention, and after it the place in its name, if any."""
    for mention in mentions:
        yield mention
        yield from mention.holds


def country_of_body(mention: Mention) -> str | None:
    """Return the code of the country that the name of a body shows."""
    if mention.holds:
        return mention.holds[0].country
    words = mention.name.split()
    named = (people_of(" ".join(words[:length])) for length in (2, 1))
    return next((code for people in named if people and (code := country_of_adjective(people))), None)


def _read(sentence: Sentence, inventory: NameInventory) -> tuple[TaggedSentence, list[Mention]]:
    tagged = tag(sentence, inventory.names)
    matches = [named for match in tagged.matches if (named := _resolve(tagged, match, inventory))]
    mentions = [_with_place(tagged, mention) for mention in read_nationalities(tagged, matches)]
    return tagged, list(bodies_in_lists(tagged, mentions))[::-1]


def _resolve(tagged: TaggedSentence, match: Match, inventory: NameInventory) -> Match | None:
    """Return the match with the name that its words mean here, or ``None`` if they are not a name here."""
    name = match.name
    if name.kind in PLACE_KINDS:
        return _resolve_place(tagged, match, inventory) if is_place(tagged, match) else None
    if name.rule == "short form" and match.last - match.first == 1 and _is_in_longer_name(tagged, match):
        return None
    if name.kind == "actor" and name.rule.startswith("known") and _is_abroad(tagged, match, inventory.country):
        return None
    if name.rule == "group without a name" and not _is_speaking(tagged, match):
        return None
    if name.kind in ("actor", "outlet") and (name.rule.endswith("of the field") or ";" in name.name):
        if name.grade == Grade.UNSURE and name.name not in inventory.canonical:
            return None
        own = inventory.canonical.get(name.name, name.name.split(";")[0])
        return match._replace(name=name._replace(name=own, grade=Grade.SURE))
    return match


def _resolve_place(tagged: TaggedSentence, match: Match, inventory: NameInventory) -> Match:
    name = match.name
    if name.kind == "town" and tagged.word(match.last) == "province" and name.name == "Sihanoukville":
        name = Name("province", name.within or "", None, "province of the gazetteer")
    if rule := elsewhere(tagged, match, is_list=inventory.is_list):
        name = name._replace(rule=rule)
    return match._replace(name=name)


def _is_in_longer_name(tagged: TaggedSentence, match: Match) -> bool:
    """Return whether a short form is next to an unknown capitalised word, and so is part of a different name."""
    beside = [at for at in (match.first - 1, match.last) if at > 0 and tagged.is_cap(at) and not tagged.kinds[at]]
    return any(tagged.lower[at].isalpha() and tagged.lower[at] not in NO_NAME | TITLES.any_title for at in beside)


def _is_abroad(tagged: TaggedSentence, match: Match, country: str) -> bool:
    """Return whether a country follows and makes it a different body: the Ministry of Foreign Affairs of Indonesia."""
    if tagged.word(match.last) != "of":
        return False
    behind = (one.name for one in tagged.matches if one.first in (match.last + 1, match.last + 2))
    return any(name.kind == "country" and name.name != country for name in behind)


def _is_speaking(tagged: TaggedSentence, match: Match) -> bool:
    lower = tagged.lower
    after = next((word for word in lower[match.last :] if word not in TITLES.auxiliaries), "")
    return (
        after in TITLES.speaking
        or lower[max(0, match.first - 2) : match.first] == ["according", "to"]
        or tagged.word(match.first - 1) == "by"
    )


def _with_place(tagged: TaggedSentence, mention: Mention) -> Mention:
    """Return a body with the place in its name, and a site abroad with its country."""
    first, last = mention.first, mention.last
    if mention.kind == "site" and mention.name in SITES_ABROAD:
        place = Mention("country", SITES_ABROAD[mention.name], first, last, None, mention.rule, Grade.SURE)
        return mention._replace(holds=(place,))
    if mention.kind == "actor" and last - first > 1 and mention.within in _HOLDING_PLACES:
        inner = tag(tagged.words[first:last], NameTable())
        for match in inner.matches:
            if match.name.kind in ("province", "town", "place") and is_place(inner, match):
                return mention._replace(holds=(match.name.at(match.first + first, match.last + first),))
    return mention


def _bodies_by_noun(
    tagged: TaggedSentence, named_in_entry: Sequence[NamedBody], named_in_article: Sequence[NamedBody]
) -> Iterator[Mention]:
    """Yield bodies that a noun refers to: the last one in the entry, or the only one in the article so far."""
    for at in range(1, len(tagged.lower)):
        noun = tagged.lower[at]
        if noun not in _REFERRING or tagged.lower[at - 1] != "the" or tagged.kinds[at]:
            continue
        start, is_cap = tagged.words[at].start, tagged.caps[at]
        is_name = is_cap and not tagged.is_cap(at + 1) and tagged.word(at + 1) not in ("of", "for")  # the Embassy
        if not is_name and (is_cap or not acts_next(tagged, at + 1, reach=2)):
            continue
        body = _last_named(named_in_entry, noun, start)
        if body is None:
            every = {one.name: one for one in named_in_article if one.start < start and noun in one.nouns}
            body = next(iter(every.values())) if len(every) == 1 else None
        if body:
            yield Mention("actor", body.name, at, at + 1, body.kind, "the body named before", Grade.UNSURE)


def _unnamed_authorities(
    tagged: TaggedSentence, mentions: Sequence[Mention], entry: EntryContext, timeline_names: Mapping[str, str]
) -> Iterator[Mention]:
    """Yield unnamed police and authorities that act or speak in a sentence."""
    for at, word in enumerate(tagged.lower):
        if word not in _AUTHORITIES or any(mention.first <= at < mention.last for mention in mentions):
            continue
        before = tagged.word(at - 1)
        if word == "agents" and before not in MENTIONS.of_agents and tagged.word(at + 1) not in MENTIONS.enforcing:
            continue  # recruiters
        if word == "governor" and tagged.word(at + 1) == "of":
            continue  # the holder of an office, who is no authority
        if before in _BEFORE.get(word, (before,)) and not _is_of_body(tagged, at, mentions):
            first = _first_modifier(tagged, at - _is_of_subject(tagged, at), mentions)
            if _is_unnamed(tagged, first, at) and _acts(tagged, first, at):
                found = _authority(tagged, at, mentions, entry, timeline_names)
                if found is not None:
                    yield found


def _unnamed_embassies(
    tagged: TaggedSentence, mentions: Sequence[Mention], entry: EntryContext, timeline_names: Mapping[str, str]
) -> Iterator[Mention]:
    """Yield embassies without a name that act or speak, if the sentence or the entry has people of one nationality."""
    for at, word in enumerate(tagged.lower):
        if word not in ("embassy", "consulate") or any(one.first <= at < one.last for one in mentions):
            continue
        of = next((one for one in mentions if one.kind == "country" and one.first == at + 2), None)
        if of and tagged.word(at + 1) == "of" and acts_next(tagged, of.last):
            name = f"{word.title()} of {tagged.text(of.first, of.last)}"
            yield Mention("actor", name, at, of.last, "embassy", "embassy of a country", Grade.LIKELY)
        if tagged.word(at + 1) == "of" or not (_acts(tagged, at, at) or tagged.word(at - 1) == "["):
            continue
        here = {one.name for one in mentions if one.kind == "people"}
        people = here or {one.name for _, found in entry.found.values() for one in found if one.kind == "people"}
        code = country_of_adjective(next(iter(people))) if len(people) == 1 else None
        if code and code != _country_behind(tagged, at, mentions):
            name = f"{body_adjective(code)} {word.title()}"
            name = timeline_names.get(name.lower(), name)
            yield Mention("actor", name, at, at + 1, "embassy", "embassy of the people", Grade.UNSURE)


def _speaking_countries(
    tagged: TaggedSentence, mentions: Sequence[Mention], timeline_names: Mapping[str, str]
) -> Iterator[Mention]:
    """Yield the authorities of countries that speak: Malaysia has said it believes …"""
    for mention in mentions:
        at = mention.last + (tagged.word(mention.last) in ("has", "have", "had", "also"))
        if mention.kind == "country" and tagged.word(at) in SPEECH.said and _opens_clause(tagged, mention.first):
            name = f"{_adjective(mention.name)} authorities"
            name = timeline_names.get(name.lower(), name)
            rule = "a country that speaks"
            yield Mention("actor", name, mention.first, mention.last, "government", rule, Grade.UNSURE, (mention,))


def _opens_clause(tagged: TaggedSentence, first: int) -> bool:
    return tagged.word(first - 1) in _CLAUSE_STARTS


def _last_named(named: Sequence[NamedBody], noun: str, start: int) -> NamedBody | None:
    """Return the last body before an offset that a noun can refer to."""
    return next((body for body in reversed(named) if body.start < start and noun in body.nouns), None)


def _is_of_body(tagged: TaggedSentence, at: int, mentions: Sequence[Mention]) -> bool:
    """Return whether a body that is named, or a name, follows: officers of the Coast Guard, Judge Ann Example."""
    if tagged.is_cap(at + 1):
        return True
    is_joined = tagged.word(at + 1) in ("of", "from", "at", "with")
    return is_joined and any(one.kind == "actor" and 0 <= one.first - at - 2 < 2 for one in mentions)


def _first_modifier(tagged: TaggedSentence, at: int, mentions: Sequence[Mention]) -> int:
    """Return the index of the first word of the phrase: the local anti-trafficking police."""
    taken = max((mention.last for mention in mentions if mention.last <= at), default=0)
    while at > taken and tagged.lower[at - 1] in MENTIONS.authority_modifiers:
        at -= 1
    return at


def _is_of_subject(tagged: TaggedSentence, at: int) -> bool:
    """Return whether a ministry is called by its subject: the foreign ministry."""
    return tagged.lower[at] == "ministry" and tagged.word(at - 1) in MENTIONS.of_ministries


def _is_unnamed(tagged: TaggedSentence, first: int, at: int) -> bool:
    before = tagged.word(first - 1)
    if tagged.word(at + 1) == "officer":
        return before in ("a", "one") or tagged.lower[first] == "the"
    if first and tagged.caps[first] and tagged.words[first - 1].text.isupper():
        return True  # after a heading in capitals
    if before == "a" and (_AUTHORITIES[tagged.lower[at]] == "court" or tagged.word(at + 1) in BODIES.spokespeople):
        return True
    return (
        not before.isalpha()
        or before in MENTIONS.before_authorities
        or before in TITLES.speaking
        or tagged.lower[first] == "the"
    )


def _acts(tagged: TaggedSentence, first: int, at: int) -> bool:
    """Return whether unnamed police or authorities act or speak, or something is done by them or given to them."""
    after, before = tagged.word(at + 1), tagged.word(first - 1)
    if after in BODIES.spokespeople:
        return not tagged.is_cap(at + 2) and acts_next(tagged, at + 2)  # a police spokesman in Kampala said
    if after in MENTIONS.not_authorities or (after in MENTIONS.noun_or_verb and before not in _CLAUSE_STARTS):
        return False
    if after in ("officer", "officers"):
        return acts_next(tagged, at + 2)
    if before in MENTIONS.before_doer and (before != "to" or tagged.word(first - 2) in MENTIONS.giving):
        return True
    if first == at and before in ("told", "tells"):
        return True
    if after == ":" and before in _CLAUSE_STARTS:
        return True  # Police: 94 people were arrested
    return before != "to" and acts_next(tagged, at + 1)


def _authority(
    tagged: TaggedSentence, at: int, mentions: Sequence[Mention], entry: EntryContext, own: Mapping[str, str]
) -> Mention | None:
    """Return the body named before, unless a place follows; else the police of that place or of the entry's country."""
    head = _AUTHORITIES[tagged.lower[at]]
    kind = head if head in ("police", "court") else "government"
    same = (one for one in range(at, -1, -1) if tagged.lower[one] == tagged.lower[at])  # police in Kochi …, police said
    start = tagged.words[at].start
    there = next((code for one in same if (code := _country_behind(tagged, one, mentions))), None)
    country = there or entry.country_at(start)
    is_of_subject = _is_of_subject(tagged, at)
    named = entry.named
    if is_of_subject:
        named = tuple(one for one in named if tagged.lower[at - 1] in one.name.lower())
    body = None if there else _last_named(named, "ministry" if is_of_subject else head, start)
    if body and body.country in (None, country):
        return Mention("actor", body.name, at, at + 1, kind, "the body named before", Grade.UNSURE)
    if not country:
        return None
    if is_of_subject:
        name = f"{body_adjective(country)} {tagged.lower[at - 1].title()} Ministry"
    else:
        modifiers = tagged.lower[_first_modifier(tagged, at, mentions) : at] if head != "authorities" else ()
        name = " ".join((_adjective(country), *(word for word in modifiers if word in MENTIONS.armed), head))
    name = own.get(name.lower(), name)
    return Mention("actor", name, at, at + 1, kind, "unnamed, of the entry's country", Grade.UNSURE)


def _adjective(code: str) -> str:
    """Return the adjective for unnamed authorities of a country: Thai, American, Philippine."""
    return countries()[code].demonym if code in _NAMED_BY_DEMONYM else body_adjective(code)


def _country_behind(tagged: TaggedSentence, at: int, mentions: Sequence[Mention]) -> str | None:
    """Return the country of the place that directly follows: police in Johor."""
    if tagged.word(at + 1) in ("in", "of", "from", "at"):
        return next((mention.country for mention in mentions if 0 <= mention.first - at - 2 < 2), None)
    return None


def minister_in_capitals(sentence: Sentence) -> str | None:
    """Return the name in brackets below an answer's heading: THE MINISTER OF STATE (SHRI ANN EXAMPLE)."""
    texts = [word.text for word in sentence]
    if "".join(texts).upper() != "".join(texts) or not {")", "]"} & set(texts[-1:]) or "MINISTER" not in texts:
        return None
    opens = max((at for at, text in enumerate(texts) if text in {"(", "["}), default=len(texts))
    name = [word.text.capitalize() for word in sentence[opens + 1 : -1] if word.lower not in TITLES.any_title]
    return " ".join(one for one in name if one != ".") or None
