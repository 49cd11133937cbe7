"""Ask DuckDB about the files of a lake."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from scamcli.errors import DatabaseError, NotFoundError, WrongUsageError, quote, require_installed
from scamcli.language import names
from scamcli.language.vocabulary import METRICS, Metric
from scamcli.language.wording.numerals import tidy
from scamcli.query.resolve import Lookup
from scamcli.stats.lake import columns

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    from pathlib import Path

    from scamcli.language.wording.bounds import Number
    from scamcli.stats.lake.manifest import Manifest

MEMORY = "512MB"
"""What DuckDB may keep in memory. It writes the rest to temporary files."""

_EPOCH = date(1970, 1, 1)

_FIGURES = (
    "CREATE VIEW figures AS SELECT * REPLACE (nullif(country, '{none}') AS country)"
    " FROM read_parquet('{files}', hive_partitioning = true, hive_types = {{'year': BIGINT, 'country': VARCHAR}})"
)


class Engine:
    """The figures and links of a lake, as the views ``figures`` and ``links`` of DuckDB.

    Raises:
        WrongUsageError: DuckDB is not installed.
    """

    def __init__(self, lake: Path) -> None:
        require_installed("lake", "--lake needs", "duckdb")
        import duckdb

        self._errors = duckdb.Error
        self._connection = duckdb.connect(config={"memory_limit": MEMORY, "threads": 2})
        files = str(lake.resolve()).replace("'", "''")
        self.ask(_FIGURES.format(none=columns.NO_COUNTRY, files=f"{files}/figures/*/*/*.parquet"))
        self.ask(f"CREATE VIEW links AS FROM read_parquet('{files}/links/*.parquet')")

    def ask(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows that SQL finds.

        Raises:
            DatabaseError: a file is missing or damaged.
        """
        try:
            return list(self._connection.execute(sql, list(parameters)).fetchall())
        except self._errors as error:
            reason = str(error).partition("\n")[0]
            raise DatabaseError(f"The lake cannot be read: {reason}.", "Export it again.") from None

    def spellings(self, metric: str, column: str) -> list[str]:
        """Return the values of a column in the independent incidents of a metric."""
        sql = f'SELECT DISTINCT "{column}" FROM figures WHERE metric = ? AND independent'  # noqa: S608 - a column
        return [value for (value,) in self.ask(sql, [metric]) if value is not None]


class LakeLookup(Lookup):
    """Finds what typed names refer to in a lake. Its names are masked already."""

    def __init__(self, engine: Engine, manifest: Manifest, notes: list[str]) -> None:
        self.engine = engine
        self.manifest = manifest
        self.masker = None
        self.notes = notes

    def find(self, type_: str, text: str, called: str | None = None) -> tuple[int, str]:
        """Return a nationality as it is written in the lake.

        Raises:
            NotFoundError: no figure has it.
        """
        name = self._nationality_spelt(text)
        if name is not None:
            return 0, name
        hint = names.did_you_mean(names.suggest(text, self._nationalities))
        raise NotFoundError(f"No {type_} named {quote(text[:120])}.", hint)

    @cached_property
    def _nationalities(self) -> list[str]:
        rows = self.engine.ask("SELECT DISTINCT nationality FROM figures WHERE nationality IS NOT NULL ORDER BY 1")
        return [name for (name,) in rows]

    def _nationality_spelt(self, word: str) -> str | None:
        alike = (name for name in self._nationalities if names.normalise(word) == names.normalise(name))
        return word if word in self._nationalities else next(alike, None)

    def metric_name(self, text: str) -> str:
        """Return the name of a metric as typed, ignoring case.

        Raises:
            WrongUsageError: the lake has no such metric.
        """
        known = [*self.manifest.metrics, *METRICS]
        for name in (text, text.lower()):
            if name in known:
                return name
        hint = names.did_you_mean(names.suggest(text, known), "`scamcli stats` lists the metrics of a timeline.")
        raise WrongUsageError(f"No metric {quote(text[:80])}.", hint)

    def metric_of(self, name: str) -> Metric:
        """Return a metric by its name."""
        if name not in self.manifest.metrics:
            return METRICS[name]
        unit, split, count = self.manifest.metrics[name]
        return Metric(name, unit or name, split, count or "aggregate", "")


def number(value: Decimal | None) -> Number | None:
    """Return a number of a lake as other numbers are: whole numbers as ``int``."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else tidy(float(value))


def day(value: date | None) -> int | None:
    """Return a day as days since 1970-01-01."""
    return None if value is None else (value - _EPOCH).days


def date_of(day: int) -> date:
    """Return the date of a day, or the first or last date that there is."""
    return _EPOCH + timedelta(days=min(max(day, (date.min - _EPOCH).days), (date.max - _EPOCH).days))
