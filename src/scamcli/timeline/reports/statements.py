"""What a report sets side by side: numbers that contradict each other, and allegations with their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.language import dates
from scamcli.output.phrases import in_words
from scamcli.output.report.contents import Allegation, Answer, Conflict, Statement
from scamcli.output.text import date_text, figure_text
from scamcli.output.text.words import plural

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from scamcli.query.responses import ResponseDict
    from scamcli.records.types import EventDict
    from scamcli.stats.conflicts import Row as ConflictRow
    from scamcli.stats.conflicts import Statement as StatementRow


MOST_TEXTS = 200
"""How many allegations have their texts beside them. More of them would repeat the timeline."""


KINDS = {
    "disputed": "disputed",
    "contradicts": "sources differ",
    "exceeded": "a total is smaller than what lies inside it",
    "decreasing": "a running total goes down",
    "parts": "the parts do not fit the whole",
    "duplicate": "reports that may be of one event",
}
"""What is wrong with the numbers of a conflict, by its kind."""


def conflicts(rows: Iterable[ConflictRow], known: Container[str]) -> list[Conflict]:
    """Return the conflicts of a timeline in their order. ``known`` are the ids of the events that the report has."""
    return [
        Conflict(
            f"conflict:{number}",
            KINDS[row["kind"]],
            row["certainty"] == "contradicts",
            row["metric"],
            f"{row['why'][:1].upper()}{row['why'][1:]}.",
            [_statement(one, row["unit"], known) for one in row["figures"]],
        )
        for number, row in enumerate(rows, 1)
    ]


def _statement(row: StatementRow, unit: str | None, known: Container[str]) -> Statement:
    when = date_text.span(dates.parse_date(row["date"]))
    event = row["event"] if row["event"] in known else ""
    number = "" if row["figure"] is None else figure_text.number_and_wording(row, unit)
    return Statement(event, when, row["title"], number, row["stated_by"] or "", row["source"])


def allegations(rows: Iterable[ResponseDict], known: Mapping[str, EventDict]) -> list[Allegation]:
    """Return allegations, each with its answers, in the order of their first rows.

    ``known`` are the events that the report has, by their ids.
    """
    found: dict[str, list[ResponseDict]] = {}
    for row in rows:
        found.setdefault(row["allegation"], []).append(row)
    return [_allegation(of_one, known, texts=len(found) <= MOST_TEXTS) for of_one in found.values()]


def _allegation(rows: Sequence[ResponseDict], known: Mapping[str, EventDict], *, texts: bool) -> Allegation:
    first = rows[0]
    return Allegation(
        first["allegation"], _when(first["date"]), first["title"], first["by"], first["against"],
        first["alleged_owners"], first["sites"], _summary(first["allegation"], known) if texts else "",
        [_answer(row, known, texts=texts) for row in rows if row["answer"] is not None],
    )  # fmt: skip


def _answer(row: ResponseDict, known: Mapping[str, EventDict], *, texts: bool) -> Answer:
    return Answer(
        event=row["answer"] if row["answer"] is not None and row["answer"] in known else "",
        when=_when(row["answer_date"]) if row["answer_date"] else "",
        title=row["answer_title"] or "",
        by=row["answer_by"] or [],
        stance=in_words(row["stance"] or ""),
        after=_lag(row),
        sites=row["answer_sites"] or [],
        summary=_summary(row["answer"] or "", known) if texts and row["answer"] != row["allegation"] else "",
        note=row["note"] or (event["note"] if (event := known.get(row["answer"] or "")) else None) or "",
    )


def _summary(event: str, known: Mapping[str, EventDict]) -> str:
    found = known.get(event)
    return (found["summary"] or "") if found is not None else ""


def _when(date: str) -> str:
    return date_text.span(dates.parse_date(date))


def _lag(row: ResponseDict) -> str:
    """Return the time from an allegation to its answer in words; empty if the dates do not give it."""
    low, high = row["lag_low"], row["lag_high"]
    if row["lag"] is not None:
        days = plural(abs(row["lag"]), "day")
        return "on the same day" if row["lag"] == 0 else f"{days} {'later' if row['lag'] > 0 else 'earlier'}"
    if low is None or high is None:
        return ""
    return f"{low:,} to {high:,} days later" if low >= 0 else "before or after it"
