"""Read dates as reporters write them, and return values that can be written as EDTF.

A date may lack its year, which `When.in_year` supplies. EDTF marks a completed date with ``?``, and one that the text
itself calls approximate with ``~``.
"""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import CALENDAR, COUNTED, GRAMMAR
from scamcli.ingest.words import lower_at, text_at
from scamcli.language.countries import people_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scamcli.ingest.words import Word

    Single = Callable[[Sequence[Word], int], "tuple[Day, int] | None"]

MONTHS = lexicon.numbers("calendar.months", 1)
PEOPLE, THINGS = lexicon.headings("counted.people"), lexicon.headings("counted.things")
_NUMBERS = {word: number for number, word in enumerate(lexicon.phrases("numbers.units")[:11], 1)}
QUARTERS = lexicon.headings("calendar.quarters")
WEEKDAYS = lexicon.numbers("calendar.weekdays", 0)

_FIRST_WORDS = {"the", "first", "last", *WEEKDAYS, *MONTHS, *_NUMBERS, *CALENDAR.about, *" ".join(QUARTERS).split()}
"""The words with which a date can begin, if it does not begin with a digit."""

EARLIEST, LATEST = 1900, 2099
"""The years that a number of four digits may mean."""
BUDDHIST_ERA = 543
"""By how many years the Buddhist era of Thailand is ahead."""
_THAI_YEARS = 2540, 2599
"""The years of that era that a number beside a day may mean. They are too few to hide many counts."""
_CELL = 3
"""The fewest characters between the cells of a table."""


class Day(NamedTuple):
    """A day, month or year, as precise as it was written. The year may be missing."""

    year: int | None
    month: int | None = None
    day: int | None = None

    def edtf(self) -> str:
        """Return the date in EDTF. It must have a year."""
        return f"{self.year:04}" + "".join(f"-{part:02}" for part in self[1:] if part is not None)


class When(NamedTuple):
    """A date in a text, or a range of dates, which has a `last` date.

    Attributes:
        about: whether the text calls it approximate.
        form: the style of writing, which all dates of a list share.
        end: index after its last word.
    """

    first: Day
    last: Day | None
    about: bool
    form: str
    end: int

    @property
    def has_year(self) -> bool:
        """Return whether the text gives the year."""
        return self.first.year is not None

    def in_year(self, year: int) -> When:
        """Return the date in a year. A range that ends before it begins runs into the next year."""
        first, last = self.first._replace(year=self.first.year or year), self.last
        if last is not None and last.year is None:  # it may run over New Year
            last = last._replace(year=year + ((last.month or 0, last.day or 0) < (first.month or 0, first.day or 0)))
        return self._replace(first=_existing(first), last=last and _existing(last))

    def edtf(self, mark: str = "") -> str:
        """Return the date in EDTF. The mark of doubt is by default ``~`` if the text calls the date approximate."""
        mark = mark or ("~" if self.about else "")
        if self.last is None or self.last == self.first:
            return self.first.edtf() + mark
        return f"{self.first.edtf()}{mark}/{self.last.edtf()}{mark}"


def read(words: Sequence[Word], at: int) -> When | None:
    """Return the date that begins at a word, or ``None``."""
    if at >= len(words) or not (words[at].text[0].isdigit() or words[at].lower in _FIRST_WORDS):
        return None
    begin, about = _lead(words, at)
    if text_at(words, begin)[:1].isdigit():
        found = _iso(words, begin) or _numeric(words, begin) or _months_of_year(words, begin)
        found = found or _day_first(words, begin) or _year(words, begin)
    else:
        found = _quarter(words, begin) or _months_of_year(words, begin) or _month_first(words, begin)
    if found is None or not is_day(found.first) or not (found.last is None or is_day(found.last)):
        return None
    return _in_order(_between(words, at, found._replace(about=about or found.about)))


def _between(words: Sequence[Word], at: int, found: When) -> When:
    """Return a date as the range that "between" and "and" make of it: between January 2022 and May 2025."""
    if found.last is not None or (lower_at(words, at - 1), lower_at(words, found.end)) != ("between", "and"):
        return found
    other = read(words, found.end + 1)
    if other is None or other.last is not None:
        return found
    if [part is None for part in other.first[1:]] != [part is None for part in found.first[1:]]:
        return found  # between 2020 and September
    return _ranged(found.first, found.form, other.end, (other.first, other.end))


def _in_order(found: When) -> When | None:
    """Return a date. A range over New Year gets both years; one that runs backwards gives ``None``."""
    first, last = found.first, found.last
    if last is None or first.year is None or last.year is None:
        backwards = last is not None and last.month == first.month and (last.day or 32) < (first.day or 0)
        return None if backwards else found
    if first[:2] > last[:2] and first.year == last.year:
        return found._replace(first=first._replace(year=first.year - 1))
    return found if tuple(filter(None, first)) <= tuple(filter(None, last)) or len(first) != len(last) else None


