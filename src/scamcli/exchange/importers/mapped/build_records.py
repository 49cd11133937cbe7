"""Records out of rows: an event each, with only the keys that its row says something about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scamcli.errors import DataError
from scamcli.exchange.importers.mapped import cells, event_date, figure_parts, place_parts, source_parts
from scamcli.exchange.importers.mapped.cells import UnreadableError
from scamcli.exchange.importers.mapped.fields import Field
from scamcli.exchange.importers.mapped.row import Cell, Row
from scamcli.language.vocabulary import EVENT_KINDS, ROLES, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scamcli.exchange.importers.mapped.bind_columns import Plan
    from scamcli.exchange.importers.mapped.warnings import Told
    from scamcli.exchange.importers.rows import Rows

_DATE, _START, _END, _PRECISION = Field("date"), *(Field("date", part) for part in ("start", "end", "precision"))
_ID, _KIND, _STATUS, _NOTE = map(Field, ("id", "kind", "status", "note"))
_PLAIN = [Field(key) for key in ("title", "summary")]
_LISTS = [Field(key) for key in ("nationalities", "tags", "sites")]
_ACTORS = [Field("actor", role) for role in ROLES]


class Builder:
    """Builds the records of one table.

    Args:
        plan: what its columns mean.
        prefix: what the ids of its events begin with.
        version: of the data set, if it has one.
        told: is told what is put aside on the way.
    """

    def __init__(self, plan: Plan, prefix: str, version: str | None, told: Told) -> None:
        self._plan = plan
        self._prefix = prefix
        self._told = told
        self._figures = figure_parts.Figures(plan)
        self._sources = source_parts.Sources(plan, version)
        self._needs_id = plan.mapping.dataset is not None and any(one.use.field == _ID for one in plan.uses)
        self._has_figures = any(one.use.field.key == "figure" for one in plan.uses)
        self._notes = len({one.column for one in plan.uses if one.use.field == _NOTE})

    def records(self, rows: Rows) -> Iterator[tuple[int, dict[str, Any] | DataError]]:
        """Each row with its record, or with what is wrong."""
        for number, row in rows:
            yield number, row if isinstance(row, DataError) else self.record(number, row)

    def record(self, number: int, row_cells: Sequence[str]) -> dict[str, Any] | DataError:
        """The record of a row, or what is wrong with it."""
        row = Row(self._plan, number, row_cells, self._told)
        date = _date(row)
        record: dict[str, Any] = {"type": "event", "date": date}
        given = row.read(_ID, _named)
        if given is not None:
            record["id"] = event_id(self._prefix, given.text)
        elif self._needs_id and not row.wrong:
            row.wrong.append("nothing says the id, which every row of this data set has")
        _words(row, record)
        place_parts.add(row, record)
        record |= {
            field.key: said for field in _LISTS if (said := list(dict.fromkeys(cell.text for cell in row.all(field))))
        }
        actors = [{"name": cell.text, "role": field.part} for field in _ACTORS for cell in row.all(field)]
        if actors:
            record["actors"] = [one for at, one in enumerate(actors) if one not in actors[:at]]
        self._figures.add(row, record)
        self._sources.add(row, record, given.text if given else None)
        self._note(row, record)
        if given is not None and self._has_figures:
            record.setdefault("figures", [])  # a number that was taken out of a row is none any more
        return row.error() or record

    def _note(self, row: Row, record: dict[str, Any]) -> None:
        said = row.all(_NOTE)
        labelled = self._notes > 1 or row.notes
        lines = [f"{cell.column}: {cell.text}" if labelled and cell.column else cell.text for cell in said]
        if lines or row.notes:
            record["note"] = "\n".join([*lines, *row.notes])


def _unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def event_id(prefix: str, value: str) -> str:
    """The id of an event from that of its row: what no id can have becomes a dash."""
    return re.sub(r"[^\w.\-]+", "-", f"{prefix}-{cells.whole(value)}" if prefix else cells.whole(value)).strip("-.")


def _named(cell: Cell) -> Cell:
    if not re.search(r"\w", cell.text):
        raise UnreadableError("an id with a letter or a digit")
    return cell


def _words(row: Row, record: dict[str, Any]) -> None:
    record |= {field.key: text for field in _PLAIN if (text := row.text(field)) is not None}
    for field, words in ((_KIND, EVENT_KINDS), (_STATUS, STATUSES)):
        word = row.word(field, words)
        if word is not None:
            record[field.key] = word
    if row.wrong:
        return
    for key in ("kind", "title"):
        if key not in record:
            row.wrong.append(f"nothing says the {key}, which an event needs")
            row.hint = f"--set {key}=… says what it is where no column does"


def _date(row: Row) -> str | None:
    """The date of the event, from one column or from its first and last day."""
    start = row.read(_DATE, _day(row)) or row.read(_START, _day(row))
    end = row.read(_END, _day(row))
    precision = row.word(_PRECISION, event_date.PRECISIONS)
    if start is None:
        if not row.wrong:
            row.wrong.append("nothing says the date, which an event needs")
        return None
    if end is not None and ("/" in start or "/" in end or event_date.is_reversed(start, end)):
        cell = row.one(_END) or Cell(end, "")
        row.cannot(cell, "the first day or a later one", _END)
        return start if start[-1] in "~?%" else f"{start}?"
    return event_date.dated(start, end, precision)


def _day(row: Row) -> Any:
    def read(cell: Cell) -> str:
        day, has_time = cells.date(cell.text, cell.formats)
        if has_time:
            row.told.count(f"a time of the day in `{cell.column}`, which a record does not hold", row.number, cell.text)
        return day

    return read
