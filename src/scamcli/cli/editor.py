"""Let the user change a text in an editor until it can be saved, and never lose what they wrote.

The file is in its own folder that only the owner can open, because editors leave backups beside a file.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from scamcli.cli.output import say
from scamcli.errors import ChangedError, DataError, NotFoundError, WrongUsageError, quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GRACE_PERIOD = 5.0
"""Seconds that an editor has to exit when this process must exit."""

_ERROR_PREFIX = "#! "
"""The beginning of each line of an error at the top of the text."""


def is_at_terminal() -> bool:
    """Return whether somebody is at a terminal, who can be asked or shown an editor."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def nothing_to_change(command: str) -> WrongUsageError:
    """Return the error of a command that is given no change and has no terminal for an editor."""
    hint = f"`scamcli {command} --help` lists the options; - reads a record from stdin."
    return WrongUsageError(f"`{command}` needs options that say what to change, or a terminal for an editor.", hint)


def revise(text: str, save: Callable[[str], None]) -> bool:
    """Let the user change a text until it can be saved, and return whether it was saved.

    A text that the user left unchanged or emptied is not saved. If saving fails, the editor opens again with the error
    at the top. If the user then changes nothing, that counts as giving up: the text stays in a file, whose path is
    printed.

    Args:
        text: the initial text.
        save: a function that saves a text, or raises an error that the user can fix.

    Raises:
        ScamcliError: the user gave up (this is the last error of ``save``), or no other text would help.
    """
    with _temporary_file(text) as path:
        before, failure = _without_error(text), None
        while True:
            _open_editor(path)
            edited = _without_error(path.read_text(encoding="utf-8-sig", errors="replace"))
            if all(line.startswith("#") for line in edited.split("\n") if line.strip()):
                return False
            if edited == before:
                if failure is not None:
                    raise failure
                return False
            try:
                save(edited)
            except ChangedError:
                raise
            except (DataError, NotFoundError, WrongUsageError) as error:
                before, failure = edited, error
                lines = [line for line in (*error.more, error.message, error.hint) if line]
                head = "".join(f"{_ERROR_PREFIX}{' '.join(line.split())}\n" for line in lines)
                path.write_text(head + edited, encoding="utf-8")
            else:
                return True


@contextmanager
def _temporary_file(text: str) -> Iterator[Path]:
    """Create a file with a text, and delete it at the end, unless there was an error and the user wrote anything."""
    import shutil
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="scamcli-"))
    path = folder / "record.txt"
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")
    try:
        yield path
    except BaseException:
        if path.exists() and path.read_text(encoding="utf-8", errors="replace") != text:
            say(f"What you wrote is kept in {path}")
        elif any(one != path for one in folder.iterdir()):  # for example what an editor saves when it is killed
            say(f"What you wrote is kept in {folder}")
        else:
            shutil.rmtree(folder)
        raise
    shutil.rmtree(folder)


def _open_editor(path: Path) -> None:
    """Open the editor on a file, and wait until it exits."""
    command = _editor_command()
    try:
        with _signals_handled():
            code = _run([*command, str(path)])
    except OSError as error:
        hint = "Set VISUAL or EDITOR to the command of an editor: EDITOR=nano."
        raise WrongUsageError(f"The editor {quote(command[0])} cannot be run: {error.strerror}.", hint) from None
    if code:
        raise WrongUsageError(f"The editor {quote(command[0])} failed with exit code {code}.", "Nothing was written.")
    if not path.exists():
        raise WrongUsageError(f"The editor {quote(command[0])} deleted its file.", "Nothing was written.")


@contextmanager
def _signals_handled() -> Iterator[None]:
    """Turn signals that would kill this process into ``SystemExit``, so that the text in the editor is kept."""
    import signal

    def leave(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    # While the editor has the terminal, Ctrl-C is for the editor to handle.
    before = {signal.SIGINT: signal.signal(signal.SIGINT, lambda *_: None)}
    for one in (signal.Signals[name] for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)):
        if signal.getsignal(one) is signal.SIG_DFL:
            before[one] = signal.signal(one, leave)
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _run(command: list[str]) -> int:
    """Run a command and return its exit code. If this process has to exit first, end the command too."""
    import subprocess

    with subprocess.Popen(command) as process:
        try:
            return process.wait()
        except SystemExit:
            process.terminate()  # not kill(), so that the editor can save its text
            with suppress(subprocess.TimeoutExpired):
                process.wait(GRACE_PERIOD)
            process.kill()
            raise


def _editor_command() -> list[str]:
    """Return the command of the user's editor, or of an editor that most systems have."""
    import shlex
    import shutil

    for name in ("VISUAL", "EDITOR"):
        try:
            words = shlex.split(os.environ.get(name, ""))
        except ValueError as error:
            hint = "Expected a command such as nano."
            raise WrongUsageError(f"{name} is not a valid command: {error}.", hint) from None
        if words:
            return words
    found = next(filter(shutil.which, ("nano", "vi")), None)
    if found is None:
        raise WrongUsageError("No editor was found.", "Set VISUAL or EDITOR to the command of one: EDITOR=nano.")
    return [found]


def _without_error(text: str) -> str:
    """Return a text without the error at its top."""
    return "\n".join(line for line in text.split("\n") if not line.startswith(_ERROR_PREFIX.rstrip()))
