"""Small timelines, each made to tempt a sum that counts something twice or loses it, from records to printed numbers.

`tests/numbers` has the rules themselves.
"""

from __future__ import annotations

import json
import shlex
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.small_timelines import Record, done, empty, event, figure, link, one, rows, run, timeline

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LAO, THAI = {"nationality": "Lao"}, {"nationality": "Thai"}
KANDAL, TAKEO = {"province": "Kandal"}, {"province": "Takeo"}
BO = {"stated_by": "Bo Quist"}


def bounds(row: Record) -> tuple[Any, Any, Any]:
    return row["low"], row["best"], row["high"]


def total(db: Path, *asked: str, metric: str = "arrests") -> tuple[Any, Any, Any]:
    return bounds(one(db, "stats", metric, "--by", "none", *asked))


def by(split: str, db: Path, *asked: str, metric: str = "arrests") -> dict[Any, tuple[Any, Any, Any]]:
    return {row[split]: bounds(row) for row in rows(db, "stats", metric, "--by", split, *asked)}


def raid(id_: str, stated: str, date: str = "2031-05-10", *links: Record, **keys: Any) -> Record:
    """A raid that arrested people on a day: an incident."""
    return event(id_, date, figure("n", stated, **keys), kind="raid", links=[*links])


LINKED = [
    ("8", "disputes", "14", (8, None, 14)),
    ("8", "repeats", "14", (8, None, 14)),
    ("at least 8", "repeats", "14", (14, 14, 14)),
    ("80", "corrects", "14", (14, 14, 14)),
    ("80", "updates", "14", (14, 14, 14)),
    ("14", "distinct", "14", (28, 28, 28)),
    ("8", "includes", "14", (14, 14, 14)),
    ("20", "includes", "14", (20, None, None)),  # nothing says what of the 14 is not among the 20
    ("8", "follows", "14", (22, 22, 22)),
]


@pytest.mark.parametrize(("first", "type_", "second", "answer"), LINKED, ids=[f"{b} {a} {c}" for a, b, c, _ in LINKED])
def test_a_link(first: str, type_: str, second: str, answer: tuple[Any, ...]) -> None:
    db = timeline([raid("a", first), raid("b", second, "2031-05-11", link(type_, "a"), **BO)])
    assert total(db) == answer


def test_a_statement_repeated_twice_is_one_also_where_the_one_between_is_filtered_out() -> None:
    db = timeline([
        event("a", "2031-03-01", figure("n", "20", period="2031-01")),
        event("b", "2031-03-02", figure("n", "20", period="2031-01/2031-02", **BO), links=[link("repeats", "a")]),
        event("c", "2031-03-03", figure("n", "20", period="2031-02"), links=[link("repeats", "b")]),
    ])  # fmt: skip
    assert total(db) == (20, 20, 20)
    assert by("actor", db) == {"Ada Brel": (20, 20, 20), "Bo Quist": (20, 20, 20)}
    assert total(db, "--actor", "Ada Brel") == (20, 20, 20)


def test_two_ways_of_dividing_one_whole_are_never_added() -> None:
    # 40 + 40 by province and 30 + 45 by nationality are the same hundred; the second event repeats the first.
    whole = {"period": "2031-01"}
    db = timeline([
        event("a", "2031-02-01", figure("t", "100", split={"by": "province"}, **whole),
              figure("k", "40", part_of="t", **KANDAL), figure("p", "40", part_of="t", **TAKEO)),
        event("b", "2031-02-02", figure("t", "100", split={"by": "nationality"}, **whole),
              figure("x", "30", part_of="t", **THAI), figure("y", "45", part_of="t", **LAO),
              links=[link("repeats", "a")]),
    ])  # fmt: skip
    assert total(db) == (100, 100, 100)
    assert total(db, "--province", "Kandal", "--province", "Takeo") == (80, 80, 80)
    assert total(db, "--nationality", "Thai", "--nationality", "Lao") == (75, 75, 75)
    assert by("province", db) == {"Kandal": (40, 40, 40), "Takeo": (40, 40, 40), None: (20, 20, 20)}
    assert by("nationality", db) == {"Thai": (30, 30, 30), "Lao": (45, 45, 45), None: (25, 25, 25)}


