"""The records as flat tables: events, figures, actors, sites and metrics, a row each, and back again.

``TABLES`` is the one list of their columns: the header of CSV, the sheets of a workbook, the schema of a data package
and of Parquet are made from it. Every table can be read back without loss: a cell is written as people read it where
that says all, else as JSON. It is pure: exports write what it gives, imports read with it.
"""

from __future__ import annotations

from scamcli.exchange.tables.columns import BY_NAME, TABLES, Column, Kind, Table, named, nearly
from scamcli.exchange.tables.rows import figure, record, rows

__all__ = ["BY_NAME", "TABLES", "Column", "Kind", "Table", "figure", "named", "nearly", "record", "rows"]
