"""Other timelines that a command reads, and records of two that differ as rows."""

from __future__ import annotations

import shlex
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scamcli.cli.progress import Progress
from scamcli.errors import DatabaseError, DataError
from scamcli.merge.timelines.other_timeline import open_other
from scamcli.timeline.history import differences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import ExitStack

    from scamcli.merge.timelines.diff import Differing
    from scamcli.merge.timelines.other_timeline import Other

KEYS = ("type", "record", "action", "differences")


def read(path: str, stack: ExitStack) -> Other:
    """Open another timeline, with its progress on a terminal where it must be taken in.

    Raises:
        DataError, DatabaseError: as `open_other`; of a table the error says that it is one.
    """
    with Progress(f"reading {path}") as progress:
        try:
            return open_other(path, stack, progress.share)
        except DataError:
            if not _is_table(Path(path)):
                raise
            hint = f"`scamcli import {shlex.quote(path)}` takes tables"
            raise DataError(
                f"{path} is a table; expected another timeline: its database, or JSON lines", hint
            ) from None


def _is_table(path: Path) -> bool:
    from scamcli.exchange.importers import own, rows  # on the way of what is wrong alone

    return own.recognised(path) is not None or (path.is_file() and rows.is_table(path))


@contextmanager
def sound(others: list[Other]) -> Iterator[None]:
    """What goes wrong inside because another timeline is damaged, said so, and of which.

    Raises:
        DatabaseError: one of them is.
    """
    try:
        yield
    except (sqlite3.Error, ValueError, KeyError, TypeError, AttributeError) as error:
        from scamcli.timeline.verify import problems

        for other in others:
            other.connection.rollback()  # to look is a transaction of its own
            if next(problems(other.connection, None, text=False), None) is not None:
                hint = "`scamcli info --verify --db` says where; nothing was changed"
                raise DatabaseError(f"{other.name} is damaged", hint) from error
        raise


def row(found: Differing) -> dict[str, Any]:
    """A record that differs: what became of it, and value by value what."""
    record = found.after or found.before or {}
    action = "added" if found.before is None else "removed" if found.after is None else "changed"
    told = differences(found.before or {}, found.after or {}) if action == "changed" else []
    return {
        "type": found.type, "record": record["id" if found.type == "event" else "name"], "action": action,
        "differences": told,
    }  # fmt: skip
