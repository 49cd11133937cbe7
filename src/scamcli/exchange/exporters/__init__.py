"""Formats that a whole timeline, or a part of it, is exported to: one module each, and the registry of them.

To add a format, write a module and add an entry to ``EXPORT_FORMATS``. The module has ``SUPPORTED_KEYS``, the record
keys that the format can hold, from which the losses are derived; and ``write(dump, target, losses, options)``, which
imports the format's library itself, so that nobody else pays for it. A format takes a `Dump`; it never queries.
"""

from __future__ import annotations

from enum import Enum
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple, TextIO

from scamcli.errors import WrongUsageError
from scamcli.exchange.exporters.dump import Dump, ExportOptions, Losses, LossRecorder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Writer = Callable[[Dump, TextIO | Path, Losses, ExportOptions], None]

__all__ = [
    "EXPORT_FORMATS", "Dump", "ExportFormat", "ExportOptions", "LossRecorder", "Losses", "Shape", "load_writer",
    "supported_keys",
]  # fmt: skip


class Shape(Enum):
    """What a format writes, and so what its ``write`` is given."""

    TEXT = "text"
    """A text stream: stdout, or a file."""
    FILE = "a file"
    """The path of an empty file to write to."""
    FOLDER = "a folder"
    """The path of an empty folder to make files in."""


class ExportFormat(NamedTuple):
    """A format that timelines are exported to.

    Attributes:
        name: what it is called on the command line; also the extra of this package that installs its library.
        description: what it is, and what it is for.
        writer: the module in this package, and the function in it.
        shape: what it writes.
        library: the module that it needs, unless that is always installed.
    """

    name: str
    description: str
    writer: str
    shape: Shape = Shape.TEXT
    library: str = ""


_FILE, _FOLDER = Shape.FILE, Shape.FOLDER
_FORMATS = (
    ExportFormat("jsonl", "all records as JSON lines, which `import` reads back byte for byte", "as_jsonl:write"),
    ExportFormat("csv", "one row per event, or per figure with `--rows figures`", "delimited:write_csv"),
    ExportFormat("tsv", "the same, tab-separated", "delimited:write_tsv"),
    ExportFormat("xlsx", "a workbook with a typed sheet per table", "as_xlsx:write", _FILE, "openpyxl"),
    ExportFormat("geojson", "points for maps (RFC 7946), each with its precision", "as_geojson:write"),
    ExportFormat(
        "ftm",
        "FollowTheMoney entities for Aleph and OpenSanctions",
        "as_ftm.entities:write",
        library="followthemoney",
    ),
    ExportFormat("timelinejs", "slides for TimelineJS", "as_timelinejs:write"),
    ExportFormat("graphml", "actors, sites and events as a network", "as_graphml:write", library="networkx"),
    ExportFormat("markdown", "the story as a document", "as_markdown:write"),
    ExportFormat("csl", "the sources as CSL-JSON, for Zotero and Pandoc", "as_csl:write"),
    ExportFormat("datapackage", "CSV tables with their schema (Frictionless)", "as_datapackage:write", _FOLDER),
    ExportFormat("parquet", "tables for DuckDB, Spark, Trino or ClickHouse", "as_parquet:write", _FOLDER, "pyarrow"),
    ExportFormat("datasette", "a database and its metadata for Datasette", "as_datasette.database:write", _FOLDER),
)
EXPORT_FORMATS = {format_.name: format_ for format_ in _FORMATS}
"""Every format by its name."""


def supported_keys(format_: ExportFormat) -> frozenset[str]:
    """Return the record keys that a format can hold, such as ``event.figures.low``."""
    keys: frozenset[str] = import_module(_module(format_)).SUPPORTED_KEYS
    return keys


def load_writer(format_: ExportFormat) -> Writer:
    """Return the function that writes a format.

    Raises:
        WrongUsageError: its library is not installed; the hint says how to install it.
    """
    if format_.library and find_spec(format_.library) is None:
        hint = f"Install it: pip install 'scamcli[{format_.name}]'"
        raise WrongUsageError(f"The format {format_.name} needs {format_.library}, which is not installed.", hint)
    writer: Writer = getattr(import_module(_module(format_)), format_.writer.partition(":")[2])
    return writer


def _module(format_: ExportFormat) -> str:
    return f"{__name__}.{format_.writer.partition(':')[0]}"
