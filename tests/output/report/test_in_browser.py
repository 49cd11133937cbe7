"""Reports in a browser without a network: what runs, what is readable, what filters do, and what comes out on paper."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination

from benchmarks import generate
from scamcli.output.report import render
from scamcli.store import setup
from tests.helpers import report_contents as contents
from tests.helpers.driver import ok, take_in
from tests.helpers.paths import ROOT
from tests.helpers.report_browser import complaints, looked_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EVENTS = 5000
ALL = ("content", "accessibility", "widths", "noScript", "filters", "saved", "paper")
CHECKS = {"seed": ALL, "hostile": ALL[:3], "nasty": ("content", "widths", "filters"), "large": ("content", "repaint")}
NASTY = ("formats/nasty.jsonl", "everywhere/nasty_more.jsonl")
EVERY = pytest.mark.parametrize("name", CHECKS)


class Looked(NamedTuple):
    """The pages, what the browser found in them, and the folder with both."""

    pages: dict[str, Path]
    found: dict[str, Any]
    folder: Path


@pytest.fixture(scope="module")
def looked(tmp_path_factory: pytest.TempPathFactory, seeded: Path) -> Looked:
    folder = tmp_path_factory.mktemp("reports")
    pages = {name: folder / f"{name}.html" for name in CHECKS}
    ok("report", "-o", str(pages["seed"]), "--db", str(seeded), "--title", "Trafficking & <scams>")
    pages["hostile"].write_text(render(contents.hostile()), encoding="utf-8")
    for name in ("nasty", "large"):
        db = folder / f"{name}.db"
        setup.make(db, seed=False)
        if name == "nasty":
            ok("import", *(str(ROOT / "tests" / "golden" / file) for file in NASTY), "--db", str(db))
        else:
            take_in(db, *generate.records(EVENTS))
        ok("report", "-o", str(pages[name]), "--db", str(db))
    found = {name: looked_at(pages[name], checks, folder) for name, checks in CHECKS.items()}
    return Looked(pages, found, folder)


@EVERY
def test_nothing_is_asked_of_a_network_refused_by_the_policy_or_printed_to_the_console(
    looked: Looked, name: str
) -> None:
    assert looked.found[name]["problems"] == []


@EVERY
def test_all_events_are_counted_and_all_links_and_explanations_lead_to_something(looked: Looked, name: str) -> None:
    found = looked.found[name]["content"]
    text = looked.pages[name].read_text(encoding="utf-8")
    assert found["events"] == text.count("<article id=") - len(
        re.findall('<article id="(?:actor|site|conflict):', text)
    )
    assert found["status"] == f"All {found['events']:,} events"
    assert (found["broken"], found["empty"], found["explained"], found["hidden_form"]) == ([], [], True, False)
    assert found["details"] > found["events"] / 2


def test_the_browser_shows_the_title_as_it_was_given(looked: Looked) -> None:
    assert looked.found["seed"]["content"]["title"] == "Trafficking & <scams>"
    assert looked.found["seed"]["content"]["events"] == 50
    assert looked.found["large"]["content"]["events"] == EVENTS


@pytest.mark.parametrize("name", ["seed", "hostile"])
def test_axe_finds_no_violation(looked: Looked, name: str) -> None:
    assert looked.found[name]["accessibility"] == []


@pytest.mark.parametrize("name", ["seed", "hostile", "nasty"])
def test_nothing_is_wider_than_the_window(looked: Looked, name: str) -> None:
    assert looked.found[name]["widths"] == []


def test_html_is_valid(looked: Looked) -> None:
    assert complaints([looked.pages[name] for name in CHECKS], looked.folder) == []


def test_without_scripts_all_content_is_readable_and_no_control_is_left(looked: Looked, seeded: Path) -> None:
    found = looked.found["seed"]["noScript"]
    assert (found["events"], found["form"], found["buttons"]) == (50, False, 0)
    assert found["download"] == "timeline.jsonl.gz"
    for event in events_of(seeded):
        assert event["title"] in found["text"]
        assert event["summary"] in found["text"]


def test_paper_has_every_event_once_page_numbers_and_addresses(looked: Looked, seeded: Path) -> None:
    reader = PdfReader(looked.folder / "seed.pdf")
    events = events_of(seeded)
    assert sorted(map(squeezed, printed_events(reader))) == sorted(squeezed(event["title"]) for event in events)
    pages = [page.extract_text() for page in reader.pages]
    for number, page in enumerate(pages, 1):
        assert f"{number} / {len(pages)}" in page
    text = squeezed("".join(re.sub(r"An allegation is not a finding\.\s*\d+ / \d+", "", page) for page in pages))
    for event in events:
        assert squeezed(event["summary"] or "") in text
        assert all(squeezed(source["url"] or "") in text for source in event["sources"])
    assert "Howthisnumbercameabout" not in text  # the explanations are printed open
    assert "Thefiguresbehindit" in text


def events_of(db: Path) -> list[dict[str, Any]]:
    records = map(json.loads, ok("export", "jsonl", "--db", str(db)).splitlines())
    return [record for record in records if record["type"] == "event"]


def printed_events(reader: PdfReader) -> Iterator[str]:
    """The headings of the events in the outline of a PDF, which are below months, which are below the timeline."""
    outline = _pairs(_pairs(reader.outline)[0][1])
    months = next(below for title, below in outline if title == "Timeline")
    for _, events in _pairs(months):
        yield from (title for title, _ in _pairs(events))


def _pairs(outline: list[Any]) -> list[tuple[str, list[Any]]]:
    """The entries of an outline, each with those below it."""
    return [
        (str(one.title), after if isinstance(after, list) else [])
        for one, after in zip(outline, [*outline[1:], None], strict=True)
        if isinstance(one, Destination)
    ]


def squeezed(text: str) -> str:
    """A text without spaces, ligatures and hyphens that a printer may have added."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
