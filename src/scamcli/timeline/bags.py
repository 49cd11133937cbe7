"""Hand a timeline over as a BagIt bag: records, history, evidence and how to check them."""

from __future__ import annotations

from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from scamcli.errors import DatabaseError, NotFoundError, require_installed
from scamcli.records import canonical
from scamcli.timeline.evidence_reads import EvidenceReads
from scamcli.timeline.exports import EVERYTHING, Exports

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.exchange.bags.contents import BagContents
    from scamcli.exchange.bags.evidence_list import EvidenceEntry
    from scamcli.exchange.bags.write import BagWriter
    from scamcli.exchange.exporters.dump import Dump, Progress
    from scamcli.query.filters import Query


class ExportedBag(NamedTuple):
    """What an export of a bag did.

    Attributes:
        path: the folder that was written.
        digest: SHA-256 that stands for the whole bag. Send it to the recipient by a different channel than the bag.
        evidence: how many evidence files it holds.
        notes: notices for the user. Masked.
    """

    path: Path
    digest: str
    evidence: int
    notes: tuple[str, ...]


class Bags(EvidenceReads, Exports):
    """The methods of ``Timeline`` that hand it over."""

    def export_bag(
        self,
        target: str | Path,
        query: Query = EVERYTHING,
        *,
        include_evidence_of_protected: bool = False,
        only_copies: bool = False,
        recipient: str | None = None,
        progress: Progress | None = None,
    ) -> ExportedBag:
        """Write matching events with all that they refer to, their history and their evidence, as a new folder.

        All is written, or nothing. If evidence is handed over, the history records it.

        Args:
            target: where the folder is made. Nothing may exist there.
            query: chooses the events. Without one, all reviewed records and all evidence are written.
            include_evidence_of_protected: include evidence that is linked to a protected person.
            only_copies: withhold originals that have working copies, and list only their hashes.
            recipient: who receives the bag, for the history and the inventory.
            progress: an iterator over events that also reports progress.

        Raises:
            WrongUsageError: a library is missing, something exists at the target, or evidence concerns protected
                persons.
            DatabaseError: the target cannot be written.
            NotFoundError: the query names an unknown actor or site.
        """
        from scamcli.exchange.exporters import atomic_output

        require_bagit()
        options = _Options(include_evidence_of_protected, only_copies, recipient or "", query.drafts)
        path, before, done = Path(target), len(self.notes), list[tuple[str, int]]()

        def write(folder: Path) -> None:
            done.append(self._write_bag(folder, path.name, query, progress or iter, options))

        atomic_output.write_new_folder(path, write)
        if not query.drafts:
            self._count_drafts(query)
        return ExportedBag(path, *done[0], tuple(self.notes[before:]))

    def _write_bag(
        self, folder: Path, name: str, query: Query, progress: Progress, options: _Options
    ) -> tuple[str, int]:
        """Write a bag into an empty folder, and return its digest and how many evidence files it holds."""
        from scamcli.exchange.bags import check, contents
        from scamcli.exchange.bags.write import BagWriter

        bag = BagWriter(folder)
        with self.dump(query) as dump:
            filled = self._fill(bag, dump, progress, options)
        digest = contents.finish(bag, filled)
        check.require_structure(folder)
        kept = [entry["sha256"] for entry in filled.evidence if entry["file"]]
        # Before the folder gets its name: a bag that the history does not know would be worse than the reverse.
        self._log_handing_over(kept, options.recipient or f"{name} (bag {digest[:12]})")
        return digest, len(kept)

    def _fill(self, bag: BagWriter, dump: Dump, progress: Progress, options: _Options) -> BagContents:
        """Write the payload, and return what its explanations need to know."""
        from scamcli.exchange.bags.contents import BagContents
        from scamcli.store.history import now, user

        chosen = _Chosen(is_all=not dump.sentence, hidden=set() if options.drafts else self._draft_ids())
        tied = self._write_records(bag, dump, progress, chosen)
        head = self._write_history(bag, chosen)
        evidence = self._write_evidence(bag, chosen, options)
        return BagContents(
            selection=dump.sentence, made=now(), made_by=self.shown(user()), recipient=self.shown(options.recipient),
            database=self.shown(self.path.name), software=version("scamcli"), head=head, evidence=evidence,
            events=_titles(dump, evidence), timestamps=self._write_timestamps(bag), numbers=chosen.numbers, tied=tied,
            is_masked=not self._include_protected,
        )  # fmt: skip

    def _write_records(self, bag: BagWriter, dump: Dump, progress: Progress, chosen: _Chosen) -> int:
        """Write the records, and return how many of them are tied to the history."""
        from scamcli.exchange.bags import layout
        from scamcli.exchange.exporters import delimited
        from scamcli.exchange.exporters.dump import ENTITIES, ExportOptions, Losses
        from scamcli.timeline.bag_leaves import BagLeaves

        leaves = BagLeaves(self._connection, self._masker)

        def lines(out: TextIO) -> Iterator[str]:
            for type_ in (*ENTITIES, "event"):
                for record in progress(dump.records(type_)):
                    name, line = str(record["id" if type_ == "event" else "name"]), canonical.line(record)
                    chosen.add(type_, name)
                    out.writelines(f"{one}\n" for one in leaves.lines(type_, name, line))
                    yield line

        with bag.text(layout.LEAVES) as out:
            bag.write_lines(layout.RECORDS, lines(out))
        for rows, path in (("events", layout.EVENTS), ("figures", layout.FIGURES)):
            with bag.text(path) as out:
                delimited.write_csv(dump, out, Losses(), ExportOptions(rows))
        return leaves.records

    def _draft_ids(self) -> set[str]:
        from scamcli.timeline.history import printed_name

        ids = [id_ for (id_,) in self._connection.execute("SELECT id FROM event WHERE draft = 1")]
        return {printed_name(self._connection, "event", id_, self._masker) for id_ in ids}

    def _write_timestamps(self, bag: BagWriter) -> list[tuple[str, str, str]]:
        """Write the replies of authorities, each with the head that it is for, and return what to say about them."""
        from scamcli.exchange.bags import layout
        from scamcli.store import timestamps

        found = []
        for number, kept in enumerate(timestamps.kept(self._connection), 1):
            if kept.head is None:
                continue
            stamped = f"{layout.TIMESTAMPS}/change-{kept.change}.txt"
            if stamped not in bag.files:
                bag.write(stamped, [timestamps.file_of(kept.head)])
            reply = f"{layout.TIMESTAMPS}/change-{kept.change}-{number}.tsr"
            bag.write(reply, [kept.reply])
            found.append((reply, stamped, f"Change {kept.change}, at {kept.at}, by {self.shown(kept.authority)}:"))
        return found

    def _write_evidence(self, bag: BagWriter, chosen: _Chosen, options: _Options) -> list[EvidenceEntry]:
        from scamcli.timeline import bag_evidence

        connection, masker = self._connection, self._masker
        found = list(
            bag_evidence.chosen(
                connection, masker, self.path, chosen.has, is_all=chosen.is_all, only_copies=options.only_copies
            )
        )
        entries = [entry for entry, _ in found]
        lines = bag_evidence.require_unprotected(
            entries, set(self.protected_evidence()), is_allowed=options.include_evidence_of_protected
        )
        self.notes += [f"This bag holds a file that may name or show a protected person: {line}." for line in lines]
        for entry, file in found:
            if file is not None:
                bag_evidence.copy(bag, entry, file)
        return entries

    def _log_handing_over(self, files: Sequence[str], to: str) -> None:
        """Note in the history that files were handed over.

        Raises:
            DatabaseError: one was removed in the meantime.
        """
        from scamcli.store.evidence import EvidenceWriter, is_kept
        from scamcli.store.naming import NewNames
        from scamcli.store.transaction import Transaction
        from scamcli.timeline.session import cause_of, transaction

        if not files:
            return
        with transaction(self._named, Transaction, NewNames.TAKEN, cause_of("export bagit")) as writer:
            rows = EvidenceWriter(writer.connection, writer.history)
            for sha256 in files:
                if not is_kept(writer.connection, sha256):
                    raise DatabaseError(f"The evidence file {sha256[:12]} was just removed.", "Export again.")
                rows.hand_over(sha256, to)
        self._forget_protected()

    def _write_history(self, bag: BagWriter, chosen: _Chosen) -> str:
        """Write the changes of the chosen records, newest first, and return the head."""
        from scamcli.exchange.bags import layout, seals
        from scamcli.store import heads, history

        bag.write_lines(layout.HISTORY, map(canonical.line, self._changes(chosen)))
        try:
            head = str(heads.head(self._connection))
        except NotFoundError:  # an empty timeline
            head = seals.NO_HEAD
        rows = self._connection.execute("SELECT id, seal FROM change ORDER BY id").fetchall()
        sealed = ((number, str(seal), history.leaves(self._connection, number)) for number, seal in rows)
        bag.write_lines(layout.SEALS, seals.lines(sealed))
        bag.write_lines(layout.HEAD, [head])
        return head

    def _changes(self, chosen: _Chosen) -> Iterator[dict[str, object]]:
        """Yield the changes as ``log --json`` does, but each with all of its records that are in the bag.

        The ids of other events are made of their titles, so a bag with some events must not have those of the others.
        """
        from scamcli.timeline import history

        for change in history.changes(self._connection, self._masker):
            records = history.records_of(self._connection, change["change"], self._masker)
            kept = [one for one in records if chosen.has(one["type"], one["record"])]
            yield {**change, "records": kept}


