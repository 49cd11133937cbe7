"""A name is found wherever it is in a file: in mails, archives and office files, and within each other.

The files are made by the programs that write them. All names are invented.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import struct
import tarfile
import zipfile
from base64 import b64encode, encodebytes
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamcli.records.masking import Masker, Protected
from scamcli.store.file_search import FileSearch
from tests.helpers.packed_files import (
    PDF_PLACES,
    docx,
    folded,
    forwarded,
    mail,
    mbox,
    odf,
    pdf_with,
    pptx,
    quoted_card,
    rtf,
    tarred,
    with_attached,
    with_file,
    xlsx,
    zipped,
)  # fmt: skip
from tests.helpers.pdf_files import pdf, with_contents

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAMES = ["Dara Veasna", "Żaneta Órłowska", "តារា វាសនា", "สมชาย ใจดี", "林美玲"]
DARA = NAMES[0]


def searched(folder: Path, name: str, content: bytes, wanted: str = DARA) -> tuple[bool, list[str]]:
    """Return whether a name is in a file, and what could not be read."""
    file = folder / "file"
    file.write_bytes(content)
    search = FileSearch(folder)
    masker = Masker([Protected(1, wanted, (wanted,))])
    is_there = [masker.named_in(text) != frozenset() for text in search.texts(file, name)]
    file.unlink()
    return any(is_there), list(search.problems)


def without_first(content: bytes) -> bytes:
    """Return a zip file whose list has lost its first member, as programs delete one."""
    start, end = content.index(b"PK\1\2"), content.index(b"PK\5\6")
    second = content.index(b"PK\1\2", start + 4)
    listed = content[second:end]
    return content[:start] + listed + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(listed), start, 0)


def deleted_within(name: str) -> str:
    """Return the XML of an office file that keeps what somebody deleted within a name."""
    return (
        f"<w:p><w:r><w:t>{name[:2]}</w:t></w:r><w:del><w:r><w:delText>XX</w:delText></w:r></w:del><w:t>{name[2:]}</w:t>"
    )


def with_extra(content: bytes) -> bytes:
    made, info = io.BytesIO(), zipfile.ZipInfo("a.txt")
    info.extra = struct.pack("<HH", 0x9999, len(content)) + content
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(info, b"Nothing.")
    return made.getvalue()


def padded(content: bytes) -> bytes:
    made = bytearray(tarred({"a.txt": b"Nothing."}))
    made[600 : 600 + len(content)] = content
    return bytes(made)


def drawn_backwards(name: str) -> bytes:
    """Return a PDF that draws the second word before the first, to the left of it, if the font has their letters."""
    if not name.isascii():
        return pdf_with(name, "note")
    first, last = name.split()
    return with_contents(
        f"BT /F1 9 Tf 1 0 0 1 90 500 Tm ({last}) Tj 1 0 0 1 300 300 Tm (else) Tj 1 0 0 1 50 500 Tm ({first} ) Tj"
        " ET".encode()
    )


def changed(content: bytes) -> bytes:
    """Return a PDF to which a program added a new version."""
    from pypdf import PdfWriter

    made, out = PdfWriter(io.BytesIO(content), incremental=True), io.BytesIO()
    made.pages[0].rotate(90)
    made.write(out)
    return out.getvalue()


def in_letters(letter: str) -> bytes:
    """Return a PDF with a font that says of each "a" that it is another letter."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, NameObject

    made, out = PdfWriter(io.BytesIO(pdf(["aaa"]))), io.BytesIO()
    letters = DecodedStreamObject()
    letters.set_data(b"1 beginbfchar\n<61> <%04X>\nendbfchar" % ord(letter))
    font = made.pages[0]["/Resources"]["/Font"]["/F1"]  # type: ignore[index]  # a font, not any object
    font[NameObject("/ToUnicode")] = made._add_object(letters)
    made.write(out)
    return out.getvalue()


JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1"

