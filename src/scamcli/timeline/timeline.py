"""``Timeline``, the public Python API: everything that the command line can do, as methods.

A timeline opens its file when it is needed, masks protected names unless told otherwise, and hands each question to the
module that answers it. It prints nothing; assumptions that it made are in ``notes``.

Each of its base classes is a complete timeline with fewer methods. A command that needs only one of them opens that
one, because it loads faster.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.timeline.bags import Bags
from scamcli.timeline.charts import Charts
from scamcli.timeline.edits import Edits
from scamcli.timeline.evidence_imports import EvidenceImports
from scamcli.timeline.imports import Imports
from scamcli.timeline.ingests import Ingests
from scamcli.timeline.merges import Merges
from scamcli.timeline.reports import Reports
from scamcli.timeline.review_pages import ReviewPages
from scamcli.timeline.timestamps import Timestamps

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


class Timeline(Reports, Charts, Bags, Edits, ReviewPages, EvidenceImports, Imports, Ingests, Merges, Timestamps):
    """A timeline of events in a SQLite file.

    ``with Timeline() as timeline: ...`` closes the file at the end.

    Args:
        path: Database file. By default ``$SCAMCLI_DB``, then the timeline in the user's data folder, which is created
            with the shipped data on first use.
        include_protected: Show the names of protected actors.
        create: Let the first write create a named file that does not exist.

    Raises:
        DatabaseError: A named file does not exist, is not a timeline, or cannot be opened.
    """

    def backup(
        self, target: Path | None = None, *, encrypt: Sequence[str] = (), encrypt_to: Sequence[Path] = (),
        with_evidence: bool = False, progress: Callable[[int, int], None] = lambda done, total: None,
    ) -> Path:  # fmt: skip
        """Copy the whole database to a new file, and return its path.

        Other processes may write meanwhile.

        Args:
            target: The file, or the folder to create it in; by default beside the database.
            encrypt: Public keys of age or ssh. The copy is encrypted with age, and the owner of any of them can
                decrypt it. Without keys, it is not encrypted.
            encrypt_to: Files with further public keys, one in each line.
            with_evidence: Also copy the evidence files. The copy is then a new folder, or an encrypted tar archive of
                one, with the database and its folder of evidence.
            progress: Called with the number of bytes of evidence that were copied, and with the total.

        Raises:
            WrongUsageError: The file exists already, a public key is not valid, or pyrage is not installed.
            DatabaseError: The file cannot be written, or the database is damaged.
            IncompleteCopyError: The copy was made, but evidence files are missing or altered. Its ``copy`` is the path.
        """
        from scamcli.timeline import backups

        with self._asking():
            path, notes = backups.make(
                self._connection, self.path, target, keys=backups.keys_of(encrypt, encrypt_to),
                with_evidence=with_evidence, progress=progress,
            )  # fmt: skip
        self.notes += map(self.shown, notes)
        return path
