"""The introduction of a report in Markdown, for a report in Markdown: below the title, without HTML and images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdformat.renderer import MDRenderer

from scamcli.output.escaping import escape_controls, is_web_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def in_markdown(text: str) -> str:
    """Return a text in Markdown with its headings one level lower, HTML as text, and images as links.

    Headings are lower because the title of the report is the only one of the first level.
    """
    parser = MarkdownIt("commonmark", {"html": False})
    environment: dict[str, object] = {}
    tokens = parser.parse(escape_controls(text), environment)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            level = min(int(token.tag[1]) + 1, 6)
            token.tag, token.markup = f"h{level}", "#" * level
        if token.children:
            token.children = list(_without_images(token.children))
    return str(MDRenderer().render(tokens, parser.options, environment))


def _without_images(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield tokens with links in place of images, which would be loaded from the web when somebody opens the report."""
    for token in tokens:
        address = str(token.attrs.get("src", ""))
        if token.type != "image":
            yield token
        elif is_web_address(address):
            yield Token("link_open", "a", 1, {"href": address})
            yield Token("text", "", 0, content=token.content or address)
            yield Token("link_close", "a", -1)
        else:
            yield Token("text", "", 0, content=token.content)
