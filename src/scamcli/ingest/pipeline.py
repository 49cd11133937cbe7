"""Turn a text into drafts: split it into entries, read them one by one, and link them to each other.

For every field, a draft records the words that it comes from, the rule that read it, and how reliable the rule is.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain, repeat
from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest.counts.amounts import amounts
from scamcli.ingest.counts.classify import describe
from scamcli.ingest.counts.continuations import caption_of, share_out, topic_of_list, with_topic
from scamcli.ingest.counts.count import NONE, Kind, SentenceView, own_metrics
from scamcli.ingest.counts.outcome import single_people
from scamcli.ingest.counts.relations import REMEMBERED, relate
from scamcli.ingest.counts.resolve import resolve, without_unsaid
from scamcli.ingest.dating.redate import redate
from scamcli.ingest.entries import (
    left_out,
    with_other_days,
    with_undated_news,
    with_years_of_head,
    without_wrong_date,
)
from scamcli.ingest.entry_dates import words_of_dates, written_dates
from scamcli.ingest.figures import choose_counts, choose_currencies, figures_of, without_other_days
from scamcli.ingest.grading import details, graded
from scamcli.ingest.kinds import Evidence, classify, setting_of
from scamcli.ingest.locations import Locations
from scamcli.ingest.mentions import entry_context, find_mentions, take_inventory
from scamcli.ingest.proposal import Extraction, Grade, Proposal, Reason, Span
from scamcli.ingest.reading.markdown import plain_view
from scamcli.ingest.reading.publication import sources_of
from scamcli.ingest.speakers import Roles, Speakers, with_shared_speakers
from scamcli.ingest.speech import Speech
from scamcli.ingest.tables.layout import without
from scamcli.ingest.tables.placing import TablesInText
from scamcli.ingest.titles import is_headline, title_of, with_victims, without_names
from scamcli.ingest.words import FULL_STOPS, cell_starts
from scamcli.language.wording.parsing import parse_wording
from scamcli.records.derivations import make_event_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from scamcli.ingest.counts.count import Count, OwnMetrics
    from scamcli.ingest.dated_entries import Entries, Entry
    from scamcli.ingest.figures import Figures
    from scamcli.ingest.grading import Grading
    from scamcli.ingest.kinds import Setting
    from scamcli.ingest.mentions import Mention, NameInventory
    from scamcli.ingest.proposal import Document, Known, Metadata
    from scamcli.ingest.words import Sentence


_MAY_HAVE_TABLES = r"[|\t;]| / |\S,\S|\S  +\S|[\d%)] *\n[^\n]+\d *\n"
"""What every table has: signs or gaps between cells, or lines that end in numbers."""
_SPEAKING_ROLES = frozenset({"author", "speaker", "alleges"})


class Article(NamedTuple):
    """What the drafts of a text have in common.

    Attributes:
        text, tables: the text without Markdown, and its tables.
        topic: the metric of people in a list whose item does not say what happened to them.
        speech: who speaks in the text.
        setting, kind_of: what kinds depend on, and the function that chooses the kind of an entry.
    """

    text: str
    about: Metadata
    inventory: NameInventory
    own: OwnMetrics
    topic: str | None
    speech: Speech
    setting: Setting
    kind_of: Callable[[Evidence], tuple[str, Reason]]
    tables: TablesInText | None


class Draft(NamedTuple):
    """A draft, and what later drafts need to know about it."""

    proposal: Proposal
    denied: dict[str, Span]
    """Outlets whose reports the entry denies, and where the entry names them."""


def extract(
    document: Document,
    known: Known,
    progress: Callable[[int, int], None] = lambda done, total: None,
    grade: Grading = graded,
    kind_of: Callable[[Evidence], tuple[str, Reason]] = classify,
) -> Extraction:
    """Return the drafts of a text, and what they leave out.

    Args:
        document: what `scamcli.ingest.reading.read` returned.
        known: the names that the timeline has; ``Known()`` for none.
        progress: called after each entry with the number of entries that are done, and their total.
        grade, kind_of: the functions that grade the reasons of an entry, and choose its kind.
    """
    text, own = plain_view(document.text), own_metrics(known.metrics)
    tables = TablesInText(document, text, known, own) if re.search(_MAY_HAVE_TABLES, document.text) else None
    entries, document = without_wrong_date(without(text, tables.spans) if tables else text, read := document)
    every = [
        entries.before,
        *(entry.sentences for entry in entries.dated),
        *(tables.sentences if tables else ()),
        tuple(one for one in entries.outside if one[-1].text in FULL_STOPS),  # news without a date
    ]
    inventory = take_inventory(every, known, document.about, is_list=entries.is_list)
    inventory = with_victims(inventory, chain(*every), document.about.title, tables and tables.people)
    loose = _LooseNumbers(lambda one: counts_of([one], _mentions([one], inventory, tables), text, own, tables=tables))
    entries = redate(with_undated_news(entries, document, loose.counts), text, document.about)
    entries = with_other_days(with_years_of_head(entries, text), document.about)
    entries = tables.place(entries, document) if tables else entries
    drafts: list[Draft] = []
    topic = topic_of_list(document.about.title or "", entries.before) if entries.is_list else None
    mentions = [_mentions(entry.sentences, inventory, tables) for entry in entries.dated]
    setting = setting_of(entries, document.about)
    article = Article(
        text, read.about, inventory, own, topic, _speech(entries, mentions, text, inventory), setting, kind_of, tables
    )
    headlines = chain([None if entries.is_list or document.part > 1 else document.about.title], repeat(None))
    for entry, found, headline in zip(entries.dated, mentions, headlines, strict=False):
        draft = _draft(article, entry, found, headline)
        reasons = grade(draft.proposal.reasons, entry, is_list=entries.is_list)
        drafts.append(draft._replace(proposal=draft.proposal._replace(reasons=reasons)))
        progress(len(drafts), len(entries.dated))
    actors = (one for one in chain(*chain(*mentions)) if one.kind == "actor" and one.name not in known.kinds)
    kinds = {one.name: one.within for one in actors if one.within and one.name not in inventory.withheld}
    drafts, outside = _with_loose(drafts, loose, entries, document.about.title, tables.doubtful if tables else ())
    outcome = _with_links(_with_only_nationality(drafts)), entries.undated, kinds, left_out(entries, len(text))
    return Extraction(*outcome, outside, inventory.withheld)


def _with_loose(
    drafts: Sequence[Draft], loose: _LooseNumbers, entries: Entries, title: str | None, doubtful: Iterable[Count]
) -> tuple[list[Draft], tuple[Span, ...]]:
    """Return the drafts with the loose numbers that are in their passages, and the others.

    `doubtful` are the numbers of lines that may be tables, which are loose if nothing else has read them.
    """
    stated = (figure["stated"] or "" for draft in drafts for figure in draft.proposal.record["figures"])
    numbers = list(loose.outside(entries, title, stated))
    used = [*numbers, *(one for draft in drafts for one in draft.proposal.unread)]
    used += (one.span for draft in drafts for one in draft.proposal.reasons if one.field.startswith("figures."))
    cells = (Span(one.sentence[one.amount.first].start, one.sentence[one.amount.last - 1].end) for one in doubtful)
    numbers += [one for one in cells if all(one.end <= start or end <= one.start for start, end in used)]
    marked, inside = [], set[Span]()
    for draft in drafts:
        start, end = draft.proposal.passage
        own = [one for one in numbers if start <= one.start and one.end <= end]
        inside.update(own)
        unread = tuple(sorted({*draft.proposal.unread, *own}))
        marked.append(draft._replace(proposal=draft.proposal._replace(unread=unread)) if own else draft)
    return marked, tuple(one for one in numbers if one not in inside)


def _mentions(
    sentences: Sequence[Sentence], inventory: NameInventory, tables: TablesInText | None = None
) -> list[list[Mention]]:
    """Return the names in each sentence of an entry, and in each row of a table."""
    context = entry_context(sentences, inventory)
    of_rows = tables.mentions if tables else {}
    return [of_rows.get(one[0].start) or find_mentions(one, inventory, context) for one in sentences]


def _speech(
    entries: Entries, mentions: Sequence[Sequence[list[Mention]]], text: str, inventory: NameInventory
) -> Speech:
    """Return who speaks in the sentences of a text, inside and outside of its entries; `mentions` are by entry."""
    found: dict[int, tuple[Sentence, list[Mention]]] = {}
    stretches = [(entry.sentences, named) for entry, named in zip(entries.dated, mentions, strict=True)]
    stretches += [(one, _mentions(one, inventory)) for one in (entries.before, entries.outside)]
    for stretch, named in stretches:
        for sentence, names in zip(stretch, named, strict=True):
            longest = found.get(sentence[0].start)
            if longest is None or len(longest[0]) < len(sentence):
                found[sentence[0].start] = sentence, names
    starts = {entry.sentences[0][0].start for entry in entries.dated if entries.is_list}
    return Speech(text, [found[at] for at in sorted(found)], starts, inventory.withheld)


class _Number(NamedTuple):
    """A number of people, cases or premises. `is_used` says whether it would become a figure in an entry."""

    span: Span
    wording: str
    is_used: bool


class _LooseNumbers:
    """The numbers of sentences that are read by themselves. Each sentence is read once, when it is first needed.

    Args:
        counts: returns the counts of a sentence.
    """

    def __init__(self, counts: Callable[[Sentence], Iterable[Count]]) -> None:
        self._counts = counts
        self._read: dict[Sentence, tuple[_Number, ...]] = {}

    def counts(self, sentence: Sentence) -> bool:
        """Return whether a sentence has a number that would become a figure."""
        return any(number.is_used for number in self._numbers(sentence))

    def outside(self, entries: Entries, title: str | None, stated: Iterable[str]) -> Iterator[Span]:
        """Yield the numbers outside of the entries, without those of headlines and captions that figures repeat.

        Args:
            entries: the entries of the text.
            title: the title of the text.
            stated: the wordings of the figures.
        """
        captions, bounds = set(entries.skipped), None
        for sentence in (*entries.outside, *entries.skipped):
            may_repeat = sentence in captions or is_headline(sentence, title)
            for number in self._numbers(sentence):
                if may_repeat and bounds is None:
                    bounds = set(map(parse_wording, stated))
                if not (may_repeat and bounds and parse_wording(number.wording) in bounds):
                    yield number.span

    def _numbers(self, sentence: Sentence) -> tuple[_Number, ...]:
        if sentence not in self._read:
            self._read[sentence] = tuple(
                _Number(
                    Span(sentence[count.amount.first].start, sentence[count.end - 1].end),
                    count.amount.wording,
                    count.is_combined,
                )
                for count in self._counts(sentence)
                if count.is_combined or count.kind in (Kind.UNUSED, Kind.UNREAD)
            )
        return self._read[sentence]


def _draft(article: Article, entry: Entry, mentions: Sequence[Sequence[Mention]], headline: str | None) -> Draft:
    """Return the draft of one entry, with the grades that the rules themselves give.

    `mentions` are by sentence, and `headline` is the title of a story's first entry.
    """
    text, inventory, own = article.text, article.inventory, article.own
    locations = Locations(entry.sentences, mentions, inventory.home, inventory.division)
    speakers = Speakers(entry.sentences, article.speech, inventory.withheld)
    roles = Roles(entry.sentences, mentions, speakers)
    topic = caption_of(entry.label, of_people=True) or article.topic
    found = counts_of(entry.sentences, mentions, text, own, topic, article.tables)
    counts = [
        _with_nationality(count._replace(speaker=speakers.speaker(count, roles.cited)), mentions[count.at])
        if count.is_figure
        else count
        for count in locations.with_provinces(without_other_days(found, entry.elsewhere))
    ]
    figures = figures_of(with_shared_speakers(counts, speakers), entry.dated.date)
    kind, kind_reason = article.kind_of(Evidence(entry, mentions, speakers, figures, article.setting))
    locations.add_homes(figures.records, figures.reasons)
    choose_currencies(figures.records, own.by_name, locations.countries, [inventory.home])
    choose_counts(figures.records, kind, entry.dated.date, own.by_name, locations.countries)
    locations.add_countries_of_provinces()
    actors = roles.actors({count.speaker for count in figures.counts if count.speaker}, kind)
    people = _nationality_reasons(entry.sentences, mentions, figures)
    title = title_of(entry, text, headline, speakers)
    record = {
        "type": "event", "id": None, "date": entry.dated.date, "kind": kind,
        "title": without_names(title, inventory.withheld, {one["name"] for one in actors}), "summary": None,
        "status": "draft", "actors": actors, "provinces": locations.provinces, "places": locations.places,
        "sites": locations.sites, "linked_sites": [], "countries": locations.countries,
        "nationalities": list(people), "tags": [], "figures": figures.records,
        "sources": sources_of(article.about, text[slice(*entry.heading)], roles.cited), "links": [], "dataset": None,
        "note": None,
    }  # fmt: skip
    date_reason = Reason("date", entry.heading, entry.dated.rule, entry.dated.grade)
    reasons = [date_reason, kind_reason, *roles.reasons, *locations.reasons, *people.values(), *figures.reasons]
    reasons += details(figures.records, reasons, entry.sentences)
    return Draft(Proposal(record, entry.passage, tuple(reasons), tuple(figures.unread)), roles.denied)


def counts_of(  # noqa: PLR0913 - a stage with all that it needs
    sentences: Sequence[Sentence],
    mentions: Sequence[Sequence[Mention]],
    text: str,
    own: OwnMetrics = NONE,
    topic: str | None = None,
    tables: TablesInText | None = None,
) -> list[Count]:
    """Return the counts of an entry, including those that become no figure and those that no rule explains.

    Args:
        sentences, mentions: the sentences of the entry, and the names in each of them.
        text: the text that contains the sentences.
        own: the metrics that the timeline defines.
        topic: the metric of people in a list if nothing in its item says what happened to them.
        tables: the tables of the text.
    """
    entry: list[Count] = []
    single: list[Count] = []
    caption: str | None = None
    for at, sentence in enumerate(sentences):
        if tables and tables.is_row(sentence):
            entry += tables.counts(sentence, at, len(entry))
            continue
        dates = list(written_dates(sentence))
        found = amounts(sentence, text, words_of_dates(dates))
        heading = caption_of(sentence)
        topic = caption_of(sentence, of_people=True) or topic
        if not found:
            caption = heading
            continue
        view, start = SentenceView(sentence, at, mentions[at], dates, found), len(entry)
        view.own = own
        view.cell_starts = cell_starts(sentence, text)
        described = [describe(view, amount, start + index) for index, amount in enumerate(found)]
        entry = relate(view, entry, resolve(view, described, entry[-REMEMBERED:]), caption)
        entry[start:] = with_topic(view, entry, start, topic)
        share_out(view, entry, start)
        single += single_people(view, entry[start:])
        if not any(count.is_figure for count in entry[start:]):
            caption = heading
    entry += [one._replace(id=id_) for id_, one in enumerate(single, len(entry))]
    return without_unsaid(tables.with_wholes(entry) if tables else entry)


def _with_nationality(count: Count, mentions: Sequence[Mention]) -> Count:
    """Return a loss or a prison sentence with the nationality of the people concerned, the last one before it."""
    if count.kind in {"loss", "sentence"} and not count.nationalities:
        people = [one for one in mentions if one.kind == "people"]
        before = [one.name for one in people if one.first < count.amount.first] or [one.name for one in people]
        return count._replace(nationalities=tuple(before[-1:]))
    return count


def _nationality_reasons(
    sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], figures: Figures
) -> dict[str, Reason]:
    """Return the reason of each nationality: people in the text, or the country in a figure (from China, 12)."""
    found: dict[str, Reason] = {}
    for words, named in zip(sentences, mentions, strict=True):
        for one in named:
            if one.kind == "people":
                found.setdefault(one.name, one.reason(f"nationalities.{one.name}", words))
    spans = {reason.field: reason.span for reason in figures.reasons}
    for figure in figures.records:
        if (name := figure["nationality"]) and name not in found:
            span = spans[f"figures.{figure['id']}"]
            found[name] = Reason(f"nationalities.{name}", span, "country in a figure", Grade.LIKELY)
    return found


def _with_only_nationality(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts. If a text names only one nationality, in half of its entries or more, all of them have it."""
    named = Counter(name for draft in drafts for name in draft.proposal.record["nationalities"])
    [(only, times)] = named.items() if len(named) == 1 else [("", 0)]
    is_shared = times > 1 and 2 * times >= len(drafts)
    return [_with_nationality_of_text(draft, only) if is_shared else draft for draft in drafts]


