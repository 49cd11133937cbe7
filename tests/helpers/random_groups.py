"""Random groups of figures with every count, place, nationality, period, link and part, and their worlds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.figures import Context, Figure, Key, Link, Period, Split
from scamcli.figures.claims import Claim, gather, resolve_all, restate
from tests.helpers.figure_builder import by_key, made, replaced
from tests.helpers.worlds import Claimed, World

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from scamcli.figures.claims import Restated

Days = tuple[int, int] | None
"""The first and last day; ``None`` if they are unknown."""

PROVINCES = (None, None, "Kandal", "Kampot")
NATIONALITIES = (None, None, "Vietnamese", "Chinese")
SPEAKERS = (None, "police", "ministry")
LINKS = ("repeats", "disputes", "corrects", "distinct", "includes")


def group(chance: Random, most: int = 9) -> tuple[list[Figure], Context]:
    """A group of up to ``most`` figures, with links and suspicions."""
    figures: list[Figure] = []
    events = chance.randint(1, 6)
    for number in range(events):
        start = chance.randint(0, 6)
        day = Period(start, min(7, start + chance.choice((0, 0, 0, 1))), sure=chance.random() < 0.9)
        of_event = [_figure(chance, f"e{number}/{place}", day) for place in range(chance.choice((1, 1, 2, 3)))]
        if len(of_event) > 1 and chance.random() < 0.6:
            of_event = _as_parts(chance, of_event)
        figures += of_event
    figures = figures[:most]
    names = [f"e{number}" for number in range(events)]
    links = [
        Link(chance.choice(LINKS), one, other, chance.choice((None, None, None, "0")))
        for one, other in (chance.sample(names, 2) for _ in range(chance.choice((0, 0, 1, 1, 2))) if events > 1)
    ]
    return figures, Context(by_key(*figures), links, _suspected(chance, figures))


def _figure(chance: Random, key: str, day: Period) -> Figure:
    count = chance.choice(("incident", "incident", "incident", "aggregate", "aggregate", "cumulative"))
    start = chance.randint(0, 6)
    period = None
    if count == "aggregate" and chance.random() < 0.7:
        period = Period(start, min(7, start + chance.choice((0, 1, 3, 7))), sure=chance.random() < 0.9)
    elif count == "cumulative" and chance.random() < 0.8:
        period = Period(0, start, sure=True)
    number = chance.randint(0, 5)
    low, best, high = chance.choice(
        (
            (number,) * 3,
            (number,) * 3,
            (number, None, None),
            (None, None, number),
            (number, None, number + 2),
            (None, number, None),
        )
    )
    return made(
        key, low, best, high, count=count, period=period, day=day, province=chance.choice(PROVINCES),
        nationality=chance.choice(NATIONALITIES), group=chance.choice((None, None, "women")),
        stated_by=chance.choice(SPEAKERS), stated=str(number),
    )  # fmt: skip


def _as_parts(chance: Random, figures: list[Figure]) -> list[Figure]:
    by = chance.choice(("province", "nationality", None))
    whole = figures[0]
    if by is not None:
        whole = replaced(whole, split=Split(by, chance.choice((None, True))), **{by: None})
    values = {"province": ("Kandal", "Kampot"), "nationality": ("Vietnamese", "Chinese")}
    parts = []
    for number, part in enumerate(figures[1:]):
        own = part._replace(
            part_of=whole.id, count=whole.count, period=None, province=None, nationality=None, group=whole.group
        )
        parts.append(replaced(own, **{by: values[by][number % 2]}) if by else own)
    return [whole, *parts]


def _suspected(chance: Random, figures: list[Figure]) -> list[tuple[Key, Key]]:
    incidents = [one for one in figures if one.count == "incident"]
    if len(incidents) < 2 or chance.random() < 0.7:
        return []
    one, other = sorted(chance.sample(incidents, 2), key=lambda figure: figure.key)
    is_possible = one.event != other.event and not any(
        None not in pair and pair[0] != pair[1]
        for pair in ((one.province, other.province), (one.nationality, other.nationality))
    )
    return [(one.key, other.key)] if is_possible else []


def world_of(figures: list[Figure], context: Context) -> World:
    """The rules for a group, as pairs and sets. What is one claim is taken from the package."""
    resolved = resolve_all({figure.key: figure for figure in figures}, context.wholes)
    restated = restate(resolved, context.links)
    claims = gather(resolved, resolved, restated, context.implied)
    of_key = {one.key: number for number, claim in enumerate(claims) for one in claim.statements}
    linked = _linked(claims, context)
    days = [_days(claim) for claim in claims]
    widened = [
        _hull([days[number], *(days[other] for other in range(len(claims)) if {number, other} in linked)])
        for number in range(len(claims))
    ]
    distinct = _pairs(context, claims, ("distinct",))
    splits = _splits(resolved, of_key)

    def apart(one: int, other: int) -> bool:
        if {one, other} in distinct:
            return True
        if any(
            whole == second and value != own
            for whole, value in splits.get(one, ())
            for second, own in splits.get(other, ())
        ):
            return True
        if {one, other} in linked:
            return False
        statements = (*claims[one].statements, *claims[other].statements)
        events = [{figure.event for figure in claims[number].statements} for number in (one, other)]
        return all(figure.count == "incident" for figure in statements) and events[0].isdisjoint(events[1])

    inside = _parts_and_series(resolved, of_key, restated)
    for inner, outer in [*sorted(_included(claims, widened, context)), *sorted(_covered(claims, widened, apart))]:
        if (outer, inner) not in _closure(inside):
            inside.add((inner, outer))
    complete = _complete(resolved, of_key)
    claimed = [
        Claimed(claim.bounds.low, claim.bounds.high, days, _named(claim, "province"), _named(claim, "nationality"))
        for claim, days in zip(claims, widened, strict=True)
    ]
    return World(claimed, apart, inside, complete)


def _named(claim: Claim, field: str) -> frozenset[str]:
    return frozenset(value for one in claim.statements if (value := getattr(one, field)) is not None)


def _days(claim: Claim) -> tuple[int, int] | None:
    known = [one.period for one in claim.statements if one.period is not None and one.period.known]
    return _hull([(period.start or 0, period.end or 0) for period in known]) if known else None


def _hull(days: list[tuple[int, int] | None]) -> tuple[int, int] | None:
    known = [pair for pair in days if pair is not None]
    return None if len(known) < len(days) else (min(start for start, _ in known), max(end for _, end in known))


def _pairs(context: Context, claims: list[Claim], types: tuple[str, ...]) -> list[set[int]]:
    return [
        {one, other}
        for link in context.links
        if link.type in types
        for one, first in enumerate(claims)
        for other, second in enumerate(claims)
        if one != other
        and any(figure.event == link.event for figure in first.statements)
        and any(figure.event == link.target and link.figure in {None, figure.id} for figure in second.statements)
    ]


def _linked(claims: list[Claim], context: Context) -> list[set[int]]:
    """The pairs of claims that may be the same: what links and suspicions name, with its family, and all incidents."""
    links = [link for link in context.links if link.type != "distinct"]
    named = [(_family(one, context), _family(other, context)) for one, other in context.suspected]
    for link in links:
        own, others = ({one.key for one in context.wholes.values() if one.event == event} for event in link[1:3])
        named.append((own, others if link.figure is None else _family((link.target, link.figure), context)))
    one_incident = [{one[0], other[0]} for one, other in context.suspected]
    one_incident += [{link.event, link.target} for link in links]
    one_incident += _of_one_incident(links)

    def may_be_same(one: Figure, other: Figure) -> bool:
        keys = one.key, other.key
        if any((keys[0] in a and keys[1] in b) or (keys[0] in b and keys[1] in a) for a, b in named):
            return True
        events = {one.event, other.event}
        return one.count == other.count == "incident" and len(events) > 1 and any(events <= two for two in one_incident)

    distinct = _pairs(context, claims, ("distinct",))
    pairs = [{one, other} for one in range(len(claims)) for other in range(one)]
    return [
        {one, other}
        for one, other in pairs
        if {one, other} not in distinct
        and any(may_be_same(a, b) for a in claims[one].everywhere for b in claims[other].everywhere)
    ]


def _of_one_incident(links: list[Link]) -> list[set[str]]:
    """The events of each link between whole events, with those that other such links connect with them."""
    found = [{link.event, link.target} for link in links if link.type != "includes" and link.figure is None]
    for events in found:
        while more := {event for pair in found if pair & events for event in pair} - events:
            events |= more
    return found


def _family(key: Key, context: Context) -> set[Key]:
    """A figure with all figures that are parts of the same whole, at any depth."""
    found = {key}
    pairs = [{one.key, one.whole} for one in context.wholes.values() if one.whole in context.wholes]
    while more := {one for pair in pairs if pair & found for one in pair if one is not None} - found:
        found |= more
    return found


def _splits(resolved: dict[Key, Figure], of_key: dict[Key, int]) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = {}
    for figure in resolved.values():
        whole = resolved.get((figure.event, figure.part_of or ""))
        if whole is not None and whole.split is not None and {figure.key, whole.key} <= of_key.keys():
            value = getattr(figure, whole.split.by)
            if value is not None:
                found.setdefault(of_key[figure.key], []).append((of_key[whole.key], value))
    return found


def _closure(pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
    closed = set(pairs)
    while more := {(a, d) for a, b in closed for c, d in closed if b == c} - closed:
        closed |= more
    return closed


def _parts_and_series(resolved: dict[Key, Figure], of_key: dict[Key, int], restated: Restated) -> set[tuple[int, int]]:
    inside = set()
    of_class = {restated.first.get(key, key): number for key, number in of_key.items()}  # also of what is corrected
    for figure in resolved.values():
        whole = (figure.event, figure.part_of or "")
        outer = of_class.get(restated.first.get(whole, whole)) if whole in resolved else None
        if figure.key in of_key and outer is not None:
            inside.add((of_key[figure.key], outer))
    for one in resolved.values():
        for other in resolved.values():
            if {one.key, other.key} <= of_key.keys() and _is_earlier(one, other):
                inside.add((of_key[one.key], of_key[other.key]))
    return {pair for pair in inside if pair[0] != pair[1]}


def _is_earlier(one: Figure, other: Figure) -> bool:
    """Whether one statement is an earlier one of the same running total."""
    if {one.count, other.count} != {"cumulative"} or one.stated_by is None:
        return False
    ends = [(figure.period or figure.day) for figure in (one, other)]
    if None in ends or not all(end.sure for end in ends if end):
        return False
    fields = [(f.stated_by, f.province, f.nationality, f.group, f.period and f.period.start) for f in (one, other)]
    return fields[0] == fields[1] and (ends[0].end or 0) < (ends[1].end or 0)  # type: ignore[union-attr]


def _included(claims: list[Claim], days: list[Days], context: Context) -> set[tuple[int, int]]:
    """What a link says that another claim includes, where neither days nor names speak against it."""
    return {
        (inner, outer)
        for link in context.links
        if link.type == "includes"
        for outer, larger in enumerate(claims)
        for inner, smaller in enumerate(claims)
        if any(figure.event == link.event for figure in larger.statements)
        and any(figure.event == link.target and link.figure in {None, figure.id} for figure in smaller.statements)
        and _names_within(smaller, larger)
        and (days[inner] is None or days[outer] is None or _share_a_day(days[inner], days[outer]))
    }


def _covered(claims: list[Claim], days: list[Days], apart: Callable[[int, int], bool]) -> set[tuple[int, int]]:
    """What one speaker summed up covers what it stated for less time, fewer places or fewer people."""
    found = set()
    for outer, larger in enumerate(claims):
        for inner, smaller in enumerate(claims):
            speakers = [{one.stated_by for one in claim.statements} - {None} for claim in (larger, smaller)]
            if speakers[0].isdisjoint(speakers[1]) or all(one.count == "incident" for one in larger.statements):
                continue
            wide, narrow = days[outer], days[inner]
            known = {one.period for one in larger.statements if one.period is not None and one.period.known}
            if wide is None or narrow is None or apart(outer, inner) or len(known) != 1 or _days(larger) != wide:
                continue
            is_smaller = (wide, *_all_names(larger)) != (narrow, *_all_names(smaller))
            if is_smaller and wide[0] <= narrow[0] and narrow[1] <= wide[1] and _names_within(smaller, larger):
                found.add((inner, outer))
    return found


def _all_names(claim: Claim) -> tuple[frozenset[str], ...]:
    return tuple(_named(claim, field) for field in ("province", "nationality", "group"))


def _names_within(inner: Claim, outer: Claim) -> bool:
    return all(
        not wide or (len(wide) == 1 and narrow == wide)
        for narrow, wide in zip(_all_names(inner), _all_names(outer), strict=True)
    )


def _share_a_day(one: Days, other: Days) -> bool:
    return one is not None and other is not None and one[0] <= other[1] and other[0] <= one[1]


def _complete(resolved: dict[Key, Figure], of_key: dict[Key, int]) -> dict[int, list[int]]:
    """The parts of each whole that is said to consist of them, where they cover the same days."""
    found: dict[int, list[int]] = {}
    for whole in resolved.values():
        parts = [one for one in resolved.values() if one.part_of == whole.id and one.event == whole.event]
        if whole.split is None or not whole.split.complete or whole.key not in of_key or not parts:
            continue
        by = whole.split.by
        if all(getattr(one, by) is not None and one.period == whole.period and one.key in of_key for one in parts):
            found[of_key[whole.key]] = [of_key[one.key] for one in parts]
    return found
