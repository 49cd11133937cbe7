"""Read text in overlapping pieces, in every encoding that it may have, and without its markup."""

from __future__ import annotations

import codecs
import quopri
import re
from functools import partial
from typing import IO, TYPE_CHECKING

from scamcli.store.file_search import rtf
from scamcli.store.file_search.parts import NotSearchedError, outside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_CHUNK = 1 << 20
_OVERLAP = 10_000
"""Characters that two pieces have in common, so that a name is whole in one of them, also with markup within it."""

_HEAD = 4096
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, because its mark begins with that of UTF-16
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_STATED = re.compile(
    rb"(?i)(?:<meta\b[^>]{0,200}?\bcharset|<\?xml\b[^>]{0,200}?\bencoding)\s*=\s*[\"']?\s*([a-z0-9_:-]{2,40})"
)
_ENCODINGS = (
    "ascii", "big5", "cp", "euc_", "gb", "hz", "iso2022", "iso8859", "johab", "koi8", "mac", "shift_jis",
    "tis-620", "utf-",
)  # fmt: skip
"""Encodings of texts, by the start of their names. Python has others that are slow or not for text."""

_TAG = re.compile(r"<[^<>]*>")
_BLOCK = re.compile(
    r"(?i)</?(?:[\w-]+:)?(?:p|br|tr|td|th|li|div|h[1-6]?|si|c|v|tab|cr|s|line-break|row|title|table-cell)\b[^<>]*>"
)
"""Tags of HTML and of office files that end a word. Others may be within one, where its style changes."""

_ENCODED = re.compile(
    r"(?:[A-Za-z0-9+/]{60,}={0,2}(?:\s|\\[rn]){0,3}){4}|(?i:;base64[,:]|encoding=(?:b|base64)\b|\bdata:[a-z]+/[\w.+-]+[;,]|atob\("
    r"|<pkg:binaryData|\\datastore)|^begin [0-7]{3,4} |^=ybegin |<!ENTITY ",
    re.MULTILINE,
)
"""What stands for something else: base64, such as a picture within a page, uuencode, yEnc, and entities of XML.

Lines of base64 may end in JSON as that writes it, with the letters ``\\n``.
"""

_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_WITHIN_WORDS = re.compile(r"(?i)(<(?:w:del|(?:w:)?rt|rp)\b[^<>]*(?<!/)>)|</(?:w:del|(?:w:)?rt|rp)>")
"""What may stand in the middle of a word: a text that somebody deleted in an office file, and how a word is spoken.

Pages and office files write the sound of Chinese and Japanese letters above each of them (``rt``, ``rp``: ruby text).
"""

_PRINTED = re.compile(r"<(?:odd|even|first)(?:Header|Footer)>([^<]*)")
_PRINTED_CODE = re.compile(r"&amp;(?:(?:&quot;|\").*?(?:&quot;|\")|K(?:[0-9A-F]{6}|\d\d[+-]\d{3})|\d+|[A-Z])")
"""What stands above or below the pages of an Excel sheet, and codes in it, such as ``&C`` for the centre."""

_FOLDED = re.compile(r"=?\r?\n[ \t]")
"""How a calendar or a contact card (RFC 5545, RFC 6350) divides a long line, also within a word."""

_ARMOUR = re.compile(r"-----BEGIN (?:PGP MESSAGE|AGE ENCRYPTED FILE)-----")

_SEVEN_BITS = {
    "iso2022_jp_ext": re.compile(rb"\x1b[$]"),
    "iso2022_kr": re.compile(rb"\x1b[$]\)C"),
    "hz": re.compile(rb"~\{"),
    "utf-7": re.compile(rb"[+](?!\d{3})[A-Za-z0-9+/]{3}"),  # not a telephone number
}
"""Encodings whose bytes are those of ASCII, and what begins letters of other scripts in them."""

_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932", "euc_kr": "cp949"}
"""What texts are in that state one of these encodings, as browsers read them (WHATWG Encoding Standard)."""


