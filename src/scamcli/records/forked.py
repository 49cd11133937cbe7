"""Iterate in a child process, a copy of this one, which sends its items here while it makes the next ones."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import threading
import traceback
from contextlib import contextmanager, suppress
from itertools import islice
from typing import IO, TYPE_CHECKING, NamedTuple, NoReturn, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import ExitStack

T = TypeVar("T")

_receivers = set[int]()
"""The pipes of other child processes, which a child closes, so that their writing fails when this process is gone."""


class ProcessEndedError(Exception):
    """The child process died before it had sent all items."""


class _End(NamedTuple):
    """What the child process sends last: the error that ended the iteration, if there was one."""

    error: Exception | None


def start(items: Iterator[T], stack: ExitStack, *, at_once: int = 1, ahead: int = 0) -> Iterator[T] | None:
    """Start a child process that iterates, and return an iterator over what it sends.

    Args:
        items: what the child makes. An error that it raises is raised here, after the items before it.
        stack: ends the child when it is closed.
        at_once: how many items are sent at once.
        ahead: how many bytes of items can wait to be received, if the system allows it.

    Returns:
        The items in order, or ``None`` if no process can be started; then nothing was taken from ``items``.

    Raises:
        ProcessEndedError: from the iterator, if the child died.
    """
    if not hasattr(os, "fork") or threading.active_count() > 1:  # locks that other threads hold would stay locked
        return None
    receiver, sender = os.pipe()
    if ahead:
        _widen(sender, ahead)
    with _without_interrupts():
        try:
            process = os.fork()
        except OSError:
            os.close(receiver)
            os.close(sender)
            return None
        if process == 0:
            for pipe in {*_receivers, receiver}:
                os.close(pipe)
            _send(items, sender, at_once)
        os.close(sender)
        stack.callback(_end, process)
        _receivers.add(receiver)
        stack.callback(_receivers.discard, receiver)
        stream = stack.enter_context(os.fdopen(receiver, "rb"))
    return _received(stream)


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Let Control-C wait until both processes are ready for it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _widen(pipe: int, ahead: int) -> None:
    import fcntl  # here, because only systems with `fork` have it

    with suppress(OSError, AttributeError):  # only Linux can, and an administrator can forbid it
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, ahead)


def _end(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
    with suppress(ChildProcessError):  # a program that ignores SIGCHLD has no dead children
        os.waitpid(process, 0)


def _received(stream: IO[bytes]) -> Iterator[T]:
    with suppress(EOFError, pickle.UnpicklingError):
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
        error = _portable(raised)
    yield _End(error)


def _portable(error: Exception) -> Exception:
    """Return an error, or if it cannot be sent, one that tells the same."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError("".join(traceback.format_exception(error)))
    return error
