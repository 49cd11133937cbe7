"""Suppress small cells: withhold numbers of few people, and enough other numbers that nobody can work them out.

A cell has several numbers by key, such as a low and a high. With a threshold of N, the cell is *small* if one of them
lies between 1 and N - 1. Zeros are shown: they say that a source counts nobody. (Statistical offices that publish
tables of a whole population often protect zeros too, because a zero says something about everybody in a group; a
timeline does not count populations. The small numbers guidelines of the Washington State Department of Health withhold
"all non-zero counts" below ten.)

Further cells are withheld by the *hypercube method* (Repsilber 1994; Giessing and Repsilber 2002): for each small cell,
another cell is withheld whose numbers could give the small cell the amount that it lacks to reach N, without changing
any total. In a table by two splits, this takes a rectangle of cells. All published numbers, including the totals of
rows and columns, are therefore also true of a table in which the cell is not small. If there is no such cell or
rectangle, totals are withheld instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scamcli.language.wording.bounds import Number

Numbers = dict[str, "Number"]
Place = tuple[object, object]
"""The place of a cell in its table: its values of the two splits, or `TOTAL` in place of a value for a total."""

LEAST = 3
"""The lowest threshold allowed. With 2, a small cell would always be exactly 1."""


class _Total:
    """The type of `TOTAL`."""


TOTAL = _Total()

SMALLER_FIRST = (
    ("low", "best"), ("best", "high"), ("low", "high"), ("implied_low", "implied_high"), ("before_low", "before_high"),
    ("after_low", "after_high"),
)  # fmt: skip
"""Pairs of keys: in every cell, the number under the first is at most the number under the second."""


class Withheld(NamedTuple):
    """The places of the cells to withhold, and the totals that must not be published with the table.

    In ``totals``, ``(value, TOTAL)`` is the total of a value of the first split, ``(TOTAL, value)`` the total of a
    value of the second, and ``(TOTAL, TOTAL)`` the total of the table. Totals that a table by one of the splits
    withholds anyway are left out.
    """

    cells: frozenset[Place]
    totals: frozenset[Place]


def is_small(numbers: Iterable[Number | None], least: int) -> bool:
    """Say whether any of these numbers is above zero and below a threshold."""
    return any(number is not None and 0 < number < least for number in numbers)


def choose(cells: Mapping[Place, Numbers], least: int) -> Withheld:
    """Choose the cells of a table to withhold: small ones, and others from which these could be worked out.

    Args:
        cells: The numbers of each cell. A table by one split has the same second value everywhere.
        least: The threshold.
    """
    return _Table(cells, least).choose()


class _Table:
    """A table by one or two splits, and what is withheld from it so far."""

    def __init__(self, cells: Mapping[Place, Numbers], least: int) -> None:
        self._cells = cells
        self._least = least
        self._is_wide = len({second for _, second in cells}) > 1
        self._by_first: dict[object, list[Place]] = {}
        self._by_second: dict[object, list[Place]] = {}
        for place in cells:
            self._by_first.setdefault(place[0], []).append(place)
            self._by_second.setdefault(place[1], []).append(place)
        self._withheld: set[Place] = {place for place, numbers in cells.items() if is_small(numbers.values(), least)}
        self._hidden = set(self._hidden_totals())
        self._totals: set[Place] = set()

    def _sums(self, inside: Iterable[Place]) -> Numbers:
        """Return the sums of the numbers of some cells, by key."""
        found: Numbers = {}
        for place in inside:
            for key, number in self._cells[place].items():
                found[key] = found.get(key, 0) + number
        return found

    def _hidden_totals(self) -> Iterator[Place]:
        """Yield the totals that their own tables withhold, so that they may move together with the cells.

        Other cells in a line with a small total cannot shrink enough, so a cell there can only grow if the total grows
        too.
        """
        if is_small(self._sums(self._cells).values(), self._least):
            yield TOTAL, TOTAL
        for axis, lines in enumerate((self._by_first, self._by_second) if self._is_wide else ()):
            withheld = choose({(value, None): self._sums(inside) for value, inside in lines.items()}, self._least)
            for value, _ in withheld.cells:
                yield (value, TOTAL) if axis == 0 else (TOTAL, value)
            yield from withheld.totals & {(TOTAL, TOTAL)}

    def choose(self) -> Withheld:
        """Return the cells and totals to withhold."""
        # Cells of one size come in the order of the table. The order of a set differs from process to process, so two
        # prints of one table could withhold different cells, and together show everything.
        for place in sorted((place for place in self._cells if place in self._withheld), key=self._size):
            self._protect(place)
        # A table by two splits prints the total that a table by one of them withholds.
        printed = self._hidden & {(TOTAL, TOTAL)} if self._is_wide else set()
        return Withheld(frozenset(self._withheld), frozenset(self._totals | printed))

    def _protect(self, place: Place) -> None:
        """Withhold cells or totals so that a small cell could be as large as the threshold."""
        numbers = self._cells[place]
        step = self._least - min(number for number in numbers.values() if 0 < number < self._least)
        keys = [key for key, number in numbers.items() if number]
        corners = min(self._rectangles(place, step, keys), key=self._cost)
        self._withheld.update(corner for corner in corners if corner in self._cells)
        self._totals.update(corner for corner in corners if corner not in self._cells)
        self._totals -= self._hidden

    def _rectangles(self, place: Place, step: Number, keys: Sequence[str]) -> Iterator[tuple[Place, ...]]:
        """Yield sets of cells and totals that can offset the growth of a cell, so that nothing else changes."""
        first, second = place
        other_firsts = [
            one for one, _ in self._by_second[second] if one != first and self._can((one, second), -step, keys)
        ]
        if not self._is_wide:
            yield from (((one, second),) for one in other_firsts)
            yield ((TOTAL, second), (TOTAL, TOTAL))
            return
        other_seconds = [
            two for _, two in self._by_first[first] if two != second and self._can((first, two), -step, keys)
        ]
        for two in other_seconds:
            yield from (
                ((one, second), (first, two), (one, two)) for one in other_firsts if self._can((one, two), step, keys)
            )
            yield ((first, two), (TOTAL, second), (TOTAL, two))
        yield from (((one, second), (first, TOTAL), (one, TOTAL)) for one in other_firsts)
        yield ((first, TOTAL), (TOTAL, second), (TOTAL, TOTAL))

    def _can(self, place: Place, step: Number, keys: Sequence[str]) -> bool:
        """Say whether the numbers of a cell would still be valid if they moved by a step.

        A cell that lacks a number, such as a low, cannot take over anything of it. Ends that are implied are no sums.
        """
        numbers = self._cells.get(place)
        if not numbers:
            return False
        moved = {key: number + step if key in keys else number for key, number in numbers.items()}
        in_order = all(moved[less] <= moved[more] for less, more in SMALLER_FIRST if less in moved and more in moved)
        return in_order and all(moved.get(key, 0) >= 1 for key in keys if key in moved or not key.startswith("implied"))

    def _cost(self, corners: Iterable[Place]) -> tuple[int, Number]:
        """Return the cost of withholding cells and totals: first the number of totals, then the people in the cells."""
        new = set(corners) - self._withheld - self._totals - self._hidden
        totals = sum((corner[0] is TOTAL) + (corner[1] is TOTAL) for corner in new)
        return totals, sum(self._size(corner) for corner in new if corner in self._cells)

    def _size(self, place: Place) -> Number:
        return max(self._cells[place].values(), default=0)
