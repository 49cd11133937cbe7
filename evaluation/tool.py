"""The tool under test, as the command runs it: a file is read, its entries are proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaluation.entries import Entry, of_record
from scamcli.ingest import propose
from scamcli.ingest.reading import read

if TYPE_CHECKING:
    from evaluation.cases import Case
    from scamcli.ingest.proposal import Document, Proposal


def document(case: Case) -> Document:
    """The text of a case as the tool reads it; what its gold says of the publication goes before the page's own."""
    return read(case.path.read_bytes(), case.path.name, case.about)


def proposals(case: Case, read: Document) -> list[Proposal]:
    """What the tool proposes."""
    return propose(read, case.known)


def proposed(case: Case, read: Document) -> list[Entry]:
    """What the tool proposes, as it is compared."""
    return [of_record(proposal.record, read.about.outlet) for proposal in proposals(case, read)]
