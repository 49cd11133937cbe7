"""Grade the fields of a draft by how often similar fields were right in texts whose entries are known.

A rule says how certain it is of what words mean. Whether the value belongs to the event depends just as much on where
the words are: in a list of dated items or in a story, in the first sentence of the entry or in a later one. And if the
date of the entry is wrong, so is all of it.
``grades.toml`` has a number for each of these signs, and the sum of the numbers decides the grade. That file is written
by ``python -m evaluation --calibrate``.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import math
import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

from scamcli.ingest.dated_entries import Entry
from scamcli.ingest.entry_dates import CHOSEN
from scamcli.ingest.proposal import Grade, Reason
from scamcli.ingest.words import Sentence
from scamcli.records.types import FigureDict


class Grading(Protocol):
    """A function like `graded`."""

    def __call__(self, reasons: Sequence[Reason], entry: Entry, *, is_list: bool) -> tuple[Reason, ...]:
        """Return the reasons of a draft with their grades."""
        ...


SURE, LIKELY = 0.97, 0.88
"""The minimum probability that a field is right for the grades sure and likely."""

UNMEASURED = frozenset({"known name", CHOSEN})
"""Rules that depend on the timeline, or that were learned from the same texts. Fields that they read keep the grades of
their rules, but are never sure. The same is true of fields that the known entries do not have.
"""

_LEAST = (0.3, 0.5, 0.7, 0.85, 0.95)
_CHANCES = ("improbable", "doubtful", "possible", "probable", "very probable", "nearly certain")
"""Names for the chance of a date: below the first of these numbers, from there up to the second, and so on."""

LONG = 4
"""An entry of at least this many sentences is often about more than its event."""


def details(
    figures: Sequence[FigureDict], reasons: Sequence[Reason], sentences: Sequence[Sentence]
) -> Iterator[Reason]:
    """Yield a reason for each detail of a figure: its nationality, province, speaker, whole and period.

    The words are the words of the name or of the whole. For a period, they are the words of the number.
    """
    spans = {reason.field: reason.span for reason in reversed(reasons)}
    starts = [sentence[0].start for sentence in sentences]
    for figure in figures:
        own = f"figures.{figure['id']}"
        number = spans[own]
        names = {
            "nationality": ("nationalities", figure["nationality"]),
            "province": ("provinces", figure["province"]),
            "stated_by": ("actors", figure["stated_by"]),
            "part_of": ("figures", figure["part_of"]),
            "period": ("", figure["period"]),
        }
        for key, (kind, value) in names.items():
            if not value:
                continue
            span = spans.get(f"{kind}.{value}", number)
            away = bisect_right(starts, span.start) - bisect_right(starts, number.start)
            where = "in" if away == 0 else "before" if away < 0 else "after"
            yield Reason(f"{own}.{key}", span, f"found {where} its sentence", Grade.UNSURE)


def signs(reason: Reason, entry: Entry, *, is_list: bool) -> tuple[str, list[str]]:
    """Return the family of a field, such as ``figures.stated_by``, and the signs for or against its value."""
    field, _, name = reason.field.partition(".")
    part = name.partition(".")[2] if field == "figures" else ""
    found = ["always", f"its rule is {reason.grade}", f"rule: {rule_name(reason.rule)}"]
    if is_list:
        found.append("in a list")
    if len(entry.sentences) >= LONG:
        found.append("in a long entry")
    if reason.span.start > entry.sentences[0][-1].start:
        found.append("after the first sentence")
    if entry.dated.rule == CHOSEN:
        found.append("its date was chosen")
    if entry.dated.chance is not None:
        found.append(f"its date is {_CHANCES[bisect_right(_LEAST, entry.dated.chance)]}")
    return f"{field}.{part}" if part else field, found


def rule_name(rule: str) -> str:
    """Return the name of a rule without the words that differ from text to text."""
    rule = re.sub(r"^number of [^,]+", "number of …", rule) if rule.startswith("number of ") else rule
    rule = re.sub(r"“[^”]*”", "“…”", rule) if "“" in rule else rule
    before, is_listed, _ = rule.partition(", in a list of ")
    return f"{before}, in a list" if is_listed else rule


def graded(reasons: Sequence[Reason], entry: Entry, *, is_list: bool) -> tuple[Reason, ...]:
    """Return the reasons of a draft with grades that say how likely its fields are to be right.

    Args:
        reasons: the reasons, with the grades that their rules gave.
        entry: the entry that they are about.
        is_list: whether the entries of the text have dates as headings.
    """
    found = []
    for reason in reasons:
        family, present = signs(reason, entry, is_list=is_list)
        card = _cards().get(family)
        if card is None or reason.rule in UNMEASURED:
            found.append(reason._replace(grade=Grade.LIKELY) if reason.grade is Grade.SURE else reason)
        else:
            found.append(reason._replace(grade=_grade(sum(card.get(sign, 0) for sign in present))))
    return tuple(found)


def _grade(log_odds: float) -> Grade:
    share = 1 / (1 + math.exp(-log_odds))
    return Grade.SURE if share >= SURE else Grade.LIKELY if share >= LIKELY else Grade.UNSURE


@cache
def _cards() -> Mapping[str, Mapping[str, float]]:
    return tomllib.loads((Path(__file__).parent / "grades.toml").read_text(encoding="utf-8"))
