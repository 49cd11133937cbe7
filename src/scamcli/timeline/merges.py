"""Merge another timeline into this one, and compare two timelines."""

from __future__ import annotations

import shlex
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, TypedDict

from scamcli.errors import DatabaseError, DataError, WrongUsageError, masking_errors, quote
from scamcli.timeline.session import Session, notes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Unpack

    from scamcli.merge.timelines.diff import RecordDiff
    from scamcli.merge.timelines.other_timeline import OtherTimeline
    from scamcli.merge.timelines.report import ConflictDict, Decide, Report
    from scamcli.store.history import ChangeInfo
    from scamcli.store.writer import Writer
    from scamcli.timeline.history import Difference

Policy = Literal["ours", "theirs", "fail"]

POLICIES = ("ours", "theirs", "fail")

Progress = Callable[[int, int], None]
"""Called with the amount of work done, and with the total."""

LISTED = 20
"""How many events or names a note lists."""


class DifferenceDict(TypedDict):
    """A record that differs between two timelines.

    ``action`` is added, changed or removed. ``differences`` has a row for each value that differs: ``key``, ``before``
    and ``after``, or for a list ``key``, ``removed`` and ``added``.
    """

    type: str
    record: str
    action: str
    differences: list[Difference]


class Merged(NamedTuple):
    """What a merge did.

    Attributes:
        added: the number of records that were added.
        changed: the number of records that were changed.
        removed: the number of records that were removed.
        conflicts: what both sides had changed in different ways. Masked.
        open: the number of undecided conflicts, where our value was kept.
        differences: each record that was added, changed or removed; only for a dry run.
        notes: notices about new names, events that were added as drafts, and records kept because others still refer to
            them. Masked.
    """

    added: int
    changed: int
    removed: int
    conflicts: tuple[ConflictDict, ...]
    open: int
    differences: tuple[DifferenceDict, ...] = ()
    notes: tuple[str, ...] = ()


class ConflictError(DataError):
    """Raised with the conflicts of a merge that allows none. They are masked. Nothing was written."""

    def __init__(self, conflicts: tuple[ConflictDict, ...]) -> None:
        count = f"{len(conflicts):,} conflict{'s' * (len(conflicts) != 1)}."
        super().__init__(count, "Nothing was written. Use --on-conflict ours, theirs or ask.")
        self.conflicts = conflicts


class _DryRun(Exception):  # noqa: N818 - not an error: it rolls back the transaction
    """Raised to roll back a dry run."""


class Merges(Session):
    """The methods of ``Timeline`` that read another timeline."""

    def merge(
        self,
        other: str | Path,
        *,
        base: str | Path | None = None,
        on_conflict: Policy | Decide = "ours",
        dry_run: bool = False,
        progress: Progress = lambda done, whole: None,
        **info: Unpack[ChangeInfo],
    ) -> Merged:
        """Merge what was added, changed and removed in another timeline.

        What only one side changed is taken from that side. Events that may be the same as one of ours are added as
        drafts.

        Args:
            other: a database or a file of JSON lines, which is only read; ``-`` reads JSON lines from stdin.
            base: the timeline that both started from, if their histories do not show it.
            on_conflict: what to do where both sides changed the same value in different ways: keep ``"ours"``, take
                ``"theirs"``, ``"fail"``, or a function that is called with each conflict and returns whether theirs
                replaces ours.
            dry_run: do everything, return the outcome for each record, and roll everything back.
            progress: called with the amount of work done, and with the total.
            info: ``author`` and ``reason`` of the change, for the history.

        Raises:
            WrongUsageError: the other timeline is this one, or the value of `on_conflict` is unknown.
            ConflictError: there are conflicts, and `on_conflict` is ``"fail"``. Nothing was written.
            DataError: the other timeline cannot be read, or something in it cannot be stored.
            DatabaseError: one of the databases is damaged, locked or of another version.
        """
        from scamcli.merge.timelines.merge import merge_timelines
        from scamcli.merge.timelines.report import Report

        decide = on_conflict if callable(on_conflict) else _decide_by(on_conflict)
        _require_another_file(self.path, str(other))
        with ExitStack() as stack:
            others = _open_all([other] if base is None else [other, base], stack, progress)
            with suppress(_DryRun), self._writing("merge", **info) as writer:
                writer.changes.counts.update(others[0].counts)
                report = Report(writer, others[0], decide, include_protected=self._include_protected)
                with _explain_damage(others):
                    merge_timelines(report, None if base is None else others[1], progress)
                result = _result(writer, report, dry_run=dry_run)
                if on_conflict == "fail" and result.conflicts:
                    raise ConflictError(result.conflicts)
                if dry_run:
                    raise _DryRun
            notes = (*notes_of(writer, is_kept=not dry_run), *_merge_notes(report, str(other)), *result.notes)
            return result._replace(notes=tuple(map(report.shown, notes)))

    @staticmethod
    def diff(
        before: str | Path, after: str | Path, *, include_protected: bool = False, progress: Progress | None = None
    ) -> Iterator[DifferenceDict]:
        """Compare two timelines: yield each record that was added, changed or removed in `after`.

        Args:
            before: a database or a file of JSON lines; ``-`` reads JSON lines from stdin. It is only read.
            after: the timeline to compare with it, of the same kinds.
            include_protected: show the names that either timeline protects.
            progress: called with the number of bytes of JSON lines that were read, and with the total.

        Raises:
            WrongUsageError: both are stdin.
            DataError: one of them cannot be read.
            DatabaseError: one of them is damaged, locked or of another version.
        """
        from scamcli.merge.timelines.diff import diff

        with ExitStack() as stack:
            others = _open_all([before, after], stack, progress)
            rows = _rows(diff(*others, include_protected=include_protected), others, stack.pop_all())
        # The first row is read now, so that an error closes the files even if the caller never asks for a row.
        first = list(islice(rows, 1))
        return chain(first, rows)


