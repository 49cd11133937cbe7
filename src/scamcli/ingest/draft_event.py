"""One entry as a draft: its names, figures, kind and sources put together as a record, each with its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.ingest.attribution import Speaking
from scamcli.ingest.counts.pipeline import counts_of
from scamcli.ingest.figures import figures_of
from scamcli.ingest.kinds import kind_of
from scamcli.ingest.locations import Where
from scamcli.ingest.mentions import context, find
from scamcli.ingest.proposal import Proposal, Reason, Span
from scamcli.ingest.roles import Roles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.entries import Entry
    from scamcli.ingest.mentions import Cast, Mention
    from scamcli.ingest.proposal import Document
    from scamcli.ingest.words import Sentence

LONGEST_TITLE = 100
_ENDS_HEADING = frozenset(":-–—")


class Draft(NamedTuple):
    """A draft and what it was made of.

    Attributes:
        proposal: the draft.
        entry: of the text.
        mentions: the names in each of its sentences.
        targets: outlets and others that it disputes, with the words that say so.
    """

    proposal: Proposal
    entry: Entry
    mentions: list[list[Mention]]
    targets: list[tuple[str, Span]]


def draft(entry: Entry, text: str, document: Document, cast: Cast) -> Draft:
    """The draft of an entry.

    Args:
        entry: as it was split off.
        text: the plain view of the document's text, of the same length.
        document: what was read.
        cast: the names of the whole article.
    """
    seen = context(entry.sentences, cast)
    mentions = [find(sentence, cast, seen) for sentence in entry.sentences]
    where = Where(entry.sentences, mentions, cast.country)
    speaking = Speaking(entry.sentences, mentions)
    roles = Roles(entry.sentences, mentions, speaking)
    counts = counts_of(entry.sentences, mentions, text)
    where.place([count for count in counts if count.is_figure])
    for count in counts:
        if count.is_figure:
            count.speaker = speaking.speaker(count, roles.cited)
            _whose(count, mentions[count.at])
    figures = figures_of(counts, entry.dated.date)
    kind, why = kind_of(entry.sentences, mentions, speaking, figures.records)
    people = _nationalities(entry.sentences, mentions)
    actors = roles.actors({count.speaker for count in figures.counts if count.speaker}, kind)
    nationalities = [one.field.partition(".")[2] for one in people] + _counted(figures.records)
    record: dict[str, Any] = {
        "type": "event", "id": None, "date": entry.dated.date, "kind": kind,
        "title": _title(entry, text), "summary": None, "status": "draft", "actors": actors,
        "provinces": where.provinces, "places": where.places, "sites": where.sites, "countries": where.countries,
        "nationalities": list(dict.fromkeys(nationalities)), "tags": [],
        "figures": figures.records, "sources": _sources(document, entry, text, roles.cited), "links": [], "note": None,
    }  # fmt: skip
    date = Reason("date", entry.heading, entry.dated.rule, entry.dated.grade)
    reasons = (date, why, *roles.reasons, *where.reasons, *people, *figures.reasons)
    proposal = Proposal(record, entry.passage, reasons, tuple(_unread(counts)))
    return Draft(proposal, entry, mentions, roles.targets)


def _whose(count: Count, mentions: Sequence[Mention]) -> None:
    """Whose money or sentence it is: the last person whose nationality is told before it."""
    if count.kind in {"loss", "sentence"} and not count.nationalities:
        people = [one for one in mentions if one.kind == "people"]
        before = [one.name for one in people if one.first < count.amount.first] or [one.name for one in people]
        count.nationalities = before[-1:]


def _nationalities(sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]]) -> list[Reason]:
    """The nationalities of people, with the words that say so."""
    found: dict[str, Reason] = {}
    for words, named in zip(sentences, mentions, strict=True):
        for one in named:
            if one.kind == "people":
                span = Span(words[one.first].start, words[one.last - 1].end)
                found.setdefault(one.name, Reason(f"nationalities.{one.name}", span, one.rule, one.grade))
    return list(found.values())


def _counted(figures: Sequence[dict[str, Any]]) -> list[str]:
    return [figure["nationality"] for figure in figures if figure["nationality"]]


def _title(entry: Entry, text: str) -> str:
    """The beginning of the first sentence, its date before a colon left out: a title to be written anew in review."""
    start, end = entry.sentences[0][0].start, entry.sentences[0][-1].end
    after = text[entry.heading.end : end].lstrip()
    if entry.heading.start == start and after[:1] in _ENDS_HEADING and (told := after.lstrip("".join(_ENDS_HEADING))):
        start = end - len(told.lstrip()) if any(map(str.isalnum, told)) else start
    whole = " ".join(text[start:end].split()).rstrip(".") or " ".join(text[slice(*entry.heading)].split())
    if len(whole) <= LONGEST_TITLE:
        return whole
    return whole[: LONGEST_TITLE - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _sources(document: Document, entry: Entry, text: str, cited: Sequence[str]) -> list[dict[str, Any]]:
    """The publication itself, and whom it cites."""
    about = document.about
    keys = ("outlet", "title", "url", "published", "passage", "archived", "accessed", "via")
    empty: dict[str, Any] = dict.fromkeys(keys)
    heading = " ".join(text[entry.heading.start : entry.heading.end].split())
    own = empty | about._asdict() | {"passage": heading}
    others = [empty | {"outlet": name, "via": about.outlet} for name in cited]
    return [own, *others] if about.outlet else others


def _unread(counts: Sequence[Count]) -> list[Span]:
    return [
        Span(count.sentence[count.amount.first].start, count.sentence[count.amount.last - 1].end)
        for count in counts
        if not count.is_figure and count.kind != "other"
    ]
