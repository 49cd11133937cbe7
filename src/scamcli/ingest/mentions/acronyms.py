"""Acronyms that a text explains: National Committee (NC), NC (National Committee), NC = National Committee."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import listed
from scamcli.ingest.mentions.exact_matches import PLACES
from scamcli.ingest.mentions.record import Name
from scamcli.ingest.proposal import Grade

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scamcli.ingest.mentions.exact_matches import Line

HEADS = lexicon.headings("bodies.heads")

_SMALL = listed("of the for and on in to against & - 's ’s")


def acronyms(line: Line, ends: Mapping[int, Name]) -> Iterator[tuple[tuple[str, ...], Name]]:
    """The forms that a sentence explains, short and long; ``ends`` are the bodies by the word after them."""
    seen = line.seen
    for at in range(len(seen.low) - 2):
        if seen.low[at] == "(" and seen.low[at + 2] == ")" and _is_short(seen.words[at + 1].text):
            short = seen.low[at + 1]
            name = ends.get(at) or _by_initials(line, at, short)
            if name:
                yield (short,), name._replace(rule="acronym in brackets", exact=True)
                yield tuple(_long(line, at, short)), name
        elif seen.low[at + 1] in ("(", "=") and _is_short(seen.words[at].text):
            for last, name in ends.items():
                if last > at + 3 and _initials(line, at + 2, last) == seen.low[at]:
                    yield (seen.low[at],), name._replace(rule="acronym explained", exact=True)


def _is_short(text: str) -> bool:
    return (
        2 <= len(text) <= 8 and text.isalnum() and not text.isdigit() and sum(map(str.isupper, text)) > len(text) // 2
    )


def _initials(line: Line, first: int, last: int) -> str:
    return "".join(word[0] for word in line.seen.low[first:last] if word not in _SMALL)


def _long(line: Line, last: int, short: str) -> list[str]:
    """The words before the bracket whose initials are the acronym; those right before it where none are."""
    first = _start(line, last, short)
    return line.seen.low[first if first is not None else last - 1 : last]


def _start(line: Line, last: int, short: str) -> int | None:
    for first in range(last - 1, max(last - 14, -1), -1):
        if line.seen.caps[first] and _initials(line, first, last) == short:
            return first
    return None


def _by_initials(line: Line, last: int, short: str) -> Name | None:
    first = _start(line, last, short)
    if first is None or (line.owner[last - 1] in PLACES and last - first == 1):
        return None
    kinds = [HEADS[word] for word in line.seen.low[first:last] if word in HEADS]
    return Name(
        "actor", line.seen.text(first, last), kinds[-1] if kinds else "group", "long form of an acronym", Grade.LIKELY
    )
