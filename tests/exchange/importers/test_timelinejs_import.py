"""TimelineJS, as the Google sheet and as JSON: every slide is an event, whoever made the file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from tests.helpers import timelinejs_rows
from tests.helpers.command_line import done, rows, run
from tests.helpers.csv_files import written

if TYPE_CHECKING:
    from pathlib import Path

ROWS = timelinejs_rows.made()
WRITERS = {"sheet.csv": written, "timeline.json": timelinejs_rows.write_json}


def events(*asked: str) -> list[dict[str, Any]]:
    records = map(json.loads, done("export", "jsonl", *asked).out.splitlines())
    return [record for record in records if record["type"] == "event"]


@pytest.fixture(params=WRITERS)
def timeline_file(request: pytest.FixtureRequest, folder: Path) -> str:
    return WRITERS[request.param](folder / request.param, ROWS)


def test_one_command_reads_every_slide(empty_db: Path, timeline_file: str) -> None:
    told = done("import", timeline_file).err
    assert "Read with the mapping `timelinejs`" in told
    assert "300 records added" in told
    for word in ("title", "era"):
        assert f'A row with "{word}" in `Type` is not an event, and is skipped (1 ' in told
    assert "300 already present" in done("import", timeline_file).err


def test_events_by_month_are_those_that_duckdb_counts(empty_db: Path, folder: Path, timeline_file: str) -> None:
    sheet = written(folder / "recount.csv", ROWS)
    done("import", timeline_file)
    recount = duckdb.sql(
        "SELECT CASE WHEN Month = '' THEN 'not given' ELSE printf('%s-%02d', Year, Month::int) END AS m, count(*)"
        f" FROM read_csv('{sheet}', all_varchar = true, nullstr = '\\N') WHERE Type = '' AND Year <> '' GROUP BY m"
    )
    assert recount is not None
    counted = dict(recount.fetchall())
    assert sum(counted.values()) == 300
    assert {row["month"] or "not given": row["low"] for row in rows("stats", "events", "--by", "month")} == counted


def test_the_cells_of_a_slide_have_their_fields(empty_db: Path, timeline_file: str) -> None:
    done("import", timeline_file)
    found = {event["title"]: event for event in events()}
    slides = [row for row in ROWS if row["Headline"].startswith("Slide")]
    for number, row in enumerate(slides):
        event = found[f"Slide {number} & more"]
        parts = [row["Year"], row["Month"].zfill(2), row["Day"].zfill(2)]
        start = "-".join(part for part in parts if part.strip("0"))
        assert event["date"] == (f"{start}/{start[:8]}28" if row["End Day"] and row["Day"] != "28" else start)
        assert event["summary"] == f"Police came, a paper (https://example.org/{number}) wrote.\nTwo lines."
        assert event["tags"] == list(filter(None, [row["Group"]]))
        urls = [source["url"] for source in event["sources"] if source["url"]]
        assert urls == ([row["Media"]] if row["Media"].startswith("https") else [])
        kept = "\n".join([event["note"] or "", *(str(source) for source in event["sources"])])
        for text in (row["Media Credit"], row["Media Caption"], row["Time"], row["Display Date"]):
            assert text in kept


@pytest.mark.parametrize(("kind", "name"), [("timelinejs", "own.json"), ("timelinejs-csv", "own.csv")])
def test_our_own_slides_come_back_under_their_ids(own_db: Path, folder: Path, kind: str, name: str) -> None:
    done("export", kind, "-o", name)
    before = {event["id"]: event for event in events()}
    assert run("import", name).code == 4, "their words differ from the records"
    assert "already present" in done("import", name, "--on-conflict", "skip").err
    assert events() == list(before.values())
    done("import", name, "--db", "new.db")
    after = {event["id"]: event for event in events("--db", "new.db")}
    assert after.keys() == before.keys()
    for id_, event in after.items():
        assert event["kind"] == before[id_]["kind"]
        assert " ".join(event["title"].split()) == " ".join(before[id_]["title"].split())
        assert "Kind:" not in event["summary"]


END_IN_PARTS = {
    (",,26"): ("2023-07-24/2023-07-26", None),
    (",8,2"): ("2023-07-24/2023-08-02", None),
    (",8,"): ("2023-07-24/2023-08", None),
    (",,22"): ("2023-07-24?", "End Day: 2023-07-22"),
}


@pytest.mark.parametrize("end", END_IN_PARTS)
def test_an_end_without_its_year_or_month_has_those_of_the_start(empty_db: Path, folder: Path, end: str) -> None:
    header = "Year,Month,Day,End Year,End Month,End Day,Headline,Text,Media\n"
    (folder / "s.csv").write_text(f"{header}2023,7,24,{end},Raid,t,\n")
    done("import", "s.csv")
    [event] = events()
    assert (event["date"], event["note"]) == END_IN_PARTS[end]


def test_a_day_without_a_month_is_kept_in_the_note(empty_db: Path, folder: Path) -> None:
    (folder / "s.csv").write_text("Year,Month,Day,End Year,End Day,Headline,Text,Media\n2023,,24,2024,3,Raid,t,\n")
    told = done("import", "s.csv").err
    [event] = events()
    assert (event["date"], event["note"]) == ("2023/2024", "Day: 24\nEnd Day: 3")
    assert "`Day` is not a day of a known month; it is kept in the note" in told


def test_a_slide_that_is_wrong_is_named(empty_db: Path, folder: Path) -> None:
    slide = {"start_date": {"year": "2021", "month": "13"}, "text": {"headline": "A"}}
    (folder / "t.json").write_text(json.dumps({"events": [slide | {"start_date": {"year": 2021}}, slide]}))
    outcome = run("import", "t.json")
    assert outcome.code == 4
    assert 't.json: item 2: Column "Month": "13"; expected a month: 1 to 12' in outcome.err
    assert "1 record added" in done("import", "t.json", "--skip-invalid").err


def test_a_mapping_can_skip_rows_and_read_html(empty_db: Path, folder: Path) -> None:
    (folder / "t.csv").write_text("Day,What,State\n2024-01-02,<b>A</b> raid,ok\n2024-01-03,None,Cancelled\n")
    mapping = {
        "columns": {"Day": "date", "What": {"field": "title", "html": True}, "State": None},
        "defaults": {"kind": "raid"},
        "skip": {"State": ["cancelled"]},
    }
    (folder / "m.json").write_text(json.dumps(mapping))
    told = done("import", "t.csv", "--mapping", "m.json", "--save-mapping", "saved.json").err
    assert 'A row with "Cancelled" in `State` is not an event, and is skipped (1 row, the first row 3).' in told
    assert [event["title"] for event in events()] == ["A raid"]
    saved = json.loads((folder / "saved.json").read_text())
    assert (saved["skip"], saved["columns"]["What"]) == ({"State": ["cancelled"]}, mapping["columns"]["What"])  # type: ignore[index]
