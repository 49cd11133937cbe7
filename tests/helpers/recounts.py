"""Totals of a timeline, and what DuckDB counts in the file that it was imported from."""

from __future__ import annotations

from typing import NamedTuple

from tests.helpers.command_line import done
from tests.helpers.validators import need


class Total(NamedTuple):
    """A row of `stats`."""

    low: float | None
    best: float | None
    high: float | None


def totals(metric: str, by: str, *options: str) -> dict[str | None, Total]:
    """Return the rows of `stats` for a metric, by the value that they are for."""
    found = done("stats", metric, "--by", by, *options, "--json").json
    return {row.get(by): Total(*(row[key] for key in Total._fields)) for row in found}


def recount(query: str, path: str) -> dict[str | None, float]:
    """Return the first two columns of a query over a CSV file in which all cells are texts."""
    duckdb = need("duckdb")
    text = query.replace(f"'{path}'", f"read_csv('{path}', all_varchar=true, nullstr='\\0')")
    return dict(duckdb.sql(text).fetchall())
