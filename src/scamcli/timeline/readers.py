"""Read a text with other readers than the rules of ``ingest``. Their drafts are verified.

The database is not open while a program runs, because that can take minutes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import DataError, WrongUsageError, masking_errors, quote
from scamcli.output.text.words import plural
from scamcli.records import limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from scamcli.ingest.comparison import ComparedDraft
    from scamcli.ingest.external.request import Request
    from scamcli.ingest.proposal import Document, Extraction, Known, Metadata
    from scamcli.store.transaction import Transaction


class Program(NamedTuple):
    """A program that reads the text: its command, quoted as in a shell. No shell runs it."""

    command: str


OtherReader = Program | Path | bytes
"""A program, or the drafts that one has written, as a file or as bytes."""

MOST_NOTES = 10
"""The most refused drafts, and the most parts that were left out, that the notes list."""

MOST_COMPARED = 20
"""How many drafts a comparison lists."""

OWN = "scamcli"
"""The name of our own rules in a comparison."""


def document_from(program: Program, data: bytes, about: Metadata) -> Document:
    """Return the text that a program makes of a file, for example one for OCR.

    Args:
        program: it reads the file on stdin, and writes its text on stdout, in UTF-8.
        data: the file.
        about: what the user knows about its publication.

    Raises:
        DataError: the program failed, or wrote no text.
        WrongUsageError: the program does not exist.
    """
    from scamcli.ingest.external.run_reader import run_reader
    from scamcli.ingest.reading import read

    text = run_reader(program.command, data)
    command = quote(program.command[:120])
    with limits.deadline("text-seconds", "The text", len(text)):
        document = read(text, f"The text from {command}", about)
    note = f"{command} made the text and may have misread it. Compare names and numbers with the original."
    return document._replace(notes=(*document.notes, note))


class TextRead(NamedTuple):
    """The drafts of a text before they are stored, notes about them for the user, and the name of their reader."""

    extraction: Extraction
    notes: tuple[str, ...]
    reader: str = OWN


class Prepared(NamedTuple):
    """What other readers get, and a function that masks protected names in messages about them."""

    request: Request
    mask: Callable[[str], str]


def prepare(session: Transaction | None, document: Document, known: Known, *, include_protected: bool) -> Prepared:
    """Return what other readers need from a database; ``session`` is ``None`` if there is none yet."""
    from scamcli.ingest.external.request import make_request

    masker = None if session is None or include_protected else session.masker()
    if masker is not None:
        masker.read_ids()
    return Prepared(make_request(document, known, masker), str if masker is None else masker.text)


def read_with(reader: OtherReader, document: Document, known: Known, prepared: Prepared) -> TextRead:
    """Read a text with another reader, and verify its drafts.

    Raises:
        DataError: the reader failed, did not answer as the protocol says, or the text confirms none of its drafts.
        WrongUsageError: the program does not exist.
    """
    from scamcli.ingest.external.answer import notes_on, read_answer
    from scamcli.ingest.external.passages import Passages
    from scamcli.ingest.external.victims import victims_in

    request, mask = prepared
    with masking_errors(mask):
        data, name = _answer_of(reader, request)
        passages = Passages(request.text, request.masked)
        with limits.deadline("text-seconds", "The text", len(request.text)):
            victims = victims_in(request.text, known, document.about)
        answer = read_answer(data, name, passages, document.about, known.metrics, victims)
        notes = tuple(map(mask, notes_on(answer, MOST_NOTES)))
        if answer.refused and not answer.extraction.drafts:
            raise DataError(f"The text confirms no draft of {answer.reader}.", "The reasons are above.", notes)
    return TextRead(answer.extraction, notes, answer.reader)


def _answer_of(reader: OtherReader, request: Request) -> tuple[bytes, str]:
    """Return what a reader wrote, and the subject of messages about it."""
    if isinstance(reader, bytes):
        return reader, "The answer"
    if isinstance(reader, Program):
        from scamcli.ingest.external.run_reader import run_reader

        return run_reader(reader.command, request.line), f"The answer of {quote(reader.command[:120])}"
    limits.require_no_device(reader)
    try:
        with reader.open("rb") as stream:
            return stream.read(limits.value("reader-output") + 1), str(reader)
    except OSError as error:
        raise DataError(f"Cannot read {reader}: {error.strerror}.", "Expected a file of JSON lines.") from None


def merge(first: TextRead, second: TextRead, mask: Callable[[str], str]) -> TextRead:
    """Return the drafts of two readers as one, with higher grades for what both found, and notes on the comparison."""
    from scamcli.ingest.comparison import compare

    merged, compared = compare(first.extraction, second.extraction, second.reader)
    notes = (*first.notes, *second.notes, *map(mask, _on_comparison(compared, first.reader, second.reader)))
    return TextRead(merged, notes)


def _on_comparison(compared: Sequence[ComparedDraft], first: str, second: str) -> Iterator[str]:
    only_first = sum(not one.both and not one.second for one in compared)
    only_second = sum(not one.both and not one.first for one in compared)
    in_both = len(compared) - only_first - only_second
    found_by_both = f"{plural(in_both, 'draft')} found by both"
    yield f"{found_by_both}, {only_first:,} only by {first}, {only_second:,} only by {second}."
    for one in compared[:MOST_COMPARED]:
        parts = (("both", one.both), (f"only {first}", one.first), (f"only {second}", one.second))
        listed = "; ".join(f"{who}: {', '.join(found)}" for who, found in parts if found)
        yield f"{one.title}: {listed}."
    if len(compared) > MOST_COMPARED:
        yield f"{plural(len(compared) - MOST_COMPARED, 'more draft')} compared."


def require_readers(readers: Sequence[OtherReader], *, compare: bool, texts: int = 1) -> None:
    """Require one other reader, or two to compare, and programs if there are several texts.

    Raises:
        WrongUsageError: there are too many or too few, or the drafts of one text are given for several.
    """
    if compare and not readers:
        raise WrongUsageError("--compare needs another reader.", "Give one with --with or --drafts, or two.")
    if len(readers) > 1 + compare:
        most = "two readers are compared" if compare else "a text is read by one reader"
        raise WrongUsageError(f"{len(readers)} readers are given, but {most}.", "Use --compare to compare two.")
    if texts > 1 and not all(isinstance(one, Program) for one in readers):
        raise WrongUsageError("--drafts has the drafts of one file.", "Read the files one by one.")
