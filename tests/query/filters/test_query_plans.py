"""How SQLite runs queries: with an actor and a limit it reads an index in order, and neither scans nor sorts.

One list says which queries may read a whole table, and why.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing, suppress
from fnmatch import fnmatchcase
from itertools import chain, combinations, islice
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from scamcli import Timeline
from scamcli.errors import ScamcliError
from scamcli.query.filters import Query
from scamcli.store import terms
from scamcli.timeline import Page, where
from tests.helpers.oracle import values_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.helpers.oracle import Kept

MORE: dict[str, Any] = {
    "role": "speaker", "province": "Kandal", "kind": ["report", "raid"], "source": "CamboJA", "tag": "tip-report",
    "during": ["2022-Q3", "2023"], "certain": True, "text": "Cambodia",
}  # fmt: skip
CHOICES = list(chain.from_iterable(combinations(MORE, n) for n in range(3)))


def traced(timeline: Timeline, call: Callable[[], object]) -> list[str]:
    """The statements that a call runs, with their values, without those that full text runs itself."""
    statements: list[str] = []
    timeline._connection.set_trace_callback(statements.append)
    with suppress(ScamcliError):
        call()
    timeline._connection.set_trace_callback(None)
    asking = (sql for sql in dict.fromkeys(statements) if sql.lstrip().startswith(("SELECT", "WITH")))
    return [sql for sql in asking if "event_text_" not in sql and "event_stem_" not in sql]


def steps_of(connection: sqlite3.Connection, sql: str) -> list[str]:
    """The steps of a statement's plan."""
    return [step for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]


def explained(db: Path, asked: dict[str, Any], *, oldest_first: bool, after: bool) -> list[str]:
    """How the events themselves are read."""
    with Timeline(db) as timeline:
        page = Page(20, "2022-09-19-complaints-by-province" if after else None, oldest_first)
        statements = traced(timeline, lambda: list(timeline.find(where(**asked), page)))
    read = [sql for sql in statements if "e.record" in sql]
    assert read
    with closing(sqlite3.connect(db)) as connection:
        return [step for sql in read for step in steps_of(connection, sql)]


@pytest.mark.parametrize("oldest_first", [False, True], ids=["DESC", "ASC"])
@pytest.mark.parametrize("names", CHOICES, ids="+".join)
def test_an_actor_and_a_limit(seeded: Path, names: tuple[str, ...], oldest_first: bool) -> None:
    asked = {"actor": "Sar Kheng", **{name: MORE[name] for name in names}}
    for after in (False, True):
        steps = explained(seeded, asked, oldest_first=oldest_first, after=after)
        assert not any("TEMP B-TREE" in step for step in steps), steps
        assert not any(step.startswith(("SCAN e", "SCAN event ", "SCAN d", "SCAN event_term")) for step in steps), steps
        if "text" not in names:
            assert any("d USING PRIMARY KEY (term=? AND rel=?" in step for step in steps), steps
            assert any("e USING INTEGER PRIMARY KEY (rowid=?)" in step for step in steps), steps


@pytest.mark.parametrize(
    "asked",
    [{}, {"kind": "raid"}, {"during": "2022-09"}, {"text": "police"}, {"province": "Kandal"}, {"metric": "rescues"},
     {"actor": ["Sar Kheng", "Hun Sen"]}, {"role": "speaker"}, {"site": "Huang Le compound"}],
    ids=str,
)  # fmt: skip
def test_nothing_is_ever_sorted(seeded: Path, asked: dict[str, Any]) -> None:
    steps = explained(seeded, asked, oldest_first=False, after=False)
    assert not any("TEMP B-TREE" in step for step in steps), steps


def test_the_list_of_an_export_is_read_in_order(seeded: Path) -> None:
    with closing(sqlite3.connect(seeded)) as connection:
        rows = connection.execute("EXPLAIN QUERY PLAN SELECT record FROM event ORDER BY start, id").fetchall()
    assert not any("TEMP B-TREE" in row[3] for row in rows), rows


class Many(NamedTuple):
    """A timeline of about 3,000 events, as an import leaves it (without ANALYZE), and the questions about it."""

    timeline: Timeline
    values: dict[str, list[str]]
    """For each filter the values that most events have."""
    ids: list[str]


TIMES = {"from_": ["2005", "2006"], "to": ["2012", "2013"], "during": ["2009", "2010-Q3"]}
FILTERS = (
    "actor", "role", "country", "province", "site", "nationality", "kind", "source", "via", "metric", "tag", *TIMES,
    "text",
)  # fmt: skip
OF_FIGURES = ("none", "country", "province", "nationality", "group", "actor", "source", "kind", "month", "source,month")
OF_EVENTS = ("none", "country", "province", "nationality", "actor", "source", "kind", "site", "tag", "month")

Call = tuple[str, "Callable[[Many], object]"]
"""A way to read, by a name."""


