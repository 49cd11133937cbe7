"""Answers to stdout, talk to stderr: the one place that prints."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Any

from scamcli import formats
from scamcli.errors import WrongUsageError
from scamcli.formats import Format, Result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from scamcli.cli.options import Output
    from scamcli.timeline import Timeline


def say(*lines: str) -> None:
    """Talk: a line each on stderr."""
    for line in lines:
        sys.stderr.write(f"scamcli: {formats.one_line(line)}\n")


def say_notes(timeline: Timeline) -> None:
    """What was assumed on the way, once."""
    say(*timeline.notes)
    timeline.notes.clear()


def chosen(output: Output) -> Format:
    """The format that was asked for; else a table on a terminal, tab-separated in a pipe."""
    return output.format or (Format.TABLE if sys.stdout.isatty() else Format.TSV)


def screenful() -> int:
    """How many rows a table shows on a terminal before it says how many there are."""
    return max(10, shutil.get_terminal_size().lines - 6)


def print_text(text: str) -> None:
    """A text to read, harmless to a terminal line by line."""
    sys.stdout.write("\n".join(formats.visible(line) for line in text.splitlines()) + "\n")


def print_line(line: str) -> None:
    """One line of data: an id, a record."""
    sys.stdout.write(f"{line}\n")


def print_number(number: int) -> None:
    """A bare number, for scripts."""
    sys.stdout.write(f"{number}\n")


def print_table_notes(caption: str, notes: list[str]) -> None:
    """What stands above and below a table: what was asked, and what to know in order to read it right."""
    if caption:
        sys.stdout.write(f"{formats.one_line(caption)}\n\n")
    for at, note in enumerate(notes):
        sys.stdout.write(("" if at else "\n") + formats.one_line(note) + "\n")


def print_result(result: Result, output: Output) -> None:
    """The rows, in the format that was asked for.

    Raises:
        WrongUsageError: ``--fields`` names a key that the rows do not have.
    """
    if output.fields:
        rows = _narrowed(result.rows, output.fields)
        result = result._replace(rows=rows, columns=output.fields)
    formats.write(result, chosen(output), sys.stdout)


def counted(
    rows: Iterable[dict[str, Any]], told: Callable[[int, dict[str, Any] | None], None]
) -> Iterator[dict[str, Any]]:
    """The same rows; at the end, tells how many there were, and the last."""
    number, last = 0, None
    for row in rows:
        number, last = number + 1, row
        yield row
    told(number, last)


def _narrowed(rows: Iterable[dict[str, Any]], fields: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for row in rows:
        unknown = [field for field in fields if field not in row]
        if unknown:
            raise WrongUsageError(f"no field {unknown[0]!r}", f"expected some of {', '.join(row)}")
        yield {field: row[field] for field in fields}
