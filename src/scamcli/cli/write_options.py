"""Options of commands that write: the author, the database, and what to do about duplicates and doubts."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from pathlib import Path
from typing import NamedTuple, TypedDict

from scamcli.cli import complete
from scamcli.cli.declarations import DB, Group, option
from scamcli.cli.options import parse_database
from scamcli.cli.output import say_notes
from scamcli.records.types import JsonObject
from scamcli.timeline.session import ChangeInfo as ChangeInfo
from scamcli.timeline.session import cause_of


class Target(NamedTuple):
    """The database that a command changes (``None`` means the default), who makes the change, and why."""

    path: Path | None
    cause: ChangeInfo


def _change_info(by: str | None, reason: str | None) -> ChangeInfo:
    cause = cause_of("", by, reason)  # refuse wrong values before the command does anything
    return {"author": cause.by, "reason": cause.reason}


def _target(by: str | None, reason: str | None, db: Path | None) -> Target:
    return Target(parse_database(db), _change_info(by, reason))


WRITING = (
    option(
        "by", str | None, None, "--as", heading="History", metavar="NAME",
        help="Author of the change (default: your login name).",
    ),
    option("reason", str | None, None, "--reason", heading="History", metavar="TEXT", help="Reason for the change."),
)  # fmt: skip


CHANGE_INFO = Group(WRITING, _change_info)
"""Who changes the database, and why, for a command that takes its database from ``OUTPUT``."""

TARGET = Group((*WRITING, DB), _target)
"""The database to change, who changes it, and why."""


class WriteOptions(TypedDict):
    """Whether to save despite warnings, and to create actors and sites even if a similar name exists."""

    force: bool
    new_actor: bool


WRITE_OPTIONS = Group(
    (
        option("force", bool, False, "--force", help="Save despite warnings."),
        option(
            "new_actor", bool, False, "--new-actor", help="Create new actors and sites even if a similar name exists."
        ),
    ),
    WriteOptions,
)


SETTLING = (
    option(
        "repeats", list[str], [], "--repeats", heading="Duplicates", metavar="ID", autocompletion=complete.events,
        help="Record that the event counts the same incident as event ID.",
    ),
    option(
        "updates", list[str], [], "--updates", heading="Duplicates", metavar="ID", autocompletion=complete.events,
        help="Record that it replaces the earlier number of event ID.",
    ),
    option(
        "distinct_from", list[str], [], "--distinct-from", heading="Duplicates", metavar="ID",
        autocompletion=complete.events, help="Record that the event counts a different incident from event ID.",
    ),
)  # fmt: skip


def links_to(repeats: list[str], updates: list[str], distinct_from: list[str]) -> list[dict[str, object]]:
    """Return the links that say whether events report the same incident."""
    named = {"repeats": repeats, "updates": updates, "distinct": distinct_from}
    return [{"type": type_, "event": event} for type_, events in named.items() for event in events]


LINKS = Group(SETTLING, links_to)
"""The events that an event repeats, those that it updates, and those that it is distinct from."""


def add_record(target: Target, options: WriteOptions, record: JsonObject) -> str:
    """Add a record of any type, print the notices, and return its id or name."""
    from scamcli.timeline.edits import Edits  # here, because most commands that load this module add nothing

    with Edits(target.path, create=True) as timeline:
        added = timeline.add(record, **options, **target.cause)
        say_notes(timeline, added.notes)
    return added.name
