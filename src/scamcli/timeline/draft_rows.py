"""Drafts and passages as rows, with the keys of the JSON output (``docs/json.md``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from scamcli.ingest.proposal import Span
    from scamcli.records.types import EventDict
    from scamcli.store.review_drafts import Draft
    from scamcli.store.snapshots import Origin


class PlaceInText(TypedDict):
    """Where something stands, in characters from the start of the text."""

    start: int
    end: int


class FieldSpan(PlaceInText):
    """The words that a field of the record was read from, by which rule, and how certain that is."""

    field: str
    words: str
    rule: str
    grade: str


class _Passage(TypedDict):
    passage: str | None
    start: int | None
    end: int | None
    spans: list[FieldSpan]
    unread: list[str]
    unread_at: list[PlaceInText]
    snapshot: str | None


class Publication(TypedDict):
    """The text that was read: who published it, and when."""

    outlet: str | None
    title: str | None
    published: str | None
    url: str | None


class PassageRow(_Passage, Publication):
    """A passage that an event was read from, as ``show --passage --json`` prints it."""


class DraftRow(_Passage):
    """A draft, as ``review --json`` prints it."""

    id: str
    date: str
    kind: str
    title: str
    same_as: str | None
    record: EventDict
    digest: str
    source: Publication


def passage_row(origin: Origin) -> PassageRow:
    """Return the passage that an event was read from, and what each field and number in it became."""
    return {**_passage(origin), **_publication(origin)}


def draft_row(draft: Draft) -> DraftRow:
    """Return a draft with its passage. All keys of the passage are empty for an event that was entered by hand."""
    record: EventDict = draft.record  # type: ignore[assignment]
    return {
        "id": record["id"], "date": record["date"], "kind": record["kind"], "title": record["title"],
        "same_as": draft.same_as, "record": record, "digest": draft.digest, **_passage(draft.origin),
        "source": _publication(draft.origin),
    }  # fmt: skip


def _passage(origin: Origin | None) -> _Passage:
    if origin is None:
        return {
            "passage": None, "start": None, "end": None, "spans": [], "unread": [], "unread_at": [], "snapshot": None,
        }  # fmt: skip
    return {
        "passage": origin.text, **_place(origin.passage),
        "spans": [
            {"field": one.field, "words": origin.words(one.span), "rule": one.rule, "grade": str(one.grade),
             **_place(one.span)}
            for one in origin.reasons
        ],
        "unread": [origin.words(span) for span in origin.unread],
        "unread_at": [_place(span) for span in origin.unread],
        "snapshot": origin.snapshot.sha256,
    }  # fmt: skip


def _publication(origin: Origin | None) -> Publication:
    if origin is None:
        return {"outlet": None, "title": None, "published": None, "url": None}
    about = origin.snapshot.about
    return {"outlet": about.outlet, "title": about.title, "published": about.published, "url": about.url}


def _place(span: Span) -> PlaceInText:
    return {"start": span.start, "end": span.end}
