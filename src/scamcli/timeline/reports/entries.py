"""The events of a report, with their figures, sources and relations."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from scamcli.language import dates
from scamcli.output.report.contents import Citation, Entry, FigureEntry, Relation
from scamcli.output.text import date_text, figure_text
from scamcli.timeline.reports.numbers import day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from scamcli.language.dates import By
    from scamcli.output.report.contents import Conflict
    from scamcli.records.types import EventDict, FigureDict, LinkDict
    from scamcli.timeline.reports.bibliography import Bibliography

OUTWARD = {
    "responds_to": "responds to", "disputes": "disputes", "follows": "follows", "repeats": "repeats",
    "corrects": "corrects", "updates": "updates", "distinct": "is a different incident from", "includes": "includes",
}  # fmt: skip
INWARD = {
    "responds_to": "has a response in", "disputes": "is disputed by", "follows": "is followed by",
    "repeats": "is repeated by", "corrects": "is corrected by", "updates": "is updated by",
    "distinct": "is a different incident from", "includes": "is included in",
}  # fmt: skip
"""Words for the types of links, from either end."""

COUNT_OF_ONE = {
    "incident": "what happened in this event",
    "aggregate": "a total that the source gives for a period",
    "cumulative": "a running total since a start",
    "stock": "how many there were at one moment",
    "none": "a number that is never combined with others",
}
"""What the count of a single figure means."""

MOST_COLUMNS = 60
"""How many columns a chart of events has at most. Longer times are divided into quarters or years."""

MOST_YEARS = 200
"""Over how many years a chart of events is still worth drawing."""

MOST_BUCKETS = 12
"""An event whose date may lie in more columns than this is in none of them."""


class Surroundings:
    """What the events of a report are related to.

    Args:
        bibliography: Gives sources their numbers.
        sentences: Citable sentences by the ids of event and figure.
        conflicts: The conflicts of the report.
        title_of: Returns the title of an event that the report does not have, or ``None`` if there is no such event.
    """

    def __init__(
        self,
        bibliography: Bibliography,
        sentences: Mapping[tuple[str, str | None], str],
        conflicts: Sequence[Conflict],
        title_of: Callable[[str], str | None],
    ) -> None:
        self.bibliography = bibliography
        self.sentences = sentences
        self.title_of = title_of
        self.conflicts: dict[str, list[str]] = defaultdict(list)
        for conflict in conflicts:
            for statement in conflict.statements:
                if conflict.anchor not in self.conflicts[statement.event]:
                    self.conflicts[statement.event].append(conflict.anchor)


def entries(events: Iterable[EventDict], around: Surroundings) -> list[Entry]:
    """Return the events in their order."""
    records = list(events)
    titles = {record["id"]: record["title"] for record in records}
    inward: dict[str, list[tuple[EventDict, LinkDict]]] = defaultdict(list)
    for record in records:
        for link in record["links"]:
            inward[link["event"]].append((record, link))
    return [_entry(record, titles, inward[record["id"]], around) for record in records]


def _entry(
    record: EventDict, titles: Mapping[str, str], inward: Sequence[tuple[EventDict, LinkDict]], around: Surroundings
) -> Entry:
    period = dates.parse_date(record["date"])
    relations = [_outward(link, titles, around) for link in record["links"]]
    relations += [
        Relation(INWARD[link["type"]], other["id"], other["title"], link["note"] or "") for other, link in inward
    ]
    sentences = figure_text.sentences(record["figures"])
    return Entry(
        record=record,
        when=date_text.span(period),
        first=day(period.start),
        last=day(period.end),
        figures=[
            _figure(record, figure, sentence, around)
            for figure, sentence in zip(record["figures"], sentences, strict=True)
        ],
        citations=[Citation(around.bibliography.number(source, record["id"]), source) for source in record["sources"]],
        relations=relations,
        conflicts=around.conflicts.get(record["id"], ()),
    )


def _outward(link: LinkDict, titles: Mapping[str, str], around: Surroundings) -> Relation:
    title, id_ = titles.get(link["event"]), link["event"]
    if title is None:
        title, id_ = around.title_of(link["event"]) or link["event"], ""
    return Relation(OUTWARD[link["type"]], id_, title, link["note"] or "")


def _figure(record: EventDict, figure: FigureDict, sentence: str, around: Surroundings) -> FigureEntry:
    number = figure_text.number(figure)
    return FigureEntry(
        anchor=f"{record['id']}:{figure['id']}",
        record=figure,
        sentence=sentence,
        number=number,
        counts=COUNT_OF_ONE[figure["count"] or "none"],
        reading=_reading(figure, number),
        citation=around.sentences.get((record["id"], figure["id"]), ""),
    )


def _reading(figure: FigureDict, number: str) -> str:
    """Return a sentence on how the wording of a figure is read, unless that is plain."""
    if not figure["stated"]:
        return f"The record has no wording for this number, and gives it as: {number}."
    return "" if figure_text.is_plain(figure["stated"], number) else f"“{figure['stated']}” is read as {number}."


def events_over_time(found: Sequence[Entry]) -> list[tuple[str, int, int]]:
    """Return months, or longer spans of time, with the numbers of events in each, and of those that may be in it.

    There are none if the events are spread over more than `MOST_YEARS`.
    """
    days = [day for entry in found for day in (entry.first, entry.last) if day is not None]
    if not days:
        return []
    years = max(days).year - min(days).year + 1
    if years > MOST_YEARS:
        return []
    return _columns(
        found, "month" if years * 12 <= MOST_COLUMNS else "quarter" if years * 4 <= MOST_COLUMNS else "year"
    )


def _columns(found: Sequence[Entry], by: By) -> list[tuple[str, int, int]]:
    certain, possible = Counter[str](), Counter[str]()
    for entry in found:
        period = dates.parse_date(entry.record["date"])
        label = dates.bucket(period, by) if period.sure else None
        if label is not None:
            certain[label] += 1
            continue
        within = list(islice(_buckets(period.start, period.end, by), MOST_BUCKETS + 1))
        possible.update(within if len(within) <= MOST_BUCKETS else ())
    labels = sorted({*certain, *possible})
    if not labels:
        return []
    first, last = dates.parse_during(labels[0]).start, dates.parse_during(labels[-1]).end
    return [(label, certain[label], possible[label]) for label in _buckets(first, last, by)]


def _buckets(first: int | None, last: int | None, by: By) -> Iterable[str]:
    """Yield the labels of all months, quarters or years from one day to another; none if an end is open."""
    at = first
    while at is not None and last is not None and at <= last:
        label = dates.bucket(dates.Period(at, at, sure=True), by)
        if label is not None:
            yield label
        at = dates.bucket_range(at, by)[1] + 1
