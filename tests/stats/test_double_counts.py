"""Small timelines, each made to tempt a sum that counts something twice or loses it."""

from __future__ import annotations

from typing import Any

from tests.helpers.small_timelines import Record, done, event, figure, link, one, rows, run, timeline

LAO, THAI = {"nationality": "Lao"}, {"nationality": "Thai"}


def numbers(row: Record) -> tuple[Any, ...]:
    return tuple(row[key] for key in ("low", "best", "high", "unadjusted", "claims"))


def test_a_statement_repeated_twice_is_one_also_where_the_one_between_is_filtered_out() -> None:
    # b repeats a and c repeats b, so all three are one claim, whoever is asked for. Ada Brel stated 20 once, and no row
    # can prove more than the row of all.
    db = timeline([
        event("a", "2031-03-01", figure("n", "20", period="2031-01")),
        event("b", "2031-03-02", figure("n", "20", period="2031-01/2031-02", stated_by="Bo Quist"),
              links=[link("repeats", "a")]),
        event("c", "2031-03-03", figure("n", "20", period="2031-02"), links=[link("repeats", "b")]),
    ])  # fmt: skip
    assert numbers(one(db, "stats", "arrests", "--by", "none")) == (20, 20, 20, 20, 1)
    by_actor = {row["actor"]: numbers(row) for row in rows(db, "stats", "arrests", "--by", "actor")}
    assert by_actor == {"Ada Brel": (20, 20, 20, 20, 1), "Bo Quist": (20, 20, 20, 20, 1)}
    assert one(db, "stats", "arrests", "--by", "none", "--actor", "Ada Brel")["low"] == 20


def test_the_split_of_a_part_that_is_not_asked_for_still_belongs_to_the_family() -> None:
    # p and q are parts of one declared split, that of s, whether s is in the group or not, and of w at any depth:
    # 10 + 20, and at most w's 100. `unadjusted` can never be less than `low`.
    db = timeline([
        event("e", "2031-03-01",
              figure("w", "up to 100", period="2031-01"),
              figure("s", "at least 25", period="2031-01", part_of="w", province="Kandal", stated_by="Bo Quist",
                     split={"by": "nationality"}),
              figure("p", "10", part_of="s", **THAI), figure("q", "20", part_of="s", **LAO)),
    ])  # fmt: skip
    found = {row["actor"]: numbers(row) for row in rows(db, "stats", "arrests", "--by", "actor")}
    assert found["Ada Brel"] == (30, None, 100, 30, 3)


def test_two_ways_of_dividing_one_whole_are_never_added() -> None:
    # 40 + 40 by province and 30 + 45 by nationality are the same hundred; the second event repeats the first. The two
    # provinces alone are disjoint and exactly known, and so are the two nationalities.
    whole = {"period": "2031-01"}
    db = timeline([
        event("a", "2031-02-01", figure("t", "100", split={"by": "province"}, **whole),
              figure("k", "40", part_of="t", province="Kandal"), figure("p", "40", part_of="t", province="Takeo")),
        event("b", "2031-02-02", figure("t", "100", split={"by": "nationality"}, **whole),
              figure("x", "30", part_of="t", **THAI), figure("y", "45", part_of="t", **LAO),
              links=[link("repeats", "a")]),
    ])  # fmt: skip
    assert numbers(one(db, "stats", "arrests", "--by", "none")) == (100, 100, 100, 100, 5)
    provinces = ("--province", "Kandal", "--province", "Takeo")
    assert numbers(one(db, "stats", "arrests", "--by", "none", *provinces)) == (80, 80, 80, 80, 2)
    nations = ("--nationality", "Thai", "--nationality", "Lao")
    assert numbers(one(db, "stats", "arrests", "--by", "none", *nations)) == (75, 75, 75, 75, 2)
    # without a province: the whole once, and the parts by nationality are in it; without a nationality likewise
    row = next(row for row in rows(db, "stats", "arrests", "--by", "province") if row["province"] is None)
    assert numbers(row) == (100, 100, 100, 100, 3)


