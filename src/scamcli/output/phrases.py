"""How an event's figures, sources, places and links are told in words: the same wherever a story is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.records.sources import originals

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_EVENT = "id date kind title summary provinces sites places.name sources links note"
_FIGURE = "metric unit stated low best high province nationality group period stated_by part_of of note"

TOLD = frozenset(f"event.{key}" for key in _EVENT.split()) | {f"event.figures.{key}" for key in _FIGURE.split()}
"""The keys that a story holds which tells all that is here."""


def figure_line(figure: Mapping[str, Any]) -> str:
    """A figure on a line: its metric, its wording, whom it counts, where, when, and who said it."""
    told = f"“{figure['stated']}” ({bounds(figure)})" if figure["stated"] else bounds(figure)
    parts = [f"{figure['metric']}: {told}"]
    parts += [figure[key] for key in ("group", "nationality", "province") if figure[key]]
    if figure["period"]:
        parts.append(f"in {figure['period']}")
    if figure["part_of"]:
        parts.append(f"part of {figure['part_of']}")
    parts.append(f"said by {figure['stated_by']}" if figure["stated_by"] else "speaker not recorded")
    return ", ".join(parts)


def bounds(figure: Mapping[str, Any]) -> str:
    """A figure's bounds in words: what is not known is said to be unknown."""
    low, best, high = figure["low"], figure["best"], figure["high"]
    if low is not None and low == best == high:
        return f"{low:,}"
    parts = [f"{name} {value:,}" for name, value in (("low", low), ("best", best), ("high", high)) if value is not None]
    return ", ".join(parts) or "unknown"


def sources(event: Mapping[str, Any]) -> str:
    """Who published an event, and through whom it was seen."""
    said = [outlet(source) for source in originals(event["sources"])]
    return "; ".join(dict.fromkeys(said)) or "no source recorded"


def outlet(source: Mapping[str, Any]) -> str:
    """Who published a source, and through whom it was seen."""
    return f"{source['outlet']}, via {source['via']}" if source["via"] else str(source["outlet"])


def figures(event: Mapping[str, Any]) -> Iterator[str]:
    """The figures of an event on a line each, whole: with their ids where another one refers to them."""
    listed = event["figures"]
    named = {figure["part_of"] for figure in listed} | {id_ for figure in listed for id_ in figure["of"] or ()}
    for figure in listed:
        unit = f", in {figure['unit']}" if figure["unit"] else ""
        of = f", of {' and '.join(figure['of'])}" if figure["of"] else ""
        id_ = f" [{figure['id']}]" if figure["id"] in named else ""
        note = f". {figure['note']}" if figure["note"] else ""
        yield figure_line(figure) + unit + of + id_ + note


def where(event: Mapping[str, Any]) -> str:
    """Where an event happened, from the house to the province; empty where nothing says."""
    places = [place["name"] for place in event["places"]]
    return ", ".join(dict.fromkeys([*event["sites"], *places, *event["provinces"]]))


def link(link: Mapping[str, Any]) -> str:
    """How an event bears on another."""
    figure = f", figure {link['figure']}" if link["figure"] else ""
    note = f". {link['note']}" if link["note"] else ""
    return f"{link['type'].replace('_', ' ')} {link['event']}{figure}{note}"


class Told(NamedTuple):
    """A part of what is told of a source, and the address that it leads to."""

    text: str
    address: str | None = None

    @property
    def whole(self) -> str:
        """Both as text, for an address that no link may lead to."""
        return self.text if self.address in {None, self.text} else f"{self.text} ({self.address})"


def source_parts(source: Mapping[str, Any]) -> list[Told]:
    """A source in parts: who published it, what, when, where in it, and where it is kept."""
    title, url = source["title"], source["url"]
    parts = [Told(outlet(source))]
    if title or url:
        parts.append(Told(title or url, url))
    if source["published"]:
        parts.append(Told(source["published"]))
    if source["passage"]:
        parts.append(Told(f"passage “{source['passage']}”"))
    if source["archived"]:
        parts.append(Told("archived copy", source["archived"]))
    if source["accessed"]:
        parts.append(Told(f"read on {source['accessed']}"))
    return parts
