"""A closed list of words as a type of pydantic's."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pydantic_core import core_schema

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue


class OneOf(NamedTuple):
    """A closed list of words, in any case. Its error carries the list, so that `normalise` can suggest the nearest."""

    words: tuple[str, ...]
    earlier: tuple[str, ...] = ()
    """Earlier words, which are accepted and not listed. `normalise` replaces them."""

    def __get_pydantic_core_schema__(self, _: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Validate without calling Python, because an import can have a million records."""
        lower = core_schema.str_schema(to_lower=True, strip_whitespace=True, strict=True)
        return core_schema.custom_error_schema(
            core_schema.chain_schema([lower, core_schema.literal_schema([*self.words, *self.earlier])]),
            custom_error_type="one_of",
            custom_error_message="not known",
            custom_error_context={"words": list(self.words)},
        )

    def __get_pydantic_json_schema__(self, _: object, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Describe the list as an enum."""
        return {"type": "string", "enum": list(self.words)}
