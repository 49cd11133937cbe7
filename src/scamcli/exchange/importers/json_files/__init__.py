"""Read JSON files of other programs as tables: arrays of objects, JSON lines, GeoJSON and TimelineJS.

This module only finds out what kind of JSON a file is.
"""

from __future__ import annotations

import io
import json
import re
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

from scamcli.exchange.importers.delimited import UTF_16
from scamcli.records.types import ActorDict, EventDict, MetricDict, SiteDict

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENT, LINES, RECORDS = "document", "lines", "records"
"""Forms of JSON files: one value, a value on each line, and records of a timeline in an array."""

_SAMPLE, _SAMPLE_LINES = 1024 * 1024, 20
"""How many characters and lines at the start of a file are examined."""

RECORD_TYPES = ("event", "actor", "site", "metric")
"""The types of records."""

EVENT_KEYS = frozenset({*EventDict.__annotations__, "start", "end", "match", "digest"})
"""Keys of events, with those that output adds."""

NAMED_KEYS = frozenset(key for one in (ActorDict, SiteDict, MetricDict) for key in one.__annotations__)
"""Keys of actors, sites and metrics."""


def read_start(path: Path) -> str:
    """Return the text at the start of a file in UTF-8 or UTF-16, or an empty string if it cannot be read."""
    try:
        if not path.is_file():  # a pipe can be read only once
            return ""
        with path.open("rb") as stream:
            start = stream.read(_SAMPLE)
    except OSError:
        return ""
    encoding = "utf-16" if start[:2] in UTF_16 else "utf-8-sig"
    with suppress(UnicodeError):
        return io.TextIOWrapper(io.BytesIO(start), encoding, "ignore", newline="").read().lstrip("\x1e \t\r\n")
    return ""


def find_form(path: Path) -> str:
    """Return the form of a JSON file with rows, or an empty string for JSON lines of records and for other files."""
    start = read_start(path)
    if start.startswith("["):
        return DOCUMENT
    if not start.startswith("{"):
        return ""
    lines = [line.strip("\x1e \t\r") for line in islice(start.split("\n"), _SAMPLE_LINES) if line.strip()]
    whole = list(map(_parse, lines if "\n" in start or len(start) < _SAMPLE else ()))
    if re.match(rf'\{{\s*"type"\s*:\s*"({"|".join(RECORD_TYPES)})"', start) or any(map(_is_record, whole)):
        return ""
    if not whole or whole[0] is None:
        is_damaged_line = "\n" in start and lines[0][-1:] not in {"{", "[", ",", ":"}
        return "" if is_damaged_line else DOCUMENT
    return LINES if len(lines) > 1 or not _has_rows(whole[0]) else DOCUMENT


def _parse(line: str) -> dict[str, object] | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _is_record(value: dict[str, object] | None) -> bool:
    """Return whether an object is a record, or can be a record with a mistake."""
    if not value:
        return value is not None
    is_event = {"date", "kind", "title"} <= value.keys() <= EVENT_KEYS
    return str(value.get("type")) in RECORD_TYPES or is_event or {"name"} <= value.keys() <= NAMED_KEYS


def _has_rows(value: object, depth: int = 4) -> bool:
    """Return whether there is an array of objects in an object."""
    if isinstance(value, list):
        return any(isinstance(one, dict) for one in value)
    return isinstance(value, dict) and depth > 0 and any(_has_rows(one, depth - 1) for one in value.values())
