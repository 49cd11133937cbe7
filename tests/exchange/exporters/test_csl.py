"""CSL-JSON: the words of the standard alone, each source once, and a processor makes a bibliography of it."""

from __future__ import annotations

import json
import re
from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest

from scamcli.exchange.exporters import bibliography as sources
from tests.helpers.command_line import done
from tests.helpers.nasty_records import EVENT, records, take
from tests.helpers.validators import need

if TYPE_CHECKING:
    from pathlib import Path

TEXT = {"type": "string", "minLength": 1}
DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        },
        "circa": {"const": True},
        "literal": TEXT,
    },
    "oneOf": [{"required": ["date-parts"]}, {"required": ["literal"]}],
    "additionalProperties": False,
}
ITEMS = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
            "type": {"enum": ["webpage", "article-newspaper", "document"]},
            **dict.fromkeys(("title", "container-title", "archive_location", "note"), TEXT),
            "author": {
                "type": "array",
                "maxItems": 1,
                "items": {
                    "type": "object",
                    "properties": {"literal": TEXT},
                    "required": ["literal"],
                    "additionalProperties": False,
                },
            },
            "URL": {"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"},
            "issued": DATE,
            "accessed": DATE,
        },
        "required": ["id", "type", "container-title", "note"],
        "additionalProperties": False,
    },
}
"""What of CSL 1.0.2 is written, and nothing else of it."""


def see_that_it_is_csl(items: list[dict[str, Any]]) -> None:
    need("jsonschema").Draft202012Validator(ITEMS).validate(items)


def exported(*asked: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(done("export", "csl", *asked).out)
    return found


def test_a_processor_makes_a_bibliography_of_it() -> None:
    citeproc = need("citeproc")
    items = exported()
    source = need("citeproc.source.json").CiteProcJSON(items)
    style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = citeproc.CitationStylesBibliography(style, source, citeproc.formatter.plain)
    for item in items:
        bibliography.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
    entries = list(map(str, bibliography.bibliography()))
    assert len(entries) == len(items)
    review = next(entry for entry in entries if "Year in Review" in entry)
    assert "(2023)" in review
    assert "https://cambojanews.com/" in review
    assert any("Phnom Penh Post" in entry for entry in entries)


def test_each_source_is_one_item_and_every_event_is_in_it(timeline: str) -> None:
    named = [(event["id"], source) for event in records() for source in event["sources"]]
    items = exported()
    assert len(items) == len({sources.identity(source) for _, source in named})
    assert len({item["id"] for item in items}) == len(items)
    cited = list(chain.from_iterable(re.findall(r"(?<!\S)([\w.-]+)(?= \(|;|$)", _events(item)) for item in items))
    for event, _ in named:
        assert event in cited


def _events(item: dict[str, Any]) -> str:
    return str(item["note"]).partition("Events: ")[2]


def test_two_events_on_one_page_are_one_item_with_both(empty_db: Path, tmp_path: Path) -> None:
    page = {"outlet": "VOD", "title": "T", "url": "https://example.org/1", "published": "2023-01-02"}
    other = page | {"published": "2023-01-03"}
    take(
        tmp_path,
        EVENT | {"sources": [page | {"passage": "§ 1"}]},
        EVENT | {"id": "f", "sources": [page | {"archived": "https://a.example/1"}]},
        EVENT | {"id": "g", "sources": [other]},
    )
    first, second = exported()
    assert first["note"] == "Events: e (§ 1); f"
    assert first["archive_location"] == "https://a.example/1"
    assert second["note"] == "Events: g"
    assert first["id"].startswith("vod-2023-t-")
    assert first["id"] != second["id"]


def test_an_id_stays_the_same_whatever_else_is_exported(empty_db: Path, tmp_path: Path) -> None:
    take(tmp_path, EVENT | {"sources": [{"outlet": "VOD", "title": "Khmer: ភ្នំពេញ"}]})
    (before,) = exported()
    assert re.fullmatch("vod-khmer-[0-9a-f]{12}", before["id"])
    take(tmp_path, EVENT | {"id": "f", "date": "2020", "sources": [{"outlet": "វីអូឌី"}]})
    first, second = exported()
    assert first["id"].startswith("source-")
    assert second["id"] == before["id"]


def test_what_of_two_sources_no_item_can_hold_is_said(empty_db: Path, tmp_path: Path) -> None:
    page = {"outlet": "VOD", "url": "https://example.org/1", "accessed": "2023-01-02"}
    take(tmp_path, EVENT | {"sources": [page]}, EVENT | {"id": "f", "sources": [page | {"accessed": "2023-02-02"}]})
    take(tmp_path, EVENT | {"id": "g"})
    said = done("export", "csl").err
    assert "another `accessed` of the same source (1)" in said
    assert "events without a source (1)" in said
    assert exported()[0]["accessed"] == {"date-parts": [[2023, 1, 2]]}


KINDS: list[tuple[dict[str, str], dict[str, str]]] = [
    ({"url": "https://example.org"}, {"type": "webpage", "URL": "https://example.org"}),
    ({}, {"type": "article-newspaper"}),
    ({"url": "javascript:alert(1)"}, {"type": "article-newspaper", "note": "Address: javascript:alert(1). Events: e"}),
    ({"outlet": "Ministry of Interior"}, {"type": "document", "container-title": "Ministry of Interior"}),
    ({"via": "CamboJA"}, {"type": "article-newspaper", "note": "Seen through CamboJA. Events: e"}),
]


@pytest.mark.parametrize(("source", "wanted"), KINDS)
def test_what_a_source_is(source: dict[str, str], wanted: dict[str, str], empty_db: Path, tmp_path: Path) -> None:
    body = {"type": "actor", "name": "Ministry of Interior", "kind": "government"}
    take(tmp_path, body, EVENT | {"sources": [{"outlet": "VOD"} | source]})
    (item,) = exported()
    assert item == {"id": item["id"], "container-title": "VOD", "note": "Events: e"} | wanted


DATES: list[tuple[str, dict[str, Any], str]] = [
    ("2022-09-19", {"date-parts": [[2022, 9, 19]]}, ""),
    ("2022-09", {"date-parts": [[2022, 9]]}, ""),
    ("2022/2023-01", {"date-parts": [[2022], [2023, 1]]}, ""),
    ("2022-09~", {"date-parts": [[2022, 9]], "circa": True}, "Published: 2022-09~. "),
    ("2022?", {"date-parts": [[2022]], "circa": True}, "Published: 2022?. "),
    ("2022-08-18/..", {"literal": "since August 18, 2022"}, "Published: 2022-08-18/... "),
]


@pytest.mark.parametrize(("date", "issued", "note"), DATES)
def test_dates_say_no_more_than_is_known(
    date: str, issued: dict[str, Any], note: str, empty_db: Path, tmp_path: Path
) -> None:
    take(tmp_path, EVENT | {"sources": [{"outlet": "VOD", "published": date}]})
    (item,) = exported()
    assert item["issued"] == issued
    assert item["note"] == f"{note}Events: e"
    see_that_it_is_csl([item])
