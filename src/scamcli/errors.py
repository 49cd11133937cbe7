"""Errors that a user may see, with their exit codes.

Code below the command line raises these and prints nothing; the command line prints each as one or two plain lines on
stderr. A message names the input, where it is and what was expected; a hint names the next step. Both are sentences,
with names and given values in straight double quotes (CONTRIBUTING.md, "Messages").
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def quote(value: object) -> str:
    r"""Put a name or another given value in double quotes and write out hidden characters: ``\n``, ``\u202e``."""
    return '"' + "".join(char if char.isprintable() else ascii(char)[1:-1] for char in str(value)) + '"'


def sentence(*reasons: str) -> str:
    """Join reasons into a sentence with a capital letter, semicolons between the reasons, and a full stop."""
    text = "; ".join(reasons)
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


class ScamcliError(Exception):
    """A failure that can be explained to the user in plain words.

    Args:
        message: what was wrong, where, and what was expected.
        hint: what to do next, or an empty string.
        more: further problems, one line each, printed before the message.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "", more: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.more = more
        self.message = message
        self.hint = hint


class WrongUsageError(ScamcliError):
    """An invalid option or argument: a bad date, a reversed range, an unknown metric."""

    exit_code = 2


class NotFoundError(ScamcliError):
    """An event or name that does not exist, or a name that matches more than one."""

    exit_code = 3


class DataError(ScamcliError):
    """A record that cannot be accepted; nothing was written."""

    exit_code = 4


class ChangedError(DataError):
    """A record that has changed since it was read. Correcting the input would not help."""


class DatabaseError(ScamcliError):
    """The database is missing, busy, damaged or of a different version, or the file is not a database."""

    exit_code = 5


class IncompleteCopyError(DatabaseError):
    """A copy was made and kept, but evidence files were missing or altered.

    Args:
        message, hint: as for every error.
        copy: the path of the copy.
    """

    def __init__(self, message: str, hint: str, copy: Path) -> None:
        super().__init__(message, hint)
        self.copy = copy


class NoTimelineError(DatabaseError):
    """A path without a timeline: no file, or an empty one."""


@contextmanager
def masking_errors(mask: Callable[[str], str]) -> Iterator[None]:
    """Mask the names of protected actors in errors raised inside the block.

    Args:
        mask: a function that masks every protected name in a text.
    """
    try:
        yield
    except ScamcliError as error:
        error.message, error.hint = mask(error.message), mask(error.hint)
        error.more = tuple(map(mask, error.more))
        error.args = (error.message,)
        raise


def install_command(*extras: str) -> str:
    """Return the command that installs extras, and where to run it: scamcli is on no package index, only in clones."""
    return f"`pip install '.[{','.join(extras)}]'` in your clone of scamcli"


def missing_libraries(*libraries: str) -> list[str]:
    """Return those of these modules that are not installed."""
    from importlib.util import find_spec

    return [name for name in libraries if find_spec(name) is None]


def require_installed(extra: str, what: str, *libraries: str, otherwise: str = "") -> None:
    """Require the modules of an extra.

    Args:
        extra: the name of the extra.
        what: what needs the modules, with a verb, such as ``A report needs``.
        libraries: the names of the modules.
        otherwise: a sentence that says what works without them.

    Raises:
        WrongUsageError: some are not installed; the hint says how to install them.
    """
    absent = missing_libraries(*libraries)
    if absent:
        *others, last = absent
        named = f"{', '.join(others)} and {last}, which are" if others else f"{last}, which is"
        hint = f"Run {install_command(extra)}."
        raise WrongUsageError(f"{what} {named} not installed.", " ".join(filter(None, (hint, otherwise))))
