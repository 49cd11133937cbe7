"""The files of an import, of whatever kind, as lines of JSON to take in."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scamcli.cli import mapped
from scamcli.imports.rows import is_table
from scamcli.store.lines import Input, open_inputs, spooled

if TYPE_CHECKING:
    from contextlib import ExitStack

    from scamcli.cli.mapped import Tables

SQLITE = b"SQLite format 3\x00"


def inputs(paths: list[str], tables: Tables, stack: ExitStack) -> list[Input]:
    """Open what is to be imported.

    Args:
        paths: files; ``-`` is stdin.
        tables: what was said about those that are tables.
        stack: closes what is opened.

    Raises:
        DataError: a file is not there, cannot be read, or is of no kind that is known.
        WrongUsageError: it is a table, and nothing says what its columns mean.
    """
    found: list[Input] = []
    for path in paths:
        if path != "-" and _begins(Path(path)) == SQLITE:
            found.append(_timeline(Path(path), stack))
        elif tables.is_mapped or (path != "-" and is_table(Path(path))):
            found += mapped.inputs(path, tables, stack)
        else:
            found += open_inputs([path], sys.stdin.buffer, stack)
    return found


def _begins(path: Path) -> bytes:
    """The first bytes of a file; none of what is no file."""
    try:
        with path.open("rb") as stream:
            return stream.read(len(SQLITE)) if path.is_file() else b""
    except OSError:
        return b""  # who opens it says why


def _timeline(path: Path, stack: ExitStack) -> Input:
    """The records of another timeline, with the names that are protected in it: they stay so."""
    from scamcli.timeline import Timeline

    with Timeline(path, include_protected=True) as timeline, timeline.dump() as dump:
        return spooled(str(path), enumerate(map(json.loads, dump.lines()), 1), stack)
