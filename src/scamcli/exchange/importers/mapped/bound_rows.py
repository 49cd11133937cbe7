"""Bind a mapping to the header of a table, and look up the values of each row field by field."""

from __future__ import annotations

import re
import shlex
from contextlib import suppress
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from scamcli.errors import DataError, WrongUsageError, quote, sentence
from scamcli.exchange.importers import ABSENT, CELL_ERRORS, DecimalText, quoted_list
from scamcli.exchange.importers.mapped import date_cells
from scamcli.exchange.importers.mapped.cells import (
    NamesNothingError,
    UnreadableError,
    closed_word,
    province,
    split_list,
    strip_fraction,
)
from scamcli.exchange.importers.mapped.html_text import html_text
from scamcli.exchange.importers.mapped.mapping import PARTS, Columns
from scamcli.language import dates, names
from scamcli.records.limits import LONGEST_NAME
from scamcli.records.row_names import RowNames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from collections.abc import Mapping as Dict

    from scamcli.exchange.importers.mapped.mapping import Mapping, Use

Value = TypeVar("Value")

_IDENTIFYING = frozenset({"id", "date", *(f"date.{part}" for part in PARTS["date"] if part != "precision")})
"""Fields that identify or date an event. If one of them cannot be read, the row is refused."""

_DESCRIBING = frozenset({
    "place.name", "place.lat", "place.lon", "place.point",
    "source.url", "source.archived", "source.published", "source.accessed", "nationalities",
})  # fmt: skip
"""Fields without which a row says as much as before. A province that cannot be read would be missing from its total."""

ROW = "row"
"""The word that takes the number of a row for its id."""

