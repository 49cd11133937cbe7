"""An event to read: an entry of the story, or the whole record."""

from __future__ import annotations

from typing import Any

from scamcli.output import phrases
from scamcli.output.text import words


def entry(row: dict[str, Any]) -> str:
    """An event in the story: its date and title, what happened, its figures and sources."""
    draft = " (draft)" if row["status"] == "draft" else ""
    possible = " (possible match)" if row["match"] == "possible" else ""
    lines = [words.filled(f"{row['date']}  {row['title']}{draft}{possible}")]
    if row["summary"]:
        lines.append(words.filled(row["summary"], "  "))
    lines += [
        words.filled(phrases.figure_line(figure), "  • ").replace("\n  • ", "\n    ") for figure in row["figures"]
    ]
    lines.append(words.filled(f"— {phrases.sources(row)} [{row['id']}]", "  "))
    return "\n".join(lines)


def whole(row: dict[str, Any]) -> str:
    """Everything that the record says, labelled."""
    head = [words.filled(row["title"]), ""]
    listed = {
        "id": row["id"],
        "date": row["date"],
        "kind": row["kind"] + (" (draft)" if row["status"] == "draft" else ""),
        "actors": "; ".join(f"{person['name']} ({person['role']})" for person in row["actors"]),
        "provinces": "; ".join(row["provinces"]),
        "places": "; ".join(_place(place) for place in row["places"]),
        "sites": "; ".join(row["sites"]),
        "countries": ", ".join(row["countries"]),
        "nationality": "; ".join(row["nationalities"]),
        "tags": ", ".join(row["tags"]),
    }
    lines = head + [words.labelled(label, text) for label, text in listed.items() if text]
    if row["summary"]:
        lines += ["", words.filled(row["summary"])]
    if row["figures"]:
        lines += ["", "figures", *(_figure(figure) for figure in row["figures"])]
    if row["sources"]:
        lines += ["", "sources", *(_source(source) for source in row["sources"])]
    if row["links"]:
        lines += ["", "links", *(_link(link) for link in row["links"])]
    if row["note"]:
        lines += ["", words.labelled("note", row["note"])]
    return "\n".join([*lines, "", words.labelled("digest", row["digest"])])


def _place(place: dict[str, Any]) -> str:
    return ", ".join(place[key] for key in ("name", "admin1", "country") if place[key])


def _figure(figure: dict[str, Any]) -> str:
    note = f". {figure['note']}" if figure["note"] else ""
    return words.labelled(f"  {figure['id']}", phrases.figure_line(figure) + note, 24)


def _source(source: dict[str, Any]) -> str:
    told = [source["outlet"] + (f", via {source['via']}" if source["via"] else "")]
    told += [source[key] for key in ("title", "published") if source[key]]
    told += [f"passage “{source['passage']}”"] if source["passage"] else []
    told += [source[key] for key in ("url", "archived") if source[key]]
    return words.labelled("  ", "; ".join(told), 4)


def _link(link: dict[str, Any]) -> str:
    figure = f", figure {link['figure']}" if link["figure"] else ""
    note = f". {link['note']}" if link["note"] else ""
    return words.labelled("  ", f"{link['type']} {link['event']}{figure}{note}", 4)
