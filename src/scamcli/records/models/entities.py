"""Actors, sites and metrics: the records that events refer to by name."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from scamcli.language import gazetteer, vocabulary
from scamcli.records.models.base import Id, Name, Names, OneOf, Part, Record, Text


def known_province(text: str) -> str:
    """A province of Cambodia by any of its names, or a town in one: kept as written, refused when unknown.

    Raises:
        PydanticCustomError: the gazetteer has neither.
    """
    if gazetteer.resolve(text) is None:
        raise PydanticCustomError("province", "{text} is no province of Cambodia", {"text": repr(text[:80])})
    return text


ProvinceName = Annotated[Name, AfterValidator(known_province)]


class Actor(Record):
    """A person, body, company, outlet or gang, with its other names."""

    type: Literal["actor"] = "actor"
    name: Name
    kind: Annotated[str, OneOf(vocabulary.ACTOR_KINDS)] | None = None
    aliases: Names = Field(default_factory=list)
    positions: Names = Field(default_factory=list)
    member_of: Names = Field(default_factory=list)
    topics: Names = Field(default_factory=list)
    protected: bool = False
    """Whether everything printed or written withholds the name: victims and witnesses."""
    note: Text | None = None


class Owner(Part):
    """Somebody said to own a site: a claim, with who says so and where it was published."""

    name: Name
    stated_by: Name | None = None
    outlet: Name | None = None
    event: Id | None = None
    note: Text | None = None


class Site(Record):
    """A compound, casino, hotel or zone."""

    type: Literal["site"] = "site"
    name: Name
    kind: Annotated[str, OneOf(vocabulary.SITE_KINDS)] | None = None
    province: ProvinceName | None = None
    place: Name | None = None
    """The town."""
    aliases: Names = Field(default_factory=list)
    owners: list[Owner] = Field(default_factory=list)
    note: Text | None = None

    @model_validator(mode="after")
    def _official_province(self) -> Self:
        """The gazetteer's name; a town gives its province, and stays as the place."""
        found = gazetteer.resolve(self.province or self.place or "")
        if isinstance(found, gazetteer.Town):
            self.province, self.place = found.province, self.place or found.name
        elif found is not None:
            self.province = found.name
        return self


class MetricRecord(Record):
    """A metric that is not built in: data, not code."""

    type: Literal["metric"] = "metric"
    name: Id
    unit: Name | None = None
    """What one of it is; ``null`` is the thing itself."""
    split: Annotated[str, OneOf(vocabulary.SPLITS)] | None = None
    count: Annotated[str, OneOf(vocabulary.COUNTS)] = "new"
    about: Text | None = None
