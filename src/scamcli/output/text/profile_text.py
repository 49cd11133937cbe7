"""An actor or a site to read, with its events."""

from __future__ import annotations

from typing import Any

from scamcli.output import phrases
from scamcli.output.text import words


def whole(profile: dict[str, Any]) -> str:
    """The record, labelled, then what it has a part in, oldest first."""
    lines = [profile["name"], ""]
    labels = ("kind", "province", "place", "aliases", "positions", "member_of", "topics")
    for label in labels:
        value = profile.get(label)
        if value:
            text = "; ".join(value) if isinstance(value, list) else value
            lines.append(words.wrap_labelled(label.replace("_", " "), text))
    lines += [words.wrap_labelled("owner", _owner(owner)) for owner in profile.get("owners") or []]
    if profile["note"]:
        lines.append(words.wrap_labelled("note", profile["note"]))
    if profile.get("source_of"):
        lines.append(words.wrap_labelled("source of", words.plural(profile["source_of"], "event")))
    for label in ("reported", "denied", "done"):
        found = profile.get(label) or []
        lines += ["", label] if found else []
        lines += [words.wrap_labelled(f"  {event['date']}", _told(event), 14) for event in found]
    lines += ["", words.plural(len(profile["events"]), "event")]
    lines += [words.wrap_labelled(f"  {event['date']}", _event(event), 14) for event in profile["events"]]
    if profile.get("stated"):
        lines += ["", "figures stated"]
        lines += [
            words.wrap_labelled(f"  {figure['date']}", phrases.figure_line(figure), 14) for figure in profile["stated"]
        ]
    return "\n".join(lines)


def _event(event: dict[str, Any]) -> str:
    roles = f" ({', '.join(event['roles'])})" if event["roles"] else ""
    return f"{event['title']}{roles} [{event['id']}]"


def _told(event: dict[str, Any]) -> str:
    by = f", {', '.join(event['by'])}" if event["by"] else ""
    return f"{event['kind']}{by} [{event['id']}]"


def _owner(owner: dict[str, Any]) -> str:
    said = [text for text in (owner["stated_by"], owner["outlet"]) if text]
    who = f"according to {', in '.join(said)}" if said else "who says so is not recorded"
    note = f"; {owner['note']}" if owner["note"] else ""
    where = f" [{owner['event']}]" if owner["event"] else ""
    return f"{owner['name']}, {who}{note}{where}"
