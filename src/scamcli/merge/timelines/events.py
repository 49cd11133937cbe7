"""Events of two timelines: those that only they have, those that both have, and those that they took out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from scamcli.errors import DataError
from scamcli.merge.threeway import Conflict
from scamcli.merge.timelines.passages import bring_passages
from scamcli.merge.timelines.report import About
from scamcli.records import normalise, similarity
from scamcli.records.models import Event
from scamcli.store import drafts
from scamcli.store.bulk_import import Input, load
from scamcli.store.history import current, successor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scamcli.merge.timelines.record_pairs import Pair, Pairs
    from scamcli.merge.timelines.report import Told
    from scamcli.records.types import EventDict

Record = dict[str, Any]

NEW, BOTH = "new", "both"


class EventUnion:
    """Brings in the events of another timeline, once its actors and sites are here.

    Args:
        pairs: the two timelines.
        told: gathers what is to be told.
    """

    def __init__(self, pairs: Pairs, told: Told) -> None:
        self._pairs = pairs
        self._told = told
        self._writer = pairs.writer
        self._here = pairs.writer.connection
        self._there = pairs.other.connection

    def bring_in(self, progress: Callable[[int, int], None]) -> None:
        """Take those that are new, do what they did to those that both have, and take out what they took out."""
        self._compare()
        self._take_new(progress)
        gone = list(self._gone_there())
        for id_ in gone:  # first, so that links lead on
            self._take_out(id_, merged=True)
        for id_, there in self._of(BOTH):
            self._unite(id_, there)
        for id_ in gone:
            self._take_out(id_, merged=False)

    # Which events differ.

    def _compare(self) -> None:
        """Note the ids of those that differ, and of those that are only here."""
        run = self._here.execute
        run("DROP TABLE IF EXISTS temp.different")
        run("CREATE TEMP TABLE different (id TEXT PRIMARY KEY, there TEXT, what TEXT) WITHOUT ROWID")
        run("DROP TABLE IF EXISTS temp.mine")
        run("CREATE TEMP TABLE mine (id TEXT PRIMARY KEY) WITHOUT ROWID")
        self._here.executemany("INSERT OR IGNORE INTO temp.different VALUES (?, ?, ?)", self._differences())
        self._here.executemany("INSERT INTO temp.mine VALUES (?)", self._only_mine())

    def _differences(self) -> Iterator[tuple[str, str, str]]:
        """The ids of events that are not here just so: here and there, and whether they were ever here."""
        mine = self._here.execute("SELECT id, record FROM event ORDER BY id")
        own = mine.fetchone()
        for there, text in self._pairs.other.events():
            id_ = there if "protected-" not in there else self._writer.event_id(there) or there
            while own is not None and own[0] < id_:
                own = mine.fetchone()
            if own is not None and own[0] == id_:
                if own[1] != text:
                    yield id_, there, BOTH
            elif id_ != there and (stored := current(self._here, "event", id_)) is not None:
                if stored != text:
                    yield id_, there, BOTH
            else:
                yield id_, there, BOTH if self._pairs.had("event", id_) else NEW

    def _only_mine(self) -> Iterator[tuple[str]]:
        """The ids of events of which nobody there knows: what they have looked at, they know to be another."""
        if self._here.execute("SELECT 1 FROM temp.different WHERE what = ?", [NEW]).fetchone() is None:
            return
        theirs = self._there.execute("SELECT id, draft FROM event ORDER BY id")
        other = theirs.fetchone()
        for (id_,) in self._here.execute("SELECT id FROM event ORDER BY id"):
            while other is not None and other[0] < id_:
                other = theirs.fetchone()
            is_there = other is not None and other[0] == id_
            if (other is not None and other[1]) if is_there else not self._was_there(id_):
                yield (id_,)

    def _was_there(self, id_: str) -> bool:
        sql = "SELECT 1 FROM change_record WHERE type = 'event' AND name = ?"
        return self._there.execute(sql, [id_]).fetchone() is not None

    def _of(self, what: str) -> list[tuple[str, str]]:
        sql = "SELECT id, there FROM temp.different WHERE what = ? ORDER BY id"
        return self._here.execute(sql, [what]).fetchall()

    # What is only there.

    def _take_new(self, progress: Callable[[int, int], None]) -> None:
        """Take them as an import does; what one of ours seems to tell is a draft, for a person to decide."""
        if self._here.execute("SELECT 1 FROM temp.different WHERE what = ?", [NEW]).fetchone() is None:
            return
        self._writer.keeps_ids = True
        load(self._writer, [Input(self._pairs.other.name, events=enumerate(self._new(progress), 1))])
        bring_passages(self._pairs, self._of(NEW))

    def _new(self, progress: Callable[[int, int], None]) -> Iterator[Record]:
        is_alone = self._here.execute("SELECT 1 FROM temp.mine").fetchone() is None
        (many,) = self._here.execute("SELECT count(*) FROM temp.different WHERE what = ?", [NEW]).fetchone()
        rows = self._here.execute("SELECT id, there FROM temp.different WHERE what = ? ORDER BY id", [NEW])
        for number, (id_, there) in enumerate(rows):
            progress(number, many)
            found = self._pairs.of("event", id_, there=there).theirs_as_it_is or {}
            twin = None if is_alone else drafts.told(self._here, found, among="temp.mine")
            if twin is None or not similarity.is_telling(twin.reasons):
                yield found
            else:
                self._told.proposed.append((id_, twin.id))
                yield found | {"status": "draft"}

    # What both have.

    def _unite(self, id_: str, there: str) -> None:
        """Do here what they did to an event that both have, or had."""
        pair = self._pairs.of("event", id_, there=there)
        if pair.ours == pair.theirs or pair.theirs_is_base:
            return
        about = About("event", id_, (pair.base, pair.ours, pair.theirs))
        if pair.ours is not None and pair.theirs is not None:
            self._merge(pair, about)
        elif pair.theirs is not None and (
            pair.ours_is_base or self._told.asking(about)(Conflict(None, pair.base, None, pair.theirs))
        ):
            self._put(pair.theirs)

    def _merge(self, pair: Pair, about: About) -> None:
        ours, theirs = pair.ours or {}, pair.theirs or {}
        is_one = pair.have_met or similarity.same(cast("EventDict", theirs), cast("EventDict", ours)).is_same
        choose = self._told.asking(about)
        merged = pair.merged(choose, is_one=is_one).record
        if merged == ours:
            return
        try:
            self._put(merged)
        except DataError:  # a part of a figure without its whole, which one side took out
            choose_none = Conflict("figures", (pair.base or {}).get("figures", []), ours["figures"], theirs["figures"])
            self._told.leave(about, choose_none)
            self._put(merged | {"figures": ours["figures"]})

    def _put(self, record: Record) -> None:
        """Write an event, whether it is here or was, as its record has it.

        Raises:
            DataError: it refers to a figure that it has not.
        """
        event = normalise.parse(record)
        if isinstance(event, Event):
            normalise.complete(event, self._writer.naming)
            self._writer.events.put(self._writer.following(event.model_dump()))

    # What they took out.

    def _gone_there(self) -> Iterator[str]:
        """The ids of events that are here, and not there any more."""
        sql = "SELECT DISTINCT name FROM change_record WHERE type = 'event' AND after IS NULL ORDER BY name"
        rows: Iterator[tuple[str, ...]] = iter(self._there.execute(sql).fetchall())
        if self._pairs.base is not None:
            rows = iter(sorted({*rows, *self._not_there_any_more(self._pairs.base.events())}))
        for (id_,) in rows:
            if current(self._there, "event", id_) is None and current(self._here, "event", id_) is not None:
                yield id_

    def _not_there_any_more(self, base: Iterator[tuple[str, str]]) -> Iterator[tuple[str]]:
        for id_, _ in base:
            if current(self._there, "event", id_) is None:
                yield (id_,)

    def _take_out(self, id_: str, *, merged: bool) -> None:
        """Take out an event that they took out: first those that they merged, into the same one."""
        into = successor(self._there, "event", id_)
        stored = current(self._here, "event", id_)
        if stored is None or (into is not None) != merged:
            return
        pair = self._pairs.of("event", id_)
        if not pair.have_met or pair.theirs is not None or pair.theirs_is_base:
            return
        into = into and self._writer.ids.into(into)
        is_free = pair.ours_is_base and (into is None or current(self._here, "event", into) is not None)
        about = About("event", id_, (pair.base, pair.ours))
        if is_free or self._told.asking(about)(Conflict(None, pair.base, pair.ours, None)):
            links = self._writer.links_to(id_)
            target = into if into and current(self._here, "event", into) is not None else None
            self._writer.remove_event(id_, into=target, include_protected=True)
            if target is None:
                shown = self._told.shown_id(id_)
                self._writer.changes.warnings += [f"{link} links to {shown}, which is gone" for link in links]
