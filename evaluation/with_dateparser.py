"""The dates that dateparser finds in a text. The library is loaded only when it is needed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from evaluation.entries import Entry
from scamcli.language.dates import iso, parse_bound

if TYPE_CHECKING:
    from datetime import datetime

    from scamcli.ingest.proposal import Document

LENGTHS = {"day": 10, "month": 7, "year": 4}
"""Number of significant characters of an ISO date, for each period of dateparser."""

LINE_START = 60
"""Number of characters of a line in which a date at its start must end."""

MARKS = " \t#*-–—•·>|("
"""Characters that can precede the first word of a line."""


def settings(published: str | None) -> dict[str, Any]:
    """Return the settings of dateparser: past dates, completed from the publication date, and with at least a month."""
    asked: dict[str, Any] = {
        "PREFER_DATES_FROM": "past",
        "PREFER_DAY_OF_MONTH": "first",
        "REQUIRE_PARTS": ["month"],
    }
    return asked | ({"RELATIVE_BASE": _moment(published)} if published else {})


def edtf(words: str, published: str | None) -> str | None:
    """Return the date that words stand for, no more precise than the words; ``None`` if dateparser sees no date."""
    found = _parser(published).get_date_data(words.strip())
    if found.date_obj is None:
        return None
    return str(found.date_obj.date().isoformat()[: LENGTHS.get(found.period, 10)])


def all_dates(read: Document) -> list[Entry]:
    """Return an entry for each different date in the text."""
    return _entries(_search(read.text, read.about.published))


def line_starts(read: Document) -> list[Entry]:
    """Return an entry for each different date at the start of a line."""
    found = []
    for line in read.text.splitlines():
        start = line.lstrip(MARKS)[:LINE_START]
        found += [date for words, date in _found(start, read.about.published)[:1] if start.startswith(words)]
    return _entries(found)


def _search(text: str, published: str | None) -> list[str]:
    return [date for _, date in _found(text, published)]


def _found(text: str, published: str | None) -> list[tuple[str, str]]:
    from dateparser.search import search_dates

    found = search_dates(text, languages=["en"], settings=settings(published)) if text.strip() else None
    return [(words, edtf(words, published) or moment.date().isoformat()) for words, moment in found or ()]


def _entries(dates: list[str]) -> list[Entry]:
    return [Entry(date) for date in dict.fromkeys(dates)]


@cache
def _parser(published: str | None) -> Any:
    from dateparser.date import DateDataParser

    return DateDataParser(languages=["en"], settings=settings(published))


def _moment(published: str) -> datetime:
    """Return noon of the day of publication, or of the last day of its month or year."""
    from datetime import datetime

    return datetime.fromisoformat(f"{iso(parse_bound(published, end=True))}T12:00:00")
