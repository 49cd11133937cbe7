"""A mapping: what each column of a table means, as data. It is written by hand, on the command line, or proposed.

As a file it is one object of JSON, which can be shared::

    {"columns": {"Date of raid": {"field": "date", "formats": ["%d/%m/%Y"]},
                 "Rescued": "figure.rescues",
                 "Type": {"field": "kind", "values": {"R": "raid", "X": null}, "otherwise": "report"},
                 "Internal no": null},
     "defaults": {"title": "Raid in {Town}", "source.outlet": "Example Daily"},
     "prefix": "raids"}
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.errors import DataError, WrongUsageError
from scamcli.exchange.importers.mapped import cells, fields

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping as AMapping
    from pathlib import Path

    from scamcli.exchange.importers.mapped.fields import Field

MISSING = ("NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "None", "-", "–", "—")
"""What stands in a cell, by default, where nothing is said. ``NA`` is Namibia in a column of countries."""

LARGEST = 4 * 1024 * 1024
"""Bytes of a file that holds a mapping."""


class Use(NamedTuple):
    """One use of a column.

    Attributes:
        field: what it means.
        values: what its codes mean; ``None`` there is nothing.
        otherwise: what a cell means that is none of the codes; ``None`` is nothing.
        keep: whether such a cell means what it says, instead.
        formats: of a date, as in ``strptime``.
        missing: cells that mean nothing, beside those of the whole mapping.
    """

    field: Field
    values: AMapping[str, str | None] = {}
    otherwise: str | None = None
    keep: bool = True
    formats: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class DataSet(NamedTuple):
    """The published data set of which a table is a copy: a source of every row.

    Attributes:
        outlet: who publishes it, and whose word its numbers are.
        title: its name.
        url: where it is.
        versions: how its version is written in the name of a file: regular expressions, of which the groups count.
        terms: what whoever imports it must know.
    """

    outlet: str
    title: str
    url: str | None = None
    versions: tuple[str, ...] = ()
    terms: str | None = None


class Mapping(NamedTuple):
    """What the columns of a table mean.

    Attributes:
        columns: each with its uses; none of a column that is left out on purpose.
        defaults: what a field is where a row says nothing; with names of columns in braces. Of several texts the first
            is taken whose columns all say something.
        missing: cells that mean nothing.
        prefix: what the ids of events begin with, before the row's own; ``None`` is the name of the file.
        header_row: the number of the row that names the columns; ``None`` is the first that is not empty.
        needed: the columns without which it is another table; ``None`` is all.
        lenient: whether what cannot be read goes into the note, and is told, where it is not the date or the id.
        dataset: where the table is from.
        name: its own, of one that is shipped.
    """

    columns: AMapping[str, tuple[Use, ...]]
    defaults: AMapping[Field, tuple[str, ...]] = {}
    missing: tuple[str, ...] = MISSING
    prefix: str | None = None
    header_row: int | None = None
    needed: tuple[str, ...] | None = None
    lenient: bool = False
    dataset: DataSet | None = None
    name: str = ""


def with_pairs(mapping: Mapping, pairs: Iterable[str], constants: Iterable[str]) -> Mapping:
    """A mapping with what was said on the command line.

    Args:
        mapping: to go by where nothing was said.
        pairs: ``COLUMN=FIELD``, or ``COLUMN=FIELD:FORMAT`` of a date; several formats are separated by ``|``.
        constants: ``FIELD=VALUE``; of one field several, to be tried in their order.

    Raises:
        WrongUsageError: one of them is something else.
    """
    columns: dict[str, tuple[Use, ...]] = {}
    for pair in pairs:
        column, separator, word = pair.rpartition("=")
        if not separator or not column.strip():
            raise WrongUsageError(f"--map takes COLUMN=FIELD, not {pair[:80]!r}", "such as --map 'Date of raid=date'")
        name = " ".join(column.split())
        columns[name] = _with(name, columns.get(name), (_use(word.strip()),) if word.strip() else ())
    defaults: dict[Field, tuple[str, ...]] = {}
    for constant in constants:
        word, separator, value = constant.partition("=")
        if not separator or not value.strip():
            raise WrongUsageError(f"--set takes FIELD=VALUE, not {constant[:80]!r}", "such as --set kind=raid")
        field = fields.parse(word.strip())
        defaults[field] = _either_of(field, defaults.get(field, ()), value)
    return mapping._replace(columns={**mapping.columns, **columns}, defaults={**mapping.defaults, **defaults})


def _with(name: str, uses: tuple[Use, ...] | None, more: tuple[Use, ...]) -> tuple[Use, ...]:
    """The uses of a column of which --map says one more; that it is left out can stand only alone."""
    if uses is None or uses == more:
        return more
    if not (uses and more):
        raise WrongUsageError(f"--map says that {name[:80]!r} is {(uses or more)[0].field}, and that it is left out")
    [use] = more
    for one in uses:
        if one.field == use.field and one != use:
            formats = [f"{name}={each.field}:{'|'.join(each.formats)}".rstrip(":") for each in (one, use)]
            hint = f"several forms of a date stand in one, with | between them: --map '{name}={use.field}:%d/%m/%Y|%Y'"
            raise WrongUsageError(f"--map says {formats[0][:80]!r}, and {formats[1][:80]!r}", hint)
    return uses if use in uses else (*uses, use)


def _either_of(field: Field, said: tuple[str, ...], value: str) -> tuple[str, ...]:
    """What --set says of a field, with one value more; but for the title it says one."""
    if value in said:
        return said
    if said and str(field) != "title":
        one, other = (f"{field}={each}"[:80] for each in (said[0], value))
        hint = f"a list stands in one: --set '{field}={said[0]}; {value}'" if field.is_list else "leave one of them out"
        raise WrongUsageError(f"--set says {one!r}, and {other!r}", hint)
    return (*said, value)


def _use(word: str) -> Use:
    name, _, formats = word.partition(":")
    field = fields.parse(name)
    if formats and not field.is_date:
        raise WrongUsageError(f"{word[:80]!r}: only a date has a format")
    return Use(field, formats=_formats(filter(None, formats.split("|"))))


def _formats(said: Iterable[str]) -> tuple[str, ...]:
    found = tuple(said)
    for form in found:
        cells.see_format(form)
    return found


def load(path: Path) -> Mapping:
    """The mapping of a file.

    Raises:
        DataError: it is not there, or holds something else.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as error:
        raise DataError(f"the mapping {path} cannot be read: {error.strerror}") from None
    try:
        if len(content) > LARGEST:
            raise ValueError("more than 4 MiB")
        value = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DataError(f"the mapping {path} is no JSON: {str(error)[:120]}") from None
    try:
        return parse(value)
    except (WrongUsageError, DataError) as error:
        raise DataError(f"the mapping {path}: {error.message}", error.hint) from None


