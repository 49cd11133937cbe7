"""``scamcli edit``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scamcli.cli import complete, editor, grammar, template
from scamcli.cli.app import command
from scamcli.cli.event_flags import FLAGS, Given, check, faults, find_links, read_stdin, say_changes
from scamcli.cli.options import CARE, TARGET, Care, Target, takes
from scamcli.cli.output import print_line, say, say_notes
from scamcli.errors import ChangedError, DataError, NotFoundError, WrongUsageError
from scamcli.language import gazetteer
from scamcli.output.text import change_text
from scamcli.query import resolve
from scamcli.records import canonical
from scamcli.records.models import Event
from scamcli.store import terms
from scamcli.timeline import Timeline, history
from scamcli.timeline.open import writing

if TYPE_CHECKING:
    from scamcli.store.writer import Writer

_KEYED_BY = {"actors": "name", "places": "name", "figures": "id", "sources": "outlet", "links": "event"}


@command("edit")
@takes(given=FLAGS, care=CARE, target=TARGET)
def edit(
    given: Given,
    care: Care,
    target: Target,
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

    Without any of them, $VISUAL or $EDITOR opens on the record. That of an actor or a site is changed by its name and
    - alone.
    """
    removals = [grammar.removal(text) for text in remove or ()]
    if stdin is None and not given and not removals:
        if editor.is_at_terminal():
            _in_editor(id_, target, care, expect)
            return
        raise WrongUsageError("nothing to change", "`scamcli edit --help` lists the flags; - takes a record on stdin")
    if stdin is not None and (stdin != "-" or given or removals):
        raise WrongUsageError("expected flags, or - for a whole record on stdin, not both")
    if expect is not None and not expect.strip():
        raise WrongUsageError("--expect takes the digest that show gave, not an empty text")
    value = read_stdin() if stdin else None
    with writing(target.path, care.new_names, target.cause("edit")) as writer:
        find_links(writer, given.lists.get("links", []))
        name = _edited(writer, id_, value, given, removals, expect, care)
        name = writer.shown(name)
    say_changes(writer)
    print_line(name)


def _in_editor(id_: str, target: Target, care: Care, expect: str | None) -> None:
    """Change an event in the user's editor; one that has changed since it was opened is not written over."""
    with Timeline(target.path) as timeline:
        say_notes(timeline)
        record = timeline.show(id_)
    digest = record["digest"] if expect is None else expect

    def take(text: str) -> None:
        value = template.parse(text, record)
        with writing(target.path, care.new_names, target.cause("edit")) as writer:
            find_links(writer, value["links"])
            _edited(writer, record["id"], value, Given({}, {}), [], digest, care)
        say_changes(writer)

    if editor.revise(template.render(record, f"the event {record['id']}"), take):
        print_line(record["id"])
    else:
        say("nothing was changed")


def _edited(
    writer: Writer,
    id_: str,
    value: dict[str, Any] | None,
    given: Given,
    removals: list[tuple[str, str]],
    expect: str | None,
    care: Care,
) -> str:
    type_ = _type(writer, value)
    if isinstance(type_, str) and type_ in {"actor", "site", "metric"} and value is not None:
        found = terms.known(writer.connection, type_, id_)
        record = terms.record_of(writer.connection, found[0]) if found else None
        _expected(writer, type_, found[1] if found else id_, _digest(expect, value), canonical.line(record or {}))
        writer.replace_entity(type_, id_, {**value, "type": type_})
        return found[1] if found else id_
    if type_ != "event":
        raise DataError(f"no type {ascii(type_)[:60]}; expected event, actor, site or metric")
    event_id = writer.event_id(id_) or resolve.event_id(writer.connection, id_)
    stored = writer.stored_event(event_id) or ""
    _expected(writer, "event", event_id, _digest(expect, value), stored)
    known = faults(writer, Event.model_validate(json.loads(stored)))
    event = writer.replace_event(event_id, value if value is not None else _changed(writer, stored, given, removals))
    _see_removed(event, removals)
    check(writer, event, care, known)
    return event_id


def _see_removed(event: Event, removals: list[tuple[str, str]]) -> None:
    """What a figure or a place says stays said.

    Raises:
        DataError: something that was to be taken out is derived from what is still there.
    """
    record = event.model_dump()
    for listed, name in removals:
        key = _KEYED_BY.get(listed)
        derived = listed in {"provinces", "nationalities", "actors"}
        if derived and any(_form(listed, one[key] if key else one) == _form(listed, name) for one in record[listed]):
            why = "a figure or a place of the event says it"
            raise DataError(f"{name!r} stays among the {listed}: {why}", "change that first; nothing was written")


def _type(writer: Writer, value: dict[str, Any] | None) -> Any:
    """What a record is of: as it says, else what has its name; an event has none."""
    if value is None or "type" in value or not isinstance(value.get("name"), str):
        return (value or {}).get("type", "event")
    found = [type_ for type_ in terms.NAMED if terms.known(writer.connection, type_, value["name"])]
    return found[0] if found else "event"


def _digest(expect: str | None, value: dict[str, Any] | None) -> object:
    return expect if expect is not None else (value or {}).get("digest")


def _expected(writer: Writer, type_: str, name: str, expect: object, stored: str) -> None:
    """See that the record is the one that was read: that of ``--expect``, or of the digest that ``show`` gave with it.

    Raises:
        ChangedError: it has changed since; the message says what was read and what is there.
    """
    if expect is None or str(expect).strip().lower() == canonical.digest(stored):
        return
    wanted = str(expect).strip().lower()[:40]
    told = f"the record has changed: its digest is {canonical.digest(stored)}, not {wanted}"
    was = history.read_before(writer.connection, type_, name, wanted)
    if was is not None:
        read, since = was
        found = history.differences(*(json.loads(writer.printed(text)) for text in (read, stored)))
        told += f"; since {since}, {change_text.what({'differences': found})}"
    raise ChangedError(told, "nothing was written; look at it again with `scamcli show`")


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
    meant = {_form(listed, name)}
    if listed in {"actors", "sources", "sites"}:
        meant.add(writer.naming.own("site" if listed == "sites" else "actor", name))
    kept = [one for one in record[listed] if _form(listed, one[key] if key else one) not in meant]
    if len(kept) == len(record[listed]):
        there = ", ".join(writer.shown(str(one[key] if key else one)) for one in record[listed]) or "none"
        raise NotFoundError(f"the event has no {listed} {name!r}", f"it has {there}")
    return kept


def _form(listed: str, name: str) -> str:
    """What a name is compared by: a province however it is written, a country or nationality whatever its case."""
    if listed == "provinces":
        found = gazetteer.resolve(name)
        return found.name if isinstance(found, gazetteer.Province) else name
    return name.casefold() if listed in {"countries", "nationalities", "tags"} else name
