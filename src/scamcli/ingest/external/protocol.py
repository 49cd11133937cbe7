"""Version 1 of the protocol of readers: the request that they read, and the lines that they write.

A reader gets one request as JSON on stdin. It writes one JSON object per line on stdout: first its name and version
(`Introduction`), then its drafts (`ReaderDraft`). Keys that this version does not know are ignored, so that a bound or
an id that a reader adds has no effect.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.json_schema import models_json_schema

if TYPE_CHECKING:
    from scamcli.records.types import JsonObject

LONGEST_QUOTE = 10_000
"""The most characters of a quote."""
MOST_PARTS = 200
"""The most names, places or figures in one list of a draft."""

Words = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_QUOTE)]
Label = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._+:/@-]{0,79}$")]
"""A name or version of a reader. It is the only text of a reader that is stored, so it is short and plain."""


class Message(BaseModel):
    """A part of a message. Nothing is coerced, and unknown keys are ignored."""

    model_config = ConfigDict(extra="ignore", strict=True, use_attribute_docstrings=True)


class Publication(Message):
    """What is known about the publication."""

    title: str | None
    outlet: str | None
    url: str | None
    published: str | None
    """The date of publication (EDTF)."""


class MetricWord(Message):
    """What a metric counts, and its unit."""

    about: str
    unit: str


class Vocabulary(Message):
    """The words that a draft may use, and names in the timeline that occur in the text."""

    kinds: dict[str, str]
    """Kinds of events, with explanations."""
    roles: list[str]
    metrics: dict[str, MetricWord]
    counts: list[str]
    """What a figure can count."""
    actors: list[str]
    sites: list[str]


class ReaderRequest(Message):
    """What a reader gets on stdin."""

    protocol: Literal[1]
    text: str
    """The text. Protected names in it are masked as ``[protected-1]``."""
    metadata: Publication
    vocabulary: Vocabulary


class Reader(Message):
    """The program that reads."""

    name: Label
    version: Label


class Introduction(Message):
    """The first line that a reader writes."""

    protocol: Literal[1]
    reader: Reader


class Quoted(Message):
    """A part of a draft, and the words of the text that it rests on."""

    quote: Words
    """Words of the text, exactly as they occur there."""
    start: int | None = None
    """Where the quote begins, in characters. Needed only to choose between several places."""


class QuotedValue(Quoted):
    """A value, such as a date or a kind."""

    value: Words


class QuotedName(Quoted):
    """A name, which stands in its quote."""

    name: Words


class QuotedActor(QuotedName):
    """An actor."""

    role: Words = "mentioned"


class QuotedFigure(Quoted):
    """A number. Its bounds are derived from its wording; a reader cannot give them."""

    metric: Words
    wording: Words
    """The number in the words of the text, with words such as "more than"."""
    count: Words | None = None
    """What it counts (default: as for all records)."""
    group: Words | None = None
    """Who is counted, in words of the quote."""
    nationality: Words | None = None
    """An English demonym."""
    by: Words | None = None
    """Who stated it: the name of one of the actors of the draft."""


class ReaderDraft(Quoted):
    """One event. Its quote is the passage that reports it."""

    date: QuotedValue
    """EDTF, and the words that say it."""
    kind: QuotedValue
    title: Words | None = None
    """A title in words of the passage (default: its beginning)."""
    figures: list[QuotedFigure] = Field(default=[], max_length=MOST_PARTS)
    actors: list[QuotedActor] = Field(default=[], max_length=MOST_PARTS)
    sites: list[QuotedName] = Field(default=[], max_length=MOST_PARTS)
    provinces: list[QuotedValue] = Field(default=[], max_length=MOST_PARTS)
    countries: list[QuotedValue] = Field(default=[], max_length=MOST_PARTS)
    nationalities: list[QuotedValue] = Field(default=[], max_length=MOST_PARTS)


def reader_schema() -> JsonObject:
    """Return the JSON Schema (2020-12) of the request, and of the lines that a reader writes."""
    models = (ReaderRequest, Introduction, ReaderDraft)
    _, schema = models_json_schema([(model, "validation") for model in models], ref_template="#/$defs/{model}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The request to a scamcli reader, and a line of its answer",
        "oneOf": [{"$ref": f"#/$defs/{model.__name__}"} for model in models],
        **schema,
    }
