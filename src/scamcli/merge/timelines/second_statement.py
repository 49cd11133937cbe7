"""Keep two statements of one figure: the other one in an event of its own, which repeats the event here.

Figures of one event never become one claim, so both numbers in one event would be added up in `high`. In two events
that are linked, they are two statements about one incident, each with its wording, speaker and sources.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from scamcli.merge.threeway import STATEMENT
from scamcli.output.text import figure_text
from scamcli.records import normalise
from scamcli.records.models import Event
from scamcli.store.writer import event_dict

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from scamcli.merge.threeway import Conflict
    from scamcli.records.types import EventDict, JsonObject
    from scamcli.store.writer import Writer


def is_kept(connection: sqlite3.Connection, id_: str, theirs: JsonObject, conflict: Conflict) -> bool:
    """Return whether an event here repeats an event with the statement that a conflict is about."""
    if conflict.key == "figures":
        wanted = cast("list[JsonObject]", theirs["figures"])
    else:
        wanted = [figure] if (figure := _figure_of(theirs, conflict.key or "")) else []
    if not wanted:
        return False
    rows = connection.execute(
        "SELECT DISTINCT record FROM link JOIN event ON event.key = link.event WHERE target = ? AND type = 'repeats'",
        [id_],
    ).fetchall()
    kept = [_statement(one) for (text,) in rows for one in json.loads(text)["figures"]]
    return all(_statement(figure) in kept for figure in wanted)


def _statement(figure: JsonObject) -> list[object]:
    return [figure[key] for key in ("metric", *STATEMENT)]


def keep(writer: Writer, id_: str, theirs: JsonObject, keys: Iterable[str]) -> None:
    """Add an event for each figure of theirs that is kept beside ours, given the keys of the conflicts."""
    for key in keys:
        figure = _figure_of(theirs, key)
        figures, link = theirs["figures"], {"type": "repeats", "event": id_}
        if figure is not None:
            figures = [{**figure, "part_of": None, "of": None, "split": None}]
            link["figure"] = str(figure["id"])
        new = _insert(writer, {**theirs, "figures": figures, "links": [link], "dataset": None})
        numbers = "; ".join(map(figure_text.short, cast("list[JsonObject]", figures)))
        writer.changes.warnings.append(
            f"{new} has their numbers ({numbers}) and repeats {id_}, so both count as one incident."
        )


def _insert(writer: Writer, record: JsonObject) -> str:
    """Insert an event under a new id, and return it."""
    title = writer.nameless_title(cast("EventDict", record))
    id_ = writer.ids.free({**record, "id": None}, title, ())
    event = normalise.parse({**record, "id": id_})
    if isinstance(event, Event):
        writer.changes.counts.update(normalise.complete(event, writer.naming))
        writer.events.insert(event_dict(event))
        writer.changes.added += 1
    return id_


def _figure_of(record: JsonObject, key: str) -> JsonObject | None:
    """Return the figure that the key of a conflict is about, such as ``figures.total`` or ``figures.total.low``."""
    if not key.startswith("figures."):
        return None
    figures = cast("list[JsonObject]", record.get("figures") or [])
    path = key.removeprefix("figures.")
    return next((one for one in figures if path == one["id"] or path.rpartition(".")[0] == one["id"]), None)
