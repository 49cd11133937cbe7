"""Models of records, which define what a line of a timeline may contain and why it is refused.

Each class documents its keys; `json_schema.py` describes them as a JSON Schema.
"""

from __future__ import annotations

import math
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from scamcli.errors import quote
from scamcli.language import dates, gazetteer, vocabulary
from scamcli.language.countries import resolve_country
from scamcli.records import canonical, limits
from scamcli.records.closed_list import OneOf

LARGEST = 2**53
"""The largest integer up to which JSON readers agree (RFC 8259, section 6)."""

NO_NUL = r"^[^\x00]*$"
"""The pattern of every text, because the database cannot store NUL. Pydantic ensures valid Unicode."""

ID_PATTERN = r"^\w[\w.\-]*$"
"""The pattern of ids, which can be typed in a shell without quotes."""


def _number(value: int | float) -> int | float:
    if (isinstance(value, float) and not math.isfinite(value)) or abs(value) > LARGEST:
        raise PydanticCustomError("number", "out of range; expected a number up to 2^53")
    return int(value) if value == int(value) else value


def _date(text: str) -> str:
    try:
        dates.parse_date(text)
    except ValueError as error:
        raise PydanticCustomError("date", "{reason}", {"reason": str(error)}) from None
    return text


Count = Annotated[str, OneOf(vocabulary.COUNTS, tuple(vocabulary.RENAMED_COUNTS))]
Text = Annotated[str, StringConstraints(max_length=100_000, pattern=NO_NUL)]
Name = Annotated[
    str, StringConstraints(min_length=1, max_length=limits.LONGEST_NAME, strip_whitespace=True, pattern=NO_NUL)
]
Names = list[Name]
Number = Annotated[int | float, AfterValidator(_number)]
Degrees = Annotated[float, AfterValidator(_number)]
Latitude = Annotated[Degrees, Field(ge=-90, le=90, description="Degrees, WGS 84.")]
Longitude = Annotated[Degrees, Field(ge=-180, le=180, description="Degrees, WGS 84.")]
Precision = Annotated[str, OneOf(vocabulary.PRECISIONS)]
Date = Annotated[str, AfterValidator(_date)]
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=200)]


class Part(BaseModel):
    """A part of a record. Unknown keys are refused and nothing is coerced."""

    model_config = ConfigDict(extra="forbid", strict=True, use_attribute_docstrings=True)


class Record(Part):
    """A record: one JSON object per line, with every key, in a fixed order."""

    def line(self) -> str:
        """Return the canonical JSON of this record, without a newline."""
        return canonical.line(self.model_dump())


def known_province(text: str) -> str:
    """Return the text if it names a division of a country, several of them, or a Cambodian town.

    Raises:
        PydanticCustomError: the gazetteer has no such name.
    """
    if gazetteer.resolve(text) is None and not gazetteer.candidates(text):
        raise PydanticCustomError("province", "{text} is not a known province", {"text": quote(text[:80])})
    return text


def several_provinces(text: str) -> PydanticCustomError:
    """Return the error for a name that several divisions have."""
    return PydanticCustomError("province", "{text} is the name of several provinces", {"text": quote(text[:80])})


ProvinceName = Annotated[Name, AfterValidator(known_province)]
COUNTRY_PATTERN = r"^[A-Z]{2}$"


def _code_of_country(text: object) -> object:
    if not isinstance(text, str):
        return text
    return resolve_country(text) or (text.upper() if len(text) == len("KH") else text)


Country = Annotated[str, BeforeValidator(_code_of_country), StringConstraints(pattern=COUNTRY_PATTERN)]


class Actor(Record):
    """A person, organisation, company, outlet or gang, with aliases."""

    type: Literal["actor"] = "actor"
    name: Name
    kind: Annotated[str, OneOf(vocabulary.ACTOR_KINDS)] | None = None
    aliases: Names = Field(default_factory=list)
    positions: Names = Field(default_factory=list)
    member_of: Names = Field(default_factory=list)
    topics: Names = Field(default_factory=list)
    protected: bool = False
    """Whether the name is masked in everything that is printed or written, as for victims and witnesses."""
    note: Text | None = None


class Owner(Part):
    """A claim that somebody owns a site, with who makes it and where it was published."""

    name: Name
    stated_by: Name | None = None
    outlet: Name | None = None
    event: Id | None = None
    note: Text | None = None


class Operator(Owner):
    """A claim that somebody runs a site or what happens there, with who makes it and where it was published."""


class SiteStatus(Part):
    """A claim about the state of a site at a time, with who makes it and where it was published."""

    status: Annotated[str, OneOf(vocabulary.SITE_STATUSES)]
    date: Date | None = None
    """When it was so (EDTF)."""
    stated_by: Name | None = None
    outlet: Name | None = None
    event: Id | None = None
    note: Text | None = None


class Site(Record):
    """A compound, casino, hotel or zone."""

    type: Literal["site"] = "site"
    name: Name
    kind: Annotated[str, OneOf(vocabulary.SITE_KINDS)] | None = None
    country: Country | None = None
    """ISO 3166-1 alpha-2."""
    province: ProvinceName | None = None
    place: Name | None = None
    """The town."""
    lat: Latitude | None = None
    lon: Longitude | None = None
    precision: Precision | None = None
    aliases: Names = Field(default_factory=list)
    owners: list[Owner] = Field(default_factory=list)
    operators: list[Operator] = Field(default_factory=list)
    statuses: list[SiteStatus] = Field(default_factory=list)
    note: Text | None = None

    @model_validator(mode="after")
    def _official_province(self) -> Self:
        """Use the official name of the province, and its country. A town gives its province, and becomes the place."""
        if self.province:
            found = gazetteer.resolve(self.province) or gazetteer.resolve(self.province, self.country)
        else:
            found = gazetteer.town(self.place or "", self.country)
        if found is None:
            if self.province:
                raise several_provinces(self.province)
            return self
        if isinstance(found, gazetteer.Town):
            self.place = self.place or found.name
        self.province = found.province
        self.country = self.country or found.country
        if self.country != found.country:
            message = "{province} is not in {country}"
            raise PydanticCustomError("place", message, {"province": self.province, "country": self.country})
        return self


