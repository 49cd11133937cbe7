"""``scamcli export``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypedDict

from scamcli.cli.declarations import Argument, Group, Option, command, option, takes
from scamcli.cli.filter_options import SEARCH
from scamcli.cli.options import DATABASE, INCLUDE_PROTECTED
from scamcli.cli.output import Progress, data_stream, print_text, say, say_notes
from scamcli.errors import WrongUsageError
from scamcli.timeline import Query
from scamcli.timeline.exports import BAGIT, LAKE, Exports, format_names

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMATS = format_names()

Format = Annotated[str, Argument(metavar="FORMAT", help=f"{', '.join(FORMATS)}.", autocompletion=lambda: FORMATS)]

Target = Annotated[
    Path | None, Option("--output", "-o", metavar="PATH", help="File or folder to write (default: stdout).")
]

Strict = Annotated[bool, Option("--strict", help="Write nothing and fail if the format cannot hold everything.")]

Rows = Annotated[str, Option("--rows", metavar="events|figures", help="What each row of csv and tsv contains.")]

Pseudonyms = Annotated[
    bool,
    Option("--pseudonyms", help="Give protected actors random names, so that exports cannot be linked by name."),
]

Flat = Annotated[
    bool,
    Option("--flat", help="Make csv or tsv flat for maps and charts: points, and numbers by metric."),
]

Slides = Annotated[
    int | None, Option("--slides", metavar="NUMBER", min=1, help="The most slides of timelinejs (default: 100).")
]

Since = Annotated[
    int | None,
    Option("--since", metavar="CHANGE", help="Append the changes after this one to an earlier lake."),
]


class BagOptions(TypedDict):
    """Which evidence may be handed over, and who receives it."""

    include_evidence_of_protected: bool
    only_copies: bool
    recipient: str | None


BAG = Group(
    (
        option(
            "include_evidence_of_protected", bool, False, "--include-evidence-of-protected", heading="Bags",
            help="Hand over evidence files even if they concern a protected person.",
        ),
        option(
            "only_copies", bool, False, "--only-copies", heading="Bags",
            help="Withhold originals that have working copies; list only their hashes.",
        ),
        option(
            "recipient", str | None, None, "--recipient", heading="Bags", metavar="NAME",
            help="Who receives the bag, for the history and the inventory.",
        ),
    ),
    BagOptions,
)  # fmt: skip
"""Options of `export bagit`."""


@command("export")
@takes(query=SEARCH, bag=BAG, include_protected=INCLUDE_PROTECTED, db=DATABASE)
def export(
    query: Query,
    bag: BagOptions,
    include_protected: bool,
    db: Path | None,
    format_: Format,
    path: Target = None,
    strict: Strict = False,
    pseudonyms: Pseudonyms = False,
    rows: Rows = "events",
    flat: Flat = False,
    slides: Slides = None,
    since: Since = None,
) -> None:
    """Export all or matching events.

    Anything that the format cannot hold is listed on stderr. Drafts are left out unless you give --drafts. `jsonl`
    without a filter exports everything, including drafts, and `scamcli import` restores it byte for byte.

    A protected actor is called `[protected-N]`, with the same number in every export, so that a later export can update
    an earlier one. With --pseudonyms, each protected actor gets a random name that no other export uses.

    `lake` writes partitioned Parquet for other engines. --since appends to it; `scamcli log` has the numbers of
    changes.

    `bagit` writes a folder for a lawyer or an archive: records, history, evidence files, an inventory, and a README
    that explains how to check them. It prints the fingerprint of the bag. Evidence that is linked to a protected person
    is listed, and refused without --include-evidence-of-protected, because nothing masks a name in a picture.
    """
    only_texts = {
        "--rows": rows != "events", "--flat": flat, "--strict": strict, "--pseudonyms": pseudonyms,
        "--slides": slides is not None,
    }  # fmt: skip
    if format_ == BAGIT:
        _refuse("a bag", {**only_texts, "--since": since is not None})
        _export_bag(query, _needed(path, "bag"), db, include_protected, bag)
        return
    _refuse(format_, _given_for_bags(bag))
    with Exports(db, include_protected=include_protected) as timeline, Progress("exporting") as progress:
        counted = progress.counted if path else None  # on stdout, the progress line would mix with the data
        target = path or data_stream(tabs=True)
        try:
            if format_ == LAKE:
                _refuse("a lake", only_texts)
                timeline.export_lake(_needed(path, "lake"), query, since=since, progress=progress.counted)
            elif since is not None:
                raise WrongUsageError("--since appends to a lake, so it is only for that format.")
            else:
                timeline.export(
                    format_,
                    target,
                    query,
                    rows=rows,
                    flat=flat,
                    strict=strict,
                    pseudonyms=pseudonyms,
                    slides=slides,
                    progress=counted,
                )
        finally:
            say_notes(timeline)


def _export_bag(query: Query, path: Path, db: Path | None, include_protected: bool, bag: BagOptions) -> None:
    from scamcli.timeline.bags import Bags  # here, because other formats need none of it

    with Bags(db, include_protected=include_protected) as timeline, Progress("exporting") as progress:
        try:
            made = timeline.export_bag(path, query, progress=progress.counted, **bag)
        finally:
            say_notes(timeline)
    print_text(made.digest)
    say("This is the fingerprint of the bag. Send it to the recipient by a different channel than the bag.")


def _given_for_bags(bag: BagOptions) -> dict[str, object]:
    return {
        "--include-evidence-of-protected": bag["include_evidence_of_protected"], "--only-copies": bag["only_copies"],
        "--recipient": bag["recipient"],
    }  # fmt: skip


def _needed(path: Path | None, what: str) -> Path:
    if path is None:
        format_ = LAKE if what == "lake" else BAGIT
        raise WrongUsageError(f"A {what} is a folder, which cannot go to stdout.", f"`scamcli export {format_} -o DIR`")
    return path


def _refuse(what: str, given: Mapping[str, object]) -> None:
    for flag in (flag for flag, is_given in given.items() if is_given):
        raise WrongUsageError(f"{flag} does not apply to {what}.")
