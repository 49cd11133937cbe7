"""TimelineJS, as the Google sheet and as JSON: every slide is an event, whoever made the file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers import timelinejs_rows
from tests.helpers.command_line import done, run
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
