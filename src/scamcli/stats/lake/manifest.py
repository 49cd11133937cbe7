"""What a lake holds, in its file ``lake.json``: which timeline, up to which change, in which files."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from scamcli.errors import DatabaseError, DataError, WrongUsageError
from scamcli.numbers import RULES_VERSION
from scamcli.records.plain_files import kind_of

NAME = "lake.json"
FORMAT = 2
TABLES = frozenset({"figures", "links", "suspected"})
"""The tables that totals are made from."""

_AGAIN = "Export the whole lake again, without --since."


class Manifest(NamedTuple):
    """The description of a lake.

    Attributes:
        format: The version of the layout of its files.
        rules: The version of the rules that its suspected pairs were found by.
        change: The last change of the timeline that is in the lake.
        seal: The seal of that change, which no other timeline has.
        masked: Whether the timeline has protected names, which are masked.
        min_cell: The number of people below which the timeline suppresses numbers.
        metrics: Unit, split and count of each metric that has figures.
        drafts: How many figures are in drafts, by metric and kind of event.
        years: For each year, how many events it has and the sum of their keys.
        files: The files of each table. Other files in the folder are not part of the lake.
    """

    format: int
    rules: str
    change: int
    seal: str | None
    masked: bool
    min_cell: int
    metrics: dict[str, tuple[str, str | None, str]]
    drafts: dict[str, dict[str, int]]
    years: dict[str, list[int]]
    files: dict[str, list[str]]

    def write(self, lake: Path) -> None:
        """Write the manifest into the folder of a lake."""
        text = json.dumps(self._asdict(), ensure_ascii=False, indent=1)
        (lake / NAME).write_text(f"{text}\n", encoding="utf-8")

    def require_earlier(self, connection: sqlite3.Connection, since: int) -> None:
        """Refuse to append the changes after ``since`` if the lake is not an earlier state of this timeline.

        Raises:
            DataError: The lake is of another timeline, or from a later change.
            WrongUsageError: The lake lacks earlier changes.
        """
        row = connection.execute("SELECT seal FROM change WHERE id = ?", [self.change]).fetchone()
        (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()
        if self.change > last:
            raise DataError(f"The lake has change {self.change}, but the timeline ends with change {last}.", _AGAIN)
        if (row[0] if row else None) != self.seal:
            hint = f"{_AGAIN[:-1]}, or name the lake of this timeline."
            raise DataError(f"Change {self.change} of the lake is not change {self.change} of this timeline.", hint)
        redacted = "SELECT 1 FROM change WHERE id > ? AND command = 'redact'"
        if connection.execute(redacted, [self.change]).fetchone():
            raise DataError("Something was redacted after the lake was written, so the lake may still have it.", _AGAIN)
        if since > self.change:
            hint = f"Use --since {self.change}."
            raise WrongUsageError(f"The lake ends with change {self.change}, so changes would be missing.", hint)
        if since < 0:
            raise WrongUsageError(f"--since takes the number of a change, not {since}.", "`scamcli log` lists them.")


def read(lake: Path) -> Manifest:
    """Return the manifest of a lake.

    Raises:
        DataError: The lake follows other rules.
        DatabaseError: The folder is not a lake, or one of another format.
    """
    path = lake / NAME
    if kind_of(path) not in {"file", "missing"}:
        raise DatabaseError(f"{path} is not a file.", _AGAIN)
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        rules, format_ = values["rules"], values["format"]
    except FileNotFoundError:
        hint = "`scamcli export lake -o DIR` writes a lake."
        raise DatabaseError(f"{lake} is not a lake: it has no file {NAME}.", hint) from None
    except OSError as error:
        raise DatabaseError(f"Cannot read {path}: {error.strerror}.") from None
    except (ValueError, TypeError, KeyError, RecursionError):
        raise DatabaseError(f"{path} is damaged.", _AGAIN) from None
    if rules != RULES_VERSION:
        raise DataError(f"The lake follows rules {rules}, and this program rules {RULES_VERSION}.", _AGAIN)
    if format_ != FORMAT:
        raise DatabaseError(f"{lake} is a lake of format {format_}, but this program reads {FORMAT}.", _AGAIN)
    return _of_declared_form(values, path)


def _of_declared_form(values: object, path: Path) -> Manifest:
    try:
        found = TypeAdapter(Manifest).validate_python(values)
    except ValidationError:
        raise DatabaseError(f"{path} is damaged.", _AGAIN) from None
    if not found.files.keys() >= TABLES:
        raise DatabaseError(f"{path} is damaged.", _AGAIN)
    return found
