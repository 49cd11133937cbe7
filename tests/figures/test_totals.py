"""Totals as cases to check by hand: what a group of figures comes to, and how each figure entered."""

from __future__ import annotations

from typing import Any

import pytest

from scamcli.figures import Context, Figure, Link, Number, Split, Total, total
from scamcli.figures.derivation import HOW, derive
from tests.helpers.figure_builder import PARTS, by_key, complaints, days, exactly, made

JANUARY, FEBRUARY, WINTER = days(1, 31), days(32, 59), days(1, 59)
Numbers = tuple[Number | None, ...]


def of(*group: Figure, wholes: tuple[Figure, ...] = (), links: tuple[Link, ...] = (), suspected: Any = ()) -> Total:
    return total(group, Context(by_key(*group, *wholes), links, suspected))


def numbers(found: Total) -> Numbers:
    """Low, best, high, unadjusted, claims and contested."""
    return found.low, found.best, found.high, found.unadjusted, found.claims, found.contested


def incident(key: str, number: Number, start: int | None = 5, **fields: Any) -> Figure:
    """An incident on one day, or on an unknown one."""
    day = days(start, start) if start is not None else days(1, 40, sure=False)
    return exactly(key, number, count="incident", **{"day": day, **fields})


def aggregate(key: str, number: Number, **fields: Any) -> Figure:
    return exactly(key, number, **fields)


def how(group: tuple[Figure, ...], **context: Any) -> dict[str, str]:
    found = of(*group, **context)
    entries = derive(found, list(group))
    assert {entry.how for entry in entries} <= HOW.keys()
    assert sum(entry.low or 0 for entry in entries) == (found.low or 0)
    return {"/".join(entry.figure): entry.how for entry in entries}


class TestIncidents:
    def test_two_raids_are_added(self) -> None:
        assert numbers(of(incident("a", 8), incident("b", 14))) == (22, 22, 22, 22, 2, 0)

    def test_also_where_their_dates_are_not_known(self) -> None:
        assert of(incident("a", 8, None), incident("b", 14, None), incident("c", 1)).low == 23

    def test_two_figures_of_one_event_may_be_the_same_people(self) -> None:
        assert numbers(of(incident("a/x", 8), incident("a/y", 14))) == (14, None, 22, 22, 2, 0)

    def test_unknown_bounds_are_not_zero(self) -> None:
        found = of(incident("a", 8), made("b", None, 5, None, count="incident"))
        assert numbers(found) == (8, 13, None, 8, 2, 0)
        assert numbers(of(made("b", count="incident"))) == (None, None, None, None, 1, 0)

    @pytest.mark.parametrize("count", ["incident", "aggregate"])
    @pytest.mark.parametrize(
        ("bounds", "total"),
        [((12, 10, 8), (13, None, 17)), ((12, None, 8), (13, None, 17)), ((None, 20, 15), (5, None, 25))],
    )
    def test_bounds_out_of_order_give_no_low_above_the_high(self, bounds: Numbers, total: Numbers, count: str) -> None:
        wrong = made("a", *bounds, count=count, period=JANUARY, dataset="Rows")
        other = made("b", 5, 5, 5, count=count, period=FEBRUARY, dataset="Rows")
        found = of(wrong, other)
        assert (numbers(found)[:3], found.contested) == (total, 1)

    @pytest.mark.parametrize("count", ["incident", "aggregate"])
    def test_zero_is_a_number(self, count: str) -> None:
        zero = exactly("a", 0, count=count)
        assert numbers(of(zero, made("b", count=count))) == (0, None, None, 0, 2, 0)
        assert how((zero,)) == {"a/one": "largest"}

    def test_a_suspected_pair_is_not_added_until_somebody_decides(self) -> None:
        group = incident("a", 8), incident("b", 8, 7), incident("c", 5, 20)
        suspected = [(("a", "one"), ("b", "one"))]
        assert numbers(of(*group, suspected=suspected)) == (13, None, 21, 21, 3, 0)
        assert how(group, suspected=suspected)["b/one"] == "suspected"
        settled = Link("distinct", "b", "a")
        assert numbers(of(*group, links=(settled,), suspected=suspected))[:3] == (21, 21, 21)
        same = Link("repeats", "b", "a")
        assert numbers(of(*group, links=(same,))) == (13, 13, 13, 13, 2, 0)

    def test_two_days_of_a_suspected_pair_do_not_make_it_miss_what_is_on_one_of_them(self) -> None:
        # If a and b are one raid, it may have been on the day of c.
        group = incident("a", 8, 5), incident("b", 8, 7), aggregate("c", 8, period=days(5, 6))
        assert of(*group, suspected=[(("a", "one"), ("b", "one"))]).low == 8


