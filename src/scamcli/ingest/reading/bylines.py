"""The lines at the head of a text that say when it was published, and by whom.

A day counts only where a label, a time of day or an author stands with it: one that stands alone may be the first entry
of a timeline. How a day is written is not told here: `days` reads it.
"""

from __future__ import annotations

import re
from itertools import takewhile

from scamcli.ingest.reading.days import opens_with_day, parted
from scamcli.ingest.words import words

_LABEL = 40
_NAMES = 7  # words of the names in a byline
_MORE = 90  # characters after the day of a label
_NEAR = 6  # filled lines in which a byline is looked for

# The words of a label such as "First published on:".
_PUBLISHED = ("published", "posted", "publication", "date")
_UPDATED = ("updated", "modified")
_OF_LABEL = (*_PUBLISHED, *_UPDATED, "first", "last", "on", "at", ":")
_SIGNS = tuple("|·•–—,(/-")
_PARTING = " |·•–—/,-"
_IN_NAMES = str.maketrans("", "", "_.'’-")
_TIME = (
    r"(?:at |[T,] ?|- )?\d{1,2}[:.h]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?"
    r"(?: ?\(?[A-Z]{2,4}\)?| ?Z| ?[+-]\d\d:?\d\d)?"
)


def published(lines: list[str]) -> str | None:
    """Give the day of publication that the first lines of a text state, one space between words."""
    labelled = list(filter(None, map(_labelled, lines)))
    if labelled:
        return min(labelled, key=lambda found: found[0])[1]
    filled = [line for line in lines if line]
    days = (_in_byline(line) or _beside_name(filled, at) for at, line in enumerate(filled[:_NEAR]))
    return next(filter(None, days), None)


def is_byline(line: str) -> bool:
    """Say whether a line tells when a text was published, or by whom it is."""
    return bool(opens_with_day(line) or _labelled(line) or _is_by(line) or _in_byline(line))


def _labelled(line: str) -> tuple[bool, str] | None:
    """Read a line that says when this was published: whether it tells of a later change, and the day."""
    if not line.lower().startswith(_OF_LABEL):
        return None
    every = words(line, 0, _LABEL)
    label = [word.lower for word in takewhile(lambda word: word.lower in _OF_LABEL, every)]
    found = parted(line[every[len(label)].start :]) if len(label) < len(every) else None
    is_change = any(word in _UPDATED for word in label)
    if found and (is_change or any(word in _PUBLISHED for word in label)) and _is_no_sentence(found[1]):
        return is_change, found[0]
    return None


def _is_no_sentence(after: str) -> bool:
    """Say whether a time of day, or a sign and then more, follows a day; a word there makes the line a sentence."""
    after = after.strip()
    more = after.startswith(_SIGNS) or _without_time(after) != after
    return (more and len(after) <= _MORE) or not _says_something(after)


def _in_byline(line: str) -> str | None:
    """Read the day of ``By Ann Example, 5 January 2024``."""
    by, *parts = line.split(" ")[: 3 * _NAMES]
    if by.lower() not in ("by", "by:"):
        return None
    for at in range(1, len(parts)):
        found = parted(" ".join(parts[at:]))
        if found:
            names = " ".join(parts[:at]).removesuffix(" on").rstrip(_PARTING)
            is_all = _are_names(names) and not _says_something(_without_time(found[1].lstrip()))
            return found[0] if is_all else None
    return None


def _beside_name(lines: list[str], at: int) -> str | None:
    """A day with a time of day or with the author's name, or in a line of its own beside the author's."""
    day, after = parted(lines[at]) or ("", "")
    after = after.lstrip()
    who = _without_time(after)
    is_timed = who != after
    who = who.strip(_PARTING) if _says_something(who) else ""
    if not day or (who and not _are_names(who)):
        return None
    if is_timed or (who and at <= 3 and _is_name(who)):
        return day
    return day if not who and any(map(_is_by, lines[max(0, at - 1) : at + 2])) else None


def _without_time(text: str) -> str:
    found = re.match(_TIME, text)
    return text[found.end() :] if found else text


def _says_something(text: str) -> bool:
    return any(map(str.isalnum, text))


def _is_by(line: str) -> bool:
    """Say whether a line names its author."""
    by, _, names = line.partition(" ")
    by = by.removesuffix(":").lower()
    return (by == "by" and 1 < len(names) <= 60) or (by in ("text", "words") and _are_names(names))


def _are_names(text: str) -> bool:
    """Say whether a text is a few words such as names have, with no other sign than commas between them."""
    parts = [part for part in text.replace(",", " ").split() if part not in ("and", "&")]
    return 0 < len(parts) <= _NAMES and all(part[0].isalpha() and part.translate(_IN_NAMES).isalnum() for part in parts)


def _is_name(text: str) -> bool:
    parts = text.removeprefix("by ").removeprefix("By ").replace(",", " ").split()
    return len(parts) > 1 and all(part[0].isupper() or part in ("and", "&", "de", "van", "bin") for part in parts)
