"""JSON of other programs: arrays of objects, JSON lines and GeoJSON go through the mapping of tables."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scamcli.exchange.importers.json_files import find_form
from scamcli.exchange.importers.json_files.flatten import flatten
from tests.helpers.command_line import done, run

if TYPE_CHECKING:
    from pathlib import Path

ITEMS = [
    {"id": 1, "when": {"date": "2024-05-14"}, "title": "Raid in Kampot", "rescued": 12, "tags": ["x", "y"],
     "place": {"province": "Kampot", "lat": 10.61, "lng": 104.18},
     "sources": [{"name": "VOD", "url": "https://vod.example/1"}, {"name": "Daily"}, {"url": "https://z.example/2"}]},
    {"id": 2, "when": {"date": "2024-05-15"}, "title": "Raid in Kandal", "rescued": 2.0, "tags": [], "seen": True,
     "place": {"province": "Kandal"}, "sources": None},
]  # fmt: skip

FORMS = {
    "an array": json.dumps(ITEMS),
    "an array in an object": json.dumps({"source": "S", "data": ITEMS}),
    "an array further inside": json.dumps({"response": {"docs": ITEMS}}, indent=2),
    "JSON lines": "\n".join(map(json.dumps, ITEMS)),
    "with a byte order mark": "\ufeff" + json.dumps(ITEMS, indent=1),
}


def events(*asked: str) -> list[dict[str, Any]]:
    records = map(json.loads, done("export", "jsonl", *asked).out.splitlines())
    return [record for record in records if record["type"] == "event"]


@pytest.mark.parametrize("form", FORMS)
def test_objects_are_rows_in_every_form(empty_db: Path, folder: Path, form: str) -> None:
    (folder / "raids.json").write_text(FORMS[form], encoding="utf-8")
    assert "2 records added" in done("import", "raids.json", "--yes", "--save-mapping", "kept.json").err
    one, two = events()
    assert (one["id"], one["date"], one["provinces"], one["tags"]) == ("raids-1", "2024-05-14", ["Kampot"], ["x", "y"])
    assert [(figure["metric"], figure["best"]) for figure in (*one["figures"], *two["figures"])] == [
        ("rescues", 12), ("rescues", 2),
    ]  # fmt: skip
    assert (one["places"][0]["lat"], one["places"][0]["lon"]) == (10.61, 104.18)
    assert [(source["outlet"], source["url"]) for source in one["sources"]] == [
        ("VOD", "https://vod.example/1"), ("Daily", None), ("z.example", "https://z.example/2"),
    ], "an address stays with its own outlet, where others have none"  # fmt: skip
    assert "2 already present" in done("import", "raids.json", "--mapping", "kept.json").err


BROKEN = {
    '[{"a": 1},\n {"a": 2': ("t.json:2:", "ends in the middle of item 2"),
    '[{"a": 1},\n {"a": tru}]': ("t.json:2:", "This is not JSON: expected a value at column 8 in item 2"),
    '[{"a": 1} {"a": 2}]': ("t.json:1:", 'expected "," at column 11'),
    '[{"a": 1}]\n[{"a": 2}]': ("t.json:2:", "more text after the end"),
    "[1, 2, 3]": ("t.json", "JSON without an array of objects"),
    "[]": ("t.json", "JSON without an array of objects"),
    '{\n"rows": 3}': ("t.json", "JSON without an array of objects"),
    "[" + "[" * 100_000: ("t.json:1:", "nested too deeply"),
    '{\n"rows": [{"date": "2024"}],\n"rows": []}': ("t.json:3:", 'The key "rows" is given twice'),
}


@pytest.mark.parametrize("text", BROKEN, ids=[f"case {number}" for number in range(len(BROKEN))])
def test_what_is_not_whole_is_refused_with_its_place(empty_db: Path, folder: Path, text: str) -> None:
    (folder / "t.json").write_text(text)
    outcome = run("import", "t.json", "--yes")
    assert outcome.code == 4
    for part in BROKEN[text]:
        assert part in outcome.err
    assert events() == []


ROWS = {
    '{"date": "2024-01-02", "title": "A", "title": "B"}': 'The key "title" is given twice in one object',
    '{"date": "2024-01-02", "title": "A", "x.y": 1, "x": {"y": 2}}': 'two values for the column "x.y"',
    "7": "This is not an object",
    '{"date": "2024-01-02", "title": "A", "dead": 1' + "0" * 400 + "}": "expected a number up to 2^53",
    '{"date": "2024-01-02", "title": "A", "dead": Infinity}': 'Column "dead": "Infinity"',
    '{"date": "2024-01-02", "title": "A", "x": [[{"k": 1, "k": 2}]]}': 'The key "k" is given twice',
    '{"date": "2024-01-02", "title": "A", "dead": ' + "9" * 5000 + "}": "expected a number up to 2^53",
    '{"date": "2024-01-02", "title": "A\\u0000"}': "t.json: item 2:",
    '{"date": "2024-01-02", "title": "A \\ud800"}': "t.json: item 2:",
}


@pytest.mark.parametrize("item", ROWS, ids=[f"row {number}" for number in range(len(ROWS))])
def test_an_item_that_is_wrong_is_named_and_can_be_skipped(empty_db: Path, folder: Path, item: str) -> None:
    good = '{"date": "2024-01-02", "title": "Good", "dead": NaN, "x": {"y": null}}'
    (folder / "t.json").write_text(f"[{good},\n{item}]")
    mapped = ["--map=date=date", "--map=title=title", "--map=dead=figure.deaths.best", "--set=kind=raid"]
    outcome = run("import", "t.json", *mapped)
    assert outcome.code == 4
    assert "t.json: item 2: " in outcome.err
    assert ROWS[item] in outcome.err
    done("import", "t.json", *mapped, "--skip-invalid")
    assert [(event["title"], event["figures"]) for event in events()] == [("Good", [])]


def test_several_arrays_are_tables_that_can_be_chosen(empty_db: Path, folder: Path) -> None:
    people = [{"name": "Somebody", "role": "boss"}]
    raids = [{"No": 1, "Date": "2024-01-02", "Town": "Bavet"}]
    (folder / "t.json").write_text(json.dumps({"people": people, "raids": raids}))
    told = done("import", "t.json", "--yes").err
    assert 'The sheet "people" has other columns and is skipped' in told
    assert [event["id"] for event in events()] == ["t-raids-1"]
    assert 'has no sheet "x"' in run("import", "t.json", "--yes", "--sheet", "x").err


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner), max_leaves=20,
))  # fmt: skip
@example(value=[{"": True, " ": False}])
@example(value=[{"a b": "x", "a  b": "y"}])
def test_flattening_loses_no_text(value: Any) -> None:
    def texts(one: Any) -> list[str]:
        if isinstance(one, dict):
            return [text for inner in one.values() for text in texts(inner)]
        if isinstance(one, list):
            return [text for inner in one for text in texts(inner)]
        return [one] if isinstance(one, str) and one.strip() else []

    found = list(flatten({"key": json.loads(json.dumps(value), parse_int=str, parse_float=str)}))
    whole = "\n".join(text for _, text in found)
    for text in texts(value):
        assert text in whole or json.dumps(text, ensure_ascii=False)[1:-1] in whole


FEATURES: list[tuple[Any, tuple[Any, Any, Any]]] = [
    ({"type": "Point", "coordinates": [104.18, 10.61]}, (10.61, 104.18, None)),
    ({"type": "Point", "coordinates": [104.18, 10.61, 12]}, (10.61, 104.18, None)),
    ({"type": "MultiPoint", "coordinates": [[104.18, 10.61], [104.19, 10.61]]}, (10.61, 104.185, "site")),
    ({"type": "Polygon", "coordinates": [[[104, 10], [104.01, 10], [104.01, 10.01], [104, 10]]]},
     (10.005, 104.005, "site")),
    ({"type": "LineString", "coordinates": [[104, 10], [104.2, 10.4]]}, (10.2, 104.1, "district")),
    ({"type": "MultiPolygon", "coordinates": [[[[100, 10], [105, 10], [105, 15]]]]}, (12.5, 102.5, "country")),
    ({"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [104.5, 10.5]}]},
     (10.5, 104.5, None)),
    ({"type": "LineString", "coordinates": [[-179, 10], [179, 10.4]]}, (None, None, None)),
    (None, (None, None, None)),
]  # fmt: skip


@pytest.mark.parametrize(("geometry", "expected"), FEATURES)
def test_a_feature_has_one_point(empty_db: Path, folder: Path, geometry: Any, expected: tuple[Any, Any, Any]) -> None:
    feature = {"type": "Feature", "id": 7, "geometry": geometry, "properties": {"Date": "2024-01-02", "Town": "Bavet"}}
    for name, content in (
        ("a.geojson", {"type": "FeatureCollection", "features": [feature]}), ("b.json", [feature]),
    ):  # fmt: skip
        (folder / name).write_text(json.dumps(content))
        proposed = run("import", name, "--yes").err
        assert "1 record added" in proposed, proposed
        assert ("are reduced to the middle of their extent" in proposed) == bool(expected[2])
        assert ("Geometries that cannot be reduced to a point" in proposed) == bool(geometry and expected[0] is None)
    assert {event["id"] for event in events()} == {"a-7", "b-7"}
    for event in events():
        [place] = event["places"]
        assert (place["name"], (place["lat"], place["lon"], place["precision"])) == ("Bavet", expected)


def test_our_own_geojson_comes_back_event_by_event(own_db: Path, folder: Path) -> None:
    done("export", "geojson", "-o", "own.geojson")
    assert "50 already present" in done("import", "own.geojson").err
    told = done("import", "own.geojson", "--db", "new.db").err
    assert "GeoJSON has the events of a timeline, without its actors, sites and metrics." in told
    assert events("--db", "new.db") == events()


RECORDS = {
    '{"type": "event", "date": "2024", "kind": "raid", "title": "A", "places": [{"name": "X", "name": "Y"}]}': "twice",
    '{"type": "event", "date": "2024", "kind": "raid", "title": "A", "figures": [{"metric": "deaths", "low": '
    + "9" * 5000
    + "}]}": "low",
    "7": "not an object",
}


@pytest.mark.parametrize("item", RECORDS, ids=[f"record {number}" for number in range(len(RECORDS))])
def test_a_record_of_an_array_that_is_wrong_is_named(empty_db: Path, folder: Path, item: str) -> None:
    good = '{"type": "event", "date": "2024-01-02", "kind": "raid", "title": "Good", "note": "1.50"}'
    (folder / "t.json").write_text(f"[{good}, {item}]")
    outcome = run("import", "t.json")
    assert outcome.code == 4
    assert "t.json: item 2: " in outcome.err
    assert RECORDS[item] in outcome.err
    assert events() == []


KINDS = {
    '{"type": ["x"], "date": "2024"}': "lines",
    '{"type": "event", "date": "2024"}\n{"x": 1}': "",
    '{"date": "2024", "kind": "raid", "title": "No type"}': "",
    '{"name": "Nobody"}\n': "",
    "{broken\n{}": "",
    "id,[x]": "",
    '{"date": "2024", "headline": "x"}': "lines",
    '{"type": "FeatureCollection", "features": [{"type": "Feature"}]}': "document",
    '{\n  "data": [': "document",
    " \n[": "document",
}


@pytest.mark.parametrize("text", KINDS)
def test_lines_of_records_are_told_from_other_json(folder: Path, text: str) -> None:
    (folder / "t").write_text(text)
    assert find_form(folder / "t") == KINDS[text]
