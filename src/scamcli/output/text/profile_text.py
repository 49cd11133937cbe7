"""Write an actor or a site as text, with its events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.output import phrases
from scamcli.output.text import words

if TYPE_CHECKING:
    from scamcli.output.text import Row

_KEYS = ("kind", "country", "province", "place", "aliases", "positions", "member_of", "topics")


def whole(profile: Row) -> str:
    """Return the record with labels, then the events and figures in which it takes part, oldest first."""
    lines = [profile["name"], ""]
    for key in _KEYS:
        value = profile.get(key)
        if value:
            text = "; ".join(value) if isinstance(value, list) else value
            lines.append(words.wrap_labelled(key.replace("_", " "), text))
    lines += [words.wrap_labelled("owner", _owner(owner)) for owner in profile.get("owners") or []]
    if profile["note"]:
        lines.append(words.wrap_labelled("note", profile["note"]))
    if profile.get("source_of"):
        lines.append(words.wrap_labelled("source of", words.plural(profile["source_of"], "event")))
    for key in ("reported", "answered", "done"):
        events = profile.get(key) or []
        lines += ["", key] if events else []
        lines += [_dated(event, f"{_deed(event)} [{event['id']}]") for event in events]
    lines += ["", words.plural(len(profile["events"]), "event")]
    for event in profile["events"]:
        roles = f" ({', '.join(event['roles'])})" if event["roles"] else ""
        lines.append(_dated(event, f"{event['title']}{roles} [{event['id']}]"))
    for key, heading in (("stated", "figures stated"), ("figures", "figures")):
        figures = profile.get(key) or []
        lines += ["", heading] if figures else []
        lines += [_dated(figure, f"{phrases.figure_line(figure)} [{figure['event']}]") for figure in figures]
    return "\n".join(lines)


def _deed(event: Row) -> str:
    """Return what was done or said and by whom; an answer has its stance."""
    return ", ".join(filter(None, [event["kind"], event.get("stance"), *event["by"]]))


def _dated(row: Row, text: str) -> str:
    return words.wrap_labelled(f"  {row['date']}", text, 14)


def _owner(owner: Row) -> str:
    speakers = list(filter(None, (owner["stated_by"], owner["outlet"])))
    claim = f"according to {', in '.join(speakers)}" if speakers else "who says so is not recorded"
    note = f"; {owner['note']}" if owner["note"] else ""
    event = f" [{owner['event']}]" if owner["event"] else ""
    return f"{owner['name']}, {claim}{note}{event}"
