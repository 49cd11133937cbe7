"""Propose a mapping for an unknown table: which sheet and header, and what the columns mean. The caller accepts it."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from scamcli.errors import DataError, WrongUsageError, quote, sentence
from scamcli.exchange.importers import header_rows, quoted_list, sheets, survey
from scamcli.exchange.importers.mapped import suggest_mapping
from scamcli.exchange.importers.mapped.bound_rows import ROW
from scamcli.exchange.importers.mapped.mapping import Mapping, is_mentioned, parse_field, with_options, write_use

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import ExitStack
    from pathlib import Path

    from scamcli.exchange.importers import Row, TableOptions
    from scamcli.exchange.importers.mapped.mapping import Field, Use
    from scamcli.exchange.importers.mapped.suggest_mapping import Proposal
    from scamcli.exchange.importers.sheets import Sheet

_MOST_SHEETS = 20
"""How many sheets of a workbook are examined."""

_CHANGES = "Add --map COLUMN=FIELD or --set FIELD=VALUE to correct it, or --dry-run --save-mapping FILE to edit it."


def propose(path: Path, options: TableOptions, found: list[Sheet], stack: ExitStack) -> tuple[Mapping, list[Sheet]]:
    """Return the mapping that is proposed and accepted, and the sheets below the header that was found.

    Raises:
        DataError: the header looks like a title, and no other row looks like the header; or it looks like data.
        WrongUsageError: the proposal was not accepted. The error shows it, and says how to accept or change it.
    """
    row, number = options.header_row, options.header_rows
    if row is None and number:
        best = max(found[:_MOST_SHEETS], key=_worth)
        if best.top and header_rows.is_missing(best.top):
            raise DataError(
                f"{best.name}: The first row looks like data, not like names of columns: {quoted_list(best.header)}.",
                "Run it again with --no-header if it is data, or with --header-row 1 if it has the names.",
            )
        header = header_rows.find(best.top)
        if header is not None and (header.first, header.rows) != (best.top[0][0], 1):
            row, number = header
            titles = {sheet.title for sheet in found}
            found = [sheet for sheet in sheets.open_sheets(path, stack, row, number) if sheet.title in titles]
        elif error := best.header_error():
            raise error
    sheet = max(found[:_MOST_SHEETS], key=_worth)
    if number == 1 and sheet.top and (twice := header_rows.beside(sheet.top)):
        raise DataError(
            f"{sheet.name}: Two tables stand side by side; both have a column {quoted_list(twice)}.",
            "Put each into a file or a sheet of its own.",
        )
    proposal = _proposal(survey.of_all_rows(sheet, path, row, number), options, row, number)
    mapping = proposal.mapping
    if options.accept is False or not mapping.columns or (_says_nothing(mapping) and not options.pairs):
        raise _suggestion(sheet, proposal)
    if callable(options.accept) and not options.accept(proposal):
        raise WrongUsageError("Nothing was imported. --yes takes the proposal.", _CHANGES)
    _require_date(sheet.name, proposal, options)
    return mapping, found


def _proposal(sheet: Sheet, options: TableOptions, row: int | None, number: int) -> Proposal:
    """Return what is proposed for a sheet whose names of columns are in some rows."""
    found = suggest_mapping.suggest(sheet.header, sheet.sample, sheet.filled)
    id_from = _id_from(sheet, found) if not (options.id_from or sheet.id_from) else ()
    are_deaths = _are_deaths(found.mapping)
    mapping = found.mapping._replace(header_row=row, header_rows=number, id_from=id_from, disjoint=are_deaths)
    return found._replace(name=sheet.name, mapping=mapping)


def _require_date(table: str, proposal: Proposal, options: TableOptions) -> None:
    """Check that an accepted proposal or the options name the date, if a column is called so but mostly has none."""
    column = proposal.doubtful_date
    mapping = with_options(Mapping({}), options.pairs, options.constants)
    fields = [*(use.field for uses in mapping.columns.values() for use in uses), *mapping.defaults]
    if column is not None and not any(field.key == "date" for field in fields):
        reason = column.reason.partition(": ")[2]
        raise WrongUsageError(
            f"No column of {table} is the date: in {quote(column.column)}, {reason}.",
            f"Correct these cells, or skip their rows: --map {shlex.quote(f'{column.column}=date')} --skip-invalid.",
        )


def _id_from(sheet: Sheet, proposal: Proposal) -> tuple[str, ...]:
    """Return what ids are made from: the row number, if some rows differ only in columns that are left out.

    Such rows are different events: for example, two people who died on the same day in the same town. So are the rows
    of a list of incidents that says only the month or the year of each.
    """
    if ROW in map(str.casefold, sheet.header):
        return ()
    used = [at for at, guess in enumerate(proposal.guesses) if guess.uses]
    first: dict[tuple[str, ...], Row] = {}
    has_ids = any(str(use.field) == "id" for use in _uses(proposal.mapping))
    if not has_ids and (_are_deaths(proposal.mapping) or proposal.lists_incidents):
        return (ROW,)
    differ = any(first.setdefault(tuple(row[at] for at in used), row) != row for row in sheet.sample)
    return (ROW,) if differ else ()


def _uses(mapping: Mapping) -> Iterator[Use]:
    return (use for uses in mapping.columns.values() for use in uses)


def of_rows(mapping: Mapping) -> list[str]:
    """Return what a proposal says of whole rows."""
    deaths = [ROWS_ARE_DEATHS] if _are_deaths(mapping) else []
    return [*deaths, *([ROWS_KEPT_APART] if mapping.id_from else [])]


def _says_nothing(mapping: Mapping) -> bool:
    """Return whether all columns with a known meaning are ids or dates."""
    fields = (use.field for use in _uses(mapping))
    return not _are_deaths(mapping) and all(field.key in {"id", "date"} for field in fields)


def _are_deaths(mapping: Mapping) -> bool:
    """Return whether each row of a table counts as one death.

    Then the rows are different people, even if they died on the same day in the same place.
    """
    return mapping.defaults.get(suggest_mapping.DEATHS) == ("1",)


ROWS_ARE_DEATHS = "each row is a person who died, so each counts as one death (--set figure.deaths=1)"
ROWS_KEPT_APART = (
    "rows that are equal in these columns may be different events, so each keeps the number of its row (--id-from row)"
)


_MAY_BE_LIKELY = frozenset({"date", "tags", "note", "summary", "source.url"})
"""Fields that a column of a recognised table gets even if they are only likely. A notice reports them."""


def propose_rest(mapping: Mapping, sheet: Sheet) -> tuple[Mapping, list[str]]:
    """Return a mapping with fields for the columns that it does not mention, and notices about them.

    Nobody is asked, so only certain fields and harmless likely ones are used. Notices name the others.
    """
    proposal = suggest_mapping.suggest(sheet.header, sheet.sample, sheet.filled)
    columns, notices = dict(mapping.columns), []
    taken = {str(use.field) for uses in columns.values() for use in uses if not use.field.may_repeat}
    for guess in proposal.guesses:
        fields = {str(use.field) for use in guess.uses}
        if not fields or fields & taken or is_mentioned(guess.column, mapping):
            continue
        words = ", ".join(map(write_use, guess.uses))
        if guess.certainty == suggest_mapping.SURE or fields <= _MAY_BE_LIKELY:
            columns[guess.column] = guess.uses
            notices.append(f"`{guess.column}` is read as {words} ({guess.reason})")
        else:
            notices.append(f"`{guess.column}` may be {words} ({guess.reason}); --map COLUMN=FIELD decides it")
    figures = {field: texts for field, texts in proposal.mapping.defaults.items() if field.key == "figure"}
    used = {field._replace(part="") for field in (use.field for uses in columns.values() for use in uses)}
    figures = {field: texts for field, texts in figures.items() if field._replace(part="") in used}
    needed = mapping.needed_columns
    defaults = figures | {**mapping.defaults}
    return mapping._replace(columns=columns, defaults=defaults, needed=needed, propose=False), notices


def follow_metrics(mapping: Mapping, pairs: Sequence[str]) -> Mapping:
    """Return a mapping whose details of a figure follow it if its column is changed to another metric.

    A correction of "Rescued" from rescues to arrests also means that its nationality and its period are those of the
    people who were arrested. Nothing follows if another column still has the old metric.
    """
    columns = with_options(Mapping({}), pairs, ()).columns
    kept = {use.field for name, uses in mapping.columns.items() if name not in columns for use in uses}
    moved: dict[Field, Field] = {}
    for name, uses in columns.items():
        old, new = (
            [use.field for use in some if use.field.key == "figure" and not use.field.part]
            for some in (mapping.columns.get(name, ()), uses)
        )
        if len(old) == len(new) == 1 and old != new and old[0] not in kept:
            moved[old[0]] = new[0]

    def follow(field: Field) -> Field:
        return moved.get(field._replace(part=""), field)._replace(part=field.part)

    followed = {
        name: tuple(use._replace(field=follow(use.field)) for use in uses) for name, uses in mapping.columns.items()
    }
    return mapping._replace(
        columns=followed, defaults={follow(field): texts for field, texts in mapping.defaults.items()}
    )


def without_rivals(mapping: Mapping, pairs: Sequence[str]) -> tuple[Mapping, list[str]]:
    """Return a proposed mapping without the columns whose field the user gives to another column, and notices."""
    named = with_options(Mapping({}), pairs, ()).columns
    fields = {use.field for uses in named.values() for use in uses if not use.field.may_repeat}
    has_date = parse_field("date") in fields

    def is_rival(field: Field) -> bool:
        return field in fields or (has_date and field.key == "date")

    columns = {
        name: tuple(use for use in uses if name in named or not is_rival(use.field))
        for name, uses in mapping.columns.items()
    }
    left = {name: uses for name, uses in columns.items() if uses}
    notices = [
        f"`{name}` is not read as {', '.join(map(write_use, uses))}, because --map names another column"
        for name, uses in mapping.columns.items()
        if uses and name not in left
    ]
    skip = {name: cells for name, cells in mapping.skip.items() if name not in named}
    return mapping._replace(columns=left, skip=skip), notices


def _worth(sheet: Sheet) -> tuple[bool, int]:
    """Return how much a sheet looks like the table of events: whether it has dates, and how many known columns."""
    if sheet.is_empty:
        return False, 0
    if not sheet.top:  # as in JSON, whose keys can only be names
        guesses = suggest_mapping.suggest(sheet.header)
        return guesses.has_date, len(guesses.mapping.columns)
    header = header_rows.find(sheet.top)
    if header is None:
        return False, 0
    at = next(at for at, (number, _) in enumerate(sheet.top) if number == header.first)
    names = sheet.top[at][1]
    if header.rows > 1:
        names = header_rows.join(names, sheet.top[at + 1][1])
    guesses = suggest_mapping.suggest([name or "…" for name in names])
    return guesses.has_date, len(guesses.mapping.columns)


def _suggestion(sheet: Sheet, proposal: Proposal) -> WrongUsageError:
    """Return the error that shows what the columns may mean, and says how to accept or change it."""
    problem = f"{sheet.name} is a table, and nothing says what its columns mean"
    if not proposal.mapping.columns and len(sheet.header) == 1:
        looks = "does not look like a table: each row is a single cell, and the first is"
        hint = "`scamcli ingest` reads texts. Use --map COLUMN=FIELD if it is a table."
        return WrongUsageError(f"{sheet.name} {looks} {quote(sheet.header[0][:80])}.", hint)
    if not proposal.mapping.columns:
        hint = "Use --map COLUMN=FIELD or --mapping FILE; `docs/import-tables.md` lists the fields."
        columns = f": {quoted_list(sheet.header)}" if sheet.header else ", for none has a value"
        return WrongUsageError(f"{problem}{columns}.", hint)
    more = (f"{problem}. By their names and values:", *proposal.lines(), *map(sentence, of_rows(proposal.mapping)))
    if _says_nothing(proposal.mapping):
        problem = "An event with only a date says nothing"
        return WrongUsageError(f"{problem}: say what other columns mean with --yes --map COLUMN=FIELD.", more=more)
    date = proposal.doubtful_date.column if proposal.doubtful_date else "COLUMN"
    dated = "" if proposal.has_date else f" --map {shlex.quote(f'{date}=date')}"
    return WrongUsageError(f"Check this, and run it again with --yes{dated}.", _CHANGES, more=more)
