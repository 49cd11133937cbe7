"""The daily files of Palestine Datasets: each row is accounted for, and totals equal a recount in DuckDB."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from tests.helpers import palestine_rows
from tests.helpers.command_line import done
from tests.helpers.csv_files import written

if TYPE_CHECKING:
    from pathlib import Path


def events() -> dict[str, dict[str, Any]]:
    records = map(json.loads, done("export", "jsonl").out.splitlines())
    return {record["id"]: record for record in records if record["type"] == "event"}


def months(metric: str) -> dict[str | None, tuple[int | None, ...]]:
    found = done("stats", metric, "--by", "month", "--json").json
    return {row["month"]: (row["low"], row["best"], row["high"]) for row in found}


def total(metric: str) -> tuple[str | None, int | None, int | None, int | None]:
    [row] = done("stats", metric, "--by", "country", "--json").json
    return row["country"], row["low"], row["best"], row["high"]


def rises(path: str, column: str, where: str) -> dict[str, int]:
    """The rise of a running total in each month.

    It is the last number stated in the month, less the first one from the day before the month on. In the first month
    of the file, it is the last number stated.
    """
    rows = duckdb.execute(f"""
        with stated as (
            select cast(report_date as date) as day, cast({column} as integer) as number
            from read_csv('{path}', header = true, all_varchar = true) where {column} is not null and {where}
        ), months as (
            select date_trunc('month', day) as month, arg_max(number, day) as latest from stated group by all
        )
        select strftime(month, '%Y-%m'), latest - case when month = (select min(month) from months) then 0 else
            (select arg_min(number, day) from stated where day >= month - interval 1 day) end
        from months order by month
    """).fetchall()
    return dict(rows)


@pytest.mark.parametrize(("metric", "column"), [("deaths", "killed_cum"), ("injuries", "injured_cum")])
def test_totals_of_gaza_are_those_of_the_file(empty_db: Path, folder: Path, metric: str, column: str) -> None:
    rows = [row for row in palestine_rows.gaza() if row["report_date"] not in {"2023-11-06"}]  # the correction
    path = written(folder / "casualties_daily.csv", rows)
    told = done("import", path).err
    assert told.splitlines()[-1] == f"scamcli: {len(rows)} records added, 0 already present."
    last = int(next(row[column] for row in reversed(rows) if row[column]))
    assert total(metric) == ("PS", last, last, last)
    found = months(metric)
    for month, rise in rises(path, column, "report_source <> 'missing'").items():
        if month not in {"2023-11"} or metric == "injuries":
            assert found[month] == (rise, rise, rise), month


def test_each_row_of_gaza_is_accounted_for(empty_db: Path, folder: Path) -> None:
    rows = palestine_rows.gaza()
    told = done("import", written(folder / "casualties_daily.csv", rows)).err
    assert 'Nobody reported for that day, and the event has the tag "no official report" (5 rows, ' in told
    assert "olumns left out" not in told
    found = events()
    for row in rows:
        event = found[f"palestine_gaza-{row['report_date']}"]
        assert (event["date"], event["kind"], event["countries"]) == (row["report_date"], "report", ["PS"])
        assert [place["name"] for place in event["places"]] == ["Gaza Strip"]
        figures = {figure["metric"]: figure for figure in event["figures"]}
        if row["report_source"] == "missing":
            assert (figures, event["tags"]) == ({}, ["no official report"])
            continue
        stated = {metric: figure["best"] for metric, figure in figures.items()}
        assert stated == {"deaths": int(row["killed_cum"]), "injuries": int(row["injured_cum"])}
        assert {figure["count"] for figure in figures.values()} == {"cumulative"}
        for column in ("killed", "injured", "killed_children_cum", "killed_women_cum", "press_killed_cum"):
            assert f"{column}: {row[column]}" in event["note"].splitlines()
        office = "Government Media Office" if row["report_source"] == "gmotel" else "Ministry of Health"
        assert [source["outlet"] for source in event["sources"]] == ["Tech for Palestine", f"{office} in Gaza"]


def test_a_total_that_goes_down_is_a_finding(empty_db: Path, folder: Path) -> None:
    done("import", written(folder / "casualties_daily.csv", palestine_rows.gaza()))
    [found] = done("conflicts", "--json").json
    assert (found["kind"], found["metric"]) == ("decreasing", "deaths")
    assert "palestine_gaza-2023-11-06" in json.dumps(found)


def test_the_west_bank_counts_flash_updates_of_their_day_only(empty_db: Path, folder: Path) -> None:
    rows = palestine_rows.west_bank()
    path = written(folder / "west_bank_daily.csv", rows)
    told = done("import", path).err
    assert "The flash update repeats an earlier one, so it is not a statement of that day (93 rows, " in told
    found = events()
    assert len(found) == len(rows)
    for row in rows:
        event = found[f"palestine_west_bank-{row['report_date']}"]
        figures = {figure["metric"]: figure["best"] for figure in event["figures"]}
        is_update = row["flash_source"] == "un"
        expected = {"deaths": int(row["killed_cum"]), "injuries": int(row["injured_cum"])}
        assert figures == (expected if is_update else {})
        assert (f"verified.killed_cum: {row['verified.killed_cum']}" in event["note"]) == bool(row["verified.killed"])
        assert ("no flash update" in event["tags"]) == (not is_update)
    last = int(next(row["killed_cum"] for row in reversed(rows) if row["flash_source"] == "un"))
    assert total("deaths") == ("PS", last, last, last)
    for month, rise in rises(path, "killed_cum", "flash_source <> 'fill'").items():
        assert months("deaths")[month][0] == rise, month


def test_a_newer_file_adds_its_days_only(empty_db: Path, folder: Path) -> None:
    path = folder / "casualties_daily.csv"
    done("import", written(path, palestine_rows.gaza(60)))
    again = done("import", written(path, palestine_rows.gaza(63))).err
    assert again.endswith("3 records added, 60 already present.\n")
