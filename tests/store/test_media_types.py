"""The media type of a file comes from its content, and only of a text also from its name."""

from __future__ import annotations

import gzip
import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from scamcli.store.media_types import media_type

if TYPE_CHECKING:
    from pathlib import Path


def archive(**members: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as writer:
        for name, content in members.items():
            writer.writestr(name, content)
    return made.getvalue()


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = b"<!-- saved --><!DOCTYPE html><html><body>x"
MAIL = b"Return-Path: <a@example.org>\r\nReceived: from x\r\n by y\r\nSubject: x\r\n\r\nhi"
KINDS = [
    ("a.pdf", b"%PDF-1.7\n", "application/pdf"),
    ("a.jpg", HTML, "text/html"),  # a page that somebody has renamed
    ("a", b"\xff\xd8\xff\xe0\0\x10JFIF\0", "image/jpeg"),
    ("a.mp4", b"\0\0\0\x18ftypisom\0\0\2\0", "video/mp4"),
    ("a.mp3", b"ID3\3\0\0\0\0\0\x21", "audio/mpeg"),
    ("a.warc", b"WARC/1.1\r\nWARC-Type: warcinfo\r\n", "application/warc"),
    ("a.gz", gzip.compress(b"text"), "application/gzip"),
    ("a.docx", archive(**{"[Content_Types].xml": "", "word/document.xml": ""}), DOCX),
    ("a.zip", archive(**{"a.txt": "x"}), "application/zip"),
    ("a.eml", MAIL, "message/rfc822"),
    ("a.json", b'{"a": 1}', "application/json"),
    ("a.csv", b"a,b\n", "text/csv"),
    ("a", "សួស្តី".encode(), "text/plain"),
    ("a.txt", b"\0\1\2 no text", "application/octet-stream"),
    ("a", b"", "application/octet-stream"),
]


# Without ids, each name would contain the bytes of the file, of which some archives have the time of their creation.
@pytest.mark.parametrize(("name", "content", "wanted"), KINDS, ids=[f"{name}, {wanted}" for name, _, wanted in KINDS])
def test_media_types(name: str, content: bytes, wanted: str, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    assert media_type(file, name) == wanted
