"""``scamcli sql`` withholds protected names in every column of every view, in full text, and in its messages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from scamcli import Timeline
from scamcli.query.sql import VIEWS
from tests.helpers.driver import actor, event, ok, run, take_in

if TYPE_CHECKING:
    from pathlib import Path

NAME, KHMER, WORD = "Sok Mealea", "សុខ មាលា", "mealea"
ID = "2023-01-01-mealea-escapes"
WORDS = (WORD, "សុខ", "មាលា")

NAMELESS = {
    ("events", "date"), ("events", "start"), ("events", "end"), ("events", "kind"), ("events", "status"),
    ("events", "dataset_disjoint"), ("event_sites", "role"),
    ("event_actors", "role"), ("event_places", "country"), ("event_places", "province"), ("event_places", "lat"),
    ("event_places", "lon"), ("event_places", "precision"), ("event_texts", "text"), ("event_texts", "rank"),
    ("figures", "low"), ("figures", "best"), ("figures", "high"), ("figures", "country"),
    ("figures", "province"), ("figures", "period"),
    ("figures", "count"), ("figures", "split_by"), ("figures", "split_complete"),
    ("sources", "published"), ("sources", "accessed"), ("sources", "original"), ("links", "type"),
    ("actors", "kind"), ("actors", "protected"), ("sites", "kind"), ("sites", "country"), ("sites", "province"),
    ("sites", "lat"), ("sites", "lon"), ("sites", "precision"), ("site_statuses", "status"), ("site_statuses", "date"),
    ("aliases", "type"),
    ("metrics", "split"), ("metrics", "count"), ("metrics", "built_in"),
    ("event_provinces", "province"), ("event_countries", "country"),
}  # fmt: skip
"""Columns of numbers, dates and closed lists. In every other one the name stands, so that each is looked at."""


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A timeline with the name, or a word of it, in every place that can hold it."""
    db = tmp_path / "kept.db"
    take_in(
        db,
        {"type": "metric", "name": "sok-mealea-visits", "unit": f"visits of {NAME}", "about": f"visits to {NAME}"},
        actor(NAME, kind="person", aliases=["Mealea S.", KHMER], positions=["aide of Mealea"],
              member_of=[f"{NAME} Fund"], topics=["Mealea"], note="Mealea's note"),
        actor("Helper", aliases=[f"Friends of {NAME}"], positions=[f"guard of {NAME}"], member_of=[f"{NAME} Fund"],
              topics=[NAME], note=f"knows {KHMER}"),
        {"type": "site", "name": f"{NAME} Gate", "kind": "compound", "place": f"{NAME} Village", "note": f"of {NAME}",
         "aliases": [f"House of {NAME}"], "owners": [
             {"name": NAME, "stated_by": NAME, "outlet": NAME, "event": ID, "note": "so Mealea says"}],
         "operators": [{"name": NAME, "stated_by": NAME, "outlet": NAME, "event": ID, "note": "so Mealea says"}],
         "statuses": [{"status": "raided", "date": "2023", "stated_by": NAME, "outlet": NAME, "event": ID,
                       "note": "so Mealea says"}]},
        event(
            ID, "2023-01-01", "report", title="Mealea escapes", summary="Of MEALEA.", note="Méalea and មាលា",
            actors=[{"name": NAME, "role": "victim"}, {"name": "Helper", "role": "rescuer"}], provinces=["Kandal"],
            places=[{"name": f"{NAME} Town", "country": "TH", "admin1": "Mealea State", "lat": 1.5, "lon": 2.5}],
            sites=[f"{NAME} Gate"], linked_sites=[f"{NAME} Yard"], dataset={"name": "Mealea's table", "disjoint": True},
            countries=["KH"], nationalities=["Mealea"], tags=["mealea", "sok-mealea", "other"],
            figures=[
                {"id": "sok-mealea-1", "metric": "rescues", "unit": "friends of Mealea", "low": 5, "high": 9,
                 "stated": "Mealea and 4 others", "group": "friends of Mealea", "nationality": "Mealea",
                 "stated_by": NAME, "split": {"by": "group"}, "note": "so Mealea", "period": "2023"},
                {"id": "part", "metric": "rescues", "stated": "2", "part_of": "sok-mealea-1"},
                {"id": "visits", "metric": "sok-mealea-visits", "stated": "3"},
                {"id": "share", "metric": "share", "stated": "5 %", "of": ["sok-mealea-1"]},
            ],
            sources=[{"outlet": NAME, "title": "Mealea told", "url": "https://x/mealea", "passage": "Mealea said",
                      "archived": "https://a/mealea", "via": NAME, "author": NAME}],
        ),
        event("later-sok-mealea", "2023-02-02", "denial", title=f"Not about {KHMER}", sources=[{"outlet": "VOD"}],
              links=[{"type": "disputes", "event": ID, "figure": "sok-mealea-1", "note": f"{NAME} is meant"}]),
        event("draft", "2023-03-03", status="draft", title=f"Draft on {NAME}"),
    )  # fmt: skip
    ok("edit", NAME, "-", "--db", str(db), stdin=json.dumps(actor(NAME, protected=True)))
    return db


