"""How the tests of mentions ask: a text, and the names of some kinds in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest.mentions import entry_context, find_mentions, take_inventory, with_places
from scamcli.ingest.proposal import Known, Metadata
from scamcli.ingest.words import sentences

if TYPE_CHECKING:
    from scamcli.ingest.mentions import Mention

NOTHING = Known()


def mentions(text: str, known: Known = NOTHING, outlet: str | None = None) -> list[Mention]:
    """The mentions of a text that is one entry."""
    entry = sentences(text)
    learnt = take_inventory([entry], known, Metadata(outlet=outlet))
    around = entry_context(entry, learnt)
    return [mention for sentence in entry for mention in find_mentions(sentence, learnt, around)]


def names(text: str, *kinds: str, known: Known = NOTHING, outlet: str | None = None) -> set[str]:
    """The names of these kinds, those that other names hold as well."""
    return {mention.name for mention in with_places(mentions(text, known, outlet)) if mention.kind in kinds}
