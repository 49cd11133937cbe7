"""Read the text of RTF without its control words (Rich Text Format Specification 1.9.1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "cp936", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250",
}  # fmt: skip
"""The encoding of each character set of a font."""

_HIDDEN = re.compile(r"\{\\(?:\*|footnote|annotation)[^{}]*\}")
"""A group that a program shows elsewhere or not at all, such as a bookmark in the middle of a name."""

_MARK = re.compile(
    r"(?P<bytes>(?:\\'[0-9a-fA-F]{2}[\r\n]*)+)"
    r"|\\u(?P<code>-?\d{1,5}) ?(?P<instead>(?:\\'[0-9a-fA-F]{2}|[^\\{}\r\n]){0,9})"
    r"|\\(?P<end>par|line|tab|cell|row|page|sect)(?![a-z]) ?"
    r"|\\[a-zA-Z]+-?\d* ?|\\(?P<mark>[\\{}~_*-])|[{}\r\n]"
)


def readings(text: str, head: str) -> Iterator[str]:
    """Yield a text in each encoding that its head names, without control words.

    It is read with and without its hidden groups, and with each group on its own line: the author of a document and the
    first word of its text are two groups, but so are two halves of a word of which one is bold.
    """
    encodings = {_CHARSETS.get(int(number), "cp1252") for number in re.findall(r"\\fcharset(\d{1,3})", head)}
    encodings |= {f"cp{number}" for number in re.findall(r"\\ansicpg(\d{1,5})", head)}
    for encoding in sorted(encodings) or ["cp1252"]:
        for instead in sorted({1, *map(int, re.findall(r"\\uc(\d)(?!\d)", head))}):
            joined = [_plain(one, encoding, instead) for one in (text, _HIDDEN.sub("", text))]
            yield from dict.fromkeys([*joined, _plain(text, encoding, instead, brace="\n")])


def _plain(text: str, encoding: str, instead: int, brace: str = "") -> str:
    """Return a text without control words.

    Args:
        text: the RTF.
        encoding: of bytes that are written as numbers.
        instead: how many characters for programs that do not know it follow a character by its number.
        brace: what stands for the beginning and the end of a group.
    """

    def put(found: re.Match[str]) -> str:
        if found["bytes"]:
            return bytes.fromhex(re.sub(r"[\\'\r\n]", "", found["bytes"])).decode(encoding, "replace")
        if found["code"]:
            after = re.findall(r"\\'..|.", found["instead"])
            return chr(int(found["code"]) % 0x10000) + _plain("".join(after[instead:]), encoding, instead)
        if found["mark"]:
            return {"~": " ", "_": "-", "-": "", "*": ""}.get(found["mark"], found["mark"])
        if found["end"]:
            return "\n"
        return brace if found[0] in "{}" else ""

    try:
        plain = _MARK.sub(put, text)
    except LookupError:
        return _plain(text, "cp1252", instead, brace)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
