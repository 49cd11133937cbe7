"""Everything that the file of a report holds, unpacked."""

from __future__ import annotations

import gzip
import re
from base64 import b64decode
from typing import TYPE_CHECKING
from zipfile import ZipFile

if TYPE_CHECKING:
    from pathlib import Path


def unpacked(path: Path) -> list[bytes]:
    """The bytes of a report, of the data embedded in it, and of the files that a Word file consists of."""
    data = path.read_bytes()
    parts = [data, *(gzip.decompress(b64decode(found)) for found in re.findall(rb"base64,([\w+/=]+)", data))]
    if path.suffix == ".docx":
        with ZipFile(path) as archive:
            parts += map(archive.read, archive.namelist())
            parts += ["\n".join(archive.namelist()).encode()]
    return parts
