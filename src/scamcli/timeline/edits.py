"""The methods of ``Timeline`` that change records: each is one transaction and one change in the history."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scamcli.errors import DatabaseError, NotFoundError, WrongUsageError, quote
from scamcli.store.naming import NewNames
from scamcli.timeline import history
from scamcli.timeline.results import Aliased, Erased, FixedBounds, NamesMerged, Removed, Saved, Undone
from scamcli.timeline.session import Session, event_id, notes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Unpack

    from scamcli.store.history import ChangeInfo
    from scamcli.store.redact_evidence import FileRedaction
    from scamcli.store.redaction import Redacted
    from scamcli.store.writer import Writer


class Edits(Session):
    """Methods that add, change and remove records, and that undo changes.

    All methods take ``author`` (by default your login name) and ``reason``, which the history records. ``force``
    saves a record despite its faults, and ``new_actor`` creates new actors and sites even if a similar name exists.
    """

    def add(
        self, record: Mapping[str, object] | None = None, *, force: bool = False, new_actor: bool = False,
        author: str | None = None, reason: str | None = None, **values: object,
    ) -> Saved:  # fmt: skip
        """Add a new event, actor, site or metric.

        Args:
            record: the record as a dictionary. Without a ``type``, it is an event. In a link, the beginning of an
                event's id is enough.
            values: more keys of the record, such as ``date="2023-07-01"``.

        Raises:
            DataError: the record is not valid, has faults, or already exists.
        """
        from scamcli.timeline import record_changes, soundness, suspicions

        with self._writing(
            "add", new_names=NewNames.TAKEN if new_actor else NewNames.CAREFUL, author=author, reason=reason
        ) as writer:
            given = soundness.with_whole_ids(writer, {"type": "event", **(record or {}), **values})
            given = record_changes.without_printed(given)
            record_changes.warn_of_similar(writer, given)
            added = writer.take(given, insert_only=True)
            writer.settle()
            notes = soundness.require_sound(writer, added, force=force) + soundness.doubts(writer, added)
            notes += suspicions.of_event(writer, added)
            name = self._result_name(writer, str(getattr(added, "id", None) or getattr(added, "name", "")))
        notes += notes_of(writer, event=name if given["type"] == "event" else "")
        return Saved(str(given["type"]), name, writer.history.number, tuple(notes))

    def edit(
        self, name: str, record: Mapping[str, object] | None = None, *,
        values: Mapping[str, object] | None = None, add: Mapping[str, Iterable[object]] | None = None,
        remove: Mapping[str, Iterable[str]] | None = None, figures: Iterable[Mapping[str, object]] = (),
        type_: str = "event", expect: str | None = None, force: bool = False, new_actor: bool = False,
        **info: Unpack[ChangeInfo],
    ) -> Saved:  # fmt: skip
        """Change a record by giving the whole ``record``, or single values and entries of its lists.

        Args:
            name: id of an event or the beginning of its id, or the name of an actor, site or metric.
            record: the whole record. Keys that it leaves out are not changed.
            values: new values of keys: ``{"title": "…"}``.
            add: entries to add to lists: ``{"tags": ["border"]}``.
            remove: names of entries to take out of lists: ``{"actors": ["Sar Kheng"], "figures": ["total"]}``. A
                status of a site is named by its word, which can be followed by its date.
            figures: new values for figures that an event has: ``[{"id": "total", "period": "2024-03"}]``. Values that
                are left out stay. If the date or the kind of the event or the period of a figure changes, the count of
                a figure is derived again, unless somebody has set it explicitly.
            type_: ``event``, ``actor`` or ``site``: the type of the record to change, unless ``record`` says so.
            expect: refuse the change unless the record still has this ``digest``.

        Raises:
            NotFoundError: the record or the entry does not exist.
            ChangedError: the record has changed since it was read.
            DataError: the result is not valid or has faults that it did not have before.
        """
        from scamcli.timeline import record_changes

        change = record_changes.Change(values or {}, add or {}, remove or {}, list(figures))
        if type_ not in {"event", "actor", "site"}:
            raise WrongUsageError(f"No type {quote(type_[:40])}.", "Expected event, actor or site.")
        if (record is not None) == any(change):
            raise WrongUsageError("Expected either a whole record or single changes, not both.")
        if expect is not None and not expect.strip():
            raise WrongUsageError("The digest to expect is empty; expected the one that `scamcli show` prints.")

        def edited(writer: Writer) -> Saved:
            if record is not None:
                whole = record if type_ == "event" else {"type": type_, **record}
                record_changes.require_type(whole, type_)
                return record_changes.replace_record(writer, name, whole, expect, force=force)
            if type_ != "event":
                return record_changes.change_entity(writer, type_, name, change, expect)
            return record_changes.change_event(writer, name, change, expect, force=force)

        return self._change("edit", edited, new_names=NewNames.TAKEN if new_actor else NewNames.CAREFUL, **info)

    def _change(
        self, command: str, change: Callable[[Writer], Saved], *, new_names: NewNames, **info: Unpack[ChangeInfo]
    ) -> Saved:
        """Change a record in one transaction, and return it as it may be printed."""
        with self._writing(command, new_names=new_names, **info) as writer:
            changed = change(writer)
            shown = self._result_name(writer, changed.name)
        notes = notes_of(writer, event=shown if changed.type == "event" else "")
        return Saved(changed.type, shown, writer.history.number, (*changed.notes, *notes))

    def remove(
        self, name: str, *, type_: str = "event", same_as: str | None = None, **info: Unpack[ChangeInfo]
    ) -> Removed:
        """Remove an event, or an actor or a site that nothing refers to.

        Args:
            name: id of an event or the beginning of its id, or the name of an actor or a site.
            type_: ``event``, ``actor`` or ``site``.
            same_as: id of an event that reports the same incident. That event receives the sources, and the removed id
                leads to it.

        Raises:
            NotFoundError: the record does not exist.
            DataError: a record still refers to the actor or site.
        """
        from scamcli.store import merge_records

        notes: list[str] = []
        with self._writing("remove", new_names=NewNames.CAREFUL, **info) as writer:
            if type_ == "event":
                id_ = event_id(writer, name)
                into = event_id(writer, same_as) if same_as is not None else None
                shown = self._include_protected
                if into is None:
                    record = writer.remove_event(id_, include_protected=shown)
                else:
                    record = merge_records.merge_event(writer, id_, into, include_protected=shown)
                notes += [f"{link} still links to it." for link in writer.links_to(id_)]
            elif type_ in {"actor", "site"} and same_as is None:
                record = writer.remove_term(type_, name, include_protected=self._include_protected)
            else:
                raise WrongUsageError("`remove` takes an event, with or without `same_as`, or an actor or a site.")
        return Removed(json.loads(record), writer.history.number, (*notes, *notes_of(writer)))

    def undo(self, change: int | None = None, **info: Unpack[ChangeInfo]) -> Undone:
        """Undo a change: restore all of its records. A second call undoes the change before it.

        Args:
            change: its number in the history. By default, the author's newest change that is still in force.

        Raises:
            NotFoundError: the change does not exist.
            DataError: a later change altered, or uses, the same records.
            WrongUsageError: the change protected somebody, and no ``reason`` was given.
        """
        return self._undo("undo", change, **info)

    def redo(self, **info: Unpack[ChangeInfo]) -> Undone:
        """Redo the change that the author undid last. A second call redoes the one after it.

        Raises:
            NotFoundError: the author has undone nothing, or has redone everything.
            DataError: a later change altered, or uses, the same records.
        """
        return self._undo("redo", None, **info)

    def _undo(self, command: str, change: int | None, **info: Unpack[ChangeInfo]) -> Undone:
        from scamcli.store import undo
        from scamcli.store.history import user

        with self._writing(command, **info) as writer:
            if command == "redo":
                change = undo.choose_redo(writer.connection, writer.history.cause.by or user())
            undone = undo.undo(writer, change)
            of = (undone.number, undone.command, undone.by)
            if command == "redo":  # the change that was just undone is itself an undo: name its target
                sql = "SELECT id, command, author FROM change WHERE id = ?"
                of = writer.connection.execute(sql, [undone.undoes]).fetchone() or of
            number = writer.history.begin()
        return Undone(number, *of, undone.records, notes_of(writer))

    def add_alias(self, type_: str, name: str, aliases: Iterable[str], **info: Unpack[ChangeInfo]) -> Aliased:
        """Give an actor or a site more names, so that searches and later records find it by them.

        Args:
            type_: ``actor`` or ``site``.
            name: its name or one of its aliases.
            aliases: the other names.

        Raises:
            NotFoundError: the actor or site does not exist.
            DataError: a different actor or site has the alias.
        """
        new, known = list[str](), list[str]()
        with self._writing("names alias", new_names=NewNames.CAREFUL, **info) as writer:
            for alias in aliases:
                (new if writer.alias(type_, name, alias) else known).append(alias)
            notes = [writer.shown(f"{quote(alias)} is now an alias of {quote(name)}.") for alias in new]
            notes += [writer.shown(f"{quote(alias)} was already an alias of {quote(name)}.") for alias in known]
        return Aliased(tuple(new), tuple(known), writer.history.number, (*notes, *notes_of(writer)))

    def merge_names(self, type_: str, name: str, into: str, **info: Unpack[ChangeInfo]) -> NamesMerged:
        """Merge two records of one actor or one site: ``name`` becomes an alias of ``into`` in every record.

        Where the two records differ, the values of ``into`` are kept; the notes list the discarded ones.

        Raises:
            NotFoundError: an actor or site does not exist.
            DataError: both names already belong to the same record.
        """
        from scamcli.output.text.words import plural
        from scamcli.store import merge_records

        with self._writing("names merge", new_names=NewNames.CAREFUL, **info) as writer:
            events = merge_records.merge_names(writer, type_, name, into)
            note = writer.shown(
                f"{quote(name)} is now an alias of {quote(into)}; it was renamed in {plural(events, 'event')}."
            )
        return NamesMerged(events, writer.history.number, (*notes_of(writer), note))

    def protect(self, name: str, **info: Unpack[ChangeInfo]) -> Saved:
        """Mask an actor's names in everything that is printed or exported from now on.

        A name that is only in a text, such as the passage of a draft, becomes an actor first.

        Returns:
            The saved record, whose ``name`` is the placeholder.

        Raises:
            NotFoundError: neither an actor nor a text has the name.
            DataError: the name is too short to distinguish it from other words.
        """
        return self._set_protected(name, is_protected=True, **info)

    def unprotect(self, name: str, **info: Unpack[ChangeInfo]) -> Saved:
        """Stop masking an actor's names, for a reason that the history keeps.

        Raises:
            NotFoundError: the actor does not exist.
            WrongUsageError: no ``reason`` was given.
        """
        return self._set_protected(name, is_protected=False, **info)

    def _set_protected(self, name: str, *, is_protected: bool, **info: Unpack[ChangeInfo]) -> Saved:
        from scamcli.timeline import record_changes

        return self._change(
            "protect" if is_protected else "unprotect",
            lambda writer: record_changes.set_protected(writer, name, is_protected=is_protected),
            new_names=NewNames.CAREFUL,
            **info,
        )

    def redact(
        self, name: str, *, confirmed: bool = False, remove_evidence: bool = False,
        progress: Callable[[int, int], None] = lambda done, total: None, **info: Unpack[ChangeInfo],
    ) -> Erased:  # fmt: skip
        """Erase a name or an event from every record, id and text, and from the whole history. This cannot be undone.

        The file is rebuilt, so that none of its pages contains the name. Copies are not changed; known copies are
        listed.

        Args:
            name: any name, or the whole id of an event.
            confirmed: must be true.
            remove_evidence: delete the evidence files that hold the name, and those that belong to a record with it and
                cannot be searched. Their hashes and the reason stay. By default, they are only listed.
            progress: called with the number of bytes of evidence that were searched, and with the total.

        Raises:
            WrongUsageError: ``confirmed`` is false.
            NotFoundError: the name does not occur in the database.
            DatabaseError: the records were rewritten, but the file was not rebuilt, because the disk is full or another
                process is using it, so the next command rebuilds it; or evidence files could not be deleted.
        """
        from scamcli.store import redaction
        from scamcli.store.evidence_folder import FilesLeftError
        from scamcli.timeline import evidence_redaction

        if not confirmed:
            raise WrongUsageError("A redaction cannot be undone, so it must be confirmed.", "Pass confirmed=True.")
        self.close()  # a reader of this process would keep the file from being rebuilt
        try:
            with (
                evidence_redaction.redacting(self.path, progress, delete=remove_evidence) as files,
                self._writing("redact", **info, new_names=NewNames.REFUSED) as writer,
            ):
                evidence_redaction.recover(writer, files)
                done, copies = _erase(writer, name, files)
        except (NotFoundError, FilesLeftError) as error:
            redaction.finish(self.path)  # its bytes may still be in the file, if an earlier run could not rebuild it
            # self.notes has for example that this command rebuilt the file when it opened it
            found = evidence_redaction.notes(files) if isinstance(error, NotFoundError) else ()
            error.more = (*self.notes, *found, *error.more)
            raise
        try:
            redaction.finish(writer.path)
        except DatabaseError as error:
            error.more = (*copies, *error.more)
            raise
        counts = (done.placeholder, done.records, done.versions, done.texts)
        notes = (*copies, *evidence_redaction.notes(files, is_deleted=remove_evidence), *notes_of(writer))
        return Erased(*counts, tuple(map(str, done.backups)), notes, tuple(files.found))

    def fix_bounds(self, **info: Unpack[ChangeInfo]) -> FixedBounds:
        """Derive the bounds of figures from their wordings again, and update those that differ. Nothing else changes.

        Raises:
            DatabaseError: The file does not exist or cannot be written.
        """
        from scamcli.timeline.check import derive_bounds

        with self._writing("check --fix", **info) as writer:
            events = tuple(writer.shown(event) for event in derive_bounds(writer))
        return FixedBounds(events, notes_of(writer))

    def set_min_cell(self, least: int) -> None:
        """Set the default for ``min_cell``, below which the statistics of this timeline suppress numbers of people.

        The history records this, but ``undo`` does not, since no record changes.

        Args:
            least: The smallest number of people that is printed; 0 to suppress none.

        Raises:
            WrongUsageError: The number is negative or 2.
            DatabaseError: The file does not exist or cannot be written.
        """
        from scamcli.stats import Request
        from scamcli.store import sealed_content, settings

        Request("", min_cell=least).checked()
        with self._writing("info --min-cell") as writer:
            settings.set_min_cell(writer.connection, least)
            sealed_content.note(writer.history, "setting", settings.MIN_CELL)


def _erase(writer: Writer, name: str, files: FileRedaction) -> tuple[Redacted, tuple[str, ...]]:
    """Redact a name or an event, and return the outcome and notices about copies that may still contain it."""
    from scamcli.store import redaction, schema

    id_ = name if history.is_event(writer.connection, name) else writer.event_id(name)
    redact = redaction.redact_name if id_ is None else redaction.redact_event
    done = redact(writer, name if id_ is None else id_, files)
    copies = (f"This copy still exists and may still contain it: {copy}" for copy in done.backups)
    tables = schema.others(writer.connection)
    others = (f"This table of another program may still contain it: {quote(table)}." for table in tables)
    return done, (*copies, *others)
