"""Saved pages of papers that are built differently, each against the text that a reader would copy out of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scamcli.errors import DataError
from scamcli.ingest.proposal import Metadata
from scamcli.ingest.reading import read

_PAGES = Path(__file__).parent / "pages"

_ABOUT = {
    "harbour_post": Metadata(
        "A year of raids: what was promised, what was done",
        "Harbour Post",
        "https://harbourpost.example/2024/02/a-year-of-raids/",
        "2024-02-11",
    ),
    "watch_group": Metadata(
        "The river town files", None, "https://delta-watch.example/en/statements/river-town-files", "2023-11-30"
    ),
    "courrier": Metadata("Chronologie d'une affaire"),
    "gulf_ledger": Metadata(
        "Timeline: How the Glass Tower case came to court",
        "The Gulf Ledger",
        "https://www.gulfledger.example/investigations/glass-tower-timeline",
        "2025-01-17",
    ),
    "live_log": Metadata("Island compound: day by day", "Strait Observer", None, "2024-09-02"),
}
_NOTES = {"courrier": ("Read as Windows-1252, as the page says.",)}


@pytest.mark.parametrize("page", _ABOUT)
def test_the_article_comes_out_of_its_page(page: str) -> None:
    document = read((_PAGES / f"{page}.html").read_bytes(), f"{page}.html")
    golden = _PAGES / f"{page}.txt"
    if os.environ.get("SCAMCLI_WRITE_GOLDEN"):
        golden.write_text(document.text, encoding="utf-8")
    assert document.text == golden.read_text(encoding="utf-8")
    assert document.about == _ABOUT[page]
    assert document.notes == _NOTES.get(page, ())


def test_every_page_is_tested() -> None:
    assert {path.stem for path in _PAGES.glob("*.html")} == set(_ABOUT)


def _page(head: str, body: str = "<article><p>Police freed 64 people in the port district.</p></article>") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("head", "about"),
    [
        ("", Metadata()),
        ("<title>A raid | Post</title><meta property=og:site_name content=Post>", Metadata("A raid", "Post")),
        ("<title>A raid | Post</title>", Metadata("A raid | Post")),
        ('<meta property="article:published_time" content="2024-02-11T23:30:00Z">', Metadata(published="2024-02-11")),
        ('<meta name="DC.date" content="11 February 2024">', Metadata(published="2024-02-11")),
        ('<meta name="date" content="02/11/2024">', Metadata()),
        ('<meta name="date" content="yesterday">', Metadata()),
        ('<link rel="canonical" href="/a"><meta property="og:url" content="javascript:x">', Metadata()),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "headline": 5, "publisher": ["x"]}</script>',
         Metadata(outlet="x")),
        ('<script type="application/ld+json">{"@type": "Article", "datePublished": "2024-02-11", }</script>',
         Metadata()),
        ('<script type="application/ld+json">{"mainEntity": {"@type": ["Article"], "headline": "A"}}</script>',
         Metadata("A")),
        ('<script type="application/ld+json">{"@type": "Product", "datePublished": "2024-02-11"}</script>', Metadata()),
    ],
)  # fmt: skip
def test_what_tags_say_of_the_publication(head: str, about: Metadata) -> None:
    assert read(_page(head), "a.html").about == about


def test_an_encoding_that_a_page_states_is_heeded() -> None:
    source = '<html><head><meta charset="gbk"></head><body><article><p>警方在西港解救了六十四名外国人。</p></article>'
    document = read(source.encode("gbk"), "a.html")
    assert document.text == "警方在西港解救了六十四名外国人。\n"
    assert document.notes == ("Read as GBK, as the page says.",)


def test_a_stated_encoding_that_is_none_of_text_is_not_used() -> None:
    source = b'<html><head><meta charset="unicode_escape"></head><body><p>Caf\xe9 \\u0041 is open for 64 people.</p>'
    assert "Café \\u0041" in read(source, "a.html").text


def test_entities_and_controls_become_plain_characters() -> None:
    body = "<article><p>A&nbsp;&amp;&#66; &#0; &#xD800; &#x1F6A8; 64&#8211;70 people &lt;here&gt;.</p></article>"
    text = read(_page("", body), "a.html").text
    assert "A &B" in text
    assert "64–70 people <here>." in text
    assert text.encode()  # no lone surrogate


def test_a_page_of_nothing_but_pictures_is_refused() -> None:
    with pytest.raises(DataError, match=r"no article that could be found|has no words"):
        read(_page("", "<nav><img src=a.png></nav><script>var a = 1</script>"), "a.html")
