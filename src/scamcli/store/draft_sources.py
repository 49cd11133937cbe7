"""Give drafts the source that was missing when their text was first read, and is given when it is read again.

Nothing is overwritten, and events that somebody has reviewed stay as they are.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.ingest.proposal import Metadata, Proposal
    from scamcli.records.types import EventDict
    from scamcli.store.history import StoredRecord
    from scamcli.store.transaction import Transaction


class ReadAgain(NamedTuple):
    """What became of the entries of a text that was read before.

    Attributes:
        drafts: how many of them are still drafts.
        completed: how many of these got a source, or a part of it, that they lacked.
        outlet: the outlet of the text as it was read before.
        reviewed: the ids of reviewed events that lack the given source.
    """

    drafts: int = 0
    completed: int = 0
    outlet: str | None = None
    reviewed: tuple[str, ...] = ()


def complete(
    session: Transaction, key: str, met: Sequence[tuple[str, Proposal]], given: Metadata, *, dry_run: bool
) -> ReadAgain:
    """Add the given publication to the drafts of a text that lack it.

    Args:
        session: an open transaction.
        key: the key of the text.
        met: ids of the events that came from the text, each with the proposal for the same passage.
        given: what the user says about the publication. Only this is added, not what the text says.
        dry_run: write nothing.
    """
    row = session.connection.execute("SELECT outlet FROM snapshot WHERE sha256 = ?", [key]).fetchone()
    before = row[0] if row else None
    found = [(json.loads(text), proposal) for id_, proposal in met if (text := session.stored_event(id_))]
    drafts = [(record, proposal) for record, proposal in found if record["status"] == "draft"]
    if not any(given) or (given.outlet and before and given.outlet != before):
        return ReadAgain(len(drafts), outlet=before)
    names = {one["outlet"] for _, proposal in drafts for one in proposal.record["sources"] if one["via"] is None}
    own = {name: session.naming.actor(name, outlet=True) for name in names}
    changed = [record for record, proposal in drafts if _complete(record, proposal.record["sources"], given, own)]
    if changed and not dry_run:
        _write(session, key, changed, given)
    lacking = (one["id"] for one, _ in found if one["status"] != "draft" and given.outlet and not one["sources"])
    return ReadAgain(len(drafts), len(changed), before, tuple(lacking))


def _complete(record: StoredRecord, proposed: Sequence[StoredRecord], given: Metadata, own: dict[str, str]) -> bool:
    """Add what is given and lacking to the sources of a record, and return whether it changed."""
    before = list(record["sources"])
    sources = list(before)
    for new in proposed:
        outlet, is_publication = own.get(new["outlet"], new["outlet"]), new["via"] is None
        values = {"title": given.title, "url": given.url, "published": given.published} if is_publication else {}
        if new["via"] and given.outlet:
            values["via"] = own.get(new["via"], new["via"])
        at = next((at for at, one in enumerate(sources) if one["outlet"] == outlet), None)
        if at is not None:
            sources[at] = sources[at] | {
                key: value for key, value in values.items() if sources[at][key] is None and value
            }
        elif is_publication and given.outlet:
            sources.insert(0, new | {"outlet": outlet})
    record["sources"] = sources
    return sources != before


def _write(session: Transaction, key: str, records: Sequence[StoredRecord], given: Metadata) -> None:
    from scamcli.store import sealed_content

    sets = ", ".join(f"{column} = ifnull({column}, ?)" for column in given._fields)
    session.connection.execute(f"UPDATE snapshot SET {sets} WHERE sha256 = ?", [*given, key])  # noqa: S608 - our words
    sealed_content.note(session.history, "snapshot", key)
    for record in records:
        session.events.put(cast("EventDict", record))
