"""A text in the user's editor, until what it says can be taken; what somebody has written is never lost.

The file is in a folder of its own that only its owner can open, because of what editors leave beside a file.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from scamcli.cli.output import say
from scamcli.errors import ChangedError, DataError, NotFoundError, ScamcliError, WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 5.0
"""Seconds that an editor has to end, once this process has to."""

_MARK = "#! "
"""What an error begins with at the top of the text."""


def is_at_terminal() -> bool:
    """Whether an editor can be shown."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def revise(text: str, take: Callable[[str], None]) -> bool:
    """Let the user change a text until it can be taken; whether it was.

    A text that was left as it is, or emptied, is not taken. What cannot be taken comes back, its error at the top;
    whoever leaves it so gives up: the text is kept in a file, and its path is said.

    Args:
        text: to begin with.
        take: takes the text, or says why not.

    Raises:
        ScamcliError: the last one, of a text that was given up, and what another text would not mend.
    """
    with _file(text) as path:
        before, failed = _without_error(text), None
        while True:
            _edit(path)
            said = _without_error(path.read_text(encoding="utf-8-sig", errors="replace"))
            if all(line.startswith("#") for line in said.split("\n") if line.strip()):
                return False
            if said == before and failed is not None:
                raise failed
            if said == before:
                return False
            try:
                take(said)
            except ChangedError:
                raise
            except (DataError, NotFoundError, WrongUsageError) as error:
                before, failed = said, error
                path.write_text(_with_error(said, error), encoding="utf-8")
            else:
                return True


@contextmanager
def _file(text: str) -> Iterator[Path]:
    """A file with this text, which is gone at the end; where something failed it stays, with what was written."""
    import shutil
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="scamcli-"))
    path = folder / "record.txt"
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")
    try:
        yield path
    except BaseException:
        kept = _written(path, text)
        if kept is None:
            shutil.rmtree(folder)
        else:
            say(f"what you wrote is kept in {kept}")
        raise
    shutil.rmtree(folder)


def _written(path: Path, text: str) -> Path | None:
    """Where something else than this text is: the file, or, where an editor has left more beside it, its folder."""
    if path.exists() and path.read_text(encoding="utf-8", errors="replace") != text:
        return path
    return path.parent if any(one != path for one in path.parent.iterdir()) else None


def _edit(path: Path) -> None:
    """Open the editor, and wait.

    Raises:
        WrongUsageError: there is none, or it failed.
    """
    command = _editor()
    try:
        with _signals():
            code = _run([*command, str(path)])
    except OSError as error:
        hint = "VISUAL or EDITOR names the editor: EDITOR=nano"
        raise WrongUsageError(f"the editor {command[0]!r} cannot be run: {error.strerror}", hint) from None
    if code:
        raise WrongUsageError(f"the editor {command[0]!r} ended with exit code {code}", "nothing was written")
    if not path.exists():
        raise WrongUsageError(f"the editor {command[0]!r} took its file away", "nothing was written")


@contextmanager
def _signals() -> Iterator[None]:
    """For the time of an editor: what would end this process at once raises ``SystemExit``, unless it is ignored."""
    import signal

    def leave(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    before = {signal.SIGINT: signal.signal(signal.SIGINT, lambda *_: None)}  # the editor's, which has the terminal
    for one in (signal.Signals[name] for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)):
        if signal.getsignal(one) is signal.SIG_DFL:
            before[one] = signal.signal(one, leave)
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _run(command: list[str]) -> int:
    """Run a command to its end; its exit code. Where this process has to end first, the command does as well."""
    import subprocess

    with subprocess.Popen(command) as process:
        try:
            return process.wait()
        except SystemExit:
            process.terminate()  # it may have something to save
            with suppress(subprocess.TimeoutExpired):
                process.wait(PATIENCE)
            process.kill()
            raise


def _editor() -> list[str]:
    """The editor that the user names, else one that most systems have.

    Raises:
        WrongUsageError: there is none.
    """
    import shlex
    import shutil

    for name in ("VISUAL", "EDITOR"):
        try:
            words = shlex.split(os.environ.get(name, ""))
        except ValueError as error:
            raise WrongUsageError(f"{name} cannot be read: {error}", "expected a command, such as nano") from None
        if words:
            return words
    found = next(filter(shutil.which, ("nano", "vi")), None)
    if found is None:
        raise WrongUsageError("no editor", "VISUAL or EDITOR names one: EDITOR=nano")
    return [found]


def _with_error(text: str, error: ScamcliError) -> str:
    """A text with what is wrong at its top."""
    told = [line for line in (*error.more, error.message, error.hint) if line]
    head = "".join(f"{_MARK}{' '.join(line.split())}\n" for line in told)
    return f"{head}{text}"


def _without_error(text: str) -> str:
    """A text without what was said to be wrong in it."""
    return "\n".join(line for line in text.split("\n") if not line.startswith(_MARK.rstrip()))
