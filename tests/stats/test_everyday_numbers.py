"""What people enter every day, and the number that must be printed.

Events are entered through the command line, as a user would. Numbers are those of the JSON; the words are those of the
JSON, and of the table.
"""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING

import pytest

from tests.helpers import ged_rows
from tests.helpers.csv_files import written
from tests.helpers.small_timelines import Outcome, Record, copied, done, empty, one, rows, run

if TYPE_CHECKING:
    from pathlib import Path


Bounds = tuple[int | None, int | None]

BY_NONE = ("--by", "none")


def add(db: Path, id_: str, *given: str, figures: tuple[str, ...] = (), outlet: str = "") -> str:
    """Enter an event: its day, kind, title and flags, its figures, and its outlet; what the program says about it."""
    day, kind, title, *flags = given
    said = [flag for figure in figures for flag in ("--figure", figure)]
    source = ["--source", f"{outlet}; url: https://example.org/{id_}; passage: 1"] if outlet else []
    about = ["--id", id_, "--date", day, "--kind", kind, "--title", title]
    return done(db, "add", *about, *flags, *said, *source).err


def raid(db: Path, id_: str, figure: str, *flags: str, day: str = "2024-03-05", outlet: str = "") -> str:
    """Enter a raid on a compound in Kampot."""
    place = ("--province", "Kampot")
    return add(db, id_, day, "raid", "Police raid a compound", *place, *flags, figures=(figure,), outlet=outlet)


def bounds(row: Record) -> Bounds:
    return row["low"], row["high"]


def exactly(row: Record) -> tuple[int | None, int | None, int | None]:
    return row["low"], row["best"], row["high"]


def total(db: Path, metric: str = "rescues", *flags: str) -> Record:
    return one(db, "stats", metric, *BY_NONE, *flags)


def labelled(db: Path, metric: str, split: str) -> dict[str | None, Record]:
    """The rows of a split, by the value that they are of."""
    return {row[split]: row for row in rows(db, "stats", metric, "--by", split)}


def all_said(outcome: Outcome) -> str:
    """What a command printed, in one line."""
    return " ".join(f"{outcome.out} {outcome.err}".split())


def table(db: Path, metric: str = "rescues", *flags: str) -> str:
    """A table with its captions, as on a terminal."""
    return all_said(done(db, "stats", metric, *(flags or BY_NONE), "--format", "table"))


def cited(db: Path, metric: str = "rescues", *flags: str) -> str:
    """The sentences to quote: what `--cite` adds to the table and its captions, without what they are based on."""
    asked = ("stats", metric, *(flags or BY_NONE))
    plain = _lines(done(db, *asked))
    added = [line for line in _lines(done(db, *asked, "--cite")) if line not in plain]
    return " ".join(added).partition("Based on")[0]


def _lines(outcome: Outcome) -> list[str]:
    return [line.removeprefix("scamcli: ") for line in f"{outcome.out}{outcome.err}".splitlines()]


def shows(db: Path, words: tuple[str, ...], metric: str = "rescues") -> None:
    """Both the JSON and the table say these words of the total."""
    row, printed = total(db, metric), table(db, metric)
    for each in words:
        assert each in row["words"]
        assert each in printed


def listed(db: Path) -> list[set[str]]:
    """The events of each conflict."""
    return [{figure["event"] for figure in row["figures"]} for row in rows(db, "conflicts")]


def remedies(db: Path) -> list[str]:
    """The commands that settle the conflicts."""
    return [command for row in rows(db, "conflicts") for command in row["resolve"]]


def doubted(db: Path) -> list[Record]:
    """The findings of `check` about events that may be recorded twice."""
    return findings(db, "F08")


def findings(db: Path, code: str) -> list[Record]:
    """What `check` finds with this code."""
    return [row for row in json.loads(run(db, "check", "--json").out) if row["code"] == code]


def suspects(db: Path, said: str, *ids: str) -> None:
    """The program says at once, in `conflicts` and in `check` that events may be one, and how to settle it."""
    is_named_at_once = "--repeats" in said and "--distinct-from" in said
    assert is_named_at_once or "`scamcli conflicts --only duplicate` lists them, with the commands" in said
    assert all(id_ in said for id_ in ids)
    assert set(ids) in listed(db)
    commands = remedies(db)
    assert any("--repeats" in command for command in commands)
    assert any("--distinct-from" in command for command in commands)
    assert any(all(id_ in f"{row}" for id_ in ids) for row in doubted(db))


