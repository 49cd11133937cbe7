"""A table of ours in a file, whatever the file is: its rows, as often as they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scamcli.exchange.tables import Table


class Sheet(NamedTuple):
    """A table in a file.

    Attributes:
        table: which of the tables.
        name: for messages, before the number of a row.
        rows: the rows as the file has them, with their numbers; each may be gone through again.
        brief: the same rows, which need have nothing but their key.
        key: of a row, the id of its event: of the event itself, of a figure that to which it belongs.
        values: what a row says; it raises a ``ValueError`` that says what is wrong with it.
    """

    table: Table
    name: str
    rows: Callable[[], Iterator[tuple[int, Any]]]
    brief: Callable[[], Iterator[tuple[int, Any]]]
    key: Callable[[Any], str]
    values: Callable[[Any], dict[str, Any]]

    def keys(self) -> Iterator[str]:
        """The key of each row."""
        return (self.key(row) for _, row in self.brief())


def other_columns(name: str, table: Table, header: list[str]) -> DataError:
    """What is wrong with a table of ours that has other columns than it had."""
    missing = [column.name for column in table.given if column.name not in header]
    unknown = [one for one in header if one not in table.header]
    said = [f"without the columns {', '.join(missing)}"] if missing else []
    said += [f"with the unknown columns {', '.join(unknown)[:200]}"] if unknown else []
    return DataError(
        f"{name}: a table of {table.name} {' and '.join(said) or 'with a column twice'}",
        "take them out" if unknown and not missing else "give it the columns that it had",
    )


def key_column(table: Table) -> str:
    """The column that has the id of the event, or what else tells rows apart."""
    return table.key[0]
