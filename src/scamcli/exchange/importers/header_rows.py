"""Find the rows with the names of the columns below a title and notes, and join the names of two such rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scamcli.language import written_dates
from scamcli.language.scripts import digits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.exchange.importers import Row

_LONGEST_NAME = 80
"""The longest text that is taken for the name of a column rather than for a note, in characters."""

_SHARE = 0.5
"""The share of the cells of the widest row that the names of the columns must fill."""

_EXAMINED = 30
"""How many rows are examined."""

_VALUE = re.compile(r"[-+<>~$€£]?\s*[\d.,:/\s-]+%?|https?://.*|\d{1,4}[-/. ]\w{2,9}[-/. ]\d{1,4}.*", re.DOTALL)
"""Texts that are values of a table: numbers, dates and addresses."""


class HeaderRows(NamedTuple):
    """The number of the row with the names of the columns, and how many such rows there are: one or two."""

    first: int
    rows: int = 1


def find(rows: Sequence[tuple[int, Row]]) -> HeaderRows | None:
    """Return where the names of the columns are, or ``None`` for a table without any.

    Args:
        rows: the first rows of a table with their numbers. Empty rows may be among them.
    """
    filled = [(number, cells) for number, cells in rows[:_EXAMINED] if any(map(str.strip, cells))]
    widest = max((_number_filled(cells) for _, cells in filled), default=0)
    for at, (number, cells) in enumerate(filled):
        if _number_filled(cells) < max(_SHARE * widest, 1) or not _are_names(cells, most=0.7):
            continue
        below = [other for _, other in filled[at + 1 :]]
        return HeaderRows(number, 2 if _is_second_row(cells, below) else 1)
    return None


def is_missing(rows: Sequence[tuple[int, Row]]) -> bool:
    """Return whether the first row is data, so that no row has the names of the columns.

    It is, if it has a day or an address in a column where most other rows have one. Numbers show nothing, because years
    and ages can be names of columns.

    Args:
        rows: the first rows of a table with their numbers.
    """
    (_, first), *others = rows
    below = [cells for _, cells in others[:_EXAMINED] if any(map(str.strip, cells))]
    if _number_filled(first) < _SHARE * max(map(_number_filled, below), default=0):
        return False  # a title
    for column, cell in enumerate(first):
        alike = sum(_is_day_or_address(_cell(row, column)) for row in below)
        if _is_day_or_address(cell) and alike > _SHARE * len(below):
            return True
    return False


def beside(rows: Sequence[tuple[int, Row]]) -> list[str]:
    """Return the names that occur on both sides of an empty column, so that two tables stand side by side there.

    Args:
        rows: the row with the names of the columns, and rows below it, with their numbers.
    """
    (_, names), *others = rows
    bare = [name.strip().casefold() for name in names]
    for gap in (at for at, name in enumerate(bare) if not name):
        repeated = {*bare[:gap]} & {*bare[gap + 1 :]} - {""}
        if repeated and not any(_cell(cells, gap) for _, cells in others):
            return [name.strip() for at, name in enumerate(names) if at < gap and bare[at] in repeated]
    return []


def join(first: Sequence[str], second: Sequence[str]) -> Row:
    """Return the names of columns from two rows: ``Victims - Women``. The first row names groups of columns."""
    names, group = [], ""
    width = max(len(first), len(second))
    for at in range(width):
        above, below = (" ".join(row[at].split()) if at < len(row) else "" for row in (first, second))
        group = above or (group if below else "")
        names.append(" - ".join(dict.fromkeys(filter(None, (group, below)))))
    return tuple(names)


def _is_second_row(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Return whether the row below the names of columns has more names, for the parts of a group of columns."""
    if len(below) < 2:
        return False
    second, body = below[0], below[1:]
    if not _are_names(second, most=1):
        return False
    under_gap = [at for at, cell in enumerate(second) if cell.strip() and not _cell(first, at)]
    has_values = any(_is_value(_cell(row, at)) for row in body for at, cell in enumerate(second) if cell.strip())
    return bool(under_gap) and any(_cell(first, at) for at in range(under_gap[0])) and has_values


def _number_filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _are_names(cells: Sequence[str], most: float) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    names = [cell for cell in filled if not _is_value(cell) and len(cell) <= _LONGEST_NAME]
    return len(names) >= most * len(filled)


def _is_value(text: str) -> bool:
    return _VALUE.fullmatch(text) is not None and any(map(str.isalnum, text))


def _is_day_or_address(text: str) -> bool:
    bare = digits(text.strip())
    date = written_dates.read(bare) or bare
    return re.fullmatch(r"\d{4}-\d\d-\d\d", date) is not None or bare.startswith(("https://", "http://"))


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at].strip() if at < len(cells) else ""