def _decide_by(policy: str) -> Decide | None:
    """Return the function that decides conflicts by a policy; ``None`` leaves them undecided and keeps our values."""
    if policy not in POLICIES:
        raise WrongUsageError(
            f"`on_conflict` is one of {', '.join(POLICIES)}, or a function, not {quote(policy[:80])}."
        )
    return (lambda _: True) if policy == "theirs" else None


def _require_another_file(path: Path, other: str) -> None:
    with suppress(OSError):  # if one cannot be examined, opening it says why
        if other != "-" and path.samefile(other):
            hint = "Give another one to merge, or name this one with --db."
            raise WrongUsageError(f"{other} is this timeline itself.", hint)


def _open_all(paths: Iterable[str | Path], stack: ExitStack, progress: Progress | None) -> list[OtherTimeline]:
    """Open other timelines. Errors that are raised while they are open have the protected names of each masked."""
    from scamcli.merge.timelines.other_timeline import open_other

    names = [str(path) for path in paths]
    if names.count("-") > 1:
        raise WrongUsageError("Stdin can be read only once: give two different timelines.")
    others: list[OtherTimeline] = []
    for name in names:
        try:
            others.append(open_other(name, stack, progress))
        except DataError:
            from scamcli.exchange.importers import detect  # only needed to explain an error

            path = Path(name)
            if detect.find_export_format(path) is None and not (path.is_file() and detect.is_table(path)):
                raise
            hint = f"`scamcli import {shlex.quote(name)}` imports tables."
            raise DataError(f"{name} is a table, not a database or JSON lines of a timeline.", hint) from None
    for other in others:
        stack.enter_context(masking_errors(other.shown))
    return others


@contextmanager
def _explain_damage(others: list[OtherTimeline]) -> Iterator[None]:
    """Turn an exception caused by damage in another timeline into an error that names the damaged file."""
    try:
        yield
    except (sqlite3.Error, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        from scamcli.timeline.verify import problems

        for other in others:
            other.connection.rollback()  # the search for damage begins its own transaction
            if any(True for _ in problems(other.connection, None, text=False)):
                hint = "`scamcli info --verify --db` says where. Nothing was changed."
                raise DatabaseError(f"{other.name} is damaged.", hint) from error
        raise


def _result(writer: Writer, report: Report, *, dry_run: bool) -> Merged:
    from scamcli.merge.timelines.merge import changed_records, count_changes
    from scamcli.timeline import suspicions

    writer.changes.warnings += suspicions.of_change(writer)
    writer.masker()  # read while the file is open, because the notes are masked after it is closed
    differences = tuple(map(_as_row, changed_records(writer, report))) if dry_run else ()
    added, changed, removed = count_changes(writer)
    notes = tuple(_note_on_redactions(writer.connection, report.other)) if added or changed else ()
    return Merged(added, changed, removed, report.conflicts(), report.open, differences, notes)


def _rows(found: Iterator[RecordDiff], others: list[OtherTimeline], files: ExitStack) -> Iterator[DifferenceDict]:
    with files, _explain_damage(others):
        yield from map(_as_row, found)


def _as_row(found: RecordDiff) -> DifferenceDict:
    from scamcli.timeline.history import differences

    record = found.after or found.before or {}
    action = "added" if found.before is None else "removed" if found.after is None else "changed"
    values = differences(found.before or {}, found.after or {}) if action == "changed" else []
    name = str(record["id" if found.type == "event" else "name"])
    return {"type": found.type, "record": name, "action": action, "differences": values}


def _merge_notes(report: Report, other: str) -> Iterator[str]:
    proposed = [f"{report.shown_id(one)} ({report.shown_id(same)})" for one, same in report.proposed]
    still_named = [name for _, name in report.still_named]
    for what, names in (
        ("Came in as drafts, because an event here may be the same", proposed),
        ("Removed there, but still named here", still_named),
    ):
        if names:
            yield f"{what}: {', '.join(names[:LISTED])}{' …' if len(names) > LISTED else '.'}"
    yield from _note_on_evidence(other)


def _note_on_redactions(connection: sqlite3.Connection, other: OtherTimeline) -> Iterator[str]:
    """Say that a copy from before a redaction may bring back what was erased. Nothing here knows what that was."""
    if not other.has_history:
        return
    # Times and commands, because an upgrade makes new seals, and a redaction rewrites authors and reasons.
    theirs = set(other.connection.execute("SELECT at, command FROM change"))
    ours = connection.execute("SELECT id, at, command FROM change ORDER BY id").fetchall()
    missed = [(number, at) for number, at, command in ours if command == "redact" and (at, command) not in theirs]
    if missed and ours[0][1:] in theirs:
        listed = ", ".join(f"{number} of {at[:10]}" for number, at in missed[:LISTED])
        more = " …" if len(missed) > LISTED else ""
        yield (
            f"{other.name} is a copy from before a redaction here (change {listed}{more}), so what was erased"
            " may be back."
            " Search for it, and redact it again. Then redact it in the other file too, or delete that file."
        )


def _note_on_evidence(other: str) -> list[str]:
    """Say that evidence is not merged, because a file belongs to the history in which it was added."""
    from scamcli.store.evidence_folder import folder_of

    folder = folder_of(Path(other))
    hint = "`scamcli evidence add` adds files to this timeline."
    return (
        [f"Evidence files are not merged. Those of the other timeline are in {folder}; {hint}"]
        if folder.is_dir()
        else []
    )
