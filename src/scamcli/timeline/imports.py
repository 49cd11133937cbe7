"""The method of ``Timeline`` that imports files, with the policy for conflicts and a preview for dry runs."""

from __future__ import annotations

import json
import weakref
from contextlib import ExitStack, suppress
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Literal, NamedTuple

from scamcli.errors import ScamcliError, WrongUsageError, quote
from scamcli.exchange.importers import TableOptions as TableOptions
from scamcli.store.naming import NewNames
from scamcli.timeline import suspicions
from scamcli.timeline.session import Session, notes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import Unpack

    from scamcli.exchange.importers.mapped.mapping import Mapping
    from scamcli.exchange.importers.mapped.suggest_mapping import Proposal as Proposal
    from scamcli.records.types import JsonObject
    from scamcli.store.bulk_import import Input
    from scamcli.store.conflict_policy import Choice, RecordConflict
    from scamcli.store.history import ChangeInfo
    from scamcli.store.writer import Writer
    from scamcli.timeline.import_files import InputReader, Progress
    from scamcli.timeline.missing_rows import OnMissing

    OnConflict = Literal["fail", "skip", "update"] | str | Callable[["Conflict"], str]

NO_OPTIONS = TableOptions()

POLICIES = ("fail", "skip", "update")
"""What to do with a record that differs from the one in the timeline: fail and import nothing, keep the
one in the timeline, or take the values of the file.
"""

MOST_NAMED = 20
"""How many records a notice names."""

PREVIEW_MEMORY = 1 << 24
"""How many bytes of a preview are kept in memory; a larger preview goes to a file."""


class Conflict(NamedTuple):
    """A record in a file that differs from the same record in the timeline. Masked.

    Attributes:
        type: event, actor, site or metric.
        name: the id of the event, or the name of the record.
        before: the record in the timeline.
        after: the same record with the values of the file.
        differences: the fields that differ, with both values.
    """

    type: str
    name: str
    before: JsonObject
    after: JsonObject
    differences: list[JsonObject]


class Imported(NamedTuple):
    """What an import did, or what it would do.

    Attributes:
        added: how many records were added.
        updated: how many were updated.
        removed: how many events of an earlier version of a table were removed, because the file lacks their rows.
        unchanged: how many were already in the timeline, with the same values.
        kept: how many differ from the file, and keep the values of the timeline.
        repeated: how many events without an id equal an earlier event of the file, and were treated as the same event.
        left_out: how many invalid records were left out.
        change: the number of the change in the history; ``None`` if nothing changed.
        preview: for a dry run, each record that would be added, updated or removed, with a key ``action``. Masked.
        mapping: the mapping of the last table, if there was one.
        notes: notices for the user. Masked.
    """

    added: int
    updated: int
    removed: int
    unchanged: int
    kept: int
    repeated: int
    left_out: int
    change: int | None
    preview: Preview
    mapping: Mapping | None
    notes: tuple[str, ...]


class DryRun(Exception):  # noqa: N818 - not an error: it rolls back the transaction
    """Raised to end a dry run, so that its transaction is rolled back."""


class Preview:
    """Records that an import would add or update. A large preview is kept in a file."""

    def __init__(self, records: Iterable[JsonObject] = ()) -> None:
        self._file = SpooledTemporaryFile(PREVIEW_MEMORY, "w+", encoding="utf-8")  # noqa: SIM115 - closed with this object
        weakref.finalize(self, self._file.close)
        self._file.writelines(f"{json.dumps(record)}\n" for record in records)

    def __iter__(self) -> Iterator[JsonObject]:
        """Yield the records, sorted by type and name."""
        self._file.seek(0)
        yield from map(json.loads, self._file)


