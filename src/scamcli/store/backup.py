"""Copies of a database: whole, of one moment, while others write; and where they are."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

from scamcli.errors import DatabaseError, WrongUsageError
from scamcli.store.connection import begin_writing, open_file, translate_sqlite_errors
from scamcli.store.history import now

try:
    import fcntl
except ImportError:  # not on Windows
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator

PART = ".scamcli-"
"""How the file begins in which a copy is made."""


def beside(path: Path, label: str) -> Path:
    """A free name for a copy in the folder of a database: ``timeline.LABEL.db``."""
    number, wanted = 1, path.with_name(f"{path.stem}.{label}{path.suffix}")
    while os.path.lexists(wanted):
        number += 1
        wanted = path.with_name(f"{path.stem}.{label}-{number}{path.suffix}")
    return wanted


def copy(source: sqlite3.Connection, target: Path) -> None:
    """Copy what a connection sees at this moment to a new file, readable by its owner alone; it appears once whole.

    Raises:
        WrongUsageError: something is at the target already.
        DatabaseError: the copy cannot be made, or the source is damaged; nothing is left of it.
    """
    if os.path.lexists(target):
        raise WrongUsageError(f"{target} is there already", "name another file; it was left as it is")
    part: Path | None = None
    try:
        _tidy(target.parent)
        with _held_part(target.parent) as part, translate_sqlite_errors(target):
            _fill(source, part)
            _appear(part, target)
    except OSError as error:
        raise DatabaseError(f"{target} cannot be made: {error.strerror}", "name another file") from error
    finally:
        for suffix in ("", "-wal", "-shm", "-journal") if part else ():
            with suppress(OSError):  # of a medium that cannot be written, it is not there
                Path(f"{part}{suffix}").unlink(missing_ok=True)


@contextmanager
def _held_part(folder: Path) -> Iterator[Path]:
    """A new file, held open so that it can be told from one that a killed process left."""
    while True:
        part = folder / f"{PART}{token_hex(8)}.part"
        number = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            if fcntl is not None:
                fcntl.flock(number, fcntl.LOCK_EX)
            if not part.exists():  # another process tidied it away before it was held
                continue
            yield part
            return
        finally:
            os.close(number)


def _tidy(folder: Path) -> None:
    """Take away what copies left that were killed: it holds every name."""
    for part in folder.glob(f"{PART}*.part") if fcntl is not None else ():
        with suppress(OSError), part.open("rb") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            part.unlink()


def _fill(source: sqlite3.Connection, part: Path) -> None:
    with closing(sqlite3.connect(part, isolation_level=None)) as copied:
        source.backup(copied)
        (said,) = copied.execute("PRAGMA quick_check(1)").fetchone()
    if said != "ok":
        raise DatabaseError(f"the copy is damaged, and so is what it was made of: {said}", "no copy was kept")


def _appear(part: Path, target: Path) -> None:
    """Give the copy its name, once it is on the disk, and never that of another file."""
    with part.open("rb+") as stream:
        os.fsync(stream.fileno())
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, as on most memory sticks
        part.rename(target)


def place(path: Path, target: Path | None) -> Path:
    """Where a copy of a database goes: the file that is named, or a free name in a folder, by default its own."""
    label = now().replace(":", "")
    if target is None:
        return beside(path, label)
    return beside(target / path.name, label) if os.path.isdir(target) else target  # noqa: PTH112 - no error if it is too long


def make(connection: sqlite3.Connection, path: Path, target: Path | None) -> tuple[Path, list[str]]:
    """Copy what a connection sees, and remember where the copy is; its path, and what could not be done.

    Args:
        connection: open.
        path: of the database.
        target: as for `place`.

    Raises:
        WrongUsageError, DatabaseError: as `copy`.
    """
    made = place(path, target)
    copy(connection, made)
    try:
        note(path, made)
    except DatabaseError as error:
        return made, [f"the database does not know of this copy: {error.message}"]
    return made, []


def note(path: Path, target: Path) -> None:
    """Remember in a database where a copy of it is.

    Raises:
        DatabaseError: it cannot be written.
    """
    with translate_sqlite_errors(path), closing(open_file(path, write=True)) as connection:
        begin_writing(connection)
        remember(connection, target)
        connection.execute("COMMIT")


def remember(connection: sqlite3.Connection, target: Path) -> None:
    """The same, inside a transaction."""
    connection.execute("INSERT INTO backup (at, path) VALUES (?, ?)", [now(), str(target.absolute())])


def known(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """When and where copies were made that are still there."""
    for at, path in connection.execute("SELECT at, path FROM backup ORDER BY at, path"):
        if "[redacted-" in path or _is_there(Path(path)):  # where exactly, a redaction took away
            yield at, path


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
