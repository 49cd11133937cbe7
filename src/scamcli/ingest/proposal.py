"""The values that the packages of ``ingest`` exchange and pass to the store: texts, names, proposals, reasons.

Offsets count characters of ``Document.text``, which is the text that is stored with its drafts. Ends are exclusive.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from scamcli.language.vocabulary import Metric


class Grade(StrEnum):
    """How reliable a rule is."""

    SURE = "sure"
    """The text says it explicitly."""
    LIKELY = "likely"
    """The text says it in a form that rarely means anything else."""
    UNSURE = "unsure"
    """It was inferred from the context. Reviewers should check these fields first."""


class Span(NamedTuple):
    """A stretch of the text."""

    start: int
    end: int


class Reason(NamedTuple):
    """Why a field of a proposed record has its value.

    Attributes:
        field: ``date``, ``kind``, ``actors.Sar Kheng``, ``provinces.Kandal``, ``figures.rescues-2``,
            ``figures.rescues-2.nationality``, ``sources.VOD`` or ``links.2022-09-19-…``.
        span: the words that say so.
        rule: name of the rule, in a few words.
        grade: how reliable the rule is.
        reader: name and version of the program that found it; empty for the rules of ``ingest``.
    """

    field: str
    span: Span
    rule: str
    grade: Grade
    reader: str = ""


class Metadata(NamedTuple):
    """What is known about a publication; unknown fields are ``None``. ``published`` is EDTF."""

    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None


class Document(NamedTuple):
    """A text that was read.

    Attributes:
        text: the whole text, with lines separated by ``\\n``.
        about: what is known about its publication.
        notes: what the reader had to assume, for the user.
        pages: where each page begins in the text, if it came from pages.
        part: the number of the part that the text is of a longer one, from 1; 0 for a whole text.
    """

    text: str
    about: Metadata
    notes: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()
    part: int = 0


LONGEST_WHOLE = 1_000_000
"""The most characters of a text that is read as a whole; `scamcli.ingest.parts` reads longer ones, such as archives."""


class Known(NamedTuple):
    """The names that a timeline has.

    Attributes:
        actors: name of an actor, by each of its forms (names and aliases).
        sites: name of a site, by each of its forms.
        kinds: kind of an actor, if known, by its name.
        places: province of a site, if known, by its name.
        metrics: the metrics that the timeline defines, by name.
    """

    actors: Mapping[str, str] = {}
    sites: Mapping[str, str] = {}
    kinds: Mapping[str, str] = {}
    places: Mapping[str, str] = {}
    metrics: Mapping[str, Metric] = {}

    def without(self, is_hidden: Callable[[str], bool]) -> "Known":
        """Return the names without actors, sites and metrics that have a hidden name."""
        hidden = {own for names in (self.actors, self.sites) for form, own in names.items() if is_hidden(form)}
        names = (self.actors, self.sites, self.kinds, self.places)
        shown = ({name: value for name, value in one.items() if hidden.isdisjoint((name, value))} for one in names)
        texts = {name: (name, metric.unit, metric.about) for name, metric in self.metrics.items()}
        metrics = {name: self.metrics[name] for name, told in texts.items() if not any(map(is_hidden, told))}
        actors, sites, kinds, places = shown
        return Known(actors, sites, kinds, places, metrics)


class Proposal(NamedTuple):
    """A draft of one event, with the origin of each field.

    Attributes:
        record: a complete event record (see `EventDict`) with the status ``draft``. Its ``id`` is ``None`` until the
            draft is kept.
        passage: where its entry is in the text.
        reasons: for every field that has a value.
        unread: numbers that become no figure, although they may count people, cases or premises.
    """

    record: dict[str, Any]
    passage: Span
    reasons: tuple[Reason, ...]
    unread: tuple[Span, ...]


class Extraction(NamedTuple):
    """The drafts of a text, and what they leave out.

    Attributes:
        drafts: one for each entry, in the order of the text.
        undated: dates whose year is unknown; the text that they date was left out.
        kinds: kinds of actors that are not in the timeline, by name, if the text shows them.
        before: number of sentences before the first entry, which are in no draft.
        outside: numbers of people, cases or premises that are in no draft.
        withheld: names of people who may be victims. No title has them. They are actors only if another reader says so.
    """

    drafts: list[Proposal]
    undated: tuple[Span, ...]
    kinds: Mapping[str, str]
    before: int
    outside: tuple[Span, ...] = ()
    withheld: tuple[str, ...] = ()
