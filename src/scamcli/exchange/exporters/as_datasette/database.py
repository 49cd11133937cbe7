"""The database of a Datasette export, in a folder with its metadata.

The export is made for publication: it has no history, no drafts and no protected names, and only the kind of protected
actors. It is a separate database, so this export, unlike all others, uses SQL.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from scamcli.errors import WrongUsageError
from scamcli.exchange.exporters import date_parts
from scamcli.exchange.exporters.as_datasette import metadata
from scamcli.exchange.exporters.as_datasette.metadata import TABLES, Table
from scamcli.exchange.exporters.dump import affiliations_of_protected
from scamcli.language import scripts
from scamcli.language.vocabulary import METRICS, SITE_ROLES
from scamcli.output.text import figure_text
from scamcli.records.claims import claims_of
from scamcli.records.derivations import originals

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sqlite_utils import Database

    from scamcli.exchange.exporters.dump import Dump, ExportOptions, Losses
    from scamcli.records.types import ActorDict, EventDict, SiteDict

NAME = "timeline"
"""The name of the database, which is part of every address that Datasette serves."""

BATCH = 2000
"""How many rows of a table are written at once."""

_NUMBERS = frozenset({"number", "whole number"})
"""Kinds of columns with INTEGER affinity, which keeps fractions and does not turn 201 into 201.0."""


def write(dump: Dump, folder: Path, losses: Losses, options: ExportOptions) -> None:
    """Write the database and its metadata.

    Raises:
        WrongUsageError: protected names were asked for.
    """
    if options.include_protected:
        hint = "Leave out --include-protected. `scamcli sql` queries the timeline itself."
        raise WrongUsageError("A Datasette export never contains protected names.", hint)
    from sqlite_utils import Database

    database = Database(folder / f"{NAME}.db")
    try:
        _Copy(database, losses).fill(dump)
    finally:
        database.close()
    text = json.dumps(
        metadata.metadata(NAME, is_part=bool(dump.sentence), terms=dump.terms()), ensure_ascii=False, indent=2
    )
    (folder / "metadata.json").write_text(text + "\n", encoding="utf-8", newline="\n")


class _Copy:
    """The database while it is being filled. Drafts and masked details are counted as lost."""

    def __init__(self, database: Database, losses: Losses) -> None:
        self._database = database
        self._losses = losses
        self._units = {name: metric.unit for name, metric in METRICS.items()}
        self._waiting: dict[str, list[tuple[object, ...]]] = defaultdict(list)
        self._numbers: dict[str, int] = defaultdict(int)
        self._held_back: dict[str, ActorDict] = {}
        self._printed: set[tuple[str, str]] = set()

    def fill(self, dump: Dump) -> None:
        self._database.conn.execute("PRAGMA journal_mode = OFF")  # a failed export is discarded with its folder
        self._database.conn.execute("PRAGMA synchronous = OFF")
        for table in TABLES.values():
            columns = {column.name: int if column.kind in _NUMBERS else str for column in table.columns}
            references = [(column.name, column.references) for column in table.columns if column.references]
            self._database.table(table.name).create(columns, pk=table.columns[0].name, foreign_keys=references)
        self._entities(dump)
        for event in dump.events():
            if event["status"] == "draft":
                self._losses.add("drafts")
            else:
                self._event(event)
        for table in TABLES.values():
            self._flush(table)
        self._finish()

    def _entities(self, dump: Dump) -> None:
        own = {metric["name"]: metric for metric in dump.metrics()}
        for metric in ({name: dict(vars(built_in)) for name, built_in in METRICS.items()} | own).values():
            self._units[metric["name"]] = metric["unit"] or metric["name"]
            self._add("metrics", metric)
        bodies = affiliations_of_protected(dump.actors())
        self._held_back = {actor["name"]: actor for actor in dump.actors() if actor["name"] in bodies}
        for actor in dump.actors():
            if actor["name"] not in bodies:
                self._actor(actor)
        for site in dump.sites():
            self._site(site)

    def _is_new(self, kind: str, name: str) -> bool:
        """Count an actor or a site as lost whose masked name is printed like an earlier one."""
        if (kind, name) in self._printed:
            self._losses.add(f"{kind} whose masked names are printed alike")
            return False
        self._printed.add((kind, name))
        return True

    def _site(self, site: SiteDict) -> None:
        of_site = {"site": site["name"]}
        if self._is_new("sites", site["name"]):
            self._add("sites", site)
        for owner in site["owners"]:
            self._add("ownership_claims", {**owner, **of_site, "owner": owner["name"]})
        for operator in site["operators"]:
            self._add("operation_claims", {**operator, **of_site, "operator": operator["name"]})
        for status in site["statuses"]:
            self._add("status_claims", {**status, **of_site})
        for claim in claims_of(site):
            self._release(claim.get("name"), claim["stated_by"], claim["outlet"])

    def _release(self, *names: str | None) -> None:
        """Write actors that were held back, now that something other than a protected actor names them."""
        for name in names:
            if name in self._held_back:
                self._actor(self._held_back.pop(name))

    def _actor(self, actor: ActorDict) -> None:
        if not self._is_new("actors", actor["name"]):
            return
        if actor["protected"]:
            bare = actor | {"aliases": [], "positions": [], "member_of": [], "topics": [], "note": None}
            self._losses.add("other details of protected actors", actor != bare)
            self._add("actors", bare)
        else:
            self._release(*actor["member_of"])
            self._add("actors", actor)

    def _event(self, event: EventDict) -> None:
        first, last = date_parts.first_and_last_day(event["date"])
        days = {"first_day": first, "last_day": last, "year": int((first or "0")[:4])}
        of_event = {"event": event["id"]}
        table = event["dataset"] or {"name": None, "disjoint": None}
        of_table = {"dataset": table["name"], "dataset_disjoint": table["disjoint"]}
        self._add("events", {**event, **days, **of_table})
        for participant in event["actors"]:
            self._release(participant["name"])
            self._add("participants", {**participant, **of_event, "actor": participant["name"]})
        for place in event["places"]:
            self._add("places", {**place, **of_event})
        for role, sites in zip(SITE_ROLES, (event["sites"], event["linked_sites"]), strict=True):
            for site in sites:
                self._add("event_sites", {**of_event, "site": site, "role": role})
        sentences = figure_text.sentences(event["figures"], self._units)
        for figure, sentence in zip(event["figures"], sentences, strict=True):
            self._release(figure["stated_by"])
            split = figure["split"] or {"by": None, "complete": None}
            unit = figure["unit"] or self._units.get(figure["metric"])
            words = {"in_words": sentence, "unit": unit}
            of_split = {"split_by": split["by"], "split_complete": split["complete"]}
            self._add("figures", {**figure, **of_event, **words, **of_split})
        original = originals(event["sources"])
        for source in event["sources"]:
            self._release(source["outlet"], source["via"])
            self._add("sources", {**source, **of_event, "original": source in original})
        for link in event["links"]:
            self._add("links", {**link, **of_event, "to_event": link["event"]})

    def _add(self, name: str, record: Mapping[str, object]) -> None:
        table = TABLES[name]
        self._numbers[name] += 1
        values = {"number": self._numbers[name], **record}
        row = tuple(
            json.dumps(value, ensure_ascii=False) if column.kind == "list" and value is not None else value
            for column, value in ((column, values[column.key or column.name]) for column in table.columns)
        )
        self._waiting[name].append(row)
        if len(self._waiting[name]) >= BATCH:
            self._flush(table)

    def _flush(self, table: Table) -> None:
        rows = self._waiting.pop(table.name, [])
        if rows:
            self._database.table(table.name).insert_all([[column.name for column in table.columns], *rows])

    def _finish(self) -> None:
        """Create indexes and views, compact the file, and then index the words and names of events.

        The word index comes last because it refers to rows by their rowids, which VACUUM may change. It uses trigrams,
        because Khmer, Thai and Chinese do not separate words by spaces, and does not store the texts. Invisible
        characters are removed, because they could prevent a word from being found.
        """
        for table in TABLES.values():
            for columns in table.indexes:
                self._database.table(table.name).create_index(columns)
        self._database.index_foreign_keys()
        for name, view in metadata.VIEWS.items():
            self._database.create_view(name, view.sql)
        self._database.vacuum()
        self._database.conn.create_function("clean", 1, lambda text: text and scripts.clean(text), deterministic=True)
        self._database.conn.execute(metadata.CREATE_SEARCH)
        self._database.conn.execute(metadata.FILL_SEARCH)
        self._database.conn.commit()