def test_a_running_total_takes_in_what_it_ran_over() -> None:
    # "Since D", said on day E, is D/E and cumulative: all of the months before are in it, that of July is not.
    months = [event(f"m{n}", f"2031-0{n}-28", figure("n", "30", period=f"2031-0{n}")) for n in range(1, 8)]
    total = event("t", "2031-06-30", figure("n", "more than 150 since January 1, 2031"))
    db = timeline([*months, total])
    # six months come to 180, which is more than 151; the total adds nothing to them. July's is on top.
    assert one(db, "stats", "arrests", "--by", "none")["low"] == 210
    # two running totals by one speaker from one start are a series, and the later one is the total
    later = event("u", "2031-07-31", figure("n", "200 since January 1, 2031"))
    db = timeline([total, later])
    assert numbers(one(db, "stats", "arrests", "--by", "none")) == (200, 200, 200, 200, 2)


def test_the_same_words_of_one_event_are_two_figures_and_of_two_events_one() -> None:
    same = {"period": "2031-01", "province": "Kandal"}
    twice = event("a", "2031-02-01", figure("x", "20", **same), figure("y", "20", **same))
    again = event("b", "2031-02-02", figure("x", "20", **same))
    # they may be the same people: their days overlap
    assert numbers(one(timeline([twice]), "stats", "arrests", "--by", "none")) == (20, None, 40, 40, 2)
    assert numbers(one(timeline([twice, again]), "stats", "arrests", "--by", "none")) == (20, None, 40, 40, 2)
    # another speaker's same number is another statement
    other = event("b", "2031-02-02", figure("x", "20", stated_by="Bo Quist", **same))
    assert numbers(one(timeline([twice, other]), "stats", "arrests", "--by", "none")) == (20, None, 60, 60, 3)


def test_days_that_touch_overlap_and_days_side_by_side_do_not() -> None:
    first = event("a", "2031-02-01", figure("n", "20", period="2031-01-01/2031-01-15"))
    for period, low in (("2031-01-15/2031-01-31", 30), ("2031-01-16/2031-01-31", 50)):
        db = timeline([first, event("b", "2031-02-02", figure("n", "30", period=period))])
        assert one(db, "stats", "arrests", "--by", "none")["low"] == low


def test_a_day_of_report_is_never_a_period() -> None:
    db = timeline([
        event("a", "2031-01-10", figure("n", "20", period="2031-01-10")),
        event("b", "2031-06-10", figure("n", "30")),
        event("c", "2031-09-10", figure("n", "40", period="2031-09-10~")),
        event("d", "2031-10-10", figure("n", "10", period="../2031-10-10")),
    ])  # fmt: skip
    assert numbers(one(db, "stats", "arrests", "--by", "none")) == (40, None, 100, 100, 4)


def test_implied_bounds_are_printed_as_other_numbers_are() -> None:
    db = timeline([
        event("a", "2031-02-01", figure("t", "dozens", period="2031-01", split={"by": "group", "complete": True}),
              figure("w", "1,300", part_of="t", group="women"), figure("m", "7,000", part_of="t", group="men")),
    ])  # fmt: skip
    shown = done(db, "stats", "arrests", "--by", "none", "--format", "table").out
    assert "implied" in shown
    assert "8,300" in shown
    assert "8300" not in shown


def test_complete_parts_make_an_unknown_whole_but_never_the_low_of_what_was_stated() -> None:
    db = timeline([
        event("a", "2031-02-01", figure("t", "dozens", period="2031-01", split={"by": "group", "complete": True}),
              figure("w", "30", part_of="t", group="women"), figure("m", "12", part_of="t", group="men")),
    ])  # fmt: skip
    row = one(db, "stats", "arrests", "--by", "none")
    assert numbers(row) == (42, None, None, 42, 3)
    assert row["implied"] == {"low": 42, "high": 42}
    by_group = {row["group"]: (row["low"], row["implied"]) for row in rows(db, "stats", "arrests", "--by", "group")}
    assert by_group == {"women": (30, None), "men": (12, None), None: (12, {"low": 42, "high": 42})}


