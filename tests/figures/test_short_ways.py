"""The short ways of totals, against the long ones: terms that are added, every pair of scopes, and a new context."""

from __future__ import annotations

import re
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scamcli.figures import Context, Figure, Link, Period, claims, scope, total
from scamcli.figures.combination import Combination
from scamcli.figures.derivation import sums
from scamcli.figures.incident_index import IncidentIndex
from scamcli.language.wording.bounds import total as added
from tests.helpers.figure_builder import exactly

if TYPE_CHECKING:
    from scamcli.figures.totals import Total

PROVINCES = (None, "Kandal", "kandal", "Kampot", "Kayin, MM")
SPEAKERS = (None, "police", "Police ", "ministry")


def days(chance: Random) -> Period:
    start = chance.randrange(60)
    return Period(start, start + chance.choice((0, 0, 0, 3, 30)), chance.random() < 0.95)


def figure(chance: Random, number: int, *, known: bool) -> Figure:
    """A figure of an event of its own; ``known`` gives it all three bounds."""
    day, low = days(chance), chance.randrange(1, 40)
    count = chance.choice(("incident", "incident", "incident", "aggregate", "cumulative"))
    best, high = chance.choice(((low, low), (low + 1, low + 3)) if known else ((None, None), (low, None), (None, low)))
    return Figure(
        f"e{number}", "rescues", "rescues", "people", f"{low}",
        low if known else chance.choice((None, low)), best, high,
        chance.choice(PROVINCES), chance.choice((None, "Thai", "Chinese")), chance.choice((None, None, "women")),
        day if count == "incident" else chance.choice((None, days(chance))), count, chance.choice(SPEAKERS), None, None,
        day=day,
    )  # fmt: skip


def some(seed: int) -> tuple[list[Figure], Context]:
    chance = Random(seed)
    known = chance.choice((0.0, 0.8, 1.0, 1.0))
    figures = [figure(chance, number, known=chance.random() < known) for number in range(chance.choice((8, 30, 90)))]
    pairs = [chance.sample([one.event for one in figures], 2) for _ in range(chance.choice((0, 0, 3)))]
    types = ("repeats", "disputes", "corrects", "distinct", "includes")
    links = [Link(chance.choice(types), one, other) for one, other in pairs]
    incidents = [one.key for one in figures if one.count == "incident"]
    suspected = [chance.sample(incidents, 2) for _ in range(chance.choice((0, 2))) if len(incidents) > 1]
    in_order = [(min(pair), max(pair)) for pair in suspected]
    return figures, Context({one.key: one for one in figures}, links, in_order)


def numbers(found: Total) -> tuple[object, ...]:
    return *found[:7], found.counted, found.plain_left_out


@given(st.text(alphabet="K, HMMé²k\n", max_size=8))
@example(", H,")
def test_the_country_of_a_province_is_its_code_in_capitals_after_a_comma(name: str) -> None:
    found = re.search(r", ([A-Z]{2})\Z", name)
    province = exactly("a", 1, province=name or None)
    assert scope.country_of(province) == (None if not name else found[1] if found else "KH")


@pytest.mark.parametrize("seed", range(120))
def test_each_number_is_the_sum_of_its_terms(seed: int) -> None:
    figures, context = some(seed)
    found, of = total(figures, context), sums(total(figures, context), context)
    assert of.best is not None
    assert of.high is not None
    assert of.unadjusted is not None
    highs, bests = [number for _, number in of.high], [number for _, number in of.best]
    assert found.high == (None if None in highs else max(added(highs) or 0, found.low or 0))
    assert found.unadjusted == added(number for _, number in of.unadjusted)
    if None in bests or of.overlap:
        assert found.best is None
    else:
        assert found.best == added(bests) or (found.best is None and (added(bests) or 0) < (found.low or 0))


@pytest.mark.parametrize("seed", range(60))
def test_what_one_group_found_out_changes_no_other(seed: int) -> None:
    figures, shared = some(seed)
    groups = [figures, figures[::2], figures[1::3], [one for one in figures if one.province == "Kandal"], figures]
    for group in filter(None, groups):
        assert numbers(total(group, shared)) == numbers(total(group, Context(*shared)))


