"""Describe the records as a JSON Schema, which `scamcli schema` prints, from the models that validate them."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from scamcli.records.models import RECORDS


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
