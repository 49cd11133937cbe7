"""Suppressed cells: an attacker who knows every total, and solves the equations, finds none of them.

The attacker is an integer program: it looks for the least and the largest value that a suppressed cell can have, given
all that is published.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from scamcli.numbers.suppression import TOTAL, Numbers, Place, choose
from scamcli.stats.suppression import numbers_of
from tests.helpers.driver import event, ok, refused, run, take_in
from tests.helpers.measure import IS_FULL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LEAST = 10
TABLES = 2_000 if IS_FULL else 20


class Range(NamedTuple):
    """The least and the largest value that a number can have."""

    low: float
    high: float


class Attacker:
    """Knows equations between cells, and that a cell that exists counts at least one person."""

    def __init__(self, unknown: list[Any]) -> None:
        self._at = {place: number for number, place in enumerate(unknown)}
        self._rows: list[np.ndarray[Any, Any]] = []
        self._sums: list[float] = []

    def learn(self, places: list[Any], known: dict[Any, float], total: float | None, of: Any = None) -> None:
        """Learn that cells add up to a total, which is another unknown if it is not published."""
        row = np.zeros(len(self._at))
        for place in places:
            if place in self._at:
                row[self._at[place]] += 1
        if total is None:
            row[self._at[of]] -= 1
        self._rows.append(row)
        self._sums.append((total or 0) - sum(known.get(place, 0) for place in places if place not in self._at))

    def range_of(self, place: Any) -> Range:
        """Solve for the least and the largest value of a cell."""
        ends = []
        constraints = [LinearConstraint(np.array(self._rows), self._sums, self._sums)] if self._rows else []
        for sign in (1, -1):
            goal = np.zeros(len(self._at))
            goal[self._at[place]] = sign
            found = milp(goal, constraints=constraints, integrality=np.ones(len(goal)), bounds=Bounds(1, 10_000))
            assert found.success, found.message
            ends.append(sign * round(found.fun))
        return Range(*ends)


def tables() -> Iterator[tuple[int, dict[Place, Numbers]]]:
    """Yield tables with many small cells, some empty, and with bounds."""
    for seed in range(TABLES):
        draw = random.Random(seed)
        rows, columns = draw.randint(1, 6), draw.choice([1, 1, 2, 3, 5])
        cells: dict[Place, Numbers] = {}
        for place in ((row, column) for row in range(rows) for column in range(columns)):
            low: float = draw.choice([1, 1, 2, 3, 5, 9, 11, 14, 30, 45, 80, 200])
            if draw.random() < 0.8:
                cells[place] = {"low": low, "best": low} | ({"high": low + draw.choice([0, 0, 7])})
        if cells:
            yield seed, cells


def attack(cells: dict[Place, Numbers], hidden: set[Any], key: str, unpublished: set[Any]) -> Attacker:
    """Return an attacker who knows all cells but the hidden ones, and all totals but those that are not published."""
    known = {place: numbers[key] for place, numbers in cells.items()}
    lines: dict[Any, list[Any]] = {(TOTAL, TOTAL): list(cells)}
    for first, second in cells:
        lines.setdefault((first, TOTAL), []).append((first, second))
        lines.setdefault((TOTAL, second), []).append((first, second))
    open_ = [of for of in lines if of in unpublished]
    attacker = Attacker([*hidden, *open_])
    for of, places in lines.items():
        attacker.learn(places, known, None if of in unpublished else sum(known[place] for place in places), of)
    return attacker


def hidden_totals(cells: dict[Place, Numbers], axis: int) -> set[Any]:
    """Return the totals of one split that a table of them suppresses."""
    sums: dict[Place, Numbers] = {}
    for place, numbers in cells.items():
        line = sums.setdefault((place[axis], None), {})
        for key, number in numbers.items():
            line[key] = line.get(key, 0) + number
    found = choose(sums, LEAST)
    hidden = {(value, TOTAL) if axis == 0 else (TOTAL, value) for value, _ in found.cells}
    return hidden | ({(TOTAL, TOTAL)} if found.totals else set())


def small_totals(cells: dict[Place, Numbers], key: str) -> set[Any]:
    """Return the totals of a value of either split that are small."""
    sums: dict[Any, float] = {}
    for (first, second), numbers in cells.items():
        for total in ((first, TOTAL), (TOTAL, second)):
            sums[total] = sums.get(total, 0) + numbers[key]
    return {total for total, number in sums.items() if number < LEAST}


@pytest.mark.thorough
def test_no_suppressed_cell_can_be_worked_out() -> None:
    tried = 0
    for seed, cells in tables():
        withheld = choose(cells, LEAST)
        small = {place for place, numbers in cells.items() if min(numbers.values()) < LEAST}
        assert small <= withheld.cells
        everywhere = sum(numbers["best"] for numbers in cells.values())
        unpublished = {*withheld.totals, *([(TOTAL, TOTAL)] if everywhere < LEAST else [])}
        is_wide = len({second for _, second in cells}) > 1
        if is_wide:
            unpublished |= hidden_totals(cells, 0) | hidden_totals(cells, 1)
        else:  # the totals by the first split are the cells themselves
            unpublished |= {(first, TOTAL) for first, _ in withheld.cells} | {
                (TOTAL, second) for _, second in cells if (TOTAL, TOTAL) in unpublished
            }
        if is_wide and withheld.totals:
            unpublished |= {(place[0], TOTAL) for place in cells} | {(TOTAL, place[1]) for place in cells}
        for key in ("low", "best"):
            attacker = attack(cells, set(withheld.cells), key, unpublished)
            for place in small:
                if cells[place][key] < LEAST:
                    tried += 1
                    found = attacker.range_of(place)
                    assert found.low < found.high, (seed, cells, place, found)
                    assert found.high >= LEAST, (seed, cells, place, found)
            for total in small_totals(cells, key) & unpublished if is_wide else ():
                found = attacker.range_of(total)
                assert found.low < found.high, (seed, cells, total, found)
    assert tried > 2 * TABLES


SPARSE = {(0, 0): 2, (0, 1): 3, (1, 0): 12, (2, 0): 50, (2, 1): 60, (3, 0): 80, (3, 1): 90}
"""A table whose first row is small. A table of the rows suppresses its total, and with it that of the second row."""


@pytest.mark.parametrize("moved", [(1, 0), (1, 2)], ids=["same column", "other column"])
def test_a_small_total_cannot_be_worked_out_from_the_cells(moved: Place) -> None:
    cells: dict[Place, Numbers] = {
        moved if place == (1, 0) else place: {"low": low} for place, low in SPARSE.items()
    }  # fmt: skip
    withheld = choose(cells, LEAST)
    hidden = hidden_totals(cells, 0) | hidden_totals(cells, 1) | withheld.totals
    assert {(0, TOTAL), (1, TOTAL)} <= hidden
    found = attack(cells, set(withheld.cells), "low", hidden).range_of((0, TOTAL))
    assert found.low < found.high


def test_totals_that_are_suppressed_anyway_need_no_note() -> None:
    cells: dict[Place, Numbers] = {
        ("K", 1): {"low": 2}, ("K", 2): {"low": 3}, ("T", 1): {"low": 20}, ("T", 2): {"low": 30},
        ("L", 1): {"low": 200}, ("L", 2): {"low": 300},
    }  # fmt: skip
    assert choose(cells, LEAST) == (frozenset({("K", 1), ("K", 2), ("T", 1), ("T", 2)}), frozenset())


SMALL = 7
COUNTS = {
    ("Kenyan", "Kandal"): SMALL, ("Kenyan", "Kampot"): 40, ("Thai", "Kandal"): 50, ("Thai", "Kampot"): 60,
    ("Lao", "Kandal"): 90, ("Lao", "Kampot"): 95,
}  # fmt: skip


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Raids that freed people of three nationalities in two provinces, seven of them alone in their cell."""
    db = tmp_path_factory.mktemp("cells") / "cells.db"
    raids = [
        event(
            f"raid-{nationality}-{province}".lower(), f"2023-0{number}-01", "raid", title="A raid",
            provinces=[province], sources=[{"outlet": "The Paper", "url": "https://paper.example/a"}],
            figures=[{"metric": "rescues", "stated": str(count), "low": count, "best": count, "high": count,
                      "nationality": nationality, "province": province, "stated_by": "Police"}],
        )
        for number, ((nationality, province), count) in enumerate(COUNTS.items(), 1)
    ]  # fmt: skip
    take_in(db, *raids, event("other", "2023-08-01", figures=[{"metric": "complaints", "stated": str(SMALL),
            "province": "Kandal"}]))  # fmt: skip
    return db


