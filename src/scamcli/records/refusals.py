"""What is said about a record that is not valid, in place of the messages of pydantic."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from scamcli.errors import quote
from scamcli.language import gazetteer, names
from scamcli.records import models
from scamcli.records.models import COUNTRY_PATTERN, ID_PATTERN, NO_NUL

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


LONGEST_KEY = 120
"""The most characters of a key that a message prints. What is left of a name where a key is cut would not be masked."""


def reason(detail: ErrorDetails, model: type[models.Record]) -> str:
    """Return what is wrong with a record of this model, where, and what was expected."""
    path = ""
    for step in detail["loc"]:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else str(step)
    path = re.sub(r"\.(int|float|function-[^.]*|constrained-str)\b.*$", "", path)  # names that pydantic adds
    if detail["type"] == "extra_forbidden":
        key = str(detail["loc"][-1])
        keys = (name for part in (model, *_PARTS.get(model, ())) for name in part.model_fields)
        near = [other for other in names.suggest(key, keys) if other != key]
        named = f"`{path}`" if len(path) <= LONGEST_KEY else f"of {len(path):,} characters"
        return f"unknown key {named}" + (f"; did you mean `{near[0]}`?" if near else "")
    if detail["type"] == "missing":
        return f"`{path}` is missing"
    return f"`{path}`: {_message(detail)}" if path else _message(detail)


_PARTS: dict[type[models.Record], tuple[type[models.Part], ...]] = {
    models.Site: (models.Owner, models.SiteStatus),
    models.Event: (
        models.Participant, models.Place, models.Figure, models.Split, models.Source, models.Link, models.DataSet,
    ),
}  # fmt: skip
"""The parts of a record, whose keys are suggested for an unknown key."""

_EXPECTED = {
    "string_type": "expected text",
    "list_type": "expected a list",
    "model_type": "expected an object",
    "dict_type": "expected an object",
    "bool_type": "expected true or false",
    "int_type": "expected a number",
    "float_type": "expected a number",
    "int_from_float": "expected a number",
    "string_too_short": "is empty; expected text",
    "string_unicode": "contains half of a surrogate pair; expected valid Unicode",
    "string_too_long": "is longer than {max_length:,} characters",
    "greater_than_equal": "is too small; expected at least {ge:g}",
    "less_than_equal": "is too large; expected at most {le:g}",
}
"""Messages for the errors of pydantic, by type, with the context of the error filled in."""


def _message(detail: ErrorDetails) -> str:
    """Say what is wrong and what was expected."""
    given, context = detail["input"], detail.get("ctx", {})
    if detail["type"] == "one_of":
        words = cast("list[str]", context["words"])
        if not isinstance(given, str):
            return f"expected text: {', '.join(words)}"
        return f"{quote(given[:80])} is not known; expected {', '.join(names.suggest(given, words) or words)}"
    if detail["type"] == "string_pattern_mismatch":
        return _PATTERNS[context["pattern"]](str(given))
    if detail["type"] == "province":
        return f"{detail['msg']}; expected {_near_provinces(str(given))}"
    expected = _EXPECTED.get(detail["type"])
    return detail["msg"] if expected is None else expected.format_map(context)


def _near_provinces(given: str) -> str:
    near = gazetteer.suggest_provinces(given)
    words = (" or " if any("," in name for name in near) else ", ").join(near[:8])
    return words or "a province such as Kandal, KH-8 or Kayin, MM"


def _no_country(given: str) -> str:
    return f"{quote(given[:80])} is not a country; expected a code such as KH (ISO 3166-1), or a name"


_PATTERNS = {
    NO_NUL: lambda _: "contains a NUL character; expected text",
    ID_PATTERN: lambda given: (
        f"{quote(given[:80])} is not a valid id; expected letters, digits, `.`, `_` and `-`,"
        " with a letter or a digit first"
    ),
    COUNTRY_PATTERN: _no_country,
}
"""Messages for texts that do not match a pattern, by the pattern."""
