"""Read what a workbook keeps outside the values of its cells: comments, hyperlinks and text that is struck through.

Openpyxl does not read these row by row, so they are taken from the parts of the file.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from html import unescape
from typing import TYPE_CHECKING

from scamcli.exchange.importers import Extras, xlsx

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_LINK_FORMULA = (
    rb'<c r="([A-Z]{1,3}\d{1,7})"[^>]*><f[^>]*>(?:_xlfn\.)?HYPERLINK\((?:"|&quot;)(https?://.*?)(?:"|&quot;)'
)
_STYLED_CELL = rb'<c r="([A-Z]{1,3}\d{1,7})"[^>/]*? s="(\d+)"[^>/]*>\s*<(?:v|is|f)\b'

_THREADED = re.compile(r"^\[Threaded comment\].*?Comment:\s*", re.DOTALL)
"""What Excel writes before a comment of a conversation, for older versions of it."""


def read(path: Path, part: str) -> Extras:
    """Read the extras of a sheet.

    Args:
        path: a workbook that was checked before.
        part: the name of the part of the file that has the sheet, such as ``xl/worksheets/sheet1.xml``.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            return Extras(
                _by_row(_links(packed, part)),
                _by_row(_comments(packed, part)),
                tuple(dict.fromkeys(_struck(packed, part))),
                xlsx.merged_rows(path, part),
            )
    except Exception as error:  # a damaged workbook raises whatever its XML leads to
        raise xlsx.damaged(path, error) from None


def commented_cells(path: Path, part: str) -> list[str]:
    """Return the names of the cells of a sheet that have comments, such as ``F3``."""
    try:
        with zipfile.ZipFile(path) as packed:
            return [name for name, _ in _comments(packed, part)]
    except Exception as error:  # as above
        raise xlsx.damaged(path, error) from None


def _elements(packed: zipfile.ZipFile, part: str, tag: str) -> list[Element]:
    """Return the elements of a part with a tag, whatever its namespace; none if there is no such part."""
    from openpyxl.xml.functions import fromstring  # by a safer parser, where one is installed

    if part not in packed.namelist():
        return []
    root: Element = fromstring(packed.read(part))
    return list(root.iterfind(f".//{{*}}{tag}"))


def _related(packed: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    """Yield the kind, the id and the target of each part or address that a sheet refers to."""
    folder, name = posixpath.split(part)
    for one in _elements(packed, f"{folder}/_rels/{name}.rels", "Relationship"):
        target = one.get("Target", "")
        if one.get("TargetMode") != "External":
            target = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        yield one.get("Type", "").rpartition("/")[2], one.get("Id", ""), target


def _by_row(found: Iterator[tuple[str, str]]) -> dict[int, dict[int, str]]:
    rows: dict[int, dict[int, str]] = {}
    for name, text in found:
        if text and (parts := _REFERENCE.match(name)):
            rows.setdefault(int(parts[2]), {})[xlsx.column_at(parts[1].encode())] = text
    return rows


def _links(packed: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str]]:
    targets = {id_: target for kind, id_, target in _related(packed, part) if kind == "hyperlink"}
    for chunk in xlsx.chunks(packed, part) if targets else ():
        for tag in re.findall(rb"<(?:\w+:)?hyperlink [^>]*>", chunk):
            named = dict(re.findall(r'([\w:]+)="([^"]*)"', tag.decode("utf-8", "replace")))
            id_ = next((value for key, value in named.items() if key.endswith(":id")), "")
            if targets.get(id_, "").startswith(("http://", "https://")):
                yield named.get("ref", ""), unescape(targets[id_])
    for chunk in xlsx.chunks(packed, part):
        for name, address in re.findall(_LINK_FORMULA, chunk):
            yield name.decode(), unescape(address.decode("utf-8", "replace"))


def _comments(packed: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str]]:
    for kind, _, target in _related(packed, part):
        for one in _elements(packed, target, "comment") if kind == "comments" else ():
            text = "".join(piece.text or "" for piece in one.iterfind(".//{*}t"))
            yield one.get("ref", ""), " ".join(_THREADED.sub("", text).split())


def _struck(packed: zipfile.ZipFile, part: str) -> Iterator[str]:
    styles = "xl/styles.xml"
    fonts = [one.find("{*}strike") for one in _elements(packed, styles, "fonts/{*}font")]
    struck = {str(at) for at, one in enumerate(fonts) if one is not None and one.get("val") not in {"0", "false"}}
    cells = _elements(packed, styles, "cellXfs/{*}xf") if struck else []
    used = {str(at).encode() for at, one in enumerate(cells) if one.get("fontId") in struck}
    for chunk in xlsx.chunks(packed, part) if used else ():
        for name, style in re.findall(_STYLED_CELL, chunk):
            if style in used:
                yield name.decode()
