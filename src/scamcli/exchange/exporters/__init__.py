"""Whole timelines out: a module a format, and one registry of them.

A format takes a `Dump`, and writes a text, a file or a folder; it never queries. A new one is a module ``as_NAME``
and an entry of ``EXPORTS``. The module has ``HOLDS``, the keys that the format can hold, so that what it cannot is
told; and ``write(dump, target, losses, how)``. It imports its library inside of ``write``, where it is used.
"""

from __future__ import annotations

from enum import Enum
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.errors import WrongUsageError
from scamcli.exchange.exporters.dump import Dump, Losses, Watched

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["EXPORTS", "Dump", "Export", "How", "Losses", "Shape", "Watched", "holds", "writer"]


class Shape(Enum):
    """What is written, and so what ``write`` is given."""

    TEXT = "text"
    """A stream of text (``TextIO``): stdout, or a file."""
    FILE = "file"
    """The path of an empty file, which is written over."""
    FOLDER = "folder"
    """A path of an empty folder: files are made in it."""


class How(NamedTuple):
    """How to write, where a format leaves a choice.

    Attributes:
        rows: of the tables with one row a line: ``events`` or ``figures``.
        include_protected: whether protected names are printed.
    """

    rows: str = "events"
    include_protected: bool = False


class Export(NamedTuple):
    """A format that is exported.

    Attributes:
        name: on the command line.
        about: what it is, and for what.
        shape: what is written.
        extra: the extra of this package that brings the library.
        needs: the modules of that library.
    """

    name: str
    about: str
    shape: Shape = Shape.TEXT
    extra: str = ""
    needs: tuple[str, ...] = ()


EXPORTS = {
    one.name: one
    for one in (
        Export("jsonl", "the records: what `import` takes back, byte for byte"),
        Export("csv", "one row an event, or `--rows figures`, for spreadsheets"),
        Export("tsv", "the same, tab-separated"),
        Export("xlsx", "a workbook with a sheet of each table, typed", Shape.FILE, "xlsx", ("openpyxl",)),
        Export("geojson", "points for maps (RFC 7946), each with its precision"),
        Export("ftm", "FollowTheMoney entities, for Aleph and OpenSanctions", Shape.TEXT, "ftm", ("followthemoney",)),
        Export("timelinejs", "a timeline for TimelineJS"),
        Export("graphml", "actors, sites and events as a network", Shape.TEXT, "graphml", ("networkx",)),
        Export("markdown", "the story, to read"),
        Export("csl", "the sources as CSL-JSON, for Zotero and Pandoc"),
        Export("datapackage", "CSV tables with their schema (Frictionless)", Shape.FOLDER),
        Export("parquet", "tables for DuckDB, Spark, Trino or ClickHouse", Shape.FOLDER, "parquet", ("pyarrow",)),
        Export("datasette", "a database and metadata for Datasette", Shape.FOLDER),
    )
}
"""Every format, by its name."""


def _module(export: Export) -> Any:
    return import_module(f"scamcli.exchange.exporters.as_{export.name}")


def holds(export: Export) -> frozenset[str]:
    """The keys that a format holds."""
    found: frozenset[str] = _module(export).HOLDS
    return found


def writer(export: Export) -> Callable[[Dump, Any, Losses, How], None]:
    """What writes a format.

    Raises:
        WrongUsageError: the library that it needs is not installed; the hint says how to.
    """
    missing = [name for name in export.needs if find_spec(name) is None]
    if missing:
        hint = f"pip install 'scamcli[{export.extra}]'"
        raise WrongUsageError(f"the format {export.name} needs {', '.join(missing)}, which is not installed", hint)
    found: Callable[[Dump, Any, Losses, How], None] = _module(export).write
    return found
