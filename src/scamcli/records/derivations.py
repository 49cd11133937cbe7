"""What follows from an event: an id from its date and title, and which of its sources are originals."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scamcli.records.types import SourceDict


def make_event_id(date: str, title: str) -> str:
    """Return an id, safe in a shell: the first day of the date, then up to six words of the title in lower case."""
    text = title.casefold()
    if text.isascii():  # the usual case, which is much faster this way
        text = "".join(char if char.isalnum() else " " for char in text)
    else:
        text = unicodedata.normalize("NFKD", text)
        kept = (char if unicodedata.category(char)[0] in "LM" or char.isdecimal() else " " for char in text)
        text = unicodedata.normalize("NFC", "".join(char for char in kept if not "\u0300" <= char <= "\u036f"))
    words = "-".join(text.split()[:6])[:60].rstrip("-")
    return f"{date.split('/')[0].strip('~?%')}-{words or 'event'}"


def make_event_ids(events: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield an id for each event of one text in order, given dates and titles.

    The drafts of a text link to each other by these ids until they are stored.
    """
    times = Counter[str]()
    for date, title in events:
        wanted = make_event_id(date, title)
        times[wanted] += 1
        yield with_number(wanted, times[wanted])


def with_number(wanted: str, number: int) -> str:
    """Return the id itself for its first use, or with a number appended for later uses."""
    return wanted if number == 1 else f"{wanted}-{number}"


def originals(sources: Sequence[SourceDict]) -> list[SourceDict]:
    """Return the original sources, in their order.

    A source seen ``via`` a publication is an original. The publication itself counts only if no other source was seen
    through it: a press review that quotes five newspapers is five originals, not six.
    """
    passed_on = {source["via"] for source in sources if source["via"]}
    return [source for source in sources if source["via"] or source["outlet"] not in passed_on]
