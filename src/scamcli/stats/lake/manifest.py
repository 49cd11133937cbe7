"""What a lake holds, in its file ``lake.json``: which timeline, up to which change."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import DatabaseError, DataError, WrongUsageError
from scamcli.figures import RULES_VERSION

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

NAME = "lake.json"
FORMAT = 1

_AGAIN = "Export the whole lake again, without --since."


class Manifest(NamedTuple):
    """The description of a lake.

    Attributes:
        format: the version of the layout of its files.
        rules: the version of ``docs/honest-numbers.md`` that its claims were resolved by.
        change: the last change of the timeline that is in the lake.
        seal: the seal of that change, which no other timeline has.
        masked: whether the timeline has protected names, which are masked.
        min_cell: the number of people below which the timeline suppresses numbers.
        metrics: unit, split and count of each metric that has figures.
        drafts: how many figures are in drafts, by metric and kind of event.
        years: for each year, how many events it has and the sum of their keys.
    """

    format: int
    rules: str
    change: int
    seal: str | None
    masked: bool
    min_cell: int
    metrics: dict[str, list[str | None]]
    drafts: dict[str, dict[str, int]]
    years: dict[str, list[int]]

    def write(self, lake: Path) -> None:
        """Write the manifest into the folder of a lake."""
        text = json.dumps(self._asdict(), ensure_ascii=False, indent=1)
        (lake / NAME).write_text(f"{text}\n", encoding="utf-8")

    def require_earlier(self, connection: sqlite3.Connection, since: int) -> None:
        """Refuse to append the changes after ``since`` if the lake is not an earlier state of this timeline.

        Raises:
            DataError: the lake is of another timeline, from a later change, or was written by other rules.
            WrongUsageError: the lake lacks earlier changes.
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
        if self.rules != RULES_VERSION:
            raise DataError(f"The lake follows rules {self.rules}, and this program rules {RULES_VERSION}.", _AGAIN)
        if since > self.change:
            hint = f"Use --since {self.change}."
            raise WrongUsageError(f"The lake ends with change {self.change}, so changes would be missing.", hint)
        if since < 0:
            raise WrongUsageError(f"--since takes the number of a change, not {since}.", "`scamcli log` lists them.")


def read(lake: Path) -> Manifest:
    """Return the manifest of a lake.

    Raises:
        DatabaseError: the folder is not a lake, or one of another version.
    """
    path = lake / NAME
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        found = Manifest(**values)
    except FileNotFoundError:
        hint = "`scamcli export lake -o DIR` writes a lake."
        raise DatabaseError(f"{lake} is not a lake: it has no file {NAME}.", hint) from None
    except OSError as error:
        raise DatabaseError(f"Cannot read {path}: {error.strerror}.") from None
    except (ValueError, TypeError):
        raise DatabaseError(f"{path} is damaged.", _AGAIN) from None
    if found.format != FORMAT:
        raise DatabaseError(f"{lake} is a lake of format {found.format}, but this program reads {FORMAT}.", _AGAIN)
    return found
