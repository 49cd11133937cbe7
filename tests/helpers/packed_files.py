"""Mails, archives and office files, made by the programs that write them."""

from __future__ import annotations

import io
import mailbox
import tarfile
import zipfile
from email.message import EmailMessage
from typing import TYPE_CHECKING

from docx import Document
from openpyxl import Workbook

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


def mbox(*messages: EmailMessage, folder: Path) -> bytes:
    path = folder / "made.mbox"
    path.unlink(missing_ok=True)
    with_messages = mailbox.mbox(path)
    for one in messages:
        with_messages.add(one)
    with_messages.close()
    return path.read_bytes()


def docx(*runs: str) -> bytes:
    made, out = Document(), io.BytesIO()
    paragraph = made.add_paragraph()
    for number, run in enumerate(runs):
        paragraph.add_run(run).bold = number % 2 == 0
    made.save(out)
    return out.getvalue()


def xlsx(text: str) -> bytes:
    made, out = Workbook(), io.BytesIO()
    sheet = made.active
    assert sheet is not None
    sheet["B7"] = text
    made.save(out)
    return out.getvalue()


def odf(text: str, kind: str) -> bytes:
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content><text:p>Before</text:p><text:p>{text}</text:p>'
        "</office:document-content>"
    )
    members = {"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content.xml": content.encode()}
    return zipped(members)


def folded(text: str, kind: str = "VCALENDAR") -> bytes:
    """Return a calendar or a card whose lines are divided within a name."""
    data = f"BEGIN:{kind}\r\nSUMMARY:With {text[:3]}\r\n {text[3:]}\r\nEND:{kind}\r\n"
    return data.encode()
