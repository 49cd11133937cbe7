"""Flat rows: a point and honest numbers per event, in CSV, TSV and as properties of GeoJSON."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from scamcli.exchange.exporters.flat import COLUMNS
from tests.helpers.command_line import done, run
from tests.helpers.nasty_records import EVENT, records, take
from tests.helpers.validators import program

if TYPE_CHECKING:
    from pathlib import Path

VILLAGE = {"name": "Chrey Thom", "province": "Kandal", "lat": 10.95, "lon": 105.08, "precision": "town"}
ACLED = {"name": "acled", "disjoint": True}


def rows(*asked: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(done("export", "csv", "--flat", *asked).out)))


def test_an_event_is_a_row(empty_db: Path, tmp_path: Path) -> None:
    sources = [{"outlet": "VOD"}, {"outlet": "BBC", "url": "https://e.org/1"}, {"outlet": "BBC", "via": "X"}]
    named = {
        "sites": ["Gate", "B"],
        "actors": [{"name": "Police"}, {"name": "Li", "role": "speaker"}],
        "sources": sources,
    }
    figures = [{"metric": "rescues", "stated": "at least 40"}, {"metric": "sentences", "stated": "2"}]
    take(tmp_path, EVENT | {"date": "2023-02", "places": [VILLAGE]} | named | {"figures": figures})
    (row,) = rows()
    assert row == {
        "id": "e", "date": "2023-02-01", "end": "2023-02-28", "title": "A raid", "kind": "raid", "place": "Chrey Thom",
        "province": "Kandal", "country": "KH", "lat": "10.95", "lon": "105.08", "precision": "town", "sites": "Gate; B",
        "actors": "Police; Li", "sources": "VOD; BBC; BBC via X", "url": "https://e.org/1", "rescues_low": "40",
        "rescues_best": "", "rescues_high": "",
    }  # fmt: skip
    assert "figures that are never combined (1)" in run("export", "csv", "--flat").err


FIGURES: dict[str, tuple[list[dict[str, Any]], dict[str, float]]] = {
    "a part is not added to its whole": (
        [{"id": "a", "metric": "rescues", "stated": "45"}, {"metric": "rescues", "stated": "12", "part_of": "a"}],
        {"rescues_low": 45, "rescues_best": 45, "rescues_high": 45},
    ),
    "different provinces add up": (
        [{"metric": "rescues", "best": 4, "low": 4, "high": 9, "province": "Kandal"},
         {"metric": "rescues", "best": 5, "low": 5, "province": "Kampot"}],
        {"rescues_low": 9, "rescues_best": 9},
    ),
    "two answers to one question are one number": (
        [{"metric": "rescues", "stated": n, "stated_by": who} for n, who in (("8", "A"), ("14", "B"))],
        {"rescues_low": 8, "rescues_high": 14},
    ),
    "what may overlap does not": (
        [{"metric": "rescues", "stated": n, "stated_by": "A"} for n in ("8", "14")],
        {"rescues_low": 14},
    ),
    "units are kept apart": (
        [{"metric": "losses", "stated": "5"}, {"metric": "losses", "stated": "7", "unit": "THB"}],
        {f"losses{unit}_{bound}": n for unit, n in (("", 5), ("_THB", 7)) for bound in ("low", "best", "high")},
    ),
    "a number at one moment is kept apart": (
        [{"metric": "people", "stated": "5", "count": "stock"}, {"metric": "captives", "stated": "7"}],
        {f"{name}_{end}": n for name, n in (("captives", 7), ("people_at_once", 5)) for end in ("low", "best", "high")},
    ),
    "zero is a number": ([{"metric": "deaths", "best": 0}], {"deaths_best": 0}),
    "unknown is nothing": ([{"metric": "deaths", "stated": "several bodies of unknown number"}], {}),
}  # fmt: skip


@pytest.mark.parametrize("case", FIGURES)
def test_its_own_total_is_honest(case: str, empty_db: Path, tmp_path: Path) -> None:
    figures, wanted = FIGURES[case]
    take(tmp_path, EVENT | {"figures": figures})
    (row,) = rows()
    numbers = {name: cell for name, cell in row.items() if name not in COLUMNS}
    assert {name: float(cell) for name, cell in numbers.items() if cell} == wanted
    properties = json.loads(done("export", "geojson").out)["features"][0]["properties"]
    assert {name: value for name, value in properties.items() if name in numbers} == wanted


def test_it_is_what_stats_give_for_the_event_alone(tmp_path: Path) -> None:
    """Over the shipped timeline: each number equals that of `stats` over a timeline with only this event."""
    found, compared = {row["id"]: row for row in rows()}, 0
    for event in records():
        metrics = {figure["metric"] for figure in event["figures"] if figure["count"] != "none"}
        if len(event["figures"]) < 2 or not metrics:
            continue
        alone = str(tmp_path / f"{event['id']}.db")
        done("import", "-", "--db", alone, stdin=json.dumps(event | {"links": []}))
        for metric in metrics:
            (row,) = json.loads(done("stats", metric, "--by", "none", "--json", "--db", alone).out)
            for bound in ("low", "best", "high"):
                cell = found[event["id"]][f"{metric}_{bound}"]
                assert (float(cell) if cell else None) == row[bound], (event["id"], metric, bound)
                compared += 1
    assert compared > 30


def test_no_cell_of_a_number_is_a_word_or_a_formula(nasty_db: Path) -> None:
    for row in rows():
        assert None not in row, "every row is as long as the header"
        for name, cell in row.items():
            if name in {"lat", "lon"} or name not in COLUMNS:
                assert cell == "" or float(cell) is not None
            else:
                assert cell.lstrip()[:1] not in {*"=+-@"}


def test_the_most_precise_place_is_taken_and_the_others_are_said(empty_db: Path, tmp_path: Path) -> None:
    take(tmp_path, EVENT | {"provinces": ["Kampot"], "places": [VILLAGE]})
    (row,) = rows()
    assert (row["place"], row["precision"]) == ("Chrey Thom", "town")
    assert "places after the first of an event (1)" in run("export", "csv", "--flat").err


def test_a_figure_is_a_row_at_its_own_place(empty_db: Path, tmp_path: Path) -> None:
    figures = [
        {"id": "all", "metric": "rescues", "stated": "more than 40", "stated_by": "VOD"},
        {"id": "kandal", "metric": "rescues", "stated": "12", "province": "Kandal", "part_of": "all"},
        {"id": "takeo", "metric": "rescues", "stated": "9", "province": "Takeo", "note": "=1+1"},
        {"id": "thai", "metric": "arrests", "stated": "3", "country": "TH", "nationality": "Thai"},
    ]
    take(tmp_path, EVENT | {"places": [VILLAGE], "figures": figures}, EVENT | {"id": "none", "figures": []})
    found = rows("--rows", "figures")
    assert [row["figure"] for row in found] == ["all", "kandal", "takeo", "thai"]
    assert {row["event"] for row in found} == {EVENT["id"]}
    where = [(row["place"], row["province"], row["country"], row["precision"]) for row in found]
    assert where == [
        ("Chrey Thom", "Kandal", "KH", "town"), ("Chrey Thom", "Kandal", "KH", "town"), ("", "Takeo", "KH", "province"),
        ("", "", "TH", ""),
    ]  # fmt: skip
    numbers = [(row["metric"], row["stated"], row["low"], row["best"], row["high"], row["part_of"]) for row in found]
    assert numbers == [
        ("rescues", "more than 40", "41", "", "", ""), ("rescues", "12", "12", "12", "12", "all"),
        ("rescues", "9", "9", "9", "9", ""), ("arrests", "3", "3", "3", "3", ""),
    ]  # fmt: skip
    assert found[2]["note"] == "'=1+1"
    assert "events without a figure (1)" in run("export", "csv", "--flat", "--rows", "figures").err


TERMS = "scamcli: Terms of use of Armed Conflict Location & Event Data: ACLED's terms of use"


@pytest.mark.parametrize("asked", [("csv", "--flat"), ("csv",), ("jsonl",), ("geojson",), ("markdown",)], ids=" ".join)
def test_terms_of_a_data_set_are_repeated(asked: tuple[str, ...], empty_db: Path, tmp_path: Path) -> None:
    take(tmp_path, EVENT | {"dataset": ACLED}, EVENT | {"id": "f", "kind": "rescue"})
    assert TERMS in run("export", *asked).err
    assert "Terms of use" not in run("export", *asked, "--kind", "rescue").err


@pytest.mark.thorough
def test_gdal_reads_numbers_and_points(tmp_path: Path) -> None:
    (tmp_path / "flat.csv").write_text(done("export", "csv", "--flat").out, encoding="utf-8")
    (tmp_path / "map.geojson").write_text(done("export", "geojson").out, encoding="utf-8")
    options = ("-oo", "X_POSSIBLE_NAMES=lon", "-oo", "Y_POSSIBLE_NAMES=lat", "-oo", "AUTODETECT_TYPE=YES")
    for file, asked in (("flat.csv", options), ("map.geojson", ())):
        command = [program("ogrinfo"), "-so", "-al", *asked, str(tmp_path / file)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert "Geometry: Point" in said
        for column in ("lat: Real", "lon: Real", "rescues_low: Integer", "country: String", "url: String"):
            assert column in said, (file, column)