@pytest.mark.parametrize("seed", range(60))
def test_rows_of_one_disjoint_data_set_are_added_as_if_all_were_compared(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures, context = some(seed)
    chance = Random(seed)
    counts = ("incident", "aggregate", "aggregate") if seed % 2 else ("aggregate",)
    rows = [one._replace(dataset="glotip", count=chance.choice(counts)) for one in figures]
    around = Context({one.key: one for one in rows}, context.links, context.suspected)
    found = total(rows, around)
    monkeypatch.setattr("scamcli.figures.totals._are_rows", lambda *_: False)
    expected = total(rows, around)
    assert found[:6] == expected[:6]
    assert expected.is_exact


@pytest.mark.parametrize("seed", range(60))
def test_the_incidents_inside_a_claim_are_all_that_it_and_the_claims_inside_it_cover(seed: int) -> None:
    figures, context = some(seed)
    found = total(figures, context)
    if found.relations is None:
        return
    relations = found.relations
    covered = {
        key: {
            place
            for place, one in enumerate(found.plain)
            if relations.may_cover(key)
            and scope.lies_within(own := scope.scope_of([one]), relations.scopes[key])
            and own.speakers & relations.scopes[key].speakers
        }
        for key in relations.claims
    }
    expected = {
        key: covered[key].union(*(covered[one] for one in relations.claims if key in relations.all_outer(one)))
        for key in relations.claims
    }
    inside = Combination(found.plain, relations, context)._plain_inside
    assert inside == {key: places for key, places in expected.items() if places}


@pytest.mark.parametrize("seed", range(40))
def test_statements_are_joined_as_if_all_were_compared(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    figures, context = some(seed)
    chance = Random(seed)
    alike = {
        one.key: one._replace(
            stated=chance.choice(("8", "8 ", "9")),
            period=Period(chance.randrange(3), 3, sure=True),
            province=None,
            nationality=None,
            group=None,
            stated_by="police",
            count=chance.choice(("incident", "aggregate")),
        )
        for one in figures
    }
    found = claims.restate(alike, context.links)
    assert len(figures) < 30 or len(found.first) > 5
    monkeypatch.setattr(claims, "_with_same_words", lambda every: every)
    assert claims.restate(alike, context.links) == found


def claims_and_places(seed: int) -> tuple[list[Figure], list[scope.Scope], IncidentIndex]:
    """Incidents, of which most happened on a single day, claims of other events, and the index of the incidents."""
    chance = Random(seed)
    figures = [figure(chance, number, known=False) for number in range(chance.choice((20, 60, 200)))]
    incidents = [one._replace(dataset=chance.choice((None, None, "GED"))) for one in figures if one.count == "incident"]
    others = [one._replace(dataset=chance.choice((None, "GED"))) for one in figures if one.count != "incident"]
    return incidents, [scope.scope_of([one]) for one in others], IncidentIndex(incidents)


@pytest.mark.parametrize("seed", range(60))
def test_the_index_finds_the_incidents_that_overlap_as_if_all_were_compared(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    incidents, claimed, places = claims_and_places(seed)
    scopes = [scope.scope_of([one]) for one in incidents]
    for covered in ([one] for one in claimed):
        expected = [
            number
            for number, own in enumerate(scopes)
            if incidents[number].low and not scope.are_disjoint(covered[0], own)
        ]
        found = []
        for near in (-1, 10**6):  # by places, and by days
            monkeypatch.setattr(IncidentIndex, "_number_near", lambda self, covered, near=near: near)
            found.append(list(places.overlapping(covered)))
            single = [
                number
                for number in expected
                if (day := incidents[number].period) and day.known and day.start == day.end
            ]
            assert places.have_any(covered[0], set()) == bool(single)
            assert not places.have_any(covered[0], set(single))
            least = sum(incidents[number].low or 0 for number in single)
            assert places.are_at_least(least, covered[0])
            assert not places.are_at_least(least + 1, covered[0])
        assert sorted(found[0]) == expected
        assert found[0] == found[1]
