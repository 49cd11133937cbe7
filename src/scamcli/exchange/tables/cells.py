"""A value in a cell, and back: as people read it where that says all, else as JSON; so that no cell loses anything.

A cell is a text, a number, a day or true or false, as a workbook has them; ``text_of`` and ``typed`` go on to the
texts of CSV. Empty is ``None`` and null. A text that would be empty, taken for JSON, or that a file cannot hold is
written as a string of JSON.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from scamcli.exchange.tables import plain
from scamcli.exchange.tables.columns import Kind
from scamcli.language import dates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from scamcli.exchange.tables.columns import Column, Table

Cell = str | int | float | bool | None

# Control characters act on a terminal, XML has no place for most of them, a carriage return is lost in CSV and XML, the
# last two are no characters at all; and a workbook takes _x0041_ for the letter A.
_UNHELD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_JSON_LIST = re.compile(r"\s*[\[{]\s*[\"{\]}]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False)
_FLAGS = {"true": True, "false": False}
NULL = "null"
"""What says that a number is not known, where an empty cell would say nothing."""


def row_writer(table: Table) -> Callable[[Iterable[Any]], list[Cell]]:
    """What makes the cells of a row of values."""
    return _row_writer(table, [_writer(column) for column in table.columns], None)


def text_writer(table: Table, guarded: Callable[[str], str]) -> Callable[[Iterable[Any]], list[str]]:
    """What makes the texts of a row of values, for files that have nothing but text.

    Args:
        table: the table.
        guarded: makes a text harmless; numbers and days are.
    """
    return _row_writer(table, [_text_writer(column, guarded) for column in table.columns], "")


def _row_writer(table: Table, each: list[Callable[[Any], Any]], empty: Any) -> Callable[[Iterable[Any]], list[Any]]:
    together = [[table.header.index(name) for name in names] for names in table.together]

    def write(values: Iterable[Any]) -> list[Any]:
        row = [one(value) for one, value in zip(each, values, strict=True)]
        for names in together:
            if all(row[name] == empty for name in names):
                row[names[0]] = NULL
        return row

    return write


def _writer(column: Column) -> Callable[[Any], Cell]:
    if column.kind in {Kind.NUMBER, Kind.FLAG, Kind.DAY}:
        return _as_it_is
    if column.kind is Kind.NAMES:
        return partial(_names, says_empty=column.filled or column.nullable)
    if column.kind is Kind.PARTS:
        return partial(_parts, column.name, tuple(key.name for key in column.parts))
    return _text


def _text_writer(column: Column, guarded: Callable[[str], str]) -> Callable[[Any], str]:
    if column.kind is Kind.DAY:
        return _day_text
    if column.kind in {Kind.NUMBER, Kind.FLAG}:
        return text_of
    write = _writer(column)

    def text(value: Any) -> str:
        cell = write(value)
        return guarded(cell) if isinstance(cell, str) else ""

    return text


@lru_cache(maxsize=1 << 12)
def _day_text(day: int | None) -> str:
    return "" if day is None else dates.iso(day)


def _as_it_is(value: Any) -> Cell:
    found: Cell = value
    return found


def _text(value: str | None) -> str | None:
    if value is None or (value and value[0] != '"' and not _UNHELD.search(value)):
        return value
    return _json(value) if not value or _UNHELD.search(value) or _is_json_text(value) else value


def _is_json_text(text: str) -> bool:
    return _json_text(text) is not None


def _json(value: Any) -> str:
    return _UNHELD.sub(lambda found: f"\\u{ord(found[0]):04x}", _ENCODER.encode(value))


def _names(value: list[str] | None, *, says_empty: bool) -> str | None:
    if not value:
        return "[]" if says_empty and value is not None else None
    if all(map(plain.is_plain, value)):
        text = plain.APART.join(value)
        if not _UNHELD.search(text) and not _JSON_LIST.match(text):
            return text
    return _json(value)


def _parts(column: str, keys: tuple[str, ...], value: list[dict[str, Any]]) -> str | None:
    if not value:
        return None
    texts = [plain.written(column, keys, tuple(part.values())) for part in value]
    if None not in texts:
        text = plain.APART.join(filter(None, texts))
        if not _UNHELD.search(text) and not _JSON_LIST.match(text):
            return text
    return _json([{key: one for key, one in part.items() if one is not None} for part in value])


def values(table: Table, cells: Mapping[str, Cell]) -> dict[str, Any]:
    """The values of a row that is read back; what an empty cell leaves to be completed is left out.

    Args:
        table: the table.
        cells: by column; those that are absent are not known.

    Raises:
        ValueError: a cell cannot be read.
    """
    empty = {name for name, cell in cells.items() if cell is None or cell == ""}
    stays = {name for names in table.together if not empty.issuperset(names) for name in names}
    made: dict[str, Any] = {}
    for column in table.given:
        name = column.name
        if name not in cells or (name in empty and (column.needed or (column.filled and name not in stays))):
            continue
        made[name] = _empty(column) if name in empty else _read(column, cells[name])
    return made


def _empty(column: Column) -> Any:
    return [] if column.kind in {Kind.NAMES, Kind.PARTS} and not column.nullable else None


def _read(column: Column, cell: Any) -> Any:
    try:
        return _READERS[column.kind](column, cell)
    except ValueError as error:
        raise ValueError(f"`{column.name}`: {error}") from None


def _read_text(_: Column, cell: Cell) -> str:
    text = text_of(cell)
    found = _json_text(text)
    return text if found is None else found


def _json_text(text: str) -> str | None:
    if not text.startswith('"'):
        return None
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, str) else None


def _read_number(_: Column, cell: Cell) -> Cell:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return cell
    text = text_of(cell).strip()
    if text == NULL:
        return None
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{text[:80]!r} is no number; expected one such as 289 or 2500000.5")
    return int(text) if text.lstrip("-").isdigit() else float(text)


def _read_flag(_: Column, cell: Cell) -> bool:
    found = cell if isinstance(cell, bool) else _FLAGS.get(text_of(cell).strip().lower())
    if found is None:
        raise ValueError(f"{text_of(cell)[:80]!r}; expected true or false")
    return found


def _read_names(_: Column, cell: Cell) -> list[str]:
    text = text_of(cell)
    if not _JSON_LIST.match(text):
        return _apart(text)
    found = _json_list(text)
    if not all(isinstance(one, str) for one in found):
        raise ValueError("JSON that is no list of texts")
    return found


def _read_parts(column: Column, cell: Cell) -> list[dict[str, Any]]:
    text = text_of(cell)
    if not _JSON_LIST.match(text):
        return [plain.FORMS[column.name].part(one) for one in _apart(text)]
    found = _json_list(text)
    if not all(isinstance(one, dict) for one in found):
        raise ValueError("JSON that is no list of objects")
    blank = {key.name: None for key in column.parts if not key.needed}
    return [blank | one for one in found]


def _apart(text: str) -> list[str]:
    return [one.strip() for one in text.split(";") if one.strip()]


def _json_list(text: str) -> list[Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError(f"{text[:80]!r} begins as a list of JSON, and is none") from None
    if not isinstance(found, list):
        raise ValueError(f"{text[:80]!r} is no list; expected one in JSON, or names with semicolons between them")
    return found


_READERS: Mapping[Kind, Callable[[Column, Cell], Any]] = {
    Kind.TEXT: _read_text,
    Kind.WORD: _read_text,
    Kind.DATE: _read_text,
    Kind.NUMBER: _read_number,
    Kind.FLAG: _read_flag,
    Kind.NAMES: _read_names,
    Kind.PARTS: _read_parts,
}


def text_of(cell: Cell) -> str:
    """A cell as text: true or false in lower case, a number as JSON has it."""
    if isinstance(cell, str):
        return cell
    return "" if cell is None else json.dumps(cell)
