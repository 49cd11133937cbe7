"""Texts that cannot act where they are shown: on a terminal, in Markdown, as a link or in a spreadsheet."""

import re

# Patterns stay text until `re` compiles and keeps them at first use: most answers need none of them
_UNSAFE = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb]"
_SPACES = r"[\n\t\r\u2028\u2029]+"
_BLANK_LINES = r"(?:\r?\n[^\S\n]*){2,}"
_MARKDOWN = r"([\\`*_{}\[\]<>#|~&$])"
_ADDRESS = r"https?://[^\s\"'<>\\^`{|}]+"
_NUMBER = r"[+-]?\d[\d,]*(\.\d+)?"
_RISKY = frozenset("=+-@\t\r")
_ESCAPES = {"\t": r"\t", "\n": r"\n", "\r": r"\r", "\\": r"\\"}
_ESCAPED = str.maketrans(_ESCAPES)


def escape_controls(text: str) -> str:
    """A text that cannot act on a terminal: control characters and bidirectional marks are written out."""
    return re.sub(_UNSAFE, lambda found: f"\\u{ord(found[0]):04x}", text)


def one_line(text: str) -> str:
    """A text on one line, and harmless there."""
    return escape_controls(re.sub(_SPACES, " ", text))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, each on one line, and harmless there."""
    return [one_line(part) for part in re.split(_BLANK_LINES, text) if part.strip()]


def escape_markdown(text: str) -> str:
    """A text in which nothing is Markdown or HTML."""
    return re.sub(_MARKDOWN, r"\\\1", text)


def is_web_address(text: str | None) -> bool:
    """Whether a text is an address of the web that a link may lead to: http or https, and nothing hidden in it."""
    if text is None or re.search(_UNSAFE, text):
        return False
    return re.fullmatch(_ADDRESS, text, re.IGNORECASE) is not None


def guard_formula(text: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection); import takes the quote off again."""
    risky = text[:1] in _RISKY and not re.fullmatch(_NUMBER, text)
    return f"'{text}" if risky or text.startswith("'") else text


def unguard_formula(text: str) -> str:
    """What `guard_formula` was given; a quote that it would not have set stays."""
    return text[1:] if text.startswith("'") and guard_formula(text[1:]) == text else text


def escape_tsv(text: str) -> str:
    r"""A cell of tab-separated text, in one line: tab, newline and backslash are ``\t``, ``\n`` and ``\\``."""
    return text.translate(_ESCAPED)


def unescape_tsv(text: str) -> str:
    """What `escape_tsv` was given; a backslash that it would not have set stays."""
    if "\\" not in text:
        return text
    plain = {written: char for char, written in _ESCAPES.items()}
    return re.sub(r"\\[tnr\\]", lambda found: plain[found[0]], text)
