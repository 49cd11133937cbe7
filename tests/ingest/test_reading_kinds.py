"""What a file is, by its content: its encoding, or the plain word for why it is not read."""

from __future__ import annotations

import codecs
import random
import subprocess
import sys

import pytest

from scamcli.errors import DataError
from scamcli.ingest.proposal import Metadata
from scamcli.ingest.reading import read
from scamcli.records import limits

_WORDS = "Police freed 64 people in Préah town, the café owner said.\n"
_KHMER = "ថ្ងៃទី១៩ ខែកញ្ញា ឆ្នាំ២០២២\n\nសមត្ថកិច្ច\u200bបាន\u200bជួយសង្គ្រោះ ១៨ នាក់។\n"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (_WORDS.encode(), _WORDS),
        (codecs.BOM_UTF8 + _WORDS.encode(), _WORDS),
        (codecs.BOM_UTF16_LE + _WORDS.encode("utf-16-le"), _WORDS),
        (codecs.BOM_UTF16_BE + _WORDS.encode("utf-16-be"), _WORDS),
        (codecs.BOM_UTF32_LE + _WORDS.encode("utf-32-le"), _WORDS),
        (b"one\r\ntwo\rthree\n\r\nfour", "one\ntwo\nthree\n\nfour"),
        (b"freed twenty-\r\n  five, and\nsoft\xc2\xad\nly", "freed twenty-five,\n   and\nsoftly\xad\n"),
        (b"> Quil-\n> limex\nQUIL-\nLIMEX", "> Quil-limex\n> \nQUIL-LIMEX\n"),
        (b"7 March-\nPolice freed 64 -\nall\n- a-\n- b", "7 March-\nPolice freed 64 -\nall\n- a-\n- b"),
        (_KHMER.encode(), _KHMER),
        ("西港 园区 2022年9月19日 \U0001f6a8".encode(), "西港 园区 2022年9月19日 \U0001f6a8"),
        (b"# *Freed*\r\n\r\n- [64](x) people \\& more", "# *Freed*\n\n- [64](x) people \\& more"),
        (b"BMW and MZ and GIF8 are words here", "BMW and MZ and GIF8 are words here"),
        (b"  <3 is no tag", "  <3 is no tag"),
    ],
)
def test_text_stays_as_written_but_for_line_ends(data: bytes, text: str) -> None:
    document = read(data, "a.md")
    assert document.text == text
    assert document.notes == ()


def test_windows_1252_is_read_and_said() -> None:
    text = "Police freed “64 people” in Préah town – for 20 €, the owner said.\n"
    document = read(text.encode("cp1252"), "a.txt")
    assert document.text == text
    assert document.notes == ("The text is not UTF-8. It was read as Windows-1252, so check names with accents.",)
    assert read("Le préfet a déclaré.".encode("latin-1"), "-").text == "Le préfet a déclaré."


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.txt", "a.txt is empty"),
        (b" \n\t\r\n", "a.txt", "a.txt has no words"),
        (codecs.BOM_UTF8, "-", "The text on stdin has no words"),
        (b"PK\x03\x04\x14\0", "a.docx", "a.docx is a ZIP archive such as .docx, .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a.doc", "an old office file"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a.html", "a PNG picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a", "a JPEG picture"),
        (b"GIF89a\x01\0\x01\0\0", "a", "a GIF picture"),
        (b"SQLite format 3\0\x10\0", "timeline.db", "a SQLite database"),
        (b"\x7fELF\x02\x01\x01\0", "a", "a program"),
        (b"MZ\x90\0\x03\0\0\0\x04", "a.exe", "a program"),
        (b"\x1f\x8b\x08\0\0\0", "a.txt.gz", "a gzip archive"),
        (b"\0\0\0\x18ftypmp42", "a.mp4", "a film"),
        (b"{\\rtf1\\ansi Hello there}", "a.rtf", "an RTF document"),
        (b"From: <Saved by Blink>\r\nSnapshot-Content-Location: x", "a.mhtml", "a page saved as MHTML"),
        (b"one\0two", "a.txt", "a binary file (it has NUL bytes)"),
        (codecs.BOM_UTF16_LE + "a\0b".encode("utf-16-le"), "a.txt", "has NUL characters"),
        ("words of it".encode("utf-16-le"), "a.txt", "looks like UTF-16 without its byte order mark"),
        (codecs.BOM_UTF16_LE + b"a", "a.txt", "begins like UTF-16 but is not valid"),
        ("полиция освободила людей".encode("cp1251"), "a.txt", "is not UTF-8 (byte 0), and does not look like Latin-1"),
        ("警方在西港解救了六十四名外国人".encode("gbk"), "a.txt", "does not look like Latin-1 or Windows-1252"),
        (b'<?xml version="1.0"?><rss><channel/></rss>', "feed", "an XML file"),
        (random.Random(6).randbytes(5000), "a.txt", "a binary file"),
        (random.Random(6).randbytes(5000).replace(b"\0", b"\1"), "a.txt", "a binary file"),
        (b"a" * (limits.value("text") + 1), "a.txt", "a.txt has more than 8 MiB of text."),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, name: str, words: str) -> None:
    with pytest.raises(DataError) as raised:
        read(data, name)
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("data", "name", "is_page"),
    [
        (b"<!DOCTYPE html><html><body><p>Freed were 64 people.</p></body></html>", "a.txt", True),
        (b"\n<!-- saved -->\n<HTML><body><p>Freed were 64 people.</p></body></html>", "-", True),
        (b"<p>Freed were 64 people.</p>", "-", True),
        (b"<p>Freed were 64 people.</p>", "a.md", False),
        (b"words <b>in</b> a page", "a.html", True),
        (b"words without any tag", "a.html", False),
        (b"words about <html> and <body>", "a.txt", False),
    ],
)
def test_a_page_is_told_by_its_content_and_then_by_its_name(data: bytes, name: str, is_page: bool) -> None:
    assert ("<" not in read(data, name).text) is (is_page or b"<" not in data)


def test_what_is_given_counts_more_than_what_is_found() -> None:
    given = Metadata(outlet="Harbour Post", published="2024")
    about = read(b"A raid and its numbers\nBy Ann Example, 5 January 2024\n\nText.", "a.txt", given).about
    assert about == Metadata("A raid and its numbers", "Harbour Post", None, "2024")


def test_plain_text_loads_no_reader_of_pages() -> None:
    script = (
        "import sys; from scamcli.ingest.reading import plain_view, read;"
        "plain_view(read(b'A title of it\\n\\nBy Ann Example, 5 January 2024\\n\\n[64](x) *freed*.', 'a.md').text);"
        "print([m for m in ('trafilatura', 'pypdf', 'lxml', 'html', 'email', 'json', 'logging') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize(
    ("data", "extra", "missing"),
    [(b"<html><body>Hi there</body></html>", "html", "trafilatura"), (b"%PDF-1.4\nx", "pdf", "pypdf")],
)
def test_a_missing_extra_is_named(data: bytes, extra: str, missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(DataError) as raised:
        read(data, "a")
    assert f"pip install '.[{extra}]'" in raised.value.hint
