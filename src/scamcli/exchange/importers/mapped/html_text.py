"""Return the text of HTML in a cell, as TimelineJS and other programs for web pages keep it."""

from __future__ import annotations

import re
from contextlib import nullcontext
from html.parser import HTMLParser

from scamcli.records import limits

_BLOCKS = frozenset(
    {"p", "br", "div", "li", "ul", "ol", "blockquote", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section"}
)
"""Elements that begin a line."""

_UNSEEN = frozenset({"script", "style"})
"""Elements whose text nobody sees."""


LONGEST = 400_000
"""The longest HTML that is read, in characters. No record takes a longer text, and the parser can become slow."""


SHORT = 4_000
"""How many characters of HTML are read without a limit of time: tags that never end take quadratic time."""


def html_text(html: str) -> str:
    """Return the text of HTML, with line breaks between blocks and with the addresses of links in brackets.

    Raises:
        DataError: reading it takes too long.
    """
    if ("<" not in html and "&" not in html) or len(html) > LONGEST:
        return html
    parser = _Text()
    with limits.deadline("pattern-seconds", "The HTML of a cell") if len(html) > SHORT else nullcontext():
        parser.feed(html)
        parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.pieces).split("\n"))
    return "\n".join(filter(None, lines))


class _Text(HTMLParser):
    """Collects the text of HTML in `pieces`, with the addresses of links and media in brackets."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._links: list[tuple[str, int]] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in _BLOCKS:
            self.pieces.append("\n")
        elif tag in _UNSEEN:
            self._unseen += 1
        elif tag == "a":
            self._links.append((values.get("href") or "", len(self.pieces)))
        elif (address := values.get("src")) and re.match(r"(https?:)?//", address):
            self.pieces.append(f" ({address}) ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.pieces.append("\n")
        elif tag in _UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        elif tag == "a" and self._links:
            address, at = self._links.pop()
            text = "".join(self.pieces[at:]).strip()
            if re.match(r"https?://", address) and text != address:
                self.pieces.append(f" ({address})" if text else address)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.pieces.append(data.replace("\n", " "))
