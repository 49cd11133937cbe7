"""Sheets of news that people kept by hand, with what really is one event, to measure how well suspicion finds it."""

from __future__ import annotations

import csv
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import ScamcliError
from scamcli.language import gazetteer
from scamcli.language.countries import demonym, is_demonym
from scamcli.language.dates import stored_days
from scamcli.language.wording.parsing import parse_wording
from scamcli.numbers.links import DisjointSets
from scamcli.numbers.suspicion import Report, find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.numbers.suspicion import Suspicion

SHEETS = Path(__file__).parents[1] / "numbers" / "sheets"


class Sheet(NamedTuple):
    """The rows of a sheet as reports, and the number of the real event of each, by event."""

    name: str
    reports: list[Report]
    truth: dict[str, str]


class Rates(NamedTuple):
    """How well pairs of rows that are one event were found.

    Attributes:
        pairs: How many pairs of rows really are one event.
        suspected: How many pairs are suspected, directly or through another row.
        right: How many of these really are one event.
        touched: The share of rows that are suspected.
    """

    pairs: int
    suspected: int
    right: int
    touched: float

    @property
    def recall(self) -> float:
        """The share of real pairs that are suspected."""
        return self.right / self.pairs if self.pairs else 1.0

    @property
    def precision(self) -> float:
        """The share of suspected pairs that are real."""
        return self.right / self.suspected if self.suspected else 1.0


def sheets(table: str | None = None) -> list[Sheet]:
    """Return all sheets, as rows that were entered one by one, or as rows of a table that is not declared."""
    return [_read(path, table) for path in sorted(SHEETS.glob("*.csv"))]


def rates(sheet: Sheet) -> Rates:
    """Compare what is suspected in a sheet with what is true."""
    found = find(sheet.reports, settled=lambda _one, _other: False)
    events = {report.key[0] for report in sheet.reports}
    touched = {event for pair in found for event in pair.events}
    suspected = suspected_pairs(found)
    real = _real_pairs(sheet)
    return Rates(len(real), len(suspected), len(real & suspected), len(touched) / len(events))


def suspected_pairs(found: Sequence[Suspicion]) -> set[frozenset[str]]:
    """Return all pairs of events that suspicions connect."""
    joined = DisjointSets[str]()
    for pair in found:
        joined.join(*pair.events)
    groups: dict[str, list[str]] = defaultdict(list)
    for event in joined.nodes:
        groups[joined.root(event)].append(event)
    return {frozenset(pair) for group in groups.values() for pair in combinations(group, 2)}


def _real_pairs(sheet: Sheet) -> set[frozenset[str]]:
    rows_of: dict[tuple[str, str], list[str]] = defaultdict(list)
    for report in sheet.reports:
        if report.number is not None:
            rows_of[report.metric, sheet.truth[report.key[0]]].append(report.key[0])
    return {frozenset(pair) for rows in rows_of.values() for pair in combinations(rows, 2)}


def _read(path: Path, table: str | None) -> Sheet:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    reports = [_report(f"{path.stem}-{number}", row, table) for number, row in enumerate(rows, start=2)]
    return Sheet(path.stem, reports, {one.key[0]: row["truth"] for one, row in zip(reports, rows, strict=True)})


def _report(event: str, row: dict[str, str], table: str | None) -> Report:
    low, best, high = _bounds(row["number"])
    first_day, last_day, _ = stored_days(row["date"])
    return Report(
        key=(event, row["metric"]),
        metric=row["metric"],
        unit=None,
        low=low,
        best=best,
        high=high,
        first_day=first_day,
        last_day=last_day,
        country=row["country"] or None,
        provinces=_one(_province(row)),
        nationality=_nationality(row["nationality"]),
        speaker=row["speaker"] or None,
        title=row["title"],
        towns=_one(row["town"]),
        sites=_one(row["site"]),
        outlets=_one(row["outlet"]),
        table=table,
        is_declared=False,
    )


def _bounds(words: str) -> tuple[float | None, float | None, float | None]:
    """Read a number as it would be entered; a person would not enter what says no number."""
    try:
        low, best, high = parse_wording(words)
    except (ScamcliError, ValueError):
        return None, None, None
    return low, best, high


def _province(row: dict[str, str]) -> str | None:
    """Return the official name of the province, as `add` finds it from the province or the town."""
    country = row["country"] or None
    for name in (row["province"], row["town"]):
        found = gazetteer.resolve(name, country) if name else None
        if found is not None and found.province:
            return found.province
    return None


def _nationality(text: str) -> str | None:
    """Return the nationality, unless the cell lists several."""
    if not text or "," in text:
        return None
    word = demonym(text)
    return word if is_demonym(word) else text


def _one(name: str | None) -> frozenset[str]:
    return frozenset({name}) if name else frozenset()
