"""The checks that ``add``, ``edit`` and ``review`` make before they keep a record."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from scamcli import checks
from scamcli.errors import DataError, NotFoundError, quote, sentence
from scamcli.language.countries import is_demonym
from scamcli.query import resolve
from scamcli.records.models import Event

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from scamcli.records.models import Record
    from scamcli.store.writer import Writer


def faults(writer: Writer, record: Record) -> Set[str]:
    """Return the faults that make a record refused, one sentence each. Only events can have faults."""
    if not isinstance(record, Event):
        return frozenset()
    found = (finding for finding in checks.check_event(record, writer) if checks.CODES[finding.code].refused)
    return {f"{finding.code} {finding.place}: {finding.reason}" for finding in found}


def require_sound(writer: Writer, record: Record, *, force: bool, known: Set[str] = frozenset()) -> list[str]:
    """Refuse a record that has faults, unless it already had the same faults before the edit.

    Returns:
        The faults that were kept because of ``force``, masked.
    """
    found = [writer.shown_in(record, fault) for fault in sorted(faults(writer, record) - known)]
    if found and not force:
        raise DataError(sentence(*found), "Nothing was written. Fix it, or accept it with --force.")
    return list(map(sentence, found))


def doubts(writer: Writer, record: Record) -> list[str]:
    """Return a notice for each wording that gave no number, and each nationality that is of no country."""
    if not isinstance(record, Event):
        return []
    unread = [one for one in record.figures if one.stated and one.low is one.best is one.high is None]
    found = [
        f"Figure {one.id}: no number was read from {quote(one.stated or '')}, so low, best and high are unknown."
        for one in unread
    ]
    found += [
        f"{quote(one)} is not the nationality of a country, so it may include any nationality."
        for one in record.nationalities
        if not is_demonym(one)
    ]
    return [writer.shown_in(record, notice) for notice in found]


def with_whole_ids(writer: Writer, values: Mapping[str, object]) -> dict[str, object]:
    """Return the values of an event with whole ids in its links: a link may name an event by the beginning of its id.

    A link that names no event is left as it is; the checks report it.
    """
    links = values.get("links")
    if not isinstance(links, list):
        return dict(values)
    return {**values, "links": [with_whole_id(writer, link) for link in links]}


def with_whole_id(writer: Writer, link: object) -> object:
    """Return a link with the whole id of its event."""
    if isinstance(link, dict) and isinstance(link.get("event"), str):
        with suppress(NotFoundError):
            return {**link, "event": resolve.event_id(writer.connection, link["event"])}
    return link