def test_a_running_total_takes_in_what_it_ran_over() -> None:
    # "Since D", said on day E, is D/E and cumulative: all of the months before are in it, and that of July is not.
    months = [event(f"m{n}", f"2031-0{n}-28", figure("n", "30", period=f"2031-0{n}")) for n in range(1, 8)]
    running = event("t", "2031-06-30", figure("n", "more than 150 since January 1, 2031"))
    # six months, each said on the 28th, come to 180, which is more than 151; July's is on top
    assert total(timeline([*months, running])) == (210, None, None)
    later = event("u", "2031-07-31", figure("n", "200 since January 1, 2031"))
    assert total(timeline([running, later])) == (200, 200, 200)


STATED = (("2031-01-31", "100"), ("2031-02-28", "120"), ("2031-03-31", "150"))


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("2031-02", (20, 20, 20)), ("2031-03", (30, 30, 30)), ("2031-02/2031-03", (50, 50, 50)),
        ("2031-Q1", (150, 150, 150)), ("2031-02-15/2031-03-31", (30, None, 50)), ("2030", None),
    ],
)  # fmt: skip
def test_rises_of_a_running_total(asked: str, answer: tuple[int, ...] | None) -> None:
    db = timeline(event(f"e{n}", day, figure("n", f"{number} since January 1, 2031")) for n, (day, number) in
                  enumerate(STATED))  # fmt: skip
    assert by("month", db) == {"2031-01": (100,) * 3, "2031-02": (20,) * 3, "2031-03": (30,) * 3}
    found = rows(db, "stats", "arrests", "--by", "none", "--during", asked)
    assert [bounds(row) for row in found] == ([] if answer is None else [answer])


def running(id_: str, day: str, number: int, *links: Record) -> Record:
    said = figure("n", f"{number}", count="cumulative", period=f"2031-01-01/{day}")
    return event(id_, day, said, links=[*links])


CORRECTS = link("corrects", "z")
JANUARY, FEBRUARY, MARCH = (
    running(day[5:7], day, number) for day, number in (("2031-01-31", 600), ("2031-02-28", 800), ("2031-03-31", 700))
)


@pytest.mark.parametrize(
    ("records", "month", "expected"),
    [
        ([JANUARY, running("z", "2031-02-28", 800), running("a", "2031-02-28", 650, CORRECTS)], "2031-02", (50,) * 3),
        ([running("z", "2031-02-28", 800), MARCH, running("o", "2031-02-28", 650, CORRECTS)], "2031-03", (50,) * 3),
        ([JANUARY, running("b", "2031-02-28", 590)], "2031-02", None),  # it fell: the January number is replaced
        ([JANUARY, running("b", "2031-02-28", 600)], "2031-02", (0, 0, 0)),
        # two answers for one day have no rise
        ([JANUARY, running("o", "2031-01-31", 620), running("b", "2031-02-28", 650)], "2031-02", None),
    ],
)
def test_a_rise_after_a_correction_a_fall_or_two_answers(
    records: list[Record], month: str, expected: tuple[Any, ...] | None
) -> None:
    found = rows(timeline(records), "stats", "arrests", "--by", "none", "--during", month)
    assert [bounds(row) for row in found] == ([] if expected is None else [expected])


def test_the_same_words_of_one_event_are_two_figures_and_of_two_events_one() -> None:
    same = {"period": "2031-01", "province": "Kandal"}
    twice = event("a", "2031-02-01", figure("x", "20", **same), figure("y", "20", **same))
    assert total(timeline([twice])) == (20, None, None)  # two buildings, perhaps
    again = [event(id_, "2031-02-01", figure("x", "20", **same)) for id_ in "ab"]
    assert total(timeline(again)) == (20, 20, 20)


