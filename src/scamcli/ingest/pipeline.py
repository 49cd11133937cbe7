"""DOC pipeline"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.counts.pipeline import counts_of
from scamcli.ingest.entries import FULL_STOPS, split_entries
from scamcli.ingest.figures import figures_of
from scamcli.ingest.locations import Locations
from scamcli.ingest.mentions import entry_context, find_mentions, take_inventory
from scamcli.ingest.proposal import Extraction, Grade, Proposal, Reason, Span
from scamcli.ingest.reading.markdown import plain_view
from scamcli.ingest.roles import Roles, Speakers, is_outlet
from scamcli.records.slugs import make_event_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.entries import Entry
    from scamcli.ingest.mentions import Mention, NameInventory
    from scamcli.ingest.proposal import Document, Known
    from scamcli.ingest.words import Sentence, Word
    from scamcli.records.types import FigureDict

    Progress = Callable[[int, int], None]


def extract(document: Document, known: Known, progress: Progress) -> Extraction:
    """What a text gives.

    Args:
        document: as it was read.
        known: the names that the timeline has.
        progress: told how many entries are done, and how many there are.
    """
    text = plain_view(document.text)
    entries = split_entries(text, document.about)
    names = take_inventory([entries.before, *(entry.sentences for entry in entries.dated)], known, document.about)
    drafts: list[Draft] = []
    for entry in entries.dated:
        drafts.append(draft(entry, text, document, names))
        progress(len(drafts), len(entries.dated))
    before = sum(sentence[-1].text in FULL_STOPS for sentence in entries.before)  # a title is no sentence
    return Extraction(with_links(drafts), entries.undated, _kinds_of_new_actors(drafts, known), before)


def _kinds_of_new_actors(drafts: list[Draft], known: Known) -> dict[str, str]:
    """The kinds of those whom the timeline does not know."""
    told = (one for draft in drafts for found in draft.mentions for one in found if one.kind == "actor" and one.within)
    return {one.name: one.within for one in told if one.within and one.name not in known.kinds}


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


def draft(entry: Entry, text: str, document: Document, cast: NameInventory) -> Draft:
    """The draft of an entry.

    Args:
        entry: as it was split off.
        text: the plain view of the document's text, of the same length.
        document: what was read.
        cast: the names of the whole article.
    """
    seen = entry_context(entry.sentences, cast)
    mentions = [find_mentions(sentence, cast, seen) for sentence in entry.sentences]
    where = Locations(entry.sentences, mentions, cast.country)
    speaking = Speakers(entry.sentences, mentions)
    roles = Roles(entry.sentences, mentions, speaking)
    counts = [
        _with_victims_nationality(count._replace(speaker=speaking.speaker(count, roles.cited)), mentions[count.at])
        if count.is_figure
        else count
        for count in where.with_provinces(counts_of(entry.sentences, mentions, text))
    ]
    figures = figures_of(counts, entry.dated.date)
    kind, why = classify_event(entry.sentences, mentions, speaking, figures.records)
    people = _nationality_reasons(entry.sentences, mentions)
    actors = roles.actors({count.speaker for count in figures.counts if count.speaker}, kind)
    nationalities = [one.field.partition(".")[2] for one in people] + _counted_nationalities(figures.records)
    record: dict[str, Any] = {
        "type": "event", "id": None, "date": entry.dated.date, "kind": kind,
        "title": _title(entry, text), "summary": None, "status": "draft", "actors": actors,
        "provinces": where.provinces, "places": where.places, "sites": where.sites, "countries": where.countries,
        "nationalities": list(dict.fromkeys(nationalities)), "tags": [],
        "figures": figures.records, "sources": _sources(document, entry, text, roles.cited), "links": [], "note": None,
    }  # fmt: skip
    date = Reason("date", entry.heading, entry.dated.rule, entry.dated.grade)
    reasons = (date, why, *roles.reasons, *where.reasons, *people, *figures.reasons)
    proposal = Proposal(record, entry.passage, reasons, tuple(figures.unread))
    return Draft(proposal, entry, mentions, roles.targets)


def _with_victims_nationality(count: Count, mentions: Sequence[Mention]) -> Count:
    """Whose money or sentence it is: the last person whose nationality is told before it."""
    if count.kind in {"loss", "sentence"} and not count.nationalities:
        people = [one for one in mentions if one.kind == "people"]
        before = [one.name for one in people if one.first < count.amount.first] or [one.name for one in people]
        return count._replace(nationalities=tuple(before[-1:]))
    return count


def _nationality_reasons(sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]]) -> list[Reason]:
    """The nationalities of people, with the words that say so."""
    found: dict[str, Reason] = {}
    for words, named in zip(sentences, mentions, strict=True):
        for one in named:
            if one.kind == "people":
                span = Span(words[one.first].start, words[one.last - 1].end)
                found.setdefault(one.name, Reason(f"nationalities.{one.name}", span, one.rule, one.grade))
    return list(found.values())


def _counted_nationalities(figures: Sequence[FigureDict]) -> list[str]:
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


_SPEAKING_ROLES = frozenset({"author", "speaker", "alleges"})


def with_links(drafts: Sequence[Draft]) -> list[Proposal]:
    """The drafts with links to earlier ones of the same text, which they name by the ids of their dates and titles."""
    told: dict[str, str] = {}
    found = []
    records = [draft.proposal.record for draft in drafts]
    for draft, id_ in zip(drafts, make_event_ids((one["date"], one["title"]) for one in records), strict=True):
        found.append(_with_link(draft, told))
        told |= {one["name"]: id_ for one in draft.proposal.record["actors"] if one["role"] in _SPEAKING_ROLES}
    return found


def _with_link(draft: Draft, told: Mapping[str, str]) -> Proposal:
    """A draft with a link to the last earlier entry in which the one whom it denies spoke.

    Args:
        draft: of an entry.
        told: who spoke before, and the id of the last entry in which they did.
    """
    proposal = draft.proposal
    for name, span in draft.targets:
        id_ = told.get(name)
        if id_ is not None:
            link = {"type": "disputes", "event": id_, "figure": None, "note": None}
            reason = Reason(f"links.{id_}", span, "what it denies was told before", Grade.UNSURE)
            record = proposal.record | {"links": [*proposal.record["links"], link]}
            proposal = proposal._replace(record=record, reasons=(*proposal.reasons, reason))
    return proposal


ACTIONS = lexicon.headings("kinds.actions")
ANNOUNCING = lexicon.words("kinds.announcing")
NEGATED = lexicon.words("kinds.negated")
OF_METRICS = lexicon.headings("kinds.of_metrics")
TOPICS = [(kind, frozenset(words)) for kind, words in lexicon.table("kinds.topics").items()]
PUBLICATION = lexicon.words("speech.publication")


def classify_event(
    sentences: Sequence[Sentence],
    mentions: Sequence[Sequence[Mention]],
    speaking: Speakers,
    figures: Sequence[FigureDict],
) -> tuple[str, Reason]:
    """The kind, and why: a report of an outlet, a topic, then what is done first.

    Args:
        sentences: of the entry.
        mentions: the names in each of them.
        speaking: who speaks in it.
        figures: its figures.
    """
    first = sentences[0]
    opening = next((one for one in mentions[0] if is_outlet(one) and one.first <= 2), None)
    if opening is not None and (said := speaking.of(0, opening)) and said.at >= opening.last:
        return _kind_and_reason("report", first[said.at], "an outlet that reports")
    for kind, words in TOPICS:
        if word := _first_of(first, words):
            return _kind_and_reason(kind, word, f"“{word.lower}”")
    speaker = next((one for one in speaking.said[0] if not one.is_outlet), None)
    action = _action(first) or _kind_of_figures(first, figures)
    if speaker is not None and _only_speaks(first[speaker.at], action):
        return _kind_and_reason("statement", first[speaker.at], "somebody who speaks")
    if action is not None:
        return _kind_and_reason(action[0], action[1], f"“{action[1].lower}”")
    if word := _first_of(first, PUBLICATION | {"reports", "reported"}):
        return _kind_and_reason("report", word, f"“{word.lower}”")
    return _kind_and_reason("statement", first[0], "no word tells another")


def _only_speaks(verb: Word, action: tuple[str, Word] | None) -> bool:
    """Whether what a sentence tells is that somebody speaks, and not what is announced, denied or warned of."""
    if action is None:
        return True
    kind, word = action
    return kind not in {"denial", "warning"} and verb.lower not in ANNOUNCING and word.start > verb.start


def _kind_of_figures(first: Sentence, figures: Sequence[FigureDict]) -> tuple[str, Word] | None:
    """What happened to those whom the entry counts first."""
    for figure in figures:
        kind = OF_METRICS.get(figure["metric"])
        if kind is not None:
            said = (figure["stated"] or "").split()[0].lower()
            return kind, next((word for word in first if word.lower == said), first[0])
    return None


def _action(sentence: Sentence) -> tuple[str, Word] | None:
    """What is done first; words in capitals, and those of what was done before ("following raids"), do not count."""
    for at, word in enumerate(sentence):
        if at and (
            not word.text.islower() or sentence[at - 1].lower in {"following", "after", "from", "of", "for", "against"}
        ):
            continue
        if any(one.lower in NEGATED for one in sentence[max(0, at - 3) : at]):
            continue
        if kind := ACTIONS.get(word.lower):
            return kind, word
    return None


def _first_of(sentence: Sentence, words: frozenset[str]) -> Word | None:
    return next((word for word in sentence if word.lower in words), None)


def _kind_and_reason(kind: str, word: Word, rule: str) -> tuple[str, Reason]:
    return kind, Reason("kind", Span(word.start, word.end), rule, Grade.UNSURE)
