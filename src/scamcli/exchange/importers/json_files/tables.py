"""Open the arrays of objects in a JSON file as tables. The file is read twice: for the columns, then for the rows."""

from __future__ import annotations

from contextlib import closing
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import DataError, quote
from scamcli.exchange.importers import quoted_list
from scamcli.exchange.importers.json_files import stream
from scamcli.exchange.importers.json_files.flatten import cells, flatten
from scamcli.exchange.importers.json_files.geojson import flatten_feature, is_feature
from scamcli.exchange.importers.json_files.stream import Value
from scamcli.exchange.importers.json_files.timelinejs import HEADER, flatten_slide, is_slide
from scamcli.records import limits
from scamcli.records.row_names import RowNames

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping
    from contextlib import ExitStack
    from pathlib import Path

    from scamcli.exchange.importers import Row, Rows

    NumberedRow = tuple[int, Row | DataError]
    Keys = tuple[str, ...]

PREVIEW = 200
"""How many rows are read ahead."""

_LINES = ("lines",)
"""The path of every value in a file of JSON lines, as if all were items of one array."""

_UNMENTIONED = frozenset({"type", "bbox"})
"""Keys of a GeoJSON file that say nothing about its features, so no notice mentions them."""


class JsonTable(NamedTuple):
    """A table in a JSON file; see `Sheet`.

    Attributes:
        notices: what the file has outside of its rows, as fragments of sentences.
    """

    name: RowNames
    title: str
    header: Row
    rows: Rows
    is_empty: bool
    sample: tuple[Row, ...]
    notices: tuple[str, ...] = ()


class _Array:
    """What is known about an array of objects after the first reading."""

    def __init__(self) -> None:
        self.preview: list[NumberedRow] = []
        self.columns: dict[str, None] = {}
        self.items = 0
        self.slides = 0
        self.extents = 0
        self.without_point = 0

    def add(self, item: dict[str, object]) -> None:
        self.items += 1
        self.slides += is_slide(item)
        row = _cells(item)
        if not isinstance(row, DataError):
            self.columns.update(dict.fromkeys(row))
            self._count_points(item, row)

    def _count_points(self, item: dict[str, object], row: dict[str, str]) -> None:
        geometry = item["geometry"] if is_feature(item) else None
        if isinstance(geometry, dict) and geometry.get("type") != "Point":
            self.extents += "latitude" in row and "precision" in row
            self.without_point += "latitude" not in row

    def notices(self) -> list[str]:
        """Return what to say about the features of GeoJSON, as fragments of sentences."""
        found = []
        if self.extents:
            what = "lines, areas and groups of points are reduced to the middle of their extent, with a precision"
            found.append(f"{what}: {self.extents:,}")
        if self.without_point:
            found.append(f"geometries that cannot be reduced to a point: {self.without_point:,}")
        return found


def open_tables(path: Path, stack: ExitStack, *, is_lines: bool) -> list[JsonTable]:
    """Open the tables of a file.

    Args:
        is_lines: whether each line is a JSON value.

    Raises:
        DataError: the file is not JSON, is cut off, or has no array of objects.
    """
    arrays, beside = _examine(path, is_lines=is_lines)
    if not arrays:
        hint = 'Expected [{"date": …}, …], or an object with such an array. `jq "[.[]]"` turns an object into an array.'
        raise DataError(f"{path} is JSON without an array of objects, so it has no rows.", hint)
    slides = [at for at, array in arrays.items() if at[-1:] == ("events",) and 2 * array.slides > array.items]
    if slides:
        [at] = slides[:1]
        beside |= {".".join(other): None for other in arrays if other != at and other[-1] != "eras"}
        title = ".".join((*at[:-1], "title"))
        beside = {key: None for key in beside if key != title and not key.startswith(f"{title}.")}
        header = tuple(dict.fromkeys((*HEADER, *arrays[at].columns)))
        rows = _slide_rows(path, at, header, arrays[at].items)
        preview = list(islice(rows, PREVIEW))
        found = [_open(RowNames(str(path), "item"), "", header, preview, chain(preview, rows))]
        stack.callback(rows.close)
    else:
        titles = {at: ".".join(at) if len(arrays) > 1 else "" for at in arrays}
        _read_previews(path, arrays, is_lines=is_lines)
        found = [_table(path, at, array, titles[at], stack) for at, array in arrays.items()]
    notices = [f"keys outside of the rows left out: {quoted_list(tuple(beside))}"] if beside else []
    notices += [notice for array in arrays.values() for notice in array.notices()]
    return [found[0]._replace(notices=tuple(notices)), *found[1:]]


