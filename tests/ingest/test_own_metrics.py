"""Numbers of what a timeline's own metrics count, by the words of their names and units."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from scamcli.ingest.counts.count import own_metrics
from scamcli.ingest.proposal import Known
from scamcli.language.vocabulary import Metric
from tests.helpers.driver import ok, run
from tests.helpers.proposals_of import record

if TYPE_CHECKING:
    from pathlib import Path

OWN = [
    Metric("kidnappings", "people", "nationality", "aggregate", ""),
    Metric("scam-phones", "phones", None, "aggregate", ""),
    Metric("raids_led", "raids_led", None, "aggregate", ""),
    Metric("enquiries", "enquiries", "province", "stock", ""),
    Metric("ransoms", "USD", None, "aggregate", ""),
    Metric("bribes", "THB", None, "none", ""),
    Metric("laptops", "devices", None, "aggregate", ""),
    Metric("tablets", "devices", None, "aggregate", ""),
]
KNOWN = Known(metrics={metric.name: metric for metric in OWN})

FIGURES = [
    ("The ministry recorded 12 kidnappings.", "kidnappings 12"),
    ("It counted 1 kidnapping and 3 deaths.", "kidnappings 1 | deaths 3"),
    ("Police found 300 scam phones.", "scam-phones 300"),
    ("Officers took 300 new phones.", "scam-phones 300"),
    ("The governor spoke of more than 40 raids led.", "raids_led 41.."),
    ("Kidnappings rose to 40.", "kidnappings 40"),
    ("Embassies received 90 enquiries, 60 of them in Kandal.", "enquiries 90 | enquiries 60 <0"),
    ("Families paid ransoms of $40,000.", "ransoms 40000"),
    ("Families paid $40,000 in ransoms.", "ransoms 40000"),
    ("Families paid ransoms of 2 million baht.", "ransoms 2000000 THB"),
    ("He took bribes of 2 million baht.", "bribes 2000000"),
    ("He took bribes of $5,000.", "bribes 5000 USD"),
    ("Victims lost $3 million.", "losses 3000000"),
    ("Police freed 45 people and took 300 phones.", "rescues 45 | scam-phones 300"),
    ("Police found 12 laptops and 3 tablets.", "laptops 12 | tablets 3"),
    # What only looks like it.
    ("Police found 12 devices.", ""),  # a unit of two metrics
    ("Police solved 12 kidnapping cases.", "cases 12"),
    ("Twelve people were kidnapped.", "people 12"),
    ("The Kidnappings Unit raided 3 hotels.", "premises 3"),
    ("A report on kidnappings named 45 people.", "people 45"),
]


def lines(found: dict[str, Any]) -> list[str]:
    ids = [figure["id"] for figure in found["figures"]]
    return [
        " ".join(
            part
            for part in (
                figure["metric"],
                f"{figure['low']}{'' if figure['high'] == figure['low'] else '..'}",
                figure["unit"],
                f"<{ids.index(figure['part_of'])}" if figure["part_of"] else None,
            )
            if part
        )
        for figure in found["figures"]
    ]


@pytest.mark.parametrize(("body", "expected"), FIGURES)
def test_words_beside_a_number(body: str, expected: str) -> None:
    assert " | ".join(lines(record(body, known=KNOWN))) == expected


def test_counts_are_those_of_the_metric() -> None:
    found = record("Embassies received 90 enquiries; families paid ransoms of $40.", known=KNOWN)
    assert [figure["count"] for figure in found["figures"]] == ["stock", "aggregate"]


def test_a_built_in_metric_that_a_timeline_defined_keeps_its_unit() -> None:
    known = Known(metrics={
        "fines": Metric("fines", "KHR", None, "aggregate", ""),
        "charged": Metric("charged", "charges", None, "aggregate", ""),
    })  # fmt: skip
    assert lines(record("A court fined him $500.", known=known)) == ["fines 500 USD"]
    assert lines(record("A court fined him 400,000 riel.", known=known)) == ["fines 400000"]
    assert lines(record("Prosecutors charged 14 people.", known=known)) == ["charged 14 people"]


def test_a_timeline_without_metrics_has_no_phrases() -> None:
    assert own_metrics({}).find(["kidnappings"], 0) is None
    assert own_metrics({"x": Metric("x", "people", None, "stock", "")}).find(["people"], 0) is None


def test_a_draft_can_be_accepted_and_added_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCAMCLI_DB", str(tmp_path / "case.db"))
    ok("import", "-", stdin='{"type": "metric", "name": "kidnappings", "unit": "people"}\n')
    text = tmp_path / "note.txt"
    text.write_text("March 5, 2024: Police in Kandal recorded 12 kidnappings.\n", encoding="utf-8")
    [draft] = json.loads(run("ingest", str(text), "--json").out)
    ok("review", "accept", draft["id"])
    [row] = json.loads(ok("stats", "kidnappings", "--json"))
    assert (row["low"], row["unit"]) == (12, "people")
