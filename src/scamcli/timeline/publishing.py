"""Check all events, actors and files of a database before any of it is published."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scamcli.checks import publishing
from scamcli.checks.finding import Finding
from scamcli.errors import WrongUsageError
from scamcli.store import terms

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from scamcli.checks.finding import Problem
    from scamcli.records.masking import Masker
    from scamcli.records.types import EventDict


class _Events:
    """The reviewed events of a timeline, oldest first. They can be read any number of times."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __iter__(self) -> Iterator[EventDict]:
        """Yield the records."""
        for (text,) in self._connection.execute("SELECT record FROM event WHERE draft = 0 ORDER BY start, id"):
            yield json.loads(text)


def findings(connection: sqlite3.Connection, path: Path, k: int) -> Iterator[Finding]:
    """Yield, masked, the details that could identify protected people. Yields nothing if nobody is protected.

    Args:
        connection: An open connection to the database.
        path: The database file; its name is checked, too.
        k: A combination of attributes that fewer than this many events share is rare.

    Raises:
        WrongUsageError: ``k`` is less than 2.
    """
    if k < 2:
        raise WrongUsageError(f"--k takes a number from 2, not {k}.", "With 1, nothing would be rare.")
    masker = terms.protected(connection)
    if masker is not None:
        yield from _files(connection, path, masker)
        yield from _events(_Events(connection), masker, k)
        yield from _actors(connection, masker)


def _files(connection: sqlite3.Connection, path: Path, masker: Masker) -> Iterator[Finding]:
    backups = (str(name) for (name,) in connection.execute("SELECT DISTINCT path FROM backup ORDER BY path"))
    for name in dict.fromkeys((str(path), *backups)):
        for problem in publishing.check_file(name, masker):
            yield _finding(masker.without(name, frozenset(masker.names)), problem)


def _events(events: _Events, masker: Masker, k: int) -> Iterator[Finding]:
    shared = publishing.shared_by(events, masker)
    for event in events:
        printed, dataset = masker.record(event), event["dataset"]
        for problem in publishing.check_event(event, printed, masker, shared, k):
            yield _finding(printed["id"], problem)
        for problem in publishing.check_file(dataset["name"], masker) if dataset else ():
            yield _finding(printed["id"], problem)


def _actors(connection: sqlite3.Connection, masker: Masker) -> Iterator[Finding]:
    rows = connection.execute("SELECT record FROM term WHERE type = 'actor' AND record IS NOT NULL ORDER BY name")
    for actor in (json.loads(text) for (text,) in rows):
        if actor["protected"]:
            printed = masker.record(actor)
            for problem in publishing.check_actor(printed):
                yield _finding(printed["name"], problem)


def _finding(record: str, problem: Problem) -> Finding:
    code, place, reason = problem
    return Finding(code, record, place, reason)
