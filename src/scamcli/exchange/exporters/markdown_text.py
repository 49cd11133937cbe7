"""Texts for Markdown documents, in which nothing may act as Markdown or HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scamcli.output.escaping import escape_markdown, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_STARTS_BLOCK = r"^(\d{1,9}(?=[.)])|(?=[-+=]))"
"""A pattern for the start of a list or a rule at the beginning of a line, which a backslash prevents."""


def bullets(items: Iterable[str]) -> Iterator[str]:
    """Yield a list as one block, or nothing if there are no items."""
    lines = "\n".join(f"- {item}" for item in items)
    if lines:
        yield lines


def link(text: str, address: str) -> str:
    """Return a text linked to a web address."""
    return f"[{escape(text)}](<{escape_markdown(address)}>)"


def escape(text: str) -> str:
    """Return the text on one line, escaped so that nothing in it acts as Markdown anywhere in a block."""
    return re.sub(_STARTS_BLOCK, r"\1\\", escape_markdown(one_line(text).strip()))
