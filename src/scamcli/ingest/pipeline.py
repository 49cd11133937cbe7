"""A whole text as drafts: its entries, each as a draft, and the links between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest.draft_event import Draft, draft
from scamcli.ingest.entries import FULL_STOPS, split
from scamcli.ingest.linking import linked
from scamcli.ingest.mentions import cast
from scamcli.ingest.proposal import Extraction
from scamcli.ingest.reading.markdown import plain_view

if TYPE_CHECKING:
    from collections.abc import Callable

    from scamcli.ingest.proposal import Document, Known

    Progress = Callable[[int, int], None]


def extraction(document: Document, known: Known, progress: Progress) -> Extraction:
    """What a text gives.

    Args:
        document: as it was read.
        known: the names that the timeline has.
        progress: told how many entries are done, and how many there are.
    """
    text = plain_view(document.text)
    entries = split(text, document.about)
    names = cast([entries.before, *(entry.sentences for entry in entries.dated)], known, document.about)
    drafts: list[Draft] = []
    for entry in entries.dated:
        drafts.append(draft(entry, text, document, names))
        progress(len(drafts), len(entries.dated))
    before = sum(sentence[-1].text in FULL_STOPS for sentence in entries.before)  # a title is no sentence
    return Extraction(linked(drafts), entries.undated, _kinds(drafts, known), before)


def _kinds(drafts: list[Draft], known: Known) -> dict[str, str]:
    """The kinds of those whom the timeline does not know."""
    told = (one for draft in drafts for found in draft.mentions for one in found if one.kind == "actor" and one.within)
    return {one.name: one.within for one in told if one.within and one.name not in known.kinds}
