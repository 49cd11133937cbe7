"""Which format a report is written in: the one that was asked for, or the one that the name of the file says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from scamcli.errors import WrongUsageError, quote, require_installed

if TYPE_CHECKING:
    from scamcli.timeline.reports import ReportOptions

FORMATS = ("html", "md", "docx")
"""The formats of a report; the first is the default."""

SUFFIXES = {".html": "html", ".htm": "html", ".xhtml": "html", ".md": "md", ".markdown": "md", ".docx": "docx"}
"""The format that the suffix of a file stands for."""

UNAVAILABLE = frozenset({".pdf", ".doc", ".odt", ".rtf", ".txt", ".epub", ".tex", ".pptx", ".xlsx", ".csv", ".json"})
"""Suffixes of other formats, under which nobody would look for one of ours."""


def chosen(target: str | Path | TextIO, options: ReportOptions) -> str:
    """Return the format in which a report is to be written to a target.

    Raises:
        WrongUsageError: there is no such format, or the target or another option does not suit it.
    """
    suffix = Path(target).suffix.lower() if isinstance(target, str | Path) else ""
    format_ = options.format or _format_of(suffix)
    if format_ not in FORMATS:
        raise WrongUsageError(f"--format takes {', '.join(FORMATS)}, not {quote(format_[:80])}.")
    if SUFFIXES.get(suffix, format_) != format_:
        hint = f"Leave out --format to write {SUFFIXES[suffix]}, or name another file."
        raise WrongUsageError(f"--format {format_} and the file name contradict each other: {quote(suffix)}.", hint)
    if format_ == "docx" and not isinstance(target, str | Path):
        hint = "Say where to write it: `scamcli report -o report.docx`."
        raise WrongUsageError("A docx report is a file, which cannot go to stdout.", hint)
    if options.css and format_ != "html":
        raise WrongUsageError(f"--css applies to html only, not to {format_}.")
    return format_


def require_libraries(format_: str) -> None:
    """Raise `WrongUsageError` if a library or program that a format needs is not installed."""
    wanted = ("jinja2", "markdown_it", "citeproc", *(("mdformat",) if format_ != "html" else ()))
    require_installed("report", "A report needs", *wanted)
    if format_ == "docx":
        from scamcli.output.report import word

        word.pandoc()


def _format_of(suffix: str) -> str:
    if suffix in UNAVAILABLE:
        hint = "Use one of these suffixes, or give --format."
        raise WrongUsageError(f"A report is .html, .md or .docx, not {quote(suffix)}.", hint)
    return SUFFIXES.get(suffix, FORMATS[0])
