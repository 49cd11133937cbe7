"""The method of ``Timeline`` that writes drafts as a page for a second reader."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scamcli.errors import require_installed
from scamcli.timeline.draft_rows import draft_row
from scamcli.timeline.exports import Exports
from scamcli.timeline.review import Review

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import TextIO

    from scamcli.store.review_drafts import Draft


class ReviewPages(Review, Exports):
    """Methods that read drafts, decide on them, and write them as a page."""

    def write_review(self, target: str | Path | TextIO, drafts: Iterable[Draft] | None = None) -> int:
        """Write drafts as one HTML file that needs nothing else, and return how many there are.

        Args:
            target: the file, or an open text stream. All is written, or nothing.
            drafts: the drafts; by default all that nobody has reviewed.

        Raises:
            DatabaseError: the target cannot be written.
            WrongUsageError: the target is the database, or a library is not installed.
        """
        from scamcli.exchange.exporters.dump import Shape
        from scamcli.output.report import render_review

        require_installed("report", "A page for a second reader needs", "jinja2")
        rows = [draft_row(draft) for draft in (self.pending() if drafts is None else drafts)]
        page = render_review(rows, datetime.now(tz=UTC).date().isoformat())
        self._write(Shape.TEXT, target, lambda out: out.write(page), is_strict=False)
        return len(rows)
