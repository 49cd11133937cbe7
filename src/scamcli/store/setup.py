"""Create a database: its tables and, if asked, the shipped timeline, in one transaction.

If two processes do this for the same file at once, the second waits and then finds the file complete.
"""

from __future__ import annotations

from contextlib import closing, suppress
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from scamcli.errors import DatabaseError
from scamcli.store import backup, schema
from scamcli.store.bulk_import import load
from scamcli.store.connection import (
    create_file,
    enable_wal,
    has_tables,
    inode,
    is_older,
    open_file,
    translate_sqlite_errors,
)
from scamcli.store.jsonl_input import JsonLines
from scamcli.store.writer import Cause, NewNames, Writer

if TYPE_CHECKING:
    import sqlite3


def seed_path() -> Path:
    """Return the path of the shipped timeline, in the package or in the checkout of an editable install.

    Raises:
        DatabaseError: the file is in neither place.
    """
    packaged = Path(str(files("scamcli"))) / "data" / "seed.jsonl"
    checkout = Path(__file__).parents[3] / "data" / "seed.jsonl"
    for path in (packaged, checkout):
        if path.is_file():
            return path
    raise DatabaseError(f"The shipped timeline is missing at {packaged}.", "Install scamcli again.")


def make(path: Path, *, seed: bool) -> bool:
    """Create a database if there is no file or an empty one, and return whether this call created it.

    Raises:
        DatabaseError: something else is at the path, or the file cannot be written.
    """
    connection = create_file(path)
    try:
        if has_tables(connection):
            return False
        writer = Writer(connection, path, NewNames.REFUSED, Cause("init"), inode(path))
        with writer.transaction():
            made = make_tables(connection)
            if made and seed:
                with seed_path().open("rb") as stream:
                    load(writer, [JsonLines("seed.jsonl", stream).records()])
        enable_wal(connection)
        return made
    finally:
        with translate_sqlite_errors(path):
            connection.close()


def make_tables(connection: sqlite3.Connection) -> bool:
    """Create the tables inside the caller's transaction if there are none, and return whether they were created."""
    if has_tables(connection):
        return False
    schema.upgrade(connection)
    return True


def upgrade(path: Path) -> Path | None:
    """Upgrade a file from an older version in one transaction, after making a copy.

    Returns:
        The path of the copy, or ``None`` if another process has upgraded the file meanwhile.

    Raises:
        DatabaseError: the file cannot be copied or written; it stays as it was.
    """
    kept: Path | None = None
    try:
        with closing(open_file(path, write=True)) as connection, closing(open_file(path, write=False)) as reader:
            writer = Writer(connection, path, NewNames.REFUSED, Cause("upgrade"), inode(path))
            with writer.transaction():
                if not is_older(connection):
                    return None
                label = f"before-{schema.pending(connection)[0]}"
                earlier = list(path.parent.glob(f"{path.stem}.{label}*{path.suffix}"))
                kept = backup.beside(path, label)
                backup.copy(reader, kept)
                schema.upgrade(connection)
                for one in [*earlier, kept]:  # killed upgrades left the earlier ones
                    backup.remember(writer.history, one)
    except BaseException:
        if kept is not None:
            with suppress(OSError):
                kept.unlink(missing_ok=True)
        raise
    return kept
