"""Texts for XML 1.0, which has no form for some characters. These are written out, and counted as lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scamcli.exchange.exporters.dump import Losses

NOT_IN_XML = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
"""Characters that XML 1.0 cannot express."""


def expressible(text: str, losses: Losses) -> str:
    """Return a text that XML can hold, not yet escaped: with LF as line end, and other characters as ``\\u001b``."""
    if text.isprintable():  # nearly every text, and much faster to find out
        return text
    text, count = re.subn(NOT_IN_XML, lambda match: f"\\u{ord(match[0]):04x}", re.sub("\r\n?", "\n", text))
    losses.add("characters that XML cannot hold", count)
    return text


def escaped(text: str, losses: Losses) -> str:
    """Return a text for the content of an element."""
    text = expressible(text, losses)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
