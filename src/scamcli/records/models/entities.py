"""Actors, sites and metrics, which events refer to by name."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from scamcli.language import gazetteer, vocabulary
from scamcli.records.models.base import Id, Name, Names, OneOf, Part, Record, Text


def known_province(text: str) -> str:
    """Return the text if it names a province of Cambodia or a town in one.

    Raises:
        PydanticCustomError: the gazetteer has no such name.
    """
    if gazetteer.resolve(text) is None:
        raise PydanticCustomError("province", "{text} is not a province of Cambodia", {"text": repr(text[:80])})
    return text


ProvinceName = Annotated[Name, AfterValidator(known_province)]


class Actor(Record):
    """A person, organisation, company, outlet or gang, with its other names."""

    type: Literal["actor"] = "actor"
    name: Name
    kind: Annotated[str, OneOf(vocabulary.ACTOR_KINDS)] | None = None
    aliases: Names = Field(default_factory=list)
    positions: Names = Field(default_factory=list)
    member_of: Names = Field(default_factory=list)
    topics: Names = Field(default_factory=list)
    protected: bool = False
    """Whether the name is masked in everything that is printed or written: victims and witnesses."""
    note: Text | None = None


class Owner(Part):
    """A claim that somebody owns a site, with who makes it and where it was published."""

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
        """Use the official name of the province. A town gives its province, and becomes the place."""
        found = gazetteer.resolve(self.province or self.place or "")
        if isinstance(found, gazetteer.Town):
            self.province, self.place = found.province, self.place or found.name
        elif found is not None:
            self.province = found.name
        return self


class MetricRecord(Record):
    """A metric that is not built in."""

    type: Literal["metric"] = "metric"
    name: Id
    unit: Name | None = None
    """The unit of its numbers; ``null`` means the thing itself."""
    split: Annotated[str, OneOf(vocabulary.SPLITS)] | None = None
    count: Annotated[str, OneOf(vocabulary.COUNTS)] = "new"
    about: Text | None = None
