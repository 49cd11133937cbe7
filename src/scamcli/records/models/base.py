"""What all records share: strict keys, plain text, closed words, and one canonical line of JSON."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

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
"""What every text is: a database takes no other. That it is valid Unicode, pydantic sees to."""


class OneOf(NamedTuple):
    """A closed list of words, which its error has: `intake` says the nearest."""

    words: tuple[str, ...]

    def __get_pydantic_core_schema__(self, _: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Checked without a call of Python, as an import may have a million."""
        return core_schema.custom_error_schema(
            core_schema.literal_schema(list(self.words)),
            custom_error_type="one_of",
            custom_error_message="not known",
            custom_error_context={"words": list(self.words)},
        )

    def __get_pydantic_json_schema__(self, _: Any, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """JSON Schema's own word for a closed list."""
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
Id = Annotated[str, StringConstraints(pattern=r"^\w[\w.\-]*$", max_length=200)]


class Part(BaseModel):
    """A part of a record: unknown keys are refused, nothing is coerced."""

    model_config = ConfigDict(extra="forbid", strict=True, use_attribute_docstrings=True)


class Record(Part):
    """A record: one JSON object a line, every key written, in a fixed order."""

    def line(self) -> str:
        """The canonical JSON of this record, without the newline."""
        return canonical.line(self.model_dump())
