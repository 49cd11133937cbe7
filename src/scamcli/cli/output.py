"""Print data to stdout and messages to stderr. Nothing else in the package prints."""

from __future__ import annotations

import io
import os
import select
import signal
import sys
import time
from contextlib import suppress
from itertools import chain, islice, pairwise
from os.path import isfile as is_file
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Generic, Self, TextIO, TypeVar, cast

from scamcli.errors import ScamcliError, WrongUsageError, quote
from scamcli.output import formats
from scamcli.output.escaping import escape_controls, escape_markdown, one_line
from scamcli.output.formats import Format, Result
from scamcli.records import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scamcli.records.masking import Masker
    from scamcli.timeline.lakes import Lake
    from scamcli.timeline.session import Session

T = TypeVar("T")
RowT = TypeVar("RowT", bound="Mapping[str, object]")

MOST_LISTED = 20
"""How many names a message lists."""

PROGRESS_INTERVAL = 0.2
"""Seconds between two updates of a progress line."""


class Output:
    """How a command prints.

    Attributes:
        format: The format. ``None`` means a table on a terminal, tab-separated text in a pipe, or a text that the
            command chooses.
        fields: The keys to print; empty for all.
        include_protected: Whether to print the names of protected actors.
        db: The database; ``None`` means the default database.
    """

    # Not a named tuple, because defining one takes 0.1 ms, and every command loads this module. So for `Printed`.
    def __init__(
        self, format_: Format | None, fields: tuple[str, ...], include_protected: bool, db: Path | None
    ) -> None:
        self.format = format_
        self.fields = fields
        self.include_protected = include_protected
        self.db = db


class Scope:
    """The databases that a command uses. Their protected names are masked in everything that this module prints.

    The results of `Timeline` are already masked. But a command also prints what the user typed, such as a path, and
    masking here does not depend on each command remembering that.
    """

    path: Path | None = None
    others: tuple[Path, ...] = ()
    include_protected = False
    typed: Sequence[str] = ()

    @classmethod
    def begin(cls, typed: Sequence[str]) -> None:
        """Begin a command with the words typed. Until they are parsed, any file in them may be the database."""
        cls.set(None)
        cls.typed = typed

    @classmethod
    def set(cls, path: Path | None, *others: Path, include_protected: bool = False) -> None:
        """Set the database of the command, other databases that it reads, and whether it may print protected names."""
        cls.path, cls.others, cls.include_protected = path, others, include_protected

    @classmethod
    def maskers(cls) -> list[Masker]:
        """Return maskers for the protected names of these databases."""
        if cls.include_protected:
            return []
        from scamcli.timeline.session import masker_of

        found = []
        for path in dict.fromkeys((*filter(None, [cls.path]), *cls.others, *cls._typed_paths())):
            with suppress(ScamcliError, OSError):  # a file that cannot be read protects nobody
                found.append(masker_of(path))
        return [masker for masker in found if masker is not None]

    @classmethod
    def _typed_paths(cls) -> list[Path]:
        named = [after for word, after in pairwise(cls.typed) if word == "--db"]
        if cls.path is not None:
            return list(map(Path, named))
        from scamcli.timeline.session import default_path, named_path

        words = (word.removeprefix("--db=") for word in cls.typed)
        files = [Path(word) for word in words if is_file(word)]  # noqa: PTH113 - Path.is_file() raises for long words
        return [*files, named_path(None) or default_path()]


def masked(text: str) -> str:
    """Return a text with protected names masked."""
    for masker in Scope.maskers():
        text = masker.text(text)
    return text


def _masked_rows(rows: Iterable[Mapping[str, object]]) -> Iterable[Mapping[str, object]]:
    """Return rows with protected names masked, except in words of closed lists."""
    for masker in Scope.maskers():
        rows = map(masker.values, rows)
    return rows


def say(*lines: str) -> None:
    """Print messages on stderr, one per line.

    A message can quote a part of what was typed. If that contains protected names, each of their words is masked too. A
    long quotation from a file may have been cut within a name, so each word of every name is masked there.
    """
    for masker in Scope.maskers() if lines else ():
        typed = masker.named_in(" ".join(Scope.typed))
        lines = tuple(masker.without(masker.cut(line), typed) for line in lines)
    for line in lines:
        sys.stderr.write(f"scamcli: {one_line(line)}\n")


def listed(what: str, names: Iterable[str], between: str = ", ") -> list[str]:
    """Return one line with the first of these names, in a list; return an empty list without names."""
    first = list(islice(names, MOST_LISTED + 1))
    more = " …" if len(first) > MOST_LISTED else ""
    return [f"{what}: {between.join(first[:MOST_LISTED])}{more}"] if first else []


def say_notes(timeline: Session | Lake, notes: tuple[str, ...] = ()) -> None:
    """Print and clear the notes of a timeline, then print the notes of a write."""
    say(*timeline.notes, *notes)
    timeline.notes.clear()


