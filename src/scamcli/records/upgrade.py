"""Convert records of earlier versions, from a database or its history, to the current form."""

from __future__ import annotations

from typing import cast

from scamcli.language.vocabulary import RENAMED_COUNTS


def upgraded(record: dict[str, object]) -> dict[str, object]:
    """Return a whole record in the current form with its keys in order, or the record itself if it has this form.

    In the current form, counts have their new names, and events and their sources have every key.
    """
    if record["type"] == "metric":
        return _renamed(record)
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
    return found | {"figures": list(map(_renamed, figures)), "sources": list(map(_with_author, sources))}


def _with_author(source: dict[str, object]) -> dict[str, object]:
    start = {"outlet": source["outlet"], "title": source["title"], "author": source.get("author")}
    return start | source


def _renamed(counting: dict[str, object]) -> dict[str, object]:
    count = counting["count"]
    return counting | {"count": RENAMED_COUNTS.get(cast("str", count), count)}
