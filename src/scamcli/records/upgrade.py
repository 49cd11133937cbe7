"""Convert records of earlier versions, from a database or its history, to the current form."""

from __future__ import annotations

from typing import cast

from scamcli.language.gazetteer import country_of
from scamcli.language.vocabulary import RENAMED_COUNTS


def upgraded(record: dict[str, object]) -> dict[str, object]:
    """Return a whole record in the current form with its keys in order, or the record itself if it has this form.

    Counts have today's names, and events with their sources and figures, and sites, have every key.
    """
    if record["type"] == "metric":
        return _renamed(record)
    if record["type"] == "site":
        return _with_claims(_with_country(record, None))
    if record["type"] != "event":
        return record
    found: dict[str, object] = {}
    for key, value in record.items():
        found[key] = value
        if key == "sites":
            found["linked_sites"] = record.get("linked_sites", [])
        elif key == "links":
            found["dataset"] = record.get("dataset")
    figures, sources = (cast("list[dict[str, object]]", record[key]) for key in ("figures", "sources"))
    countries = cast("list[str]", record.get("countries", []))
    only = countries[0] if len(countries) == 1 else None
    renamed = (_with_country(_renamed(one), only if one["count"] == "incident" else None) for one in figures)
    return found | {"figures": list(renamed), "sources": list(map(_with_author, sources))}


def _with_country(part: dict[str, object], only: str | None) -> dict[str, object]:
    """Return a site or a figure with a country: its province's, or otherwise ``only``, where the event happened."""
    if "country" in part:
        return part
    province = cast("str | None", part.get("province"))
    country = country_of(province) if province else only
    found: dict[str, object] = {}
    for key, value in part.items():
        if key == "province":
            found["country"] = country
        found[key] = value
    return found


def _with_claims(site: dict[str, object]) -> dict[str, object]:
    """Return a site with its coordinates and the claims about its operators and its status."""
    if "statuses" in site:
        return site
    found: dict[str, object] = {}
    for key, value in site.items():
        found[key] = value
        if key == "place":
            found |= {"lat": None, "lon": None, "precision": None}
        elif key == "owners":
            found |= {"operators": [], "statuses": []}
    return found


def _with_author(source: dict[str, object]) -> dict[str, object]:
    start = {"outlet": source["outlet"], "title": source["title"], "author": source.get("author")}
    return start | source


def _renamed(counting: dict[str, object]) -> dict[str, object]:
    count = counting["count"]
    return counting | {"count": RENAMED_COUNTS.get(cast("str", count), count)}
