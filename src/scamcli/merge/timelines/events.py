"""Merge events: those that only they have, those that both have, and those that they removed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from scamcli.errors import DataError
from scamcli.merge.threeway import Conflict
from scamcli.merge.timelines import second_statement
from scamcli.merge.timelines.report import About, Step
from scamcli.records import normalise, similarity
from scamcli.records.models import Event
from scamcli.store import drafts, merge_records, sealed_content
from scamcli.store.bulk_import import Input, load
from scamcli.store.history import current, successor
from scamcli.store.writer import event_dict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scamcli.merge.timelines.record_pairs import RecordPair
    from scamcli.records.types import EventDict, JsonObject

NEW, KNOWN = "new", "known"
"""Whether a different event of theirs never existed here, or exists or has existed."""

_TYPE_OF_FIELD = {"actors": "actor", "sources": "actor", "sites": "site", "linked_sites": "site"}


class EventMerge(Step):
    """Merges the events of another timeline, after its actors and sites."""

    def bring_in(self, progress: Callable[[int, int], None]) -> None:
        """Add new events, merge those that both have, and remove those that they removed."""
        self._add_new(self._compare(), progress)
        removed = sorted(id_ for _, id_ in self._removed_there("event"))
        for id_ in removed:  # first those merged into others, so that links to them lead to these
            self._take_out(id_, merged=True)
        for id_, id_there in self._different(KNOWN):
            self._merge_known(id_, id_there)
        for id_ in removed:
            self._take_out(id_, merged=False)

    # Finding the events that differ. Their ids go into temporary tables, because there may be millions.

    def _compare(self) -> list[tuple[str, str]]:
        """Find the events that differ, and return the new ones as pairs of ids, here and there."""
        for table, columns in (("different", ", there TEXT, what TEXT"), ("mine", "")):
            self._here.execute(f"DROP TABLE IF EXISTS temp.{table}")
            self._here.execute(f"CREATE TEMP TABLE {table} (id TEXT PRIMARY KEY{columns}) WITHOUT ROWID")
        self._here.executemany("INSERT OR IGNORE INTO temp.different VALUES (?, ?, ?)", self._differences())
        new = self._different(NEW)
        if new:
            self._here.executemany("INSERT INTO temp.mine VALUES (?)", self._only_here())
        return new

    def _differences(self) -> Iterator[tuple[str, str, str]]:
        """Yield events that do not exist here in the same form: id here, id there, and ``NEW`` or ``KNOWN``."""
        mine = self._here.execute("SELECT id, record FROM event ORDER BY id")
        own = mine.fetchone()
        for id_there, text in self._pairs.other.records("event"):
            id_ = id_there if "protected-" not in id_there else self._writer.event_id(id_there) or id_there
            while own is not None and own[0] < id_:
                own = mine.fetchone()
            if own is not None and own[0] == id_:
                stored = own[1]
            else:  # an id that is masked there is out of order
                stored = current(self._here, "event", id_) if id_ != id_there else None
            if stored is None:
                yield id_, id_there, KNOWN if self._pairs.existed_here("event", id_) else NEW
            elif stored != text:
                yield id_, id_there, KNOWN

    def _only_here(self) -> Iterator[tuple[str]]:
        """Yield the ids of our events that they do not know or have only as drafts, and so have not compared."""
        theirs = self._there.execute("SELECT id, draft FROM event ORDER BY id")
        other = theirs.fetchone()
        for (id_,) in self._here.execute("SELECT id FROM event ORDER BY id"):
            while other is not None and other[0] < id_:
                other = theirs.fetchone()
            is_there = other is not None and other[0] == id_
            existed = "SELECT 1 FROM change_record WHERE type = 'event' AND name = ?"
            if (other is not None and other[1]) if is_there else not self._there.execute(existed, [id_]).fetchone():
                yield (id_,)

    def _different(self, what: str) -> list[tuple[str, str]]:
        sql = "SELECT id, there FROM temp.different WHERE what = ? ORDER BY id"
        return self._here.execute(sql, [what]).fetchall()

    # Events that only they have

    def _add_new(self, new: list[tuple[str, str]], progress: Callable[[int, int], None]) -> None:
        """Import new events. Those that may be the same as one of ours become drafts, for a person to decide."""
        if not new:
            return
        self._writer.keeps_ids = True
        load(self._writer, [Input(self._pairs.other.name, events=enumerate(self._new_records(new, progress), 1))])
        self._add_passages(new)

    def _new_records(self, new: list[tuple[str, str]], progress: Callable[[int, int], None]) -> Iterator[JsonObject]:
        nothing_only_here = self._here.execute("SELECT 1 FROM temp.mine").fetchone() is None
        for number, (id_, id_there) in enumerate(new):
            progress(number, len(new))
            record = self._pairs.pair("event", id_, name_there=id_there).theirs_unreviewed or {}
            twin = None if nothing_only_here else drafts.find_twin(self._here, record, among="temp.mine")
            if twin is None or not similarity.is_telling(twin.reasons):
                yield record
            else:
                self._report.proposed.append((id_, twin.id))
                yield record | {"status": "draft"}

    def _add_passages(self, new: list[tuple[str, str]]) -> None:
        """Copy the passages that new events were drafted from, with their texts."""
        if self._there.execute("SELECT 1 FROM origin").fetchone() is None:
            return
        columns = 'snapshot, start, "end", reasons, unread, twin'
        for id_, id_there in new:
            row = self._there.execute(f"SELECT {columns} FROM origin WHERE event = ?", [id_there]).fetchone()  # noqa: S608 - our words
            if row is not None:
                text = self._there.execute("SELECT * FROM snapshot WHERE sha256 = ?", [row[0]]).fetchone()
                self._here.execute("INSERT OR IGNORE INTO snapshot VALUES (?, ?, ?, ?, ?, ?, ?)", text)
                reasons = [reason | {"field": self._local_field(reason["field"])} for reason in json.loads(row[3])]
                values = [id_, *row[:3], json.dumps(reasons), *row[4:]]
                self._here.execute("INSERT OR IGNORE INTO origin VALUES (?, ?, ?, ?, ?, ?, ?)", values)
                sealed_content.note(self._writer.history, "snapshot", row[0])
                sealed_content.note(self._writer.history, "origin", id_)

    def _local_field(self, path: str) -> str:
        """Return the path of a field under local names, such as ``actors.Sar Kheng``."""
        key, dot, rest = path.partition(".")
        return key + dot + (self._pairs.names.local(_TYPE_OF_FIELD[key], rest) if key in _TYPE_OF_FIELD else rest)

    # Events that both have or had

    def _merge_known(self, id_: str, id_there: str) -> None:
        pair = self._pairs.pair("event", id_, name_there=id_there)
        if pair.ours == pair.theirs or pair.theirs_is_base:
            return
        if pair.ours is not None and pair.theirs is not None:
            self._merge_pair(id_, pair, pair.ours, pair.theirs)
        elif pair.theirs is not None and self._replaces_ours("event", id_, pair):
            self._write(pair.theirs)

    def _merge_pair(self, id_: str, pair: RecordPair, ours: JsonObject, theirs: JsonObject) -> None:
        is_one = pair.have_met or similarity.same(cast("EventDict", theirs), cast("EventDict", ours)).is_same
        choose = self._chooser("event", id_, pair)

        def decide(conflict: Conflict) -> bool:
            return not second_statement.is_kept(self._here, id_, theirs, conflict) and choose(conflict)

        merged = pair.merge(decide, is_one=is_one)
        if merged != ours:
            self._write_merged(id_, pair, ours, theirs, merged)
        second_statement.keep(self._writer, id_, theirs, self._report.kept_beside.get(id_, ()))

    def _write_merged(
        self, id_: str, pair: RecordPair, ours: JsonObject, theirs: JsonObject, merged: JsonObject
    ) -> None:
        try:
            self._write(merged)
        except DataError:  # one side removed a whole, and the other side made another figure a part of it
            base = (pair.base or {}).get("figures", [])
            about = About("event", id_, (pair.base, ours, theirs))
            self._report.leave_open(about, Conflict("figures", base, ours["figures"], theirs["figures"]))
            self._write(merged | {"figures": ours["figures"]})

    def _write(self, record: JsonObject) -> None:
        """Write an event that exists here or was removed.

        Raises:
            DataError: the event refers to a figure that it does not have.
        """
        event = normalise.parse(record)
        if isinstance(event, Event):
            self._writer.changes.counts.update(normalise.complete(event, self._writer.naming))
            self._writer.events.put(self._writer.following(event_dict(event)))

    # Events that they removed

    def _take_out(self, id_: str, *, merged: bool) -> None:
        """Remove an event that they removed or, with `merged`, merged into another."""
        into = successor(self._there, "event", id_)
        stored = current(self._here, "event", id_)
        if stored is None or (into is not None) != merged:
            return
        pair = self._pairs.pair("event", id_)
        if not pair.have_met or pair.theirs is not None or pair.theirs_is_base:
            return
        into = into and self._writer.ids.into(into)
        target = into if into and current(self._here, "event", into) is not None else None
        undisputed = pair.ours_is_base and (into is None or target is not None)
        conflict = Conflict(None, pair.base, pair.ours, None)
        if undisputed or self._chooser("event", id_, pair)(conflict):
            links = self._writer.links_to(id_)
            if target is not None:
                merge_records.merge_event(self._writer, id_, target)
            else:
                self._writer.remove_event(id_)
                shown = self._report.shown_id(id_)
                self._writer.changes.warnings += [f"{link} links to {shown}, which was removed." for link in links]
