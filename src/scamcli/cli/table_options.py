"""What ``scamcli import`` is told about a table: its options, and the inputs that come of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.cli.options import Group, option
from scamcli.cli.output import say
from scamcli.cli.progress import Progress
from scamcli.errors import DataError, WrongUsageError
from scamcli.exchange.exporters import Shape, atomic_output
from scamcli.store.bulk_import import Input

if TYPE_CHECKING:
    from contextlib import ExitStack
    from typing import TextIO


class Tables(NamedTuple):
    """What was said about the tables of an import.

    Attributes:
        pairs: ``COLUMN=FIELD``.
        constants: ``FIELD=VALUE``.
        mapping: a shipped mapping, or the file of one; empty where none was given.
        save: where to write the mapping that was used.
        sheet: of a workbook, the one to read.
        header_row: the number of the row that names the columns.
        version: of the data set.
    """

    pairs: tuple[str, ...]
    constants: tuple[str, ...]
    mapping: str
    save: Path | None
    sheet: str
    header_row: int | None
    version: str

    @property
    def is_mapped(self) -> bool:
        """Whether anything was said about columns: a file is read as a table then, whatever it is called."""
        return bool(self.pairs or self.constants or self.mapping or self.header_row)


def _tables(pairs: list[str], constants: list[str], **values: Any) -> Tables:
    return Tables(tuple(pairs), tuple(constants), **values)


TABLES = Group(
    (
        option("pairs", list[str], [], "--map", metavar="COLUMN=FIELD", help="What a column of a table means."),
        option("constants", list[str], [], "--set", metavar="FIELD=VALUE", help="What a field is in every row."),
        option("mapping", str, "", "--mapping", metavar="FILE|ged|acled", help="A mapping that was saved, or shipped."),
        option("save", Path | None, None, "--save-mapping", metavar="FILE", help="Keep the mapping, to use again."),
        option("sheet", str, "", "--sheet", metavar="NAME", help="One sheet of a workbook, instead of all that fit."),
        option(
            "header_row",
            int | None,
            None,
            "--header-row",
            metavar="N",
            min=1,
            help="Row N, or line N, names the columns: what is above it is left out.",
        ),
        option("version", str, "", "--dataset-version", metavar="VERSION", help="Of the data set that a table is."),
    ),
    _tables,
)


def inputs(path: Path, name: str, tables: Tables, stack: ExitStack) -> list[Input]:
    """The tables of a file, read by the mapping that was asked for.

    Args:
        path: the file.
        name: how the user calls it.
        tables: what was said about it.
        stack: closes what is opened.

    Raises:
        DataError: the file or the mapping cannot be read, or the one does not fit the other.
        WrongUsageError: nothing says what its columns mean; the error proposes it. Or the mapping would be written
            over something else.
    """
    from scamcli.exchange.importers.mapped import Asked, mapping, read

    asked = Asked(tables.mapping, tables.pairs, tables.constants, tables.sheet, tables.header_row, tables.version)
    found = read(path, asked, stack)
    if tables.save is not None:
        _see_that_a_mapping_is_there(tables.save)
        text = mapping.dump(found.mapping)
        atomic_output.write_path(Shape.TEXT, tables.save, lambda out: _write(out, text), private=False)
    with Progress("reading") as progress:
        made = [Input(part.name, events=list(progress.counted(part.rows))) for part in found.parts]
    say(*(line.replace(str(path), name, 1) for told in found.told for line in told.lines()))
    return made


def _see_that_a_mapping_is_there(place: Path) -> None:
    """See that a file that is there is a mapping: nothing else is written over.

    Raises:
        WrongUsageError: it is something else, such as the table itself or a database.
    """
    from scamcli.exchange.importers.mapped import mapping

    if place.is_file():
        try:
            mapping.load(place)
        except DataError:
            raise WrongUsageError(f"{place} is there, and is no mapping", "name another with --save-mapping") from None


def _write(out: object, text: str) -> None:
    stream: TextIO = out  # type: ignore[assignment]  # a text is asked for
    stream.write(text)
