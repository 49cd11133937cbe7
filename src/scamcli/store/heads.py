"""The head of a history: one line, kept outside the file, that proves what the history was up to a change."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import DatabaseError, NotFoundError, WrongUsageError, quote

if TYPE_CHECKING:
    import sqlite3

FORM = "scamcli-head-1"
"""The first word of the line."""


LONGEST = 200
"""The most characters of a line or a name that are read and printed."""


class Head(NamedTuple):
    """The number of a change, and its seal. As text, it is the line that ``log --head`` prints, without the newline."""

    change: int
    seal: str

    def __str__(self) -> str:
        """Return the line."""
        return f"{FORM} {self.change} {self.seal}"


def head(connection: sqlite3.Connection) -> Head:
    """Return the head of a history.

    Raises:
        NotFoundError: Nothing was changed yet.
        DatabaseError: The last change has no seal.
    """
    row = connection.execute("SELECT id, seal FROM change ORDER BY id DESC LIMIT 1").fetchone()
    if row is None:
        raise NotFoundError("The history has no change yet, so it has no head.", "The first change makes one.")
    if row[1] is None:
        raise DatabaseError(f"Change {row[0]} has no seal.", "`scamcli info --verify` says what is damaged.")
    return Head(*row)


def read(given: str) -> Head:
    """Return the head that a line or a file has, as ``log --head`` prints it.

    Raises:
        WrongUsageError: It is not such a line, or there is no such file.
    """
    if given.strip().startswith(FORM):
        return parse(given)
    try:
        with Path(given).open("rb") as stream:
            text = stream.read(LONGEST + 1)
    except (OSError, ValueError) as error:
        hint = f'Expected a line that `scamcli log --head` printed, which begins with "{FORM}", or a file with it.'
        raise WrongUsageError(
            f"{quote(given[:LONGEST])} is neither a head nor a file that can be read.", hint
        ) from error
    return parse(text.decode(errors="replace"))


def parse(text: str) -> Head:
    """Parse the line that ``log --head`` prints.

    Raises:
        WrongUsageError: It is not such a line.
    """
    found = re.fullmatch(rf"{FORM} ([1-9][0-9]{{0,17}}) ([0-9a-f]{{64}})", text.strip())
    if found is None:
        hint = f'Expected one line that `scamcli log --head` printed: "{FORM}", the number of a change, and 64 digits.'
        raise WrongUsageError(f"{quote(text.strip()[:100])} is not a head.", hint)
    return Head(int(found[1]), found[2])


def reason_against(connection: sqlite3.Connection, head: Head) -> str | None:
    """Return why a history does not continue the one that had a head, or ``None`` if it does.

    This proves it only if all seals are correct, which `info --verify` checks as well.
    """
    row = connection.execute("SELECT seal FROM change WHERE id = ?", [head.change]).fetchone()
    if row == (head.seal,):
        return None
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()
    if row is None and last < head.change:
        return (
            f"the history ends with change {last}, and the head is of change {head.change}: the newest changes were "
            "cut off, or this is an older copy of the file"
        )
    if row is None:
        return f"change {head.change}, which the head is of, is missing"
    return (
        f"change {head.change} has another seal than the head: the history up to it was rewritten, or the head is of "
        "another timeline"
    )
