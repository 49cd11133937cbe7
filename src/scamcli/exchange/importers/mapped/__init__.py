"""Foreign tables in: CSV, TSV and workbooks, by a mapping that is given, shipped, or proposed to be looked over."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import DataError, WrongUsageError
from scamcli.exchange.importers import Part, rows
from scamcli.exchange.importers.mapped import bind_columns, mapping, shipped_mappings, suggest_mapping
from scamcli.exchange.importers.mapped.build_records import Builder
from scamcli.exchange.importers.mapped.mapping import Mapping
from scamcli.exchange.importers.mapped.warnings import Told

if TYPE_CHECKING:
    from contextlib import ExitStack

    from scamcli.exchange.importers.rows import Sheet


class Asked(NamedTuple):
    """What the user said about a table.

    Attributes:
        mapping: a shipped mapping, or the file of one; empty where none was given.
        pairs: ``COLUMN=FIELD``.
        constants: ``FIELD=VALUE``.
        sheet: of a workbook, the one to read.
        header_row: the number of the row that names the columns, if not the first that is not empty does.
        version: of the data set.
    """

    mapping: str = ""
    pairs: tuple[str, ...] = ()
    constants: tuple[str, ...] = ()
    sheet: str = ""
    header_row: int | None = None
    version: str = ""

    @property
    def is_mapped(self) -> bool:
        """Whether anything was said about columns."""
        return bool(self.mapping or self.pairs or self.constants)


class Read(NamedTuple):
    """A file that is read.

    Attributes:
        parts: its tables, which are read as their rows are asked for.
        told: what there is to say of each, once it was read.
        mapping: by which it is read.
    """

    parts: list[Part]
    told: list[Told]
    mapping: Mapping


def read(path: Path, asked: Asked, stack: ExitStack) -> Read:
    """The tables of a file as records.

    Args:
        path: a text file or a workbook.
        asked: what its columns mean.
        stack: closes what is opened.

    Raises:
        DataError: the file or the mapping cannot be read, or the one does not fit the other.
        WrongUsageError: nothing says what its columns mean; the error proposes it. Or an option makes no sense.
    """
    asked_for = _asked_for(asked.mapping) if asked.mapping else None
    header_row = asked.header_row or (asked_for.header_row if asked_for else None)
    found = _chosen(rows.sheets(path, stack, header_row), asked.sheet, path)
    base = (asked_for or _known(asked, path, found))._replace(header_row=header_row)
    whole = mapping.with_pairs(base, asked.pairs, asked.constants)
    if whole.prefix is None:
        whole = whole._replace(prefix=_word(path.stem))
    wanted = found if asked.sheet or len(found) == 1 else _fitting(found, whole)
    told = list[Told]()
    parts = [_part(sheet, whole, asked, path, told) for sheet in wanted]
    for sheet in found:
        if sheet not in wanted:
            others = f"other columns in row {header_row}" if header_row else "other columns"
            what = "no rows" if bind_columns.fits(whole, sheet.header) else others
            told[0].once(f"the sheet {sheet.title!r} has {what}, and is left out; --sheet reads one alone")
    return Read(parts, told, whole)


def _fitting(found: list[Sheet], whole: Mapping) -> list[Sheet]:
    """The sheets to read; the first, to say what is wrong with it, where none has the columns."""
    fitting_ = [sheet for sheet in found if bind_columns.fits(whole, sheet.header)]
    return [sheet for sheet in fitting_ if not sheet.is_bare] or fitting_[:1] or found[:1]


def _word(text: str) -> str:
    return re.sub(r"[^\w.]+", "-", text).strip("-.").casefold()


def _prefix(whole: Mapping, sheet: Sheet) -> str:
    """What the ids of a sheet begin with: each sheet counts its own rows, but those of a data set have one id for all.

    A lone sheet has its title in them too, so that they stay what they are when a second comes into the workbook.
    """
    words = (whole.prefix, "" if whole.dataset else _word(sheet.title))
    return "-".join(filter(None, words))


def _chosen(found: list[Sheet], title: str, path: Path) -> list[Sheet]:
    if not title:
        return found
    chosen = [sheet for sheet in found if sheet.title == title]
    if not chosen:
        there = ", ".join(repr(sheet.title) for sheet in found if sheet.title)
        raise WrongUsageError(f"{path} has no sheet {title[:80]!r}", f"it has {there}" if there else "it is one table")
    return chosen


def _asked_for(name: str) -> Mapping:
    if name in shipped_mappings.NAMES:
        return shipped_mappings.shipped(name)
    if not Path(name).exists():
        hint = f"a file that --save-mapping wrote, or {' or '.join(shipped_mappings.NAMES)}"
        raise WrongUsageError(f"there is no mapping {name[:80]!r}", hint)
    return mapping.load(Path(name))


def _known(asked: Asked, path: Path, found: list[Sheet]) -> Mapping:
    """The mapping to go by where none was asked for: one that is shipped, or none but what the options say."""
    for sheet in found:
        known = shipped_mappings.recognised(sheet.header)
        if known is not None:
            return known
    if not asked.is_mapped:
        raise found[0].no_header() or _proposal(path, asked, found[0])
    return Mapping({})


def _proposal(path: Path, asked: Asked, sheet: Sheet) -> WrongUsageError:
    """The error that says what the columns may mean, and the command that takes them so."""
    made = suggest_mapping.proposed(sheet.header)
    if not any(made.columns.values()):
        return WrongUsageError(
            f"{sheet.name} is a table, and nothing says what its columns mean: {rows.listed(sheet.header)}",
            "--map COLUMN=FIELD says it, or --mapping FILE; docs/import-tables.md lists the fields",
        )
    more = (
        f"{sheet.name} is a table, and nothing says what its columns mean; by their names:",
        *suggest_mapping.lines(made),
    )
    options = [f"--sheet {shlex.quote(asked.sheet)}"] if asked.sheet else []
    options += [f"--header-row {asked.header_row}"] if asked.header_row else []
    command = suggest_mapping.command(str(path), made, options)
    return WrongUsageError(f"look it over, and run: {command}", more=more)


def _part(sheet: Sheet, whole: Mapping, asked: Asked, path: Path, told: list[Told]) -> Part:
    wrong = None if bind_columns.fits(whole, sheet.header) else sheet.no_header()
    if wrong is None and sheet.is_bare:
        wrong = DataError(f"{sheet.name} has the names of columns, and no rows below them", "nothing to import in it")
    if wrong is not None:
        raise wrong
    plan = bind_columns.fitted(whole, sheet.header, sheet.name)
    said = Told(sheet.name)
    told.append(said)
    _tell(said, whole, version := asked.version or _version(whole, path))
    if plan.left:
        said.once(f"columns left out: {rows.listed(plan.left)}")
    return Part(sheet.name, Builder(plan, _prefix(whole, sheet), version, said).records(sheet.rows))


def _tell(said: Told, whole: Mapping, version: str | None) -> None:
    """Tell of which data set it is."""
    if whole.dataset:
        said.once(f"read as {whole.dataset.title}" + (f", version {version}" if version else ""))
    if whole.dataset and whole.dataset.versions and not version:
        said.once("its name does not say the version of the data set; --dataset-version does")
    if whole.dataset and whole.dataset.terms:
        said.once(whole.dataset.terms)


def _version(whole: Mapping, path: Path) -> str | None:
    """The version of a data set in the name of its file."""
    for pattern in whole.dataset.versions if whole.dataset else ():
        found = re.search(pattern, path.name, re.IGNORECASE)
        if found is not None:
            return ".".join(group.replace("_", ".") for group in found.groups() if group)
    return None
