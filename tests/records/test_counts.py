"""Which count a figure gets if the input gives none: by the metric, the period, the event's kind and its date."""

from __future__ import annotations

import pytest

from scamcli.language.vocabulary import EVENT_KINDS, HAPPENINGS
from scamcli.records import derivations
from scamcli.records.derivations import Choice

CASES = [
    # metric, its count, kind of the event, its date, period of the figure: the count
    ("rescues", "aggregate", "raid", "2024-01-02", None, "incident"),
    ("rescues", "aggregate", "raid", "2024-01-02/2024-01-05", None, "incident"),
    ("rescues", "aggregate", "raid", "2024-01-02", "2024-01", "aggregate"),
    ("rescues", "aggregate", "raid", "2024-01-02", "2024-01-02", "aggregate"),
    ("rescues", "aggregate", "raid", "2024-01", None, "aggregate"),
    ("rescues", "aggregate", "raid", "2024-01-02~", None, "aggregate"),
    ("rescues", "aggregate", "raid", "2024-01-02?/2024-01-05", None, "aggregate"),
    ("rescues", "aggregate", "raid", "2024-01-02/..", None, "aggregate"),
    ("rescues", "aggregate", "raid", "2024-01/2024-02", None, "aggregate"),
    ("rescues", "aggregate", "statement", "2024-01-02", None, "aggregate"),
    ("captives", "stock", "raid", "2024-01-02", None, "stock"),
    ("captives", "stock", "raid", "2024-01-02", "2024-01", "stock"),
    ("sentences", "none", "arrest", "2024-01-02", None, "none"),
    ("calls", "cumulative", "raid", "2024-01-02", None, "cumulative"),
    ("calls", "incident", "statement", "2024-01-02", None, "incident"),
    ("calls", "incident", "statement", "2024-01-02", "2024", "aggregate"),
]


@pytest.mark.parametrize("case", CASES)
def test_the_choice(case: tuple[str, str, str, str, str | None, str]) -> None:
    metric, default, kind, date, period, expected = case
    assert derivations.choose(metric, default, kind, date, period)[:2] == (metric, expected)


@pytest.mark.parametrize("kind", EVENT_KINDS)
def test_only_what_happens_is_an_incident(kind: str) -> None:
    found = derivations.choose("deaths", "aggregate", kind, "2024-01-02", None).count
    assert found == ("incident" if kind in HAPPENINGS else "aggregate")


def test_a_notice_of_one_record_has_one_line() -> None:
    found = [
        derivations.choose("rescues", "aggregate", "raid", "2024-01-02", None),
        derivations.choose("arrests", "aggregate", "raid", "2024-01-02", None),
        derivations.choose("complaints", "aggregate", "raid", "2024-01-02", "2024-01"),
        derivations.choose("captives", "stock", "raid", "2024-01-02", None),  # there was no choice
        Choice("deaths", "aggregate", derivations.RENAMED),
    ]
    assert list(derivations.sentences(found, "`X`")) == [
        "rescues, arrests: counted as incident (a raid on one day); complaints: counted as aggregate (it has a"
        " period of its own). Change it with `X`.",
        derivations.RENAMED_NOTICE,
    ]
    assert list(derivations.sentences([], "`X`")) == []


def test_the_notice_of_an_import_has_numbers() -> None:
    chosen = {
        Choice("rescues", "incident", "a raid on one day"): 1000,
        Choice("deaths", "incident", "a death on one day"): 200,
        Choice("deaths", "aggregate", "it has a period of its own"): 3,
    }
    assert list(derivations.summary(chosen)) == [
        "Figures that do not say what they count: counted 3 as aggregate and 1,200 as incident. Set `count` in the file"
        " to change it."
    ]
    assert list(derivations.summary({Choice("deaths", "aggregate", derivations.RENAMED): 9})) == [
        derivations.RENAMED_NOTICE
    ]
    assert list(derivations.summary({})) == []
