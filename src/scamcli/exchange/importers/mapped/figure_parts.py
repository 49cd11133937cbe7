"""The numbers of a row: the wording of each, or its bounds as the table has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scamcli.exchange.importers.mapped import cells
from scamcli.exchange.importers.mapped.cells import UnreadableError
from scamcli.exchange.importers.mapped.fields import PARTS, Field
from scamcli.exchange.importers.mapped.place_parts import province
from scamcli.exchange.importers.mapped.row import several
from scamcli.exchange.importers.rows import Typed
from scamcli.language.vocabulary import COUNTS, METRICS
from scamcli.language.wording import UNKNOWN, bounds_in, parse_wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.exchange.importers.mapped.bind_columns import Plan
    from scamcli.exchange.importers.mapped.row import Cell, Row

BOUNDS = ("low", "best", "high")

_LISTED = {"nationality": "nationalities", "province": "provinces"}

_SIGNED = frozenset({"change"})


class Figures:
    """The figures that a table has."""

    def __init__(self, plan: Plan) -> None:
        fields = [*(one.use.field for one in plan.uses), *plan.defaults]
        self._asked = list(dict.fromkeys((field.metric, field.label) for field in fields if field.key == "figure"))
        self._bounded = {(field.metric, field.label) for field in fields if field.part in BOUNDS}
        self._labels = {
            field: len({one.column for one in plan.uses if one.use.field == field}) > 1
            for field in fields
            if field.key == "figure" and field.part == "note"
        }

    def add(self, row: Row, record: dict[str, Any]) -> None:
        """Add the figures of a row to its record."""
        found = [figure for one in self._asked if (figure := self._figure(row, record, *one))]
        if found:
            record["figures"] = found

    def _figure(self, row: Row, record: dict[str, Any], metric: str, label: str) -> dict[str, Any] | None:
        fields = {part: Field("figure", part, metric, label) for part in ("", *PARTS["figure"])}
        bounded = (metric, label) in self._bounded
        stated = row.read(fields[""], _said if bounded else _stated)
        bounds = {part: row.read(fields[part], _number(metric)) for part in BOUNDS}
        note = self._note(row, fields["note"])
        if stated is None and all(bound is None for bound in bounds.values()):
            row.notes += [f"{fields['']}: {note}"] if note else []
            if not row.wrong:  # else what was wrong is told, and the row is not taken
                _put_aside(row, fields, record)
            return None
        figure: dict[str, Any] = {"metric": metric, "stated": stated}
        if label:
            figure["id"] = label
        if bounded:
            figure |= bounds  # also those that the table leaves empty: the wording is not asked then
        for part in ("group", "stated_by", "unit"):
            figure[part] = row.text(fields[part])
        if not bounded:
            _tell_of_no_bounds(row, fields[""], figure)
        notes = [note, *_whom_and_where(row, fields, figure, record)]
        figure["period"] = _period(row, fields["period"], record)
        figure["count"] = row.word(fields["count"], COUNTS)
        figure["note"] = "; ".join(filter(None, notes)) or None
        return {key: value for key, value in figure.items() if value is not None or key in {"stated", *BOUNDS}}

    def _note(self, row: Row, field: Field) -> str | None:
        said = row.all(field)
        several = self._labels.get(field)
        return (
            "; ".join(f"{cell.column}: {cell.text}" if several and cell.column else cell.text for cell in said) or None
        )


def _said(cell: Cell) -> str:
    return cells.said(cell.text) if isinstance(cell.text, Typed) else cells.whole(cell.text)


def _stated(cell: Cell) -> str:
    """The wording of a figure, of which its bounds are derived: no number in it may be either of two."""
    stated = _said(cell)
    if not stated.isdecimal() and parse_wording(stated) == UNKNOWN:  # most are, and the parser takes its time
        cells.see_one_reading(stated)
    return stated


def _tell_of_no_bounds(row: Row, field: Field, figure: dict[str, Any]) -> None:
    stated, metric = figure["stated"], METRICS.get(figure["metric"])
    unit = figure["unit"] or (metric.unit if metric else "")
    if not stated.isdecimal() and bounds_in(stated, unit) == UNKNOWN:
        cell = row.one(field)
        where = f"`{cell.column}`" if cell and cell.column else f"what is said of `{field}`"
        what = f"{where} has words of which no bounds follow: they stay, and the bounds are unknown"
        row.told.count(what, row.number, stated)


def _whom_and_where(
    row: Row, fields: dict[str, Field], figure: dict[str, Any], record: dict[str, Any]
) -> Iterator[str]:
    """Set the nationality and the province of a figure; of several it has none, and its note names them."""
    for part, key in _LISTED.items():
        words = _listed(row, fields[part])
        if len(words) == 1:
            figure[part] = words[0]
        elif words:
            _add(record, key, words)
            yield f"{part}: {'; '.join(words)}"


def _listed(row: Row, field: Field) -> list[str]:
    cell = row.one(field)
    words = several(cell.text) if cell else []
    if cell and field.part == "province":
        words = [word for word in words if row.tried(cell._replace(text=word), province, field)]
    return words


def _add(record: dict[str, Any], key: str, words: list[str]) -> None:
    record[key] = list(dict.fromkeys([*record.get(key, []), *words]))


def _put_aside(row: Row, fields: dict[str, Field], record: dict[str, Any]) -> None:
    """Keep what a row says of a figure whose number it lacks: in the lists of the event, or in its note."""
    for part in (*_LISTED, "period", "group", "stated_by", "unit", "count"):
        cell = row.one(fields[part]) if row.says(fields[part]) else None
        if cell is None:
            continue
        if part in _LISTED:
            _add(record, _LISTED[part], _listed(row, fields[part]))
        else:
            row.notes.append(f"{cell.column}: {cell.text}")
        where = "among those of the event" if part in _LISTED else "in the note"
        row.told.count(f"`{cell.column}` is of a number that is not there: it stands {where}", row.number, cell.text)


def _period(row: Row, field: Field, record: dict[str, Any]) -> str | None:
    """What the number covers; the word ``date`` is the date of the event."""
    if row.text(field) == "date":
        date: str | None = record["date"]
        return date
    return row.read(field, lambda cell: cells.date(cell.text, cell.formats)[0])


def _number(metric: str) -> Any:
    def read(cell: Cell) -> int | float:
        value = cells.number(cell.text)
        if value < 0 and metric not in _SIGNED:
            raise UnreadableError("a number that is not negative")
        return value

    return read