class Progress:
    """A line on stderr that shows how far a command has got, such as ``importing 12 %``.

    It appears only on a terminal, and only if the command takes a while. It is erased at the end.
    """

    def __init__(self, doing: str) -> None:
        self._doing = doing
        self._is_shown = sys.stderr is not None and sys.stderr.isatty()
        self._next = time.monotonic() + 2 * PROGRESS_INTERVAL
        self._width = 0

    def __enter__(self) -> Self:
        """Return the progress itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Erase the line."""
        self.write("")

    def share(self, done: int, total: int | None) -> None:
        """Show how much is done: in percent, or as a number of records if the total is not known."""
        if self._is_due():
            share = f"{done:,} records" if total is None else f"{100 * done // max(total, 1)} %"
            self.write(f"{self._doing} {share}")

    def counted(self, lines: Iterable[T]) -> Iterator[T]:
        """Yield lines or records unchanged, and show how many there have been so far."""
        for number, line in enumerate(lines, 1):
            if number % 1000 == 0 and self._is_due():
                self.write(f"{self._doing} {number:,} records")
            yield line

    def _is_due(self) -> bool:
        is_due = self._is_shown and time.monotonic() >= self._next
        if is_due:
            self._next = time.monotonic() + PROGRESS_INTERVAL
        return is_due

    def write(self, text: str) -> None:
        """Replace the line; an empty text erases it."""
        if text or self._width:
            sys.stderr.write(f"\r{text:{self._width}}\r{text}")
            sys.stderr.flush()
        self._width = len(text)


def chosen(output: Output) -> Format:
    """Return the requested format, or otherwise a table on a terminal and tab-separated text in a pipe."""
    return output.format or (Format.TABLE if sys.stdout.isatty() else Format.TSV)


def print_text(text: str) -> None:
    """Print a text, with control characters made visible."""
    sys.stdout.write("\n".join(escape_controls(line) for line in masked(text).split("\n")) + "\n")


def print_drawn(text: str) -> None:
    """Print a text that contains terminal codes on purpose; its data must already be escaped."""
    sys.stdout.write(f"{masked(text)}\n")


def ask(question: str) -> str | None:
    """Return the user's answer without surrounding spaces, ``?`` if it is not text, or ``None`` at the end of input."""
    sys.stdout.write(escape_controls(masked(question)))
    sys.stdout.flush()
    try:
        answer = read_answer()
    except OSError:  # the terminal is gone
        return None
    except UnicodeDecodeError:
        return "?" if sys.stdin.isatty() else None
    return answer.strip().encode("utf-8", "replace").decode("utf-8") if answer else None


def read_answer() -> str:
    """Read a line from stdin. On a terminal, Control-C always interrupts it."""
    if sys.stdin.isatty() and sys.platform != "win32":
        _wait_for_stdin()
    return sys.stdin.readline()


def stdin_stream() -> BinaryIO:
    """Return stdin as a stream of bytes. On a terminal, Control-C always interrupts reading it."""
    if sys.stdin.isatty() and sys.platform != "win32":
        return io.BufferedReader(_TerminalInput())
    return sys.stdin.buffer


class _TerminalInput(io.RawIOBase):
    """The bytes that are typed on a terminal."""

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # any buffer can be given
        """Read what has been typed into a buffer, and return the number of bytes."""
        _wait_for_stdin()
        typed = os.read(sys.stdin.fileno(), len(buffer))
        buffer[: len(typed)] = typed
        return len(typed)


def _wait_for_stdin() -> None:
    """Wait until something is typed or a signal arrives.

    Python misses a signal that arrives just before it calls ``read``, and handles it only after the next line. So wait
    for the line or for the byte that Python writes for a signal, whichever comes first.
    """
    signalled, for_python = os.pipe()
    os.set_blocking(for_python, False)
    before = signal.set_wakeup_fd(for_python)
    try:
        select.select([sys.stdin, signalled], [], [])
    finally:
        signal.set_wakeup_fd(before)
        os.close(signalled)
        os.close(for_python)


class _Terminal:
    """stdout on a terminal, with control characters in data made visible so that they have no effect."""

    def __init__(self, *, tabs: bool) -> None:
        self._tabs = tabs

    def write(self, text: str) -> int:
        """Write a text; JSON stays valid, with the same value."""
        text = escape_controls(text)
        return sys.stdout.write(text if self._tabs else text.replace("\t", r"\u0009"))

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)


def data_stream(*, tabs: bool = False) -> TextIO:
    """Return the stream for data, which is stdout, with control characters made visible if it is a terminal.

    With ``tabs``, tabs stay as they are, for data that they separate.
    """
    return cast("TextIO", _Terminal(tabs=tabs)) if sys.stdout.isatty() else sys.stdout


