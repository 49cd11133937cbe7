"""Split a date into its ends, as numbers and in words, for formats that store year, month and day separately."""

from __future__ import annotations

from typing import NamedTuple

from scamcli.language import dates


class End(NamedTuple):
    """A day, a month or a year.

    Attributes:
        parts: the year, followed by the month and the day if they are given.
        mark: the EDTF qualifier ``~``, ``?`` or ``%``; empty if the date is certain.
    """

    parts: tuple[int, ...]
    mark: str = ""

    @property
    def in_words(self) -> str:
        """The end in English, such as ``about September 2022``."""
        year = str(self.parts[0])
        month = [dates.MONTHS[number - 1] for number in self.parts[1:2]]
        day = [f"{number}," for number in self.parts[2:]]
        about = ["about"] if self.mark in {"~", "%"} else []
        uncertain = " (uncertain)" if self.mark in {"?", "%"} else ""
        return " ".join([*about, *month, *day, year]) + uncertain


class DateParts(NamedTuple):
    """A date or an interval. An open end is ``None``."""

    first: End | None
    last: End | None

    @property
    def is_plain(self) -> bool:
        """Whether the numbers express everything, because both ends are known and certain."""
        return self.first is not None and self.last is not None and not self.first.mark + self.last.mark

    @property
    def ends(self) -> list[End]:
        """The ends that are not open. A single date has one."""
        return list(dict.fromkeys(end for end in self if end is not None))

    @property
    def in_words(self) -> str:
        """The date in English, such as ``since August 18, 2022``."""
        if self.first is None or self.last is None:
            return " ".join(("since " if self.last is None else "until ") + end.in_words for end in self.ends)
        return " to ".join(end.in_words for end in self.ends)


def first_and_last_day(date: str) -> tuple[str | None, str | None]:
    """Return the ISO dates of the first and the last day of a date, or ``None`` for an open end."""
    start, end, _ = dates.parse_date(date)
    return None if start is None else dates.iso(start), None if end is None else dates.iso(end)


def parse(date: str) -> DateParts:
    """Split the EDTF date of a record."""
    first, _, last = date.partition("/")
    return DateParts(_end(first), _end(last or first))


def _end(text: str) -> End | None:
    if text == "..":
        return None
    bare = text.rstrip("~?%")
    return End(tuple(map(int, bare.split("-"))), text[len(bare) :])
