"""Validate events that are complete and in canonical form, in half the time that models and their JSON take.

Most events of an import come from our own exports. Only an event whose JSON is exactly its canonical form is accepted
here; the caller handles all others with the models, which also explain what is wrong.
"""

from __future__ import annotations

from functools import cache
from types import GenericAlias, UnionType
from typing import TYPE_CHECKING, Annotated, Union, cast, get_args, get_origin

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config
from typing_extensions import TypedDict

from scamcli.language import gazetteer
from scamcli.language.countries import demonym
from scamcli.language.vocabulary import COUNTS, GROUPS, METRICS
from scamcli.records import canonical, limits
from scamcli.records.models import Event, Part

if TYPE_CHECKING:
    from collections.abc import Callable

    from scamcli.records.types import EventDict, FigureDict


def read(text: str) -> EventDict | None:
    """Return the record of an event if its JSON is canonical and `normalise.complete` would not change it.

    Whether its actors and sites are known is not checked. ``None`` says nothing about whether the event is valid.
    """
    try:
        record: EventDict = _validator().validate_json(text)
    except ValidationError:
        return None
    return record if canonical.line(record) == text and is_whole(record) else None


def is_whole(record: EventDict) -> bool:
    """Say whether `normalise.complete` would certainly not change an event that has valid keys, or refuse it.

    This includes what the models check about several keys at once.
    """
    provinces, nationalities, figures = record["provinces"], record["nationalities"], record["figures"]
    people = {person["name"] for person in record["actors"]}
    if (
        record["places"]
        or record["id"] is None
        or not gazetteer.province_names().issuperset(provinces)
        or _repeats(provinces)
        or _repeats(nationalities)
        or any(demonym(one) != one for one in nationalities)
        or _repeats([*record["sites"], *record["linked_sites"]])
        or len(people) < len(record["actors"])
        or (len(figures) > 1 and not _are_together_valid(figures))
    ):
        return False
    for figure in figures:
        province, nationality, speaker = figure["province"], figure["nationality"], figure["stated_by"]
        if (
            not _is_whole(figure)
            or (province and province not in provinces)
            or (nationality and nationality not in nationalities)
            or (speaker and speaker not in people)
        ):
            return False
    return True


def _are_together_valid(figures: list[FigureDict]) -> bool:
    return len(figures) <= limits.value("figures") and not _repeats([str(figure["id"]) for figure in figures])


def _repeats(values: list[str]) -> bool:
    return len(values) > 1 and len(set(values)) < len(values)


def _is_whole(figure: FigureDict) -> bool:
    group = figure["group"]
    return bool(
        figure["metric"] in METRICS
        and figure["id"]
        and figure["count"] in COUNTS
        and (not figure["province"] or figure["country"] == "KH")
        and (not group or group in GROUPS or group.lower() not in GROUPS)
        and not figure["part_of"]
        and not figure["of"]
        and _has_a_number(figure)
    )


def _has_a_number(figure: FigureDict) -> bool:
    bounds = figure["low"], figure["best"], figure["high"]
    return bounds != (None, None, None) or bool((figure["stated"] or "").strip())


@cache
def _validator() -> TypeAdapter[EventDict]:
    return cast("TypeAdapter[EventDict]", TypeAdapter(_dictionary(Event)))


def _dictionary(model: type[Part]) -> type:
    """Return a typed dictionary with the keys of a model, all of them required, whose values are checked alike."""
    fields = {
        name: Annotated[_plain(field.annotation), *field.metadata] if field.metadata else _plain(field.annotation)
        for name, field in model.model_fields.items()
    }
    make = cast("Callable[[str, dict[str, object]], type]", TypedDict)
    return with_config(ConfigDict(extra="forbid", strict=True))(make(model.__name__, fields))


def _plain(annotation: object) -> object:
    """Return a type with typed dictionaries in place of models."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return _dictionary(annotation)
    inner = tuple(map(_plain, get_args(annotation)))
    if get_origin(annotation) is list:
        return GenericAlias(list, inner)
    if get_origin(annotation) in (Union, UnionType):
        return Union.__getitem__(inner)
    return annotation
