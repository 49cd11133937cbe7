"""Finding events: the hits of a query, streamed in the order of time, in pages by key."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.language import dates
from scamcli.query import query_plan
from scamcli.records.canonical import digest
from scamcli.store import derived
from scamcli.store.keys import OPEN_END

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from scamcli.query.filters import Compiled
    from scamcli.records.masking import Masker


KEYS = (
    "type", "id", "date", "kind", "title", "summary", "status", "actors", "provinces", "places", "sites", "countries",
    "nationalities", "tags", "figures", "sources", "links", "note", "start", "end", "match",
)  # fmt: skip
"""The keys of an event as it is printed."""


class Page(NamedTuple):
    """Which part of the hits, and in which order.

    Attributes:
        limit: at most so many; ``None`` for all.
        after: the id of the event after which to go on.
        oldest_first: the order of time.
    """

    limit: int | None = None
    after: str | None = None
    oldest_first: bool = False


def hits(
    connection: sqlite3.Connection, compiled: Compiled, page: Page, masker: Masker | None
) -> Iterator[dict[str, Any]]:
    """The events that match, each with its ``start``, ``end`` and ``match``."""
    wanted, left = f"e.record, e.start, e.last, {query_plan.certainty(compiled)}", page.limit
    for found in query_plan.plans(connection, compiled, oldest_first=page.oldest_first):
        if page.after is not None:
            side = ">" if page.oldest_first else "<"
            found = found.also(f"{found.order} {side} (SELECT key FROM event WHERE id = ?)", page.after)  # noqa: S608 - our own words
        tail = f"ORDER BY {found.order} {'ASC' if page.oldest_first else 'DESC'} LIMIT ?"
        parameters = [*query_plan.range_days(compiled), *found.parameters, -1 if left is None else left]
        for record, start, last, certain in connection.execute(found.select(wanted, tail), parameters):
            yield printed(json.loads(record), start, last, certain=bool(certain), masker=masker)
            left = None if left is None else left - 1


def count(connection: sqlite3.Connection, compiled: Compiled, *, drafts: bool = False) -> int:
    """How many events match, or how many drafts among them."""
    every = query_plan.plans(connection, compiled)
    if drafts:
        every = [found.also("e.draft = 1") for found in every]
    return sum(connection.execute(found.select("count(*)"), found.parameters).fetchone()[0] for found in every)


def printed(record: dict[str, Any], start: int, last: int, *, certain: bool, masker: Masker | None) -> dict[str, Any]:
    """A record as it is printed: masked, with its days and how surely it matches."""
    if masker is not None:
        record = masker.record(record)
    record["start"] = dates.iso(start)
    record["end"] = None if last >= OPEN_END else dates.iso(last)
    record["match"] = "certain" if certain else "possible"
    return record


def whole(text: str, masker: Masker | None) -> dict[str, Any]:
    """One event by itself as it is printed, from its canonical JSON, with the ``digest`` of that."""
    record = json.loads(text)
    start, last, _ = derived.days(record)
    return printed(record, start, last, certain=True, masker=masker) | {"digest": digest(text)}
