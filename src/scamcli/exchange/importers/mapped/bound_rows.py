"""Bind a mapping to the header of a table, and look up what each of its rows says, field by field."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from scamcli.errors import DataError, WrongUsageError
from scamcli.exchange.importers.mapped.cells import UnreadableError, strip_fraction
from scamcli.exchange.importers.rows import CELL_ERRORS, DecimalText, quoted_list
from scamcli.language import names

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Mapping as Dict

    from scamcli.exchange.importers.mapped.mapping import Field, Mapping, Use

Value = TypeVar("Value")

MOST_ERRORS = 5
"""How many errors of one row are reported."""

DAY_FIRST = "day, month and year in an order that is known"

_IDENTIFYING = frozenset({"date", "date.start", "date.end", "id"})
"""Fields without which an event would be another, or of another time. If one cannot be read, the row is refused."""

_PLACEHOLDER = r"\{([^{}]+)\}"
_SEPARATOR = r"\s*[;\n]\s*"


class BoundUse(NamedTuple):
    """A use of a column, with the position of the column in a row and the cells that mean nothing."""

    at: int
    column: str
    use: Use
    missing: frozenset[str]


class Template(NamedTuple):
    """A default of a field: texts, and positions of cells between them."""

    pieces: tuple[str | int, ...]

    def fill(self, cells: Sequence[str], missing: frozenset[str]) -> str | None:
        """Return the text for a row, or ``None`` if one of its cells says nothing."""
        filled = ""
        for piece in self.pieces:
            text = piece if isinstance(piece, str) else cells[piece].strip()
            if isinstance(piece, int) and (not text or text in missing or text in CELL_ERRORS):
                return None
            filled += text
        return filled


class Binding(NamedTuple):
    """A mapping bound to one table.

    Attributes:
        mapping: the mapping.
        uses: the uses of columns in the order of the mapping, so that moving a column changes no record.
        defaults: the templates to try for each field.
        unmapped: the columns that the mapping does not mention.
    """

    mapping: Mapping
    uses: tuple[BoundUse, ...]
    defaults: Dict[Field, tuple[Template, ...]]
    unmapped: tuple[str, ...]


class _Columns:
    """The positions of columns by name. Case is ignored where that leaves one column."""

    def __init__(self, header: Sequence[str]) -> None:
        self._exact = {name: at for at, name in enumerate(header)}
        self._folded: dict[str, int | None] = {}
        for at, name in enumerate(header):
            self._folded[name.casefold()] = None if name.casefold() in self._folded else at

    def find(self, name: str) -> int | None:
        at = self._exact.get(name)
        return self._folded.get(name.casefold()) if at is None else at


def has_columns(header: Sequence[str], needed: Sequence[str]) -> bool:
    """Return whether a table has these columns."""
    columns = _Columns(header)
    return all(columns.find(name) is not None for name in needed)


def bind(mapping: Mapping, header: Sequence[str], table: str) -> Binding:
    """Bind a mapping to a header.

    Args:
        mapping: the mapping.
        header: the names of the columns.
        table: the name of the table, for messages.

    Raises:
        DataError: the table lacks a column.
        WrongUsageError: no column is the date, the kind or the title, or two columns are one field.
    """
    columns = _Columns(header)
    for name in mapping.needed_columns:
        if columns.find(name) is None:
            raise _no_column(name, header, table)
    bound = [
        BoundUse(at, name, use, _missing(mapping, use))
        for name, uses in mapping.columns.items()
        if (at := columns.find(name)) is not None
        for use in uses
    ]
    _require_single_columns(bound, table)
    _require_needed_fields({*(str(one.use.field) for one in bound), *map(str, mapping.defaults)}, table)
    defaults = {
        field: tuple(_template(text, columns, header, table) for text in texts)
        for field, texts in mapping.defaults.items()
    }
    known = {columns.find(name) for name in mapping.columns}
    known |= {piece for texts in defaults.values() for text in texts for piece in text.pieces if isinstance(piece, int)}
    unmapped = tuple(name for at, name in enumerate(header) if at not in known)
    return Binding(mapping, tuple(bound), defaults, unmapped)


def _no_column(name: str, header: Sequence[str], table: str) -> DataError:
    similar = names.suggest(name, header)
    hint = f"did you mean {', '.join(map(repr, similar))}?" if similar else f"it has {quoted_list(header)}"
    return DataError(f"{table} has no column {name[:80]!r}", hint)


def _missing(mapping: Mapping, use: Use) -> frozenset[str]:
    is_country = str(use.field) in {"countries", "place.country"}  # where "NA" is Namibia
    return frozenset(word for word in mapping.missing if not (is_country and word == "NA")) | frozenset(use.missing)


def _require_single_columns(bound: Sequence[BoundUse], table: str) -> None:
    columns: dict[Field, str] = {}
    for one in bound:
        field = one.use.field
        if field.is_list or field.is_joined:
            continue
        other = columns.setdefault(field, one.column)
        if other != one.column:
            raise WrongUsageError(
                f"{table}: the columns {other!r} and {one.column!r} are both {field}, but an event has only one",
                f"--map '{one.column}=' leaves that column out",
            )


def _require_needed_fields(fields: set[str], table: str) -> None:
    """Check once that every event can have what it needs, before a million rows are reported to lack it."""
    if not fields & {"date", "date.start"}:
        raise WrongUsageError(f"no column of {table} is the date", "name one with --map COLUMN=date")
    for key, example in (("kind", "kind=report"), ("title", "title=Raid in {Town}")):
        if key not in fields:
            hint = f"name one with --map COLUMN={key}, or give every row the same with --set '{example}'"
            raise WrongUsageError(f"no column of {table} is the {key}", hint)


def _template(text: str, columns: _Columns, header: Sequence[str], table: str) -> Template:
    pieces = list[str | int]()
    for number, piece in enumerate(re.split(_PLACEHOLDER, text)):
        if number % 2 == 0:
            pieces += [piece] if piece else []
            continue
        at = columns.find(" ".join(piece.split()))
        if at is None:
            raise _no_column(piece, header, table)
        pieces.append(at)
    return Template(tuple(pieces))


class Notices:
    """Notices about a table, collected while its rows are read and reported once all are.

    Args:
        table: its name, put before each notice.
    """

    def __init__(self, table: str) -> None:
        self.table = table
        self._rows: dict[str, tuple[int, str]] = {}
        self._last_row: dict[str, int] = {}

    def add(self, notice: str) -> None:
        """Add a notice about the whole table."""
        self._rows.setdefault(notice, (0, ""))

    def count(self, notice: str, row: int, value: str = "") -> None:
        """Count a row about which a notice is true, and keep the first as an example.

        Args:
            notice: what is true of the row. It is counted once a row.
            row: the number of the row.
            value: the cell that it is about.
        """
        if self._last_row.get(notice) == row:
            return
        self._last_row[notice] = row
        times, first = self._rows.get(notice, (0, ""))
        self._rows[notice] = (times + 1, first or f"row {row}" + (f": {value[:60]!r}" if value else ""))

    def lines(self) -> list[str]:
        """Return the notices in the order in which they first came up."""
        return [
            f"{self.table}: {notice}"
            + (f" ({times:,} row{'s' if times > 1 else ''}, the first {first})" if times else "")
            for notice, (times, first) in self._rows.items()
        ]


class Cell(NamedTuple):
    """A cell that says something: its text (the meaning of a code), its column (empty for a default), its formats."""

    text: str
    column: str
    formats: tuple[str, ...] = ()


class BoundRow:
    """One row, and what it says field by field.

    Args:
        binding: what its cells mean.
        number: its number, for messages.
        cells: as many as the header has.
        notices: collects what is put aside.

    Attributes:
        notes: lines for the event's note, in addition to columns that are notes.
        errors: what cannot be read.
        hint: what to do about it.
    """

    def __init__(self, binding: Binding, number: int, cells: Sequence[str], notices: Notices) -> None:
        self.number = number
        self.notices = notices
        self.notes = list[str]()
        self.errors = list[str]()
        self.hint = ""
        self._binding = binding
        self._day_first_options = list[str]()
        self._cells = cells
        self._by_field: dict[Field, list[Cell]] = {}
        for one in binding.uses:
            text = cells[one.at]
            text = text if isinstance(text, DecimalText) else text.strip()
            if text and text not in one.missing and strip_fraction(text) not in one.missing:
                self._take(one.use, text, one.column)

    def _take(self, use: Use, text: str, column: str) -> None:
        field = use.field
        if field.key == "source" and use.values:  # a cell names several sources, any of which may be a code
            text = "; ".join(filter(None, (use.values.get(piece, piece) for piece in split_list(text))))
        for piece in split_list(text) if field.is_list else (text,) if text else ():
            if piece in CELL_ERRORS:
                self.refuse(Cell(piece, column), CELL_ERRORS[piece])
                continue
            meaning: str | None = piece
            if use.values or not use.keep:
                code = piece if piece in use.values else strip_fraction(piece)
                meaning = use.values.get(code, piece if use.keep else use.otherwise)
            if meaning is not None:
                self._by_field.setdefault(field, []).append(Cell(meaning, column, use.formats))

    def all(self, field: Field) -> list[Cell]:
        """Return what the row says of a field, or the mapping's default for it."""
        found = self._by_field.get(field)
        if found is None:
            found = [Cell(text, "") for text in self._default(field)]
            if field.is_list:
                found = [Cell(piece, "") for cell in found for piece in split_list(cell.text)]
        return found

    def _default(self, field: Field) -> list[str]:
        for template in self._binding.defaults.get(field, ()):
            text = template.fill(self._cells, frozenset(self._binding.mapping.missing))
            if text is not None:
                return [text]
        return []

    def says(self, field: Field) -> bool:
        """Return whether the row itself says something of a field."""
        return field in self._by_field

    def first(self, field: Field) -> Cell | None:
        """Return the first cell of a field."""
        found = self.all(field)
        return found[0] if found else None

    def text(self, field: Field) -> str | None:
        """Return the text of the first cell of a field."""
        found = self.first(field)
        return found.text if found else None

    def read(self, field: Field, reader: Callable[[Cell], Value]) -> Value | None:
        """Return what `reader` makes of a field, or ``None`` if it says nothing or cannot be read."""
        cell = self.first(field)
        return None if cell is None else self.read_cell(cell, reader, field)

    def read_cell(self, cell: Cell, reader: Callable[[Cell], Value], field: Field) -> Value | None:
        """Return what `reader` makes of a cell, or ``None`` if it cannot be read."""
        try:
            return reader(cell)
        except UnreadableError as error:
            self.refuse(cell, str(error), field, is_identifying=str(field) in _IDENTIFYING)
            return None

    def word(self, field: Field, words: Sequence[str]) -> str | None:
        """Return a field that has to be one of a closed list of words."""
        return self.read(field, lambda cell: _word(cell.text, words))

    def refuse(self, cell: Cell, expected: str, field: Field | None = None, *, is_identifying: bool = False) -> None:
        """Note that a cell cannot be read. With a lenient mapping it goes into the event's note instead."""
        if self._binding.mapping.lenient and field is not None and not is_identifying:
            self.notes.append(f"{cell.column}: {cell.text}")
            self.notices.count(f"`{cell.column}` is not {expected}; it is kept in the note", self.number, cell.text)
            return
        where = f"column {cell.column!r}" if cell.column else f"the default of `{field}`"
        self.errors.append(f"{where}: {cell.text[:80]!r}; expected {expected}")
        if expected == DAY_FIRST:
            self._day_first_options.append(f"--map {shlex.quote(f'{cell.column}={field}:%d/%m/%Y')}")
            options = " ".join(self._day_first_options)
            self.hint = f"use {options} if the day comes first, or %m/%d/%Y if the month does"

    def error(self) -> DataError | None:
        """Return what is wrong with the row, if anything is."""
        return DataError("; ".join(self.errors[:MOST_ERRORS]), self.hint) if self.errors else None


def split_list(text: str) -> list[str]:
    """Return the values in one cell, which are separated by ``;`` or by line breaks."""
    if ";" not in text and "\n" not in text:
        return [text]
    return [piece for piece in re.split(_SEPARATOR, text.strip()) if piece]


def _word(text: str, words: Sequence[str]) -> str:
    word = text.strip().casefold()
    if word not in words:
        similar = names.suggest(text, words) or words
        raise UnreadableError(f"{', '.join(similar)}; `values` in a mapping file can say what a code means")
    return word
