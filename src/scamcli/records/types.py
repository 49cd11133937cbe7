"""Types of records as plain dictionaries, the form in which packages exchange them.

Each has exactly the keys of the model of the same name in `scamcli.records.models`, which validates it. A record that
has been validated has every key; JSON that has not been validated is a `JsonObject`.
"""

from __future__ import annotations

from typing import Literal, TypedDict

JsonObject = dict[str, object]
"""A JSON object from outside that has not been validated."""


class ParticipantDict(TypedDict):
    """An actor of an event, and its role."""

    name: str
    role: str


class PlaceDict(TypedDict):
    """A town, or a place outside Cambodia. Latitude and longitude are degrees (WGS 84)."""

    name: str
    country: str | None
    admin1: str | None
    province: str | None
    lat: float | None
    lon: float | None
    precision: str | None


class SplitDict(TypedDict):
    """What a whole is divided by, and whether its parts are complete."""

    by: str
    complete: bool | None


class FigureDict(TypedDict):
    """A number that somebody stated, with its bounds."""

    id: str | None
    metric: str
    unit: str | None
    stated: str | None
    low: float | None
    best: float | None
    high: float | None
    country: str | None
    province: str | None
    nationality: str | None
    group: str | None
    period: str | None
    count: str | None
    stated_by: str | None
    part_of: str | None
    split: SplitDict | None
    of: list[str] | None
    note: str | None


class SourceDict(TypedDict):
    """Who published an event, where and when."""

    outlet: str
    title: str | None
    author: str | None
    url: str | None
    published: str | None
    passage: str | None
    archived: str | None
    accessed: str | None
    via: str | None


class LinkDict(TypedDict):
    """How an event relates to an earlier one."""

    type: str
    event: str
    figure: str | None
    note: str | None


class DataSetDict(TypedDict):
    """The table that an event is a row of. If it is disjoint, each row is a different incident."""

    name: str
    disjoint: bool


class EventDict(TypedDict):
    """One dated entry of a timeline."""

    type: Literal["event"]
    id: str
    date: str
    kind: str
    title: str
    summary: str | None
    status: str
    actors: list[ParticipantDict]
    provinces: list[str]
    places: list[PlaceDict]
    sites: list[str]
    linked_sites: list[str]
    countries: list[str]
    nationalities: list[str]
    tags: list[str]
    figures: list[FigureDict]
    sources: list[SourceDict]
    links: list[LinkDict]
    dataset: DataSetDict | None
    note: str | None


class HitDict(EventDict):
    """An event that a search found.

    ``start`` and ``end`` are ISO days; ``end`` is ``None`` if the date has no last day.
    """

    start: str
    end: str | None
    match: Literal["certain", "possible"]


class WholeEventDict(HitDict):
    """An event as `show` prints it, with the digest of its record."""

    digest: str


class ActorDict(TypedDict):
    """A person, body, company, outlet or gang."""

    type: Literal["actor"]
    name: str
    kind: str | None
    aliases: list[str]
    positions: list[str]
    member_of: list[str]
    topics: list[str]
    protected: bool
    note: str | None


class OwnerDict(TypedDict):
    """A claim about who owns a site."""

    name: str
    stated_by: str | None
    outlet: str | None
    event: str | None
    note: str | None


class OperatorDict(OwnerDict):
    """A claim about who runs a site."""


class SiteStatusDict(TypedDict):
    """A claim about the state of a site at a time (EDTF)."""

    status: str
    date: str | None
    stated_by: str | None
    outlet: str | None
    event: str | None
    note: str | None


class SiteDict(TypedDict):
    """A compound, casino, hotel or zone."""

    type: Literal["site"]
    name: str
    kind: str | None
    country: str | None
    province: str | None
    place: str | None
    lat: float | None
    lon: float | None
    precision: str | None
    aliases: list[str]
    owners: list[OwnerDict]
    operators: list[OperatorDict]
    statuses: list[SiteStatusDict]
    note: str | None


class MetricDict(TypedDict):
    """A metric that is not built in."""

    type: Literal["metric"]
    name: str
    unit: str | None
    split: str | None
    count: str
    about: str | None
