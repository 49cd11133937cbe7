"""A copy for Datasette: a database of plain tables, and the metadata that make it readable, in a folder.

It is made to be published, so it has no history, no drafts, no protected names, and of protected people nothing but
their kind. It is a database of its own, which is why this module alone of all exports has SQL.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from scamcli.errors import WrongUsageError
from scamcli.exchange.exporters.as_datasette import metadata
from scamcli.exchange.exporters.as_datasette.plain_tables import (
    ACTORS,
    EVENT_SITES,
    EVENTS,
    FIGURES,
    LINKS,
    LIST,
    METRICS,
    NUMBER,
    OWNERSHIP_CLAIMS,
    PARTICIPANTS,
    PLACES,
    SITES,
    SOURCES,
    TABLES,
    WHOLE,
    Table,
)
from scamcli.exchange.exporters.protected_details import bodies_of_protected
from scamcli.language import dates, scripts
from scamcli.language.vocabulary import METRICS as BUILT_IN
from scamcli.output import phrases
from scamcli.records.sources import originals

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database

    from scamcli.exchange.exporters import How
    from scamcli.exchange.exporters.dump import Dump, Losses, Record

HOLDS = frozenset({"metric", "actor", "site", "event"})

NAME = "timeline"
"""The name of the database, which is in its addresses."""

BATCH = 2000
"""So many rows of a table are written at once."""

TYPES = {WHOLE: int, NUMBER: int}  # the affinity of integers leaves a fraction as it is, and gives no 201.0

Row = tuple[Any, ...]


def write(dump: Dump, folder: Path, losses: Losses, how: How) -> None:
    """Write the database and its metadata.

    Raises:
        WrongUsageError: protected names were asked for.
    """
    if how.include_protected:
        hint = "leave out --include-protected; `scamcli sql` asks the timeline itself"
        raise WrongUsageError("a copy for Datasette never has protected names", hint)
    from sqlite_utils import Database

    database = Database(folder / f"{NAME}.db")
    try:
        _Copy(database, losses).fill(dump)
    finally:
        database.close()
    text = json.dumps(metadata.metadata(NAME, is_part=bool(dump.sentence)), ensure_ascii=False, indent=2)
    (folder / "metadata.json").write_text(text + "\n", encoding="utf-8", newline="\n")


class _Copy:
    """The database, as it is filled.

    Args:
        database: a new one.
        losses: to note drafts in, and what is withheld.
    """

    def __init__(self, database: Database, losses: Losses) -> None:
        self._database = database
        self._losses = losses
        self._units = {name: metric.unit for name, metric in BUILT_IN.items()}
        self._waiting: dict[str, list[Row]] = defaultdict(list)
        self._numbers: dict[str, int] = defaultdict(int)
        self._held: dict[str, Record] = {}

    def fill(self, dump: Dump) -> None:
        """Make the tables, and write every record."""
        self._database.conn.execute("PRAGMA journal_mode = OFF")  # half a file is never left: the folder is new
        self._database.conn.execute("PRAGMA synchronous = OFF")
        for table in TABLES:
            self._create(table)
        self._entities(dump)
        for event in dump.events():
            if event["status"] == "draft":
                self._losses.add("drafts")
            else:
                self._event(event)
        self._flush()
        self._finish()

    def _create(self, table: Table) -> None:
        columns = {column.name: TYPES.get(column.kind, str) for column in table.columns}
        refers = [(column.name, column.refers) for column in table.columns if column.refers]
        self._database.table(table.name).create(columns, pk=table.columns[0].name, foreign_keys=refers)

    def _entities(self, dump: Dump) -> None:
        for built_in in BUILT_IN.values():
            self._add(METRICS, built_in)
        for metric in dump.metrics():
            self._units[metric["name"]] = metric["unit"] or metric["name"]
            self._add(METRICS, [metric[key] for key in ("name", "unit", "split", "count", "about")])
        bodies = bodies_of_protected(dump.actors())
        self._held = {actor["name"]: actor for actor in dump.actors() if actor["name"] in bodies}
        for actor in dump.actors():
            if actor["name"] not in bodies:
                self._actor(actor)
        for site in dump.sites():
            self._site(site)

    def _site(self, site: Record) -> None:
        self._add(SITES, [site[key] for key in ("name", "kind", "province", "place", "aliases", "note")])
        for owner in site["owners"]:
            claim = (owner[key] for key in ("name", "stated_by", "outlet", "event", "note"))
            self._add_numbered(OWNERSHIP_CLAIMS, site["name"], *claim)
            self._names(owner["name"], owner["stated_by"], owner["outlet"])

    def _names(self, *names: str | None) -> None:
        """Write those that were held back, for something else names them than a protected actor."""
        for name in names:
            if name in self._held:
                self._actor(self._held.pop(name))

    def _actor(self, actor: Record) -> None:
        told = [actor[key] for key in ("aliases", "positions", "member_of", "topics", "note")]
        if actor["protected"]:
            self._losses.add("what else is known of protected actors", any(told))
            told = [[], [], [], [], None]
        else:
            self._names(*actor["member_of"])
        self._add(ACTORS, [actor["name"], actor["kind"], *told, actor["protected"]])

    def _event(self, event: Record) -> None:
        id_, days = event["id"], dates.parse_date(event["date"])
        first, last = (None if day is None else dates.iso(day) for day in days[:2])
        told = [event[key] for key in ("kind", "title", "summary")]
        lists = [event[key] for key in ("provinces", "countries", "nationalities", "tags")]
        self._add(EVENTS, [id_, event["date"], first, last, int((first or "0")[:4]), *told, *lists, event["note"]])
        for person in event["actors"]:
            self._names(person["name"])
            self._add_numbered(PARTICIPANTS, id_, person["name"], person["role"])
        for place in event["places"]:
            self._add_numbered(PLACES, id_, *place.values())
        for site in event["sites"]:
            self._add_numbered(EVENT_SITES, id_, site)
        for figure in event["figures"]:
            self._names(figure["stated_by"])
            self._add_numbered(FIGURES, id_, *self._figure(figure))
        kept = originals(event["sources"])
        for source in event["sources"]:
            self._names(source["outlet"], source["via"])
            self._add_numbered(SOURCES, id_, *_source(source, source in kept))
        for link in event["links"]:
            self._add_numbered(LINKS, id_, *(link[key] for key in ("type", "event", "figure", "note")))

    def _figure(self, figure: Record) -> Iterator[Any]:
        yield figure["id"]
        yield phrases.figure_line(figure)
        yield from (figure[key] for key in ("metric", "stated", "low", "best", "high"))
        yield figure["unit"] or self._units.get(figure["metric"])
        yield from (figure[key] for key in ("group", "nationality", "province", "period", "count", "stated_by"))
        split = figure["split"] or {"by": None, "complete": None}
        yield from (figure["part_of"], split["by"], split["complete"], figure["of"], figure["note"])

    def _add_numbered(self, table: Table, *values: Any) -> None:
        self._numbers[table.name] += 1
        self._add(table, [self._numbers[table.name], *values])

    def _add(self, table: Table, values: Iterator[Any] | list[Any] | tuple[Any, ...]) -> None:
        lists = [column.kind is LIST for column in table.columns]
        row = tuple(
            value if not is_list or value is None else json.dumps(value, ensure_ascii=False)
            for value, is_list in zip(values, lists, strict=True)
        )
        waiting = self._waiting[table.name]
        waiting.append(row)
        if len(waiting) >= BATCH:
            self._flush_one(table)

    def _flush(self) -> None:
        for table in TABLES:
            self._flush_one(table)

    def _flush_one(self, table: Table) -> None:
        rows = self._waiting.pop(table.name, [])
        if rows:
            self._database.table(table.name).insert_all([[column.name for column in table.columns], *rows])

    def _finish(self) -> None:
        """Make indexes and views, put everything close together, then index the words.

        The index of words comes last, because it holds the places of rows, which the other may change.
        """
        for table in TABLES:
            for columns in table.indexes:
                self._database.table(table.name).create_index(columns)
        self._database.index_foreign_keys()
        for name, (_, sql) in metadata.VIEWS.items():
            self._database.create_view(name, sql)
        self._database.vacuum()
        self._index_words()

    def _index_words(self) -> None:
        """Index the words of events and of whom and what they name.

        In three letters each, because Khmer, Thai and Chinese have no spaces between words. The texts themselves are
        not in the index, and invisible characters in them do not keep a word from being found.
        """
        self._database.conn.create_function("clean", 1, _cleaned, deterministic=True)
        self._database.conn.execute(metadata.CREATE_SEARCH)
        self._database.conn.execute(metadata.FILL_SEARCH)
        self._database.conn.commit()


def _cleaned(text: str | None) -> str | None:
    return text and scripts.clean(text)


def _source(source: Record, is_original: bool) -> Row:
    told = (source[key] for key in ("title", "url", "published", "passage", "archived", "accessed"))
    return source["outlet"], source["via"], is_original, *told
