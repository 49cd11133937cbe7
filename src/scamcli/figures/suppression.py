"""Suppression of small cells: numbers of few people are withheld, and enough others that nobody can work them out.

A cell has several numbers, such as a low and a high, by their keys. It is *small* if one of them lies between 1 and
N - 1. Zeros are shown: they say that a source counts nobody. (Statistical offices that publish tables of a whole
population often protect zeros too, because those say something about everybody in a group; a timeline does not count
populations. The guidelines for small numbers of the Washington State Department of Health withhold "all non-zero
counts" below ten.)

Further cells are withheld by the *hypercube method* (Repsilber 1994; Giessing and Repsilber 2002): for each small cell
there is another cell, or in a table by two splits a rectangle of cells, whose numbers can be moved by as much as brings
the small cell up to N without changing any total. So all published numbers, with every total of rows and columns, are
also true of a table in which the cell is not small. Where there is no such cell, the totals themselves are withheld.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scamcli.language.wording.bounds import Number

Numbers = dict[str, "Number"]
Place = tuple[object, object]
"""Where a cell is in its table: its values of the two splits. `TOTAL` is the place of a total, in either."""

LEAST = 3
"""The least threshold. With 2, a small cell would be exactly 1."""


class _Total:
    """The place of a total."""


TOTAL = _Total()

SMALLER_FIRST = (
    ("low", "best"), ("best", "high"), ("low", "high"), ("low", "unadjusted"), ("possible_low", "possible_high"),
    ("implied_low", "implied_high"), ("before_low", "before_high"), ("after_low", "after_high"),
)  # fmt: skip
"""Pairs of numbers of a cell of which the first is never larger."""


class Withheld(NamedTuple):
    """The places of the cells to withhold, and which totals must not be published with them.

    ``totals`` holds ``(value, TOTAL)`` for the total of a value of the first split, ``(TOTAL, value)`` for one of the
    second, and ``(TOTAL, TOTAL)`` for the total of the table. It leaves out those that a table by one of the splits
    withholds anyway.
    """

    cells: frozenset[Place]
    totals: frozenset[Place]


def is_small(numbers: Iterable[Number | None], least: int) -> bool:
    """Say whether one of these numbers is of fewer people than a threshold."""
    return any(number is not None and 0 < number < least for number in numbers)


def choose(cells: Mapping[Place, Numbers], least: int) -> Withheld:
    """Choose the cells of one table to withhold: small ones, and others from which they could be worked out.

    Args:
        cells: The numbers of each cell. A table by one split has the same second value everywhere.
        least: The threshold.
    """
    return _Table(cells, least).choose()


class _Table:
    """A table by two splits, or one, with what is withheld of it so far."""

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
        """Return the sums of the numbers of cells."""
        found: Numbers = {}
        for place in inside:
            for key, number in self._cells[place].items():
                found[key] = found.get(key, 0) + number
        return found

    def _hidden_totals(self) -> Iterator[Place]:
        """Yield the totals that are withheld by the tables of them, so that they may move with the cells.

        A cell in a line with a small total has no room in it, so only the total can grow with it.
        """
        if is_small(self._sums(self._cells).values(), self._least):
            yield TOTAL, TOTAL
        for axis, lines in enumerate((self._by_first, self._by_second) if self._is_wide else ()):
            withheld = choose({(value, None): self._sums(inside) for value, inside in lines.items()}, self._least)
            for value, _ in withheld.cells:
                yield (value, TOTAL) if axis == 0 else (TOTAL, value)
            yield from withheld.totals & {(TOTAL, TOTAL)}

    def choose(self) -> Withheld:
        """Return what to withhold."""
        for place in sorted(self._withheld, key=self._size):
            self._protect(place)
        return Withheld(frozenset(self._withheld), frozenset(self._totals))

    def _protect(self, place: Place) -> None:
        """Withhold what makes room for a small cell to be as large as the threshold."""
        numbers = self._cells[place]
        step = self._least - min(number for number in numbers.values() if 0 < number < self._least)
        keys = [key for key, number in numbers.items() if number]
        corners = min(self._rectangles(place, step, keys), key=self._cost)
        self._withheld.update(corner for corner in corners if corner in self._cells)
        self._totals.update(corner for corner in corners if corner not in self._cells)
        self._totals -= self._hidden

    def _rectangles(self, place: Place, step: Number, keys: Sequence[str]) -> Iterator[tuple[Place, ...]]:
        """Yield sets of cells and totals by which the numbers of a cell can grow while nothing else changes."""
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
        """Say whether the numbers of a cell can move by a step and still be those of a cell."""
        numbers = self._cells.get(place)
        if not numbers:
            return False
        moved = {key: number + step if key in keys else number for key, number in numbers.items()}
        in_order = all(moved[less] <= moved[more] for less, more in SMALLER_FIRST if less in moved and more in moved)
        return in_order and all(moved[key] >= 1 for key in keys if key in moved)

    def _cost(self, corners: Iterable[Place]) -> tuple[int, Number]:
        """Return how much is lost by withholding these: totals before cells, then the people in them."""
        new = set(corners) - self._withheld - self._totals - self._hidden
        totals = sum((corner[0] is TOTAL) + (corner[1] is TOTAL) for corner in new)
        return totals, sum(self._size(corner) for corner in new if corner in self._cells)

    def _size(self, place: Place) -> Number:
        return max(self._cells[place].values(), default=0)
