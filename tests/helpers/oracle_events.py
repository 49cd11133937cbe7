"""What ``stats events`` answers, by counting exported records."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from scamcli.language import dates
from tests.helpers.oracle import LISTS, matches, ranges
from tests.helpers.oracle_stats import MANY, TIMES, digest, in_order, outlets, plural

if TYPE_CHECKING:
    from scamcli.query.filters import Query
    from tests.helpers.oracle import Plain
    from tests.helpers.oracle_stats import World

Record = dict[str, Any]


def events(world: World, query: Query, splits: tuple[str, ...]) -> list[Record]:
    """The rows of ``stats events``."""
    wanted = ranges(query)
    assert wanted is not None
    groups: dict[tuple[str | None, ...], list[tuple[str, bool]]] = {}
    for event in world.reviewed:
        if matches(event, query._replace(drafts=False), wanted):
            sure = not wanted or matches(event, query._replace(drafts=False, certain=True), wanted)
            sure = sure and (event.when.sure or not set(splits) & set(TIMES))
            for values in product(*(_of_event(event, split) for split in splits)):
                groups.setdefault(values, []).append((event.id, sure))
    made = []
    for values, found in groups.items():
        surely = sum(sure for _, sure in found)
        head = dict(zip(splits, (value and world.shown(value) for value in values), strict=True))
        made.append(head | {
            "metric": "events", "low": surely, "best": surely if surely == len(found) else None, "high": len(found),
            "unit": "events", "count": "events", "implied": None, "possible": len(found) - surely,
            "possible_low": None, "possible_high": None, "unadjusted": surely, "claims": 0, "contested": 0,
            "stated": [], "events": [world.shown(id_) for id_, _ in found[:MANY]],
        })  # fmt: skip
    return in_order(made, splits)


def _of_event(event: Plain, split: str) -> list[str | None]:
    time = next((time for time in TIMES if time == split), None)
    if time:
        return [dates.bucket(event.when, time)]
    record, values = event.record, list[str]()
    if split in LISTS:
        values = record[LISTS[split]]
    elif split == "source":
        values = outlets(event)
    else:
        values = [record["kind"]] if split == "kind" else [person["name"] for person in record["actors"]]
    return [*dict.fromkeys(values)] or [None]


def left_out(world: World, query: Query) -> list[str]:
    """The note that says how many drafts there are that would be counted else."""
    wanted = ranges(query)
    assert wanted is not None
    drafts = sum(event.draft and matches(event, query._replace(drafts=True), wanted) for event in world.kept.events)
    return [f"Left out: {plural(drafts, 'draft')}"] if drafts else []


def basis(world: World, query: Query) -> str:
    """The number of events that it is based on, and the digest of their records."""
    wanted = ranges(query)
    assert wanted is not None
    found = {event.id for event in world.reviewed if matches(event, query._replace(drafts=False), wanted)}
    return f"{plural(len(found), 'event')}; data {digest(world.kept, found)}"
