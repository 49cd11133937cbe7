"""Bodies that a text does not name in full: "the bureau" after it was named, and police of whichever country."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import word_set
from scamcli.ingest.mentions.names import Mention
from scamcli.ingest.mentions.tagged_sentence import SPEAKING, acts_next
from scamcli.ingest.proposal import Grade
from scamcli.language.countries import body_adjective

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scamcli.ingest.mentions.names import TaggedSentence

_NOUNS = lexicon.words("mentions.later_nouns")
_AUTHORITIES = {"police": "police", "authorities": "authorities", "officials": "authorities"}
_DETERMINERS = frozenset({"the", "local"})
_MODIFIERS = lexicon.words("mentions.authority_modifiers")
_NOT_AUTHORITIES = lexicon.words("mentions.not_authorities")
_NOUN_OR_VERB = word_set("raid raids search searches report release crackdown visit help")
_BEFORE_DOER = frozenset({"by", "from", "to", "with"})
_ADDRESSING = lexicon.words("mentions.addressing")
_BEFORE_AUTHORITIES = lexicon.words("mentions.before_authorities")
_CLAUSE_STARTS = frozenset(("", ".", ",", ":", "•", "–", "—", "-", "that", "and", "when", "as"))


class NamedBody(NamedTuple):
    """A body that a text names, and may refer to later by a noun alone.

    Attributes:
        start: offset in the text where it is named.
        nouns: by which it may be called later.
        name: of the body.
        kind: of the body.
        country: code of its country, or ``None`` if the name does not tell.
    """

    start: int
    nouns: frozenset[str]
    name: str
    kind: str
    country: str | None = None


class EntryBodies(NamedTuple):
    """The country of an entry, the bodies that it names, and the timeline's spelling of names in lower case."""

    country: str
    named: Sequence[NamedBody]
    timeline_names: Mapping[str, str]


def nouns_for(name: str, kind: str | None) -> frozenset[str]:
    """Return the nouns by which a text may call a body after it has named it."""
    found = set(name.lower().replace(";", " ").split()) & _NOUNS
    if kind == "police":
        found.add("police")
    if kind == "company":
        found |= {"company", "firm"}
    return frozenset(found - ({"police"} if kind != "police" else set()))


def bodies_by_noun(
    tagged: TaggedSentence, named_in_entry: Sequence[NamedBody], named_in_article: Sequence[NamedBody]
) -> Iterator[Mention]:
    """Yield bodies that a noun refers to: the last one in the entry, or the only one in the article so far."""
    for at in range(1, len(tagged.lower)):
        noun = tagged.lower[at]
        if noun not in _NOUNS or noun in ("police", "authorities") or tagged.lower[at - 1] != "the" or tagged.kinds[at]:
            continue
        start, is_cap = tagged.words[at].start, tagged.caps[at]
        is_name = is_cap and not tagged.is_cap(at + 1) and tagged.word(at + 1) not in ("of", "for")  # the Embassy
        if not is_name and (is_cap or not acts_next(tagged, at + 1, reach=2)):
            continue
        body = _last_named(named_in_entry, noun, start) or _only_named(named_in_article, noun, start)
        if body:
            yield Mention("actor", body.name, at, at + 1, body.kind, "the body named before", Grade.UNSURE)


def _last_named(named: Sequence[NamedBody], noun: str, start: int) -> NamedBody | None:
    found = None
    for body in named:
        if body.start < start and noun in body.nouns:
            found = body
    return found


def _only_named(named: Sequence[NamedBody], noun: str, start: int) -> NamedBody | None:
    found = {body.name: body for body in named if body.start < start and noun in body.nouns}
    return next(iter(found.values())) if len(found) == 1 else None


def unnamed_authorities(tagged: TaggedSentence, mentions: Sequence[Mention], entry: EntryBodies) -> Iterator[Mention]:
    """Yield the police and authorities that act or speak in a sentence and that nothing in it names."""
    for at, word in enumerate(tagged.lower):
        if word in _AUTHORITIES and not any(mention.first <= at < mention.last for mention in mentions):
            first = _first_modifier(tagged, at, mentions)
            if _is_unnamed(tagged, first, at) and _acts(tagged, first, at):
                found = _authority(tagged, at, mentions, entry)
                if found is not None:
                    yield found


def _first_modifier(tagged: TaggedSentence, at: int, mentions: Sequence[Mention]) -> int:
    """Return the index of the first word of the phrase: the local anti-trafficking police."""
    taken = max((mention.last for mention in mentions if mention.last <= at), default=0)
    while at > taken and tagged.lower[at - 1] in _MODIFIERS:
        at -= 1
    return at


def _is_unnamed(tagged: TaggedSentence, first: int, at: int) -> bool:
    """Tell whether no other word says whose police they are."""
    before = tagged.word(first - 1)
    if tagged.word(at + 1) == "officer":
        return before in ("a", "one") or tagged.lower[first] == "the"
    if tagged.lower[at] == "officials" and not _DETERMINERS.issuperset(tagged.lower[first:at]):
        return False
    if first and tagged.caps[first] and tagged.words[first - 1].text.isupper():
        return True  # after a heading in capitals
    return not before.isalpha() or before in _BEFORE_AUTHORITIES or before in SPEAKING or tagged.lower[first] == "the"


def _acts(tagged: TaggedSentence, first: int, at: int) -> bool:
    """Tell whether they do or say something, or something is done by them or given to them."""
    after, before = tagged.word(at + 1), tagged.word(first - 1)
    if after in _NOT_AUTHORITIES or (after in _NOUN_OR_VERB and before not in _CLAUSE_STARTS):
        return False
    if after in ("officer", "officers"):
        return acts_next(tagged, at + 2)
    if before in _BEFORE_DOER and not (before == "to" and tagged.word(first - 2) in _ADDRESSING):
        return True
    if first == at and before in ("told", "tells"):
        return True
    return before != "to" and acts_next(tagged, at + 1)


def _authority(tagged: TaggedSentence, at: int, mentions: Sequence[Mention], entry: EntryBodies) -> Mention | None:
    """Return the body named before, unless a place follows; else the police of that place or of the entry's country."""
    head = _AUTHORITIES[tagged.lower[at]]
    kind = "police" if head == "police" else "government"
    there = _country_behind(tagged, at, mentions)
    body = None if there else _last_named(entry.named, head, tagged.words[at].start)
    if body and body.country in (None, entry.country):
        return Mention("actor", body.name, at, at + 1, kind, "the body named before", Grade.UNSURE)
    if not (there or entry.country):
        return None
    name = f"{body_adjective(there or entry.country)} {head}"
    own, rule = entry.timeline_names.get(name.lower(), name), "unnamed, of the entry's country"
    return Mention("actor", own, at, at + 1, kind, rule, Grade.UNSURE)


def _country_behind(tagged: TaggedSentence, at: int, mentions: Sequence[Mention]) -> str | None:
    """Return the country of the place right behind: police in Johor."""
    if tagged.word(at + 1) in ("in", "of", "from"):
        return next((mention.country for mention in mentions if 0 <= mention.first - at - 2 < 2), None)
    return None