def test_days_that_touch_overlap_and_days_side_by_side_do_not() -> None:
    first = event("a", "2031-02-01", figure("n", "20", period="2031-01-01/2031-01-15"))
    for period, low in (("2031-01-15/2031-01-31", 30), ("2031-01-16/2031-01-31", 50)):
        db = timeline([first, event("b", "2031-02-02", figure("n", "30", period=period))])
        assert total(db)[0] == low


def test_a_day_of_report_is_never_a_period() -> None:
    db = timeline([event("a", "2031-06-10", figure("n", "30")), raid("b", "4", "2031-06-10")])
    assert by("month", db) == {"2031-06": (4, 4, 4), None: (30, 30, 30)}


COMPLETE = {"by": "group", "complete": True}


def test_complete_parts_make_an_unknown_whole() -> None:
    parts = figure("w", "1,300", part_of="t", group="women"), figure("m", "7,000", part_of="t", group="men")
    db = timeline([event("a", "2031-02-01", figure("t", "dozens", period="2031-01", split=COMPLETE), *parts)])
    row = one(db, "stats", "arrests", "--by", "none")
    assert bounds(row) == (8300, None, None)
    assert row["implied"] == {"low": 8300, "high": 8300}
    assert row["words"] == "at least 8,300 (at most 8,300)"
    assert by("group", db) == {"women": (1300,) * 3, "men": (7000,) * 3}


def test_what_parts_imply_is_that_of_a_repeated_whole_too() -> None:
    whole = figure("t", "about 2", split=COMPLETE, period="2031-03") | {"low": 0, "best": 2, "high": 9}
    parts = figure("w", "4", part_of="t", group="women"), figure("m", "3", part_of="t", group="men")
    again = event("b", "2031-04-02", figure("t", "up to 8", period="2031-03"), links=[link("repeats", "a")])
    row = one(timeline([event("a", "2031-04-01", whole, *parts), again]), "stats", "arrests", "--by", "none")
    assert (row["low"], row["best"], row["high"], row["implied"]) == (7, None, 8, {"low": 7, "high": 7})


def checked(db: Path) -> list[str]:
    return [row["code"] for row in json.loads(run(db, "check", "--json").out)]


def test_a_family_that_contradicts_itself_stands_as_stated_and_alone() -> None:
    complete = {"by": "province", "complete": True}
    broken = event("a", "2031-04-01", figure("t", "10", period="2031-01", split=complete),
                   figure("k", "at least 9", part_of="t", **KANDAL), figure("p", "at least 8", part_of="t", **TAKEO),
                   figure("o", "60", period="2031-03", split=complete),
                   figure("l", "20", part_of="o", **KANDAL), figure("r", "up to 50", part_of="o", **TAKEO))  # fmt: skip
    db = timeline([broken])
    assert "F03" in checked(db)
    asked = ("stats", "arrests", "--by", "none", "--province", "Takeo", "--during")
    assert one(db, *asked, "2031-03")["implied"] == {"low": 40, "high": 40}  # 60 - 20: the other family still speaks
    assert one(db, *asked, "2031-01")["implied"] is None


def test_a_part_in_another_unit_or_metric_is_neither_added_nor_bounded() -> None:
    db = timeline([
        event("a", "2031-02-01", figure("t", "600", "requests", period="2031-01", split={"by": "province"}),
              figure("k", "1,590", "people", part_of="t", **KANDAL),
              figure("c", "900", "requests", part_of="t", unit="calls", **TAKEO)),
    ])  # fmt: skip
    assert checked(db) == []
    assert total(db, metric="people")[0] == 1590
    found = {row["unit"]: bounds(row) for row in rows(db, "stats", "requests", "--by", "none")}
    assert found == {"requests": (600, 600, 600), "calls": (900, 900, 900)}