def is_day(day: Day) -> bool:
    """Return whether a date exists."""
    month = day.month or 1
    return 1 <= month <= 12 and (day.day is None or 1 <= day.day <= monthrange(day.year or 2024, month)[1])


def _existing(day: Day) -> Day:
    return day if is_day(day) else day._replace(day=None)  # 29 February, in a year without it


def _lead(words: Sequence[Word], at: int) -> tuple[int, bool]:
    """Return the index after a weekday, "early" or "the end of", where a date begins, and whether it is approximate."""
    about = False
    if lower_at(words, at) in WEEKDAYS and (
        any(_month(words, one) for one in range(at + 1, at + 5)) or _number(words, at + 1, 1000, LATEST)
    ):
        at += 1
        while text_at(words, at) in {",", ".", "the"}:
            at += 1
    has_article = lower_at(words, at) == "the"
    if lower_at(words, at + has_article) in CALENDAR.about:
        about, at = True, at + has_article + 1
        while lower_at(words, at) in {"-", "of", "to", "late", "mid", "the"}:
            at += 1
    return at, about


def _number(words: Sequence[Word], at: int, low: int, high: int) -> int | None:
    text = text_at(words, at)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 and low <= int(text) <= high else None


def _year_at(words: Sequence[Word], at: int) -> int | None:
    return _number(words, at, EARLIEST, LATEST) if len(text_at(words, at)) == 4 else None


def _thai_or_other_year(words: Sequence[Word], at: int) -> int | None:
    """Return a year beside a day or a month, which can be of the Thai calendar: 2567 is 2024. But not 2567 workers."""
    thai = None if _is_counted(words, at + 1) else _number(words, at, *_THAI_YEARS)
    return _year_at(words, at) if thai is None else thai - BUDDHIST_ERA


def _day_at(words: Sequence[Word], at: int) -> int | None:
    text = lower_at(words, at)
    if text[-2:] in {"st", "nd", "rd", "th"} and text[:-2].isdigit():
        text = text[:-2]
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 2 and 1 <= int(text) <= 31 else None


def _month(words: Sequence[Word], at: int) -> int | None:
    """Return the month that a word names. A word in lower case, such as "may" or "march", names no month."""
    word = words[at] if 0 <= at < len(words) else None
    return MONTHS.get(word.lower) if word is not None and word.text[0].isupper() else None


def _after_month(words: Sequence[Word], at: int) -> int:
    if at > len(words):
        return at
    before = words[at - 1]
    is_short = len(before.text) < 5 and before.lower not in {"may", "june", "july"}
    return at + 1 if text_at(words, at) == "." and before.end == words[at].start and is_short else at


def _glued(words: Sequence[Word], first: int, last: int) -> bool:
    return last < len(words) and all(words[at].end == words[at + 1].start for at in range(first, last))


def _iso(words: Sequence[Word], at: int) -> When | None:
    """Read 2022-09-19, 2022-09, 2022/9/19 or 2022-09-19T18:40."""
    year, sign = _year_at(words, at), text_at(words, at + 1)
    month = _number(words, at + 2, 1, 12)
    if year is None or month is None or sign not in {"-", "/"} or not _glued(words, at, at + 2):
        return None
    if text_at(words, at + 3) != sign or not _glued(words, at, at + 4):
        whole = sign == "-" and len(text_at(words, at + 2)) == 2
        return When(Day(year, month), None, False, "iso month", at + 3) if whole else None
    text = text_at(words, at + 4).removesuffix("T")
    day = int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0
    return _ranged(Day(year, month, day), "iso", at + 5, _second(words, at + 5, _single_iso)) if day else None


def _single_iso(words: Sequence[Word], at: int) -> tuple[Day, int] | None:
    found = _iso(words, at)
    return None if found is None or found.last is not None else (found.first, found.end)


def _numeric(words: Sequence[Word], at: int) -> When | None:
    """Read 19/09/2022: the day first, as in the region, unless the second number is too large for a month."""
    sign = text_at(words, at + 1)
    if sign not in {"/", ".", "-"} or text_at(words, at + 3) != sign or not _glued(words, at, at + 4):
        return None
    one, two, year = _number(words, at, 1, 31), _number(words, at + 2, 1, 31), _thai_or_other_year(words, at + 4)
    if one is None or two is None or year is None:
        return None
    day, month = (two, one) if two > 12 else (one, two)
    return When(Day(year, month, day), None, False, f"numeric {sign}", at + 5) if month <= 12 else None


