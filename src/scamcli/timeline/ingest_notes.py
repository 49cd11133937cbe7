"""Say in sentences what came of reading a text: what was proposed, what was left out, and what to do about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import quote
from scamcli.output.text.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from scamcli.ingest.proposal import Document, Extraction, Metadata
    from scamcli.records.types import EventDict
    from scamcli.store.draft_sources import ReadAgain

MAX_LISTED = 20
"""How many undated phrases, new names or files a note lists."""

OTHER_SCRIPT = "most of this text is in another script"
OTHER_LANGUAGE = "this text seems to be in another language"

ENGLISH = frozenset({"and", "by", "from", "is", "of", "that", "the", "to", "was", "were", "with"})
"""Words that every English text has. Few of them are words of other languages."""

LEAST_SHARE, FEWEST_WORDS = 25, 20
"""In English prose, one word in six is one of these. With fewer than one in 25, of 20 or more, it is not English."""


class Ingested(NamedTuple):
    """The result of reading a text.

    Attributes:
        drafts: records of the new drafts, in the order of the text. In a dry run, the drafts that would be stored.
        already: number of entries with drafts from an earlier reading of the same text.
        new_names: type (``actor`` or ``site``) and name of each record that the drafts would create. Masked.
        similar: number of new drafts that may be the same as an event in the timeline.
        unexplained: how many numbers in the drafts are in no figure, but may count people, cases or premises.
        outside: numbers of people, cases or premises that are in no draft, with their lines. Masked.
        undated: dates whose year is unknown; the text that they date was left out.
        notes: notices for the user, the most important first. Masked.
        completed: number of drafts from an earlier reading that got a source that they lacked.
    """

    drafts: tuple[EventDict, ...]
    already: int
    new_names: tuple[tuple[str, str], ...]
    similar: int
    unexplained: int
    outside: tuple[str, ...]
    undated: tuple[str, ...]
    notes: tuple[str, ...]
    completed: int = 0


def on_parts(text: str) -> Iterator[str]:
    """Yield a note if a text is so long that it was read in parts."""
    from scamcli.ingest.proposal import LONGEST_WHOLE

    if len(text) <= LONGEST_WHOLE:
        return
    from scamcli.ingest.parts import parts_of

    if (count := sum(1 for _ in parts_of(text))) > 1:
        yield f"This long text was read in {count} parts. Names and acronyms that one explains are unknown in others."


def on_left_out(files: Sequence[Path], database: Path) -> Iterator[str]:
    """Yield a note about files in folders that are not read. The database and its evidence need none."""
    from scamcli.store.evidence_folder import folder_of

    own = {database.resolve(), folder_of(database).resolve()}
    names = [str(path) for path in files if own.isdisjoint((path.resolve(), *path.resolve().parents))]
    if names:
        were = "was" if len(names) == 1 else "were"
        yield (
            f"{plural(len(names), 'file')} in the folder {were} not read: {_listed(names)}."
            " Save documents as text or PDF. A text with another ending is read if you name the file itself."
        )


def notes_on(found: Ingested, document: Document, extraction: Extraction) -> Iterator[str]:
    """Yield notices on what was found in a text, the most important first. They are not masked yet."""
    if found.undated:
        number, listed = plural(len(found.undated), "date"), _listed([f"“{words}”" for words in found.undated])
        yield f"{number} cannot be worked out: {listed}. Give the date of publication (--date)."
    if extraction.before:
        verb = "is" if extraction.before == 1 else "are"
        yield f"{plural(extraction.before, 'sentence')} before the first date {verb} in no draft."
    if found.outside:
        yield f"Numbers in no draft: {_listed(found.outside, '; ')}."
    if not extraction.drafts:
        yield from () if found.undated else _why_no_drafts(document)
        return
    if found.drafts or not found.already:
        yield f"{plural(len(found.drafts), 'draft')}."
    yield from _notes_on_names(found.new_names)
    if found.drafts and found.unexplained:
        verb = "is" if found.unexplained == 1 else "are"
        yield f"{plural(found.unexplained, 'number')} in the drafts {verb} in no figure; `scamcli review` shows them."
    if found.similar:
        verb = "may be a duplicate" if found.similar == 1 else "may be duplicates"
        yield f"{plural(found.similar, 'draft')} {verb} of other entries; `scamcli review` can merge them."


def on_read_again(found: Ingested, again: ReadAgain, given: Metadata) -> Iterator[str]:
    """Yield notices on the entries of a text that was read before."""
    if found.drafts:
        yield f"{plural(found.already, 'more draft')} came from this text when it was read before."
    else:
        yield f"This text was read before: {_state(found.already, again.drafts)}."
    if again.completed:
        yield f"Completed the source of {plural(again.completed, 'draft')}: {quote(given.outlet or again.outlet)}."
    elif given.outlet and again.outlet and given.outlet != again.outlet:
        yield (
            f"It was read as published by {quote(again.outlet)}, so {quote(given.outlet)} was not added."
            " Change a draft with `scamcli edit ID`."
        )
    elif not found.drafts:
        yield "Nothing was changed."
    if again.reviewed:
        id_ = again.reviewed[0] if len(again.reviewed) == 1 else "ID"
        yield (
            f"Reviewed events stay as they are. Add the source with `scamcli edit {id_} --source ...`:"
            f" {_listed(again.reviewed)}."
        )


def _state(drafts: int, left: int) -> str:
    """Return what became of the drafts of a text, of which some are left to review."""
    if 0 < left < drafts:
        return f"{left:,} of its {drafts:,} drafts {'is' if left == 1 else 'are'} still to be reviewed"
    if left:
        return "its draft is already here" if drafts == 1 else f"its {drafts:,} drafts are already here"
    return "its draft has been reviewed" if drafts == 1 else f"its {drafts:,} drafts have been reviewed"


def _notes_on_names(new_names: Iterable[tuple[str, str]]) -> Iterator[str]:
    for type_ in ("actor", "site"):
        names = [name for kind, name in new_names if kind == type_]
        if names:
            yield f"New {type_}{'s' if len(names) > 1 else ''}: {_listed(list(map(quote, names)))}."


def notes_on_victims(names: Sequence[str]) -> Iterator[str]:
    """Yield a notice about names of people who may be victims."""
    if names:
        listed = _listed([quote(name) for name in names])
        yield (
            f"This text may name victims: {listed}. Others may be named, above all by a first name only. "
            "`scamcli protect NAME`, or h in `scamcli review`, hides a name everywhere."
        )


def _listed(names: Sequence[str], between: str = ", ") -> str:
    more = f" and {len(names) - MAX_LISTED:,} more" if len(names) > MAX_LISTED else ""
    return f"{between.join(names[:MAX_LISTED])}{more}"


def _why_no_drafts(document: Document) -> Iterator[str]:
    if _language_problem(document.text):
        yield "No drafts."
        return
    yield "No drafts: no dated events were found."
    if document.about.published is None:
        yield "Give the date of publication (--date) to complete dates without a year."


def on_language(text: str, extraction: Extraction) -> Iterator[str]:
    """Yield a notice if our own rules have read a text that is not in English."""
    problem = _language_problem(text)
    if problem and (problem is OTHER_SCRIPT or not extraction.drafts):
        yield (
            f"`scamcli ingest` reads only English, and {problem}."
            " A program that you name with --with can read other languages: docs/readers.md."
        )


def _language_problem(text: str) -> str:
    """Return why a text is probably not in English, or an empty string."""
    head = text[:10_000]
    letters = [char for char in head if char.isalpha()]
    if sum(char.isascii() for char in letters) * 2 < len(letters):
        return OTHER_SCRIPT
    words = re.findall(r"[^\W\d_]+", head.lower())
    return OTHER_LANGUAGE if sum(word in ENGLISH for word in words) * LEAST_SHARE < len(words) >= FEWEST_WORDS else ""


def on_titles(text: str) -> Iterator[str]:
    """Yield a notice if titles of other readers may have names that our rules cannot read in the language of a text."""
    if _language_problem(text):
        yield (
            "Names of victims are looked for only in English, and where a reader gives the role victim."
            " Read the titles, because ids are made of them. `scamcli redact NAME` erases a name, also from ids."
        )


def on_future_date(published: str | None) -> Iterator[str]:
    """Yield a notice if the given date of publication begins after today."""
    from datetime import datetime

    from scamcli.language.dates import parse_date

    today = datetime.now().astimezone().date().isoformat()
    if published is not None and (parse_date(published).start or 0) > (parse_date(today).start or 0):
        yield f"The date of publication (--date) is in the future: {published}."
