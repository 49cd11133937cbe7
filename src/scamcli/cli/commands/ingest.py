"""``scamcli ingest``: propose drafts of events from texts. It must start as fast as a command that only reads."""

from __future__ import annotations

from contextlib import contextmanager
from os.path import exists, isdir
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

from scamcli.cli.declarations import Argument, Group, Option, command, option, takes
from scamcli.cli.options import OUTPUT
from scamcli.cli.output import Output, Progress, print_page, say, say_notes, stdin_stream
from scamcli.cli.write_options import CHANGE_INFO, ChangeInfo
from scamcli.errors import DataError, WrongUsageError, quote
from scamcli.language import written_dates
from scamcli.output.formats import Result
from scamcli.output.text.words import plural
from scamcli.timeline import EVENT_KEYS
from scamcli.timeline.ingests import Ingests
from scamcli.timeline.readers import OtherReader, Program, require_readers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import BinaryIO

    from scamcli.timeline.ingests import IngestedFile

COLUMNS = ("date", "kind", "title", "id")
KEYS = tuple(key for key in EVENT_KEYS if key not in {"start", "end", "match"})
"""The keys of a draft: the keys of a printed event, except those that only a search adds."""


def _publication(**given: str | None) -> dict[str, str | None]:
    published = given["published"]
    return given if published is None else {**given, "published": written_dates.read(published) or published}


PUBLICATION = Group(
    (
        option("title", str | None, None, "--title", metavar="TEXT", help="Title (default: as in the file)."),
        option("outlet", str | None, None, "--outlet", metavar="NAME", help="Publisher."),
        option("published", str | None, None, "--date", metavar="DATE", help="Date of publication, as in 2022-09-19."),
        option("url", str | None, None, "--url", metavar="URL", help="Web address."),
    ),
    _publication,
)


class Readers(NamedTuple):
    """The program that turns a file into text, the readers to use instead of the rules, and whether to compare them."""

    text_from: Program | None
    readers: list[OtherReader]
    compare: bool


OTHER_READERS = Group(
    (
        option(
            "text_from", str | None, None, "--text-from", heading="Other readers", metavar="COMMAND",
            help="Let this program turn the file into text, for example by OCR.",
        ),
        option(
            "programs", list[str], [], "--with", heading="Other readers", metavar="COMMAND",
            help="Let this program read the text, and verify its drafts. It may send the text over the network.",
        ),
        option(
            "drafts", list[Path], [], "--drafts", heading="Other readers", metavar="FILE",
            help="Verify and use the drafts in this file, which a program has written.",
        ),
        option(
            "compare", bool, False, "--compare", heading="Other readers",
            help="Compare the reader with the rules, or two readers. What both found gets a higher grade.",
        ),
    ),
    lambda text_from, programs, drafts, compare: Readers(
        None if text_from is None else Program(text_from), [*map(Program, programs), *drafts], compare
    ),
)  # fmt: skip
"""Readers to use instead of the rules, or to compare with them."""


@command("ingest")
@takes(publication=PUBLICATION, others=OTHER_READERS, output=OUTPUT, cause=CHANGE_INFO)
def ingest(
    publication: dict[str, str | None],
    others: Readers,
    output: Output,
    cause: ChangeInfo,
    files: Annotated[
        list[str], Argument(metavar="FILE...", help="Text, Markdown, HTML or PDF files, or folders; - is stdin.")
    ],
    dry_run: Annotated[bool, Option("--dry-run", help="Show what would be proposed, and write nothing.")] = False,
    no_original: Annotated[bool, Option("--no-original", help="Do not keep the files as evidence.")] = False,
) -> None:
    """Propose draft events from an English article, press review or statement, and store them with its text.

    Drafts do not count in any total until you accept them with `scamcli review`. Each draft shows the words that it was
    read from, and the numbers that are in no figure. If you read the same text again, nothing is proposed twice.
    Nothing is sent over the network, unless a program that you name with --with does it.

    The files themselves are kept as evidence beside the database, so that each passage leads to its page and file.

    Several files, or all files in a folder, are read one after the other. If one of them cannot be read, the others
    still are.
    """
    unknown = [field for field in output.fields if field not in KEYS]
    if unknown:
        raise WrongUsageError(f"No field {quote(unknown[0])}.", f"Expected some of {', '.join(KEYS)}.")
    sources = [stdin_stream() if path == "-" else Path(path) for path in files]
    if others.readers or others.compare:
        require_readers(others.readers, compare=others.compare, texts=len(sources))
    if any(path == "-" or exists(path) for path in files):  # noqa: PTH110 - Path.exists() raises for a long name
        _say_who_reads(others, include_protected=output.include_protected)
    with Ingests(output.db, include_protected=output.include_protected, create=True) as timeline:
        if len(sources) > 1 or isdir(files[0]):  # noqa: PTH112 - the same
            written = {"dry_run": dry_run, "original": not no_original}
            _ingest_several(timeline, sources, publication, others, output, cause, **written)
            return
        with Progress("reading") as progress, _interruptible():
            found = timeline.ingest(
                sources[0],
                **publication,
                text_from=others.text_from,
                readers=others.readers,
                compare=others.compare,
                dry_run=dry_run,
                original=not no_original,
                progress=progress.share,
                **cause,
            )
    _print(found.drafts, output)
    say(*found.notes)
    _say_next(found.drafts, output, is_unchanged=dry_run or not (found.drafts or found.already))