class TestAggregates:
    def test_an_aggregate_may_include_incidents(self) -> None:
        group = incident("a", 8), incident("b", 14), aggregate("c", 30)
        assert numbers(of(*group)) == (30, None, 52, 52, 3, 0)
        assert how(group) == {"a/one": "overlaps", "b/one": "overlaps", "c/one": "largest"}

    def test_incidents_can_outweigh_an_aggregate(self) -> None:
        group = incident("a", 8), incident("b", 14), aggregate("c", 20)
        assert numbers(of(*group)) == (22, None, 42, 42, 3, 0)
        assert how(group) == {"a/one": "added", "b/one": "added", "c/one": "overlaps"}

    def test_only_incidents_within_its_days_compete_with_it(self) -> None:
        group = incident("a", 8, 5), incident("b", 14, 40), aggregate("c", 20, period=JANUARY)
        assert numbers(of(*group))[:2] == (34, None)

    def test_periods_that_share_no_day_add_up(self) -> None:
        assert numbers(of(aggregate("a", 10, period=JANUARY), aggregate("b", 20, period=FEBRUARY)))[:3] == (30, 30, 30)

    @pytest.mark.parametrize("period", [None, days(31, 59), days(32, None), days(None, 59), days(32, 59, sure=False)])
    def test_periods_that_share_a_day_or_are_unknown_do_not(self, period: object) -> None:
        found = of(aggregate("a", 10, period=JANUARY), aggregate("b", 20, period=period))
        assert numbers(found)[:4] == (20, None, 30, 30)

    @pytest.mark.parametrize(
        ("one", "other", "low"),
        [
            ("Nepali", "Nepalese", 20), ("Lao", "laotian", 20), ("Thai", "Thais", 20), ("Welsh", "British", 20),
            ("foreigners", "Thai", 20), ("foreigners", "various", 20), ("Nepalese", "Lao", 30),
        ],
    )  # fmt: skip
    def test_words_for_one_country_or_none_do_not_add_up(self, one: str, other: str, low: int) -> None:
        assert of(aggregate("a", 10, nationality=one), aggregate("b", 20, nationality=other)).low == low

    def test_a_word_for_no_country_includes_nothing(self) -> None:
        own: dict[str, Any] = {"nationality": "foreigners", "stated_by": "Ada Brel"}
        found = of(incident("a", 5, **own), aggregate("b", 20, period=JANUARY, **own))
        assert numbers(found)[:3] == (20, None, 25)

    @pytest.mark.parametrize("field", ["province", "country"])
    def test_different_places_add_up(self, field: str) -> None:
        one, other = aggregate("a", 10), aggregate("b", 20)
        assert of(one._replace(**{field: "KH"}), other._replace(**{field: "MM"})).low == 30  # type: ignore[arg-type]
        assert of(one._replace(**{field: "KH"}), other._replace(**{field: "kh"})).low == 20  # type: ignore[arg-type]

    def test_different_groups_may_be_the_same_people(self) -> None:
        assert of(aggregate("a", 10, group="women"), aggregate("b", 20, group="minors")).low == 20

    def test_a_province_is_in_its_country(self) -> None:
        assert of(aggregate("a", 10, province="Kandal"), aggregate("b", 20, country="MM")).low == 30
        assert of(aggregate("a", 10, province="Kayin, MM"), aggregate("b", 20, country="MM")).low == 20

    def test_rows_of_a_disjoint_data_set_add_up(self) -> None:
        assert of(aggregate("a", 10, dataset="GED"), aggregate("b", 20, dataset="GED")).low == 30
        assert of(aggregate("a", 10, dataset="GED"), aggregate("b", 20, dataset="ACLED")).low == 20


