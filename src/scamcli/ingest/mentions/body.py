"""An organisation as an article names it, before it is known which of its forms is the fullest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest.proposal import Grade

if TYPE_CHECKING:
    from scamcli.ingest.mentions.exact_matches import Line


class Body(NamedTuple):
    """An organisation: its name, the words by which it stands in the text, its kind, and its first word."""

    name: str
    words: tuple[str, ...]
    kind: str
    rule: str
    grade: Grade
    first: int


def named(line: Line, first: int, last: int, kind: str, rule: str) -> Body:
    """The body of these words; that of a name which only a verb shows is to be looked at."""
    grade = Grade.UNSURE if rule == "subject of a verb" else Grade.LIKELY
    return Body(line.seen.text(first, last), tuple(line.seen.low[first:last]), kind, rule, grade, first)
