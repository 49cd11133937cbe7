"""TimelineJS: the library itself shows every event, and nothing in a text acts."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from scamcli.language.vocabulary import METRICS
from scamcli.output.escaping import one_line
from scamcli.output.text import figure_text
from tests.helpers.command_line import done, run
from tests.helpers.nasty_records import EVENT, records, take
from tests.helpers.timelinejs_browser import shown

if TYPE_CHECKING:
    from pathlib import Path

UNITS = {metric.name: metric.unit for metric in METRICS.values()}


def exported(*asked: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(done("export", "timelinejs", *asked).out)
    return found


class Seen(HTMLParser):
    """What a browser makes of a text: its tags, where its links lead, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str | None] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert all(name == "href" for name, _ in attrs)
        self.links += [value for _, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_library_shows_every_event(timeline: str, folder: Path) -> None:
    page = shown(done("export", "timelinejs").out, folder)
    body = page.body
    assert (body.get("data-failed"), body.get("data-errors"), body.get("data-ran")) == (None, "", "0")
    events = records()
    assert len(events) > 10
    assert sorted(
        page.xpath("//*[contains(@class, 'tl-timemarker ')]/@id | //*[@class='tl-timemarker']/@id")
    ) == sorted(f"{event['id']}-marker" for event in events)
    units = UNITS | {metric["name"]: metric["unit"] or metric["name"] for metric in records("metric")}
    title, *slides = page.xpath("//*[contains(concat(' ', @class, ' '), ' tl-slide ')]")
    assert f"A timeline of {len(events)} events" in title.text_content()
    assert len(slides) == len(events)
    for event, slide in zip(events, slides, strict=True):
        text = slide.text_content()
        assert one_line(event["title"]) in text
        assert event["id"] in text
        assert f"Kind: {event['kind']}" in text
        for line in figure_text.with_notes(event["figures"], units):
            assert one_line(line) in text


def test_nothing_in_a_text_acts_in_the_page(nasty_db: Path, folder: Path) -> None:
    page = shown(done("export", "timelinejs").out, folder)
    assert page.body.get("data-ran") == "0"
    (drawn,) = page.xpath("//*[@id='timeline']")
    assert drawn.xpath(".//script | .//img | .//iframe | .//b | .//i") == []
    assert {href for href in drawn.xpath(".//a/@href") if not href.startswith("http")} == set()


SOURCES = [
    ({"title": "T", "url": "https://example.org/?a=1&b=2"}, ["https://example.org/?a=1&b=2"], "VOD, “T”."),
    ({"url": "HTTP://example.org"}, ["HTTP://example.org"], "VOD, HTTP://example.org."),
    ({"title": "T", "url": "javascript:alert(1)"}, [], "VOD, “T” (javascript:alert(1))."),
    ({"title": "T", "url": "data:text/html,x"}, [], "VOD, “T” (data:text/html,x)."),
    ({"title": "T", "url": "https://e.org/\u202egpj"}, [], "VOD, “T” (https://e.org/\\u202egpj)."),
    ({"title": "T", "url": "https://e.org/' onclick='x"}, [], "VOD, “T” (https://e.org/' onclick='x)."),
    ({"archived": "https://a.example/1"}, ["https://a.example/1"], "VOD. Archived copy."),
]


@pytest.mark.parametrize(("source", "links", "words"), SOURCES)
def test_only_the_web_is_a_link(
    source: dict[str, str], links: list[str], words: str, empty_db: Path, tmp_path: Path
) -> None:
    take(tmp_path, EVENT | {"sources": [{"outlet": "VOD"} | source]})
    text = Seen(exported()["events"][0]["text"]["text"])
    assert text.links == links
    assert text.text.endswith(words)


DATES: list[tuple[str, dict[str, Any]]] = [
    ("2022-09-19", {"start_date": {"year": 2022, "month": 9, "day": 19}, "display_date": "19 September 2022"}),
    ("2022", {"start_date": {"year": 2022}, "display_date": "2022"}),
    ("2022-09~", {"start_date": {"year": 2022, "month": 9}, "display_date": "about September 2022"}),
    ("2022/2023-10", {"start_date": {"year": 2022}, "end_date": {"year": 2023, "month": 10},
                      "display_date": "2022 to October 2023"}),
    ("2022-08-18/..", {"start_date": {"year": 2022, "month": 8, "day": 18}, "display_date": "since 18 August 2022"}),
    ("0033-04", {"start_date": {"year": 33, "month": 4}, "display_date": "April 33"}),
]  # fmt: skip


@pytest.mark.parametrize(("date", "wanted"), DATES)
def test_a_date_is_as_exact_as_it_is_known(date: str, wanted: dict[str, Any], empty_db: Path, tmp_path: Path) -> None:
    take(tmp_path, EVENT | {"date": date})
    (slide,) = exported()["events"]
    assert {key: value for key, value in slide.items() if key.endswith("_date")} == wanted


@pytest.mark.parametrize("format_", ["timelinejs", "timelinejs-csv"])
def test_a_hundred_slides_are_enough(format_: str, empty_db: Path, tmp_path: Path) -> None:
    take(tmp_path, *(EVENT | {"id": f"e{number}"} for number in range(101)))
    refused = run("export", format_)
    assert (refused.code, refused.out) == (2, "")
    assert "More than 100 events match" in refused.err
    assert "--slides NUMBER" in refused.err
    assert done("export", format_, "--slides", "101").out.count("A raid") >= 101
    done("remove", "e100")
    done("export", format_)


def test_the_sheet_has_the_columns_of_the_template(timeline: str) -> None:
    rows = list(csv.DictReader(io.StringIO(done("export", "timelinejs-csv", "--drafts").out)))
    slides = exported("--drafts")["events"]
    assert len(rows) == 1 + len(slides)
    for row, slide in zip(rows[1:], slides, strict=True):
        assert list(row)[:10] == [
            "Year", "Month", "Day", "Time", "End Year", "End Month", "End Day", "End Time", "Display Date", "Headline",
        ]  # fmt: skip
        start = {key: int(row[key.title()]) for key in ("year", "month", "day") if row[key.title()]}
        assert start == slide["start_date"]
        assert (row["Display Date"], row["Group"]) == (slide["display_date"], slide["group"])
        assert row["Headline"].removeprefix("'") == slide["text"]["headline"].removeprefix("'")
        assert row["Text"] == slide["text"]["text"]
