"""``stats events`` against counting exported records, one after the other."""

from __future__ import annotations

import random
from hashlib import sha256, shake_256
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from scamcli import Timeline, where
from scamcli.language import dates
from scamcli.language.vocabulary import EVENT_GROUPINGS
from tests.helpers.oracle import LISTS, matches, ranges
from tests.query.test_search_oracle import some_query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scamcli.language.dates import By
    from scamcli.query.filters import Query
    from tests.helpers.oracle import Kept, Plain

TIMES: tuple[By, ...] = ("month", "quarter", "year")
Row = dict[str, Any]
Rows = list[tuple[tuple[str | None, ...], int, int | None, int, list[str]]]


@pytest.fixture(scope="module")
def timeline(kept: Kept) -> Iterator[Timeline]:
    with Timeline(kept.path) as opened:
        yield opened


def counted(kept: Kept, query: Query, splits: tuple[str, ...], shown: Callable[[str], str] = str) -> Rows:
    """For each value of the splits: how many events there certainly are, how many there may be, and the first 20."""
    wanted = ranges(query)
    assert wanted is not None
    groups: dict[tuple[str | None, ...], list[tuple[str, bool]]] = {}
    for event in kept.events:
        if not event.draft and matches(event, query._replace(drafts=False), wanted):
            sure = not wanted or matches(event, query._replace(drafts=False, certain=True), wanted)
            sure = sure and (event.when.sure or not set(splits) & set(TIMES))
            for values in product(*(_of_event(event, split) for split in splits)):
                groups.setdefault(values, []).append((event.id, sure))
    found: Rows = []
    for values, events in groups.items():
        surely = sum(sure for _, sure in events)
        best = surely if surely == len(events) else None
        label = tuple(value and shown(value) for value in values)
        found.append((label, surely, best, len(events), [shown(id_) for id_, _ in events[:20]]))
    return sorted(found, key=str)


def _of_event(event: Plain, split: str) -> list[str | None]:
    time = next((time for time in TIMES if time == split), None)
    if time:
        return [dates.bucket(event.when, time)]
    record, values = event.record, list[str]()
    if split in LISTS:
        values = record[LISTS[split]]
    elif split == "source":
        values = sorted({one["outlet"] for one in record["sources"] if event.is_so["source"](one["outlet"])})
    else:
        values = [record["kind"]] if split == "kind" else [person["name"] for person in record["actors"]]
    return [*dict.fromkeys(values)] or [None]


def told(rows: list[Row], splits: tuple[str, ...]) -> Rows:
    found = [
        (tuple(row[split] for split in splits), row["low"], row["best"], row["high"], row["events"]) for row in rows
    ]
    return sorted(found, key=str)


def basis(kept: Kept, query: Query) -> str:
    """The number of events that it is based on, and the digest of their records, which is a sum over the events."""
    wanted = ranges(query)
    assert wanted is not None
    reviewed = (event for event in kept.events if not event.draft)
    found = {event.id for event in reviewed if matches(event, query._replace(drafts=False), wanted)}
    size, total = 3072 // 8, 0
    for id_ in found:
        of_record = sha256(kept.lines[id_].encode()).hexdigest()
        total += int(shake_256(f"{id_} {of_record}".encode()).hexdigest(size), 16)
    digest = sha256(bytes.fromhex(f"{total:0{2 * size}x}"[-2 * size :])).hexdigest()[:12]
    return f"{len(found):,} event{'' if len(found) == 1 else 's'}; data {digest}"


@pytest.mark.parametrize("split", EVENT_GROUPINGS)
def test_every_split_of_events(timeline: Timeline, kept: Kept, split: str) -> None:
    rng = random.Random(split)
    for asked in (some_query(kept, rng) for _ in range(7)):
        wanted = ranges(asked)
        if wanted is None:
            continue
        other = rng.choice([one for one in EVENT_GROUPINGS if one not in {split, "none"}])
        splits = () if split == "none" else (split,) if rng.random() < 0.7 else (split, other)
        table = timeline.stats("events", asked, by=",".join(splits) or "none", cite=True)
        assert told(table.rows, splits) == counted(kept, asked, splits), asked
        assert table.basis.partition("; rules ")[0] == basis(kept, asked), asked
        drafts = sum(event.draft and matches(event, asked._replace(drafts=True), wanted) for event in kept.events)
        if len(table.captions) < 2:  # there are two captions at most
            expected = [f"Left out: {drafts:,} draft{'' if drafts == 1 else 's'}."] if drafts else []
            assert [note for note in table.captions if note.startswith("Left out: ")] == expected, asked


def test_protected_names_are_withheld(withheld: Kept) -> None:
    with Timeline(withheld.path) as timeline:
        rows = timeline.stats("events", by="actor").rows
        assert told(rows, ("actor",)) == counted(withheld, where(), ("actor",), timeline.shown)
        assert "[protected-" in str(rows)
