"""The methods of ``Timeline`` that read evidence: list files, show one, and compare all with their hashes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.store import evidence, sealed_content
from scamcli.timeline.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from scamcli.timeline.evidence_rows import EvidenceRow

    Progress = Callable[[int, int], None]


class EvidenceReads(Session):
    """Methods that read evidence."""

    def evidence(self, *, event: str | None = None, removed: bool = False) -> Iterator[EvidenceRow]:
        """Yield the evidence files, in the order of their hashes.

        Args:
            event: only files that are evidence of this event, or that it was read from.
            removed: also files that were removed.

        Raises:
            NotFoundError: there is no such event.
        """
        from scamcli.query import resolve

        with self._asking():
            connection = self._connection
            if event is None:
                found = [sha256 for (sha256,) in connection.execute("SELECT sha256 FROM evidence ORDER BY sha256")]
            else:
                found = evidence.of_event(connection, resolve.event_id(connection, event, self._masker))
            yield from self._rows(one for one in found if removed or evidence.is_kept(connection, one))

    def evidence_file(self, name: str) -> EvidenceRow:
        """Return one evidence file, which may have been removed.

        Args:
            name: the beginning of its SHA-256, or its name.

        Raises:
            NotFoundError: no file has it, or several have.
        """
        with self._asking():
            return next(self._rows([evidence.find(self._connection, name)]))

    def verify_evidence(self, progress: Progress = lambda done, total: None) -> Iterator[dict[str, str | None]]:
        """Hash all evidence files on all cores. Yield what is wrong, as rows with part, record and reason.

        Args:
            progress: called with the number of bytes that were hashed, and with the total.

        Raises:
            DatabaseError: the timeline cannot be read.
        """
        from scamcli.timeline import evidence_check

        with self._asking():
            for problem in evidence_check.problems(self._connection, self.path, self._masker, progress):
                yield {"part": "evidence", "record": problem.sha256, "reason": self.shown(problem.reason)}

    def protected_evidence(self) -> list[str]:
        """Return the SHA-256 of each file that is linked to a protected person and cannot be masked.

        A file is linked to the persons of its events, of the events that were read from it, and of what is noted about
        it, and to those of its original.
        """
        from scamcli.store import terms

        with self._asking():
            masker = terms.protected(self._connection)
            if masker is None:
                return []
            return [
                sha256
                for sha256, content in sealed_content.evidence_contents(self._connection)
                if content["removed"] is None and evidence.people_in(self._connection, masker, content)
            ]

    def evidence_size(self) -> tuple[int, int]:
        """Return the number of evidence files, and the sum of their sizes in bytes."""
        with self._asking():
            sql = "SELECT count(*), coalesce(sum(size), 0) FROM evidence WHERE removed IS NULL"
            number, size = self._connection.execute(sql).fetchone()
            return number, size

    def _rows(self, sha256s: Iterable[str]) -> Iterator[EvidenceRow]:
        from scamcli.timeline.evidence_rows import row, working_copies

        copies = working_copies(self._connection)
        return (row(self._connection, self._masker, self.path, sha256, copies) for sha256 in sha256s)
