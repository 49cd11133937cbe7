"""Police and authorities that a text does not name: the body named before, or that of the country of the entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import listed
from scamcli.ingest.mentions.anaphora import last_named
from scamcli.ingest.mentions.record import Mention
from scamcli.ingest.mentions.verbs import acts_next
from scamcli.ingest.proposal import Grade
from scamcli.language.countries import of_body

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scamcli.ingest.mentions.anaphora import Named
    from scamcli.ingest.mentions.record import Seen

SPEAKING = lexicon.words("titles.speaking")

_HEADS = {"police": "police", "authorities": "authorities", "officials": "authorities"}
_DETERMINERS = frozenset({"the", "local"})
_MODIFIERS = _DETERMINERS | listed(
    """
    anti - trafficking immigration border provincial municipal national city district state riot armed
    """
)
_THINGS = listed(
    """
    station stations custody checkpoint post car van uniform reports chief chiefs spokesman spokesperson
    cooperation force forces investigation investigations operation operations protection brutality academy
    headquarters source
    """
)
_NOUN_OR_VERB = listed("raid raids search searches report release crackdown visit help")
_DOERS = frozenset({"by", "from", "to", "with"})
_TOLD = listed(
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


class Around(NamedTuple):
    """What an entry is about: its country, the bodies that it names, and names as the timeline writes them."""

    country: str
    named: Sequence[Named]
    own: Mapping[str, str]


def bare(seen: Seen, mentions: Sequence[Mention], around: Around) -> Iterator[Mention]:
    """The unnamed police and authorities that act or speak in a sentence."""
    for at, word in enumerate(seen.low):
        if word in _HEADS and not any(mention.first <= at < mention.last for mention in mentions):
            first = _first(seen, at, mentions)
            if _is_bare(seen, first, at) and _acts(seen, first, at):
                found = _whose(seen, at, mentions, around)
                if found is not None:
                    yield found


def _first(seen: Seen, at: int, mentions: Sequence[Mention]) -> int:
    """The first word of what is said of them: the local anti-trafficking police."""
    taken = max((mention.last for mention in mentions if mention.last <= at), default=0)
    while at > taken and seen.low[at - 1] in _MODIFIERS:
        at -= 1
    return at


def _is_bare(seen: Seen, first: int, at: int) -> bool:
    """Whether nothing else says whose they are."""
    before = seen.word(first - 1)
    if seen.word(at + 1) == "officer":
        return before in ("a", "one") or seen.low[first] == "the"
    if seen.low[at] == "officials" and not _DETERMINERS.issuperset(seen.low[first:at]):
        return False
    if first and seen.caps[first] and seen.words[first - 1].text.isupper():
        return True  # behind a heading in capitals
    return not before.isalpha() or before in _OPENING or before in SPEAKING or seen.low[first] == "the"


def _acts(seen: Seen, first: int, at: int) -> bool:
    """Whether they do or say something, or something is done by them or given to them."""
    after, before = seen.word(at + 1), seen.word(first - 1)
    if after in _THINGS or (after in _NOUN_OR_VERB and before not in _CLAUSE):
        return False
    if after in ("officer", "officers"):
        return acts_next(seen, at + 2)
    if before in _DOERS and not (before == "to" and seen.word(first - 2) in _TOLD):
        return True
    if first == at and before in ("told", "tells"):
        return True
    return before != "to" and acts_next(seen, at + 1)


def _whose(seen: Seen, at: int, mentions: Sequence[Mention], around: Around) -> Mention | None:
    head = _HEADS[seen.low[at]]
    kind = "police" if head == "police" else "government"
    there = _of_place(seen, at, mentions)
    body = None if there else last_named(around.named, head, seen.words[at].start)
    if body and body.country in (None, around.country):
        return Mention("actor", body.name, at, at + 1, kind, "the body named before", Grade.UNSURE)
    if not (there or around.country):
        return None
    name = f"{of_body(there or around.country)} {head}"
    rule = "unnamed, of the entry's country"
    return Mention("actor", around.own.get(name.lower(), name), at, at + 1, kind, rule, Grade.UNSURE)


def _of_place(seen: Seen, at: int, mentions: Sequence[Mention]) -> str | None:
    """The country of the place right behind: police in Johor."""
    if seen.word(at + 1) in ("in", "of", "from"):
        return next((mention.code for mention in mentions if 0 <= mention.first - at - 2 < 2), None)
    return None
