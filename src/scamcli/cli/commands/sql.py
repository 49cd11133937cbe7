"""``scamcli sql``."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from scamcli.cli.app import command
from scamcli.cli.options import OUTPUT, takes
from scamcli.cli.output import Output, chosen, print_page, print_result, say, say_notes
from scamcli.errors import DatabaseError, WrongUsageError
from scamcli.output.formats import Format, Result
from scamcli.output.text.words import plural
from scamcli.query import sql as questions
from scamcli.query.sql.clock import SECONDS, Clock
from scamcli.query.sql.error_messages import CANNOT
from scamcli.timeline import Timeline

LONGEST_STDIN = 4_000_000
MOST_IN_A_TABLE = 100_000
"""Rows of a table, which is measured as a whole before it is written; other formats are streamed."""


@command("sql")
@takes(output=OUTPUT)
def sql(
    output: Output,
    query: Annotated[str | None, typer.Argument(metavar="[QUERY]", help="One SELECT; - reads it from stdin.")] = None,
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", metavar="NAME=VALUE", help="The value of :NAME in the query.")
    ] = None,
    drafts: Annotated[bool, typer.Option("--drafts", help="Drafts too, which nobody has reviewed.")] = False,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", help="Of processor time that it may take.")
    ] = SECONDS,
) -> None:
    """Ask in SQL, over public views; without a query, list the views and their columns.

    A query can only read. Protected names are withheld in every view. A value that is compared with a number is one.
    """
    if query is None:
        print_result(Result(_views(), ("view", "columns", "about")), output)
        return
    text, parameters, clock = _text(query), _parameters(param or ()), Clock(timeout)
    with Timeline(output.db, include_protected=output.include_protected) as timeline:
        say_notes(timeline)
        try:
            with _watched(clock):
                _print(timeline.sql(text, parameters, clock=clock, drafts=drafts), output)
        except WrongUsageError as error:
            if error.message.startswith(CANNOT) and next(timeline.verify(), None) is not None:
                hint = "`scamcli info --verify` says where; restore a backup"
                raise DatabaseError(f"{timeline.path} is damaged", hint) from None
            raise


def _print(answer: questions.Answer, output: Output) -> None:
    rows = _few(answer.rows) if chosen(output) is Format.TABLE else answer.rows
    printed = print_page(Result(rows, answer.columns, keys=answer.columns), output)
    if printed.more:
        say(f"the first {plural(printed.rows, 'row')}; LIMIT and OFFSET give others, a pipe gives all")


def _views() -> Iterator[dict[str, Any]]:
    for view in questions.VIEWS:
        yield {"view": view.name, "columns": list(view.columns), "about": view.about}


def _text(query: str) -> str:
    """The query itself, or what stdin says.

    Raises:
        WrongUsageError: stdin is no UTF-8 text, or too long.
    """
    if query != "-":
        return query
    raw = sys.stdin.buffer.read(LONGEST_STDIN + 1)
    if len(raw) > LONGEST_STDIN:
        raise WrongUsageError("stdin: more than 4 MB; expected one query")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongUsageError(f"stdin: not UTF-8 text (byte {error.start + 1}); expected one query") from None


def _parameters(given: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not name.lstrip(":@$"):
            raise WrongUsageError(f"a parameter is NAME=VALUE, not {one[:80]!r}", "such as --param kind=raid")
        if name.lstrip(":@$") in found:
            raise WrongUsageError(f"two values for the parameter :{name.lstrip(':@$')[:80]}")
        found[name.lstrip(":@$")] = value
    return found


def _few(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for number, row in enumerate(rows):
        if number == MOST_IN_A_TABLE:
            raise WrongUsageError(f"more than {MOST_IN_A_TABLE:,} rows for a table", "add LIMIT, or use --format tsv")
        yield row


@contextmanager
def _watched(clock: Clock) -> Iterator[None]:
    """End the process where SQLite does not stop: inside a single call of a function it cannot be asked to."""
    done = threading.Event()

    def watch() -> None:
        while not clock.stuck():
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
