"""Tables of tools for web investigations: auto-archiver, Uwazi and Atlos, with their real columns."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from tests.helpers.command_line import done
from tests.helpers.csv_files import written

if TYPE_CHECKING:
    from pathlib import Path

ARCHIVER = (
    "Link", "Archive Status", "Destination Folder", "Archive Location", "Archive Date", "Thumbnail", "Upload Timestamp",
    "Upload Title", "Text Content", "Screenshot", "Hash", "Perceptual Hashes", "WACZ", "ReplayWebpage",
)  # fmt: skip
UWAZI = (
    "Title", "Date added", "Template", "Date of decision", "Period", "Country", "Themes", "Report link",
    "Summary", "Perpetrators", "Victim", "Geolocation", "Documents", "Attachments", "Published",
)  # fmt: skip
ATLOS = (
    "Slug", "Project", "Inserted At", "Updated At", "Latitude", "Longitude", "Status", "Sensitive", "Description",
    "Date", "General Location", "More Info", "Type", "Impact", "Equipment", "Tags", "Restrictions", "Source 1",
    "Source 2", "Source 3", "Country",
)  # fmt: skip


def events() -> list[dict[str, Any]]:
    records = map(json.loads, done("export", "jsonl").out.splitlines())
    return [record for record in records if record["type"] == "event"]


def by_month(found: list[dict[str, Any]]) -> dict[str, int]:
    months = [event["date"][:7] for event in found]
    return {month: months.count(month) for month in sorted(set(months))}


def recounted(path: str, date: str, where: str = "true") -> dict[str, int]:
    """The number of rows of a file in each month, counted by DuckDB."""
    table = f"read_csv('{path}', header = true, all_varchar = true)"
    query = f"select substr({date}, 1, 7) as month, count(*) from {table} where {where} group by 1 order by 1"
    return dict(duckdb.execute(query).fetchall())


def archiver_rows() -> list[dict[str, str]]:
    rows = [
        {
            "Link": f"https://video.example/@somebody/{number}",
            "Archive Status": "generic_extractor: success",
            "Destination Folder": "compounds",
            "Archive Location": f"https://archive.example/{number}.html",
            "Archive Date": f"2024-0{1 + number % 6}-28T09:00:00+00:00",
            "Upload Timestamp": f"2024-0{1 + number % 6}-03 10:30:00+00:00",
            "Upload Title": f"A gate, part {number}, by @somebody",
            "Text Content": "Look at this; it is #new",
            "Hash": f"SHA3-512:{number:040x}",
        }
        for number in range(20)
    ]
    rows[3] |= {"Archive Location": "https://archive.example/3.html\nhttps://second.example/3.html"}
    rows[4] |= {
        "Upload Timestamp": "",
        "WACZ": "https://archive.example/4.wacz",
        "Archive Status": "[cached] wacz: success",
    }
    rows[5] = {"Link": "https://gone.example/5", "Archive Status": "Archive failed no archiver took it"}
    rows[6] = {"Link": "https://video.example/6", "Archive Status": "Archive in progress"}
    rows[7] = {"Link": "https://video.example/7"}
    return rows


def test_each_row_of_the_auto_archiver_is_an_event_with_its_archived_addresses(empty_db: Path, folder: Path) -> None:
    rows = archiver_rows()
    path = written(folder / "clips.csv", rows, columns=ARCHIVER)
    told = done("import", path).err
    assert told.splitlines()[-1] == "scamcli: 19 records added, 0 already present."
    assert "olumns left out" not in told
    assert 'Archiving failed, and the event has the tag "archiving failed" (1 row, the first row 8)' in told
    found = {event["sources"][0]["url"]: event for event in events()}
    pending = rows.pop(7)["Link"]
    assert f'no day is not an event, and is skipped (1 row, the first row 10: "{pending}")' in told
    for row in rows:
        event = found[row["Link"]]
        [source] = event["sources"]
        assert (source["url"], event["kind"]) == (row["Link"], "report")
        assert source["outlet"] == row["Link"].split("/")[2]
        for name in ("Archive Location", "Hash", "WACZ", "Archive Status"):
            for value in row.get(name, "").split("\n"):
                assert value in f"{source['archived']} {event['note']}"
        assert "somebody" not in event["title"] + event["id"]
    assert [found[row["Link"]]["date"] for row in rows[4:7]] == ["1991/2024-05-28", "1991/..", "1991/.."]
    assert found["https://gone.example/5"]["tags"] == ["archiving failed"]
    dated = [event for event in found.values() if not event["date"].startswith("1991")]
    assert by_month(dated) == recounted(path, '"Upload Timestamp"', '"Upload Timestamp" is not null')


def test_a_row_that_was_archived_since_is_a_new_event(empty_db: Path, folder: Path) -> None:
    rows = archiver_rows()
    done("import", written(folder / "clips.csv", rows, columns=ARCHIVER))
    rows[5] |= archiver_rows()[8] | {"Link": rows[5]["Link"]}
    told = done("import", written(folder / "clips.csv", rows, columns=ARCHIVER), "--on-missing", "replace").err
    assert told.endswith("1 record added, 1 removed, 18 already present.\n")


def uwazi_rows() -> list[dict[str, str]]:
    rows = [
        {
            "Title": f"Invented case {number} v. State",
            "Date added": f"2023-05-{1 + number:02}",
            "Template": "Court case",
            "Date of decision": f"201{number % 4}-0{1 + number % 3}-17",
            "Country": "Peru|Kenya" if number % 2 else "Cambodia",
            "Themes": "forced labour|trafficking" if number % 3 else "trafficking",
            "Report link": f"Decision {number}|https://court.example/{number}",
            "Summary": "What the court said.",
            "Perpetrators": "Invented Holdings",
            "Geolocation": "-4.05|39.66",
            "Documents": "/files/1.pdf|/files/2.pdf",
            "Published": "Unpublished" if number == 4 else "Published",
        }
        for number in range(12)
    ]
    rows[2] |= {"Template": "Person", "Title": "Somebody Invented"}
    rows[3] |= {"Date of decision": ""}
    return rows


def test_uwazi_takes_its_fixed_columns_and_proposes_the_rest(empty_db: Path, folder: Path) -> None:
    rows = uwazi_rows()
    path = written(folder / "cases.csv", rows, columns=UWAZI)
    told = done("import", path).err
    assert told.splitlines()[-1] == "scamcli: 10 records added, 0 already present."
    for said in (
        'A row with "Person" in `Template` is not an event, and is skipped (1 row, the first row 4)',
        "A row without a date is not an event, and is skipped (1 row, the first row 5)",
        "`Date of decision` is read as date (words of its name; dates such as",
        "`Perpetrators` may be actor.alleged_perpetrator (",
        'Columns left out: "Period", "Perpetrators", "Victim"',
        "The entity is not public in Uwazi",
    ):
        assert said in told
    found = {event["title"]: event for event in events()}
    assert "Somebody Invented" not in found
    one = found["Invented case 1 v. State"]
    assert one["countries"] == ["PE", "KE"]
    assert {"forced labour", "trafficking", "Court case"} == set(one["tags"])
    assert (one["places"][0]["lat"], one["places"][0]["lon"]) == (-4.05, 39.66)
    assert [(source["url"], source["title"]) for source in one["sources"]] == [
        ("https://court.example/1", "Decision 1")
    ]
    assert "unpublished" in found["Invented case 4 v. State"]["tags"]
    where = '"Template" <> \'Person\' and "Date of decision" is not null'
    assert by_month(list(found.values())) == recounted(path, '"Date of decision"', where)


def atlos_rows() -> list[dict[str, str]]:
    rows = [
        {
            "Slug": f"ATL-{number:04}",
            "Project": "Compounds",
            "Inserted At": f"2024-06-{1 + number:02} 08:00:00",
            "Updated At": "2024-07-01 08:00:00",
            "Latitude": "16.7",
            "Longitude": f"98.{number:02}",
            "Status": "In Progress",
            "Sensitive": "Not Sensitive",
            "Description": f"Smoke rises from a compound, view {number}",
            "Date": f"2024-0{1 + number % 5}-1{number % 10}",
            "Tags": "drone, smoke",
            "Equipment": "Unmanned/Drone",
            "Source 1": f"https://clip.example/{number}",
            "Source 2": f"https://mirror.example/{number}" if number % 2 else "",
            "Country": "Myanmar",
        }
        for number in range(15)
    ]
    rows[6] |= {"Date": "", "Sensitive": "Graphic Violence, Personal Information Visible"}
    return rows


@pytest.mark.parametrize("form", [str.title, lambda name: name.lower().replace(" ", "_")], ids=["now", "earlier"])
def test_atlos_keeps_every_source(empty_db: Path, folder: Path, form: Any) -> None:
    rows = [{form(name): cell for name, cell in row.items()} for row in atlos_rows()]
    path = written(folder / "atlos-export-2024-08-01.csv", rows, columns=[form(name) for name in ATLOS])
    told = done("import", path).err
    assert told.splitlines()[-1] == "scamcli: 15 records added, 0 already present."
    assert "Personal information is visible in the media" in told
    found = {event["id"]: event for event in events()}
    for row in rows:
        event = found[f"atlos-{row[form('Slug')]}"]
        urls = [row[form(name)] for name in ("Source 1", "Source 2") if row[form(name)]]
        assert [source["url"] for source in event["sources"]] == urls
        assert event["date"] == (row[form("Date")] or "1991/2024-06-07")
        assert event["countries"] == ["MM"]
        assert {"drone", "smoke", "Unmanned/Drone"} <= set(event["tags"])
    assert {"Graphic Violence", "Personal Information Visible"} <= set(found["atlos-ATL-0006"]["tags"])
    dated = [event for event in found.values() if not event["date"].startswith("1991")]
    assert by_month(dated) == recounted(path, f'"{form("Date")}"', f'"{form("Date")}" is not null')
    assert done("import", path).err.endswith("0 records added, 15 already present.\n")
