"""What all records share: strict keys, plain text, closed word lists, and one canonical line of JSON."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError, core_schema

from scamcli.language import dates
from scamcli.records import canonical

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

LARGEST = 2**53
"""The largest whole number that JSON readers agree on (RFC 8259, section 6)."""

NO_NUL = r"^[^\x00]*$"
"""Every text matches this, because the database cannot hold NUL. Pydantic makes sure that it is valid Unicode."""

ID_PATTERN = r"^\w[\w.\-]*$"
"""An id can be typed in a shell without quotes."""


class OneOf(NamedTuple):
    """A closed list of words, in any case. Its error carries the list, so that `normalise` can suggest the nearest."""

    words: tuple[str, ...]

    def __get_pydantic_core_schema__(self, _: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Validate without calling Python, because an import can have a million records."""
        lower = core_schema.str_schema(to_lower=True, strip_whitespace=True, strict=True)
        return core_schema.custom_error_schema(
            core_schema.chain_schema([lower, core_schema.literal_schema(list(self.words))]),
            custom_error_type="one_of",
            custom_error_message="not known",
            custom_error_context={"words": list(self.words)},
        )

    def __get_pydantic_json_schema__(self, _: object, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Describe the list as an enum."""
        return {"type": "string", "enum": list(self.words)}


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


Text = Annotated[str, StringConstraints(max_length=100_000, pattern=NO_NUL)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True, pattern=NO_NUL)]
Names = list[Name]
Number = Annotated[int | float, AfterValidator(_number)]
Degrees = Annotated[float, AfterValidator(_number)]
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
