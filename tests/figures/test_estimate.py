"""Rule 2 as cases to check by hand: what a group of figures comes to, and how each figure entered."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from scamcli.figures import HOW, Estimate, Figure, Number, estimate
from tests.helpers.figure_builder import BY_NATIONALITY, BY_PROVINCE, PARTS, by_key, complaints, days, exactly, made

JANUARY, FEBRUARY, WINTER = days(1, 31), days(32, 59), days(1, 59)


def of(*group: Figure, wholes: tuple[Figure, ...] = (), repeated: tuple[tuple[str, str], ...] = ()) -> Estimate:
    return estimate(group, wholes=by_key(*group, *wholes), repeated_events=repeated)


def bounds(found: Estimate) -> tuple[Number | None, Number | None, Number | None, Number | None]:
    return found.low, found.best, found.high, found.sum_low


def how(found: Estimate) -> dict[str, str]:
    return {"/".join(entry.figure): entry.how for entry in found.entries}


class TestTheSeed:
    def test_the_total_is_the_family_and_the_parts_are_in_it(self) -> None:
        found = of(*complaints())
        assert bounds(found) == (289, 289, 289, 289)
        assert (found.figures, found.families) == (11, (("sep19", "total"),))
        assert how(found)["sep19/total"] == "largest"
        assert how(found)["sep19/Kandal"] == "part"

    def test_without_the_total_its_declared_split_still_adds_the_parts(self) -> None:
        total, *parts = complaints()
        found = of(*parts, wholes=(total,))
        # 201 and nine provinces with 77: one split, whose whole is known though not in the group.
        assert bounds(found) == (278, None, None, 278)
        assert set(how(found).values()) == {"split"}

    def test_without_a_declared_split_nothing_proves_the_parts_apart(self) -> None:
        total, *parts = complaints()
        found = of(*parts, wholes=(total._replace(split=None),))
        assert bounds(found) == (201, None, None, 278)

    def test_more_than_600_is_a_low_and_nothing_else(self) -> None:
        assert bounds(of(made("oct28", 601), exactly("feb7", 13))) == (601, None, None, 614)

    def test_rescues_of_a_year_may_contain_the_rescues_of_a_day(self) -> None:
        found = of(exactly("aug1/indonesians", 62), made("sep22/vietnamese", 1001), exactly("ncct/victims", 358))
        assert found.low == 1001
        assert how(found) == {
            "aug1/indonesians": "undated",
            "sep22/vietnamese": "largest",
            "ncct/victims": "undated",
        }


class TestTime:
    def test_periods_that_share_no_day_add_up(self) -> None:
        found = of(exactly("a", 10, period=JANUARY), exactly("b", 20, period=FEBRUARY))
        assert bounds(found) == (30, 30, 30, 30)
        assert how(found) == {"a/one": "added", "b/one": "added"}

    def test_periods_that_share_one_day_overlap(self) -> None:
        found = of(exactly("a", 10, period=JANUARY), exactly("b", 20, period=days(31, 59)))
        assert bounds(found) == (20, None, 30, 30)
        assert how(found) == {"a/one": "overlaps", "b/one": "largest"}

    @pytest.mark.parametrize("period", [None, days(32, None), days(None, 59), days(32, 59, sure=False), days(59, 32)])
    def test_an_unknown_period_is_added_to_nothing(self, period: object) -> None:
        found = of(exactly("a", 10, period=JANUARY), exactly("b", 20, period=period))
        assert bounds(found) == (20, None, 30, 30)

    def test_two_short_periods_can_outweigh_a_long_one_and_the_other_way_round(self) -> None:
        short = exactly("a", 10, period=JANUARY), exactly("b", 20, period=FEBRUARY)
        assert of(*short, exactly("c", 25, period=WINTER)).low == 30
        assert of(*short, exactly("c", 35, period=WINTER)).low == 35

    def test_a_running_total_overlaps_whatever_falls_after_its_start(self) -> None:
        running = made("dec31", 601, period=days(1, 136), count="cumulative")
        assert of(running, exactly("a", 128, period=days(100, 120))).low == 601
        assert of(running, exactly("a", 128, period=days(137, 200))).low == 729

    def test_a_split_is_added_to_another_period(self) -> None:
        total = made("a/total", split=BY_PROVINCE, period=JANUARY)
        parts = [exactly(f"a/{place}", 5, province=place, part_of="total") for place in ("Kandal", "Kep")]
        assert of(*parts, exactly("b", 7, period=FEBRUARY), wholes=(total,)).low == 17


class TestUnknown:
    def test_nothing_known_is_nothing_claimed(self) -> None:
        found = of(made("a", None, 8000, 8000))
        assert bounds(found) == (None, 8000, 8000, None)
        assert how(found) == {"a/one": "unknown"}

    def test_an_empty_group(self) -> None:
        assert bounds(of()) == (None, None, None, None)

    def test_an_unknown_low_is_skipped_and_an_unknown_high_is_not(self) -> None:
        found = of(made("a", None, 10, 10, period=JANUARY), made("b", 20, None, None, period=FEBRUARY))
        assert bounds(found) == (20, None, None, 20)

    def test_zero_is_a_number_that_was_said(self) -> None:
        assert bounds(of(exactly("a", 0))) == (0, 0, 0, 0)


class TestSplits:
    whole = made("a/total", split=BY_PROVINCE, period=JANUARY, nationality="Chinese")

    def part(self, name: str, low: int, **fields: Any) -> Figure:
        return made(f"a/{name}", low, part_of="total", **fields)

    def low(self, *parts: Figure) -> Number | None:
        return of(*parts, wholes=(self.whole,)).low

    @pytest.mark.parametrize(
        ("fields", "low"),
        [
            ({"province": "Kep"}, 9),
            ({"province": "Kep", "nationality": "chinese"}, 9),
            ({"province": "Kep", "nationality": "Thai"}, 5),
            ({"province": "Kep", "period": days(1, 15)}, 5),
            ({"province": "Kep", "group": "women"}, 5),
            ({"province": None}, 5),
            ({"province": "Kandal"}, 5),
            ({"province": "kandal"}, 5),
        ],
    )
    def test_a_part_belongs_if_it_differs_in_the_split_alone(self, fields: dict[str, Any], low: int) -> None:
        assert self.low(self.part("one", 5, province="Kandal"), self.part("two", 4, **fields)) == low

    def test_two_splits_of_one_whole_are_never_added_to_each_other(self) -> None:
        places = [self.part(f"p{n}", 5, province=f"P{n}") for n in range(3)]
        people = [self.part(f"n{n}", 4, nationality=f"N{n}") for n in range(3)]
        assert self.low(*places, *people) == 15
        by_nationality = self.whole._replace(split=BY_NATIONALITY, nationality=None)
        assert of(*places, *people, wholes=(by_nationality,)).low == 12

    def test_a_part_of_a_part(self) -> None:
        kandal = self.part("kandal", 5, province="Kandal", split=BY_NATIONALITY)
        inner = made("a/inner", 8, part_of="kandal", nationality="Chinese")
        found = of(self.whole, kandal, inner)
        assert (found.low, found.sum_low, found.families) == (8, 8, (("a", "total"),))

    def test_a_part_whose_whole_is_left_out_still_belongs_to_that_ones_whole(self) -> None:
        kandal = self.part("kandal", 5, province="Kandal")
        inner = made("a/inner", 3, part_of="kandal")
        found = of(self.whole._replace(low=9), inner, wholes=(kandal,))
        assert (found.low, found.sum_low, len(found.families)) == (9, 9, 1)

    @pytest.mark.parametrize("ring", [["one"], ["two", "one"], ["two", "three", "one"]])
    def test_parts_in_a_circle_are_figures_without_a_whole(self, ring: list[str]) -> None:
        names = ["one", "two", "three"][: len(ring)]
        figures = [exactly(f"a/{name}", 2, part_of=whole) for name, whole in zip(names, ring, strict=True)]
        outside = exactly("a/outside", 1, part_of="one")
        found = of(*figures, outside)
        assert (found.low, found.figures) == (2, len(ring) + 1)

    def test_a_whole_that_is_nowhere(self) -> None:
        assert of(exactly("a/part", 5, part_of="gone")).low == 5


class TestStock:
    def test_people_held_at_two_moments_are_never_added(self) -> None:
        found = of(
            made("a", 2000, None, 5000, count="stock", period=JANUARY),
            made("b", None, None, 100_000, count="stock", period=FEBRUARY),
            made("c", 300, count="stock", period=days(60, 61)),
        )
        assert bounds(found) == (2000, None, None, None)
        assert how(found) == {"a/one": "largest", "b/one": "unknown", "c/one": "smaller"}

    def test_a_lone_family_keeps_its_bounds(self) -> None:
        assert bounds(of(made("a", 2000, None, 5000, count="stock"))) == (2000, None, 5000, None)


class TestRepeats:
    same: ClassVar[dict[str, Any]] = {
        "stated": "62",
        "stated_by": "Embassy",
        "period": JANUARY,
        "nationality": "Indonesian",
    }

    def test_the_same_statement_in_two_events_counts_once(self) -> None:
        found = of(exactly("a", 62, **self.same), exactly("b", 62, **(self.same | {"nationality": "indonesian"})))
        assert bounds(found) == (62, 62, 62, 62)
        assert found.figures == 1
        assert how(found) == {"a/one": "largest", "b/one": "repeats"}

    @pytest.mark.parametrize(
        "other",
        [
            {"stated": "more than 61"},
            {"stated_by": "Police"},
            {"period": FEBRUARY},
            {"nationality": "Thai"},
            {"group": "women"},
            {"province": "Kandal"},
            {"count": "cumulative"},
        ],
    )
    def test_any_difference_makes_two(self, other: dict[str, Any]) -> None:
        assert of(exactly("a", 62, **self.same), exactly("b", 62, **(self.same | other))).figures == 2

    @pytest.mark.parametrize("field", ["stated", "stated_by", "period"])
    def test_what_nobody_said_is_equal_to_nothing(self, field: str) -> None:
        unsaid = self.same | {field: None}
        assert of(exactly("a", 62, **unsaid), exactly("b", 62, **unsaid)).figures == 2

    def test_figures_of_one_event_never_repeat_each_other(self) -> None:
        assert of(exactly("a/one", 62, **self.same), exactly("a/two", 62, **self.same)).figures == 2

    def test_a_linked_repeat_counts_once_with_the_larger_low_and_what_is_equal(self) -> None:
        one = made("a", 60, 62, 70, period=JANUARY)
        other = made("b", 65, 66, 70, period=FEBRUARY)
        found = of(one, other, repeated=(("b", "a"),))
        assert bounds(found) == (65, None, 70, 65)
        assert bounds(of(one, other)) == (125, 128, 140, 125)

    def test_a_linked_repeat_without_a_common_period_is_added_to_nothing(self) -> None:
        group = (
            made("a", 60, period=JANUARY),
            made("b", 65, period=WINTER),
            made("c", 10, period=days(90, 99)),
        )
        assert of(*group, repeated=(("a", "b"),)).low == 65

    def test_of_two_candidates_the_most_alike_is_repeated(self) -> None:
        women = made("a/one", 5, period=JANUARY, stated="5"), made("a/two", 7, period=FEBRUARY, stated="7")
        again = made("b/one", 7, period=FEBRUARY, stated="7")
        found = of(*women, again, repeated=(("a", "b"),))
        assert (found.low, found.figures) == (12, 2)
        assert how(found)["b/one"] == "repeats"

    def test_parts_of_one_total_that_two_events_date_differently_are_not_added(self) -> None:
        # 10 in all, said twice with different days: 8 in the one and 8 in the other are among the same 10.
        figures = [
            exactly("a/total", 10, period=JANUARY),
            exactly("a/part", 8, group="women", part_of="total"),
            exactly("b/total", 10, period=FEBRUARY),
            exactly("b/part", 8, group="men", part_of="total"),
        ]
        assert of(*figures, repeated=(("a", "b"),)).low == 10
        assert of(*figures).low == 20

    def test_a_figure_that_repeats_one_left_out_stands_for_it(self) -> None:
        whole = exactly("a/total", 10, period=JANUARY, split=BY_PROVINCE)
        part = exactly("a/kandal", 4, province="Kandal", part_of="total")
        again = exactly("b/total", 12, period=JANUARY)
        found = of(part, again, wholes=(whole,), repeated=(("a", "b"),))
        assert (found.low, found.sum_low, found.families) == (12, 12, (("b", "total"),))
        assert how(found) == {"b/total": "largest", "a/kandal": "part"}

    def test_a_split_that_is_repeated_counts_each_value_once(self) -> None:
        figures = []
        for event, kandal in (("a", 5), ("b", 6)):
            figures += [
                exactly(f"{event}/total", 20, period=JANUARY, split=BY_PROVINCE),
                exactly(f"{event}/kandal", kandal, province="Kandal", part_of="total"),
                exactly(f"{event}/kep{event}", 2, province="Kep", part_of="total"),
            ]
        parts = [figure for figure in figures if figure.part_of]
        found = of(*parts, wholes=tuple(figures), repeated=(("a", "b"),))
        assert (found.low, found.figures) == (8, 2)


class TestRefused:
    def test_two_units_are_not_one_group(self) -> None:
        with pytest.raises(ValueError, match="units"):
            of(made("a", 5), made("b", 5, unit="requests"))

    def test_two_metrics_are_not_one_group(self) -> None:
        with pytest.raises(ValueError, match="metrics"):
            of(made("a", 5), made("b", 5, metric="arrests"))

    def test_what_is_never_combined(self) -> None:
        with pytest.raises(ValueError, match="row of its own"):
            of(made("a", 5, count="none"))


def test_every_way_to_enter_is_explained() -> None:
    total, *parts = complaints()
    entries = of(total, *parts).entries
    assert {entry.figure for entry in entries} == {figure.key for figure in [total, *parts]}
    assert all(HOW[entry.how] for entry in entries)
    assert sum(PARTS.values()) == 77
