"""Texts without anything to escape are returned as they are; all others are escaped character by character."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from scamcli.output import escaping

CONTROLS = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb]"
IN_TSV = {"\t": r"\t", "\n": r"\n", "\r": r"\r", "\\": r"\\"}

EVERY = [chr(code) for code in range(0x10000)]
"""No character above is escaped."""

TEXTS = st.text(st.sampled_from("ab é…“”ខ\t\n\r\\\x1b\x7f\xa0\xad\u200b\u200e\u2028\u202e\ufeff") | st.characters())


def controls(text: str) -> str:
    return re.sub(CONTROLS, lambda found: f"\\u{ord(found[0]):04x}", text)


def one_line(text: str) -> str:
    return controls(re.sub(r"[\n\t\r\u2028\u2029]+", " ", text))


def tsv(text: str) -> str:
    first = r"\u0022" if text.startswith('"') else ""
    return first + "".join(IN_TSV.get(char) or controls(char) for char in text[bool(first) :])


def test_every_character() -> None:
    for char in EVERY:
        assert escaping.escape_controls(char) == controls(char), ascii(char)
        assert escaping.one_line(char) == one_line(char), ascii(char)
        assert escaping.escape_tsv(char) == tsv(char), ascii(char)


@given(TEXTS)
def test_every_text(text: str) -> None:
    assert escaping.escape_controls(text) == controls(text)
    assert escaping.one_line(text) == one_line(text)
    assert escaping.escape_tsv(text) == tsv(text)
    assert escaping.unescape_tsv(escaping.escape_tsv(text)) == text


def test_no_address_with_a_hidden_character_becomes_a_link() -> None:
    hidden = [
        char for char in EVERY if escaping.is_web_address(f"https://example.org/{char}x") and controls(char) != char
    ]
    assert hidden == []
