"""``scamcli sql``."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

from scamcli.cli.declarations import Argument, Option, command, takes
from scamcli.cli.options import OUTPUT
from scamcli.cli.output import Output, chosen, print_page, print_result, say, say_notes
from scamcli.errors import WrongUsageError, quote
from scamcli.output.formats import Format, Result
from scamcli.output.text.words import plural
from scamcli.timeline import ReadOnlyTimeline
from scamcli.timeline.queries import public_views, time_limit

if TYPE_CHECKING:
    from scamcli.query.sql import Answer, Clock

LONGEST_STDIN = 4_000_000
MOST_IN_A_TABLE = 100_000
"""The most rows in a table, which is measured as a whole before it is written; other formats are streamed."""


@command("sql")
@takes(output=OUTPUT)
def sql(
    output: Output,
    query: Annotated[
        str | None, Argument(metavar="[QUERY]", help="One SELECT statement; - reads it from stdin.")
    ] = None,
    param: Annotated[
        list[str] | None, Option("--param", "-p", metavar="NAME=VALUE", help="Value of :NAME in the query.")
    ] = None,
    drafts: Annotated[bool, Option("--drafts", help="Include drafts that nobody has reviewed.")] = False,
    timeout: Annotated[
        float | None,
        Option("--timeout", metavar="SECONDS", help="Stop after this much processor time (default: 30)."),
    ] = None,
) -> None:
    """Run a SQL query over public views. Without a query, list the views and their columns.

    Queries can only read. Protected names are masked in all views. A --param value that you compare with a number is
    read as a number.
    """
    if query is None:
        views = [{"view": view.name, "columns": list(view.columns), "about": view.about} for view in public_views()]
        print_result(Result(views, ("view", "columns", "about")), output)
        return
    text, parameters, clock = _text(query), _parameters(param or ()), time_limit(timeout)
    with ReadOnlyTimeline(output.db, include_protected=output.include_protected) as timeline:
        say_notes(timeline)
        with _watched(clock):
            _print(timeline.sql(text, parameters, clock=clock, drafts=drafts), output)


def _print(answer: Answer, output: Output) -> None:
    rows = _limited(answer.rows) if chosen(output) is Format.TABLE else answer.rows
    printed = print_page(Result(rows, answer.columns, keys=answer.columns), output)
    if printed.more:
        say(f"Showing the first {plural(printed.rows, 'row')}; use LIMIT and OFFSET for others, or a pipe for all.")


def _text(query: str) -> str:
    """Return the query, which is read from stdin if the argument is ``-``."""
    if query != "-":
        return query
    raw = sys.stdin.buffer.read(LONGEST_STDIN + 1)
    if len(raw) > LONGEST_STDIN:
        raise WrongUsageError("The query on stdin is longer than 4 MB.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongUsageError(f"The query on stdin is not UTF-8 text (byte {error.start + 1}).") from None


def _parameters(assignments: Iterable[str]) -> dict[str, str]:
    parameters: dict[str, str] = {}
    for one in assignments:
        name, equals, value = one.partition("=")
        if not equals or not name.lstrip(":@$"):
            raise WrongUsageError(
                f"--param takes NAME=VALUE, not {quote(one[:80])}.", "For example: --param kind=raid."
            )
        if name.lstrip(":@$") in parameters:
            raise WrongUsageError(f"Two values for the parameter :{name.lstrip(':@$')[:80]}.")
        parameters[name.lstrip(":@$")] = value
    return parameters


def _limited(rows: Iterable[dict[str, object]]) -> Iterator[dict[str, object]]:
    for number, row in enumerate(rows):
        if number == MOST_IN_A_TABLE:
            raise WrongUsageError(f"More than {MOST_IN_A_TABLE:,} rows for a table.", "Add LIMIT, or use --format tsv.")
        yield row


@contextmanager
def _watched(clock: Clock) -> Iterator[None]:
    """End the process if SQLite does not stop in time, because nothing can interrupt a single function call."""
    done = threading.Event()

    def watch() -> None:
        while not clock.is_stuck():
            if done.wait(0.25):
                return
        sys.stderr.write(f"scamcli: {clock.error().message}\n")
        sys.stderr.flush()
        os._exit(WrongUsageError.exit_code)

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        done.set()
