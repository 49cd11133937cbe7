"""Find what a digest identifies: the events behind a table of ``stats --cite``, now or in the past, or one record.

Nothing is stored for this. The digest of a set of events is a sum, so the sums of many sets can be updated together
while the history is walked back, one change at a time.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from scamcli.errors import NotFoundError, WrongUsageError
from scamcli.output.text.words import plural
from scamcli.records import canonical
from scamcli.records.derivations import originals

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from scamcli.records.types import EventDict, FigureDict

MOST_RECORDS = 100_000
"""The most records of the history that are read, which takes about twenty seconds."""

INHERITED = ("country", "province", "nationality")
"""The filters that choose figures by a field of their own, or else of the figure that they are part of."""

Asked = tuple[str, ...]
"""A choice of events: a metric or ``events``, and possibly a filter and its value."""


class Meaning(TypedDict):
    """What a digest identifies.

    ``what`` holds the questions that are answered from these events, or the record. ``change`` is the last change after
    which the records had this digest, and ``is_current`` says whether they still have it.
    """

    digest: str
    what: list[str]
    events: int
    is_current: bool
    change: int | None
    at: str | None


class _Sums(NamedTuple):
    """The sum and the size of each set of events, and its question as a user would type it."""

    total: dict[Asked, int]
    size: dict[Asked, int]
    words: dict[Asked, str]

    def add(self, id_: str, text: str | None, times: int = 1) -> set[Asked]:
        """Add an event to its sets, or remove it if ``times`` is -1. Return the sets."""
        record: EventDict | None = None if text is None else json.loads(text)
        if record is None or text is None or record["status"] == "draft":
            return set()
        asked = dict(_questions(record))
        self.words.update(asked)
        number = canonical.summand(id_, canonical.digest(text)) * times
        for one in asked:
            self.total[one] += number
            self.size[one] += times
        return set(asked)


def meaning(connection: sqlite3.Connection, digest: str) -> Meaning:
    """Return what a digest identifies.

    Raises:
        NotFoundError: No table or record that is searched has this digest.
        WrongUsageError: The text is not a digest.
    """
    if not re.fullmatch(r"[0-9a-f]{12,64}", digest):
        expected = "a digest has 64 digits, 0 to 9 and a to f, of which at least the first 12 are needed"
        raise WrongUsageError(f'"{digest[:80]}" is not a digest', expected)
    found, changes = _of_set(connection, digest, _Sums(defaultdict(int), defaultdict(int), {}))
    return _of_record(connection, digest, changes) if found is None else found


def _of_set(connection: sqlite3.Connection, digest: str, sums: _Sums) -> tuple[Meaning | None, int]:
    """Return the set of events that has or had a digest, and the number of earlier states that were searched."""
    for id_, text in connection.execute("SELECT id, record FROM event"):
        sums.add(id_, text)
    if found := _among(sums, set(sums.total), digest):
        return _meaning(connection, found, sums, None), 0
    changes = 0
    for earlier, touched in _states(connection, sums):
        changes += 1
        if found := _among(sums, touched, digest):
            return _meaning(connection, found, sums, earlier), changes
    return None, changes


def _states(connection: sqlite3.Connection, sums: _Sums) -> Iterator[tuple[int, set[Asked]]]:
    """Walk the history back. For each change, yield the number of the previous one and the sets that it changed."""
    texts: dict[str, str | None] = {}
    read = 0
    changes = [number for (number,) in connection.execute("SELECT id FROM change ORDER BY id DESC")]
    for change, earlier in pairwise(changes):
        touched: set[Asked] = set()
        rows = connection.execute(
            "SELECT name, before FROM change_record WHERE change = ? AND type = 'event'", [change]
        )
        for id_, before in rows:
            read += 1
            if read > MOST_RECORDS:
                return
            if id_ not in texts:
                row = connection.execute("SELECT record FROM event WHERE id = ?", [id_]).fetchone()
                texts[id_] = row[0] if row else None
            touched |= sums.add(id_, texts[id_], -1) | sums.add(id_, before)
            texts[id_] = before
        yield earlier, touched


def _questions(record: EventDict) -> Iterator[tuple[Asked, str]]:
    """Yield the questions without dates and with at most one filter that count an event, and how each is typed."""
    metrics = dict.fromkeys(figure["metric"] for figure in record["figures"])
    filters = list(_filters(record))
    for counted in ("events", *metrics):
        yield (counted,), f"stats {counted}"
        yield from (_question(counted, *one) for one in filters)
    lists = record["countries"], record["provinces"], record["nationalities"]
    for field, names in zip(INHERITED, lists, strict=True):
        yield from (_question("events", field, name) for name in names)
    yield from (_question("events", "metric", name) for name in metrics)
    by_id = {figure["id"]: figure for figure in record["figures"]}
    for figure in record["figures"]:
        for field in INHERITED:
            value = _inherited(figure, field, by_id)
            if value is not None:
                yield _question(figure["metric"], field, value)


def _question(counted: str, filter_: str, value: str) -> tuple[Asked, str]:
    return (
        (counted, filter_, value.casefold()),
        f"stats {counted} --{filter_} {json.dumps(value, ensure_ascii=False)}",
    )


def _filters(record: EventDict) -> Iterator[tuple[str, str]]:
    """Yield, for each metric, the filters and values that choose an event."""
    yield "kind", record["kind"]
    yield from (("actor", one["name"]) for one in record["actors"])
    yield from (("site", name) for name in (*record["sites"], *record["linked_sites"]))
    yield from (("source", source["outlet"]) for source in originals(record["sources"]))
    yield from (("tag", name) for name in record["tags"])


def _inherited(figure: FigureDict, field: str, by_id: dict[str | None, FigureDict]) -> str | None:
    seen: list[str | None] = []
    one: FigureDict | None = figure
    while one is not None and one["id"] not in seen:
        value: str | None = one[field]  # type: ignore[literal-required]  # one of INHERITED
        if value is not None:
            return value
        seen.append(one["id"])
        one = by_id.get(one["part_of"]) if one["part_of"] else None
    return None


def _among(sums: _Sums, asked: set[Asked], digest: str) -> list[Asked]:
    """Return the questions whose events have a given digest, the shortest first."""
    found = [one for one in asked if sums.size[one] and canonical.digest_of_sum(sums.total[one]).startswith(digest)]
    return sorted(found, key=lambda one: (len(one), one))


def _meaning(connection: sqlite3.Connection, asked: list[Asked], sums: _Sums, change: int | None) -> Meaning:
    return {
        "digest": canonical.digest_of_sum(sums.total[asked[0]]),
        "what": [sums.words[one] for one in asked], "events": sums.size[asked[0]],
        "is_current": change is None, "change": change, "at": None if change is None else _at(connection, change),
    }  # fmt: skip


def _of_record(connection: sqlite3.Connection, digest: str, changes: int) -> Meaning:
    """Return the record that had a digest, which `show` and `log` print."""
    sql = (
        "SELECT type, name, change, after FROM change_record WHERE after >= ?1 AND after < ?1 || 'g'"
        " ORDER BY change DESC LIMIT 1"
    )
    row = connection.execute(sql, [digest]).fetchone()
    if row is None:
        searched = (
            "Searched all events and each metric, without a filter and with one (kind, actor, site, source, tag, "
            "country, province or nationality), as they are now and as they were before each of "
            f"{plural(changes, 'change')}. "
            "Ask anything else again to compare its digest."
        )
        raise NotFoundError(f"Nothing has the digest {digest}.", searched)
    type_, name, change, whole = row
    (later,) = connection.execute(
        "SELECT count(*) FROM change_record WHERE type = ? AND name = ? AND change > ?", [type_, name, change]
    ).fetchone()
    return {
        "digest": whole, "what": [f"{type_} {name}"], "events": int(type_ == "event"), "is_current": not later,
        "change": change, "at": _at(connection, change),
    }  # fmt: skip


def _at(connection: sqlite3.Connection, change: int) -> str:
    (at,) = connection.execute("SELECT at FROM change WHERE id = ?", [change]).fetchone()
    return str(at)
