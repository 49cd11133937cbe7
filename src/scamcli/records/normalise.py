"""Normalise records: turn a record as it was given into a complete and validated record.

``import``, ``add`` and ``edit`` do this before the store writes. Names are replaced by those that the timeline uses,
provinces get their official names, and missing bounds are derived from the wording. Stated values are never changed,
and none are guessed. This module uses no database; it looks up names through `Known`.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING, Protocol

from pydantic import ValidationError

from scamcli.errors import DataError, quote, sentence
from scamcli.language import dates, gazetteer
from scamcli.language.countries import demonym
from scamcli.language.vocabulary import GROUPS, RENAMED_COUNTS
from scamcli.language.wording.bounds import UNKNOWN, Bounds
from scamcli.language.wording.currency import other_currency
from scamcli.language.wording.parsing import bounds_in, since
from scamcli.records import canonical, derivations, models, refusals
from scamcli.records.derivations import with_number
from scamcli.records.models import LARGEST, PRINTED_ONLY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scamcli.language.vocabulary import Metric
    from scamcli.records.derivations import Choice
    from scamcli.records.types import JsonObject

BOUNDS = frozenset({"low", "best", "high"})

_ARRAY_HINT = "Write one record per line: `jq -c '.[]'` turns an array into lines."

LISTS = ("sites", "linked_sites", "nationalities", "tags", "aliases", "positions", "member_of", "topics")
"""Keys of lists of names. A single name may be given without brackets."""


class Known(Protocol):
    """The actors, sites and metrics of the timeline."""

    def actor(self, name: str, *, outlet: bool = False) -> str:
        """Return the name that records use for an actor with this name or alias. Unknown actors are created."""

    def site(self, name: str) -> str:
        """Return the name that records use for a site with this name or alias. Unknown sites are created."""

    def metric(self, name: str) -> Metric | None:
        """Return what a metric counts, or ``None`` if it is unknown."""


def read_json(text: str) -> JsonObject:
    """Read one JSON object.

    Raises:
        DataError: the text is not JSON or not an object, repeats a key, or contains NaN.
    """
    hint = _ARRAY_HINT if text.lstrip().startswith("[") else ""
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
        # A text that equals its canonical form repeats no key. Checking every key for repetition would double the time.
        if not isinstance(value, dict) or canonical.line(value) != text:
            value = json.loads(text, object_pairs_hook=_refuse_repeated_keys, parse_constant=_refuse_constant)
    except RecursionError:
        raise DataError("This JSON is nested too deeply; expected one record.") from None
    except json.JSONDecodeError as error:
        raise DataError(f"This is not JSON: {error.msg} at column {error.colno}; expected an object.", hint) from None
    except ValueError as error:
        raise DataError(f"This is not JSON: {str(error)[:200]}; expected an object.") from None
    if not isinstance(value, dict):
        what = "an array" if isinstance(value, list) else "a single value"
        raise DataError(f"This is {what}; expected a JSON object, one record per line.", hint)
    return value


def is_text(text: str) -> bool:
    """Say whether a text can be stored, which means that it has no lone surrogate."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def parse(value: Mapping[str, object]) -> models.Record:
    """Validate an object as a record.

    Raises:
        DataError: a key, word, date or number is not valid; the message names up to five problems.
    """
    kind = value.get("type")
    model = models.RECORDS.get(kind) if isinstance(kind, str) else None
    if model is None:
        word = quote(str(kind)[:40].encode("utf-8", "replace").decode())
        given = f"There is no type {word}" if "type" in value else "There is no `type`"
        raise DataError(f"{given}; expected one of {', '.join(models.RECORDS)}.")
    try:
        record = model.model_validate(_input_of(value, model))
    except ValidationError as error:
        reasons = (refusals.reason(detail, model) for detail in error.errors(include_url=False)[:5])
        raise DataError(sentence(*_unique(reasons))) from None
    if isinstance(record, models.MetricRecord):
        record.count = RENAMED_COUNTS.get(record.count, record.count)
    return record


def _input_of(value: Mapping[str, object], model: type[models.Record]) -> JsonObject:
    """Drop the keys that output adds, and put single names into lists."""
    given = {key: one for key, one in value.items() if model is not models.Event or key not in PRINTED_ONLY}
    return given | {key: [given[key]] for key in LISTS if isinstance(given.get(key), str) and key in model.model_fields}