DATES = frozenset({"date", "date.start", "date.end"})
"""Fields whose format can be given."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOST_SUGGESTED = 200
"""How many unknown provinces of a table get suggestions."""

MOST_QUOTED = 160
"""How many characters of a cell a notice has: a note below a table may say what its numbers include."""

MOST_PIECES = 200
"""How many columns, and texts between them, a default may have."""

_PLACEHOLDER = r"\{([^{}]+)\}"


class Cell(NamedTuple):
    """A non-empty cell: its text (the meaning of a code), its column (empty for a default), formats and separators."""

    text: str
    column: str
    formats: tuple[str, ...] = ()
    separators: tuple[str, ...] = ()


class BoundUse:
    """A use of a column, with its field as text, the position of the column, and the cells that count as empty.

    Its cells also count as empty in rows where a column in ``unless`` has one of the cells given for that column.
    """

    def __init__(
        self, at: int, column: str, use: Use, missing: frozenset[str], unless: tuple[tuple[int, frozenset[str]], ...]
    ) -> None:
        self.at, self.column, self.use, self._missing, self.unless = at, column, use, missing, unless
        self.field, self.is_list = str(use.field), use.field.is_list
        self.read_again = lru_cache(512)(self.read)  # because most columns repeat their values

    def read(self, text: str) -> tuple[tuple[Cell, ...], tuple[Cell, ...], tuple[str, ...]]:
        """Return the values that a text of the column gives to the field, cells with errors, and notices."""
        text = text if isinstance(text, DecimalText) else text.strip()
        if not text or text in self._missing or strip_fraction(text) in self._missing:
            return (), (), ()
        use, found, errors, notices = self.use, list[Cell](), list[Cell](), list[str]()
        text = html_text(text) if use.html else text
        if use.field.key == "source" and use.values:  # a cell may list several sources, as names or codes
            text = "; ".join(filter(None, (use.values.get(piece, piece) for piece in split_list(text))))
        for piece in split_list(text, use.separators) if self.is_list else (text,) if text else ():
            if piece in CELL_ERRORS:
                errors.append(Cell(piece, self.column))
            elif piece != ABSENT or not self.is_list:
                meaning = use.meaning(piece) if use.values or use.patterns or not use.keep else piece
                notices += [use.notices[meaning or ""]] if meaning in use.notices else []
                found += [] if meaning is None else [Cell(meaning, self.column, use.formats, use.separators)]
        return tuple(found), tuple(errors), tuple(notices)


class Template(NamedTuple):
    """A default of a field: texts with positions of cells between them, and the cells that count as empty."""

    pieces: tuple[str | int, ...]
    is_list: bool
    missing: frozenset[str]

    def fill(self, cells: Sequence[str]) -> list[Cell]:
        """Return the default for a row, or nothing if one of its cells is empty."""
        filled, before = "", ""
        for piece in self.pieces:
            text = piece if isinstance(piece, str) else cells[piece].strip()
            if isinstance(piece, int) and (not text or text in self.missing or text in CELL_ERRORS):
                return []
            if isinstance(piece, int) and filled.endswith(", ") and text.casefold() == before:
                filled = filled.removesuffix(", ")  # "Koh Kong, Koh Kong"
                continue
            before = text.casefold() if isinstance(piece, int) else before
            filled += text
        return [Cell(text, "") for text in (split_list(filled) if self.is_list else [filled])]


class Binding(NamedTuple):
    """A mapping bound to one table.

    Attributes:
        uses: the uses of columns in the order of the mapping, so that moving a column does not change any record.
        defaults: the templates to try for each field, by its text.
        unmapped: the columns that the mapping does not mention.
        keys: the positions of the columns that give rows without an id one; ``None`` stands for the row's number.
        skip: the positions and names of columns with the patterns of cells whose rows are not events.
    """

    mapping: Mapping
    uses: tuple[BoundUse, ...]
    defaults: Dict[str, tuple[Template, ...]]
    unmapped: tuple[str, ...]
    keys: tuple[int | None, ...] = ()
    skip: tuple[tuple[int, str, tuple[str, ...]], ...] = ()


def bind(mapping: Mapping, header: Sequence[str], table: str) -> Binding:
    """Bind a mapping to a header.

    Raises:
        DataError: the table lacks a column.
        WrongUsageError: no column is the date, the kind or the title, or two columns are the same field.
    """
    columns = Columns(header)
    for name in mapping.needed_columns:
        if not columns.find_all(name):
            raise no_column(name, header, table)
    bound = list(_bound_uses(mapping, columns, header))
    defaults = {
        str(field): tuple(
            Template(_pieces(text, columns, header, table), field.is_list, frozenset(mapping.missing))
            for text in texts
            if not _lacks_column(text, mapping, columns)
        )
        for field, texts in mapping.defaults.items()
    }
    _require_single_columns(bound, table)
    _require_needed_fields({*(one.field for one in bound), *defaults}, table)
    known: set[int | None] = {at for name in mapping.columns for at in columns.find_all(name)}
    known |= {piece for texts in defaults.values() for text in texts for piece in text.pieces if isinstance(piece, int)}
    keys = tuple(_key(name, columns, header, table) for name in mapping.id_from)
    known |= set(keys)
    unmapped = tuple(name for at, name in enumerate(header) if at not in known)
    skip = tuple((at, name, cells) for name, cells in mapping.skip.items() if (at := columns.find(name)) is not None)
    return Binding(mapping, tuple(bound), defaults, unmapped, keys, skip)


def _bound_uses(mapping: Mapping, columns: Columns, header: Sequence[str]) -> Iterator[BoundUse]:
    """Yield each use of a column with its position. A name with a wildcard can stand for several columns."""
    named = {at for name in mapping.columns if (at := columns.find(name)) is not None}
    for name, uses in mapping.columns.items():
        own = columns.find(name)
        for at in columns.find_all(name):
            if own == at or at not in named:  # its own name says more than a wildcard
                shown = name if own == at else header[at]
                for use in uses:
                    yield BoundUse(at, shown, _separated(use, mapping), _missing(mapping, use), _unless(use, columns))


def _separated(use: Use, mapping: Mapping) -> Use:
    """Return the use of a column with the separators of the mapping, unless it has its own or no list."""
    return use if use.separators or not use.field.is_divisible else use._replace(separators=mapping.separators)


def _unless(use: Use, columns: Columns) -> tuple[tuple[int, frozenset[str]], ...]:
    found = ((columns.find(name), frozenset(cells)) for name, cells in use.unless.items())
    return tuple((at, cells) for at, cells in found if at is not None)


def _key(name: str, columns: Columns, header: Sequence[str], table: str) -> int | None:
    """Return the position of a column that identifies rows; ``None`` for ``row``, unless a column has that name."""
    at = columns.find(" ".join(name.split()))
    if at is None and name != ROW:
        raise no_column(name, header, table)
    return at


def no_column(name: str, header: Sequence[str], table: str) -> DataError:
    """Return the error for a table that lacks a column."""
    similar = names.suggest(name, header)
    hint = names.did_you_mean(similar, f"It has {quoted_list(header)}.")
    return DataError(f"{table} has no column {quote(name[:80])}.", hint)


def _missing(mapping: Mapping, use: Use) -> frozenset[str]:
    is_country = str(use.field) in {"countries", "place.country"}  # in which "NA" is Namibia
    return (frozenset(mapping.missing) - ({"NA"} if is_country else set())) | frozenset(use.missing)


def _require_single_columns(bound: Sequence[BoundUse], table: str) -> None:
    columns: dict[str, str] = {}
    for one in bound:
        if one.use.field.may_repeat:
            continue
        other = columns.setdefault(one.field, one.column)
        if other != one.column:
            raise WrongUsageError(
                f"{table}: The columns {quote(other)} and {quote(one.column)} are both {one.field}.",
                f"An event has only one. --map '{one.column}=' leaves that column out.",
            )


def _require_needed_fields(fields: set[str], table: str) -> None:
    """Check once that events can have all required fields, so that this is not reported for a million rows."""
    if not fields & {"date", "date.start", "date.year"}:
        raise WrongUsageError(f"No column of {table} is the date.", "Name one with --map COLUMN=date.")
    for key, example in (("kind", "kind=report"), ("title", "title=Raid in {Town}")):
        if key not in fields:
            hint = f"Name one with --map COLUMN={key}, or give every row the same with --set '{example}'."
            raise WrongUsageError(f"No column of {table} is the {key}.", hint)


def _lacks_column(text: str, mapping: Mapping, columns: Columns) -> bool:
    """Return whether a default contains a column that the mapping mentions but this table lacks."""
    names = (" ".join(name.split()) for name in re.findall(_PLACEHOLDER, text))
    return any(name in mapping.columns and columns.find(name) is None for name in names)


def _pieces(text: str, columns: Columns, header: Sequence[str], table: str) -> tuple[str | int, ...]:
    pieces = list[str | int]()
    for number, piece in enumerate(re.split(_PLACEHOLDER, text)):
        if number % 2 == 0:
            pieces += [piece] if piece else []
            continue
        at = columns.find(" ".join(piece.split()))
        if at is None:
            raise no_column(piece, header, table)
        pieces.append(at)
    if len(pieces) > MOST_PIECES:
        raise WrongUsageError(f"A default has more than {MOST_PIECES} pieces.", "Name fewer columns in it.")
    return tuple(pieces)


class Notices:
    """Notices about a table, which begin with its name and are collected while its rows are read.

    Attributes:
        without_province: how many cells named no known province.
    """

    def __init__(self, table: str) -> None:
        self.table = table
        self.without_province = 0
        self._word = (table.word if isinstance(table, RowNames) else "") or "row"
        self._rows: dict[str, tuple[int, str]] = {}
        self._last_row: dict[str, int] = {}

    def add(self, notice: str) -> None:
        """Add a notice about the whole table."""
        self._rows.setdefault(notice, (0, ""))

    def count(self, notice: str, row: int, value: str = "") -> None:
        """Count a row that a notice applies to, and keep the first one as an example."""
        if self._last_row.get(notice) == row:
            return
        self._last_row[notice] = row
        times, first = self._rows.get(notice, (0, ""))
        self._rows[notice] = (
            times + 1,
            first or f"{self._word} {row}" + (f": {quote(value[:MOST_QUOTED])}" if value else ""),
        )

    def lines(self) -> list[str]:
        """Return the notices in the order in which they first occurred."""
        return [
            f"{self.table}: {sentence(notice + (f' ({self._times(times)}, the first {first})' if times else ''))}"
            for notice, (times, first) in self._rows.items()
        ]

    def _times(self, times: int) -> str:
        return f"{times:,} {self._word}{'s' if times > 1 else ''}"


class BoundRow:
    """A row with as many cells as the header, and its values field by field."""

    def __init__(self, binding: Binding, number: int, cells: Sequence[str], notices: Notices) -> None:
        self.number = number
        self.notices = notices
        self.notes = list[str]()  # lines for the event's note, in addition to columns that are notes
        self.errors = list[str]()  # descriptions of cells that cannot be read
        self.hint = ""  # what to do about them
        self.binding = binding
        self._columns_aside = set[str]()
        self._day_first_options = list[str]()
        self._cells = cells
        self._by_field: dict[str, tuple[Cell, ...]] = {}
        for one in binding.uses:
            if (text := cells[one.at]) and not (one.unless and self._excludes(one)):
                self._take(one, text)

    def _excludes(self, one: BoundUse) -> bool:
        return any(self._cells[at].strip() in cells for at, cells in one.unless)

    def _take(self, one: BoundUse, text: str) -> None:
        # A number of a workbook and a text are equal if they look alike, but they are not read alike.
        found, errors, notices = one.read_again(text) if type(text) is str else one.read(text)
        if found:
            self._by_field[one.field] = self._by_field.get(one.field, ()) + found
        for cell in errors:
            self.refuse(cell, CELL_ERRORS[cell.text])
        for notice in notices:
            self.notices.count(notice, self.number)

    def all(self, field: str) -> Sequence[Cell]:
        """Return the cells of a field in the row, or the mapping's default for it."""
        if field in self._by_field:
            return self._by_field[field]
        templates = self.binding.defaults.get(field)
        if templates is None:
            return ()
        return next(filter(None, (template.fill(self._cells) for template in templates)), ())

    def key(self) -> str | None:
        """Return what identifies the row among the others of its file, if the mapping says so and a cell has it."""
        keys = self.binding.keys
        values = [str(self.number) if at is None else self._cells[at].strip() for at in keys]
        if not any(values):
            return None
        return f"{ROW}-{self.number}" if keys == (None,) else "-".join(filter(None, values))

    def own(self, field: str) -> Cell | None:
        """Return the first cell of a field in the row itself, ignoring the mapping's default."""
        return next(iter(self._by_field.get(field, ())), None)

    def has_column(self, key: str) -> bool:
        """Return whether any column is the field with this key, or a part of that field."""
        return any(one.use.field.key == key for one in self.binding.uses)

    def put_aside(self, cell: Cell, notice: str) -> None:
        """Keep a cell in the event's note, and add a notice that says why."""
        self.notes.append(f"{cell.column}: {cell.text}")
        self._columns_aside.add(cell.column)
        self.notices.count(notice, self.number, cell.text)

    def has_all(self, field: str) -> bool:
        """Return whether every part of a list could be read, so that those which could are all that the row names."""
        return self._columns_aside.isdisjoint(cell.column for cell in self.all(field))

    def put_counts_aside(self, cell: Cell) -> bool:
        """Keep nationalities with numbers, such as "Chinese (12)", in the note, and return whether there are any."""
        at = next((one.at for one in self.binding.uses if one.column == cell.column), None)
        whole = cell if at is None else cell._replace(text=self._cells[at].strip())
        if not re.search(r"\d", whole.text):
            return False
        if f"{whole.column}: {whole.text}" not in self.notes:
            self.put_aside(whole, f"`{whole.column}` says how many of each; it is kept in the note")
        return True

    def put_half_aside(self, *fields: str) -> None:
        """Keep the cells of fields in the note that mean nothing without each other, if one of them cannot be read."""
        noted = {note.partition(": ")[0] for note in self.notes}
        for cell in filter(None, map(self.first, fields)):
            if cell.column not in noted:
                self.put_aside(cell, f"`{cell.column}` has no other half that can be read; it is kept in the note")

    def first(self, field: str) -> Cell | None:
        """Return the first cell of a field."""
        if field in self._by_field:
            return self._by_field[field][0]
        if field not in self.binding.defaults:
            return None  # as for most fields; a row of a data set is asked for dozens
        return next(iter(self.all(field)), None)

    def text(self, field: str) -> str | None:
        """Return the text of the first cell of a field."""
        found = self.first(field)
        return found.text if found else None

    def name(self, field: str) -> str | None:
        """Return the name in a field. If it is too long, it may go into the note."""
        cell = self.first(field)
        if cell and len(cell.text) > LONGEST_NAME and self._may_put_aside(field):
            self.put_aside(cell, f"`{cell.column}` is longer than {LONGEST_NAME} characters; it is kept in the note")
            return None
        return cell.text if cell else None

    def _may_put_aside(self, field: str) -> bool:
        """Return whether a cell of a field that cannot be read goes into the note, so that its row is not lost."""
        is_describing = field in _DESCRIBING or field.endswith(".nationality")
        return is_describing or (bool(field) and self.binding.mapping.lenient)

    def labelled(self, field: str, *, is_labelled: bool) -> list[str]:
        """Return the texts of all cells of a field, each after the name of its column if ``is_labelled``."""
        return [f"{one.column}: {one.text}" if is_labelled and one.column else one.text for one in self.all(field)]

    def read(self, field: str, reader: Callable[[str], Value]) -> Value | None:
        """Return a field parsed by `reader`, or ``None`` if it is empty or cannot be read."""
        cell = self.first(field)
        return None if cell is None else self.read_cell(cell, reader, field)

    def read_cell(self, cell: Cell, reader: Callable[[str], Value], field: str) -> Value | None:
        """Return a cell parsed by `reader`, or ``None`` if it cannot be read."""
        try:
            return reader(cell.text)
        except NamesNothingError as error:
            self.put_aside(cell, f"`{cell.column}` {error}; it is kept in the note")
            return None
        except UnreadableError as error:
            self.refuse(cell, str(error), field, is_identifying=field in _IDENTIFYING)
            return None

    def province(self, cell: Cell, field: str) -> str | None:
        """Return the province in a cell. Only the first unknown ones of a table get suggestions in their errors."""
        suggests = self.notices.without_province < MOST_SUGGESTED
        found = self.read_cell(cell, partial(province, suggests=suggests), field)
        self.notices.without_province += found is None
        return found

    def date(self, field: str, cell: Cell | None = None) -> tuple[str, bool] | None:
        """Return the date in a field, or in one of its cells, and whether a time of day was dropped."""
        cell = cell or self.first(field)
        return None if cell is None else self.read_cell(cell, partial(_date, formats=cell.formats), field)

    def word(self, field: str, words: Sequence[str]) -> str | None:
        """Return a field whose value must be in a closed list of words."""
        return self.read(field, partial(closed_word, words=words))

    def refuse(self, cell: Cell, expected: str, field: str = "", *, is_identifying: bool = False) -> None:
        """Record that a cell cannot be read, or keep it in the event's note if the row says as much without it.

        With a lenient mapping, any field can be kept there.
        """
        if self._may_put_aside(field) and not is_identifying:
            self.put_aside(cell, f"`{cell.column}` is not {expected.partition('; ')[0]}; it is kept in the note")
            return
        where = f"column {quote(cell.column)}" if cell.column else f"the default of `{field}`"
        self.errors.append(f"{where}: {quote(cell.text[:80])}; expected {expected}")
        if expected == date_cells.DAY_FIRST:
            self._day_first_options.append(f"--map {shlex.quote(f'{cell.column}={field}:%d/%m/%Y')}")
            options = " ".join(self._day_first_options)
            self.hint = f"Use {options} if the day comes first, or %m/%d/%Y if the month does."
        elif field in DATES and cell.column and not cell.formats and not self.hint:
            option = shlex.quote(f"{cell.column}={field}:%d %b %Y")
            self.hint = (
                "Correct it, leave the row out with --skip-invalid, or say how all dates are written:"
                f" --map {option} is for 28 Dec 2022."
            )


def _date(text: str, formats: tuple[str, ...]) -> tuple[str, bool]:
    if not formats and _DAY.fullmatch(text):  # as in most tables, and the other forms take longer
        with suppress(ValueError):
            dates.parse_date(text)
            return text, False
    return date_cells.date(text, formats)
