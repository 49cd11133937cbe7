"""``scamcli report``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from scamcli.cli.declarations import Option, command, takes
from scamcli.cli.filter_options import SEARCH
from scamcli.cli.options import DATABASE
from scamcli.cli.output import data_stream, say_notes
from scamcli.errors import WrongUsageError, quote
from scamcli.output.report import built_in_style
from scamcli.timeline import Query
from scamcli.timeline.reports import LANGUAGES, LONGEST_TEXT, ReportOptions, Reports
from scamcli.timeline.reports.file_formats import FORMATS

FormatOption = Annotated[
    str,
    Option(
        "--format",
        metavar="FORMAT",
        help=f"{', '.join(FORMATS)} (default: by the suffix of the file, otherwise html).",
        autocompletion=lambda: list(FORMATS),
    ),
]


@command("report")
@takes(query=SEARCH, db=DATABASE)
def report(
    query: Query,
    db: Path | None,
    path: Annotated[
        Path | None, Option("--output", "-o", metavar="FILE", help="File to write (default: stdout).")
    ] = None,
    format_: FormatOption = "",
    title: Annotated[str, Option("--title", metavar="TEXT", help="Title of the report.")] = "",
    intro: Annotated[
        Path | None, Option("--intro", metavar="FILE", help="Introduction to print first, in Markdown.")
    ] = None,
    lang: Annotated[
        str, Option("--lang", metavar="LANG", help=f"Language of the report's own words: {', '.join(LANGUAGES)}.")
    ] = LANGUAGES[0],
    css: Annotated[
        Path | None, Option("--css", metavar="FILE", help="Style sheet to use in place of the built-in one.")
    ] = None,
    print_css: Annotated[bool, Option("--print-css", help="Print the built-in style sheet, and exit.")] = False,
    redact_actors: Annotated[
        bool, Option("--redact-actors", help="Print roles in place of the names of private persons.")
    ] = False,
) -> None:
    """Write a report on all or matching events as one HTML file, in Markdown, or as a Word file.

    The HTML file can be read offline in any browser, also without JavaScript, and printed. It has the totals with their
    bounds and derivations, charts, every event with its sources, allegations beside the answers to them, profiles of
    actors and sites, the methods, a bibliography, and the data. Markdown and Word have the same text without charts
    and data.

    Drafts are left out unless you give --drafts. The names of protected actors are always withheld. A private person,
    for --redact-actors, is a person without a recorded position who is not a member of a public body.

    For example, `scamcli report -o kandal.html --province Kandal --title "Kandal"`, or `scamcli report -o kandal.docx`.
    """
    if print_css:
        data_stream().write(built_in_style())
        return
    if path is None and format_ != "md" and sys.stdout.isatty():
        raise WrongUsageError(
            "A report is a file for a browser or a word processor.",
            "Say where to write it: `scamcli report -o report.html`.",
        )
    options = ReportOptions(title, _text(intro, "--intro"), lang, _text(css, "--css"), redact_actors, format_)
    with Reports(db) as timeline:
        try:
            timeline.write_report(path or data_stream(tabs=True), query, options)
        finally:
            say_notes(timeline)


def _text(path: Path | None, flag: str) -> str:
    """Return the text of a file that an option names, or an empty text without one."""
    if path is None:
        return ""
    try:
        with path.open("rb") as file:
            data = file.read(LONGEST_TEXT + 1)
    except OSError as error:
        raise WrongUsageError(f"{flag} {path} cannot be read: {error.strerror}.") from error
    if len(data) > LONGEST_TEXT:
        raise WrongUsageError(f"{flag} {path} is too long: it may have {LONGEST_TEXT:,} bytes.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        hint = "Save it as UTF-8."
        raise WrongUsageError(f"{flag} {quote(str(path))} is not UTF-8 text.", hint) from None
