"""Find allegations, and who answered them and how.

An allegation is an event in which somebody has the role ``alleges``. It is answered by actors with one of the roles
`STANCES` in the same event, and by events that link to it with ``responds_to`` or ``disputes``. A report alone is not
an allegation. An allegation without a recorded answer may still have been answered.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypedDict, cast

from scamcli.language import dates
from scamcli.language.vocabulary import ACTIONS, ANSWER_LINKS, ROLES, STANCES
from scamcli.query import search
from scamcli.query.profiles import actors_with_role
from scamcli.store.keys import OPEN_END

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from scamcli.query.filters import CompiledQuery
    from scamcli.records.masking import Masker
    from scamcli.records.types import EventDict, JsonObject

ACCUSED = ("alleged_perpetrator", "target", "defendant", "subject")
"""Roles of the actors that an allegation is against.

An alleged owner is listed separately: an accusation against a site is not always one against its owner, and often
somebody else says who the owner is.
"""

SAME_ENTRY = "same entry"


def _bits(*roles: str) -> int:
    return sum(1 << ROLES.index(role) for role in roles)


_ALLEGES = _bits("alleges")
_REPLIES = _bits(*(role for role in STANCES if role != "acts"))

_HAS_ROLE = "EXISTS (SELECT 1 FROM event_term r WHERE r.event = {} AND r.rel = 0 AND r.roles & ?)"
_ANSWERS_ANOTHER = (
    "EXISTS (SELECT 1 FROM link l JOIN event t ON t.id = l.target WHERE l.event = e.key"  # noqa: S608 - our words
    f" AND l.type IN {ANSWER_LINKS} AND {_HAS_ROLE.format('t.key')})"
)
_IS_ALLEGATION = f"({_HAS_ROLE.format('e.key')} OR ({_HAS_ROLE.format('e.key')} AND NOT {_ANSWERS_ANOTHER}))"
"""The condition that somebody alleges something, or answers an allegation whose author and event are not recorded."""


class AnswerDict(TypedDict):
    """An answer by one event with one stance; all values are ``None`` if there is no answer.

    ``lag`` is the number of days from the allegation to the answer. It is ``None`` if one of the dates is not a single
    certain day, or if both are in the same event. ``lag_low`` and ``lag_high`` are its bounds. ``answer_sites`` are the
    sites that the answer is about.
    """

    answer: str | None
    answer_date: str | None
    answer_kind: str | None
    relation: str | None
    answer_by: list[str] | None
    stance: str | None
    answer_sites: list[str] | None
    answer_title: str | None
    note: str | None
    lag: int | None
    lag_low: int | None
    lag_high: int | None


class ResponseDict(AnswerDict):
    """An allegation with one answer. ``by`` is empty if no author is recorded, ``against`` if nobody is named."""

    allegation: str
    date: str
    title: str
    by: list[str]
    against: list[str]
    alleged_owners: list[str]
    sites: list[str]
    countries: list[str]
    provinces: list[str]


_NO_ANSWER = cast("AnswerDict", dict.fromkeys(AnswerDict.__annotations__))


def rows(connection: sqlite3.Connection, query: CompiledQuery, masker: Masker | None) -> Iterator[ResponseDict]:
    """Yield a row for each answer to an allegation, or one row for an allegation without any, oldest first."""
    found: list[tuple[str, int, int, int]] = []
    for plan in search.plans(connection, query, oldest_first=True):
        alleged = plan.also(_IS_ALLEGATION, _ALLEGES, _REPLIES, _ALLEGES)
        sql = alleged.select("e.record, e.start, e.last, e.sure", f"ORDER BY {plan.order}")
        found += connection.execute(sql, alleged.parameters)
    for text, *columns in found:
        event = _masked(text, masker)
        accusers = actors_with_role(event, "alleges")
        answers = _in_the_same_entry(event, has_accuser=bool(accusers))
        answers += _linked(connection, json.loads(text)["id"], _period(*columns), masker)
        for answer in answers or [_NO_ANSWER]:
            yield {
                "allegation": event["id"],
                "date": event["date"],
                "title": event["title"],
                "by": accusers,
                "against": actors_with_role(event, *ACCUSED) if accusers else [],
                "alleged_owners": actors_with_role(event, "alleged_owner") if accusers else [],
                "sites": event["sites"],
                "countries": event["countries"],
                "provinces": event["provinces"],
                **answer,
            }


def _masked(text: str, masker: Masker | None) -> EventDict:
    record = json.loads(text)
    return cast("EventDict", masker.record(record) if masker else record)


def _period(start: int, last: int, sure: int) -> dates.Period:
    return dates.Period(start, None if last >= OPEN_END else last, bool(sure))


def _in_the_same_entry(event: EventDict, *, has_accuser: bool) -> list[AnswerDict]:
    """Return the answers that the allegation itself records.

    These answers have no lag, because the event has only one date, which does not say when the allegation was made.
    Actors who act count as answering only if an accuser is recorded, because courts and police also act without an
    accusation.
    """
    stances = _explicit_stances(event)
    if not has_accuser:
        stances.pop("acts", None)
    return [
        _answer(event, SAME_ENTRY, stance, names) | {"lag": None, "lag_low": None, "lag_high": None, "note": None}
        for stance, names in stances.items()
    ]


def _linked(
    connection: sqlite3.Connection, id_: str, since: dates.Period, masker: Masker | None
) -> Iterator[AnswerDict]:
    """Yield the answers of the events that link to an allegation."""
    sql = (
        "SELECT DISTINCT e.record, e.start, e.last, e.sure FROM link"
        " JOIN event e ON e.key = link.event WHERE link.target = ? AND e.draft = 0 ORDER BY e.key"
    )
    for text, *columns in connection.execute(sql, [id_]):
        event = _masked(text, masker)
        links = zip(json.loads(text)["links"], event["links"], strict=True)  # a masked id matches nothing
        link = next((shown for own, shown in links if own["event"] == id_ and own["type"] in ANSWER_LINKS), None)
        if link:
            low, high = _lag(since, _period(*columns))
            lag = {"lag": low if low == high else None, "lag_low": low, "lag_high": high, "note": link["note"]}
            for stance, names in _stances(event, link["type"]).items():
                yield cast("AnswerDict", _answer(event, link["type"].replace("_", " "), stance, names) | lag)


def _explicit_stances(event: EventDict) -> dict[str, list[str]]:
    return {stance: names for stance in STANCES if (names := actors_with_role(event, stance))}


def _stances(event: EventDict, link: str) -> dict[str, list[str]]:
    """Return who answers, by stance. If no role gives a stance, the kinds of event and link decide."""
    if explicit := _explicit_stances(event):
        return explicit
    is_denial = event["kind"] == "denial" or link == "disputes"
    stance = "denies" if is_denial else "acts" if event["kind"] in ACTIONS else "comments"
    return {stance: actors_with_role(event, "speaker", "rescuer", "subject", "author")}


def _answer(event: EventDict, relation: str, stance: str, names: list[str]) -> AnswerDict:
    return {
        **_NO_ANSWER,
        "answer": event["id"],
        "answer_date": event["date"],
        "answer_kind": event["kind"],
        "relation": relation,
        "answer_by": names,
        "stance": stance,
        "answer_sites": event["sites"],
        "answer_title": event["title"],
    }


def _lag(since: dates.Period, period: dates.Period) -> tuple[int | None, int | None]:
    """Return the fewest and the most days from an allegation to an answer.

    If the dates allow it, the answer is assumed to come after the allegation.
    """
    if not since.sure or not period.sure or None in {since.start, since.end, period.start}:
        return None, None
    low = (period.start or 0) - (since.end or 0)
    high = None if period.end is None else period.end - (since.start or 0)
    return (low if high is not None and high < 0 else max(low, 0)), high


def is_wanted(row: ResponseDict, answerer: str | None, stance: str | None) -> bool:
    """Return whether a row is an answer by this actor with this stance; ``None`` matches any row."""
    return (answerer is None or answerer in (row["answer_by"] or ())) and (stance is None or stance == row["stance"])


def is_about_another_site(row: ResponseDict) -> bool:
    """Return whether an answer names only sites that the allegation does not name."""
    return bool(row["sites"] and row["answer_sites"] and not set(row["sites"]) & set(row["answer_sites"]))


def group(found: Iterable[ResponseDict], by: str) -> list[JsonObject]:
    """Count the allegations that concern each site, country, province or actor, and those with a recorded answer.

    An answer about one site of an allegation does not count as an answer for its other sites.

    Returns:
        Rows with the most allegations first; ``shortest_lag`` is in days.
    """
    groups: dict[str | None, dict[str, list[ResponseDict]]] = {}
    for row in found:
        lists = {"site": row["sites"], "country": row["countries"], "province": row["provinces"], "actor": row["by"]}
        values: list[str] = lists[by]
        for value in values or (None,):
            is_elsewhere = by == "site" and value and row["answer_sites"] and value not in row["answer_sites"]
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