class _Options(NamedTuple):
    include_evidence_of_protected: bool
    only_copies: bool
    recipient: str
    drafts: bool


class _Chosen:
    """Which records are in a bag, and how many of each type."""

    def __init__(self, *, is_all: bool, hidden: set[str]) -> None:
        self.is_all = is_all
        self._hidden = hidden  # ids of drafts that are left out
        self._names: set[tuple[str, str]] = set()
        self.numbers: Counter[str] = Counter()

    def add(self, type_: str, name: str) -> None:
        self.numbers[f"{type_}s"] += 1
        if not self.is_all:
            self._names.add((type_, name))

    def has(self, type_: str, name: str) -> bool:
        if self.is_all:
            return type_ != "event" or name not in self._hidden
        return (type_, name) in self._names


def _titles(dump: Dump, evidence: Sequence[EvidenceEntry]) -> list[tuple[str, str, str]]:
    """Return id, date and title of the events that an evidence file supports."""
    wanted = {id_ for entry in evidence for id_ in entry["events"]}
    events = dump.events() if wanted else ()
    return [(event["id"], event["date"], event["title"] or "") for event in events if event["id"] in wanted]


def require_bagit() -> None:
    """Raise `WrongUsageError` if the library that checks bags is not installed."""
    require_installed("bagit", "Bags need", "bagit")
