"""What a total makes of incidents, disputes, running totals and links, from the records to the printed numbers."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.small_timelines import Record, done, empty, event, figure, link, one, rows, run, timeline

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Numbers = tuple[Any, ...]
COLUMNS = ("low", "best", "high", "unadjusted", "claims", "contested")


def numbers(row: Record) -> Numbers:
    return tuple(row[key] for key in COLUMNS)


def raid(id_: str, stated: str, date: str = "2031-05-10", *links: Record, **keys: Any) -> Record:
    """Return a raid that freed people on a day: an incident."""
    freed = {name: keys.pop(name) for name in ("province", "nationality", "stated_by") if name in keys}
    return event(id_, date, figure("n", stated, "rescues", **freed), kind="raid", links=[*links], **keys)


def total(*records: Record) -> Numbers:
    return numbers(one(timeline(records), "stats", "rescues", "--by", "none"))


def test_two_raids_that_freed_8_and_14_freed_22() -> None:
    assert total(raid("a", "8"), raid("b", "14")) == (22, 22, 22, 22, 2, 0)


LINKED: list[tuple[str, str, str, Numbers]] = [
    # 8 disputed by 14: nobody knows which is right, so it is 8 to 14, once
    ("8", "disputes", "14", (8, None, 14, 8, 1, 1)),
    # who repeats it with another number contests it just the same
    ("8", "repeats", "14", (8, None, 14, 8, 1, 1)),
    # both can be true, so the two are as exact as the more exact one
    ("at least 8", "repeats", "14", (14, 14, 14, 14, 1, 0)),
    ("up to 20", "repeats", "at least 14", (14, None, 20, 14, 1, 0)),
    ("14", "repeats", "14", (14, 14, 14, 14, 1, 0)),
    # the corrected number is out
    ("80", "corrects", "14", (14, 14, 14, 14, 1, 0)),
    # somebody says that the two are different raids
    ("14", "distinct", "14", (28, 28, 28, 28, 2, 0)),
    # 14 count those 8 among them
    ("8", "includes", "14", (14, 14, 14, 22, 2, 0)),
    # a number that includes a larger one contradicts it: the larger counts, and what was estimated is open
    ("20", "includes", "14", (20, None, 20, 34, 2, 0)),
    # what follows, or responds to it, says nothing about the number
    ("8", "follows", "14", (22, 22, 22, 22, 2, 0)),
]


@pytest.mark.parametrize(("first", "type_", "second", "answer"), LINKED, ids=[f"{b} {a} {c}" for a, b, c, _ in LINKED])
def test_a_link(first: str, type_: str, second: str, answer: Numbers) -> None:
    assert total(raid("a", first), raid("b", second, "2031-05-11", link(type_, "a"))) == answer


def test_a_contested_number_says_so_below_the_table() -> None:
    db = timeline([raid("a", "8"), raid("b", "14", "2031-05-11", link("disputes", "a"))])
    out = done(db, "stats", "rescues", "--by", "none", "--format", "table").out
    assert "1 claim is contested: see `scamcli conflicts`" in " ".join(out.split())


def test_a_corrected_figure_stays_visible() -> None:
    db = timeline([raid("a", "80"), raid("b", "14", "2031-05-11", link("corrects", "a"))])
    (row,) = rows(db, "stats", "rescues", "--by", "none", "--explain")
    assert {line["event"]: (line["stated"], line["entered"]) for line in row["explain"]} == {
        "a": ("80", "corrected"),
        "b": ("14", "largest"),
    }


class TestRunningTotals:
    """Running totals of 100, 120 and 150 since 1 January by one speaker, at the end of each of three months."""

    STATED = (("2031-01-31", 100), ("2031-02-28", 120), ("2031-03-31", 150))

    def records(self, since: str = " since January 1, 2031") -> list[Record]:
        return [
            event(f"e{date[5:7]}", date, figure("n", f"{number}{since}", "rescues", count="cumulative"))
            if not since
            else event(f"e{date[5:7]}", date, figure("n", f"{number}{since}", "rescues"))
            for date, number in self.STATED
        ]

    def test_the_total_is_the_latest_statement(self) -> None:
        assert total(*self.records()) == (150, 150, 150, 150, 3, 0)
        assert total(*self.records(since="")) == (150, 150, 150, 150, 3, 0)

    def test_the_months_between_get_the_differences(self) -> None:
        found = {
            row["month"]: numbers(row)[:3]
            for row in rows(timeline(self.records()), "stats", "rescues", "--by", "month")
        }
        # January is the first statement itself. February is 120 - 100, March 150 - 120. The statements of February and
        # March are of two and three months, so that they are in no row of a month.
        assert found == {
            "2031-01": (100, 100, 100),
            "2031-02": (20, 20, 20),
            "2031-03": (30, 30, 30),
            None: (150, 150, 150),
        }

    def test_so_does_a_range_of_days(self) -> None:
        db = timeline(self.records())
        for asked, rise in (("2031-02", 20), ("2031-03", 30), ("2031-02/2031-03", 50), ("2031-Q1", 150)):
            assert numbers(one(db, "stats", "rescues", "--by", "none", "--during", asked))[:3] == (rise,) * 3
        # 15 February to 31 March: only one statement ends on these days, so there is nothing to subtract
        assert rows(db, "stats", "rescues", "--by", "none", "--during", "2031-02-15/2031-03-30") == []

    def test_a_difference_is_marked_as_derived(self) -> None:
        asked = ("stats", "rescues", "--by", "none", "--during", "2031-02")
        db = timeline(self.records())
        assert "Derived: 1 figure from the rise of a running total" in done(db, *asked).err
        (row,) = rows(db, *asked, "--explain")
        (line,) = row["explain"]
        assert line["how"].endswith("; derived: what a running total rose by")
        assert (line["stated"], line["bounds"], line["period"]) == (
            "120 since January 1, 2031 less 100 since January 1, 2031", "20", "2031-02-01/2031-02-28",
        )  # fmt: skip
        assert "derived" in done(db, *asked, "--explain", "--format", "table").out

    def test_uncertain_statements_give_uncertain_differences(self) -> None:
        stated = ("2031-01-31", "at least 100"), ("2031-02-28", "120 to 130")
        records = [event(d, d, figure("n", f"{words} since January 1, 2031", "rescues")) for d, words in stated]
        # at most 130 - 100, and nothing says how many at least, because January's 100 may have been more
        row = one(timeline(records), "stats", "rescues", "--by", "none", "--during", "2031-02")
        assert numbers(row)[:3] == (None, None, 30)


class TestUndated:
    """The numbers of a month include only what certainly belongs to it."""

    RECORDS = (
        raid("day", "8", "2031-05-10"),
        event("may", "2031-06-01", figure("n", "20", "rescues", period="2031-05", stated_by="Bo Quist")),
        event("undated", "2031-05-20", figure("n", "500", "rescues", stated_by="Cy Noor")),
        event("about", "2031-05-21", figure("n", "70", "rescues", period="2031-05~", stated_by="Cy Noor")),
        event("longer", "2031-05-22", figure("n", "90", "rescues", period="2031-04/2031-05", stated_by="Bo Quist")),
        raid("someday", "11", "2031-05~", province="Takeo"),
    )

    def test_an_undated_figure_is_in_no_low_best_or_high(self) -> None:
        found = {row["month"]: row for row in rows(timeline(self.RECORDS), "stats", "rescues", "--by", "month")}
        assert set(found) == {"2031-05", None}
        may = found["2031-05"]
        # The raid's 8 may be among the 20 of somebody else: at least 20, and at most 28.
        assert numbers(may)[:4] == (20, None, 28, 28)
        # Possibly 500, 70 and 11: a speaker's two numbers may be about the same people, and so may the 11 in Takeo.
        assert (may["possible"], may["possible_low"], may["possible_high"]) == (3, 500, 500 + 70 + 11)
        assert numbers(found[None])[:3] == (90, 90, 90)

    def test_nor_with_a_range_of_dates(self) -> None:
        db = timeline(self.RECORDS)
        row = one(db, "stats", "rescues", "--by", "none", "--during", "2031-05")
        assert (*numbers(row)[:3], row["possible_low"]) == (20, None, 28, 500)
        certain = one(db, "stats", "rescues", "--by", "none", "--during", "2031-05", "--certain")
        assert (*numbers(certain)[:3], certain["possible"]) == (20, None, 28, 0)

    def test_without_dates_it_is_one_figure_among_all(self) -> None:
        # 500 of Cy Noor, who may have counted everybody else's; 11 in Takeo are no more certain to be others.
        row = one(timeline(self.RECORDS), "stats", "rescues", "--by", "none")
        assert (row["low"], row["possible"]) == (500, 0)
        month = done(timeline(self.RECORDS), "stats", "rescues", "--by", "month", "--format", "markdown").out
        (line,) = [line for line in month.splitlines() if line.startswith("| all ")]
        assert line.split("|")[2].strip() == "500"


@pytest.mark.parametrize("split", ["province", "nationality"])
def test_all_is_at_least_the_sum_of_the_rows_that_name_one(split: str) -> None:
    names = {"province": ("Kandal", "Takeo", "Kampot"), "nationality": ("Thai", "Lao", "Indonesian")}[split]
    records = [
        event(f"e{number}", "2031-05-10", figure("n", f"{number}", "rescues", **{split: name}))
        for number, name in zip((30, 50, 70), names, strict=True)
    ]
    db = timeline([*records, event("other", "2031-05-10", figure("n", "100", "rescues"))])
    found = {row[split]: row["low"] for row in rows(db, "stats", "rescues", "--by", split)}
    assert [found[name] for name in (*names, None)] == [30, 50, 70, 100]
    out = done(db, "stats", "rescues", "--by", split, "--format", "markdown").out
    (line,) = [line for line in out.splitlines() if line.startswith("| all ")]
    assert line.split("|")[2].strip() == "150"
    assert f"Rows that name a {split} count different occurrences, so their lows add up" in out


class TestTheSameEventTwice:
    TWELVE = ("--date", "2031-05-10", "--kind", "raid", "--province", "Kandal", "--figure", "rescues: 12",
              "--source", "Lantern")  # fmt: skip

    def test_its_number_counts_once_in_low(self) -> None:
        db = empty()
        for title in ("A raid in Kandal", "Police free twelve"):
            done(db, "add", "--title", title, *self.TWELVE)
        row = one(db, "stats", "rescues", "--by", "none")
        assert numbers(row) == (12, None, 24, 24, 2, 0)
        assert "1 pair of incidents may be one incident: see `scamcli conflicts`" in done(db, "stats", "rescues").err

    @pytest.mark.parametrize(("type_", "low"), [("repeats", 12), ("distinct", 24)])
    def test_until_somebody_decides(self, type_: str, low: int) -> None:
        records = [raid("a", "12"), raid("b", "12", "2031-05-12", link(type_, "a"))]
        db = timeline(records)
        assert numbers(one(db, "stats", "rescues", "--by", "none"))[:3] == (low, low, low)
        assert "may be the same" not in done(db, "stats", "rescues").err

    def test_small_numbers_are_suspected_only_in_one_place(self) -> None:
        alone = [raid(key, "2") for key in ("a", "b")]
        assert total(*alone)[0] == 4
        here = [raid(key, "2", sites=["Blue Gate"]) for key in ("a", "b")]
        assert total({"type": "site", "name": "Blue Gate"}, *here)[0] == 2
        assert total(*(one_ | {"title": "A raid"} for one_ in alone))[0] == 2

    def test_what_is_known_to_differ_is_not_suspected(self) -> None:
        for other in ({"province": "Takeo"}, {"nationality": "Lao"}):
            here = {"province": "Kandal", "nationality": "Thai"}
            assert total(raid("a", "12", **here), raid("b", "12", **(here | other)))[0] == 24
        assert total(raid("a", "12", "2031-05-10"), raid("b", "12", "2031-05-14"))[0] == 24
        assert total(raid("a", "12", "2031-05-10"), raid("b", "12", "2031-05-13"))[0] == 12


PROVINCES = ("Kandal", "Takeo", "Kampot", "Preah Sihanouk")
SHEET = [(f"2031-0{1 + at % 9}-{1 + at % 5:02}", PROVINCES[at % 4], 1 + at * 7 % 60) for at in range(180)]
"""A date, a province and a number of people rescued; no two rows are the same, but many are alike."""


def imported(folder: Path, header: str, sheet: Iterable[tuple[object, ...]]) -> Path:
    """Import a spreadsheet by the command that is proposed for it, without its dry run."""
    path, db = folder / "rescues.csv", empty()
    path.write_text("".join(f"{line}\n" for line in (header, *(",".join(map(str, row)) for row in sheet))))
    proposal = run(db, "import", str(path)).err.splitlines()[-1].partition("run: scamcli ")[2]
    done(db, *(word for word in shlex.split(proposal) if word != "--dry-run"))
    return db


def test_a_spreadsheet_imported_as_proposed_adds_up(tmp_path: Path) -> None:
    assert len({*SHEET}) == len(SHEET)
    db = imported(tmp_path, "Date,Province,Rescued", SHEET)
    every = sum(number for *_, number in SHEET)
    assert numbers(one(db, "stats", "rescues", "--by", "none")) == (every, every, every, every, len(SHEET), 0)
    found = {row["province"]: numbers(row) for row in rows(db, "stats", "rescues", "--by", "province")}
    sums = {name: [number for _, province, number in SHEET if province == name] for name in PROVINCES}
    assert found == {name: (*[sum(column)] * 4, len(column), 0) for name, column in sums.items()}
    out = done(db, "stats", "rescues", "--by", "province", "--format", "markdown").out
    (line,) = [line for line in out.splitlines() if line.startswith("| all ")]
    assert [cell.strip() for cell in line.split("|")[2:5]] == [f"{every:,}"] * 3
    months = {row["month"]: row["low"] for row in rows(db, "stats", "rescues", "--by", "month")}
    assert months == {
        month: sum(number for date, _, number in SHEET if date[:7] == month) for month in {row[0][:7] for row in SHEET}
    }
    assert "may be the same" not in done(db, "stats", "rescues").err


TWICE = [("2031-01-05", "Kandal", 12), ("2031-01-05", "Kandal", 12), ("2031-01-05", "Kandal", 13)]


def test_a_row_that_is_twice_in_a_spreadsheet_counts_once(tmp_path: Path) -> None:
    # without ids, the import itself says that it is repeated, and leaves it out
    db = imported(tmp_path, "Date,Province,Rescued", TWICE)
    assert numbers(one(db, "stats", "rescues", "--by", "none"))[:4] == (25, 25, 25, 25)
    # with ids they are two incidents, which may be one until somebody decides
    db = imported(tmp_path, "No,Date,Province,Rescued", [(at, *row) for at, row in enumerate(TWICE)])
    assert numbers(one(db, "stats", "rescues", "--by", "none"))[:4] == (25, None, 37, 37)