def _examine(path: Path, *, is_lines: bool) -> tuple[dict[Keys, _Array], dict[str, None]]:
    """Read a file once, and return its arrays of objects with their columns, and the keys outside of them."""
    arrays: dict[Keys, _Array] = {}
    beside: dict[str, None] = {}
    budget = limits.TableBudget(path)
    with closing(_lines(path) if is_lines else stream.values(path)) as values:
        for value in values:
            if isinstance(value, Value) and value.number and isinstance(value.value, dict):
                array = arrays.setdefault(value.path, _Array())
                array.add(value.value)
                limits.require("arrays", len(arrays), str(path))
                budget.spend(len(array.columns))
            elif isinstance(value, Value) and value.path and value.path not in arrays:
                beside.update({} if value.path[0] in _UNMENTIONED else {".".join(value.path): None})
    return arrays, beside


def _lines(path: Path) -> Generator[Value | tuple[int, DataError]]:
    """Yield the value on each line of a file, or an error, with the number of the line."""
    longest = limits.value("line")
    with stream.open_text(path) as text:
        number = 0
        try:
            while line := text.readline(longest + 1):
                number += 1
                limits.require("line", len(line), f"{path}:{number}: This line")
                if line := line.strip("\x1e \t\r\n"):
                    try:
                        yield Value(_LINES, number, stream.decode(line))
                    except ValueError as error:
                        yield number, DataError(f"This is not JSON: {str(error)[:120]}.")
        except UnicodeError:
            raise DataError(f"{path} is not UTF-8, from about line {number + 1:,} on.", "Save it as UTF-8.") from None


def _rows(path: Path, headers: Mapping[Keys, Row], *, is_lines: bool) -> Generator[tuple[Keys, NumberedRow]]:
    """Yield the rows of the arrays that have a header, each with the path of its array."""
    with closing(_lines(path) if is_lines else stream.values(path)) as values:
        for value in values:
            if not isinstance(value, Value):
                yield _LINES, value
            elif value.path in headers and value.number:
                yield value.path, (value.number, _row(value.value, headers[value.path]))


def _read_previews(path: Path, arrays: Mapping[Keys, _Array], *, is_lines: bool) -> None:
    """Read the first rows of each array. A file with many arrays is not read again for each of them."""
    lacking = set(arrays)
    with closing(_rows(path, {at: tuple(array.columns) for at, array in arrays.items()}, is_lines=is_lines)) as rows:
        for at, row in rows:
            if at in lacking:
                arrays[at].preview.append(row)
                lacking -= {at} if len(arrays[at].preview) == PREVIEW else set()
            if not lacking:
                break


def _table(path: Path, at: Keys, array: _Array, title: str, stack: ExitStack) -> JsonTable:
    is_lines, header = at == _LINES, tuple(array.columns)
    rows = _rows(path, {at: header}, is_lines=is_lines)
    stack.callback(rows.close)
    name = RowNames(f"{path}:{title}" if title else str(path), "" if is_lines else "item")
    return _open(name, title, header, array.preview, (row for _, row in rows))


def _slide_rows(path: Path, at: Keys, header: Row, slides: int) -> Generator[NumberedRow]:
    """Yield the rows of TimelineJS JSON: its slides, then its eras and its title, which are also rows of the sheet."""
    title: dict[str, object] = {}
    eras: list[Row] = []
    with closing(stream.values(path)) as values:
        for value in values:
            if value.path == at and value.number:
                yield value.number, _row(value.value, header)
            elif value.path == (*at[:-1], "eras") and isinstance(value.value, dict):
                eras.append(_fit(flatten_slide(value.value, "era"), header))
            elif value.path[: len(at)] == (*at[:-1], "title"):
                title[".".join(value.path[len(at) :])] = value.value
    others = [*eras, *([_fit(flatten_slide(title, "title"), header)] if title else [])]
    yield from enumerate(others, slides + 1)


def _cells(item: dict[str, object]) -> dict[str, str] | DataError:
    flat = flatten_feature if is_feature(item) else flatten_slide if is_slide(item) else flatten
    try:
        return cells(flat(item))
    except DataError as error:
        return error


def _row(value: object, header: Row) -> Row | DataError:
    if not isinstance(value, dict):
        return DataError("This is not an object; expected one in braces, with the names of columns as keys.")
    found = _cells(value)
    if isinstance(found, DataError):
        return found
    longest = limits.value("cell")
    if over := [name for name, text in found.items() if len(text) > longest]:
        message = f"The value of {quote(over[0][:80])} has more than {limits.amount('cell')}."
        return DataError(message, limits.hint("cell"))
    return _fit(found.items(), header)


def _fit(pairs: Iterable[tuple[str, str]], header: Row) -> Row:
    found = dict(pairs)
    return tuple(found.get(name, "") for name in header)


def _open(name: RowNames, title: str, header: Row, preview: list[NumberedRow], rows: Rows) -> JsonTable:
    sample = tuple(row for _, row in preview if not isinstance(row, DataError) and any(row))
    filled = ((number, row) for number, row in rows if isinstance(row, DataError) or any(row))
    return JsonTable(name, title, header, filled, not preview, sample)
