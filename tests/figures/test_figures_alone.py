"""Figures that stand alone are used as they are: the same estimate as when each is compared with all others."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scamcli.figures import Figure, Split, estimate, families
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


@settings(max_examples=800)
@given(said(), st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=2))
@example(([], []), [])
def test_the_estimate_is_the_same_when_all_figures_are_compared(
    drawn: tuple[list[Figure], list[Figure]], linked: list[tuple[str, str]]
) -> None:
    group, every = drawn
    wholes = by_key(*every)
    found = estimate(group, wholes=wholes, repeated_events=linked)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(families, "_separate", lambda figures, *_: ([], list(figures)))
        plain = estimate(group, wholes=wholes, repeated_events=linked)
    assert found == plain
    assert found.entries == plain.entries
    assert found.families == plain.families
