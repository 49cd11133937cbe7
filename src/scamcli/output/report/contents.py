"""What a report says: the records, the numbers with how they came about, and what was left out.

Everything here has already been masked. Texts are plain, and the templates escape them; HTML is named as such.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from scamcli.output.charts import Point
    from scamcli.records.types import ActorDict, EventDict, FigureDict, SiteDict, SourceDict


class Step(NamedTuple):
    """A figure behind a number, and how it entered the number.

    Attributes:
        event: The id of its event.
        date: The date of its event.
        stated: Its wording.
        period: Its period in words, or an empty text.
        stated_by: The speaker, or an empty text.
        source: Where it was read, with a preposition: ``in VOD, via CamboJA``; empty if no source is recorded.
        how: How it was counted, or why it was not.
    """

    event: str
    date: str
    stated: str
    period: str
    stated_by: str
    source: str
    how: str


class Number(NamedTuple):
    """A number of a report: a total, or a row of a table.

    Attributes:
        anchor: The id of its element, which is unique in the report.
        label: What the row of a table is about, such as ``Kandal``; empty for the total of everything.
        row: The row of statistics; see ``scamcli.stats.rows``.
        text: The number in words: ``more than 600``, ``18``, ``8 to 14, sources differ``, or ``suppressed``.
        about: What it counts, in words: ``totals that sources gave for a period``.
        said: Who said it, in words, or why it is not the sum of the rows.
        sides: Where statements contradict each other, each of them.
        working: Lines on how it was worked out, each with its heading.
        steps: The figures behind the number; at most as many as a report shows.
        more_steps: How many further figures there are.
        citation: A sentence that can be printed.
    """

    anchor: str
    label: str
    row: Mapping[str, Any]
    text: str
    about: str
    said: str
    sides: Sequence[Step]
    working: Sequence[tuple[str, str]]
    steps: Sequence[Step]
    more_steps: int
    citation: str


class Table(NamedTuple):
    """The numbers of a metric by one split, such as ``province``; ``notes`` say how to read it."""

    split: str
    numbers: Sequence[Number]
    notes: Sequence[str]


class Metric(NamedTuple):
    """The figures of one metric.

    Attributes:
        anchor: The id of its section.
        name: The metric, such as ``complaints``.
        about: What it counts, such as ``complaints that somebody received``.
        totals: Its totals: one for each unit, and one for numbers at a moment. Figures that are never combined have
            none.
        tables: Its totals by province, country and nationality, where the figures say more than one.
        notes: How to read the totals.
    """

    anchor: str
    name: str
    about: str
    totals: Sequence[Number]
    tables: Sequence[Table]
    notes: Sequence[str]


class FigureEntry(NamedTuple):
    """A figure of an event.

    Attributes:
        anchor: The id of its element.
        record: The figure.
        sentence: The figure as a sentence without a full stop.
        number: Its number in words.
        counts: What it counts: ``what happened in this event``, ``a total that the source gives`` …
        reading: How its wording is read, unless that is plain.
        citation: A sentence that can be printed.
    """

    anchor: str
    record: "FigureDict"
    sentence: str
    number: str
    counts: str
    reading: str
    citation: str


class Relation(NamedTuple):
    """How an event relates to another one: ``responds to``, the id and title of the other event, and a note.

    The id is empty if the report does not have the other event.
    """

    words: str
    event: str
    title: str
    note: str


class Citation(NamedTuple):
    """The number of a source in the bibliography, and the source as the event names it (with its passage)."""

    number: int
    record: "SourceDict"


class Entry(NamedTuple):
    """An event of the timeline.

    Attributes:
        record: The event. Its ``id`` is the anchor.
        when: Its date in words.
        first: Its first day; ``None`` if unknown.
        last: Its last day; ``None`` if unknown.
        figures: Its figures.
        citations: Its sources.
        relations: Its links to other events, and their links to it.
        conflicts: The anchors of the conflicts that it is part of.
    """

    record: "EventDict"
    when: str
    first: "date | None"
    last: "date | None"
    figures: Sequence[FigureEntry]
    citations: Sequence[Citation]
    relations: Sequence[Relation]
    conflicts: Sequence[str]


class Statement(NamedTuple):
    """One side of a conflict: the event, the number, who said it, and the source.

    The number has the wording of the source in brackets if that says more. The id of the event is empty if the report
    does not have it.
    """

    event: str
    date: str
    title: str
    number: str
    stated_by: str
    source: str


class Conflict(NamedTuple):
    """Numbers that cannot all be true, or events that may be the same incident; ``why`` is a sentence."""

    anchor: str
    kind: str
    is_certain: bool
    metric: str
    why: str
    statements: Sequence[Statement]


class Answer(NamedTuple):
    """An answer to an allegation: its event, date in words, title, who gave it, their stance, and the days between.

    The id of the event is empty if the report does not have it.
    """

    event: str
    when: str
    title: str
    by: Sequence[str]
    stance: str
    after: str
    sites: Sequence[str]
    summary: str
    note: str


class Allegation(NamedTuple):
    """An allegation with its answers. Without answers, none is recorded, which is not to say that there was none."""

    event: str
    when: str
    title: str
    by: Sequence[str]
    against: Sequence[str]
    alleged_owners: Sequence[str]
    sites: Sequence[str]
    summary: str
    answers: Sequence[Answer]


class EventLine(NamedTuple):
    """An event in the profile of an actor or a site, with the roles in words."""

    event: str
    when: str
    title: str
    roles: str


class Claim(NamedTuple):
    """A claim about a site, with who makes it: when it was so, in words, the claim, and the event it comes from.

    Each of the three can be empty, and the event is empty if the report does not have it.
    """

    when: str
    text: str
    event: str


class ActorProfile(NamedTuple):
    """An actor and its events.

    Attributes:
        anchor: The id of its element.
        record: The actor.
        events: The events where it has a role or states a figure; the latest, if there are many.
        more_events: How many earlier ones there are.
        source_of: How many events name it as a source.
        claims: Sites that somebody says it owns or runs: the site, and who says so.
    """

    anchor: str
    record: "ActorDict"
    events: Sequence[EventLine]
    more_events: int
    source_of: int
    claims: Sequence[Claim]


class SiteProfile(NamedTuple):
    """A site and its events.

    Attributes:
        anchor: The id of its element.
        record: The site.
        status: The statuses of the latest claims, in words.
        history: Claims about its status, oldest first.
        owners: Claims that somebody owns it.
        operators: Claims that somebody runs it.
        events: Its events; the latest, if there are many.
        more_events: How many earlier ones there are.
    """

    anchor: str
    record: "SiteDict"
    status: Sequence[str]
    history: Sequence[Claim]
    owners: Sequence[Claim]
    operators: Sequence[Claim]
    events: Sequence[EventLine]
    more_events: int


class Source(NamedTuple):
    """An entry of the bibliography. Its anchor is ``source:NUMBER``; ``html`` has been escaped."""

    number: int
    html: str
    archived: str | None
    events: Sequence[str]


class Gap(NamedTuple):
    """Something that the sources do not say, in a sentence, and the events concerned with their titles."""

    sentence: str
    events: Sequence[tuple[str, str]]
    more: int


class Download(NamedTuple):
    """Data embedded in the page: its file name, media type, what it has, and the bytes, compressed with gzip."""

    name: str
    media_type: str
    about: str
    data: bytes


class Report(NamedTuple):
    """A report.

    Attributes:
        title: Its title.
        intro_html: The introduction; HTML without scripts.
        language: The language of the report's own words, as a BCP 47 tag.
        scope: What it covers, in a sentence or two.
        counts: Words and numbers of what it has: ``("events", 50)`` …
        exported: The date in words.
        basis: The digest of the data, and the versions.
        left_out: Sentences on what the report does not show.
        metrics: The metrics, those with most figures first.
        months: Months with the numbers of events that are in them, and of those that may be.
        points: Sites and towns with coordinates.
        map_countries: The countries of the map, as codes.
        mapped: How many events are at one of these points.
        entries: The events, oldest first.
        conflicts: Contradictions and suspected duplicates.
        allegations: Allegations with answers.
        actors: Profiles, by name.
        sites: Profiles, by name.
        sources: The bibliography.
        gaps: What the sources do not say.
        methods: The rules that were used, as headings with paragraphs.
        downloads: The data of the report.
        css: A style sheet in place of the built-in one; empty for that one.
        labels: For placeholders of names, what to print in their place.
        intro: The introduction in Markdown, as it was given.
    """

    title: str
    intro_html: str
    language: str
    scope: Sequence[str]
    counts: Sequence[tuple[str, int]]
    exported: str
    basis: str
    left_out: Sequence[str]
    metrics: Sequence[Metric]
    months: Sequence[tuple[str, int, int]]
    points: "Sequence[Point]"
    map_countries: Sequence[str]
    mapped: int
    entries: Sequence[Entry]
    conflicts: Sequence[Conflict]
    allegations: Sequence[Allegation]
    actors: Sequence[ActorProfile]
    sites: Sequence[SiteProfile]
    sources: Sequence[Source]
    gaps: Sequence[Gap]
    methods: Sequence[tuple[str, Sequence[str]]]
    downloads: Sequence[Download]
    css: str
    labels: Mapping[str, str] = {}
    intro: str = ""
