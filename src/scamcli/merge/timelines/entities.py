"""Merge actors, sites and metrics: match them by name and alias, and merge their records."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from scamcli.errors import DataError, quote
from scamcli.exchange.exporters.dump import ENTITIES
from scamcli.language.vocabulary import METRICS
from scamcli.merge.threeway import Conflict
from scamcli.merge.timelines.report import About, Step
from scamcli.store import merge_records, sealed_content, terms
from scamcli.store.history import current, successor
from scamcli.store.keys import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.merge.timelines.record_pairs import RecordPairs
    from scamcli.merge.timelines.report import Report
    from scamcli.records.types import JsonObject

    _Change = tuple[JsonObject, JsonObject]
    """The record of an actor, a site or a metric here, and the record that replaces it."""


class EntityMerge(Step):
    """Merges the actors, sites and metrics of another timeline into this one."""

    def __init__(self, pairs: RecordPairs, report: Report) -> None:
        super().__init__(pairs, report)
        self._removed_here: list[tuple[str, str, JsonObject]] = []

    def bring_in(self) -> None:
        """Merge the entities of the other timeline. Events name entities, so they are merged afterwards."""
        self._check_units()
        self._merge_names()
        different = [found for type_ in ENTITIES for found in self._different(type_)]
        new: list[tuple[str, JsonObject]] = []
        changes: dict[tuple[str, str], _Change] = {}
        for type_, name, name_here in different:
            # Two of their entities can be one here: the second is merged into the result of the first.
            earlier = changes.get((type_, name_here)) if name_here is not None else None
            pair = self._pairs.pair(type_, name, name_here, pending=earlier and earlier[1])
            if name_here is not None:
                after = pair.merge(self._chooser(type_, name_here, pair))
                changes[type_, name_here] = (earlier[0] if earlier else pair.ours or {}, after)
            elif pair.theirs is not None:
                changed_there = not pair.theirs_is_base  # in which case a record that was removed here comes back
                if pair.never_here or pair.ours_is_base or (changed_there and self._replaces_ours(type_, name, pair)):
                    new.append((type_, pair.theirs))
                else:
                    self._removed_here.append((type_, name, pair.theirs))
        self._write(new, [(before, after) for before, after in changes.values() if after != before])
        self._pairs.names.forget()
        self._keep_placeholders()

    def _check_units(self) -> None:
        """Refuse figures of a built-in metric that would get another unit from this timeline's definition."""
        for name, own in terms.own_metrics(self._here).items():
            built_in = METRICS.get(name)
            if built_in is None or own.unit == built_in.unit or terms.own_metrics(self._there, name):
                continue
            if terms.has_default_unit(self._there, name):
                what = (
                    f"The metric {quote(name)} counts {quote(own.unit)} here, but {built_in.unit} in the other timeline"
                )
                raise DataError(f"{what}.", "Give the figures of one of them a `unit`.")

    def _merge_names(self) -> None:
        """Merge names here that were merged in the other timeline."""
        rows = self._there.execute(
            "SELECT DISTINCT type, name FROM change_record WHERE successor IS NOT NULL AND after IS NULL"
            " AND type IN ('actor', 'site') ORDER BY type, name"
        ).fetchall()
        first: dict[tuple[str, str], str] = {}
        for type_, name in rows:
            into = successor(self._there, type_, name) or name
            pair = self._pairs.pair(type_, name)
            if current(self._here, type_, name) is None or into == name or not pair.have_met:
                continue
            pair = pair.before_removal()
            after = pair.merge(self._chooser(type_, name, pair))
            if after != pair.ours:  # changes that they made to the record before they merged it into another
                self._writer.put_entity(type_, name, self._without_taken_aliases(type_, after, name))
            known = terms.known(self._here, type_, into)
            # If their common name is not here yet, the first of the merged names represents it until it is added.
            stays = known[1] if known is not None else first.setdefault((type_, into), name)
            if stays != name:
                merge_records.merge_names(self._writer, type_, name, stays)
        self._writer.naming.forget()
        self._writer.events.forget()

    def _different(self, type_: str) -> Iterator[tuple[str, str, str | None]]:
        """Yield entities that do not exist here in the same form: type, name there, and name here if known."""
        for name, text in self._pairs.other.records(type_):
            if current(self._here, type_, name) == text:
                continue
            name_here = self._match(type_, name, json.loads(text).get("aliases", []))
            if name_here is not None and name_here != name:
                self._pairs.names.matches[type_, name] = name_here
            yield type_, name, name_here

    def _match(self, type_: str, name: str, aliases: list[str]) -> str | None:
        """Return our entity with one of their names, or whose name is one of their aliases, never by similarity."""
        known = terms.known(self._here, type_, name)
        if type_ == "metric" and current(self._here, type_, name) is None:
            return None  # figures may name a built-in metric that only the other timeline defines
        if known is not None:
            return None if known[1] != name and self._was_split_off(type_, name, known[1]) else known[1]
        # Only our main names are compared with their aliases: a shared nickname does not make two people the same.
        named = {alias for alias in aliases if terms.by_form(self._here, type_, Level.NAME, alias)}
        name_here = next(iter(named)) if len(named) == 1 else None
        there = terms.known(self._there, type_, name_here) if name_here is not None else None
        return name_here if there is None or there[1] == name else None  # otherwise, another entity there has that name

    def _was_split_off(self, type_: str, name: str, name_here: str) -> bool:
        """Return whether they turned a former alias, which both sides had, into a separate entity."""
        there = terms.known(self._there, type_, name_here)
        if there is None or there[1] == name or self._pairs.existed_here(type_, name):
            return False
        pair = self._pairs.pair(type_, name_here)
        return pair.have_met and name in cast("list[str]", (pair.base or {}).get("aliases", []))

    def _write(self, new: list[tuple[str, JsonObject]], changes: list[_Change]) -> None:
        """Write entities. Aliases that an entity gives up are freed first, in case another takes them over."""
        for before, after in changes:
            aliases, still = _aliases(before), _aliases(after)
            if any(alias not in still for alias in aliases):
                self._writer.entities.put(before | {"aliases": [alias for alias in aliases if alias in still]})
        self._writer.forget_mask()
        self._pairs.names.forget()
        for type_, record in new:
            self._writer.take(self._without_taken_aliases(type_, record, str(record["name"])))
        for before, after in changes:
            type_, name = str(before["type"]), str(before["name"])
            self._writer.put_entity(type_, name, self._without_taken_aliases(type_, after, name))
        self._writer.settle()
        self._writer.forget_mask()

    def _without_taken_aliases(self, type_: str, record: JsonObject, name: str) -> JsonObject:
        """Return a record without the aliases that belong to another entity here. Each of them is a conflict."""
        taken = {
            alias: known[1]
            for alias in _aliases(record)
            if (known := terms.known(self._here, type_, alias)) is not None and known[1] != name
        }
        for alias, owner in taken.items():
            self._report.leave_open(About(type_, name, (record,)), Conflict(f"aliases.{alias}", None, owner, name))
        return record | {"aliases": [one for one in _aliases(record) if one not in taken]} if taken else record

    def _keep_placeholders(self) -> None:
        """Give newly protected actors the placeholder number that they have there, if it is free here.

        An actor that was already masked keeps its number, which may have been printed.
        """
        rows = self._there.execute("SELECT name, placeholder FROM term WHERE placeholder > 0").fetchall()
        for there, number in rows:
            name = self._pairs.names.local("actor", there)
            given = self._here.execute(
                "UPDATE term SET placeholder = ?1 WHERE type = 'actor' AND name = ?2 AND placeholder IS NOT NULL"
                " AND NOT EXISTS (SELECT 1 FROM term WHERE placeholder = ?1)"
                " AND NOT EXISTS (SELECT 1 FROM change_record WHERE placeholder = ?1)"
                " AND NOT EXISTS (SELECT 1 FROM change_record r WHERE r.type = 'actor' AND r.name = ?2"
                "  AND (r.placeholder IS NOT NULL OR json_extract(r.before, '$.protected')))"
                " AND EXISTS (SELECT 1 FROM change_record r WHERE r.type = 'actor' AND r.name = ?2 AND r.change = ?3)",
                [number, name, self._writer.history.number],
            )
            if given.rowcount:
                sealed_content.note(self._writer.history, "mask", name)
        self._writer.forget_mask()

    def take_out(self) -> None:
        """Remove the entities that they removed, except those still named after all events have been merged."""
        for type_, name in self._removed_there(*ENTITIES):
            pair = self._pairs.pair(type_, name)
            if not pair.have_met or pair.theirs is not None or pair.ours is None or pair.theirs_is_base:
                continue
            known = terms.known(self._here, type_, name) if self._replaces_ours(type_, name, pair) else None
            if known is None or known[1] != name:
                continue
            if terms.users(self._here, known[0], name if type_ == "actor" else ""):
                self._report.still_named.append((type_, name))
                continue
            self._writer.entities.remove(known[0])
            self._writer.naming.forget()
            self._writer.events.forget()

    def bring_back(self) -> None:
        """Restore the records of entities that were removed here, if an added event names them."""
        for type_, name, record in self._removed_here:
            if current(self._here, type_, name) is not None:
                self._writer.put_entity(type_, name, self._without_taken_aliases(type_, record, name))
        self._writer.settle()


def _aliases(record: JsonObject) -> list[str]:
    return cast("list[str]", record.get("aliases", []))
