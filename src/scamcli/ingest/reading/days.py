"""Days as papers write them in the lines around a text, and as headings inside it.

This is for what surrounds a text: bylines, tags of a page, the layout of a PDF. How a date in words is read, and which
day an entry is of, is not decided here.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from scamcli.ingest.date_phrases import read
from scamcli.ingest.words import words

if TYPE_CHECKING:
    from scamcli.ingest.date_phrases import When

_LONGEST = 40
_LOOKED_AT = 60
_FIGURES = "0123456789-/."
_SIGNS = (": ", "– ", "— ", ". ", "- ")


def day_in_words(text: str) -> str | None:
    """Give the day with which a text begins, ``16 June 2023`` or ``2023-06-16T18:40``, as ``2023-06-16``."""
    found = parted(text)
    return found[0] if found else None


def parted(text: str) -> tuple[str, str] | None:
    """Give the one whole day with which a text begins, and what follows it; 05/01/2024 is in doubt, so it is none."""
    stretch = text[: len(text) - len(text.lstrip(_FIGURES))].rstrip("/.")
    day = _in_figures(stretch)
    if day:
        return day, text[len(stretch) :]
    found = _begun(text[:_LOOKED_AT].replace("-", " ").title())  # 16-jun-2023
    if found is None:
        return None
    when, end = found
    return (when.first.edtf(), text[end:]) if _is_whole(when) and "/" not in when.form else None


def opens_with_day(line: str) -> bool:
    """Say whether a line begins with a whole day, be its order in doubt or not."""
    found = _begun(line)
    return parted(line) is not None or (found is not None and _is_whole(found[0]))


def heads_entry(line: str) -> bool:
    """Say whether a line begins with a day that stands for itself: alone, or before a sign such as a colon or dash."""
    found = _begun(line)
    if found is None:
        return False
    when, end = found
    end -= line[end - 1] == "."  # of a month, or of a sentence: "16 June. The police"
    return is_day(line) or (when.form != "year" and line[end:].removeprefix(" ")[:2] in _SIGNS)


def is_day(line: str) -> bool:
    """Say whether a line is nothing but a day, some days, a month, or a year."""
    found = _begun(line) if len(line) <= _LONGEST else None
    return found is not None and not any(map(str.isalnum, line[found[1] :]))


def _begun(text: str) -> tuple[When, int] | None:
    """The date with which a text begins, and where it ends."""
    every = words(text, 0, _LOOKED_AT) if text[:1].isalnum() else []
    found = read(every, 0)
    return (found, every[found.end - 1].end) if found else None


def _is_whole(when: When) -> bool:
    return when.last is None and not when.about and None not in when.first


def _in_figures(stretch: str) -> str | None:
    """The day of figures whose order is beyond doubt: the year is first, or dots part them."""
    sign = stretch.lstrip("0123456789")[:1]
    parts = stretch.split(sign) if sign else []
    if len(parts) == 3 and len(parts[2]) == 4 and sign == ".":
        parts.reverse()
    if [len(part) for part in parts] not in ([4, 1, 1], [4, 1, 2], [4, 2, 1], [4, 2, 2]):
        return None
    try:
        return date(*map(int, parts)).isoformat()
    except ValueError:
        return None
