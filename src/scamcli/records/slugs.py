"""Ids of events, made of what they say: for a record that is typed in, and for one that is read out of a text."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def made_id(date: str, title: str) -> str:
    """An id from a date and a title: the first day, then at most six words, lower case, safe in a shell."""
    text = title.casefold()
    if text.isascii():  # most are, and an article has dozens
        words = "-".join("".join(char if char.isalnum() else " " for char in text).split()[:6])[:60].rstrip("-")
        return f"{date.split('/')[0].strip('~?%')}-{words or 'event'}"
    text = unicodedata.normalize("NFKD", text)
    kept = (char if unicodedata.category(char)[0] in "LM" or char.isdecimal() else " " for char in text)
    bare = "".join(char for char in kept if not "\u0300" <= char <= "\u036f")
    words = "-".join(unicodedata.normalize("NFC", bare).split()[:6])[:60].rstrip("-")
    return f"{date.split('/')[0].strip('~?%')}-{words or 'event'}"


def made_ids(records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The ids of the events of one text, in its order: by these its drafts link to each other until they are kept.

    Args:
        records: of the events, of which the date and the title count.
    """
    times = Counter[str]()
    for record in records:
        wanted = made_id(record["date"], record["title"])
        times[wanted] += 1
        yield numbered(wanted, times[wanted])


def numbered(wanted: str, number: int) -> str:
    """The id itself for the first who wants it; for those after, with a number."""
    return wanted if number == 1 else f"{wanted}-{number}"
