"""`ingest` keeps the file that it reads, and each passage leads to its page and file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scamcli import Timeline
from scamcli.timeline.draft_rows import passage_row
from tests.helpers.pdf_files import pdf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGES = [
    "On 5 March 2024, police freed 45 Thai workers from a compound in Poipet.",
    "Some words in between that tell of nothing in particular.",
    "On 9 March 2024, police freed 12 Indonesians in Kampot.",
]


@pytest.fixture
def timeline(tmp_path: Path) -> Iterator[Timeline]:
    with Timeline(tmp_path / "t.db", create=True) as made:
        yield made


def files(timeline: Timeline, id_: str) -> list[tuple[str, int | None]]:
    (row,) = [passage_row(origin) for origin in timeline.origins(id_)]
    found: Any = row["files"]
    return [(one["name"], one["page"]) for one in found]


def test_a_passage_leads_to_its_page_and_file(timeline: Timeline, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf(*([page] for page in PAGES)))
    first, second = timeline.ingest(file, outlet="Example Daily", url="https://example.org/r").drafts
    assert files(timeline, str(first["id"])) == [("report.pdf", 1)]
    assert files(timeline, str(second["id"])) == [("report.pdf", 3)]
    (row,) = timeline.evidence(event=str(first["id"]))
    assert (row["media_type"], row["source"], row["sources"][0]["url"]) == (
        "application/pdf", "Example Daily", "https://example.org/r",
    )  # fmt: skip
    assert len(row["texts"][0]["pages"]) == 3
    assert [one["action"] for one in row["custody"]] == ["added", "read"]
    assert not list(timeline.verify())
    before = list(timeline.log())
    timeline.ingest(file, outlet="Example Daily", url="https://example.org/r")
    assert list(timeline.log()) == before


def test_an_undo_removes_the_drafts_and_keeps_the_file(timeline: Timeline, tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text(PAGES[0], encoding="utf-8")
    timeline.ingest(file)
    timeline.undo()
    assert [row["name"] for row in timeline.evidence()] == ["article.txt"]
    assert not list(timeline.verify())
