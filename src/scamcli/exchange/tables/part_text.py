"""Write the parts of a record in readable form in a cell: ``Sar Kheng (speaker)``, ``VOD via CamboJA``.

Each form is a pair of functions, one that writes a part and one that reads it. Reading a text back shows whether it
expresses the whole part, so a form need not be able to express everything.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from scamcli.errors import quote
from scamcli.language import gazetteer
from scamcli.language.vocabulary import LINK_TYPES, PRECISIONS, ROLES, SITE_STATUSES

Part = dict[str, Any]

SEPARATOR = "; "
"""The separator of the items of a list. A text with a semicolon is written as JSON."""

_INSIDE = re.compile(r"(?P<name>.+) \((?P<inside>[^()]+)\)", re.DOTALL)
_NEAR, _NEARER = 0.7, 0.82
"""A word in brackets with at least this similarity to a role is taken for a misspelt role.

The first number is for words without capitals, the second for words with capitals, which names have.
"""

_POINT = re.compile(r"(-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)", re.ASCII)


class Form(NamedTuple):
    """How a part is written (``text``) and read (``part``). Keys that a text does not mention are absent."""

    text: Callable[[Part], str]
    part: Callable[[str], Part]


def _participant(text: str) -> Part:
    found = _INSIDE.fullmatch(text)
    if found and found["inside"] in ROLES:
        return {"name": found["name"], "role": found["inside"]}
    if role := _misspelt_role(text):
        hint = (
            "Write each role on its own, A (rescuer); A (victim), and a name that ends in brackets before its role:"
            " A (B) (mentioned)"
        )
        raise ValueError(f"{quote(text[:80])} does not end with a role; did you mean ({role})? {hint}")
    return {"name": text, "role": "mentioned"}


def _misspelt_role(text: str) -> str | None:
    """Return the role that the brackets at the end of a text seem to contain, misspelt, in capitals or among others."""
    if not text.endswith(")") and text.count("(") == text.count(")"):
        return None
    from difflib import (
        get_close_matches,
    )  # not at the top, because only texts with brackets need it, and it is slow to import

    for piece in re.split(r"[,/();]| and ", text.rstrip(" )").rpartition("(")[2]):
        word = "_".join(piece.casefold().split())
        near = get_close_matches(word, ROLES, 1, _NEAR if piece.islower() else _NEARER)
        near += [role for role in ROLES if word in role.split("_")]
        if near:
            return near[0]
    return None


def _place_text(part: Part) -> str:
    details = [part["precision"], part["admin1"], part["province"], part["country"]]
    if part["lat"] is not None and part["lon"] is not None:
        details.append(f"{part['lat']} {part['lon']}")
    inside = ", ".join(detail for detail in details if detail)
    return f"{part['name']} ({inside})" if inside else str(part["name"])


def _place(text: str) -> Part:
    found = _INSIDE.fullmatch(text)
    if not found:
        return {"name": text}
    details: Part = {}
    for detail in _joined(found["inside"].split(", ")):
        details |= _place_detail(detail)
    if details.keys() <= {"admin1", "province"}:
        # Brackets may be part of a name, unless a precision, a country or a point shows that scamcli wrote them.
        return {"name": text}
    return details | {"name": found["name"]}


def _joined(details: list[str]) -> list[str]:
    """Join the parts of a province abroad, which its country follows once more: ``Kayin, MM, MM``."""
    for last in range(1, len(details) - 1):
        if details[last] == details[last + 1]:
            for first in range(last):
                name = ", ".join(details[first : last + 1])
                known = gazetteer.resolve(name)
                if known is not None and known.name == name:
                    return [*details[:first], name, *details[last + 1 :]]
    return details


def _place_detail(text: str) -> Part:
    if text in PRECISIONS:
        return {"precision": text}
    if re.fullmatch(r"[A-Z]{2}", text):
        return {"country": text}
    if point := _POINT.fullmatch(text):
        lat, lon = (float(text) if "." in text else int(text) for text in point.groups())
        return {"lat": lat, "lon": lon}
    return {"province" if text in gazetteer.province_names() or ", " in text else "admin1": text}


def _source(text: str) -> Part:
    outlet, via, through = text.partition(" via ")
    return {"outlet": outlet} | ({"via": through} if via else {})


def _link(text: str) -> Part:
    type_, _, event = text.partition(" ")
    if type_ not in LINK_TYPES or not event:
        raise ValueError(f"{quote(text[:80])}; expected {', '.join(LINK_TYPES)} and the id of an event")
    return {"type": type_, "event": event}


def _status_text(part: Part) -> str:
    dated = " ".join(filter(None, (part["status"], part["date"])))
    return f"{dated} ({part['stated_by']})" if part["stated_by"] else dated


def _status(text: str) -> Part:
    found = _INSIDE.fullmatch(text)
    status, _, date = (found["name"] if found else text).partition(" ")
    if status not in SITE_STATUSES:
        raise ValueError(f"{quote(text[:80])}; expected {', '.join(SITE_STATUSES)}, and a date")
    stated_by = found["inside"] if found else None
    return {"status": status} | ({"date": date} if date else {}) | ({"stated_by": stated_by} if stated_by else {})


FORMS = {
    "actors": Form("{name} ({role})".format_map, _participant),
    "places": Form(_place_text, _place),
    "sources": Form(lambda part: " via ".join(filter(None, (part["outlet"], part["via"]))), _source),
    "links": Form("{type} {event}".format_map, _link),
    "owners": Form("{name}".format_map, lambda text: {"name": text}),
    "operators": Form("{name}".format_map, lambda text: {"name": text}),
    "statuses": Form(_status_text, _status),
}
"""The form of each column that lists objects."""


def fits_in_list(text: str) -> bool:
    """Return whether a text survives in a list, whose items are split at semicolons and trimmed."""
    return bool(text) and ";" not in text and text == text.strip()


@lru_cache(maxsize=1 << 14)
def written(column: str, keys: tuple[str, ...], values: tuple[Any, ...]) -> str | None:
    """Return a part of the list in a column in readable form, or ``None`` if that would lose something."""
    form, part = FORMS[column], dict(zip(keys, values, strict=True))
    text = form.text(part)
    try:
        reads_back = fits_in_list(text) and dict.fromkeys(keys) | form.part(text) == part
    except ValueError:
        return None
    return text if reads_back else None
