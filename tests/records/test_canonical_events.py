"""Events in canonical form are read without models, and exactly as the models read them."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks import generate
from scamcli.records import canonical, canonical_events, normalise
from scamcli.records.models import Event, Owner, Part, Record, SiteStatus
from scamcli.store.event_batch import NamesAsWritten
from tests.helpers.record_strategies import events as strange_events
from tests.helpers.record_strategies import maybe, name, slug


def whole(value: dict[str, Any]) -> dict[str, Any]:
    """The record of an event, completed, without the places by which one is never whole."""
    event = Event.model_validate(value | {"places": []})
    normalise.complete(event, NamesAsWritten())
    return event.model_dump()


def altered(record: dict[str, Any], changes: list[tuple[str, Any]]) -> dict[str, Any]:
    """With other values: of keys of the event, and of its first figure."""
    for key, value in changes:
        figures = record["figures"]
        if key in record:
            record[key] = [*record[key], *value] if isinstance(record[key], list) else value
        elif figures:
            figures[0][key] = value
    return record


CHANGES = st.one_of(
    st.tuples(st.just("id"), st.none()),
    st.tuples(st.sampled_from(("nationalities", "sites", "tags")), st.lists(name, max_size=2)),
    st.tuples(st.just("provinces"), st.lists(st.sampled_from(("Kampot", "Kandal", "Poipet", "KH-18")), max_size=2)),
    st.tuples(st.just("province"), maybe(("Kampot", "Kandal", "Poipet", "Sihanoukville"))),
    st.tuples(st.sampled_from(("nationality", "stated_by", "unit")), st.none() | name),
    st.tuples(st.just("metric"), st.sampled_from(("own", "rescues"))),
    st.tuples(st.just("count"), st.none()),
    st.tuples(st.just("places"), st.sampled_from((["Bavet"], ["Mae Sot"])).map(lambda names: [{"name": names[0]}])),
    st.tuples(st.sampled_from(("stated", "period")), st.sampled_from((None, "2023-01"))),
    st.tuples(st.just("part_of"), st.none() | slug),
    st.tuples(st.sampled_from(("low", "best", "high")), st.none()),
    st.tuples(st.just("actors"), name.map(lambda one: [{"name": one, "role": role} for role in ("author", "victim")])),
)  # fmt: skip


MADE = [one for one in generate.records(50) if one["type"] == "event"]


@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(strange_events(name, name, slug).map(whole) | st.sampled_from(MADE).map(deepcopy), st.lists(CHANGES, max_size=2))
def test_what_is_whole_stays_as_it_is(record: Any, changes: list[tuple[str, Any]]) -> None:
    try:
        event = Event.model_validate_json(json.dumps(altered(record, changes)))
    except ValueError:
        return  # it is refused before
    record = event.model_dump()
    if canonical_events.is_whole(record):
        assert normalise.complete(event, NamesAsWritten()) == []
        assert event.model_dump() == record


CHECKED_TOGETHER = {"_has_a_number", "_figures_are_within_limits", "_figure_ids_are_unique"}
"""The checks of models that `canonical_events` repeats, because they are about several keys at once."""

FORMS: list[tuple[str, str]] = [
    ("", ""), ('": ', '":'), (', "', ' , "'), ("{", "{ "), ("}", ", }"), ('"kind": ', '"kind": "report", "kind": '),
    ("a", r"\\u0061"), ("null", "NaN"), ('"note": null', '"note": "", "extra": null'), ('": "', '": " '), ("/", r"\\/"),
]  # fmt: skip
"""Regular expressions whose first match in a line is replaced, which makes another JSON text of it, or none."""

WRONG: list[tuple[str, Any]] = [
    ("kind", "Raid"), ("kind", "?"), ("status", "Draft"), ("title", " "), ("title", "\0"), ("title", 'a "b" \\ \n c'),
    ("date", "2023-02-30"), ("date", "../2023"), ("id", "a b"), ("summary", "x" * 100_001), ("tags", [" a"]),
    ("tags", [""]), ("tags", ["a" * 301]), ("countries", ["Laos"]), ("countries", ["??"]), ("low", 2**60), ("low", 1.0),
    ("low", 0.5), ("low", True), ("period", "x"), ("count", "new"), ("group", "WOMEN"), ("stated", " "),
    ("split", {"by": "nationality", "complete": True}), ("figures", [{}]), ("sources", [{}]), ("note", "\ud7ff\x7f"),
    ("dataset", {"name": "D", "disjoint": False}), ("linked_sites", ["A", "A"]), ("places", [{"name": "A"}]),
    ("links", [{"type": "repeats", "event": "e", "figure": None, "note": "n"}]),
]  # fmt: skip
"""Values that are wrong, or that are completed or written differently, and some that are right."""


@settings(max_examples=500, suppress_health_check=list(HealthCheck))
@given(
    strange_events(name, name, slug).map(whole) | st.sampled_from(MADE).map(deepcopy),
    st.lists(CHANGES | st.sampled_from(WRONG), max_size=2), st.sampled_from(FORMS), st.booleans(),
)  # fmt: skip
def test_what_is_read_as_canonical_is_what_models_read(
    record: Any, changes: list[tuple[str, Any]], form: tuple[str, str], is_twice: bool
) -> None:
    record = altered(record, changes)
    record["figures"] *= 1 + is_twice
    text = re.sub(*form, canonical.line(record), count=1)
    found = canonical_events.read(text)
    if found is not None:
        event = Event.model_validate_json(text)
        assert (event.model_dump(), event.line()) == (found, text)
        assert normalise.read_json(text) == found
        assert normalise.complete(event, NamesAsWritten()) == []
        assert event.model_dump() == found


def test_nothing_that_models_check_is_left_out() -> None:
    """The lines of exports are read as canonical, and the checks of whole parts are known."""
    assert all(canonical_events.read(canonical.line(one)) == one for one in MADE)
    (figure,) = MADE[0]["figures"]
    quoted = [MADE[0] | {"title": title} for title in ('A "raid"', "\\", "a\nb", "a\x7fb", "é ក")]
    split = [MADE[0] | {"figures": [figure | {"split": {"by": "nationality", "complete": None}}]}]
    assert all(canonical_events.read(canonical.line(one)) == one for one in [*quoted, *split])
    empty = [figure | dict.fromkeys(("low", "best", "high")) | {"stated": stated} for stated in (None, "", " ")]
    without_number = [MADE[0] | {"figures": [one]} for one in empty]
    assert not any(canonical_events.read(canonical.line(one)) for one in without_number)
    parts: list[type[Part]] = [Event, *Part.__subclasses__()]
    decorators = [part.__pydantic_decorators__ for part in parts if part not in {Record, Owner, SiteStatus}]
    assert {name for found in decorators for name in found.model_validators} == CHECKED_TOGETHER
    assert not any(found.field_validators or found.root_validators for found in decorators)


OTHERS: list[tuple[str, Any]] = [
    ("id", None), ("count", None), ("metric", "own"), ("province", "Kep"), ("nationality", "Lao"), ("stated_by", "Ñ"),
    ("part_of", "rescues"), ("of", ["rescues"]), ("group", "Women"),
]  # fmt: skip
LISTS: list[tuple[str, list[Any]]] = [
    ("provinces", ["Kampot", "Kampot"]), ("provinces", ["Poipet"]), ("nationalities", ["Thai", "Thai"]),
    ("sites", ["Gate", "Gate"]), ("places", [{"name": "Bavet"}]), ("actors", [{"name": "A", "role": "author"}] * 2),
]  # fmt: skip


def test_what_is_whole_and_what_is_not() -> None:
    """Were nothing whole, nothing would be fast, and the property above would say nothing."""
    is_whole: Any = canonical_events.is_whole
    assert all(map(is_whole, MADE))
    (figure,) = MADE[0]["figures"]
    others = [MADE[0] | {"figures": [figure | {key: value}]} for key, value in OTHERS]
    lists = [MADE[0] | {key: [*MADE[0][key], *value]} for key, value in LISTS]
    assert not any(map(is_whole, (*others, *lists, MADE[0] | {"id": None})))
