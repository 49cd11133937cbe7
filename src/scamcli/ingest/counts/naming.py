"""What the noun of a number says of those that it counts: whether they are people, their group, or their metric."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.kind import Kind

if TYPE_CHECKING:
    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.counts.sentence_view import Reader

CALLS = lexicon.words("counted.calls")
CHANNELS = lexicon.words("counted.channels")
CITIZENS = lexicon.words("counted.citizens")
FEMALE = lexicon.words("counted.female")
FEMALE_NOUNS = lexicon.words("counted.female_nouns")
FOREIGN = lexicon.words("counted.foreign")
FOREIGN_NOUNS = lexicon.words("counted.foreign_nouns")
HELP = lexicon.words("counted.help")
OFFICIALS = lexicon.words("counted.officials")
PEOPLE = lexicon.optional_headings("counted.people")
PERSONS = lexicon.words("counted.persons")
PREMISES = lexicon.words("counted.premises")
THINGS = lexicon.headings("counted.things")

_CHANNEL_NEAR = 6
"""Words before a number of members in which their channel stands: "a Telegram channel with 3,000 members"."""


def name(reader: Reader, count: Count, noun: str) -> None:
    """Take the noun of a count, after which the count ends."""
    count.noun = noun
    metric, rule = THINGS.get(noun), f"number of {noun}"
    if noun == "members" and reader.has(CHANNELS, count.amount.first - _CHANNEL_NEAR, count.amount.first):
        metric, rule = "members", "members of a channel"
    elif noun in CALLS and reader.lower(count.end) == "for" and reader.lower(count.end + 1) in HELP:
        metric, rule = "requests", f"{rule} for help"
    elif noun in PEOPLE:
        count.reads(Kind.PEOPLE, rule)
        count.is_weak = noun in OFFICIALS
        count.group = _group_of_two(reader, count)
        return
    if metric is not None:
        count.reads(Kind.THING, rule)
        count.metric = metric
    elif noun in PERSONS:
        count.reads(Kind.PEOPLE, rule)
        count.is_weak = True
    elif noun in PREMISES:
        count.reads(Kind.PREMISES, rule)
    else:
        count.explain("a number of things")


def group(reader: Reader, count: Count) -> str | None:
    """The group of people whom the noun of a count names, with its adjectives: "12 foreign nationals"."""
    noun, start, end = count.noun, count.amount.last, count.end
    if noun in FOREIGN_NOUNS and reader.has(FOREIGN, start, end):
        return "foreigners"
    if noun in FEMALE_NOUNS and reader.has(FEMALE, start, end):
        return "women"
    return None if noun in CITIZENS and count.nationalities else PEOPLE[noun]


def _group_of_two(reader: Reader, count: Count) -> str | None:
    """The group of a count whose noun may be the first of two: girls and women are of no one group."""
    found, other = group(reader, count), reader.lower(count.end + 1)
    if reader.lower(count.end) == "and" and other in PEOPLE and reader.text(count.end + 1).islower():
        count.end += 2
        return found if PEOPLE[other] == found else None
    return found
