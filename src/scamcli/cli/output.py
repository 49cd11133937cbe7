"""Answers to stdout, talk to stderr: the one place that prints."""

from __future__ import annotations

import shutil
import sys
from contextlib import suppress
from io import StringIO
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO, cast

from scamcli.errors import ScamcliError, WrongUsageError
from scamcli.output import formats
from scamcli.output.formats import Format, Result

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from scamcli.timeline import Timeline


LISTED = 20
"""How many of many are named in a line."""


class Output(NamedTuple):
    """How a command answers."""

    format: Format | None
    """``None``: a table on a terminal, tab-separated in a pipe, or the command's own text."""
    fields: tuple[str, ...]
    include_protected: bool
    db: Path | None


class Talk:
    """What is said on stderr: without the names that the database of this command protects.

    A user's own words come back in messages, so what is said is masked where it is said.
    """

    path: Path | None = None
    include_protected = False

    @classmethod
    def about(cls, path: Path | None, *, include_protected: bool = False) -> None:
        """Which database the command is about, and whether it was asked to print protected names."""
        cls.path, cls.include_protected = path, include_protected

    @classmethod
    def shown(cls, lines: Iterable[str]) -> list[str]:
        """The lines as they may be said."""
        if cls.include_protected or cls.path is None:
            return list(lines)
        from scamcli.timeline.open import withholding

        with suppress(ScamcliError, OSError), withholding(cls.path) as shown:
            return [shown(line) for line in lines]
        return list(lines)


def say(*lines: str) -> None:
    """Talk: a line each on stderr."""
    for line in Talk.shown(lines) if lines else ():
        sys.stderr.write(f"scamcli: {formats.one_line(line)}\n")


def listed(what: str, names: Iterable[str], between: str = ", ") -> list[str]:
    """A line that names the first of many; no line where there are none."""
    first = list(islice(names, LISTED + 1))
    more = " …" if len(first) > LISTED else ""
    return [f"{what}: {between.join(first[:LISTED])}{more}"] if first else []


def say_notes(timeline: Timeline) -> None:
    """What was assumed on the way, once."""
    say(*timeline.notes)
    timeline.notes.clear()


def chosen(output: Output) -> Format:
    """The format that was asked for; else a table on a terminal, tab-separated in a pipe."""
    return output.format or (Format.TABLE if sys.stdout.isatty() else Format.TSV)


def print_text(text: str) -> None:
    """A text to read, harmless to a terminal line by line."""
    sys.stdout.write("\n".join(formats.visible(line) for line in text.split("\n")) + "\n")


def print_drawn(text: str) -> None:
    """What was drawn for a terminal: what it shows was made harmless where it was drawn."""
    sys.stdout.write(f"{text}\n")


def ask(question: str) -> str | None:
    """What the user answers, without its spaces, ``?`` for what is no text; ``None`` at the end of the input."""
    sys.stdout.write(formats.visible(question))
    sys.stdout.flush()
    try:
        answer = sys.stdin.readline()
    except OSError:  # the terminal is gone
        return None
    except UnicodeDecodeError:
        return "?" if sys.stdin.isatty() else None
    return answer.strip().encode("utf-8", "replace").decode("utf-8") if answer else None


class _Terminal:
    """stdout where it is a terminal: what data holds is written out there, and cannot act."""

    def __init__(self, *, tabs: bool) -> None:
        self._tabs = tabs

    def write(self, text: str) -> int:
        """Write a text; JSON stays the same JSON."""
        text = formats.visible(text)
        return sys.stdout.write(text if self._tabs else text.replace("\t", r"\u0009"))

    def writelines(self, lines: Iterable[str]) -> None:
        """Write texts one after the other."""
        for line in lines:
            self.write(line)


def data_stream(*, tabs: bool = False) -> TextIO:
    """Where data goes: as it is, but on a terminal harmless, and without tabs where none part it."""
    return cast("TextIO", _Terminal(tabs=tabs)) if sys.stdout.isatty() else sys.stdout


def print_line(line: str) -> None:
    """One line of data: an id, a record."""
    data_stream().write(f"{line}\n")


