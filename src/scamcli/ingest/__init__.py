"""Text in, drafts out: rules over words, without a database and without a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from scamcli.ingest.proposal import Document, Extraction, Known, Proposal


def propose(document: Document, known: Known) -> list[Proposal]:
    """The drafts that a text gives, in its order.

    Args:
        document: as it was read.
        known: the names that the timeline has.
    """
    return extract(document, known).drafts


def extract(
    document: Document, known: Known, progress: Callable[[int, int], None] = lambda done, of: None
) -> Extraction:
    """The drafts that a text gives, and the dates that could not be completed.

    Args:
        document: as it was read.
        known: the names that the timeline has.
        progress: told how many entries are done, and how many there are.
    """
    from scamcli.ingest.pipeline import (
        extract as run,  # the rules and their words, which who only reads drafts needs not
    )

    return run(document, known, progress)
