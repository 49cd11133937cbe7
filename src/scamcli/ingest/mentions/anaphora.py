"""Bodies that a text goes on to call by what they are: the bureau, the company, the police that it named before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest.lexicon import listed
from scamcli.ingest.mentions.record import Mention
from scamcli.ingest.mentions.verbs import acts_next
from scamcli.ingest.proposal import Grade

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.ingest.mentions.record import Seen

_CALLED = listed(
    """
    police authorities administration bureau ministry department commission committee embassy consulate court
    agency network council association foundation company firm
    """
)


class Named(NamedTuple):
    """A body that a text names: where, by which nouns it may be called later, and whose it is."""

    start: int
    nouns: frozenset[str]
    name: str
    kind: str
    country: str | None = None


def nouns(name: str, kind: str | None) -> frozenset[str]:
    """The words by which a text may call a body after it has named it."""
    found = set(name.lower().replace(";", " ").split()) & _CALLED
    if kind == "police":
        found.add("police")
    if kind == "company":
        found |= {"company", "firm"}
    return frozenset(found - ({"police"} if kind != "police" else set()))


def last_named(named: Sequence[Named], noun: str, start: int) -> Named | None:
    """The last body before a place in the text that may be called so."""
    found = None
    for body in named:
        if body.start < start and noun in body.nouns:
            found = body
    return found


def referring(seen: Seen, free: Sequence[bool], named: Sequence[Named], every: Sequence[Named]) -> Iterator[Mention]:
    """The bureau says: the last one that the entry names, or the only one that the article named so far."""
    for at in range(1, len(seen.low)):
        noun = seen.low[at]
        if noun in _CALLED and noun not in ("police", "authorities") and seen.low[at - 1] == "the" and free[at]:
            start = seen.words[at].start
            is_name = seen.caps[at] and not seen.cap(at + 1) and seen.word(at + 1) not in ("of", "for")  # the Embassy
            if not is_name and (seen.caps[at] or not acts_next(seen, at + 1, reach=2)):
                continue
            body = last_named(named, noun, start) or _only(every, noun, start)
            if body:
                yield Mention("actor", body.name, at, at + 1, body.kind, "the body named before", Grade.UNSURE)


def _only(every: Sequence[Named], noun: str, start: int) -> Named | None:
    found = {body.name: body for body in every if body.start < start and noun in body.nouns}
    return next(iter(found.values())) if len(found) == 1 else None
