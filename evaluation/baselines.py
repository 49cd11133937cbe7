"""Baselines on the same texts: the date search of dateparser, and a small English model of spaCy.

Both get a fair chance. They know the publication date, to complete dates with. Of two ways to make entries from dates
(all dates, or only those at the start of a line), each text is scored with the better one. Neither has to be installed.
"""

from __future__ import annotations

from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from evaluation import with_dateparser, with_spacy
from evaluation.scoring import align, tally
from evaluation.tool import proposals

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from evaluation.cases import Case
    from evaluation.entries import Entry
    from scamcli.ingest.proposal import Document

DATES = ("entries", "entries, doubts aside")
CONTENT = (
    "provinces", "nationalities", "actors", "figures", "figures, bounds", "figures, metric and bounds",
    "figures, whom as written",
)  # fmt: skip


class System(NamedTuple):
    """A way to find entries, the fields that it fills, and the packages that it needs."""

    entries: Callable[[Case, Document], list[Entry]]
    fields: Sequence[str]
    needs: Sequence[str] = ()


def dates_of_dateparser(case: Case, read: Document) -> list[Entry]:
    """Return the dates that dateparser finds, as entries."""
    return _better(case, with_dateparser.all_dates(read), with_dateparser.line_starts(read))


def entries_of_spacy(case: Case, read: Document) -> list[Entry]:
    """Return an entry for each date that spaCy finds, with the names and numbers up to the next date."""
    return _better(case, *with_spacy.entries(read))


def content_of_spacy(case: Case, read: Document) -> list[Entry]:
    """Return an entry for each passage that scamcli found, with its date and what spaCy finds in it."""
    passages = [(proposal.record["date"] or "", proposal.passage) for proposal in proposals(case, read)]
    return with_spacy.content(read.text, passages)


def _better(case: Case, *ways: list[Entry]) -> list[Entry]:
    return max(ways, key=lambda way: tally(DATES[1], align(case.gold, way)).f1 or 0)


BASELINES = {
    "dateparser": System(dates_of_dateparser, DATES, ["dateparser"]),
    "spaCy": System(entries_of_spacy, (*DATES, *CONTENT), ["dateparser", "spacy", with_spacy.MODEL]),
    "spaCy in scamcli's entries": System(content_of_spacy, CONTENT, ["spacy", with_spacy.MODEL]),
}


def missing(name: str) -> list[str]:
    """Return the packages that a baseline needs and that are not installed."""
    return [package for package in BASELINES[name].needs if find_spec(package) is None]


def versions() -> str:
    """Return the packages of the baselines with their installed versions."""
    found = {package: version(package) for package in ("dateparser", "spacy", with_spacy.MODEL) if find_spec(package)}
    return ", ".join(f"{package} {number}" for package, number in found.items())