class TestCovering:
    YEAR = days(1, 365)

    def test_a_speakers_total_covers_what_it_said_of_a_day(self) -> None:
        group = (
            incident("a", 8, stated_by="police"), incident("b", 14, 9, stated_by="Police"),
            aggregate("year", 30, period=self.YEAR, stated_by="police"),
        )  # fmt: skip
        assert numbers(of(*group)) == (30, 30, 30, 52, 3, 0)

    def test_a_total_of_somebody_else_does_not(self) -> None:
        group = incident("a", 8, stated_by="NGO"), aggregate("year", 30, period=self.YEAR, stated_by="police")
        assert numbers(of(*group))[:3] == (30, None, 38)

    def test_unless_a_link_says_so(self) -> None:
        group = incident("a", 8, stated_by="NGO"), aggregate("year", 30, stated_by="police")
        assert numbers(of(*group, links=(Link("includes", "year", "a"),)))[:3] == (30, 30, 30)

    def test_what_contradicts_the_total_counts_if_it_is_more(self) -> None:
        group = (
            incident("a", 20, stated_by="police"), incident("b", 14, 9, stated_by="police"),
            aggregate("year", 30, period=self.YEAR, stated_by="police"),
        )  # fmt: skip
        assert numbers(of(*group))[:3] == (34, None, 34)

    def test_totals_within_totals_do_not_contradict_each_other(self) -> None:
        group = (
            incident("raid", 50, stated_by="police"), aggregate("January", 90, period=JANUARY, stated_by="police"),
            aggregate("year", 100, period=self.YEAR, stated_by="police"),
        )  # fmt: skip
        assert numbers(of(*group)) == (100, 100, 100, 240, 3, 0)
        later = incident("later", 10, 40, stated_by="police")
        assert numbers(of(*group, later))[:3] == (100, 100, 100)
        assert numbers(of(*group, later._replace(low=11, best=11, high=12)))[:3] == (101, None, 102)

    def test_what_lies_inside_at_any_depth_counts(self) -> None:
        january = made("January", None, None, 5, period=JANUARY, stated_by="police")
        group = made("raid", 12, 12, 20, count="incident", day=days(5, 5), stated_by="police"), january
        again = made("total", None, None, 10, period=JANUARY, stated_by="NGO")
        assert numbers(of(*group, again, links=(Link("includes", "total", "January"),)))[:3] == (12, None, 20)

    def test_two_numbers_for_the_same_scope_do_not_cover_each_other(self) -> None:
        group = [aggregate(key, number, period=JANUARY, stated_by="police") for key, number in (("a", 8), ("b", 14))]
        assert numbers(of(*group))[:3] == (14, None, 22)


