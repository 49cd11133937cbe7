"""The words of 2026 through the real command line: kinds of event, metrics, units of money, and own metrics of old."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.driver import ok, refused, run

if TYPE_CHECKING:
    from pathlib import Path

KINDS = [
    # A figure of the kind on a day without a count of its own, and whether the event is an authority's act.
    ("sanction", "aggregate"),
    ("indictment", "aggregate"),
    ("seizure", "incident"),
    ("extradition", "aggregate"),
    ("deportation", "incident"),
    ("conviction", "aggregate"),
]

FIGURES = [
    # A figure, its low and high, its unit, and the rest of the sentence that cites it.
    ("injuries: 23", 23, 23, "people", "23 people were injured"),
    ("missing: five", 5, 5, "people", "5 people were missing"),
    ("survivors: at least 12", 12, None, "people", "At least 12 people were counted as survivors"),
    ("charged: 14; group: suspects", 14, 14, "people", "14 suspects were charged, indicted or put on trial"),
    ("convictions: 1; nationality: Chinese", 1, 1, "people", "1 Chinese person was convicted or sentenced"),
    ("deportations: 120; nationality: Thai", 120, 120, "people", "120 Thai people were deported"),
    ("fines: $2 million", 2_000_000, 2_000_000, "USD", "USD 2,000,000 was to be paid in fines"),
    ("assets: more than $45.5 million", 45_500_000, None, "USD", "More than USD 45,500,000 was frozen"),
    ("assets: 15,000 bitcoin", 15_000, 15_000, "BTC", "BTC 15,000 was frozen, seized or confiscated"),
    ("assets: more than S$1 billion", 1_000_000_000, None, "SGD", "More than SGD 1,000,000,000 was frozen"),
    ("fines: 400,000; unit: KHR", 400_000, 400_000, "KHR", "KHR 400,000 was to be paid in fines"),
]

OWN: list[dict[str, Any]] = [
    {"type": "metric", "name": "fines", "unit": "KHR", "split": None, "count": "none", "about": "ours"},
    {"type": "event", "id": "ours", "date": "2024-01-02", "kind": "court", "title": "Fined", "figures": [
        {"metric": "fines", "stated": "more than 400,000"},
    ]},
]  # fmt: skip


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "case.db"
    ok("init", "--empty", str(path))
    monkeypatch.setenv("SCAMCLI_DB", str(path))
    return path


def add(kind: str, *words: str, id_: str = "one") -> None:
    ok("add", "--date", "2024-01-02", "--kind", kind, "--title", "T", "--id", id_, *words)


def rows(*words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(ok(*words, "--json"))
    return found


def lines(records: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(("kind", "count"), KINDS)
def test_each_kind_is_stored_found_and_an_answer_that_acts(kind: str, count: str) -> None:
    add("report", "--actor", "An NGO: alleges", "--site", "Gate", id_="claim")
    add(kind.upper(), "--figure", "people: 9", "--actor", "A court: subject", "--link", "responds_to: claim")
    [found] = rows("search", "--kind", kind)
    assert (found["id"], found["kind"], found["figures"][0]["count"]) == ("one", kind, count)
    assert [(row["answer"], row["stance"]) for row in rows("responses")] == [("one", "acts")]


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(("figure", "low", "high", "unit", "sentence"), FIGURES)
def test_each_metric_is_added_up_in_its_unit_and_cited(
    figure: str, low: int, high: int | None, unit: str, sentence: str
) -> None:
    add("statement", "--figure", figure)
    metric = figure.partition(":")[0]
    total = rows("stats", metric)[-1]
    assert (total["low"], total["high"], total["unit"]) == (low, high, unit)
    assert sentence in run("stats", metric, "--cite").err
    assert [row["metric"] for row in rows("stats")] == [metric]


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("metric", ["fines", "assets"])
def test_amounts_in_different_currencies_are_never_added(metric: str) -> None:
    add("seizure", "--figure", f"{metric}: $40", "--figure", f"{metric}: 3,000 baht", id_="one")
    add("seizure", "--figure", f"{metric}: $2", "--figure", f"{metric}: 500 baht; unit: THB", id_="two")
    assert {row["unit"]: row["low"] for row in rows("stats", metric)} == {"USD": 42, "THB": 3500}


@pytest.mark.usefixtures("db")
def test_no_record_changes_the_unit_of_figures_that_are_there() -> None:
    add("court", "--figure", "fines: $40")
    refused(run("import", "-", stdin=lines(OWN[:1])), 4, "counts USD", "KHR")
    assert [(row["unit"], row["low"]) for row in rows("stats", "fines")] == [("USD", 40)]
    ok("import", "-", stdin=lines([OWN[0] | {"unit": "USD"}]))
    assert [(row["unit"], row["low"]) for row in rows("stats", "fines")] == [("USD", 40)]
