"""How every number came about: for each cell its figures, and how each entered or why not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scamcli.figures import HOW, render_bounds
from scamcli.records.sources import originals
from scamcli.stats import rows
from scamcli.stats.captions import counted

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from scamcli.figures import Figure, How
    from scamcli.stats.inquiry import Inquiry
    from scamcli.stats.selection import Chosen

COLUMNS = ("event", "date", "figure", "stated", "bounds", "implied", "period", "stated_by", "source", "entered", "how")


def entries(inquiry: Inquiry, group: Sequence[Chosen]) -> list[dict[str, Any]]:
    """A line a figure of one cell, in the order in which they were read."""
    by_key = {one.figure.key: one for one in group}
    order = {key: at for at, key in enumerate(by_key)}
    found = sorted(rows.entries(group, inquiry.about), key=lambda entry: order[entry.figure])
    return [_line(inquiry, by_key[entry.figure], entry.how, entry.other) for entry in found]


def _line(inquiry: Inquiry, one: Chosen, how: How, other: tuple[str, str] | None) -> dict[str, Any]:
    figure, shown = one.figure, inquiry.lookup.shown
    record = _record(inquiry.connection, one.entry.key)
    at = next(at for at, part in enumerate(record["figures"]) if part["id"] == figure.id)
    record = inquiry.lookup.masker.record(record) if inquiry.lookup.masker else record
    written = record["figures"][at]
    by_report = "; by report date, as possible" if one.by_report_date else ""
    possible = "; its period is uncertain: as possible" if one.possible and not one.by_report_date else ""
    disputed = "; disputed by another event" if one.entry.disputed else ""
    named = "" if other is None else f" ({other[1] if other[0] == figure.event else ' '.join(other)})"
    line = {
        "event": figure.event,
        "date": record["date"],
        "figure": figure.id,
        "stated": inquiry.about.wording(figure),
        "bounds": render_bounds(figure.bounds),
        "implied": _implied(inquiry, figure),
        "period": written["period"],
        "stated_by": written["stated_by"],
        "source": _source(record),
        "entered": how,
        "how": HOW[how] + named + by_report + possible + disputed,
    }
    return {key: shown(text) if isinstance(text, str) else text for key, text in line.items()}


def _implied(inquiry: Inquiry, figure: Figure) -> str | None:
    implied = inquiry.about.implied.get(figure.key, figure)
    return None if implied.bounds == figure.bounds else render_bounds(implied.bounds._replace(best=None))


def _source(record: dict[str, Any]) -> str:
    passages = {source["outlet"]: source["passage"] for source in record["sources"] if not source["via"]}
    told = []
    for source in originals(record["sources"]):
        passage = passages.get(source["via"]) if source["via"] else source["passage"]
        named = f"{source['outlet']}, via {source['via']}" if source["via"] else source["outlet"]
        told.append(named + (f" ({passage})" if passage else ""))
    return "; ".join(told)


def _record(connection: sqlite3.Connection, key: int) -> dict[str, Any]:
    (text,) = connection.execute("SELECT record FROM event WHERE key = ?", [key]).fetchone()
    record: dict[str, Any] = json.loads(text)
    return record


def basis(connection: sqlite3.Connection, keys: Sequence[int], figures: int | None) -> str:
    """What a table rests on: how many events and figures, and the digest of their records."""
    events = len(set(keys))
    told = f"{events:,} event{'' if events == 1 else 's'}" + ("" if figures is None else f", {counted(figures)}")
    return f"{told}; data {data_digest(connection, keys)}"


def data_digest(connection: sqlite3.Connection, keys: Iterable[int]) -> str:
    """Twelve hexadecimal digits of the SHA-256 over the records of these events, in the order of time."""
    from hashlib import sha256  # only who cites pays for it

    found = sha256()
    for key in sorted(set(keys)):
        (text,) = connection.execute("SELECT record FROM event WHERE key = ?", [key]).fetchone()
        found.update(text.encode() + b"\n")
    return found.hexdigest()[:12]