def test_parts_that_contradict_a_repeated_whole_make_it_contested() -> None:
    # "Up to 5" and "up to 2" can both be true, but not with the three women of the first.
    db = timeline([
        event("a", "2031-02-01", figure("t", "up to 5", period="2031-01"),
              figure("w", "3", part_of="t", group="women")),
        event("b", "2031-02-02", figure("t", "up to 2", period="2031-01"), links=[link("repeats", "a")]),
    ])  # fmt: skip
    row = one(db, "stats", "arrests", "--by", "none")
    assert (numbers(row), row["contested"], row["implied"]) == ((3, None, 5, 3, 2), 1, None)
    (conflict,) = rows(db, "conflicts")
    assert [(side["event"], side["figure"]) for side in conflict["figures"]] == [("a", "t"), ("b", "t")]
    assert "by their parts and wholes one is at least 3 and another at most 2" in conflict["why"]
    # Who only asks for one of the two still sees that it is contested.
    bo = timeline([
        event("a", "2031-02-01", figure("t", "up to 5", period="2031-01"),
              figure("w", "3", part_of="t", group="women")),
        event("b", "2031-02-02", figure("t", "up to 2", period="2031-01", stated_by="Bo Quist"),
              links=[link("repeats", "a")]),
    ])  # fmt: skip
    row = one(bo, "stats", "arrests", "--by", "none", "--actor", "Bo Quist")
    assert (numbers(row), row["contested"]) == ((None, None, 2, None, 1), 1)


def test_a_family_that_contradicts_itself_stands_as_stated_and_alone() -> None:
    broken = event("a", "2031-04-01", figure("t", "10", period="2031-01", split={"by": "province", "complete": True}),
                   figure("k", "at least 9", part_of="t", province="Kandal"),
                   figure("p", "at least 8", part_of="t", province="Takeo"),
                   figure("o", "60", period="2031-03", split={"by": "province", "complete": True}),
                   figure("ok", "20", part_of="o", province="Kandal"),
                   figure("op", "up to 50", part_of="o", province="Takeo"))  # fmt: skip
    db = timeline([broken])
    assert [row["code"] for row in rows_of_check(db)] == ["F03"]
    # the other family of the same event still speaks: 60 - 20
    assert one(db, "stats", "arrests", "--by", "none", "--province", "Takeo", "--during", "2031-03")["implied"] == {
        "low": 40, "high": 40,
    }  # fmt: skip
    assert one(db, "stats", "arrests", "--by", "none", "--province", "Takeo", "--during", "2031-01")["implied"] is None


def rows_of_check(db: Any) -> list[Record]:
    import json

    found: list[Record] = json.loads(run(db, "check", "--json").out)
    return found


def test_a_part_in_another_unit_or_metric_is_neither_added_nor_bounded() -> None:
    db = timeline([
        event("a", "2031-02-01", figure("t", "600", "requests", period="2031-01", split={"by": "province"}),
              figure("k", "1,590", "people", part_of="t", province="Kandal"),
              figure("c", "900", "requests", part_of="t", province="Takeo", unit="calls")),
    ])  # fmt: skip
    assert rows_of_check(db) == []
    assert one(db, "stats", "people", "--by", "none")["low"] == 1590
    found = {row["unit"]: numbers(row) for row in rows(db, "stats", "requests", "--by", "none")}
    assert found == {"requests": (600, 600, 600, 600, 1), "calls": (900, 900, 900, 900, 1)}


def test_a_dispute_of_one_figure_leaves_its_sisters_and_one_of_an_absent_figure_nothing() -> None:
    both = event("a", "2031-02-01", figure("x", "20", period="2031-01"), figure("y", "30", period="2031-02"))
    for figure_id, kept, disputed in ((None, None, 2), ("x", 30, 1), ("absent", 50, 0)):
        db = timeline([both, event("d", "2031-03-01", kind="denial", links=[link("disputes", "a", figure_id)])])
        assert one(db, "stats", "arrests", "--by", "none")["contested"] == disputed
        undisputed = rows(db, "stats", "arrests", "--by", "none", "--undisputed")
        assert (undisputed[0]["low"] if undisputed else None) == kept


def test_a_draft_neither_counts_nor_disputes_nor_repeats() -> None:
    plain = [
        event("a", "2031-02-01", figure("n", "20", period="2031-01")),
        event("b", "2031-03-01", figure("n", "30", period="2031-02")),
    ]
    drafts = [
        event("c", "2031-03-02", figure("n", "50", period="2031-03"), status="draft", links=[link("disputes", "a")]),
        event("d", "2031-03-03", figure("n", "20", period="2031-01"), status="draft",
              links=[link("repeats", "a"), link("repeats", "b")]),
    ]  # fmt: skip
    assert numbers(one(timeline([*plain, *drafts]), "stats", "arrests", "--by", "none")) == (50, 50, 50, 50, 2)


