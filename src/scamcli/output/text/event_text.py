"""Write an event as text: an entry in a story, or the full record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.output import phrases
from scamcli.output.text import figure_text, words
from scamcli.output.text.nouns import country_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.records.types import HitDict, SourceDict, WholeEventDict


def entry(event: HitDict) -> str:
    """Return an event as an entry in a story: its date and title, what happened, its figures and sources."""
    draft = " (draft)" if event["status"] == "draft" else ""
    possible = " (possible match)" if event["match"] == "possible" else ""
    lines = [words.wrap(f"{event['date']}  {event['title']}{draft}{possible}")]
    if event["summary"]:
        lines.append(words.wrap(event["summary"], "  "))
    lines += [words.wrap(text, "    ", "  • ") for text in figure_text.sentences(event["figures"])]
    lines.append(words.wrap(f"— {phrases.source_names(event)} [{event['id']}]", "  "))
    return "\n".join(lines)


def whole(event: WholeEventDict) -> str:
    """Return everything in a record, with labels."""
    values = {
        "id": event["id"],
        "date": event["date"],
        "kind": event["kind"] + (" (draft)" if event["status"] == "draft" else ""),
        "actors": "; ".join(f"{participant['name']} ({participant['role']})" for participant in event["actors"]),
        "provinces": "; ".join(event["provinces"]),
        "places": "; ".join(
            ", ".join(filter(None, (place["name"], place["admin1"], country_name(place["country"] or ""))))
            for place in event["places"]
        ),
        "sites": "; ".join(event["sites"]),
        "linked sites": "; ".join(event["linked_sites"]),
        "countries": ", ".join(map(country_name, event["countries"])),
        "nationality": "; ".join(event["nationalities"]),
        "tags": ", ".join(event["tags"]),
        "data set": phrases.dataset(event),
    }
    lines = [words.wrap(event["title"]), ""]
    lines += [words.wrap_labelled(label, text) for label, text in values.items() if text]
    if event["summary"]:
        lines += ["", words.wrap(event["summary"])]
    sections = (
        ("figures", _figures(event)),
        ("sources", map(_source, event["sources"])),
        ("links", (words.wrap_labelled("  ", phrases.link(link), 4) for link in event["links"])),
    )
    for heading, items in sections:
        section = list(items)
        lines += ["", heading, *section] if section else []
    if event["note"]:
        lines += ["", words.wrap_labelled("note", event["note"])]
    return "\n".join([*lines, "", words.wrap_labelled("digest", event["digest"])])


def _figures(event: WholeEventDict) -> Iterator[str]:
    for figure, text in zip(event["figures"], figure_text.with_counts(event["figures"]), strict=True):
        note = f". {figure['note']}" if figure["note"] else ""
        yield words.wrap_labelled(f"  {figure['id']}", text + note, 24)


def _source(source: SourceDict) -> str:
    passage = f"passage “{source['passage']}”" if source["passage"] else None
    author = f"by {source['author']}" if source["author"] else None
    details = (source["title"], author, source["published"], passage, source["url"], source["archived"])
    return words.wrap_labelled("  ", "; ".join([phrases.outlet(source), *filter(None, details)]), 4)
