"""Decide what a number counts by its noun: people or things, their group, nationality and metric."""

# No `from __future__ import annotations` here: NamedTuple compiles annotations that are text when it is imported.

from collections.abc import Iterator
from typing import NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.counts.count import OF_PEOPLE, Count, Kind, SentenceView
from scamcli.ingest.lexicon import COUNTED, GRAMMAR, MEASURES, SPEECH
from scamcli.ingest.mentions import Mention
from scamcli.ingest.proposal import Grade
from scamcli.language.countries import countries, is_demonym

PEOPLE = lexicon.optional_headings("counted.people")
THINGS = lexicon.headings("counted.things")

NOUNS = COUNTED.persons.union(PEOPLE, THINGS, COUNTED.premises, COUNTED.other_things)

_FARTHEST = 8
"""How many words after a number are searched for its noun: "12 newly rescued young Vietnamese women"."""
_FARTHEST_SINGLE = 3
"""How many words after "one" are searched for the noun of a single person."""
_CHANNEL_NEAR = 6
"""How many words before "members" are searched for their channel: "a Telegram channel with 3,000 members"."""
_LONGEST_COMPOUND = 2
"""How many words after a singular noun can be the rest of a compound noun: "migrant smuggling hotspots"."""
_COMPLETE = ("others", "people")
"""Nouns that are never the first part of a compound noun."""
_RATE_NEAR, _THAN_NEAR = 3, 6
"""How many words after a number are searched for "a day", and for "than"."""


class Head(NamedTuple):
    """The last word of the phrase that a number counts. It can be a nationality instead of a noun: "12 Kenyans"."""

    at: int
    noun: str
    """In lower case; empty for a nationality."""
    own: str | None = None
    """The metric of the timeline whose words the phrase ends with."""


def find_head(view: SentenceView, start: int) -> Head | None:
    """Return the noun or nationality of a phrase that begins at `start`, after a number or a verb."""
    at, nationality = start + (view.lower(start) == "of"), None
    end = min(start + _FARTHEST, len(view.sentence))
    while at < end:
        if (found := view.nationality(at)) is not None:
            nationality, at = found.last - 1, found.last
            at += view.lower(at) in GRAMMAR.conjoined and view.nationality(at + 1) is not None
        elif (own := view.own_metric(at)) is not None and not is_noun(view, own[1]):
            return Head(own[1] - 1, view.lower(own[1] - 1), own[0])
        elif is_noun(view, at):
            return _end_of_compound(view, at)
        elif nationality is None and at > start and view.lower(at) in (",", "and") and is_noun(view, at + 1):
            return _end_of_compound(view, at + 1)  # 31 piers and warehouses
        elif _ends_phrase(view, at) or (nationality is not None and not _is_adjective(view, at)):
            break
        else:
            at += 1
    return None if nationality is None else Head(nationality, "")


def find_single(view: SentenceView, start: int) -> Head | None:
    """Return the noun for a single person after "one", in the plural of the lists: "one alleged recruiter"."""
    for at in range(start, start + _FARTHEST_SINGLE):
        if _ends_phrase(view, at):
            return None
        plural = view.text(at) + "s"
        if plural in PEOPLE or plural in COUNTED.persons:
            return Head(at, plural)
    return None


def is_noun(view: SentenceView, at: int) -> bool:
    """Return whether a word is a noun that can be counted, and not part of a name."""
    may_be_noun = view.text(at) == view.lower(at) or view.is_titled or view.lower(at) in COUNTED.in_capitals
    return may_be_noun and view.lower(at) in NOUNS


def _ends_phrase(view: SentenceView, at: int) -> bool:
    """Return whether no noun can follow, because the phrase ends, or a name or another number begins."""
    if view.lower(at) in GRAMMAR.stops or at in view.by_first:
        return True
    return at in view.cores and view.lower(at - 1) != "the"


def _is_adjective(view: SentenceView, at: int) -> bool:
    """Return whether a word after a nationality is an adjective, because a noun follows closely."""
    follows = is_noun(view, at + 1) or (is_noun(view, at + 2) and view.lower(at + 1) not in GRAMMAR.determiners)
    return follows and view.text(at).islower() and at + 1 not in view.cores


