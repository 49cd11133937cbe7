"""Find conflicts among the figures of one metric: figures that cannot all be true, or may be the same.

A conflict has one of six kinds, the members of `Kind`:

- ``disputed``: an event disputes a number of another event.
- ``contradicts``: statements of one claim cannot all be true, although nobody disputes any of them.
- ``exceeded``: incidents within the period and place of an aggregate, or sums by its speaker, add up to more than its
  high.
- ``decreasing``: a running total goes down.
- ``parts``: the parts of a whole prove more than the whole can be, or the other way round.
- ``duplicate``: two events may report one incident or one statement; `scamcli.figures.suspicion` and
  `scamcli.figures.restatements` have the rules.
"""

from __future__ import annotations

from collections import defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from scamcli.figures import restatements, scope, series
from scamcli.figures.claims import RESTATING, gather, normalise_words, resolve_all, restate, together
from scamcli.figures.inside import Incidents
from scamcli.figures.propagation import propagate_event
from scamcli.figures.records import Figure, key_of
from scamcli.figures.totals import total
from scamcli.language.wording.bounds import is_ordered

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from scamcli.figures.claims import Claim
    from scamcli.figures.context import Context
    from scamcli.figures.records import Key, Link
    from scamcli.language.wording.bounds import Number

MOST_SUMS = 500
"""The sums of a speaker with more than these are not compared with each other."""

_low_of = itemgetter(Figure._fields.index("low"))

