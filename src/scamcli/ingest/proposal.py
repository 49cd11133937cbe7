"""What is handed on while a text becomes drafts: the text, its entries, and what is proposed of each.

Offsets count characters of ``Document.text``, the end not included; it is this text that is kept as a snapshot.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Grade(StrEnum):
    """How far a rule can be relied on."""

    SURE = "sure"
    """The text says it in so many words."""
    LIKELY = "likely"
    """The text says it in a form that is seldom anything else."""
    UNSURE = "unsure"
    """Completed from what stands around it: to be looked at first."""


class Span(NamedTuple):
    """A stretch of the text."""

    start: int
    end: int


class Reason(NamedTuple):
    """Why a field of a proposed record says what it says.

    Attributes:
        field: of the record: ``date``, ``kind``, ``actors.Sar Kheng``, ``provinces.Kandal``, ``figures.rescues-2``,
            ``figures.rescues-2.nationality``, ``sources.VOD``, ``links.2022-09-19-…``.
        span: the words that say so.
        rule: the name of the rule, in a few words.
        grade: how far it can be relied on.
    """

    field: str
    span: Span
    rule: str
    grade: Grade


class Metadata(NamedTuple):
    """What is known of a publication; ``None`` is not known."""

    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    """EDTF."""


class Document(NamedTuple):
    """A text that was read.

    Attributes:
        text: the whole of it, lines apart by ``\\n``.
        about: what is known of its publication.
        notes: what the reader had to assume, for the user.
    """

    text: str
    about: Metadata
    notes: tuple[str, ...] = ()


class Known(NamedTuple):
    """The names that a timeline knows: each of their written forms (names and aliases), and whose it is.

    Attributes:
        actors: form, and the actor's own name.
        sites: form, and the site's own name.
        kinds: the actor's own name, and its kind where it has one.
        places: the site's own name, and its province where that is known.
    """

    actors: Mapping[str, str] = {}
    sites: Mapping[str, str] = {}
    kinds: Mapping[str, str] = {}
    places: Mapping[str, str] = {}


class Proposal(NamedTuple):
    """A draft of one event, and where each part of it comes from.

    Attributes:
        record: a whole event record, ``status`` draft; its ``id`` is ``None`` until it is kept.
        passage: where in the text the entry stands.
        reasons: of every field that says something.
        unread: numbers that no rule explained.
    """

    record: dict[str, Any]
    passage: Span
    reasons: tuple[Reason, ...]
    unread: tuple[Span, ...]


class Extraction(NamedTuple):
    """What a text gives.

    Attributes:
        drafts: its entries, in its order.
        undated: dates whose year nothing tells: what they date is left out.
        kinds: of actors and sites that the timeline does not know, by name, where the text tells.
        before: how many sentences stand before the first entry, and so in none.
    """

    drafts: list[Proposal]
    undated: tuple[Span, ...]
    kinds: Mapping[str, str]
    before: int
