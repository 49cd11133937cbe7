"""``edit`` and ``remove``: what is replaced, added and removed, and that every index is updated."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.helpers.driver import actor, entity, event, export, found, lines, ok, refused, run, stored, take_in

if TYPE_CHECKING:
    from pathlib import Path

FIRST, SECOND = "2023-01-02-first", "2023-02-03-second"


def digest(db: Path, id_: str = FIRST) -> str:
    return str(json.loads(ok("show", id_, "--json", "--db", str(db)))["digest"])


@pytest.mark.parametrize(
    ("flag", "value", "key"),
    [
        ("--title", "Other: words", "title"), ("--summary", "A; b: c", "summary"),
        ("--kind", "denial", "kind"), ("--date", "2023-04~", "date"),
    ],
)  # fmt: skip
def test_single_flags_replace(db: Path, flag: str, value: str, key: str) -> None:
    before = stored(db, FIRST)
    assert ok("edit", "2023-01", flag, value, "--db", str(db)) == f"{FIRST}\n"
    assert stored(db, FIRST) == before | {key: value}
    if key in {"summary", "note"}:
        ok("edit", FIRST, flag, "", "--db", str(db))
        assert stored(db, FIRST)[key] is None


@pytest.mark.parametrize(
    ("flag", "value", "key", "expected"),
    [
        ("--tag", "two", "tags", ["one", "two"]), ("--tag", "one", "tags", ["one"]),
        ("--province", "KH-8", "provinces", ["Kandal"]), ("--province", "Takeo", "provinces", ["Kandal", "Takeo"]),
    ],
)  # fmt: skip
def test_repeated_flags_add(db: Path, flag: str, value: str, key: str, expected: list[str]) -> None:
    ok("edit", FIRST, flag, value, "--db", str(db))
    assert stored(db, FIRST)[key] == expected
    assert ok("edit", FIRST, flag, value, "--db", str(db))
    assert stored(db, FIRST)[key] == expected


def test_objects_are_added(db: Path) -> None:
    ok("edit", FIRST, "--actor", "MoI: target", "--figure", "complaints: 4", "--source", "VOD", "--link",
       f"follows: {SECOND}", "--place", "Bavet", "--db", str(db))  # fmt: skip
    record = stored(db, FIRST)
    assert [one["name"] for one in record["actors"]] == ["Sar Kheng", "Ministry of Interior"]
    assert [one["id"] for one in record["figures"]] == ["complaints", "complaints-2"]
    assert record["provinces"] == ["Kandal", "Svay Rieng"]
    assert (record["sources"][0]["outlet"], record["links"][0]["event"]) == ("VOD", SECOND)


REMOVALS = [
    ("actor: Sar Kheng", "actors"), ("place: Somewhere", "places"),
    ("figure: complaints", "figures"), ("source: VOD", "sources"), (f"link: {SECOND}", "links"),
    ("actor: Samdech", "actors"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "key"), REMOVALS)
def test_take_out(db: Path, text: str, key: str) -> None:
    ok("names", "alias", "Sar Kheng", "Samdech", "--db", str(db))
    record = event("x-1", actors=[{"name": "Sar Kheng"}], provinces=["Takeo"], sites=["Blue Gate"], tags=["one"],
                   places=[{"name": "Somewhere", "country": "TH"}], countries=["TH"], nationalities=["Thai"],
                   figures=[{"metric": "complaints", "stated": "4"}], sources=[{"outlet": "VOD"}],
                   links=[{"type": "follows", "event": SECOND}])  # fmt: skip
    take_in(db, record)
    before = stored(db, "x-1")
    ok("edit", "x-1", "--remove", text, "--db", str(db))
    assert stored(db, "x-1") == before | {key: []}
    refused(run("edit", "x-1", "--remove", text, "--db", str(db)), 3, "none")


def test_a_whole_record_on_stdin(db: Path) -> None:
    record = stored(db, FIRST)
    record |= {"title": "New", "figures": [], "actors": []}
    assert ok("edit", FIRST, "-", "--db", str(db), stdin=lines([record])) == f"{FIRST}\n"
    assert stored(db, FIRST) == record
    shown = ok("show", FIRST, "--json", "--db", str(db))
    before = export(db)
    ok("edit", FIRST, "-", "--db", str(db), stdin=shown)
    assert export(db) == before
    refused(run("edit", FIRST, "-", "--db", str(db), stdin=lines([{**record, "id": "other"}])), 4, "permanent")
    refused(run("edit", FIRST, "-", "--title", "T", "--db", str(db), stdin=lines([record])), 2)
    refused(run("edit", FIRST, "-", "--db", str(db), stdin=""), 4, "empty")
    refused(run("edit", FIRST, "-", "--db", str(db), stdin=lines([record] * 2)), 4, "stdin")
    assert export(db) == before


def test_a_new_date_sorts_anew_and_is_found(db: Path) -> None:
    assert found(db) == [SECOND, FIRST]
    ok("edit", FIRST, "--date", "2024-01-01", "--title", "Unusual", "--db", str(db))
    assert found(db) == [FIRST, SECOND]
    assert found(db, "unusual") == found(db, "--actor", "Sar Kheng") == found(db, "--metric", "complaints") == [FIRST]
    assert found(db, "first") == []
    assert found(db, "--during", "2024") == [FIRST]
    ok("edit", FIRST, "--date", "1890-05", "--db", str(db))
    assert found(db) == [SECOND, FIRST]
    assert found(db, "unusual") == [FIRST]
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("INSERT INTO event_text (event_text) VALUES ('integrity-check')")
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_an_edit_keeps_the_place_within_the_day(db: Path) -> None:
    """Two events of one day: a new note moves neither."""
    take_in(db, event("day-a", "2023-06-01"), event("day-b", "2023-06-01"))
    before = found(db)
    ok("edit", "day-a", "--note", "N", "--db", str(db))
    assert found(db) == before


def test_the_record_of_an_actor(db: Path) -> None:
    record = entity(db, "actor", "Ministry of Interior") | {"note": "N", "aliases": ["MoI", "Interior"]}
    assert ok("edit", "MoI", "-", "--db", str(db), stdin=lines([record])) == "Ministry of Interior\n"
    assert entity(db, "actor", "Ministry of Interior") == record
    assert found(db, "--actor", "Interior") == []
    record["aliases"] = []
    ok("edit", "Ministry of Interior", "-", "--db", str(db), stdin=lines([record]))
    refused(run("search", "--actor", "MoI", "--db", str(db)), 3, "MoI")


def test_the_record_of_a_site_and_a_metric(db: Path) -> None:
    record = entity(db, "site", "Blue Gate") | {"owners": [{"name": "MoI", "outlet": "VOD"}], "province": "KH-21"}
    ok("edit", "Blue Gate", "-", "--db", str(db), stdin=lines([record]))
    owner = entity(db, "site", "Blue Gate")["owners"][0]
    assert (owner["name"], owner["outlet"], owner["stated_by"]) == ("Ministry of Interior", "VOD", None)
    assert entity(db, "site", "Blue Gate")["province"] == "Takeo"
    assert entity(db, "actor", "VOD")["kind"] == "media"
    take_in(db, {"type": "metric", "name": "kidnappings"})
    ok(
        "edit",
        "kidnappings",
        "-",
        "--db",
        str(db),
        stdin=lines([{"type": "metric", "name": "kidnappings", "about": "A"}]),
    )
    assert entity(db, "metric", "kidnappings")["about"] == "A"


@pytest.mark.parametrize(
    ("name", "record", "code"),
    [
        ("Sar Kheng", actor("Other"), 4), ("Sar Kheng", actor("Sar Kheng", aliases=["MoI"]), 4),
        ("Sar Kheng", actor("Sar Kheng", kind="persn"), 4),
        (FIRST, {"type": "evnt"}, 3),
    ],
)  # fmt: skip
def test_a_wrong_record_of_an_actor(db: Path, name: str, record: dict[str, object], code: int) -> None:
    before = export(db)
    refused(run("edit", name, "-", "--db", str(db), stdin=lines([record])), {code, 4})
    assert export(db) == before


def test_remove_gives_back_what_add_takes(db: Path) -> None:
    before = export(db)
    record = ok("remove", "2023-01", "--db", str(db))
    assert json.loads(record)["id"] == FIRST
    assert found(db) == [SECOND]
    refused(run("search", "--tag", "one", "--db", str(db)), 3, "No tag")
    assert ok("add", "-", "--db", str(db), stdin=record) == f"{FIRST}\n"
    assert export(db) == before


def test_remove_of_an_actor_and_a_site(db: Path) -> None:
    take_in(db, actor("Lone One", aliases=["L. One"], kind="person", note="N"), {"type": "site", "name": "Lone Gate"})
    before = export(db)
    gone = ok("remove", "--actor", "L. One", "--db", str(db))
    refused(run("actors", "Lone One", "--db", str(db)), 3)
    ok("add", "-", "--db", str(db), stdin=gone)
    assert export(db) == before
    ok("add", "-", "--db", str(db), stdin=ok("remove", "--site", "Lone Gate", "--db", str(db)))
    assert export(db) == before
    refused(run("remove", "--site", "Blue Gate", "--db", str(db)), 4, "is named by")
    refused(run("remove", "--actor", "Nobody", "--db", str(db)), 3, "Nobody")
    refused(run("remove", FIRST, "--actor", "Sar Kheng", "--db", str(db)), 2)


@pytest.mark.parametrize("what", ["province: Kandal", "actor: Teller", "nationality: Thai"])
def test_what_a_figure_says_cannot_be_taken_out_beside_it(db: Path, what: str) -> None:
    figure = "rescues: 4; province: Kandal; nationality: Thai; by: Teller"
    ok("edit", FIRST, "--figure", figure, "--new-actor", "--db", str(db))
    before = export(db)
    refused(run("edit", FIRST, "--remove", what, "--db", str(db)), 4, "stays among")
    assert export(db) == before
    ok("edit", FIRST, "--remove", "figure: rescues", "--remove", what, "--db", str(db))