def pieces(stream: IO[bytes], stated: str | None) -> Iterator[str | NotSearchedError]:
    """Yield the text in a stream, and what could not be read of it.

    Args:
        stream: the text.
        stated: its encoding, if it is known from elsewhere.
    """
    head = stream.read(_HEAD)
    stream.seek(0)
    more = _more_readings(head)
    yield from _problems(head, stated)
    decoders = [codecs.getincrementaldecoder(one)("replace") for one in _encodings(head, stated)]
    before, bytes_before = [""] * len(decoders), b""
    while chunk := stream.read(_CHUNK):
        found = [text + decoder.decode(chunk) for text, decoder in zip(before, decoders, strict=True)]
        for text in as_text(bytes_before + chunk, found):
            if isinstance(text, NotSearchedError):
                yield text
                continue
            yield from _without_markup(text)
            for reading in more:
                yield from reading(text)
        if _ENCODED.search(found[0]):
            yield NotSearchedError("something encoded within a text")
        if _ARMOUR.search(found[0]):
            yield NotSearchedError("encrypted")
        before, bytes_before = [text[-_OVERLAP:] for text in found], chunk[-_OVERLAP:]


def as_text(data: bytes, decoded: Sequence[str] = ()) -> Iterator[str | NotSearchedError]:
    """Yield a text in each encoding that it may have, and whether its encoding is unknown.

    Args:
        data: the text.
        decoded: the same in the encodings that are known, or nothing if only UTF-8 is likely.
    """
    found = list(decoded) or [data.decode(errors="replace")]
    if all("\ufffd" in text for text in found):
        found.append(data.decode("cp1252", "replace"))
        yield NotSearchedError("a text whose encoding is unknown")
    if data.isascii():
        found += [data.decode(one, "replace") for one, begins in _SEVEN_BITS.items() if begins.search(data)]
    yield from dict.fromkeys(found)


def _problems(head: bytes, stated: str | None) -> Iterator[NotSearchedError]:
    if head.startswith(b"%!"):
        yield NotSearchedError("PostScript")
    if stated and known_encoding(stated) is None:
        yield NotSearchedError("a text whose encoding is unknown")


def _more_readings(head: bytes) -> list[Callable[[str], Iterable[str]]]:
    """Return what else a text of this kind says, if its marks are read as its programs do."""
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(b"{\\rt"):
        return [partial(rtf.readings, head=head.decode("latin-1"))]
    found: list[Callable[[str], Iterable[str]]] = []
    if head.lstrip().upper().startswith(b"BEGIN:V"):
        found.append(lambda text: [_FOLDED.sub("", text)])
    if b"quoted-printable" in head.lower():
        found.append(lambda text: [quopri.decodestring(text.encode()).decode(errors="replace")])
    return found


def _encodings(head: bytes, stated: str | None) -> list[str]:
    """Return the encodings to try: by its mark, or else UTF-8 and what is stated, which is often wrong."""
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            return [encoding]
    found = _STATED.search(head)
    words = [stated, found[1].decode("ascii") if found else None]
    return list(dict.fromkeys(["utf-8", *filter(None, map(known_encoding, filter(None, words)))]))


def known_encoding(word: str) -> str | None:
    """Return the encoding to read a text that states this one; ``None`` if it is unknown."""
    try:
        name = codecs.lookup(word).name
    except (LookupError, ValueError):
        return None
    name = _WIDER.get(name, name)
    return name if name.startswith(_ENCODINGS) and name not in {"utf-7", "utf-16", "utf-32"} else None


def _without_markup(text: str) -> Iterator[str]:
    """Yield a text as it is, or the text between tags, once divided by them and once joined, and the tags."""
    text = _CDATA.sub(r"\1", text)
    tags = _TAG.findall(text)
    if not tags:
        yield text
        return
    yield _TAG.sub(" ", text)
    for one in dict.fromkeys([text, "".join(outside(text, _WITHIN_WORDS))]):
        yield _TAG.sub("", _BLOCK.sub("\n", one))
    for printed in _PRINTED.findall(text):
        yield from (_PRINTED_CODE.sub(between, printed) for between in ("", " "))
    yield "\n".join(dict.fromkeys(tags))
