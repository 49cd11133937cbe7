"""What one row says, field by field, and what of it cannot be read."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from scamcli.errors import DataError
from scamcli.exchange.importers.mapped.cells import UnreadableError, whole
from scamcli.exchange.importers.rows import ERRORS, Typed
from scamcli.language import names

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scamcli.exchange.importers.mapped.bind_columns import Plan
    from scamcli.exchange.importers.mapped.fields import Field
    from scamcli.exchange.importers.mapped.mapping import Use
    from scamcli.exchange.importers.mapped.warnings import Told

Value = TypeVar("Value")

MOST = 5
"""How many things are told that are wrong with one row."""

DAY_FIRST = "day, month and year in an order that is known"

_NEEDED = frozenset({"date", "date.start", "date.end", "id"})
"""Fields without which an event is another, or of another time: a row is refused of which one cannot be read."""

_SEPARATOR = r"\s*[;\n]\s*"


class Cell(NamedTuple):
    """A cell that says something: its text, which may be a word for its code, and what it is."""

    text: str
    column: str
    formats: tuple[str, ...] = ()


class Row:
    """One row.

    Args:
        plan: what its cells mean.
        number: for messages.
        cells: as many as the header has.
        told: is told what is put aside.

    Attributes:
        notes: what the event's note gets beside its own columns, a line each.
        wrong: what cannot be read.
        hint: what to do about it.
    """

    def __init__(self, plan: Plan, number: int, cells: Sequence[str], told: Told) -> None:
        self.plan = plan
        self.number = number
        self.told = told
        self.notes = list[str]()
        self.wrong = list[str]()
        self.hint = ""
        self._unordered = list[str]()
        self._cells = cells
        self._said: dict[Field, list[Cell]] = {}
        for one in plan.uses:
            text = cells[one.at]
            text = text if isinstance(text, Typed) else text.strip()
            if text and text not in one.missing and whole(text) not in one.missing:
                self._take(one.use, text, one.column)

    def _take(self, use: Use, text: str, column: str) -> None:
        field = use.field
        if field.key == "source" and use.values:  # a cell names several, of which one can be a code
            text = "; ".join(filter(None, (use.values.get(piece, piece) for piece in several(text))))
        for piece in several(text) if field.is_list else (text,) if text else ():
            if piece in ERRORS:
                self.cannot(Cell(piece, column), ERRORS[piece])
                continue
            word: str | None = piece
            if use.values or not use.keep:
                code = piece if piece in use.values else whole(piece)
                word = use.values.get(code, piece if use.keep else use.otherwise)
            if word is not None:
                self._said.setdefault(field, []).append(Cell(word, column, use.formats))

    def all(self, field: Field) -> list[Cell]:
        """What is said of a field, by the row, or else by the mapping."""
        found = self._said.get(field)
        if found is None:
            found = [Cell(text, "") for text in self._default(field)]
            if field.is_list:
                found = [Cell(piece, "") for cell in found for piece in several(cell.text)]
        return found

    def _default(self, field: Field) -> list[str]:
        for template in self.plan.defaults.get(field, ()):
            text = template.filled(self._cells, frozenset(self.plan.mapping.missing))
            if text is not None:
                return [text]
        return []

    def says(self, field: Field) -> bool:
        """Whether the row itself says it."""
        return field in self._said

    def one(self, field: Field) -> Cell | None:
        """What is said of a field that there is once."""
        found = self.all(field)
        return found[0] if found else None

    def text(self, field: Field) -> str | None:
        """The text of it."""
        found = self.one(field)
        return found.text if found else None

    def read(self, field: Field, reader: Callable[[Cell], Value]) -> Value | None:
        """What a field says, as a reader reads it; ``None`` where it says nothing, or nothing that can be read."""
        cell = self.one(field)
        return None if cell is None else self.tried(cell, reader, field)

    def tried(self, cell: Cell, reader: Callable[[Cell], Value], field: Field) -> Value | None:
        """What a cell says, as a reader reads it; ``None`` where that is unreadable."""
        try:
            return reader(cell)
        except UnreadableError as error:
            self.cannot(cell, str(error), field, is_needed=str(field) in _NEEDED)
            return None

    def word(self, field: Field, words: Sequence[str]) -> str | None:
        """One of a closed list of words."""
        return self.read(field, lambda cell: _word(cell.text, words))

    def cannot(self, cell: Cell, expected: str, field: Field | None = None, *, is_needed: bool = False) -> None:
        """Say that a cell cannot be read as what its column is; where the mapping says so, put it into the note."""
        if self.plan.mapping.lenient and field is not None and not is_needed:
            self.notes.append(f"{cell.column}: {cell.text}")
            self.told.count(f"`{cell.column}` is not {expected}, and stands in the note", self.number, cell.text)
            return
        where = f"column {cell.column!r}" if cell.column else f"what is said of `{field}`"
        self.wrong.append(f"{where}: {cell.text[:80]!r}; expected {expected}")
        if expected == DAY_FIRST:
            self._unordered.append(f"--map {shlex.quote(f'{cell.column}={field}:%d/%m/%Y')}")
            self.hint = f"{' '.join(self._unordered)} where the day stands first, %m/%d/%Y where the month does"

    def error(self) -> DataError | None:
        """What is wrong with the row, if anything is."""
        return DataError("; ".join(self.wrong[:MOST]), self.hint) if self.wrong else None


def several(text: str) -> list[str]:
    """The values that stand in one cell, separated by ``;`` or by lines."""
    if ";" not in text and "\n" not in text:
        return [text]
    return [piece for piece in re.split(_SEPARATOR, text.strip()) if piece]


def _word(text: str, words: Sequence[str]) -> str:
    word = text.strip().casefold()
    if word not in words:
        near = names.suggest(text, words) or words
        raise UnreadableError(f"{', '.join(near)}; a mapping file can say with `values` what a code means")
    return word
