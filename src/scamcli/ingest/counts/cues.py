"""Words that say what happened to people, where they say it: "arrested", but not in "arrest warrants"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.language.countries import countries, is_demonym

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scamcli.ingest.counts.sentence_view import Reader
    from scamcli.ingest.mentions import Mention

OF_SOME_COUNTRY = lexicon.words("counted.of_some_country")
AIRPORTS = lexicon.words("outcomes.airports")
CAPTIVE = lexicon.words("outcomes.captive")
CUES = lexicon.headings("outcomes.cues")
HOLDING = lexicon.words("outcomes.holding")
LANDING = lexicon.words("outcomes.landing")
MOVING = lexicon.words("outcomes.moving")
NO_CUE = lexicon.words("outcomes.no_cue")
NOT_FREEING = lexicon.words("outcomes.not_freeing")
POLICE = lexicon.words("outcomes.police")
RECEIVING = lexicon.words("outcomes.receiving")

PHRASES = {
    verb: tuple((metric, int(within), frozenset(others)) for metric, within, *others in map(str.split, rules))
    for verbs, rules in lexicon.table("outcomes.phrases").items()
    for verb in verbs.split()
}
"""For a verb, the metrics that it tells of where another word follows: metric, within how many words, which words."""

TELLING = MOVING.union(CUES, PHRASES)
"""Every word that can say what happened to somebody."""

_FAR = 14
"""Words after a verb of moving in which a place of the same country is looked for."""
_AIRPORT_NEAR, _OWN_NEAR = 8, 7
"""Words after it in which an airport, or "their own country", is looked for."""
_OUT_NEAR = 6
"""Words after "got" in which "out" is looked for: "got twelve more people out"."""
_HELD_BEFORE, _HELD_AFTER = 6, 10
"""Words around "held" in which it is looked for who holds."""


def cue(reader: Reader, at: int) -> str | None:
    """The metric that a word of a sentence says, if it does here."""
    lower = reader.lower(at)
    if lower not in TELLING or (at and not reader.text(at).islower()):
        return None  # with a capital it is part of a name: Safe Return Network
    if (lower == "charge" and reader.lower(at - 1) == "without") or _is_of_no_freeing(reader, at):
        return None
    if lower in ("got", "get") and at + 1 in reader.cores:
        return "rescues" if reader.has({"out"}, at + 1, at + 1 + _OUT_NEAR) else None
    if (found := _by_phrase(reader, at) or _by_moving(reader, at)) is not None:
        return found
    if reader.lower(at + 1) in NO_CUE and not lower.endswith("ed"):
        return None
    return _by_holding(reader, at) if lower in HOLDING else CUES.get(lower)


def first_cue(reader: Reader, places: Iterable[int]) -> str | None:
    """What the first of some words says that says anything."""
    return next((found for at in places if (found := cue(reader, at))), None)


def _is_of_no_freeing(reader: Reader, at: int) -> bool:
    """Released on bail, or without charge; released photos."""
    return reader.lower(at).startswith("releas") and reader.has(NOT_FREEING, at + 1, at + 1 + _OWN_NEAR)


def _by_phrase(reader: Reader, at: int) -> str | None:
    for metric, within, words in PHRASES.get(reader.lower(at), ()):
        if reader.has(words, at + 1, at + 1 + within):
            return metric
    return None


def _by_holding(reader: Reader, at: int) -> str:
    """Whether it is the police who hold somebody."""
    near = at - _HELD_BEFORE, at + _HELD_AFTER
    return "detentions" if reader.has(POLICE, *near) and not reader.has(CAPTIVE, *near) else "captives"


def _by_moving(reader: Reader, at: int) -> str | None:
    """Whether somebody who moves goes to a place, or to the police, of their own country."""
    lower = reader.lower(at)
    if lower not in MOVING:
        return None
    if lower in LANDING and reader.has(AIRPORTS, at + 1, at + 1 + _AIRPORT_NEAR):
        return "repatriations"
    if lower in RECEIVING and reader.has(OF_SOME_COUNTRY, at + 1, at + 1 + _OWN_NEAR):
        return "repatriations"
    people = {one.name for one in reader.mentions if one.kind == "people"}
    if not people:
        return None
    there = (one for one in reader.mentions if at < one.first <= at + _FAR)
    is_home = any(_country(one) in people for one in there) or reader.has({"own"}, at + 1, at + 1 + _OWN_NEAR)
    return "repatriations" if is_home else None


def _country(mention: Mention) -> str | None:
    """The demonym of the country of a place, or of the police and offices of one."""
    if mention.kind in ("country", "place"):
        code = mention.name if mention.kind == "country" else mention.within
        return countries()[code].demonym if code else None
    if mention.kind == "actor" and mention.within in ("police", "government"):
        words = mention.name.split()
        return next((name for name in (" ".join(words[:2]), words[0]) if is_demonym(name)), words[0])
    return mention.name if mention.kind == "adjective" else None
