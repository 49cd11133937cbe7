"""Dates and sources in words that a reader of a story needs no key for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.exchange import data_set_terms
from scamcli.exchange.exporters import date_parts
from scamcli.language import dates
from scamcli.language.vocabulary import METRICS
from scamcli.output import phrases
from scamcli.output.escaping import is_web_address
from scamcli.output.text import figure_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scamcli.exchange.exporters.date_parts import End
    from scamcli.exchange.exporters.dump import Dump
    from scamcli.records.types import EventDict, SourceDict


def units(dump: Dump) -> dict[str, str]:
    """Return the unit of each metric."""
    own = {metric["name"]: metric["unit"] or metric["name"] for metric in dump.metrics()}
    return {metric.name: metric.unit for metric in METRICS.values()} | own


def when(date: str) -> str:
    """Return an EDTF date in words: ``19 August to 19 September 2022``, ``about September 2022``."""
    parts = date_parts.parse(date)
    if parts.first is None or parts.last is None:
        return " ".join(("since " if parts.last is None else "until ") + _end(end) for end in parts.ends)
    first, last = parts.first, parts.last
    if first == last:
        return _end(last)
    shared = 0
    if parts.is_plain and len(first.parts) == len(last.parts):
        while first.parts[shared] == last.parts[shared]:
            shared += 1
    return f"{_end(first, shared)} to {_end(last)}"


def _end(end: End, left_out: int = 0) -> str:
    """Return a day, a month or a year in words, without its first parts: the year, or the year and the month."""
    year, *rest = end.parts
    words = [str(number) for number in rest[1:]] + [dates.MONTHS[number - 1] for number in rest[:1]] + [str(year)]
    about = "about " if end.mark in {"~", "%"} else ""
    return about + " ".join(words[: len(words) - left_out]) + (" (uncertain)" if end.mark in {"?", "%"} else "")


def source(source: SourceDict, escape: Callable[[str], str], as_link: Callable[[str, str], str]) -> str:
    """Return a source as a sentence: outlet, title, author and date, then the passage and where copies are.

    Args:
        source: The source.
        escape: A function that escapes a text.
        as_link: A function that returns a text linked to an address. Other addresses are put in brackets.
    """
    quoted = f", quoted by {source['via']}" if source["via"] else ""
    parts = [escape(source["outlet"] + quoted)]
    if source["title"] or source["url"]:
        parts.append(_linked(source["title"] and f"“{source['title']}”", source["url"], escape, as_link))
    parts += [escape(f"by {source['author']}")] if source["author"] else []
    parts += [when(source["published"])] if source["published"] else []
    sentences = [", ".join(parts)]
    sentences += [escape(f"Passage: “{source['passage']}”")] if source["passage"] else []
    sentences += [_linked("Archived copy", source["archived"], escape, as_link)] if source["archived"] else []
    sentences += [f"Read {when(source['accessed'])}"] if source["accessed"] else []
    return ". ".join(sentences) + "."


def _linked(
    text: str | None, address: str | None, escape: Callable[[str], str], as_link: Callable[[str, str], str]
) -> str:
    if address is not None and is_web_address(address):
        return as_link(text or address, address)
    return escape(" ".join(filter(None, (text, f"({address})" if address else None))))


def terms(event: EventDict) -> str | None:
    """Return the terms of use of the data set that an event is a row of."""
    dataset = event["dataset"]
    found = data_set_terms.known().get(dataset["name"]) if dataset else None
    return f"Terms of use of {found}." if found else None


def plain(event: EventDict, units: dict[str, str]) -> Iterator[str]:
    """Yield the paragraphs of an event in plain text: what happened, numbers, where, links, sources, terms."""
    yield from filter(None, (event["summary"], *figure_text.with_notes(event["figures"], units)))
    for label, value in (("Where", phrases.location(event)), ("Note", event["note"])):
        if value:
            yield f"{label}: {value}"
    yield from (f"This event {phrases.link(link)}" for link in event["links"])
    yield from (f"Source: {source(one, str, _in_brackets)}" for one in event["sources"])
    yield from filter(None, [terms(event)])


def _in_brackets(text: str, address: str) -> str:
    return text if text == address else f"{text} ({address})"
