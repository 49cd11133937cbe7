"""Read foreign tables (CSV, TSV, workbooks) by a mapping, which is given, comes with scamcli, or is first suggested."""

from __future__ import annotations

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from scamcli.errors import DataError, WrongUsageError, quote
from scamcli.exchange.importers import Part, TableOptions, own_slides, quoted_list, sheets, survey
from scamcli.exchange.importers.mapped import bound_rows, mapping_file
from scamcli.exchange.importers.mapped.bound_rows import Notices
from scamcli.exchange.importers.mapped.mapping import Columns, Mapping, has_columns, is_mentioned, with_options
from scamcli.exchange.importers.mapped.propose_mapping import (
    follow_metrics,
    of_rows,
    propose,
    propose_rest,
    without_rivals,
)
from scamcli.exchange.importers.mapped.records import RecordBuilder
from scamcli.records import limits

if TYPE_CHECKING:
    from contextlib import ExitStack

    from scamcli.exchange.importers.mapped.grouping import Grouping
    from scamcli.exchange.importers.sheets import Sheet
    from scamcli.records.types import JsonObject

_MOST_TITLES = 20
"""How many rows above the names of the columns of a known data set can be titles and notes."""


LARGE = 2 * 1024 * 1024
"""For files of at least this size in bytes, a second process pays for its start."""


def read(path: Path, options: TableOptions, stack: ExitStack) -> tuple[list[Part], Mapping]:
    """Return the tables of a file, whose rows are read lazily, and the mapping that reads them.

    Raises:
        DataError: the file or the mapping cannot be read, or the two do not match.
        WrongUsageError: nothing says what the columns mean (the error suggests a mapping), or an option is wrong.
    """
    given = _find_mapping(options.mapping) if options.mapping else None
    header_row, header_rows = _header(options, given)
    found = _select_sheet(sheets.open_sheets(path, stack, header_row, header_rows), options.sheet, path)
    base = given or _recognise(found)
    if base is None and header_row is None and header_rows:
        header_row, found, base = _recognise_below(path, found, stack)
    if base is not None and base.name == "timelinejs":
        found = list(map(own_slides.with_ids, found))
    if base is None and (options.accept is True or not (options.pairs or options.constants)):
        base, found = propose(path, options, found, stack)
        header_row, header_rows = base.header_row, base.header_rows
    base = (base or Mapping({}))._replace(header_row=header_row, header_rows=header_rows)
    mapping, proposed = _complete(base, options, found, path)
    wanted = found if options.sheet or len(found) == 1 else _fitting_sheets(found, mapping)
    notices = [Notices(sheet.name) for sheet in wanted]
    for notice in proposed:
        notices[0].add(notice)
    parts = [_part(sheet, mapping, options, path, own) for sheet, own in zip(wanted, notices, strict=True)]
    if len(parts) == 1 and _is_large(path):
        parts = [_read_ahead(parts[0], notices[0], stack)]
    for sheet in found:
        if sheet not in wanted:
            others = f"other columns in row {header_row}" if header_row else "other columns"
            what = "no rows" if _fits(sheet, mapping) else others
            notices[0].add(f"the sheet {quote(sheet.title)} has {what} and is skipped; --sheet reads only one sheet")
    return parts, mapping


def _header(options: TableOptions, given: Mapping | None) -> tuple[int | None, int]:
    """Return which row has the names of the columns, and how many such rows there are. Options beat the mapping."""
    is_told = options.header_row is not None or options.header_rows == 0
    source = options if is_told or given is None else given
    return source.header_row, source.header_rows


def _complete(base: Mapping, options: TableOptions, found: list[Sheet], path: Path) -> tuple[Mapping, list[str]]:
    """Return a mapping with what the options and the columns that it does not mention add to it, and notices."""
    base = follow_metrics(base, options.pairs) if base.columns and options.pairs else base
    is_proposed = not options.mapping and not base.name
    base, notices = without_rivals(base, options.pairs) if is_proposed else (base, [])
    if is_proposed:
        base = _without_counts_of_periods(base, with_options(Mapping({}), options.pairs, options.constants))
    mapping = with_options(base, options.pairs, options.constants)
    mapping = mapping._replace(
        disjoint=mapping.disjoint or options.disjoint,
        id_from=options.id_from or mapping.id_from or found[0].id_from,
        prefix=_slug(path.stem) if mapping.prefix is None else mapping.prefix,
    )
    if mapping.propose:
        sheet = _fitting_sheets(found, mapping)[0]
        return propose_rest(mapping, survey.of_all_rows(sheet, path, mapping.header_row, mapping.header_rows))
    return mapping, [*notices, *(of_rows(base) if is_proposed else [])]


