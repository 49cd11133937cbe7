"""Read a text, propose drafts of events, and store the text and its drafts in one transaction.

Neither pydantic nor rich is loaded here, because loading them takes longer than reading an article. A draft is
validated when somebody accepts it.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from scamcli.errors import DataError, NoTimelineError, WrongUsageError, masking_errors
from scamcli.ingest.proposal import LONGEST_WHOLE, Known, Metadata
from scamcli.records import limits
from scamcli.records.derivations import make_event_ids
from scamcli.timeline.ingest_files import files_in
from scamcli.timeline.ingest_notes import (
    Ingested,
    notes_on,
    notes_on_victims,
    on_future_date,
    on_language,
    on_left_out,
    on_parts,
    on_read_again,
    on_titles,
)
from scamcli.timeline.readers import (
    OtherReader,
    Prepared,
    Program,
    TextRead,
    document_from,
    merge,
    prepare,
    read_with,
    require_readers,
)
from scamcli.timeline.session import Session, cause_of, masker_of, reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Unpack

    from scamcli.ingest.proposal import Document, Extraction, Span
    from scamcli.records.types import EventDict
    from scamcli.store.drafts import Kept, Record
    from scamcli.store.history import Cause, ChangeInfo
    from scamcli.store.transaction import Transaction

    Progress = Callable[[int, int], None]

Source = str | bytes | Path | BinaryIO


class IngestedFile(NamedTuple):
    """What happened to one of several files: either it was read, or it was not.

    Attributes:
        name: the path of the file; ``-`` for a stream.
        found: the result of reading it.
        error: why it could not be read.
    """

    name: str
    found: Ingested | None
    error: DataError | None


class Ingests(Session):
    """The part of ``Timeline`` that reads texts."""

    def ingest(
        self, source: Source, *, title: str | None = None, outlet: str | None = None, published: str | None = None,
        url: str | None = None, text_from: Program | None = None,
        readers: Sequence[OtherReader] = (), compare: bool = False, dry_run: bool = False, original: bool = True,
        progress: Progress = lambda done, total: None, **info: Unpack[ChangeInfo],
    ) -> Ingested:  # fmt: skip
        """Propose a draft for each dated entry of an article, a press review or a statement, and store the drafts.

        The text is stored with its drafts. Entries that were stored before are not proposed again. Drafts are not
        counted in any total until somebody accepts them. Nothing is sent over the network.

        Args:
            source: the text itself, or its file (text, Markdown, HTML or PDF) as a path, bytes, or a binary stream.
            title: title of the article. This and the next three values override what the text says about itself.
            outlet: name of the publisher.
            published: date of publication in EDTF, such as ``2022-09-19``. It completes dates without a year.
            url: web address.
            text_from: a program that turns the file into text, for example one for OCR.
            readers: a program, or the drafts that one has written. Its drafts are verified, and used instead of those
                that the rules find.
            compare: compare one reader with the rules, or two with each other; what both found is graded higher.
            dry_run: write nothing, and return what would be stored. A text without drafts is never stored.
            original: keep the file as evidence, so that each passage leads to its page. A ``str`` has no file.
            progress: called with the number of entries done, or of parts of a long text, and with the total.
            info: ``author`` and ``reason``, for the history.

        Raises:
            DataError: the source cannot be read, is not a text, or has no words.
            DatabaseError: the timeline cannot be opened or written.
            WrongUsageError: the date, author or reason is not valid.
        """
        cause = cause_of("ingest", **info)
        if readers or compare:
            require_readers(readers, compare=compare)
        about, data = _metadata(title, outlet, published, url), _bytes_of(source)
        document = self._read(data, _name_of(source), about, text_from)
        known, prepared, notes, exists = self._prepare(document, readers)
        if prepared is None:
            found = _extract(document, known, progress)
            more = tuple(on_language(document.text, found))
        else:
            found, more = self._by_others(document, known, prepared, readers, progress if compare else None)
        if found.drafts and not dry_run:
            done = self._keep(document, found, cause, about, _original(source, data) if original else None)
        elif exists:
            done = self._preview(document, found, about)
        else:
            done = _without_timeline(document, found)
        parts = on_parts(document.text) if prepared is None or compare else ()
        return done._replace(notes=(*notes, *on_future_date(published), *parts, *more, *done.notes))

    def _read(self, data: bytes, name: str, about: Metadata, text_from: Program | None) -> Document:
        """Return the text of a source. Names in the error messages of a program are masked."""
        masker = None
        if text_from is not None:
            with suppress(NoTimelineError):  # a database that does not exist protects nobody
                masker = masker_of(self.path)
        with masking_errors(masker.text if masker else str):
            return _document(data, name, about, text_from)

    @staticmethod
    def _by_others(
        document: Document, known: Known, prepared: Prepared, readers: Sequence[OtherReader], compared: Progress | None
    ) -> tuple[Extraction, tuple[str, ...]]:
        """Return what other readers found, and notes. With ``compared``, one reader is compared with the rules."""
        *found, last = [read_with(one, document, known, prepared) for one in readers]
        if compared is not None:
            first = found[0] if found else TextRead(_extract(document, known, compared), ())
            last = merge(first, last, prepared.mask)
        return last.extraction, (*last.notes, *(on_titles(document.text) if last.extraction.drafts else ()))

    def _prepare(
        self, document: Document, readers: Sequence[OtherReader]
    ) -> tuple[Known, Prepared | None, list[str], bool]:
        """Return the names of the timeline, what other readers need, notices, and whether the database exists."""
        from scamcli.store import drafts

        def for_others(session: Transaction | None, known: Known) -> Prepared | None:
            if not readers:
                return None
            return prepare(session, document, known, include_protected=self._include_protected)

        try:
            with reading(self._named) as session:
                known = drafts.known(session.connection)
                return known, for_others(session, known), _shown_notes(session), True
        except NoTimelineError:
            if not self._create:
                raise
            return Known(), for_others(None, Known()), [], False

    def _preview(self, document: Document, extraction: Extraction, about: Metadata) -> Ingested:
        from scamcli.store import drafts

        with reading(self._named) as session:
            records, kept = drafts.preview(session, document, extraction.drafts, about)
            return self._outcome(session, document, extraction, records, kept, about)

    def ingest_files(
        self, sources: Iterable[Path | BinaryIO], *, outlet: str | None = None, published: str | None = None,
        text_from: Program | None = None, readers: Sequence[OtherReader] = (), compare: bool = False,
        dry_run: bool = False, original: bool = True, progress: Progress = lambda done, total: None,
        **info: Unpack[ChangeInfo],
    ) -> Iterator[IngestedFile]:  # fmt: skip
        """Read several texts, and the texts in folders. Yield what happened to each when it is done.

        Each text is stored in a change of its own, so a text that cannot be read does not stop the others. ``notes``
        then lists the files in folders that were not read, because they do not end like a text.

        Args:
            sources: files, folders, and binary streams.
            outlet, published, text_from, readers, compare, dry_run, original, info: as for `ingest`, for all texts.
            progress: called with the number of texts done, and with the total.

        Raises:
            DataError: a folder has no text.
            DatabaseError: the timeline cannot be opened or written. The texts before stay stored.
            WrongUsageError: the date, author or reason is not valid, or the drafts of one text are given for several.
        """
        files, left_out = files_in(sources, pictures=text_from is not None)
        self.notes += on_left_out(left_out, self.path)
        if readers or compare:
            require_readers(readers, compare=compare, texts=len(files))
        for number, source in enumerate(files):
            progress(number, len(files))
            name = str(source) if isinstance(source, Path) else "-"
            try:
                found = self.ingest(
                    source, outlet=outlet, published=published, text_from=text_from, readers=readers,
                    compare=compare, dry_run=dry_run, original=original, **info,
                )  # fmt: skip
            except DataError as error:
                yield IngestedFile(name, None, error)
            else:
                yield IngestedFile(name, found, None)

    def _keep(
        self, document: Document, extraction: Extraction, cause: Cause, about: Metadata,
        original: tuple[str, bytes] | None,
    ) -> Ingested:  # fmt: skip
        from scamcli.store import drafts
        from scamcli.timeline.evidence_staging import Place, ingesting

        place = Place(self.path, self._named, create=self._create)
        with ingesting(place, cause, document, original if extraction.drafts else None) as (writer, keep_original):
            records, kept = drafts.keep(writer, document, extraction.drafts, extraction.kinds, about)
            keep_original()
            found = self._outcome(writer, document, extraction, records, kept, about)
        self._forget_protected()
        # The notes of the transaction are complete only after it has ended: the last one says that it created the file.
        return found._replace(notes=(*_shown_notes(writer), *found.notes))

    def _outcome(
        self, session: Transaction, document: Document, extraction: Extraction, records: list[Record], kept: Kept,
        about: Metadata,
    ) -> Ingested:  # fmt: skip
        shown = records if self._include_protected else [session.masked(record) for record in records]
        new_names = tuple((type_, session.shown(name)) for type_, name in session.changes.new)
        found = Ingested(
            tuple(cast("list[EventDict]", shown)), kept.already, new_names, len(kept.same_as), 0, (), (), (),
            kept.again.completed,
        )  # fmt: skip
        found = _with_notes(found, document, extraction, session.shown)
        again = on_read_again(found, kept.again, about) if found.already else ()
        return found._replace(notes=(*found.notes, *map(session.shown, again)))


def _with_notes(
    found: Ingested, document: Document, extraction: Extraction, shown: Callable[[str], str] = str
) -> Ingested:
    """Return the part of the result that does not depend on the timeline, masked by ``shown``."""
    found = found._replace(
        unexplained=sum(len(proposal.unread) for proposal in extraction.drafts),
        outside=tuple(shown(_with_line(document.text, span)) for span in extraction.outside),
        undated=tuple(shown(document.text[start:end]) for start, end in extraction.undated),
    )
    named = notes_on_victims([name for name in extraction.withheld if shown(name) == name])
    return found._replace(notes=tuple(map(shown, (*document.notes, *notes_on(found, document, extraction), *named))))


def _with_line(text: str, span: Span) -> str:
    words = " ".join(text[span.start : span.end].split())
    line = text.count("\n", 0, span.start) + 1
    return f"{words} (line {line})"


def _metadata(title: str | None, outlet: str | None, published: str | None, url: str | None) -> Metadata:
    from scamcli.language.dates import parse_date

    try:
        if published is not None:
            parse_date(published)
    except ValueError as error:
        raise WrongUsageError(f"The date of publication (--date): {error}.") from None
    outlet = (outlet or "").strip()  # as in every record: drafts are not validated when they are stored
    if len(outlet) > limits.LONGEST_NAME:
        raise WrongUsageError(
            f"The outlet is longer than {limits.LONGEST_NAME} characters.", "Give the name of the publisher."
        )
    return Metadata(title or None, outlet or None, url or None, published)


def _extract(document: Document, known: Known, progress: Progress) -> Extraction:
    from scamcli.ingest.pipeline import extract

    if len(document.text) > LONGEST_WHOLE:
        from scamcli.ingest.parts import read_in_parts  # not at the top, because hardly any text is as long

        extraction = read_in_parts(document, known, progress)
    else:
        with limits.deadline("text-seconds", "The text", len(document.text)):
            extraction = extract(document, known, progress)
    limits.require("drafts", len(extraction.drafts), "The text")
    return extraction


def _name_of(source: Source) -> str:
    """Return the name of a source in messages."""
    return "The text" if isinstance(source, str | bytes) else str(source) if isinstance(source, Path) else "-"


def _original(source: Source, data: bytes) -> tuple[str, bytes] | None:
    """Return the name and the content of the file of a source. A text in Python has no file."""
    if isinstance(source, str):
        return None
    return source.name if isinstance(source, Path) else "text" if isinstance(source, bytes) else "stdin", data


def _document(data: bytes, name: str, about: Metadata, text_from: Program | None) -> Document:
    from scamcli.ingest.reading import read  # not at the top: commands that only read need no rules

    if text_from is not None:
        return document_from(text_from, data, about)
    with limits.deadline("text-seconds", "The text" if name == "-" else name, len(data)):
        return read(data, name, about)


def _bytes_of(source: Source) -> bytes:
    """Return the bytes of a source: at most one more than the reader accepts, so that it can refuse larger files."""
    size = limits.value("pdf") + 1
    if isinstance(source, bytes):
        return source
    if isinstance(source, str):
        try:
            return source.encode()
        except UnicodeEncodeError as error:
            raise DataError(f"The text is not valid Unicode at character {error.start + 1:,}.") from None
    if not isinstance(source, Path):
        return source.read(size)
    limits.require_no_device(source)
    try:
        with source.open("rb") as stream:
            return stream.read(size)
    except OSError as error:
        raise DataError(f"Cannot read {source}: {error.strerror}.", "Expected a file, or - for stdin.") from None


def _shown_notes(session: Transaction) -> list[str]:
    return [session.shown(warning) for warning in session.changes.warnings]


def _without_timeline(document: Document, extraction: Extraction) -> Ingested:
    """Return the drafts of a dry run for a database that does not exist, with the ids that they would get in it."""
    records = [proposal.record for proposal in extraction.drafts]
    ids = make_event_ids((record["date"], record["title"]) for record in records)
    drafts = [record | {"id": id_} for record, id_ in zip(records, ids, strict=True)]
    found = Ingested(tuple(cast("list[EventDict]", drafts)), 0, (), 0, 0, (), (), ())
    return _with_notes(found, document, extraction)