@pytest.mark.parametrize(("id_", "kept", "contested"), [(None, None, 2), ("x", 30, 1), ("absent", 50, 0)])
def test_a_dispute_of_one_figure_leaves_its_sisters(id_: str | None, kept: int | None, contested: int) -> None:
    both = event("a", "2031-02-01", figure("x", "20", period="2031-01"), figure("y", "30", period="2031-02"))
    db = timeline([both, event("d", "2031-03-01", kind="denial", links=[link("disputes", "a", id_)])])
    assert one(db, "stats", "arrests", "--by", "none")["contested"] == contested
    undisputed = rows(db, "stats", "arrests", "--by", "none", "--undisputed")
    assert [row["low"] for row in undisputed] == ([] if kept is None else [kept])


def test_a_draft_neither_counts_nor_disputes_nor_repeats() -> None:
    plain = [raid("a", "20"), raid("b", "30", "2031-06-10")]
    drafts = [
        raid("c", "50", "2031-03-02", link("disputes", "a")) | {"status": "draft"},
        raid("d", "20", "2031-03-03", link("repeats", "a"), link("repeats", "b")) | {"status": "draft"},
    ]
    row = one(timeline([*plain, *drafts]), "stats", "arrests", "--by", "none")
    assert (bounds(row), row["contested"]) == ((50, 50, 50), 0)


def test_a_zero_is_a_number_and_unknown_is_none() -> None:
    db = timeline([
        event("a", "2031-02-01", figure("n", "none at all", low=0, best=0, high=0, period="2031-01")),
        event("b", "2031-03-01", figure("n", "many", low=None, best=None, high=None, period="2031-02")),
    ])  # fmt: skip
    assert by("month", db) == {"2031-01": (0, 0, 0), "2031-02": (None, None, None)}
    assert rows(db, "stats", "arrests", "--by", "month")[1]["words"] == "“many”"


@pytest.mark.parametrize("wrong", [{"period": "2031-02"}, {"province": "Takeo"}], ids=["days", "province"])
def test_a_part_that_names_something_else_than_its_whole_is_not_added_to_it(wrong: Record) -> None:
    whole = figure("t", "10", period="2031-01", **KANDAL)
    db = timeline([event("a", "2031-03-01", whole, figure("p", "10", part_of="t", **wrong))])
    assert total(db) == (10, 10, 10)
    assert checked(db) != [] or "province" in wrong


def test_a_statement_that_is_repeated_with_another_province_counts_once() -> None:
    db = timeline([
        raid("a", "20", **KANDAL), raid("b", "20", "2031-05-11", link("repeats", "a"), **TAKEO, **BO),
        raid("c", "5", "2031-06-12", **TAKEO),
    ])  # fmt: skip
    assert total(db) == (25, 25, 25)
    assert by("province", db) == {"Takeo": (5, None, None)}  # the 20 are in one of the two


def test_nationalities_in_other_words_are_not_added() -> None:
    said = [("Nepali", "30"), ("Nepalese", "40"), ("foreigners", "50"), ("Thailand", "20")]
    sums = [
        event(f"e{at}", "2031-04-01", figure("n", stated, period="2031-03", nationality=word, stated_by=f"S{at}"))
        for at, (word, stated) in enumerate(said)
    ]
    # two answers for the people of Nepal, 30 to 40, and 20 Thais; the 50 foreigners may be all of them
    assert total(timeline(sums)) == (50, None, None)
    assert total(timeline([*sums[:2], sums[3]])) == (50, None, 60)


def test_a_nationality_of_no_country_is_told_once() -> None:
    db = timeline([event("other", "2031-02-01")])
    told = '"Tahi" is not the nationality of a country, so it may include any nationality.'
    added = run(db, "add", "--id", "e", "--date", "2031-03-01", "--kind", "raid", "--title", "A raid",
                "--figure", "arrests: 4; nationality: Tahi")  # fmt: skip
    assert told in added.err
    assert told not in run(db, "edit", "e", "--title", "Another raid").err


