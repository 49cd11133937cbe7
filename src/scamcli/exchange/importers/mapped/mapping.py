"""Mappings, which say what each column of a table means: written by hand, given as options, or suggested.

A *field* is a key of an event, or a part of its value: ``date``, ``place.lat``, ``actor.rescuer``,
``figure.deaths.low``. A second figure of the same metric has a label: ``figure.deaths[women].low``.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import WrongUsageError, quote
from scamcli.exchange.importers import LINK
from scamcli.exchange.importers.mapped import date_cells
from scamcli.exchange.importers.mapped.cells import strip_fraction
from scamcli.language import names
from scamcli.language.vocabulary import METRICS, ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Mapping as Dict

    from scamcli.exchange.importers.mapped.grouping import Grouping

TEXTS = ("id", "kind", "title", "summary", "status", "note", "updated", "metric")
"""Fields that an event has once, although several columns may be notes.

``updated`` is the time when the publisher of a data set last changed the row. ``metric`` says what the numbers in
``figure.*`` count, for tables with one number in each row.
"""

LISTS = ("provinces", "countries", "nationalities", "tags", "sites", "linked_sites")
"""Fields that an event can have several of, separated in a cell by ``;`` or by line breaks."""

PARTS = {
    "date": ("start", "end", "precision", "year", "month", "day", "end_year", "end_month", "end_day"),
    "place": ("name", "lat", "lon", "point", "precision", "country", "admin1", "province"),
    "figure": (
        "low", "best", "high", "period", "nationality", "country", "province", "group", "stated_by", "unit", "count",
        "part_of", "note",
    ),
    "source": ("outlet", "title", "author", "url", "published", "passage", "archived", "accessed", "via", "citation"),
}  # fmt: skip
"""Fields with parts. Without a part, a figure means its wording, a place its name, and a date the whole date."""

SEPARATORS = (",", ";", "|", "/", "&", "and")
"""What can separate the values in a cell, besides ``;`` and line breaks, which always do in a list."""

MISSING = (
    "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "None", "-", "–", "—", "--", "---", "?", "??", "???", "...", "…",
    "n.a.", "N.A.", "n/k", "N/K", "unknown", "Unknown", "UNKNOWN", "not known", "Not known", "Not available",
    "not available", "not stated", "Not stated", "not specified", "Not specified", "unspecified", "Unspecified",
    "se desconoce", "Se desconoce", "sin dato", "Sin dato", "sin datos", "Sin datos", "desconocido", "Desconocido",
    "inconnu", "Inconnu", "unbekannt", "Unbekannt", "não informado", "Não informado", "s/d", "S/D", "n/c", "N/C",
)  # fmt: skip
"""Cells that count as empty by default. In a column of countries, ``NA`` is Namibia."""

_FIGURE = re.compile(r"figure\.([^.\[\]]+)(?:\[([^\[\]]+)\])?(?:\.(\w+))?")


class Field(NamedTuple):
    """A field of an event.

    Attributes:
        key: the key in the event: ``date``, ``actor``, ``figure``.
        part: the part of the value, or the role of an actor; empty for the whole value.
        metric: the metric of a figure.
        label: distinguishes figures of the same metric, and becomes the figure's id.
    """

    key: str
    part: str = ""
    metric: str = ""
    label: str = ""

    def __str__(self) -> str:
        """Return the field in the form used in mappings."""
        if self.key != "figure":
            return f"{self.key}.{self.part}" if self.part else self.key
        label = f"[{self.label}]" if self.label else ""
        return f"figure.{self.metric}{label}" + (f".{self.part}" if self.part else "")

    @property
    def is_list(self) -> bool:
        """Return whether several columns can be this field and a cell can have several values."""
        return self.key in {*LISTS, "actor"}

    @property
    def is_divisible(self) -> bool:
        """Return whether a cell of this field can have several values, with separators that are given."""
        return self.is_list or self.part in {"nationality", "outlet"} or (self.key, self.part) == ("figure", "province")

    @property
    def may_repeat(self) -> bool:
        """Return whether several columns can be this field."""
        return self.is_list or self.is_joined or (self.key, self.part) == ("source", "url")

    @property
    def is_joined(self) -> bool:
        """Return whether several columns can be this field and their texts are joined."""
        return self.key == "note" or self.part in {"note", "citation"}

    @property
    def is_date(self) -> bool:
        """Return whether the values of the field are dates."""
        parts = {"published", "accessed", "period"}
        return str(self) in {"date", "date.start", "date.end", "updated"} or self.part in parts


class Use(NamedTuple):
    """One use of a column.

    Attributes:
        field: what the column means.
        values: the meanings of codes; ``None`` means an empty cell.
        otherwise: the meaning of any other cell; ``None`` means an empty cell. Ignored if ``keep`` is set.
        keep: whether any other cell keeps its text.
        formats: the ``strptime`` formats of a date.
        missing: cell values that count as empty, in addition to those in the mapping.
        separators: what separates the values in a cell, besides ``;`` and line breaks; see `SEPARATORS`.
        html: whether the cells are HTML; their text and the addresses of links are kept.
        patterns: like ``values``, for codes with wildcards (``failed*``), in any case. ``values`` take precedence.
        notices: what to report about rows whose column has one of these meanings, by the meaning.
        unless: cells of other columns; in rows with one of them, this column counts as empty.
    """

    field: Field
    values: Dict[str, str | None] = {}
    otherwise: str | None = None
    keep: bool = True
    formats: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    separators: tuple[str, ...] = ()
    html: bool = False
    patterns: Dict[str, str | None] = {}
    notices: Dict[str, str] = {}
    unless: Dict[str, tuple[str, ...]] = {}

    def meaning(self, text: str) -> str | None:
        """Return what a cell means: the meaning of a code, any other text itself, or ``None`` if it counts as empty."""
        code = text if text in self.values else strip_fraction(text)
        if code in self.values:
            return self.values[code]
        for pattern, meaning in self.patterns.items():
            if fnmatchcase(text.casefold(), pattern.casefold()):
                return meaning
        return text if self.keep else self.otherwise


class DataSet(NamedTuple):
    """The published data set that a table is a copy of. It becomes a source of every event.

    Attributes:
        versions: regular expressions that find the version in the name of a file, in a group.
        terms: the terms of use, for people who import it.
    """

    outlet: str
    title: str
    url: str | None = None
    versions: tuple[str, ...] = ()
    terms: str | None = None


class Mapping(NamedTuple):
    """The meanings of the columns of a table.

    Attributes:
        columns: the uses of each column. A column that is left out on purpose has none.
        defaults: values of fields for which a row has none. They can contain names of columns in braces. Of several
            texts, the first one is used whose columns all have values.
        missing: cells that count as empty.
        separators: what separates the values of lists in columns that do not say it themselves.
        prefix: the start of every event id, before the row's own id. ``None`` means the name of the file.
        header_row: the number of the row with the names of the columns. ``None`` means the first row that is not empty.
        header_rows: 2 if the next row has further names, for the parts of a group of columns; 0 if no row has names.
        needed: the columns that a table must have. ``None`` means all columns.
        lenient: whether values that cannot be read go into the note, except for dates and ids.
        id_from: the columns that give rows without an id one, or ``row`` for the number of the row.
        dataset: the data set that the table is from.
        disjoint: whether each row is a different incident, so that their numbers can be added.
        skip: columns with cells, which can have wildcards, whose rows are not events.
        skip_undated: whether rows without a date are not events, instead of being refused.
        propose: whether columns that the mapping does not mention get the fields that would be proposed for them.
        name: the name of a mapping that comes with scamcli.
        group: how several rows become one. The mapping is then about the columns of that row.
    """

    columns: Dict[str, tuple[Use, ...]]
    defaults: Dict[Field, tuple[str, ...]] = {}
    missing: tuple[str, ...] = MISSING
    separators: tuple[str, ...] = ()
    prefix: str | None = None
    header_row: int | None = None
    header_rows: int = 1
    needed: tuple[str, ...] | None = None
    lenient: bool = False
    id_from: tuple[str, ...] = ()
    dataset: DataSet | None = None
    disjoint: bool = False
    skip: Dict[str, tuple[str, ...]] = {}
    skip_undated: bool = False
    propose: bool = False
    name: str = ""
    group: Grouping | None = None

    @property
    def needed_columns(self) -> tuple[str, ...]:
        """Return the columns that a table must have. Those with link addresses are optional."""
        if self.needed is not None:
            return self.needed
        columns = self.columns if self.group is None else self.group.sources
        return tuple(name for name in columns if not name.endswith(LINK))


class Columns:
    """The positions of columns by name. Case and underscores are ignored if only one column then matches."""

    def __init__(self, header: Sequence[str]) -> None:
        self._exact = {name: at for at, name in enumerate(header)}
        self._folded: dict[str, int | None] = {}
        for at, name in enumerate(header):
            folded = _folded(name)
            self._folded[folded] = None if folded in self._folded else at

    def find(self, name: str) -> int | None:
        """Return the position of a column, or ``None`` if there is none with this name."""
        at = self._exact.get(name)
        return self._folded.get(_folded(name)) if at is None else at

    def find_all(self, name: str) -> list[int]:
        """Return the position of a column, or of each column that matches a name with wildcards."""
        at = self.find(name)
        if at is not None or "*" not in name:
            return [] if at is None else [at]
        return [at for folded, at in self._folded.items() if at is not None and fnmatchcase(folded, _folded(name))]


def is_mentioned(column: str, mapping: Mapping) -> bool:
    """Return whether a mapping says what a column means, by its name or by one with wildcards."""
    columns = Columns((column,))
    return any(map(columns.find_all, mapping.columns))


def _folded(name: str) -> str:
    return name.casefold().replace("_", " ")


def has_columns(header: Sequence[str], needed: Sequence[str]) -> bool:
    """Return whether a table has these columns."""
    columns = Columns(header)
    return all(map(columns.find_all, needed))


_FIELDS = {
    **{key: Field(key) for key in (*TEXTS, *LISTS, "date")},
    "place": Field("place", "name"),
    "actor": Field("actor", "mentioned"),
    **{f"{key}.{part}": Field(key, part) for key in ("date", "place", "source") for part in PARTS[key]},
    **{f"actor.{role}": Field("actor", role) for role in ROLES},
}
"""All fields except figures, as texts."""


def all_fields() -> list[str]:
    """Return all fields as texts, with the built-in metrics."""
    return [*_FIELDS, *(f"figure.{metric}" for metric in METRICS)]


def parse_field(text: str) -> Field:
    """Parse the text of a field.

    Raises:
        WrongUsageError: the field does not exist. The hint names similar ones.
    """
    figure = _FIGURE.fullmatch(text)
    if figure is None:
        if text not in _FIELDS:
            raise _unknown_field(text, all_fields())
        return _FIELDS[text]
    metric, label, part = figure.groups("")
    if part and part not in PARTS["figure"]:
        raise _unknown_field(text, [f"figure.{metric}.{one}" for one in PARTS["figure"]])
    if not re.fullmatch(r"(\w[\w.\-]*)?", label):
        raise WrongUsageError(f"The label of a figure must be one word, such as women, not {quote(label[:80])}.")
    return Field("figure", part, metric, label)


def _unknown_field(text: str, fields: list[str]) -> WrongUsageError:
    similar = names.suggest(text.replace(".", " "), fields)
    similar = similar or [field for field in fields if field.startswith(text.partition(".")[0])][:5]
    hint = names.did_you_mean(similar, "`docs/import-tables.md` lists the fields.")
    return WrongUsageError(f"No field {quote(text[:80])}.", hint)


def parse_use(text: str) -> Use:
    """Parse ``FIELD``, ``FIELD:FORMAT`` for a date, or ``FIELD:SEPARATORS`` for a list.

    Several formats are separated by ``|``, several separators by spaces.
    """
    name, _, rest = text.partition(":")
    field = parse_field(name)
    if rest and field.is_divisible:
        return Use(field, separators=checked_separators(rest.split()))
    if rest and not field.is_date:
        raise WrongUsageError(f"Only a date has a format, not {quote(name[:80])}.")
    return Use(field, formats=tuple(map(date_cells.checked_format, filter(None, rest.split("|")))))


def checked_separators(given: Iterable[str]) -> tuple[str, ...]:
    """Return separators after checking that they are in `SEPARATORS`."""
    separators = tuple(given)
    if wrong := [one for one in separators if one not in SEPARATORS]:
        hint = "For example: --map 'Nationality=nationalities:, /'."
        raise WrongUsageError(
            f"Values are separated by any of {' '.join(SEPARATORS)}, not {quote(wrong[0][:80])}.", hint
        )
    return separators


def write_use(use: Use) -> str:
    """Return a use in the form that `parse_use` reads, without the meanings of codes."""
    rest = "|".join(use.formats) or " ".join(use.separators)
    return f"{use.field}:{rest}" if rest else str(use.field)


def with_options(mapping: Mapping, pairs: Iterable[str], constants: Iterable[str]) -> Mapping:
    """Return a mapping changed by the options ``--map`` and ``--set``.

    Args:
        pairs: ``COLUMN=FIELD``, or ``COLUMN=FIELD:FORMAT`` for a date; see `parse_use`.
        constants: ``FIELD=VALUE``. Several values for one field are tried in order.

    Raises:
        WrongUsageError: one of them cannot be read, or two contradict each other.
    """
    columns: dict[str, tuple[Use, ...]] = {}
    for pair in pairs:
        column, separator, text = pair.rpartition("=")
        if not separator or not column.strip():
            hint = "For example: --map 'Date of raid=date'."
            raise WrongUsageError(f"--map takes COLUMN=FIELD, not {quote(pair[:80])}.", hint)
        name = " ".join(column.split())
        columns[name] = _add_use(name, columns.get(name), (parse_use(text.strip()),) if text.strip() else ())
    defaults: dict[Field, tuple[str, ...]] = {}
    for constant in constants:
        text, separator, value = constant.partition("=")
        if not separator or not value.strip():
            raise WrongUsageError(
                f"--set takes FIELD=VALUE, not {quote(constant[:80])}.", "For example: --set kind=raid."
            )
        field = parse_field(text.strip())
        defaults[field] = _add_default(field, defaults.get(field, ()), value)
    return mapping._replace(columns={**mapping.columns, **columns}, defaults={**mapping.defaults, **defaults})


def _add_use(column: str, uses: tuple[Use, ...] | None, more: tuple[Use, ...]) -> tuple[Use, ...]:
    """Add one more ``--map`` for a column. An empty use leaves the column out, and excludes other uses."""
    if uses is None or uses == more:
        return more
    if not (uses and more):
        raise WrongUsageError(f"--map uses {quote(column[:80])} as {(uses or more)[0].field}, and also leaves it out.")
    [use] = more
    for other in uses:
        if other.field == use.field and other != use:
            first, second = (f"{column}={one.field}:{'|'.join(one.formats)}".rstrip(":") for one in (other, use))
            hint = f"Give several formats in one option, separated by |: --map '{column}={use.field}:%d/%m/%Y|%Y'."
            raise WrongUsageError(f"--map has both {quote(first[:80])} and {quote(second[:80])}.", hint)
    return uses if use in uses else (*uses, use)


def _add_default(field: Field, values: tuple[str, ...], value: str) -> tuple[str, ...]:
    """Add one more ``--set`` for a field. Only titles can have alternatives."""
    if value in values:
        return values
    if values and str(field) != "title":
        first, second = (f"{field}={one}"[:80] for one in (values[0], value))
        hint = (
            f"Give a list in one option: --set '{field}={values[0]}; {value}'." if field.is_list else "Leave one out."
        )
        raise WrongUsageError(f"--set has both {quote(first)} and {quote(second)}.", hint)
    return (*values, value)