def _quarter(words: Sequence[Word], at: int) -> When | None:
    if lower_at(words, at) == "the":
        at += 1
    for size in (1, 2):
        name = " ".join(lower_at(words, one) for one in range(at, at + size))
        after = at + size + (lower_at(words, at + size) in {"of", "in", ","})
        if name in QUARTERS and (found := _year_or_this_year(words, after)):
            first, last = map(int, QUARTERS[name].split("-"))
            return When(Day(found[0], first), Day(found[0], last), False, "quarter", found[1])
    return None


def _year_or_this_year(words: Sequence[Word], at: int) -> tuple[int | None, int] | None:
    """Return the year of a part of a year, which "this year" leaves open, and the index after it."""
    if (year := _year_at(words, at)) is not None:
        return year, at + 1
    return (None, at + 2) if (lower_at(words, at), lower_at(words, at + 1)) == ("this", "year") else None


def _months_of_year(words: Sequence[Word], at: int) -> When | None:
    """Read "the first nine months of 2024", "nine months of this year", which lacks its year."""
    at += lower_at(words, at) == "the"
    is_last = lower_at(words, at) == "last"
    at += lower_at(words, at) in {"first", "last"}
    if lower_at(words, at + 1) != "months" or lower_at(words, at + 2) not in {"of", "in"}:
        return None
    number = _NUMBERS.get(lower_at(words, at)) or _number(words, at, 2, 11)
    if number is None:
        return None
    first, last = (13 - number, 12) if is_last else (1, number)
    found = _year_or_this_year(words, at + 3)
    return found and When(Day(found[0], first), Day(found[0], last), False, "quarter", found[1])


def _day_first(words: Sequence[Word], at: int) -> When | None:
    """Read 19 September 2022, 27–29 March, 1, 4 and 7 March or 28 March – 2 April 2024."""
    if (day := _day_at(words, at)) is None:
        return None
    last = _last_day(words, at)
    after = last + 1 + (last == at and lower_at(words, last + 1) == "of")
    if (month := _month(words, after)) is None:
        return None
    form = f"day {_style(words[after])}"
    year, end = _year_after(words, _after_month(words, after + 1))
    if last > at:
        return When(Day(year, month, day), Day(year, month, _day_at(words, last)), False, form, end)
    return _ranged(Day(year, month, day), form, end, _second(words, end, _single_day_first))


def _single_day_first(words: Sequence[Word], at: int) -> tuple[Day, int] | None:
    day, month = _day_at(words, at), _month(words, at + 1)
    year, end = _year_after(words, _after_month(words, at + 2))
    return None if day is None or month is None else (Day(year, month, day), end)


def _month_first(words: Sequence[Word], at: int) -> When | None:
    """Read September 19, 2022; March 27–29; August 28 – September 2; October 2022 or June–December 2021."""
    if (found := _single_month_first(words, at)) is None:
        return None
    (first, end), form = found, _style(words[at])
    if first.day is None:
        form = f"month {form}"
    elif (last := _last_day(words, day := _after_month(words, at + 1))) > day and _ends_date(words, day, last):
        year, end = _year_after(words, last + 1)
        return When(first._replace(year=year), Day(year, first.month, _day_at(words, last)), False, form, end)
    other = _second(words, end, _single_month_first)
    is_alike = other is not None and (other[0].day is None) == (first.day is None)
    return _ranged(first, form, end, other if is_alike else None)


def _single_month_first(words: Sequence[Word], at: int) -> tuple[Day, int] | None:
    if (month := _month(words, at)) is None:
        return None
    after = _after_month(words, at + 1)
    day = None if _is_count_in(words, at, after) else _day_at(words, after)
    year, end = _year_after(words, after if day is None else after + 1, of=day is None)
    return Day(year, month, day), end


def _is_count_in(words: Sequence[Word], at: int, after: int) -> bool:
    """Return whether a number after a month counts people: in May 23 men fled; since March 20 Thais have returned."""
    is_about = lower_at(words, at - 1) in CALENDAR.about  # in early March; "early March 3" alone can mean the morning
    before, noun = lower_at(words, at - 1 - is_about), after + 1
    if lower_at(words, noun) in {"to", "or", "-", "–"} and text_at(words, noun + 1).isdecimal():
        noun += 2  # 20 to 30 young men
    sides = [words[one - 1 : one + 1] for one in (after, noun)]  # March | 20 to 30 | 41
    is_cell = after < len(words) and all(side[-1].start - side[0].end >= _CELL for side in sides if len(side) > 1)
    if is_cell or (before == "in" and text_at(words, noun)[:1].islower()):
        return True
    if before not in CALENDAR.before_month and not (before == "and" and _month(words, at - 2)):
        return False  # but: in March and April 23 men fled
    is_adjective = text_at(words, noun).islower() and text_at(words, noun) not in GRAMMAR.stops | GRAMMAR.determiners
    return _is_counted(words, noun) or (is_adjective and _is_counted(words, noun + 1))


