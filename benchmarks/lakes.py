"""Measure ``stats --lake`` on lakes of many millions of events.

    python -m benchmarks.lakes FOLDER --millions 10 30
    python -m benchmarks.lakes FOLDER --millions 1 --mixture

The timeline is like a data set of incidents. With ``--mixture``, a fifth of its figures are sums, running totals or
linked.

A timeline of that size takes hours to import, so a lake is made of copies. One year of 100,000 events is imported and
exported as a lake, and its figures are copied into as many years as are needed, with all their days shifted. So
pairs of incidents on both sides of a New Year are not suspected.
Years with a leap day are left out, because the days of a month would differ. Events are not copied: totals do not
read them.

Each year of the copies must have the same numbers as the SQLite file of the one year.
"""

from __future__ import annotations

import argparse
import json
import sys
from calendar import isleap
from datetime import date
from itertools import count, islice
from pathlib import Path
from typing import Any

from benchmarks import generate
from benchmarks.timing import FailedError, answer, command, run, run_watched

YEAR, EVENTS = 2023, 100_000
SCAMCLI = (sys.executable, "-m", "scamcli")
NUMBERS = ("low", "best", "high", "unadjusted", "entries", "contested", "suspected")

FIGURES = """
COPY (
  SELECT * EXCLUDE (year, country) REPLACE (
    key + ({days}::BIGINT << 20) AS key, regexp_replace(event, '^{of}', '{year}') AS event,
    replace(event_date, '{of}', '{year}') AS event_date, replace(period, '{of}', '{year}') AS period,
    first + {days} AS first, last + {days} AS last, covers_from + {days} AS covers_from,
    covers_to + {days} AS covers_to, replace(covers_year, '{of}', '{year}') AS covers_year
  ), country
  FROM read_parquet('{base}/figures/*/*/*.parquet', hive_partitioning = true)
) TO '{lake}/figures/year={year}'
(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 50000, PARTITION_BY (country))
"""
RELATIONS = """
COPY (
  SELECT * EXCLUDE (year) REPLACE ({shifted})
  FROM read_parquet('{base}/{table}/part.parquet'), (SELECT unnest({years}) AS year)
) TO '{lake}/{table}/part.parquet' (FORMAT parquet)
"""
IDS = {"links": ("event", "target"), "suspected": ("event", "other_event")}
"""The columns of these tables that have ids of events, which begin with the year."""


def make_year(folder: Path, *, only_incidents: bool) -> Path:
    """Make the timeline of one year and its lake, and return the lake; the timeline is beside it."""
    database, lake, records = folder / "year.db", folder / "year", folder / "year.jsonl"
    if not lake.exists():
        generate.FIRST_DAY, generate.DAYS = date(YEAR, 1, 1), 365
        with records.open("w", encoding="utf-8") as out:
            every = generate.records(EVENTS, only_incidents=only_incidents)
            out.writelines(json.dumps(record) + "\n" for record in every)
        run(command(*SCAMCLI, "import", records, "--db", database))
        run(command(*SCAMCLI, "export", "lake", "-o", lake, "--db", database))
    return lake


def make_lake(folder: Path, base: Path, copies: int) -> Path:
    """Make a lake of copies of a year."""
    import duckdb

    lake = folder / f"lake-{copies}"
    if (lake / "lake.json").exists():
        return lake
    years = list(islice((year for year in count(YEAR) if not isleap(year)), copies))
    days = [(date(year, 1, 1) - date(YEAR, 1, 1)).days for year in years]
    for name in ("figures", *IDS):
        (lake / name).mkdir(parents=True)
    with duckdb.connect() as connection:
        for year, shift in zip(years, days, strict=True):
            connection.execute(FIGURES.format(of=YEAR, year=year, days=shift, base=base, lake=lake))
        for table, ids in IDS.items():
            shifted = ", ".join(f"regexp_replace({id_}, '^{YEAR}', year::VARCHAR) AS {id_}" for id_ in ids)
            connection.execute(RELATIONS.format(shifted=shifted, years=years, base=base, lake=lake, table=table))
    manifest = json.loads((base / "lake.json").read_text(encoding="utf-8"))
    figures = sorted(str(file.relative_to(lake)) for file in (lake / "figures").rglob("*.parquet"))
    manifest["files"] |= {"events": [], "figures": figures}
    (lake / "lake.json").write_text(json.dumps(manifest), encoding="utf-8")
    return lake


def require_the_same_years(found: list[dict[str, Any]], expected: dict[str, Any], copies: int) -> None:
    """Compare each year with the SQLite file.

    Raises:
        FailedError: A year is missing, or has other numbers.
    """
    years = [row for row in found if row["year"] is not None]
    if len(years) != copies:
        raise FailedError(f"{len(years)} years, not {copies}")
    for row in years:
        for name in NUMBERS:
            if row[name] != expected[name]:
                raise FailedError(f"{row['year']}: {name} is {row[name]}, and in SQLite {expected[name]}")


def main() -> None:
    """Print what each table takes, for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--millions", type=int, nargs="+", default=[1])
    parser.add_argument("--mixture", action="store_true")
    asked = parser.parse_args()
    folder = asked.folder.resolve() / ("mixture" if asked.mixture else "incidents")
    folder.mkdir(parents=True, exist_ok=True)
    base, metric = make_year(folder, only_incidents=not asked.mixture), "rescues" if asked.mixture else "deaths"
    by_year = ("stats", metric, "--by", "year", "--json")
    (expected,) = (
        row
        for row in json.loads(answer(command(*SCAMCLI, *by_year, "--db", base.with_suffix(".db"))))
        if row["year"] == str(YEAR)
    )
    bare = min(run(command(sys.executable, "-c", "")).cpu for _ in range(5))
    for millions in asked.millions:
        copies = millions * 1_000_000 // EVENTS
        lake = make_lake(folder, base, copies)
        require_the_same_years(json.loads(answer(command(*SCAMCLI, *by_year, "--lake", lake))), expected, copies)
        for table in (("--by", "none"), ("--by", "country"), ("--by", "year"), ("--by", "none", "--during", "2030")):
            used = run_watched(command(*SCAMCLI, "stats", metric, *table, "--json", "--lake", lake))
            print(  # noqa: T201
                f"{millions} million, {' '.join(table)}: {used.cpu / bare:,.0f} bare Python starts,"
                f" {used.memory / 2**20:,.0f} MiB"
            )


if __name__ == "__main__":
    main()
