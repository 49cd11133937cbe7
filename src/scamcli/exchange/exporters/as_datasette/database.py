"""The database of a Datasette export, in a folder with its metadata.

The export is made for publication: it has no history, no drafts and no protected names, and of protected actors
nothing but their kind. It is a database of its own, which is why this export, unlike all others, contains SQL.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from scamcli.errors import WrongUsageError
from scamcli.exchange.exporters.as_datasette import metadata
from scamcli.exchange.exporters.as_datasette.metadata import TABLES, Table
from scamcli.exchange.exporters.dump import affiliations_of_protected
from scamcli.language import dates, scripts
from scamcli.language.vocabulary import METRICS
from scamcli.output import phrases
from scamcli.records.sources import originals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sqlite_utils import Database

    from scamcli.exchange.exporters import ExportOptions
    from scamcli.exchange.exporters.dump import Dump, Losses
    from scamcli.records.types import ActorDict, EventDict, FigureDict, SiteDict, SourceDict

SUPPORTED_KEYS = frozenset({"metric", "actor", "site", "event"})

NAME = "timeline"
"""The name of the database, which is part of every address that Datasette serves."""

BATCH = 2000
"""Rows of a table that are written at once."""

TYPES = {
    "whole number": int,
    "number": int,
}  # INTEGER affinity keeps a fraction as it is, and never turns 201 into 201.0

Row = tuple[object, ...]


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
    text = json.dumps(metadata.metadata(NAME, is_part=bool(dump.sentence)), ensure_ascii=False, indent=2)
    (folder / "metadata.json").write_text(text + "\n", encoding="utf-8", newline="\n")


class _Copy:
    """The database while it is filled.

    Args:
        database: an empty one.
        losses: where to count drafts and masked details.
    """

    def __init__(self, database: Database, losses: Losses) -> None:
        self._database = database
        self._losses = losses
        self._units = {name: metric.unit for name, metric in METRICS.items()}
        self._waiting: dict[str, list[Row]] = defaultdict(list)
        self._numbers: dict[str, int] = defaultdict(int)
        self._held_back: dict[str, ActorDict] = {}

    def fill(self, dump: Dump) -> None:
        """Make the tables, and write every record."""
        self._database.conn.execute("PRAGMA journal_mode = OFF")  # a failed export is discarded with its folder
        self._database.conn.execute("PRAGMA synchronous = OFF")
        for table in TABLES.values():
            self._create(table)
        self._entities(dump)
        for event in dump.events():
            if event["status"] == "draft":
                self._losses.add("drafts")
            else:
                self._event(event)
        for table in TABLES.values():
            self._flush(table)
        self._finish()

    def _create(self, table: Table) -> None:
        columns = {column.name: TYPES.get(column.kind, str) for column in table.columns}
        references = [(column.name, column.references) for column in table.columns if column.references]
        self._database.table(table.name).create(columns, pk=table.columns[0].name, foreign_keys=references)

    def _entities(self, dump: Dump) -> None:
        for built_in in METRICS.values():
            self._add("metrics", built_in)
        for metric in dump.metrics():
            self._units[metric["name"]] = metric["unit"] or metric["name"]
            self._add("metrics", [metric[key] for key in ("name", "unit", "split", "count", "about")])
        bodies = affiliations_of_protected(dump.actors())
        self._held_back = {actor["name"]: actor for actor in dump.actors() if actor["name"] in bodies}
        for actor in dump.actors():
            if actor["name"] not in bodies:
                self._actor(actor)
        for site in dump.sites():
            self._site(site)

    def _site(self, site: SiteDict) -> None:
        self._add("sites", [site[key] for key in ("name", "kind", "province", "place", "aliases", "note")])
        for owner in site["owners"]:
            claim = (owner[key] for key in ("name", "stated_by", "outlet", "event", "note"))
            self._add_numbered("ownership_claims", site["name"], *claim)
            self._release(owner["name"], owner["stated_by"], owner["outlet"])

    def _release(self, *names: str | None) -> None:
        """Write actors that were held back, because something other than a protected actor names them."""
        for name in names:
            if name in self._held_back:
                self._actor(self._held_back.pop(name))

    def _actor(self, actor: ActorDict) -> None:
        details: list[object] = [actor[key] for key in ("aliases", "positions", "member_of", "topics", "note")]
        if actor["protected"]:
            self._losses.add("other details of protected actors", any(details))
            details = [[], [], [], [], None]
        else:
            self._release(*actor["member_of"])
        self._add("actors", [actor["name"], actor["kind"], *details, actor["protected"]])

    def _event(self, event: EventDict) -> None:
        id_, period = event["id"], dates.parse_date(event["date"])
        first, last = (None if day is None else dates.iso(day) for day in period[:2])
        texts = (event[key] for key in ("kind", "title", "summary"))
        lists = (event[key] for key in ("provinces", "countries", "nationalities", "tags"))
        self._add("events", [id_, event["date"], first, last, int((first or "0")[:4]), *texts, *lists, event["note"]])
        for participant in event["actors"]:
            self._release(participant["name"])
            self._add_numbered("participants", id_, participant["name"], participant["role"])
        for place in event["places"]:
            self._add_numbered("places", id_, *place.values())
        for site in event["sites"]:
            self._add_numbered("event_sites", id_, site)
        for figure in event["figures"]:
            self._release(figure["stated_by"])
            self._add_numbered("figures", id_, *self._figure(figure))
        original = originals(event["sources"])
        for source in event["sources"]:
            self._release(source["outlet"], source["via"])
            self._add_numbered("sources", id_, *_source(source, is_original=source in original))
        for link in event["links"]:
            self._add_numbered("links", id_, *(link[key] for key in ("type", "event", "figure", "note")))

    def _figure(self, figure: FigureDict) -> Iterator[object]:
        yield figure["id"]
        yield phrases.figure_line(figure)
        yield from (figure[key] for key in ("metric", "stated", "low", "best", "high"))
        yield figure["unit"] or self._units.get(figure["metric"])
        yield from (figure[key] for key in ("group", "nationality", "province", "period", "count", "stated_by"))
        split = figure["split"] or {"by": None, "complete": None}
        yield from (figure["part_of"], split["by"], split["complete"], figure["of"], figure["note"])

    def _add_numbered(self, table: str, *values: object) -> None:
        self._numbers[table] += 1
        self._add(table, [self._numbers[table], *values])

    def _add(self, name: str, values: Iterable[object]) -> None:
        table = TABLES[name]
        row = tuple(
            value if column.kind != "list" or value is None else json.dumps(value, ensure_ascii=False)
            for value, column in zip(values, table.columns, strict=True)
        )
        self._waiting[name].append(row)
        if len(self._waiting[name]) >= BATCH:
            self._flush(table)

    def _flush(self, table: Table) -> None:
        rows = self._waiting.pop(table.name, [])
        if rows:
            self._database.table(table.name).insert_all([[column.name for column in table.columns], *rows])

    def _finish(self) -> None:
        """Make indexes and views, compact the file, and then index the words.

        The word index comes last because it refers to rows by their rowids, which VACUUM may change.
        """
        for table in TABLES.values():
            for columns in table.indexes:
                self._database.table(table.name).create_index(columns)
        self._database.index_foreign_keys()
        for name, view in metadata.VIEWS.items():
            self._database.create_view(name, view.sql)
        self._database.vacuum()
        self._index_words()

    def _index_words(self) -> None:
        """Index the words of events, and the names in them.

        The index holds trigrams, because Khmer, Thai and Chinese do not separate words by spaces. It does not store the
        texts. Invisible characters are removed, so that they do not keep a word from being found.
        """
        self._database.conn.create_function("clean", 1, _clean, deterministic=True)
        self._database.conn.execute(metadata.CREATE_SEARCH)
        self._database.conn.execute(metadata.FILL_SEARCH)
        self._database.conn.commit()


def _clean(text: str | None) -> str | None:
    return text and scripts.clean(text)


def _source(source: SourceDict, *, is_original: bool) -> Row:
    details = (source[key] for key in ("title", "url", "published", "passage", "archived", "accessed"))
    return source["outlet"], source["via"], is_original, *details
