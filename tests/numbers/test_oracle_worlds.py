"""Cases for the oracle that anybody can work out by hand."""

from scamcli.language.dates import parse_during
from scamcli.numbers.records import Figure, Link, Split
from tests.numbers.oracle_worlds import IMPOSSIBLE, Extent, Pair, rows_of, total_of
from tests.numbers.random_timelines import random_timeline


def figure(event: str, number: int | tuple[int | None, int | None], when: str | None, **changes: object) -> Figure:
    """Return an incident in Kandal. An event is named ``id`` or ``id/figure``, and a range is ``(low, high)``."""
    low, high = number if isinstance(number, tuple) else (number, number)
    event_id, _, figure_id = event.partition("/")
    period = parse_during(when) if when else None
    plain = Figure(
        event=event_id, id=figure_id or "f1", metric="rescues", unit="people", stated=None, low=low, high=high,
        best=low if low == high else None, province="Kandal", nationality=None, group=None, period=period,
        count="incident", stated_by="Police", part_of=None, split=None, day=period, country="KH",
    )  # fmt: skip
    said = changes.pop("said", None)
    if said:
        changes["day"] = parse_during(str(said))
    return plain._replace(**changes)  # type: ignore[arg-type]


def total(event: str, number: int | tuple[int | None, int | None], when: str | None, **changes: object) -> Figure:
    """Return a period total, said at the end of its period unless ``said`` names a day."""
    return figure(event, number, when, count="aggregate", **changes)


def test_two_raids_add_up_even_on_one_day_and_in_one_place() -> None:
    raids = [figure("a", 37, "2022-03-05"), figure("b", 52, "2022-03-05")]
    assert total_of(raids, [], []) == Extent(89, 89)
    assert rows_of(raids, [], [], "province") == {"Kandal": Extent(89, 89)}


def test_a_total_includes_a_raid_in_it() -> None:
    figures = [figure("a", 37, "2022-03-05"), total("t", 300, "2022-Q1")]
    assert total_of(figures, [], []) == Extent(300, 300)
    assert rows_of(figures, [], [], "month") == {
        "2022-01": Extent(0, 263),
        "2022-02": Extent(0, 263),
        "2022-03": Extent(37, 300),
    }


def test_a_total_of_another_period_adds_up_and_one_that_overlaps_may_not() -> None:
    first = total("a", 30, "2022-Q1")
    assert total_of([first, total("b", 50, "2022-Q2")], [], []) == Extent(80, 80)
    assert total_of([first, total("b", 50, "2022-03/2022-04", said="2022-05-01")], [], []) == Extent(50, 80)


def test_suspected_raids_are_one_number_or_two() -> None:
    raids = [figure("a", 37, "2022-03-05"), figure("b", 52, "2022-03-05")]
    suspected: list[Pair] = [(raids[0].key, raids[1].key)]
    assert total_of(raids, [], suspected) == Extent(37, 89)
    assert rows_of(raids, [], suspected, "month") == {"2022-03": Extent(37, 89)}


def test_suspected_raids_of_two_months_may_be_in_either() -> None:
    raids = [figure("a", 37, "2022-03-31"), figure("b", 52, "2022-04-01")]
    suspected: list[Pair] = [(raids[0].key, raids[1].key)]
    assert rows_of(raids, [], suspected, "month") == {"2022-03": Extent(0, 89), "2022-04": Extent(0, 89)}


def test_a_disputed_number_reaches_from_the_lowest_to_the_highest() -> None:
    raids = [figure("a", 14, "2022-03-05"), figure("b", 8, "2022-03-05", province=None, country=None)]
    assert total_of(raids, [Link("disputes", "b", "a")], []) == Extent(8, 14)
    assert rows_of(raids, [Link("disputes", "b", "a")], [], "province") == {"Kandal": Extent(8, 14)}


def test_statements_that_can_all_be_true_are_what_they_say_together() -> None:
    raids = [figure("a", (40, None), "2022-03-05"), figure("b", 62, "2022-03-05")]
    assert total_of(raids, [Link("repeats", "b", "a")], []) == Extent(62, 62)


def test_a_bound_that_one_answer_leaves_open_is_unknown() -> None:
    about = figure("b", (None, None), "2022-03-05", best=300)
    assert total_of([figure("a", 120, "2022-03-05"), about], [Link("repeats", "b", "a")], []) == Extent(0, None)


def test_corrections_and_updates_replace() -> None:
    raids = [figure("a", 14, "2022-03-05"), figure("b", 8, "2022-03-05", province=None)]
    assert total_of(raids, [Link("corrects", "b", "a")], []) == Extent(8, 8)
    assert total_of(raids, [Link("updates", "a", "b")], []) == Extent(14, 14)
    assert rows_of(raids, [Link("corrects", "b", "a")], [], "province") == {"Kandal": Extent(8, 8)}


def test_a_link_without_a_partner_joins_nothing() -> None:
    thai = figure("a/thai", 14, "2022-03-05", nationality="Thai")
    kenyan = figure("a/kenyan", 3, "2022-03-05", nationality="Kenyan")
    denial = figure("b", 8, "2022-03-05")
    assert total_of([thai, kenyan, denial], [Link("disputes", "b", "a")], []) == Extent(17, 25)


