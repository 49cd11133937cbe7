"""``scamcli edit``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scamcli import lookup
from scamcli.cli import complete, grammar
from scamcli.cli.options import DB, Group, takes
from scamcli.cli.output import print_line
from scamcli.cli.record import CARE, FLAGS, Care, Given, check, read_stdin, say_changes
from scamcli.errors import DataError, NotFoundError, WrongUsageError
from scamcli.store import terms
from scamcli.timeline import digest, named_path, writing

if TYPE_CHECKING:
    from scamcli.store.writer import Writer

APPS = {"edit": typer.Typer(rich_markup_mode=None, add_completion=False)}

_KEYED_BY = {"actors": "name", "places": "name", "figures": "id", "sources": "outlet", "links": "event"}


@APPS["edit"].command("edit")
@takes(given=FLAGS, care=CARE, db=Group((DB,), named_path))
def edit(
    given: Given,
    care: Care,
    db: Path | None,
    id_: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="The event's id, or how it begins; or an actor's or site's name.",
            autocompletion=complete.events,
        ),
    ],
    stdin: Annotated[str | None, typer.Argument(metavar="[-]", help="- takes the whole record on stdin.")] = None,
    remove: Annotated[
        list[str] | None,
        typer.Option("--remove", metavar="'WHAT: NAME'", help="Take out of a list: 'actor: NAME', 'figure: ID'."),
    ] = None,
    expect: Annotated[
        str | None,
        typer.Option(
            "--expect", metavar="DIGEST", help="Refuse when the record has changed since show gave this digest."
        ),
    ] = None,
) -> None:
    """Change an event: single flags replace, repeated flags add, --remove takes out; - takes a whole record on stdin.

    The record of an actor or a site is changed by its name and - alone.
    """
    removals = [grammar.removal(text) for text in remove or ()]
    if stdin is None and not given and not removals:
        raise WrongUsageError("nothing to change", "`scamcli edit --help` lists the flags; - takes a record on stdin")
    if stdin is not None and (stdin != "-" or given or removals):
        raise WrongUsageError("expected flags, or - for a whole record on stdin, not both")
    value = read_stdin() if stdin else None
    with writing(db, care.new_names) as writer:
        name = _edited(writer, id_, value, given, removals, expect, care)
        name = writer.shown(name)
    say_changes(writer)
    print_line(name)


def _edited(
    writer: Writer,
    id_: str,
    value: dict[str, Any] | None,
    given: Given,
    removals: list[tuple[str, str]],
    expect: str | None,
    care: Care,
) -> str:
    if value is not None and value.get("type", "event") != "event":
        found = terms.known(writer.connection, str(value["type"]), id_)
        if found is None:
            raise NotFoundError(f"no {str(value['type'])[:40]} named {id_!r}")
        _expected(expect, json.dumps(terms.record_of(writer.connection, found[0]), ensure_ascii=False))
        writer.replace_entity(str(value["type"]), found[1], value)
        return found[1]
    event_id = lookup.event_id(writer.connection, id_)
    stored = writer.stored_event(event_id) or ""
    _expected(expect, stored)
    event = writer.replace_event(event_id, value if value is not None else _changed(writer, stored, given, removals))
    check(writer, event, care)
    return event_id


def _expected(expect: str | None, stored: str) -> None:
    if expect is not None and digest(stored) != expect.strip().lower():
        raise DataError(
            f"the record has changed: its digest is {digest(stored)}, not {expect}",
            "look at it again with `scamcli show`",
        )


def _changed(writer: Writer, stored: str, given: Given, removals: list[tuple[str, str]]) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(stored)
    for listed, name in removals:
        record[listed] = _without(writer, record, listed, name)
    for name, value in given.scalars.items():
        record[name] = value or None
    for listed, values in given.lists.items():
        record[listed] = [*record[listed], *(one for one in values if one not in record[listed])]
    return record


def _without(writer: Writer, record: dict[str, Any], listed: str, name: str) -> list[Any]:
    key = _KEYED_BY.get(listed)
    meant = {name}
    if listed in {"actors", "sources", "sites"}:
        found = terms.known(writer.connection, "site" if listed == "sites" else "actor", name)
        meant |= {found[1]} if found else set()
    kept = [one for one in record[listed] if (one[key] if key else one) not in meant]
    if len(kept) == len(record[listed]):
        there = ", ".join(writer.shown(str(one[key] if key else one)) for one in record[listed]) or "none"
        raise NotFoundError(f"the event has no {listed} {name!r}", f"it has {there}")
    return kept
