"""A mapping laid over the header of a table: where each of its columns stands, and which columns nobody mapped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import DataError, WrongUsageError
from scamcli.exchange.importers.rows import ERRORS, listed
from scamcli.language import names

if TYPE_CHECKING:
    from collections.abc import Mapping as AMapping
    from collections.abc import Sequence

    from scamcli.exchange.importers.mapped.fields import Field
    from scamcli.exchange.importers.mapped.mapping import Mapping, Use

_PLACEHOLDER = r"\{([^{}]+)\}"


class Planned(NamedTuple):
    """A use of a column, and where that stands in a row."""

    at: int
    column: str
    use: Use
    missing: frozenset[str]


class Template(NamedTuple):
    """What a field is where the row says nothing: texts, and between them cells."""

    pieces: tuple[str | int, ...]

    def filled(self, cells: Sequence[str], missing: frozenset[str]) -> str | None:
        """The text of a row; ``None`` where one of its cells says nothing."""
        made = ""
        for piece in self.pieces:
            word = piece if isinstance(piece, str) else cells[piece].strip()
            if isinstance(piece, int) and (not word or word in missing or word in ERRORS):
                return None
            made += word
        return made


class Plan(NamedTuple):
    """A mapping for one table.

    Attributes:
        uses: of columns, in the order of the mapping: a table with its columns moved gives the same records.
        defaults: of each field the texts to try.
        left: the columns that nobody mapped.
    """

    mapping: Mapping
    uses: tuple[Planned, ...]
    defaults: AMapping[Field, tuple[Template, ...]]
    left: tuple[str, ...]


def fits(mapping: Mapping, header: Sequence[str]) -> bool:
    """Whether a table has the columns that a mapping needs."""
    have = _Columns(header)
    return all(have.at(name) is not None for name in _needed(mapping))


def fitted(mapping: Mapping, header: Sequence[str], table: str) -> Plan:
    """The mapping laid over a header.

    Args:
        mapping: to lay over it.
        header: the names of the columns.
        table: its name, for messages.

    Raises:
        DataError: the table lacks a column.
        WrongUsageError: nothing is the date, the kind or the title, or two columns are what an event has once.
    """
    have = _Columns(header)
    for name in _needed(mapping):
        if have.at(name) is None:
            raise _no_column(name, header, table)
    found = [
        Planned(at, name, use, _missing(mapping, use))
        for name, uses in mapping.columns.items()
        if (at := have.at(name)) is not None
        for use in uses
    ]
    _once(found, table)
    _whole({*(str(one.use.field) for one in found), *map(str, mapping.defaults)}, table)
    defaults = {
        field: tuple(_template(text, have, header, table) for text in texts)
        for field, texts in mapping.defaults.items()
    }
    known = {have.at(name) for name in mapping.columns}
    known |= {piece for texts in defaults.values() for text in texts for piece in text.pieces if isinstance(piece, int)}
    left = tuple(name for at, name in enumerate(header) if at not in known)
    return Plan(mapping, tuple(found), defaults, left)


class _Columns:
    """Columns of a header by their names, whose case does not count where that leaves one."""

    def __init__(self, header: Sequence[str]) -> None:
        self._exact = {name: at for at, name in enumerate(header)}
        self._folded: dict[str, int | None] = {}
        for at, name in enumerate(header):
            self._folded[name.casefold()] = None if name.casefold() in self._folded else at

    def at(self, name: str) -> int | None:
        found = self._exact.get(name)
        return self._folded.get(name.casefold()) if found is None else found


def _needed(mapping: Mapping) -> tuple[str, ...]:
    return tuple(mapping.columns) if mapping.needed is None else mapping.needed


def _no_column(name: str, header: Sequence[str], table: str) -> DataError:
    near = names.suggest(name, header)
    hint = f"did you mean {', '.join(map(repr, near))}?" if near else f"it has {listed(header)}"
    return DataError(f"{table} has no column {name[:80]!r}", hint)


def _missing(mapping: Mapping, use: Use) -> frozenset[str]:
    where = str(use.field) in {"countries", "place.country"}
    return frozenset(word for word in mapping.missing if not (where and word == "NA")) | frozenset(use.missing)


def _once(found: Sequence[Planned], table: str) -> None:
    seen: dict[Field, str] = {}
    for one in found:
        field = one.use.field
        if field.is_list or field.is_joined:
            continue
        other = seen.setdefault(field, one.column)
        if other != one.column:
            raise WrongUsageError(
                f"{table}: the columns {other!r} and {one.column!r} are both {field}, which an event has once",
                f"--map '{one.column}=' leaves that one out",
            )


def _whole(said: set[str], table: str) -> None:
    """See that all is there that every event needs, before a million rows are told to lack it."""
    if not said & {"date", "date.start"}:
        raise WrongUsageError(f"no column of {table} is the date", "--map COLUMN=date says which one is")
    for key, such in (("kind", "kind=report"), ("title", "title=Raid in {Town}")):
        if key not in said:
            hint = f"--map COLUMN={key} says which one is, or --set '{such}' what it is in every row"
            raise WrongUsageError(f"no column of {table} is the {key}", hint)


def _template(text: str, have: _Columns, header: Sequence[str], table: str) -> Template:
    pieces = list[str | int]()
    for number, piece in enumerate(re.split(_PLACEHOLDER, text)):
        if number % 2 == 0:
            pieces += [piece] if piece else []
            continue
        at = have.at(" ".join(piece.split()))
        if at is None:
            raise _no_column(piece, header, table)
        pieces.append(at)
    return Template(tuple(pieces))
