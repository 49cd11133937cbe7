"""``scamcli evidence``."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from scamcli.cli import complete
from scamcli.cli.declarations import Argument, Group, Option, command, command_group, option, takes
from scamcli.cli.options import OUTPUT, name_option
from scamcli.cli.output import Output, Progress, print_line, print_page, print_result, print_text, say, say_notes
from scamcli.cli.write_options import TARGET, Target
from scamcli.errors import DatabaseError, WrongUsageError
from scamcli.output.formats import Format, Result
from scamcli.output.text.words import plural
from scamcli.timeline.evidence import Evidence
from scamcli.timeline.evidence_reads import EvidenceReads
from scamcli.timeline.evidence_rows import KEYS

if TYPE_CHECKING:
    from scamcli.timeline.evidence import EvidenceChanged

COLUMNS = ("sha256", "name", "media_type", "size", "source", "events")
SHOWN_DIGITS = 12
"""How many digits of a SHA-256 tables show."""

MOST_PROBLEMS = 1000

GROUP = command_group("evidence", "Keep evidence files beside the database, and check that they have not changed.")

Name = Argument(
    metavar="EVIDENCE", help="Beginning of its SHA-256, or its name.", autocompletion=complete.evidence_files
)
Names = Argument(
    metavar="EVIDENCE...", help="Beginning of a SHA-256, or a name.", autocompletion=complete.evidence_files
)

COLLECTED = Group(
    (
        option("url", str | None, None, "--url", heading="Collection", metavar="URL", help="Web address."),
        option(
            "collected_by", str | None, None, "--collected-by", heading="Collection", metavar="NAME",
            help="Who saved or received it.",
        ),
        option(
            "collected_at", str | None, None, "--collected-at", heading="Collection", metavar="TIME",
            help="When, such as 2024-05-01 or 2024-05-01T09:30:00+07:00.",
        ),
        option(
            "method", str | None, None, "--method", heading="Collection", metavar="TEXT",
            help="How, such as 'screen recording'.",
        ),
        option(
            "tool", str | None, None, "--tool", heading="Collection", metavar="TEXT", help="Program and its version."
        ),
        option("note", str | None, None, "--note", heading="Collection", metavar="TEXT", help="Anything else."),
    ),
    dict[str, str | None],
)  # fmt: skip
"""How a file was collected."""


@command("add", GROUP)
@takes(collected=COLLECTED, target=TARGET)
def add(
    collected: dict[str, str | None],
    target: Target,
    files: Annotated[list[Path], Argument(metavar="FILE...", help="Files of any type.")],
    source: Annotated[str, Option("--source", metavar="NAME", help="Who published it or handed it over.")],
    events: Annotated[list[str] | None, name_option("event", "Event that it is evidence of.")] = None,
) -> None:
    """Copy files into the folder beside the database, and print the SHA-256 of each.

    For example: scamcli evidence add interview.mp4 --source 'CamboJA' --event 2022-09-19 --collected-at 2024-05-01.

    The folder is named after the database: timeline.evidence for timeline.db. Only you can read it. The files
    that you name do not change. If the same content is already there, its new source and events are added.
    """
    with Evidence(target.path) as timeline, Progress("copying") as progress:
        added = timeline.add_evidence(
            files, source=source, events=events or (), progress=progress.share, **collected, **target.cause
        )
        progress.write("")
        say_notes(timeline, added.notes)
    _print_added(added)


@command("derive", GROUP)
@takes(target=TARGET)
def derive(
    target: Target,
    original: Annotated[str, Name],
    file: Annotated[Path, Argument(metavar="FILE", help="The working copy.")],
    note: Annotated[str, Option("--note", metavar="TEXT", help="How it differs, such as 'faces blurred'.")],
    tool: Annotated[str | None, Option("--tool", metavar="TEXT", help="Program that made it.")] = None,
) -> None:
    """Keep a working copy that points back to its original, and print its SHA-256.

    For example: scamcli evidence derive interview.mp4 blurred.mp4 --note 'faces blurred' --tool 'ffmpeg 7.1'.

    The copy is evidence of the same events. The original does not change.
    """
    with Evidence(target.path) as timeline:
        derived = timeline.derive_evidence(original, file, note=note, tool=tool, **target.cause)
        say_notes(timeline, derived.notes)
    _print_added(derived)


def _print_added(added: EvidenceChanged) -> None:
    for one in added.files:
        print_line(one.sha256)


@command("export", GROUP)
@takes(target=TARGET)
def export(
    target: Target,
    folder: Annotated[Path, Option("--output", "-o", metavar="FOLDER", help="New folder for the copies.")],
    names: Annotated[
        list[str] | None,
        Argument(
            metavar="[EVIDENCE...]", help="Beginning of a SHA-256, or a name.", autocompletion=complete.evidence_files
        ),
    ] = None,
    event: Annotated[str | None, name_option("event", "All evidence of this event.")] = None,
    recipient: Annotated[str | None, Option("--recipient", metavar="NAME", help="Who gets the copies.")] = None,
    include_evidence_of_protected: Annotated[
        bool,
        Option("--include-evidence-of-protected", help="Include files that may name or show a protected person."),
    ] = False,
) -> None:
    """Copy files to a new folder under their own names, and note in the history that they were handed over.

    For example: scamcli evidence export --event 2022-09-19 -o for-the-lawyer --recipient 'R. Mara, lawyer'.

    The folder also gets sha256sums.txt, which `sha256sum --check` verifies, and evidence.json with all that is known
    about the files. Files that are linked to a protected person are refused, because a file cannot be masked.
    """
    with Evidence(target.path) as timeline:
        exported = timeline.export_evidence(
            names or [], folder, event=event, recipient=recipient,
            include_evidence_of_protected=include_evidence_of_protected, **target.cause,
        )  # fmt: skip
        say_notes(timeline, exported.notes)
    say(f"Copied {plural(len(exported.files), 'file')} to {folder}.")


@command("import", GROUP)
@takes(target=TARGET)
def import_(
    target: Target,
    file: Annotated[Path, Argument(metavar="FILE", help="Bag (folder or zip), WACZ, WARC, or CSV of auto-archiver.")],
    source: Annotated[
        str | None,
        Option(
            "--source",
            metavar="NAME",
            help="Who handed it over, if it is not a bag (default: host of its address).",
        ),
    ] = None,
) -> None:
    """Import evidence that others collected, with their notes about it, and print the SHA-256 of each file.

    All hashes in it are checked first; if one is wrong, nothing is added. If FILE is a bag, import its records first,
    so that the files can be linked to their events: scamcli import BAG/data/records.jsonl. A web archive is kept as one
    file, and the note about it lists its pages. The files of auto-archiver must be in the folder of its CSV file.
    """
    from scamcli.timeline.evidence_imports import EvidenceImports

    with EvidenceImports(target.path) as timeline:
        added = timeline.import_evidence(file, source=source, **target.cause)
        say_notes(timeline, added.notes)
    _print_added(added)


@command("remove", GROUP)
@takes(target=TARGET)
def remove(target: Target, names: Annotated[list[str], Names]) -> None:
    """Delete files, but keep their hashes, the reason, and all that is known about them. This cannot be undone.

    For example: scamcli evidence remove 5891b5b522d5 --reason 'the source withdrew consent'.

    --reason is required. `scamcli evidence show` prints it from then on.
    """
    reason = target.cause.get("reason")
    if reason is None:
        raise WrongUsageError("Removing evidence needs a reason.", "Give it with --reason.")
    with Evidence(target.path) as timeline:
        removed = timeline.remove_evidence(names, reason=reason, author=target.cause.get("author"))
        say_notes(timeline, removed.notes)
    _print_added(removed)


@command("list", GROUP)
@takes(output=OUTPUT)
def list_(
    output: Output,
    event: Annotated[str | None, name_option("event", "Only evidence of this event.")] = None,
    removed: Annotated[bool, Option("--removed", help="Include files that were removed.")] = False,
    limit: Annotated[int | None, Option("--limit", "-n", min=0, help="Show at most N files.")] = None,
) -> None:
    """List evidence files."""
    with EvidenceReads(output.db, include_protected=output.include_protected) as timeline:
        say_notes(timeline)
        rows = map(dict, timeline.evidence(event=event, removed=removed))
        shortened = {"sha256": lambda _: SHOWN_DIGITS}
        result = Result(rows, COLUMNS, numeric=frozenset({"size"}), keys=KEYS, prefix_lengths=shortened)
        printed = print_page(result, output, limit)
    if printed.more:
        say("There are more. --limit shows more of them, and --format tsv prints all.")


@command("show", GROUP)
@takes(output=OUTPUT)
def show(output: Output, name: Annotated[str, Name]) -> None:
    """Show one evidence file: where it comes from, which events it belongs to, and what happened to it."""
    with EvidenceReads(output.db, include_protected=output.include_protected) as timeline:
        row = timeline.evidence_file(name)
        say_notes(timeline)
    if output.format is None and not output.fields:
        from scamcli.output.text import evidence_text

        print_text(evidence_text.whole(row))
    else:
        print_result(Result([row], COLUMNS, keys=KEYS, single=output.format is Format.JSON), output)


@command("verify", GROUP)
@takes(output=OUTPUT)
def verify(
    output: Output,
    bag: Annotated[
        Path | None, Argument(metavar="[BAG]", help="A bag to check instead: a folder or a zip file.")
    ] = None,
) -> None:
    """Hash every evidence file, and list each that was altered, is missing, or should not be there.

    All cores are used. `scamcli info --verify` only checks that each file is there and has its size. Any problems are
    listed, and the exit code is then 5.

    With BAG, check a bag that somebody handed over, such as one of `scamcli export bagit`. No database is needed. Every
    file is compared with the manifests, the inventory and the seals, and each record with the sealed history. The
    fingerprint of the bag is printed; compare it with what the sender says.
    """
    if bag is not None:
        _verify_bag(bag, output)
        return
    with (
        EvidenceReads(output.db, include_protected=output.include_protected) as timeline,
        Progress("verifying") as progress,
    ):
        say_notes(timeline)
        found = list(islice(timeline.verify_evidence(progress.share), MOST_PROBLEMS))
        progress.write("")
        number, _ = timeline.evidence_size()
    if found:
        print_result(Result(found, ("part", "record", "reason")), output)
        many = f"{MOST_PROBLEMS - 1} problems" if len(found) == MOST_PROBLEMS else plural(len(found), "problem")
        hint = "Restore these files from a backup of the folder; nothing was changed."
        raise DatabaseError(f"The evidence has changed since it was added: {many}.", hint)
    say(f"{plural(number, 'evidence file')} verified.")


def _verify_bag(bag: Path, output: Output) -> None:
    from scamcli.timeline.bag_checks import verify_bag

    with Progress("verifying") as progress:
        report = verify_bag(bag, progress.counted)
    if report.problems:
        print_result(Result([one._asdict() for one in report.problems], ("file", "reason")), output)
        raise DatabaseError(
            f"{bag} has changed since it was made: {plural(len(report.problems), 'problem')}.",
            "Ask the sender for a new copy.",
        )
    say(*report.notes)
    if report.digest is None:
        say(f"{plural(report.files, 'file')} verified. Without tagmanifest-sha256.txt, the bag has no fingerprint.")
        return
    print_text(report.digest)
    say(f"{plural(report.files, 'file')} verified. Compare this fingerprint of the bag with what the sender says.")
