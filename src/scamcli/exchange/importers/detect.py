"""Find out what a file to import is, from its content more than from its name."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from enum import Enum
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from scamcli.errors import DataError
from scamcli.exchange.importers import ftm, own, sheets
from scamcli.exchange.importers.delimited import DELIMITERS, UTF_16

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_LINE = 1024 * 1024
"""Bytes of a line that are looked at."""

SAMPLE_LINES, ENOUGH_LINES = 20, 4
"""Lines at the start of a file that are looked at, and how many there must be to conclude that it is no JSON lines."""

_SQLITE = b"SQLite format 3\x00"
_BOM = b"\xef\xbb\xbf"


class FileKind(Enum):
    """Kinds of files that can be imported."""

    OWN_TABLES = "tables that scamcli wrote"
    TIMELINE = "another timeline"
    FTM = "FollowTheMoney entities"
    TABLE = "a foreign table"
    JSON_LINES = "records as JSON lines"


def detect(path: Path, *, has_table_options: bool = False, is_named: bool = True) -> FileKind:
    """Return what a file is.

    Args:
        path: a file or a folder. What cannot be read counts as JSON lines, and whoever opens it reports why.
        has_table_options: whether the user gave options for a table, which then decide.
        is_named: whether its name was given by the user. Data from a pipe need more evidence to be a table.

    Raises:
        DataError: it is of no kind that can be imported.
    """
    if own.find_format(path):
        return FileKind.OWN_TABLES
    first = _first_line(path)
    start = first.lstrip()
    if first.startswith(_SQLITE):
        return FileKind.TIMELINE
    if start.startswith(b"["):
        hint = "write one record per line; `jq -c '.[]'` turns an array into lines"
        raise DataError(f"{path}:1: an array; expected one JSON object per line", hint)
    if start.startswith(b"{"):
        if ftm.is_ftm(_parse(first)):
            return FileKind.FTM
    elif has_table_options or sheets.is_table(path) or _is_header(first, is_named=is_named):
        if not has_table_options and (error := own.explain_mismatch(path)):
            raise error
        return FileKind.TABLE
    _require_json_lines(path)
    return FileKind.JSON_LINES


def _first_line(path: Path) -> bytes:
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as stream:
            return stream.readline(LONGEST_LINE).removeprefix(_BOM)
    except OSError:
        return b""  # whoever opens it reports why


def _is_header(line: bytes, *, is_named: bool) -> bool:
    """Return whether a first line may name the columns of a table: with tabs, or from a pipe with any separator."""
    try:
        text = line.decode("utf-16", "ignore") if line.startswith(UTF_16) else line.decode()
    except UnicodeDecodeError:
        return False
    separators = ("\t",) if is_named else DELIMITERS
    is_json = re.search(r'\0|"\s*:', text)  # though damaged, since it does not begin with a brace
    return not is_json and any(separator in text for separator in separators)


def _parse(line: bytes) -> object:
    try:
        return json.loads(line.removeprefix(_BOM))
    except (ValueError, RecursionError):
        return None


def _require_json_lines(path: Path) -> None:
    """Check that some line at the start is an object, so that not every line of another kind of file is reported.

    Raises:
        DataError: there are several lines, and none is.
    """
    if not path.is_file():
        return
    with suppress(OSError), path.open("rb") as stream:  # whoever opens it reports why
        lines = islice(iter(partial(stream.readline, LONGEST_LINE), b""), SAMPLE_LINES)
        sample = [line for line in lines if line.strip()]
        if len(sample) >= ENOUGH_LINES and not any(
            len(line) == LONGEST_LINE or isinstance(_parse(line), dict) for line in sample
        ):
            hint = "expected JSON lines, a table, a timeline or FollowTheMoney; `scamcli ingest` reads texts"
            raise DataError(f"{path} cannot be imported: none of its first lines is a record", hint)
