"""Read the date of a draft again, with our own rules, from the words that its reader quotes.

English dates and dates in digits are read by the rules of ``ingest``, in their sentence, so that a quote cannot cut the
year off. In Khmer, Thai, Lao, Vietnamese, Indonesian and Chinese, the day, month and year of the proposed date have to
stand in the quote. Years of the Buddhist era are converted.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.ingest.date_phrases import BUDDHIST_ERA, Day, When
from scamcli.ingest.entry_dates import COMPLETED, YearResolver, read_relative, written_dates
from scamcli.ingest.lexicon import CALENDAR
from scamcli.ingest.proposal import Grade
from scamcli.ingest.words import lower_at, sentences
from scamcli.language import scripts
from scamcli.language.dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scamcli.ingest.proposal import Metadata, Span
    from scamcli.language.dates import Period

_FIRST_BUDDHIST_YEAR = 2400

_GAP = r"[^\d\n;:!?។。]{0,15}?"
_CHINESE = r"(?:(?P<year>\d{4})\s*年\s*)?(?P<month>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*[日号號])?"


class RereadDate(NamedTuple):
    """A date as our rules read it: in EDTF, the rule, and how reliable it is."""

    date: str
    rule: str
    grade: Grade


def reread_date(text: str, window: Span, quote: Span, value: str, about: Metadata) -> RereadDate | None:
    """Return a date that the words of a quote give, if the proposed value agrees with it, or else ``None``.

    Args:
        text: the text.
        window: the sentence or paragraph around the quote.
        quote: the words that give the date.
        value: the proposed date (EDTF). It may be less precise than the words, but not different.
        about: the publication, which completes dates without a year.

    Raises:
        ValueError: the value is not EDTF.
    """
    wanted, around = parse_date(value), _Around(text, window, quote)
    dates = around.dates()
    for found in _completed(dates, about) if dates else _relative(around, about):
        if _contains(wanted, parse_date(found.date)):
            return found
    for found in () if dates else _foreign(around, about):
        # A number beside the month need not be its day, so only the whole value is confirmed.
        if value.rstrip("?~") == found.date.rstrip("?~"):
            return found
    return None


class _Around:
    """A quote and the words around it, with digits of all scripts as 0 to 9. Offsets are those in the window."""

    def __init__(self, text: str, window: Span, quote: Span) -> None:
        self.text = scripts.digits(text[window.start : window.end])
        self.sentences = sentences(self.text)
        self._first, self._last = quote.start - window.start, quote.end - window.start

    def has(self, start: int, end: int) -> bool:
        """Return whether the quote overlaps a span."""
        return start < self._last and self._first < end

    def dates(self) -> list[When]:
        """Return the dates that the rules of ``ingest`` find and that the quote overlaps."""
        return [
            when
            for sentence in self.sentences
            for first, when in written_dates(sentence)
            if self.has(sentence[first].start, sentence[when.end - 1].end)
        ]


def _contains(outer: Period, inner: Period) -> bool:
    if outer.start is None or outer.end is None or inner.start is None or inner.end is None:
        return False
    return outer.start <= inner.start and inner.end <= outer.end


def _completed(dates: Iterable[When], about: Metadata) -> Iterator[RereadDate]:
    """Yield the dates whose years are known or can be completed."""
    for when in dates:
        dated = YearResolver(about, in_order=False).complete(when)
        if dated is not None:
            yield RereadDate(dated.date, dated.rule, dated.grade)


def _relative(around: _Around, about: Metadata) -> Iterator[RereadDate]:
    """Yield the dates that a quote counts back from the publication: "on Monday", "yesterday"."""
    try:
        written = date.fromisoformat(about.published or "")
    except ValueError:
        return
    for sentence in around.sentences:
        for at, word in enumerate(sentence):
            found = read_relative(sentence, at)
            is_other = lower_at(sentence, at - 1) in CALENDAR.no_day | CALENDAR.comparing  # next Monday
            if found is not None and not is_other and around.has(word.start, sentence[found.end - 1].end):
                yield RereadDate(found.edtf(written, COMPLETED), "counted back from the publication", Grade.UNSURE)


def _foreign(around: _Around, about: Metadata) -> Iterator[RereadDate]:
    """Yield the dates in other languages whose month the quote overlaps: to the day, then only to the month."""
    for pattern, form in ((_CHINESE, "date in Chinese"), (_by_names(), "name of the month and digits")):
        for match in re.finditer(pattern, around.text):
            if around.has(*match.span("month")):
                name = match["month"]
                month = int(name) if name.isdecimal() else _months()[name]
                for found in _completed(_days(match["year"], month, match["day"], form), about):
                    grade = Grade.UNSURE if found.grade is Grade.UNSURE else Grade.LIKELY
                    yield RereadDate(found.date, f"{form}, {found.rule}", grade)


def _days(year: str | None, month: int, day: str | None, form: str) -> Iterator[When]:
    number = int(year) if year else None
    if number is not None and number >= _FIRST_BUDDHIST_YEAR:
        number -= BUDDHIST_ERA
    for one in dict.fromkeys((int(day) if day else None, None)):
        if 1 <= month <= 12 and (one is None or 1 <= one <= 31):
            yield When(Day(number, month, one), None, False, form, 0)


@cache
def _by_names() -> str:
    names = "|".join(map(re.escape, _months()))
    return (
        rf"(?:(?<!\d)(?P<day>\d{{1,2}}){_GAP})?(?<![A-Za-z])(?P<month>{names})(?!\d)(?:{_GAP}(?P<year>\d{{4}})(?!\d))?"
    )


@cache
def other_languages() -> dict[str, Any]:
    """Return the lists of ``other_languages.toml``."""
    return tomllib.loads(Path(__file__).with_name("other_languages.toml").read_text(encoding="utf-8"))


@cache
def _months() -> dict[str, int]:
    """Return the months by their names, longer names first."""
    found = {
        name: at
        for names in other_languages()["months"].values()
        for at, one in enumerate(names, 1)
        for name in one.split(";")
    }
    return dict(sorted(found.items(), key=lambda one: -len(one[0])))
