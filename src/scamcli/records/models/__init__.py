"""Models of records: what a line of a timeline may contain, and why it is refused."""

from typing import Any

from pydantic.json_schema import models_json_schema

from scamcli.records.models.base import Part, Record
from scamcli.records.models.entities import Actor, MetricRecord, Owner, Site
from scamcli.records.models.event import Event, Figure, Hit, Link, Participant, Place, Source, Split

RECORDS: dict[str, type[Record]] = {"metric": MetricRecord, "actor": Actor, "site": Site, "event": Event}
"""The model of each record ``type``, in the order in which a timeline is written."""


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one line of a timeline."""
    _, schema = models_json_schema(
        [(model, "validation") for model in RECORDS.values()], ref_template="#/$defs/{model}"
    )
    for model in RECORDS.values():
        definition = schema["$defs"][model.__name__]
        definition["required"] = sorted({"type", *definition.get("required", [])})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of a scamcli timeline",
        "oneOf": [{"$ref": f"#/$defs/{model.__name__}"} for model in RECORDS.values()],
        **schema,
    }


__all__ = [
    "RECORDS", "Actor", "Event", "Figure", "Hit", "Link", "MetricRecord", "Owner", "Part", "Participant", "Place",
    "Record", "Site", "Source", "Split", "json_schema",
]  # fmt: skip
