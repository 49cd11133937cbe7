"""Changes of one field of a draft, typed on one line."""

from __future__ import annotations

from typing import Any

import pytest

from scamcli.cli.field_change import field_change
from scamcli.errors import WrongUsageError

FIGURE: dict[str, Any] = {
    "id": "rescues", "metric": "rescues", "stated": "45", "low": 45, "best": 45, "high": 45, "nationality": "Thai",
    "country": "TH", "unit": None,
}  # fmt: skip
PART = {**FIGURE, "id": "arrests", "metric": "arrests"}
MORE = {**FIGURE, "id": "arrests-2", "metric": "arrests"}
RECORD: dict[str, Any] = {
    "actors": [{"name": "Police", "role": "rescuer"}, {"name": "A", "role": "speaker"}],
    "figures": [FIGURE, PART, MORE], "sources": [{"outlet": "Daily", "url": "https://example.org"}], "places": [],
}  # fmt: skip
WORDED = {key: value for key, value in FIGURE.items() if key not in {"low", "best", "high"}}
PLACED = {key: value for key, value in FIGURE.items() if key != "country"}


@pytest.mark.parametrize(
    ("line", "change"),
    [
        ("kind: raid", {"values": {"kind": "raid"}}),
        ("Title : A: b", {"values": {"title": "A: b"}}),
        ("summary:", {"values": {"summary": None}}),
        ("actor: A: denies", {"values": {"actors": [RECORD["actors"][0], {"name": "A", "role": "denies"}]}}),
        ("actor: B", {"values": {"actors": [*RECORD["actors"], {"name": "B", "role": "mentioned"}]}}),
        ("figure: rescues: 46", {"values": {"figures": [{**WORDED, "stated": "46"}, PART, MORE]}}),
        ("figure: rescues: 45; best: 44", {"values": {"figures": [{**FIGURE, "best": 44}, PART, MORE]}}),
        ("figure: rescues:; by: A", {"values": {"figures": [{**FIGURE, "stated_by": "A"}, PART, MORE]}}),
        ("figure: rescues:; nationality:", {"values": {"figures": [{**FIGURE, "nationality": None}, PART, MORE]}}),
        ("figure: rescues:; province: Tak", {"values": {"figures": [{**PLACED, "province": "Tak"}, PART, MORE]}}),
        (
            "figure: arrests: 9; id: arrests-2",
            {"values": {"figures": [FIGURE, PART, {**WORDED, "id": "arrests-2", "metric": "arrests", "stated": "9"}]}},
        ),
        ("figure: id: arrests-2; by: A", {"values": {"figures": [FIGURE, PART, {**MORE, "stated_by": "A"}]}}),
        (
            "figure: rescues:; count: incident",
            {
                "values": {"figures": [{**FIGURE, "count": "incident"}, PART, MORE]},
                "figures": [{"id": "rescues", "count": "incident"}],
            },
        ),
        (
            "figure: deaths: 2",
            {"values": {"figures": [FIGURE, PART, MORE, {"metric": "deaths", "stated": "2"}]}},
        ),
        (
            "source: Daily; published: 2024-03-15",
            {"values": {"sources": [{**RECORD["sources"][0], "published": "2024-03-15"}]}},
        ),
        ("linked site: Villa", {"add": {"linked_sites": ["Villa"]}}),
        ("-actor: Police", {"remove": {"actors": ["Police"]}}),
        ("- figure: rescues", {"remove": {"figures": ["rescues"]}}),
    ],
)
def test_lines(line: str, change: dict[str, Any]) -> None:
    assert field_change(line, RECORD) == change


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("raid", "No line can begin with"),
        ("knd: raid", "No line can begin with"),
        ("actor: A: rescurer", "no role"),
        ("figure: arrests: 9", "2 entries for figure arrests"),
        ("figure: 9", "expected METRIC: WORDING"),
        ("figure: rescue:; period: 2024", "The draft has no figure rescue."),
        ("figure: id: rescue; period: 2024", "The draft has no figure rescue."),
        ("-person: A", "expected WHAT: NAME"),
    ],
)
def test_wrong_lines(line: str, said: str) -> None:
    with pytest.raises(WrongUsageError, match=said):
        field_change(line, RECORD)


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("outlet: The Wire Press", "Did you mean source:?"),
        ("publisher: The Wire Press", "Did you mean source:?"),
        ("url: https://example.org", 'It belongs to another line, after a semicolon: "source: ...; url: ..."'),
        ("knd: raid", "Did you mean kind:?"),
    ],
)
def test_the_hint_names_the_line_that_is_meant(line: str, hint: str) -> None:
    with pytest.raises(WrongUsageError, match="No line can begin with") as refused:
        field_change(line, RECORD)
    assert hint in refused.value.hint
