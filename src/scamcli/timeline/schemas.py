"""JSON Schemas that `scamcli schema` prints."""

from __future__ import annotations

from scamcli.ingest.external.protocol import reader_schema
from scamcli.records.json_schema import json_schema as record_schema

__all__ = ["reader_schema", "record_schema"]
