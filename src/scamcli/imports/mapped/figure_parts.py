"""The numbers of a row: the wording of each, or its bounds as the table has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scamcli.imports.mapped import cells
from scamcli.imports.mapped.cells import UnreadableError
from scamcli.imports.mapped.fields import PARTS, Field
from scamcli.imports.mapped.place_parts import province
from scamcli.imports.mapped.row import several
from scamcli.imports.rows import Typed
from scamcli.vocabulary import COUNTS
from scamcli.wording import UNKNOWN, parse_wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scamcli.imports.mapped.fitting import Plan
    from scamcli.imports.mapped.row import Cell, Row

BOUNDS = ("low", "best", "high")

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
        stated = row.read(fields[""], self._stated(metric, label))
        bounds = {part: row.read(fields[part], _number(metric)) for part in BOUNDS}
        note = self._note(row, fields["note"])
        if stated is None and all(bound is None for bound in bounds.values()):
            row.notes += [f"{fields['']}: {note}"] if note else []
            return None
        figure: dict[str, Any] = {"metric": metric, "stated": stated}
        if label:
            figure["id"] = label
        if (metric, label) in self._bounded:
            figure |= bounds  # also those that the table leaves empty: the wording is not asked then
        for part in ("group", "stated_by", "unit"):
            figure[part] = row.text(fields[part])
        notes = [note, *_whom_and_where(row, fields, figure, record)]
        figure["period"] = _period(row, fields["period"], record)
        figure["count"] = row.word(fields["count"], COUNTS)
        figure["note"] = "; ".join(filter(None, notes)) or None
        return {key: value for key, value in figure.items() if value is not None or key in {"stated", *BOUNDS}}

    def _stated(self, metric: str, label: str) -> Callable[[Cell], str]:
        """What reads the wording of a figure: it stays as it is, and no number in it may be either of two."""

        def read(cell: Cell) -> str:
            if isinstance(cell.text, Typed):
                return cells.said(cell.text)
            stated = cells.whole(cell.text)
            if (metric, label) not in self._bounded and parse_wording(stated) == UNKNOWN:
                cells.see_one_reading(stated)
            return stated

        return read

    def _note(self, row: Row, field: Field) -> str | None:
        said = row.all(field)
        several = self._labels.get(field)
        return (
            "; ".join(f"{cell.column}: {cell.text}" if several and cell.column else cell.text for cell in said) or None
        )


def _whom_and_where(
    row: Row, fields: dict[str, Field], figure: dict[str, Any], record: dict[str, Any]
) -> Iterator[str]:
    """Set the nationality and the province of a figure; of several it has none, and its note names them."""
    for part, key in (("nationality", "nationalities"), ("province", "provinces")):
        cell = row.one(fields[part])
        words = several(cell.text) if cell else []
        if cell and part == "province":
            words = [word for word in words if row.tried(cell._replace(text=word), province, fields[part])]
        if len(words) == 1:
            figure[part] = words[0]
        elif words:
            record[key] = list(dict.fromkeys([*record.get(key, []), *words]))
            yield f"{part}: {'; '.join(words)}"


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
