"""Read e-mails and mailboxes: headers, texts and attachments, decoded."""

from __future__ import annotations

import io
from email import message_from_binary_file
from email.message import Message
from email.policy import compat32, default
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, cast

from scamcli.store.file_search.parts import NotSearchedError, Part
from scamcli.store.file_search.text_pieces import pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_MESSAGE = 100 << 20
"""The largest e-mail that is decoded, in bytes, because the parser keeps it in memory."""

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
    is_damaged, parts = False, list[Message]()
    try:
        parts += message_from_binary_file(stream, policy=compat32).walk()
    except Exception:  # for example, parts are nested too deeply for the parser
        is_damaged = True
    for part in parts:
        yield "\n".join(_headers(part))
        yield f"{part.preamble or ''}\n{part.epilogue or ''}"
        is_damaged = is_damaged or bool(part.defects)
        if str(part.get("Content-Transfer-Encoding") or "7bit").strip().lower() not in _ENCODINGS:
            yield NotSearchedError("a part that is encoded in an unknown way")
        if not part.is_multipart():
            yield _decoded(part)
    if is_damaged:  # a part may be where the parser did not expect it
        stream.seek(0)
        yield from pieces(stream, None)
        yield NotSearchedError("damaged")


def _headers(part: Message) -> Iterator[str]:
    """Yield each header as it is, and decoded. Many programs write them in UTF-8, although they must not."""
    for key, value in part.raw_items():
        plain = str(value).encode(errors="surrogateescape").decode(errors="replace")
        yield f"{key}: {plain}"
        try:
            yield str(default.header_fetch_parse(key, plain))
        except Exception:  # the parser fails in many ways at headers that are damaged; the plain one is searched
            continue


def _decoded(part: Message) -> Part:
    content, charset = part.get_payload(decode=True), part.get_content_charset()
    data = content if isinstance(content, bytes) else b""
    if charset and charset.replace("_", "-").startswith(("utf-16", "utf-32")):  # looks like no text
        data, charset = data.decode(charset, "replace").encode(), None
    name = part.get_filename() or ("part.txt" if part.get_content_maintype() == "text" else "")
    return Part(name, io.BytesIO(data), charset)


def of_mailbox(stream: IO[bytes], _name: str) -> Iterator[Part]:
    """Yield the e-mails of a mailbox (mbox). ``mailbox`` of Python needs a path, and opens it to write."""
    while (line := stream.readline(_LINE)) and not line.startswith(b"From "):
        continue
    while line:
        with SpooledTemporaryFile(LARGEST_MESSAGE) as message:
            line = _copy_message(stream, cast("IO[bytes]", message))
            message.seek(0)
            yield Part("message.eml", cast("IO[bytes]", message))


def _copy_message(stream: IO[bytes], message: IO[bytes]) -> bytes:
    """Copy lines up to the beginning of the next message, and return that line, or nothing at the end."""
    is_after_empty = False
    while line := stream.readline(_LINE):
        if is_after_empty and line.startswith(b"From "):
            return line
        is_after_empty = not line.strip()
        message.write(line)
    return b""
