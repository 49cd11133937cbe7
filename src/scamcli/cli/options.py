"""Options that several commands share. Each group is parsed into one value."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, NamedTuple, TypedDict

import typer

from scamcli.cli import complete
from scamcli.cli.app import DB, OUTPUT_OPTIONS, PROTECTED, Group, option
from scamcli.cli.output import Output, Scope
from scamcli.errors import WrongUsageError, quote
from scamcli.output.formats import Format
from scamcli.timeline import FILTER_OPTIONS, Page, Query
from scamcli.timeline.session import ChangeInfo as ChangeInfo
from scamcli.timeline.session import cause_of, default_path, named_path

LARGEST_CHANGE = 2**63 - 1
"""The largest number that SQLite can store for a change."""

CountOption = Annotated[bool, typer.Option("--count", help="Print only the count.")]
"""Whether to print only the number of matching events."""

TextArgument = Annotated[list[str] | None, typer.Argument(metavar="[TEXT]...", help="Search terms (all must match).")]
"""The search terms of a command."""

MOST_ROWS = 10**15
"""The largest ``--limit``, to which larger numbers are reduced: SQLite takes no number over 64 bits."""


def _output(format_: Format | None, json_: bool, fields: str, include_protected: bool, db: Path | None) -> Output:
    if json_ and format_ not in {None, Format.JSON}:
        raise WrongUsageError(f"--json and --format {format_.value if format_ else ''} ask for two formats.")
    Scope.set(named_path(db) or default_path(), include_protected=include_protected)
    keys = tuple(key.strip() for key in fields.split(",") if key.strip())
    return Output(Format.JSON if json_ else format_, keys, include_protected, db)


def _database(db: Path | None) -> Path | None:
    path = named_path(db)
    Scope.set(path or default_path(), include_protected=Scope.include_protected)
    return path


def _include_protected(include_protected: bool) -> bool:
    Scope.include_protected = include_protected
    return include_protected


INCLUDE_PROTECTED = Group((PROTECTED,), _include_protected)
"""Whether to print protected names, for a command without other output options."""


DATABASE = Group((DB,), _database)
"""The database to read; ``None`` means the default database."""


class Target(NamedTuple):
    """The database that a command changes (``None`` means the default), who makes the change, and why."""

    path: Path | None
    cause: ChangeInfo


def _change_info(by: str | None, reason: str | None) -> ChangeInfo:
    cause = cause_of("", by, reason)  # refuse wrong values before the command does anything
    return {"author": cause.by, "reason": cause.reason}


def _target(by: str | None, reason: str | None, db: Path | None) -> Target:
    return Target(_database(db), _change_info(by, reason))


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

OUTPUT = Group(OUTPUT_OPTIONS, _output)
"""How to print, and which database to read."""


def _query(certain: bool, drafts: bool, match: str, **values: list[str] | None) -> Query:
    if match not in {"any", "all"}:
        raise WrongUsageError(f"--match takes any or all, not {quote(match)}.")
    given: dict[str, Any] = {name: tuple(value or ()) for name, value in values.items()}
    return Query(certain=certain, drafts=drafts, match=match, **given)


FILTERS = Group(
    (
        *(
            option(
                one.name, list[str], [], one.flag, heading="Filters", metavar=one.metavar, help=one.help,
                autocompletion=complete.BY_OPTION.get(one.name),
            )
            for one in FILTER_OPTIONS
        ),
        option("certain", bool, False, "--certain", heading="Filters", help="Only events definitely within the dates."),
        option("drafts", bool, False, "--drafts", heading="Filters", help="Include drafts that nobody has reviewed."),
        option(
            "match", str, "any", "--match", heading="Filters", metavar="any|all", show_default=False,
            help="If an option is repeated, match any of its values (the default) or all of them.",
        ),
    ),
    _query,
)  # fmt: skip
"""The filters that choose events."""


def _page(limit: int | None, after: str | None, reverse: bool) -> Page:
    if limit is not None and limit < 0:
        raise WrongUsageError(f"--limit takes a number of events, not {limit:,}.")
    return Page(None if limit is None else min(limit, MOST_ROWS), after, reverse)


PAGE = Group(
    (
        option("limit", int | None, None, "--limit", "-n", heading="Pages", metavar="N", help="Show at most N events."),
        option("after", str | None, None, "--after", heading="Pages", metavar="ID", help="Continue after this event."),
        option("reverse", bool, False, "--reverse", heading="Pages", help="Reverse the order."),
    ),
    _page,
)
"""How many events to show, after which one, and in which order."""


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
        "distinct_from", list[str], [], "--distinct-from", heading="Duplicates", metavar="ID",
        autocompletion=complete.events, help="Record that the event counts a different incident from event ID.",
    ),
)  # fmt: skip


def links_to(repeats: list[str], distinct_from: list[str]) -> list[dict[str, object]]:
    """Return the links that say whether events report the same incident."""
    links: list[dict[str, object]] = [{"type": "repeats", "event": event} for event in repeats]
    return links + [{"type": "distinct", "event": event} for event in distinct_from]


LINKS = Group(SETTLING, links_to)
"""The events that an event repeats, and those that it is distinct from."""


def event_argument(metavar: str = "ID", about: str = "Id of the event, or the beginning of an id.") -> Any:
    """Return an argument that takes the id of an event."""
    return typer.Argument(metavar=metavar, help=about, autocompletion=complete.events)


def name_option(type_: str, about: str) -> Any:
    """Return ``--actor NAME`` or ``--site NAME``."""
    return typer.Option(f"--{type_}", metavar="NAME", help=about, autocompletion=complete.BY_OPTION[type_])
