"""Write values into cells, in readable form or, if that would lose something, as JSON, and read them back.

A cell is a text, a number, a boolean or empty (``None``), as in a workbook; `text_of` gives the texts of CSV. An empty
text, a text that looks like JSON, and a text with characters that a file cannot hold are written as JSON strings.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from scamcli.errors import quote
from scamcli.exchange.tables import Kind, part_text
from scamcli.language import dates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from scamcli.exchange.tables import Column, Table
    from scamcli.records.types import JsonObject

Cell = str | int | float | bool | None

CellT = TypeVar("CellT")
ItemT = TypeVar("ItemT")

# Control characters act on a terminal, most are not allowed in XML, a carriage return is lost in CSV and XML, the
# last two are not characters at all, and a workbook reads _x0041_ as the letter A.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_JSON_LIST = re.compile(r"\s*[\[{]\s*[\"{\]}]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False)
_FLAGS = {"true": True, "false": False}
NULL = "null"
"""The cell for an unknown number, because an import would fill in an empty cell."""


def row_writer(table: Table) -> Callable[[Iterable[object]], list[Cell]]:
    """Return a function that converts the values of a row to cells."""
    return _row_writer(table, [_writer(column) for column in table.columns], None)


def text_writer(table: Table, guarded: Callable[[str], str]) -> Callable[[Iterable[object]], list[str]]:
    """Return a function that converts the values of a row to texts, for files that hold only text.

    `guarded` makes a text harmless; numbers and days already are.
    """
    return _row_writer(table, [_text_writer(column, guarded) for column in table.columns], "")


def _row_writer(
    table: Table, writers: list[Callable[[Any], CellT]], empty: CellT
) -> Callable[[Iterable[object]], list[CellT]]:
    together = [[table.header.index(name) for name in names] for names in table.together]

    def write(values: Iterable[object]) -> list[CellT]:
        row = [writer(value) for writer, value in zip(writers, values, strict=True)]
        for names in together:
            if all(row[name] == empty for name in names):
                row[names[0]] = cast("CellT", NULL)
        return row

    return write


def _writer(column: Column) -> Callable[[Any], Cell]:
    if column.kind in {Kind.NUMBER, Kind.FLAG, Kind.DAY}:
        return lambda value: value
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

    def text(value: object) -> str:
        if value is None:  # most cells of most tables
            return ""
        cell = write(value)
        return guarded(cell) if isinstance(cell, str) else ""

    return text


@lru_cache(maxsize=1 << 12)
def _day_text(day: int | None) -> str:
    return "" if day is None else dates.iso(day)


def _text(value: str | None) -> str | None:
    if value is None or (value and value[0] != '"' and not _UNSAFE.search(value)):
        return value
    return _json(value) if not value or _UNSAFE.search(value) or _parse_json_text(value) is not None else value


def _json(value: object) -> str:
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", _ENCODER.encode(value))


def _names(value: list[str] | None, *, says_empty: bool) -> str | None:
    if not value:
        return "[]" if says_empty and value is not None else None
    return (_joined(value) if all(map(part_text.fits_in_list, value)) else None) or _json(value)


def _parts(column: str, keys: tuple[str, ...], value: list[JsonObject]) -> str | None:
    if not value:
        return None
    texts = [part_text.written(column, keys, tuple(part.values())) for part in value]
    plain = _joined([text for text in texts if text is not None]) if None not in texts else None
    return plain or _json([{key: one for key, one in part.items() if one is not None} for part in value])


def _joined(texts: list[str]) -> str | None:
    """Return texts joined in one cell, or ``None`` if they could not be read back from it."""
    text = part_text.SEPARATOR.join(texts)
    return None if _UNSAFE.search(text) or _JSON_LIST.match(text) else text


def values(table: Table, cells: Mapping[str, Cell]) -> JsonObject:
    """Return the values of a row by column, without values that an import fills in.

    Raises:
        ValueError: a cell cannot be read.
    """
    empty = {name for name, cell in cells.items() if cell is None or cell == ""}
    # If one of the three bounds is given, empty cells of the others mean unknown and are not filled in.
    kept_empty = {name for names in table.together if not empty.issuperset(names) for name in names}
    found: JsonObject = {}
    for column in table.given:
        name = column.name
        if name not in cells or (name in empty and (column.needed or (column.filled and name not in kept_empty))):
            continue
        if name in empty:
            found[name] = [] if column.kind in {Kind.NAMES, Kind.PARTS} and not column.nullable else None
            continue
        try:
            found[name] = _READERS[column.kind](column, cells[name])
        except ValueError as error:
            raise ValueError(f"`{name}`: {error}") from None
    return found


def _read_text(_: Column, cell: Cell) -> str:
    text = text_of(cell)
    parsed = _parse_json_text(text)
    return text if parsed is None else parsed


def _parse_json_text(text: str) -> str | None:
    if not text.startswith('"'):
        return None
    try:
        parsed = json.loads(text)
    except ValueError:
        return None
    return parsed if isinstance(parsed, str) else None


def _read_number(_: Column, cell: Cell) -> Cell:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return cell
    text = text_of(cell).strip()
    if text == NULL:
        return None
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{quote(text[:80])} is not a number; expected one such as 289 or 2500000.5")
    return int(text) if text.lstrip("-").isdigit() else float(text)


def _read_flag(_: Column, cell: Cell) -> bool:
    flag = cell if isinstance(cell, bool) else _FLAGS.get(text_of(cell).strip().lower())
    if flag is None:
        raise ValueError(f"{quote(text_of(cell)[:80])} is not true or false")
    return flag


def _read_names(_: Column, cell: Cell) -> list[str]:
    text = text_of(cell)
    return _json_list(text, str, "texts") if _JSON_LIST.match(text) else _split(text)


def _read_parts(column: Column, cell: Cell) -> list[JsonObject]:
    text = text_of(cell)
    optional: JsonObject = {key.name: None for key in column.parts if not key.needed}
    if not _JSON_LIST.match(text):
        return [optional | part_text.FORMS[column.name].part(one) for one in _split(text)]
    return [optional | part for part in _json_list(text, dict, "objects")]


def _split(text: str) -> list[str]:
    return [one.strip() for one in text.split(";") if one.strip()]


def _json_list(text: str, type_: type[ItemT], what: str) -> list[ItemT]:
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError(f"{quote(text[:80])} begins like a JSON list, but is not one") from None
    if not isinstance(parsed, list):
        raise ValueError(f"{quote(text[:80])} is not a list; expected a JSON list, or names separated by semicolons")
    items = [item for item in parsed if isinstance(item, type_)]
    if len(items) < len(parsed):
        raise ValueError(f"a JSON list that has something other than {what}")
    return items


_READERS: Mapping[Kind, Callable[[Column, Cell], object]] = {
    Kind.TEXT: _read_text,
    Kind.WORD: _read_text,
    Kind.DATE: _read_text,
    Kind.NUMBER: _read_number,
    Kind.FLAG: _read_flag,
    Kind.NAMES: _read_names,
    Kind.PARTS: _read_parts,
}


def text_of(cell: Cell) -> str:
    """Return a cell as text: booleans in lower case, numbers as in JSON."""
    if isinstance(cell, str):
        return cell
    return "" if cell is None else json.dumps(cell)