def calls() -> Iterator[Call]:
    """Every way to read, but for those that read everything, which is what they are for.

    They are `check`, `export` and `info --verify`; and `sql`, where the query is the user's.
    """
    yield from chain(_searches(), _of_figures(), _of_events(), _of_one())
    for name in FILTERS:
        yield f"responses {name}", asking("responses", wanted(name))
    yield "responses", asking("responses")
    for type_ in ("actor", "site"):
        yield f"{type_}s", asking("entities", type_)
        yield f"one of {type_}s", asking("profile", type_, first(type_))
    for type_ in ("event", "actor", "site", "metric", "nationality", "tag"):
        yield f"completion of {type_}", asking("names", type_, "Te")
    yield "sizes", asking("sizes")
    yield "known", asking("known")
    yield "pending", asking("pending")
    yield "origins", asking("origins", an_id)
    yield "span", asking("span")
    yield "open", lambda many: terms.protected(many.timeline._connection)


def _searches() -> Iterator[Call]:
    for names in [(), *((name,) for name in FILTERS), *combinations(sorted(FILTERS), 2)]:
        yield " ".join(["search", *names]), searching(wanted(*names))
    for name in FILTERS:
        for match in ("any", "all"):
            yield (
                f"search {match} {name}",
                searching(wanted(name, several=True, match=match, drafts=True, certain=True)),
            )


def _of_figures() -> Iterator[Call]:
    yield "stats", asking("metrics")
    for by in OF_FIGURES:
        yield f"stats by {by}", asking("stats", "rescues", by=by, cite=True)
    for name in FILTERS:
        yield f"stats {name}", asking("stats", first("metric"), wanted(name), undisputed=True)
    yield "stats explained", asking("stats", "rescues", explain=True)
    yield "stats compared", asking("compare", "rescues", "2009", "2010")
    yield "stats of no metric", asking("stats", "rescus")


def _of_events() -> Iterator[Call]:
    for by in OF_EVENTS:
        yield f"stats events by {by}", asking("stats", "events", by=by, cite=True)
        for name in ("during", "actor", "text"):
            yield f"stats events {name} by {by}", asking("stats", "events", wanted(name), by=by, cite=True)


def _of_one() -> Iterator[Call]:
    yield "show", asking("show", an_id)
    yield "show by its beginning", asking("show", lambda many: many.ids[7][:-1])
    yield "show nothing", asking("show", "1990-01-01-nothing")
    yield "show a masked id", asking("show", "1995-01-01-protected-1")
    yield "show as it was", asking("show_at", an_id, "2100")
    yield "history of an event", asking("history", "event", an_id)
    yield "history of nothing", asking("history", "event", "1990-01-01-nothing")
    yield "history of an actor", asking("history", "actor", first("actor"))
    yield "log", asking("log")
    yield "log before", asking("log", 2)
    yield "log of a change", asking("change", 1)
    yield "what a name is", asking("other_meanings", first("actor"))
    yield "an actor in other letters", asking("profile", "actor", lambda many: many.values["actor"][0].upper())
    for text in ("nobody at all", "[protected-1]"):
        yield f"what {text} is", asking("other_meanings", text)
        yield f"actor {text}", asking("profile", "actor", text)


def asking(method: str, *given: Any, **more: Any) -> Callable[[Many], object]:
    """A call of a timeline; what is given as a function is made of the values that there are."""

    def ask(many: Many) -> object:
        found = getattr(many.timeline, method)(*(one(many) if callable(one) else one for one in given), **more)
        return list(islice(found, 30)) if hasattr(found, "__next__") else found

    return ask


def searching(wanted: Callable[[Many], Query]) -> Callable[[Many], object]:
    """The newest and the oldest, what comes after an event either way, and how many."""

    def ask(many: Many) -> object:
        asked = wanted(many)
        for oldest_first in (False, True):
            for after in (None, many.ids[1500]):
                list(many.timeline.find(asked, Page(5, after, oldest_first)))
        return many.timeline.count(asked)

    return ask


def wanted(*names: str, several: bool = False, **more: Any) -> Callable[[Many], Query]:
    """A query with these filters, each with the value that most events have, or the first two of them."""

    def made(many: Many) -> Query:
        chosen = {name: many.values[name][: 1 + several] for name in names if name != "text"}
        return where("police" if "text" in names else "", **chosen, **more)

    return made


def first(name: str) -> Callable[[Many], str]:
    return lambda many: many.values[name][0]


def an_id(many: Many) -> str:
    return many.ids[7]


FEW = {
    "FROM name JOIN term ON term.id = name.term": "those whom one form names",
    "FROM change_record r JOIN change c ON c.id = r.change": "the changes of one record",
    "SELECT term.name FROM event_term JOIN term": "the outlets of one event",
    "FROM link JOIN event e ON e.key = link.event WHERE link.target = ": "what links to one event",
    "SELECT DISTINCT e.key, e.id, e.record FROM term CROSS JOIN event_term": "the events of protected actors",
    "FROM figure f LEFT JOIN term": "a row a metric, though all figures are counted",
    "ORDER BY t.rowid, f.n": "the figures of one event",
    "LEFT JOIN origin ON origin.event = event.id": "the drafts, all of which are to be reviewed",
}
"""Statements that may sort, though not scan: they give a handful of rows, and no index could be quicker."""

