"""Allegations, and what answered them.

An allegation is a report, or an event in which somebody has the role ``alleges``. It is answered by an event that
links to it (a statement, denial, raid, rescue, licence or closure), and by whoever ``denies`` in the same event. An
allegation without a recorded answer may have been answered all the same.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypedDict, cast

from scamcli.language import dates
from scamcli.language.vocabulary import ANSWERS, ROLES
from scamcli.query import search
from scamcli.query.profiles import actors_with_role
from scamcli.store.keys import OPEN_END

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from scamcli.query.filters import CompiledQuery
    from scamcli.records.masking import Masker
    from scamcli.records.types import EventDict, JsonObject

LINKS = ("responds_to", "disputes", "follows")
"""The links by which an event answers an allegation."""

_IS_ALLEGATION = (
    "(e.kind = 'report' OR EXISTS (SELECT 1 FROM event_term WHERE event = e.key AND rel = 0 AND roles & ?))"
)
_ALLEGES = 1 << ROLES.index("alleges")

NO_ANSWER = "no recorded answer"


class AnswerDict(TypedDict):
    """An answer; every value is ``None`` if there is none.

    ``lag`` is the number of days from the allegation to the answer, ``None`` if a date is not one certain day;
    ``lag_low`` and ``lag_high`` are its bounds.
    """

    answer: str | None
    answer_date: str | None
    answer_kind: str | None
    relation: str | None
    answer_by: list[str] | None
    answer_sites: list[str] | None
    answer_title: str | None
    lag: int | None
    lag_low: int | None
    lag_high: int | None


class ResponseDict(AnswerDict):
    """An allegation and one answer to it."""

    allegation: str
    date: str
    title: str
    by: list[str]
    sites: list[str]
    provinces: list[str]


_NO_ANSWER = cast("AnswerDict", dict.fromkeys(AnswerDict.__annotations__))


def rows(connection: sqlite3.Connection, query: CompiledQuery, masker: Masker | None) -> Iterator[ResponseDict]:
    """Yield a row for each allegation and answer, oldest allegation first, and one for each without an answer."""
    found: list[tuple[str, int, int, int]] = []
    for plan in search.plans(connection, query, oldest_first=True):
        alleged = plan.also(_IS_ALLEGATION, _ALLEGES)
        sql = alleged.select("e.record, e.start, e.last, e.sure", f"ORDER BY {plan.order}")
        found += connection.execute(sql, alleged.parameters)
    for text, *columns in found:
        event, period = _masked(text, masker), _period(*columns)
        answers = list(_linked(connection, json.loads(text)["id"], period, masker))
        if denying := actors_with_role(event, "denies"):  # a denial that the allegation itself records
            denial = _answer(event, period, period, "denies in the same entry")
            denial.update({"answer_kind": "denial", "answer_by": denying, "lag": 0, "lag_low": 0, "lag_high": 0})
            answers.insert(0, denial)
        for answer in answers or [_NO_ANSWER]:
            yield {
                "allegation": event["id"],
                "date": event["date"],
                "title": event["title"],
                "by": actors_with_role(event, "alleges") or actors_with_role(event, "author", "speaker"),
                "sites": event["sites"],
                "provinces": event["provinces"],
                **answer,
            }


def _masked(text: str, masker: Masker | None) -> EventDict:
    record = json.loads(text)
    return cast("EventDict", masker.record(record) if masker else record)


def _period(start: int, last: int, sure: int) -> dates.Period:
    return dates.Period(start, None if last >= OPEN_END else last, bool(sure))


def _linked(
    connection: sqlite3.Connection, id_: str, since: dates.Period, masker: Masker | None
) -> Iterator[AnswerDict]:
    """Yield the events that answer an allegation by a link."""
    sql = (
        "SELECT DISTINCT link.type, e.kind, e.record, e.start, e.last, e.sure FROM link"
        " JOIN event e ON e.key = link.event WHERE link.target = ? AND e.draft = 0 ORDER BY e.key"
    )
    for type_, kind, text, *columns in connection.execute(sql, [id_]):
        if type_ in LINKS and kind in ANSWERS:
            yield _answer(_masked(text, masker), since, _period(*columns), type_.replace("_", " "))


def _answer(event: EventDict, since: dates.Period, period: dates.Period, relation: str) -> AnswerDict:
    low, high = _lag(since, period)
    others = ("speaker", "rescuer", "subject", "author")
    return {
        "answer": event["id"],
        "answer_date": event["date"],
        "answer_kind": event["kind"],
        "relation": relation,
        "answer_by": actors_with_role(event, "denies") or actors_with_role(event, *others),
        "answer_sites": event["sites"],
        "answer_title": event["title"],
        "lag": low if low == high else None,
        "lag_low": low,
        "lag_high": high,
    }


def _lag(since: dates.Period, period: dates.Period) -> tuple[int | None, int | None]:
    """Return the fewest and the most days from an allegation to an answer.

    An answer is taken to come after the allegation wherever their dates allow it.
    """
    if not since.sure or not period.sure or None in {since.start, since.end, period.start}:
        return None, None
    low = (period.start or 0) - (since.end or 0)
    high = None if period.end is None else period.end - (since.start or 0)
    return (low if high is not None and high < 0 else max(low, 0)), high


def group(found: Iterable[ResponseDict], by: str) -> list[JsonObject]:
    """Count the allegations that concern each site, province or actor, and those with a recorded answer.

    What was done at one site of an allegation does not answer it for the others.

    Returns:
        Rows with the most allegations first; ``shortest_lag`` is in days.
    """
    groups: dict[str | None, dict[str, list[ResponseDict]]] = {}
    for row in found:
        values: list[str] = {"site": row["sites"], "province": row["provinces"], "actor": row["by"]}[by]
        for value in values or (None,):
            is_elsewhere = by == "site" and row["answer_sites"] and value not in row["answer_sites"]
            entry = cast("ResponseDict", {**row, **_NO_ANSWER}) if is_elsewhere else row
            groups.setdefault(value, {}).setdefault(row["allegation"], []).append(entry)
    order = sorted(groups, key=lambda value: (value is None, -len(groups[value]), value or ""))
    return [{by: value, **_summary(groups[value])} for value in order]


def _summary(allegations: dict[str, list[ResponseDict]]) -> JsonObject:
    answered = [found for found in allegations.values() if any(row["answer"] for row in found)]
    lags = [row["lag_low"] for found in answered for row in found if row["lag_low"] is not None]
    return {
        "allegations": len(allegations),
        "answered": len(answered),
        "no_recorded_answer": len(allegations) - len(answered),
        "shortest_lag": min(lags, default=None),
        "events": list(allegations),
    }