def ask(db: Path, query: str, *flags: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(ok("sql", query, "--json", "--db", str(db), *flags))
    return found


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_no_column_of_a_view_tells_the_name(kept: Path, view: Any) -> None:
    for column in view.columns:
        query = f'SELECT "{column}" FROM {view.name}'
        for flags in ((), ("--drafts",)):
            told = ok("sql", query, "--json", "--db", str(kept), *flags).casefold()
            assert not any(word in told for word in WORDS), (view.name, column)
            assert ("protected-" in told) == ((view.name, column) not in NAMELESS), (view.name, column)
        bare = ok("sql", query, "--json", "--include-protected", "--db", str(kept)).casefold()
        assert any(word in bare for word in WORDS) == ((view.name, column) not in NAMELESS), (view.name, column)


ORACLES = [
    "SELECT event FROM event_texts WHERE text MATCH 'mealea'",
    "SELECT event FROM event_texts WHERE text MATCH 'meal*'",
    "SELECT event FROM event_texts WHERE text MATCH terms('មាលា')",
    "SELECT event FROM event_texts WHERE text MATCH 'title : mealea'",
    "SELECT id FROM events WHERE title LIKE '%meal%' OR record LIKE '%meal%'",
    "SELECT name FROM actors WHERE name GLOB 'Sok*' OR name BETWEEN 'Sok' AND 'Sol'",
    "SELECT name FROM actors WHERE length(name) = 10 AND kind = 'person'",
    "SELECT alias FROM aliases WHERE hex(alias) LIKE '%4D65616C6561%'",
    "SELECT id FROM events WHERE id = '2023-01-01-mealea-escapes'",
    "SELECT a.key FROM events e, json_tree(e.record) a WHERE a.value LIKE '%mealea%'",
    "SELECT tag FROM event_tags WHERE tag = 'mealea'",
]


@pytest.mark.parametrize("query", ORACLES)
def test_no_condition_tells_it(kept: Path, query: str) -> None:
    """Withheld values are not in the copy that is queried, so no result depends on them."""
    assert ask(kept, query) == []
    if "length" not in query:
        assert ask(kept, query, "--include-protected") != []


def test_errors_do_not_tell_it(kept: Path) -> None:
    for query in (f'SELECT "{NAME}".x FROM events', f"SELECT * FROM [{NAME}]", f"SELECT :a, '{NAME}"):
        answer = run("sql", query, "--db", str(kept))
        assert answer.code == 2
        assert WORD not in answer.err.casefold()


def test_the_masked_copy_answers_as_the_timeline_does(seeded: Path) -> None:
    """Protect somebody who is not named anywhere, so that queries read the copy, which does not differ."""
    queries = [f"SELECT * FROM {view.name}" for view in VIEWS if view.name not in {"actors", "event_texts"}]
    queries += [f"SELECT count(*) FROM {view.name}" for view in VIEWS if view.name != "actors"]
    queries += ["SELECT event, rank FROM event_texts WHERE text MATCH terms('casin* compound')",
                "SELECT e.id, f.low FROM events e JOIN figures f ON f.event = e.id JOIN event_actors a USING (event)",
                "SELECT 1"]  # fmt: skip

    def answers() -> list[list[str]]:
        with Timeline(seeded) as timeline:
            return [sorted(json.dumps(row) for row in timeline.sql(query).rows) for query in queries]

    before = answers()
    take_in(seeded, actor("Nobody Whosoever", protected=True))
    assert answers() == before
    assert ask(seeded, "SELECT name LIKE '[protected-%' AS masked FROM actors WHERE protected") == [{"masked": 1}]


def test_the_copy_is_as_guarded_and_as_timed(kept: Path) -> None:
    before = kept.read_bytes()
    for query in ("SELECT * FROM event", "DELETE FROM event", "PRAGMA query_only = OFF", "SELECT * FROM event_text",
                  "CREATE TABLE x (y)", "SELECT sql FROM sqlite_schema", "SELECT 1 FROM term"):  # fmt: skip
        assert run("sql", query, "--db", str(kept)).code == 2
    assert run("sql", "SELECT count(*) FROM events", "--timeout", "0.000001", "--db", str(kept)).code == 2
    assert kept.read_bytes() == before
