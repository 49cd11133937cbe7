"""Every failure that a user can meet, and its exit code.

Code below the command line raises these and prints nothing; the command line turns each into one or two plain
lines on stderr. A message names the input, its place and what was expected; a hint says the next step.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class ScamcliError(Exception):
    """A failure to tell the user about in plain words.

    Args:
        message: what was wrong, where, and what was expected.
        hint: what to do next, or an empty string.
        more: what else was wrong, a line each.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "", more: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.more = more
        self.message = message
        self.hint = hint


class WrongUsageError(ScamcliError):
    """An option or argument that does not make sense: a bad date, a reversed range, an unknown metric."""

    exit_code = 2


class NotFoundError(ScamcliError):
    """No such event or name, or a name that fits two."""

    exit_code = 3


class DataError(ScamcliError):
    """A record that cannot be taken; nothing was written."""

    exit_code = 4


class ChangedError(DataError):
    """A record has changed since it was read: another text of it would not help."""


class DatabaseError(ScamcliError):
    """The database is absent, busy, damaged, of another version, or no database at all."""

    exit_code = 5


class NoTimelineError(DatabaseError):
    """There is no timeline at this path yet: no file, or one without anything in it."""


@contextmanager
def withheld(shown: Callable[[str], str]) -> Iterator[None]:
    """Errors raised inside, without the names of protected actors."""
    try:
        yield
    except ScamcliError as error:
        error.message, error.hint = shown(error.message), shown(error.hint)
        error.more = tuple(map(shown, error.more))
        error.args = (error.message,)
        raise
