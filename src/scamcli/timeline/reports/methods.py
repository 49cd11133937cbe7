"""How a report's numbers were made, in words: only the rules that this report used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.figures import RULES_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.output.report.contents import Conflict, Entry, Metric
    from scamcli.query.filters import Query
    from scamcli.records.types import FigureDict

Section = tuple[str, list[str]]
"""A heading with its paragraphs."""

COUNTS = {
    "incident": (
        "Some figures count what happened in one event, such as one raid. Figures of different events are added up,"
        " unless a link says or a comparison suggests that they may be the same incident."
    ),
    "aggregate": (
        "Some figures are sums that a source gave for a period. They may include incidents that this report also"
        " lists, so they are added to other figures only if something proves that they differ."
    ),
    "cumulative": (
        "Some figures are running totals, which a speaker states again and again from one start. The latest"
        " statement replaces the earlier ones."
    ),
    "stock": (
        "Some figures say how many people there were at one moment. They are never added up, because the same"
        " people may be counted at two moments."
    ),
    "none": "Some figures, such as the length of a sentence or a percentage, are never combined with others.",
}
"""What the text says about each count that occurs."""


def sections(entries: Sequence[Entry], metrics: Sequence[Metric], conflicts: Sequence[Conflict], query: Query,
             min_cell: int) -> list[Section]:  # fmt: skip
    """Return the methods as headings with paragraphs."""
    figures = [figure.record for entry in entries for figure in entry.figures]
    found = [("What an entry is", list(_of_entries(entries)))]
    if figures:
        found.append(("From words to numbers", list(_of_wording(figures))))
        found.append(("What the numbers count", [COUNTS[count] for count in COUNTS if _has(figures, count)]))
    if metrics:
        found.append(("How totals are made", list(_of_totals(figures, metrics, query, min_cell))))
    found.append(("Contradictions and duplicates", list(_of_conflicts(conflicts))))
    cited = (
        f"The rules are those of “Honest numbers”, version {RULES_VERSION}, in the documentation of scamcli. With"
        " that version of the rules and the records of this report, which its HTML file contains, every total in it"
        " can be computed again."
    )
    return [*found, ("Rules and reproduction", [cited])]


def _has(figures: Sequence[FigureDict], count: str) -> bool:
    return any(figure["count"] == count for figure in figures)


def _of_entries(entries: Sequence[Entry]) -> Iterator[str]:
    yield (
        "Each entry of the timeline records what a source says, with the source. It is not a finding of this report"
        " that an event happened as described. An allegation is an entry, or a part of one, in which somebody"
        " accuses an actor or a site."
    )
    if any("~" in entry.record["date"] or "?" in entry.record["date"] for entry in entries):
        yield "A date with “about” is one that the source gives approximately, or that is uncertain."


def _of_wording(figures: Sequence[FigureDict]) -> Iterator[str]:
    open_one = next((one for one in figures if one["stated"] and one["low"] is not None and one["high"] is None), None)
    example = ""
    if open_one is not None:
        example = (
            f" For example, “{open_one['stated']}” is at least {open_one['low']:,}, and its upper limit is unknown."
        )
    yield (
        "Each figure keeps the words of its source. From these words follow the smallest number that they allow,"
        " the largest, and the one that the source gives as its estimate. Each of the three can be unknown. An"
        f" unknown limit is never replaced by a guess.{example}"
    )


def _of_totals(figures: Sequence[FigureDict], metrics: Sequence[Metric], query: Query, min_cell: int) -> Iterator[str]:
    """Yield how totals were computed, with the rules that these figures needed."""
    yield (
        "Two figures are added up only if they certainly count different occurrences: they are about different"
        " incidents, about days, places or nationalities that do not overlap, or parts of one whole. “At least” is"
        " the largest sum of figures that are proved to be different. If everything that was recorded is true,"
        " there were not fewer."
    )
    yield (
        "“At most” is given only if every figure has an upper limit. It limits what these sources count. It says"
        " nothing about what nobody reported. The plain sum of all figures is shown for comparison, and may count"
        " the same people more than once. A person who was rescued twice counts twice."
    )
    if any(figure["part_of"] for figure in figures):
        yield "A figure that is a part of another one is not added to it."
    if any(number.row["contested"] for metric in metrics for number in metric.totals):
        yield (
            "If statements about the same occurrences contradict each other, the total is marked as contested. It"
            " runs from the smallest to the largest of them, and no estimate is given."
        )
    if query.ranges:
        yield (
            "This report has a range of dates. A figure enters a total only if its period lies in that range for"
            " certain. Figures that may belong to other days are shown apart, as possible."
        )
    if query.country or query.province or query.nationality:
        yield (
            "This report is limited to places or nationalities. Totals include only figures that name them. A"
            " figure without a place or nationality of its own is left out of the totals, even if its event is in"
            " the report."
        )
    if min_cell:
        yield (
            f"Totals of fewer than {min_cell:,} people are suppressed, and so are others from which they could be"
            " worked out. The entries of the timeline state the figures of their sources."
        )


def _of_conflicts(conflicts: Sequence[Conflict]) -> Iterator[str]:
    yield (
        "Numbers are compared with each other by rules: disputes that are recorded, statements about the same"
        " occurrences that cannot both be true, sums that are smaller than the incidents within them, running"
        " totals that go down, and parts that exceed their whole. Events with nearly the same date, place and"
        " number are suspected to be the same incident, and count once until somebody has decided."
    )
    if not conflicts:
        yield (
            "For this report, the comparison found nothing. Numbers that differ can still both be right if they are"
            " about different periods, places or people."
        )
