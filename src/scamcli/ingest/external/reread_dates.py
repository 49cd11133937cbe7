"""Read the date of a draft again, with our own rules, from the words that its reader quotes.

English dates and dates in digits are read by the rules of ``ingest``, in their sentence, so that a quote cannot cut the
year off. In Khmer, Thai, Lao, Vietnamese, Indonesian and Chinese, the day, month and year of the proposed date have to
stand in the quote. Years of the Buddhist era are converted.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest.date_phrases import Day, When
from scamcli.ingest.entry_dates import YearResolver
from scamcli.ingest.pipeline import dates_in
from scamcli.ingest.proposal import Grade
from scamcli.ingest.words import sentences
from scamcli.language import scripts
from scamcli.language.dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.ingest.proposal import Metadata, Span
    from scamcli.language.dates import Period

BUDDHIST_ERA = 543
"""By how many years the Buddhist era of Thailand is ahead."""
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
    wanted = parse_date(value)
    english = list(_english(text, window, quote))
    for when in english or _foreign(text, window, quote):
        dated = YearResolver(about, in_order=False).complete(when)
        if dated is None:
            continue
        if english and _contains(wanted, parse_date(dated.date)):
            return RereadDate(dated.date, dated.rule, dated.grade)
        # In other languages, a number beside the month need not be its day, so only the whole value is confirmed.
        if not english and value.rstrip("?~") == dated.date.rstrip("?~"):
            grade = Grade.UNSURE if dated.grade is Grade.UNSURE else Grade.LIKELY
            return RereadDate(dated.date, f"{when.form}, {dated.rule}", grade)
    return None


def _contains(outer: Period, inner: Period) -> bool:
    if outer.start is None or outer.end is None or inner.start is None or inner.end is None:
        return False
    return outer.start <= inner.start and inner.end <= outer.end


def _english(text: str, window: Span, quote: Span) -> Iterator[When]:
    """Yield the dates of a window that overlap a quote, by the rules of ``ingest``."""
    plain = scripts.digits(text[window.start : window.end])
    for sentence in sentences(plain):
        for first, when in dates_in(sentence):
            start, end = sentence[first].start + window.start, sentence[when.end - 1].end + window.start
            if start < quote.end and quote.start < end:
                yield when


def _foreign(text: str, window: Span, quote: Span) -> Iterator[When]:
    """Yield the dates whose month overlaps a quote: to the day, and to the month."""
    plain = scripts.digits(text[window.start : window.end])
    for pattern, form in ((_CHINESE, "date in Chinese"), (_by_names(), "name of the month and digits")):
        for match in re.finditer(pattern, plain):
            start, end = (at + window.start for at in match.span("month"))
            if start < quote.end and quote.start < end:
                name = match["month"]
                month = int(name) if name.isdecimal() else _months()[name]
                yield from _days(match["year"], month, match["day"], form)


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
def _months() -> dict[str, int]:
    """Return the months by their names, longer names first."""
    lists = tomllib.loads(Path(__file__).with_name("other_languages.toml").read_text(encoding="utf-8"))["months"]
    found = {name: at for names in lists.values() for at, one in enumerate(names, 1) for name in one.split(";")}
    return dict(sorted(found.items(), key=lambda one: -len(one[0])))
