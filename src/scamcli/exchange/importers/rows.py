"""What every table reader shares: the type of a row, and the cells that a caller has to treat with care."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.errors import DataError

    Row = tuple[str, ...]
    Rows = Iterator[tuple[int, Row | DataError]]

LONGEST_CELL = 4 * 1024 * 1024
"""Characters of one cell in a foreign table. A longer cell nearly always follows a quote that is never closed."""

UNCOMPUTED = "a formula without its value"
"""Text of a cell whose formula no program has computed yet."""

CELL_ERRORS = dict.fromkeys(
    ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"),
    "a value; the spreadsheet could not compute it",
) | {UNCOMPUTED: "its value; open and save the workbook in a spreadsheet program, which stores it"}
"""Texts that stand in for a value that was not computed, with what was expected instead."""

MOST_LISTED = 20
"""How many columns a message names."""


class DecimalText(str):
    """The text of a number that a workbook stores as a number, so its point cannot separate thousands."""

    __slots__ = ()


def quoted_list(names: Sequence[str]) -> str:
    """Return names for a message: at most `MOST_LISTED` of them, and how many more there are."""
    more = f" and {len(names) - MOST_LISTED:,} more" if len(names) > MOST_LISTED else ""
    return ", ".join(map(repr, names[:MOST_LISTED])) + more
