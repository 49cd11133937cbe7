"""PDFs made by hand, a line of text at a place of its own, so that the tests need no program that prints."""

from __future__ import annotations

import zlib


def pdf(*pages: list[str], title: str | None = None) -> bytes:
    """Give a PDF with these lines on its pages."""
    return with_contents(*(_shown(page) for page in pages), title=title)


def with_contents(*contents: bytes, title: str | None = None) -> bytes:
    """Give a PDF whose pages have these content streams."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for content in contents:
        packed = zlib.compress(content)
        kids.append(b"%d 0 R" % (len(objects) + 1))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
            b" /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (len(objects) + 2)
        )
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    objects.append(b"<< /Title (%s) >>" % (title or "").encode())
    return _file(objects)


def _shown(lines: list[str]) -> bytes:
    parts = [b"BT /F1 11 Tf 14 TL 50 800 Td"]
    parts += [b"(%s) Tj T*" % line.encode("cp1252").replace(b"(", rb"\(").replace(b")", rb"\)") for line in lines]
    return b"\n".join([*parts, b"ET"])


def _file(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    info = b"" if objects[-1] == b"<< /Title () >>" else b" /Info %d 0 R" % len(objects)
    out += b"trailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, info, start)
    return bytes(out)
