"""``scamcli sql``: its results on the shipped timeline, in every format, and its errors."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from scamcli.output.formats import Format
from scamcli.query.sql import VIEWS
from scamcli.store import setup
from tests.helpers.command_line import done, rows, run
from tests.helpers.terminals import on_terminal

if TYPE_CHECKING:
    from pathlib import Path


COUNTING = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "


def ask(query: str, *arguments: str) -> list[dict[str, Any]]:
    return rows("sql", query, *arguments)


def one(query: str, *arguments: str) -> Any:
    """The single value of a single row."""
    ((value,),) = (row.values() for row in ask(query, *arguments))
    return value


def refused(*arguments: str, stdin: str | bytes | None = None) -> str:
    """The message of a refusal: one or two lines, with exit code 2 and nothing on stdout."""
    seen = run("sql", *arguments, stdin=stdin)
    assert (seen.code, seen.out) == (2, ""), seen
    lines = seen.err.splitlines()
    assert 1 <= len(lines) <= 2, seen
    assert all(line.startswith("scamcli: ") for line in lines)
    return seen.err


# The views, against what the other commands say.

COUNTS = [
    ("SELECT count(*) FROM events", ("search",)),
    ("SELECT count(*) FROM events WHERE kind = 'raid'", ("search", "--kind", "raid")),
    ("SELECT count(*) FROM events WHERE kind = 'raid' OR kind = 'rescue'",
     ("search", "--kind", "raid", "--kind", "rescue")),
    ("SELECT count(*) FROM events WHERE start <= '2022-09-30' AND (end >= '2022-09-01' OR end IS NULL)",
     ("search", "--during", "2022-09")),
    ("SELECT count(DISTINCT event) FROM event_actors WHERE actor = 'Sar Kheng'", ("search", "--actor", "Sar Kheng")),
    ("SELECT count(DISTINCT event) FROM event_actors WHERE actor = 'Sar Kheng' AND role = 'speaker'",
     ("search", "--actor", "Sar Kheng", "--role", "speaker")),
    ("SELECT count(*) FROM event_provinces WHERE province = 'Preah Sihanouk'", ("search", "--province", "KH-18")),
    ("SELECT count(*) FROM event_sites WHERE site = 'Huang Le compound'", ("search", "--site", "Huang Le compound")),
    ("SELECT count(*) FROM event_nationalities WHERE nationality = 'Vietnamese'",
     ("search", "--nationality", "Vietnamese")),
    ("SELECT count(DISTINCT event) FROM sources WHERE original AND outlet = 'VOD'", ("search", "--source", "VOD")),
    ("SELECT count(DISTINCT event) FROM sources WHERE via = 'CamboJA'", ("search", "--via", "CamboJA")),
    ("SELECT count(DISTINCT event) FROM figures WHERE metric = 'rescues'", ("search", "--metric", "rescues")),
    ("SELECT count(*) FROM event_texts WHERE text MATCH 'casino'", ("search", "casino", "--exact")),
    ("SELECT count(*) FROM event_texts WHERE text MATCH terms('human trafficking')",
     ("search", "human trafficking", "--exact")),
    ("SELECT count(*) FROM event_texts WHERE text MATCH terms('\"pig-butchering\"')", ("search", '"pig-butchering"')),
]  # fmt: skip


@pytest.mark.parametrize(("query", "search"), COUNTS, ids=[query for query, _ in COUNTS])
def test_it_counts_as_search_does(query: str, search: tuple[str, ...]) -> None:
    assert one(query) == int(done(*search, "--count").out) > 0


def test_an_event_is_its_record() -> None:
    found = {row["id"]: row for row in ask("SELECT * FROM events")}
    for event in rows("search"):
        row = found.pop(event["id"])
        for key in ("date", "start", "end", "kind", "title", "summary", "status", "note"):
            assert row[key] == event[key], key
        record = json.loads(row["record"])
        assert record == {key: event[key] for key in record}
    assert found == {}


LISTED: dict[str, tuple[str, list[str]]] = {
    "event_actors": ("actors", ["name", "role"]), "event_provinces": ("provinces", []),
    "event_places": ("places", ["name", "country", "admin1", "province", "lat", "lon", "precision"]),
    "event_sites": ("sites", ["name", "role"]),
    "event_countries": ("countries", []), "event_nationalities": ("nationalities", []),
    "event_tags": ("tags", []), "links": ("links", ["type", "event", "figure", "note"]),
    "figures": ("figures", ["id", "metric", "unit", "stated", "low", "best", "high", "province", "nationality",
                            "group", "period", "count", "stated_by", "part_of", "split_by", "split_complete", "of",
                            "note"]),
    "sources": ("sources", ["outlet", "title", "author", "url", "published", "passage", "archived", "accessed",
                            "via"]),
}  # fmt: skip


@pytest.mark.parametrize("view", LISTED)
def test_the_lists_of_events_are_in_their_views(view: str) -> None:
    key, parts = LISTED[view]
    expected: Counter[tuple[Any, ...]] = Counter()
    for event in rows("search"):
        items = event[key]
        if view == "event_sites":
            items = [{"name": name, "role": "located_at"} for name in event["sites"]]
            items += [{"name": name, "role": "linked_to"} for name in event["linked_sites"]]
        for item in items:
            if view == "figures":
                split = item["split"] or {"by": None, "complete": None}
                of = None if item["of"] is None else json.dumps(item["of"])
                item = item | {"split_by": split["by"], "split_complete": split["complete"], "of": of}
            expected[event["id"], *([item[part] for part in parts] or [item])] += 1
    found = Counter(tuple(row.values())[: 1 + (len(parts) or 1)] for row in ask(f"SELECT * FROM {view}"))
    assert found == expected
    assert found


def test_drafts_are_left_out_unless_they_are_asked_for(own_db: Path) -> None:
    record = {
        "type": "event", "id": "a-draft", "date": "2023-01-01", "kind": "raid", "title": "Draftword", "status": "draft",
        "actors": [{"name": "Sar Kheng", "role": "target"}], "provinces": ["Kandal"], "tags": ["t"],
        "places": [{"name": "Town"}], "sites": ["Huang Le compound"], "countries": ["KH"], "nationalities": ["Thai"],
        "figures": [{"metric": "rescues", "stated": "1"}], "sources": [{"outlet": "VOD"}],
        "links": [{"type": "follows", "event": "2022-09-19-complaints-by-province"}],
    }  # fmt: skip
    done("import", "-", stdin=json.dumps(record) + "\n")
    for view in VIEWS:
        if "event" in view.columns and view.name not in {"owners", "operators", "site_statuses"}:
            query = f"SELECT count(*) FROM {view.name} WHERE event = 'a-draft'"
            assert (one(query), one(query, "--drafts")) == (0, 1), view.name
    assert one("SELECT count(*) FROM event_texts WHERE text MATCH 'draftword'") == 0
    assert ask("SELECT status FROM events WHERE id = 'a-draft'") == []
    assert ask("SELECT status FROM events WHERE id = 'a-draft'", "--drafts") == [{"status": "draft"}]


def test_the_days_of_any_year(tmp_path: Path) -> None:
    path = tmp_path / "years.db"
    setup.make(path, seed=False)
    dates = ["0001-01-01", "1969-12-31", "2023-02~", "2022-08-18/..", "9999-12-31", "2024-02"]
    events = [{"type": "event", "date": date, "kind": "raid", "title": "T"} for date in dates]
    done("import", "-", "--db", str(path), stdin="".join(json.dumps(event) + "\n" for event in events))
    found = ask("SELECT id, start, end FROM events ORDER BY id", "--db", str(path))
    expected = [{key: row[key] for key in ("id", "start", "end")} for row in rows("search", "--db", str(path))]
    assert found == sorted(expected, key=lambda row: row["id"])


def test_words_in_scripts_without_spaces_are_found(own_db: Path) -> None:
    event = {"type": "event", "id": "kh", "date": "2023-01-01", "kind": "raid", "title": "នៅក្រុងព្រះសីហនុ 西港市"}
    done("import", "-", stdin=json.dumps(event) + "\n")
    for words in ("ព្រះសីហនុ", "西港", "港"):
        query = "SELECT event FROM event_texts WHERE text MATCH terms(:words)"
        assert ask(query, "-p", f"words={words}") == [{"event": "kh"}]
    assert ask("SELECT event FROM event_texts WHERE text MATCH terms('')") == []
    assert ask("SELECT event FROM event_texts WHERE text MATCH terms(NULL)") == []


# What SQL can do here.

ANSWERS: list[tuple[str, list[list[Any]]]] = [
    ("SELECT 1 + 1 AS two;", [[2]]),
    ("/* a comment */ -- one\nSELECT /* another */ 'a;b' -- and one", [["a;b"]]),
    ("VALUES (1, 'a'), (2, 'b')", [[1, "a"], [2, "b"]]),
    ("SELECT value FROM json_each('[1, \"b\"]')", [[1], ["b"]]),
    ("SELECT count(*) FROM json_tree('{\"a\": [1]}')", [[3]]),
    ("WITH n AS (SELECT 1 UNION SELECT 2) SELECT count(*) FROM n", [[2]]),
    (COUNTING + "SELECT i FROM n LIMIT 2", [[1], [2]]),
    ("SELECT sum(x) OVER (ORDER BY x) FROM (SELECT 1 AS x UNION SELECT 2)", [[1], [3]]),
    ("SELECT date('2022-09-19', '+1 day'), upper('a'), round(2.5), json_array(1)", [["2022-09-20", "A", 3.0, "[1]"]]),
    ("SELECT json_extract(record, '$.title') = title FROM events LIMIT 1", [[1]]),
    ("SELECT x'00ff', 9e999, -9e999, NULL, 0.5", [["00ff", "Infinity", "-Infinity", None, 0.5]]),
    ("SELECT CAST(x'ff41' AS TEXT)", [["\ufffdA"]]),
    ("SELECT 1 WHERE 0", []),
    ("SELECT id FROM events WHERE date = 2022", []),
    ("SELECT e.id FROM events e JOIN event_texts t ON t.event = e.id WHERE t.text MATCH 'documentary' ORDER BY t.rank",
     [["2023-04-18-bbc-documentary-dismissed"], ["2023-04-18-long-dimanche-footage"],
      ["2023-03-08-bbc-documentary"], ["2023-04-18-kuong-li-rents-out"]]),
]  # fmt: skip


@pytest.mark.parametrize(("query", "answer"), ANSWERS, ids=[query for query, _ in ANSWERS])
def test_answers(query: str, answer: list[list[Any]]) -> None:
    found = [list(row.values()) for row in ask(query)]
    assert found == answer or sorted(map(str, found)) == sorted(map(str, answer))


def test_columns_of_one_name_are_told_apart() -> None:
    assert ask('SELECT 1 AS a, 2 AS a, 3 AS "a_2", 4 AS a') == [{"a": 1, "a_2": 2, "a_2_2": 3, "a_3": 4}]
    assert ask('SELECT 1 AS "a\tb\x1b"') == [{"a b ": 1}]


def test_parameters() -> None:
    query = "SELECT count(*) FROM figures WHERE metric = :metric AND low > :low"
    assert one(query, "-p", "metric=rescues", "--param", "low=100") == one(
        "SELECT count(*) FROM figures WHERE metric = 'rescues' AND low > 100"
    )
    assert ask("SELECT :a AS a, $b AS b, @c AS c", "-p", ":a=1=2", "-p", "b=", "-p", "c='\"") == [
        {"a": "1=2", "b": "", "c": "'\""}
    ]


BAD_PARAMETERS = [
    (("SELECT :a",), "No value for the parameter :a."),
    (("SELECT :a", "-p", "b=1"), "No value for the parameter :a."),
    (("SELECT 1", "-p", "b=1"), "no parameter :b."),
    (("SELECT ?",), "Parameters are written :name, not ?."),
    (("SELECT :a", "-p", "a"), "NAME=VALUE"),
    (("SELECT :a", "-p", "=a"), "NAME=VALUE"),
    (("SELECT :a", "-p", "a=1", "-p", "a=2"), "Two values"),
]


@pytest.mark.parametrize(("arguments", "said"), BAD_PARAMETERS, ids=[" ".join(given) for given, _ in BAD_PARAMETERS])
def test_bad_parameters(arguments: tuple[str, ...], said: str) -> None:
    assert said in refused(*arguments)


def test_a_query_on_stdin() -> None:
    assert done("sql", "-", "--json", stdin="\ufeff-- one\nSELECT 1 AS a\n").json == [{"a": 1}]
    assert "UTF-8" in refused("-", stdin=b"SELECT '\xff'")
    assert "empty" in refused("-", stdin=" \n")
    assert "The query is incomplete." in refused("-", stdin="-- nothing")
    assert "NUL" in refused("-", stdin="SELECT 1\0")
    assert "longer than 1 MB" in refused("-", stdin="SELECT '" + "x" * 1_000_000 + "'")
    assert "4 MB" in refused("-", stdin="x" * 4_000_001)


ERRORS = [
    ("", ("empty",)),
    ("SELEC", ("syntax error",)),
    ("SELECT", ("The query is incomplete.",)),
    ("SELECT 'a", ("unrecognized token",)),
    ("SELECT 1; SELECT 2", ("Only one query can be run at a time.",)),
    ("SELECT * FROM figurs", ('No view "figurs".', "figures")),
    ("SELECT provnce FROM figures", ('No column "provnce".', "province")),
    ("SELECT e.titel FROM events e", ('No column "e.titel".', "title")),
    ("SELECT cout(*) FROM events", ('No function "cout".', "count")),
    ("SELECT id FROM events WHERE title MATCH 'x'", ("MATCH only works on event_texts.text.",)),
    ("SELECT event FROM event_texts WHERE text MATCH 'AND ('", ("terms",)),
    ("SELECT json('{')", ("malformed JSON",)),
    ("SELECT abs(-9223372036854775808)", ("integer overflow",)),
    ("SELECT * FROM events WHERE", ("The query is incomplete.",)),
    ("EXPLAIN SELECT 1", ("syntax error",)),
]  # fmt: skip


@pytest.mark.parametrize(("query", "words"), ERRORS, ids=[query for query, _ in ERRORS])
def test_errors_are_plain(query: str, words: tuple[str, ...]) -> None:
    said = refused(query)
    assert all(word in said for word in words), said


# Output.


@pytest.mark.parametrize("format_", Format)
def test_every_format(format_: Format) -> None:
    query = "SELECT id, title, 5 AS n FROM events WHERE kind = 'raid' ORDER BY id"
    text = done("sql", query, "--format", format_).out
    found = ask(query)
    assert len(found) == 4
    for row in found:
        assert row["id"].replace("_", r"\_") in text or row["id"] in text
    assert done("sql", query, "--format", format_, "--fields", "n").out.count("5") == 4


def test_nothing_acts_on_a_terminal() -> None:
    seen = on_terminal("sql", "SELECT char(27) || '[31mred' AS \"a\x1b[1m\"")
    assert "\\u001b[31mred" in seen.out
    assert "\x1b[31m" not in seen.out


# From Python.
