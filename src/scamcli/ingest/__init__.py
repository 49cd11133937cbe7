"""Text in, drafts of events out, by rules over words: without a database, a terminal or a network.

`scamcli.ingest.reading` reads a file into a `Document`. This package turns the document into drafts:

1. ``entries`` splits the text into dated entries (``words``, ``date_phrases``, ``entry_dates``).
2. ``mentions`` finds the names of actors, outlets, sites and places, and nationalities.
3. ``locations`` and ``roles`` decide where an entry happens, who speaks in it, and in which role.
4. ``counts`` and ``figures`` read the numbers, what they count, and who stated them.
5. ``pipeline`` puts the drafts together, and links them to each other.

The values that travel between packages are in ``proposal``. Word lists are data files, in ``lexicon``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from scamcli.ingest.proposal import Document, Extraction, Known, Proposal


def propose(document: Document, known: Known) -> list[Proposal]:
    """Return the drafts that a text gives, in the order of the text.

    Args:
        document: what `scamcli.ingest.reading.read` returned.
        known: the names that the timeline has; ``Known()`` for none.
    """
    return extract(document, known).drafts


def extract(
    document: Document, known: Known, progress: Callable[[int, int], None] = lambda done, total: None
) -> Extraction:
    """Return the drafts that a text gives, and what was left out of them.

    Args:
        document: what `scamcli.ingest.reading.read` returned.
        known: the names that the timeline has; ``Known()`` for none.
        progress: called after each entry with the number of entries that are done, and their total.
    """
    from scamcli.ingest.pipeline import extract as run  # a caller that only needs the types does not load the rules

    return run(document, known, progress)
