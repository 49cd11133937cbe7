"""Read dates with the name of the month in the languages of tables, such as ``14 de mayo de 2022``.

The names are in ``month_names.txt``. Words and numbers besides the name are read only if they can mean nothing else: a
day of one or two digits and a year of four, in any order.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

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


def month_of(name: str) -> int | None:
    """Return the number of a month, given its name or abbreviation in one of the languages."""
    return _names().get(_folded(name))


def find(text: str) -> NamedMonth | None:
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