def complete(event: models.Event, known: Known) -> list[Choice]:
    """Complete an event in place: fill in names, provinces, bounds, counts and ids.

    Returns:
        The counts that were chosen for figures without one.

    Raises:
        DataError: a metric is unknown, or a figure refers to a figure that does not exist.
    """
    _places(event)
    for person in event.actors:
        _set(person, "name", known.actor(person.name))
    for source in event.sources:
        _set(source, "outlet", known.actor(source.outlet, outlet=True))
        _set(source, "via", known.actor(source.via, outlet=True) if source.via else None)
    _set(event, "sites", _unique(map(known.site, event.sites)))
    linked = _unique(map(known.site, event.linked_sites))
    _set(event, "linked_sites", [site for site in linked if site not in event.sites])
    for figure in event.figures:
        _figure(figure, event, known)
    _figure_ids(event)
    choices = choose_counts(event, known)
    _nationalities(event)
    if len(event.countries) == 1:
        for figure in event.figures:
            if figure.count == "incident" and "country" not in figure.model_fields_set:
                figure.country = event.countries[0]  # an incident is where its event is
    if len(event.actors) > 1:
        event.actors = list({(person.name, person.role): person for person in event.actors}.values())
    return choices


def _nationalities(event: models.Event) -> None:
    """Use demonyms, and add the nationalities of the figures to those of the event."""
    for figure in event.figures:
        if figure.nationality:
            _set(figure, "nationality", demonym(figure.nationality))
    of_figures = (figure.nationality for figure in event.figures if figure.nationality)
    _set(event, "nationalities", _unique([*map(demonym, event.nationalities), *of_figures]))


def _set(part: models.Part, key: str, value: object) -> None:
    """Assign a value only if it differs. Assigning is slow in pydantic, and most records of an import are complete."""
    if getattr(part, key) != value:
        setattr(part, key, value)


def _refuse_repeated_keys(pairs: list[tuple[str, object]]) -> JsonObject:
    value = dict(pairs)
    if len(value) < len(pairs):
        times = Counter(key for key, _ in pairs)
        repeated = max(times, key=lambda key: times[key])
        raise ValueError(f"the key {quote(repeated[:80])} occurs twice in one object")
    return value


def _refuse_constant(word: str) -> None:
    raise ValueError(f"{word} is not a JSON number")


def _unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _places(event: models.Event) -> None:
    """Use the official names of provinces, and fill in countries from provinces and places where they are missing."""
    found = [_place_named(name, event, None) for name in event.provinces]
    for figure in event.figures:
        if figure.province:
            place = _place_named(figure.province, event, figure.country)
            found.append(place)
            _set(figure, "province", place.province)
            _set(figure, "country", figure.country or place.country)
            _require_country("A figure", figure.country, place)
    for one in event.places:
        division = _division_of(one)
        if division is not None:
            one.province, one.country = division.province, one.country or division.country
            _require_country(quote(one.name), one.country, division)
            found.append(division)
    _set(event, "provinces", _unique(place.province for place in found))
    if "countries" not in event.model_fields_set:
        parts = (part.country for part in (*found, *event.places, *event.figures) if part.country)
        _set(event, "countries", _unique(parts))


def _place_named(written: str, event: models.Event, country: str | None) -> gazetteer.Place:
    """Return the place that is given as a province. A town becomes a place of the event.

    A name that several provinces have is the one in this country, or in the only country of the event.
    """
    place: gazetteer.Place | None = gazetteer.at_home(written)
    if place is None and (country or len(event.countries) == 1):
        place = gazetteer.resolve(written, country or event.countries[0])
    place = place or gazetteer.resolve(written)
    if place is None:
        options = "; ".join(gazetteer.candidates(written))
        raise DataError(f"{quote(written[:80])} is the name of several provinces.", f"Use one of: {options}.")
    if isinstance(place, gazetteer.Town) and place.name not in {other.name for other in event.places}:
        town = models.Place(name=place.name, country=place.country, province=place.province, precision="town")
        event.places.append(town)
    return place


def _division_of(place: models.Place) -> gazetteer.Place | None:
    """Return the division or town that says where a place lies: its province, its division abroad, or its name."""
    if place.province:
        return gazetteer.resolve(place.province) or gazetteer.resolve(place.province, place.country)
    if place.country in {None, "KH"} and (found := gazetteer.at_home(place.name)) is not None:
        return found
    if "province" in place.model_fields_set:
        return None
    in_division = gazetteer.resolve(place.admin1, place.country) if place.admin1 and place.country else None
    return in_division or gazetteer.town(place.name, place.country)


def _require_country(what: str, country: str | None, place: gazetteer.Place) -> None:
    if country != place.country:
        raise DataError(f"{what} cannot be in {country} and in {place.province}.", "Correct one of the two.")