def _say_who_reads(others: Readers, *, include_protected: bool) -> None:
    """Say before anything runs which programs get the text, because they may pass it on."""
    if others.text_from:
        command = quote(others.text_from.command)
        say(f"{command} gets the whole file, including protected names, and may send it over the network.")
    names = "with the names of protected actors" if include_protected else "with protected names masked"
    for one in others.readers:
        if isinstance(one, Program):
            say(f"{quote(one.command)} gets the text, {names}, and may send it over the network.")


@contextmanager
def _interruptible(results: Sequence[IngestedFile] = (), *, dry_run: bool = False) -> Iterator[None]:
    """Say what was written, that is the results so far, if the user presses Control-C."""
    try:
        yield
    except KeyboardInterrupt:
        found = [one.found for one in results if one.found]
        drafts = 0 if dry_run else sum(len(one.drafts) for one in found)
        read = f"{plural(len(found), 'file')} had been read, with {plural(drafts, 'draft')}."
        say(f"Interrupted. {read if drafts else 'Nothing was written.'}")
        raise


def _ingest_several(
    timeline: Ingests, sources: Sequence[Path | BinaryIO], publication: dict[str, str | None],
    others: Readers, output: Output, cause: ChangeInfo, *, dry_run: bool, original: bool,
) -> None:  # fmt: skip
    """Read several files, say what happened to each, and print their drafts in one list.

    Raises:
        DataError: some of the files could not be read.
    """
    of_one = [flag for flag in ("title", "url") if publication.pop(flag)]
    if of_one:
        raise WrongUsageError(f"--{of_one[0]} is for one file.", "Read the files one by one, or leave the option out.")
    results: list[IngestedFile] = []
    with Progress("reading") as progress, _interruptible(results, dry_run=dry_run):
        every = timeline.ingest_files(
            sources,
            **publication,
            text_from=others.text_from,
            readers=others.readers,
            compare=others.compare,
            dry_run=dry_run,
            original=original,
            progress=progress.share,
            **cause,
        )
        for one in every:
            results.append(one)
            progress.write("")
            _say_what_happened(one)
    drafts = [draft for one in results if one.found for draft in one.found.drafts]
    _print(drafts, output)
    failed = sum(one.error is not None for one in results)
    say(f"{plural(len(results) - failed, 'file')} read: {plural(len(drafts), 'draft')}.")
    say_notes(timeline)
    read_before = any(one.found.already for one in results if one.found)
    _say_next(drafts, output, is_unchanged=dry_run or not (drafts or read_before))
    if failed:
        raise DataError(f"{failed:,} of {plural(len(results), 'file')} could not be read.", "The reasons are above.")


def _say_what_happened(one: IngestedFile) -> None:
    if one.error is not None:
        name = "" if one.name in one.error.message else f"{one.name}: "
        say(*one.error.more, " ".join(filter(None, (f"{name}{one.error.message}", one.error.hint))))
    elif one.found is not None:
        say(*(f"{one.name}: {note}" for note in one.found.notes))


def _print(drafts: Sequence[Mapping[str, object]], output: Output) -> None:
    printed = print_page(Result(map(dict, drafts), COLUMNS, keys=KEYS), output)
    if printed.more:
        say(f"Showing {printed.rows:,} of {len(drafts):,}; --format tsv prints all.")


def _say_next(drafts: Sequence[Mapping[str, object]], output: Output, *, is_unchanged: bool) -> None:
    without = sum(not draft["sources"] for draft in drafts)
    if without:
        has = f"{plural(without, 'draft')} {'has' if without == 1 else 'have'}"
        say(f"{has} no source, because no outlet is recorded. Read the text again with --outlet to add one.")
    if is_unchanged:
        say("Nothing was written.")
    elif drafts:
        say(f"Next step: `scamcli review{f' --db {output.db}' if output.db else ''}`.")