def settled(db: Path) -> None:
    """No events are suspected of being one any more; their numbers may still differ."""
    assert not any("--distinct-from" in command for command in remedies(db))
    assert doubted(db) == []


def follow(db: Path, flag: str) -> None:
    """Run the first command with a flag that `conflicts` gives, as somebody who copies it would."""
    command = next(command for command in remedies(db) if flag in command)
    program, *arguments = shlex.split(command)
    assert program == "scamcli"
    done(db, *arguments)


# 1 to 5: one event that is recorded twice


def test_two_outlets_report_one_raid() -> None:
    db = empty()
    scope = ("--site", "Blue Gate", "--nationality", "Thai")
    raid(db, "report-1", "rescues: 37; nationality: Thai; by: Kampot police", *scope, outlet="Example Daily")
    said = raid(db, "report-2", "rescues: 52; nationality: Thai; by: Khmer Post", *scope, outlet="Khmer Post")
    assert bounds(total(db)) == (37, 89)
    assert total(db)["suspected"]
    shows(db, ("37 to 89",))
    suspects(db, said, "report-1", "report-2")
    two = copied(db)
    follow(two, "--distinct-from")
    assert exactly(total(two)) == (89, 89, 89)
    settled(two)
    follow(db, "--repeats")
    assert bounds(total(db)) == (37, 52)
    assert not total(db)["suspected"]
    shows(db, ("37 to 52", "sources differ"))
    settled(db)


def test_two_reports_that_say_only_raid() -> None:
    db = empty()
    for number, speaker in ((37, "Police"), (52, "Daily")):
        stated = ("--figure", f"rescues: {number}; by: {speaker}", "--source", speaker, "--new-actor")
        where = ("--date", "2023-05-03", "--province", "Kandal")
        said = done(db, "add", "--kind", "raid", "--title", "Raid", *where, *stated).err
    assert bounds(total(db)) == (37, 89)
    suspects(db, said, "2023-05-03-raid", "2023-05-03-raid-2")


def test_a_total_without_a_place_in_an_event_of_one() -> None:
    db = empty()
    for province, number in (("Kandal", "40"), ("Kampot", "60")):
        figure = f"rescues: {number}; period: 2024-02; by: {province} police"
        given = ("--date", "2024-03-10", "--title", province, "--id", province, "--province", province, "--new-actor")
        said = all_said(done(db, "add", "--kind", "statement", *given, "--figure", figure, "--source", "D"))
        assert f"may be of more than {province}. If it is not: `scamcli edit {province} --figure" in said
    assert bounds(total(db)) == (40, 60)  # two answers to one question, for all that is said
    for province in ("Kandal", "Kampot"):
        said = all_said(done(db, "edit", province, "--figure", f"id: rescues; province: {province}"))
        assert "may be of more" not in said
    assert exactly(total(db)) == (100, 100, 100)


@pytest.mark.parametrize(
    ("one_says", "other_says", "low"), [("dozens", "41", 41), ("at least 40", "56", 56)], ids=["dozens", "at least"]
)
def test_a_vague_and_an_exact_number_of_one_raid(one_says: str, other_says: str, low: int) -> None:
    # Both can be true of one raid, so as one they are what they say together; as two, nobody knows how many at most.
    db = empty()
    raid(db, "report-1", f"rescues: {one_says}; by: Kampot police", "--site", "Blue Gate", outlet="Example Daily")
    said = raid(db, "report-2", f"rescues: {other_says}; by: Khmer Post", "--site", "Blue Gate", outlet="Khmer Post")
    assert bounds(total(db)) == (low, None)
    assert total(db)["suspected"]
    shows(db, (str(low),))
    suspects(db, said, "report-1", "report-2")
    follow(db, "--repeats")
    assert exactly(total(db)) == (low, low, low)


def test_police_and_an_ngo_count_one_event() -> None:
    db = empty()
    figures = ("rescues: 120; by: Humanity Aid", "rescues: 63; by: Kampot police")
    add(db, "raid", "2024-03-05", "raid", "Raid on a compound", "--province", "Kampot", figures=figures, outlet="VOD")
    assert bounds(total(db)) == (63, 120)
    assert total(db)["said_by"] == ["Kampot police", "Humanity Aid"]
    shows(db, ("63 to 120", "sources differ"))
    (conflict,) = rows(db, "conflicts")
    assert {(figure["event"], figure["stated"]) for figure in conflict["figures"]} == {("raid", "63"), ("raid", "120")}