FILES: dict[str, tuple[str, Callable[[str, Path], bytes]]] = {
    "zip": ("a.zip", lambda name, _: zipped({"b/c.txt": name.encode()})),
    "zip, stored": ("a.zip", lambda name, _: zipped({"c.txt": name.encode()}, zipfile.ZIP_STORED)),
    "zip, bzip2": ("a.zip", lambda name, _: zipped({"c.txt": name.encode()}, zipfile.ZIP_BZIP2)),
    "zip, lzma": ("a.zip", lambda name, _: zipped({"c.txt": name.encode()}, zipfile.ZIP_LZMA)),
    "name of a member": ("a.zip", lambda name, _: zipped({f"{name}.txt": b"Nothing."})),
    "name of an empty folder": ("a.zip", lambda name, _: zipped({f"{name}/": b""})),
    "tar": ("a.tar", lambda name, _: tarred({"c.txt": name.encode()})),
    "tar.gz": ("a.tar.gz", lambda name, _: tarred({"c.txt": name.encode()}, "w:gz")),
    "tar.bz2": ("a.tar.bz2", lambda name, _: tarred({"c.txt": name.encode()}, "w:bz2")),
    "tgz under another name": ("a", lambda name, _: tarred({"c.txt": name.encode()}, "w:gz")),
    "name in a tar": ("a.tar", lambda name, _: tarred({f"{name}.txt": b""})),
    "gz": ("a.txt.gz", lambda name, _: gzip.compress(name.encode())),
    "text, base64": ("a.eml", lambda name, _: bytes(mail(name))),
    "text, quoted-printable": ("a.eml", lambda name, _: bytes(mail(name, cte="quoted-printable"))),
    "text, UTF-16": ("a.eml", lambda name, _: bytes(mail(name, charset="utf-16"))),
    "subject, RFC 2047": ("a.eml", lambda name, _: bytes(mail(subject=f"About {name}, again"))),
    "name of an attachment, RFC 2231": ("a.eml", lambda name, _: with_file(f"{name}.bin", b"\0\1")),
    "attached text": ("a.eml", lambda name, _: with_file("c.txt", name.encode())),
    "attached page": ("a.eml", lambda name, _: with_file("c.html", f"<html><p>{name}".encode(), "text/html")),
    "zip in a zip in a mail": (
        "a.eml",
        lambda name, _: with_file("c.zip", zipped({"d.zip": zipped({"e": name.encode()})})),
    ),
    "docx in a mail": ("a.eml", lambda name, _: with_file("c.docx", docx(name))),
    "forwarded mail": ("a.eml", lambda name, _: forwarded(mail(name))),
    "mail in a zip": ("a.zip", lambda name, _: zipped({"c.eml": with_file("d.txt", name.encode())})),
    "mbox": ("a.mbox", lambda name, folder: mbox(mail(), mail(name), folder=folder)),
    "mbox without an ending": ("Inbox", lambda name, folder: mbox(mail(), mail(name), folder=folder)),
    "attached to the last mail of an mbox": (
        "a.mbox",
        lambda name, folder: mbox(mail(), with_attached(name), folder=folder),
    ),
    "docx": ("a.docx", lambda name, _: docx(name)),
    "docx, runs within a word": ("a.docx", lambda name, _: docx(name[:1], name[1:])),
    "docx, header": ("a.docx", lambda name, _: docx(name, where="header")),
    "docx, author": ("a.docx", lambda name, _: docx(name, where="author")),
    "docx, cell": ("a.docx", lambda name, _: docx("Before", name, "after", where="cells")),
    "xlsx": ("a.xlsx", lambda name, _: xlsx(name)),
    "xlsx, sheet": ("a.xlsx", lambda name, _: xlsx(name, "sheet")),
    "xlsx, comment": ("a.xlsx", lambda name, _: xlsx(name, "comment")),
    "odt": ("a.odt", lambda name, _: odf(name, "text")),
    "ods": ("a.ods", lambda name, _: odf(f"<text:span>{name[:1]}</text:span>{name[1:]}", "spreadsheet")),
    "odp": ("a.odp", lambda name, _: odf(f"<draw:page draw:name='{name}'/>", "presentation")),
    "pptx": ("a.pptx", lambda name, _: pptx(name)),
    "UTF-16": ("a.txt", lambda name, _: name.encode("utf-16")),
    "page with entities and tags": (
        "a.html",
        lambda name, _: f"<html><b>{''.join(f'&#{ord(one)};' for one in name)}</b><td>x".encode(),
    ),
    "RTF": ("a.rtf", lambda name, _: rtf(name)),
    "RTF in a mail": ("a.eml", lambda name, _: with_file("a.rtf", rtf(name), "text/rtf")),
    "RTF with two characters instead": (
        "a.rtf", lambda name, _: "".join([r"{\rtf1\ansi\uc2 By ", *(f"\\u{ord(one)}xx" for one in name), " }"]).encode()
    ),
    "RTF after a mark": ("a.rtf", lambda name, _: b"\xef\xbb\xbf\n" + rtf(name)),
    "RTF, author": ("a.rtf", lambda name, _: in_rtf(r"{\info{\title Report}{\author %s}{\operator %s}}", name)),
    "RTF, author of a comment": ("a.rtf", lambda name, _: in_rtf(r"said{\*\atnid TG}{\*\atnauthor %s}\chatn so", name)),
    "CDATA": ("a.xml", lambda name, _: f"<a>{name[:2]}<![CDATA[{name[2:]}]]></a>".encode()),
    "docx with a deletion": (
        "a.docx", lambda name, _: zipped({"word/document.xml": deleted_within(name).encode()})
    ),
    "page with sounds above letters": ("a.html", lambda name, _: f"<ruby>{spoken(name)}</ruby>".encode()),
    "docx with sounds above letters": (
        "a.docx", lambda name, _: zipped({"word/document.xml": spoken(name).replace("rt>", "w:rt>").encode()})
    ),
    "PDF, comment": ("a.pdf", lambda name, _: pdf(["Nothing."]).replace(b"\n", f"\n% by {name}\n".encode(), 1)),
    "PDF, trailer": (
        "a.pdf", lambda name, _: pdf(["Nothing."]).replace(b"/Root", b"/By <%s> /Root" % as_numbers(name))
    ),
    "PDF, description of letters": (
        "a.pdf", lambda name, _: with_contents(b"/Span <</ActualText <%s>>> BDC EMC" % as_numbers(name))
    ),
    "PDF, description of a picture": (
        "a.pdf", lambda name, _: with_contents(b"/Figure <</Alt <%s>>> BDC EMC" % as_numbers(f"Photo of {name}"))
    ),
    "extra field of a zip": ("a.zip", lambda name, _: with_extra(f" {name} ".encode())),
    "padding in a tar": ("a.tar", lambda name, _: padded(f" {name} ".encode())),
    "PDF drawn in another order": ("a.pdf", lambda name, _: drawn_backwards(name)),
    "calendar": ("a.ics", lambda name, _: folded(name)),
    "card": ("a.vcf", lambda name, _: folded(name, "VCARD")),
    "card, quoted-printable": ("a.vcf", lambda name, _: quoted_card(name)),
    "before a zip": ("a.zip", lambda name, _: f"{name} ".encode() + zipped({"b.txt": b"Nothing."})),
    "after a zip": ("a.zip", lambda name, _: zipped({"b.txt": b"Nothing."}) + f" {name}".encode()),
    "zip before a zip": ("a.zip", lambda name, _: zipped({"b": name.encode()}) + zipped({"b.txt": b"Nothing."})),
    "PDF and zip": ("a.pdf", lambda name, _: pdf(["Nothing."]) + zipped({"b.txt": name.encode()})),
    "picture and zip": ("a.jpg", lambda name, _: JPEG + zipped({"b.txt": name.encode()})),
    "after a PDF": ("a.pdf", lambda name, _: pdf(["Nothing."]) + f"\n{name}\n".encode()),
    "before a PDF": ("a.pdf", lambda name, _: f"{name}\n".encode() + pdf(["Nothing."])),
    "page and PDF": ("a.html", lambda name, _: b"<html>" + pdf_with(name, "attached")),
    **{f"PDF, {one}": ("a.pdf", partial(lambda one, name, _: pdf_with(name, one), one)) for one in PDF_PLACES},
    "mailbox without a message": ("a.mbox", lambda name, _: f"Dear reader,\n\n{name} came.\n".encode()),
    "mailbox in UTF-16 without a message": ("a.mbox", lambda name, _: f"Dear reader,\n\n{name}\n".encode("utf-16")),
    "before the first message of a mailbox": ("a.mbox", lambda name, _: f"{name}\n\n{MAILBOX}".encode()),
    "mailbox after a mark": (
        "a.mbox", lambda name, folder: b"\xef\xbb\xbf" + mbox(mail(name), folder=folder)
    ),
    "sender on the envelope": ("a.mbox", lambda name, _: MAILBOX.replace("a@", f"{name}@").encode()),
    "sender on the envelope of a mail": ("a.eml", lambda name, _: MAILBOX.replace("a@", f"{name}@").encode()),
    "line of a mail that looks like an envelope": (
        "a.mbox", lambda name, _: f"{MAILBOX}\n\nFrom {name} I heard it.\n\nMore.\n".encode()
    ),
    "sender in encoded words that divide a word": (
        "a.eml", lambda name, _: mail_from(encoded_words(name, len(name[:3].encode())))
    ),
    "sender in encoded words that divide a letter": ("a.eml", lambda name, _: mail_from(encoded_words(name, 4))),
    "before the parts of a mail": (
        "a.eml", lambda name, _: with_file("c.txt", b"Nothing.").replace(b"\n\n--", f"\n\n{name}\n--".encode(), 1)
    ),
    "xlsx, header": ("a.xlsx", lambda name, _: xlsx(name, "header")),
    "encoding of a mail with a space after it": (
        "a.eml", lambda name, _: bytes(mail(name)).replace(b"Encoding: base64", b"Encoding: base64 ")
    ),
    "Apple Mail": ("a.emlx", lambda name, _: apple_mail(bytes(mail(subject=name)))),
    "Apple Mail, base64": ("a.emlx", lambda name, _: apple_mail(bytes(mail(name)))),
    "after a mail of Apple Mail": ("a.emlx", lambda name, _: apple_mail(bytes(mail())) + f"<p>{name}".encode()),
    "group in a tar": ("a.tar", lambda name, _: tarred_by_group(name)),
    "name of a second gz": ("a.gz", lambda name, _: gzip.compress(b"Nothing.") + named_gzip(f"{name}.txt".encode())),
    "comment of a gz": ("a.gz", lambda name, _: named_gzip(f"{name}.txt".encode(), flag=16)),
    "JSON": ("a.json", lambda name, _: b'{"a": "' + name.encode("ascii", "backslashreplace") + b'"}'),
}  # fmt: skip