def _end_of_compound(view: SentenceView, at: int) -> Head:
    """Return the last noun of a compound: "trafficking victims", "police officers", "criminal gang members"."""
    while is_noun(view, at + 1) and view.lower(at) not in _COMPLETE and at + 1 not in view.by_first:
        if view.lower(at + 1) == "accused" and view.lower(at + 2) == "of":
            break  # 1,208 nationals accused of fraud
        at += 1
    at = _past_attribute(view, at)
    return Head(at, view.lower(at))


def _past_attribute(view: SentenceView, at: int) -> int:
    """Return the index of the noun that a singular noun only describes: "450 migrant smuggling hotspots"."""
    if view.lower(at) in PEOPLE and f"{view.lower(at)}s" in PEOPLE:
        for later in range(at + 1, at + 1 + _LONGEST_COMPOUND):
            word = view.text(later)
            if _ends_phrase(view, later) or not word.islower() or not word.isalpha() or word in SPEECH.said:
                break
            if word.endswith("s") and word not in GRAMMAR.have:
                return later
    return at


def with_noun(view: SentenceView, count: Count, noun: str) -> Count:
    """Return a count with the kind, group and metric of its noun, which is its last word."""
    metric, rule = THINGS.get(noun), f"number of {noun}"
    if noun == "members" and view.has(COUNTED.channels, count.amount.first - _CHANNEL_NEAR, count.amount.first):
        metric, rule = "members", "members of a channel"
    elif noun in COUNTED.calls and view.lower(count.end) == "for" and view.lower(count.end + 1) in COUNTED.help:
        metric, rule = "requests", f"{rule} for help"
    elif noun in PEOPLE:
        group, end = _group_and_end(view, count, noun)
        return count._replace(
            noun=noun, kind=Kind.PEOPLE, rule=rule, is_weak=noun in COUNTED.officials, group=group, end=end
        )
    if metric is not None:
        return count._replace(noun=noun, kind=Kind.THING, rule=rule, metric=metric)
    if noun in COUNTED.persons:
        return count._replace(noun=noun, kind=Kind.PEOPLE, rule=rule, is_weak=True)
    if noun in COUNTED.premises:
        return count._replace(noun=noun, kind=Kind.PREMISES, rule=rule)
    if noun == "calls":
        return count._replace(noun=noun).reads(Kind.UNUSED, "calls, perhaps for help")
    return count._replace(noun=noun).explained("a number of things")


def group_of(view: SentenceView, count: Count, noun: str) -> str | None:
    """Return the group that the noun of a count names together with its adjectives: "12 foreign nationals"."""
    start, end = count.amount.last, count.end
    if noun in COUNTED.foreign_nouns and view.has(COUNTED.foreign, start, end):
        return "foreigners"
    if noun in COUNTED.female_nouns and view.has(COUNTED.female, start, end):
        return "women"
    return None if noun in COUNTED.citizens and count.nationalities else PEOPLE[noun]


def _group_and_end(view: SentenceView, count: Count, noun: str) -> tuple[str | None, int]:
    """Return the group, and the index where the words of the count end. "12 girls and women" are not one group."""
    group, other = group_of(view, count, noun), view.lower(count.end + 1)
    if view.lower(count.end) == "and" and other in PEOPLE and view.text(count.end + 1).islower():
        return group if PEOPLE[other] == group else None, count.end + 2
    return group, count.end


def with_nationalities(view: SentenceView, count: Count, start: int, end: int) -> Count:
    """Add the nationalities in a stretch: "12 Thai and Lao women"."""
    found = [mention.name for mention in view.mentions if start <= mention.first < end and mention.kind in OF_PEOPLE]
    return count._replace(nationalities=tuple(dict.fromkeys([*count.nationalities, *found]))) if found else count


def with_more_nationalities(view: SentenceView, count: Count) -> Count:
    """Add all nationalities that follow the last one in a list: "60 Pakistanis and Sri Lankans"."""
    while view.lower(count.end) in GRAMMAR.conjoined and (found := view.nationality(count.end + 1)) is not None:
        count = count._replace(nationalities=(*count.nationalities, found.name), end=found.last)
    return count


