"""``stats --explain``: every number of a row can be calculated by hand from the output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.small_timelines import Record, done, event, figure, link, one, rows, seeded, timeline

if TYPE_CHECKING:
    from pathlib import Path

METRICS = (
    "complaints",
    "requests",
    "rescues",
    "arrests",
    "suspects",
    "victims",
    "cases",
    "captives",
    "deaths",
    "sentences",
)


@pytest.mark.parametrize("split", ["none", "province", "nationality", "year", "month", "actor"])
@pytest.mark.parametrize("metric", METRICS)
def test_the_counted_figures_of_a_row_sum_to_its_low(metric: str, split: str) -> None:
    for row in rows(seeded(), "stats", metric, "--by", split, "--explain"):
        counted = [line["counted"] for line in row["explain"] if line["entered"] == "counted"]
        numbers = [number for number in counted if number is not None]
        if not any(line["how"].startswith("counted;") for line in row["explain"]):  # of one entry, several statements
            assert sum(numbers) == (row["low"] or 0)
        if row["low"] is None:
            assert row["working"]["counted"]
        else:
            assert row["working"]["counted"].endswith(f"{row['low']:,}")


def raid(id_: str, date: str, *figures: Record, **keys: Any) -> Record:
    return event(id_, date, *figures, kind="raid", **keys)


def how(row: Record) -> dict[str, str]:
    return {line["figure"]: line["how"] for line in row["explain"]}


def explained(*records: Record, metric: str = "arrests") -> Record:
    return one(timeline(records), "stats", metric, "--by", "none", "--explain")


A, B = raid("a", "2031-03-05", figure("x", "8")), raid("b", "2031-04-05", figure("y", "14"))


def test_a_sum() -> None:
    row = explained(A, B)
    assert row["working"] == {"counted": "14 + 8 = 22"}
    assert how(row) == {"x": "counted", "y": "counted"}


def test_a_pair_that_may_be_one_is_one_term_of_a_sum() -> None:
    pair = [
        raid(id_, "2031-05-05", figure(id_, number), sites=["Blue Gate"]) for id_, number in (("c", "30"), ("d", "33"))
    ]
    row = explained(A, B, *pair)
    assert row["working"] == {"counted": "30 + 14 + 8 = 52"}
    assert how(row)["c"] == "counted; 2 reports that may be of one event: 30 to 63"


def test_a_report_lists_no_fewer_figures_than_there_are(tmp_path: Path) -> None:
    corrected = raid("c", "2031-03-09", figure("z", "12"), links=[link("corrects", "a", "x")])
    done(timeline([A, corrected]), "report", "-o", str(tmp_path / "report.md"))
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "12" in text
    assert "more figures" not in text


def test_what_lies_inside() -> None:
    total = event("t", "2031-06-01", figure("z", "30", period="2031"))
    row = explained(A, B, total)
    assert row["working"] == {"counted": "30", "inside": "14 (Ada Brel); 8 (Ada Brel)"}
    inside = "not added: it lies inside 30 (Ada Brel)"
    assert how(row) == {"x": inside, "y": inside, "z": "counted"}


def test_what_is_not_added() -> None:
    thai = event("t", "2031-06-01", figure("x", "30", period="2031-03", nationality="Thai"))
    kandal = event("k", "2031-06-01", figure("y", "20", period="2031-03", province="Kandal"))
    row = explained(thai, kandal)
    assert row["working"] == {"counted": "30", "not added": "20 (Ada Brel)"}
    assert how(row) == {"x": "counted", "y": "not added: it may overlap 30 (Ada Brel)"}


def test_what_lies_partly_in_a_row() -> None:
    quarter = event("q", "2031-06-01", figure("z", "30", period="2031-01/2031-03"))
    (row,) = rows(timeline([A, quarter]), "stats", "arrests", "--by", "month", "--explain")
    assert how(row) == {"x": "counted", "z": "not counted: it lies only partly in this row"}
    assert row["working"] == {"counted": "8", "not added": "30 (Ada Brel)"}


def test_what_was_corrected() -> None:
    corrected = event("c", "2031-03-09", figure("z", "54"), links=[link("corrects", "a")])
    assert how(explained(A, corrected)) == {"x": "not counted: a later word replaces it", "z": "counted"}


def test_a_contested_number() -> None:
    denial = raid("b", "2031-03-07", figure("y", "14", stated_by="Bo Quist"), links=[link("disputes", "a")])
    row = explained(A, denial)
    assert row["working"] == {"counted": "8"}
    for words in how(row).values():
        assert words.startswith("counted; sources differ: ")
        assert {"8", "14"} <= set(words.split())


def test_a_speaker_who_corrects_himself_does_not_differ_from_others() -> None:
    row = explained(A, event("b", "2031-03-07", figure("y", "14"), links=[link("disputes", "a")]))
    assert (row["low"], row["high"], row["contested"]) == (14, 14, 0)
    assert how(row) == {"x": "not counted: a later word replaces it", "y": "counted"}


def test_statements_that_agree() -> None:
    row = explained(A, raid("b", "2031-03-07", figure("y", "at least 6"), links=[link("repeats", "a")]))
    assert row["working"] == {"counted": "8"}
    assert set(how(row).values()) == {"counted once, with 1 other statement that agrees"}


def test_reports_that_may_be_of_one_event() -> None:
    first, second = (raid(id_, "2031-03-05", figure("x", number), sites=["Blue Gate"]) for id_, number in
                     (("a", "8"), ("b", "14")))  # fmt: skip
    row = explained({"type": "site", "name": "Blue Gate"}, first, second)
    assert set(how(row).values()) == {"counted; 2 reports that may be of one event: 8 to 22"}


def test_a_total_that_is_exceeded() -> None:
    row = explained(A, B, event("t", "2031-06-01", figure("z", "20", period="2031")))
    assert row["working"] == {"counted": "14 + 8 = 22", "not added": "20 (Ada Brel)"}


def test_a_comparison_explains_both_of_its_sides() -> None:
    row = one(seeded(), "stats", "requests", "--compare", "2022-Q1", "2023-Q1", "--explain")
    assert [(side["period"], side["low"]) for side in row["explain"]] == [("2022-Q1", 605), ("2023-Q1", 128)]
    shown = done(seeded(), "stats", "requests", "--compare", "2022-Q1", "2023-Q1", "--explain", "--format", "table").out
    assert "\nTotal, 2022-Q1: 605\n  counted: 605\n" in shown
    assert "\nTotal, 2023-Q1: 128\n  counted: 128\n" in shown


def test_marks_tell_counted_figures_from_the_rest() -> None:
    shown = done(seeded(), "stats", "rescues", "--by", "year", "--explain", "--format", "table").out
    assert "\n  + rescues: “358”" in shown
    assert "\n  - rescues-women: “265”" in shown


def test_bounds_out_of_order_are_a_conflict() -> None:
    db = timeline([raid("a", "2031-01-05", figure("x", "several", "rescues", low=12, best=10, high=8))])
    assert one(db, "stats", "rescues", "--by", "none")["low"] == 8
    assert "its bounds are out of order" in done(db, "conflicts", "--format", "table").out
