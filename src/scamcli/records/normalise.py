"""A record as it was given in, a whole record out: what ``import``, ``add`` and ``edit`` do before the store writes.

Names become the names that the timeline knows, provinces the gazetteer's, absent bounds those of the wording; nothing
that was said is changed or guessed. It has no database: what it must know of one it asks of ``Known``.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import ValidationError

from scamcli import figures
from scamcli.errors import DataError
from scamcli.language import dates, gazetteer, names
from scamcli.language.vocabulary import METRICS
from scamcli.records import canonical
from scamcli.records.models import (
    RECORDS,
    Event,
    Figure,
    Link,
    Owner,
    Part,
    Participant,
    Place,
    Record,
    Site,
    Source,
    Split,
)
from scamcli.records.models.base import LARGEST, NO_NUL
from scamcli.records.models.event import PRINTED_ONLY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scamcli.language.vocabulary import Metric

BOUNDS = frozenset({"low", "best", "high"})

LISTS = ("sites", "nationalities", "tags", "aliases", "positions", "member_of", "topics")
"""Keys that hold several names; one alone may be given without its brackets."""


class Known(Protocol):
    """What the timeline already knows."""

    def actor(self, name: str, *, outlet: bool = False) -> str:
        """The actor's own name, from its name or an alias; one that is not known is made."""

    def site(self, name: str) -> str:
        """The site's own name, likewise."""

    def metric(self, name: str) -> Metric | None:
        """What this metric counts, or ``None``."""


def read_json(text: str) -> dict[str, Any]:
    """One JSON object.

    Raises:
        DataError: it is not JSON, no object, says a key twice, or holds NaN.
    """
    try:
        value = json.loads(text, parse_constant=_no_constant)
        if not isinstance(value, dict) or canonical.line(value) != text:  # as it is written, no key stands twice
            value = json.loads(text, object_pairs_hook=_no_key_twice, parse_constant=_no_constant)
    except RecursionError:
        raise DataError("JSON nested too deeply; expected one record") from None
    except json.JSONDecodeError as error:
        hint = "one record a line; `jq -c '.[]'` turns an array into lines" if text.lstrip().startswith("[") else ""
        raise DataError(f"not JSON: {error.msg} at column {error.colno}; expected an object", hint) from None
    except ValueError as error:
        raise DataError(f"not JSON: {str(error)[:200]}; expected an object") from None
    if not isinstance(value, dict):
        what = "an array" if isinstance(value, list) else "a bare value"
        hint = "one record a line; `jq -c '.[]'` turns an array into lines" if isinstance(value, list) else ""
        raise DataError(f"{what}; expected a JSON object, one record a line", hint)
    return value


