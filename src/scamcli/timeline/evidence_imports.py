"""The method of ``Timeline`` that takes in evidence of others, after checking its hashes."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from scamcli.errors import DataError, NotFoundError, WrongUsageError, quote
from scamcli.language.scripts import storable
from scamcli.output.text.words import plural
from scamcli.records import limits
from scamcli.store import evidence, history
from scamcli.store.evidence import Collected
from scamcli.timeline.evidence import Evidence, EvidenceChanged, checked
from scamcli.timeline.session import cause_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Unpack

    from scamcli.exchange.incoming import Incoming
    from scamcli.store.evidence_folder import Copied
    from scamcli.store.history import ChangeInfo
    from scamcli.store.transaction import Transaction


_ADD_EACH = (
    "`scamcli evidence add FILE` takes a file that you have looked at; auto-archiver's hash_enricher adds hashes."
)


class EvidenceImports(Evidence):
    """Methods that take in evidence of others."""

    def import_evidence(
        self, path: str | Path, *, source: str | None = None, **info: Unpack[ChangeInfo]
    ) -> EvidenceChanged:
        """Check what comes in, and keep its files with what the sender knows about them. All is kept, or nothing.

        A bag gives its evidence files, and its list of them. Its records are imported with `import_`, before, so that
        the files can be linked to their events. A web archive (WACZ or WARC) is kept as one file; the note about it
        lists its pages. Of results of auto-archiver, name the CSV file; its files must be in the folder beside it.

        Args:
            path: a bag as a folder or a zip file, a web archive, or a CSV file of auto-archiver.
            source: who handed over what is not a bag; by default the host of its first address.

        Raises:
            NotFoundError: there is no such file.
            DataError: it has changed since it was made, or is of another kind.
            DatabaseError: the timeline or its folder cannot be written.
            WrongUsageError: a library is missing.
        """
        place = Path(path)
        if not place.exists():
            raise NotFoundError(f"There is no file or folder {place}.", "Expected a bag, or a web archive.")
        limits.require_file(place)
        with ExitStack() as stack:
            incoming, told = _read(place, source, stack)
            changed, left_out = self._take_in(incoming, **info)
        notes = [f"{plural(left_out, 'link')} to events that are not here left out."] if left_out else []
        return changed._replace(notes=(*told, *notes, *changed.notes))

    def _take_in(self, incoming: Sequence[Incoming], **info: Unpack[ChangeInfo]) -> tuple[EvidenceChanged, int]:
        """Keep files, and return how many links to events were left out."""
        described = [[_described(file, one) for one in file.sources] for file in incoming]
        found, left_out = [], 0
        with self._staged(cause_of("evidence import", **info)) as stage:
            paths = list(dict.fromkeys(file.path for file in incoming))  # a list may name a file thousands of times
            by_path = dict(zip(paths, stage.staging.copy_all(paths, lambda done, total: None), strict=True))
            copies = [_named(file, by_path[file.path]) for file in incoming]
            with stage.writing() as writer:
                rows = evidence.EvidenceWriter(writer.connection, writer.history)
                stage.put(rows, copies)
                files = zip(incoming, copies, described, strict=True)
                for file, copied, sources in sorted(files, key=lambda row: row[0].original is not None):
                    events = [id_ for id_ in file.events if history.current(writer.connection, "event", id_)]
                    left_out += len(file.events) - len(events)
                    original = _known(writer, file.original)
                    found += [(copied, rows.put(copied, one, events, original)) for one in sources]
        firsts = {copied.sha256: (copied, put) for copied, put in reversed(found)}
        ordered = list(reversed(firsts.values()))
        return self._changed(writer, [one for one, _ in ordered], [put for _, put in ordered]), left_out


def _read(path: Path, source: str | None, stack: ExitStack) -> tuple[Sequence[Incoming], list[str]]:
    """Return the files to keep, and what to say about them."""
    from scamcli.exchange import auto_archiver, web_archives

    if path.is_file() and web_archives.is_archive(path):
        file, archive = web_archives.read(path, source)
        listed = plural(len(archive.pages), "page") if archive.pages else "No list of pages"
        hashes = "all hashes are right" if archive.hashes else "no hash to compare with"
        return [file], [f"{listed} in it; {hashes}."]
    if path.is_file() and auto_archiver.is_result(path):
        result = auto_archiver.read(path, source)
        told = [f"{plural(result.elsewhere, 'file')} left out, stored elsewhere."] if result.elsewhere else []
        if result.unhashed:
            told.append(f"{plural(result.unhashed, 'file')} left out, without a hash. {_ADD_EACH}")
        if not result.files and result.unhashed:
            raise DataError(f"{path} has no hash of its files, so they may be any files.", _ADD_EACH)
        if not result.files:
            raise DataError(f"{path} lists no file that is here.", "The files must be in the folder of the CSV file.")
        return result.files, told
    return _from_bag(path, stack), []


def _from_bag(path: Path, stack: ExitStack) -> list[Incoming]:
    """Return the files of a bag, after checking it. It stays unpacked until the stack is closed."""
    from scamcli.exchange.bags import check, incoming, unpack
    from scamcli.exchange.incoming import refuse
    from scamcli.timeline.bags import require_bagit

    require_bagit()
    folder, damaged = stack.enter_context(unpack.opened(path))
    problems = [*damaged, *check.check_bag(folder, iter)]
    refuse(path, [f"{one.file}: {one.reason}" for one in problems])
    digest = check.digest_of_bag(folder)
    return list(incoming.read(folder, f"bag {digest[:12]}" if digest else "bag"))


def _described(file: Incoming, source: Mapping[str, str | None]) -> Collected:
    """Return what a sender says about a file, with a time that cannot be read in the note.

    Raises:
        DataError: a text is too long.
    """
    texts = {key: storable(value).strip() or None if value else None for key, value in source.items()}
    try:
        return checked(Collected(**texts), required="none")
    except WrongUsageError:
        note = "; ".join(filter(None, (texts.get("note"), f"collected at: {texts.get('collected_at')}")))
        texts |= {"collected_at": None, "note": note}
    try:
        return checked(Collected(**texts), required="none")
    except WrongUsageError as error:
        raise DataError(f"The description of {quote(file.name)}: {error.message}", "Nothing was added.") from None


def _named(file: Incoming, copied: Copied) -> Copied:
    """Return a copy with its original name, after comparing it with its hash."""
    if file.sha256 and copied.sha256 != file.sha256:
        raise DataError(f"{file.name} differs from its hash.", "Nothing was added. Ask the sender for a new copy.")
    return copied._replace(name=storable(file.name))


def _known(writer: Transaction, original: str | None) -> str | None:
    """Return an original if the timeline knows it; the sender may have withheld it."""
    sql = "SELECT 1 FROM evidence WHERE sha256 = ?"
    return original if original and writer.connection.execute(sql, [original]).fetchone() else None
