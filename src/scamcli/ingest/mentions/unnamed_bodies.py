"""DOC unnamed"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import listed
from scamcli.ingest.mentions.names import Mention
from scamcli.ingest.mentions.tagged_sentence import acts_next
from scamcli.ingest.proposal import Grade
from scamcli.language.countries import body_adjective

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scamcli.ingest.mentions.names import TaggedSentence


_NOUNS = listed(
    """
    police authorities administration bureau ministry department commission committee embassy consulate court
    agency network council association foundation company firm
    """
)


class NamedBody(NamedTuple):
    """A body that a text names: where, by which nouns it may be called later, and whose it is."""

    start: int
    nouns: frozenset[str]
    name: str
    kind: str
    country: str | None = None


def nouns_for(name: str, kind: str | None) -> frozenset[str]:
    """The words by which a text may call a body after it has named it."""
    found = set(name.lower().replace(";", " ").split()) & _NOUNS
    if kind == "police":
        found.add("police")
    if kind == "company":
        found |= {"company", "firm"}
    return frozenset(found - ({"police"} if kind != "police" else set()))


def last_named(named: Sequence[NamedBody], noun: str, start: int) -> NamedBody | None:
    """The last body before a place in the text that may be called so."""
    found = None
    for body in named:
        if body.start < start and noun in body.nouns:
            found = body
    return found


def bodies_by_noun(
    tagged: TaggedSentence, free: Sequence[bool], named: Sequence[NamedBody], every: Sequence[NamedBody]
) -> Iterator[Mention]:
    """The bureau says: the last one that the entry names, or the only one that the article named so far."""
    for at in range(1, len(tagged.lower)):
        noun = tagged.lower[at]
        if noun in _NOUNS and noun not in ("police", "authorities") and tagged.lower[at - 1] == "the" and free[at]:
            start = tagged.words[at].start
            is_name = (
                tagged.caps[at] and not tagged.is_cap(at + 1) and tagged.word(at + 1) not in ("of", "for")
            )  # the Embassy
            if not is_name and (tagged.caps[at] or not acts_next(tagged, at + 1, reach=2)):
                continue
            body = last_named(named, noun, start) or _only_body(every, noun, start)
            if body:
                yield Mention("actor", body.name, at, at + 1, body.kind, "the body named before", Grade.UNSURE)


def _only_body(every: Sequence[NamedBody], noun: str, start: int) -> NamedBody | None:
    found = {body.name: body for body in every if body.start < start and noun in body.nouns}
    return next(iter(found.values())) if len(found) == 1 else None


SPEAKING = lexicon.words("titles.speaking")

_AUTHORITIES = {"police": "police", "authorities": "authorities", "officials": "authorities"}
_DETERMINERS = frozenset({"the", "local"})
_MODIFIERS = _DETERMINERS | listed(
    """
    anti - trafficking immigration border provincial municipal national city district state riot armed
    """
)
_OTHER_THINGS = listed(
    """
    station stations custody checkpoint post car van uniform reports chief chiefs spokesman spokesperson
    cooperation force forces investigation investigations operation operations protection brutality academy
    headquarters source
    """
)
_NOUN_OR_VERB = listed("raid raids search searches report release crackdown visit help")
_DOERS = frozenset({"by", "from", "to", "with"})
_ADDRESSED = listed(
    """
    reported report complained complaint complaints went go gone turned appeal appealed belonging
    """
)
_OPENING = listed(
    """
    by from to with that and but when after before as while if because where which although since until for said or
    once then however among into between what how whether against on of in told
    """
)
"""Words after which police stands by itself, and is no part of a longer name."""
_CLAUSE = frozenset(("", ".", ",", ":", "•", "–", "—", "-", "that", "and", "when", "as"))


class EntryBodies(NamedTuple):
    """What an entry is about: its country, the bodies that it names, and names as the timeline writes them."""

    country: str
    named: Sequence[NamedBody]
    own: Mapping[str, str]


def unnamed_authorities(tagged: TaggedSentence, mentions: Sequence[Mention], around: EntryBodies) -> Iterator[Mention]:
    """The unnamed police and authorities that act or speak in a sentence."""
    for at, word in enumerate(tagged.lower):
        if word in _AUTHORITIES and not any(mention.first <= at < mention.last for mention in mentions):
            first = _first_word(tagged, at, mentions)
            if _is_bare(tagged, first, at) and _acts(tagged, first, at):
                found = _authority(tagged, at, mentions, around)
                if found is not None:
                    yield found


def _first_word(tagged: TaggedSentence, at: int, mentions: Sequence[Mention]) -> int:
    """The first word of what is said of them: the local anti-trafficking police."""
    taken = max((mention.last for mention in mentions if mention.last <= at), default=0)
    while at > taken and tagged.lower[at - 1] in _MODIFIERS:
        at -= 1
    return at


def _is_bare(tagged: TaggedSentence, first: int, at: int) -> bool:
    """Whether nothing else says whose they are."""
    before = tagged.word(first - 1)
    if tagged.word(at + 1) == "officer":
        return before in ("a", "one") or tagged.lower[first] == "the"
    if tagged.lower[at] == "officials" and not _DETERMINERS.issuperset(tagged.lower[first:at]):
        return False
    if first and tagged.caps[first] and tagged.words[first - 1].text.isupper():
        return True  # behind a heading in capitals
    return not before.isalpha() or before in _OPENING or before in SPEAKING or tagged.lower[first] == "the"


def _acts(tagged: TaggedSentence, first: int, at: int) -> bool:
    """Whether they do or say something, or something is done by them or given to them."""
    after, before = tagged.word(at + 1), tagged.word(first - 1)
    if after in _OTHER_THINGS or (after in _NOUN_OR_VERB and before not in _CLAUSE):
        return False
    if after in ("officer", "officers"):
        return acts_next(tagged, at + 2)
    if before in _DOERS and not (before == "to" and tagged.word(first - 2) in _ADDRESSED):
        return True
    if first == at and before in ("told", "tells"):
        return True
    return before != "to" and acts_next(tagged, at + 1)


def _authority(tagged: TaggedSentence, at: int, mentions: Sequence[Mention], around: EntryBodies) -> Mention | None:
    head = _AUTHORITIES[tagged.lower[at]]
    kind = "police" if head == "police" else "government"
    there = _country_behind(tagged, at, mentions)
    body = None if there else last_named(around.named, head, tagged.words[at].start)
    if body and body.country in (None, around.country):
        return Mention("actor", body.name, at, at + 1, kind, "the body named before", Grade.UNSURE)
    if not (there or around.country):
        return None
    name = f"{body_adjective(there or around.country)} {head}"
    rule = "unnamed, of the entry's country"
    return Mention("actor", around.own.get(name.lower(), name), at, at + 1, kind, rule, Grade.UNSURE)


def _country_behind(tagged: TaggedSentence, at: int, mentions: Sequence[Mention]) -> str | None:
    """The country of the place right behind: police in Johor."""
    if tagged.word(at + 1) in ("in", "of", "from"):
        return next((mention.code for mention in mentions if 0 <= mention.first - at - 2 < 2), None)
    return None