def test_two_totals_for_one_question_are_two_answers() -> None:
    totals = [total("a", 1500, "2022"), total("b", 1480, "2022", stated_by="Ministry")]
    assert total_of(totals, [], []) == Extent(1480, 1500)


def test_a_speaker_who_corrects_himself_gives_one_answer() -> None:
    totals = [total("a", 1500, "2022", said="2023-01-05"), total("b", 1480, "2022", said="2023-02-05")]
    assert total_of(totals, [], []) == Extent(1480, 1480)


def test_speakers_of_one_event_give_two_answers_but_one_speaker_may_mean_two_buildings() -> None:
    first = figure("a/1", 14, "2022-03-05")
    assert total_of([first, figure("a/2", 8, "2022-03-05", stated_by="Paper")], [], []) == Extent(8, 14)
    assert total_of([first, figure("a/2", 8, "2022-03-05")], [], []) == Extent(14, 22)


def test_a_whole_counts_what_its_parts_count() -> None:
    whole = figure("a/whole", 50, "2022-03-05", split=Split("nationality"))
    thai = figure("a/thai", 20, "2022-03-05", nationality="Thai", part_of="whole")
    kenyan = figure("a/kenyan", (10, None), "2022-03-05", nationality="Kenyan", part_of="whole")
    assert total_of([whole, thai, kenyan], [], []) == Extent(50, 50)
    rows = {"Kenyan": Extent(10, 30), "Thai": Extent(20, 20)}
    assert rows_of([whole, thai, kenyan], [], [], "nationality") == rows
    all_parts = whole._replace(split=Split("nationality", complete=True))
    assert rows_of([all_parts, thai, kenyan], [], [], "nationality")["Kenyan"] == Extent(30, 30)


def test_groups_are_apart_only_in_a_declared_split() -> None:
    women, men = figure("a/women", 60, "2022-03-05", group="women"), figure("a/men", 40, "2022-03-05", group="men")
    assert total_of([women, men], [], []) == Extent(60, 100)
    whole = figure("a/whole", (None, None), "2022-03-05", split=Split("group"))
    parts = [women._replace(part_of="whole"), men._replace(part_of="whole")]
    assert total_of([whole, *parts], [], []) == Extent(100, None)


def test_distinct_numbers_share_nothing() -> None:
    figures = [figure("a", 37, "2022-03-05"), total("t", 300, "2022-Q1")]
    assert total_of(figures, [Link("distinct", "a", "t")], []) == Extent(337, 337)


def test_an_includes_link_includes_what_states_less() -> None:
    figures = [figure("a", 37, "2022-03-05", province=None, country=None), total("t", 300, "2022-Q1")]
    assert total_of(figures, [], []) == Extent(300, 337)
    assert total_of(figures, [Link("includes", "t", "a")], []) == Extent(300, 300)


def test_running_totals_by_one_speaker_rise_and_a_smaller_one_replaces() -> None:
    first = figure("a", 59, "2022-01-01/2022-01-20", said="2022-01-20", count="cumulative")
    second = figure("b", 82, "2022-01-01/2022-02-10", said="2022-02-10", count="cumulative")
    assert total_of([first, second], [], []) == Extent(82, 82)
    assert rows_of([first, second], [], [], "month") == {"2022-01": Extent(59, 82), "2022-02": Extent(0, 23)}
    smaller = second._replace(low=40, best=40, high=40)
    assert total_of([first, smaller], [], []) == Extent(40, 40)
    assert total_of([first, smaller._replace(stated_by="Paper")], [], []) == IMPOSSIBLE


def test_a_total_counts_up_to_the_day_on_which_it_was_said() -> None:
    early, late = figure("a", 37, "2022-03-05"), figure("b", 20, "2022-11-05")
    year = total("t", 300, "2022", said="2022-06-30")
    assert total_of([early, late, year], [], []) == Extent(320, 320)
    undated = total("t", 300, None, said="2022-06-30")
    assert total_of([early, late, undated], [], []) == Extent(320, 320)


def test_a_smaller_total_than_what_is_in_it_has_no_world() -> None:
    assert total_of([figure("a", 37, "2022-03-05"), total("t", 30, "2022-Q1")], [], []) == IMPOSSIBLE


def test_a_total_that_states_less_limits_a_row_and_has_none() -> None:
    figures = [total("t", 50, "2022"), total("u", (10, None), "2022-Q1", nationality="Thai")]
    assert rows_of(figures, [], [], "nationality") == {"Thai": Extent(10, 50)}


def test_in_rows_a_total_counts_all_that_is_in_its_scope() -> None:
    january, quarter = total("a", 30, "2022-01"), total("b", 100, "2022-Q1")
    assert rows_of([january, quarter], [], [], "month")["2022-01"] == Extent(30, 30)


def test_random_timelines_are_possible_about_half_of_the_time() -> None:
    extents = [total_of(*random_timeline(seed)) for seed in range(100)]
    assert 35 <= sum(extent.is_possible for extent in extents) <= 75