def print_number(number: int) -> None:
    """A bare number, for scripts."""
    sys.stdout.write(f"{number}\n")


def print_above(caption: str, output: Output) -> None:
    """What stands above a table: what was asked."""
    from scamcli.output.text import words

    sys.stdout.write(f"{_prose(words.filled(caption), output)}\n\n")


def print_below(notes: list[str], output: Output) -> None:
    """What stands below a table: what to know in order to read it right."""
    if notes:
        from scamcli.output.text import words

        print_lines("\n".join(map(words.filled, notes)), output)


def print_lines(text: str, output: Output) -> None:
    """A text that belongs to a table, its lines as they are."""
    sys.stdout.write(f"\n{_prose(text, output)}\n")


def _prose(text: str, output: Output) -> str:
    """Harmless line by line; in Markdown, which would join lines, each ends with two spaces."""
    lines = [formats.visible(line) for line in text.split("\n")]
    return "  \n".join(map(formats.no_markdown, lines)) if chosen(output) is Format.MARKDOWN else "\n".join(lines)


def print_result(result: Result, output: Output) -> None:
    """The rows, in the format that was asked for.

    Raises:
        WrongUsageError: ``--fields`` names a key that the rows do not have.
    """
    format_ = chosen(output)
    _write(result, output, sys.stdout if format_ is Format.TABLE else data_stream(tabs=format_ is Format.TSV))


def _write(result: Result, output: Output, out: TextIO) -> None:
    if output.fields:
        result = _narrowed(result, output.fields)
    formats.write(result, chosen(output), out)


def _narrowed(result: Result, fields: tuple[str, ...]) -> Result:
    """Only these keys of each row.

    Raises:
        WrongUsageError: the rows have no such key; nothing was written yet.
    """
    rows = iter(result.rows)
    first = next(rows, None)
    known = tuple(first) if first is not None else result.keys
    unknown = [field for field in fields if known and field not in known]
    if unknown:
        raise WrongUsageError(f"no field {unknown[0]!r}", f"expected some of {', '.join(known)}")
    every = rows if first is None else chain([first], rows)
    return result._replace(rows=({field: row.get(field) for field in fields} for row in every), columns=fields)


class Printed(NamedTuple):
    """What of a list was printed: how many rows, the last of them, and whether there are more."""

    printed: int
    last: dict[str, Any] | None
    more: bool


def print_page(result: Result, output: Output, limit: int | None = None) -> Printed:
    """Print a list up to a limit; a table on a terminal stops at a screenful."""
    if chosen(output) is Format.TABLE and sys.stdout.isatty() and limit is None:
        return _print_screenful(result, output)
    rows = Limited(result.rows, limit)
    print_result(result._replace(rows=rows), output)
    sys.stdout.flush()
    return rows.printed


class Limited:
    """Rows up to a limit, that remembers what it gave."""

    def __init__(self, rows: Iterable[dict[str, Any]], limit: int | None) -> None:
        self._rows = rows
        self._limit = limit
        self.printed = Printed(0, None, more=False)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Each row, once."""
        for row in self._rows:
            if self.printed.printed == self._limit:
                self.printed = self.printed._replace(more=True)
                return
            self.printed = Printed(self.printed.printed + 1, row, more=False)
            yield row


def _print_screenful(result: Result, output: Output) -> Printed:
    lines = max(10, shutil.get_terminal_size().lines - 4)
    rows = list(islice(result.rows, lines + 1))
    fits, over, text = 1, len(rows) + 1, _text(result._replace(rows=rows[:1]), output)
    while over - fits > 1:
        tried = (fits + over) // 2
        longer = _text(result._replace(rows=rows[:tried]), output)
        if longer.count("\n") <= lines:
            fits, text = tried, longer
        else:
            over = tried
    sys.stdout.write(text)
    sys.stdout.flush()
    shown = min(fits, len(rows))
    return Printed(shown, rows[shown - 1] if shown else None, shown < len(rows))


def _text(result: Result, output: Output) -> str:
    out = _Screen()
    _write(result, output, out)
    return out.getvalue()


class _Screen(StringIO):
    """What a terminal would get."""

    def isatty(self) -> bool:
        """It is written for one."""
        return True
