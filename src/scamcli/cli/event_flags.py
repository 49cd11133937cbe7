"""The flags that describe an event, for ``add`` and ``edit``."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli import checks
from scamcli.cli import complete, grammar
from scamcli.cli.options import Care, Group, option
from scamcli.cli.output import say
from scamcli.errors import DataError, NotFoundError
from scamcli.output.text.words import plural
from scamcli.query import resolve
from scamcli.records import normalise
from scamcli.records.models import Event
from scamcli.store.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Set

    from scamcli.records.models import Record

LONGEST = 16 * 1024 * 1024

LISTED = 100
"""How many new names are told one by one: of a data set there can be thousands."""

LISTS: dict[str, Callable[[str], Any]] = {
    "actors": grammar.actor,
    "provinces": str,
    "places": grammar.place,
    "sites": str,
    "countries": str.upper,
    "nationalities": str,
    "tags": str,
    "figures": grammar.figure,
    "sources": grammar.source,
    "links": grammar.link,
}

SCALARS = ("date", "kind", "title", "summary", "status", "note")


class Given(NamedTuple):
    """What the flags say: single values, and values to add to lists."""

    scalars: dict[str, str]
    lists: dict[str, list[Any]]

    def __bool__(self) -> bool:
        """Whether they say anything."""
        return bool(self.scalars or self.lists)


def _given(**values: Any) -> Given:
    scalars = {name: value for name, value in values.items() if name in SCALARS and value is not None}
    lists = {name: [LISTS[name](text) for text in values[name]] for name in LISTS if values[name]}
    return Given(scalars, lists)


FLAGS = Group(
    (
        option(
            "date", str | None, None, "--date", metavar="DATE", help="When: 2022-09-19, 2022-09, 2022-09-19/2022-09-22."
        ),
        option(
            "kind",
            str | None,
            None,
            "--kind",
            metavar="KIND",
            help="What: report, statement, raid …",
            autocompletion=complete.kinds,
        ),
        option("title", str | None, None, "--title", metavar="TEXT", help="In one line."),
        option("summary", str | None, None, "--summary", metavar="TEXT", help="In a few sentences, attributed."),
        option(
            "actors",
            list[str],
            [],
            "--actor",
            metavar="'NAME: ROLE'",
            help="Who has a part in it.",
            autocompletion=complete.actors,
        ),
        option(
            "provinces", list[str], [], "--province", metavar="NAME", help="Where.", autocompletion=complete.provinces
        ),
        option(
            "places",
            list[str],
            [],
            "--place",
            metavar="NAME",
            help="A town, or a place abroad: 'Mae Sot; country: TH'.",
        ),
        option(
            "sites",
            list[str],
            [],
            "--site",
            metavar="NAME",
            help="At which compound, casino, hotel or zone.",
            autocompletion=complete.sites,
        ),
        option("countries", list[str], [], "--country", metavar="CODE", help="ISO 3166 alpha-2."),
        option("nationalities", list[str], [], "--nationality", metavar="DEMONYM", help="Such as Vietnamese."),
        option("tags", list[str], [], "--tag", metavar="TAG", help="A tag.", autocompletion=complete.tags),
        option(
            "figures",
            list[str],
            [],
            "--figure",
            metavar="FIGURE",
            help="'complaints: more than 40; province: Kandal; period: 2022-09; by: Sar Kheng'.",
        ),
        option(
            "sources",
            list[str],
            [],
            "--source",
            metavar="SOURCE",
            help="'VOD; url: https://…; published: 2022-09-20; via: CamboJA'.",
        ),
        option(
            "links",
            list[str],
            [],
            "--link",
            metavar="LINK",
            help="'disputes: ID': responds_to, disputes, follows or repeats.",
        ),
        option("status", str | None, None, "--status", metavar="STATUS", help="reviewed or draft."),
        option("note", str | None, None, "--note", metavar="TEXT", help="What else to know."),
    ),
    _given,
)


def read_stdin() -> dict[str, Any]:
    """The one record on stdin.

    Raises:
        DataError: it is none, or more than one.
    """
    raw = sys.stdin.buffer.read(LONGEST + 1)
    if len(raw) > LONGEST:
        raise DataError("stdin: more than 16 MiB; expected one record")
    try:
        text = raw.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise DataError(f"stdin: not UTF-8 text (byte {error.start + 1}); expected one record") from None
    if not text:
        raise DataError("stdin is empty; expected one record as a JSON object")
    try:
        return normalise.read_json(text)
    except DataError as error:
        raise DataError(f"stdin: {error.message}", error.hint or "`scamcli import -` takes many records") from None


def faults(writer: Writer, record: Record) -> Set[str]:
    """What looks wrong in a record, a sentence each; only what ``add`` and ``edit`` refuse."""
    if not isinstance(record, Event):
        return frozenset()
    found = (finding for finding in checks.check_event(record, writer) if checks.CODES[finding.code].refused)
    return {f"{finding.code} {finding.place}: {finding.reason}" for finding in found}


def check(writer: Writer, record: Record, care: Care, known: Set[str] = frozenset()) -> None:
    """Refuse a record that looks wrong, unless forced, or unless it did before.

    Raises:
        DataError: something looks wrong.
    """
    told = [writer.shown_in(record, fault) for fault in sorted(faults(writer, record) - known)]
    if told and not care.force:
        raise DataError("; ".join(told), "nothing was written; mend it, or take it as it is with --force")
    say(*told)


def say_unread(writer: Writer, record: Record) -> None:
    """Say of which wordings no bound was read: a dot or a word that the tool does not take for a number."""
    for figure in record.figures if isinstance(record, Event) else ():
        if figure.stated and figure.low is None and figure.best is None and figure.high is None:
            told = f"no number was read from {figure.stated!r}: low, best and high are unknown"
            say(writer.shown_in(record, f"figure {figure.id}: {told}"))


def find_links(writer: Writer, links: list[dict[str, Any]]) -> None:
    """Put whole ids for the beginnings that flags gave."""
    for link in links:
        with suppress(NotFoundError):
            link["event"] = resolve.event_id(writer.connection, link["event"])


def say_changes(writer: Writer, *, is_kept: bool = True) -> None:
    """Which names are new, and what to look at.

    Args:
        writer: what changed.
        is_kept: whether the change stays, so that the history can list it.
    """
    mask, new = writer.shown, writer.changes.new
    say(*(mask(warning) for warning in writer.changes.warnings))
    say(*(f"new {type_}: {mask(name)}" for type_, name in new[:LISTED]))
    if len(new) > LISTED:
        hint = f"; `scamcli log --change {writer.history.number}` lists them" if is_kept else ""
        say(f"{plural(len(new) - LISTED, 'more new name')}{hint}")


def id_of(writer: Writer, text: str) -> str:
    """The id that a text is, or begins.

    Raises:
        NotFoundError: there is none, or more than one.
    """
    return writer.event_id(text) or resolve.event_id(writer.connection, text)
