"""Drafts and passages as rows, with the keys of the JSON output (``docs/json.md``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scamcli.ingest.proposal import Span
    from scamcli.records.types import JsonObject
    from scamcli.store.review_drafts import Draft
    from scamcli.store.snapshots import Origin


def passage_row(origin: Origin) -> JsonObject:
    """Return the passage that an event was read from, what its phrases and numbers became, and its publisher."""
    return {**_passage(origin), **_publication(origin)}


def draft_row(draft: Draft) -> JsonObject:
    """Return a draft with its passage. All keys of the passage are empty for an event that was entered by hand."""
    return {
        **{key: draft.record[key] for key in ("id", "date", "kind", "title")}, "same_as": draft.same_as,
        "record": draft.record, "digest": draft.digest, **_passage(draft.origin, _moved_figures(draft)),
        "source": _publication(draft.origin),
    }  # fmt: skip


def _moved_figures(draft: Draft) -> frozenset[str]:
    """Return the figures that a draft has reasons for but no longer contains, for example after a split."""
    reasons = draft.origin.reasons if draft.origin else ()
    named = {one.field.split(".")[1] for one in reasons if one.field.startswith("figures.")}
    return frozenset(named - {one["id"] for one in draft.record["figures"]})


def _passage(origin: Origin | None, moved: frozenset[str] = frozenset()) -> JsonObject:
    if origin is None:
        no_place = dict.fromkeys(("passage", "start", "end"))
        return {**no_place, "spans": [], "unread": [], "unread_at": [], "snapshot": None, "files": []}
    return {
        "passage": origin.text, **_place(origin.passage),
        "spans": [
            {"field": one.field, "words": origin.words(one.span), "rule": one.rule, "grade": str(one.grade),
             "reader": one.reader or None, **_place(one.span)}
            for one in origin.reasons
            if not (one.field.startswith("figures.") and one.field.split(".")[1] in moved)
        ],
        "unread": [origin.words(span) for span in origin.unread],
        "unread_at": [_place(span) for span in origin.unread],
        "snapshot": origin.snapshot.sha256,
        "files": [
            {"sha256": one.sha256, "name": one.name, "page": one.page_at(origin.passage.start)}
            for one in origin.snapshot.files
        ],
    }  # fmt: skip


def _publication(origin: Origin | None) -> JsonObject:
    about = origin.snapshot.about if origin else None
    return {key: getattr(about, key, None) for key in ("outlet", "title", "published", "url")}


def _place(span: Span) -> dict[str, int]:
    """Return the start and end of a span, in characters from the start of the text."""
    return {"start": span.start, "end": span.end}
