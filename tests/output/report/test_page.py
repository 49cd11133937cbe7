"""The page of a report: its structure, what it escapes, and what it allows to run. Other tests open it in a browser."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from hashlib import sha256
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from scamcli.output.report import render
from scamcli.output.report.markup import as_link, as_text
from tests.helpers import report_contents as contents

if TYPE_CHECKING:
    from scamcli.output.report.contents import Report

EMPTY = {
    "intro_html": "",
    "metrics": (),
    "months": (),
    "entries": (),
    "conflicts": (),
    "allegations": (),
    "actors": (),
    "sites": (),
    "sources": (),
    "gaps": (),
    "methods": (),
    "downloads": (),
    "left_out": (),
    "counts": (),
}
VOID = {"meta", "input", "br", "img"}


class Page(HTMLParser):
    """What a page has: its ids, links, headings and elements, with a check that every element is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[dict[str, str | None]] = []
        self.headings: list[int] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        self.elements.append((tag, has))
        self.ids += [has["id"] or ""] if "id" in has else []
        self.links += [has] if tag == "a" else []
        self.headings += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in {"style", "script"}:
            self.text += data


@pytest.mark.parametrize(
    "report", [contents.report(), contents.hostile(), contents.report(**EMPTY)], ids=["small", "hostile", "empty"]
)
def test_the_structure_of_a_page(report: Report) -> None:
    page = Page(render(report))
    assert [id_ for id_, times in Counter(page.ids).items() if times > 1] == []
    targets = [str(link["href"])[1:] for link in page.links if str(link["href"]).startswith("#")]
    assert set(targets) - set(page.ids) == set()
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in zip(page.headings, page.headings[1:], strict=False))
    assert {name for name, _ in page.elements} >= {"main", "header", "nav", "footer"}
    articles = [has["id"] for name, has in page.elements if name == "article" and "data-f" in has]
    assert articles == [entry.record["id"] for entry in report.entries]


@pytest.mark.parametrize("report", [contents.report(), contents.hostile()], ids=["small", "hostile"])
def test_nothing_else_runs_or_is_loaded(report: Report) -> None:
    text = render(report)
    page = Page(text)
    assert {name for name, _ in page.elements} & {"img", "iframe", "link", "object", "embed", "base"} == set()
    assert [name for name, _ in page.elements].count("script") == 1
    handlers = {key for _, has in page.elements for key in has if key.startswith("on") or key in {"style", "src"}}
    assert handlers == set()
    schemes = Counter(
        str(link["href"]).partition(":")[0] for link in page.links if ":" in str(link["href"]).partition("#")[0]
    )
    assert set(schemes) <= {"http", "https", "data"}
    outside = [link for link in page.links if str(link["href"]).startswith("http")]
    assert {link["rel"] for link in outside} == {"noreferrer"}
    policy = str(next(has["content"] for _, has in page.elements if has.get("http-equiv") == "Content-Security-Policy"))
    for element in ("style", "script"):
        found = re.search(f"<{element}>(.*?)</{element}>", text, re.DOTALL)
        assert found
        digest = b64encode(sha256(found[1].encode()).digest()).decode()
        assert f"{element}-src 'sha256-{digest}'" in policy
    assert re.search("[\ud800-\udfff\x00\x1b\u202e\ufffe]", text) is None
    assert "49" not in page.text or "{{ 7 * 7 }}" in page.text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a < b & c", "a &lt; b &amp; c"),
        ("by\u202eder", "by\\u202eder"),
        ("a\r\nb\tc", "a b c"),
        ("x\ud800\uffff", "x\ufffd\ufffd"),
        ("in ខេត្តកណ្តាល, 西港", 'in <span lang="km">ខេត្តកណ្តាល</span>, <span lang="zh">西港</span>'),
        ("<b>ขอนแก่น</b>", '&lt;b&gt;<span lang="th">ขอนแก่น</span>&lt;/b&gt;'),
    ],
)
def test_texts(text: str, html: str) -> None:
    assert as_text(text) == html


@pytest.mark.parametrize(
    ("words", "address", "html"),
    [
        ("VOD", "https://x.org/?a=1&b", '<a href="https://x.org/?a=1&amp;b" rel="noreferrer">VOD</a>'),
        ("VOD", "javascript:alert(1)", "VOD (javascript:alert(1))"),
        ("data:text/html,x", "data:text/html,x", "data:text/html,x"),
        ("VOD", 'https://x.org/" onclick="x', "VOD (https://x.org/&#34; onclick=&#34;x)"),
        ("VOD", None, "VOD"),
    ],
)
def test_links(words: str, address: str | None, html: str) -> None:
    assert as_link(words, address) == html
