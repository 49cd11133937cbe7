"""Make a complete and consistent copy of a database, even while others write to it, and record where copies are."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from scamcli.errors import DatabaseError, WrongUsageError
from scamcli.store import sealed_content
from scamcli.store.connection import (
    begin_writing,
    inode,
    open_file,
    require_no_journal,
    same_file,
    translate_sqlite_errors,
)
from scamcli.store.history import Cause, History, now
from scamcli.store.temporary import sync, sync_folder, temporary_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Copy = Callable[[sqlite3.Connection, Path], None]


def beside(path: Path, label: str, ending: str | None = None) -> Path:
    """Return a free name for a copy in the folder of a database: ``timeline.LABEL.db``, or with another ending."""
    ending = path.suffix if ending is None else ending
    number, wanted = 1, path.with_name(f"{path.stem}.{label}{ending}")
    while os.path.lexists(wanted):
        number += 1
        wanted = path.with_name(f"{path.stem}.{label}-{number}{ending}")
    return wanted


def copy(source: sqlite3.Connection, target: Path) -> None:
    """Copy the database as a connection sees it to a new file, which appears when complete; only its owner can read it.

    Raises:
        WrongUsageError: something exists at the target.
        DatabaseError: the copy cannot be made, or the source is damaged. No partial copy is left.
    """
    require_new(target)
    try:
        with temporary_folder(target.parent) as folder, translate_sqlite_errors(target):
            part = folder / "copy.db"
            part.touch(0o600)
            with closing(sqlite3.connect(part, isolation_level=None)) as copied:
                source.backup(copied)
                require_sound(copied)
            publish(part, target)
    except OSError as error:
        raise DatabaseError(f"{target} cannot be created: {error.strerror}.", "Name another file.") from error


def require_new(target: Path) -> None:
    """Raise `WrongUsageError` if something exists at a path, or SQLite keeps a journal there."""
    require_no_journal(target)
    if os.path.lexists(target):
        raise WrongUsageError(f"{target} already exists.", "Name another file; this one was left as it is.")


def require_sound(connection: sqlite3.Connection) -> None:
    """Raise `DatabaseError` if a copy, or what it is a copy of, is damaged."""
    (check,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if check != "ok":
        raise DatabaseError(f"The copy is damaged, and so is the database: {check}.", "No copy was kept.")


def publish(part: Path, target: Path) -> None:
    """Give the finished copy its name, unless another file has the name."""
    sync(part)
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links, as on most memory sticks
        part.rename(target)
    sync_folder(target.parent)


def make(
    connection: sqlite3.Connection, path: Path, target: Path | None, write: Copy = copy, ending: str | None = None
) -> tuple[Path, list[str]]:
    """Make and record a copy, and return its path and messages about anything that failed.

    Args:
        connection: the connection whose view is copied.
        path: the path of the database.
        target: the file to make, or a folder (by default that of the database), in which a free name is chosen.
        write: makes the copy, like `copy`.
        ending: of the name that is chosen; by default that of the database.

    Raises:
        WrongUsageError, DatabaseError: as for `copy`.
    """
    made, label = target or path.parent, now().replace(":", "")
    if os.path.isdir(made):  # noqa: PTH112 - no error if it is too long
        made = beside(made / path.name, label, ending)
    write(connection, made)
    try:
        file = inode(path)
        with (
            translate_sqlite_errors(path),
            closing(open_file(path, write=True)) as writer,
            same_file(writer, path, file),
        ):
            begin_writing(writer)
            history = History(writer, Cause("backup"))
            remember(history, made)
            history.seal()
            writer.execute("COMMIT")
    except DatabaseError as error:
        return made, [f"This copy is not listed in the database: {error.message}"]
    return made, []


def remember(history: History, target: Path) -> None:
    """Record the path of a copy, inside a transaction."""
    path = str(target.absolute())
    history.connection.execute("INSERT INTO backup (at, path) VALUES (?, ?)", [now(), path])
    sealed_content.note(history, "backup", path)


def known(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Return the time and the path of each copy that still exists."""
    for at, path in connection.execute("SELECT at, path FROM backup ORDER BY at, path"):
        # A redaction may have masked the path, and `Path.exists` would fail if it is too long.
        if "[redacted-" in path or os.path.exists(path):  # noqa: PTH110
            yield at, path
