"""Links that a text itself makes between its entries: a denial, to the report that it denies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest.proposal import Grade, Reason
from scamcli.records.slugs import made_ids

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scamcli.ingest.draft_event import Draft
    from scamcli.ingest.proposal import Proposal

_SPEAKING = frozenset({"author", "speaker", "alleges"})


def linked(drafts: Sequence[Draft]) -> list[Proposal]:
    """The drafts with links to earlier ones of the same text, which they name by the ids of their dates and titles."""
    told: dict[str, str] = {}
    found = []
    for draft, id_ in zip(drafts, made_ids(draft.proposal.record for draft in drafts), strict=True):
        found.append(_linked(draft, told))
        told |= {one["name"]: id_ for one in draft.proposal.record["actors"] if one["role"] in _SPEAKING}
    return found


def _linked(draft: Draft, told: Mapping[str, str]) -> Proposal:
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
