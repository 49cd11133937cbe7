"""Mappings as JSON files, which can be shared, and those that come with scamcli::

{"columns": {"Date of raid": {"field": "date", "formats": ["%d/%m/%Y"]},
             "Rescued": "figure.rescues",
             "Type": {"field": "kind", "values": {"R": "raid", "X": null}, "otherwise": "report"},
             "Internal no": null},
 "defaults": {"title": "Raid in {Town}", "source.outlet": "Example Daily"},
 "prefix": "raids"}
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scamcli.errors import DataError, WrongUsageError, quote
from scamcli.exchange.importers.mapped.date_cells import checked_format
from scamcli.exchange.importers.mapped.mapping import (
    MISSING,
    DataSet,
    Mapping,
    Use,
    checked_separators,
    parse_field,
    parse_use,
)
from scamcli.records import limits

if TYPE_CHECKING:
    from scamcli.exchange.importers.mapped.grouping import Grouping

FOLDER = Path(__file__).with_name("mappings")
"""The folder with the mappings that come with scamcli, for data sets whose columns are known: ``NAME.json``."""

SHIPPED = tuple(sorted(path.stem for path in FOLDER.glob("*.json")))
"""The names of these mappings."""


@cache
def shipped(name: str) -> Mapping:
    """Return one of the mappings in ``SHIPPED``."""
    return parse(json.loads((FOLDER / f"{name}.json").read_bytes()))._replace(name=name)


def load(path: Path) -> Mapping:
    """Read the mapping in a file.

    Raises:
        DataError: the file does not exist, or is not a mapping.
    """
    limits.require_no_device(path)
    try:
        with path.open("rb") as stream:
            content = stream.read(limits.value("mapping") + 1)
    except OSError as error:
        raise DataError(f"The mapping {path} cannot be read: {error.strerror}.") from None
    limits.require("mapping", len(content), f"The mapping {path}")
    try:
        value = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DataError(f"The mapping {path} is not JSON: {str(error)[:120]}.") from None
    try:
        return parse(value)
    except (WrongUsageError, DataError) as error:
        raise DataError(f"In the mapping {path}: {error.message}", error.hint) from None


_Types = dict[str, type | tuple[type, ...]]

_TEXT_OR_NULL = (str, type(None))
_KEYS: _Types = {
    "columns": dict, "defaults": dict, "missing": list, "prefix": str, "header_row": int, "header_rows": int,
    "needed": list, "id_from": list, "lenient": bool, "disjoint": bool, "dataset": dict, "skip": dict,
    "skip_undated": bool, "propose": bool, "separators": list, "group": dict,
}  # fmt: skip
_USE_KEYS: _Types = {
    "field": str,
    "values": dict,
    "otherwise": _TEXT_OR_NULL,
    "formats": list,
    "missing": list,
    "separators": list,
    "html": bool,
    "patterns": dict,
    "notices": dict,
    "unless": dict,
}
_GROUP_KEYS: _Types = {"by": list, "numbers": dict, "only": dict, "needs": str}
_NUMBER_KEYS: _Types = {"of": str, "where": dict}
_DATASET_KEYS: _Types = {"outlet": str, "title": str, "url": _TEXT_OR_NULL, "versions": list, "terms": _TEXT_OR_NULL}


def parse(value: object) -> Mapping:
    """Parse the JSON object of a mapping. Mistakes raise a DataError, or a WrongUsageError for a wrong field."""
    given = _checked(value, _KEYS, "The mapping", needed=("columns",))
    if given.get("header_row", 1) < 1:
        raise DataError("`header_row` counts from 1.")
    if given.get("header_rows", 1) not in {0, 1, 2}:
        raise DataError("`header_rows` is 0, 1 or 2.")
    dataset = None
    if "dataset" in given:
        about = _checked(given["dataset"], _DATASET_KEYS, "`dataset`", needed=("outlet", "title"))
        dataset = DataSet(**(about | {"versions": _patterns(about.get("versions", []))}))
    keys: dict[str, Any] = {
        key: _texts(given[key], f"`{key}`") for key in ("missing", "needed", "id_from") if key in given
    }
    columns = {" ".join(name.split()): _uses(name, uses) for name, uses in given["columns"].items()}
    defaults = {
        parse_field(word): _texts(_listed(one), f"`defaults`: {word}")
        for word, one in given.get("defaults", {}).items()
    }
    keys["separators"] = checked_separators(_texts(given.get("separators", []), "`separators`"))
    keys["skip"] = _text_lists(given.get("skip", {}), "`skip`")
    keys["group"] = _grouping(given["group"]) if "group" in given else None
    return Mapping(**given | keys | {"columns": columns, "defaults": defaults, "dataset": dataset})


def _grouping(value: object) -> Grouping:
    from scamcli.exchange.importers.mapped.grouping import KEY, Grouping, Number  # here, because few mappings have one

    given = _checked(value, _GROUP_KEYS, "`group`", needed=("by", "numbers"))
    by, needs, numbers = _texts(given["by"], "`group`: `by`"), given.get("needs", ""), {}
    for name, one in given["numbers"].items():
        where = f"`group`: {quote(name)}"
        number = _checked(one, _NUMBER_KEYS, where)
        numbers[name] = Number(_conditions(number.get("where", {}), where), number.get("of", ""))
    if not by or not numbers:
        raise DataError("`group` needs the columns that rows have in common in `by`, and what is counted in `numbers`.")
    if needs and needs not in numbers:
        raise DataError("`group`: `needs` is not one of the `numbers`.")
    if repeated := {*by} & {*numbers, KEY} or {*numbers} & {KEY}:
        raise DataError(f"`group`: {quote(min(repeated))} would be the name of two columns.")
    return Grouping(by, numbers, _conditions(given.get("only", {}), "`group`: `only`"), needs)


def _conditions(value: dict[str, object], where: str) -> dict[str, tuple[str, ...]]:
    for name, texts in value.items():
        if not isinstance(texts, list):
            raise DataError(f"{where}: {quote(name)} is not a list of texts.")
    return _text_lists(value, where)


def _checked(value: object, keys: _Types, where: str, needed: tuple[str, ...] = ()) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise DataError(f"{where} is not an object.")
    for key, one in value.items():
        if key not in keys:
            raise DataError(f"{where} has an unknown key `{key[:80]}`; expected {', '.join(keys)}.")
        if not isinstance(one, keys[key]):
            raise DataError(f"{where}: `{key}` cannot be {json.dumps(one)[:80]}.")
    for key in needed:
        if key not in value:
            raise DataError(f"{where} has no `{key}`.")
    return value


def _uses(column: str, given: object) -> tuple[Use, ...]:
    uses = [] if given is None else _listed(given)
    return tuple(parse_use(use) if isinstance(use, str) else _use(column, use) for use in uses)


def _use(column: str, given: object) -> Use:
    use = _checked(given, _USE_KEYS, f"Column {quote(column)}", needed=("field",))
    where = f"Column {quote(column)}"
    values, patterns, notices = (use.get(key, {}) for key in ("values", "patterns", "notices"))
    for key, meanings in (("values", values), ("patterns", patterns)):
        if not all(isinstance(word, str | None) for word in meanings.values()):
            raise DataError(f"{where}: `{key}` gives each code a text, or null.")
    _texts(list(notices.values()), f"{where}: `notices`")
    lists = ("formats", "missing", "separators")
    formats, missing, separators = (_texts(use.get(key, []), where) for key in lists)
    formats, keep = tuple(map(checked_format, formats)), "otherwise" not in use
    separators = checked_separators(separators)
    return Use(
        parse_field(use["field"]), values, use.get("otherwise"), keep, formats, missing, separators,
        html=use.get("html", False), patterns=patterns, notices=notices,
        unless=_text_lists(use.get("unless", {}), f"{where}: `unless`"),
    )  # fmt: skip


def _text_lists(value: dict[str, object], where: str) -> dict[str, tuple[str, ...]]:
    """Return the texts that are listed for each column."""
    return {" ".join(name.split()): _texts(_listed(texts), f"{where}: {name}") for name, texts in value.items()}


def _texts(value: Any, where: str) -> tuple[str, ...]:
    if not all(isinstance(one, str) for one in value):
        raise DataError(f"{where} lists something that is not a text.")
    return tuple(value)


def _patterns(value: list[object]) -> tuple[str, ...]:
    patterns = _texts(value, "`versions`")
    for pattern in patterns:
        try:
            re.compile(pattern)
        except (re.error, OverflowError, RecursionError) as error:
            raise DataError(f"`versions`: {quote(pattern[:80])} is not a regular expression: {error}.") from None
    return patterns


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def require_mapping(path: Path) -> None:
    """Require that a file, if it exists, is a mapping, because a mapping must not overwrite anything else.

    Raises:
        WrongUsageError: the file is something else, such as the table itself or a database.
    """
    if path.is_file():
        try:
            load(path)
        except DataError:
            message = f"{path} exists, and is not a mapping."
            raise WrongUsageError(message, "Give another file to --save-mapping.") from None


def dump(mapping: Mapping) -> str:
    """Return a mapping as JSON that `load` reads back as the same mapping."""
    columns = {name: _single(list(map(_dump_use, uses))) or None for name, uses in mapping.columns.items()}
    defaults = {str(field): _single(list(texts)) for field, texts in mapping.defaults.items()}
    optional: dict[str, object] = {
        "defaults": defaults or None,
        "missing": None if mapping.missing == MISSING else mapping.missing,
        "separators": mapping.separators or None,
        "prefix": mapping.prefix,
        "header_row": mapping.header_row,
        "header_rows": None if mapping.header_rows == 1 else mapping.header_rows,
        "needed": mapping.needed,
        "id_from": mapping.id_from or None,
        "skip": {name: list(values) for name, values in mapping.skip.items()} or None,
        "lenient": mapping.lenient or None,
        "disjoint": mapping.disjoint or None,
        "skip_undated": mapping.skip_undated or None,
        "propose": mapping.propose or None,
        "group": mapping.group.as_json() if mapping.group else None,
        "dataset": {key: one for key, one in mapping.dataset._asdict().items() if one} if mapping.dataset else None,
    }
    value = {"columns": columns} | {key: one for key, one in optional.items() if one is not None}
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _single(values: list[object]) -> object:
    return values[0] if len(values) == 1 else values


def _dump_use(use: Use) -> object:
    optional = {
        "values": dict(use.values), "formats": use.formats, "otherwise": use.otherwise, "missing": use.missing,
        "separators": use.separators, "html": use.html, "patterns": dict(use.patterns), "notices": dict(use.notices),
        "unless": dict(use.unless),
    }  # fmt: skip
    value = {key: one for key, one in optional.items() if one or (key == "otherwise" and not use.keep)}
    return {"field": str(use.field)} | value if value else str(use.field)
