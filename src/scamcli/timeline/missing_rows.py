"""What an import does with rows that a new version of a table no longer has, and how it lists them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal, cast

from scamcli.errors import WrongUsageError, quote
from scamcli.output import phrases
from scamcli.output.text import figure_text
from scamcli.output.text.words import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from scamcli.records.types import EventDict
    from scamcli.store.history import StoredRecord
    from scamcli.store.replaced_rows import Comparison
    from scamcli.store.row_pairs import MissingRow
    from scamcli.store.writer import Writer
    from scamcli.timeline.import_files import Table

    OnMissing = Literal["fail", "replace", "keep"] | str | Callable[[Sequence[str]], str]

MISSING = ("fail", "replace", "keep")
"""What to do with rows that a new version of a table no longer has: import nothing, replace or remove them, or keep
them beside the new rows.
"""

MOST_LISTED = 5
"""How many rows of each kind are listed."""

MOST_NAMED = 3
"""How many events or changes one line names."""


def settle(writer: Writer, tables: Mapping[str, Table], on_missing: OnMissing, *, is_dry_run: bool) -> None:
    """Replace or keep the rows that the tables of an import no longer have.

    Args:
        writer: the writer, after the files were imported.
        tables: tables that had rows before, by name.
        on_missing: one of ``MISSING``, or a function that gets the lines that list the rows and returns one.
        is_dry_run: show what would happen with ``replace``, without asking.

    Raises:
        WrongUsageError: rows would be replaced or left out, and nobody has agreed to that.
    """
    if not callable(on_missing):
        _require_known(on_missing)
    for name, table in tables.items():
        _settle_table(writer, name, table, on_missing, is_dry_run=is_dry_run)


def _settle_table(writer: Writer, name: str, table: Table, on_missing: OnMissing, *, is_dry_run: bool) -> None:
    from scamcli.store import replaced_rows
    from scamcli.store.conflict_policy import Choice

    updates_edited = writer.decide is Choice.UPDATE
    found = replaced_rows.compare(writer, name, has_ids=table.has_ids, keeps_edits=not updates_edited)
    if found is None:
        return
    replaced_rows.keep_same(writer, found.same)
    notes = writer.changes.warnings
    lines = list(_lines(writer, found.missing, updates_edited=updates_edited))
    if found.missing:
        lines.append(_head(writer, found, name, table.file))
    # Nobody needs to agree if all events stay and no row of the file is left out.
    needs_consent = any(not row.stays or row.replacement is not None for row in found.missing)
    choice = _choice(writer, lines, on_missing, is_dry_run=is_dry_run) if needs_consent else "replace"
    if choice == "keep":
        notes.append(f"Kept {plural(len(found.missing), 'row')} that {table.file} no longer has.")
    else:
        notes += lines
        referring = replaced_rows.replace(writer, found.missing, updates_edited=updates_edited)
        if referring:
            notes.append(f"Links to replaced rows now lead to the new ones, in {_some(referring)}.")
    notes += _other_imports(found, name, table.file)
    writer.history.drop_if_empty()


def _choice(writer: Writer, lines: list[str], on_missing: OnMissing, *, is_dry_run: bool) -> str:
    """Return whether to ``replace`` or to ``keep`` missing rows. Lines that were shown with a question are removed.

    Raises:
        WrongUsageError: nobody has agreed to replace them.
    """
    if is_dry_run and on_missing not in {"replace", "keep"}:
        lines.append("Without --dry-run, this needs a yes, or --on-missing replace.")
        return "replace"
    if callable(on_missing):
        choice = _require_known(on_missing([writer.shown(line) for line in lines]))
        if choice != "fail":
            lines.clear()
    else:
        choice = on_missing
    if choice == "fail":
        how = "Replace or remove them with --on-missing replace, or keep them beside the new rows with"
        raise WrongUsageError(lines[-1], f"Nothing was written. {how} --on-missing keep.", tuple(lines[:-1]))
    return choice


def _require_known(word: str) -> str:
    if word not in MISSING:
        raise WrongUsageError(f"`on_missing` is {', '.join(MISSING)} or a function, not {quote(word[:80])}.")
    return word


def _head(writer: Writer, found: Comparison, table: str, file: str) -> str:
    text = (
        f"{file} is a new version of the table {quote(table)}, without {len(found.missing):,} of the"
        f" {plural(found.earlier, 'row')} imported before."
    )
    if writer.changes.left_out:
        text += f" {plural(writer.changes.left_out, 'invalid row')} of the file may be among them."
    return text


def _lines(writer: Writer, missing: list[MissingRow], *, updates_edited: bool) -> Iterator[str]:
    """Yield a line for each missing row, but only for the first ones of each kind, and then how many more there are."""
    replaced = [row for row in missing if row.replacement is not None and not row.stays]
    removed = [row for row in missing if row.replacement is None and not row.stays]
    edited = [row for row in missing if row.replacement is not None and row.stays]
    kept = [row for row in missing if row.replacement is None and row.stays]
    yield from _first("replaced", replaced, lambda row: _replaced(writer, row))
    yield from _first("removed", removed, lambda row: f"{_named(row)} is no longer in the file, and is removed.")
    yield from _first("that differ", edited, lambda row: _edited(writer, row, updates_edited=updates_edited))
    yield from _first("kept", kept, _kept)


def _first(what: str, rows: list[MissingRow], line: Callable[[MissingRow], str]) -> Iterator[str]:
    yield from map(line, rows[:MOST_LISTED])
    if more := len(rows[MOST_LISTED:]):
        yield f"… and {plural(more, 'more row')} {what}."


def _replaced(writer: Writer, row: MissingRow) -> str:
    place, new = _new(writer, row)
    return f"{place} replaces {row.id}: {differences_in_words(row.as_imported, new)}."


def _edited(writer: Writer, row: MissingRow, *, updates_edited: bool) -> str:
    place, new = _new(writer, row)
    what = differences_in_words(row.as_imported, new)
    why = "was edited here" if row.stays == "edited" else "has evidence files"
    if updates_edited:
        return f"{row.id} {why}, and gets what changed at {place}: {what}."
    return f"{row.id} {why} and stays as it is; {place} is left out: {what}. --on-conflict update takes the change."


def _kept(row: MissingRow) -> str:
    whys = {"edited": "it was edited here", "linked": "other records link to it", "evidence": "it has evidence files"}
    return f"{_named(row)} is no longer in the file, but stays, because {whys[row.stays]}."


def _named(row: MissingRow) -> str:
    return f"{row.id} ({_summary(row.as_imported)})"


def _summary(record: StoredRecord) -> str:
    figures = [figure_text.short(figure) for figure in record["figures"][:1]]
    return ", ".join([record["date"], quote(record["title"][:80]), *figures])


def _new(writer: Writer, row: MissingRow) -> tuple[str, StoredRecord]:
    """Return the place and the record of the row that replaces a missing one."""
    if row.replacement is None:
        raise ValueError(row.id)
    record: StoredRecord = json.loads(writer.stored_event(row.replacement.id) or "")
    return row.replacement.place, record


def differences_in_words(old: StoredRecord, new: StoredRecord) -> str:
    """Return what differs between two versions of a row: ``rescues was "12", is "13"``."""
    before, after = _values(old), _values(new)
    found = []
    for key in dict.fromkeys([*before, *after]):
        was, is_now = before.get(key, ""), after.get(key, "")
        if was and is_now and was != is_now:
            found.append(f"{key} was {quote(was[:80])}, is {quote(is_now[:80])}")
        elif was != is_now:
            found.append(f"{key} {quote(was[:80])} is gone" if was else f"{key} {quote(is_now[:80])} is new")
    if not found:
        keys = [f"`{key}`" for key in old if key != "id" and old[key] != new[key]]
        found.append(f"{', '.join(keys)} differ{'s' * (len(keys) == 1)}" if keys else "only the id differs")
    return "; ".join(found)


def _values(record: StoredRecord) -> dict[str, str]:
    values = {
        "date": record["date"],
        "title": record["title"],
        "place": phrases.location(cast("EventDict", record)),
        "kind": record["kind"],
        "source": phrases.source_names(cast("EventDict", record)) if record["sources"] else "",
    }
    for figure in record["figures"]:
        values[figure["id"]] = figure["stated"] or figure_text.number(figure)
    return values


def _other_imports(found: Comparison, table: str, file: str) -> Iterator[str]:
    """Yield notices about rows of other imports of the table, which stay."""
    if not found.others:
        return
    number = len(found.others)
    changes = sorted({made for _, made in found.others})
    made_by = f"change{'s' * (len(changes) > 1)} {_some([str(one) for one in changes])}"
    which = made_by if number > MOST_NAMED else f"{made_by}: {_some([event_id for event_id, _ in found.others])}"
    verbs = "is not in {} and stays" if number == 1 else "are not in {} and stay"
    yield (f"{plural(number, 'row')} of other imports of the table {quote(table)} {verbs.format(file)} ({which}).")
    if found.alike:
        row, new_row = found.alike[0]
        has = "has" if len(found.alike) == 1 else "have"
        yield (
            f"{plural(len(found.alike), 'new row')} {has} the date and the title or place of such a row, and both"
            f" count: {new_row.id} and {row.id}. If one corrects the other, run `scamcli remove {row.id}`."
        )


def _some(names: list[str]) -> str:
    return ", ".join(names[:MOST_NAMED]) + (" …" if len(names) > MOST_NAMED else "")
