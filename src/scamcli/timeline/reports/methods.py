"""How the numbers of a report were made, in words: the eleven rules, and what the filters of this report do to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.numbers import RULES_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.output.report.contents import Conflict, Entry, Metric
    from scamcli.query.filters import Query

Section = tuple[str, list[str]]
"""A heading with its paragraphs."""

RULES = (
    "Words. Each number keeps the words of its source. “More than 200” is at least 201, and how many more is unknown.",
    "Kinds. A number counts what happened in one event, or it is the total of a period, or a running total since a"
    " start, or it says how many there were at one moment. Numbers at one moment are never added.",
    "Scope. A number is about what its source says: days, place, nationality, group. What the source does not say is"
    " “not stated”, which does not mean that it is about something else.",
    "Linked reports. Reports that are linked as being about the same number count once. If they differ, the number"
    " ranges from the lowest to the highest. A correction replaces what it corrects.",
    "Updates. A later number replaces an earlier one if it updates a toll, or if speakers correct themselves.",
    "Sources that differ. Totals of the same days, place and people by different speakers are one number with several"
    " answers, such as “1,480 to 1,500”, and so are different speakers’ numbers of one event.",
    "Totals. A total includes what lies in its days and place, whoever stated it. It is not added to that.",
    "Single events. Numbers of different events are added, unless they are linked, or look like two reports of one"
    " event. Two such reports count as one in the lowest number, and as two in the highest.",
    "Adding up. Numbers that cannot overlap are added. If others may overlap them, the sum is “at least”, and the"
    " others are listed as not added.",
    "Rows. A row of a table holds the numbers that lie wholly in it. Numbers that do not state a province, for"
    " example, have a row of their own.",
    "Rises. What a running total rose by belongs to the days between its two reports, and to no single month.",
)
"""The rules of ``docs/honest-numbers.md``, in short."""


def sections(
    entries: Sequence[Entry], metrics: Sequence[Metric], conflicts: Sequence[Conflict], query: Query, min_cell: int
) -> list[Section]:
    """Return the methods as headings with paragraphs."""
    found = [("What an entry is", list(_of_entries(entries)))]
    if metrics:
        found.append(("How numbers are read and added up", [f"{at}. {rule}" for at, rule in enumerate(RULES, 1)]))
        found.append(("What to keep in mind", list(_of_totals(query, min_cell))))
    found.append(("Contradictions and duplicates", list(_of_conflicts(conflicts))))
    cited = (
        f"The rules are those of “Honest numbers”, version {RULES_VERSION}, in the documentation of scamcli. With"
        " that version of the rules and the records of this report, which its HTML file contains, every total in it"
        " can be computed again."
    )
    return [*found, ("Rules and reproduction", [cited])]


def _of_entries(entries: Sequence[Entry]) -> Iterator[str]:
    yield (
        "Each entry of the timeline records what a source says, with the source. It is not a finding of this report"
        " that an event happened as described. An allegation is an entry, or a part of one, in which somebody"
        " accuses an actor or a site."
    )
    if any("~" in entry.record["date"] or "?" in entry.record["date"] for entry in entries):
        yield "A date with “about” is one that the source gives approximately, or that is uncertain."


def _of_totals(query: Query, min_cell: int) -> Iterator[str]:
    """Yield what the numbers do not say, and what the filters of the report do to them."""
    yield (
        "If the sources are right, the true number lies within what is printed. It says nothing about what nobody"
        " reported. Somebody who was rescued twice counts twice."
    )
    if query.ranges:
        yield (
            "This report has a range of dates. Its numbers are those whose days lie wholly in that range; if others"
            " lie partly in it, a number has no upper limit, and a note says so."
        )
    if query.country or query.province or query.nationality:
        yield (
            "This report is limited to places or nationalities. Its numbers are those whose sources state them. A"
            " number without a place or nationality of its own is not added, even if its event is in the report."
        )
    if min_cell:
        yield (
            f"Totals of fewer than {min_cell:,} people are suppressed, and so are others from which they could be"
            " worked out. The entries of the timeline state the numbers of their sources."
        )


def _of_conflicts(conflicts: Sequence[Conflict]) -> Iterator[str]:
    yield (
        "The numbers are compared with each other. The comparison finds numbers that are disputed, different answers"
        " to one question, totals that are smaller than what lies inside them, running totals that go down, parts"
        " that do not fit their whole, and reports that may be of one event."
    )
    if not conflicts:
        yield (
            "For this report, the comparison found nothing. Numbers that differ can still both be right if they are"
            " about different periods, places or people."
        )