def _figure(figure: models.Figure, event: models.Event, known: Known) -> None:
    metric = known.metric(figure.metric)
    if metric is None:
        hint = (
            "`scamcli schema --vocabulary` lists the metrics. To define your own, import a record such as"
            f""" `{{"type": "metric", "name": {json.dumps(figure.metric[:80])}, "unit": "people"}}`."""
        )
        raise DataError(f"No metric {quote(figure.metric[:80])}.", hint)
    if figure.stated:
        if metric.unit.isupper() and "unit" not in figure.model_fields_set:
            _set(figure, "unit", other_currency(figure.stated, metric.unit, [figure.country or ""], event.countries))
        absent = BOUNDS - figure.model_fields_set
        derived = _derived(figure.stated, figure.unit or metric.unit, metric) if absent else None
        for bound in absent:
            setattr(figure, bound, _in_range(getattr(derived, bound), figure))
        _running_total(figure, event, metric)
    if figure.group and figure.group.lower() in GROUPS:
        _set(figure, "group", figure.group.lower())
    if figure.stated_by:
        outlet = any(figure.stated_by == source.outlet for source in event.sources)
        _set(figure, "stated_by", known.actor(figure.stated_by, outlet=outlet))
        if figure.stated_by not in {person.name for person in event.actors}:
            event.actors.append(models.Participant(name=figure.stated_by, role="author" if outlet else "speaker"))


def choose_counts(event: models.Event, known: Known) -> list[Choice]:
    """Set missing counts of figures, and return these and the counts that were given under an earlier name."""
    found = []
    for figure in event.figures:
        if figure.count in RENAMED_COUNTS:
            figure.count = RENAMED_COUNTS[figure.count]
            found.append(derivations.Choice(figure.metric, figure.count, derivations.RENAMED))
    missing = [figure for figure in event.figures if figure.count is None]
    by_id = {figure.id: figure for figure in event.figures} if missing else {}
    for figure in missing:
        whole = _whole(figure, by_id)
        metric = known.metric(whole.metric)
        if whole.count is None and metric is not None:
            choice = derivations.choose(whole.metric, metric.count, event.kind, event.date, whole.period)
            whole.count = choice.count
            found.append(choice)
        figure.count = whole.count
    return found


def _whole(figure: models.Figure, by_id: Mapping[str | None, models.Figure]) -> models.Figure:
    """Return the figure that decides the count of a figure without one: its whole, or the figure itself.

    Parts of a running total are running totals, and parts of an incident are incidents, unless a part has a period.
    """
    met = [figure]
    while figure.count is None and figure.period is None and figure.part_of:
        whole = by_id.get(figure.part_of)
        if whole is None or whole.metric != figure.metric or whole in met:
            break
        met.append(whole)
        figure = whole
    return figure


def _derived(stated: str, unit: str, metric: Metric) -> Bounds:
    """Return the bounds of a wording. There are no fewer than no people, so "-5" gives none."""
    derived = bounds_in(stated, unit)
    is_negative = any(bound is not None and bound < 0 for bound in derived)
    return UNKNOWN if is_negative and not metric.has_negatives(unit) else derived


def _in_range(value: float | None, figure: models.Figure) -> float | None:
    if value is not None and abs(value) > LARGEST:
        stated = quote((figure.stated or "")[:80])
        raise DataError(f"The figure {stated} is out of range; expected a number up to 2^53.")
    return value


def _running_total(figure: models.Figure, event: models.Event, metric: Metric) -> None:
    """Set the count and period of a running total stated on the day of the event: "more than 600 since 18 August"."""
    if {"period", "count"} & figure.model_fields_set:
        return
    if (start := since(figure.stated or "")) is None:
        return
    stated_on = dates.parse_date(event.date)
    if stated_on.end is not None and stated_on.start == stated_on.end:
        day = dates.iso(stated_on.end)
        period: str | None = f"{_with_year(start, day)}/{day}"
    else:
        period = None if start.startswith("--") else f"{start}/.."
    with suppress(ValueError):  # 29 February of a common year, or an end before its start, is not a date
        if period is not None and dates.parse_date(period):
            figure.period = period
            figure.count = metric.count if metric.count in {"none", "stock"} else "cumulative"


def _with_year(start: str, day: str) -> str:
    """Add the year to a date without one, so that it lies within the year before the day of the statement."""
    if not start.startswith("--"):
        return start
    this_year = f"{day[:4]}{start[1:]}"
    return this_year if this_year <= day else f"{int(day[:4]) - 1:04}{start[1:]}"


def _figure_ids(event: models.Event) -> None:
    taken = {figure.id for figure in event.figures}
    for figure in event.figures:
        if figure.id is None:
            numbered = (with_number(figure.metric, number) for number in count(1))
            figure.id = next(id_ for id_ in numbered if id_ not in taken)
            taken.add(figure.id)
    for figure in event.figures:
        for other in [figure.part_of, *(figure.of or [])]:
            if other is not None and other not in taken:
                raise DataError(
                    f"Figure {quote(str(figure.id))} refers to figure {quote(other)}, which this event does not have."
                )
