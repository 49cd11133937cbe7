"""Markdown: a reader of CommonMark shows every word of the story, and nothing that is not a word."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from markdown_it import MarkdownIt

from scamcli.output import phrases
from scamcli.output.escaping import one_line, paragraphs
from scamcli.output.text import figure_text
from tests.helpers.command_line import done
from tests.helpers.nasty_records import EVENT, records, take

if TYPE_CHECKING:
    from pathlib import Path

MEANT = {"h1", "h2", "h3", "p", "em", "ul", "li", "a"}
"""The tags that the export itself writes. Any other tag came from a text."""

UNITS = {"nasty-metric": "=1+1\x1b[31m<b>"}
"""The unit of the metric that the nasty timeline defines."""

PRESETS = ["commonmark", "gfm-like"]
"""What all readers agree on, and what GitHub adds: tables, strikethrough."""


class Page(HTMLParser):
    """What a browser makes of a page: the text of each block, its tags, and where its links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.blocks: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]
        if tag in {"h1", "h2", "h3", "p", "li"}:
            self.blocks.append((tag, ""))

    def handle_data(self, data: str) -> None:
        if self.blocks and data.strip("\n"):
            tag, text = self.blocks[-1]
            self.blocks[-1] = (tag, text + data)

    def of(self, tag: str) -> list[str]:
        return [text for found, text in self.blocks if found == tag]


def read(markdown: str, preset: str = "commonmark") -> Page:
    return Page(MarkdownIt(preset, {"linkify": False}).render(markdown))


def shown(text: str) -> str:
    """A text as a browser shows it: on one line, without spaces at its ends."""
    return one_line(text).strip()


@pytest.mark.parametrize("preset", PRESETS)
def test_nothing_but_words_comes_from_a_text(preset: str, timeline: str) -> None:
    page = read(done("export", "markdown").out, preset)
    assert set(page.tags) <= MEANT
    assert all(link.startswith(("http://", "https://")) for link in page.links)
    assert len(page.of("h1")) == 1


@pytest.mark.parametrize("preset", PRESETS)
def test_every_event_is_told_whole(preset: str, timeline: str) -> None:
    page = read(done("export", "markdown").out, preset)
    events = records()
    assert page.of("h3") == [shown(f"{event['date']}: {event['title'].strip()}") for event in events]
    items = page.of("li")
    for event in events:
        for line in figure_text.with_notes(event["figures"], UNITS):
            assert shown(line) in items, event["id"]
        for paragraph in paragraphs(event["summary"] or ""):
            assert paragraph.strip() in page.of("p")
        assert f"Id: {event['id']}" in page.of("p")
        assert shown(", ".join(filter(None, (event["kind"], phrases.location(event))))) in page.of("p")
        for link in event["links"]:
            assert shown(f"This event {phrases.link(link)}") in items
        if event["note"]:
            assert shown(f"Note: {event['note']}") in page.of("p")
        for source in event["sources"]:
            assert phrases.source_line(source, shown, lambda text, address: shown(text)) in items
    assert page.of("p")[-1] == f"{len(events)} events"


HARD = [
    "- a", "+ a", "* a", "1. a", "12) a", "-", "---", "===", "+", "# a", "#", "> a", "    a", "~~~", "```", "| a | b |",
    "[a](javascript:x)", "![a](x)", "[a]: /x", "<b>a</b>", "<!-- a -->", "&amp;", "&#35;", "a\\", "\\", "*a*", "__a__",
    "a *b", "<https://a.b>", "[^1]", "- [ ] a", "$a$", "1986\\. a", "a  ", "a\n\n- b", "a\nb\n---", "*", "_",
]  # fmt: skip


@pytest.mark.parametrize("text", HARD)
def test_a_text_is_shown_as_it_is(text: str, empty_db: Path, tmp_path: Path) -> None:
    figure = {"metric": "rescues", "best": 1, "stated_by": text, "note": text}
    source = {"outlet": text, "title": text, "url": "https://example.org/a_b*c*(d)?e=1&amp;f=[g]#h~"}
    take(tmp_path, EVENT | {"title": text, "summary": text, "note": text, "figures": [figure], "sources": [source]})
    page = read(done("export", "markdown").out, "gfm-like")
    (event,) = records()
    assert set(page.tags) <= MEANT
    assert page.of("h3") == [shown(f"2023-01-02: {text.strip()}")]
    assert page.of("p")[1:-3] == [*(part.strip() for part in paragraphs(text)), shown(f"Note: {text}")]
    assert page.of("p")[-3:] == ["Sources:", "Id: e", "1 event"]
    assert page.of("li") == [*map(shown, figure_text.with_notes(event["figures"])), f"{shown(text)}, {shown(text)}"]
    assert page.links == ["https://example.org/a_b*c*(d)?e=1&amp;f=%5Bg%5D#h~"]


def test_years_are_headings_and_a_selection_says_what_it_is() -> None:
    whole, some = (read(done("export", "markdown", *asked).out) for asked in ([], ["--province", "Kandal"]))
    assert whole.of("h2") == ["2022", "2023"]
    assert whole.of("p")[0].startswith("report, Sihanoukville")
    assert some.of("p")[0] == "Events that match: in Kandal"


def test_a_draft_is_marked(empty_db: Path, tmp_path: Path) -> None:
    take(tmp_path, EVENT | {"status": "draft"})
    assert "A raid" not in done("export", "markdown").out
    assert "### 2023-01-02: A raid (draft)\n" in done("export", "markdown", "--drafts").out


def test_parts_and_their_whole_are_told_as_such(empty_db: Path, tmp_path: Path) -> None:
    figures: list[dict[str, Any]] = [
        {"id": "all", "metric": "rescues", "stated": "30"},
        {"id": "thai", "metric": "rescues", "stated": "12", "nationality": "Thai", "part_of": "all"},
        {"id": "loss", "metric": "losses", "stated": "about 5,000", "unit": "EUR"},
        {"id": "share", "metric": "share", "stated": "40 percent", "of": ["thai", "all"]},
    ]
    take(tmp_path, EVENT | {"figures": figures})
    assert re.findall(r"(?m)^- (.*)", done("export", "markdown").out) == [
        "30 people were rescued or freed (speaker not recorded)",
        "12 Thai people were rescued or freed (speaker not recorded); part of the 30",
        "About EUR 5,000 was lost to scams (speaker not recorded)",
        "A share of 40 percent (12 of 30) (speaker not recorded)",
    ]