def test_a_zero_is_a_number_and_unknown_is_none() -> None:
    db = timeline([
        event("a", "2031-02-01", figure("n", "none at all", low=0, best=0, high=0, period="2031-01")),
        event("b", "2031-03-01", figure("n", "many", low=None, best=None, high=None, period="2031-02")),
    ])  # fmt: skip
    found = {row["month"]: numbers(row) for row in rows(db, "stats", "arrests", "--by", "month")}
    assert found == {"2031-01": (0, 0, 0, 0, 1), "2031-02": (None, None, None, None, 1)}
    assert "unknown" in done(db, "stats", "arrests", "--by", "month", "--format", "table").out


def test_no_row_proves_more_than_the_row_of_all() -> None:
    # Every row's figures are among those of all, and a low can only grow with more figures that repeat none.
    db = timeline([
        event("a", "2031-02-01", figure("n", "20", period="2031-01", province="Kandal")),
        event("b", "2031-02-02", figure("n", "at least 30", period="2031-01~", province="Takeo", stated_by="Bo Quist")),
        event("c", "2031-03-02", figure("n", "5", period="2031-02", province="Kandal"), kind="report"),
    ])  # fmt: skip
    total = one(db, "stats", "arrests", "--by", "none")["low"]
    for by in ("province", "actor", "kind", "month", "year"):
        assert max(row["low"] for row in rows(db, "stats", "arrests", "--by", by)) <= total


def test_a_part_of_other_days_than_its_whole_is_not_added_to_it_and_is_found() -> None:
    # Rule 2: "A total counts occurrences, and none of them twice." What is a part of the 10 is among the 10, whatever
    # days it is given; such a record is mistaken, and a low of 20 would exceed the high of 10.
    db = timeline([
        event("a", "2031-03-01", figure("t", "10", period="2031-01"), figure("p", "10", part_of="t", period="2031-02")),
    ])  # fmt: skip
    assert rows_of_check(db) != []
    row = one(db, "stats", "arrests", "--by", "none")
    assert (row["low"], row["high"]) == (10, 10)


KANDAL, TAKEO = {"province": "Kandal"}, {"province": "Takeo"}


def low_of_all(db: Any, *asked: str) -> int:
    """The low of the row "all", which only a printed table has."""
    shown = done(db, "stats", "arrests", "--format", "table", *asked).out
    (line,) = (line for line in shown.splitlines() if line.startswith("all "))
    return int(line.split()[1])


def test_a_part_that_names_another_province_than_its_whole_is_not_added_to_it() -> None:
    # The record is mistaken about one of the provinces. Its 30 are among the 100 all the same.
    figures = [figure("w", "100", period="2031-01", **KANDAL), figure("p", "30", part_of="w", **TAKEO)]
    db = timeline([event("e", "2031-03-01", *figures)])
    assert {row["province"]: row["low"] for row in rows(db, "stats", "arrests", "--by", "province")} == {
        "Kandal": 100,
        "Takeo": 30,
    }
    assert low_of_all(db, "--by", "province") == 100


def test_a_statement_that_is_repeated_with_another_province_counts_once() -> None:
    db = timeline([
        event("a", "2031-03-01", figure("n", "20", **KANDAL), kind="raid"),
        event("b", "2031-03-02", figure("n", "20", **TAKEO), kind="raid", links=[link("repeats", "a", "n")]),
        event("c", "2031-03-03", figure("n", "5", **TAKEO), kind="raid"),
    ])  # fmt: skip
    assert {row["province"]: row["low"] for row in rows(db, "stats", "arrests", "--by", "province")} == {
        "Kandal": 20, "Takeo": 25,
    }  # fmt: skip
    assert low_of_all(db, "--by", "province") == 25


def test_a_best_that_the_parts_refute_does_not_hide_what_they_imply() -> None:
    whole = figure("t", "about 2", split={"by": "group", "complete": True}) | {"low": 0, "best": 2, "high": 9}
    parts = figure("w", "4", part_of="t", group="women"), figure("m", "3", part_of="t", group="men")
    again = event("b", "2031-04-02", figure("t", "up to 8"), links=[link("repeats", "a")])
    row = one(timeline([event("a", "2031-04-01", whole, *parts), again]), "stats", "arrests", "--by", "none")
    assert (row["low"], row["high"], row["implied"]) == (7, 8, {"low": 7, "high": 7})


