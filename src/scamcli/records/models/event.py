"""One dated entry of the timeline, with its figures, sources and links."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from scamcli.language import dates, vocabulary
from scamcli.records.models.base import Date, Degrees, Id, Name, Names, Number, OneOf, Part, Record, Text
from scamcli.records.models.entities import ProvinceName

PRINTED_ONLY = frozenset({"start", "end", "match", "digest"})
"""Keys that output adds to an event. Input ignores them, so that output can be piped back."""

COUNTRY_PATTERN = r"^[A-Z]{2}$"


def _dated(text: str) -> str:
    if dates.parse_date(text).start is None:
        raise PydanticCustomError("date", "{text} has no first day; an event needs one", {"text": repr(text)})
    return text


def _upper(text: object) -> object:
    return text.upper() if isinstance(text, str) and len(text) == 2 else text


def _not_blank(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank", "is blank; expected some words")
    return text


Country = Annotated[str, BeforeValidator(_upper), StringConstraints(pattern=COUNTRY_PATTERN)]


class Participant(Part):
    """An actor of an event, and its role."""

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
    """Marks a figure as a whole: what its parts are divided by, and whether all parts are given."""

    by: Annotated[str, OneOf(vocabulary.SPLITS)]
    complete: bool | None = None
    """``null`` if the source does not say."""


class Figure(Part):
    """One number that somebody stated."""

    id: Id | None = None
    """Unique within the event; defaults to the metric's name, numbered."""
    metric: Name
    unit: Name | None = None
    """``null`` means the unit of the metric."""
    stated: Text | None = None
    """The number in the words of the source."""
    low: Number | None = None
    best: Number | None = None
    high: Number | None = None
    province: ProvinceName | None = None
    nationality: Name | None = None
    group: Name | None = None
    """Who is counted, in the source's words: a plural in lower case."""
    period: Date | None = None
    """The days it covers (EDTF)."""
    count: Annotated[str, OneOf(vocabulary.COUNTS)] | None = None
    stated_by: Name | None = None
    """Who stated the number: an actor of the event."""
    part_of: Id | None = None
    """The id of the figure it is part of, in the same event."""
    split: Split | None = None
    of: list[Id] | None = None
    """Ids of figures: before and after for a change; the whole, or part and whole, for a share."""
    note: Text | None = None

    @model_validator(mode="after")
    def _has_a_number(self) -> Self:
        if not (self.stated or "").strip() and self.low is None and self.best is None and self.high is None:
            raise PydanticCustomError(
                "figure", "a figure with neither a wording nor a number; expected `stated` or a bound"
            )
        return self


class Source(Part):
    """Who published an event, where and when."""

    outlet: Name
    title: Text | None = None
    url: Text | None = None
    published: Date | None = None
    passage: Text | None = None
    archived: Text | None = None
    accessed: Date | None = None
    via: Name | None = None
    """The publication that quotes it: the two count as one original."""


class Link(Part):
    """How an event relates to an earlier one."""

    type: Annotated[str, OneOf(vocabulary.LINK_TYPES)]
    event: Id
    figure: Id | None = None
    note: Text | None = None


class Event(Record):
    """One dated entry of the timeline."""

    type: Literal["event"] = "event"
    id: Id | None = None
    """Public and permanent; made from date and title if left out."""
    date: Annotated[Date, AfterValidator(_dated)]
    """EDTF."""
    kind: Annotated[str, OneOf(vocabulary.EVENT_KINDS)]
    title: Annotated[Text, AfterValidator(_not_blank)]
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
    def _figure_ids_are_unique(self) -> Self:
        seen: set[str] = set()
        for figure in self.figures:
            if figure.id in seen:
                raise PydanticCustomError("figure", "two figures have the id {id}", {"id": repr(figure.id)})
            if figure.id:
                seen.add(figure.id)
        return self


class Hit(Event):
    """An event that a search found, with its days and how certain the match is."""

    start: str
    """Its first day, ISO 8601."""
    end: str | None
    """Its last day; ``None`` if the end is open."""
    match: Literal["certain", "possible"]