def _is_counted(words: Sequence[Word], at: int) -> bool:
    """Return whether a word names what the number before it counts: 15 victims, 20 Thais, 40 Sri Lankans, 41 were."""
    one, two = text_at(words, at), text_at(words, at + 1)
    if one[:1].isupper():
        return bool(people_of(one) or people_of(f"{one} {two}"))
    return any(one in nouns for nouns in (GRAMMAR.subjects, COUNTED.persons, PEOPLE, THINGS, COUNTED.premises))


def _last_day(words: Sequence[Word], at: int) -> int:
    """Return the index of the last of several days of one month: 27–29, 27 and 28, 10, 11, and 12. Else `at`."""
    last = at
    while text_at(words, last + 1) == "," and _day_at(words, last + 2) is not None:
        last += 2
    joint = last + 1 + (last > at and text_at(words, last + 1) == ",")
    is_joined = lower_at(words, joint) in (CALENDAR.to if last == at else {"and", "&"})
    if not is_joined or _day_at(words, joint + 1) is None:
        return at
    days = [day for one in range(at, joint + 2) if (day := _day_at(words, one)) is not None]
    return joint + 1 if len(days) == 2 or days == sorted(days) else at


def _ends_date(words: Sequence[Word], first: int, last: int) -> bool:
    """Return whether several days after a month are days: "March 27–29", but not "March 3 and 12 men were freed"."""
    if _month(words, last + 1) is not None:
        return False
    return _glued(words, first, last) or not (text_at(words, last + 1)[:1].islower() or _is_counted(words, last + 1))


def _second(words: Sequence[Word], at: int, single: Single) -> tuple[Day, int] | None:
    return single(words, at + 1) if lower_at(words, at) in CALENDAR.to or text_at(words, at) == "/" else None


def _ranged(first: Day, form: str, end: int, other: tuple[Day, int] | None) -> When:
    if other is None:
        return When(first, None, False, form, end)
    last, end = other
    found = When(first._replace(year=first.year or last.year), last, False, form, end)
    return found.in_year(first.year) if first.year else found  # 28 December 2022 – 3 January


def _year_after(words: Sequence[Word], at: int, *, of: bool = False) -> tuple[int | None, int]:
    skip = at + 1 if text_at(words, at) == "," or (of and lower_at(words, at) == "of") else at
    year = _thai_or_other_year(words, skip)
    return (None, at) if year is None or _is_count(words, skip) else (year, skip + 1)


def _is_count(words: Sequence[Word], at: int) -> bool:
    """Return whether four digits that could be a year count something: "on May 5, 2000 workers", "1902 Thais were"."""
    is_old = words[at].text < "1990" and lower_at(words, at - 1) not in CALENDAR.no_event | CALENDAR.dating
    is_people = is_old and bool(people_of(text_at(words, at + 1)))  # but a chronicle can say "2014 Thais were freed"
    after = lower_at(words, at + 1 + is_people)
    return after in CALENDAR.counted or (is_people and after in COUNTED.persons | GRAMMAR.be)


def _year(words: Sequence[Word], at: int) -> When | None:
    year = _year_at(words, at)
    if year is None or _is_count(words, at):
        return None
    other = _year_at(words, at + 2) if lower_at(words, at + 1) in CALENDAR.to else None
    if other is None and text_at(words, at + 1) in {"-", "–"} and _glued(words, at, at + 2):
        short = _number(words, at + 2, 0, 99)  # 2022-25; 2022-05 is a month
        other = None if short is None or len(text_at(words, at + 2)) != 2 else year - year % 100 + short
    if other is not None and other > year:
        return When(Day(year), Day(other), False, "year", at + 3)
    return _day_of_year(words, at + 1, year) or When(Day(year), None, False, "year", at + 1)


def _day_of_year(words: Sequence[Word], at: int, year: int) -> When | None:
    """Read the end of "2017 through 3 May" or "2016 up to 20 July", a range from the first day of the year."""
    at += lower_at(words, at) == "up"
    if lower_at(words, at) not in {"through", "until", "till", "to"}:
        return None
    found = _single_day_first(words, at + 1) or _single_month_first(words, at + 1)
    if found is None or found[0].day is None or found[0].year not in {None, year}:
        return None
    return When(Day(year, 1, 1), found[0]._replace(year=year), False, "quarter", found[1])


def _style(word: Word) -> str:
    return "abbreviated" if len(word.text) <= 4 and word.lower not in {"may", "june", "july"} else "month"