ASKED = [
    ["--by", "nationality,province"], ["--by", "nationality"], ["--by", "province"], ["--by", "month"],
    ["--by", "none"],
    ["--by", "source"], ["--by", "kind"], ["--by", "actor"], ["--nationality", "Kenyan", "--province", "Kandal"],
    ["--nationality", "Kenyan"], ["--by", "month", "--during", "2023-01"], ["--compare", "2023-01", "2023-02"],
    ["--compare", "2023-01", "2023-02", "--by", "province"],
]  # fmt: skip
OUTPUTS = ["table", "json", "jsonl", "csv", "tsv", "markdown"]


def without_years(text: str) -> str:
    return re.sub(r"\d{4}(-\d\d(-\d\d)?)?|[0-9a-f]{12}|\d\.\d(\.\d)?", "", text)


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_no_output_has_it(kept: Path, asked: list[str]) -> None:
    for format_ in OUTPUTS:
        for flags in ([], ["--explain"], ["--cite"], ["--explain", "--cite"]):
            args = ["stats", "rescues", *asked, *flags, "--min-cell", "10", "--format", format_, "--db", str(kept)]
            answer = run(*args)
            assert answer.code == 0, answer
            assert not re.search(rf"\b{SMALL}\b", without_years(answer.out + answer.err)), answer
            if "Suppressed:" in answer.out + answer.err:
                assert "suppressed" in answer.out or "--explain" in flags, answer


