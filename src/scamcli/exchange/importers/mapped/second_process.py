"""Make the records of a large table in a second process, while this one checks and writes those before them.

Making the record of a row of UCDP GED takes a third of the time of an import, and needs no database. The second process
is a copy of this one, which has opened the table. It sends records and notices in order, so the outcome is the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import DataError
from scamcli.records import forked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import ExitStack

    from scamcli.exchange.importers.mapped.bound_rows import Notices
    from scamcli.records.types import JsonObject

    Record = tuple[int, JsonObject | DataError]

AT_ONCE = 100
"""How many records and notices are sent at once."""

AHEAD = 1 << 20
"""How many bytes the second process can be ahead, if the system allows a pipe of this size.

The first process writes 500 events at once. In that time, the second one makes about 400 records, which are 1 MB.
"""


class _Notice(NamedTuple):
    """A call of a method of `Notices`."""

    method: str
    arguments: tuple[object, ...]


def read(records: Iterator[Record], notices: Notices, stack: ExitStack) -> Iterator[Record]:
    """Yield the records of a table, each after its notices.

    Args:
        records: makes the records, in the second process if the system can copy this one, and otherwise here.
        notices: the notices of the table.
        stack: the stack that ends the process.

    Raises:
        DataError: the second process was ended. Errors of making records are raised as if they were made here.
    """
    items = forked.start(_items(records, notices), stack, at_once=AT_ONCE, ahead=AHEAD)
    if items is None:
        yield from records
        return
    try:
        for one in items:
            if isinstance(one, _Notice):
                getattr(notices, one.method)(*one.arguments)
            else:
                yield one
    except forked.ProcessEndedError:
        message = f"The process that read {notices.table} was ended."
        raise DataError(message, "Nothing was written; try again.") from None


def _items(records: Iterator[Record], notices: Notices) -> Iterator[Record | _Notice]:
    waiting: list[_Notice] = []
    vars(notices).update(
        add=lambda *arguments: waiting.append(_Notice("add", arguments)),
        count=lambda *arguments: waiting.append(_Notice("count", arguments)),
    )
    try:
        for record in records:
            yield from waiting
            waiting.clear()
            yield record
    except Exception:
        yield from waiting
        raise
    yield from waiting
