"""Making a database: its tables and, where asked, the shipped timeline, in one transaction.

Two first uses at once are one: the second waits for the first, and finds it done.
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
    applied_migrations,
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
    """Where the shipped timeline is: in the package, or in the checkout of an editable install.

    Raises:
        DatabaseError: it is in neither.
    """
    packaged = Path(str(files("scamcli"))) / "data" / "seed.jsonl"
    checkout = Path(__file__).parents[3] / "data" / "seed.jsonl"
    for path in (packaged, checkout):
        if path.is_file():
            return path
    raise DatabaseError(f"the shipped timeline is missing at {packaged}", "install scamcli again")


def make(path: Path, *, seed: bool) -> bool:
    """Make a database where there is none, or where an empty file is; whether this call made it.

    Raises:
        DatabaseError: something else is there, or it cannot be written.
    """
    connection = create_file(path)
    try:
        if has_tables(connection):
            return False
        writer = Writer(connection, path, NewNames.REFUSED, Cause("init"), inode(path))
        with writer.transaction():
            made = make_tables(connection) and (not seed or _load_seed(writer))
        enable_wal(connection)
        return made
    finally:
        with translate_sqlite_errors(path):
            connection.close()


def make_tables(connection: sqlite3.Connection) -> bool:
    """Make the tables inside the caller's transaction, where there are none; whether there were none."""
    if has_tables(connection):
        return False
    from sqlite_utils import Database

    schema.upgrade(Database(connection))
    return True


def _load_seed(writer: Writer) -> bool:
    with seed_path().open("rb") as stream:
        load(writer, [JsonLines("seed.jsonl", stream).records()])
    return True


def upgrade(path: Path) -> Path | None:
    """Bring a file of an older version up to this one, in one transaction, once a copy of it is kept.

    Returns:
        Where the copy is; ``None`` where another process has brought it up in the meantime.

    Raises:
        DatabaseError: it cannot be copied or written; it stays as it was.
    """
    kept: Path | None = None
    try:
        with closing(open_file(path, write=True)) as connection, closing(open_file(path, write=False)) as reader:
            writer = Writer(connection, path, NewNames.REFUSED, Cause("upgrade"), inode(path))
            with writer.transaction():
                if not is_older(connection):
                    return None
                label = f"before-{schema.pending(applied_migrations(connection))[0]}"
                earlier = list(path.parent.glob(f"{path.stem}.{label}*{path.suffix}"))
                kept = backup.beside(path, label)
                backup.copy(reader, kept)
                _bring_up(connection, [*earlier, kept])
    except BaseException:
        if kept is not None:
            with suppress(OSError):
                kept.unlink(missing_ok=True)
        raise
    return kept


def _bring_up(connection: sqlite3.Connection, copies: list[Path]) -> None:
    """Apply what is pending; the file knows of its copies, also of those that killed upgrades left."""
    from sqlite_utils import Database

    schema.upgrade(Database(connection))
    for copy in copies:
        backup.remember(connection, copy)
