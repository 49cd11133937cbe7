"""iCalendar: the library reads back every event on its days, and no text adds a line."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tests.helpers.command_line import done
from tests.helpers.nasty_records import EVENT, take
from tests.helpers.validators import need

if TYPE_CHECKING:
    from pathlib import Path


def entries(*asked: str) -> list[Any]:
    calendar = need("icalendar").Calendar.from_ical(done("export", "ics", *asked).out)
    assert calendar.errors == []
    assert {component.name for component in calendar.walk()} <= {"VCALENDAR", "VEVENT"}
    return list(calendar.walk("VEVENT"))


def test_an_entry_lasts_until_the_day_after(empty_db: Path, tmp_path: Path) -> None:
    place = {"name": "Mae Sot", "country": "TH", "lat": 16.7, "lon": 98.5, "precision": "town"}
    told = {"places": [place], "tags": ["a, b"], "sources": [{"outlet": "VOD", "url": "https://e.org/a;b"}]}
    take(tmp_path, EVENT | told | {"date": "2023-02"}, EVENT | {"id": "f", "date": "2023-05-01/.."},
         EVENT | {"id": "g", "date": "9999-12-31"})  # fmt: skip
    entry, since, last = entries()
    assert (entry["dtstart"].dt, entry["dtend"].dt) == (date(2023, 2, 1), date(2023, 3, 1))
    assert entry["dtstamp"].dt.date() == date(2023, 2, 1)
    assert entry["categories"].cats == ["raid", "a, b"]
    assert (entry["geo"].latitude, entry["geo"].longitude) == (16.7, 98.5)
    assert (str(entry["url"]), str(entry["location"])) == ("https://e.org/a;b", "Mae Sot, Tak, TH")
    assert since["dtend"].dt - since["dtstart"].dt == timedelta(days=1)
    assert str(since["description"]).startswith("since 1 May 2023")
    assert "dtend" not in last


def test_no_text_adds_a_line(nasty_db: Path, tmp_path: Path) -> None:
    done("export", "ics", "-o", str(tmp_path / "out.ics"))
    out = (tmp_path / "out.ics").read_bytes().decode()
    for line in out.split("\r\n"):
        assert len(line.encode()) <= 75
        assert "\n" not in line
        assert "\r" not in line
    known = {"BEGIN", "END", "VERSION", "PRODID", "X-WR-CALNAME", "SUMMARY", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE",
             "DTSTAMP", "UID", "CATEGORIES", "DESCRIPTION", "GEO", "LOCATION", "STATUS", "TRANSP", "URL"}  # fmt: skip
    assert {line.partition(":")[0] for line in out.split("\r\n") if line and line[0] != " "} <= known
