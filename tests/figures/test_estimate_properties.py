"""Rule 2 against brute force: every subset of items, and every small world in which all figures are true."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations_with_replacement, product
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from scamcli.figures import Estimate, Figure, Number, Period, Split, estimate
from tests.helpers.figure_builder import by_key, days, made

if TYPE_CHECKING:
    from random import Random

PLACES = ("Kandal", "Kep")
PEOPLE = ("Thai", "Lao")
LAST_DAY = 4


@st.composite
def periods(draw: st.DrawFn, last: int = 12) -> Period:
    start, end = sorted(draw(st.tuples(st.integers(1, last), st.integers(1, last))))
    return days(start, end, sure=draw(st.integers(0, 5)) > 0)


@st.composite
def figures(draw: st.DrawFn, size: int = 12, last: int = 12, low: int = 9) -> list[Figure]:
    """Up to `size` figures of up to four events; a whole is an earlier figure of the same event."""
    made_so_far: list[Figure] = []
    for number in range(draw(st.integers(1, size))):
        event = draw(st.sampled_from("abcd"))
        earlier = [figure.id for figure in made_so_far if figure.event == event]
        made_so_far.append(
            made(
                f"{event}/{number}",
                draw(st.none() | st.integers(0, low)),
                draw(st.none() | st.integers(0, low)),
                draw(st.none() | st.integers(0, low)),
                province=draw(st.none() | st.sampled_from(PLACES)),
                nationality=draw(st.none() | st.sampled_from(PEOPLE)),
                period=draw(st.none() | periods(last)),
                part_of=draw(st.none() | st.sampled_from(earlier)) if earlier else None,
                split=draw(st.none() | st.builds(Split, st.sampled_from(["province", "nationality"]))),
                count=draw(st.sampled_from(["new", "new", "cumulative"])),
            )
        )
    return made_so_far


@st.composite
def groups(draw: st.DrawFn) -> tuple[list[Figure], list[Figure]]:
    """A group, and all the figures of its events."""
    every = draw(figures())
    return [figure for figure in every if draw(st.integers(0, 3)) > 0], every


def of(group: list[Figure], every: list[Figure], links: list[tuple[str, str]] | None = None) -> Estimate:
    return estimate(group, wholes=by_key(*every), repeated_events=links or [])


# The brute force: written from the text of rule 2, with none of the package's own functions.


class Thing(NamedTuple):
    low: int
    period: Period | None


def read(figure: Figure, name: str, every: list[Figure]) -> object:
    own: object = getattr(figure, name)
    wholes = [whole for whole in every if (whole.event, whole.id) == (figure.event, figure.part_of)]
    return read(wholes[0], name, every) if own is None and wholes else own


def items(group: list[Figure], every: list[Figure]) -> list[Thing]:
    found = [Thing(int(figure.low), period_of(figure, every)) for figure in group if figure.low is not None]
    for whole in every:
        largest: dict[object, int] = defaultdict(int)
        for part in group:
            if whole.split and part.low is not None and belongs(part, whole, whole.split.by, every):
                value = getattr(part, whole.split.by)
                largest[value] = max(largest[value], int(part.low))
        if largest:
            found.append(Thing(sum(largest.values()), period_of(whole, every)))
    return found


def belongs(part: Figure, whole: Figure, by: str, every: list[Figure]) -> bool:
    if (part.event, part.part_of) != (whole.event, whole.id) or getattr(part, by) is None:
        return False
    others = [name for name in ("province", "nationality", "period") if name != by]
    return part.count == whole.count and all(read(part, name, every) == read(whole, name, every) for name in others)


def period_of(figure: Figure, every: list[Figure]) -> Period | None:
    """Its days; a part that is dated outside of its whole is a mistake, and its days prove nothing."""
    period = read(figure, "period", every)
    wholes = [whole for whole in every if (whole.event, whole.id) == (figure.event, figure.part_of)]
    for whole in wholes:
        above = read(whole, "period", every)
        if in_doubt(whole, every) or outside(period, above):
            return None
    return period if isinstance(period, Period) else None


def in_doubt(figure: Figure, every: list[Figure]) -> bool:
    return read(figure, "period", every) is not None and period_of(figure, every) is None


def outside(inner: object, outer: object) -> bool:
    if not isinstance(inner, Period) or not isinstance(outer, Period) or not inner.known or not outer.known:
        return False
    return not (within(inner.start or 0, outer) and within(inner.end or 0, outer))


def greatest(things: list[Thing], taken: tuple[Period, ...] = ()) -> int:
    """The greatest sum over every subset of things with known periods that share no day."""
    if not things:
        return 0
    first, *rest = things
    without = greatest(rest, taken)
    period = first.period
    if period is None or not period.known or any(share_a_day(period, other) for other in taken):
        return without
    return max(without, first.low + greatest(rest, (*taken, period)))


def share_a_day(one: Period, other: Period) -> bool:
    assert one.start is not None
    assert one.end is not None
    assert other.start is not None
    assert other.end is not None
    return bool(set(range(one.start, one.end + 1)) & set(range(other.start, other.end + 1)))


@settings(max_examples=120)
@given(groups())
def test_the_low_is_the_best_of_all_subsets(drawn: tuple[list[Figure], list[Figure]]) -> None:
    group, every = drawn
    things = items(group, every)
    expected = max([greatest(things), *(thing.low for thing in things)]) if things else None
    assert of(group, every).low == expected


@settings(max_examples=70)
@given(groups(), st.data())
def test_one_more_figure_never_lowers_a_low(drawn: tuple[list[Figure], list[Figure]], data: st.DataObject) -> None:
    group, every = drawn
    left_out = [figure for figure in every if figure not in group]
    if not left_out:
        return
    before = of(group, every).low
    after = of([*group, data.draw(st.sampled_from(left_out))], every).low
    assert before is None or (after is not None and after >= before)


@settings(max_examples=70)
@given(groups(), st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), max_size=3), st.randoms())
def test_the_order_of_figures_and_links_does_not_matter(
    drawn: tuple[list[Figure], list[Figure]], links: list[tuple[str, str]], random: Random
) -> None:
    group, every = drawn
    shuffled = random.sample(group, len(group))
    turned = [(other, one) for one, other in reversed(links)]
    found, other = of(group, every, links), of(shuffled, every[::-1], turned)
    assert found == other
    assert (found.entries, found.families) == (other.entries, other.families)


@settings(max_examples=70)
@given(groups(), st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")))
def test_a_link_never_raises_a_low_and_every_figure_is_explained(
    drawn: tuple[list[Figure], list[Figure]], link: tuple[str, str]
) -> None:
    group, every = drawn
    linked, apart = of(group, every, [link]), of(group, every)
    assert (linked.low or 0) <= (apart.low or 0)
    assert linked.figures <= apart.figures
    assert sorted(entry.figure for entry in linked.entries) == sorted(figure.key for figure in group)


# Small worlds: an occurrence has a day, a place and a people; a figure is true if at least its low match.


def matching(figure: Figure, world: tuple[tuple[int, str, str], ...], every: list[Figure]) -> int:
    period, province, nationality = (read(figure, name, every) for name in ("period", "province", "nationality"))
    return sum(
        within(day, period) and province in (None, place) and nationality in (None, people)
        for day, place, people in world
    )


def within(day: int, period: object) -> bool:
    """A period that is not sure says nothing of the day."""
    if not isinstance(period, Period) or not period.known:
        return True
    return (period.start or 0) <= day <= (period.end or 0)


@settings(max_examples=120)
@given(figures(size=4, last=LAST_DAY, low=2))
def test_no_world_with_fewer_occurrences_makes_every_figure_true(group: list[Figure]) -> None:
    low: Number = of(group, group).low or 0
    kinds = list(product(range(1, LAST_DAY + 1), PLACES, PEOPLE))
    if not 0 < low <= 5:
        return
    for world in combinations_with_replacement(kinds, int(low) - 1):
        assert not all(matching(figure, world, group) >= (figure.low or 0) for figure in group)


class World(NamedTuple):
    """Occurrences, and figures that are all true of them: each counts some of those that it could count."""

    occurrences: int
    group: list[Figure]
    every: list[Figure]
    links: list[tuple[str, str]]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """True figures of up to three events, the third of which repeats the first, in wider periods."""
    size = draw(st.integers(1, 8))
    kind = st.tuples(st.integers(1, LAST_DAY), st.sampled_from(PLACES), st.sampled_from(PEOPLE))
    world = draw(st.lists(kind, min_size=size, max_size=size))
    told: dict[tuple[str, str], frozenset[int]] = {}
    every: list[Figure] = []
    for number in range(draw(st.integers(1, 7))):
        event = draw(st.sampled_from("ab"))
        earlier = [figure for figure in every if figure.event == event]
        whole = draw(st.none() | st.sampled_from(earlier)) if earlier else None
        within_whole = told[whole.key] if whole else frozenset(range(size))
        figure, counted = draw(true_figure(f"{event}/{number}", whole, within_whole, world))
        every.append(figure)
        told[figure.key] = counted
    repeats = [figure for figure in every if figure.event == "a"] if draw(st.booleans()) else []
    copies = [figure._replace(event="r", period=draw(wider(figure.period))) for figure in repeats]
    everything = every + copies
    group = [figure for figure in everything if draw(st.integers(0, 4)) > 0]
    counted_at_all = frozenset().union(*(told["a" if f.event == "r" else f.event, f.id] for f in group))
    return World(len(counted_at_all), group, everything, [("r", "a")])


@st.composite
def true_figure(
    draw: st.DrawFn,
    key: str,
    whole: Figure | None,
    candidates: frozenset[int],
    world: list[tuple[int, str, str]],
) -> tuple[Figure, frozenset[int]]:
    place, people = (draw(st.none() | st.sampled_from(names)) for names in (PLACES, PEOPLE))
    fits = {n for n in candidates if place in (None, world[n][1]) and people in (None, world[n][2])}
    counted = frozenset(n for n in sorted(fits) if draw(st.integers(0, 3)) > 0)
    if whole is None or draw(st.booleans()):
        covered = sorted(world[n][0] for n in counted) or [1]
        period = draw(st.sampled_from([None, days(covered[0], covered[-1]), days(1, LAST_DAY)]))
    else:
        period = None
    figure = made(
        key,
        draw(st.sampled_from([len(counted), len(counted), max(0, len(counted) - 1)])),
        province=place,
        nationality=people,
        period=period,
        part_of=whole.id if whole else None,
        split=draw(st.none() | st.builds(Split, st.sampled_from(["province", "nationality"]))),
    )
    return figure, counted


@st.composite
def wider(draw: st.DrawFn, period: Period | None) -> Period | None:
    if period is None or period.start is None or period.end is None:
        return period
    return days(period.start - draw(st.integers(0, 1)), period.end + draw(st.integers(0, 1)))


@settings(max_examples=150)
@given(worlds())
def test_a_low_never_exceeds_what_happened(world: World) -> None:
    found = of(world.group, world.every, world.links)
    assert (found.low or 0) <= world.occurrences
