"""Definitions of the tables and their columns, from which headers, sheets and schemas are made."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from scamcli.language.vocabulary import (
    ACTOR_KINDS,
    COUNTS,
    EVENT_KINDS,
    LINK_TYPES,
    PRECISIONS,
    ROLES,
    SITE_KINDS,
    SPLITS,
    STATUSES,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


class Kind(Enum):
    """Type of the values of a column."""

    TEXT = "text"
    WORD = "word"
    """One word of a closed list."""
    DATE = "date"
    """An EDTF date: a day, month, year or interval."""
    DAY = "day"
    """Days since 1970-01-01, as in ``scamcli.language.dates``; ``None`` for an open end."""
    NUMBER = "number"
    FLAG = "true or false"
    NAMES = "names"
    """A list of texts."""
    PARTS = "parts"
    """A list of objects."""


class Column(NamedTuple):
    """A column of a table, or a key of the objects in a column of kind ``PARTS``.

    Attributes:
        name: its name in the header, which is also the key in the record.
        kind: the type of its values.
        about: what it contains, in a few words.
        words: the closed list for kind ``WORD``.
        parts: the keys of the objects for kind ``PARTS``.
        needed: whether every exported row has a value. An import completes it where it is empty.
        filled: whether an import completes it where it is empty, though an export may leave it empty.
        derived: whether it only informs readers, and an import ignores it.
        nullable: whether a list may be null, which differs from an empty list.
    """

    name: str
    kind: Kind
    about: str
    words: tuple[str, ...] = ()
    parts: tuple[Column, ...] = ()
    needed: bool = False
    filled: bool = False
    derived: bool = False
    nullable: bool = False


class Table(NamedTuple):
    """A table.

    Attributes:
        name: the name of its sheet, and of its file without the suffix.
        type: the type of the records in it; ``figure`` for figures, which are parts of events.
        about: what a row is.
        columns: the columns in their order.
        key: the columns that identify a row. The first has the id of the event, or the name of the record.
        together: groups of columns that an import completes only if all of a group are empty.
    """

    name: str
    type: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    together: tuple[tuple[str, ...], ...] = ()

    @property
    def header(self) -> list[str]:
        """Return the names of its columns."""
        return [column.name for column in self.columns]

    @property
    def given(self) -> list[Column]:
        """Return the columns that an import reads."""
        return [column for column in self.columns if not column.derived]


PARTICIPANT = (
    Column("name", Kind.TEXT, "an actor's name", needed=True),
    Column("role", Kind.WORD, "its role in the event", ROLES, needed=True),
)
PLACE = (
    Column("name", Kind.TEXT, "its name", needed=True),
    Column("country", Kind.TEXT, "ISO 3166-1 alpha-2"),
    Column("admin1", Kind.TEXT, "first-level division, outside Cambodia"),
    Column("province", Kind.TEXT, "Cambodian province"),
    Column("lat", Kind.NUMBER, "degrees, WGS 84"),
    Column("lon", Kind.NUMBER, "degrees, WGS 84"),
    Column("precision", Kind.WORD, "what the coordinates point to", PRECISIONS),
)
SOURCE = (
    Column("outlet", Kind.TEXT, "who published it", needed=True),
    Column("title", Kind.TEXT, "its headline"),
    Column("url", Kind.TEXT, "its web address"),
    Column("published", Kind.DATE, "when it was published"),
    Column("passage", Kind.TEXT, "the page or section in it"),
    Column("archived", Kind.TEXT, "the web address of an archived copy"),
    Column("accessed", Kind.DATE, "when it was read"),
    Column("via", Kind.TEXT, "the publication through which it was seen"),
)
LINK = (
    Column("type", Kind.WORD, "how it relates to the other event", LINK_TYPES, needed=True),
    Column("event", Kind.TEXT, "the id of the other event", needed=True),
    Column("figure", Kind.TEXT, "the id of the figure that is meant"),
    Column("note", Kind.TEXT, "other remarks"),
)
OWNER = (
    Column("name", Kind.TEXT, "the alleged owner", needed=True),
    Column("stated_by", Kind.TEXT, "who makes the claim"),
    Column("outlet", Kind.TEXT, "who published the claim"),
    Column("event", Kind.TEXT, "the id of the event in which it is stated"),
    Column("note", Kind.TEXT, "other remarks, such as a denial"),
)

EVENTS = Table(
    "events",
    "event",
    "dated entries of the timeline",
    (
        Column("id", Kind.TEXT, "public and permanent id", needed=True),
        Column("date", Kind.DATE, "date in EDTF: a day, month, year or interval", needed=True),
        Column("start", Kind.DAY, "the first day of the date", derived=True),
        Column("end", Kind.DAY, "the last day of the date; empty where the end is open", derived=True),
        Column("kind", Kind.WORD, "what happened", EVENT_KINDS, needed=True),
        Column("title", Kind.TEXT, "title in one line", needed=True),
        Column("summary", Kind.TEXT, "summary in a few sentences, attributed"),
        Column("status", Kind.WORD, "draft if nobody has reviewed it", STATUSES, needed=True),
        Column("actors", Kind.PARTS, "who took part, with their roles", parts=PARTICIPANT),
        Column("provinces", Kind.NAMES, "Cambodian provinces that it concerns"),
        Column("places", Kind.PARTS, "towns, and all places outside Cambodia", parts=PLACE),
        Column("sites", Kind.NAMES, "compounds, casinos, hotels and zones"),
        Column("countries", Kind.NAMES, "where it happened, ISO 3166-1 alpha-2", filled=True),
        Column("nationalities", Kind.NAMES, "English demonyms"),
        Column("tags", Kind.NAMES, "tags of the researchers"),
        Column("sources", Kind.PARTS, "who published it, and where it was seen", parts=SOURCE),
        Column("links", Kind.PARTS, "how it relates to earlier events", parts=LINK),
        Column("note", Kind.TEXT, "other remarks, such as an error in the text"),
    ),
    ("id",),
)

FIGURES = Table(
    "figures",
    "figure",
    "numbers that somebody stated, one per row, in the order of their events",
    (
        Column("event", Kind.TEXT, "the id of its event", needed=True),
        Column("event_date", Kind.DATE, "the date of its event", derived=True),
        Column("event_title", Kind.TEXT, "the title of its event", derived=True),
        Column("event_status", Kind.WORD, "draft if nobody has reviewed its event", STATUSES, derived=True),
        Column("outlets", Kind.NAMES, "who published it: the original sources of its event", derived=True),
        Column("id", Kind.TEXT, "id, unique within its event", needed=True),
        Column("metric", Kind.TEXT, "what is counted", needed=True),
        Column("unit", Kind.TEXT, "unit; empty is the unit of the metric"),
        Column("stated", Kind.TEXT, "the number in the words of the source"),
        Column("low", Kind.NUMBER, "lower bound; empty is unknown", filled=True),
        Column("best", Kind.NUMBER, "stated estimate; empty is unknown", filled=True),
        Column("high", Kind.NUMBER, "upper bound; empty is unknown", filled=True),
        Column("province", Kind.TEXT, "province; empty if there are several or none is given"),
        Column("nationality", Kind.TEXT, "nationality; empty if there are several or none is given"),
        Column("group", Kind.TEXT, "who is counted, in the words of the source"),
        Column("period", Kind.DATE, "the period that it covers, in EDTF", filled=True),
        Column("count", Kind.WORD, "how it counts", COUNTS, needed=True),
        Column("stated_by", Kind.TEXT, "who stated the number"),
        Column("part_of", Kind.TEXT, "the id of the figure that it is part of, in the same event"),
        Column("split_by", Kind.WORD, "for a whole: what its parts divide it by", SPLITS),
        Column("split_complete", Kind.FLAG, "for a whole: whether its parts are complete; empty is unknown"),
        Column(
            "of",
            Kind.NAMES,
            "ids of figures: for a change, before and after; for a share, the whole, or part and whole",
            nullable=True,
        ),
        Column("note", Kind.TEXT, "other remarks"),
    ),
    ("event", "id"),
    (("low", "best", "high"), ("period", "count")),
)

ACTORS = Table(
    "actors",
    "actor",
    "people, bodies, companies, outlets and gangs",
    (
        Column("name", Kind.TEXT, "the name that events use", needed=True),
        Column("kind", Kind.WORD, "what it is", ACTOR_KINDS),
        Column("aliases", Kind.NAMES, "other names, in any script"),
        Column("positions", Kind.NAMES, "positions that it holds or held"),
        Column("member_of", Kind.NAMES, "bodies that it belongs to"),
        Column("topics", Kind.NAMES, "subjects that an outlet or a person covers"),
        Column("protected", Kind.FLAG, "whether its name is masked", needed=True),
        Column("note", Kind.TEXT, "other remarks"),
    ),
    ("name",),
)

SITES = Table(
    "sites",
    "site",
    "compounds, casinos, hotels and zones",
    (
        Column("name", Kind.TEXT, "the name that events use", needed=True),
        Column("kind", Kind.WORD, "what it is", SITE_KINDS),
        Column("province", Kind.TEXT, "its Cambodian province"),
        Column("place", Kind.TEXT, "its town"),
        Column("aliases", Kind.NAMES, "other names, in any script"),
        Column("owners", Kind.PARTS, "alleged owners, with who makes the claim", parts=OWNER),
        Column("note", Kind.TEXT, "other remarks"),
    ),
    ("name",),
)

METRICS = Table(
    "metrics",
    "metric",
    "what figures count, apart from built-in metrics",
    (
        Column("name", Kind.TEXT, "name, as figures use it", needed=True),
        Column("unit", Kind.TEXT, "unit; empty if the metric counts the thing itself"),
        Column("split", Kind.WORD, "what totals are split by, by default", SPLITS),
        Column("count", Kind.WORD, "how its figures count", COUNTS, needed=True),
        Column("about", Kind.TEXT, "what it counts"),
    ),
    ("name",),
)

TABLES = (EVENTS, FIGURES, ACTORS, SITES, METRICS)
"""Every table, in the order of the sheets of a workbook."""

BY_NAME = {table.name: table for table in TABLES}

SIMILAR = 0.7
"""Share of a table's columns from which on a header with other columns is taken for an edited copy of that table."""


def find_table(header: Iterable[str]) -> Table | None:
    """Return the table with exactly these columns, in any order. Derived columns may be missing."""
    names = list(header)
    for table in TABLES:
        given = {column.name for column in table.given}
        if given <= set(names) <= set(table.header) and len(set(names)) == len(names):
            return table
    return None


def find_similar_table(header: Iterable[str]) -> Table | None:
    """Return the table whose columns these were before some were added, renamed or removed.

    A header that is still that of a table gives ``None``, and so does one that is nothing like any.
    """
    names = set(header)
    if find_table(header) is not None:
        return None
    shares = {table.name: len(names & {one.name for one in table.given}) / len(table.given) for table in TABLES}
    best = max(shares, key=shares.__getitem__)
    return BY_NAME[best] if shares[best] >= SIMILAR else None
