"""Iterate in a copy of this process, which sends its items here while it makes the next ones."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import threading
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, NoReturn, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import ExitStack

T = TypeVar("T")


class ProcessEndedError(Exception):
    """The other process was ended before it had sent all items."""


class _End(NamedTuple):
    """What the other process sends last: the error that ended the iteration, if there was one."""

    error: Exception | None


def start(items: Iterator[T], stack: ExitStack, *, at_once: int = 1, ahead: int = 0) -> Iterator[T] | None:
    """Start a copy of this process that iterates, and return an iterator over what it sends.

    Args:
        items: what the other process makes. An error that it raises is raised here, after the items before it.
        stack: the stack that ends the process.
        at_once: how many items are sent at once.
        ahead: how many bytes of items can wait to be received, if the system allows it.

    Returns:
        The items in order, or ``None`` if no process can be started; then nothing was taken from ``items``.

    Raises:
        ProcessEndedError: from the iterator, if the other process was ended.
    """
    if not hasattr(os, "fork") or threading.active_count() > 1:  # locks that other threads hold would stay locked
        return None
    receiver, sender = os.pipe()
    if ahead:
        _widen(sender, ahead)
    try:
        process = os.fork()
    except OSError:
        os.close(receiver)
        os.close(sender)
        return None
    if process == 0:
        os.close(receiver)  # so that writing fails when the first process is gone
        _send(items, sender, at_once)
    os.close(sender)
    stack.callback(_end, process)
    return _received(receiver)


def _widen(pipe: int, ahead: int) -> None:
    import fcntl  # here, because only systems with `fork` have it

    with suppress(OSError, AttributeError):  # only Linux can, and an administrator can forbid it
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, ahead)


def _end(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


def _received(receiver: int) -> Iterator[T]:
    with open(receiver, "rb") as stream, suppress(EOFError, pickle.UnpicklingError):
        while True:
            for one in pickle.load(stream):
                if not isinstance(one, _End):
                    yield one
                elif one.error is not None:
                    raise one.error
                else:
                    return
    raise ProcessEndedError


def _send(items: Iterator[object], sender: int, at_once: int) -> NoReturn:
    """Write the items to a pipe, and end the process without touching what it shares with the first one."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process ends this one
        gc.disable()  # garbage of the first process may have a connection to a database
        every = _with_end(items)
        with open(sender, "wb") as stream:
            while some := list(islice(every, at_once)):
                pickle.dump(some, stream)
                stream.flush()
    finally:
        os._exit(0)


def _with_end(items: Iterator[object]) -> Iterator[object]:
    error: Exception | None = None
    try:
        yield from items
    except Exception as raised:
        error = raised
    yield _End(error)
