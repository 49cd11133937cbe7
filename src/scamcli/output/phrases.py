"""Phrases for the parts of an event (sources, places, links), shared by all texts about events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.output.escaping import is_web_address
from scamcli.records.derivations import originals

if TYPE_CHECKING:
    from collections.abc import Callable

    from scamcli.records.types import EventDict, LinkDict, OwnerDict, SiteStatusDict, SourceDict


def source_names(event: EventDict) -> str:
    """Return the outlets of an event's original sources, each with the publication that quotes it."""
    return "; ".join(dict.fromkeys(map(outlet, originals(event["sources"])))) or "no source recorded"


def outlet(source: SourceDict) -> str:
    """Return the outlet of a source, and the publication that quotes it."""
    return f"{source['outlet']}, via {source['via']}" if source["via"] else source["outlet"]


def location(event: EventDict) -> str:
    """Return where an event happened, from the site to the province, or an empty text if that is not recorded."""
    places = [place["name"] for place in event["places"]]
    return ", ".join(dict.fromkeys([*event["sites"], *places, *event["provinces"]]))


def claimed_by(claim: OwnerDict | SiteStatusDict) -> str:
    """Return who makes a claim about a site, and who published it."""
    speakers = list(filter(None, (claim["stated_by"], claim["outlet"])))
    return f"according to {', in '.join(speakers)}" if speakers else "who says so is not recorded"


def site_status(claim: SiteStatusDict) -> str:
    """Return a claim about the state of a site: ``raided 2023-07-01, according to Kandal police, in VOD``."""
    return f"{' '.join(filter(None, (in_words(claim['status']), claim['date'])))}, {_said(claim)}"


def site_status_undated(claim: SiteStatusDict) -> str:
    """Return a claim about the state of a site without its date, which stands before it."""
    return f"{in_words(claim['status'])}, {_said(claim)}"


def site_holder(claim: OwnerDict) -> str:
    """Return a claim that somebody owns or runs a site, with who makes it."""
    return f"{claim['name']}, {_said(claim)}"


def in_words(word: str) -> str:
    """Return a word of the vocabulary with spaces: ``under construction``."""
    return word.replace("_", " ")


def _said(claim: OwnerDict | SiteStatusDict) -> str:
    note = f"; {claim['note']}" if claim["note"] else ""
    event = f" [{claim['event']}]" if claim["event"] else ""
    return f"{claimed_by(claim)}{note}{event}"


def dataset(event: EventDict) -> str:
    """Return the table that an event is a row of, or an empty text if there is none."""
    table = event["dataset"]
    return "" if table is None else table["name"] + (", each row another incident" if table["disjoint"] else "")


def link(link: LinkDict) -> str:
    """Return a link in words, such as ``responds to 2022-07-13-report, figure total``."""
    figure = f", figure {link['figure']}" if link["figure"] else ""
    note = f". {link['note']}" if link["note"] else ""
    return f"{link['type'].replace('_', ' ')} {link['event']}{figure}{note}"


def source_line(source: SourceDict, escape: Callable[[str], str], as_link: Callable[[str, str], str]) -> str:
    """Return a source on one line: outlet, title, author, date, passage, archived copy, and date of reading.

    Args:
        source: the source.
        escape: a function that escapes a text.
        as_link: a function that returns a text linked to an address. An address that must not become a link is put in
            brackets.
    """
    passage = f"passage “{source['passage']}”" if source["passage"] else None
    parts = (
        (outlet(source), None),
        (source["title"] or source["url"], source["url"]),
        (f"by {source['author']}" if source["author"] else None, None),
        (source["published"], None),
        (passage, None),
        ("archived copy" if source["archived"] else None, source["archived"]),
        (f"read on {source['accessed']}" if source["accessed"] else None, None),
    )
    lines = []
    for text, address in parts:
        if text and address and is_web_address(address):
            lines.append(as_link(text, address))
        elif text:
            lines.append(escape(text if address in {None, text} else f"{text} ({address})"))
    return ", ".join(lines)