RAIDS = [
    {"Date": "2024-03-05", "Headline": "Raid on a compound", "Town": "Bavet", "Rescued": "14", "Outlet": "VOD"},
    {"Date": "2024-03-05", "Headline": "Police free workers", "Town": "Bavet", "Rescued": "14", "Outlet": "Khmer Post"},
    {"Date": "2024-06-20", "Headline": "Hotel searched", "Town": "Poipet", "Rescued": "30", "Outlet": "VOD"},
]
MEANING = (
    "--map", "Date=date", "--map", "Headline=title", "--map", "Town=place.name", "--map", "Rescued=figure.rescues",
    "--map", "Outlet=source.outlet", "--set", "kind=raid",
)  # fmt: skip


def test_rows_of_one_plain_table_are_the_same_raid(tmp_path: Path) -> None:
    db = empty()
    said = done(db, "import", written(tmp_path / "raids.csv", RAIDS), *MEANING).err
    assert bounds(total(db)) == (44, 58)
    assert total(db)["suspected"]
    shows(db, ("44 to 58",))
    twice = {row["id"] for row in rows(db, "search", "--province", "Svay Rieng")}
    assert len(twice) == 2
    suspects(db, said, *twice)
    follow(db, "--repeats")
    assert exactly(total(db)) == (44, 44, 44)
    settled(db)


# 6, 10, 18: totals that run


def running(db: Path, *said: tuple[str, str]) -> None:
    """Enter a ministry's deaths since 7 October 2024, by day of the statement."""
    for day, number in said:
        figure = f"deaths: {number} since 7 October 2024; by: Health Ministry"
        add(db, f"toll-{day}", day, "statement", f"Statement of {day}", "--country", "PS", figures=(figure,))


def test_a_rise_belongs_to_its_own_days() -> None:
    db = empty()
    running(db, ("2024-10-31", "8,000"), ("2024-12-20", "20,000"), ("2024-12-31", "21,800"))
    # 12,000 from 1 November to 20 December, and 1,800 from 21 to 31 December
    december = labelled(db, "deaths", "month")["2024-12"]
    assert bounds(december) == (1_800, 13_800)
    assert bounds(total(db, "deaths", "--during", "2024-12")) == (1_800, 13_800)
    assert bounds(total(db, "deaths", "--during", "2024-12-21/2024-12-31")) == (1_800, 1_800)
    assert bounds(total(db, "deaths")) == (21_800, 21_800)
    for row in (december, total(db, "deaths", "--during", "2024-12")):
        assert "at least 1,800" in row["words"]
        assert "at most 13,800" in row["words"]
    printed = table(db, "deaths", "--by", "month")
    assert "at least 1,800" in printed
    assert "at most 13,800" in printed
    during = (*BY_NONE, "--during", "2024-12")
    sentence = cited(db, "deaths", *during)
    quoted = re.findall("“([^”]*)”", sentence)
    said = [f"{number} since 7 October 2024" for number in ("8,000", "20,000", "21,800")]
    assert all(any(words.startswith(quotation) for words in said) for quotation in quoted), sentence  # not “1,800”
    explained = all_said(done(db, "stats", "deaths", *during, "--explain", "--format", "table"))
    assert "21 to 31 December" in f"{sentence} {explained}"


