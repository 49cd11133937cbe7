"""The small grammar of ``add`` and ``edit``: a value, then ``; key: value`` as often as needed.

A semicolon ends a value; ``\\;`` is a semicolon that does not. A title or a web address may hold colons.
"""

from __future__ import annotations

import re
from typing import Any

from scamcli.errors import WrongUsageError
from scamcli.language.names import suggest
from scamcli.language.vocabulary import LINK_TYPES, ROLES

FIGURE = {
    "id": "id", "unit": "unit", "low": "low", "best": "best", "high": "high", "province": "province",
    "nationality": "nationality", "group": "group", "period": "period", "count": "count", "by": "stated_by",
    "part of": "part_of", "split": "split", "of": "of", "note": "note",
}  # fmt: skip
SOURCE = {
    "title": "title", "url": "url", "published": "published", "passage": "passage", "archived": "archived",
    "accessed": "accessed", "via": "via",
}  # fmt: skip
PLACE = {
    "country": "country", "admin1": "admin1", "province": "province", "lat": "lat", "lon": "lon",
    "precision": "precision",
}  # fmt: skip
LINK = {"figure": "figure", "note": "note"}
LISTED = {
    "actor": "actors", "province": "provinces", "place": "places", "site": "sites", "country": "countries",
    "nationality": "nationalities", "tag": "tags", "figure": "figures", "source": "sources", "link": "links",
}  # fmt: skip
"""What one of a list is called, and the list of the record."""

_NUMBERS = frozenset({"low", "best", "high", "lat", "lon"})


def figure(text: str) -> dict[str, Any]:
    """``METRIC: WORDING; province: …; nationality: …; period: …; by: …``.

    Raises:
        WrongUsageError: no metric, no wording, or an unknown key.
    """
    head, rest = _split(text, "--figure", FIGURE)
    metric, colon, stated = head.partition(":")
    if not colon or not metric.strip():
        example = "'complaints: more than 40; province: Kandal'"
        raise WrongUsageError(f"--figure {text!r}: expected METRIC: WORDING, such as {example}")
    value: dict[str, Any] = {"metric": metric.strip(), "stated": stated.strip() or None, **rest}
    if "split" in value:
        by, _, complete = str(value["split"]).partition(" ")
        value["split"] = {"by": by, "complete": {"complete": True, "incomplete": False}.get(complete)}
    if "of" in value:
        value["of"] = [one.strip() for one in str(value["of"]).split(",")]
    return value


def source(text: str) -> dict[str, Any]:
    """``OUTLET; url: …; title: …; published: …; passage: …; via: …``."""
    head, rest = _split(text, "--source", SOURCE)
    return {"outlet": head, **rest}


def place(text: str) -> dict[str, Any]:
    """``NAME; country: …; admin1: …; lat: …; lon: …``."""
    head, rest = _split(text, "--place", PLACE)
    return {"name": head, **rest}


def actor(text: str) -> dict[str, Any]:
    """``NAME: ROLE``; without a role, mentioned."""
    name, colon, role = text.rpartition(":")
    if colon and role.strip() in ROLES:
        return {"name": name.strip(), "role": role.strip()}
    if colon and re.fullmatch(r"\s*[a-z_]+\s*", role):
        near = suggest(role.strip(), ROLES)
        raise WrongUsageError(f"--actor {text!r}: no role {role.strip()!r}", f"expected {', '.join(near or ROLES)}")
    return {"name": text.strip(), "role": "mentioned"}


def link(text: str) -> dict[str, Any]:
    """``TYPE: EVENT-ID; figure: …``.

    Raises:
        WrongUsageError: no such type of link.
    """
    head, rest = _split(text, "--link", LINK)
    type_, colon, event = head.partition(":")
    if not colon or type_.strip() not in LINK_TYPES:
        raise WrongUsageError(f"--link {text!r}: expected TYPE: ID, with a type of {', '.join(LINK_TYPES)}")
    return {"type": type_.strip(), "event": event.strip(), **rest}


def removal(text: str) -> tuple[str, str]:
    """``actor: NAME``, ``figure: ID``, ``province: NAME`` …: the list of the record, and what to take out of it.

    Raises:
        WrongUsageError: no such list.
    """
    what, colon, name = text.partition(":")
    if not colon or what.strip() not in LISTED:
        raise WrongUsageError(f"--remove {text!r}: expected one of {', '.join(LISTED)}, then : and its name")
    return LISTED[what.strip()], name.strip()


def _split(text: str, flag: str, keys: dict[str, str]) -> tuple[str, dict[str, Any]]:
    head, *rest = (part.replace(r"\;", ";").strip() for part in re.split(r"(?<!\\);", text))
    value: dict[str, Any] = {}
    for part in filter(None, rest):
        key, colon, said = part.partition(":")
        key = key.strip().lower().replace("_", " ")
        if not colon or key not in keys:
            near = suggest(key, keys)
            hint = f"did you mean {near[0]}:?" if near else f"expected one of {', '.join(keys)}, then :"
            raise WrongUsageError(f"{flag} {text!r}: no key {key!r}", hint)
        value[keys[key]] = _number(said.strip(), flag) if key in _NUMBERS else said.strip()
    return head, value


def _number(text: str, flag: str) -> int | float | None:
    if text in {"", "unknown", "null"}:
        return None
    try:
        return int(text.replace(",", "")) if re.fullmatch(r"[+-]?[\d,]+", text) else float(text)
    except ValueError:
        raise WrongUsageError(f"{flag}: {text!r} is no number") from None