EVENTS = ("SCAN e", "SCAN e USING COVERING INDEX event_brief")
"""The index of the columns that totals need is smaller than the table, and in the same order."""

BY_ROLE = (*EVENTS, "SCAN e USING COVERING INDEX event_kind")
ALLOWED: dict[str, tuple[str, ...]] = {
    # Whether there is a table of settings: the list of tables is short.
    "*": ("SCAN sqlite_schema",),
    # The index has only the changes that undo one.
    **dict.fromkeys(
        ("log*", "history of an event", "history of an actor"), ("SCAN change USING COVERING INDEX change_undoes",)
    ),
    # Clocks may have been wrong, so the times of all changes are compared; an import is one change.
    **dict.fromkeys(("log before", "show as it was"), ("SCAN change",)),
    # Nothing is asked of the events: they are read in the order of time, no further than the limit; all are counted.
    "search": EVENTS,
    # No index has the roles of anybody: events are read in the order of time until the limit.
    "search role": BY_ROLE,
    "search a?? role": BY_ROLE,
    "responses role": BY_ROLE,
    # The few events of two kinds are sorted; where they are many, they are read in the order of time.
    "search any kind": ("USE TEMP B-TREE FOR ORDER BY",),
    # Nearly every event is in one of the two countries, so that the first few in the order of time are soon found.
    "search any country": BY_ROLE,
    # The first in the order of time, and the last.
    "span": ("SCAN event", "SCAN event USING COVERING INDEX event_brief"),
    # Any event can be an allegation.
    "responses": EVENTS,
    # Every event is in a row.
    **{f"stats events by {by}": EVENTS for by in OF_EVENTS},
    # Events, drafts, figures and texts are counted, all of them.
    "sizes": (
        "SCAN event",
        "SCAN event USING COVERING INDEX event_brief",
        "SCAN figure USING COVERING INDEX figure_event",
        "SCAN snapshot USING COVERING INDEX sqlite_autoindex_snapshot_1",
    ),
    # All figures are counted, by metric, which is their order.
    "stats": ("SCAN f",),
    # No event has this printed form: each id is printed again, and compared.
    "show a masked id": ("SCAN event USING COVERING INDEX sqlite_autoindex_event_1",),
}
"""The calls, or patterns of their names, that may read a whole table: steps of the plans of their statements."""


@pytest.fixture(scope="module")
def many(withheld: Kept) -> Iterator[Many]:
    often = {
        name: [value for value, _ in Counter(told).most_common(2)] for name, told in values_of(withheld.events).items()
    }
    with Timeline(withheld.path) as timeline:
        yield Many(timeline, often | TIMES, [event.id for event in withheld.events])


@pytest.fixture(scope="module")
def run(many: Many) -> Iterator[Callable[[str], set[tuple[str, str]]]]:
    """Run a call, and return its statements that read a whole table or sort, each with that step of its plan."""
    by_name, connection = dict(calls()), sqlite3.connect(many.timeline.path)

    def costly(name: str) -> set[tuple[str, str]]:
        statements = traced(many.timeline, lambda: by_name[name](many))
        assert statements, name
        return {(sql, step) for sql in statements for step in steps_of(connection, sql) if is_costly(step)}

    with closing(connection):
        yield costly


def is_costly(step: str) -> bool:
    """Whether a step reads a whole table, builds an index for itself, or sorts.

    Full text is read by its own index; what is inside a subquery has steps of its own.
    """
    scans = step.startswith("SCAN") and not any(word in step for word in ("VIRTUAL TABLE", "CONSTANT ROW", "(subquery"))
    return scans or "AUTOMATIC" in step or "TEMP B-TREE" in step


def is_known(name: str, sql: str, step: str) -> bool:
    if step.startswith("USE TEMP B-TREE") and any(words in sql for words in FEW):
        return True
    return any(fnmatchcase(name, call) and step in steps for call, steps in ALLOWED.items())


@pytest.mark.parametrize("name", [name for name, _ in calls()])
def test_nothing_reads_a_whole_table(run: Callable[[str], set[tuple[str, str]]], name: str) -> None:
    assert [(sql, step) for sql, step in run(name) if not is_known(name, sql, step)] == []


def test_every_filter_and_call_is_here() -> None:
    names = [name for name, _ in calls()]
    assert len(names) == len(set(names))
    assert set(FILTERS) == set(Query._fields) - {"certain", "drafts", "exact", "match"}
    assert [call for call in ALLOWED if not any(fnmatchcase(name, call) for name in names)] == []