TOLL = (
    ("2024-02-26", "59"), ("2024-02-28", "79"), ("2024-03-01", "78"), ("2024-03-02", "80"), ("2024-03-04", "81"),
    ("2024-03-06", "82"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("wording", "place", "high"),
    [("at least {}", ("--country", "Italy"), None), ("{}", ("--place", "Cutro; country: IT"), 82)],
    ids=["country", "town"],
)
def test_the_toll_of_one_boat_rises(wording: str, place: tuple[str, ...], high: int | None) -> None:
    db, said = empty(), ""
    for number, (day, dead) in enumerate(TOLL):
        figure = f"deaths: {wording.format(dead)}; by: Crotone prefecture"
        title = "Boat sinks off Calabria" if number == 0 else f"Prefecture counts {dead} dead"
        said += add(db, f"toll-{number}", day, "death", title, *place, figures=(figure,), outlet="Ansa")
    ids = [f"toll-{number}" for number in range(len(TOLL))]
    assert total(db, "deaths")["low"] == 82
    assert total(db, "deaths")["suspected"]
    assert "82" in total(db, "deaths")["words"]
    assert "--updates" in said
    assert set().union(*listed(db)) == set(ids)
    assert any("--updates" in command for command in remedies(db))
    assert doubted(db)

    latest = ids.pop()
    done(db, "edit", latest, *(flag for id_ in ids for flag in ("--updates", id_)))
    assert bounds(total(db, "deaths")) == (82, high)
    assert not total(db, "deaths")["suspected"]
    shows(db, (wording.format(82),), "deaths")
    settled(db)


def test_a_toll_overlaps_what_was_said_while_it_rose() -> None:
    db = empty()
    for id_, day, dead in (("first", "2023-06-15", "78"), ("last", "2023-06-20", "82")):
        figures = (f"deaths: {dead}; by: Coast guard",)
        add(db, id_, day, "death", f"Pylos toll rises to {dead}", figures=figures, outlet="Ansa")
    add(
        db, "fear", "2023-06-16", "report", "Hundreds feared dead", figures=("deaths: hundreds; by: IOM",), outlet="BBC"
    )
    assert total(db, "deaths")["low"] == 100
    done(db, "edit", "last", "--updates", "first")
    assert total(db, "deaths")["low"] == 100


def test_a_running_total_has_no_row_by_month() -> None:
    db = empty()
    running(db, ("2025-01-31", "26,900"))
    by_month = labelled(db, "deaths", "month")
    assert None not in by_month
    assert all(row["low"] in {0, None} for row in by_month.values())
    printed = done(db, "stats", "deaths", "--by", "month", "--format", "table")
    assert not re.search(r"^\W*not (given|stated)", printed.out, re.MULTILINE), printed.out
    said = all_said(printed)
    # what is not in the table is named, by its number or its days
    left_out, what = "[Nn]ot (?:in|added|shown|listed)", "(?:26,900|7 October|[Rr]unning total)"
    assert re.search(f"{left_out}[^.]*{what}|{what}[^.]*{left_out}", said), said
    assert exactly(total(db, "deaths")) == (26_900, 26_900, 26_900)


# 7, 8, 9, 14, 15: answers that differ


def test_people_held_at_a_moment_are_counted_on_the_day_of_their_event() -> None:
    db = empty()
    for day, place, number in (
        ("2024-02-20", "camp A", 7_000),
        ("2024-02-20", "camp B", 260),
        ("2024-03-10", "", 5_000),
    ):
        about = ("--country", "MM", "--place", place) if place else ("--country", "MM")
        held = f"captives: {number}; by: Humanity Aid"
        add(db, f"held-{number}", day, "statement", "NGO counts those who are held", *about, figures=(held,))
    by_month = labelled(db, "captives", "month")
    assert {month: bounds(row) for month, row in by_month.items()} == {
        "2024-02": (7_000, None),  # two camps: nothing says whether the 260 are among the 7,000
        "2024-03": (5_000, 5_000),
    }
    assert bounds(total(db, "captives", "--during", "2024-03")) == (5_000, 5_000)
    assert "on 10 March 2024" in cited(db, "captives", "--during", "2024-03")


def test_a_total_for_some_days_of_a_year_is_not_cited_as_the_number_of_the_year() -> None:
    db = empty()
    add(db, "march", "2024-04-02", "statement", "Ministry sums up March",
        figures=("rescues: 20; period: 2024-03; by: Ministry of Interior",))  # fmt: skip
    assert "20 people were rescued or freed in March 2024" in cited(db, "rescues", "--during", "2024")


def test_a_moment_without_a_minimum_is_named_below_a_smaller_one() -> None:
    db = empty()
    for id_, day, number in (("army", "2024-02-20", "about 3,500"), ("witness", "2024-03-10", "dozens")):
        add(db, id_, day, "statement", "Those who are held are counted", figures=(f"captives: {number}; by: {id_}",))
    assert "“About 3,500” (army) gives no minimum" in table(db, "captives")


def test_the_high_of_a_number_is_credited_to_the_total_that_gives_it() -> None:
    db = empty()
    add(db, "raid", "2024-06-05", "raid", "Raid on a casino", "--province", "Pampanga, PH",
        figures=("rescues: 186; by: PAOCC",))  # fmt: skip
    add(db, "year", "2025-01-11", "statement", "A year of raids",
        figures=("rescues: about 1,500; period: 2024; country: PH; by: Ministry",))  # fmt: skip
    assert total(db)["said_by"] == ["PAOCC", "Ministry"]
    said = cited(db)
    assert "About 1,500 people were rescued or freed in the Philippines in 2024, according to the Ministry" in said
    assert "; at least 186, according to PAOCC, no source recorded" in said


def test_a_high_and_a_low_are_each_credited() -> None:
    db = empty()
    raid(db, "kampot", "rescues: 8; by: Kampot police")
    add(db, "month", "2024-04-01", "statement", "Ministry sums up March",
        figures=("rescues: up to 30; period: 2024-03; by: Ministry",))  # fmt: skip
    said = cited(db)
    assert "8 to 30 people were rescued or freed in March 2024: at most 30, according to the Ministry" in said
    assert ", and at least 8, according to Kampot police" in said


def test_a_moment_that_is_not_counted_is_not_called_contested() -> None:
    db = empty()
    add(db, "un", "2023-08-29", "statement", "UN on those who are held",
        figures=("captives: about 100,000; country: KH; by: UN",))  # fmt: skip
    add(db, "denial", "2023-08-30", "statement", "Police deny it", "--link", "disputes: un",
        figures=("captives: fewer than 100; country: KH; by: Police",))  # fmt: skip
    add(db, "usip", "2024-05-13", "statement", "Those who are held in the region",
        figures=("captives: more than 300,000; by: USIP",))  # fmt: skip
    assert total(db, "captives")["words"] == "more than 300,000"
    assert "contested" not in cited(db, "captives")


@pytest.mark.parametrize(
    ("other", "expected", "words"),
    [
        ("about 800", (792, 792), "792"),
        ("nearly 800", (792, 792), "792"),
        ("about 700", (None, None), "about 700 or 792, sources differ"),
        ("about 1,000", (None, None), "792 or about 1,000, sources differ"),
    ],
)
def test_a_rounded_number_of_the_same_raid(other: str, expected: Bounds, words: str) -> None:
    db = empty()
    raid(db, "police", "arrests: 792; by: EFCC")
    raid(db, "outlet", f"arrests: {other}; by: AP", "--repeats", "police")
    assert bounds(total(db, "arrests")) == expected
    assert total(db, "arrests")["words"] == words
    assert bool(rows(db, "conflicts")) is ("differ" in words)


@pytest.mark.parametrize("link", ["corrects: second", "updates: second"])
def test_a_replaced_report_stays_suspected(link: str) -> None:
    db = empty()
    for id_, day, deaths, links in (
        ("first", "2024-03-10", "30", ()),
        ("second", "2024-03-12", "79", ()),
        ("third", "2024-06-02", "71", ("--link", link)),
    ):
        add(db, id_, day, "death", f"Tower fire: {deaths} dead", "--place", "Tower", *links,
            figures=(f"deaths: {deaths}; by: Police",))  # fmt: skip
    assert bounds(total(db, "deaths")) == (71, 101)
    assert "may be of one event" in table(db, "deaths")


@pytest.mark.parametrize(
    ("link", "expected"),
    [("disputes", (34, 60)), ("repeats", (34, 60)), ("corrects", (60, 60)), ("updates", (60, 60))],
)
def test_a_later_statement_on_one_of_two_raids_of_a_day(link: str, expected: Bounds) -> None:
    db = empty()
    raid(db, "hotel", "rescues: 14; by: Police", "--site", "Hotel")
    raid(db, "villa", "rescues: 20; by: Police", "--site", "Villa")
    add(db, "later", "2024-03-09", "statement", "NGO counts those freed from the hotel", "--link", f"{link}: hotel",
        figures=("rescues: 40; by: Humanity Aid",))  # fmt: skip
    assert bounds(total(db)) == expected
    assert bounds(total(db, "rescues", "--during", "2024-03")) == expected


def test_a_running_total_credits_the_statements_that_say_it() -> None:
    db = empty()
    for id_, day, number in (("a", "2023-12-31", "more than 41,000"), ("b", "2024-11-18", "more than 53,000")):
        add(db, id_, day, "statement", "Suspects handed over",
            figures=(f"arrests: {number} since September 2023; by: Ministry",))  # fmt: skip
    said = done(db, "stats", "arrests", *BY_NONE, "--during", "2023", "--cite").err
    assert "according to the Ministry (31 December 2023)" in said
    assert "2024)" not in said
    assert "1 event, 1 figure;" in said


def test_a_running_total_that_is_said_again_does_not_rise_by_nobody() -> None:
    db = empty()
    running(db, ("2024-11-21", "31,000"), ("2024-11-22", "31,000"))
    assert "0 more" not in all_said(done(db, "stats", "deaths", *BY_NONE, "--during", "2024-11", "--cite"))


def test_a_report_of_nobody_is_not_the_unknown_number() -> None:
    db = empty()
    raid(db, "leeds", "arrests: no arrests; by: West Yorkshire Police", day="2024-10-04")
    add(db, "uk", "2024-10-05", "statement", "Arrests of the week",
        figures=("arrests: 4; by: NCA; period: 2024-09-29/2024-10-04",))  # fmt: skip
    said = cited(db, "arrests", "--during", "2024-10")
    assert "An unknown number of people were arrested" in said
    assert ": 0, according to West Yorkshire Police" in said


def test_a_row_of_an_outlet_is_what_it_reported() -> None:
    db = empty()
    for id_, day, deaths, outlet, links in (
        ("first", "2024-08-04", "78", "Reuters", ()),
        ("second", "2024-08-05", "more than 100", "AP", ("--updates", "first")),
        ("third", "2024-09-04", "191", "AFP", ("--updates", "second")),
    ):
        add(db, id_, day, "death", "Explosion at the port", *links, figures=(f"deaths: {deaths}; by: {outlet}",),
            outlet=outlet)  # fmt: skip
    by_source = labelled(db, "deaths", "source")
    assert {name: row["words"] for name, row in by_source.items()} == {
        "Reuters": "78", "AP": "more than 100", "AFP": "191",
    }  # fmt: skip
    assert bounds(total(db, "deaths")) == (191, 191)


def test_a_number_without_a_minimum_is_named_below_the_sum_that_leaves_it_out() -> None:
    db = empty()
    raid(db, "fire", "injuries: at least 15; by: Kampot police", day="2024-01-26")
    raid(db, "collapse", "injuries: about 2,500; by: Army", day="2024-04-24")
    assert total(db, "injuries")["said_by"] == ["Kampot police"]
    for split in ("none", "month"):
        assert "“About 2,500” (Army) gives no minimum" in table(db, "injuries", "--by", split)


def test_the_parts_of_an_updated_number_have_the_days_of_all_its_reports() -> None:
    db = empty()
    raid(db, "first", "rescues: 158; by: PAOCC", day="2024-06-30")
    figures = (
        "rescues: 186; by: PAOCC; id: all; split: nationality",
        "rescues: 126; nationality: Chinese; part of: all; by: PAOCC",
        "rescues: 60; nationality: Filipino; part of: all; by: PAOCC",
    )
    add(db, "second", "2024-07-02", "raid", "PAOCC now counts 186", "--updates", "first", figures=figures)
    assert labelled(db, "rescues", "month") == {}  # nobody says how many were freed in July
    assert "from 30 June to 2 July 2024" in cited(db, "rescues", "--by", "nationality", "--nationality", "Chinese")


def test_a_number_is_named_after_who_said_it_and_not_who_said_less() -> None:
    db = empty()
    raid(db, "blast", "deaths: more than 100; by: Red Cross")
    raid(db, "later", "deaths: 191; by: Ministry", "--repeats", "blast")
    add(db, "year", "2025-01-04", "statement", "Deaths of the year", figures=("deaths: 240; period: 2024; by: Army",))
    assert "inside: 191 (Ministry)" in table(db, "deaths", *BY_NONE, "--explain")


def test_a_rise_among_reports_of_one_day_is_settled_as_an_update() -> None:
    db = empty()
    place = ("--place", "Tower", "--country", "GB")
    for id_, day, number in (("a", "2024-06-14", "12"), ("b", "2024-06-14", "16"), ("c", "2024-06-16", "30")):
        said = add(
            db, id_, day, "death", f"Tower fire: {number} dead", *place, figures=(f"deaths: {number}; by: Police",)
        )
    assert "scamcli edit c --updates b" in said
    settling = {command for row in rows(db, "conflicts") for command in row["resolve"]}
    assert {"scamcli edit b --repeats a", "scamcli edit c --updates b"} <= settling


def test_a_denial_of_a_moment_is_about_its_day() -> None:
    db = empty()
    add(db, "ngo", "2024-02-20", "statement", "NGO counts those who are held", "--country", "MM",
        figures=("captives: 7,000; by: Humanity Aid",))  # fmt: skip
    add(db, "army", "2024-03-02", "statement", "Army denies it", "--country", "MM", "--link", "disputes: ngo",
        figures=("captives: 5,000; by: Army",))  # fmt: skip
    assert {month: bounds(row) for month, row in labelled(db, "captives", "month").items()} == {
        "2024-02": (5_000, 7_000)
    }
    assert "5,000 to 7,000 people were held on 20 February 2024: 7,000" in cited(db, "captives")


def test_a_denial_that_leaves_out_the_nationality() -> None:
    db = empty()
    raid(db, "raid", "rescues: 14; nationality: Thai; by: Kampot police", "--nationality", "Thai")
    add(db, "denial", "2024-03-07", "denial", "Governor plays a raid down", "--link", "disputes: raid",
        figures=("rescues: 8; by: Kampot governor",))  # fmt: skip
    assert bounds(total(db)) == (8, 14)
    by_nationality = labelled(db, "rescues", "nationality")
    assert {label: bounds(row) for label, row in by_nationality.items()} == {"Thai": (8, 14)}
    shows(db, ("8 to 14", "sources differ"))
    assert {"raid", "denial"} in listed(db)


def test_a_raid_that_is_disputed_without_a_province() -> None:
    db = empty()
    raid(db, "raid", "rescues: 8; province: Kampot; by: Kampot police")
    add(db, "denial", "2024-03-07", "denial", "Governor denies a rescue", "--link", "disputes: raid",
        figures=("rescues: 0; by: Kampot governor",))  # fmt: skip
    by_province = labelled(db, "rescues", "province")
    assert {label: bounds(row) for label, row in by_province.items()} == {"Kampot": (0, 8)}
    assert bounds(total(db)) == (0, 8)
    shows(db, ("0 to 8",))
    printed = table(db, "rescues", "--by", "province")
    assert "0 to 8" in printed
    for split in (BY_NONE, ("--by", "province")):
        sentence = cited(db, "rescues", *split)
        assert re.search(r"\b0 (to|and) 8\b", sentence), sentence


def test_a_disputed_raid_inside_the_total_of_the_month() -> None:
    # 20 counts the raid's 14; if the NGO is right, the 40 are more than the police's total.
    db = empty()
    raid(db, "raid", "rescues: 14; by: Kampot police")
    add(db, "dispute", "2024-03-09", "statement", "NGO counts more people freed", "--link", "disputes: raid",
        figures=("rescues: 40; by: Humanity Aid",))  # fmt: skip
    add(db, "month", "2024-04-02", "statement", "Police sum up March",
        figures=("rescues: 20; period: 2024-03; by: Kampot police",))  # fmt: skip
    assert bounds(total(db)) == (20, 40)
    shows(db, ("20 to 40", "sources differ"))


def test_a_total_that_is_not_the_sum_of_its_rows_says_what_it_adds_up() -> None:
    db = empty()
    raid(db, "raid", "rescues: 14; by: Kampot police", day="2024-03-05")
    add(db, "other", "2024-05-10", "raid", "Police raid a casino", "--province", "Svay Rieng",
        figures=("rescues: 37; by: Svay Rieng police",))  # fmt: skip
    add(db, "month", "2024-04-02", "statement", "Ministry sums up March",
        figures=("rescues: 20; period: 2024-03; by: Ministry of Interior",))  # fmt: skip
    said = table(db, "rescues", "--by", "province")
    assert "The total adds up only what cannot overlap: 37 + 20 = 57." in said
    assert "scamcli assumes that it includes 1 other report (rule 7)." in said


def test_only_the_strike_is_contested() -> None:
    db = empty()
    add(db, "strike", "2024-10-17", "death", "Strike on a hospital", "--country", "PS",
        figures=("deaths: 471; by: Health Ministry",))  # fmt: skip
    add(db, "doubt", "2024-10-18", "statement", "A lower number for a strike", "--link", "disputes: strike",
        figures=("deaths: 100 to 300; by: United States",))  # fmt: skip
    running(db, ("2025-01-31", "26,900"))
    assert exactly(total(db, "deaths")) == (26_900, 26_900, 26_900)
    sentence = cited(db, "deaths")
    assert "26,900" in sentence
    doubts = list(re.finditer(r"[Cc]ontest|[Dd]isput|United States", sentence))
    assert doubts, sentence
    for doubt in doubts:  # the number before it, or right behind it
        before = re.findall(r"26,900|471", sentence[: doubt.start()])
        behind = re.findall(r"[\d,]*\d", sentence[doubt.end() :])
        assert before[-1:] == ["471"] or behind[:1] == ["471"], sentence
    row = total(db, "deaths")
    assert "26,900" in row["words"]
    assert "differ" not in row["words"]


def test_rivals_for_the_same_year_and_country() -> None:
    db = empty()
    for id_, number, who in (("one", "1,500", "National Police"), ("two", "1,480", "Interior Ministry")):
        add(db, id_, "2024-01-20", "statement", f"{who} on 2023",
            figures=(f"rescues: {number}; period: 2023; country: KH; by: {who}",))  # fmt: skip
    assert bounds(total(db)) == (1_480, 1_500)
    shows(db, ("1,480 to 1,500", "sources differ"))


# 11 to 13: small numbers, months, and sentences


def test_one_body_in_two_outlets() -> None:
    db = empty()
    place = ("--province", "Preah Sihanouk")
    add(db, "report-1", "2024-05-03", "death", "Body of a man found on a beach", *place,
        figures=("deaths: one; by: VOD",), outlet="VOD")  # fmt: skip
    said = add(db, "report-2", "2024-05-04", "death", "Man's body found on beach", *place,
               figures=("deaths: 1; by: Khmer Post",), outlet="Khmer Post")  # fmt: skip
    assert bounds(total(db, "deaths")) == (1, 2)
    assert total(db, "deaths")["suspected"]
    shows(db, ("1 to 2",), "deaths")
    suspects(db, said, "report-1", "report-2")


def test_a_month_of_a_quarter_that_has_a_total() -> None:
    db = empty()
    raid(db, "raid", "rescues: 10; by: Kampot police")
    add(db, "quarter", "2024-04-10", "statement", "Ministry sums up a quarter",
        figures=("rescues: 5,000; period: 2024-01/2024-03; by: Interior Ministry",))  # fmt: skip
    march = labelled(db, "rescues", "month")["2024-03"]
    assert exactly(march) in {(10, None, None), (10, None, 5_000)}  # the quarter allows no more
    assert "at least 10" in march["words"]
    assert "at least 10" in table(db, "rescues", "--by", "month")
    for flags in (("--by", "month"), (*BY_NONE, "--during", "2024-03")):
        sentence = cited(db, "rescues", *flags)
        assert re.search(r"\b[Aa]t least 10\b", sentence), sentence
        assert not re.search(r"(?<![Aa]t least )\b10 people", sentence), sentence


def test_raids_of_three_days_in_three_towns_are_cited() -> None:
    db = empty()
    for day, town, number in (("20", "Bavet", "about 300"), ("21", "Poipet", "about 40"), ("22", "Koh Thom", "12")):
        add(db, f"raid-{day}", f"2024-08-{day}", "raid", f"Raid in {town}", "--place", town,
            figures=(f"rescues: {number}; by: {town} police",), outlet="VOD")  # fmt: skip
    assert exactly(total(db)) == (12, 352, None)
    sentence = cited(db)
    assert "about 352" in sentence.lower(), sentence
    assert "from 20 to 22 August" in sentence, sentence
    assert "at least 12" not in sentence.lower(), sentence
    assert rows(db, "conflicts") == []
    shows(db, ("about 352",))


# 16 and 17: tables of others


def test_rows_that_contradict_themselves_erase_no_total(tmp_path: Path) -> None:
    made = ged_rows.made(1100).rows
    # without rows whose numbers are missing or cannot be read
    table_of_others = [row for number, row in enumerate(made) if number not in ged_rows.DIRT][:1000]
    against = [row for row in table_of_others if int(row["best"]) < int(row["low"])]
    assert (len(table_of_others), len(against)) == (1000, 13)
    db = empty()
    done(db, "import", written(tmp_path / "GEDEvent_v25_1.csv", table_of_others))
    row = total(db, "deaths")
    assert row["best"] == sum(int(row["best"]) for row in table_of_others)
    assert row["low"] <= row["best"] <= row["high"]
    assert "13 rows contradict themselves" in table(db, "deaths")
    assert len(findings(db, "F01")) == 13


def names(count: int) -> list[dict[str, str]]:
    """Rows of a list of people who died, all with one date."""
    return [{"No": str(number), "Date": "2024-06-30", "Dead": "1"} for number in range(1, count + 1)]


NAMES = (
    "--map", "No=id", "--map", "Date=date", "--map", "Dead=figure.deaths", "--set", "kind=death",
    "--set", "title=A person is killed", "--set", "countries=PS", "--set", "source.outlet=Health Ministry",
)  # fmt: skip


def test_a_table_of_many_deaths_of_one_date(tmp_path: Path) -> None:
    db = empty()
    done(db, "import", written(tmp_path / "names.csv", names(500)), *NAMES)
    assert exactly(total(db, "deaths")) == (500, 500, 500)
