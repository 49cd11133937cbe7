"""Find figures of one metric that cannot all be true, or that may be about the same.

A conflict has one of six kinds, the members of `Kind`:

- ``disputed``: an event disputes a number of another event.
- ``contradicts``: several answers to one question cannot all be true, although nobody disputes any of them.
- ``exceeded``: what lies inside a total adds up to more than the total can be.
- ``decreasing``: a running total goes down.
- ``parts``: the parts of a whole prove more than the whole can be, or the other way round.
- ``duplicate``: two events may be one; `scamcli.numbers.suspicion` has the rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple, get_args

from scamcli.language.wording.bounds import Number, is_ordered
from scamcli.numbers.combining import in_order, rivals
from scamcli.numbers.entries import Entry, Facts, make_entries
from scamcli.numbers.heaviest import heaviest, weight
from scamcli.numbers.links import JOINING
from scamcli.numbers.plain import RowRelations
from scamcli.numbers.propagation import propagate_event
from scamcli.numbers.records import Figure, Key
from scamcli.numbers.relations import Relations, members
from scamcli.numbers.scope import normalise_words

Kind = Literal["disputed", "contradicts", "exceeded", "decreasing", "parts", "duplicate"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Certainty = Literal["contradicts", "may contradict", "may be the same"]


class Conflict(NamedTuple):
    """Figures that cannot all be true, or that may be about the same.

    Attributes:
        kind: What is wrong; see the docstring of the module.
        certainty: Whether they certainly contradict each other.
        figures: The figures: the total or the earlier statement first.
        without_number: Events that dispute a figure and state no number of their own.
        low: For ``exceeded``, the least that the numbers inside add up to; for ``parts``, the least that a figure would
            have to be. Otherwise ``None``.
        high: For ``parts``, the most that this figure can be. Otherwise ``None``.
        is_linked: Whether a link says that the figures are about the same.
    """

    kind: Kind
    certainty: Certainty
    figures: tuple[Figure, ...]
    without_number: tuple[str, ...] = ()
    low: Number | None = None
    high: Number | None = None
    is_linked: bool = False


def find(figures: Iterable[Figure], facts: Facts, kinds: Collection[Kind] = KINDS) -> list[Conflict]:
    """Return the conflicts among all figures of one metric, grouped by kind.

    Args:
        figures: All figures of one metric, in any unit, including those that no filter chose.
        facts: Wholes, links and suspicions.
        kinds: The kinds to look for.
    """
    by_kind: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    by_key: dict[Key, Figure] = {}
    for figure in figures:
        by_key[figure.key] = figure
        if figure.count != "none":
            by_kind[figure.unit, figure.count == "stock"].append(figure)
    found = list(_duplicates(by_key, facts)) if "duplicate" in kinds else []
    for group in by_kind.values() if set(kinds) - {"duplicate"} else ():
        found += _of_one_kind(group, facts)
    order = {kind: at for at, kind in enumerate(KINDS)}
    chosen = [one for one in found if one.kind in kinds]
    return sorted(chosen, key=lambda one: (order[one.kind], [figure.key for figure in one.figures]))


def _of_one_kind(figures: Sequence[Figure], facts: Facts) -> Iterator[Conflict]:
    for entry in make_entries(figures, Facts(facts.wholes, facts.links)):
        if entry.is_contested or any(not is_ordered(figure.bounds) for figure in entry.statements):
            yield _contested(entry, facts)
        yield from _decreasing(entry, facts)
    # Here, events that may be one count once: whether they are is a question of its own.
    entries = make_entries(figures, facts)
    related, _, _ = RowRelations(facts).of(entries, partly=())
    yield from _exceeded(related)
    yield from _parts(figures, facts)


def _contested(entry: Entry, facts: Facts) -> Conflict:
    disputing = {
        link.event
        for link in facts.links
        if link.type == "disputes" and any(_is_target(figure, link.target, link.figure) for figure in entry.statements)
    }
    kind: Kind = "disputed" if disputing else "contradicts"
    events = {figure.event for figure in entry.statements}
    # The disputed figure first, because an event that disputes it can also correct it, and not the reverse.
    answers = [entry.statements[at] for at in rivals([in_order(figure.bounds) for figure in entry.statements])]
    statements = sorted(answers, key=lambda figure: figure.event in disputing)
    is_linked = any(link.type in JOINING and {link.event, link.target} <= events for link in facts.links)
    return Conflict(kind, "contradicts", tuple(statements), tuple(sorted(disputing - events)), is_linked=is_linked)


def _is_target(figure: Figure, event: str, id_: str | None) -> bool:
    return figure.event == event and id_ in {None, figure.id}


def _decreasing(entry: Entry, facts: Facts) -> Iterator[Conflict]:
    """Yield the last running total before a smaller one that replaced it, unless a link says so."""
    linked = {frozenset((link.event, link.target)) for link in facts.links if link.type in JOINING}
    for later in entry.statements if entry.replaced else ():
        earlier = [
            figure
            for figure in entry.replaced
            if figure.count == later.count == "cumulative" and frozenset((figure.event, later.event)) not in linked
        ]
        if earlier:
            yield Conflict("decreasing", "contradicts", (max(earlier, key=_in_time), later))


def _exceeded(related: Relations) -> Iterator[Conflict]:
    """Yield totals that what lies inside them exceeds, with what lies inside, largest first."""
    lows = [entry.bounds.low or 0 for entry in related.entries]
    for i, entry in enumerate(related.entries):
        high = entry.bounds.high
        inner = related.inside[i]
        if high is None or weight(inner, lows) <= high or not entry.statements:
            continue
        chosen, _ = heaviest(lows, related.may_overlap, inner)
        low = weight(chosen, lows)
        if low <= high:
            continue
        figures = [figure for j in members(chosen) for figure in related.entries[j].statements if figure.low]
        figures.sort(key=lambda figure: (-(figure.low or 0), figure.key))
        speakers = {normalise_words(figure.stated_by or "") for figure in (*figures, *entry.statements)}
        is_of_one_speaker = len(speakers) == 1 and "" not in speakers
        certainty: Certainty = "contradicts" if is_of_one_speaker else "may contradict"
        yield Conflict("exceeded", certainty, (entry.statements[0], *figures), low=low)


def _parts(figures: Sequence[Figure], facts: Facts) -> Iterator[Conflict]:
    events = {figure.event for figure in figures if figure.part_of is not None}
    keys = {figure.key for figure in figures}
    families: dict[str, list[Figure]] = defaultdict(list)
    for figure in facts.wholes.values() if events else ():
        if figure.event in events:
            families[figure.event].append(figure)
    for members_of_event in families.values():
        for found in propagate_event(members_of_event).contradictions:
            if found.figure in keys and len(found.family) > 1:
                family = tuple(facts.wholes[key] for key in found.family)
                yield Conflict("parts", "contradicts", family, low=found.low, high=found.high)


def _duplicates(figures: dict[Key, Figure], facts: Facts) -> Iterator[Conflict]:
    """Yield one conflict for each pair of events, however many of their figures are suspected."""
    pairs: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for one, other in sorted(facts.suspected):
        if one in figures and other in figures:
            pairs[one[0], other[0]] += [figures[one], figures[other]]
    for found in pairs.values():
        yield Conflict("duplicate", "may be the same", tuple(dict.fromkeys(sorted(found, key=_in_time))))


def _in_time(figure: Figure) -> tuple[int, Key]:
    day = figure.day
    return (day.start or 0) if day is not None else 0, figure.key
