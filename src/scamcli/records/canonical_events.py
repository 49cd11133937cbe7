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
from scamcli.language.vocabulary import COUNTS, GROUPS, METRICS
from scamcli.records import canonical, limits
from scamcli.records.models import Event, Part

if TYPE_CHECKING:
    from collections.abc import Callable

    from scamcli.records.types import EventDict, FigureDict, SourceDict


def read(text: str) -> EventDict | None:
    """Return the record of an event if its JSON is canonical and `normalise.complete` would not change it.

    Whether its actors and sites are known is not checked. ``None`` says nothing about whether the event is valid.
    """
    try:
        record: EventDict = _validator().validate_json(text)
    except ValidationError:
        return None
    return record if _line(record, text) == text and is_whole(record) else None


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


def _line(record: EventDict, text: str) -> str:
    """Return the canonical JSON of an event that was read from a text.

    If the text has no backslash, no string in it needs one. Then formatting takes half as long as the encoder.
    """
    if "\\" in text:
        return canonical.line(record)
    actors = [f'{{"name": "{one["name"]}", "role": "{one["role"]}"}}' for one in record["actors"]]
    return (
        f'{{"type": "event", "id": {_text(record["id"])}, "date": "{record["date"]}", "kind": "{record["kind"]}",'
        f' "title": "{record["title"]}", "summary": {_text(record["summary"])}, "status": "{record["status"]}",'
        f' "actors": [{", ".join(actors)}], "provinces": {_texts(record["provinces"])},'
        f' "places": {_other(record["places"])}, "sites": {_texts(record["sites"])},'
        f' "linked_sites": {_texts(record["linked_sites"])}, "countries": {_texts(record["countries"])},'
        f' "nationalities": {_texts(record["nationalities"])}, "tags": {_texts(record["tags"])},'
        f' "figures": [{", ".join(map(_figure_line, record["figures"]))}],'
        f' "sources": [{", ".join(map(_source_line, record["sources"]))}], "links": {_other(record["links"])},'
        f' "dataset": {_other(record["dataset"])}, "note": {_text(record["note"])}}}'
    )


def _figure_line(one: FigureDict) -> str:
    return (
        f'{{"id": {_text(one["id"])}, "metric": "{one["metric"]}", "unit": {_text(one["unit"])},'
        f' "stated": {_text(one["stated"])}, "low": {_number(one["low"])}, "best": {_number(one["best"])},'
        f' "high": {_number(one["high"])}, "country": {_text(one["country"])}, "province": {_text(one["province"])},'
        f' "nationality": {_text(one["nationality"])}, "group": {_text(one["group"])},'
        f' "period": {_text(one["period"])}, "count": {_text(one["count"])}, "stated_by": {_text(one["stated_by"])},'
        f' "part_of": {_text(one["part_of"])}, "split": {_other(one["split"])}, "of": {_other(one["of"])},'
        f' "note": {_text(one["note"])}}}'
    )


def _source_line(one: SourceDict) -> str:
    return (
        f'{{"outlet": "{one["outlet"]}", "title": {_text(one["title"])}, "author": {_text(one["author"])},'
        f' "url": {_text(one["url"])}, "published": {_text(one["published"])}, "passage": {_text(one["passage"])},'
        f' "archived": {_text(one["archived"])}, "accessed": {_text(one["accessed"])}, "via": {_text(one["via"])}}}'
    )


def _text(value: str | None) -> str:
    return "null" if value is None else f'"{value}"'


def _texts(values: list[str]) -> str:
    listed = '", "'.join(values)
    return f'["{listed}"]' if values else "[]"


def _number(value: float | None) -> str:
    return "null" if value is None else repr(value)


def _other(value: object) -> str:
    return "[]" if value == [] else "null" if value is None else canonical.json_of(value)


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