def _without_counts_of_periods(proposed: Mapping, chosen: Mapping) -> Mapping:
    """Return a proposed mapping that leaves the count open where the user gives the period of a figure."""
    fields = {*(use.field for uses in chosen.columns.values() for use in uses), *chosen.defaults}
    counts = {field._replace(part="count") for field in fields if field.part == "period"}
    return proposed._replace(
        defaults={field: texts for field, texts in proposed.defaults.items() if field not in counts}
    )


def _is_large(path: Path) -> bool:
    """Return whether a second process makes the import of a file faster."""
    return path.stat().st_size >= LARGE and (os.cpu_count() or 1) > 1


def _read_ahead(part: Part, notices: Notices, stack: ExitStack) -> Part:
    from scamcli.exchange.importers.mapped import second_process  # not at the top, because most tables are small

    return part._replace(rows=second_process.read(part.rows, notices, stack))


def _find_mapping(given: Mapping | str | Path) -> Mapping:
    if isinstance(given, Mapping):
        return given
    if given in mapping_file.SHIPPED:
        return mapping_file.shipped(str(given))
    if not Path(given).exists():
        names = ", ".join(mapping_file.SHIPPED)
        hint = f"Give a file that --save-mapping wrote, or the name of one that comes with scamcli: {names}."
        raise WrongUsageError(f"No mapping {quote(str(given)[:80])}.", hint)
    return mapping_file.load(Path(given))


def _select_sheet(found: list[Sheet], title: str, path: Path) -> list[Sheet]:
    if not title:
        return found
    selected = [sheet for sheet in found if sheet.title == title]
    if not selected:
        titles = ", ".join(repr(sheet.title) for sheet in found if sheet.title)
        hint = f"It has {titles}." if titles else "It is one table."
        raise WrongUsageError(f"{path} has no sheet {quote(title[:80])}.", hint)
    return selected


def _recognise(found: list[Sheet]) -> Mapping | None:
    """Return the mapping that comes with scamcli for a table, recognised by its columns."""
    for sheet in found:
        for name, needed in _shipped_columns().items():
            if has_columns(sheet.header, needed):
                return mapping_file.shipped(name)
    return None


def _recognise_below(
    path: Path, found: list[Sheet], stack: ExitStack
) -> tuple[int | None, list[Sheet], Mapping | None]:
    """Return the row below titles that has the columns of a data set, the sheets read from there, and its mapping."""
    rows = (row for sheet in found for row in sheet.top[1:_MOST_TITLES])
    known = _shipped_columns().values()
    first = next((number for number, row in rows if any(has_columns(row, one) for one in known)), None)
    if first is None:
        return None, found, None
    titles = {sheet.title for sheet in found}
    found = [sheet for sheet in sheets.open_sheets(path, stack, first) if sheet.title in titles]
    return first, found, _recognise(found)


@cache
def _shipped_columns() -> dict[str, tuple[str, ...]]:
    """Return the columns that identify data sets; a mapping is parsed only if a table has its columns."""
    files = {name: mapping_file.FOLDER / f"{name}.json" for name in mapping_file.SHIPPED}
    return {name: tuple(json.loads(file.read_bytes())["needed"]) for name, file in files.items()}


def _fits(sheet: Sheet, mapping: Mapping) -> bool:
    return has_columns(sheet.header, mapping.needed_columns)


def _fitting_sheets(found: list[Sheet], mapping: Mapping) -> list[Sheet]:
    """Return the sheets that fit a mapping, or if none does, the first one, so that the error names its columns."""
    fitting = [sheet for sheet in found if _fits(sheet, mapping)]
    return [sheet for sheet in fitting if not sheet.is_empty] or fitting[:1] or found[:1]


