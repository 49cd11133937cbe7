"""Escaping: texts that cannot act on a terminal, in Markdown, as a link or in a spreadsheet."""

import re

# Patterns stay text, which `re` compiles and caches at first use: most commands need none of them
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
    r"""Write out control characters and bidirectional marks (``\u202e``), so that they cannot act on a terminal."""
    return re.sub(_UNSAFE, lambda found: f"\\u{ord(found[0]):04x}", text)


def one_line(text: str) -> str:
    """Put a text on one line, and escape its control characters."""
    return escape_controls(re.sub(_SPACES, " ", text))


def paragraphs(text: str) -> list[str]:
    """Split a text into paragraphs, each on one line, and escape their control characters."""
    return [one_line(part) for part in re.split(_BLANK_LINES, text) if part.strip()]


def escape_markdown(text: str) -> str:
    """Escape everything that Markdown or HTML would interpret."""
    return re.sub(_MARKDOWN, r"\\\1", text)


def is_web_address(text: str | None) -> bool:
    """Tell whether a text can become a link: http or https, without hidden characters."""
    if text is None or re.search(_UNSAFE, text):
        return False
    return re.fullmatch(_ADDRESS, text, re.IGNORECASE) is not None


def guard_formula(text: str) -> str:
    """Put a quote before a cell that a spreadsheet would run as a formula (OWASP, CSV injection)."""
    risky = text[:1] in _RISKY and not re.fullmatch(_NUMBER, text)
    return f"'{text}" if risky or text.startswith("'") else text


def unguard_formula(text: str) -> str:
    """Undo `guard_formula`. A quote that it would not have added stays."""
    return text[1:] if text.startswith("'") and guard_formula(text[1:]) == text else text


def escape_tsv(text: str) -> str:
    r"""Escape a cell of tab-separated text: tab, newline and backslash become ``\t``, ``\n`` and ``\\``."""
    return text.translate(_ESCAPED)


def unescape_tsv(text: str) -> str:
    """Undo `escape_tsv`. A backslash that it would not have added stays."""
    if "\\" not in text:
        return text
    plain = {written: char for char, written in _ESCAPES.items()}
    return re.sub(r"\\[tnr\\]", lambda found: plain[found[0]], text)