class MetricRecord(Record):
    """A metric that is not built in."""

    type: Literal["metric"] = "metric"
    name: Id
    unit: Name | None = None
    """The unit of its numbers; ``null`` means the things that the metric counts."""
    split: Annotated[str, OneOf(vocabulary.SPLITS)] | None = None
    count: Count = "aggregate"
    about: Text | None = None


PRINTED_ONLY = frozenset({"start", "end", "match", "digest"})
"""Keys that output adds to an event. Input ignores them, so that output can be piped back."""


def _dated(text: str) -> str:
    if dates.parse_date(text).start is None:
        raise PydanticCustomError("date", "{text} has no first day; an event needs one", {"text": quote(text)})
    return text


def _not_blank(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank", "is blank; expected some words")
    return text


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
    """First-level division in the words of the source, outside Cambodia."""
    province: ProvinceName | None = None
    lat: Latitude | None = None
    lon: Longitude | None = None
    precision: Precision | None = None


class Split(Part):
    """Marks a figure as a whole, and says by what its parts are divided and whether all parts are given."""

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
    country: Country | None = None
    """ISO 3166-1 alpha-2. Defaults to the province's country, or for an incident to its event's only country."""
    province: ProvinceName | None = None
    nationality: Name | None = None
    group: Name | None = None
    """Who is counted, in the source's words: a plural in lower case."""
    period: Date | None = None
    """The days it covers (EDTF)."""
    count: Count | None = None
    """What it counts. By default, this follows from the period, the event and the metric."""
    stated_by: Name | None = None
    """Who stated the number: an actor of the event."""
    part_of: Id | None = None
    """The id of the figure it is part of, in the same event."""
    split: Split | None = None
    of: list[Id] | None = None
    """Ids of two figures for a change (before and after), and of the whole, or of part and whole, for a share."""
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
    author: Text | None = None
    """The author as named in the publication."""
    url: Text | None = None
    published: Date | None = None
    passage: Text | None = None
    archived: Text | None = None
    accessed: Date | None = None
    via: Name | None = None
    """The publication that quotes it. The two count as one original source."""


class Link(Part):
    """How an event relates to an earlier one."""

    type: Annotated[str, OneOf(vocabulary.LINK_TYPES)]
    event: Id
    figure: Id | None = None
    note: Text | None = None


class DataSet(Part):
    """The table that an event is a row of."""

    name: Name
    disjoint: bool = False
    """Whether each row is a different incident, so that their numbers can be added."""


class Event(Record):
    """One dated entry of the timeline."""

    type: Literal["event"] = "event"
    id: Id | None = None
    """Public and permanent; made from date and title by default."""
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
    """Where the event happened, or what it is about."""
    linked_sites: Names = Field(default_factory=list)
    """Sites linked to the event only by evidence, such as an ID card found there."""
    countries: list[Country] = Field(default_factory=list)
    """Where the event happened (ISO 3166-1 alpha-2)."""
    nationalities: Names = Field(default_factory=list)
    """English demonyms."""
    tags: Names = Field(default_factory=list)
    figures: list[Figure] = Field(default_factory=list)
    sources: list[Source] = Field(default_factory=list)
    links: list[Link] = Field(default_factory=list)
    dataset: DataSet | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _figures_are_within_limits(self) -> Self:
        if len(self.figures) > limits.value("figures"):
            raise _over_limit("figures")
        if any(figure.part_of for figure in self.figures) and _depth(self.figures) > limits.value("depth"):
            raise _over_limit("depth")
        return self

    @model_validator(mode="after")
    def _figure_ids_are_unique(self) -> Self:
        seen: set[str] = set()
        for figure in self.figures:
            if figure.id in seen:
                raise PydanticCustomError("figure", "two figures have the id {id}", {"id": quote(figure.id or "")})
            if figure.id:
                seen.add(figure.id)
        return self


def _over_limit(name: str) -> PydanticCustomError:
    message = f"there are more than {limits.amount(name)} ({limits.hint(name).replace('. ', '; ').rstrip('.')})"
    return PydanticCustomError("limit", "{message}", {"message": message})


def _depth(figures: list[Figure]) -> int:
    """Return the number of levels of parts, which is 1 for parts of a whole. Circles are reported elsewhere."""
    wholes = {figure.id: figure.part_of for figure in figures if figure.id and figure.part_of}
    levels: dict[str | None, int] = {}
    for start in wholes:
        chain: dict[str | None, None] = {}
        id_: str | None = start
        while id_ in wholes and id_ not in levels and id_ not in chain:
            chain[id_] = None
            id_ = wholes[id_]
        level = levels.get(id_, 0)
        for above in reversed(chain):
            level += 1
            levels[above] = level
    return max(levels.values(), default=0)


class Hit(Event):
    """An event that a search found, with its days and how certain the match is."""

    start: str
    """The first day of the event (ISO 8601)."""
    end: str | None
    """The last day of the event; ``None`` if the end is open."""
    match: Literal["certain", "possible"]


RECORDS: dict[str, type[Record]] = {"metric": MetricRecord, "actor": Actor, "site": Site, "event": Event}
"""The model of each record ``type``, in the order in which timelines are written."""
