"""The tables of a copy for Datasette: plain ones, named for people who write SQL, each column with what it says.

A list of words is a JSON array, which Datasette counts by value; a list of parts is a table of its own. No name here is
a keyword of SQL: the first day of an event is ``first_day``, whom a figure counts is ``whom``.
"""

from __future__ import annotations

from typing import NamedTuple

TEXT, WHOLE, NUMBER, LIST = "text", "whole number", "number", "list"


class Column(NamedTuple):
    """A column.

    Attributes:
        name: in SQL.
        about: what it says.
        kind: what its values are.
        references: the table whose key it holds.
    """

    name: str
    about: str
    kind: str = TEXT
    references: str = ""


class Table(NamedTuple):
    """A table.

    Attributes:
        name: in SQL.
        about: what a row is.
        columns: in order; the first is the key.
        label: the column that stands for a row where another refers to it.
        facets: columns whose values are counted beside the rows.
        sort: the column by which rows come.
        newest: whether they come from its end.
        indexes: besides those of what is referred to.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    label: str = ""
    facets: tuple[str, ...] = ()
    sort: str = ""
    newest: bool = False
    indexes: tuple[tuple[str, ...], ...] = ()


def _number(about: str) -> Column:
    return Column("number", about, WHOLE)


EVENT = Column("event", "the event, by its id", references="events")

METRICS = Table(
    "metrics",
    "What figures count.",
    (
        Column("name", "how figures call it"),
        Column("unit", "what one of it is"),
        Column("split", "by what it is usually divided"),
        Column("count_kind", "new over a period, cumulative since its start, stock at a moment, or none: not combined"),
        Column("about", "what it counts"),
    ),
    label="name",
)

ACTORS = Table(
    "actors",
    "People, bodies, companies, outlets and gangs that the events name. To be named here is no accusation.",
    (
        Column("name", "the name that events use; a name that is withheld is [protected-N]"),
        Column("kind", "person, government, police, court, embassy, international, ngo, company, media, gang or group"),
        Column("aliases", "other names, in any script", LIST),
        Column("positions", "offices that it holds or held", LIST),
        Column("member_of", "bodies that it belongs to", LIST),
        Column("topics", "subjects that it covers, or of FollowTheMoney", LIST),
        Column("note", "what else to know"),
        Column("protected", "1 where the name is withheld", WHOLE),
    ),
    label="name",
    facets=("kind",),
)

SITES = Table(
    "sites",
    "Compounds, casinos, hotels and zones that the events name.",
    (
        Column("name", "the name that events use"),
        Column("kind", "compound, casino, hotel or zone"),
        Column("province", "its Cambodian province"),
        Column("place", "its town"),
        Column("aliases", "other names, in any script", LIST),
        Column("note", "what else to know"),
    ),
    label="name",
    facets=("kind", "province"),
)

EVENTS = Table(
    "events",
    "Dated entries of the timeline, reviewed by a person.",
    (
        Column("id", "public and permanent"),
        Column("date", "when, in EDTF: a day, month, year or interval; ~ is about, ? is uncertain, % is both"),
        Column("first_day", "the first day of the date"),
        Column("last_day", "the last day of the date; empty where the end is open"),
        Column("year", "the year of the first day", WHOLE),
        Column("kind", "what happened"),
        Column("title", "in one line"),
        Column("summary", "in a few sentences, attributed"),
        Column("provinces", "Cambodian provinces that it concerns", LIST),
        Column("countries", "where it happened, ISO 3166-1 alpha-2", LIST),
        Column("nationalities", "of the people concerned, as English demonyms", LIST),
        Column("tags", "words of those who keep the timeline", LIST),
        Column("note", "what else to know, such as a slip in the text"),
    ),
    label="title",
    facets=("kind", "year", "provinces", "nationalities", "countries"),
    sort="first_day",
    newest=True,
    indexes=(("first_day",), ("kind",), ("year",)),
)

PARTICIPANTS = Table(
    "participants",
    "Who has which part in an event, as its sources say: an alleged part is an allegation.",
    (
        _number("counts the rows"),
        EVENT,
        Column("actor", "who", references="actors"),
        Column("role", "the part: speaker, author, alleges, denies, victim, alleged_owner, mentioned …"),
    ),
    facets=("role",),
    indexes=(("role",),),
)

PLACES = Table(
    "places",
    "Where events happened, besides the provinces of Cambodia.",
    (
        _number("counts the rows"),
        EVENT,
        Column("name", "its name"),
        Column("country", "ISO 3166-1 alpha-2"),
        Column("admin1", "first-level division, outside Cambodia"),
        Column("province", "Cambodian province"),
        Column("latitude", "degrees, WGS 84", NUMBER),
        Column("longitude", "degrees, WGS 84", NUMBER),
        Column("precision", "what the coordinates point at: point, site, town, district, province or country"),
    ),
    label="name",
    facets=("country", "province"),
)

EVENT_SITES = Table(
    "event_sites",
    "Which sites an event concerns.",
    (_number("counts the rows"), EVENT, Column("site", "the site", references="sites")),
)

FIGURES = Table(
    "figures",
    "Numbers that somebody stated. Two of them can count the same people: do not add them up.",
    (
        _number("counts the rows, the oldest event first"),
        EVENT,
        Column("figure", "its id in the event"),
        Column("in_words", "the whole of it on a line"),
        Column("metric", "what is counted", references="metrics"),
        Column("stated", "the number in the words of the source"),
        Column("low", "the least that it can be; empty is unknown, not 0", NUMBER),
        Column("best", "the stated estimate; empty is unknown", NUMBER),
        Column("high", "the most that it can be; empty is unknown", NUMBER),
        Column("unit", "what low, best and high count"),
        Column("whom", "whom it counts, as the source says"),
        Column("nationality", "whose; empty when it is of several or not given"),
        Column("province", "where; empty when it is of several or not given"),
        Column("period", "the days that it covers, in EDTF; empty is not given"),
        Column("count_kind", "new over a period, cumulative since its start, stock at a moment, or none: not combined"),
        Column("stated_by", "who said the number; empty is not recorded", references="actors"),
        Column("part_of", "the figure of the same event that is its whole"),
        Column("split_by", "of a whole: by what its parts divide it"),
        Column("split_complete", "1 where the parts are all there, 0 where not; empty: the source does not say", WHOLE),
        Column("of_figures", "of a change before and after, of a share the whole, or part and whole", LIST),
        Column("note", "what else to know"),
    ),
    label="in_words",
    facets=("metric", "province", "nationality", "stated_by"),
    sort="number",
    newest=True,
    indexes=(("metric", "number"), ("province", "number"), ("stated_by", "number"), ("nationality",)),
)

SOURCES = Table(
    "sources",
    "Who published what the events say.",
    (
        _number("counts the rows"),
        EVENT,
        Column("outlet", "who published it", references="actors"),
        Column("via", "the publication through which it was seen: one original, not two", references="actors"),
        Column("original", "1 where it is an original, 0 where it only passes others on", WHOLE),
        Column("title", "its headline"),
        Column("url", "its address"),
        Column("published", "when, in EDTF"),
        Column("passage", "where in it"),
        Column("archived", "the address of an archived copy"),
        Column("accessed", "when it was read, in EDTF"),
    ),
    label="outlet",
    facets=("outlet", "via", "original"),
)

LINKS = Table(
    "links",
    "How an event bears on an earlier one.",
    (
        _number("counts the rows"),
        EVENT,
        Column("type", "responds_to, disputes, follows or repeats"),
        Column("to_event", "the other event, by its id", references="events"),
        Column("to_figure", "the one figure of it that is meant"),
        Column("note", "what else to know"),
    ),
    facets=("type",),
)

OWNERSHIP_CLAIMS = Table(
    "ownership_claims",
    "Who is said to own a site, and by whom. A claim is no proof; several can contradict each other.",
    (
        _number("counts the rows"),
        Column("site", "the site", references="sites"),
        Column("owner", "who is said to own it", references="actors"),
        Column("stated_by", "who says so; empty is not recorded", references="actors"),
        Column("outlet", "who published that", references="actors"),
        Column("event", "the event that it stands in", references="events"),
        Column("note", "what else to know, such as a denial"),
    ),
    facets=("owner", "outlet"),
)

TABLES = (
    METRICS, ACTORS, SITES, EVENTS, PARTICIPANTS, PLACES, EVENT_SITES, FIGURES, SOURCES, LINKS, OWNERSHIP_CLAIMS,
)  # fmt: skip
"""Those that are referred to come first."""
