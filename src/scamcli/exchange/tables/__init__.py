"""Records as flat tables (events, figures, actors, sites and metrics), and back again.

``TABLES`` is the one list of their columns: the header of CSV, the sheets of a workbook, and the schemas of a data
package and of Parquet are made from it. Every table can be read back without loss, because a cell holds JSON wherever
the form that people read would not say everything. The package is pure: exporters write what it returns, and importers
read with it.
"""

from __future__ import annotations

from scamcli.exchange.tables.columns import BY_NAME, TABLES, Column, Kind, Table, find_similar_table, find_table
from scamcli.exchange.tables.record_rows import figure, record, rows

__all__ = [
    "BY_NAME",
    "TABLES",
    "Column",
    "Kind",
    "Table",
    "figure",
    "find_similar_table",
    "find_table",
    "record",
    "rows",
]