class TestClaims:
    def test_a_figure_that_another_one_disputes_is_contested(self) -> None:
        found = of(incident("a", 8), incident("b", 14), links=(Link("disputes", "b", "a"),))
        assert numbers(found) == (8, None, 14, 8, 1, 1)

    def test_repeating_it_with_another_number_contests_it_too(self) -> None:
        found = of(incident("a", 8), incident("b", 14), links=(Link("repeats", "b", "a"),))
        assert numbers(found) == (8, None, 14, 8, 1, 1)

    def test_statements_that_can_all_be_true_sharpen_each_other(self) -> None:
        at_least = made("a", 8, None, None, count="incident")
        found = of(at_least, incident("b", 14), links=(Link("repeats", "b", "a"),))
        assert numbers(found) == (14, 14, 14, 14, 1, 0)

    def test_a_corrected_figure_is_out(self) -> None:
        group = incident("a", 80), incident("b", 14)
        links = (Link("corrects", "b", "a"),)
        assert numbers(of(*group, links=links)) == (14, 14, 14, 14, 1, 0)
        assert how(group, links=links) == {"a/one": "corrected", "b/one": "largest"}

    def test_a_group_of_corrected_figures_has_no_bounds(self) -> None:
        corrected, new = incident("a", 45), aggregate("b", 54)
        found = of(corrected, wholes=(new,), links=(Link("corrects", "b", "a"),))
        assert numbers(found) == (None, None, None, None, 0, 0)  # not at most 0

    @pytest.mark.parametrize(
        ("corrected", "new", "total"),
        [
            ({"province": "Kandal", "nationality": "Thai"}, {}, (54, 54, 54, 54, 1, 0)),
            ({}, {"nationality": "Thai"}, (54, 54, 54, 54, 1, 0)),
            ({"province": "Kandal"}, {"nationality": "Thai"}, (54, 54, 54, 54, 1, 0)),
            ({"nationality": "Lao"}, {"nationality": "Thai"}, (99, 99, 99, 99, 2, 0)),
        ],
    )
    def test_a_correction_that_says_less_is_of_the_only_figure_of_the_event(
        self, corrected: dict[str, Any], new: dict[str, Any], total: Numbers
    ) -> None:
        group = incident("a", 45, **corrected), aggregate("b", 54, **new)
        assert numbers(of(*group, links=(Link("corrects", "b", "a"),))) == total

    def test_a_correction_that_says_less_does_not_choose_among_several_figures(self) -> None:
        group = incident("a/thai", 30, nationality="Thai"), incident("a/lao", 15, nationality="Lao"), aggregate("b", 54)
        assert "corrected" not in how(group, links=(Link("corrects", "b", "a"),)).values()

    def test_a_dispute_without_a_number_marks_the_claim(self) -> None:
        found = of(incident("a", 8), incident("c", 5), links=(Link("disputes", "denial", "a"),))
        assert numbers(found) == (13, 13, 13, 13, 2, 1)

    def test_a_dispute_of_a_figure_that_is_not_there_marks_none(self) -> None:
        assert of(aggregate("a", 8), links=(Link("disputes", "denial", "a", "absent"),)).contested == 0

    def test_the_same_statement_twice_is_one_claim(self) -> None:
        said = {"stated": "20", "stated_by": "Ada Brel", "period": JANUARY}
        assert numbers(of(aggregate("a", 20, **said), aggregate("b", 20, **said))) == (20, 20, 20, 20, 1, 0)
        other = said | {"stated_by": "Bo Quist"}
        assert numbers(of(aggregate("a", 20, **said), aggregate("b", 20, **other)))[:3] == (20, None, 40)

    @pytest.mark.parametrize("differing", [{"country": "TH"}, {"dataset": "glotip"}])
    def test_not_if_it_is_of_another_country_or_they_are_rows_of_a_disjoint_data_set(self, differing: Any) -> None:
        said = {"stated": "20", "stated_by": "Ada Brel", "period": JANUARY, "country": "KH"}
        said["dataset"] = differing.get("dataset")
        assert numbers(of(aggregate("a", 20, **said), aggregate("b", 20, **said | differing))) == (40, 40, 40, 40, 2, 0)

    def test_incidents_alike_in_all_words_are_two(self) -> None:
        one, other = (incident(key, 2, stated="2", stated_by="police") for key in ("a", "b"))
        assert of(one, other).low == 4

    def test_a_part_repeats_a_part_and_not_its_whole(self) -> None:
        group = (
            incident("a/all", 45), incident("a/thai", 30, nationality="Thai", part_of="all"),
            incident("b/all", 45), incident("b/thai", 30, nationality="Thai", part_of="all"),
        )  # fmt: skip
        assert numbers(of(*group, links=(Link("repeats", "b", "a"),))) == (45, 45, 45, 45, 2, 0)


class TestRunningTotals:
    @staticmethod
    def since(key: str, number: Number, end: int, **fields: Any) -> Figure:
        values = {"count": "cumulative", "period": days(1, end), "stated_by": "ministry"} | fields
        return exactly(key, number, **values)

    def test_the_latest_statement_is_the_total(self) -> None:
        group = self.since("a", 100, 10), self.since("b", 120, 20), self.since("c", 150, 30)
        assert numbers(of(*group)) == (150, 150, 150, 150, 3, 0)
        assert how(group) == {"a/one": "earlier", "b/one": "earlier", "c/one": "largest"}

    def test_also_if_no_start_is_given(self) -> None:
        group = [
            exactly(key, number, count="cumulative", stated_by="ministry", day=days(end, end))
            for key, number, end in (("a", 100, 10), ("b", 120, 20), ("c", 150, 30))
        ]
        assert numbers(of(*group))[:4] == (150, 150, 150, 150)

    def test_one_that_goes_down_is_what_it_went_down_to(self) -> None:
        assert of(self.since("a", 150, 10), self.since("b", 120, 20)).low == 120

    def test_those_of_two_speakers_or_starts_may_overlap(self) -> None:
        group = self.since("a", 100, 10), self.since("b", 120, 20, stated_by="NGO")
        assert numbers(of(*group))[:3] == (120, None, 220)
        assert of(self.since("a", 100, 10), self.since("b", 120, 20, period=days(5, 20))).high == 220

    def test_two_statements_up_to_one_day_do_not_replace_each_other(self) -> None:
        group = self.since("a", 100, 10), self.since("b", 110, 10), self.since("c", 90, 5)
        assert numbers(of(*group))[:3] == (110, None, 210)
        assert of(*group, self.since("d", 150, 30)).high == 150

    def test_an_earlier_statement_still_proves_what_came_before(self) -> None:
        group = self.since("a", 100, 10), self.since("b", 150, 30), aggregate("c", 80, period=days(11, 30))
        assert of(*group).low == 180


