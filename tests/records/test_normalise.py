"""Why records are refused, in words that a user understands, and what is accepted in upper and lower case."""

from __future__ import annotations

from typing import Any

import pytest

from scamcli.errors import DataError
from scamcli.records import normalise
from scamcli.records.models import Event

EVENT: dict[str, Any] = {"type": "event", "date": "2024-01-02", "kind": "raid", "title": "A raid"}

CASES: list[tuple[dict[str, Any], str]] = [
    (
        {"countries": ["Atlantis"]},
        '`countries[0]`: "Atlantis" is not a country; expected a code such as KH (ISO 3166-1), or a name.',
    ),
    ({"places": [{"name": "x" * 301}]}, "`places[0].name`: is longer than 300 characters."),
    ({"places": [{"name": " "}]}, "`places[0].name`: is empty; expected text."),
    ({"places": [{"name": "Bavet", "lat": 91.0}]}, "`places[0].lat`: is too large; expected at most 90."),
    ({"places": [{"name": "Bavet", "lon": -181.0}]}, "`places[0].lon`: is too small; expected at least -180."),
    (
        {"id": "a b"},
        '`id`: "a b" is not a valid id; expected letters, digits, `.`, `_` and `-`, with a letter or a digit first.',
    ),
    ({"id": "x" * 201}, "`id`: is longer than 200 characters."),
    ({"kind": "raud"}, '`kind`: "raud" is not known; expected raid.'),
    ({"title": None}, "`title`: expected text."),
    ({"title": "a\x00b"}, "`title`: contains a NUL character; expected text."),
    ({"title": "\ud800"}, "`title`: contains half of a surrogate pair; expected valid Unicode."),
    ({"tags": {}}, "`tags`: expected a list."),
    ({"actors": ["Ly"]}, "`actors[0]`: expected an object."),
    ({"figures": [{"metric": "rescues", "low": "many"}]}, "`figures[0].low`: expected a number."),
    (
        {"figures": [{"metric": "rescues"}]},
        "`figures[0]`: a figure with neither a wording nor a number; expected `stated` or a bound.",
    ),
    (
        {"provinces": ["Atlantis"]},
        '`provinces[0]`: "Atlantis" is not a known province; expected a province such as Kandal, KH-8 or Kayin, MM.',
    ),
    ({"figures": [{"metric": "m", "id": "x", "low": 1}] * 2}, 'Two figures have the id "x".'),
    ({"date": "{x}"}, '`date`: "{x}" is not a date; expected a date such as 2022-09-19, 2022-09 or 2022.'),
    ({"titel": "A raid"}, "Unknown key `titel`; did you mean `title`?"),
    ({"a long key, " * 10 + "Vanna Invented": 1}, "Unknown key of 134 characters."),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "message"), CASES, ids=[message[:40] for _, message in CASES])
def test_what_is_refused_is_said_in_plain_words(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(DataError) as raised:
        normalise.parse(EVENT | changes)
    assert raised.value.message == message


def test_no_message_is_pydantics_own() -> None:
    """Values of the wrong type: no message mentions an input or a pattern."""
    for key in Event.model_fields:
        for value in (1, 1.5, "\ud800", [1], {"x": 1}, True):
            message = refusal(EVENT | {key: value})
            assert "nput" not in message, (key, value, message)
            assert "pattern" not in message, (key, value, message)


def refusal(record: dict[str, Any]) -> str:
    try:
        normalise.parse(record)
    except DataError as error:
        return error.message
    return ""


def test_words_of_closed_lists_and_country_codes_are_accepted_in_any_case() -> None:
    event = normalise.parse(
        EVENT
        | {
            "kind": "Raid", "status": " REVIEWED", "countries": ["kh"],
            "actors": [{"name": "Ly", "role": "Speaker"}], "places": [{"name": "Bavet", "precision": "Town"}],
            "links": [{"type": "Follows", "event": "e"}],
            "figures": [{"metric": "rescues", "low": 1, "count": "New", "split": {"by": "Province"}}],
        }
    )  # fmt: skip
    assert isinstance(event, Event)
    assert (event.kind, event.status, event.countries) == ("raid", "reviewed", ["KH"])
    assert (event.actors[0].role, event.places[0].precision, event.links[0].type) == ("speaker", "town", "follows")
    (figure,) = event.figures
    assert (figure.count, figure.split and figure.split.by) == ("new", "province")
