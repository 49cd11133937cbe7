"""The text layer of PDFs: paragraphs out of lines, and a plain word for each kind that has none."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest

from scamcli.errors import DataError
from scamcli.ingest.reading import read
from scamcli.ingest.reading.pdf import join_pages
from tests.helpers.pdf_files import pdf, with_contents

_PAGES = (
    [
        "Harbour watch, monthly report",
        "A year of raids",
        "By Ann Example, 5 January 2024",
        "Between April and October 2023 our hotline took calls from three compounds near the river",
        "crossing. What follows is the log that we gave to the authorities; all names were with-",
        "held. The port has an anti-",
        "trafficking unit since then.",
        "September 19, 2022",
        "Police enter a four-storey building in the port district and free 64 people, among them 31",
        "1",
    ],
    [
        "Harbour watch, monthly report",
        "Vietnamese, the provincial police chief says.",
        "October 2, 2022 – The ministry says that it has received 118 complaints in six months, more than",
        "half of them from one province.",
        "• Three are held before trial, says the court, in a statement that it gave to reporters on that",
        "evening.",
        "• Two are released.",
        "2",
    ],
    ["Harbour watch, monthly report", "2023", "The last page speaks of nothing that is new.", "3"],
)
_TEXT = """\
A year of raids

By Ann Example, 5 January 2024

Between April and October 2023 our hotline took calls from three compounds near the river crossing. What follows is \
the log that we gave to the authorities; all names were withheld. The port has an anti-trafficking unit since then.

September 19, 2022

Police enter a four-storey building in the port district and free 64 people, among them 31 Vietnamese, the provincial \
police chief says.

October 2, 2022 – The ministry says that it has received 118 complaints in six months, more than half of them from one \
province.

• Three are held before trial, says the court, in a statement that it gave to reporters on that evening.

• Two are released.

2023

The last page speaks of nothing that is new.
"""


def test_lines_become_paragraphs() -> None:
    document = read(pdf(*_PAGES, title="A year of raids"), "a.pdf")
    assert document.text == _TEXT
    assert document.about.title == "A year of raids"
    assert document.about.published == "2024-01-05"
    assert document.notes == ('Left out lines that are repeated on most pages: "Harbour watch, monthly report".',)


@pytest.mark.parametrize("title", ["Microsoft Word - raids.doc", "raids_final.indd", "untitled"])
def test_the_name_of_a_program_or_file_is_no_title(title: str) -> None:
    assert read(pdf(["A year of raids", "", "Text of it."], title=title), "a.pdf").about.title != title


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["a four-", "storey house and a four-storey hotel"], "a four-storey house and a four-storey hotel\n"),
        (["the com-", "pound"], "the compound\n"),
        (["the com\u00ad", "Pound"], "the comPound\n"),
        (["June–", "December 2021"], "June–December 2021\n"),
        (["ជួយសង្គ្រោះ", "ជនរងគ្រោះ"], "ជួយសង្គ្រោះជនរងគ្រោះ\n"),
        (["one", "", "two"], "one\n\ntwo\n"),
        (["5 and", "6 of", "7."], "5 and 6 of 7.\n"),
    ],
)
def test_joining(lines: list[str], text: str) -> None:
    assert join_pages(["\n".join(lines)])[0] == text


def test_pages_that_are_alike_lose_nothing() -> None:
    assert join_pages(["All that there is\n"] * 4)[0].count("All that there is") == 4


def test_a_page_without_text_is_noted() -> None:
    document = read(with_contents(b"q Q", b"BT /F1 11 Tf 50 700 Td (Police freed 64 people) Tj ET"), "a.pdf")
    assert document.text == "Police freed 64 people\n"
    assert document.notes == ("Pages without text: 1.",)


def _locked(password: str) -> bytes:
    writer = pypdf.PdfWriter()
    writer.append(BytesIO(pdf(["Police freed 64 people"])))
    writer.encrypt(password, owner_password="only the author knows", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_one_that_only_its_author_may_change_is_read() -> None:
    assert read(_locked(""), "a.pdf").text == "Police freed 64 people\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (_locked("a password"), "a.pdf is encrypted"),
        (with_contents(b"q 1 0 0 1 0 0 cm Q"), "a.pdf has no text layer"),
        (pdf(["Police freed 64 people"])[:300], "a.pdf is a PDF that cannot be read"),
        (b"%PDF-1.4\n" + bytes(range(256)) * 20, "a.pdf is a PDF that cannot be read"),
        (pdf(*[["a"]] * 2001), "a.pdf has more than 2,000 pages."),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, words: str) -> None:
    with pytest.raises(DataError) as raised:
        read(data, "a.pdf")
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)
