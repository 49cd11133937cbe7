"""Allegations and what answered them.

An allegation is a report, or an event in which somebody has the role ``alleges``. It is answered by what links to it
(a statement, denial, raid, rescue, licence or closure), and by whoever ``denies`` in the same entry. That nothing is
recorded says nothing about what was done.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scamcli.language import dates
from scamcli.language.vocabulary import ANSWERS, ROLES
from scamcli.query import search
from scamcli.query.profiles import named
from scamcli.store.keys import OPEN_END

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from scamcli.query.filters import CompiledQuery
    from scamcli.records.masking import Masker

LINKS = ("responds_to", "disputes", "follows")

_IS_ALLEGATION = (
    "(e.kind = 'report' OR EXISTS (SELECT 1 FROM event_term WHERE event = e.key AND rel = 0 AND roles & ?))"
)
_ALLEGES = 1 << ROLES.index("alleges")

NO_ANSWER = "no recorded answer"


def rows(connection: sqlite3.Connection, compiled: CompiledQuery, masker: Masker | None) -> Iterator[dict[str, Any]]:
    """A row an allegation and answer, oldest allegation first; one without an answer has a row with ``None``.

    ``lag`` is in days, ``None`` where a date is not one sure day; ``lag_low`` and ``lag_high`` bound it.
    """
    found: list[tuple[str, int, int, int]] = []
    for plan in search.plans(connection, compiled, oldest_first=True):
        alleged = plan.also(_IS_ALLEGATION, _ALLEGES)
        sql = alleged.select("e.record, e.start, e.last, e.sure", f"ORDER BY {plan.order}")
        found += connection.execute(sql, alleged.parameters)
    for text, start, last, sure in found:
        record = json.loads(text)
        days = dates.Period(start, None if last >= OPEN_END else last, bool(sure))
        record = masker.record(record) if masker else record
        head = _allegation(record)
        answers = [*_same_entry(record, days), *_linked(connection, json.loads(text)["id"], days, masker)]
        for answer in answers or [dict.fromkeys(_KEYS)]:
            yield head | answer


def grouped(found: Iterable[dict[str, Any]], by: str) -> list[dict[str, Any]]:
    """How many allegations concern each site, province or actor, and how many of them have a recorded answer.

    What was done at one site of an allegation does not answer for its others.

    ``shortest_lag`` is in days.
    """
    groups: dict[str | None, dict[str, list[dict[str, Any]]]] = {}
    key = {"site": "sites", "province": "provinces", "actor": "by"}[by]
    for row in found:
        for value in row[key] or [None]:
            elsewhere = by == "site" and row["answer_sites"] and value not in row["answer_sites"]
            kept = row | dict.fromkeys(_KEYS) if elsewhere else row
            groups.setdefault(value, {}).setdefault(row["allegation"], []).append(kept)
    made = [_group(by, value, allegations) for value, allegations in groups.items()]
    return sorted(made, key=lambda row: (row[by] is None, -row["allegations"], row[by] or ""))


_KEYS = (
    "answer",
    "answer_date",
    "answer_kind",
    "relation",
    "answer_by",
    "answer_sites",
    "answer_title",
    "lag",
    "lag_low",
    "lag_high",
)


def _group(by: str, value: str | None, allegations: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    answered = [found for found in allegations.values() if any(row["answer"] for row in found)]
    lags = [row["lag_low"] for found in answered for row in found if row["lag_low"] is not None]
    return {
        by: value,
        "allegations": len(allegations),
        "answered": len(answered),
        "no_recorded_answer": len(allegations) - len(answered),
        "shortest_lag": min(lags, default=None),
        "events": list(allegations),
    }


def _allegation(record: dict[str, Any]) -> dict[str, Any]:
    alleging = named(record, "alleges") or named(record, "author", "speaker")
    return {
        "allegation": record["id"],
        "date": record["date"],
        "title": record["title"],
        "by": alleging,
        "sites": record["sites"],
        "provinces": record["provinces"],
    }


def _same_entry(record: dict[str, Any], days: dates.Period) -> Iterator[dict[str, Any]]:
    denying = named(record, "denies")
    if denying:
        same = {"answer_kind": "denial", "answer_by": denying, "lag": 0, "lag_low": 0, "lag_high": 0}
        yield _answer(record, days, days, "denies in the same entry") | same


def _linked(
    connection: sqlite3.Connection, event: str, days: dates.Period, masker: Masker | None
) -> Iterator[dict[str, Any]]:
    sql = (
        "SELECT DISTINCT link.type, e.kind, e.record, e.start, e.last, e.sure FROM link"
        " JOIN event e ON e.key = link.event WHERE link.target = ? AND e.draft = 0 ORDER BY e.key"
    )
    for type_, kind, text, start, last, sure in connection.execute(sql, [event]):
        if type_ in LINKS and kind in ANSWERS:
            record = json.loads(text)
            record = masker.record(record) if masker else record
            when = dates.Period(start, None if last >= OPEN_END else last, bool(sure))
            yield _answer(record, days, when, type_.replace("_", " "))


def _answer(record: dict[str, Any], since: dates.Period, when: dates.Period, relation: str) -> dict[str, Any]:
    low, high = _lag(since, when)
    return {
        "answer": record["id"],
        "answer_date": record["date"],
        "answer_kind": record["kind"],
        "relation": relation,
        "answer_by": named(record, "denies") or named(record, "speaker", "rescuer", "subject", "author"),
        "answer_sites": record["sites"],
        "answer_title": record["title"],
        "lag": low if low == high else None,
        "lag_low": low,
        "lag_high": high,
    }


def _lag(since: dates.Period, when: dates.Period) -> tuple[int | None, int | None]:
    """The fewest and the most days from an allegation to an answer, which is not before it where it need not be."""
    if not since.sure or not when.sure or None in {since.start, since.end, when.start}:
        return None, None
    low = (when.start or 0) - (since.end or 0)
    high = None if when.end is None else when.end - (since.start or 0)
    return (low if high is not None and high < 0 else max(low, 0)), high
