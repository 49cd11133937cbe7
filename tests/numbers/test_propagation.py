"""What parts and wholes imply for each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scamcli.numbers.entries import Facts
from scamcli.numbers.propagation import Contradiction, Interval, propagate, propagate_event, with_implied
from scamcli.numbers.records import Figure, Key, Split
from scamcli.numbers.tables import total_of
from tests.helpers.figure_builder import ALL_PROVINCES, BY_PROVINCE, by_key, complaints, days, exactly, made

if TYPE_CHECKING:
    from random import Random

    from scamcli.language.wording.bounds import Number


def implied(family: list[Figure]) -> dict[str, tuple[Number | None, Number | None]]:
    found = propagate(family)
    assert not isinstance(found, Contradiction), found
    return {key[1]: (low, high) for key, (low, high) in found.items()}


def test_preah_sihanouk_is_implied_by_the_other_provinces() -> None:
    assert implied(complaints()) == {"preah-sihanouk": (201, 212)}


def test_it_is_exact_only_if_the_parts_are_complete() -> None:
    assert implied(complaints(ALL_PROVINCES)) == {"preah-sihanouk": (212, 212)}


def test_a_total_over_implied_bounds() -> None:
    family = complaints()
    found = propagate(family)
    assert not isinstance(found, Contradiction)
    sihanouk = [figure for figure in with_implied(family, found) if figure.province == "Preah Sihanouk"]
    of_province = total_of(sihanouk, Facts(by_key(*family)))
    assert (of_province.low, of_province.best, of_province.high) == (201, None, 212)


@pytest.mark.parametrize(("best", "kept"), [(0, None), (2, 2), (3, 3), (4, None), (None, None)])
def test_a_best_outside_the_implied_bounds_is_not_kept(best: int | None, kept: int | None) -> None:
    figure = made("a/whole")._replace(low=0, best=best, high=9)
    (found,) = with_implied([figure], {figure.key: Interval(2, 3)})
    assert found.bounds == (2, kept, 3)


WHOLE = made("a/whole", split=BY_PROVINCE)
KANDAL = made("a/kandal", province="Kandal", part_of="whole")
KEP = made("a/kep", province="Kep", part_of="whole")


def bounded(figure: Figure, low: Number | None, high: Number | None = None) -> Figure:
    return figure._replace(low=low, high=high)


@pytest.mark.parametrize(
    ("family", "expected"),
    [
        ([bounded(WHOLE, None), bounded(KANDAL, 5), bounded(KEP, 3)], {"whole": (8, None)}),
        (
            [bounded(WHOLE, 1, 10), bounded(KANDAL, 6), bounded(KEP, None)],
            {"whole": (6, 10), "kandal": (6, 10), "kep": (None, 4)},
        ),
        # Not of the split, because that separates women in Kandal from people in Kep: bounded by its whole, not added.
        (
            [bounded(WHOLE, None, 10), bounded(KANDAL, 6)._replace(group="women"), bounded(KEP, 5)],
            {"whole": (6, 10), "kandal": (6, 10), "kep": (5, 10)},
        ),
        # Two numbers for Kandal may be of two towns in it: the larger counts, and neither bounds the other.
        (
            [
                bounded(WHOLE, None, 10),
                bounded(KANDAL, 6),
                bounded(KANDAL, 4)._replace(id="town"),
                bounded(KEP, 1),
            ],
            {"whole": (7, 10), "kandal": (6, 9), "town": (4, 9), "kep": (1, 4)},
        ),
        # Other people than the whole counts (1,590 foreigners made 600 requests).
        ([exactly("a/whole", 600), exactly("a/part", 1590, metric="people", part_of="whole")], {}),
        ([exactly("a/whole", -78, count="none"), exactly("a/part", 5, count="none", part_of="whole")], {}),
        ([exactly("a/part", 5, part_of="gone")], {}),
        ([made("a/x", 1, part_of="y"), made("a/y", 5, part_of="x")], {}),
        ([], {}),
    ],
)
def test_both_ways(family: list[Figure], expected: dict[str, tuple[Number | None, Number | None]]) -> None:
    assert implied(family) == expected


def test_down_two_levels_and_up_again() -> None:
    family = [
        made("a/top", None, None, 10, split=BY_PROVINCE),
        made("a/kep", 4, province="Kep", part_of="top"),
        made("a/kandal", province="Kandal", part_of="top", split=Split("nationality", True)),
        made("a/thai", 2, nationality="Thai", part_of="kandal"),
        made("a/lao", 3, None, 3, nationality="Lao", part_of="kandal"),
    ]
    assert implied(family) == {
        "top": (9, 10),
        "kep": (4, 5),
        "kandal": (5, 6),
        "thai": (2, 3),
    }


def test_a_complete_split_without_parts_says_nothing() -> None:
    assert implied([made("a/whole", 5, split=ALL_PROVINCES)]) == {}


def test_money_in_fractions_is_no_contradiction() -> None:
    family = [
        exactly("a/whole", 0.3, split=ALL_PROVINCES),
        exactly("a/kandal", 0.1, province="Kandal", part_of="whole"),
        exactly("a/kep", 0.2, province="Kep", part_of="whole"),
    ]
    assert implied(family) == {}


@pytest.mark.parametrize(
    "family",
    [
        [bounded(WHOLE, 5, 5), bounded(KANDAL, 6)],
        [bounded(WHOLE, 5, 5), bounded(KANDAL, 3), bounded(KEP, 3)],
        [bounded(WHOLE, 9)._replace(split=ALL_PROVINCES), bounded(KANDAL, 1, 3), bounded(KEP, 1, 3)],
        [bounded(WHOLE, 7, 3)],
    ],
)
def test_a_contradiction_is_reported_and_implies_nothing(family: list[Figure]) -> None:
    found = propagate(family)
    assert isinstance(found, Contradiction)
    assert found.low > found.high
    assert set(found.family) == {figure.key for figure in family}


def test_a_contradiction_stays_in_its_family() -> None:
    wrong = [exactly("a/small", 5), exactly("a/larger", 6, part_of="small")]
    right = [bounded(WHOLE, None), bounded(KANDAL, 5)]
    found = propagate_event([*wrong, *right])
    assert found.intervals == {("a", "whole"): (5, None)}
    assert [finding.family for finding in found.contradictions] == [(("a", "larger"), ("a", "small"))]


# Random families whose numbers are true of some counts, so that they cannot contradict each other.


@st.composite
def families(draw: st.DrawFn) -> tuple[list[Figure], dict[Key, int]]:
    """A tree of figures with bounds around true counts. Each value of a split is used once."""
    truth: dict[Key, int] = {}
    figures: list[Figure] = []
    waiting = [(made("a/0", split=draw(splits())), draw(st.integers(0, 30)))]
    while waiting:
        figure, count = waiting.pop()
        truth[figure.key] = count
        figures.append(figure._replace(low=draw(below(count)), high=draw(above(count))))
        if figure.split and len(figures) + len(waiting) < 10:
            waiting += draw(parts_of(figure, count, len(figures) + len(waiting)))
    return figures, truth


def splits() -> st.SearchStrategy[Split | None]:
    by = st.sampled_from(["province", "nationality", "group"])
    return st.none() | st.builds(Split, by, st.sampled_from([None, True, False]))


def below(count: int) -> st.SearchStrategy[int | None]:
    return st.none() | st.integers(0, count)


def above(count: int) -> st.SearchStrategy[int | None]:
    return st.none() | st.integers(count, count + 10)


@st.composite
def parts_of(draw: st.DrawFn, whole: Figure, count: int, number: int) -> list[tuple[Figure, int]]:
    assert whole.split is not None
    cuts = sorted(draw(st.lists(st.integers(0, count), min_size=1, max_size=3)))
    ends = [*cuts, count] if whole.split.complete else cuts
    shares = [end - start for start, end in zip([0, *cuts], ends, strict=False)]
    return [
        (valued(whole, f"value {place}")._replace(id=str(number + place), split=draw(splits())), share)
        for place, share in enumerate(shares)
    ]


def valued(whole: Figure, value: str) -> Figure:
    """A part of the whole's split."""
    assert whole.split is not None
    fields: dict[str, Any] = {whole.split.by: value, "part_of": whole.id}
    return whole._replace(**fields)


