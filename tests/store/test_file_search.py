"""A name is found wherever it is in a file: in mails, archives and office files, and within each other.

The files are made by the programs that write them. All names are invented.
"""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamcli.records.masking import Masker, Protected
from scamcli.store.file_search import FileSearch
from tests.helpers.packed_files import (
    docx,
    folded,
    mail,
    mbox,
    odf,
    tarred,
    with_file,
    xlsx,
    zipped,
)  # fmt: skip
from tests.helpers.pdf_files import pdf

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


def deleted_within(name: str) -> str:
    """Return the XML of an office file that keeps what somebody deleted within a name."""
    return (
        f"<w:p><w:r><w:t>{name[:2]}</w:t></w:r><w:del><w:r><w:delText>XX</w:delText></w:r></w:del><w:t>{name[2:]}</w:t>"
    )


def changed(content: bytes) -> bytes:
    """Return a PDF to which a program added a new version."""
    from pypdf import PdfWriter

    made, out = PdfWriter(io.BytesIO(content), incremental=True), io.BytesIO()
    made.pages[0].rotate(90)
    made.write(out)
    return out.getvalue()


JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1"

FILES: dict[str, tuple[str, Callable[[str, Path], bytes]]] = {
    "zip": ("a.zip", lambda name, _: zipped({"b/c.txt": name.encode()})),
    "name of a member": ("a.zip", lambda name, _: zipped({f"{name}.txt": b"Nothing."})),
    "tar.gz": ("a.tar.gz", lambda name, _: tarred({"c.txt": name.encode()}, "w:gz")),
    "text, base64": ("a.eml", lambda name, _: bytes(mail(name))),
    "subject, RFC 2047": ("a.eml", lambda name, _: bytes(mail(subject=f"About {name}, again"))),
    "attached text": ("a.eml", lambda name, _: with_file("c.txt", name.encode())),
    "zip in a zip in a mail": (
        "a.eml",
        lambda name, _: with_file("c.zip", zipped({"d.zip": zipped({"e": name.encode()})})),
    ),
    "mbox": ("a.mbox", lambda name, folder: mbox(mail(), mail(name), folder=folder)),
    "docx, runs within a word": ("a.docx", lambda name, _: docx(name[:1], name[1:])),
    "xlsx": ("a.xlsx", lambda name, _: xlsx(name)),
    "odt": ("a.odt", lambda name, _: odf(name, "text")),
    "UTF-16": ("a.txt", lambda name, _: name.encode("utf-16")),
    "page with entities and tags": (
        "a.html",
        lambda name, _: f"<html><b>{''.join(f'&#{ord(one)};' for one in name)}</b><td>x".encode(),
    ),
    "CDATA": ("a.xml", lambda name, _: f"<a>{name[:2]}<![CDATA[{name[2:]}]]></a>".encode()),
    "docx with a deletion": (
        "a.docx", lambda name, _: zipped({"word/document.xml": deleted_within(name).encode()})
    ),
    "PDF, trailer": (
        "a.pdf", lambda name, _: pdf(["Nothing."]).replace(b"/Root", b"/By <%s> /Root" % as_numbers(name))
    ),
    "card": ("a.vcf", lambda name, _: folded(name, "VCARD")),
    "after a zip": ("a.zip", lambda name, _: zipped({"b.txt": b"Nothing."}) + f" {name}".encode()),
    "JSON": ("a.json", lambda name, _: b'{"a": "' + name.encode("ascii", "backslashreplace") + b'"}'),
}  # fmt: skip


def as_numbers(text: str) -> bytes:
    return b"FEFF" + text.encode("utf-16-be").hex().encode()


@pytest.mark.parametrize(("number", "what"), list(enumerate(FILES)))
def test_a_name_is_found(number: int, what: str, tmp_path: Path) -> None:
    file, make = FILES[what]
    name = NAMES[number % len(NAMES)]
    assert searched(tmp_path, file, make(name, tmp_path), name)[0], name
    assert not searched(tmp_path, file, make("Somebody Else", tmp_path), name)[0]


def test_a_mail_and_an_archive_that_are_whole_have_no_problems(tmp_path: Path) -> None:
    for file, content in {
        "a.eml": with_file("c.zip", zipped({"d.tar": tarred({"e.txt": b"Nothing."})})),
        "a.mbox": mbox(mail(), mail("Žofie"), folder=tmp_path),
        "a.tar.gz": tarred({"c.txt": b"Nothing.", "empty": b""}, "w:gz"),
        "a.xlsx": xlsx("Nothing."),
        "a.csv": "name,place\nŽofie,Poipet\n".encode(),
    }.items():
        assert searched(tmp_path, file, content) == (False, []), file


@pytest.mark.parametrize("at", [0, 2**20 - 5])
@pytest.mark.parametrize("written", ["Dara Veasna", "Da</b>ra <i>Veasna"])
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


UNKNOWN_ENCODING = "a text whose encoding is unknown"


MEMBERS = {"a.txt": b"Nothing.", "b.txt": bytes(range(32, 127)) * 300, "c.txt": b"Nothing."}
WHOLE, STORED = zipped(MEMBERS), zipped(MEMBERS, zipfile.ZIP_STORED)
PROBLEMS: dict[str, tuple[str, bytes, str]] = {
    "picture": ("a.jpg", JPEG, "image/jpeg"),
    "unknown binary": ("a", b"\0\1\2\3", "application/octet-stream"),
    "7z": ("a.7z", b"7z\xbc\xaf\x27\x1c" * 9, "application/x-7z-compressed"),
    "encrypted zip": ("a.zip", encrypted(zipped({"a.txt": b"Nothing."})), "encrypted"),
    "picture in a zip": ("a.zip", zipped({"a.txt": b"Nothing.", "b.jpg": JPEG}), "image/jpeg"),
    "encrypted mail": ("a.eml", bytes(mail("-----BEGIN PGP MESSAGE-----\nhQEM")), "encrypted"),
    "truncated zip": ("a.zip", WHOLE[: len(WHOLE) // 2], "damaged"),
    "truncated gz": ("a.txt.gz", gzip.compress(b"Nothing. " * 9000)[:-9], "damaged"),
    "deep zip": ("a.zip", nested(15), "has more than 10 archives within each other"),
    "text in an old encoding": ("a.txt", "สมชาย".encode("tis-620"), UNKNOWN_ENCODING),
    "entities of XML": ("a.xml", b"<!DOCTYPE a [<!ENTITY n 'aya'>]><a>Zor&n;</a>", "something encoded"),
    "two versions of a PDF": ("a.pdf", changed(pdf(["Nothing."])), "earlier versions of a PDF"),
    "scan": ("a.pdf", pdf([]), "pages without text"),
    "damaged PDF": ("a.pdf", b"%PDF-1.7\nnothing", "a PDF is a PDF that cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("what", PROBLEMS)
def test_what_cannot_be_read_is_said(what: str, tmp_path: Path) -> None:
    file, content, problem = PROBLEMS[what]
    is_there, problems = searched(tmp_path, file, content)
    assert not is_there
    assert any(one.startswith(problem) for one in problems), problems


@pytest.mark.thorough
@settings(max_examples=25)
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