def with_origin(view: SentenceView, count: Count) -> Count:
    """Add the countries after "of" or "from": nationals of Nepal, Ghana and Peru; women from Kenya."""
    if count.kind is not Kind.PEOPLE or view.lower(count.end) not in ("of", "from") or count.nationalities:
        return count
    mentions = list(_origins(view, count.end + 1))
    is_moved = view.lower(count.end) == "from" and any(one.kind == "country" for one in mentions)
    if not mentions or is_moved:
        return count  # 770 people from Laos were handed over
    names = [countries()[mention.name].demonym if mention.kind == "country" else mention.name for mention in mentions]
    nationalities = tuple(name for name in names if name)
    group = None if nationalities and count.group == "citizens" else count.group
    return count._replace(is_origin=True, nationalities=nationalities, group=group, end=mentions[-1].last)


def _origins(view: SentenceView, at: int) -> Iterator[Mention]:
    while (found := view.by_first.get(at)) is not None and found.kind in ("country", "people"):
        if view.text(found.last) == "(":
            break  # each country has its own number: from Kenya (12) and Uganda (3)
        yield found
        at = found.last
        while view.lower(at) in GRAMMAR.conjoined or view.lower(at) == "the":
            at += 1


def with_own_country(view: SentenceView, count: Count) -> Count:
    """Add the country whose embassy or police acts: "the Indonesian Embassy brought home 34 citizens"."""
    if count.nationalities or count.noun not in COUNTED.of_some_country or count.group == "foreigners":
        return count
    before = [mention for mention in view.mentions if mention.first < count.amount.first]
    found = [demonym for mention in before if (demonym := demonym_of(mention))]
    return count._replace(nationalities=(found[-1],), group=None, grade=Grade.UNSURE) if found else count


def with_apposition(view: SentenceView, count: Count) -> Count:
    """Add the nationality that all people of a count have: "ten of the accused, all of them Chinese"."""
    at = count.end + 1
    if view.text(count.end) != "," or view.lower(at) not in ("all", "both") or count.nationalities:
        return count
    if view.lower(at + 1) == "from":
        found = next(_origins(view, at + 2), None)
    else:
        found = view.nationality(at + (3 if view.lower(at + 1) == "of" else 1))
    if found is None:
        return count
    name = countries()[found.name].demonym if found.kind == "country" else found.name
    return count._replace(nationalities=(name,), end=found.last) if name else count


def demonym_in(name: str) -> str | None:
    """Return the demonym that begins the name of a body: Kenyan, Sri Lankan."""
    words = name.split()
    return next((start for start in (" ".join(words[:2]), words[0]) if is_demonym(start)), None)


def demonym_of(mention: Mention) -> str | None:
    """Return the demonym of a country, or of an organisation's country: Kenya, Kenyan, the Kenyan Embassy."""
    if mention.kind == "country":
        return countries()[mention.name].demonym or None
    if mention.kind == "adjective":
        return mention.name
    acts = mention.kind == "actor" and mention.within in ("embassy", "government", "police")
    if acts and (own := demonym_in(mention.name)) is not None:
        return own
    held = next((part for part in mention.holds if part.kind == "country"), None)
    return countries()[held.name].demonym if held else None


def read_rate(view: SentenceView, count: Count) -> Count | None:
    """Read a number that is no sum: "20 workers a day", or a difference: "20 more suspects than last year"."""
    last = count.amount.last
    is_more = view.lower(last) in ("more", "fewer", "less") and view.has({"than"}, last + 1, last + _THAN_NEAR)
    head = find_head(view, last)
    if not is_more and not (head is not None and _is_rate(view, last, head.at)):
        return None
    return count.reads(Kind.OTHER if count.is_one else Kind.UNUSED, "a difference" if is_more else "a rate")


def _is_rate(view: SentenceView, last: int, noun: int) -> bool:
    """Recognise "20 workers a day" and "45 people per room", but not "20 workers a day later" or "from a compound"."""
    for at in range(last, last + _RATE_NEAR):
        is_rate = view.lower(at) in MEASURES.rates and (view.lower(at) != "a" or at == noun + 1)
        if is_rate and view.lower(at + 1) in MEASURES.rate_units:
            return view.lower(at + 2) not in MEASURES.after_lapse and not view.has(GRAMMAR.boundaries, last, at)
    return False


def is_object(view: SentenceView, count: Count) -> bool:
    """Return whether others did something to these people: "accused of luring 46"."""
    verb = count.amount.first - 1
    return view.lower(verb).endswith("ing") and view.has({"of", "for", "with", "by"}, verb - 2, verb)
