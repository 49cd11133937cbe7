"""Mails, archives and office files, made by the programs that write them."""

from __future__ import annotations

import io
import mailbox
import tarfile
import zipfile
from email.message import EmailMessage
from typing import TYPE_CHECKING
from urllib.parse import quote

from docx import Document
from openpyxl import Workbook
from openpyxl.comments import Comment

if TYPE_CHECKING:
    from pathlib import Path


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w") -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return made.getvalue()


def mail(text: str = "Nothing.", subject: str = "Hello", cte: str = "base64", charset: str = "utf-8") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "a@example.org", "b@example.org", subject
    made.set_content(text, cte=cte, charset=charset)
    return made


def with_file(name: str, content: bytes, type_: str = "application/octet-stream") -> bytes:
    made = mail()
    made.add_attachment(content, *type_.split("/"), filename=name)
    return bytes(made)


def forwarded(inner: EmailMessage) -> bytes:
    made = mail()
    made.add_attachment(inner)
    return bytes(made)


def mbox(*messages: EmailMessage, folder: Path) -> bytes:
    path = folder / "made.mbox"
    path.unlink(missing_ok=True)
    with_messages = mailbox.mbox(path)
    for one in messages:
        with_messages.add(one)
    with_messages.close()
    return path.read_bytes()


def docx(*runs: str, where: str = "body") -> bytes:
    made, out = Document(), io.BytesIO()
    made.add_paragraph("Before.")
    if where == "cells":
        table = made.add_table(1, len(runs))
        for cell, text in zip(table.rows[0].cells, runs, strict=True):
            cell.text = text
    elif where == "author":
        made.core_properties.author = "".join(runs)
    else:
        paragraph = made.sections[0].header.paragraphs[0] if where == "header" else made.add_paragraph()
        for number, run in enumerate(runs):
            paragraph.add_run(run).bold = number % 2 == 0
    made.add_paragraph("After.")
    made.save(out)
    return out.getvalue()


def xlsx(text: str, where: str = "cell") -> bytes:
    made, out = Workbook(), io.BytesIO()
    sheet = made.active
    assert sheet is not None
    sheet["A1"] = "Name"
    if where == "cell":
        sheet["B7"] = text
    elif where == "sheet":
        sheet.title = text
    elif where == "header":
        header = sheet.oddHeader
        assert header is not None
        header.center.text = text
        header.center.font = "Arial,Bold"
    else:
        sheet["A1"].comment = Comment(text, "R. Mara")
    made.save(out)
    return out.getvalue()


def odf(text: str, kind: str) -> bytes:
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content><text:p>Before</text:p><text:p>{text}</text:p>'
        "</office:document-content>"
    )
    members = {"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content.xml": content.encode()}
    return zipped(members)


def pptx(text: str) -> bytes:
    first, rest = text[:2], text[2:]
    runs = f"<a:r><a:rPr b='1'/><a:t>{first}</a:t></a:r><a:r><a:rPr/><a:t>{rest}</a:t></a:r>"
    slide = f"<p:sld><a:p><a:r><a:t>Before</a:t></a:r></a:p><a:p>{runs}</a:p></p:sld>"
    return zipped({"[Content_Types].xml": b"<Types/>", "ppt/slides/slide1.xml": slide.encode()})


def with_attached(name: str) -> EmailMessage:
    made = mail()
    made.add_attachment(name.encode(), "application", "octet-stream", filename="c.txt")
    return made


PDF_PLACES = ("note", "field", "bookmark", "link", "metadata", "attached")


def pdf_with(text: str, where: str) -> bytes:
    """Return a PDF whose page says nothing, and which holds a text somewhere else."""
    from pypdf import PdfWriter
    from pypdf.annotations import FreeText, Link
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

    made, out = PdfWriter(), io.BytesIO()
    page = made.add_blank_page(595, 842)
    if where == "note":
        made.add_annotation(0, FreeText(text=text, rect=(50, 50, 200, 100)))
    elif where == "field":
        field = DictionaryObject({NameObject("/T"): TextStringObject("who"), NameObject("/V"): TextStringObject(text)})
        form = DictionaryObject({NameObject("/Fields"): ArrayObject([made._add_object(field)])})
        made.root_object[NameObject("/AcroForm")] = form
    elif where == "bookmark":
        made.add_outline_item(title=text, page_number=0)
    elif where == "link":
        made.add_annotation(0, Link(rect=(50, 50, 99, 99), url=f"https://example.org/?q={quote(text)}"))
    elif where == "metadata":
        made.xmp_metadata = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:creator>{text}</dc:creator></x:xmpmeta>".encode()
    else:
        made.add_attachment("a.zip", zipped({"b.txt": text.encode()}))
    assert page is not None
    made.write(out)
    return out.getvalue()


def rtf(text: str, charset: int | None = None) -> bytes:
    """Return an RTF that changes style within a name, whose letters are numbers: of a character set, or of Unicode."""
    encoding = {222: "cp874", 238: "cp1250"}.get(charset or 0, "")

    def written(letter: str) -> str:
        if charset is None:
            return letter if letter.isascii() else rf"\u{ord(letter)}?"
        return letter if letter.isascii() else "".join(rf"\'{one:02x}" for one in letter.encode(encoding))

    marked = "".join(map(written, text[:2])) + r"{\b " + "".join(map(written, text[2:4])) + r"}{\*\bkmkstart x}"
    fonts = r"{\fonttbl{\f0\fnil\fcharset" + str(charset or 0) + " Arial;}}"
    rest = "".join(map(written, text[4:]))
    return (r"{\rtf1\ansi\ansicpg1252" + fonts + r"\f0 Before.\par " + marked + rest + r"\par After.}").encode()


def folded(text: str, kind: str = "VCALENDAR") -> bytes:
    """Return a calendar or a card whose lines are divided within a name."""
    data = f"BEGIN:{kind}\r\nSUMMARY:With {text[:3]}\r\n {text[3:]}\r\nEND:{kind}\r\n"
    return data.encode()


def quoted_card(text: str) -> bytes:
    """Return a card as old telephones write it."""
    letters = "".join(f"={one:02X}" for one in text.encode())
    lines = "=\r\n".join(letters[at : at + 60] for at in range(0, len(letters), 60))
    return f"BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{lines}\r\nEND:VCARD\r\n".encode()