MAILBOX = "From a@example.org Mon Jan  1 00:00:00 2024\nSubject: Hello\n\nNothing.\n"


def encoded_words(text: str, at: int) -> bytes:
    """Return a text as two encoded words of RFC 2047, divided after some bytes."""
    data = text.encode()
    return b"\n ".join(b"=?UTF-8?B?%s?=" % b64encode(one) for one in (data[:at], data[at:]))


def mail_from(sender: bytes) -> bytes:
    return b"From: %s <a@example.org>\nSubject: Hello\n\nNothing.\n" % sender


def apple_mail(content: bytes) -> bytes:
    return b"%-10d\n%s<?xml version='1.0'?><plist/>" % (len(content), content)


def named_gzip(name: bytes, flag: int = 8) -> bytes:
    packed = gzip.compress(b"Nothing.")
    return packed[:3] + bytes([flag]) + packed[4:10] + name + b"\0" + packed[10:]


def tarred_by_group(name: str) -> bytes:
    """Return a tar archive whose only member belongs to a group of this name."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo("a.txt")
        info.gname = name
        archive.addfile(info)
    return made.getvalue()


def in_rtf(around: str, name: str) -> bytes:
    """Return a document with a name, written by numbers, in groups of RTF."""
    written = "".join(f"\\u{ord(one)}?" if ord(one) > 127 else one for one in name)
    return (r"{\rtf1\ansi" + around.replace("%s", written) + r"\pard A report.\par}").encode()


def spoken(name: str) -> str:
    return "".join(f"{one}<rt>so</rt>" for one in name)


def as_numbers(text: str) -> bytes:
    return b"FEFF" + text.encode("utf-16-be").hex().encode()


@pytest.mark.parametrize(("number", "what"), list(enumerate(FILES)))
def test_a_name_is_found(number: int, what: str, tmp_path: Path) -> None:
    file, make = FILES[what]
    name = NAMES[number % len(NAMES)]
    assert searched(tmp_path, file, make(name, tmp_path), name)[0], name
    assert not searched(tmp_path, file, make("Somebody Else", tmp_path), name)[0]


@pytest.mark.thorough
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("what", FILES)
def test_each_name_is_found(what: str, name: str, tmp_path: Path) -> None:
    file, make = FILES[what]
    assert searched(tmp_path, file, make(name, tmp_path), name)[0]


def test_a_pdf_is_searched_with_its_running_heads_and_what_is_noted_about_it(tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    pages = [[DARA, f"Page {number} tells of something else."] for number in range(1, 6)]
    assert searched(tmp_path, "a.pdf", pdf(*pages)) == (True, [])
    assert searched(tmp_path, "a.pdf", pdf(["Nothing."], title=DARA)) == (True, [])
    assert searched(tmp_path, "a.pdf", pdf(["Nothing."], [])) == (False, ["pages without text"])
    writer, out = pypdf.PdfWriter(io.BytesIO(pdf(["Nothing."]))), io.BytesIO()
    writer.add_attachment("a.txt", b"attached")
    writer.write(out)
    assert searched(tmp_path, "a.pdf", out.getvalue()) == (False, [])
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert searched(tmp_path, "a.pdf", out.getvalue()) == (False, ["a PDF is encrypted"])


def test_the_appearance_of_a_note_is_read_as_a_page_is(tmp_path: Path) -> None:
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, NameObject

    made, out = PdfWriter(io.BytesIO(pdf(["Nothing."]))), io.BytesIO()
    shown = DecodedStreamObject()
    shown.set_data(b"BT /F1 9 Tf [(Da) -20 (ra Vea) 30 (sna)] TJ ET")
    shown.update({NameObject("/Subtype"): NameObject("/Form"), NameObject("/Resources"): made.pages[0]["/Resources"]})
    made.pages[0][NameObject("/Shown")] = made._add_object(shown)
    made.write(out)
    assert searched(tmp_path, "a.pdf", out.getvalue()) == (True, [])


@pytest.mark.parametrize(("name", "charset"), [(NAMES[1], 238), (NAMES[3], 222)])
def test_letters_of_rtf_have_the_encoding_of_their_font(name: str, charset: int, tmp_path: Path) -> None:
    assert searched(tmp_path, "a.rtf", rtf(name, charset), name) == (True, [])
    assert searched(tmp_path, "a.rtf", rtf("Somebody", charset), name) == (False, [])


@pytest.mark.parametrize("encoding", ["iso2022_jp", "iso2022_kr", "hz", "utf-7"])
@pytest.mark.parametrize("before", [0, 9000, 2**19])
def test_a_text_in_an_encoding_with_the_bytes_of_ascii_is_read(encoding: str, before: int, tmp_path: Path) -> None:
    name = NAMES[4]
    content = f"{'. ' * before} 1 + 1 ~ 2 {name} came.\n".encode(encoding)
    for file, head in (("a.txt", b""), ("a.eml", b"From: a@example.org\nSubject: Hello\n\n")):
        found, problems = searched(tmp_path, file, head + content, name)
        assert found or problems == ["application/octet-stream"]  # Korean has control characters in it


def test_something_encoded_in_the_lines_of_json_is_named(tmp_path: Path) -> None:
    """As notebooks keep what is attached to them."""
    lines = encodebytes(b"An ordinary report. " * 40 + DARA.encode()).decode()
    assert searched(tmp_path, "a.ipynb", json.dumps({"a": lines}).encode())[1] == ["something encoded within a text"]


def test_what_is_left_open_within_words_does_not_hide_the_rest(tmp_path: Path) -> None:
    assert searched(tmp_path, "a.html", f"<rt>so {DARA}".encode()) == (True, [])
    assert searched(tmp_path, "a.html", b"<rt>" * 300_000 + DARA.encode()) == (True, [])


def test_a_mail_and_an_archive_that_are_whole_have_no_problems(tmp_path: Path) -> None:
    for file, content in {
        "a.eml": with_file("c.zip", zipped({"d.tar": tarred({"e.txt": b"Nothing."})})),
        "a.mbox": mbox(mail(), mail("Žofie"), folder=tmp_path),
        "a.tar.gz": tarred({"c.txt": b"Nothing.", "empty": b""}, "w:gz"),
        "a.xlsx": xlsx("Nothing."),
        "a.csv": "name,place\nŽofie,Poipet\n".encode(),
    }.items():
        assert searched(tmp_path, file, content) == (False, []), file


def test_much_between_the_members_of_a_zip_is_not_read_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scamcli.store.file_search.archives.LARGEST", 1 << 20)
    first, last = zipped({"a.txt": b"Nothing."}), zipped({"b.txt": b"Nothing."})
    _, problems = searched(tmp_path, "a.zip", first + b"x" * (2 << 20) + last)
    assert "more than 1 MiB that belong to no file in an archive" in problems


class Unseekable(io.RawIOBase):
    """A pipe: a program that writes to one puts checksums behind the members of a zip file."""

    def __init__(self) -> None:
        self.content = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.content += bytes(data)
        return len(bytes(data))


@pytest.mark.parametrize("is_large", [False, True])
def test_checksums_behind_members_are_no_problem(is_large: bool, tmp_path: Path) -> None:
    pipe = Unseekable()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("a.txt", "b.txt"):
            with archive.open(name, "w", force_zip64=is_large) as member:
                member.write(b"Nothing.")
    assert searched(tmp_path, "a.zip", pipe.content) == (False, [])


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "a.zip": lambda content: zipped({"inner": content}),
    "a.tar": lambda content: tarred({"inner": content}),
    "a.gz": gzip.compress,
    "a.bz2": bz2.compress,
    "a.eml": lambda content: with_file("inner", content),
}


@settings(max_examples=30)
@given(st.lists(st.sampled_from(sorted(PACKERS)), max_size=6), st.sampled_from(NAMES), st.integers(0, 3000))
def test_a_name_is_found_however_it_is_packed(
    tmp_path_factory: pytest.TempPathFactory, packers: list[str], name: str, before: int
) -> None:
    for text, is_there in ((f"{'word ' * before}{name} called.", True), ("Somebody Else called.", False)):
        content = text.encode()
        for packer in packers:
            content = PACKERS[packer](content)
        found = searched(tmp_path_factory.getbasetemp(), packers[-1] if packers else "a.txt", content, name)
        assert found == (is_there, [])


@pytest.mark.parametrize("at", [0, 2**20 - 8, 2**20 - 5, 2**21 - 5, 3 * 2**20])
@pytest.mark.parametrize("written", ["Dara Veasna", "Da</b>ra <i>Veasna", "តារា វាសនា"])
def test_a_name_is_found_wherever_it_is_in_a_long_text(written: str, at: int, tmp_path: Path) -> None:
    wanted = NAMES[2] if written == NAMES[2] else DARA
    content = b". " * (at // 2) + f"<b>{written}</b>".encode() + b" ." * 1000
    assert searched(tmp_path, "a.html", content, wanted)[0]


def encrypted(content: bytes) -> bytes:
    """Set the bit that says so in both headers of the only member of a zip file."""
    return content.replace(b"PK\3\4\x14\0\0", b"PK\3\4\x14\0\1").replace(
        b"PK\1\2\x14\3\x14\0\0", b"PK\1\2\x14\3\x14\0\1"
    )


def long_list(members: int) -> bytes:
    """Return a zip file whose list has many members, all of them the same one."""
    content = zipped({"a": b""})
    start, end = content.index(b"PK\1\2"), content.index(b"PK\5\6")
    size = members * (end - start)
    return (
        content[:start] + content[start:end] * members + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 9, 9, size, start, 0)
    )


def nested(levels: int) -> bytes:
    content = DARA.encode()
    for _ in range(levels):
        content = zipped({"a.zip": content})
    return content


def bomb(size: int) -> bytes:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.txt", "w", force_zip64=True) as file,
    ):
        for _ in range(size >> 20):
            file.write(b"words " * 174_762)
    return made.getvalue()


def multiparts(levels: int) -> bytes:
    head = "".join(f'Content-Type: multipart/mixed; boundary="b{at}"\n\n--b{at}\n' for at in range(levels))
    return f"From: a@example.org\nSubject: x\n{head}\nNothing.\n".encode()


UNKNOWN_ENCODING = "a text whose encoding is unknown"
RUSSIAN = "Привет".encode("cp1251")


def mail_in_russian(subject: str) -> bytes:
    head = f"From: a@example.org\nSubject: {subject}\nContent-Type: text/plain; charset=us-ascii\n\n"
    return head.encode("cp1251") + (RUSSIAN if subject.isascii() else b"Nothing.")


def tarred_in_russian() -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.GNU_FORMAT, encoding="cp1251") as archive:
        archive.addfile(tarfile.TarInfo("Привет"))
    return made.getvalue()


MEMBERS = {"a.txt": b"Nothing.", "b.txt": bytes(range(32, 127)) * 300, "c.txt": b"Nothing."}
WHOLE, STORED = zipped(MEMBERS), zipped(MEMBERS, zipfile.ZIP_STORED)
TAR = tarred({"a.txt": b"Nothing.", "b.txt": b"x" * 5000})
PROBLEMS: dict[str, tuple[str, bytes, str]] = {
    "picture": ("a.jpg", JPEG, "image/jpeg"),
    "recording": ("a.mp4", b"\0\0\0\x18ftypisom\0\0\2\0", "video/mp4"),
    "unknown binary": ("a", b"\0\1\2\3", "application/octet-stream"),
    "old office file": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, "application/x-ole-storage"),
    "7z": ("a.7z", b"7z\xbc\xaf\x27\x1c" * 9, "application/x-7z-compressed"),
    "encrypted zip": ("a.zip", encrypted(zipped({"a.txt": b"Nothing."})), "encrypted"),
    "picture in a zip": ("a.zip", zipped({"a.txt": b"Nothing.", "b.jpg": JPEG}), "image/jpeg"),
    "picture in a mail": ("a.eml", with_file("a.jpg", JPEG, "image/jpeg"), "image/jpeg"),
    "encrypted mail": ("a.eml", bytes(mail("-----BEGIN PGP MESSAGE-----\nhQEM")), "encrypted"),
    "truncated zip": ("a.zip", WHOLE[: len(WHOLE) // 2], "damaged"),
    "zip with a wrong byte": ("a.zip", STORED.replace(b"Nothing.", b"Nothing!", 1), "damaged"),
    "zip with a changed stream": ("a.zip", WHOLE[:120] + b"\xff" * 9 + WHOLE[129:], "damaged"),
    "truncated tar": ("a.tar", TAR[:3000], "damaged"),
    "tar cut between members": ("a.tar", TAR[:1024], "damaged"),
    "damaged header in a tar": ("a.tar", TAR[:1024] + b"?" * 512 + TAR[1536:], "damaged"),
    "truncated gz": ("a.txt.gz", gzip.compress(b"Nothing. " * 9000)[:-9], "damaged"),
    "bytes after a gz": ("a.txt.gz", gzip.compress(b"Nothing.") + b"Dara", "damaged"),
    "deep zip": ("a.zip", nested(15), "has more than 10 archives within each other"),
    "multiparts in each other": ("a.eml", multiparts(3000), "damaged"),
    "text in an old encoding": ("a.txt", "สมชาย".encode("tis-620"), UNKNOWN_ENCODING),
    "8-bit text in an ASCII mail": ("a.eml", mail_in_russian("Hello"), UNKNOWN_ENCODING),
    "8-bit header": ("a.eml", mail_in_russian("Привет"), UNKNOWN_ENCODING),
    "encoded word in an encoding that Python lacks": (
        "a.eml", mail_from(b"=?x-a?Q?=CF=F0?="), UNKNOWN_ENCODING
    ),
    "name in a zip in an old encoding": (
        "a.zip", zipped({"abcdef": b""}).replace(b"abcdef", RUSSIAN), UNKNOWN_ENCODING
    ),
    "name in a tar in an old encoding": ("a.tar", tarred_in_russian(), UNKNOWN_ENCODING),
    "name of a gz in an old encoding": ("a.gz", named_gzip(RUSSIAN), UNKNOWN_ENCODING),
    "mailbox in an old encoding without a message": ("a.mbox", RUSSIAN, UNKNOWN_ENCODING),
    "mail with two line ends a line": ("a.eml", bytes(mail(DARA)).replace(b"\n", b"\r\r\n"), "damaged"),
    "two texts in base64": (
        "a.eml", bytes(mail("Nothing")) + encodebytes(DARA.encode()), "damaged"
    ),
    "text with a picture within": (
        "a.html", b"<img src='data:image/png;base64," + b64encode(bytes(range(256))) + b"'>", "something encoded"
    ),
    "text in an encoding that Python lacks": (
        "a.eml", bytes(mail("x")).replace(b"utf-8", b"utf-7"), UNKNOWN_ENCODING
    ),
    "uuencoded": ("a.eml", bytes(mail("begin 644 a.txt\n#86)C\n`\nend\n", cte="7bit")), "something encoded"),
    "part in an unknown encoding": (
        "a.eml", bytes(mail("x", cte="7bit")).replace(b": 7bit", b": x-foo"), "a part that is encoded in an unknown way"
    ),
    "card with base64": ("a.vcf", b"BEGIN:VCARD\nNOTE;ENCODING=b:WmFuZXRh\nEND:VCARD\n", "something encoded"),
    "entities of XML": ("a.xml", b"<!DOCTYPE a [<!ENTITY n 'aya'>]><a>Zor&n;</a>", "something encoded"),
    "PostScript": ("a.ps", b"%!PS-Adobe-3.0\n(Da) show (ra Veasna) show\n", "PostScript"),
    "sizes of a zip that differ": ("a.zip", STORED[:18] + b"\x03\0\0\0" + STORED[22:], "damaged"),
    "letters of a PDF with names of their own": (
        "a.pdf", pdf(["Nothing."]).replace(b"/Encoding /WinAnsiEncoding", b"/Encoding << /Differences [1 /g0] >>"),
        "a font that does not say what its letters are",
    ),
    "bytes after a bz2": ("a.bz2", bz2.compress(b"Nothing.") + b"Dara", "damaged"),
    "cut bz2": ("a.bz2", bz2.compress(b"Nothing." * 99)[:-4], "damaged"),
    "two versions of a PDF": ("a.pdf", changed(pdf(["Nothing."])), "earlier versions of a PDF"),
    "deleted from a zip": ("a.zip", without_first(zipped({"b": DARA.encode(), "c": b"Nothing."})), "damaged"),
    "PDF with a font without letters": (
        "a.pdf", pdf(["Nothing."]).replace(b"/Type /Font /Subtype /Type1", b"/Subtype /Type0 /Type /Font"),
        "a font that does not say what its letters are",
    ),
    "PDF in Khmer": ("a.pdf", in_letters("\u1780"), "letters whose order"),
    "PDF with unknown letters": ("a.pdf", in_letters("\0"), "letters whose order"),
    "scan": ("a.pdf", pdf([]), "pages without text"),
    "damaged PDF": ("a.pdf", b"%PDF-1.7\nnothing", "a PDF is a PDF that cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("what", PROBLEMS)
def test_what_cannot_be_read_is_said(what: str, tmp_path: Path) -> None:
    file, content, problem = PROBLEMS[what]
    is_there, problems = searched(tmp_path, file, content)
    assert not is_there
    assert any(one.startswith(problem) for one in problems), problems


@settings(max_examples=60)
@given(st.sampled_from(sorted(FILES)), st.integers(0), st.binary(max_size=12), st.booleans())
def test_no_damage_is_an_error(
    tmp_path_factory: pytest.TempPathFactory, what: str, at: int, put: bytes, is_cut: bool
) -> None:
    folder = tmp_path_factory.getbasetemp()
    file, make = FILES[what]
    content = make("Somebody Else", folder)
    at %= len(content)
    rest = b"" if is_cut else content[at + at % 20 :]
    assert not searched(folder, file, content[:at] + put + rest)[0]


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCAMCLI_LIMITS", "unpacked-evidence=4M, parts=50")


@pytest.mark.usefixtures("small_limits")
def test_what_unpacks_to_too_much_is_not_unpacked(tmp_path: Path) -> None:
    for file, content, problem in (
        ("a.zip", bomb(8 << 20), "unpacks to more than 4 MiB"),
        ("a.eml", with_file("a.zip", bomb(8 << 20)), "unpacks to more than 4 MiB"),
        ("a.gz", gzip.compress(bytes(b"words " * 1_000_000)), "unpacks to more than 4 MiB"),
        ("a.zip", zipped({str(at): b"x" for at in range(60)}), "has more than 50 files within it"),
        ("a.zip", long_list(900_000), "has a header that is too large"),
    ):
        assert searched(tmp_path, file, content)[1] == [problem]
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


@pytest.mark.thorough
def test_a_bomb_takes_little_memory_and_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import tracemalloc

    monkeypatch.setenv("SCAMCLI_LIMITS", "unpacked-evidence=4G, search-seconds=1")
    content = bomb(1 << 30)
    tracemalloc.start()
    assert searched(tmp_path, "a.zip", content)[1] == ["takes more than 1 second"]
    assert tracemalloc.get_traced_memory()[1] < 60 << 20
    tracemalloc.stop()


def warc(text: str, *, is_packed: bool) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out, page = io.BytesIO(), gzip.compress(f"<html><p>{text}</p></html>".encode())
    writer = WARCWriter(out, gzip=is_packed)
    headers = [("Content-Type", "text/html"), ("Content-Encoding", "gzip")]
    record = writer.create_warc_record(
        "https://example.org/a?b", "response", payload=io.BytesIO(page),
        http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
    )  # fmt: skip
    writer.write_record(record)
    return out.getvalue()


# The writer of warcio leaves its temporary files to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_web_archive_is_searched(tmp_path: Path) -> None:
    pytest.importorskip("warcio", reason="the extra warc is not installed")
    for name in NAMES:
        for is_packed in (True, False):
            assert searched(tmp_path, "a.warc.gz", warc(name, is_packed=is_packed), name)[0]
        wacz = zipped({"archive/data.warc.gz": warc(name, is_packed=True), "datapackage.json": b"{}"})
        assert searched(tmp_path, "a.wacz", wacz, name)[0]
    assert searched(tmp_path, "a.warc", warc("Nobody", is_packed=False)) == (False, [])
    assert searched(tmp_path, "a.warc", warc("Nobody", is_packed=False)[:-40])[1] == ["damaged"]
