"""How several rows become one: those that have the same values in some columns.

This is for tables whose rows are not events: statistics with one number in each row, and lists with one person in each
row. The new row has the columns in `Grouping.by`, one column for each of `Grouping.numbers`, and a column `KEY`, from
which its id can be made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping as Dict

    Conditions = Dict[str, tuple[str, ...]]

KEY = "group"
"""The name of the column with the values in `Grouping.by`, joined by dashes."""


class Number(NamedTuple):
    """A column that is made for a group of rows.

    Attributes:
        where: the texts that a row must have in each of these columns.
        of: the column with the number, in the row that has these texts; empty if such rows are counted instead.
    """

    where: Conditions
    of: str = ""


class Grouping(NamedTuple):
    """How rows become one.

    Attributes:
        by: the columns whose values they share.
        numbers: the columns that are made, by their name.
        only: the texts that a row must have in each of these columns; other rows are left out.
        needs: the number that a group must have, or it is left out; empty if none is needed.
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
        """Return the JSON object that says the same in a mapping file."""
        numbers = {
            name: ({"of": one.of} if one.of else {}) | ({"where": dict(one.where)} if one.where else {})
            for name, one in self.numbers.items()
        }
        value = {"by": self.by, "numbers": numbers, "only": dict(self.only), "needs": self.needs}
        return {key: one for key, one in value.items() if one}
