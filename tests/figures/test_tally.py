"""A tally is the numbers of an estimate, with a quarter of the work: against the estimate, which is the plain one."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from scamcli.figures import Estimate, Figure, Split, Tally, estimate, tally
from tests.helpers.figure_builder import by_key, days, made

WORDINGS = ("more than 4", "More  than 4", None)
SPEAKERS = ("Ann Aa", "ann aa", None)
DAYS = (days(1, 1), days(1, 1), days(1, 2), days(2, 2), None)


@st.composite
def said(draw: st.DrawFn) -> tuple[list[Figure], list[Figure]]:
    """Figures of which few stand alone: they share days, repeat what another says in other letters, or are parts."""
    every: list[Figure] = []
    for number in range(draw(st.integers(1, 8))):
        event = draw(st.sampled_from("abc"))
        earlier = [figure.id for figure in every if figure.event == event]
        figure = made(
            f"{event}/{number}",
            draw(st.sampled_from([1, 2, 3, 5, 0.1, 0.2, None])),
            draw(st.sampled_from([2, 3, None])),
            draw(st.sampled_from([4, 5, 6, None])),
            province=draw(st.sampled_from(["Kandal", "kandal", None])),
            period=draw(st.sampled_from(DAYS)),
            part_of=draw(st.sampled_from([None, *earlier])),
            split=draw(st.sampled_from([None, None, Split("province", None)])),
            stated=draw(st.sampled_from(WORDINGS)),
            stated_by=draw(st.sampled_from(SPEAKERS)),
        )
        every.append(figure)
    count = draw(st.sampled_from(["new", "new", "new", "stock"]))
    every = [figure._replace(count=count) for figure in every]
    return [figure for figure in every if draw(st.integers(0, 4)) > 0], every


def numbers(found: Estimate) -> Tally:
    return Tally(found.low, found.best, found.high, found.sum_low, found.figures)


@settings(max_examples=800, deadline=None)
@given(said(), st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=2))
@example(([], []), [])
def test_it_is_the_numbers_of_the_estimate(
    drawn: tuple[list[Figure], list[Figure]], linked: list[tuple[str, str]]
) -> None:
    group, every = drawn
    wholes = by_key(*every)
    assert tally(group, wholes=wholes, repeated_events=linked) == numbers(
        estimate(group, wholes=wholes, repeated_events=linked)
    )
