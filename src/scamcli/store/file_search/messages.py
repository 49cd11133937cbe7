"""Read e-mails and mailboxes: headers, texts and attachments, decoded."""

from __future__ import annotations

import io
from codecs import BOM_UTF8
from email import message_from_binary_file
from email.header import decode_header
from email.message import Message
from email.policy import compat32, default
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, cast

from scamcli.store.bounded_reads import BoundedReader
from scamcli.store.file_search.parts import NotSearchedError, Part
from scamcli.store.file_search.text_pieces import as_text, known_encoding, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_MESSAGE = 100 << 20
"""The largest e-mail that is decoded, in bytes, because the parser keeps it in memory."""

_HEAD = 4096
_LINE = 1 << 20

_ENCODINGS = {"7bit", "8bit", "binary", "base64", "quoted-printable", "x-uuencode", "uuencode", "uue", "x-uue"}
"""The encodings that the library undoes."""


def of_message(stream: IO[bytes], _name: str) -> Iterator[Part | str | NotSearchedError]:
    """Yield the headers of an e-mail and of its parts, and each part, decoded."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if size > LARGEST_MESSAGE:
        yield NotSearchedError(f"an e-mail of more than {LARGEST_MESSAGE >> 20} MiB")
        yield from pieces(stream, None)
        return
    parts = list[Message]()
    is_damaged = b"\r\r\n" in stream.read(_HEAD)  # the parser takes the end of such a line for two
    stream.seek(0)
    try:
        parts += message_from_binary_file(stream, policy=compat32).walk()
    except Exception:  # for example, parts are nested too deeply for the parser
        is_damaged = True
    for part in parts:
        yield from _of_part(part)
        is_damaged = is_damaged or bool(part.defects)  # also those that the library met when it decoded the part
    if is_damaged:  # a part may be where the parser did not expect it
        stream.seek(0)
        yield from pieces(stream, None)
        yield NotSearchedError("damaged")


def _of_part(part: Message) -> Iterator[Part | str | NotSearchedError]:
    """Yield the headers of a part, what stands around the parts within it, and its content."""
    written, decoded = _headers(part)
    yield from as_text(written)
    yield from as_text(decoded.encode(errors="replace"))
    yield from as_text(_as_bytes(f"{part.preamble or ''}\n{part.epilogue or ''}"))
    encoding = str(part.get("Content-Transfer-Encoding") or "7bit").strip().lower()
    if encoding not in _ENCODINGS:
        yield NotSearchedError("a part that is encoded in an unknown way")
    del part["Content-Transfer-Encoding"]
    part["Content-Transfer-Encoding"] = encoding  # without spaces around it, which the library would not ignore
    if not part.is_multipart():
        yield _decoded(part)


def _headers(part: Message) -> tuple[bytes, str]:
    """Return the headers of a part as they are, and decoded. Many programs write UTF-8 there, though they must not."""
    written, decoded = [_as_bytes(part.get_unixfrom() or "")], list[str]()
    for key, value in part.raw_items():
        plain = _as_bytes(str(value))
        written.append(_as_bytes(key) + b": " + plain)
        for decode in (partial(default.header_fetch_parse, key), _without_encoded_words):
            try:
                decoded.append(str(decode(plain.decode(errors="replace"))))
            except Exception:  # both parsers fail in many ways at headers that are damaged; the plain one is searched
                continue
    return b"\n".join(written), "\n".join(decoded)


def _without_encoded_words(header: str) -> str:
    """Return a header with its encoded words (RFC 2047) decoded, also if two of them divide a word or a letter.

    The parser of ``email.policy.default`` puts a space between two of them in an address.
    """
    decoded = ""
    for words, charset in decode_header(header):
        if isinstance(words, str):
            decoded += words
        elif charset is None:
            decoded += words.decode("raw-unicode-escape", "replace")
        else:  # it may state a language, as RFC 2231 allows
            decoded += words.decode(known_encoding(charset.partition("*")[0]) or "ascii", "replace")
    return decoded


def _as_bytes(text: str) -> bytes:
    """Return the bytes that the library read a text from."""
    return text.encode(errors="surrogateescape")


def _decoded(part: Message) -> Part:
    content, charset = part.get_payload(decode=True), part.get_content_charset()
    data = content if isinstance(content, bytes) else b""
    if charset and charset.replace("_", "-").startswith(("utf-16", "utf-32")):  # looks like no text
        data, charset = data.decode(charset, "replace").encode(), None
    name = part.get_filename() or ("part.txt" if part.get_content_maintype() == "text" else "")
    return Part(name, io.BytesIO(data), charset)


def of_apple_message(stream: IO[bytes], _name: str) -> Iterator[Part]:
    """Yield the e-mail in a file of Apple Mail (.emlx), whose first line is its size in bytes, and what follows it."""
    first = stream.readline(_HEAD)
    if first.strip().isdigit():
        yield Part("message.eml", io.BytesIO(stream.read(min(int(first), LARGEST_MESSAGE))))
    else:
        stream.seek(0)
    yield Part("", BoundedReader(stream))


def of_mailbox(stream: IO[bytes], _name: str) -> Iterator[Part | str | NotSearchedError]:
    """Yield what stands before the e-mails of a mailbox (mbox), and each e-mail with the line above it.

    ``mailbox`` of Python needs a path, and opens it to write.
    """
    if stream.read(len(BOM_UTF8)) != BOM_UTF8:
        stream.seek(0)
    line, is_in_message = b"", False
    while line or not is_in_message:
        yield from as_text(line)
        with SpooledTemporaryFile(LARGEST_MESSAGE) as copy:
            line = _copy_to_next_message(stream, cast("IO[bytes]", copy), is_in_message=is_in_message)
            copy.seek(0)
            yield Part("message.eml" if is_in_message else "", cast("IO[bytes]", copy))
        is_in_message = True


def _copy_to_next_message(stream: IO[bytes], copy: IO[bytes], *, is_in_message: bool) -> bytes:
    """Copy lines up to the beginning of the next message, and return that line, or nothing at the end."""
    may_begin = not is_in_message
    while line := stream.readline(_LINE):
        if may_begin and line.startswith(b"From "):
            return line
        may_begin = not is_in_message or not line.strip()
        copy.write(line)
    return b""