def print_line(line: str | int) -> None:
    """Print one line of data, such as an id, a record or a number."""
    data_stream().write(f"{masked(str(line))}\n")


def print_record(record: Mapping[str, object]) -> None:
    """Print a record as one line of canonical JSON."""
    (found,) = _masked_rows([record])
    data_stream().write(f"{canonical.line(found)}\n")


def print_above(caption: str, output: Output) -> None:
    """Print the caption of a table."""
    from scamcli.output.text import words

    sys.stdout.write(f"{_prose(words.wrap(caption), output)}\n\n")


def print_below(notes: list[str], output: Output) -> None:
    """Print the notes of a table."""
    from scamcli.output.text import words

    print_lines(list(map(words.wrap, notes)), output)


def print_lines(lines: list[str], output: Output) -> None:
    """Print lines that belong to a table, if there are any, after an empty line and without wrapping them."""
    if lines:
        sys.stdout.write("\n" + _prose("\n".join(lines), output) + "\n")


def _prose(text: str, output: Output) -> str:
    """Make control characters visible. In Markdown, end each line with two spaces to keep the line break."""
    lines = [escape_controls(line) for line in masked(text).split("\n")]
    return "  \n".join(map(escape_markdown, lines)) if chosen(output) is Format.MARKDOWN else "\n".join(lines)


def print_result(result: Result, output: Output) -> None:
    """Print rows in the requested format.

    Raises:
        WrongUsageError: ``--fields`` names a key that the rows do not have.
    """
    format_ = chosen(output)
    _write(result, output, sys.stdout if format_ is Format.TABLE else data_stream(tabs=format_ is Format.TSV))


def _write(result: Result, output: Output, out: TextIO) -> None:
    result = result._replace(rows=_masked_rows(result.rows))
    formats.write(_with_fields(result, output.fields) if output.fields else result, chosen(output), out)


def _with_fields(result: Result, fields: tuple[str, ...]) -> Result:
    """Return a result with only these keys in each row, and refuse unknown keys before anything is written."""
    rows = iter(result.rows)
    first = next(rows, None)
    known = tuple(first) if first is not None else result.keys
    unknown = [field for field in fields if known and field not in known]
    if unknown:
        raise WrongUsageError(f"No field {quote(unknown[0])}.", f"Expected some of {', '.join(known)}.")
    every = rows if first is None else chain([first], rows)
    columns = fields if known else tuple(map(masked, fields))
    return result._replace(rows=({field: row.get(field) for field in fields} for row in every), columns=columns)


class Printed:
    """How much of a list was printed: the number of rows, the last row, and whether there are more."""

    def __init__(self, rows: int = 0, last: Mapping[str, object] | None = None, *, more: bool = False) -> None:
        self.rows = rows
        self.last = last
        self.more = more


def print_page(result: Result, output: Output, limit: int | None = None) -> Printed:
    """Print a list up to a limit. A table on a terminal stops at a screenful."""
    if chosen(output) is Format.TABLE and sys.stdout.isatty() and limit is None:
        return _print_screenful(result, output)
    rows = Limited(result.rows, limit)
    print_result(result._replace(rows=rows), output)
    sys.stdout.flush()
    return rows.printed


class Limited(Generic[RowT]):
    """Rows up to a limit, which keeps track of what was yielded."""

    def __init__(self, rows: Iterable[RowT], limit: int | None) -> None:
        self._rows = rows
        self._limit = limit
        self.printed = Printed()

    def __iter__(self) -> Iterator[RowT]:
        """Yield the rows."""
        for row in self._rows:
            if self.printed.rows == self._limit:
                self.printed.more = True
                return
            self.printed.rows += 1
            self.printed.last = row
            yield row


def _print_screenful(result: Result, output: Output) -> Printed:
    from shutil import get_terminal_size  # here, because it loads every way of compression

    lines = max(10, get_terminal_size().lines - 4)
    rows = list(islice(result.rows, lines + 1))
    # Rows can take several lines, so search for the largest number of rows that fits.
    fits, over, text = 1, len(rows) + 1, _text(result._replace(rows=rows[:1]), output)
    while over - fits > 1:
        middle = (fits + over) // 2
        longer = _text(result._replace(rows=rows[:middle]), output)
        if longer.count("\n") <= lines:
            fits, text = middle, longer
        else:
            over = middle
    sys.stdout.write(text)
    sys.stdout.flush()
    shown = min(fits, len(rows))
    return Printed(shown, rows[shown - 1] if shown else None, more=shown < len(rows))


def _text(result: Result, output: Output) -> str:
    out = _Screen()
    _write(result, output, out)
    return out.getvalue()


class _Screen(io.StringIO):
    """A text in memory that formats treat as a terminal."""

    def isatty(self) -> bool:
        return True
