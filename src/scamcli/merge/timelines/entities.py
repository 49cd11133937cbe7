"""Actors, sites and metrics of two timelines: who is who by name and alias, and what both say of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.merge.threeway import Conflict
from scamcli.merge.timelines.other_timeline import ENTITIES
from scamcli.merge.timelines.report import About
from scamcli.store import merge_records, terms
from scamcli.store.history import current, successor
from scamcli.store.keys import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.merge.timelines.record_pairs import Pair, Pairs
    from scamcli.merge.timelines.report import Told

Record = dict[str, Any]


class _Result(NamedTuple):
    """What becomes of an actor, a site or a metric that is here."""

    before: Record
    after: Record


class EntityUnion:
    """Brings in the actors, sites and metrics of another timeline.

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
        self._removed_here: list[tuple[str, str, Record]] = []

    def bring_in(self) -> None:
        """Merge those that they have: before any event, since events name them."""
        self._merge_names()
        different = [found for type_ in ENTITIES for found in self._different(type_)]
        new, results = list[tuple[str, Record]](), dict[tuple[str, str], _Result]()
        for type_, name, own in different:
            before = results.get((type_, own)) if own is not None else None  # two of theirs may be one here
            pair = self._pairs.of(type_, name, own, now=before and before.after)
            if own is not None:
                after = self._merged(type_, own, pair)
                results[type_, own] = _Result(before.before if before else pair.ours or {}, after)
            elif pair.theirs is not None and self._is_new(type_, name, pair):
                new.append((type_, pair.theirs))
        self._put(new, [one for one in results.values() if one.after != one.before])
        self._pairs.names.forget()
        self._keep_numbers()

    def _merge_names(self) -> None:
        """Do what they did: two of one who were made one there are made one here."""
        rows = self._there.execute(
            "SELECT DISTINCT type, name FROM change_record WHERE successor IS NOT NULL AND after IS NULL"
            " AND type IN ('actor', 'site') ORDER BY type, name"
        ).fetchall()
        first: dict[tuple[str, str], str] = {}
        for type_, name in rows:
            into = successor(self._there, type_, name) or name
            pair = self._pairs.of(type_, name)
            if current(self._here, type_, name) is None or into == name or not pair.have_met:
                continue
            self._settle(type_, name, pair.before_it_went())
            own = terms.known(self._here, type_, into)
            stays = own[1] if own is not None else first.setdefault((type_, into), name)  # until that one comes in
            if stays != name:
                merge_records.merge_names(self._writer, type_, name, stays)
        self._writer.naming.forget()
        self._writer.events.forget()

    def _settle(self, type_: str, name: str, pair: Pair) -> None:
        """Do first what they did to somebody who then became another."""
        after = self._merged(type_, name, pair)
        if after != pair.ours:
            self._writer.put_entity(type_, name, self._free(type_, after, name))

    def _different(self, type_: str) -> Iterator[tuple[str, str, str | None]]:
        """Those that are not here just so: type, their name, and the name here of whom that is."""
        for name, text in self._pairs.other.entities(type_):
            if current(self._here, type_, name) == text:
                continue
            own = self._match(type_, name, json.loads(text).get("aliases", []))
            if own is not None and own != name:
                self._pairs.names.mine[type_, name] = own
            yield type_, name, own

    def _match(self, type_: str, name: str, aliases: list[str]) -> str | None:
        """Whom a name of theirs names here, or whose own name is an alias of theirs: exactly, never by likeness."""
        found = terms.known(self._here, type_, name)
        if found is not None:
            return None if found[1] != name and self._is_split(type_, name, found[1]) else found[1]
        owns = {alias for alias in aliases if terms.by_form(self._here, type_, Level.NAME, alias)}  # not by a nickname
        own = next(iter(owns)) if len(owns) == 1 else None
        other = terms.known(self._there, type_, own) if own is not None else None
        return own if other is None or other[1] == name else None  # whoever has that name there is another

    def _is_split(self, type_: str, name: str, own: str) -> bool:
        """Whether they made somebody of their own of what both took for another name of somebody."""
        other = terms.known(self._there, type_, own)
        if other is None or other[1] == name or self._pairs.had(type_, name):
            return False
        pair = self._pairs.of(type_, own)
        return pair.have_met and name in (pair.base or {}).get("aliases", [])

    def _is_new(self, type_: str, name: str, pair: Pair) -> bool:
        """Whether they have somebody whom nobody took out here; who was taken out stays out, unless they changed it."""
        if pair.never_here or pair.ours_is_base:
            return True
        if not pair.theirs_is_base:
            about = About(type_, name, (pair.base, pair.theirs))
            if self._told.asking(about)(Conflict(None, pair.base, None, pair.theirs)):
                return True
        self._removed_here.append((type_, name, pair.theirs or {}))
        return False

    def _merged(self, type_: str, own: str, pair: Pair) -> Record:
        about = About(type_, own, (pair.base, pair.ours, pair.theirs))
        return pair.merged(self._told.asking(about)).record

    def _put(self, new: list[tuple[str, Record]], results: list[_Result]) -> None:
        """Write them; a name that one of them gives up is free before another takes it."""
        for before, after in results:
            left = [alias for alias in before.get("aliases", []) if alias in after["aliases"]]
            if left != before.get("aliases", []):
                self._writer.entities.put(before | {"aliases": left})
        self._writer.forget_mask()
        self._pairs.names.forget()
        for type_, record in new:
            self._writer.take(self._free(type_, record, record["name"]))
        for before, after in results:
            self._writer.put_entity(before["type"], before["name"], self._free(before["type"], after, before["name"]))
        self._writer.settle()
        self._writer.forget_mask()

    def _free(self, type_: str, record: Record, own: str) -> Record:
        """A record without the aliases that are somebody else's here: each is told."""
        taken = [
            (alias, found[1])
            for alias in record.get("aliases", [])
            if (found := terms.known(self._here, type_, alias)) is not None and found[1] != own
        ]
        for alias, name in taken:
            self._told.leave(About(type_, own, (record,)), Conflict(f"aliases.{alias}", None, name, own))
        gone = {alias for alias, _ in taken}
        return record | {"aliases": [one for one in record["aliases"] if one not in gone]} if gone else record

    def _keep_numbers(self) -> None:
        """Let who is protected from now on be printed under the number that they have there, where it is free."""
        rows = self._there.execute("SELECT name, placeholder FROM term WHERE placeholder IS NOT NULL").fetchall()
        for name, number in rows:
            own = self._pairs.names.own("actor", name)
            self._here.execute(
                "UPDATE term SET placeholder = ?1 WHERE type = 'actor' AND name = ?2 AND placeholder IS NOT NULL"
                " AND NOT EXISTS (SELECT 1 FROM term WHERE placeholder = ?1)"
                " AND NOT EXISTS (SELECT 1 FROM change_record WHERE placeholder = ?1)"
                " AND NOT EXISTS (SELECT 1 FROM change_record r WHERE r.type = 'actor' AND r.name = ?2"
                "  AND (r.placeholder IS NOT NULL OR json_extract(r.before, '$.protected')))"
                " AND EXISTS (SELECT 1 FROM change_record r WHERE r.type = 'actor' AND r.name = ?2 AND r.change = ?3)",
                [number, own, self._writer.history.number],
            )
        self._writer.forget_mask()

    def take_out(self) -> None:
        """Take out those that they took out, once all events are there: who is still named stays."""
        for type_, name in self._gone_there():
            pair = self._pairs.of(type_, name)
            if not pair.have_met or pair.theirs is not None or pair.ours is None or pair.theirs_is_base:
                continue
            if not pair.ours_is_base:
                about = About(type_, name, (pair.base, pair.ours))
                if not self._told.asking(about)(Conflict(None, pair.base, pair.ours, None)):
                    continue
            self._remove(type_, name)

    def _remove(self, type_: str, name: str) -> None:
        found = terms.known(self._here, type_, name)
        if found is None or found[1] != name:
            return
        if terms.users(self._here, found[0], name if type_ == "actor" else ""):
            self._told.kept.append((type_, name))
            return
        self._writer.entities.remove(found[0])
        self._writer.naming.forget()
        self._writer.events.forget()

    def _gone_there(self) -> Iterator[tuple[str, str]]:
        rows = self._there.execute(
            "SELECT DISTINCT type, name FROM change_record WHERE after IS NULL AND type <> 'event' ORDER BY type, name"
        ).fetchall()
        found = dict.fromkeys((type_, name) for type_, name in rows if successor(self._there, type_, name) is None)
        if (base := self._pairs.base) is not None:
            found |= dict.fromkeys((type_, name) for type_ in ENTITIES for name, _ in base.entities(type_))
        for type_, name in found:
            if current(self._there, type_, name) is None and current(self._here, type_, name) is not None:
                yield type_, name

    def bring_back(self) -> None:
        """Give those their records who were taken out here, and whom an event names that came in."""
        for type_, name, record in self._removed_here:
            if current(self._here, type_, name) is not None:
                self._writer.put_entity(type_, name, self._free(type_, record, name))
        self._writer.settle()
