"""Where an event was read out of a text, as rows: what ``review`` and ``show --passage`` print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scamcli.store.snapshots import Origin

COLUMNS = ("passage", "outlet", "title", "published", "url", "unread")
"""What the flat formats show of an origin."""

_NOWHERE: dict[str, Any] = {
    "passage": None, "start": None, "end": None, "spans": [], "unread": [], "unread_at": [], "snapshot": None,
    "outlet": None, "title": None, "published": None, "url": None,
}  # fmt: skip


def of(origin: Origin) -> dict[str, Any]:
    """The passage, the words, the rule and the grade of each field, what no rule explained, and the text's metadata."""
    told = origin.row()
    passage = told["passage"]
    return {
        "passage": passage["text"], "start": passage["start"], "end": passage["end"],
        "spans": [
            {"field": one["field"], "words": one["text"], "rule": one["rule"], "grade": str(one["grade"]),
             "start": one["start"], "end": one["end"]}
            for one in told["reasons"]
        ],
        "unread": [one["text"] for one in told["unread"]],
        "unread_at": [{"start": one["start"], "end": one["end"]} for one in told["unread"]],
        "snapshot": told["snapshot"], **{key: told[key] for key in ("outlet", "title", "published", "url")},
    }  # fmt: skip


def draft(record: dict[str, Any], origin: Origin | None, digest: str, same_as: str | None) -> dict[str, Any]:
    """A draft with where it comes from; one that was typed in comes from nowhere."""
    told = of(origin) if origin is not None else _NOWHERE
    named = {key: record[key] for key in ("id", "date", "kind", "title")}
    return {
        **named, "same_as": same_as, "record": record, "digest": digest,
        **{key: told[key] for key in ("passage", "start", "end", "spans", "unread", "unread_at", "snapshot")},
        "source": {key: told[key] for key in ("outlet", "title", "published", "url")},
    }  # fmt: skip
