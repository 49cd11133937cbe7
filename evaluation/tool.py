"""The program under test. Like the command, it reads a file and proposes entries."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from evaluation.entries import Entry, of_record
from scamcli.ingest.grading import graded
from scamcli.ingest.pipeline import extract
from scamcli.ingest.reading import read

if TYPE_CHECKING:
    from evaluation.cases import Case
    from scamcli.ingest.grading import Grading
    from scamcli.ingest.proposal import Document, Proposal


def document(case: Case) -> Document:
    """Return the text of a case as ``ingest`` reads it. What the case says about the publication takes precedence."""
    return read(case.path.read_bytes(), case.path.name, case.about)


def proposals(case: Case, read: Document, grade: Grading = graded) -> list[Proposal]:
    """Return the proposals of ``ingest``. If it fails on a text, which is written to stderr, there are none."""
    try:
        return extract(read, case.known, grade=grade).drafts
    except Exception as error:  # Whoever runs it gets nothing from this text either, so everything in it is missed.
        sys.stderr.write(f"{case.name}: ingest failed: {error!r}\n")
        return []


def proposed(case: Case, read: Document) -> list[Entry]:
    """Return the proposals of ``ingest`` as entries.

    The gold of a text without a form lists only Cambodian provinces, so others are not compared with it.
    """
    found = [of_record(proposal.record, read.about.outlet) for proposal in proposals(case, read)]
    return found if case.form is not None else [entry.in_cambodia() for entry in found]