Drawn = tuple[list[Figure], dict[Key, int]]


@settings(max_examples=70)
@given(families())
def test_what_is_implied_is_true(drawn: Drawn) -> None:
    family, truth = drawn
    found = propagate(family)
    assert not isinstance(found, Contradiction)
    for key, (low, high) in found.items():
        assert low is None or low <= truth[key]
        assert high is None or truth[key] <= high


@settings(max_examples=70)
@given(families())
def test_propagation_never_loosens_and_adds_something(drawn: Drawn) -> None:
    stated = {figure.key: figure for figure in drawn[0]}
    found = propagate(drawn[0])
    assert not isinstance(found, Contradiction)
    for key, (low, high) in found.items():
        before = stated[key]
        assert before.low is None or (low is not None and low >= before.low)
        assert before.high is None or (high is not None and high <= before.high)
        assert (low, high) != (before.low, before.high)


@settings(max_examples=70)
@given(families())
def test_propagation_is_idempotent(drawn: Drawn) -> None:
    found = propagate(drawn[0])
    assert not isinstance(found, Contradiction)
    assert propagate(with_implied(drawn[0], found)) == {}


@st.composite
def any_families(draw: st.DrawFn) -> list[Figure]:
    """Families that may well contradict themselves."""
    family, _ = draw(families())
    return [
        figure._replace(low=draw(st.none() | st.integers(0, 9)), high=draw(st.none() | st.integers(0, 20)))
        for figure in family
    ]


@settings(max_examples=120)
@given(any_families(), st.randoms())
def test_the_order_does_not_matter(family: list[Figure], random: Random) -> None:
    one, other = propagate(family), propagate(random.sample(family, len(family)))
    assert isinstance(one, Contradiction) == isinstance(other, Contradiction)
    assert isinstance(one, Contradiction) or one == other


def test_an_interval_is_a_pair() -> None:
    assert Interval(1, None) == (1, None)
    assert days(1, 2).known
