"""Merge rows into groups, as the `Grouping` of a mapping says, and count those that are in no group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.errors import DataError
from scamcli.exchange.importers.mapped.bound_rows import no_column
from scamcli.exchange.importers.mapped.cells import strip_fraction
from scamcli.exchange.importers.mapped.mapping import Columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.exchange.importers import Row, Rows
    from scamcli.exchange.importers.mapped.bound_rows import Notices
    from scamcli.exchange.importers.mapped.grouping import Conditions, Grouping
    from scamcli.exchange.importers.sheets import Sheet

EMPTY = "unknown"
"""Replaces an empty cell in a key, so that two groups never have the same key."""


class _Group:
    """The rows of a group that were read so far."""

    def __init__(self, first: int, numbers: int) -> None:
        self.first = first
        self.rows = 0
        self.cells = [""] * numbers
        self.disputed = set[int]()

    def take(self, at: int, text: str | None) -> None:
        """Count a row for a number, or take the number from its cell. Different cells make the number disputed."""
        self.rows += 1
        if text is None:
            self.cells[at] = str(int(self.cells[at] or 0) + 1)
        elif self.cells[at] not in {"", text}:
            self.disputed.add(at)
        else:
            self.cells[at] = text


class _Reader:
    """Reads the rows of a table into groups, and counts the rows that belong to none."""

    def __init__(self, grouping: Grouping, header: Sequence[str], table: str, missing: Sequence[str]) -> None:
        columns = Columns(header)
        for name in grouping.sources:
            if columns.find(name) is None:
                raise no_column(name, header, table)
        self._grouping = grouping
        self._missing = frozenset(missing)
        self._by = [_position(columns, name) for name in grouping.by]
        self._only = _conditions(columns, grouping.only)
        self._numbers = [
            (_conditions(columns, one.where), _position(columns, one.of) if one.of else None)
            for one in grouping.numbers.values()
        ]
        self.groups: dict[tuple[str, ...], _Group] = {}
        self.errors: list[tuple[int, DataError]] = []
        self.others = self.none = 0

    def read(self, rows: Rows) -> None:
        """Read all rows."""
        for number, cells in rows:
            if isinstance(cells, DataError):
                self.errors.append((number, cells))
            elif not _holds(self._only, cells):
                self.others += 1
            else:
                self._add(number, cells)

    def _add(self, number: int, cells: Row) -> None:
        found = [(at, of) for at, (where, of) in enumerate(self._numbers) if _holds(where, cells)]
        if not found:
            self.none += 1
            return
        key = tuple("" if (text := _text(cells[at])) in self._missing else text for at in self._by)
        group = self.groups.setdefault(key, _Group(number, len(self._numbers)))
        for at, of in found:
            group.take(at, None if of is None else cells[of].strip())
        group.rows -= len(found) - 1  # one row can be counted for several numbers


def grouped(sheet: Sheet, grouping: Grouping, missing: Sequence[str], notices: Notices) -> Sheet:
    """Return a table with one row for each group of rows, which has the number of the group's first row.

    Args:
        sheet: the table.
        grouping: how its rows become one.
        missing: cells that count as empty.
        notices: receives what became of the rows after they were read.

    Raises:
        DataError: the table lacks a column.
    """
    reader = _Reader(grouping, sheet.header, sheet.name, missing)
    return sheet._replace(header=grouping.header, rows=_rows(reader, sheet.rows, grouping, notices))


def _rows(reader: _Reader, rows: Rows, grouping: Grouping, notices: Notices) -> Iterator[tuple[int, Row | DataError]]:
    """Yield one row for each group, in the order of their first rows, and add notices about what was left out."""
    reader.read(rows)
    needed = list(grouping.numbers).index(grouping.needs) if grouping.needs else None
    made: list[tuple[int, Row | DataError]] = list(reader.errors)
    lacking = used = events = 0
    for key, group in reader.groups.items():
        if needed is not None and (not group.cells[needed] or needed in group.disputed):
            lacking += group.rows
            continue
        for at in group.disputed:
            name = list(grouping.numbers)[at]
            notices.count(f"rows contradict each other about `{name}`, so it is left out", group.first)
            group.cells[at] = ""
        used, events = used + group.rows, events + 1
        made.append((group.first, (*key, *group.cells, "-".join(text or EMPTY for text in key))))
    columns = ", ".join(f"`{name}`" for name in grouping.by)
    make = "row makes" if used == 1 else "rows make"
    notices.add(f"{used:,} {make} {events:,} event{'s'[: events != 1]}, one for all rows with the same {columns}")
    for number, why in (
        (reader.others, f"of other values in {', '.join(f'`{name}`' for name in grouping.only)}"),
        (reader.none, f"none of these numbers covers such a row: {', '.join(grouping.numbers)}"),
        (lacking, f"there is no single `{grouping.needs}` for its group"),
    ):
        if number:
            are = "row is" if number == 1 else "rows are"
            notices.add(f"{number:,} {are} left out because {why}")
    yield from sorted(made, key=lambda one: one[0])


def _position(columns: Columns, name: str) -> int:
    at = columns.find(name)
    assert at is not None  # as was checked for all columns
    return at


def _conditions(columns: Columns, given: Conditions) -> list[tuple[int, frozenset[str]]]:
    return [(_position(columns, name), frozenset(texts)) for name, texts in given.items()]


def _holds(conditions: Sequence[tuple[int, frozenset[str]]], cells: Row) -> bool:
    return all(_text(cells[at]) in texts for at, texts in conditions)


def _text(cell: str) -> str:
    return strip_fraction(cell.strip())