_KEYS = {
    "columns": dict, "defaults": dict, "missing": list, "prefix": str, "header_row": int, "needed": list,
    "lenient": bool, "dataset": dict,
}  # fmt: skip
_USE_KEYS = {"field": str, "values": dict, "otherwise": (str, type(None)), "formats": list, "missing": list}
_SET_KEYS = {"outlet": str, "title": str, "url": (str, type(None)), "versions": list, "terms": (str, type(None))}


def parse(value: Any) -> Mapping:
    """The mapping that an object of JSON says.

    Raises:
        DataError: it is no object, or has a key or value that no mapping has.
        WrongUsageError: a field in it does not exist.
    """
    _see(value, _KEYS, "the mapping", needed=("columns",))
    if value.get("header_row", 1) < 1:
        raise DataError("the mapping: `header_row` counts from 1")
    dataset, defaults = value.get("dataset"), value.get("defaults", {})
    if dataset is not None:
        _see(dataset, _SET_KEYS, "`dataset`", needed=("outlet", "title"))
        dataset = DataSet(**(dataset | {"versions": _texts(dataset.get("versions", []), "`versions`")}))
    return Mapping(
        columns={" ".join(name.split()): _uses(name, said) for name, said in value["columns"].items()},
        defaults={fields.parse(word): _either(said, f"`defaults`: {word}") for word, said in defaults.items()},
        missing=_texts(value.get("missing", MISSING), "`missing`"),
        prefix=value.get("prefix"),
        header_row=value.get("header_row"),
        needed=_texts(value["needed"], "`needed`") if "needed" in value else None,
        lenient=value.get("lenient", False),
        dataset=dataset,
    )