def test_a_correction_that_corrects_no_number_is_told() -> None:
    two = (figure("t", "30", **THAI), figure("l", "15", **LAO))
    db = timeline([event("a", "2031-03-01", *two, kind="raid")])
    report = ("--date", "2031-03-09", "--kind", "report", "--title", "It was 54")
    told = run(db, "add", "--id", "b", *report, "--figure", "arrests: 54", "--link", "corrects: a").err
    assert "It corrects a, but which of the numbers there is not clear, so all of them still count." in told
    named = run(db, "add", "--id", "c", *report, "--figure", "arrests: 28", "--link", "corrects: a; figure: t").err
    assert "It corrects" not in named


def test_months_that_exceed_their_quarter() -> None:
    months = [event(f"m{n}", f"2031-0{n}-28", figure("n", "60", period=f"2031-0{n}")) for n in (1, 2)]
    quarter = event("q", "2031-04-09", figure("n", "100", period="2031-01/2031-03"))
    db = timeline([*months, quarter])
    assert total(db) == (120, None, None)
    (found,) = rows(db, "conflicts")
    assert (found["kind"], found["certainty"]) == ("exceeded", "contradicts")
    assert found["why"] == "the numbers within it add up to at least 120, and it is at most 100"
    done(db, *shlex.split(found["resolve"][0])[1:])
    assert rows(db, "conflicts") == []


def test_a_part_of_a_part_stays_in_the_row_of_its_nationality_if_a_name_is_masked() -> None:
    figures = [
        figure("w", "100"), figure("x", "30", part_of="w", **LAO), figure("y", "11", part_of="x", group="women"),
    ]  # fmt: skip
    found = [
        by("nationality", timeline([event("a", "2031-03-01", *figures),
                                    {"type": "actor", "name": "Ada Brel", "protected": is_protected}]))
        for is_protected in (False, True)
    ]  # fmt: skip
    assert found == [{"Lao": (30, 30, 30), None: (70, 70, 70)}] * 2


PROVINCES = ("Kandal", "Takeo", "Kampot", "Preah Sihanouk")
SHEET = [(f"2031-{1 + at // 20:02}-{1 + at % 20:02}", PROVINCES[at % 4], 1 + at * 7 % 60) for at in range(180)]
"""A date, a province and a number of people rescued; no two rows are of one day, but many are alike."""


def imported(folder: Path, header: str, sheet: Iterable[tuple[object, ...]]) -> Path:
    """Import a spreadsheet as it is proposed."""
    path, db = folder / "rescues.csv", empty()
    path.write_text("".join(f"{line}\n" for line in (header, *(",".join(map(str, row)) for row in sheet))))
    done(db, "import", str(path), "--yes")
    return db


def test_a_spreadsheet_imported_as_proposed_adds_up(tmp_path: Path) -> None:
    assert len({*SHEET}) == len(SHEET)
    db = imported(tmp_path, "Date,Province,Rescued", SHEET)
    every = sum(number for *_, number in SHEET)
    assert total(db, metric="rescues") == (every, every, every)
    for split, column in (("province", [row[1] for row in SHEET]), ("month", [row[0][:7] for row in SHEET])):
        sums = Counter[str]()
        for label, row in zip(column, SHEET, strict=True):
            sums[label] += row[2]
        assert by(split, db, metric="rescues") == {label: (number,) * 3 for label, number in sums.items()}


TWICE = [("2031-01-05", "Kandal", 12), ("2031-01-05", "Kandal", 12), ("2031-01-05", "Kandal", 13)]


def test_a_row_that_is_twice_in_a_spreadsheet_counts_once(tmp_path: Path) -> None:
    # without ids, the import itself says that it is repeated, and leaves it out
    db = imported(tmp_path, "Date,Province,Rescued", TWICE)
    assert total(db, metric="rescues")[0] == 25
    # with ids they are two incidents, which may be one until somebody decides
    db = imported(tmp_path, "No,Date,Province,Rescued", [(at, *row) for at, row in enumerate(TWICE)])
    assert total(db, metric="rescues") == (25, None, 37)
