"""Run a command, report every failure in one or two plain lines, and return the exit code."""

from __future__ import annotations

import os
import re
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from scamcli.cli.output import Scope, say
from scamcli.errors import DatabaseError, ScamcliError, WrongUsageError, sentence
from scamcli.records import limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class _ClosedPipeError(Exception):
    """Raised if nobody reads the output any more. This is not a failure, but typer would exit with code 1."""


@contextmanager
def closed_pipe_is_no_error() -> Iterator[None]:
    """Write out what was printed. If nobody reads it any more, end the command without a failure."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise _ClosedPipeError from None


def exit_code_of(run: Callable[[], object]) -> int:
    """Run a command, report its failure if it fails, and return the exit code."""
    try:
        code = run()
    except ScamcliError as error:
        return report(error)
    except KeyboardInterrupt:
        return 130
    except EOFError:  # the end of the input where an answer was expected
        sys.stderr.write("\n")
        return 130
    except limits.TimeIsOverError:
        return report(limits.exceeded("seconds", "The command takes"))
    except MemoryError:
        return report(limits.exceeded("memory", "The command needs"))
    except _ClosedPipeError:
        _discard_output()
        return 0
    except Exception as error:
        return _report_unexpected(error)
    return code if isinstance(code, int) else 0


def _report_unexpected(error: Exception) -> int:
    """Report an error that no command has handled, and return its exit code."""
    if hasattr(error, "format_message"):  # a usage error of typer, whichever copy of click it uses
        context = getattr(error, "ctx", None)
        hint = f"`{context.command_path if context else 'scamcli'} --help` lists what it takes."
        return report(WrongUsageError(_in_double_quotes(error.format_message()), hint))
    if "SCAMCLI_DEBUG" in os.environ:
        raise error
    if isinstance(
        error, OSError
    ):  # commands handle errors of their files and databases, so this one is about the output
        _discard_output()
        return report(DatabaseError(f"{error.filename or 'The output'} cannot be written: {error.strerror}."))
    damage = _find_damage()
    if damage is not None:
        return report(damage)
    say(f"Internal error: {type(error).__name__}: {error}.", "SCAMCLI_DEBUG=1 shows where; please report it.")
    return 70


def _in_double_quotes(message: str) -> str:
    """Return a message of click with its values in double quotes, as in our own messages."""
    return sentence(re.sub(r"'([^']*)'", r'"\1"', message))


def _find_damage() -> ScamcliError | None:
    """Return an error if a database of the command is damaged, because a damaged record can cause any error."""
    from scamcli.timeline.verify import damage_of

    try:
        found = (damage_of(path) for path in (Scope.path, *Scope.others) if path is not None)
        return next(filter(None, found), None)
    except ScamcliError as error:
        return error


def report(error: ScamcliError) -> int:
    """Print the message and the hint of an error, and return its exit code."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _discard_output()
    say(*(line for line in (*error.more, error.message, error.hint) if line))
    return error.exit_code


def _discard_output() -> None:
    """Discard the rest of the output, so that Python's flush at exit raises nothing."""
    with suppress(OSError, ValueError):  # a stream without a file descriptor does not need this
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
