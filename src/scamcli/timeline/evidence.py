"""The methods of ``Timeline`` that keep evidence: files beside the database, each under its SHA-256."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import DataError, NotFoundError, WrongUsageError, quote
from scamcli.store import evidence, sealed_content
from scamcli.store.evidence import Collected
from scamcli.store.naming import NewNames
from scamcli.store.temporary import put_into_place
from scamcli.store.transaction import Transaction
from scamcli.timeline import evidence_handover, evidence_rows
from scamcli.timeline.evidence_reads import EvidenceReads
from scamcli.timeline.evidence_staging import Place, Staged, staged
from scamcli.timeline.session import cause_of, event_id, notes_of, transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path
    from typing import Unpack

    from scamcli.store.evidence_folder import Copied
    from scamcli.store.history import Cause, ChangeInfo
    from scamcli.timeline.evidence_rows import EvidenceRow

    Progress = Callable[[int, int], None]


LONGEST = 10_000
"""The most characters of a text about a file."""


class AddedFile(NamedTuple):
    """A file that was added. ``is_new`` is false if the same content was already there. ``name`` is masked."""

    sha256: str
    name: str
    is_new: bool


class EvidenceChanged(NamedTuple):
    """The files that a command added, removed or handed over, and notices. Without a change, ``change`` is ``None``."""

    files: tuple[AddedFile, ...]
    change: int | None
    notes: tuple[str, ...]


class Evidence(EvidenceReads):
    """Methods that add, copy, hand over and remove evidence. Each is one transaction and one change in the history."""

    def add_evidence(
        self, files: Sequence[Path], *, source: str, events: Sequence[str] = (), url: str | None = None,
        collected_by: str | None = None, collected_at: str | None = None, method: str | None = None,
        tool: str | None = None, note: str | None = None,
        progress: Progress = lambda done, total: None, **info: Unpack[ChangeInfo],
    ) -> EvidenceChanged:  # fmt: skip
        """Copy files into the folder of evidence, and note where they come from. The files themselves do not change.

        If a file with the same content is there, only its new source and events are added.

        Args:
            files: the files, of any type.
            source: who published them or handed them over.
            events: the events that they are evidence of, by id or the beginning of an id.
            url, collected_by, collected_at, method, tool, note: see `Collected`.
            progress: called with the number of bytes copied, and with the total.

        Raises:
            DataError: a file cannot be read.
            NotFoundError: there is no such event.
            DatabaseError: the timeline or its folder cannot be written.
            WrongUsageError: a text is empty or too long, or the date is not valid.
        """
        collected = checked(
            Collected(source, url, collected_by, collected_at, method, tool, note), required="source"
        )  # fmt: skip
        cause = cause_of("evidence add", **info)
        with self._staged(cause) as stage:
            copies = stage.staging.copy_all(files, progress)
            with stage.writing() as writer:
                rows = evidence.EvidenceWriter(writer.connection, writer.history)
                ids = [event_id(writer, one) for one in events]
                restored = stage.put(rows, copies)
                found = [rows.put(one, collected, ids) for one in copies]
        return self._changed(writer, copies, found, restored)

    def derive_evidence(
        self, original: str, file: Path, *, note: str, tool: str | None = None, **info: Unpack[ChangeInfo]
    ) -> EvidenceChanged:
        """Add a working copy of a file, such as one with faces blurred. It is evidence of the same events.

        Args:
            original: the file that it was made from, by the beginning of its SHA-256 or by its name.
            file: the working copy.
            note: how it differs.
            tool: the program that made it.

        Raises:
            NotFoundError: there is no such original.
            DataError: the copy has the same content as an original, or cannot be read.
            DatabaseError, WrongUsageError: as for `add_evidence`.
        """
        collected = checked(Collected(tool=tool, note=note), required="note")
        cause = cause_of("evidence derive", **info)
        with self._staged(cause) as stage:
            copies = stage.staging.copy_all([file], lambda done, total: None)
            with stage.writing() as writer:
                rows = evidence.EvidenceWriter(writer.connection, writer.history)
                whole = evidence.find(writer.connection, original)
                if whole == copies[0].sha256:
                    raise DataError(f"{file} is the original itself; expected a copy that differs.")
                restored = stage.put(rows, copies)
                ids = [id_ for (id_,) in sealed_content.evidence_content(writer.connection, whole)["events"]]
                found = [rows.put(copies[0], collected, ids, whole)]
        return self._changed(writer, copies, found, restored)

    def remove_evidence(
        self, names: Sequence[str], *, reason: str, author: str | None = None
    ) -> EvidenceChanged:  # fmt: skip
        """Delete files. Their hashes, what is known about them, and the reason stay.

        Args:
            names: the files, each by the beginning of its SHA-256 or by its name.
            reason: why they are removed.

        Raises:
            NotFoundError: there is no such file.
            DatabaseError: the timeline or its folder cannot be written, or a file could not be deleted.
        """
        cause = cause_of("evidence remove", author, reason)
        with self._staged(cause) as stage, stage.writing() as writer:
            rows = evidence.EvidenceWriter(writer.connection, writer.history)
            found = [evidence.find_kept(writer.connection, one) for one in names]
            stage.staging.drop(found)
            for sha256 in found:
                rows.remove(sha256, cause.reason or "")
            named = [evidence.name_of(writer.connection, sha256) for sha256 in found]
        files = tuple(
            AddedFile(sha256, self._about_file(sha256, name), False) for sha256, name in zip(found, named, strict=True)
        )
        return EvidenceChanged(files, writer.history.number, notes_of(writer))

    def export_evidence(
        self, names: Sequence[str], target: Path, *, event: str | None = None, recipient: str | None = None,
        include_evidence_of_protected: bool = False, **info: Unpack[ChangeInfo],
    ) -> EvidenceChanged:  # fmt: skip
        """Copy files to a new folder under their names, with their hashes and what is known about them.

        The history notes that they were handed over.

        Args:
            names: the files, each by the beginning of its SHA-256 or by its name.
            target: the folder, which must not exist.
            event: also all evidence of this event.
            recipient: who gets the copies; by default the path of the folder is noted.
            include_evidence_of_protected: also hand over files that may name or show a protected person.

        Raises:
            NotFoundError: there is no such file or event.
            WrongUsageError: the folder exists, no file was named, or a file may name or show a protected person.
            DatabaseError: a file was altered or is missing, or the folder or the timeline cannot be written.
        """
        cause = cause_of("evidence export", **info)
        if os.path.lexists(target):
            raise WrongUsageError(f"{target} already exists.", "Name another folder.")
        rows = self._chosen(names, event)
        if not include_evidence_of_protected:
            evidence_handover.require_unprotected(rows, self.protected_evidence())
        with evidence_handover.copied(rows, target) as folder:
            with transaction(self._named, Transaction, NewNames.TAKEN, cause) as writer:
                kept = evidence.EvidenceWriter(writer.connection, writer.history)
                for row in rows:
                    kept.hand_over(
                        evidence.find_kept(writer.connection, row["sha256"]), recipient or str(target.absolute())
                    )
            put_into_place(folder, target)  # after the history says so: nothing is handed over that it does not list
        files = tuple(AddedFile(row["sha256"], row["name"], False) for row in rows)
        return EvidenceChanged(files, writer.history.number, notes_of(writer))

    def _chosen(self, names: Sequence[str], event: str | None) -> list[EvidenceRow]:
        """Return the rows of files, each once."""
        rows = [self.evidence_file(name) for name in names]
        gone = next((row for row in rows if row["file"] is None), None)
        if gone is not None:
            raise NotFoundError(
                f"{gone['name']} was removed.", f"`scamcli evidence show {gone['sha256'][:12]}` says why."
            )
        rows += [] if event is None else self.evidence(event=event)
        if not rows:
            hint = "Name files, or an event with evidence."
            raise WrongUsageError("There is nothing to hand over.", hint)
        return list({row["sha256"]: row for row in rows}.values())

    def _changed(
        self, writer: Transaction, copies: Sequence[Copied], found: Sequence[evidence.Put],
        restored: Collection[str] = (),
    ) -> EvidenceChanged:  # fmt: skip
        self._forget_protected()
        files = tuple(
            AddedFile(put.sha256, self._about_file(put.sha256, copied.name), put.is_new)
            for copied, put in zip(copies, found, strict=True)
        )
        notes = [
            self._about_file(put.sha256, _note_on_known(copied.name, put, is_restored=put.sha256 in restored))
            for copied, put in zip(copies, found, strict=True)
            if not put.is_new
        ]
        return EvidenceChanged(files, writer.history.number, (*notes, *notes_of(writer)))

    def _about_file(self, sha256: str, text: str) -> str:
        """Return a text about a file as the caller may see it."""
        with self._asking():
            content = sealed_content.evidence_content(self._connection, sha256)
            return evidence_rows.masking(self._connection, self._masker, content)(text) or ""

    def _staged(self, cause: Cause) -> AbstractContextManager[Staged]:
        _ = self._masker  # creates the default timeline, or reports that there is none, before anything is copied
        return staged(Place(self.path, self._named), cause)


def _note_on_known(name: str, put: evidence.Put, *, is_restored: bool) -> str:
    events = f"linked to {', '.join(put.new_events)}" if put.new_events else ""
    back = "the missing or altered file is back" if is_restored else ""
    new = " and ".join(filter(None, (back, "its new source was added" if put.is_new_source else "", events)))
    return f"{name} is already there, as {put.sha256[:12]}; {new or 'nothing was changed'}."


def checked(collected: Collected, *, required: str) -> Collected:
    """Return a description with its texts trimmed.

    Raises:
        WrongUsageError: a text is empty or too long, or the date is not valid.
    """
    texts = {key: value if value is None else value.strip() for key, value in collected._asdict().items()}
    for key, value in texts.items():
        flag = f"--{key.replace('_', '-')}"
        if value == "" or (value is None and key == required):
            raise WrongUsageError(
                f"{flag} is empty.", "Give a text, or leave the option out." if key != required else ""
            )
        if value is not None and len(value) > LONGEST:
            raise WrongUsageError(f"{flag} has more than {LONGEST:,} characters.")
    found = Collected(**texts)
    return found._replace(collected_at=found.collected_at and _moment(found.collected_at))


def _moment(text: str) -> str:
    """Return a date in EDTF as it is, and a time in UTC."""
    from datetime import UTC, datetime

    from scamcli.language.dates import parse_date

    if "T" in text or " " in text:
        with suppress(ValueError, OverflowError):  # the year 0 or 10000 in UTC
            found = datetime.fromisoformat(text.upper().replace("Z", "+00:00"))
            if found.tzinfo is None:
                hint = "Add the time zone: 2024-05-01T09:30:00+07:00, or Z for UTC."
                raise WrongUsageError(f"--collected-at {quote(text)} has no time zone.", hint)
            return found.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        parse_date(text)
    except ValueError as error:
        hint = "Expected a date such as 2024-05-01, or a time such as 2024-05-01T09:30:00+07:00."
        raise WrongUsageError(f"--collected-at: {error}.", hint) from None
    return text
