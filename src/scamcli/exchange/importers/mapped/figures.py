"""Read the figures of a row: the wording of each, or its bounds as the table has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from scamcli.exchange.importers.mapped import cells
from scamcli.exchange.importers.mapped.bound_rows import split_list
from scamcli.exchange.importers.mapped.cells import UnreadableError
from scamcli.exchange.importers.mapped.mapping import PARTS, Field
from scamcli.exchange.importers.rows import DecimalText
from scamcli.language.vocabulary import COUNTS, METRICS
from scamcli.language.wording import UNKNOWN, bounds_in, parse_wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scamcli.exchange.importers.mapped.bound_rows import Binding, BoundRow, Cell
    from scamcli.language.vocabulary import Metric
    from scamcli.records.types import JsonObject

BOUNDS = ("low", "best", "high")

_EVENT_LISTS = {"nationality": "nationalities", "province": "provinces"}
"""Parts of which a figure has one. If a row names several, they go into these lists of the event."""

_SIGNED = frozenset({"change"})
"""Metrics whose numbers may be negative."""

_Fields = dict[str, Field]
"""The fields of one figure by part; the wording is the part with the empty name."""


class FigureReader:
    """Reads the figures that a table has."""

    def __init__(self, binding: Binding) -> None:
        fields = [*(one.use.field for one in binding.uses), *binding.defaults]
        self._figures = list(dict.fromkeys((field.metric, field.label) for field in fields if field.key == "figure"))
        self._bounded = {(field.metric, field.label) for field in fields if field.part in BOUNDS}
        self._notes_of_several_columns = {
            field
            for field in fields
            if field.key == "figure"
            and field.part == "note"
            and len({one.column for one in binding.uses if one.use.field == field}) > 1
        }

    def add(self, row: BoundRow, record: JsonObject) -> None:
        """Add the figures of a row to its record."""
        found = [figure for key in self._figures if (figure := self._figure(row, record, *key))]
        if found:
            record["figures"] = found

    def _figure(self, row: BoundRow, record: JsonObject, metric: str, label: str) -> JsonObject | None:
        fields = {part: Field("figure", part, metric, label) for part in ("", *PARTS["figure"])}
        is_bounded = (metric, label) in self._bounded
        stated = row.read(fields[""], _wording if is_bounded else _unambiguous_wording)
        bounds = {part: row.read(fields[part], _number_reader(metric)) for part in BOUNDS}
        note = self._note(row, fields["note"])
        if stated is None and all(bound is None for bound in bounds.values()):
            row.notes += [f"{fields['']}: {note}"] if note else []
            if not row.errors:  # a row with errors is not imported, and they are reported
                _put_aside(row, fields, record)
            return None
        figure: JsonObject = {"metric": metric, "stated": stated}
        if label:
            figure["id"] = label
        if is_bounded:
            figure |= bounds  # also those that are empty, so that none is derived from the wording
        for part in ("group", "stated_by", "unit"):
            figure[part] = row.text(fields[part])
        if not is_bounded:
            _report_unknown_bounds(row, fields[""], stated, row.text(fields["unit"]), METRICS.get(metric))
        notes = [note, *_set_nationality_and_province(row, fields, figure, record)]
        figure["period"] = _period(row, fields["period"], record)
        figure["count"] = row.word(fields["count"], COUNTS)
        figure["note"] = "; ".join(filter(None, notes)) or None
        return {key: value for key, value in figure.items() if value is not None or key in {"stated", *BOUNDS}}

    def _note(self, row: BoundRow, field: Field) -> str | None:
        is_labelled = field in self._notes_of_several_columns
        texts = [f"{cell.column}: {cell.text}" if is_labelled and cell.column else cell.text for cell in row.all(field)]
        return "; ".join(texts) or None


def _wording(cell: Cell) -> str:
    return cells.wording(cell.text) if isinstance(cell.text, DecimalText) else cells.strip_fraction(cell.text)


def _unambiguous_wording(cell: Cell) -> str:
    """Return the wording of a figure whose bounds are derived, so that no number in it may be either of two."""
    wording = _wording(cell)
    if not wording.isdecimal() and parse_wording(wording) == UNKNOWN:  # most are decimal, and parsing is slow
        cells.require_unambiguous(wording)
    return wording


def _report_unknown_bounds(
    row: BoundRow, field: Field, stated: str | None, unit: str | None, metric: Metric | None
) -> None:
    if stated is None or stated.isdecimal() or bounds_in(stated, unit or (metric.unit if metric else "")) != UNKNOWN:
        return
    cell = row.first(field)
    where = f"`{cell.column}`" if cell and cell.column else f"the default of `{field}`"
    row.notices.count(f"{where} has words that give no bounds; the words are kept", row.number, stated)


def _set_nationality_and_province(
    row: BoundRow, fields: _Fields, figure: JsonObject, record: JsonObject
) -> Iterator[str]:
    """Set the nationality and the province of a figure. Several go to the event instead, and into the figure's note."""
    for part, key in _EVENT_LISTS.items():
        words = _split(row, fields[part])
        if len(words) == 1:
            figure[part] = words[0]
        elif words:
            _extend(record, key, words)
            yield f"{part}: {'; '.join(words)}"


def _split(row: BoundRow, field: Field) -> list[str]:
    cell = row.first(field)
    words = split_list(cell.text) if cell else []
    if cell and field.part == "province":
        words = [word for word in words if row.read_cell(cell._replace(text=word), _province, field)]
    return words


def _province(cell: Cell) -> str:
    return cells.province(cell.text)


def _extend(record: JsonObject, key: str, words: list[str]) -> None:
    record[key] = list(dict.fromkeys([*cast("list[str]", record.get(key, [])), *words]))


def _put_aside(row: BoundRow, fields: _Fields, record: JsonObject) -> None:
    """Keep what a row says about a figure without a number: in the lists of the event, or in its note."""
    for part in (*_EVENT_LISTS, "period", "group", "stated_by", "unit", "count"):
        cell = row.first(fields[part]) if row.says(fields[part]) else None
        if cell is None:
            continue
        if part in _EVENT_LISTS:
            _extend(record, _EVENT_LISTS[part], _split(row, fields[part]))
        else:
            row.notes.append(f"{cell.column}: {cell.text}")
        where = f"the event's {_EVENT_LISTS[part]}" if part in _EVENT_LISTS else "the note"
        row.notices.count(
            f"`{cell.column}` describes a number that is missing; it is kept in {where}", row.number, cell.text
        )


def _period(row: BoundRow, field: Field, record: JsonObject) -> str | None:
    """Return the period of a figure. The word ``date`` means the date of the event."""
    if row.text(field) == "date":
        return cast("str | None", record["date"])
    return row.read(field, lambda cell: cells.date(cell.text, cell.formats)[0])


def _number_reader(metric: str) -> Callable[[Cell], int | float]:
    def read(cell: Cell) -> int | float:
        value = cells.number(cell.text)
        if value < 0 and metric not in _SIGNED:
            raise UnreadableError("a number that is not negative")
        return value

    return read