def is_text(text: str) -> bool:
    """Whether a text can be stored: without half of a surrogate pair."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def parse(value: dict[str, Any]) -> Record:
    """The record that an object holds.

    Raises:
        DataError: a key, word, date or number in it cannot be taken; the message names each.
    """
    kind = value.get("type")
    model = RECORDS.get(kind) if isinstance(kind, str) else None
    if model is None:
        given = f"type {str(kind)[:40].encode('utf-8', 'replace').decode()!r}" if "type" in value else "no `type`"
        raise DataError(f"{given}; expected one of {', '.join(RECORDS)}")
    try:
        return model.model_validate(_bare(value, model))
    except ValidationError as error:
        raise DataError("; ".join(_reasons(error, model))) from None


def _bare(value: dict[str, Any], model: type[Record]) -> dict[str, Any]:
    """A record without what output adds, and with its lists as lists."""
    if model is Event:
        value = {key: one for key, one in value.items() if key not in PRINTED_ONLY}
    return value | {key: [value[key]] for key in LISTS if isinstance(value.get(key), str) and key in model.model_fields}


def complete(event: Event, known: Known) -> Event:
    """The whole event: every name, province, bound and id filled in.

    Raises:
        DataError: a metric that nobody knows, or a part of a figure that is not there.
    """
    _places(event)
    for person in event.actors:
        _set(person, "name", known.actor(person.name))
    for source in event.sources:
        _set(source, "outlet", known.actor(source.outlet, outlet=True))
        _set(source, "via", known.actor(source.via, outlet=True) if source.via else None)
    _set(event, "sites", _unique(known.site(site) for site in event.sites))
    for figure in event.figures:
        _figure(figure, event, known)
    _figure_ids(event)
    _count_as_wholes(event)
    said = (figure.nationality for figure in event.figures if figure.nationality)
    _set(event, "nationalities", _unique([*event.nationalities, *said]))
    if event.provinces and "countries" not in event.model_fields_set:
        event.countries = ["KH"]
    if len(event.actors) > 1:
        event.actors = list({(person.name, person.role): person for person in event.actors}.values())
    return event


def _set(part: Part, key: str, value: Any) -> None:
    """Change what differs: to assign costs as much as to check, and most of a million records are whole."""
    if getattr(part, key) != value:
        setattr(part, key, value)


def is_whole(record: Mapping[str, Any]) -> bool:
    """Whether `complete` would leave an event as it is, where all of its keys were given; unsure is no.

    Args:
        record: as the model gives it. That its names are known is not looked at.
    """
    provinces, nationalities = record["provinces"], record["nationalities"]
    if record["places"] or record["id"] is None or not gazetteer.province_names().issuperset(provinces):
        return False
    if any(len(set(listed)) < len(listed) for listed in (provinces, nationalities, record["sites"])):
        return False
    people = {person["name"] for person in record["actors"]}
    return len(people) == len(record["actors"]) and all(
        figure["metric"] in METRICS
        and figure["id"]
        and figure["count"]
        and (not figure["province"] or figure["province"] in provinces)
        and (not figure["nationality"] or figure["nationality"] in nationalities)
        and (not figure["stated_by"] or figure["stated_by"] in people)
        and not figure["part_of"]
        and not figure["of"]
        for figure in record["figures"]
    )


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        times = Counter(key for key, _ in pairs)
        twice = max(times, key=lambda key: times[key])
        raise ValueError(f"the key {twice[:80]!r} stands twice in one object")
    return value


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is no number of JSON")


def _reasons(error: ValidationError, model: type[Record]) -> Iterable[str]:
    for detail in error.errors(include_url=False)[:5]:
        path = ""
        for step in detail["loc"]:
            path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else str(step)
        path = re.sub(r"\.(int|float|function-[^.]*|constrained-str)\b.*$", "", path)
        if detail["type"] == "extra_forbidden":
            key = str(detail["loc"][-1])
            near = [other for other in names.suggest(key, _keys(model)) if other != key]
            yield f"unknown key `{path[:120]}`" + (f"; did you mean `{near[0]}`?" if near else "")
        elif detail["type"] == "missing":
            yield f"`{path}` is missing"
        else:
            message = _message(detail)
            yield f"`{path}`: {message}" if path else message


def _message(detail: Any) -> str:
    """What is wrong and what was expected, the nearest word first; only of the few that are said."""
    given = detail["input"]
    if detail["type"] == "one_of" and isinstance(given, str):
        words = detail["ctx"]["words"]
        return f"{given[:80]!r} is not known; expected {', '.join(names.suggest(given, words) or words)}"
    if detail["type"] == "one_of":
        return "Input should be a valid string"
    if detail["type"] == "string_unicode":
        return "half of a surrogate pair; expected valid Unicode"
    if detail["type"] == "string_pattern_mismatch" and detail["ctx"]["pattern"] == NO_NUL:
        return "a NUL character; expected text"
    if detail["type"] == "province":
        near = ", ".join(gazetteer.suggest_provinces(given)) or "one of the 25, such as Kandal or KH-8"
        return f"{detail['msg']}; expected {near}"
    return str(detail["msg"])


def _keys(model: type[Record]) -> list[str]:
    parts = (Owner,) if model is Site else (Participant, Place, Figure, Split, Source, Link) if model is Event else ()
    return [key for part in (model, *parts) for key in part.model_fields]


def _unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _places(event: Event) -> None:
    written = [*event.provinces, *(figure.province for figure in event.figures if figure.province)]
    provinces = [_official(name, event) for name in written]
    for figure in event.figures:
        _set(figure, "province", _official(figure.province, event) if figure.province else None)
    for place in event.places:
        found = gazetteer.resolve(place.province or place.name) if place.country in {None, "KH"} else None
        if found is not None:
            place.country = "KH"
            place.province = found.province if isinstance(found, gazetteer.Town) else found.name
            provinces.append(place.province)
    _set(event, "provinces", _unique(provinces))


def _official(written: str, event: Event) -> str:
    found = gazetteer.resolve(written)
    if isinstance(found, gazetteer.Town):
        if found.name not in {place.name for place in event.places}:
            event.places.append(Place(name=found.name, country="KH", province=found.province, precision="town"))
        return found.province
    return found.name if found else written


def _figure(figure: Figure, event: Event, known: Known) -> None:
    metric = known.metric(figure.metric)
    if metric is None:
        raise DataError(f"unknown metric {figure.metric[:80]!r}", "`scamcli schema --vocabulary` lists the metrics")
    if figure.stated:
        absent = BOUNDS - figure.model_fields_set
        said = figures.bounds_in(figure.stated, figure.unit or metric.unit) if absent else None
        for bound in absent:
            setattr(figure, bound, _in_range(getattr(said, bound), figure))
        _since(figure, event, metric)
    _set(figure, "count", figure.count or metric.count)
    if figure.stated_by:
        outlet = any(figure.stated_by == source.outlet for source in event.sources)
        _set(figure, "stated_by", known.actor(figure.stated_by, outlet=outlet))
        if figure.stated_by not in {person.name for person in event.actors}:
            event.actors.append(Participant(name=figure.stated_by, role="author" if outlet else "speaker"))


def _count_as_wholes(event: Event) -> None:
    """A part that does not say how it counts does so as its whole: the parts of a running total run as well."""
    by_id = {figure.id: figure for figure in event.figures}
    for figure in event.figures:
        whole = by_id.get(figure.part_of) if figure.part_of else None
        if whole is not None and whole.metric == figure.metric and not {"count", "period"} & figure.model_fields_set:
            figure.count = whole.count


def _in_range(value: float | None, figure: Figure) -> float | None:
    if value is not None and abs(value) > LARGEST:
        raise DataError(f"figure {(figure.stated or '')[:80]!r} is out of range; expected a number up to 2^53")
    return value


def _since(figure: Figure, event: Event, metric: Metric) -> None:
    """A running total, said on the event's day: "more than 600 since 18 August"."""
    if {"period", "count"} & figure.model_fields_set:
        return  # what was given stays
    start = figures.since(figure.stated or "")
    if start is None:
        return
    said = dates.parse_date(event.date)
    if said.end is not None and said.start == said.end:
        day = dates.iso(said.end)
        period: str | None = f"{_with_year(start, day)}/{day}"
    else:
        period = None if start.startswith("--") else f"{start}/.."
    if period is not None and _is_date(period):
        figure.period = period
        figure.count = "none" if metric.count == "none" else "cumulative"


def _is_date(text: str) -> bool:
    """Whether a date that was put together is one: not 29 February of another year, not a start after the end."""
    try:
        dates.parse_date(text)
    except ValueError:
        return False
    return True


def _with_year(start: str, day: str) -> str:
    """A date without its year, in the year up to the day on which it was said."""
    if not start.startswith("--"):
        return start
    this_year = f"{day[:4]}{start[1:]}"
    return this_year if this_year <= day else f"{int(day[:4]) - 1:04}{start[1:]}"


def _figure_ids(event: Event) -> None:
    taken = {figure.id for figure in event.figures}
    for figure in event.figures:
        if figure.id is None:
            number, wanted = 1, figure.metric
            while wanted in taken:
                number += 1
                wanted = f"{figure.metric}-{number}"
            figure.id = wanted
            taken.add(wanted)
    for figure in event.figures:
        for other in [figure.part_of, *(figure.of or [])]:
            if other is not None and other not in taken:
                raise DataError(f"figure {figure.id!r} refers to the figure {other!r}, which this event has not")
