"""``scamcli add``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from scamcli.cli import editor, template
from scamcli.cli.app import command
from scamcli.cli.event_flags import FLAGS, Given, check, find_links, read_stdin, say_changes, say_unread
from scamcli.cli.options import CARE, TARGET, Care, Target, takes
from scamcli.cli.output import print_line, say
from scamcli.errors import WrongUsageError
from scamcli.records.models import Event
from scamcli.timeline.open import writing


@command("add")
@takes(given=FLAGS, care=CARE, target=TARGET)
def add(
    given: Given,
    care: Care,
    target: Target,
    stdin: Annotated[str | None, typer.Argument(metavar="[-]", help="- takes a record on stdin.")] = None,
    id_: Annotated[str | None, typer.Option("--id", metavar="ID", help="Its id; else made of date and title.")] = None,
) -> None:
    """Add an event, from flags or as a record on stdin, and print its id.

    For example: scamcli add --date 2023-07-01 --kind statement --title 'Police name a number' --figure 'rescues: more
    than 40; by: Kandal police' --source 'VOD; url: https://example.org/1'. Nothing is guessed that is not said.

    A figure is METRIC: WORDING, then ; key: value as often as needed, with the keys province, nationality, group,
    period, by, part of, split, of, count, unit, low, best, high, id and note.

    Without flags, $VISUAL or $EDITOR opens on a template.
    """
    if stdin is None and not given and editor.is_at_terminal():
        _in_editor(target, care, id_)
    else:
        print_line(_add(_value(given, stdin, id_), given.lists.get("links", []), target, care))


def _in_editor(target: Target, care: Care, id_: str | None) -> None:
    added = []

    def take(text: str) -> None:
        said = {key: one for key, one in template.parse(text, {}).items() if one}  # what is not said is completed
        value = {"type": "event"} | ({"id": id_} if id_ else {}) | said
        added.append(_add(value, said.get("links", []), target, care))

    if editor.revise(template.render({"status": "reviewed"}, "a new event"), take):
        print_line(added[0])
    else:
        say("nothing was added")


def _add(value: dict[str, Any], links: list[dict[str, Any]], target: Target, care: Care) -> str:
    with writing(target.path, care.new_names, target.cause("add"), create=True) as writer:
        find_links(writer, links)
        record = writer.take(value, insert_only=True)
        writer.settle()
        check(writer, record, care)
        say_unread(writer, record)
        name = writer.shown(str(record.id if isinstance(record, Event) else getattr(record, "name", "")))
    say_changes(writer)
    return name


def _value(given: Given, stdin: str | None, id_: str | None) -> dict[str, Any]:
    if stdin is not None:
        if stdin != "-":
            raise WrongUsageError(f"add takes flags, or - for a record on stdin, not {stdin!r}")
        if given:
            raise WrongUsageError("a record on stdin and flags at once; expected one of them")
        return {"type": "event", **read_stdin()} | ({"id": id_} if id_ else {})
    missing = [name for name in ("date", "kind", "title") if name not in given.scalars]
    if missing:
        needed = ", ".join(f"--{name}" for name in missing)
        raise WrongUsageError(
            f"an event needs {needed}", "`scamcli add --help` has an example; - takes a record on stdin"
        )
    return {"type": "event", **({"id": id_} if id_ else {}), **_empty_is_null(given.scalars), **given.lists}


def _empty_is_null(scalars: dict[str, str]) -> dict[str, str | None]:
    return {name: value or None for name, value in scalars.items()}
