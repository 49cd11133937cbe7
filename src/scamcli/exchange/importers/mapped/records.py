"""Build an event from each row of a table, with only the keys that the row has values for."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from functools import partial
from typing import TYPE_CHECKING, cast

from scamcli.errors import DataError, quote, sentence
from scamcli.exchange.importers import ABSENT
from scamcli.exchange.importers.mapped import cells, date_cells, figures, header_words, hxl, places
from scamcli.exchange.importers.mapped.bound_rows import BoundRow, Cell
from scamcli.exchange.importers.mapped.cells import UnreadableError
from scamcli.language import dates
from scamcli.language.vocabulary import EVENT_KINDS, ROLES, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scamcli.exchange.importers import Extras, Rows
    from scamcli.exchange.importers.mapped.bound_rows import Binding, Notices
    from scamcli.exchange.importers.mapped.mapping import DataSet
    from scamcli.records.types import JsonObject


_DETAILS = ("source.title", "source.author", "source.published", "source.passage", "source.accessed", "source.archived")


def _add_sources(
    row: BoundRow, record: JsonObject, dataset: DataSet | None, version: str | None, row_id: str | None
) -> None:
    """Add the sources of a row to its record, the published data set first."""
    found = [_dataset_source(dataset, version, row, row_id)] if dataset else []
    via = dataset.outlet if dataset else row.text("source.via")
    named = _named_sources(row)
    found += [source | ({"via": via} if via and via != source["outlet"] else {}) for source in named]
    if not named:
        row.notes += [f"{cell.column or 'source'}: {cell.text}" for cell in row.all("source.citation")]
    if found:
        record["sources"] = list({tuple(sorted(one.items())): one for one in found}.values())


def _dataset_source(dataset: DataSet, version: str | None, row: BoundRow, row_id: str | None) -> JsonObject:
    title = f"{dataset.title}, version {version}" if version else dataset.title
    source = {
        "outlet": dataset.outlet,
        "title": title,
        "url": dataset.url,
        "published": row.read("updated", date_cells.day_of_time),
        "passage": None if row_id is None else f"id {cells.strip_fraction(row_id)}",
    }
    return {key: value for key, value in source.items() if value}


def _named_sources(row: BoundRow) -> list[JsonObject]:
    """Return the sources that a row names. Without an outlet, the host of the address counts as the publisher."""
    cell = row.first("source.outlet")
    outlets = row.read("source.outlet", partial(_outlets, separators=cell.separators if cell else ())) or []
    found_urls = (row.read_cell(cell, cells.labelled_addresses, "source.url") for cell in row.all("source.url"))
    labelled = [one for found in found_urls for one in found or []]
    urls = [url for _, url in labelled]
    if not outlets and not urls:
        _put_aside(row)
        return []
    found: list[JsonObject] = [{**cells.outlet_and_address(outlet)} for outlet in outlets]
    found = found or [{} for _ in urls]
    _distribute(row, found, "source.url", urls)
    for source, (label, _) in zip(found, labelled, strict=False) if len(found) == len(labelled) else ():
        source |= {"title": label} if label else {}
    for field in filter(row.first, _DETAILS):
        _distribute(row, found, field, _pieces(row, field, len(found)))
    for source in found:
        if source and "outlet" not in source:
            url = cast("str", source.get("url", ""))
            source["outlet"] = cells.host(url) or "unnamed source"
            row.notices.count("no outlet is given, so the host of the address takes its place", row.number, url)
    return list(filter(None, found))


def _pieces(row: BoundRow, field: str, sources: int) -> list[str]:
    """Return the part of a cell for each source, or the whole cell if there is only one source."""
    if field == "source.archived":
        return row.read(field, cells.addresses) or []
    cell = row.first(field)
    if cell is None:
        return []
    return [cell.text] if sources == 1 else cells.split_list(cell.text)


def _outlets(text: str, separators: tuple[str, ...]) -> list[str]:
    """Return the names in a cell, each perhaps with its address, or the addresses if it has these instead."""
    if "://" in text:
        separators = tuple(one for one in separators if one not in {"/", "&"})  # which addresses contain
    listed = cells.split_list(text, separators)
    return [piece for one in listed for piece in (cells.addresses(one) if cells.is_address(one) else [one])]


def _distribute(row: BoundRow, sources: list[JsonObject], field: str, pieces: list[str]) -> None:
    """Give each source its piece of a cell."""
    cell = row.first(field)
    if cell is None or not pieces:
        return
    column, key = cell.column or field, field.removeprefix("source.")
    if key == "archived" and len(sources) == 1 < len(pieces):
        row.notes.append(f"{column}: {' '.join(pieces[1:])}")
        pieces = pieces[:1]
    if len(pieces) != len(sources):
        row.notes += [f"{one.column or field}: {one.text}" for one in row.all(field)]
        notice = f"`{column}` does not have as many parts as the row has sources; it is kept in the note"
        row.notices.count(notice, row.number)
        return
    for source, piece in zip(sources, pieces, strict=True):
        value: str | None = None if piece == ABSENT else piece
        if value is not None and key in {"published", "accessed"}:
            value, _ = row.date(field, cell._replace(text=piece)) or (None, False)
        if value is not None:
            if source.get(key, value) != value:  # an outlet came with another address
                row.notes.append(f"source: {source['outlet']} {source[key]}")
            source[key] = value


def _put_aside(row: BoundRow) -> None:
    """Keep the values of a source without an outlet in the note."""
    for field in _DETAILS:
        if cell := row.own(field):
            row.notes.append(f"{cell.column}: {cell.text}")
            notice = f"`{cell.column}` is about a source without an outlet; it is kept in the note"
            row.notices.count(notice, row.number)


MOST_ERRORS = 5
"""How many errors of one row are reported."""

LONGEST_TOTAL = 3
"""Words of a text that names a total beside a date, such as "Subtotal July 2023"; a longer one tells what happened."""

FEWEST_COLUMNS = 4
"""In a table with at least this many columns, a row with a single text can be a note below the table."""


class RecordBuilder:
    """Builds the records of one table. Values that are only kept in notes are reported as notices.

    Args:
        binding: the mapping bound to the columns.
        prefix: the prefix of the ids.
        version: the version of the published data set.
        table: the ``dataset`` of each record.
        notices: receives the notices.

    Attributes:
        has_ids: whether records may have ids.
    """

    def __init__(self, binding: Binding, prefix: str, version: str | None, table: JsonObject, notices: Notices) -> None:
        self._binding = binding
        self._prefix = prefix
        self._version = version
        self._table = table
        self._notices = notices
        self._comments: Mapping[int, Mapping[int, str]] = {}
        columns = [(one.field, one.column) for one in binding.uses]
        dataset, fields = binding.mapping.dataset, {*(field for field, _ in columns), *binding.defaults}
        self._figures = figures.find(binding) if any(field.startswith("figure.") for field in fields) else []
        self._has_sources = dataset is not None or any(field.startswith("source.") for field in fields)
        self.has_ids = bool(binding.keys) or "id" in fields
        self._needs_id = dataset is not None and any(field == "id" for field, _ in columns)
        self._has_figure_columns = any(field.startswith("figure.") for field, _ in columns)
        self._date_columns = [one.at for one in binding.uses if one.field.partition(".")[0] == "date"]
        self._actors = [(f"actor.{role}", role) for role in ROLES if f"actor.{role}" in fields]
        self._note_columns = len({column for field, column in columns if field == "note"})

    def records(self, rows: Rows, extras: Extras) -> Iterator[tuple[int, JsonObject | DataError]]:
        """Yield the number of each row with its record or an error.

        Args:
            rows: the rows of the table.
            extras: what its workbook keeps outside the values of cells.
        """
        self._comments = extras.comments
        if extras.merged:
            from scamcli.exchange.importers.mapped.merged_cells import settle_rows  # here: most tables have none

            rows = settle_rows(rows, self._binding, extras.merged, self._notices)
        for number, row_cells in rows:
            if isinstance(row_cells, DataError):
                yield number, row_cells
            elif not self._is_no_event(number, row_cells):
                yield number, self.record(number, row_cells)
            elif number in self._comments:
                text = "; ".join(self._comments[number].values())
                self._notices.count("a comment on a row that is not an event is left out", number, text)

    def _is_no_event(self, number: int, row_cells: Sequence[str]) -> bool:
        """Return whether the mapping or the row itself shows that a row is not an event, and report such a row."""
        if row_cells[0].startswith("#") and hxl.is_row_of_tags(row_cells):
            self._notices.count("a row of HXL tags is not an event, and is skipped", number)
            return True
        for at, column, patterns in self._binding.skip:
            cell = row_cells[at].strip()
            if cell and any(fnmatchcase(cell.casefold(), pattern.casefold()) for pattern in patterns):
                notice = f"a row with {quote(cell[:40])} in `{column}` is not an event, and is skipped"
                self._notices.count(notice, number)
                return True
        dates = [row_cells[at].strip() for at in self._date_columns]
        if row_cells[0].startswith(header_words.COMMENTS) and not any(map(self._is_date, filter(None, dates))):
            self._notices.count(
                "a row that begins like a comment and has no date is skipped", number, row_cells[0][:80]
            )
            return True
        if self._binding.mapping.skip_undated and not any(dates):
            self._notices.count("a row without a date is not an event, and is skipped", number)
            return True
        dated = list(filter(None, dates))
        first = next(filter(None, map(str.strip, row_cells)), "")
        if self._is_total(row_cells, first, dated):
            self._notices.count("a row that adds up others is not an event, and is skipped", number, first)
            return True
        if self._is_divider(row_cells, first):
            self._notices.count(
                "a row with a single cell that is no day is not an event, and is skipped", number, first
            )
            return True
        return False

    def _is_divider(self, row_cells: Sequence[str], first: str) -> bool:
        """Return whether a row has a single cell, as a note below the table or the year above its rows has."""
        is_short = len(row_cells) < FEWEST_COLUMNS
        if is_short or not self._date_columns or sum(map(bool, map(str.strip, row_cells))) > 1:
            return False
        date = self._date_of(first)
        return any(map(str.isalpha, first)) if date is None else not re.match(r"\d{4}-\d\d-\d\d", date)

    def _is_total(self, row_cells: Sequence[str], first: str, dated: Sequence[str]) -> bool:
        """Return whether a row adds up others, by its first cell and its cells in columns of dates.

        In these, it can have "Sub-total 2023", or "47 incidents" beside "Total". Most dates have a digit first, so no
        list of words is needed for them.
        """
        if not dated:  # which every event has
            return header_words.adds_up(row_cells) or (bool(self._date_columns) and header_words.names_total(first))
        if all(not one[0].isdigit() and header_words.names_total(one) for one in dated):
            return True
        is_word = not first[0].isdigit() and header_words.is_total(first)
        if is_word and not any(map(self._is_date, dated)):
            return True
        texts = [cell for cell in map(str.strip, row_cells) if cell and cell not in dated and not cell[0].isdigit()]
        return len(texts) == 1 and header_words.names_total(texts[0]) and len(texts[0].split()) <= LONGEST_TOTAL

    def _is_date(self, text: str) -> bool:
        return self._date_of(text) is not None

    def _date_of(self, text: str) -> str | None:
        uses = (one.use for one in self._binding.uses if one.at in self._date_columns)
        formats = next((use.formats for use in uses if use.formats), ())
        try:
            return date_cells.date(text, formats)[0]
        except UnreadableError:
            return None

    def record(self, number: int, row_cells: Sequence[str]) -> JsonObject | DataError:
        """Return the record of a row, or an error."""
        row = BoundRow(self._binding, number, row_cells, self._notices)
        record: JsonObject = {"type": "event", "date": _date(row)}
        id_ = self._add_id(row, record)
        _add_words(row, record)
        _add_places(row, record)
        actors = [{"name": cell.text, "role": role} for field, role in self._actors for cell in row.all(field)]
        if actors:
            record["actors"] = [one for at, one in enumerate(actors) if one not in actors[:at]]
        if self._figures:
            figures.add(row, record, self._figures)
        if self._has_sources:
            _add_sources(row, record, self._binding.mapping.dataset, self._version, id_)
        if number in self._comments:
            self._add_comments(row)
        lines = row.labelled("note", is_labelled=self._note_columns > 1 or bool(row.notes))
        if lines or row.notes:
            record["note"] = "\n".join([*lines, *row.notes])
        record["dataset"] = self._table
        if "id" in record and self._has_figure_columns:
            # If a number is deleted in the table, the next import deletes it here.
            record.setdefault("figures", [])
        return DataError(sentence(*row.errors[:MOST_ERRORS]), row.hint) if row.errors else record

    def _add_comments(self, row: BoundRow) -> None:
        """Keep the comments on the cells of a row in its note, except those on columns that are left out."""
        names = {one.at: one.column for one in self._binding.uses}
        for at, text in self._comments[row.number].items():
            if at in names:
                row.notes.append(f"comment on {names[at]}: {text}")
                row.notices.count("a comment on a cell is kept in the note", row.number, text)
            else:
                row.notices.count("a comment on a cell is left out, because its column is left out", row.number)

    def _add_id(self, row: BoundRow, record: JsonObject) -> str | None:
        """Add the id of a row to its record, and return the id that its own cell has."""
        id_ = row.read("id", cells.row_id)
        key = row.key() if id_ is None else id_
        if key is not None:
            record["id"] = cells.event_id(self._prefix, key if id_ else cells.shorten(key))
        elif row.errors:
            return None
        elif self._binding.keys:
            row.errors.append("the columns of --id-from are empty")
        elif self._needs_id:
            row.errors.append("there is no id, which every row of this data set has")
        return id_


def _add_words(row: BoundRow, record: JsonObject) -> None:
    texts = {key: row.text(key) for key in ("title", "summary")}
    texts |= {"kind": row.word("kind", (*EVENT_KINDS, figures.BY_FIGURES)), "status": row.word("status", STATUSES)}
    record |= {key: text for key, text in texts.items() if text is not None}
    if row.errors:
        return
    for key in ("kind", "title"):
        if key not in record:
            row.errors.append(f"there is no {key}, which an event needs")
            row.hint = f"--set {key}=… sets it where no column does."


def _date(row: BoundRow) -> str | None:
    """Return the date of the event, from one column or from its first and last day."""
    start = _start(row)
    end = _day(row, "date.end") or _from_parts(row, "date.end_", begun=start or "")
    precision = row.word("date.precision", date_cells.PRECISIONS)
    if start is None:
        if not row.errors:
            row.errors.append("there is no date, which an event needs")
        return None
    if end is not None and (end != start or "/" in start):
        first, last = dates.parse_date(start), dates.parse_date(end)
        is_reversed = first.start is not None and last.end is not None and last.end < first.start
        if is_reversed or "/" in start or "/" in end:
            parts = filter(None, map(row.first, ("date.end_day", "date.end_month", "date.end_year")))
            cell = row.first("date.end") or next(parts, Cell("", ""))._replace(text=end)
            row.refuse(cell, "the first day or a later one", "date.end")
            return start if start[-1] in "~?%" else f"{start}?"
    if end is None and precision is None:
        return start  # as in most tables
    return date_cells.event_date(start, end, precision)


def _start(row: BoundRow) -> str | None:
    """Return the first day, month or year of an event: from its row, or the default if the row has none."""
    fields = ("date", "date.start")
    own = next((field for field in fields if row.own(field)), "")
    found = _day(row, own) if own else _from_parts(row, "date.")
    if found is None and not row.errors:
        found = next(filter(None, (_day(row, field) for field in fields)), None)
        if found and row.has_column("date"):
            row.notices.count(f"no date is given; the default of the mapping, {found}, takes its place", row.number)
    return found


def _day(row: BoundRow, field: str) -> str | None:
    day, has_time = row.date(field) or (None, False)
    cell = row.first(field)
    if has_time and cell and cell.column:
        row.notices.count(f"`{cell.column}` has a time of day, which records do not keep", row.number, cell.text)
    return day


def _from_parts(row: BoundRow, start: str, begun: str = "") -> str | None:
    """Return a date with its year, month and day in columns of their own. 0 is an unknown month or day.

    Args:
        start: the start of the names of the three fields.
        begun: the date that this is the end of. Its year and month are those of an end that says only the rest.
    """
    year = row.read(f"{start}year", date_cells.year)
    month, day = row.read(f"{start}month", date_cells.month), row.read(f"{start}day", date_cells.day_of_month)
    if year is None and (month or day):
        year = begun[:4] or None
        month = month or int(begun[5:7] or 0) if begun[4:5] == "-" else month
    if day and (year is None or not month):
        _refuse_part(row, f"{start}day", f"a day of a known {'year' if year is None else 'month'}")
    if year is None or not month:
        return year
    text = f"{year}-{month:02}" + (f"-{day:02}" if day else "")
    try:
        dates.parse_date(text)
    except ValueError:
        field = f"{start}day"
        row.refuse(row.first(field) or Cell(text, ""), f"a day of {text[:7]}", field, is_identifying=True)
    return text


def _refuse_part(row: BoundRow, field: str, expected: str) -> None:
    cell = row.first(field)
    if cell is not None:
        row.refuse(cell, expected, field)


def _of_each_people(cell: Cell) -> list[Cell]:
    """Return the parts of a cell that says how many there are of each people, such as "12 Chinese, 3 Thai"."""
    if not re.search(r"\d", cell.text):
        return [cell]
    parts = re.split(r"[,;/\n]|\band\b", cell.text)
    return [cell._replace(text=part.strip()) for part in parts if any(map(str.isalpha, part))]


def _add_places(row: BoundRow, record: JsonObject) -> None:
    lists: dict[str, list[str | None]] = {
        "countries": [row.read_cell(cell, cells.country, "countries") for cell in row.all("countries")]
    }
    of_row = list(dict.fromkeys(filter(None, lists["countries"])))
    lists["provinces"] = [places.province(row, cell, of_row) for cell in row.all("provinces")]
    place = places.read(row, of_row[0] if len(of_row) == 1 else None)
    if place is not None:
        record["places"] = [place]
        lists["countries"].append(cast("str | None", place.get("country")))
    for cell in dict.fromkeys(cell._replace(text="") for cell in row.all("nationalities")):
        row.put_counts_aside(cell)
    lists["nationalities"] = [
        row.read_cell(one, cells.nationality, "nationalities")
        for cell in row.all("nationalities")
        for one in _of_each_people(cell)
    ]
    lists |= {key: [cell.text for cell in row.all(key)] for key in ("tags", "sites", "linked_sites")}
    record |= {key: distinct for key, found in lists.items() if (distinct := list(dict.fromkeys(filter(None, found))))}
