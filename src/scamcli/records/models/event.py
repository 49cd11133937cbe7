"""One dated entry of the timeline, with its figures, sources and links."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from scamcli.language import dates, vocabulary
from scamcli.records.models.base import Date, Degrees, Id, Name, Names, Number, OneOf, Part, Record, Text
from scamcli.records.models.entities import ProvinceName

PRINTED_ONLY = frozenset({"start", "end", "match", "digest"})
"""Keys that output adds to an event; on the way in they are ignored, so that output can be piped back."""


def _dated(text: str) -> str:
    if dates.parse_date(text).start is None:
        raise PydanticCustomError("date", "{text} has no first day; an event needs one", {"text": repr(text)})
    return text


def _said(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank", "nothing but space; expected some words")
    return text


Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class Participant(Part):
    """An actor of an event, and its part in it."""

    name: Name
    role: Annotated[str, OneOf(vocabulary.ROLES)] = "mentioned"


class Place(Part):
    """A town, or a place outside Cambodia."""

    name: Name
    country: Country | None = None
    """ISO 3166-1 alpha-2."""
    admin1: Name | None = None
    """First-level division, outside Cambodia."""
    province: ProvinceName | None = None
    lat: Annotated[Degrees, Field(ge=-90, le=90)] | None = None
    """Degrees, WGS 84."""
    lon: Annotated[Degrees, Field(ge=-180, le=180)] | None = None
    """Degrees, WGS 84."""
    precision: Annotated[str, OneOf(vocabulary.PRECISIONS)] | None = None


class Split(Part):
    """That a figure is a whole: by what its parts divide it, and whether they are all there."""

    by: Annotated[str, OneOf(vocabulary.SPLITS)]
    complete: bool | None = None
    """``null``: the source does not say."""


class Figure(Part):
    """One number that somebody stated."""

    id: Id | None = None
    """Unique in its event; by default the metric's name, numbered."""
    metric: Name
    unit: Name | None = None
    """``null`` is the metric's own."""
    stated: Text | None = None
    """The number in the words of the source."""
    low: Number | None = None
    best: Number | None = None
    high: Number | None = None
    province: ProvinceName | None = None
    nationality: Name | None = None
    group: Name | None = None
    """Whom it counts, as the source says: a plural in lower case."""
    period: Date | None = None
    """EDTF: the days that it covers."""
    count: Annotated[str, OneOf(vocabulary.COUNTS)] | None = None
    stated_by: Name | None = None
    """Who said the number: one of the event's actors."""
    part_of: Id | None = None
    """The figure of this event that is its whole."""
    split: Split | None = None
    of: list[Id] | None = None
    """For a change: before, after. For a share: whole, or part and whole."""
    note: Text | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.stated or "").strip() and self.low is None and self.best is None and self.high is None:
            raise PydanticCustomError(
                "figure", "a figure with neither wording nor number; expected `stated` or a bound"
            )
        return self


class Source(Part):
    """Who published it, where, when, and the passage."""

    outlet: Name
    title: Text | None = None
    url: Text | None = None
    published: Date | None = None
    passage: Text | None = None
    archived: Text | None = None
    accessed: Date | None = None
    via: Name | None = None
    """The publication through which it was seen: one original, not two."""


class Link(Part):
    """How an event bears on an earlier one."""

    type: Annotated[str, OneOf(vocabulary.LINK_TYPES)]
    event: Id
    figure: Id | None = None
    note: Text | None = None


class Event(Record):
    """One dated entry of the timeline."""

    type: Literal["event"] = "event"
    id: Id | None = None
    """Public and permanent; given on the way in when there is none."""
    date: Annotated[Date, AfterValidator(_dated)]
    """EDTF."""
    kind: Annotated[str, OneOf(vocabulary.EVENT_KINDS)]
    title: Annotated[Text, AfterValidator(_said)]
    summary: Text | None = None
    status: Annotated[str, OneOf(vocabulary.STATUSES)] = "reviewed"
    actors: list[Participant] = Field(default_factory=list)
    provinces: list[ProvinceName] = Field(default_factory=list)
    places: list[Place] = Field(default_factory=list)
    sites: Names = Field(default_factory=list)
    countries: list[Country] = Field(default_factory=list)
    """ISO 3166-1 alpha-2: where it happened."""
    nationalities: Names = Field(default_factory=list)
    """English demonyms."""
    tags: Names = Field(default_factory=list)
    figures: list[Figure] = Field(default_factory=list)
    sources: list[Source] = Field(default_factory=list)
    links: list[Link] = Field(default_factory=list)
    note: Text | None = None

    @model_validator(mode="after")
    def _one_figure_an_id(self) -> Self:
        seen: set[str] = set()
        for figure in self.figures:
            if figure.id in seen:
                raise PydanticCustomError("figure", "two figures with the id {id}", {"id": repr(figure.id)})
            if figure.id:
                seen.add(figure.id)
        return self


class Hit(Event):
    """An event that a search found, with its days and how surely it matches."""

    start: str
    """Its first day, ISO 8601."""
    end: str | None
    """Its last day; ``None`` where the end is open."""
    match: Literal["certain", "possible"]