class Imports(Session):
    """The method of ``Timeline`` that imports files."""

    def import_(
        self, *files: str | Path | IO[bytes], tables: TableOptions = NO_OPTIONS, on_conflict: OnConflict = "fail",
        on_missing: OnMissing = "fail", dry_run: bool = False, strict_names: bool = False, skip_invalid: bool = False,
        disjoint: bool = False, save_mapping: str | Path | None = None, progress: Progress | None = None,
        **info: Unpack[ChangeInfo],
    ) -> Imported:  # fmt: skip
        """Import records from files of all supported kinds: either all records, or none.

        Args:
            files: files, folders that scamcli exported, or binary streams (which messages call ``stdin``).
            tables: what the columns of tables mean; not needed for tables that scamcli wrote.
            on_conflict: what to do with a record that differs: one of ``POLICIES``, or a function that returns one.
            on_missing: what to do with earlier rows that a new version of a table lacks; see `missing_rows.MISSING`.
            dry_run: do everything, return the outcome for each record, and roll everything back.
            strict_names: refuse names of actors and sites that the timeline does not know, instead of adding them.
            skip_invalid: leave out invalid records and report them, instead of refusing everything.
            disjoint: declare that each row of a mapped table is a different incident; records keep this in ``dataset``.
            save_mapping: a file to write the mapping of the table to.
            progress: called with the number of bytes or records done, and with the total (``None`` if unknown).
            info: ``author`` and ``reason`` of the change, for the history.

        Raises:
            DataError: a file cannot be read, or a record is invalid or in conflict. Nothing was written.
            WrongUsageError: nothing says what the columns of a table mean (the error suggests a mapping), a new version
                of a table lacks rows, or an option is wrong.
            DatabaseError: the timeline cannot be written. If the import fails, the notices so far are in ``notes``.
        """
        from scamcli.timeline.import_files import InputReader

        tables, preview = tables._replace(disjoint=tables.disjoint or disjoint), Preview()
        reader = InputReader(tables, save_mapping, progress)
        new_names = NewNames.REFUSED if strict_names else NewNames.TAKEN
        only_adds = on_conflict in {"fail", "skip"}  # a function may answer "update"
        try:
            with suppress(DryRun), ExitStack() as stack:
                inputs = reader.open(files, stack)
                change = self._writing("import", new_names=new_names, much=only_adds, **info)
                writer = stack.enter_context(change)
                writer.decide = _decide(on_conflict, writer)
                _load(writer, inputs, reader, on_missing, skip_invalid=skip_invalid, is_dry_run=dry_run)
                _warn_of_duplicates(writer, is_mapped=reader.has_table_options)
                if dry_run:
                    preview = Preview(_touched_records(writer))
                    writer.masker()  # while the file can be read: the notices are masked after the rollback
                    raise DryRun
        except BaseException:
            self.notes += self._masked(reader.notes())
            raise
        notes = (*map(writer.shown, reader.notes()), *_outcome_notes(writer, is_kept=not dry_run))
        return _result(writer, preview, reader.mapping, notes)

    def save_mapping(self, mapping: Mapping, path: str | Path) -> None:
        """Write a mapping to a file, to edit it or to use it again.

        Raises:
            WrongUsageError: the file exists, and is not a mapping.
        """
        from pathlib import Path

        from scamcli.timeline.import_files import save_mapping

        save_mapping(mapping, Path(path))

    def _masked(self, notes: list[str]) -> list[str]:
        """Mask notices. If the timeline cannot be opened, there are no protected names."""
        with suppress(ScamcliError):
            return list(map(self.shown, notes))
        return notes


def _decide(on_conflict: OnConflict, writer: Writer) -> Callable[[RecordConflict], Choice] | Choice:
    from scamcli.store.conflict_policy import Choice

    if not callable(on_conflict):
        if on_conflict not in POLICIES:
            raise WrongUsageError(
                f"`on_conflict` is {', '.join(POLICIES)} or a function, not {quote(on_conflict[:80])}."
            )
        return Choice(on_conflict)
    ask = on_conflict

    def decide(found: RecordConflict) -> Choice:
        from scamcli.timeline.history import differences

        before, after = writer.masked(found.before), writer.masked(found.after)
        name = str(before["id" if found.type == "event" else "name"])
        return Choice(ask(Conflict(found.type, name, before, after, [{**one} for one in differences(before, after)])))

    return decide


