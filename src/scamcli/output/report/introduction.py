"""The introduction of a report, from Markdown: without HTML, pictures, and links to anything but the web and mail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdformat.renderer import MDRenderer

from scamcli.output.escaping import escape_controls, is_web_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def in_html(text: str) -> str:
    """Return a text in Markdown as HTML, with images as links."""
    parser, environment = MarkdownIt("commonmark", {"html": False}), dict[str, object]()
    tokens = _parsed(text, parser, environment)
    return str(parser.renderer.render(tokens, parser.options, environment))


def in_markdown(text: str) -> str:
    """Return a text in Markdown with its headings one level lower, HTML as text, and images as links.

    Headings are lower because the title of the report is the only one of the first level.
    """
    parser, environment = MarkdownIt("commonmark", {"html": False}), dict[str, object]()
    tokens = _parsed(text, parser, environment)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            level = min(int(token.tag[1]) + 1, 6)
            token.tag, token.markup = f"h{level}", "#" * level
        for child in token.children or ():
            # Where tables are read, a line ends code and titles of links: what follows would be HTML.
            child.attrs.pop("title", None)
            if child.type == "code_inline" and "|" in child.content:
                child.type, child.markup = "text", ""
    return str(MDRenderer().render(tokens, parser.options, environment))


def _parsed(text: str, parser: MarkdownIt, environment: dict[str, object]) -> list[Token]:
    tokens = parser.parse(escape_controls(text), environment)
    for token in tokens:
        if token.children:
            token.children = list(_only_plain_links(token.children))
    return tokens


def _only_plain_links(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield tokens with the text of links that lead elsewhere than to the web, to mail or into the page.

    Images become links, because they would be loaded from the web when somebody opens the report.
    """
    is_left_out = False
    for token in tokens:
        address = str(token.attrs.get("src", ""))
        if token.type == "link_open":
            is_left_out = not _is_allowed(str(token.attrs.get("href", "")))
        if token.type == "image" and is_web_address(address):
            yield Token("link_open", "a", 1, {"href": address})
            yield Token("text", "", 0, content=token.content or address)
            yield Token("link_close", "a", -1)
        elif token.type == "image":
            yield Token("text", "", 0, content=token.content)
        elif not (is_left_out and token.type in {"link_open", "link_close"}):
            yield token


def _is_allowed(address: str) -> bool:
    is_mail = re.fullmatch(r"mailto:[^\s:/?#]+@[^\s:/?#]+", address) is not None
    return is_web_address(address) or address.startswith("#") or is_mail