def test_parts_that_contradict_a_repeated_statement_imply_nothing() -> None:
    first = event("a", "2031-04-01", figure("t", "up to 5"), figure("w", "3", part_of="t", group="women"))
    again = event("b", "2031-04-02", figure("t", "up to 2"), links=[link("repeats", "a")])
    assert one(timeline([first, again]), "stats", "arrests", "--by", "none")["implied"] is None


def test_nationalities_in_other_words_are_not_added() -> None:
    said = [("Nepali", "30"), ("Nepalese", "40"), ("foreigners", "50"), ("Thailand", "20"), ("Thais", "25")]
    sums = (
        event(f"e{at}", "2031-04-01", figure("n", stated, period="2031-03", nationality=word, stated_by=f"S{at}"))
        for at, (word, stated) in enumerate(said)
    )
    db = timeline(list(sums))
    lows = {row["nationality"]: row["low"] for row in rows(db, "stats", "arrests")}
    assert lows == {"foreigners": 50, "Nepalese": 40, "Nepali": 30, "Thai": 25}
    printed = done(db, "stats", "arrests", "--format", "table").out
    assert next(line for line in printed.splitlines() if line.startswith("all")).split()[1] == "65"
    assert "this may be the same as other rows: Nepali, foreigners" in " ".join(printed.split())


def test_a_nationality_of_no_country_is_told_once() -> None:
    db = timeline([event("other", "2031-02-01")])
    figures = ("--figure", "arrests: 4; nationality: Tahi")
    told = '"Tahi" is not the nationality of a country, so it may include any nationality.'
    added = run(db, "add", "--id", "e", "--date", "2031-03-01", "--kind", "raid", "--title", "A raid", *figures)
    assert told in added.err
    assert told not in run(db, "edit", "e", "--title", "Another raid").err


def test_fewer_than_nobody_takes_nothing_away() -> None:
    db = timeline(
        [
            event("a", "2031-03-01", figure("n", "14"), kind="raid"),
            event("b", "2031-03-09", figure("n", "-5"), kind="raid"),
        ]
    )
    assert numbers(one(db, "stats", "arrests", "--by", "none"))[:3] == (14, None, None)


def test_a_correction_that_corrects_no_number_is_told() -> None:
    two = (figure("t", "30", **THAI), figure("l", "15", **LAO))
    db = timeline([event("a", "2031-03-01", *two, kind="raid")])
    report = ("--date", "2031-03-09", "--kind", "report", "--title", "It was 54")
    told = run(db, "add", "--id", "b", *report, "--figure", "arrests: 54", "--link", "corrects: a").err
    assert "It corrects a, but which of the numbers there is not clear, so all of them still count." in told
    named = run(db, "add", "--id", "c", *report, "--figure", "arrests: 28", "--link", "corrects: a; figure: t").err
    assert "It corrects" not in named


def test_months_that_exceed_their_quarter() -> None:
    by = {"stated_by": "Ada Brel"}
    months = [event(f"m{n}", f"2031-0{n}-28", figure("n", "60", period=f"2031-0{n}", **by)) for n in (1, 2)]
    quarter = event("q", "2031-04-09", figure("n", "100", period="2031-01/2031-03", **by))
    db = timeline([*months, quarter])
    (found,) = rows(db, "conflicts")
    assert (found["kind"], found["certainty"]) == ("exceeded", "contradicts")
    assert found["why"] == "smaller sums by its speaker add up to at least 120, and it is at most 100"
    done(db, "edit", "q", "--distinct-from", "m1")
    assert rows(db, "conflicts") == []
    other = event("o", "2031-04-09", figure("n", "100", period="2031-01/2031-03", stated_by="Bo Quist"))
    assert rows(timeline([*months, other]), "conflicts") == []


def test_a_part_of_a_part_stays_in_the_row_of_its_nationality_if_a_name_is_masked() -> None:
    figures = [
        figure("w", "100"), figure("x", "30", part_of="w", **LAO), figure("y", "11", part_of="x", group="women"),
    ]  # fmt: skip
    events = [event("a", "2031-03-01", *figures)]
    plain, protected = (
        timeline([*events, {"type": "actor", "name": "Ada Brel", "protected": is_protected}])
        for is_protected in (False, True)
    )
    found = [
        {row["nationality"]: numbers(row) for row in rows(db, "stats", "arrests", "--by", "nationality")}
        for db in (plain, protected)
    ]
    assert found[0] == found[1]
    assert found[0]["Lao"] == (30, 30, 30, 30, 2)
