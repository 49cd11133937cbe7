"""A report in Markdown: a reader of CommonMark shows what it says, and no text of a record acts as Markdown or HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from scamcli.output.report import render_markdown
from scamcli.output.report.introduction import in_html, in_markdown
from scamcli.output.report.markdown import Writer
from tests.helpers import report_contents as contents
from tests.output.report.test_page import EMPTY

if TYPE_CHECKING:
    from markdown_it.token import Token

REPORTS = {
    "small": contents.report(intro="An *introduction*."),
    "hostile": contents.hostile(),
    "empty": contents.report(**EMPTY),
}
MEANT = {
    "heading", "paragraph", "bullet_list", "ordered_list", "list_item", "blockquote", "table", "thead", "tbody", "tr",
    "th", "td", "inline", "text", "softbreak", "strong", "em", "link", "html_inline",
}  # fmt: skip
"""What the templates write. Anything else came from a text."""


def tokens(text: str, *, preset: str = "commonmark") -> list[Token]:
    """What a reader makes of a text: its blocks, each followed by what is in its lines."""
    blocks = MarkdownIt(preset, {"html": True, "linkify": False}).enable("table").parse(text)
    return [part for block in blocks for part in (block, *(block.children or ()))]


def kinds(found: list[Token]) -> set[str]:
    return {token.type.removesuffix("_open").removesuffix("_close") for token in found}


def anchors(found: list[Token]) -> list[str]:
    return [match[1] for token in found if (match := re.fullmatch('<a id="([^"<>&\\s]*)">', token.content))]


def links(found: list[Token]) -> list[str]:
    return [str(token.attrs["href"]) for token in found if token.type == "link_open"]


@pytest.mark.parametrize("preset", ["commonmark", "gfm-like"])
@pytest.mark.parametrize("name", REPORTS)
def test_no_text_acts(name: str, preset: str) -> None:
    text = render_markdown(REPORTS[name])
    found = tokens(text, preset=preset)
    assert kinds(found) <= MEANT
    html = [token.content for token in found if token.type == "html_inline"]
    assert [one for one in html if one != "</a>" and not re.fullmatch('<a id="[^"<>&\\s]*">', one)] == []
    outside = [link for link in links(found) if not link.startswith("#")]
    assert all(link.startswith(("http://", "https://")) for link in outside)
    assert re.search("[\ud800-\udfff\x00\x1b\u202e\ufffe]", text) is None


@pytest.mark.parametrize("name", REPORTS)
def test_every_link_leads_somewhere_and_every_anchor_is_one(name: str) -> None:
    found = tokens(render_markdown(REPORTS[name]))
    ids = anchors(found)
    assert len(set(ids)) == len(ids)
    normalized = MarkdownIt().normalizeLink
    assert {link for link in links(found) if link.startswith("#")} <= {normalized(f"#{id_}") for id_ in ids}


def test_it_says_what_the_page_says() -> None:
    text = render_markdown(REPORTS["small"])
    for words in (
        "An allegation is not a finding.", "[more than 600](<#total:complaints>)", "(possible)",
        "To cite: 8 to 14, sources differ complaints were received",
        "Not added: 2 numbers that do not state the province.", "He speaks of a month.",
        "### Without a recorded answer", "after 33 days",
        "Stance: denies",
        "8 and 14 cannot both be true", "Also called: 黄乐园区", "Three figures have no period.", "and 2 more",
        "A bound that nobody stated is unknown.", "VOD. *Raids*. 2022. [Archived copy](<https://archive.example/1>)",
        "Drafts are left out.", "Draft, not reviewed", "javascript:alert(1)", "Data 7e81b7e6124b",
    ):  # fmt: skip
        assert words in text, words
    assert "](<javascript" not in text


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("A &lt;b&gt; *c*", r"A \<b\> \*c\*"),
        ("<i>Raids</i>, VOD", "*Raids*, VOD"),
        ("x<i>“Raids”</i>y", "x“Raids”y"),
        ("<i> Raids </i>.", " *Raids* ."),
        ('<a href="https://e.example/?a=1&amp;b=[2]">Here</a>', r"[Here](<https://e.example/?a=1\&b=\[2\]>)"),
        ('<a href="javascript:alert(1)">Here</a>', "Here (javascript:alert(1))"),
    ],
)
def test_an_entry_of_the_bibliography(html: str, markdown: str) -> None:
    assert Writer(for_pandoc=False).html(html) == markdown


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("# Why\n\nText", "## Why\n\nText\n"),
        ("Why\n===\n\n###### Deep", "## Why\n\n###### Deep\n"),
        ("![A picture](https://e.example/p.png)", "[A picture](https://e.example/p.png)\n"),
        ("![A file](/etc/passwd)", "A file\n"),
        ("1. one\n2. two\n   - *three*", "1. one\n1. two\n   - *three*\n"),
        ("```\na\n\n\n\nb <i>\n```", "```\na\n\n\n\nb <i>\n```\n"),
        ("", ""),
    ],
)
def test_an_introduction(given: str, written: str) -> None:
    assert in_markdown(given) == written


LEAD_ELSEWHERE = ["//host/a", "blob:https://e.example/1", "feed:javascript:alert(1)", "/etc/passwd", "ftp://e.example/a",
                  "data:text/html,x", "file:///etc/passwd", "a.html", "mailto:a@b.example?body=x"]  # fmt: skip


@pytest.mark.parametrize("address", LEAD_ELSEWHERE)
@pytest.mark.parametrize("form", ["[Here]({})", "[Here][x]\n\n[x]: <{}>", "<{}>", "![Here]({})", "[![Here]({0})]({0})"])
def test_an_introduction_links_only_to_the_web_and_to_mail(form: str, address: str) -> None:
    text = form.format(address)
    written = MarkdownIt("commonmark", {"html": False}).render(in_markdown(text))
    for html in (in_html(text), written):
        assert not re.search(r"(?:href|src)=", html), html


@pytest.mark.parametrize("before", ["", "| a | b |\n|---|---|\n| "])
@pytest.mark.parametrize(
    "hidden",
    [
        "`x | <script>y</script>`", "``x`|<img src=//e.example/p.png>``", '[a](https://e.example "t | <b>c</b>")',
        "[a | <b>c</b>](https://e.example/|<b>)", "![p | <i>q</i>](https://e.example/p.png '<b>|<b>')", "<b>x</b>",
    ],
)  # fmt: skip
def test_an_introduction_has_no_html_where_tables_are_read(before: str, hidden: str) -> None:
    written = in_markdown(f"{before}{hidden} |\n")
    for tables in (True, False):
        parser = MarkdownIt("gfm-like" if tables else "commonmark", {"html": True, "linkify": False})
        inline = [child for token in parser.parse(written) for child in (token, *(token.children or ()))]
        assert not [child for child in inline if child.type.startswith("html")], written


@pytest.mark.parametrize("text", ["<script>x</script>", "<!-- x -->", "<b>x</b>\n\n<div>\ny\n</div>", "&lt;b&gt;"])
def test_html_in_an_introduction_stays_text(text: str) -> None:
    html = MarkdownIt("commonmark", {"html": True}).render(in_markdown(text))
    assert re.sub("</?p>", "", html).count("<") == 0
