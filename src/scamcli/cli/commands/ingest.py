"""``scamcli ingest``. It validates nothing and draws nothing, so that it is as quick as reading."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from scamcli.cli.app import command
from scamcli.cli.options import OUTPUT, Group, cause_of, option, takes
from scamcli.cli.output import Output, print_page, say
from scamcli.cli.progress import Progress
from scamcli.errors import DataError, NoTimelineError, WrongUsageError
from scamcli.ingest.proposal import Known, Metadata
from scamcli.output.formats import Result
from scamcli.output.text.words import plural
from scamcli.query.search import KEYS
from scamcli.records.slugs import make_event_ids
from scamcli.store.history import Cause
from scamcli.timeline.open import drafting, looking, named_path

if TYPE_CHECKING:
    from scamcli.ingest.proposal import Document, Extraction, Proposal
    from scamcli.store.drafts import Kept
    from scamcli.store.transaction import Transaction

COLUMNS = ("date", "kind", "title", "id")

RECORD = tuple(key for key in KEYS if key not in {"start", "end", "match"})
"""The keys of a draft."""

LISTED = 20
"""New names that are said one by one."""


def _about(title: str | None, outlet: str | None, published: str | None, url: str | None) -> Metadata:
    from scamcli.language import dates

    try:
        if published is not None:
            dates.parse_date(published)
    except ValueError as error:
        raise WrongUsageError(f"--date: {error}") from None
    return Metadata(title or None, outlet or None, url or None, published)


ABOUT = Group(
    (
        option("title", str | None, None, "--title", metavar="TEXT", help="Of the article; else as the file says."),
        option("outlet", str | None, None, "--outlet", metavar="NAME", help="Who published it."),
        option("published", str | None, None, "--date", metavar="DATE", help="When it was published: 2022-09-19."),
        option("url", str | None, None, "--url", metavar="URL", help="Where it stands."),
    ),
    _about,
)


@command("ingest")
@takes(about=ABOUT, output=OUTPUT, cause=cause_of("ingest"))
def ingest(
    about: Metadata,
    output: Output,
    cause: Cause,
    path: Annotated[str, typer.Argument(metavar="FILE", help="Text, Markdown, HTML or PDF; - is stdin.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing; show what would be proposed.")] = False,
) -> None:
    """Read drafts of events out of an article, a press review or a statement, and keep them with its text.

    A draft counts nowhere before it is reviewed: `scamcli review` walks through them. Each says from which words it
    came, and what no rule explained is listed. The same text twice proposes nothing twice; nothing is sent anywhere.
    """
    unknown = [field for field in output.fields if field not in RECORD]
    if unknown:
        raise WrongUsageError(f"no field {unknown[0]!r}", f"expected some of {', '.join(RECORD)}")
    from scamcli.ingest.reading import MAX_PDF_BYTES, read

    document = read(_bytes(path, MAX_PDF_BYTES + 1), path, about)  # one more than the reader takes: it says so
    extraction, found = _found(output, cause, document, dry_run=dry_run)
    printed = print_page(Result(found.records, COLUMNS, keys=RECORD), output)
    if printed.more:
        say(f"{printed.rows:,} of {len(found.records):,} shown; --format tsv has all")
    say(*document.notes, *_talk(found, document, extraction), *_next(found, output, dry_run=dry_run))


def _bytes(path: str, most: int) -> bytes:
    """All of a file, or so much.

    Raises:
        DataError: it cannot be read.
    """
    try:
        if path == "-":
            return sys.stdin.buffer.read(most)
        with Path(path).open("rb") as stream:
            return stream.read(most)
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}", "expected a file, or - for stdin") from None


class _Found(NamedTuple):
    """What was kept of a text, or would be.

    Attributes:
        records: the drafts, as they may be printed.
        already: how many entries were here already.
        new: types and names of what the timeline did not know.
        told: how many drafts seem to be events that are here already.
    """

    records: list[dict[str, Any]]
    already: int
    new: tuple[tuple[str, str], ...]
    told: int


def _found(output: Output, cause: Cause, document: Document, *, dry_run: bool) -> tuple[Extraction, _Found]:
    """What the text gives, and what was kept of it, or in a dry run would be."""
    from scamcli.ingest import extract

    place = named_path(output.db)
    try:
        with looking(place) as session:
            from scamcli.store import drafts

            with Progress("reading") as progress:
                extraction = extract(document, drafts.known(session.connection), progress.share)
            say(*map(session.shown, session.changes.warnings))
            if dry_run:
                records, kept = drafts.preview(session, document, extraction.drafts)
                return extraction, _told(session, records, kept, output)
    except NoTimelineError:
        with Progress("reading") as progress:
            extraction = extract(document, Known(), progress.share)
        if dry_run:
            return extraction, _Found(_unkept(extraction.drafts), 0, (), 0)
    return extraction, _keep(output, cause, document, extraction)


def _keep(output: Output, cause: Cause, document: Document, extraction: Extraction) -> _Found:
    from scamcli.store import drafts

    with drafting(named_path(output.db), cause, create=True) as session:
        kept = drafts.keep(session, document, extraction.drafts, extraction.kinds)
        records = [json.loads(session.stored_event(id_) or "{}") for id_ in kept.ids]
        found = _told(session, records, kept, output)
    say(*map(session.shown, session.changes.warnings))
    return found


def _told(session: Transaction, records: list[dict[str, Any]], kept: Kept, output: Output) -> _Found:
    """It as it may be printed."""
    shown = records if output.include_protected else [session.masked(record) for record in records]
    new = tuple((type_, session.shown(name)) for type_, name in session.changes.new)
    return _Found(shown, kept.already, new, len(kept.same_as))


def _unkept(proposals: Sequence[Proposal]) -> list[dict[str, Any]]:
    """The records with the ids that an empty database would give them."""
    records = [proposal.record for proposal in proposals]
    ids = make_event_ids((record["date"], record["title"]) for record in records)
    return [record | {"id": id_} for record, id_ in zip(records, ids, strict=True)]


def _talk(found: _Found, document: Document, extraction: Extraction) -> Iterator[str]:
    """What to know of the drafts."""
    proposals = extraction.drafts
    if extraction.undated:
        listed = "; ".join(document.text[start:end] for start, end in extraction.undated[:LISTED])
        yield f"{plural(len(extraction.undated), 'date')} without a year, left out: {listed}"
        yield "--date says when it was published, from which years are completed"
    if extraction.before:
        verb = "stands" if extraction.before == 1 else "stand"
        yield f"{plural(extraction.before, 'sentence')} before the first date {verb} in no draft"
    if not proposals:
        yield from () if extraction.undated else _why_none(document)
        return
    yield plural(len(found.records), "draft") + (f", {found.already:,} here already" if found.already else "")
    for type_ in ("actor", "site"):
        names = [name for kind, name in found.new if kind == type_]
        if names:
            more = f"; and {len(names) - LISTED:,} more" if len(names) > LISTED else ""
            yield f"new {type_}{'s' if len(names) > 1 else ''}: {'; '.join(names[:LISTED])}{more}"
    unread = sum(len(proposal.unread) for proposal in proposals)
    if found.records and unread:
        yield f"{plural(unread, 'number')} that no rule explained"
    if found.told:
        yield f"{found.told:,} {'seems' if found.told == 1 else 'seem'} to be here already: review offers to merge"


def _why_none(document: Document) -> Iterator[str]:
    letters = [char for char in document.text[:10_000] if char.isalpha()]
    if sum(char.isascii() for char in letters) * 2 < len(letters):
        yield "no drafts: the rules read English, and most of this text is in another script"
        return
    yield "no drafts: nothing in the text is told with its date"
    if document.about.published is None:
        yield "--date says when it was published, for days without a year"


def _next(found: _Found, output: Output, *, dry_run: bool) -> Iterator[str]:
    if dry_run:
        yield "nothing was written"
    elif found.records:
        named = f" --db {output.db}" if output.db else ""
        yield f"the next step: `scamcli review{named}`"
