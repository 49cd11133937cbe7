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


_SHORTER = (
    "the history ends with change {last}, and the head is of change {change}. This may be an older copy of the file,"
    " the newest changes may have been cut off, or the head is of another timeline. Look for a newer copy, and try it"
    " with this head; an older head that you kept tells whether this is the same timeline"
)
_DELETED = (
    "change {change}, which the head is of, is missing, although the history goes on to change {last}. No command"
    " deletes a change, so somebody did, or the file is damaged. Compare it with an older copy"
)
_OTHER = (
    "change {change} has another seal than the head, so the history up to it is not the one that the head is of. The"
    " head may be of another timeline, somebody may have gone on from an older copy of this one, or the history was"
    " rewritten. Try older heads: up to the newest one that fits, the history is the same. Then compare what follows"
    " with an older copy, a bag or a timestamp"
)


def reason_against(connection: sqlite3.Connection, head: Head) -> str | None:
    """Return why a history does not continue the one that had a head, or ``None`` if it does.

    The reason says what is certain, what it may mean, and what to do. That there is none proves something only if all
    seals are correct, which `info --verify` checks as well.
    """
    row = connection.execute("SELECT seal FROM change WHERE id = ?", [head.change]).fetchone()
    if row == (head.seal,):
        return None
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()
    reason = _OTHER if row else _SHORTER if last < head.change else _DELETED
    return reason.format(change=head.change, last=last)