def _part(sheet: Sheet, mapping: Mapping, options: TableOptions, path: Path, notices: Notices) -> Part:
    """Return the records of one sheet, which are built while they are read.

    Raises:
        DataError: the sheet does not fit the mapping, or has no rows.
    """
    error = None if _fits(sheet, mapping) else sheet.header_error()
    if error is None and sheet.is_empty:
        error = DataError(
            f"{sheet.name} has the names of columns, but no rows below them.", "It has nothing to import."
        )
    if error is not None:
        raise error
    version = options.version or _find_version(mapping, path)
    _add_dataset_notices(notices, mapping, version)
    for notice in sheet.notices:
        notices.add(notice)
    if mapping.group is not None:
        sheet = _grouped(sheet, mapping, mapping.group, notices)
        mapping = mapping._replace(needed=sheet.header)
    binding = bound_rows.bind(mapping, sheet.header, sheet.name)
    if binding.unmapped:
        notices.add(f"columns left out: {quoted_list(binding.unmapped)}")
    # Each sheet numbers its own rows, so the ids include its title, even if it is the only sheet: they stay the same
    # when a second sheet is added. The rows of a data set have unique ids.
    titled = "" if mapping.dataset else _slug(sheet.title)
    prefix = "" if sheet.own_ids else "-".join(filter(None, (mapping.prefix, titled)))
    name = mapping.name if mapping.dataset else ""
    table_name = name or mapping.prefix or path.stem
    table: JsonObject = {"name": table_name, "disjoint": mapping.disjoint}
    _add_cell_notices(notices, sheet)
    builder = RecordBuilder(binding, prefix, version, table, notices)
    rows = builder.records(sheet.rows, sheet.extras)
    return Part(
        sheet.name, rows, has_only_events=True, has_ids=builder.has_ids, notices=notices.lines, table=table_name
    )


def _grouped(sheet: Sheet, mapping: Mapping, group: Grouping, notices: Notices) -> Sheet:
    """Return a table with several rows merged into one."""
    from scamcli.exchange.importers.mapped import grouped_rows  # here, because few tables need it

    read = Columns(group.sources)
    unread = [name for name in sheet.header if read.find(name) is None and not is_mentioned(name, mapping)]
    if unread:
        notices.add(f"columns left out: {quoted_list(unread)}")
    return grouped_rows.grouped(sheet, group, mapping.missing, notices)


def _add_cell_notices(notices: Notices, sheet: Sheet) -> None:
    """Add notices about what the cells of a workbook say besides their values."""
    first = sheet.top[0][0] if sheet.top else 1
    for row, comments in sorted(sheet.extras.comments.items()):
        for at, text in comments.items() if row <= first else ():
            name = sheet.header[at] if at < len(sheet.header) else sheets.column_letters(at)
            notices.add(f"a comment on the name of the column {quote(name)} is left out: {quote(text[:200])}")
    if struck := sheet.extras.struck:
        listed = ", ".join(struck[:10]) + (" …" if len(struck) > 10 else "")
        what = f"{len(struck):,} cells are" if len(struck) > 1 else "one cell is"
        notices.add(f"{what} struck through, and read like others: {listed}")


def _slug(text: str) -> str:
    return re.sub(r"[^\w.]+", "-", text).strip("-.").casefold()


def _add_dataset_notices(notices: Notices, mapping: Mapping, version: str | None) -> None:
    dataset = mapping.dataset
    if dataset is None:
        if mapping.name:
            notices.add(f"read with the mapping `{mapping.name}`, which comes with scamcli")
        return
    notices.add(f"read as {dataset.title}" + (f", version {version}" if version else ""))
    if dataset.versions and not version:
        notices.add("the file name does not say the version of the data set; give it with --dataset-version")
    if dataset.terms:
        notices.add(dataset.terms)


def _find_version(mapping: Mapping, path: Path) -> str | None:
    """Return the version of a data set according to the name of its file."""
    for pattern in mapping.dataset.versions if mapping.dataset else ():
        with limits.deadline("pattern-seconds", f"The pattern {quote(pattern[:80])} of the mapping"):
            found = re.search(pattern, path.name, re.IGNORECASE)
        if found is not None:
            return ".".join(group.replace("_", ".") for group in found.groups() if group)
    return None
