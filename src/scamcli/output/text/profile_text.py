"""Write an actor or a site as text, with its events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.output import phrases
from scamcli.output.text import figure_text, words
from scamcli.output.text.nouns import country_name
from scamcli.records.site_states import in_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.output.text import Row

_KEYS = ("kind", "country", "province", "place", "aliases", "positions", "member_of", "topics")


def whole(profile: Row) -> str:
    """Return the record with labels, then its events and figures, oldest first."""
    lines = [profile["name"], "", *_record(profile), *_statuses(profile)]
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
        lines += [_dated(figure, f"{figure_text.sentence(figure)} [{figure['event']}]") for figure in figures]
    return "\n".join(lines)


def _record(profile: Row) -> Iterator[str]:
    """Yield the values of the record with their labels, except the claims about the state of a site."""
    for key in _KEYS:
        value = profile.get(key)
        if key == "country" and value:
            value = country_name(value)
        if value:
            text = "; ".join(value) if isinstance(value, list) else value
            yield words.wrap_labelled(key.replace("_", " "), text)
    yield from _point(profile)
    for key in ("owner", "operator"):
        yield from (words.wrap_labelled(key, phrases.site_holder(claim)) for claim in profile.get(f"{key}s") or [])
    if profile["note"]:
        yield words.wrap_labelled("note", profile["note"])
    if profile.get("source_of"):
        yield words.wrap_labelled("source of", words.plural(profile["source_of"], "event"))


def _deed(event: Row) -> str:
    """Return what was done or said and by whom; an answer has its stance."""
    return ", ".join(filter(None, [event["kind"], event.get("stance"), *event["by"]]))


def _dated(row: Row, text: str) -> str:
    return words.wrap_labelled(f"  {row['date']}", text, 14)


def _point(profile: Row) -> list[str]:
    """Return the line with the coordinates of a site, and what they point to."""
    if profile.get("lat") is None or profile.get("lon") is None:
        return []
    precision = f" ({profile['precision']})" if profile["precision"] else ""
    return [words.wrap_labelled("coordinates", f"{profile['lat']}, {profile['lon']}{precision}")]


def _statuses(profile: Row) -> list[str]:
    """Return the claims about the state of a site in the order of their first days, those without a date last."""
    claims = profile.get("statuses") or []
    rows = [({"date": claim["date"] or "no date"}, phrases.site_status_undated(claim)) for claim in in_order(claims)]
    return ["", "status", *(_dated(row, text) for row, text in rows)] if rows else []