def _see(value: Any, keys: AMapping[str, Any], where: str, needed: tuple[str, ...] = ()) -> None:
    if not isinstance(value, dict):
        raise DataError(f"{where} is no object")
    for key, one in value.items():
        if key not in keys:
            raise DataError(f"{where} has an unknown key `{key[:80]}`; expected {', '.join(keys)}")
        if not isinstance(one, keys[key]):
            raise DataError(f"{where}: `{key}` is {json.dumps(one)[:80]}, which it cannot be")
    for key in needed:
        if key not in value:
            raise DataError(f"{where} has no `{key}`")


def _uses(column: str, said: Any) -> tuple[Use, ...]:
    listed = [] if said is None else said if isinstance(said, list) else [said]
    found = list[Use]()
    for one in listed:
        if isinstance(one, str):
            found.append(_use(one))
            continue
        _see(one, _USE_KEYS, f"column {column!r}", needed=("field",))
        values = one.get("values", {})
        if not all(isinstance(word, str | None) for word in values.values()):
            raise DataError(f"column {column!r}: `values` gives each code a word, or null")
        formats, missing = (_texts(one.get(key, []), f"column {column!r}") for key in ("formats", "missing"))
        keep = "otherwise" not in one
        found.append(Use(fields.parse(one["field"]), values, one.get("otherwise"), keep, _formats(formats), missing))
    return tuple(found)


def _texts(value: Any, where: str) -> tuple[str, ...]:
    if not all(isinstance(one, str) for one in value):
        raise DataError(f"{where} lists something that is no text")
    return tuple(value)


def _either(value: Any, where: str) -> tuple[str, ...]:
    return _texts(value if isinstance(value, list) else [value], where)


def dump(mapping: Mapping) -> str:
    """A mapping as the JSON of a file: what `load` reads as the same."""
    value: dict[str, Any] = {"columns": {name: _written(uses) for name, uses in mapping.columns.items()}}
    if mapping.defaults:
        value["defaults"] = {
            str(field): said[0] if len(said) == 1 else list(said) for field, said in mapping.defaults.items()
        }
    if mapping.missing != MISSING:
        value["missing"] = list(mapping.missing)
    if mapping.prefix is not None:
        value["prefix"] = mapping.prefix
    if mapping.header_row is not None:
        value["header_row"] = mapping.header_row
    if mapping.needed is not None:
        value["needed"] = list(mapping.needed)
    if mapping.lenient:
        value["lenient"] = True
    if mapping.dataset:
        value["dataset"] = {key: one for key, one in mapping.dataset._asdict().items() if one}
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _written(uses: tuple[Use, ...]) -> Any:
    found = [_one(use) for use in uses]
    return found[0] if len(found) == 1 else found or None


def _one(use: Use) -> Any:
    value: dict[str, Any] = {"field": str(use.field)}
    value |= {key: one for key, one in (("values", dict(use.values)), ("formats", list(use.formats))) if one}
    if not use.keep:
        value["otherwise"] = use.otherwise
    if use.missing:
        value["missing"] = list(use.missing)
    return value if len(value) > 1 else value["field"]