class TestPartsAndWholes:
    def test_the_seed_s_complaints_are_one_whole(self) -> None:
        assert numbers(of(*complaints()))[:4] == (289, 289, 289, 289)

    def test_its_parts_alone_add_up_because_they_are_in_different_provinces(self) -> None:
        whole, *parts = complaints()
        assert numbers(of(*parts, wholes=(whole,)))[:4] == (201 + sum(PARTS.values()), None, None, 278)

    def test_groups_add_up_only_in_a_declared_split(self) -> None:
        def parts(split: Split | None) -> tuple[Figure, ...]:
            men = aggregate("a/men", 10, group="men", part_of="all")
            return aggregate("a/all", 50, split=split), men, aggregate("a/women", 20, group="women", part_of="all")

        whole, *declared = parts(Split("group"))
        assert of(*declared, wholes=(whole,)).low == 30
        whole, *undeclared = parts(None)
        assert of(*undeclared, wholes=(whole,)).low == 20

    def test_a_part_is_disjoint_from_what_its_whole_is_disjoint_from(self) -> None:
        whole = aggregate("a/all", 50)
        part = aggregate("a/some", 10, part_of="all")
        found = of(part, aggregate("b", 20), wholes=(whole,), links=(Link("distinct", "a", "b"),))
        assert found.low == 30

    def test_a_part_that_exceeds_its_whole_counts_as_more(self) -> None:
        found = of(aggregate("a/all", 10), aggregate("a/part", 14, part_of="all"))
        assert numbers(found)[:3] == (14, None, 14)

    def test_a_part_dated_outside_its_whole_proves_nothing(self) -> None:
        found = of(aggregate("a/all", 10, period=JANUARY), aggregate("a/p", 10, part_of="all", period=FEBRUARY))
        assert numbers(found)[:3] == (10, 10, 10)


class TestStocks:
    def test_the_largest_counts_and_best_and_high_need_a_single_claim(self) -> None:
        one, other = exactly("a", 700, count="stock"), exactly("b", 90, count="stock", period=JANUARY)
        assert numbers(of(one, other))[:3] == (700, None, None)
        assert numbers(of(other))[:3] == (90, 90, 90)
        assert how((one, other)) == {"a/one": "largest", "b/one": "smaller"}


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ((made("a", 1), made("b", 1, metric="deaths")), "different metrics"),
        ((made("a", 1), made("b", 1, unit="families")), "different metrics or units"),
        ((made("a", 1, count="none"),), "never combined"),
        ((made("a", 1, count="stock"), made("b", 1)), "stock"),
    ],
)
def test_what_cannot_be_put_together_is_refused(group: tuple[Figure, ...], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        of(*group)


def test_a_search_that_was_given_up_is_not_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five sums, each of which certainly differs from two others. Only a search finds the largest set."""
    names = "abcde"
    group = [aggregate(name, number) for name, number in zip(names, (3, 4, 5, 6, 7), strict=True)]
    links = tuple(Link("distinct", one, other) for one, other in zip(names, names[1:] + names[:1], strict=True))
    assert (of(*group, links=links).low, of(*group, links=links).is_exact) == (13, True)
    monkeypatch.setattr("scamcli.figures.independent_set.MOST_STEPS", 0)
    assert not of(*group, links=links).is_exact


class TestManyClaims:
    """More claims than the best set is searched among."""

    def test_claims_of_different_days_are_still_all_added(self) -> None:
        group = [aggregate(f"a{number}", 2, period=days(number * 30, number * 30 + 29)) for number in range(500)]
        assert numbers(of(*group))[:4] == (1_000, 1_000, 1_000, 1_000)

    def test_also_beside_incidents_on_other_days(self) -> None:
        incidents = [incident(f"i{number}", 3, number * 30 + 29) for number in range(500)]
        group = [aggregate(f"a{number}", 2, period=days(number * 30, number * 30 + 9)) for number in range(500)]
        found = of(*incidents, *group, aggregate("whole", 900))
        assert (found.low, found.is_exact) == (2_500, False)
        assert numbers(found)[1:3] == (None, 3_400)
        overlapping = [one._replace(period=days(0, 29 * 500)) for one in group]
        assert of(*incidents, *overlapping).low == 1_500
