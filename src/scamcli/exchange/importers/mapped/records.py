"""Build an event from each row of a table, with only the keys that the row says something about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scamcli.errors import DataError
from scamcli.exchange.importers.mapped import cells, figures, sources
from scamcli.exchange.importers.mapped.bound_rows import BoundRow, Cell
from scamcli.exchange.importers.mapped.cells import UnreadableError
from scamcli.exchange.importers.mapped.mapping import Field
from scamcli.language import dates, gazetteer
from scamcli.language.vocabulary import EVENT_KINDS, PRECISIONS, ROLES, STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from scamcli.exchange.importers.mapped.bound_rows import Binding, Notices
    from scamcli.exchange.importers.rows import Rows
    from scamcli.records.types import JsonObject

DATE_PRECISIONS = ("day", "days", "week", "month", "year", "about")
"""How exactly a date is known. ``day`` is the date as it is. The others keep an interval if there is one. Without one,
``days`` and ``about`` mean about that day, ``week`` the seven days around it, ``month`` and ``year`` all of either."""

_ID, _KIND, _STATUS, _NOTE = map(Field, ("id", "kind", "status", "note"))
_DATE, _START, _END, _DATE_PRECISION = (
    Field("date"), *(Field("date", part) for part in ("start", "end", "precision")),
)  # fmt: skip
_NAME, _LAT, _LON, _PRECISION, _COUNTRY, _ADMIN1, _PROVINCE = (
    Field("place", part) for part in ("name", "lat", "lon", "precision", "country", "admin1", "province")
)
_COUNTRIES, _PROVINCES = Field("countries"), Field("provinces")
_TEXTS = [Field(key) for key in ("title", "summary")]
_LISTS = [Field(key) for key in ("nationalities", "tags", "sites")]
_ACTORS = [Field("actor", role) for role in ROLES]


class RecordBuilder:
    """Builds the records of one table.

    Args:
        binding: what its columns mean.
        prefix: the start of the ids of its events.
        version: the version of the data set, if there is one.
        notices: collects what is put aside on the way.
    """

    def __init__(self, binding: Binding, prefix: str, version: str | None, notices: Notices) -> None:
        self._binding = binding
        self._prefix = prefix
        self._version = version
        self._notices = notices
        fields = {*(one.use.field for one in binding.uses), *binding.defaults}
        self._figures = figures.FigureReader(binding) if any(field.key == "figure" for field in fields) else None
        self._has_sources = binding.mapping.dataset is not None or any(field.key == "source" for field in fields)
        self._needs_id = binding.mapping.dataset is not None and any(one.use.field == _ID for one in binding.uses)
        self._has_figure_columns = any(one.use.field.key == "figure" for one in binding.uses)
        self._note_columns = len({one.column for one in binding.uses if one.use.field == _NOTE})

    def records(self, rows: Rows) -> Iterator[tuple[int, JsonObject | DataError]]:
        """Yield the number of each row with its record, or with what is wrong."""
        for number, cells_ in rows:
            yield number, cells_ if isinstance(cells_, DataError) else self.record(number, cells_)

    def record(self, number: int, row_cells: Sequence[str]) -> JsonObject | DataError:
        """Return the record of a row, or what is wrong with it."""
        row = BoundRow(self._binding, number, row_cells, self._notices)
        record: JsonObject = {"type": "event", "date": _date(row)}
        id_ = row.read(_ID, _require_id)
        if id_ is not None:
            record["id"] = event_id(self._prefix, id_.text)
        elif self._needs_id and not row.errors:
            row.errors.append("no id, which every row of this data set has")
        _add_words(row, record)
        _add_places(row, record)
        _add_actors(row, record)
        if self._figures:
            self._figures.add(row, record)
        if self._has_sources:
            sources.add(row, record, self._binding.mapping.dataset, self._version, id_.text if id_ else None)
        self._add_note(row, record)
        if id_ is not None and self._has_figure_columns:
            # On the next import of an edited table, a number that was deleted there is deleted here.
            record.setdefault("figures", [])
        return row.error() or record

    def _add_note(self, row: BoundRow, record: JsonObject) -> None:
        cells_ = row.all(_NOTE)
        is_labelled = self._note_columns > 1 or row.notes
        lines = [f"{cell.column}: {cell.text}" if is_labelled and cell.column else cell.text for cell in cells_]
        if lines or row.notes:
            record["note"] = "\n".join([*lines, *row.notes])


def event_id(prefix: str, value: str) -> str:
    """Return the id of an event from that of its row. Characters that an id cannot have become a dash."""
    value = cells.strip_fraction(value)
    return re.sub(r"[^\w.\-]+", "-", f"{prefix}-{value}" if prefix else value).strip("-.")


def _require_id(cell: Cell) -> Cell:
    if not re.search(r"\w", cell.text):
        raise UnreadableError("an id with a letter or a digit")
    return cell


def _add_words(row: BoundRow, record: JsonObject) -> None:
    record |= {field.key: text for field in _TEXTS if (text := row.text(field)) is not None}
    for field, words in ((_KIND, EVENT_KINDS), (_STATUS, STATUSES)):
        word = row.word(field, words)
        if word is not None:
            record[field.key] = word
    if row.errors:
        return
    for key in ("kind", "title"):
        if key not in record:
            row.errors.append(f"no {key}, which an event needs")
            row.hint = f"--set {key}=… sets it where no column does"


def _add_actors(row: BoundRow, record: JsonObject) -> None:
    actors = [{"name": cell.text, "role": field.part} for field in _ACTORS for cell in row.all(field)]
    if actors:
        record["actors"] = [one for at, one in enumerate(actors) if one not in actors[:at]]


def _date(row: BoundRow) -> str | None:
    """Return the date of the event, from one column or from its first and last day."""
    read = _date_reader(row)
    start = row.read(_DATE, read) or row.read(_START, read)
    end = row.read(_END, read)
    precision = row.word(_DATE_PRECISION, DATE_PRECISIONS)
    if start is None:
        if not row.errors:
            row.errors.append("no date, which an event needs")
        return None
    if end is not None and ("/" in start or "/" in end or _is_reversed(start, end)):
        row.refuse(row.first(_END) or Cell(end, ""), "the first day or a later one", _END)
        return start if start[-1] in "~?%" else f"{start}?"
    return event_date(start, end, precision)


def _date_reader(row: BoundRow) -> Callable[[Cell], str]:
    def read(cell: Cell) -> str:
        day, has_time = cells.date(cell.text, cell.formats)
        if has_time:
            row.notices.count(f"`{cell.column}` has a time of day, which records do not keep", row.number, cell.text)
        return day

    return read


def event_date(start: str, end: str | None, precision: str | None) -> str:
    """Return the EDTF date of an event.

    Args:
        start: a date.
        end: the last day, not before ``start``. ``None`` or the same if there is only one date.
        precision: one of ``DATE_PRECISIONS``. ``None`` is ``day``.
    """
    if end is not None and end != start:
        return _interval(start, end)
    if precision in {"days", "about"}:
        return start if start[-1] in "~?%" or "/" in start else f"{start}~"
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", start):
        return start
    if precision == "week":
        day = dates.day(start)
        return f"{dates.iso(day - 3)}~/{dates.iso(day + 3)}~"
    return start[: {"month": 7, "year": 4}.get(precision or "", 10)]


def _interval(start: str, end: str) -> str:
    """Return an interval, or the month or year that it is all of."""
    interval = f"{start}/{end}"
    period = dates.parse_date(interval)
    for width in (4, 7):
        whole = start[:width]
        if end[:width] == whole and dates.parse_date(whole) == period:
            return whole
    return interval


def _is_reversed(start: str, end: str) -> bool:
    first, last = dates.parse_date(start), dates.parse_date(end)
    return first.start is not None and last.end is not None and last.end < first.start


def _add_places(row: BoundRow, record: JsonObject) -> None:
    provinces = [row.read_cell(cell, _read_province, _PROVINCES) for cell in row.all(_PROVINCES)]
    codes = [row.read_cell(cell, _read_country, _COUNTRIES) for cell in row.all(_COUNTRIES)]
    place = _place(row)
    if place is not None:
        record["places"] = [place]
        codes.append(str(place["country"]) if "country" in place else None)
    if any(codes):
        record["countries"] = list(dict.fromkeys(filter(None, codes)))
    if any(provinces):
        record["provinces"] = list(dict.fromkeys(filter(None, provinces)))
    for field in _LISTS:
        if texts := list(dict.fromkeys(cell.text for cell in row.all(field))):
            record[field.key] = texts


def _read_country(cell: Cell) -> str:
    return cells.country(cell.text)


def _read_province(cell: Cell) -> str:
    return cells.province(cell.text)


def _place(row: BoundRow) -> JsonObject | None:
    country, admin1 = row.read(_COUNTRY, _read_country), row.text(_ADMIN1)
    province, precision = row.read(_PROVINCE, _read_province), row.word(_PRECISION, PRECISIONS)
    lat = row.read(_LAT, lambda cell: cells.degrees(cell.text, 90))
    lon = row.read(_LON, lambda cell: cells.degrees(cell.text, 180))
    if lat == lon == 0:
        # Programs write 0, 0 for coordinates that they do not know.
        row.notices.count("latitude and longitude are both 0, which is not a place; they are left out", row.number)
        lat = lon = None
    if not any(row.says(field) for field in (_NAME, _LAT, _LON, _ADMIN1, _PROVINCE, _COUNTRY)):
        return None
    texts = (row.text(field) for field in (_NAME, _ADMIN1, _PROVINCE, _COUNTRY))
    name = next((text for text in texts if text), f"{lat}, {lon}")
    if country == "KH" and province is None and admin1:
        found = gazetteer.resolve(admin1)
        if isinstance(found, gazetteer.Province):
            province, admin1 = found.name, None
    parts = {"country": country, "admin1": admin1, "province": province, "precision": precision, "lat": lat, "lon": lon}
    return {"name": name} | {key: value for key, value in parts.items() if value is not None}
