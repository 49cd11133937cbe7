"""Check kept timestamps again, and write them out for other programs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import DatabaseError, DataError, WrongUsageError, install_command
from scamcli.exchange import rfc3161
from scamcli.store import timestamps

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from scamcli.store.timestamps import KeptTimestamp


class WrittenTimestamp(NamedTuple):
    """The files of a timestamp: the head, and the reply of the authority."""

    head: Path
    reply: Path


def problems(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with kept timestamps, as names and reasons; nothing if the libraries are not installed."""
    if rfc3161.missing():
        return
    for one in timestamps.kept(connection):
        reason = _reason(one)
        if reason is not None:
            yield f"change {one.change}", reason


def unchecked(connection: sqlite3.Connection) -> str | None:
    """Return a notice if there are timestamps that cannot be checked, because a library is not installed."""
    library = rfc3161.missing()
    if not library or next(timestamps.kept(connection), None) is None:
        return None
    return f"The timestamps were not checked, because {library} is not installed. Run {install_command('timestamp')}."


def _reason(kept: KeptTimestamp) -> str | None:
    from scamcli.exchange.rfc3161 import reply as replies

    try:
        found = replies.read(kept.reply)
    except DataError as error:
        return f"its timestamp is not valid any more. {error.message}"
    if kept.head is None or timestamps.imprint(kept.head) != found.imprint:
        return "its timestamp is for another head: the history up to this change was rewritten, or cut off before it"
    if (found.moment, found.authority) != (kept.at, kept.authority):
        return "its timestamp has another time or authority than the table says"
    return None


def write(connection: sqlite3.Connection, folder: Path) -> Iterator[WrittenTimestamp]:
    """Write each kept timestamp and its head into a folder, and yield the files.

    Raises:
        WrongUsageError: one of the files exists.
        DatabaseError: a file cannot be written, or the change of a timestamp is missing.
    """
    written: dict[int, int] = {}
    for one in timestamps.kept(connection):
        if one.head is None:
            raise DatabaseError(f"Change {one.change} is missing.", "`scamcli info --verify` says what is damaged.")
        number = written[one.change] = written.get(one.change, 0) + 1
        name = f"change-{one.change}" + (f"-{number}" if number > 1 else "")
        files = WrittenTimestamp(folder / f"{name}.head.txt", folder / f"{name}.tsr")
        write_new(files.head, timestamps.file_of(one.head))
        write_new(files.reply, one.reply)
        yield files


def write_new(path: Path, content: bytes) -> None:
    """Write a file that does not exist yet, and that only its owner can read.

    Raises:
        WrongUsageError: it exists.
        DatabaseError: it cannot be written.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise WrongUsageError(f"{path} already exists.", "Name another one; this one was left as it is.") from error
    except OSError as error:
        raise _not_written(path, error) from error
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _not_written(path, error) from error


def _not_written(path: Path, error: OSError) -> DatabaseError:
    return DatabaseError(f"{path} cannot be written: {error.strerror}.", "Name another file or folder.")
