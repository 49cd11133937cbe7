"""Make the records of a large table in a second process, while this one checks and writes those before them.

Making the record of a row of UCDP GED takes a third of the time of an import, and needs no database. The second process
is a copy of this one, which has opened the table. It sends records and notices in order, so the outcome is the same.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import threading
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from scamcli.errors import DataError

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
    started = _start(records, notices, stack)
    if started is None:
        yield from records
        return
    for one in _received(started):
        if one is None:
            return
        if isinstance(one, BaseException):
            raise one
        if isinstance(one, _Notice):
            getattr(notices, one.method)(*one.arguments)
        else:
            yield one
    raise DataError(f"The process that read {notices.table} was ended.", "Nothing was written; try again.")


def _start(records: Iterator[Record], notices: Notices, stack: ExitStack) -> int | None:
    """Start the second process, and return the pipe that it writes to; ``None`` if it cannot be started."""
    if not hasattr(os, "fork") or threading.active_count() > 1:  # locks that other threads hold would stay locked
        return None
    receiver, sender = os.pipe()
    _widen(sender)
    try:
        process = os.fork()
    except OSError:
        os.close(receiver)
        os.close(sender)
        return None
    if process == 0:
        os.close(receiver)  # so that writing fails when the first process is gone
        _send(records, notices, sender)
    os.close(sender)
    stack.callback(_end, process)
    return receiver


def _widen(pipe: int) -> None:
    import fcntl  # here, because only systems with `fork` have it

    with suppress(OSError, AttributeError):  # only Linux can, and an administrator can forbid it
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, AHEAD)


def _end(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


def _received(receiver: int) -> Iterator[Record | _Notice | BaseException | None]:
    with open(receiver, "rb") as stream, suppress(EOFError, pickle.UnpicklingError):
        while True:
            yield from pickle.load(stream)


def _send(records: Iterator[Record], notices: Notices, sender: int) -> NoReturn:
    """Write records and notices to a pipe, and end the process without touching what it shares with the first one."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process ends this one
        gc.disable()  # garbage of the first process may have a connection to a database
        items = _items(records, notices)
        with open(sender, "wb") as stream:
            while some := list(islice(items, AT_ONCE)):
                pickle.dump(some, stream)
    finally:
        os._exit(0)


def _items(records: Iterator[Record], notices: Notices) -> Iterator[Record | _Notice | BaseException | None]:
    waiting: list[_Notice] = []
    vars(notices).update(
        add=lambda *arguments: waiting.append(_Notice("add", arguments)),
        count=lambda *arguments: waiting.append(_Notice("count", arguments)),
    )
    end: BaseException | None = None
    try:
        for record in records:
            yield from waiting
            waiting.clear()
            yield record
    except Exception as error:
        end = error
    yield from waiting
    yield end