def rows(db: Path, *args: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(ok("stats", *args, "--json", "--db", str(db)))
    return found


def test_the_numbers_are_null_and_marked(kept: Path) -> None:
    hidden = [
        row for row in rows(kept, "rescues", "--by", "nationality,province", "--min-cell", "10") if row["suppressed"]
    ]
    assert {(row["nationality"], row["province"]) for row in hidden} == {
        ("Kenyan", "Kandal"), ("Kenyan", "Kampot"), ("Thai", "Kandal"), ("Thai", "Kampot"),
    }  # fmt: skip
    for row in hidden:
        assert all(row[key] is None for key in ("low", "best", "high", "unadjusted", "entries", "not_added"))
        assert row["stated"] == row["events"] == []


def test_what_is_not_of_people_or_not_small_stays(kept: Path) -> None:
    assert rows(kept, "complaints", "--min-cell", "10")[0]["low"] == SMALL
    found = rows(kept, "rescues", "--by", "nationality", "--min-cell", "10")
    assert [row["low"] for row in found] == [185, 110, 47]
    assert not any(row["suppressed"] for row in found)
    assert "suppressed" not in rows(kept, "rescues", "--by", "nationality")[0]
    both = rows(kept, "rescues,complaints", "--by", "province", "--min-cell", "10")
    assert {row["metric"]: row["low"] for row in both if row["province"] == "Kandal"} == {
        "rescues": 147, "complaints": SMALL,
    }  # fmt: skip


def test_a_zero_is_shown() -> None:
    cells: dict[Place, Numbers] = {("a", None): {"low": 0.0, "high": 0.0}, ("b", None): {"low": 40.0}}
    assert not choose(cells, LEAST).cells


def test_a_cell_without_a_low_hides_no_low() -> None:
    cells: dict[Place, Numbers] = {
        ("a", None): {"low": 7, "high": 7},
        ("b", None): {"high": 40},
        ("c", None): {"low": 90, "high": 90},
    }
    assert choose(cells, LEAST).cells == {("a", None), ("c", None)}


def test_totals_go_where_nothing_else_helps() -> None:
    ones: dict[Place, Numbers] = {(name, None): {"low": 1} for name in "abcdefghijkl"}
    assert (TOTAL, TOTAL) in choose(ones, LEAST).totals


def test_suppressed_rows_are_in_no_order_of_size(tmp_path: Path) -> None:
    db = tmp_path / "order.db"
    counts = {"Thai": 3, "Lao": 2, "Kenyan": 80, "Malagasy": 300}
    take_in(db, *(
        event(f"raid-{name}".lower(), "2023-01-01", "raid",
              figures=[{"metric": "rescues", "stated": str(count), "nationality": name}])
        for name, count in counts.items()
    ))  # fmt: skip
    found = rows(db, "rescues", "--by", "nationality", "--min-cell", "5")
    assert [row["nationality"] for row in found] == ["Malagasy", "Kenyan", "Lao", "Thai"]


SAID_OTHERWISE = {
    "a wording without bounds": (
        "about 7",
        [{"stated": "about 7", "count": "stock", "nationality": "Kenyan", "stated_by": "A"},
         {"stated": "nearly 9", "count": "stock", "nationality": "Kenyan", "stated_by": "B", "period": "2024-03-06"}],
        ["--by", "nationality"],
    ),
    "two wordings that contradict each other": (
        "about 7",
        [{"stated": "about 7", "nationality": "Kenyan"}, {"stated": "nearly 9", "nationality": "Kenyan"}],
        ["--by", "nationality"],
    ),
    "what a part leaves": (
        "67",
        [{"id": "all", "stated": "67"}, {"part_of": "all", "stated": "7", "nationality": "Kenyan"},
         {"stated": "50", "nationality": "Thai", "province": "Kandal"}],
        ["--by", "nationality"],
    ),
    "a total beside its part": (
        "157",
        [{"stated": "60", "count": "incident"}, {"stated": "7", "count": "aggregate", "period": "2024"}],
        ["--by", "none"],
    ),
    "a number in no row": (
        "7", [{"stated": "7", "count": "aggregate", "period": "2024-02/2024-04"}], ["--by", "month"],
    ),
    "a total smaller than what lies inside": (
        "7",
        [{"stated": "7", "count": "aggregate", "period": "2024"}, {"stated": "60", "count": "incident"}],
        ["--by", "none"],
    ),
    "the rise of a running total": (
        "7 more",
        [{"stated": number, "count": "cumulative", "period": f"2023-11-01/{day}", "stated_by": "Police"}
         for number, day in (("60", "2024-01-31"), ("67", "2024-02-29"))],
        ["--by", "nationality", "--during", "2024-02-01/2024-05-31"],
    ),
    "figures of people in a metric of other things": (
        "7",
        [{"metric": "complaints", "unit": "people", "stated": "7"},
         {"metric": "complaints", "unit": "people", "stated": "90", "nationality": "Thai"}],
        ["--by", "none"],
    ),
    "a whole and its part": (
        "60", [{"id": "all", "stated": "67"}, {"part_of": "all", "stated": "60", "nationality": "Kenyan"}],
        ["--by", "none"],
    ),
    "what lies only partly in a row": (
        "7", [{"stated": "7", "period": "2024-04-30/2024-05-02"}, {"stated": "50", "period": "2024-04-28"}],
        ["--by", "month"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("printed", "figures", "asked"), SAID_OTHERWISE.values(), ids=SAID_OTHERWISE)
def test_nothing_else_prints_it(tmp_path: Path, printed: str, figures: list[dict[str, Any]], asked: list[str]) -> None:
    db = tmp_path / "other.db"
    large = event("large", "2024-05-06", "raid", title="Another", figures=[
        {"metric": "rescues", "stated": "90", "count": "incident", "nationality": "Lao"},
    ])  # fmt: skip
    take_in(db, large, event("small", "2024-03-04", "raid", figures=[{"metric": "rescues", **one} for one in figures]))
    args = ["stats", figures[0].get("metric", "rescues"), *asked, "--db", str(db)]
    before, after = ([run(*args, *flags, "--min-cell", least, *form) for flags in ([], ["--explain"], ["--cite"])
                      for form in ([], ["--json"])] for least in ("0", "10"))  # fmt: skip
    assert any(printed in without_years(answer.out + answer.err) for answer in before)
    assert not any(re.search(rf"\b{printed}\b", without_years(answer.out + answer.err)) for answer in after), after
    chart = tmp_path / "chart.svg"
    ok(*args, "--chart", str(chart), "--min-cell", "10")
    assert not re.search(rf"\b{printed}\b", re.sub("<[^>]*>", "", chart.read_text()))


def test_a_rise_that_is_in_no_row(tmp_path: Path) -> None:
    db = tmp_path / "rise.db"
    take_in(db, event("small", "2024-03-04", "raid", figures=[
        {"metric": "rescues", "stated": number, "count": "cumulative", "period": f"2023-11-01/{day}", "stated_by": "A"}
        for number, day in (("60", "2024-01-31"), ("67", "2024-02-29"))
    ]))  # fmt: skip
    args = ["stats", "rescues", "--by", "province", "--during", "2024-02", "--db", str(db), "--cite"]
    assert "7 people were rescued" in run(*args).err
    assert not re.search(r"\b7\b", run(*args, "--min-cell", "10").err)


OF_SEVERAL_EVENTS = {
    "a wording in a row that a total limits": (
        "about 7",
        [("2024-02-14", {"stated": "about 7"}, []),
         ("2024-04-06", {"stated": "90", "count": "aggregate", "period": "2024"}, [])],
        "month",
    ),
    "what a correction replaces": (
        "7",
        [("2024-02-10", {"stated": "7"}, []), ("2024-02-12", {"stated": "71"}, [{"type": "corrects", "event": "e-0"}])],
        "none",
    ),
    "a rise within a larger number": (
        "7",
        [("2024-02-10", {"stated": "90", "province": "Kampot"}, []),
         *(("2024-03-10", {"stated": stated, "count": "cumulative", "period": f"2023-11-01/{day}", "stated_by": "A",
                           "province": "Kandal"}, []) for stated, day in (("60", "2024-01-31"), ("67", "2024-02-29")))],
        "month",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("printed", "events", "by"), OF_SEVERAL_EVENTS.values(), ids=OF_SEVERAL_EVENTS)
def test_several_events_do_not_print_it(tmp_path: Path, printed: str, events: list[Any], by: str) -> None:
    db = tmp_path / "several.db"
    take_in(db, *(
        event(f"e-{at}", day, "raid", title=f"Title {at}", figures=[{"metric": "rescues", **figure}], links=links)
        for at, (day, figure, links) in enumerate(events)
    ))  # fmt: skip
    args = ["stats", "rescues", "--by", by, "--format", "table", "--explain", "--cite", "--db", str(db)]
    assert re.search(rf"\b{printed}\b", without_years(ok(*args)))
    assert not re.search(rf"\b{printed}\b", without_years(ok(*args, "--min-cell", "10")))


NOT_THE_SUM = {
    "a total that may overlap": (
        [{"stated": "60", "nationality": "Thai"}, {"stated": "7", "period": "2024-03-12"},
         {"stated": "50", "count": "aggregate", "period": "2024"}], "nationality", "67",
    ),
    "a number that is never added": (
        [{"stated": "90", "period": "2024-05-06"}, {"stated": "5", "period": "2024-07-30/2024-08-02"},
         {"stated": "20", "count": "none", "period": "2024-05"}], "month", "95",
    ),
    "two splits": (
        [{"stated": "90", "province": "Kandal", "period": "2024-01-14"}, {"stated": "up to 7", "period": "2024-04-14"}],
        "month,province", "90 to 97",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("figures", "by", "total"), NOT_THE_SUM.values(), ids=NOT_THE_SUM)
def test_a_total_that_gives_it_away(tmp_path: Path, figures: list[dict[str, Any]], by: str, total: str) -> None:
    db = tmp_path / "total.db"
    take_in(db, *(
        event(f"e-{at}", "2024-05-06", "raid", title=f"Raid {at}", figures=[{"metric": "rescues", **one}])
        for at, one in enumerate(figures)
    ))  # fmt: skip
    args = ["stats", "rescues", "--by", by, "--format", "table", "--db", str(db)]
    assert re.search(rf"Total:?.*\b{total}\b", ok(*args))
    assert re.search(r"Total:? +suppressed", ok(*args, "--min-cell", "10"))


def test_a_comparison_does_not_name_who_stated_a_small_number(tmp_path: Path) -> None:
    db = tmp_path / "compared.db"
    take_in(db, *(
        event(f"e-{at}", day, "raid", title=f"Title {at}",
              figures=[{"metric": "rescues", "stated": stated, "stated_by": by, "province": by}])
        for at, (day, stated, by) in enumerate([("2024-01-10", "60", "Kampot"), ("2024-02-10", "7", "Kandal"),
                                                ("2024-02-20", "90", "Takeo")])
    ))  # fmt: skip
    args = ["stats", "rescues", "--compare", "2024-01", "2024-02", "--cite", "--db", str(db)]
    assert "Kandal" in run(*args).err
    assert not re.search("Kandal|Takeo", run(*args, "--min-cell", "10").err)
    assert "Kampot" in run(*args, "--min-cell", "10").err


def test_what_is_in_no_row_cannot_be_worked_out_from_the_total(tmp_path: Path) -> None:
    db = tmp_path / "rest.db"
    take_in(db, *(
        event(f"raid-{number}", day, "raid", title=f"Raid {number}", figures=[{"metric": "rescues", "stated": number}])
        for number, day in (("90", "2024-05-06"), ("40", "2024-06-06"), ("5", "2024-07-30/2024-08-02"))
    ))  # fmt: skip
    args = ["stats", "rescues", "--by", "month", "--format", "table", "--db", str(db)]
    assert "135" in ok(*args)
    answer = run(*args, "--cite", "--min-cell", "10")
    assert "40" in answer.out
    assert "90" in answer.out
    assert "135" not in answer.out + answer.err
    assert "Do not publish totals beside this table" in answer.out


@pytest.mark.parametrize("least", ["2", "-1", "x"])
def test_thresholds_that_make_no_sense(kept: Path, least: str) -> None:
    refused(run("stats", "rescues", "--min-cell", least, "--db", str(kept)), 2)


def test_it_is_a_setting_of_the_timeline(kept: Path, tmp_path: Path) -> None:
    db = shutil.copy(kept, tmp_path / "own.db")
    args = ["stats", "rescues", "--by", "nationality,province", "--json", "--db", str(db)]
    once, plain = ok(*args, "--min-cell", "10"), ok(*args)
    assert json.loads(ok("info", "--min-cell", "10", "--json", "--db", str(db)))["min_cell"] == 10
    assert ok(*args) == once
    assert ok(*args, "--min-cell", "0") == plain
    assert json.loads(ok("info", "--verify", "--json", "--db", str(db)))["problems"] == 0
    copy = ok("backup", str(tmp_path / "copy.db"), "--db", str(db)).strip()
    assert ok(*args[:-1], copy) == once
    ok("info", "--min-cell", "0", "--db", str(db))
    assert "min_cell" not in json.loads(ok("info", "--json", "--db", str(db)))
    refused(run("info", "--min-cell", "2", "--db", str(db)), 2)
    refused(run("info", "--min-cell", f"{10**20}", "--db", str(db)), 2, "at most 1,000,000,000")
    for other in (("--verify",), ("--digest", "0000"), ("--fields", "events")):
        refused(run("info", "--min-cell", "10", *other, "--db", str(db)), 2, "--min-cell")
    assert "min_cell" not in json.loads(ok("info", "--json", "--db", str(db)))


def test_the_numbers_of_a_row() -> None:
    row = {"low": 1, "best": None, "implied": {"low": 2, "high": None}, "before": {"low": 3}}
    assert numbers_of(row) == {"low": 1, "implied_low": 2, "before_low": 3}


TIES = """
from scamcli.numbers.suppression import choose
cells = {(f"place {a}", f"people {b}"): {"low": 1 + (a * b) % 3 * 7} for a in range(6) for b in range(6)}
print(sorted(choose(cells, 5).cells))
"""


def test_every_process_withholds_the_same_cells() -> None:
    """Two prints of one table that withhold different cells would together show them all."""
    printed = {
        subprocess.run(
            [sys.executable, "-c", TIES],
            env=os.environ | {"PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in range(5)
    }
    assert len(printed) == 1
