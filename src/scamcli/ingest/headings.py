"""Find the dates that head the entries of a timeline or a log: alone on a line, or before the text that they date."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from scamcli.ingest import date_phrases, lexicon
from scamcli.ingest.date_phrases import EARLIEST, LATEST, Day, When, is_day
from scamcli.ingest.words import BYLINE, FULL_STOPS, Line, Word, line_start

WEEKDAYS = lexicon.numbers("calendar.weekdays", 0)

FEWEST = 2
"""How many headings make a timeline. A single one may be the day of publication."""

_SIGNS = frozenset(":–—-|")
_MARKS = frozenset("-–—•*·>|#▪◦●‣[(“\"'")
_LONGEST_PLACES = 8
"""How many words can be between a date and the colon after its places: "13 March, Bamban, Tarlac: …"."""
_LONGEST_SECTION = 20
"""How many words of the heading of rows of numbers are searched for a period."""
_TEXT_ENDS = frozenset('.?!”")]’')
_OPENING = frozenset("“\"'‘$")
_SHORTEST_ITEM = 3
"""An item has more words than this behind its date."""
_FEWEST_ITEMS = 3
"""How many lines must begin with a bare date, such as "1991" or "14 January", for these lines to be headings."""


class Heading(NamedTuple):
    """A date that heads an entry.

    Attributes:
        begin: index of the first word of its line, such as the mark of a list item; `first` is that of the date.
        body: index of the first word that it dates.
        how: ``alone`` on its line, ``run in`` (before a sign), ``glued`` (directly before text), ``item`` (the same,
            but the date is incomplete), or ``section``: in the heading of rows of numbers.
    """

    begin: int
    first: int
    body: int
    when: When
    how: str


def find_headings(every: Sequence[Word], lines: Sequence[Line]) -> list[Heading]:
    """Return the headings of a text in order, or none if they do not make a timeline."""
    found = [heading for line in lines if (heading := _heading_of_line(every, line))]
    if sum(one.how == "item" for one in found) < _FEWEST_ITEMS and not _has_years(found):
        found = [one for one in found if one.how != "item"]
    found += _sections(every, lines, {one.begin for one in found})
    forms = Counter(one.when.form for one in found if one.how != "alone" or one.when.has_year)
    found = sorted([*found, *_headings_in_text(every, {one.first for one in found}, forms)])
    dated = [one for one in found if one.when.form != "year"]
    if sum(1 for one in dated if one.when.first.day or one.how == "alone") >= FEWEST:
        return found
    if any(one.how == "section" for one in found):
        return found
    return found if len(found) > FEWEST and any(one.how != "alone" for one in found) else []


def _has_years(found: Sequence[Heading]) -> bool:
    """Return whether years that are alone on their lines complete the dates below them."""
    return sum(one.how == "alone" and one.when.form == "year" for one in found) >= FEWEST


def _sections(every: Sequence[Word], lines: Sequence[Line], known: set[int]) -> Iterator[Heading]:
    """Yield the headings of rows of numbers that name a period: "A. Operations, January to June"."""
    for line, following in pairwise(lines):
        if line.first in known or line.is_row or every[line.last - 1].text in FULL_STOPS - {")"}:
            continue
        if not (following.is_row or _is_listing(every, following)):
            continue
        for at in range(line.first + 1, min(line.last, line.first + _LONGEST_SECTION)):
            found = date_phrases.read(every, at)
            is_period = found is not None and (found.last or found.first.day is None or every[at - 1].lower == "of")
            if found is not None and is_period and found.end <= line.last:
                yield Heading(line.first, at, line.last, found, "section")
                break


def _is_listing(every: Sequence[Word], line: Line) -> bool:
    """Return whether a line lists numbers in brackets: "Thailand (41), Cambodia (33)"."""
    bracketed = (
        every[at].text == "(" and every[at + 1].text.isdigit() and every[at + 2].text == ")"
        for at in range(line.first, line.last - 2)
    )
    return sum(bracketed) >= FEWEST


def _heading_of_line(every: Sequence[Word], line: Line) -> Heading | None:
    at = _after_marks(every, line)
    if line_start(every, line).startswith(BYLINE):
        return None
    at += every[at].lower == "year" and at + 1 < line.last
    found = date_phrases.read(every, at) or _compact_date(every, at, line)
    if found is None and (place_end := _after_opening_place(every, at, line.last)) != at:
        at, found = place_end, date_phrases.read(every, place_end)
    if found is None or found.end > line.last:
        return None
    end = _after_date(every, found.end, line.last)
    if end >= line.last:
        return Heading(line.first, at, line.last, found, "alone")
    return _heading_before_text(every, line, at, end, found)


def _heading_before_text(every: Sequence[Word], line: Line, at: int, end: int, found: When) -> Heading | None:
    """Return the heading of a line in which text follows the date, or ``None`` if nothing shows that it is one.

    Args:
        every: all words of the text.
        line: the line.
        at: the index of the first word of the date.
        end: the index of the first word after the date and the signs that belong to it.
        found: the date.
    """
    word = every[end]
    opens = word.text[0].isupper() or word.text in _OPENING
    if (
        (opens or word.text[0].isdigit())
        and "." in {every[end - 1].text, every[found.end - 1].text}
        and not found.has_year
    ):
        return Heading(line.first, at, end, found, "run in")  # 14 March. Police …
    if at > line.first and every[at - 1].text in "([" and every[end - 1].text in ")]":
        return Heading(line.first, at, end, found, "run in")  # (November 2022) Police …
    if at != _after_marks(every, line) and word.text not in _SIGNS - {"|"} and every[line.first].lower != "year":
        return None  # only a sign shows that a place and a date are a heading
    if word.text in _SIGNS and not _is_clock(every, end):
        rest = every[end + 1 : line.last]  # 16 June 2023 | Eung Sea: only a name follows
        is_byline = word.text == "|" and 0 < len(rest) <= 4 and all(one.text[0].isupper() for one in rest)
        return None if is_byline else Heading(line.first, at, end + 1, found, "run in")
    colon = _after_places(every, end, line.last)
    if colon is not None:
        return Heading(line.first, at, end, found, "run in")  # 13 March, Bamban, Tarlac: 864 people …
    is_whole = found.has_year and (found.first.day is not None or found.form.startswith(("quarter", "day")))
    if line.last - end <= _SHORTEST_ITEM:
        return None
    if is_whole and opens:
        return Heading(line.first, at, end, found, "glued")
    return Heading(line.first, at, end, found, "item") if opens or word.text[0].isdigit() else None


def _after_opening_place(every: Sequence[Word], at: int, last: int) -> int:
    """Return the index of a date after the name of a place: Kinney County, Nov. 17, 2022 - …; else the given index."""
    if every[at].text.isupper() or not every[at].text.istitle():
        return at  # PHNOM PENH, June 1 - is where and when a report was sent
    for end in range(at + 1, min(last - 1, at + _LONGEST_PLACES)):
        if every[end].text == ",":
            found = date_phrases.read(every, end + 1)
            if found is not None and found.first.day is not None and found.has_year:
                return end + 1
        elif not every[end].text[0].isupper():
            break
    return at


def _compact_date(every: Sequence[Word], at: int, line: Line) -> When | None:
    """Read a line that is only a day in six or eight digits: 190609 or 20190609."""
    text = every[at].text
    if at + 1 != line.last or not (text.isascii() and text.isdigit()) or len(text) not in (6, 8):
        return None
    year, rest = (int(text[:4]), text[4:]) if len(text) == 8 else (2000 + int(text[:2]), text[2:])
    day = Day(year, int(rest[:2]), int(rest[2:]))
    is_valid = EARLIEST <= year <= LATEST and 1 <= (day.month or 0) <= 12 and (day.day or 0) > 0 and is_day(day)
    return When(day, None, False, "compact", at + 1) if is_valid else None


def _after_places(every: Sequence[Word], at: int, last: int) -> int | None:
    """Return the index after the colon that follows a date and the names of places, or ``None``."""
    if every[at].text != ",":
        return None
    for end in range(at + 2, min(last, at + _LONGEST_PLACES)):
        if every[end].text == ":":
            return end + 1 if every[at + 1].text[0].isupper() else None
        if every[end].text != "," and not every[end].text[0].isupper():
            return None
    return None


def _is_clock(every: Sequence[Word], at: int) -> bool:
    """Return whether a colon separates hours from minutes."""
    return (
        every[at].text == ":"
        and every[at - 1].end == every[at].start
        and every[at - 1].text.isdigit()
        and (at + 1 < len(every) and every[at + 1].text[:1].isdigit() and every[at + 1].start == every[at].end)
    )


def _after_marks(every: Sequence[Word], line: Line) -> int:
    """Return the index of the first word after the mark or number of a list item."""
    at = line.first
    while at < line.last - 1 and every[at].text in _MARKS:
        at += 1
    if at + 2 < line.last and every[at].text.isdigit() and every[at + 1].text in ".)" and len(every[at].text) < 4:
        after = at + 2
        if every[at].end == every[at + 1].start < every[at + 1].end < every[after].start:
            return after
    return at


def _after_date(every: Sequence[Word], at: int, last: int) -> int:
    """Return the index after a date's dot, weekday or closing bracket."""
    while at < last:
        lower = every[at].lower
        is_weekday_next = at + 1 < last and every[at + 1].lower in WEEKDAYS
        if not (lower in WEEKDAYS or lower in {".", ")", "]", "”"} or (lower in {",", "("} and is_weekday_next)):
            break
        at += 1
    return at


def _headings_in_text(every: Sequence[Word], known: set[int], forms: Counter[str]) -> Iterator[Heading]:
    """Yield headings that directly follow the preceding text: whole dates in the form of the other headings."""
    for at in range(1, len(every)):
        first = every[at].text[0]
        if at in known or every[at - 1].text[-1] not in _TEXT_ENDS or not (first.isupper() or first.isdigit()):
            continue
        found = date_phrases.read(every, at)
        if found is None or found.first.day is None or found.end >= len(every) or not forms[found.form]:
            continue
        follows = every[found.end].text
        if follows in _SIGNS and not _is_clock(every, found.end) and (found.has_year or forms[found.form] >= FEWEST):
            yield Heading(at, at, found.end + 1, found, "run in")
        elif found.has_year and follows[0].isupper():
            yield Heading(at, at, found.end, found, "glued")