def _with_nationality_of_text(draft: Draft, name: str) -> Draft:
    """Return a draft with a nationality if it has figures and no other nationality."""
    record, reasons = draft.proposal.record, draft.proposal.reasons
    span = next((reason.span for reason in reasons if reason.field.startswith("figures.")), None)
    if span is None or record["nationalities"]:
        return draft
    reason = Reason(f"nationalities.{name}", span, "the only nationality in the text", Grade.UNSURE)
    proposal = draft.proposal._replace(record=record | {"nationalities": [name]}, reasons=(*reasons, reason))
    return draft._replace(proposal=proposal)


def _with_links(drafts: Sequence[Draft]) -> list[Proposal]:
    """Return the drafts. Drafts that deny a report are linked to the entry that contains the report.

    A link names its entry by an id made from date and title, which is replaced when the drafts are stored.
    """
    spoke: dict[str, str] = {}  # who spoke, and the id of the last entry in which they spoke
    found = []
    records = [draft.proposal.record for draft in drafts]
    for draft, id_ in zip(drafts, make_event_ids((one["date"], one["title"]) for one in records), strict=True):
        found.append(_with_link(draft, spoke))
        spoke |= {one["name"]: id_ for one in draft.proposal.record["actors"] if one["role"] in _SPEAKING_ROLES}
    return found


def _with_link(draft: Draft, spoke: Mapping[str, str]) -> Proposal:
    proposal = draft.proposal
    for name, span in draft.denied.items():
        if (id_ := spoke.get(name)) is not None:
            link = {"type": "disputes", "event": id_, "figure": None, "note": None}
            reason = Reason(f"links.{id_}", span, "what it denies was told before", Grade.UNSURE)
            record = proposal.record | {"links": [*proposal.record["links"], link]}
            proposal = proposal._replace(record=record, reasons=(*proposal.reasons, reason))
    return proposal
