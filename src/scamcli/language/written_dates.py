"""Read dates that people write in other forms than ISO's, such as ``13-Jan-20``, ``Sep 2022`` and ``2021/03/04``.

Only dates that can mean one thing are read: ``14/05/2022`` is one of them, and ``04/05/2022`` is not. The names of
months in the languages of tables are in ``month_names.txt``. Words and numbers besides such a name are read only if
they are a day of one or two digits and a year of four, in any order: ``14 de mayo de 2022``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

from scamcli.errors import WrongUsageError, quote
from scamcli.language import dates

_MONTHS = tuple(month[:3].lower() for month in dates.MONTHS)
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY, _YEAR = r"(?P<day>\d{1,2})", r"(?P<year>\d{4})"
_FORMS = (
    rf"{_DAY}(?:st|nd|rd|th)?[ -](?:of )?{_MONTH},?[ -]{_YEAR}",
    rf"{_DAY}(?P<separator>[ /.-]?){_MONTH}(?P=separator)(?P<year>\d{{4}}|\d\d)",
    rf"{_MONTH} {_DAY}(?:st|nd|rd|th)?,? {_YEAR}",
    rf"{_MONTH}[ -]{_YEAR}",
    rf"in {_MONTH} (?P<year>\d{{4}}|\d\d)",
    rf"{_YEAR} ?年 ?(?P<month>\d{{1,2}}) ?月 ?{_DAY} ?[日号號]",
    rf"{_YEAR} ?年 ?(?P<month>\d{{1,2}}) ?月",
    rf"{_YEAR}(?P<separator>[./-])(?P<month>\d{{1,2}})(?P=separator){_DAY}",
)
BUDDHIST = 2400
"""Years after this one are of the Buddhist calendar, and 543 or 544 ahead."""

_FIRST_OF_THE_CENTURY = 69
"""Two digits from here on are a year after 1900, and lower ones a year after 2000, as in POSIX."""

_FILLERS = (
    "de", "del", "of", "le", "den", "am", "hari", "tanggal", "tgl", "tarikh", "bulan", "tahun", "ngày", "năm",
    "ថ្ងៃទី", "ថ្ងៃ", "ខែ", "ឆ្នាំ", "គ.ស", "วันที่", "เดือน", "ปี", "ค.ศ", "วัน", "ວັນທີ", "ເດືອນ", "ປີ", "ຄ.ສ",
    "ခုနှစ်", "ရက်နေ့", "ရက်", "လ",
)  # fmt: skip
"""Words that can stand beside the parts of a date: day, month, year, and eras of the Gregorian calendar."""

_ORDINAL = r"(?<=\d)(?:er|re|ère|\.?[ºª°])"


class NamedMonth(NamedTuple):
    """A date with the name of its month; the day is ``None`` if there is none."""

    year: int
    month: int
    day: int | None


def read(text: str) -> str | None:
    """Return a date with the month in words, or in digits whose day and month cannot be confused, in EDTF.

    The year is as it is written, even if it is `BUDDHIST`. Digits must be those of ASCII.

    Returns:
        a day or a month; ``None`` for any other text.
    """
    text = text.strip()
    for form in _FORMS:
        if found := re.fullmatch(form, text.casefold()):
            parts = found.groupdict()
            return edtf(parts["year"], parts["month"], parts.get("day"))
    if named := find_named(text):
        return edtf(str(named.year), str(named.month), None if named.day is None else str(named.day))
    numbers = re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", text)
    if numbers is None:
        return None
    one, other, year = numbers.groups()
    if int(one) > 12 >= int(other) or int(one) == int(other):
        return edtf(year, other, one)
    return edtf(year, one, other) if int(other) > 12 >= int(one) else None


def require_one_reading(flag: str, text: str) -> None:
    """Require that a date with the year last is not one of two days, such as ``03/04/2021``.

    Raises:
        WrongUsageError: it is. The error has both days, each with the order of day and month.
    """
    parts = re.fullmatch(r"\s*([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})\s*", text)
    if parts is None:
        return
    one, other, year = parts.groups()
    days = (edtf(year, other, one), "day first"), (edtf(year, one, other), "month first")
    both = " or ".join(f"{day} ({order})" for day, order in days if day is not None)
    if both:
        raise WrongUsageError(f"{flag}: {quote(text)} can be read in two ways.", f"Write {both}.")


def edtf(year: str, month: str, day: str | None = None) -> str | None:
    """Return a date in EDTF from its parts as they are written, or ``None`` if there is no such date."""
    if len(year) == 2:
        year = f"{'19' if int(year) >= _FIRST_OF_THE_CENTURY else '20'}{year}"
    number = int(month) if month.isdecimal() else _english_month(month)
    made = f"{year}-{number:02}" + (f"-{int(day):02}" if day else "")
    try:
        dates.parse_date(made)
    except ValueError:
        return None
    return made


def month_of(name: str) -> int | None:
    """Return the number of a month, given its name or abbreviation in one of the languages."""
    return _english_month(name) or _names().get(_folded(name))


def find_named(text: str) -> NamedMonth | None:
    """Return the parts of a date with the name of its month, or ``None`` for any other text.

    The year is as it is written: one after 2400 is of the Buddhist calendar. Digits must be those of ASCII.
    """
    bare = _folded(text)
    found = _pattern().search(bare)
    if found is None:
        return None
    rest = re.sub(_ORDINAL, " ", f"{bare[: found.start()]} {bare[found.end() :]}")
    numbers = re.sub(_filler_pattern(), " ", rest).strip(" .,-/").replace(",", " ").replace(".", " ").split()
    if not all(number.isascii() and number.isdecimal() for number in numbers):
        return None
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(years) != 1 or len(days) > 1 or len(numbers) != len(years) + len(days):
        return None
    return NamedMonth(int(years[0]), _names()[found[0]], int(days[0]) if days else None)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split()).rstrip(".")


@cache
def _names() -> dict[str, int]:
    lines = Path(__file__).with_name("month_names.txt").read_text(encoding="utf-8").splitlines()
    months = [line.split(";") for line in lines if not line.startswith("#")]
    return {_folded(name): number for number, names in enumerate(months, 1) for name in names}


@cache
def _pattern() -> re.Pattern[str]:
    """Return a pattern of all names, longer ones first. In Latin script, they are whole words."""
    names = sorted(_names(), key=len, reverse=True)
    latin = [re.escape(name) for name in names if name[0] < "\u0250"]
    others = [re.escape(name) for name in names if name[0] >= "\u0250"]
    return re.compile(rf"(?<!\w)(?:{'|'.join(latin)})(?!\w)|{'|'.join(others)}")


@cache
def _filler_pattern() -> re.Pattern[str]:
    words = sorted(map(_folded, _FILLERS), key=len, reverse=True)
    latin = [re.escape(word) for word in words if word[0] < "\u0250"]
    others = [re.escape(word) for word in words if word[0] >= "\u0250"]
    return re.compile(rf"(?<!\w)(?:{'|'.join(latin)})(?!\w)|{'|'.join(others)}")


def _english_month(name: str) -> int | None:
    return _MONTHS.index(name[:3].casefold()) + 1 if re.fullmatch(rf"(?i:{_MONTH})", name) else None
