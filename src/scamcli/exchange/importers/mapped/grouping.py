"""How one row is made of several: of those that have the same values in some columns.

This is for tables whose rows are not events: statistics with one number in each row, and lists with one person in each
row. The row that is made has the columns in `Grouping.by`, one column for each of `Grouping.numbers`, and a column
`KEY`, from which it can have an id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import DataError, quote

if TYPE_CHECKING:
    from collections.abc import Mapping as Dict

    Conditions = Dict[str, tuple[str, ...]]

KEY = "group"
"""The name of the column with the values in `Grouping.by`, joined by dashes."""


class Number(NamedTuple):
    """A column that is made for a group of rows.

    Attributes:
        where: the texts that a row must have in each of these columns.
        of: the column whose cell it is, in the row for which this holds; empty if it is the number of such rows.
    """

    where: Conditions
    of: str = ""


class Grouping(NamedTuple):
    """How rows become one.

    Attributes:
        by: the columns in which they have the same values.
        numbers: the columns that are made, by their name.
        only: the texts that a row must have in each of these columns; other rows are left out.
        needs: the number without which a group is left out; empty if none is needed.
    """

    by: tuple[str, ...]
    numbers: Dict[str, Number]
    only: Conditions
    needs: str

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the columns of the table that are read."""
        conditions = (self.only, *(number.where for number in self.numbers.values()))
        of = (number.of for number in self.numbers.values() if number.of)
        return tuple(dict.fromkeys([*self.by, *of, *(name for one in conditions for name in one)]))

    @property
    def header(self) -> tuple[str, ...]:
        """Return the names of the columns that are made."""
        return (*self.by, *self.numbers, KEY)

    def as_json(self) -> dict[str, object]:
        """Return the JSON object from which `parse` reads the same."""
        numbers = {
            name: ({"of": one.of} if one.of else {}) | ({"where": dict(one.where)} if one.where else {})
            for name, one in self.numbers.items()
        }
        value = {"by": self.by, "numbers": numbers, "only": dict(self.only), "needs": self.needs}
        return {key: one for key, one in value.items() if one}


def parse(value: object) -> Grouping:
    """Parse the JSON object of a grouping.

    Raises:
        DataError: it is not one.
    """
    given = _object(value, "`group`", {"by", "numbers", "only", "needs"})
    by, needs = _texts(given.get("by"), "`group`: `by`"), given.get("needs", "")
    numbers = {
        name: _number(one, f"`group`: {quote(name)}")
        for name, one in _object(given.get("numbers"), "`group`: `numbers`").items()
    }
    if not by or not numbers:
        raise DataError("`group` needs the columns that rows have in common in `by`, and what is counted in `numbers`.")
    if needs and needs not in numbers:
        raise DataError("`group`: `needs` is not one of the `numbers`.")
    if repeated := {*by} & {*numbers, KEY} or {*numbers} & {KEY}:
        raise DataError(f"`group`: {quote(min(repeated))} would be the name of two columns.")
    return Grouping(by, numbers, _parse_conditions(given.get("only", {}), "`group`: `only`"), str(needs))


def _number(value: object, where: str) -> Number:
    given = _object(value, where, {"of", "where"})
    of = given.get("of", "")
    if not isinstance(of, str):
        raise DataError(f"{where}: `of` is the name of a column.")
    return Number(_parse_conditions(given.get("where", {}), where), of)


def _parse_conditions(value: object, where: str) -> Conditions:
    return {name: _texts(texts, f"{where}: {quote(name)}") for name, texts in _object(value, where).items()}


def _object(value: object, where: str, keys: set[str] | None = None) -> dict[str, object]:
    if not isinstance(value, dict):
        raise DataError(f"{where} is not an object.")
    for key in value:
        if keys is not None and key not in keys:
            raise DataError(f"{where} has an unknown key `{key[:80]}`; expected {', '.join(sorted(keys))}.")
    return value


def _texts(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise DataError(f"{where} is not a list of texts.")
    return tuple(value)