Kind = Literal["disputed", "contradicts", "exceeded", "decreasing", "parts", "duplicate"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Certainty = Literal["contradicts", "may contradict", "may be the same"]


class Conflict(NamedTuple):
    """Figures that cannot all be true, or that may count the same incident.

    Attributes:
        kind: What is wrong; see the docstring of the module.
        certainty: Whether they certainly contradict each other.
        figures: The figures: the aggregate or the earlier statement first.
        without_number: Events that dispute a figure and state no number of their own.
        low: For ``exceeded``, the least that the incidents add up to; for ``parts``, the least that a figure would have
            to be; for ``contradicts``, if only parts and wholes prove it, the largest implied low. Otherwise ``None``.
        high: For ``parts``, the most that this figure can be; for ``contradicts``, the smallest implied high.
    """

    kind: Kind
    certainty: Certainty
    figures: tuple[Figure, ...]
    without_number: tuple[str, ...] = ()
    low: Number | None = None
    high: Number | None = None


def find(figures: Sequence[Figure], context: Context, kinds: Collection[Kind] = KINDS) -> list[Conflict]:
    """Return the conflicts among all figures of one metric, grouped by kind.

    Args:
        figures: All figures of one metric, in any unit, including those that no filter chose.
        context: The wholes of these figures, the links between their events, and suspected duplicates.
        kinds: The kinds to look for.
    """
    found = _duplicates(figures, context) if "duplicate" in kinds else []
    units: dict[str | None, list[Figure]] = defaultdict(list)
    for figure in figures if set(kinds) - {"duplicate"} else ():
        if figure.count != "none":
            units[figure.unit].append(figure)
    for group in units.values():
        found += _of_one_unit(group, context, kinds)
    order = {kind: at for at, kind in enumerate(KINDS)}
    chosen = [one for one in found if one.kind in kinds]
    return sorted(chosen, key=lambda one: (order[one.kind], list(map(key_of, one.figures))))


def _of_one_unit(group: Sequence[Figure], context: Context, kinds: Collection[Kind]) -> Iterator[Conflict]:
    linked = {event for link in context.links if link.type in RESTATING for event in (link.event, link.target)}
    # An incident without a link is a claim of its own, and contradicts nothing if its bounds are in order. Most figures
    # of data sets are like that.
    related = {
        key_of(one): one
        for one in group
        if one.count != "incident" or one.event in linked or not is_ordered(one.bounds)
    }
    resolved = resolve_all(related, context.wholes)
    restated = restate(resolved, context.links)
    claims = gather(resolved, resolved, restated, context.implied)
    yield from _contested(claims, restated.disputed, context)
    corrected = restated.corrected
    standing = [figure for figure in group if figure.key not in corrected] if corrected else group
    if "exceeded" in kinds:
        yield from _exceeded(claims, standing, context)
    yield from _decreasing(one for key, one in resolved.items() if key not in corrected)
    yield from _parts(standing, context)


def _contested(claims: Iterable[Claim], disputed: frozenset[Key], context: Context) -> Iterator[Conflict]:
    disputes: dict[str, list[Link]] = defaultdict(list)
    for link in context.links:
        if link.type == "disputes":
            disputes[link.target].append(link)
    for claim in claims:
        if claim.contested:
            keys = {figure.key for figure in claim.statements}
            events = {figure.event for figure in claim.statements}
            without_number = {
                link.event
                for event, id_ in keys
                for link in disputes.get(event, ())
                if link.event not in events and link.figure in {None, id_}
            }
            kind: Kind = "contradicts" if disputed.isdisjoint(keys) else "disputed"
            low, high = _crossed_ends(claim, context) if kind == "contradicts" else (None, None)
            # The disputed figure first, because an event that disputes it can also correct it, and not the reverse.
            statements = sorted(claim.statements, key=lambda one: one.key not in disputed)
            yield Conflict(kind, "contradicts", tuple(statements), tuple(sorted(without_number)), low, high)


def _crossed_ends(claim: Claim, context: Context) -> tuple[Number | None, Number | None]:
    """Return the largest implied low and the smallest implied high, if only these prove the contradiction."""
    stated = [one.bounds for one in claim.statements]
    implied = [context.implied.get(one.key, one) for one in claim.statements]
    low = max((one.low for one in implied if one.low is not None), default=None)
    high = min((one.high for one in implied if one.high is not None), default=None)
    is_crossed = low is not None and high is not None and low > high
    return (low, high) if is_crossed and not together(stated)[1] else (None, None)


def _exceeded(claims: Sequence[Claim], standing: Sequence[Figure], context: Context) -> Iterator[Conflict]:
    """Yield aggregates that incidents, or sums by the same speaker, within them exceed, with these, largest first."""
    outers = [
        (claim, figure)
        for claim in claims
        for figure in claim.statements
        if figure.count in {"aggregate", "cumulative"} and figure.high is not None and not claim.contested
    ]
    if not outers:
        return
    incidents = Incidents((one for one in standing if one.count == "incident"), context)
    sums, distinct = _sums_by_speaker(claims), _distinct_events(context)
    for claim, outer in outers:
        around = scope.scope_of([outer])
        if around.start is None or around.end is None:
            continue
        own, others = set(map(key_of, claim.everywhere)), distinct.get(outer.event, set())
        of_speaker = (one for one, covered in sums.get(normalise_words(outer.stated_by), ())
                      if one.event != outer.event and scope.lies_within(covered, around))  # fmt: skip
        smaller = [one for one in of_speaker if one.event not in others and key_of(one) not in own]
        low = _total_above(outer.high or 0, smaller, context)
        if low is not None:
            yield Conflict("exceeded", "contradicts", (outer, *_largest_first(smaller)), low=low)
        if incidents.most(around) > (outer.high or 0):
            inside = [one for one in incidents.inside(around) if key_of(one) not in own and one.event not in others]
            yield from _exceeding(outer, inside, context)


def _distinct_events(context: Context) -> dict[str, set[str]]:
    """Return the events that a ``distinct`` link connects with each event."""
    found: dict[str, set[str]] = defaultdict(set)
    for link in context.links:
        if link.type == "distinct":
            found[link.event].add(link.target)
            found[link.target].add(link.event)
    return found


def _sums_by_speaker(claims: Iterable[Claim]) -> dict[str | None, list[tuple[Figure, scope.Scope]]]:
    """Return the aggregates of each speaker that do not have too many to compare, with what they cover."""
    found: dict[str | None, list[tuple[Figure, scope.Scope]]] = defaultdict(list)
    for claim in claims:
        for one in claim.statements:
            if one.count == "aggregate" and one.low and one.dataset is None and one.stated_by is not None:
                found[normalise_words(one.stated_by)].append((one, scope.scope_of([one])))
    return {speaker: sums for speaker, sums in found.items() if len(sums) <= MOST_SUMS}


def _exceeding(outer: Figure, inside: Sequence[Figure], context: Context) -> Iterator[Conflict]:
    low = _total_above(outer.high or 0, inside, context)
    if low is None:
        return
    speaker = normalise_words(outer.stated_by)
    own = [one for one in inside if speaker is not None and normalise_words(one.stated_by) == speaker]
    is_certain = _total_above(outer.high or 0, own, context) is not None
    certainty: Certainty = "contradicts" if is_certain else "may contradict"
    yield Conflict("exceeded", certainty, (outer, *_largest_first(inside)), low=low)


def _largest_first(figures: Sequence[Figure]) -> list[Figure]:
    found = sorted((one for one in figures if one.low), key=key_of)
    found.sort(key=_low_of, reverse=True)
    return found


def _total_above(high: Number, incidents: Sequence[Figure], context: Context) -> Number | None:
    """Return the low of the total of incidents if it is above ``high``. It is never above their plain sum."""
    if sum(one.low for one in incidents if one.low) <= high:
        return None
    low = total(incidents, context).low
    return low if low is not None and low > high else None


def _decreasing(figures: Iterable[Figure]) -> Iterator[Conflict]:
    for statements in series.find(figures):
        for decrease in series.decreases(statements):
            yield Conflict("decreasing", "contradicts", decrease)


def _parts(standing: Sequence[Figure], context: Context) -> Iterator[Conflict]:
    events = {figure.event for figure in standing if figure.part_of is not None}
    keys = {figure.key for figure in standing if figure.event in events} if events else ()
    families: dict[str, list[Figure]] = defaultdict(list)
    for figure in context.wholes.values() if events else ():
        if figure.event in events:
            families[figure.event].append(figure)
    for figures in families.values():
        for found in propagate_event(figures).contradictions:
            if found.figure in keys and len(found.family) > 1:
                family = tuple(context.wholes[key] for key in found.family)
                yield Conflict("parts", "contradicts", family, low=found.low, high=found.high)


def _duplicates(figures: Sequence[Figure], context: Context) -> list[Conflict]:
    """Return one conflict for each pair of events, however many of their figures are suspected."""
    suspected = context.suspected_events
    by_key = {figure.key: figure for figure in figures if figure.event in suspected} if suspected else {}
    pairs: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for one, other in sorted(context.suspected):
        pairs[one[0], other[0]] += [by_key[one], by_key[other]]
    undated = {one.key: one for one in figures if one.count in restatements.COUNTS}
    for first, second in restatements.suspected(resolve_all(undated, context.wholes).values(), context.links):
        pairs[first.event, second.event] += [undated[first.key], undated[second.key]]
    return [
        Conflict("duplicate", "may be the same", tuple(dict.fromkeys(sorted(found, key=_in_time))))
        for found in pairs.values()
    ]


def _in_time(figure: Figure) -> tuple[int, Key]:
    day = figure.day
    return (day.start or 0) if day is not None else 0, figure.key