def _load(
    writer: Writer,
    inputs: list[Input],
    reader: InputReader,
    on_missing: OnMissing,
    *,
    skip_invalid: bool,
    is_dry_run: bool,
) -> None:
    """Import the records, and settle what becomes of the rows that tables had before and no longer have."""
    from scamcli.store.bulk_import import load

    sql = "SELECT name FROM term WHERE type = 'dataset'"
    names = {name for (name,) in writer.connection.execute(sql)} if reader.tables else set()
    load(writer, inputs, skip_invalid=skip_invalid, progress=reader.report)
    if tables := {name: table for name, table in reader.tables.items() if name in names}:
        from scamcli.timeline import missing_rows  # not at the top, because most tables are imported once

        missing_rows.settle(writer, tables, on_missing, is_dry_run=is_dry_run)


def _warn_of_duplicates(writer: Writer, *, is_mapped: bool) -> None:
    """Warn if events may already be in the timeline: the same incident, or a whole table under a different file name.

    The ids of the rows of a table are made from the name of its file.
    """
    from scamcli.output.text.words import plural
    from scamcli.store.bulk_import import find_duplicates

    writer.changes.warnings += suspicions.of_change(writer)
    number = writer.history.number
    found = find_duplicates(writer.connection, number) if is_mapped and number is not None else None
    if found is not None:
        writer.changes.warnings.append(
            f"{plural(found.number, 'new event')} repeat{'s' * (found.number == 1)} others that are in the timeline"
            f" under another id, such as {found.one} and {found.other}. If this is one table under two file names, keep"
            " its ids with `prefix` in a mapping file."
        )


def _touched_records(writer: Writer) -> Iterator[JsonObject]:
    """Yield the present version of each record that was added, updated or removed. Masked."""
    rows = writer.connection.execute(
        "SELECT coalesce(e.record, t.record, r.before), r.before IS NULL, r.after IS NULL FROM change_record r"
        " LEFT JOIN event e ON r.type = 'event' AND e.id = r.name"
        " LEFT JOIN term t ON r.type <> 'event' AND t.type = r.type AND t.name = r.name"
        " WHERE r.change = ? ORDER BY r.type, r.name",
        [writer.history.number],
    )
    for text, is_new, is_gone in rows:
        action = "added" if is_new else "removed" if is_gone else "updated"
        yield {"action": action} | writer.masked(json.loads(text))


def _outcome_notes(writer: Writer, *, is_kept: bool) -> Iterator[str]:
    changes = writer.changes
    yield from notes_of(writer, is_kept=is_kept)
    yield from map(writer.shown, changes.left_out_messages)
    yield from _list("Kept as in this timeline, not as in the file", map(writer.shown, changes.skipped), ", ")
    yield from _list("Removed because the file no longer lists them", map(writer.shown, changes.lost_entries), "; ")
    yield from _list(
        "Without an id, and the same as an earlier row in every mapped field, so counted once", changes.repeated, ", "
    )
    if changes.new and is_kept:
        all_ = changes.added + changes.updated + len(changes.new)
        yield f"With the new names, {all_:,} records changed; `scamcli undo` takes all of them back."
    if changes.repeated:
        yield "Give each an id to keep them apart, for example with --id-from row."


def _list(what: str, names: Iterable[str], separator: str) -> Iterator[str]:
    listed = list(names)
    if listed:
        yield f"{what}: {separator.join(listed[:MOST_NAMED])}" + (" …" if len(listed) > MOST_NAMED else ".")


def _result(writer: Writer, preview: Preview, mapping: Mapping | None, notes: tuple[str, ...]) -> Imported:
    changes = writer.changes
    return Imported(
        added=changes.added, updated=changes.updated, removed=changes.removed, unchanged=changes.unchanged,
        kept=len(changes.skipped), repeated=len(changes.repeated), left_out=changes.left_out,
        change=writer.history.number, preview=preview, mapping=mapping, notes=notes,
    )  # fmt: skip
