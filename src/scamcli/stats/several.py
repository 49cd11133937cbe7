"""Put several metrics side by side, and warn against dividing one by another if they cover different things."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from scamcli.language.dates import Period
from scamcli.numbers.entries import resolve
from scamcli.numbers.records import Figure
from scamcli.output.text import date_text
from scamcli.stats.inquiry import Inquiry


class Covered(NamedTuple):
    """What the figures of one metric cover: a set for each respect that metrics can differ in.

    ``periods`` are known periods in words, and ``kinds`` says whether people are counted at one moment.
    """

    metric: str
    kinds: frozenset[object]
    periods: str
    places: frozenset[object]
    speakers: frozenset[object]


def covered(inquiry: Inquiry) -> Covered:
    """Return what the chosen figures of a metric cover."""
    figures = [resolve(one.figure, inquiry.read.facts.wholes) for one in inquiry.read.chosen]
    return Covered(
        inquiry.name,
        frozenset(figure.count if figure.count in {"stock", "none"} else "occurrences" for figure in figures),
        _periods(figures),
        frozenset((figure.country, figure.province) for figure in figures),
        frozenset(figure.stated_by for figure in figures),
    )


def scope_note(found: Sequence[Covered]) -> list[str]:
    """Return one sentence that says how the metrics differ, or nothing."""
    used = [one for one in found if one.kinds]
    if len(used) < 2:
        return []
    ways: list[tuple[str, Callable[[Covered], object]]] = [
        ("what they count (occurrences, or people at one moment)", lambda one: one.kinds),
        (f"periods ({'; '.join(f'{one.metric}: {one.periods}' for one in used)})", lambda one: one.periods),
        ("places", lambda one: one.places),
        ("speakers", lambda one: one.speakers),
    ]
    differing = [words for words, value in ways if len({value(one) for one in used}) > 1]
    if not differing:
        return []
    listed = differing[0] if len(differing) == 1 else f"{', '.join(differing[:-1])} and {differing[-1]}"
    return [f"Do not divide one metric by another: they differ in {listed}."]


def merged_notes(notes: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """Merge the notes of several metrics: shared notes appear once, the others after the name of their metric."""
    shared = [note for note in notes[0][1] if all(note in others for _, others in notes)]
    own = [f"{metric}: {note}" for metric, found in notes for note in found if note not in shared]
    return [*shared, *own]


def _periods(figures: Sequence[Figure]) -> str:
    """Return the span of the known periods, and whether a figure has none."""
    known = [figure.period for figure in figures if figure.period is not None]
    if not known:
        return "not stated"
    starts, ends = [period.start for period in known], [period.end for period in known]
    span = Period(
        None if None in starts else min(day for day in starts if day is not None),
        None if None in ends else max(day for day in ends if day is not None),
        sure=all(period.sure for period in known),
    )
    return date_text.span(span) + ("" if len(known) == len(figures) else ", partly not stated")
